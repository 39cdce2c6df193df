"""Rules about names and descriptions: what each reports, and what it leaves alone and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import promptlang
from promptlang.lint import names, names_described, names_prose
from promptlang.lint.run import Linter
from promptlang.session import Document

if TYPE_CHECKING:
    from pathlib import Path

RULES = [*names.RULES, *names_described.RULES, *names_prose.RULES]
BY_NAME = {rule.problem.name: rule for rule in RULES}
SHOT = "SHOT 1 (5s): wide shot, static\n"


def found(
    rule: str, text: str, folder: Path | None = None, *, whole: bool = True
) -> list[promptlang.Diagnostic]:
    document = Document(promptlang.parse(text), folder=folder)
    # Beside an error a rule is not asked, and its silence would prove nothing.
    assert document.film.whole == whole, [d.message for d in document.diagnostics if d.is_error]
    return Linter([BY_NAME[rule]]).script(document.film)


def shot(*lines: str, declared: str = "") -> str:
    return f"{declared}\n{SHOT}" + "".join(f"  {line}\n" for line in lines)


HOST = "@Host = character: a presenter\n"
DRIVER = "@Driver = character: a rally driver in her thirties, red race suit, black gloves\n"
FOX = '@A = creature "a.png": photo of a fox\n'
CAR = "@Car = vehicle: a red coupé with white stripes\n"

REPORTED = [
    ("unused-declaration", shot("Rain.", declared=HOST), ["@Host"]),
    (
        "unused-declaration",
        shot("Rain on @Host2.", declared=HOST + "@Host2 = character\n"),
        ["@Host"],
    ),
    ("unused-declaration", shot("Rain.", declared="@客 = character: a guest\n"), ["@客"]),
    ("unused-parameter", shot("Rain.", declared='{city} = "Rome"\n'), ["city"]),
    ("unused-output", "SHOT 1 (5s) AS @a: wide shot\n  Rain.\n", ["@a"]),
    ("vague-name", shot("@img1.", declared="@img1 = image\n"), ["@img1"]),
    ("vague-name", shot("@IMG_0231.", declared="@IMG_0231 = image\n"), ["@IMG_0231"]),
    ("vague-name", shot("@thing.", declared="@thing = prop\n"), ["@thing"]),
    ("vague-name", shot("@Person_2.", declared="@Person_2 = character\n"), ["@Person_2"]),
    ("look-alike-names", shot("@Al, @AI.", declared="@Al = character\n@AI = character\n"), ["@AI"]),
    (
        "look-alike-names",
        shot("@Host.", declared="@Host = character\n@Hоst = character\n"),
        ["@Hоst"],
    ),
    ("look-alike-names", shot("@R0.", declared="@R0 = prop\n@RО = prop\n"), ["@RО"]),
    ("look-alike-names", shot("@Corn.", declared="@Corn = prop\n@Com = prop\n"), ["@Com"]),
    ("near-names", shot("@Host.", declared=HOST + "@Hosts = character\n"), ["@Hosts"]),
    ("near-names", shot("@Anna.", declared="@Anna = prop\n@Anne = prop\n"), ["@Anne"]),
    (
        "same-file-twice",
        shot("@A.", declared='@A = prop "x.png"\n@B = prop "y.png" "x.png"\n'),
        ['"x.png"'],
    ),
    (
        "same-file-twice",
        shot("@A.", declared='@A = video "x.mov" 0:00-0:05\n@B = video "x.mov" 0:00-0:05\n'),
        1,
    ),
    ("undescribed-name", shot("@Driver waits.", declared="@Driver = character\n"), ["@Driver"]),
    (
        "two-people-one-name",
        shot("@A.", declared="@A = character: a tall man and a blonde woman\n"),
        1,
    ),
    (
        "two-people-one-name",
        shot("@A.", declared="@A = character: a mother and her small son\n"),
        1,
    ),
    ("two-people-one-name", shot("@A.", declared="@A = character: two men in suits\n"), 1),
    ("two-people-one-name", shot("@A.", declared="@A = creature: three young dancers\n"), 1),
    ("two-people-one-name", shot("@A.", declared="@A = character: an old couple\n"), 1),
    ("two-people-one-name", shot("@A.", declared="@A = character: twins in yellow\n"), 1),
    (
        "same-description",
        shot("@A.", declared="@A = character: a  Cook\n@B = character: a cook\n"),
        ["a cook"],
    ),
    ("described-not-named", shot("The driver waits.", declared=DRIVER), ["The driver"]),
    ("described-not-named", shot("Driver turns the key.", declared=DRIVER), ["Driver"]),
    ("described-not-named", shot("Rain. We see Driver.", declared=DRIVER), ["Driver"]),
    ("described-not-named", shot("Rain on the driver's glove.", declared=DRIVER), ["the driver"]),
    ("described-not-named", shot("Rain falls on the car.", declared=CAR), ["the car"]),
    ("described-not-named", shot("The car, the car.", "The car.", declared=CAR), ["The car"]),
    (
        "described-not-named",
        shot("The car stops.", declared=CAR.replace("Car", "car")),
        ["The car"],
    ),
    ("described-not-named", shot("Now Driver waits.", declared=DRIVER), 0),
    (
        "contradicts-description",
        shot("@Driver in a blue suit waits.", declared=DRIVER),
        ["blue suit"],
    ),
    (
        "contradicts-description",
        shot("@Driver's white gloves shine.", declared=DRIVER),
        ["white gloves"],
    ),
    (
        "contradicts-description",
        shot("@Driver, wearing her navy race suit.", declared=DRIVER),
        ["navy race suit"],
    ),
    ("contradicts-description", shot("@Driver, now in her twenties.", declared=DRIVER), 0),
    (
        "contradicts-description",
        shot("@Driver is in her early twenties.", declared=DRIVER),
        ["in her early twenties"],
    ),
    ("contradicts-description", shot("@Car with black stripes.", declared=CAR), ["black stripes"]),
    (
        "description-repeated",
        shot(
            "@Host2, an old presenter on TV, waits.",
            declared="@Host2 = character: Old presenter on TV\n",
        ),
        ["old presenter on TV"],
    ),
    ("description-repeated", shot("@Car (a red coupé with white stripes) waits.", declared=CAR), 1),
    ("kind-misuse", shot("Rain. @Car smiles.", declared=CAR), ["@Car"]),
    ("kind-misuse", shot("It rains as @Car slowly strolls by.", declared=CAR), ["@Car"]),
    ("kind-misuse", shot("@Host wears @Car.", declared=HOST + CAR), ["@Car"]),
    (
        "kind-misuse",
        shot("She pulls @Suit down over her head.", declared="@Suit = wardrobe: a red suit\n"),
        ["@Suit"],
    ),
    (
        "kind-misuse",
        shot("She puts @Boots on the head.", declared="@Boots = wardrobe\n"),
        ["@Boots"],
    ),
    (
        "mixed-medium",
        shot(
            "@A and @B.",
            "@A and @B.",
            declared='@A = prop "p.png": photo of a mug\n@A2 = character "a.png": photo of a cook\n'
            '@B = place "b.png": a colour illustration of a kitchen\n',
        ).replace("@A and", "@A, @A2 and"),
        ["@B"],
    ),
]


@pytest.mark.parametrize(("rule", "text", "expected"), REPORTED)
def test_reported(rule: str, text: str, expected: list[str] | int) -> None:
    spans = [d.span.text for d in found(rule, text)]
    if isinstance(expected, int):
        assert len(spans) == expected
    else:
        assert spans == expected


SILENT = {
    "unused-declaration": {
        "mentioned": shot("@Host waits.", declared=HOST),
        "in another case": shot("@HOST waits.", declared=HOST),
        "who speaks": shot('@Host: "Well."', declared=HOST),
        "a voice of somebody": shot(
            "@Host waits.", declared="@Low = voice: low\n@Host = character voice @Low\n"
        ),
        "a first frame": shot("start: @Pic", declared="@Pic = image\n"),
        "a name that ends where another script begins": shot(
            "@客が笑う。", declared="@客 = character\n"
        ),
        "put aside in a comment": shot("Rain.", "# @Host waits.", declared=HOST),
        "a library has no blocks": HOST,
        "an output is another matter": "SHOT 1 (5s) AS @a: wide shot\n  Rain.\n",
        "an attachment is never declared": shot("@Image1 in the rain."),
    },
    "unused-parameter": {
        "used": shot("Rain in {city}.", declared='{city} = "Rome"\n'),
        "a library has no blocks": '{city} = "Rome"\n',
        "none": shot("Rain."),
    },
    "unused-output": {
        "used": "SHOT 1 (5s) AS @a: wide shot\n  Rain.\n\nEDIT @a\n  remove the van\n",
        "a declaration is another matter": shot("Rain.", declared=HOST),
    },
    "vague-name": {
        "a name": shot("@Host waits.", declared=HOST),
        "numbered names": shot("@Host2.", declared="@Host2 = character\n@Car3 = vehicle\n"),
        "a word that says something alone": shot("@Man.", declared="@Man = character\n"),
        "an attachment that is declared": shot("@Element1.", declared="@Element1 = element\n"),
        "more than the word": shot("@PhotoBooth.", declared="@PhotoBooth = place\n"),
        "an attachment": shot("@Image1 in the rain."),
    },
    "look-alike-names": {
        "different": shot("@Ian.", declared="@Ian = character\n@Lan = character\n"),
        "in capitals": shot("@IAN.", declared="@IAN = character\n@LAN = character\n"),
    },
    "near-names": {
        "two letters": shot("@Hanna.", declared="@Hanna = prop\n@Helga = prop\n"),
        "numbers tell apart": shot("@Cam1.", declared="@Cam1 = prop\n@Cam2 = prop\n"),
        "another kind": shot("@Host.", declared=HOST + "@Hosts = prop\n"),
        "short names": shot("@Al.", declared="@Al = prop\n@Bl = prop\n"),
    },
    "same-file-twice": {
        "another file": shot("@A.", declared='@A = prop "x.png"\n@B = prop "y.png"\n'),
        "another kind": shot("@A.", declared='@A = character "x.png"\n@B = wardrobe "x.png"\n'),
        "another stretch": shot(
            "@A.", declared='@A = video "x.mov" 0:00-0:05\n@B = video "x.mov" 0:05-0:10\n'
        ),
        "another begin": shot(
            "@A.", declared='@A = video "x.mov" 0:01-0:05\n@B = video "x.mov" 0:00-0:05\n'
        ),
        "twice in one": shot("@A.", declared='@A = prop "x.png" "x.png"\n'),
    },
    "undescribed-name": {
        "described": shot("@Host waits.", declared=HOST),
        "a picture": shot("@Host waits.", declared='@Host = character "host.png"\n'),
        "a voice": shot("@Low speaks.", declared="@Low = voice\n"),
        "unused": shot("Rain.", declared="@Host = character\n"),
        "a library has no blocks": "@Host = character\n",
    },
    "two-people-one-name": {
        "one": shot("@A.", declared="@A = character: a man in a suit\n"),
        "two trades": shot("@A.", declared="@A = character: a singer and a dancer\n"),
        "family": shot("@A.", declared="@A = character: a man and his mother's coat\n"),
        "one of two": shot("@A.", declared="@A = character: the elder of two brothers\n"),
        "two of another thing": shot("@A.", declared="@A = character: two meters of a man\n"),
        "a hyphen": shot("@A.", declared="@A = character: a two-time champion\n"),
        "a pair of hands": shot("@A.", declared="@A = character: a pair of hands\n"),
        "a thing": shot("@A.", declared="@A = prop: a doll couple\n"),
        "nothing": shot("@A.", declared="@A = character\n"),
    },
    "same-description": {
        "different": shot("@A.", declared="@A = character: a cook\n@B = character: a baker\n"),
        "two chairs": shot("@A.", declared="@A = prop: a chair\n@B = prop: a chair\n"),
        "twins": shot("@A.", declared="@A = character: a twin\n@B = character: a twin\n"),
        "none": shot("@A.", declared="@A = character\n@B = character\n"),
    },
    "described-not-named": {
        "the ref stands in the shot": shot("@Driver waits. The driver nods.", declared=DRIVER),
        "the ref stands in the camera terms": DRIVER
        + "SHOT 1 (5s): close-up of @Driver\n  The driver nods.\n",
        "who speaks": shot("The driver nods.", '@Driver: "Go."', declared=DRIVER),
        "any driver": shot("A driver waits, another Driver waits.", declared=DRIVER),
        "a name in lower case": shot("We see driver and horse.", declared=DRIVER),
        "another name": shot("Taxi Driver waits.", declared=DRIVER),
        "another driver": shot("The other driver waits.", declared=DRIVER),
        "the driver of another car": shot("The driver of the truck waits.", declared=DRIVER),
        "a longer noun": shot("The car park, the car-wash, the car doors.", declared=CAR),
        "a first name of two": shot("Driver Jones waits.", declared=DRIVER),
        "somebody else is one": shot(
            "@Ada waits. The driver nods.", declared=DRIVER + "@Ada = character: a bus driver\n"
        ),
        "a place is a place": shot("The garage is dark.", declared="@Garage = place: a garage\n"),
        "no names": shot("The driver waits."),
        "another noun": shot("The horse waits.", declared=DRIVER),
        "an angle has its source": "@Clip = video\n" + DRIVER + "ANGLE ON @Clip\n  of the driver\n",
        "what is said is no prose": shot('voiceover: "The driver waits."', declared=DRIVER),
        "an attachment": shot("The image1 waits. @Image1."),
        "a plain noun with a small letter": shot(
            "Driver waits.", declared=DRIVER.replace("Driver", "driver", 1)
        ),
    },
    "contradicts-description": {
        "the same": shot("@Driver in her red suit waits.", declared=DRIVER),
        "a shade of it": shot("@Driver in a crimson suit waits.", declared=DRIVER),
        "another thing": shot("@Driver in a blue coat waits.", declared=DRIVER),
        "another thing for the same": shot("@Driver in a blue race car waits.", declared=DRIVER),
        "not beside the ref": shot("@Driver waits. A blue suit hangs there.", declared=DRIVER),
        "somebody else's": shot("@Driver waits with a blue suit.", declared=DRIVER),
        "no colour": shot("@Driver in a torn suit, blue sky behind.", declared=DRIVER),
        "two colours": shot("@Driver in a blue and red suit waits.", declared=DRIVER),
        "both are told": shot(
            "@Car with red stripes.",
            declared="@Car = vehicle: a red car, red stripes, white stripes\n",
        ),
        "no description": shot("@Car in a blue suit.", declared="@Car = vehicle\n"),
        "the same age": shot("@Driver is in her thirties.", declared=DRIVER),
        "no age is declared": shot("@Car is in her thirties.", declared=CAR),
        "another's age": shot(
            "@Driver sees @Car, in its twenties. @Driver and @Car in her twenties.",
            declared=DRIVER + CAR,
        ),
        "an age far behind": shot("@Driver waits; a man in his twenties.", declared=DRIVER),
        "what is said": shot('voiceover: "@Driver in a blue suit."', declared=DRIVER),
    },
    "description-repeated": {
        "new words": shot("@Car, a red car in the rain.", declared=CAR),
        "not beside the ref": shot("@Car. A red coupé with white stripes.", declared=CAR),
        "two words are a name": shot("@Cup, a red cup.", declared="@Cup = prop: a red cup\n"),
        "no description": shot("@Cup, a red cup.", declared="@Cup = prop\n"),
        "nothing beside it": shot("@Car waits.", declared=CAR),
        "in a style": shot("style: @Car, a red coupé with white stripes", declared=CAR),
    },
    "kind-misuse": {
        "a person may": shot("@Host smiles.", declared=HOST),
        "a car may run": shot("@Car runs over a kerb.", declared=CAR),
        "who wears it smiles": shot(
            "@Host in @Suit smiles.", declared=HOST + "@Suit = wardrobe: a suit\n"
        ),
        "her coat": shot("She wears @Host's coat.", declared=HOST),
        "clothes are worn": shot(
            "@Host wears @Suit.", declared=HOST + "@Suit = wardrobe: a suit\n"
        ),
        "another verb before it": shot("She drives @Car, wears a hat.", declared=CAR),
        "a helmet goes over a head": shot(
            "She lowers @Hat over her head.", declared="@Hat = wardrobe: a helmet\n"
        ),
        "a jumper goes over a head": shot(
            "She pulls @Knit over her head.", declared="@Knit = wardrobe\n"
        ),
        "a prop on a head": shot(
            "She puts @Suit on her head.", declared="@Suit = prop: a suit of paper\n"
        ),
        "elsewhere than a head": shot(
            "She pulls @Suit over her knees, head low.", declared="@Suit = wardrobe: a suit\n"
        ),
        "far into a sentence": shot("x " * 60 + "@Car smiles.", declared=CAR),
        "blanks before it": shot("x" + " " * 90 + "@Car smiles.", declared=CAR),
        "nothing behind it": shot("She smiles at @Car", declared=CAR),
    },
    "mixed-medium": {
        "one medium": shot(
            "@A, @B.",
            declared=FOX + '@B = creature "b.png": photograph of a cat\n',
        ),
        "not together": shot(
            "@A.",
            declared=FOX + '@B = creature "b.png": drawing of a cat\n',
        ),
        "a drawing as a thing": shot(
            "@A, @B.",
            declared=FOX + '@B = prop "b.png": drawing of a cat\n',
        ),
        "a style may differ": shot(
            "@A, @B.",
            declared=FOX + '@B = style "b.png": drawing of a cat\n',
        ),
        "no pictures": shot(
            "@A, @B.",
            declared=FOX + "@B = creature: drawing of a cat\n",
        ),
        "somebody who draws": shot(
            "@A, @B.",
            declared=FOX + '@B = creature "b.png": a cat, drawing a mouse\n',
        ),
        "no description": shot("@A, @B.", declared=FOX + '@B = creature "b.png"\n'),
    },
}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rule, text, id=f"{rule}: {reason}")
        for rule, cases in SILENT.items()
        for reason, text in cases.items()
    ],
)
def test_silent(rule: str, text: str) -> None:
    assert [d.message for d in found(rule, text)] == []


@pytest.mark.parametrize("rule", ["unused-declaration", "unused-output", "unused-parameter"])
def test_beside_an_error_nobody_can_tell_what_is_unused(rule: str) -> None:
    text = HOST + '{city} = "Rome"\nSHOT 1 (5s) AS @a: wide shot\n  @Hots waits.\n'
    assert found(rule, text, whole=False) == []


def test_beside_an_error_nobody_can_tell_what_is_undescribed() -> None:
    text = "@Host = character\n" + SHOT + "  @Hots and @Host wait.\n"
    assert found("undescribed-name", text, whole=False) == []


def test_what_is_included_belongs_to_others_too(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text(
        "@Anna = character\n@Beth = character voice @Low: as @Carl\n@img1 = image\n"
        '{city} = "Rome"\nstyle: as drawn by @Dora in {mood}\n',
        encoding="utf-8",
    )
    text = (
        "include: cast.shot\n@Low = voice: low\n@Carl = character: a cook\n"
        '@Dora = style: woodcut\n@Emil = character: a baker\n{mood} = "May"\n' + SHOT + "  Rain.\n"
    )
    assert [d.span.text for d in found("unused-declaration", text, tmp_path)] == ["@Emil"]
    assert found("unused-parameter", text, tmp_path) == []
    assert found("vague-name", text, tmp_path) == []
    assert found("undescribed-name", text + "  @Anna waits.\n", tmp_path) == []


def test_a_name_that_is_declared_in_an_included_file_is_used_once(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text("@Anna = character: a cook\n", encoding="utf-8")
    text = "include: cast.shot\n@Carl = character: a baker\n" + SHOT + "  @Anna, @Carl.\n"
    assert found("unused-declaration", text, tmp_path) == []


def fixed(rule: str, text: str) -> str:
    """Apply the first fix, which must leave nothing to report."""
    (diagnostic,) = found(rule, text)
    result = text
    for change in sorted(diagnostic.fixes[0].edits, key=lambda e: -e.span.start):
        result = result[: change.span.start] + change.text + result[change.span.end :]
    assert found(rule, result) == []
    return result


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("unused-declaration", CAR + HOST + SHOT + "  @Car.\n", CAR + SHOT + "  @Car.\n"),
        (
            "unused-declaration",
            f"{SHOT}  Rain.\n@Host = character: a presenter",
            f"{SHOT}  Rain.\n",
        ),
        ("unused-parameter", '  {a} = "b"  # c\n' + SHOT + "  Rain.\n", SHOT + "  Rain.\n"),
        (
            "described-not-named",
            DRIVER + SHOT + "  Rain. The Driver's glove.\n",
            DRIVER + SHOT + "  Rain. @Driver's glove.\n",
        ),
        (
            "description-repeated",
            CAR + SHOT + "  @Car, a red coupé with white stripes, waits.\n",
            CAR + SHOT + "  @Car waits.\n",
        ),
        (
            "description-repeated",
            CAR + SHOT + "  Rain on @Car (red coupé with white stripes).\n",
            CAR + SHOT + "  Rain on @Car.\n",
        ),
        (
            "description-repeated",
            CAR + SHOT + "  Rain on @Car, the red coupé with white stripes.\n",
            CAR + SHOT + "  Rain on @Car.\n",
        ),
    ],
)
def test_fixed(rule: str, before: str, after: str) -> None:
    assert fixed(rule, before) == after
