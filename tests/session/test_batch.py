"""Rows of a table: the quick way must give, byte for byte, what the full way gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.batch import Batch
from promptlang.session import Document

FILM = """\
target: fal/kling-o3-pro
language: {language}

@Ada = character "ada.png": a driver of sixty

{town} = "Trento"
{line} = "Once more."
{language} = "Italian"
{thing} = "lamp"

style: {thing} light, 35mm film

EXT. {town} PASS ROAD - DAWN
lighting: low sun over {town}

SHOT 1 (4s): wide shot, static
  {thing} beside the road to {town}, and {thing}.
  super: "{town}, 100 % {line}"

> hard cut

SHOT 2 (4s): medium close-up, slow push in
  @Ada breathes out in {town}.
  @Ada (quietly, in {language}): "{line}"
"""

EDITS = """\
@Plate = video "plate.mp4" 0:00-0:05
{thing} = "lamp"
{town} = "Trento"

EDIT @Plate
  replace the {thing} with a sign of {town}
  {thing} stays lit.

ANGLE ON @Plate (5s): reverse angle
  showing {town} and {thing}
"""

WORDS = [
    "Rome",
    "Oslo",
    "lamp",
    "Lamp",
    "LAMP",
    "wide",
    "shot",
    "dolly",
    "in",
    "pan",
    "left",
    "close-up",
    "the",
    "a",
    "of",
    "and",
    "to",
    "from",
    "city",
    "light",
    "noir",
    "dawn",
    "night",
    "man",
    "woman",
    "presenter",
    "walks",
    "runs",
    "slowly",
    "quickly",
    "change",
    "replace",
    "keep",
    "Italian",
    "whispering",
    "grain",
    "logo",
    "blur",
    "12",
    "35mm",
    "4s",
    "180",
    "degrees",
    "Zürich",
    "波",
    "東京",
    "ночь",
    "d'oro",
    "well-lit",
    "now",
]
VALUES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).flatmap(
        lambda words: st.sampled_from([" ".join(words), ", ".join(words) + ".", words[0]])
    ),
    st.text(st.sampled_from('aB1 .,!?@{}"\\<>#%|\n_-’é\u202e'), max_size=8),
    st.sampled_from(["", "x" * 300, "word " * 70, "波" * 90]),
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("town", "line", "thing", "language"), VALUES)
    ),
    min_size=1,
    max_size=4,
)


def full(document: Document, values: dict[str, str], row: int) -> list[str]:
    results = document.again(values).compilations()
    return [r.model_copy(update={"row": row}).model_dump_json(by_alias=True) for r in results]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (FILM, ["fal/kling-o3-pro", "mindstudio/kling-o3"]),
        (FILM, ["kling/o1"]),
        (EDITS, ["fal/kling-o3-pro", "kling/o1"]),
    ],
)
def test_the_quick_way_is_the_full_way(text: str, targets: list[str]) -> None:
    document = Document(promptlang.parse(text, path="film.shot"), asked=targets)
    names = set(document.storyboard.declared)
    batch = Batch(document)
    went: list[bool] = []

    @given(ROWS)
    def same(rows: list[dict[str, str]]) -> None:
        # Three times, since a shape is learned when it is met again.
        for row, values in enumerate(rows * 3, 1):
            own = {name: value for name, value in values.items() if name in names}
            quick = batch.lines(own, row)
            went.append(quick is not None)
            if quick is not None:
                assert quick == full(document, own, row)

    same()
    assert any(went)


def test_ordinary_rows_do_go_the_quick_way() -> None:
    document = Document(promptlang.parse(FILM, path="film.shot"), asked=["fal/kling-o3-pro"])
    batch = Batch(document)
    towns = ["Rome", "Oslo", "Lima", "Graz", "Turin", "Basel"]
    quick = [batch.lines({"town": town, "line": f"Now, {town}."}, 1) for town in towns]
    assert [lines is not None for lines in quick] == [False] + [True] * 5
    assert quick[5] == full(document, {"town": "Basel", "line": "Now, Basel."}, 1)


def test_a_value_in_a_controlled_place_is_read_every_time() -> None:
    text = '{move} = "dolly in"\n\nSHOT 1 (5s): wide shot, {move}\n  Rain falls.\n'
    document = Document(promptlang.parse(text), asked=["fal/kling-o3-pro"])
    batch = Batch(document)
    for move in ("pan left", "orbit", "pan left", "pan left", "swoop"):
        quick = batch.lines({"move": move}, 1)
        assert quick is None or quick == full(document, {"move": move}, 1)


def test_a_row_that_would_be_too_long_goes_the_full_way() -> None:
    text = '{a} = "x"\n\nSHOT 1 (5s)\n  Rain falls on {a}.\n'
    document = Document(promptlang.parse(text), asked=["fal/kling-o3-pro"])
    batch = Batch(document)
    for _ in range(3):
        assert batch.lines({"a": "Rome " + "Q" * 300}, 1) is None


def test_a_row_that_nearly_fills_its_prompt_is_told_its_own_number() -> None:
    # The message counts what `a` adds: a form would repeat the number of the row it was made of.
    text = f'{{a}} = "x"\n\nSHOT 1 (5s)\n  A.\nSHOT 2 (5s)\n  {"Rain falls. " * 39}{{a}}.\n'
    document = Document(promptlang.parse(text), asked=["fal/kling-o3-pro"])
    for size in range(2, 16):
        batch = Batch(document)
        for town in ("Rome", "Q" + "q" * size, "Oslo", "Vienna", "Kinshasa"):
            quick = batch.lines({"a": town}, 1)
            assert quick is None or quick == full(document, {"a": town}, 1)
    assert any("prompt-nearly-full" in line for line in full(document, {"a": "Rome"}, 1))


def test_a_script_with_errors_goes_the_full_way() -> None:
    text = '{a} = "x"\n\nSHOT 1 (5s)\n  @Nobody waits in {a}.\n'
    batch = Batch(Document(promptlang.parse(text), asked=["fal/kling-o3-pro"]))
    assert [batch.lines({"a": town}, 1) for town in ("Rome", "Oslo", "Lima")] == [None] * 3
