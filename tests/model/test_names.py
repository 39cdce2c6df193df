"""Names: declared once, found in any spelling, and said to be unknown only once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from promptlang.model.names import fold, nearest
from promptlang.model.resolve import resolve
from promptlang.syntax.parser import parse
from tests.model.boards import board, clean, mended
from tests.model.dump import dump, told

SHOT = "SHOT 1 (5s): wide shot\n"


def mentions(text: str) -> list[str]:
    found = []
    for unit in clean(text).units:
        for prose in unit.prose():
            found += [mention.span.text for mention in prose.mentions()]
    return found


@pytest.mark.parametrize(
    ("declared", "written", "ref"),
    [
        ("Driver", "@Driver drives", "@Driver"),
        ("Driver", "@DRIVER drives", "@DRIVER"),
        ("Driver", "@Driver's hat", "@Driver"),
        ("Car", "a @Car-mounted camera", "@Car"),
        ("Car", "(@Car)", "@Car"),
        ("店主", "@店主が笑う", "@店主"),
        ("Image1", "@Image1の背景", "@Image1"),
        ("Car", "@Car’s wheel", "@Car"),
        ("Café", "@Cafe\u0301 at night", "@Cafe\u0301"),
        ("Cafe\u0301", "@CAFÉ at night", "@CAFÉ"),
        ("Straße", "@STRASSE at night", "@STRASSE"),
        ("店", "@店 and more", "@店"),
    ],
)
def test_what_a_ref_covers(declared: str, written: str, ref: str) -> None:
    assert mentions(f"@{declared} = image\nSHOT (5s): wide shot\n  {written}\n") == [ref]


def test_the_longest_known_name_counts() -> None:
    text = "@店 = image\n@店主 = character\nSHOT (5s): wide shot\n  @店主が and @店が\n"
    found = [mention.entity.name for mention in clean(text).units[0].prose()[0].mentions()]
    assert found == ["店主", "店"]


def test_a_mark_is_no_place_to_end_a_name() -> None:
    text = "@Cafe = image\nSHOT (5s): wide shot\n  @Cafe\u0301s at night\n"
    assert told(board(text).diagnostics) == ['3:3 unknown-name "@Cafe\u0301s"']


def test_ascii_letters_behind_a_name_make_another_name() -> None:
    text = "@Car = vehicle\nSHOT (5s): wide shot\n  @Cars pass\n"
    found = board(text).diagnostics
    assert told(found) == ['3:3 unknown-name "@Cars"']
    assert found[0].hint == 'did you mean "@Car"?'
    assert "@Car pass" in mended(text, found[0])


def test_an_unknown_name_is_told_once_and_mended_everywhere() -> None:
    text = (
        "@Driver = character\nSHOT (5s): wide shot of @Drvier\n  @Drvier waves.\n"
        "SHOT (5s): close-up\n  @drvier smiles.\n"
    )
    found = board(text).diagnostics
    assert told(found) == ['2:25 unknown-name "@Drvier"']
    assert [related.span.line for related in found[0].related] == [3, 5]
    assert found[0].message == 'unknown name "@Drvier", declared are @Driver'
    clean(mended(text, found[0]))


def test_two_declarations_of_one_name() -> None:
    text = "@Guest = character\n@GUEST = image\nSHOT (5s): wide shot AS @guest\n  @Guest.\n"
    text = text.replace(": wide shot AS @guest", " AS @guest: wide shot")
    found = board(text)
    assert told(found.diagnostics) == ['2:1 name-twice "@GUEST"', '3:14 name-twice "@guest"']
    assert found.diagnostics[0].related[0].span.line == 1
    assert found.entities["guest"].kind == "character"
    assert found.units[0].output is None


@pytest.mark.parametrize(
    ("name", "kind"), [("Video1", "video"), ("image12", "image"), ("Element2", "element")]
)
def test_numbered_attachments_need_no_declaration(name: str, kind: str) -> None:
    found = clean(f"SHOT (5s): wide shot\n  Like @{name}, and @{name.upper()}.\n")
    entity = found.entities[name.casefold()]
    assert (entity.kind, entity.origin, entity.name) == (kind, "attached", name)
    assert told(found.diagnostics) == [f'2:8 undeclared-attachment "@{name}"']


def test_a_declared_attachment_is_an_ordinary_name() -> None:
    found = clean('@Image1 = image "a.png"\nSHOT (5s): wide shot\n  Like @Image1.\n')
    assert found.diagnostics == []
    assert found.entities["image1"].origin == "declared"


def test_names_of_broken_lines_are_not_reported_again() -> None:
    from promptlang.model.resolve import resolve
    from promptlang.syntax.parser import parse

    script = parse('@Car vehicle "car.png"\nSHOT (5s): wide shot\n  @Car passes.\n')
    assert len(script.diagnostics) == 1
    assert resolve(script).diagnostics == []


def test_entities_with_all_they_have() -> None:
    found = clean(
        '@Voice = voice "low.mp3"\n'
        '@Host = character "front.png", "side.png" voice @Voice: a man with @Hat\n'
        '@Guest = character "element:829836" voice "warm-1"\n'
        "@Hat = wardrobe: a straw hat\n"
        '@Talk = video "talk.mp4" 0:01-1:02.5\n'
        "SHOT (5s): wide shot\n  @Host.\n"
    )
    assert dump(found, names=True).splitlines()[:5] == [
        '@Voice = voice "low.mp3"',
        '@Host = character "front.png" "side.png" voice Voice : a man with @Hat',
        '@Guest = character "element:829836" voice warm-1',
        "@Hat = wardrobe : a straw hat",
        '@Talk = video "talk.mp4" 1-62.5',
    ]
    assert found.entities["guest"].assets[0].form == "element"


def test_a_voice_must_be_a_voice() -> None:
    text = (
        '@Hat = wardrobe "hat.png"\n@Host = character voice @Hat\nSHOT (5s): wide shot\n  @Host.\n'
    )
    found = board(text).diagnostics
    assert told(found) == ['2:25 wrong-kind "@Hat"']
    assert found[0].message == '"@Hat" is a wardrobe, allowed as a voice: audio, voice'


def test_labels_are_unique_without_case() -> None:
    text = "SHOT 3A (5s): wide shot\n  Rain.\nSHOT 3a (5s): close-up\n  Rain.\n"
    found = board(text).diagnostics
    assert told(found) == ['3:6 label-twice "3a"']
    assert found[0].related[0].span.text == "3A"


@pytest.mark.parametrize(
    ("assets", "files"),
    [
        ({"Driver": ["https://x/1.png", "two.png"]}, ["https://x/1.png", "two.png"]),
        ({"@driver": ["three.png"]}, ["three.png"]),
        ({}, ["front.png"]),
    ],
)
def test_files_given_from_outside(assets: dict[str, list[str]], files: list[str]) -> None:
    text = '@Driver = character "front.png"\nSHOT (5s): wide shot\n  @Driver.\n'
    found = board(text, assets=assets)
    assert found.diagnostics == []
    assert [asset.location for asset in found.entities["driver"].assets] == files


def test_a_bound_video_keeps_its_stretch() -> None:
    text = '@Talk = video "talk.mp4" 0:02-0:09\nANGLE ON @Talk: reverse angle\n  keep: lighting\n'
    asset = board(text, assets={"Talk": ["https://x/talk.mp4"]}).entities["talk"].assets[0]
    assert (asset.location, asset.since) == ("https://x/talk.mp4", Decimal(2))
    assert asset.until == Decimal(9)


def test_a_file_for_a_name_that_is_not_there() -> None:
    text = "@Driver = character\nSHOT (5s) AS @lap: wide shot\n  @Driver and @Image1.\n"
    found = board(text, assets={"Drivr": ["a"], "lap": ["b"], "Image1": ["c"]})
    errors = [d for d in found.diagnostics if d.is_error]
    assert [(d.name, d.span.start, d.span.end) for d in errors] == [
        ("asset-without-name", 0, 0)
    ] * 2
    assert {d.hint for d in errors} >= {'did you mean "Driver"?'}
    assert found.entities["image1"].assets[0].location == "c"


def test_nearest() -> None:
    assert nearest("Drvier", ["Driver", "Diver", "Car"]) == ["Driver", "Diver"]
    assert nearest("Seaside", ["Car"]) == []
    assert nearest("x" * 200, ["x" * 200]) == []
    assert fold("CAFÉ") == fold("Cafe\u0301")


VIDEO = '@V = video "v.mp4"\n'


@pytest.mark.parametrize(
    "block",
    [
        "SHOT 1 (4s): wide shot\n  Rain.\n  start: @X\n",
        "SHOT 1 (4s): wide shot\n  Rain.\n  start: end of @X\n",
        "SHOT 1 (4s): wide shot\n  Rain.\n  using: @X for the face\n",
        "SHOT 1 (4s): wide shot\n  Rain.\n  using: @V and @X\n",
        "SHOT 1 (4s): wide shot\n  Rain.\n  motion: @X\n",
        "EDIT @V\n  motion: @X\n",
        "EDIT @X: change the sky to a red dusk\n",
        "EDIT @V, @X: change the sky to a red dusk\n",
        "ANGLE ON @X (5s): reverse angle, dissolve\n  keep: lighting\n",
        "COVERAGE OF @X: wide shot\n  Rain.\n",
    ],
)
def test_a_name_nobody_declared_is_one_mistake_wherever_it_stands(block: str) -> None:
    assert [d.name for d in board(VIDEO + block).diagnostics] == ["unknown-name"]


@pytest.mark.parametrize(
    "text",
    [
        "SHOT 1 AS b (4s): static\n  Rain.\nEDIT @b\n  remove the umbrella\n",
        "SHOT 1 (4s) AS@b: static\n  Rain.\nEDIT @b\n  remove the umbrella\n",
        "@店主 = caracter: a cook\nSHOT 1 (4s): wide shot\n  @店主が麺を上げる。\n",
    ],
)
def test_a_name_in_a_line_that_cannot_be_read_is_known_all_the_same(text: str) -> None:
    script = parse(text)
    assert len(script.diagnostics) == 1
    assert resolve(script).diagnostics == []


def test_a_number_is_no_name_and_no_frame() -> None:
    found = board(f"{VIDEO}SHOT 1 (4s): wide shot\n  Rain.\n  start: @12\n").diagnostics
    assert [d.name for d in found] == ["bad-frame"]


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("EDIT @New\n  remove the sky\n", 'video "…"'),
        ("ANGLE ON @New: reverse angle\n  keep: lighting\n", 'video "…"'),
        ("COVERAGE OF @New\n", 'image "…"'),
        (f"{SHOT}  start: @New\n", 'image "…"'),
        (f"{SHOT}  end: start of @New\n", 'video "…"'),
        (f"{SHOT}  motion: @New\n", 'video "…"'),
        (f"{SHOT}  using: @New for the clothing\n", "character"),
        (f'{SHOT}  @New: "Hi."\n', "character"),
        (f"@A = character voice @New\n{SHOT}  @A waits.\n", 'voice "…"'),
        (f"{SHOT}  She is as in @New.\nEDIT @New\n  remove the sky\n", 'video "…"'),
    ],
)
def test_the_hint_declares_what_the_place_takes(text: str, declared: str) -> None:
    (problem,) = (d for d in board(text).diagnostics if d.name == "unknown-name")
    assert problem.hint == f"declare it, as in @New = {declared}, or write \\@ for a plain @"
