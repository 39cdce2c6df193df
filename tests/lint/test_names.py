"""Rules about names: beside errors, across included files, and what their fixes write.

What they report and leave alone stands in ``cases/names.txt``.
"""

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


HOST = "@Host = character: a presenter\n"
DRIVER = "@Driver = character: a rally driver in her thirties, red race suit, black gloves\n"
CAR = "@Car = vehicle: a red coupé with white stripes\n"


@pytest.mark.parametrize("rule", ["unused-declaration", "unused-output", "unused-parameter"])
def test_beside_an_error_nobody_can_tell_what_is_unused(rule: str) -> None:
    text = HOST + '{city} = "Rome"\nSHOT 1 (5s) AS @a: wide shot\n  @Hots waits.\n'
    assert found(rule, text, whole=False) == []


def test_beside_an_error_nobody_can_tell_what_is_undescribed() -> None:
    text = "@Host = character\n" + SHOT + "  @Hots and @Host wait.\n"
    assert found("undescribed-name", text, whole=False) == []


FLEET = "@Car = vehicle: a coupe\n@Carla = character: a cook\n"
MANY = "".join(f"@Extra{letter} = prop: a lamp\n" for letter in "ABCDEFGHI")


@pytest.mark.parametrize(
    ("remark", "stands_alone"),
    [
        ("# nobody", True),
        ("# @Carla", True),
        ("# car", True),
        ("# @CAR", False),
        ("# @Cars", False),
        ("# the car of @Car_2", False),
        ("# see mail@car", False),
    ],
)
@pytest.mark.parametrize("further", ["", "# é\n", MANY], ids=["plain", "accents", "many names"])
def test_a_name_in_a_comment_is_no_longer_unused(
    remark: str, stands_alone: bool, further: str
) -> None:
    text = FLEET + further + SHOT + f"  @Carla waits.\n{remark}\n"
    told = {d.span.text for d in found("unused-declaration", text)} - set(MANY.split())
    assert told == ({"@Car"} if stands_alone else set())


@pytest.mark.parametrize("longer", [0, 1])
def test_a_name_is_used_where_the_words_behind_it_run_on(longer: int) -> None:
    name = "H" * (63 + longer)
    assert found("unused-declaration", f"@{name} = prop: a lamp\n{SHOT}  @{name}の光。\n") == []


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
