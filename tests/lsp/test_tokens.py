"""What each word is coloured as, and how little is sent after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.lsp import tokens
from promptlang.lsp.legend import MODIFIERS, TYPES
from promptlang.lsp.lines import ENCODINGS
from tests.lsp.cursor import URI, editor
from tests.strategies import scripts

if TYPE_CHECKING:
    from promptlang.lsp.view import View


def words(view: View, data: list[int]) -> list[tuple[int, str, str]]:
    """Return tokens as line (from 1), word, type with its modifiers."""
    found = []
    line = character = 0
    for at in range(0, len(data), 5):
        down, on, size, kind, said = data[at : at + 5]
        line, character = line + down, on if down else character + on
        places = [{"line": line, "character": c} for c in (character, character + size)]
        start, end = (view.lines.offset(place) for place in places)
        # What is counted must be what is there, in whole letters and on one line.
        assert view.lines.range(start, end) == {"start": places[0], "end": places[1]}
        names = [name for bit, name in enumerate(MODIFIERS) if said >> bit & 1]
        found.append((line + 1, view.text[start:end], ".".join([TYPES[kind], *names])))
    return found


def coloured(text: str, line: int = 1) -> list[str]:
    """Return the colours of a line of a script as ``word type``."""
    view = editor(film=text).view(URI)
    return [
        f"{w} {kind}" for at, w, kind in words(view, tokens.full(view, {})["data"]) if at == line
    ]


LINES = {
    "title: Pit {x}": ["title property", "Pit  string", "{x} parameter.unresolved"],
    "target: fal/kling-o3-pro, no/such": [
        "target property",
        "fal/kling-o3-pro namespace",
        "no/such namespace.unresolved",
    ],
    "seed: 42": ["seed property", "42 number"],
    "audio: on": ["audio property", "on keyword"],
    "+ style: grain, {x} @Nobody": [
        "+ operator",
        "style property",
        "{x} parameter.unresolved",
        "@Nobody variable.unresolved",
    ],
    "negative: standard": ["negative property", "standard keyword"],
    "note: ask @Nobody": ["note property", "ask @Nobody comment.documentation"],
    '@Car = vehicle "a.png" "b{x}.png": red # old': [
        "@Car variable.declaration",
        "= operator",
        "vehicle type",
        '"a.png" string',
        '"b string',
        "{x} parameter.unresolved",
        '.png" string',
        "# old comment",
    ],
    '@Ann = character voice "v1"': [
        "@Ann class.declaration",
        "= operator",
        "character type",
        "voice keyword",
        '"v1" string',
    ],
    '@Clip = video "c.mp4" 0:00-0:10': [
        "@Clip struct.declaration",
        "= operator",
        "video type",
        '"c.mp4" string',
        "0:00 number",
        "0:10 number",
    ],
    '{city} = "Rome"': ["{city} parameter.declaration", "= operator", '"Rome" string'],
    "fal.cfg_scale: 0.5": ["fal namespace", "cfg_scale property", "0.5 number"],
    "INT. GARAGE - NIGHT AS @all": [
        "INT. keyword",
        "GARAGE namespace",
        "NIGHT enumMember",
        "AS keyword",
        "@all function.declaration",
    ],
    "> dissolve (1s)": ["> operator", "dissolve macro", "(1s) number"],
    "> blink of an eye": ["> operator", "blink of an eye macro.unresolved"],
    '> "a blink"': ["> operator", '"a blink" string'],
    "SHOT 2 (4s) AS @x: MCU, slow zoomy push in, sparkly of @Image1": [
        "SHOT keyword",
        "2 label",
        "4s number",
        "AS keyword",
        "@x function.declaration",
        "MCU enumMember",
        "slow modifier",
        "zoomy string.unresolved",
        "push in enumMember",
        "sparkly string.unresolved",
        "@Image1 struct",
    ],
    "ANGLE ON @Video1: wide shot": [
        "ANGLE keyword",
        "ON keyword",
        "@Video1 struct",
        "wide shot enumMember",
    ],
    "COVERAGE OF @Image1 3": [
        "COVERAGE keyword",
        "OF keyword",
        "@Image1 struct",
        "3 label",
    ],
    "EDIT @Video1: change the sky": [
        "EDIT keyword",
        "@Video1 struct",
        "change method",
    ],
    '@Image1 (low): "Go {x} now."': [
        "@Image1 struct",
        '"Go  string',
        "{x} parameter.unresolved",
        ' now." string',
    ],
    "# a remark": ["# a remark comment"],
    "SHOT 1 (4): wide of @Image1": ["SHOT keyword", "@Image1 struct"],
    "lightning: warm": ["lightning property.unresolved"],
    '@Car = vehicl "a.png"': ["@Car variable.declaration", '"a.png" string'],
    "": [],
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_coloured_by_what_it_says(line: str) -> None:
    assert coloured(line) == LINES[line]


def test_a_ref_is_coloured_by_what_it_points_at() -> None:
    text = (
        '@Ann = character\n@Car = vehicle\n@Pic = image\n{city} = "Rome"\n'
        "SHOT 1 (4s) AS @out: wide shot\n  @Ann @Car @Pic @out @No {city} \\@Ann\n"
    )
    assert coloured(text, 6) == [
        "@Ann class",
        "@Car variable",
        "@Pic struct",
        "@out function",
        "@No variable.unresolved",
        "{city} parameter",
    ]


def test_a_verb_counts_where_something_changes_only() -> None:
    text = "EDIT @Video1\n  Replace the sky.\nSHOT 1 (4s): wide shot\n  Replace the sky.\n"
    assert coloured(text, 2) == ["Replace method"]
    assert coloured(text, 4) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_units_are_counted_as_agreed(encoding: str) -> None:
    text = "SHOT 1 (4s): wide shot\r\n  😀 é @Nobody\u2028 @Nobody\r  @Nobody"
    view = editor(encoding, film=text).view(URI)
    found = words(view, tokens.full(view, {})["data"])
    assert [(at, word) for at, word, _ in found if word[0] == "@"] == [
        (2, "@Nobody"),
        (2, "@Nobody"),
        (3, "@Nobody"),
    ]


SCRIPT = "@Ann = character\n" + "".join(
    f"SHOT {n} (4s): wide shot\n  @Ann runs.\n\n" for n in range(1, 60)
)


def edited(old: list[int], edits: list[dict[str, Any]]) -> list[int]:
    for edit in edits:
        start = edit["start"]
        old = [*old[:start], *edit["data"], *old[start + edit["deleteCount"] :]]
    return old


def change(line: int, text: str) -> dict[str, Any]:
    place = {"line": line, "character": 0}
    return {"range": {"start": place, "end": place}, "text": text}


@pytest.mark.parametrize(
    ("changes", "most"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([change(60, "# a remark\n")], 10, id="a line"),
        pytest.param([change(0, "\n\n")], 5, id="blank lines at the top"),
        pytest.param([change(178, "> hard cut\n")], 15, id="the end"),
        pytest.param([{"text": ""}], 0, id="all is gone"),
    ],
)
def test_after_a_change_only_the_difference_is_sent(
    changes: list[dict[str, Any]], most: int
) -> None:
    made = editor(film=SCRIPT)
    before = tokens.full(made.view(URI), {})
    made.change(URI, 2, changes)
    after = tokens.delta(made.view(URI), {"previousResultId": before["resultId"]})
    whole = tokens.full(made.view(URI), {})["data"]
    assert edited(before["data"], after["edits"]) == whole
    assert sum(len(edit["data"]) for edit in after["edits"]) <= most


def test_after_an_answer_nobody_gave_everything_is_sent() -> None:
    view = editor(film=SCRIPT).view(URI)
    answer = tokens.delta(view, {"previousResultId": "no such"})
    assert answer["data"] == tokens.full(view, {})["data"]


def test_blocks_are_coloured_anew_when_a_name_becomes_another_thing() -> None:
    made = editor(film=SCRIPT)
    tokens.full(made.view(URI), {})
    place = {"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 16}}
    made.change(URI, 2, [{"range": place, "text": "vehicle"}])
    view = made.view(URI)
    kinds = {kind for _, w, kind in words(view, tokens.full(view, {})["data"]) if w == "@Ann"}
    assert kinds == {"variable", "variable.declaration"}


def test_a_range_has_the_tokens_of_its_lines() -> None:
    view = editor(film=SCRIPT).view(URI)
    whole = words(view, tokens.full(view, {})["data"])
    range = {"start": {"line": 29, "character": 3}, "end": {"line": 33, "character": 1}}
    part = words(view, tokens.within(view, {"range": range})["data"])
    assert part == [token for token in whole if 30 <= token[0] <= 34]
    assert part


@given(scripts(), st.sampled_from(ENCODINGS), st.data())
def test_tokens_of_any_script_are_in_order_and_inside(
    text: str, encoding: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(text)))
    # Half of a script is what an editor mostly has.
    view = editor(encoding, film=text[:cut]).view(URI)
    found = tokens.full(view, {})["data"]
    whole = words(view, found)
    lines = data.draw(st.tuples(st.integers(0, 40), st.integers(0, 40)))
    first, last = sorted(lines)
    range = {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}}
    part = words(view, tokens.within(view, {"range": range})["data"])
    # A range past the end is one of the last line.
    top = len(view.lines.starts)
    low, high = min(first + 1, top), min(last + 1, top)
    assert part == [token for token in whole if low <= token[0] <= high]


@given(scripts(), scripts())
def test_a_delta_leads_from_any_script_to_any_other(one: str, other: str) -> None:
    made = editor(film=one)
    before = tokens.full(made.view(URI), {})
    made.change(URI, 2, [{"text": other}])
    after = tokens.delta(made.view(URI), {"previousResultId": before["resultId"]})
    assert edited(before["data"], after["edits"]) == tokens.full(made.view(URI), {})["data"]
