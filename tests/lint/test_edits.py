"""Rules about edits and new angles: what each reports, and what it leaves alone and why."""

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


def angle(terms: str, *lines: str) -> str:
    return f"ANGLE ON @Clip (5s): {terms}\n" + "".join(f"  {line}\n" for line in lines)


REPORTED = [
    ("vague-edit", edit("change the background"), ["change the background"]),
    ("vague-edit", edit("Change the background."), ["change the background"]),
    ("vague-edit", edit("relight"), ["relight"]),
    ("vague-edit", edit("restyle the whole video"), ["restyle the whole video"]),
    ("vague-edit", edit("adjust the lighting a bit"), ["adjust the lighting a bit"]),
    ("vague-edit", edit("replace the bottle"), ["replace the bottle"]),
    ("vague-edit", edit("make it better"), ["make it better"]),
    (
        "vague-edit",
        edit("make the lighting look much nicer"),
        ["make the lighting look much nicer"],
    ),
    ("vague-edit", edit("make everything more beautiful and interesting"), 1),
    ("vague-edit", edit("enhance the lighting"), ["enhance the lighting"]),
    ("vague-edit", edit("improve the lighting"), ["improve the lighting"]),
    ("vague-edit", edit("make it better") + "  using: @Beach\n", ["make it better"]),
    ("background-without-light", edit("change the background to a market"), ["background"]),
    ("background-without-light", edit("replace the setting with a market"), ["setting"]),
    ("background-without-light", edit("change the street background to a market"), 1),
    ("background-without-light", edit("change the background to the sand in @Beach"), 1),
    (
        "background-without-light",
        edit("change the background to a market") + "  using: @Beach\n",
        1,
    ),
    ("swap-moves-camera", edit("replace the presenter with @Host"), ["presenter"]),
    ("swap-moves-camera", edit("swap @Host for @Dog"), ["@Host"]),
    ("swap-moves-camera", edit("replace @Dog with a wolf"), ["@Dog"]),
    (
        "swap-moves-camera",
        edit("keep: everything else, the lighting", "replace the man with @Host"),
        1,
    ),
    ("swap-moves-camera", edit("keep: none", "replace the man with @Host"), 1),
    ("keep-and-change", edit("keep: lighting", "change the lighting to candlelight"), ["lighting"]),
    (
        "keep-and-change",
        edit("keep: the same light", "relight the scene with candles"),
        ["the same light"],
    ),
    ("keep-and-change", edit("keep: everything else, style", "restyle as a woodcut"), ["style"]),
    (
        "keep-and-change",
        edit("keep: camera angle", "change the camera angle to low"),
        ["camera angle"],
    ),
    ("keep-and-change", edit("keep: outfit, face", "replace the clothing with @Beach"), ["outfit"]),
    ("keep-and-change", edit("keep: face, outfit", "replace the clothing with @Beach"), ["outfit"]),
    (
        "change-to-same",
        edit("change the red car to a red car"),
        ["change the red car to a red car"],
    ),
    ("change-to-same", edit("replace @Host with @Host"), ["replace @Host with @Host"]),
    ("change-to-same", edit("turn day into day, softly"), 1),
    ("change-to-same", edit("swap the hat for a hat"), 1),
    ("camera-in-edit", edit("change the shot to a close-up"), 1),
    ("camera-in-edit", edit("turn it into a low-angle shot"), 1),
    ("camera-in-edit", edit("make it a wide shot"), ["make it a wide shot"]),
    ("camera-in-edit", edit("make the camera push in"), ["make the camera push in"]),
    ("camera-in-edit", edit("change the camera angle to something lower"), 1),
    ("camera-in-edit", edit("add a slow push in"), ["add a slow push in"]),
    ("camera-in-edit", edit("camera: slow push in", "remove the van"), ["slow push in"]),
    ("length-in-edit", edit("make the video twice as fast"), ["make the video twice as fast"]),
    ("length-in-edit", edit("make it 4 seconds long"), ["make it 4 seconds long"]),
    ("length-in-edit", edit("change the speed to slow motion"), 1),
    ("length-in-edit", edit("retime the action to the beat"), ["retime the action"]),
    (
        "length-in-edit",
        edit("change the sky to dusk", "and slow the video down"),
        ["slow the video down"],
    ),
    ("length-in-edit", edit("change the sky to dusk, speed up the clip"), ["speed up the clip"]),
    ("changes-in-one-line", edit("change the sky to dusk and remove the van"), ["remove"]),
    (
        "changes-in-one-line",
        edit("replace the hat with a cap, then turn @Car into a van"),
        ["turn"],
    ),
    ("changes-in-one-line", edit("change the sky to dusk and also make the road wet"), ["make"]),
    ("angle-without-framing", angle("static camera"), 1),
    ("angle-without-framing", "ANGLE ON @Clip\n", ["ANGLE ON @Clip"]),
    ("angle-without-framing", angle("slow push in", "The man with the hat nods."), 1),
    ("angle-without-framing", angle("static camera", "of @Host"), 1),
    ("angle-fast-motion", angle("wide shot, whip pan"), ["whip pan"]),
    ("angle-fast-motion", angle("wide shot, fast push in"), ["fast push in"]),
    ("angle-fast-motion", angle("wide shot, very fast pan left"), ["very fast pan left"]),
    (
        "angle-fast-motion",
        angle("wide shot", "@Host sprints off at full speed."),
        ["sprints", "at full speed"],
    ),
    (
        "angle-fast-motion",
        "ANGLE ON @Clip\n  Based on @Clip, generate a close-up of the explosion.\n",
        ["explosion"],
    ),
    ("person-without-element", angle("close-up", "of the old fisherman"), ["fisherman"]),
    ("person-without-element", angle("close-up", "The man nods.", "A woman laughs."), ["man"]),
    (
        "person-without-element",
        angle("close-up", "of @Car and its driver", "A nurse waves."),
        ["nurse"],
    ),
    (
        "person-without-element",
        "ANGLE ON @Clip\n  Based on @Clip, generate a close-up of the boxer.\n",
        ["boxer"],
    ),
    ("person-without-element", edit("replace the man with a young soldier"), ["soldier"]),
    ("person-without-element", edit("add a waiter behind the bar"), ["waiter"]),
    ("angle-ignores-source", angle("static camera", "A lighthouse in the rain."), 1),
    ("angle-ignores-source", angle("wide shot", "A lighthouse in the rain, @Beach."), 1),
]


