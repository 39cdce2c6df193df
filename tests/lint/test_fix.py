"""Fixes: what is applied, what is taken back, and that the end is an end."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.diagnostics import Diagnostic, Edit, Fix, Severity
from promptlang.lint.fix import Taken, fix_all, most
from promptlang.problems import all_problems
from promptlang.source import Span
from promptlang.syntax.pages import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/*.shot"))]
PAGES = [
    text
    for problem in all_problems()
    for text in re.findall(r"^```shot\n(.*?)^```", problem.page, re.MULTILINE | re.DOTALL)
    if expand(text) == text
]


def errors(found: Sequence[Diagnostic]) -> int:
    return sum(d.is_error for d in found)


# --- a document made of marks: every "!" is a warning, every "?" an error ------------------------


class Marked:
    """A text whose marks are its diagnostics; ``fixes`` says what is offered for each."""

    def __init__(self, text: str, offered: Callable[[Marked, int], list[Fix]]) -> None:
        self.script = promptlang.parse(text)
        self.offered = offered
        self.findings = [
            Diagnostic(
                {"!": "bang", "?": "query", "~": "wave"}[character],
                "PL000",
                {"!": Severity.WARNING, "?": Severity.ERROR, "~": Severity.HINT}[character],
                f"a {character}",
                self.at(place, place + 1),
                fixes=offered(self, place),
            )
            for place, character in enumerate(text)
            if character in "!?~"
        ]

    def at(self, start: int, end: int) -> Span:
        return Span(self.script.source, start, end)

    def rewritten(self, text: str) -> Marked:
        return Marked(text, self.offered)


def replaced(by: str, *, safe: bool = True) -> Callable[[Marked, int], list[Fix]]:
    return lambda document, place: [
        Fix(f"write {by}", [Edit(document.at(place, place + 1), by)], safe=safe)
    ]


def fixed(text: str, offered: Callable[[Marked, int], list[Fix]], **how: bool) -> str:
    return fix_all(Marked(text, offered), **how).text


def test_all_that_is_offered_is_done_at_once() -> None:
    result = fix_all(Marked("a! b! c?", replaced(".")))
    assert result.text == "a. b. c."
    assert [d.name for d in result.fixed] == ["query", "bang", "bang"]
    assert (result.left, result.unsafe) == ([], 0)


def test_unsafe_fixes_wait_to_be_asked_for() -> None:
    offered = replaced(".", safe=False)
    result = fix_all(Marked("a! b!", offered))
    assert (result.text, len(result.left), result.unsafe) == ("a! b!", 2, 2)
    assert fixed("a! b!", offered, unsafe=True) == "a. b."


def test_a_fix_that_mends_nothing_is_taken_back() -> None:
    assert fixed("a! b!", replaced("!")) == "a! b!"
    assert fixed("a! b!", replaced(".!")) == "a! b!"


def test_a_fix_that_brings_an_error_is_taken_back() -> None:
    assert fixed("a!", replaced("?")) == "a!"
    assert fixed("a?", replaced("!")) == "a!"


def test_a_fix_for_advice_brings_no_warning() -> None:
    assert fixed("a~ b~", replaced("!")) == "a~ b~"
    assert fixed("a! b!", replaced("~")) == "a~ b~"


def test_one_bad_fix_does_not_keep_the_others_back() -> None:
    def offered(document: Marked, place: int) -> list[Fix]:
        before = document.script.source.text[place - 1]
        return replaced("?" if before == "x" else ".")(document, place)

    assert fixed("a! x! b! c! x! d!", offered) == "a. x! b. c. x! d."


def test_the_next_fix_is_tried_where_the_first_is_taken_back() -> None:
    def offered(document: Marked, place: int) -> list[Fix]:
        return [*replaced("?")(document, place), *replaced(",")(document, place)]

    assert fixed("a! b!", offered) == "a, b,"


def test_what_overlaps_waits_for_the_next_pass() -> None:
    def offered(document: Marked, place: int) -> list[Fix]:
        return [Fix("swallow", [Edit(document.at(place - 1, place + 1), ".")])]

    seen: list[str] = []

    class Watched(Marked):
        def rewritten(self, text: str) -> Watched:
            seen.append(text)
            return Watched(text, self.offered)

    assert fix_all(Watched("a!!b!c", offered)).text == "..c"
    assert seen == [".!.c", "..c"]


def test_a_fix_for_another_file_is_left_to_it() -> None:
    other = promptlang.parse("elsewhere").source

    def offered(document: Marked, place: int) -> list[Fix]:
        return [
            Fix("there", [Edit(Span(other, 0, 1), "."), Edit(document.at(place, place + 1), "")])
        ]

    assert fixed("a!", offered) == "a!"


def test_passes_end_where_fixes_would_not() -> None:
    # Each pass leaves one mark fewer; without that there would be no end.
    def offered(document: Marked, place: int) -> list[Fix]:
        text = document.script.source.text
        return [Fix("halve", [Edit(document.at(0, len(text)), text[1:])])]

    assert fixed("!" * 30, offered) == ""


def test_taken_places() -> None:
    source = promptlang.parse("0123456789").source

    def edit(start: int, end: int, text: str = "x") -> Edit:
        return Edit(Span(source, start, end), text)

    taken = Taken()
    assert taken.take([edit(2, 4), edit(6, 8)])
    assert taken.take([edit(4, 6)])
    assert not taken.take([edit(3, 5)])
    assert not taken.take([edit(0, 1), edit(7, 9)])
    assert taken.take([edit(0, 1)])
    assert not taken.take([edit(7, 7)])
    assert taken.take([edit(6, 6)])
    assert not taken.take([edit(6, 6)])
    assert taken.take([edit(6, 6, "other")])
    assert taken.take([edit(9, 9)])
    assert not taken.take([edit(8, 10)])


@given(st.lists(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_as_many_as_go_together(batch: list[int], bad: set[int]) -> None:
    found = most(batch, lambda part: None if bad & set(part) else sum(part))
    good = [item for item in batch if item not in bad]
    assert found == ((sum(good), good) if good else None)


# --- scripts -------------------------------------------------------------------------------------


def test_the_lines_of_a_file_end_as_they_did() -> None:
    text = (
        '@Clip = video "a.mp4"\nEDIT @Clip\n  change the sky to dusk with warm low light from the'
        " left\n  replace the car with a red bicycle leaning on the wall\n"
    )
    for end in ("\n", "\r\n", "\r"):
        result = promptlang.fix(text.replace("\n", end), unsafe=True)
        assert [d.name for d in result.fixed] == ["several-changes"]
        assert set(re.findall(r"\r\n|\r|\n", result.text)) == {end}


def test_only_what_is_selected_is_fixed() -> None:
    text = "SHOT 1 (5s): medium shot, camra\n  A cellist tunes.\n\n  Lightning: soft\n"
    assert promptlang.fix(text, unsafe=True, ignore=["PL3", "syntax"]).text == text


def test_a_fix_works_on_as_many_as_there_are() -> None:
    text = "".join(f"SHOT {n} (5s) wide shot, static\n  Rain.\n" for n in range(300))
    result = promptlang.fix(text, select=["syntax"])
    assert (len(result.fixed), result.left) == (300, [])


def test_the_result_of_an_included_file_is_left_to_that_file(tmp_path: Path) -> None:
    cast = tmp_path / "cast.shot"
    cast.write_text("lightning: warm\n", encoding="utf-8")
    film = tmp_path / "film.shot"
    film.write_text("include: cast.shot\nSHOT 1 (5s): wide shot, static\n  Rain.\n", "utf-8")
    result = promptlang.fix(film, select=["syntax"])
    assert result.text == film.read_text(encoding="utf-8")
    assert [d.name for d in result.left] == ["unknown-key"]
    assert cast.read_text(encoding="utf-8") == "lightning: warm\n"


def settles(text: str, *, unsafe: bool) -> None:
    before = promptlang.check(text)
    once = promptlang.fix(text, unsafe=unsafe)
    assert errors(once.left) <= errors(before)
    assert len(once.left) <= len(before) or errors(once.left) < errors(before)
    twice = promptlang.fix(once.text, unsafe=unsafe)
    assert (twice.text, twice.fixed) == (once.text, [])
    assert [d.message for d in promptlang.check(once.text)] == [d.message for d in once.left]


@pytest.mark.parametrize("text", [*PAGES, *EXAMPLES], ids=lambda text: text[:30])
def test_fixing_twice_changes_nothing_more(text: str) -> None:
    settles(text, unsafe=False)
    settles(text, unsafe=True)


@given(st.data())
def test_fixing_settles_whatever_is_broken(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([*PAGES, *EXAMPLES]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        size = data.draw(st.sampled_from([0, 1, 1, 1, 2, 20]))
        put = data.draw(st.sampled_from(["", "", "", "x", " ", ":", "@", "\n", '"', "(4s)", "> "]))
        text = text[:at] + put + text[at + size :]
    settles(text, unsafe=data.draw(st.booleans()))
