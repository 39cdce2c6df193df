"""The canonical form, case by case."""

from __future__ import annotations

from pathlib import Path

import pytest

from promptlang.syntax.parser import parse
from promptlang.syntax.printer import format as printed

CANONICAL = """\
title: Pit Lane
negative: blur

@Driver = character "front.png" "side.png": a rally driver
@Suit   = wardrobe "race-suit.png": a red race suit
{city}  = "Monza"

# the garage
INT. GARAGE - NIGHT AS @garage
The walls are bare.
lighting: warm amber work lights

> fade in from black

SHOT 1 (4s) AS @lap: tight MCU, extreme slow motion  # first
  @Driver draws the zip of @Suit.
  # a note
  + sound: zip teeth
  @Driver (low): "Andiamo."

EDIT @lap
  change the sky

COVERAGE OF @Suit
"""

CASES = {
    "heading words": (
        "shot 1\nedit @a\nangle on @a\ncoverage of @a\n",
        "SHOT 1\nEDIT @a\nANGLE ON @a\nCOVERAGE OF @a\n",
    ),
    "dash for the colon": ("SHOT 1 - wide shot\n", "SHOT 1: wide shot\n"),
    "typewriter dash": ("SHOT 1 -- wide shot\n", "SHOT 1: wide shot\n"),
    "nothing but a comment": (
        "SHOT - # 0\nSHOT pit - # 0\nSHOT {x} - # (4s)\nSHOT 1 - # 0\nSHOT (4s) - # 0\n"
        "SHOT AS @x - # 0\nCOVERAGE - # 0\nCOVERAGE OF @x - # 0\nEDIT @x - # 0\n",
        "SHOT:  # 0\nSHOT pit:  # 0\nSHOT {x}:  # (4s)\nSHOT 1  # 0\nSHOT (4s)  # 0\n"
        "SHOT AS @x  # 0\nCOVERAGE:  # 0\nCOVERAGE OF @x  # 0\nEDIT @x  # 0\n",
    ),
    "duration last": ("SHOT 1: wide shot (4s)\n", "SHOT 1 (4s): wide shot\n"),
    "duration first": ("SHOT 1: (4s) wide shot\n", "SHOT 1 (4s): wide shot\n"),
    "duration behind AS": ("SHOT 1 AS @x (4s)\n", "SHOT 1 (4s) AS @x\n"),
    "durations": (
        "SHOT (4 seconds)\nSHOT (2,50 sec)\nSHOT (1:02.5)\n",
        "SHOT (4s)\nSHOT (2.5s)\nSHOT (62.5s)\n",
    ),
    "edit with a change": ("EDIT @x: change the sky\n", "EDIT @x\n  change the sky\n"),
    "edit with a field-like change": ("EDIT @x: keep: all\n", "EDIT @x: keep: all\n"),
    "edit with a cue-like change": ('EDIT @x: @Y: "no"\n', 'EDIT @x: @Y: "no"\n'),
    "coverage": ("COVERAGE @image\n", "COVERAGE OF @image\n"),
    "full width": (
        "＠車＝vehicle「a.png」、「b.png」：赤\n",
        "@車 = vehicle 「a.png」 「b.png」: 赤\n",
    ),
    "full-width cue": ("SHOT 1\n＠Ada（低）：「はい」\n", "SHOT 1\n  @Ada (低): 「はい」\n"),
    "full-width words stay": ("SHOT 1\n車、速い：はい（ok）\n", "SHOT 1\n  車、速い：はい（ok）\n"),
    "declared spelling": (
        "@Ada = prop\nSHOT 1\n@ADA and @ada's\n",
        "@Ada = prop\nSHOT 1\n  @Ada and @Ada's\n",
    ),
    "declared spelling, run on": (
        "@Ada = prop\nSHOT 1\nx @ADA走\n",
        "@Ada = prop\nSHOT 1\n  x @Ada走\n",
    ),
    "spelling of outputs": (
        "SHOT AS @Lap\nEDIT @LAP\n  add rain\n",
        "SHOT AS @Lap\nEDIT @Lap\n  add rain\n",
    ),
    "spelling of parameters": (
        '{City} = "x"\nSHOT 1\nin {city}\n',
        '{City} = "x"\nSHOT 1\n  in {City}\n',
    ),
    "spelling in speech stays": (
        '@Ada = prop\nSHOT 1\n@Ada: "@ADA"\n',
        '@Ada = prop\nSHOT 1\n  @Ada: "@ADA"\n',
    ),
    "keys": ("Title : x\nLIGHTING:warm\n+Sound: y\n", "title: x\nlighting: warm\n+ sound: y\n"),
    "transition": (
        ">CUT TO:\n> FADE TO @A.\n> Match cut\n",
        "> cut to\n> fade to @A\n> Match cut\n",
    ),
    "transition that is closed twice": ("> FADE OUT. :\n> INT . .:\n", "> fade out\n> int\n"),
    "quoted transition": ('>"BURN: #1"\n', '> "BURN: #1"\n'),
    "scene": ("int. garage – night as @x\nI/E CAR\n", "INT. garage - night AS @x\nINT./EXT. CAR\n"),
    "stretch": ('@V = video "v.mov" 2s - 1:02.50\n', '@V = video "v.mov" 0:02-1:02.5\n'),
    "neighbours share a column": (
        '@A = prop\n@Long=prop\n\n@B = prop\n{c}="x"\n',
        '@A    = prop\n@Long = prop\n\n@B  = prop\n{c} = "x"\n',
    ),
    "wide names share a column": ("@店主 = prop\n@A = prop\n", "@店主 = prop\n@A    = prop\n"),
    "required parameter": ("{city}=\n@A = prop\n", "{city} =\n@A     = prop\n"),
    "blank lines": ("\n\ntitle: x\n\n\n \nSHOT 1\n\n\n", "title: x\n\nSHOT 1\n"),
    "no end": ("title: x", "title: x\n"),
    "mostly carriage returns": (
        "title: x\r\nseed: 1\r\ncfg: 1\n",
        "title: x\r\nseed: 1\r\ncfg: 1\r\n",
    ),
    "old line ends": ("title: x\rSHOT 1\r", "title: x\rSHOT 1\r"),
    "byte-order mark": ("\ufefftitle: x\n", "title: x\n"),
    "junk": (
        'SHOT 1\n   SHOT  4s :  wide\n @Car vehicle  "x"\n',
        'SHOT 1\n   SHOT  4s :  wide\n @Car vehicle  "x"\n',
    ),
    "inner blanks of prose": ("SHOT 1\n\tShe  waits.\t# x\n", "SHOT 1\n  She  waits.  # x\n"),
    "comment at the end of a block": (
        "SHOT 1\n# low\nprose\n   # in\n# out\nSHOT 2\n",
        "SHOT 1\n  # low\n  prose\n  # in\n# out\nSHOT 2\n",
    ),
    "comment before a transition": (
        "SHOT 1\n a\n  # cut here\n> hard cut\n",
        "SHOT 1\n  a\n# cut here\n> hard cut\n",
    ),
    "escapes": ("SHOT 1\n\\SHOT 2 \\@x \\{y}\n", "SHOT 1\n  \\SHOT 2 \\@x \\{y}\n"),
    "provider field": ('fal.shotType :  {"a":  1}\n', 'fal.shotType: {"a":  1}\n'),
    "a byte-order mark too many": (" \ufeffx\n", "\ufeff\ufeffx\n"),
    "nothing": ("", ""),
    "only blanks": (" \n\n", ""),
}


