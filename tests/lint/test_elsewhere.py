"""Who is named for requests that other systems serve.

Which requests are recognised stands in ``cases/elsewhere.txt``.
"""

from __future__ import annotations

import pytest

import promptlang
from promptlang.lint import elsewhere
from promptlang.lint.run import Linter
from promptlang.plan import offers
from promptlang.providers import registry
from promptlang.session import Document

BY_NAME = {rule.problem.name: rule for rule in elsewhere.RULES}

DECLARED = """\
@Clip = video "street.mov"
@Host = character "host.png": a presenter
@Dog = creature "dog.png": a sheepdog
@Car = vehicle "car.png": a red car
@Still = image "still.png": two hands
"""


def found(rule: str, text: str, target: str = "") -> list[promptlang.Diagnostic]:
    head = f"target: {target}\n" if target else ""
    film = Document(promptlang.parse(head + DECLARED + text)).film
    # Beside an error a rule is not asked, and its silence would prove nothing.
    assert film.whole
    return Linter([BY_NAME[rule]]).script(film)


def edit(*lines: str) -> str:
    return "EDIT @Clip\n" + "".join(f"  {line}\n" for line in lines)


def angle(*lines: str) -> str:
    return "ANGLE ON @Clip (5s): wide shot\n" + "".join(f"  {line}\n" for line in lines)


def test_a_target_that_does_not_send_the_request_away_is_not_spoken_for() -> None:
    text = angle("with particle effects")
    assert len(found("effects-elsewhere", text, "chatvideopro/kling-multi-cam")) == 1
    assert found("effects-elsewhere", text, "kling/o3") == []
    assert len(found("effects-elsewhere", text, "kling/o3, chatvideopro/kling-multi-cam")) == 1


def test_a_target_nobody_knows_says_nothing() -> None:
    film = Document(promptlang.parse("target: nobody/knows\n" + DECLARED + edit("extend the clip")))
    (told,) = Linter([BY_NAME["extend-elsewhere"]]).script(film.film)
    assert told.hint == "Veo Extend adds 7 s to a clip"


def test_who_makes_sound_is_read_from_the_targets() -> None:
    mute = registry.target("chatvideopro/kling-multi-cam")
    assert mute is not None
    assert offers.with_sound(mute, "shot") == (
        "add the sound in the edit, or use a target that makes it: "
        "fal/kling-o3-pro, fal/kling-o3-standard, fal/kling-v3-pro, fal/kling-v3-standard"
    )
    assert offers.with_sound(mute, "nothing") == "add the sound in the edit"


def test_a_size_nobody_makes_has_no_hint() -> None:
    target = registry.target("kling/o1")
    assert target is not None
    assert offers.in_resolution(target, "shot", "12k") is None
    assert offers.in_resolution(target, "edit", "720P") == (
        "targets that make it: kling/o1, kling/o3"
    )


def test_an_alternative_is_what_the_own_target_says_first() -> None:
    o3, o1 = registry.target("kling/o3"), registry.target("kling/o1")
    assert o3 is not None
    assert o1 is not None
    assert offers.alternative("over-10-s", [o3, o1]) == o1.elsewhere["over-10-s"]
    assert offers.alternative("vfx", [o3]) == "Kling VFX makes visual effects"
    assert offers.alternative("teleport") is None


@pytest.mark.parametrize(
    "request_name",
    ["extend", "vfx", "background-removal", "object-removal", "character-motion", "choreography"],
)
def test_one_request_has_one_answer(request_name: str) -> None:
    """Systems outside the targets are the same for every target."""
    said = {target.elsewhere.get(request_name) for target in registry.targets()} - {None}
    assert len(said) == 1


def test_nobody_makes_a_shot_that_long() -> None:
    text = "target: kling/o3\nSHOT 1 (25s): wide shot, static\n  A lighthouse.\n"
    hints = [d.hint for d in promptlang.check(text) if d.name == "shot-too-long"]
    assert hints == [
        "split it into shots of at most 15 s; Kling 4.0 makes up to 30 s in one generation"
    ]
