"""The scenario every editor is driven through says what the library says."""

from __future__ import annotations

import promptlang
from tests.editors import scenario


def texts() -> list[tuple[scenario.Step, str, str]]:
    """Return each step with the script before and after it."""
    found = []
    text = scenario.START
    for step in scenario.STEPS:
        before, text = text, scenario.after(text, step)
        found.append((step, before, text))
    return found


def test_it_does_everything() -> None:
    done = [step.does for step in scenario.STEPS]
    assert set(done) == {"complete", "diagnose", "fix", "format", "hover", "jump", "rename"}
    assert (done[0], done[-1]) == ("diagnose", "diagnose")


def test_every_place_is_where_its_words_are() -> None:
    for step, before, _ in texts():
        if step.at:
            at = scenario.place(before, step.at)
            units = before.split("\n")[at["line"]].encode("utf-16-le")[at["character"] * 2 :]
            assert units.decode("utf-16-le").startswith(step.at.partition("|")[2])


def test_errors_are_those_of_a_check() -> None:
    for step, before, _ in texts():
        if step.does == "diagnose":
            found = promptlang.check(before)
            assert tuple(d.name for d in found if d.severity.value == "error") == step.shows


def test_formatting_is_that_of_the_library() -> None:
    for step, before, after in texts():
        if step.does == "format":
            assert promptlang.format(before) == after != before


def test_the_fix_is_offered() -> None:
    for step, before, after in texts():
        if step.does == "fix":
            fixes = [fix for d in promptlang.check(before) for fix in d.fixes]
            (fix,) = [fix for fix in fixes if fix.message == step.says]
            for edit in fix.edits:
                before = before[: edit.span.start] + edit.text + before[edit.span.end :]
            assert before == after