def test_canonical_form_is_itself() -> None:
    assert printed(parse(CANONICAL)) == CANONICAL
    assert parse(CANONICAL).diagnostics == []


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_case(text: str, wanted: str) -> None:
    script = parse(text)
    assert printed(script) == wanted
    assert printed(parse(wanted)) == wanted
    assert parse(wanted).same(script)


@pytest.mark.parametrize(
    "path",
    sorted((Path(__file__).parent.parent / "corpus" / "syntax").glob("*.shot")),
    ids=lambda path: path.stem,
)
def test_corpus_keeps_its_meaning(path: Path) -> None:
    script = parse(path.read_text(encoding="utf-8"))
    once = printed(script)
    assert parse(once).same(script)
    assert printed(parse(once)) == once


def test_same_tells_scripts_apart() -> None:
    base = parse('@A = prop: x\nSHOT 1 (4s): wide\n  @A waits # n\n  @A: "y"\n')
    for other in (
        '@A = place: x\nSHOT 1 (4s): wide\n  @A waits # n\n  @A: "y"\n',
        '@A = prop: z\nSHOT 1 (4s): wide\n  @A waits # n\n  @A: "y"\n',
        '@A = prop: x\nSHOT 1 (5s): wide\n  @A waits # n\n  @A: "y"\n',
        '@A = prop: x\nSHOT 1 (4s): low\n  @A waits # n\n  @A: "y"\n',
        '@A = prop: x\nSHOT 1 (4s): wide\n  @B waits # n\n  @A: "y"\n',
        '@A = prop: x\nSHOT 1 (4s): wide\n  @A waits\n  @A: "y"\n',
        '@A = prop: x\nSHOT 1 (4s): wide\n  @A waits # n\n  @A: "Y"\n',
        "@A = prop: x\nSHOT 1 (4s): wide\n  @A waits # n\n",
    ):
        assert not base.same(parse(other)), other
    assert base.same(parse('@A=PROP : x\n\nshot 1 - wide (4 sec)\n @a waits # n\n @a : "y"\n'))
