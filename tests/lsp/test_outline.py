"""Symbols, folds and growing selections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.lsp import outline
from tests.lsp.cursor import URI, Project, at_cursor, editor
from tests.strategies import scripts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from promptlang.lsp.view import View

FILM = """\
title: Pit Lane
duration: 6s
# who is who
# and what
@Ann = character "a.png": a driver
{city} = "Rome"

EXT. {city} - DAY AS @all
lighting: warm

SHOT 1 (4s) AS @lap: wide shot # first
  @Ann waves.
  target: kling/o3

> hard cut

# the second
SHOT: close-up
  @Ann smiles.

@Clip = video "c.mp4"

SCENE: the pit

EDIT @lap (8s)
  change the sky

ANGLE ON @Clip 2B: reverse
SHOTT 9
"""


def told(symbols: list[dict[str, Any]], indent: str = "") -> str:
    said = ""
    for symbol in symbols:
        lines = [symbol["range"][edge]["line"] + 1 for edge in ("start", "end")]
        detail = f" ({symbol['detail']})" if "detail" in symbol else ""
        said += f"{indent}{symbol['kind']} {symbol['name']}{detail} {lines[0]}-{lines[1]}\n"
        said += told(symbol["children"], f"{indent}  ")
    return said


def test_symbols_are_the_declarations_and_the_scenes_with_their_blocks() -> None:
    view = editor(film=FILM).view(URI)
    assert told(outline.symbols(view, {})) == (
        "15 Pit Lane (title) 1-1\n"
        "5 @Ann (character) 5-5\n"
        "14 {city} (Rome) 6-6\n"
        "3 EXT. {city} - DAY 8-19\n"
        "  13 @all (output) 8-8\n"
        "  12 SHOT 1 (4s, kling/o3) 11-13\n"
        "    13 @lap (output) 11-11\n"
        "  12 SHOT #2 (6s) 18-19\n"
        "1 @Clip (video) 21-21\n"
        "3 SCENE: the pit 23-29\n"
        "  6 EDIT @lap (8s) 25-26\n"
        "  12 ANGLE ON @Clip 2B (6s) 28-28\n"
        "  12 SHOTT 9 29-29\n"
    )


def test_symbols_of_all_scripts_are_found_by_their_letters(tmp_path: Path) -> None:
    files = {"a.shot": FILM, "sub/b.shot": "@Anton = character\n", ".hid/c.shot": "@Ann = prop\n"}
    project = Project(tmp_path, files, "a.shot")
    project.open("a.shot", "# moved\n" + FILM)

    def ask(query: str) -> list[tuple[str, str, str, int]]:
        found = outline.workspace_symbols(project.editor.scripts(), {"query": query})
        return [
            (
                symbol["name"],
                symbol["location"]["uri"].rpartition("/")[2],
                symbol.get("containerName", ""),
                symbol["location"]["range"]["start"]["line"],
            )
            for symbol in found
        ]

    # Whoever has the letters side by side comes first.
    angle = ("ANGLE ON @Clip 2B", "a.shot", "SCENE: the pit", 28)
    assert ask("ann") == [("@Ann", "a.shot", "", 5), angle, ("@Anton", "b.shot", "", 0)]
    assert ask("ANT") == [("@Anton", "b.shot", "", 0)]
    assert ask("edit lap") == [("EDIT @lap", "a.shot", "SCENE: the pit", 25)]
    assert len(ask("")) == 14
    (tmp_path / "sub/b.shot").write_text("@Antonia = character\n\n", encoding="utf-8")
    assert ("@Antonia", "b.shot", "", 0) in ask("anton")


def test_scenes_blocks_the_header_and_comments_fold() -> None:
    view = editor(film=FILM).view(URI)
    folds = outline.folding(view, {})
    assert sorted((f["startLine"] + 1, f["endLine"] + 1, f.get("kind", "")) for f in folds) == [
        (1, 6, ""),
        (3, 4, "comment"),
        (8, 19, ""),
        (11, 13, ""),
        (18, 19, ""),
        (23, 29, ""),
        (25, 26, ""),
    ]


def grown(text: str) -> list[str]:
    view, params = at_cursor(text)
    found = []
    selection: dict[str, Any] | None
    (selection,) = outline.selections(view, {"positions": [params["position"]]})
    while selection is not None:
        start, end = view.lines.stretch(selection["range"])
        found.append(view.text[start:end])
        selection = selection.get("parent")
    return found


def test_a_selection_grows_from_the_word_to_the_file() -> None:
    text = "title: x\n\nINT. A\n\nSHOT 1 (4s): slow pu|sh in, wide shot # now\n  Rain.\n\nSHOT 2\n"
    whole = text.replace("|", "")
    assert grown(text) == [
        "push",
        "slow push in, wide shot",
        "SHOT 1 (4s): slow push in, wide shot # now",
        "SHOT 1 (4s): slow push in, wide shot # now\n  Rain.",
        whole[whole.index("INT.") :].rstrip(),
        whole,
    ]


@pytest.mark.parametrize(
    ("text", "grows"),
    [
        ("|", [""]),
        ("\n|\n", ["", "\n\n"]),
        ("  @Ann| runs.", ["@Ann", "@Ann runs.", "  @Ann runs."]),
        ('@Ann = character "a.p|ng"', ["png", "a.png", '"a.png"', '@Ann = character "a.png"']),
        ("SHOT 1\n|", ["SHOT 1\n"]),
    ],
)
def test_a_selection_grows_wherever_the_cursor_is(text: str, grows: list[str]) -> None:
    assert grown(text) == grows


ANSWERS: list[Callable[[View, dict[str, Any]], Any]] = [outline.symbols, outline.folding]


def test_a_script_without_anything_has_no_shape() -> None:
    view = editor(film="").view(URI)
    assert [answer(view, {}) for answer in ANSWERS] == [[], []]


@given(scripts(), st.data())
def test_the_shape_of_any_script_lies_inside(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    view = editor(film=text[:cut]).view(URI)
    last = len(view.lines.starts) - 1
    for fold in outline.folding(view, {}):
        assert 0 <= fold["startLine"] < fold["endLine"] <= last
    stack = [(symbol, 0, cut) for symbol in outline.symbols(view, {})]
    while stack:
        symbol, low, high = stack.pop()
        start, end = view.lines.stretch(symbol["range"])
        assert low <= start < end <= high
        begin, until = view.lines.stretch(symbol["selectionRange"])
        assert start <= begin < until <= end
        assert symbol["name"].strip()
        stack += ((child, start, end) for child in symbol["children"])
    position = view.lines.position(data.draw(st.integers(0, cut)))
    (selection,) = outline.selections(view, {"positions": [position]})
    inner = view.lines.stretch(selection["range"])
    assert inner[0] <= view.lines.offset(position) <= inner[1]
    while "parent" in selection:
        selection = selection["parent"]
        outer = view.lines.stretch(selection["range"])
        assert outer[0] <= inner[0] <= inner[1] <= outer[1]
        assert outer != inner
        inner = outer
    assert inner == (0, cut)
