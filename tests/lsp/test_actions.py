"""What an editor can do about a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.lsp import actions
from promptlang.lsp.editor import Editor
from tests.strategies import scripts

if TYPE_CHECKING:
    from promptlang.lsp.view import View

URI = "untitled:film"
FILM = """\
target: fal/kling-o3-pro

@Hero = character: a diver

INT. WRECK - NIGHT
lighting: cool overhead strip light

SHOT 1 (4s): wide shot, static camera
  @Hero swims over the broken wheelhouse.

SHOT 2 (4s): medium shot, static camera
  @Hero looks at the broken wheelhouse.

SHOT 3 (4s): close-up, static camera
  @Ghost waits.
"""


def view_of(text: str) -> View:
    editor = Editor()
    editor.open(URI, 1, text)
    return editor.view(URI)


def at(text: str, words: str, only: list[str] | None = None) -> dict[str, dict[str, Any]]:
    """Return the actions on the first occurrence of some words, by title."""
    view = view_of(text)
    start = text.index(words)
    place = view.lines.range(start, start + len(words))
    found = actions.code_actions(view, {"range": place, "context": {"only": only}})
    return {action["title"]: action for action in found}


def applied(text: str, action: dict[str, Any]) -> str:
    view = view_of(text)
    (edits,) = actions.resolve(view, action)["edit"]["changes"].values()
    places = [(*view.lines.stretch(edit["range"]), edit["newText"]) for edit in edits]
    for start, end, new in sorted(places, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def prompts(text: str) -> list[list[tuple[str, str]]]:
    made = promptlang.compile(text, "fal/kling-o3-pro")
    return [[(prompt.shot, prompt.text) for prompt in request.prompts] for request in made.requests]


def names(text: str) -> list[str]:
    return [d.name for d in promptlang.check(text)]


def test_a_fix_is_offered_where_its_problem_is() -> None:
    text = FILM.replace("@Ghost", "@Heroo")
    found = at(text, "@Heroo")
    action = found['write "@Hero"']
    assert action["kind"] == "quickfix"
    assert action["isPreferred"]
    assert action["diagnostics"][0]["code"] == "unknown-name"
    assert applied(text, action) == FILM.replace("@Ghost", "@Hero")
    assert 'write "@Hero"' not in at(text, "@Hero swims")


@pytest.mark.parametrize("kind", ["character", "prop", "place"])
def test_a_name_without_a_declaration_gets_one(kind: str) -> None:
    made = applied(FILM, at(FILM, "@Ghost")[f"declare @Ghost as {kind}"])
    assert f"@Hero = character: a diver\n@Ghost = {kind}\n" in made
    assert "unknown-name" not in names(made)


def test_the_source_of_an_edit_is_declared_as_a_video() -> None:
    text = f"{FILM}\nEDIT @Rushes\n  replace the lamp with a lantern\n"
    found = at(text, "@Rushes")
    assert [title for title in found if title.startswith("declare")] == ["declare @Rushes as video"]


def test_a_name_is_declared_in_a_script_without_a_header() -> None:
    text = "SHOT 1: wide shot, static camera\r\n  @Ghost waits.\r\n"
    made = applied(text, at(text, "@Ghost")["declare @Ghost as prop"])
    assert made == "@Ghost = prop\r\n" + text


def test_a_hint_is_suppressed_where_it_is() -> None:
    text = FILM.replace("@Ghost waits", "The diver walks")
    (told,) = (d for d in promptlang.check(text) if d.name == "vague-verb")
    action = at(text, told.span.text)["suppress vague-verb here"]
    made = applied(text, action)
    assert "walks.  # promptlang: ignore[vague-verb]\n" in made
    assert "vague-verb" not in names(made)


def test_an_error_cannot_be_suppressed() -> None:
    assert "suppress unknown-name here" not in at(FILM, "@Ghost")


def test_what_is_said_twice_becomes_a_parameter() -> None:
    action = at(FILM, "the broken wheelhouse")["make {the_broken} of this, 2 times"]
    made = applied(FILM, action)
    assert '{the_broken} = "the broken wheelhouse"\n' in made
    assert made.count("{the_broken}") == 3
    assert prompts(made) == prompts(FILM)


@pytest.mark.parametrize("words", ["waits", "a diver", "@Hero looks at"])
def test_what_is_said_once_or_holds_a_name_stays(words: str) -> None:
    assert not [title for title in at(FILM, words) if title.startswith("make {")]


def test_a_shot_becomes_a_generation_of_its_own() -> None:
    text = FILM.replace("@Ghost", "@Hero")
    made = applied(text, at(text, "SHOT 2")["make this shot a generation of its own"])
    assert "INT. WRECK - NIGHT AS @take1\nlighting: cool overhead strip light\n\nSHOT 2" in made
    assert [[shot for shot, _ in request] for request in prompts(text)] == [["1", "2", "3"]]
    assert [[shot for shot, _ in request] for request in prompts(made)] == [["1"], ["2"], ["3"]]
    # In its own scene it is alone already.
    assert "make this shot a generation of its own" not in at(made, "SHOT 2")


def test_all_safe_fixes_are_one_action() -> None:
    text = FILM.replace("@Ghost", "@Heroo").replace("SHOT 1", "shot 1")
    action = at(text, "target", ["source.fixAll"])["apply all safe fixes"]
    assert "edit" not in action
    fixed = promptlang.fix(text).text
    assert applied(text, action) == fixed
    assert fixed != text
    assert at(fixed, "target", ["source.fixAll"]) == {}


def test_only_what_is_asked_for_is_offered() -> None:
    assert at(FILM, "@Ghost", ["refactor"]) == {}
    assert set(at(FILM, "the broken wheelhouse", ["refactor.extract"])) == {
        "make {the_broken} of this, 2 times"
    }


@given(text=scripts(), data=st.data())
def test_actions_of_any_place_can_be_applied(text: str, data: st.DataObject) -> None:
    view = view_of(text)
    start, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
    place = view.lines.range(start, end)
    for action in actions.code_actions(view, {"range": place, "context": {}}):
        promptlang.parse(applied(text, action))
