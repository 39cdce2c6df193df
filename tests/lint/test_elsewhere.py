"""Requests that other systems serve: which are recognised, and who is named instead."""

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


def shot(*lines: str) -> str:
    return "SHOT 1 (5s): wide shot, static\n" + "".join(f"  {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("rule", "text", "spans"),
    [
        ("extend-elsewhere", edit("make the video longer"), ["make the video longer"]),
        ("extend-elsewhere", edit("change the sky", "and extend the whole clip by 5 s"), 1),
        ("extend-elsewhere", angle("Continue the scene."), ["Continue the scene"]),
        ("effects-elsewhere", angle("with Particle Effects"), ["Particle Effects"]),
        ("cutout-elsewhere", angle("Key out the background."), ["Key out the background"]),
        ("cutout-elsewhere", angle("on a transparent background"), ["transparent background"]),
        (
            "removal-elsewhere",
            angle("The street, empty; please erase all people on it."),
            ["erase all people on it"],
        ),
        (
            "removal-elsewhere",
            "ANGLE ON @Clip\n  Based on @Clip, generate a close-up, remove the van.\n",
            ["remove the van"],
        ),
        ("removal-elsewhere", angle("Remove the background people."), 1),
        (
            "character-motion-elsewhere",
            edit("transfer the dance of @Clip to @Host"),
            ["transfer the dance of @Clip to @Host"],
        ),
        ("character-motion-elsewhere", edit("apply the arm movements onto @dog"), 1),
        ("character-motion-elsewhere", edit("put his motion onto the drawing"), 1),
        (
            "character-motion-elsewhere",
            shot("Animate @Still with @Clip."),
            ["Animate @Still with @Clip"],
        ),
        ("choreography-elsewhere", shot("@Host copies her step for step."), ["step for step"]),
        ("choreography-elsewhere", edit("make him dance the exact choreography"), 1),
        ("resolution-in-words", shot("A lighthouse, 8K."), ["8K"]),
        ("resolution-in-words", shot("style: ultra HD, 35mm"), ["ultra HD"]),
        ("resolution-in-words", edit("make the roof wet, 4k detail"), ["4k"]),
    ],
)
def test_reported(rule: str, text: str, spans: list[str] | int) -> None:
    told = [d.span.text for d in found(rule, text)]
    assert told == spans if isinstance(spans, list) else len(told) == spans


SILENT = {
    "extend-elsewhere": {
        "a thing gets longer": edit("make the scarf longer"),
        "a thing is extended": edit("extend the wall to the left"),
        "a scene of a play": edit("continue the scene painting on the wall"),
        "a shot may tell it": shot("They continue the scene."),
    },
    "effects-elsewhere": {
        "an edit makes them": edit("add lightning effects"),
        "effects of something": angle("The effects of the storm are seen."),
    },
    "cutout-elsewhere": {
        "an edit is asked": edit("remove the background"),
        "people in the background": angle("Remove the background people."),
        "it stays": angle("with the background in focus"),
    },
    "removal-elsewhere": {
        "somebody removes something": angle("@Host stoops to remove the nail."),
        "an edit is asked": edit("remove the van"),
        "a shot may tell it": shot("Remove the lid."),
        "a cut-out is another request": angle("Remove the background."),
    },
    "character-motion-elsewhere": {
        "the camera of a video": edit("transfer the motion to @Clip"),
        "onto a thing": edit("transfer the motion to @Car"),
        "a style": edit("transfer the style of @Still to @Host"),
        "no picture": edit("copy the movement to the left"),
        "animated by hand": shot("They animate @Car with @Clip."),
    },
    "choreography-elsewhere": {
        "dancers among themselves": shot("The dancers share one choreography."),
        "a next move": shot("@Host plans the next move."),
    },
    "resolution-in-words": {
        "a thing that has one": shot("@Host watches a 4K monitor and a 4K colour display."),
        "part of a name": shot("A robot called R4K stands there, 4K-ready."),
        "a letter": shot("The letter K on a door."),
        "the setting says it": "resolution: 4k\n" + shot("A lighthouse, 4K."),
    },
    "sound-in-words": {
        "no target is known": shot("We hear a horn."),
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


def test_a_target_that_does_not_send_the_request_away_is_not_spoken_for() -> None:
    text = angle("with particle effects")
    assert len(found("effects-elsewhere", text, "chatvideopro/kling-multi-cam")) == 1
    assert found("effects-elsewhere", text, "kling/o3") == []
    assert len(found("effects-elsewhere", text, "kling/o3, chatvideopro/kling-multi-cam")) == 1


def test_a_target_nobody_knows_says_nothing() -> None:
    film = Document(promptlang.parse("target: nobody/knows\n" + DECLARED + edit("extend the clip")))
    (told,) = Linter([BY_NAME["extend-elsewhere"]]).script(film.film)
    assert told.hint == "Veo Extend adds 7 s to a clip"


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("", "write resolution: 4k"),
        ("kling/o3", "write resolution: 4k"),
        ("kling/o1", "kling/o3 makes 4K"),
        ("pixio/kling-3.0", "targets that make it: kling/o3"),
        ("wavespeed/kling-v1-ai-multi-shot", "targets that make it: kling/o3"),
    ],
)
def test_who_makes_4k(target: str, hint: str) -> None:
    (told,) = found("resolution-in-words", shot("A lighthouse, 4K."), target)
    assert told.hint == hint


def test_who_makes_sound() -> None:
    text = shot("We hear a horn.")
    (told,) = found("sound-in-words", text, "kling/o1")
    assert told.span.text == "We hear"
    assert told.hint == "add the sound in the edit; kling/o3 makes sound"
    assert found("sound-in-words", text, "kling/o3") == []
    assert found("sound-in-words", text, "kling/o1, kling/o3") == []
    assert found("sound-in-words", shot("A horn."), "kling/o1") == []
    # It makes no shots at all, which is told elsewhere.
    assert found("sound-in-words", text, "chatvideopro/kling-multi-cam") == []


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