@pytest.mark.parametrize(("rule", "text", "expected"), REPORTED)
def test_reported(rule: str, text: str, expected: list[str] | int) -> None:
    spans = [d.span.text for d in found(rule, text)]
    if isinstance(expected, int):
        assert len(spans) == expected
    else:
        assert [s.casefold() for s in spans] == [s.casefold() for s in expected]


SILENT = {
    "vague-edit": {
        "says to what": edit("change the background to a beach"),
        "a ref may be the state": edit("change the outfit in @Beach"),
        "using may be the state": edit("change the outfit") + "  using: @Beach\n",
        "motion is the state": edit("change the motion") + "  motion: @Move\n",
        "a field holds the state": edit("relight the scene", "lighting: one candle"),
        "removing needs no state": edit("remove the background"),
        "two things trade places": edit("swap the chairs"),
        "the state stands without a joint": edit("change the lighting warmer"),
        "better at something that is seen": edit("make it better lit from the left"),
        "a quality that can be seen": edit("make the lighting softer"),
        "a mend that names a fault": edit("fix the flicker on the wall"),
        "detail behind it": edit("change the background", "a beach at dusk"),
        "a name of several words may hold the state": edit("replace the bottle green"),
        "another language": edit("cambia el fondo"),
    },
    "background-without-light": {
        "light is told": edit("change the background to a market in soft sunlight"),
        "an hour is light": edit("change the background to a market at dusk"),
        "the viewpoint is told": edit("change the background to a market, same viewpoint"),
        "a detail tells": edit("change the background to a market", "lit by lanterns"),
        "what is kept tells": edit(
            "keep: everything, lighting", "change the background to a market"
        ),
        "a field tells": edit("change the background to a market", "lighting: overcast"),
        "the picture tells": edit("change the background to the quay in @Dusk"),
        "the picture beside it tells": edit("change the background to a quay") + "  using: @Dusk\n",
        "a plain ground has no light": edit("change the background to plain white"),
        "no background": edit("change the car to a van"),
        "no state is another problem": edit("change the background"),
        "matching brings the light": edit("match the background to the street"),
    },
    "swap-moves-camera": {
        "the camera is kept": edit("keep: everything, the camera", "replace the man with @Host"),
        "the gestures are told": edit("replace the man with @Host, keeping his gestures"),
        "the motion has a reference": edit("replace the man with @Host") + "  motion: @Move\n",
        "a thing is replaced": edit("replace the car with a van"),
        "a vehicle by ref": edit("replace @Car with a van"),
        "only the coat": edit("replace @Host's coat with a cape"),
        "only the coat of a man": edit("replace the man's coat with a cape"),
        "nothing takes the place": edit("replace the man"),
        "a change of clothes": edit("change the man to a clown"),
    },
    "keep-and-change": {
        "nothing kept": edit("change the lighting to candlelight"),
        "another thing": edit("keep: everything, the face", "change the lighting to candlelight"),
        "only a part is changed": edit("keep: lighting", "change the lighting of the lamp to blue"),
        "only a part is kept": edit("keep: lighting on her face", "change the lighting to blue"),
        "one thing is relit": edit("keep: lighting", "relight the window with a candle"),
        "adding takes nothing away": edit("keep: background, everything", "add the background hum"),
        "movement is no angle": edit("keep: camera movement", "change the camera angle to low"),
        "everything else is the rest": edit("keep: everything else", "change everything to blue"),
    },
    "change-to-same": {
        "another state": edit("change the red car to a red van"),
        "more of the same": edit("replace the car with the car in @Beach"),
        "another one": edit("replace the chair with another chair"),
        "a manner is no state": edit("restyle the picture as the picture"),
        "no state": edit("change the car"),
        "two refs": edit("replace @Host with @Dog"),
    },
    "camera-in-edit": {
        "the motion has a reference": edit("camera: slow push in", "motion: @Move"),
        "a thing in the picture": edit("change the sign to a close-up of a fish"),
        "a camera in the picture": edit("change the camera to a phone"),
        "framed so far": edit("change the framing"),
        "the whole look": edit("change the shot to a woodcut"),
        "light moves in": edit("add a lantern that pushes in from the left"),
        "kept, not asked for": edit("keep: everything, the camera", "remove the van"),
        "another verb": edit("match the shot to a close-up"),
        "made, not filmed": edit("make the car blue"),
    },
    "length-in-edit": {
        "a long thing": edit("make the scarf longer"),
        "a thing gets shorter": edit("make the skirt shorter"),
        "a thing that is slow": edit("make the car slower"),
        "quoted": edit('change the sign to "slow down the video"'),
        "a time of day": edit("change the clock to 4 seconds to noon"),
        "the length of the source": "EDIT @Clip (5s)\n  remove the van\n",
    },
    "changes-in-one-line": {
        "two things of one change": edit("change the sky and the sea to violet"),
        "one change and its light": edit("change the sky to dusk and match the light"),
        "what somebody does": edit("add a man who sits and turns pages"),
        "quoted": edit('change the sign to "mix and change the world"'),
        "a word for how": edit("change the sky to dusk and make it soft"),
        "no change at all": edit("the sky, and change the sea"),
        "a word that ends like and": edit("change the sand remove the van"),
    },
    "angle-without-framing": {
        "a size": angle("close-up"),
        "a view": angle("reverse angle"),
        "an angle": angle("low angle"),
        "words place it": angle("static camera", "The room from the doorway."),
        "words in a request": "ANGLE ON @Clip\n  Based on @Clip, generate the next shot.\n",
        "words of the field": angle("static camera", "The two of them, in a medium shot."),
        "quoted terms": angle('"kino eye", static camera'),
        "terms nobody knows": angle("kino eye, static camera"),
        "another language": angle("static camera", "Zwei Hände, ganz nah."),
        "the motion has a reference": "ANGLE ON @Clip (5s)\n  motion: @Move\n",
        "a shot needs none": "SHOT 1 (5s): static camera\n  The man with the hat nods.\n",
    },
    "angle-fast-motion": {
        "slow": angle("wide shot, slow push in"),
        "no speed": angle("wide shot, pan left", "@Host walks at the speed of a snail."),
        "a shot may be fast": "SHOT 1 (5s): whip pan\n  @Host sprints.\n",
        "an edit is no angle": edit("change the explosion to a fountain"),
    },
    "person-without-element": {
        "an element": angle("close-up", "of @Host, the man with the hat"),
        "an element elsewhere in the block": angle("close-up of @Host", "The man nods."),
        "a picture shows who": angle("close-up", "of the man") + "  using: @Beach\n",
        "a crowd": angle("close-up", "of the man in the crowd"),
        "far off": angle("wide shot", "A nurse passes in the background."),
        "no person": angle("close-up", "of the lamp"),
        "a word with another meaning": angle("close-up", "of the model of a ship"),
        "several": angle("wide shot", "The dancers bow."),
        "a thing named after one": angle("close-up", "of the driver-side mirror"),
        "who is there stays": edit("remove the man"),
        "a state without people": edit("change the man's coat to red"),
        "replaced by a picture": edit("replace the man with the soldier in @Beach"),
        "replaced by an element": edit("replace the man with @Host"),
        "light on somebody": edit("match the light on a man"),
        "no state": edit("replace the man"),
        "a shot is another matter": "SHOT 1 (5s): close-up\n  The man nods.\n",
    },
    "angle-ignores-source": {
        "kept": angle("wide shot", "A lighthouse in the rain.", "keep: lighting"),
        "a pasted request": "ANGLE ON @Clip\n  Based on @Clip, generate a wide shot.\n",
        "somebody who is there": angle("wide shot", "@Host nods."),
        "a view of it": angle("reverse angle", "A lighthouse in the rain."),
        "an angle on it": angle("low angle", "A lighthouse in the rain."),
        "the source by name": angle("wide shot", "The style of @Clip."),
        "the same": angle("wide shot", "The same lighthouse."),
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
        (
            "changes-in-one-line",
            edit("change the sky to dusk, and remove the van"),
            edit("change the sky to dusk", "remove the van"),
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
    text = "@Clip = video\r\nEDIT @Clip\r\n  change the sky to dusk and remove the van\r\n"
    film = Document(promptlang.parse(text)).film
    (diagnostic,) = Linter([BY_NAME["changes-in-one-line"]]).script(film)
    assert [change.text for change in diagnostic.fixes[0].edits] == ["\r\n  "]


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
