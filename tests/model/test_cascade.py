"""What reaches a block: header, scene, block; ``+`` adds, ``none`` clears."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from promptlang.model.storyboard import CASCADE
from tests.model.boards import board, clean
from tests.model.dump import told

if TYPE_CHECKING:
    from promptlang.model.storyboard import Storyboard, Unit

KINDS = {
    "shot": "SHOT 1 (5s): wide shot\n  Rain.\n",
    "coverage": "COVERAGE 1 (5s): wide shot\n  Rain.\n",
    "edit": "EDIT @V\n  remove the chair\n",
    "angle": "ANGLE ON @V (5s): reverse angle\n  keep: everything\n",
}


def one(text: str) -> Unit:
    (unit,) = clean(f"@V = video\n{text}").units
    return unit


def lines(unit: Unit, key: str) -> list[str]:
    return [line.plain for line in unit.texts[key]]


@pytest.mark.parametrize("key", CASCADE)
@pytest.mark.parametrize(
    ("header", "scene", "block", "expected"),
    [
        ("{k}: h", "", "", ["h"]),
        ("{k}: h1\n{k}: h2", "", "", ["h1", "h2"]),
        ("", "{k}: s", "", ["s"]),
        ("", "", "{k}: b", ["b"]),
        ("{k}: h", "{k}: s", "", ["s"]),
        ("{k}: h", "{k}: s", "{k}: b", ["b"]),
        ("{k}: h", "", "{k}: b", ["b"]),
        ("{k}: h", "+ {k}: s", "", ["h", "s"]),
        ("{k}: h", "+ {k}: s", "+ {k}: b", ["h", "s", "b"]),
        ("{k}: h", "{k}: s", "+ {k}: b1\n+ {k}: b2", ["s", "b1", "b2"]),
        ("{k}: h", "{k}: s", "{k}: b1\n+ {k}: b2", ["b1", "b2"]),
        ("{k}: h", "{k}: s", "+ {k}: b1\n{k}: b2", ["b1", "b2"]),
        ("{k}: h", "{k}: none", "", []),
        ("{k}: h", "{k}: NONE", "{k}: b", ["b"]),
        ("{k}: h", "{k}: none\n{k}: s", "", ["s"]),
        ("{k}: h", "{k}: s\n{k}: none", "", ["s"]),
        ("{k}: h", "", "{k}: none\n+ {k}: b", ["b"]),
        ("{k}: h", "{k}: s", "{k}: none", []),
        ("{k}: h", "", "{k}: none of it", ["none of it"]),
        ("+ {k}: h", "", "", ["h"]),
    ],
)
def test_texts(key: str, header: str, scene: str, block: str, expected: list[str]) -> None:
    heading = "SCENE: a square\n" if scene else ""
    text = f"{header}\n{heading}{scene}\n{KINDS['shot']}{block}\n".replace("{k}", key)
    assert lines(one(text), key) == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", CASCADE)
def test_which_blocks_inherited_texts_reach(kind: str, key: str) -> None:
    reached = kind in {"shot", "coverage"}
    unit = one(f"{key}: h\nSCENE: a square\n+ {key}: s\n{KINDS[kind]}+ {key}: b\n")
    assert lines(unit, key) == (["h", "s", "b"] if reached else ["b"])
    assert (unit.setting is not None) is reached
    assert unit.scene is not None


@pytest.mark.parametrize("kind", KINDS)
def test_what_must_not_appear_reaches_every_block_and_adds_up(kind: str) -> None:
    unit = one(
        f"negative: h\nSCENE: a square\nnegative: s\n{KINDS[kind]}negative: b1\nnegative: b2\n"
    )
    assert [line.plain for line in unit.negative] == ["h", "s", "b1", "b2"]


def test_none_clears_what_must_not_appear() -> None:
    unit = one(f"negative: h\n{KINDS['shot']}negative: none\nnegative: b\n")
    assert [line.plain for line in unit.negative] == ["b"]


def test_the_standard_list() -> None:
    unit = one(f"{KINDS['shot']}negative: my logo, Standard\nnegative: standard lamp\n")
    first, second = (line.plain for line in unit.negative)
    assert first.startswith("my logo, blur, distortion, low quality, grainy, ")
    assert first.endswith(", duplicate limbs")
    assert len(first.split(", ")) == 17
    assert second == "standard lamp"
    assert {part.span.text for part in unit.negative[0].parts} >= {"my logo", "Standard"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("key", "header", "scene", "block", "expected"),
    [
        ("cfg", "0.4", "", "", "0.4"),
        ("cfg", "0.4", "0,5", "", "0.5"),
        ("cfg", "0.4", "0.5", "0.6", "0.6"),
        ("seed", "1", "2", "", "2"),
        ("seed", "1", "none", "", "None"),
        ("audio", "on", "", "off", "False"),
        ("takes", "2", "", "3", "3"),
    ],
)
def test_settings_reach_every_block(
    kind: str, key: str, header: str, scene: str, block: str, expected: str
) -> None:
    parts = [f"{key}: {value}\n" if value else "" for value in (header, scene, block)]
    unit = one(f"{parts[0]}SCENE: a square\n{parts[1]}{KINDS[kind]}{parts[2]}")
    value = getattr(unit.settings, key)
    assert str(value and value.value if value is not None else None) == expected


def test_targets_and_provider_fields() -> None:
    text = (
        "target: fal/a, fal/b，fal/c\nfal.x: 1\nfal.y: 2\n"
        "SHOT 1: wide shot\n  Rain.\n"
        "SCENE: a square\ntarget: kling/o1\n"
        "SHOT 2: wide shot\n  Rain.\n  fal.x: 3\n"
        "SHOT 3: wide shot\n  Rain.\n  target: pixio/kling-o3\n"
    )
    found = clean(text)
    assert [value.value for value in found.targets] == ["fal/a", "fal/b", "fal/c"]
    assert [[v.value for v in unit.settings.targets] for unit in found.units] == [
        ["fal/a", "fal/b", "fal/c"],
        ["kling/o1"],
        ["pixio/kling-o3"],
    ]
    assert [unit.settings.fields["fal", "x"].value for unit in found.units] == [1, 3, 1]
    assert found.units[1].settings.fields["fal", "y"].value == 2


def test_header_settings() -> None:
    found = clean(
        'title: "Pit Lane"\naspect: 16 : 9\nresolution: 1080p\nlanguage: it\nduration: 5s\n'
        "note: for {nobody}\n"
        "@Ada = character\n@V = video\n"
        'SHOT 1: wide shot\n  @Ada: "Ciao."\n  @Ada (in French): "Salut."\n'
        "SHOT 2 (3s): wide shot\n  Rain.\nEDIT @V\n  remove the chair\n"
    )
    first, second, edit = found.units
    assert found.title is not None
    assert found.title.value == "Pit Lane"
    assert first.settings.aspect is not None
    assert first.settings.aspect.value == "16:9"
    assert [s.language.value if s.language else None for s in first.speeches()] == [
        "Italian",
        "French",
    ]
    assert [u.seconds.value if u.seconds else None for u in (first, second, edit)] == [5, 3, None]
    assert [note.plain for note in found.notes] == ["for {nobody}"]


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("cfg: high", "a number from 0"),
        ("seed: 1.5", "a whole number"),
        ("audio: loud", "off or on"),
        ("takes: 0", "a whole number from 1 to 100"),
        ("takes: 101", "a whole number from 1 to 100"),
        ("aspect: wide", "two numbers with a colon between them"),
        ("aspect: 16:0", "two numbers with a colon between them"),
        ("duration: 5", "a length of time above 0"),
        ("duration: 0s", "a length of time above 0"),
        ("resolution: 1080 p", "one word"),
    ],
)
def test_values_that_are_none(line: str, allowed: str) -> None:
    key, value = line.split(": ")
    (problem,) = board(f"{line}\n{KINDS['shot']}").diagnostics
    assert told([problem]) == [f'1:{len(key) + 3} bad-value "{value}"']
    assert problem.message == f'"{value}" is no value for "{key}", allowed is {allowed}'


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("music: none\n" + KINDS["shot"], "1:8"),
        (KINDS["shot"] + "music: none\n", "3:8"),
        ("music: soft\nmusic: none\n" + KINDS["shot"], "2:8"),
        ("negative: none\n" + KINDS["shot"], "1:11"),
        ("music: soft\n" + KINDS["edit"].replace("@V", "@Video1") + "music: none\n", "4:8"),
        (KINDS["shot"] + "environment: none\n", "3:14"),
    ],
)
def test_none_where_there_is_nothing_to_clear(text: str, where: str) -> None:
    found = [d for d in board(text).diagnostics if d.severity.rank < 2]
    assert told(found) == [f'{where} nothing-to-clear "none"']


@pytest.mark.parametrize(
    ("scene", "block", "setting", "expected"),
    [
        ("", "", True, ["h"]),
        ("Puddles everywhere.\n", "", True, ["h", "Puddles everywhere."]),
        ("environment: mist\nPuddles.\n", "", True, ["mist", "Puddles."]),
        ("", "+ environment: b\n", True, ["h", "b"]),
        ("", "environment: b\n", False, ["b"]),
        ("Puddles.\n", "environment: none\n", False, []),
        ("environment: none\n", "", True, []),
    ],
)
def test_the_environment_opens_with_the_scene_heading(
    scene: str, block: str, setting: bool, expected: list[str]
) -> None:
    unit = one(f"environment: h\nEXT. SQUARE - NIGHT\n{scene}{KINDS['shot']}{block}")
    assert lines(unit, "environment") == expected
    assert (unit.setting is unit.scene) is setting


def test_environment_none_clears_a_heading_alone() -> None:
    unit = one(f"EXT. SQUARE - NIGHT\n{KINDS['shot']}environment: none\n")
    assert unit.setting is None


def test_a_scene_ends_with_the_next_heading() -> None:
    found: Storyboard = clean(
        "mood: h\nSCENE: one\nmood: s\nSHOT 1: wide shot\n  Rain.\n"
        "SCENE: two\nSHOT 2: wide shot\n  Rain.\n"
    )
    assert [lines(unit, "mood") for unit in found.units] == [["s"], ["h"]]
    assert [scene.number for scene in found.scenes] == [1, 2]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("rain on the roof", "; for what is heard write sound: rain on the roof"),
        ('"Hello there"', '; for what is heard write voiceover: "Hello there"'),
        ("onn", ""),
        ("1", ""),
    ],
)
def test_sounds_are_no_switch(written: str, hint: str) -> None:
    (problem,) = board(f"audio: {written}\n{KINDS['shot']}").diagnostics
    assert problem.hint == f"write audio: on, or audio: off{hint}"
    assert "off or on" in problem.message
