"""Rules about edits: what their fixes write, and how a change is taken apart.

What they report and leave alone stands in ``cases/edits.txt``.
"""

from __future__ import annotations

import pytest

import promptlang
from promptlang.lint import edits, edits_angles, edits_source
from promptlang.lint.changes import Asked
from promptlang.lint.run import Linter
from promptlang.model.storyboard import Edit
from promptlang.session import Document

RULES = [*edits.RULES, *edits_source.RULES, *edits_angles.RULES]
BY_NAME = {rule.problem.name: rule for rule in RULES}

DECLARED = """\
@Wall = image "wall.png"
@Clip = video "street.mov"
@Move = video "move.mov"
@Host = character "host.png": a presenter
@Dog = creature "dog.png": a sheepdog
@Car = vehicle "car.png": a red car
@Beach = image "beach.png": a beach
@Dusk = image "quay.png": a stone quay at blue hour
"""


def found(rule: str, text: str) -> list[promptlang.Diagnostic]:
    film = Document(promptlang.parse(DECLARED + text)).film
    # Beside an error a rule is not asked, and its silence would prove nothing.
    assert film.whole
    return Linter([BY_NAME[rule]]).script(film)


def edit(*lines: str) -> str:
    return "EDIT @Clip\n" + "".join(f"  {line}\n" for line in lines)


def fixed(rule: str, text: str) -> str:
    """Apply the first fix, which must leave nothing to report."""
    (diagnostic,) = found(rule, text)
    source = DECLARED + text
    for change in sorted(diagnostic.fixes[0].edits, key=lambda e: -e.span.start):
        source = source[: change.span.start] + change.text + source[change.span.end :]
    text = source.removeprefix(DECLARED)
    assert found(rule, text) == []
    return text


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (
            "swap-moves-camera",
            edit("replace the man with @Host"),
            edit(
                "keep: everything else, the camera movement, the pacing",
                "replace the man with @Host",
            ),
        ),
        (
            "swap-moves-camera",
            edit("keep: everything, the light", "replace the man with @Host"),
            edit(
                "keep: everything, the light, the camera movement, the pacing",
                "replace the man with @Host",
            ),
        ),
        (
            "keep-and-change",
            edit("keep: lighting", "change the light to blue"),
            edit("keep: everything else", "change the light to blue"),
        ),
        (
            "keep-and-change",
            edit("keep: lighting, everything", "change the light to blue"),
            edit("keep: everything", "change the light to blue"),
        ),
        (
            "keep-and-change",
            edit("keep: face, lighting, everything", "change the light to blue"),
            edit("keep: face, everything", "change the light to blue"),
        ),
    ],
)
def test_fixed(rule: str, before: str, after: str) -> None:
    assert fixed(rule, before) == after


def test_a_line_is_written_as_the_script_ends_its_lines() -> None:
    text = DECLARED.replace("\n", "\r\n") + "EDIT @Clip\r\n  replace the man with @Host\r\n"
    film = Document(promptlang.parse(text)).film
    (diagnostic,) = Linter([BY_NAME["swap-moves-camera"]]).script(film)
    (change,) = diagnostic.fixes[0].edits
    assert text[: change.span.start].endswith("EDIT @Clip")
    assert change.text == "\r\n  keep: everything else, the camera movement, the pacing"


def test_a_heading_that_ends_the_script() -> None:
    text = "EDIT @Clip: replace the man with @Host"
    (change,) = found("swap-moves-camera", text)[0].fixes[0].edits
    assert change.span.start == len(DECLARED + text)
    assert change.text.startswith("\n  keep: ")


def test_nothing_is_added_to_a_list_that_keeps_nothing() -> None:
    (diagnostic,) = found("swap-moves-camera", edit("keep: none", "replace the man with @Host"))
    assert diagnostic.fixes == ()


def test_what_is_kept_on_two_lines_is_left_to_the_writer() -> None:
    (diagnostic,) = found(
        "keep-and-change", edit("keep: face", "keep: lighting", "change the light to blue")
    )
    assert diagnostic.fixes == ()
    assert [r.span.text for r in diagnostic.related] == ["change the light to blue"]


def test_a_change_is_taken_apart() -> None:
    film = Document(
        promptlang.parse(DECLARED + edit("Replace the old Car with @Car, at dusk"))
    ).film
    (unit,) = film.units
    assert isinstance(unit, Edit)
    asked = Asked(unit.changes[0])
    assert (asked.verb, asked.target, asked.joint, asked.state) == (
        "replace",
        "old car",
        "with",
        "@Car",
    )
    assert asked.rest == ", at dusk"
    assert asked.target_span.text == "old Car"
    assert asked.named() is None
    assert repr(asked) == "Asked('replace', 'old car', 'with', '@Car')"
