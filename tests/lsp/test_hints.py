"""What stands between the lines, and what can be done above them."""

from __future__ import annotations

from typing import Any

from hypothesis import given

import promptlang
from promptlang.lsp import commands, hints
from promptlang.lsp.editor import Editor
from tests.strategies import scripts

URI = "untitled:film"
FILM = """\
target: fal/kling-o3-pro

@Hero = character "a.png" "b.png": a diver
@Rushes = video "rushes.mp4" 0:00-0:05

SHOT 1 (4s): wide shot, static camera
  @Hero swims over the wreck.

SHOT 2 (5s): medium shot of @Hero
  @Hero: "There."

EDIT @Rushes
  replace the lamp with a lantern

SHOT 3 (10s): close-up, static camera
  @Hero waits.

SHOT 4 (1m): wide shot, static camera
"""


def shown(text: str, **options: Any) -> list[tuple[int, str]]:
    """Return the hints of a script: the line (from 1) and the words."""
    editor = Editor(**options)
    editor.open(URI, 1, text)
    view = editor.view(URI)
    everything = {"range": view.lines.range(0, len(text))}
    found = hints.inlay_hints(view, everything)
    return [(hint["position"]["line"] + 1, hint["label"]) for hint in found]


def test_a_heading_says_when_and_how_much_room_is_left() -> None:
    made = promptlang.compile(FILM, "fal/kling-o3-pro").requests[0]
    left = [512 - len(prompt.text) for prompt in made.prompts]
    assert shown(FILM)[:3] == [
        (6, f"0:00–0:04 · {left[0]} characters left · generation 1: 9 s of 15 s"),
        (7, "@Element1"),
        (9, f"@Element1 · 0:04–0:09 · {left[1]} characters left"),
    ]


def test_an_edit_takes_no_time_of_the_film() -> None:
    found = shown(FILM)
    (edit,) = [words for line, words in found if line == 12]
    assert edit.endswith(" characters left · generation 2")
    times = [word for _, words in found for word in words.split(" ") if word.startswith("0:")]
    assert times == ["0:00–0:04", "0:04–0:09", "0:09–0:19"]


def test_an_edit_of_several_sources_says_what_they_share_once() -> None:
    text = """\
target: fal/kling-o1

@A = video "a.mp4" 0:00-0:05
@B = video "b.mp4" 0:00-0:05
@Swatch = image "swatch.png"

EDIT @A, @B
  recolour the lamp to the red of @Swatch
"""
    heading, name = shown(text)
    assert heading[1].count("characters left") == 1
    assert heading[1].endswith(" · generation 1 · generation 2")
    assert name == (8, "@Image1")


def test_only_what_is_asked_for_is_looked_at() -> None:
    editor = Editor()
    editor.open(URI, 1, FILM)
    view = editor.view(URI)
    start = FILM.index("SHOT 3")
    found = hints.inlay_hints(view, {"range": view.lines.range(start, start + 20)})
    assert {hint["position"]["line"] for hint in found} == {14}


def test_above_a_generation_stands_what_it_comes_to() -> None:
    editor = Editor()
    editor.open(URI, 1, FILM)
    found = hints.code_lenses(editor.view(URI), {})
    titles = [(lens["range"]["start"]["line"], lens["command"]["title"]) for lens in found]
    assert titles == [
        (0, "compile for fal/kling-o3-pro: 19 s, 3 generations"),
        (5, "generation 1: 4 s + 5 s = 9 s of 15 s, 2 shots"),
        (11, "generation 2: as long as the source"),
        (14, "generation 3: 10 s of 15 s"),
    ]
    for lens in found:
        name, arguments = lens["command"]["command"], lens["command"]["arguments"]
        assert commands.COMMANDS[name](editor, *arguments)


def test_a_script_without_target_has_none() -> None:
    text = FILM.replace("target: fal/kling-o3-pro\n", "")
    assert shown(text) == []


@given(text=scripts())
def test_hints_of_any_script_stand_in_it(text: str) -> None:
    editor = Editor()
    editor.open(URI, 1, text)
    view = editor.view(URI)
    everything = {"range": view.lines.range(0, len(text))}
    for hint in hints.inlay_hints(view, everything):
        assert view.lines.position(view.lines.offset(hint["position"])) == hint["position"]
    for lens in hints.code_lenses(view, {}):
        assert lens["command"]["title"]


OWN = """\
target: fal/kling-o3-pro

@Hero = character "a.png" "b.png": a diver

SHOT 1 (4s): wide shot, static camera
  @Hero swims.

SHOT 2 (5s): wide shot, static camera
  target: kling/o1
  @Hero waves.

SHOT 3 (6s): wide shot, static camera
  target: kling/o3, fal/kling-o3-pro
  @Hero waits.
"""


def test_a_block_with_a_target_of_its_own_is_told_what_that_makes_of_it() -> None:
    results = promptlang.compile(OWN)
    assert isinstance(results, list)
    made = {result.target: result for result in results}
    found = shown(OWN)
    tokens = {line: label for line, label in found if label[0] in "@<"}
    assert tokens == {
        line: made[target].requests[0].references[0].spelling
        for line, target in ((6, "fal/kling-o3-pro"), (10, "kling/o1"), (14, "kling/o3"))
    }
    # The film goes on, whomever its blocks are for.
    times = [label.partition(" ")[0] for _, label in found if "–" in label]
    assert times == ["0:00–0:04", "0:04–0:09", "0:09–0:15"]


def test_with_several_targets_a_lens_says_for_whom_it_is() -> None:
    editor = Editor()
    editor.open(URI, 1, OWN)
    titles = [lens["command"]["title"] for lens in hints.code_lenses(editor.view(URI), {})]
    assert [t for t in titles if t.startswith("generation")] == [
        "generation 1 for fal/kling-o3-pro: 4 s of 15 s",
        "generation 3 for fal/kling-o3-pro: 6 s of 15 s",
        "generation 2 for kling/o1: 5 s of 10 s",
        "generation 4 for kling/o3: 6 s of 15 s",
    ]
