"""Comments that are written for what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.lint import problems
from promptlang.lint.add_ignore import silencing
from promptlang.lint.select import Choice, Selection
from promptlang.problems import catalogue

ROOT = Path(__file__).parents[2]
EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/*.shot"))]
REMARKS = {problem.name for problem in problems.PROBLEMS}


def document(text: str, *, selected: str = "all") -> promptlang.Document:
    selection = Selection(catalogue(), asked=Choice(select=[selected]))
    return promptlang.Document(promptlang.parse(text), selection=selection)


def added(text: str, reason: str = "", *, selected: str = "camera") -> str:
    after = document(text, selected=selected).with_ignores(reason)
    assert after.with_ignores(reason).text == after.text
    return after.text


def test_a_line_that_is_a_comment_takes_no_other() -> None:
    script = promptlang.parse("# TODO: the logo\nSHOT 1 (5s): wide shot  # TODO: longer\n")
    assert silencing(script, catalogue(), "unfinished-comment", 1) is None
    assert silencing(script, catalogue(), "unfinished-comment", 2) is not None


def test_a_comment_stands_at_the_end_of_the_line() -> None:
    text = "SHOT 1 (5s): dolly, smooth blimp shot \t\n  A cellist tunes."
    better = (
        "SHOT 1 (5s): dolly, smooth blimp shot"
        "  # promptlang: ignore[undirected-move, unknown-camera-term] \t\n  A cellist tunes."
    )
    assert added(text) == better
    assert document(better, selected="camera").findings == []


def test_a_reason_stands_behind_the_names() -> None:
    text = "SHOT 1 (5s): dolly\n  A cellist tunes."
    assert "  # promptlang: ignore[undirected-move] from 2024\n" in added(text, "from 2024")


def test_names_join_a_comment_that_speaks_of_the_line() -> None:
    text = "SHOT 1 (5s): dolly, blimp shot  # promptlang: ignore[{}] said before\n  A dog.\n"
    assert added(text.format("undirected-move")) == text.format(
        "undirected-move, unknown-camera-term"
    )
    above = "# promptlang: ignore[{}]\nSHOT 1 (5s): dolly, blimp shot\n  A dog.\n"
    assert added(above.format("PL301")) == above.format("PL301, unknown-camera-term")


def test_a_line_with_another_comment_gets_one_above() -> None:
    text = "\tSHOT 1 (5s): dolly # wait for the light\r\n  A dog.\r\n"
    assert added(text) == f"\t# promptlang: ignore[undirected-move]\r\n{text}"


def test_errors_and_remarks_on_comments_are_left() -> None:
    text = "SHOT 1 (5s) dolly  # promptlang: ignor[x]\n  A dog.\n"
    assert added(text, selected="all") == text
    assert added("", selected="all") == ""


def test_what_is_off_gets_no_comment() -> None:
    assert "ignore" not in added("SHOT 1 (5s): dolly\n  A dog.\n", selected="PL5")


def test_where_a_reason_is_asked_for_none_is_no_comment() -> None:
    text = "SHOT 1 (5s): dolly\n  A dog.\n"
    assert added(text, selected="all") == text
    assert "] why" in added(text, "why", selected="all")


def settles(text: str) -> None:
    before = document(text)
    after = before.with_ignores("a reason")
    left = [d for d in after.findings if d.name not in REMARKS]
    assert [d.name for d in left if d.is_error] == [d.name for d in before.findings if d.is_error]
    assert {d.name for d in after.findings} <= {d.name for d in before.findings}
    assert [d.name for d in left if not d.is_error] == []
    assert after.with_ignores("a reason").text == after.text
    # Only comments were added: without them it says what it said.
    assert _without_comments(after.script) == _without_comments(before.script)


def _without_comments(script: promptlang.Script) -> list[str]:
    return [
        line.text[: line.comment.start].rstrip() if line.comment is not None else line.text.rstrip()
        for block in script.blocks
        for line in block.lines
        if line.kind not in {"comment", "blank"}
    ]


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text[:30])
def test_everything_in_an_example_can_be_suppressed(text: str) -> None:
    settles(text)


@given(st.data())
def test_whatever_stands_in_the_way(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(EXAMPLES)).split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] += data.draw(
            st.sampled_from([" # a", " # promptlang: ignore[camera] x", "", ' "', " dolly, pan"])
        )
        if data.draw(st.booleans()):
            lines.insert(at, data.draw(st.sampled_from(["# b", "", "# promptlang: ignore[all]"])))
    before = document("\n".join(lines))
    after = before.with_ignores("a reason")
    assert {d.name for d in after.findings} <= {d.name for d in before.findings}
    assert len(after.findings) <= len(before.findings)
    assert after.with_ignores("a reason").text == after.text
    assert _without_comments(after.script) == _without_comments(before.script)
