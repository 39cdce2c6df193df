"""Scenes, camera terms, transitions, speech, frames: what a SHOT is made of."""

from __future__ import annotations

import pytest

from promptlang.model.storyboard import Coverage, Shot, Speech, Unit
from tests.model.boards import board, clean, mended
from tests.model.dump import dump, told

SHOT = "SHOT 1 (5s): wide shot\n  Rain.\n"


def arrival(unit: Unit) -> str:
    """Return the words of the transition into a shot."""
    assert isinstance(unit, Shot)
    assert unit.transition is not None
    return unit.transition.text.plain


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("INT. GARAGE - NIGHT", ("interior", "garage", "night")),
        ("ext. Monza circuit - Golden Hour", ("exterior", "Monza circuit", "Golden Hour")),
        ("INT./EXT. CAR - DAY", ("interior and exterior", "car", "day")),
        ("EST. CITY", ("establishing view", "city", None)),
        ("SCENE: the pier — two days later", ("", "the pier", "two days later")),
        (
            "INT. HOUSE - KITCHEN - NIGHT - CONTINUOUS",
            ("interior", "house, kitchen", "night, continuous"),
        ),
        ("INT. BAR - BACK ROOM", ("interior", "bar, back room", None)),
        ("SCENE: dawn", ("", None, "dawn")),
        ("INT. JOE'S PLACE - Night", ("interior", "joe's place", "Night")),
        ("INT. 深夜食堂 - NIGHT", ("interior", "深夜食堂", "night")),
        ("INT. @Pier's OFFICE - DAY", ("interior", "@Pier's office", "day")),
        ("EXT. @Pier - {when}", ("exterior", "@Pier", "MIDNIGHT")),
        ("EXT. {city} DOCKS - DUSK", ("exterior", "LE HAVRE docks", "dusk")),
    ],
)
def test_scene_headings(heading: str, expected: tuple[str, str | None, str | None]) -> None:
    text = f'@Pier = place\n{{when}} = "MIDNIGHT"\n{{city}} = "LE HAVRE"\n{heading}\n{SHOT}'
    (scene,) = clean(text).scenes
    place = scene.place.plain if scene.place else None
    time = scene.time.plain if scene.time else None
    assert (scene.setting, place, time) == expected


def test_a_scene_with_all_it_may_hold() -> None:
    found = clean(
        "INT. GARAGE - NIGHT AS @night\nTools hang on the wall.\nnote: rent it\ncfg: 0.6\n"
        "> dissolve\n" + SHOT + "SHOT 2 (5s): close-up\n  Oil.\n"
    )
    (scene,) = found.scenes
    assert scene.output is found.entities["night"]
    assert scene.output is not None
    assert scene.output.origin == "output"
    assert [note.plain for note in scene.notes] == ["rent it"]
    assert [unit.scene for unit in found.units] == [scene, scene]
    assert [line.plain for line in found.units[1].texts["environment"]] == [
        "Tools hang on the wall."
    ]


def test_camera_terms_of_heading_and_field() -> None:
    found = clean(
        "@Car = vehicle\n"
        'SHOT 1 (5s): MCU, slow push in on @Car\'s door, "the Bridget look"\n'
        "  camera: from low angle to high angle\n  Rain.\n"
    )
    cameras = found.units[0].camera
    assert [camera.text.plain for camera in cameras] == [
        "medium close-up",
        "slow push in on @Car's door",
        "the Bridget look",
        "from low angle to high angle",
    ]
    assert [camera.span.text for camera in cameras][:2] == ["MCU", "slow push in on @Car's door"]
    (mention,) = cameras[1].text.mentions()
    assert (mention.entity.name, mention.span.text) == ("Car", "@Car")


def test_an_unknown_camera_term_passes() -> None:
    text = "SHOT 1 (5s): medum shot, static camera\n  Rain.\n"
    found = board(text)
    (problem,) = found.diagnostics
    assert (problem.name, problem.severity.value, problem.span.text[:5]) == (
        "unknown-camera-term",
        "warning",
        "medum",
    )
    assert '"medium shot"' in (problem.hint or "")
    assert "medum" in found.units[0].camera[0].text.plain
    assert "medium shot, static" in mended(text, problem)


def test_a_slip_is_mended_with_the_noun_that_stands_behind_it() -> None:
    text = "SHOT 1 (5s): traking shot from the side\n  Rain.\n"
    (problem,) = board(text).diagnostics
    assert (problem.name, problem.span.text) == ("unknown-camera-term", "traking")
    assert "(5s): tracking shot from the side\n" in mended(text, problem)


@pytest.mark.parametrize("move", ["dolly", "pan", "tilt", "crane", "orbit"])
def test_a_move_that_does_not_say_which_way(move: str) -> None:
    found = board(f"SHOT 1 (5s): wide shot, {move}\n  Rain.\n").diagnostics
    assert told(found) == [f'1:25 undirected-move "{move}"']
    for aimed in (
        f'"{move}"',
        f"{move} from @Video1 to @Video2",
        f"{move} toward @Video1",
        f"{move} towards the door",
        f"{move} alongside the train",
        f"{move} in front of the runner",
    ):
        text = f"SHOT 1 (5s): wide shot, {aimed}\n  Rain.\n"
        assert "undirected-move" not in {d.name for d in board(text).diagnostics}


@pytest.mark.parametrize(
    ("terms", "clash"),
    [
        ("wide shot, static camera, push in", "push in"),
        ("dolly in, dolly out", "dolly out"),
        ("low angle, high angle", "high angle"),
        ("wide shot\n  camera: close-up", "close-up"),
    ],
)
def test_terms_that_exclude_each_other(terms: str, clash: str) -> None:
    found = board(f"SHOT 1 (5s): {terms}\n  Rain.\n").diagnostics
    assert [(d.name, d.span.text) for d in found if d.is_error] == [("camera-conflict", clash)]
    assert found[0].related


def test_terms_in_an_order_do_not() -> None:
    clean("SHOT 1 (5s): static camera, then push in\n  Rain.\n")
    clean("SHOT 1 (5s): from wide shot to close-up\n  Rain.\n")


def test_transitions_go_to_the_next_shot_and_close_the_film() -> None:
    found = clean(
        "@A = prop\n@B = prop\n> fade in from black\n\nINT. BAR - NIGHT\n"
        + SHOT
        + "> match cut from @A to @B\n"
        "# a comment\nEXT. SQUARE - DAY\nSHOT 2 (5s): close-up\n  Rain.\n"
        '> "a blink"\nSHOT 3 (5s): close-up\n  Rain.\n>FADE OUT.\n'
    )
    shots = [unit for unit in found.units if isinstance(unit, Shot)]
    links = [shot.transition for shot in shots]
    assert [link.text.plain if link else None for link in links] == [
        "fade in from black",
        "match cut from @A to @B",
        "a blink",
    ]
    assert links[1] is not None
    assert [m.entity.name for m in links[1].text.mentions()] == ["A", "B"]
    assert links[1].term is not None
    assert found.closing is not None
    assert found.closing.text.plain.startswith("fade out")


def test_a_slip_in_a_longer_transition_is_no_shorter_one() -> None:
    shot = "SHOT 2 (5s): wide shot\n  Rain.\n"
    (problem,) = board(f"{SHOT}> wip pan\n{shot}").diagnostics
    assert told([problem]) == ['3:3 unknown-transition "wip pan"']
    assert problem.hint == 'did you mean "whip pan"?'
    (moved,) = board(f"{SHOT}> wipe pan left\n{shot}").diagnostics
    assert told([moved]) == ['3:8 camera-after-transition "pan left"']


def test_two_transitions_in_a_row() -> None:
    text = SHOT + "> dissolve\nnote: or\n> hard cut\nSHOT 2 (5s): close-up\n  Rain.\n"
    found = board(text)
    (problem,) = found.diagnostics
    assert told([problem]) == ['5:1 two-transitions "> hard cut"']
    assert arrival(clean(mended(text, problem)).units[1]) == "dissolve to"


@pytest.mark.parametrize(
    "block",
    ["EDIT @V\n  remove the chair\n", "ANGLE ON @V\n  keep: light\n", "COVERAGE\n  A chair.\n"],
)
def test_transitions_that_lead_nowhere(block: str) -> None:
    before = board(f"@V = video\n> dissolve\n{block}").diagnostics
    behind = board(f"@V = video\n{block}> dissolve\n").diagnostics
    assert told(before) == ['2:1 lost-transition "> dissolve"']
    assert [d.name for d in behind] == ["lost-transition"]


def test_an_unknown_transition_passes() -> None:
    text = SHOT + "> disolve\nSHOT 2 (5s): close-up\n  Rain.\n"
    found = board(text)
    (problem,) = found.diagnostics
    assert told([problem]) == ['3:3 unknown-transition "disolve"']
    assert arrival(found.units[1]) == "disolve"
    clean(mended(text, problem))


@pytest.mark.parametrize(
    ("heading", "after"),
    [
        ("SHOT 2 (5s): static camera  # c", "SHOT 2 (5s): wide shot, static camera  # c"),
        ("SHOT 2 (5s)  # c", "SHOT 2 (5s): wide shot  # c"),
        ("SHOT", "SHOT: wide shot"),
    ],
)
def test_a_camera_phrase_behind_a_transition_is_moved(heading: str, after: str) -> None:
    text = f"> dissolve (1s), wide shot\n{heading}\n  Rain.\n"
    found = board(text)
    (problem,) = found.diagnostics
    assert told([problem]) == ['1:18 camera-after-transition "wide shot"']
    assert mended(text, problem) == f"> dissolve (1s)\n{after}\n  Rain.\n"
    clean(mended(text, problem))


def test_everything_that_is_said() -> None:
    found = clean(
        "language: German\n@Ada = character\n@Low = voice\n"
        "SHOT 1 (9s): wide shot\n  She turns.\n"
        '  @Ada (whispering, in Italian): "Andiamo, @Bob {x."\n'
        '  @ada: “Los.”\n  @Low (warm): "Once."\n'
        '  voiceover (in French): "Fin."\n  voiceover: "Ende."\n'
        '  super: "THE @END"\n  She leaves.\n'
        '  @Ada (like @Low): "Na."\n'
    )
    assert dump(found).splitlines()[2:] == [
        "  camera: wide shot",
        "  prose: She turns.",
        "  speaker: @Ada",
        "  manner: whispering",
        "  language: Italian",
        "  words: Andiamo, @Bob {x.",
        "  speaker: @Ada",
        "  language: German",
        "  words: Los.",
        "  speaker: @Low",
        "  manner: warm",
        "  language: German",
        "  words: Once.",
        "  language: French",
        "  words: Fin.",
        "  language: German",
        "  words: Ende.",
        "  super: THE @END",
        "  prose: She leaves.",
        "  speaker: @Ada",
        "  manner: like @Low",
        "  language: German",
        "  words: Na.",
    ]
    off = [part.off_screen for part in found.units[0].body if isinstance(part, Speech)]
    assert off == [False, False, True, True, True, False]
    language = found.units[0].speeches()[0].language
    assert language is not None
    assert language.span.text == "in Italian"


@pytest.mark.parametrize("kind", ["image", "prop", "video", "style", "place"])
def test_who_cannot_speak(kind: str) -> None:
    found = board(f'@X = {kind}\nSHOT 1 (5s): wide shot\n  @X: "Hello."\n').diagnostics
    assert told(found) == ['3:3 wrong-kind "@X"']
    assert "character, creature, element, voice" in found[0].message


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("start: @Img", "start: @Img"),
        ("end: @Ada", "end: @Ada"),
        ("start: end of @Clip", "start: end of @Clip"),
        ("start: the last frame of @made", "start: end of @made"),
        ("end: START OF @Clip", "end: start of @Clip"),
        ("motion: @Clip", "motion: @Clip"),
        ("using: @Img", "using: @Img"),
        ("using: @Img for the face, @Ada for the coat and @Hat", "using: @Img for the face"),
    ],
)
def test_frames_and_references(line: str, expected: str) -> None:
    found = clean(
        "@Img = image\n@Ada = character\n@Hat = wardrobe\n@Clip = video\n"
        f"SHOT 0 (5s) AS @made: wide shot\n  Fog.\nSHOT 1 (5s): wide shot\n  Rain.\n  {line}\n"
    )
    assert f"  {expected}" in dump(found).splitlines()


def test_references_with_and_without_roles() -> None:
    using = (
        clean(
            "@A = image\n@B = image\n@C = image\nSHOT 1 (5s): wide shot\n  Rain.\n"
            "  using: @A and @B for the light， @C\n  using: @A for the coat of @C\n"
        )
        .units[0]
        .using
    )
    assert [(use.entity.name, use.role.plain if use.role else None) for use in using] == [
        ("A", None),
        ("B", "the light"),
        ("C", None),
        ("A", "the coat of @C"),
    ]


@pytest.mark.parametrize(
    ("line", "name", "place"),
    [
        ("start: the square", "bad-frame", "the square"),
        ("start: @Img at dawn", "bad-frame", "@Img at dawn"),
        ("start: @Clip", "bad-frame", "@Clip"),
        ("end: end of @Img", "wrong-kind", "@Img"),
        ("end: @Low", "wrong-kind", "@Low"),
        ("motion: @Img", "wrong-kind", "@Img"),
        ("motion: push in", "bad-reference", "push in"),
        ("using: the hat", "bad-reference", "the hat"),
        ("using: @Img as the light", "bad-reference", "as the light"),
        ("using: @Img, the hat", "bad-reference", "the hat"),
        ("using: @Img and the hat", "bad-reference", "and the hat"),
    ],
)
def test_frames_and_references_that_are_none(line: str, name: str, place: str) -> None:
    found = board(
        "@Img = image\n@Clip = video\n@Low = voice\nSHOT 1 (5s): wide shot\n  Rain.\n  "
        + line
        + "\n"
    ).diagnostics
    assert [(d.name, d.span.text) for d in found] == [(name, place)]


def test_which_frame_of_a_video() -> None:
    text = "@Clip = video\nSHOT 1 (5s): wide shot\n  Rain.\n  start: @Clip\n"
    (problem,) = board(text).diagnostics
    assert [fix.message for fix in problem.fixes] == ['write "end of"', 'write "start of"']
    clean(mended(text, problem, 0))
    clean(mended(text, problem, 1))


def test_coverage() -> None:
    found = clean(
        "@Chair = product\nCOVERAGE OF @Chair AS @stills\nCOVERAGE 2: close-up\n  A red chair.\n"
    )
    first, second = found.units
    assert isinstance(first, Coverage)
    assert first.image is found.entities["chair"]
    assert first.image_span is not None
    assert first.image_span.text == "@Chair"
    assert first.output is not None
    assert first.output.stills
    assert second.prose()[0].plain == "A red chair."
    assert told(board("COVERAGE 1: close-up\n").diagnostics) == [
        '1:1 coverage-without-subject "COVERAGE 1: close-up"'
    ]
    for kind in ("video", "audio", "voice"):
        assert told(board(f"@X = {kind}\nCOVERAGE OF @X\n").diagnostics) == ['2:13 wrong-kind "@X"']


def test_stills_of_a_coverage_may_be_frames() -> None:
    clean(
        "@Chair = product\nCOVERAGE OF @Chair AS @stills\n"
        "SHOT 1 (5s): wide shot\n  Rain.\n  start: @stills\n"
    )


def test_blocks_are_numbered_and_named() -> None:
    found = clean(
        "@V = video\n@W = video\nSHOT zip (5s): wide shot\n  Rain.\n"
        "EDIT @V, @W\n  remove the chair\n"
        "COVERAGE\n  A chair.\n"
    )
    assert [(unit.number, unit.name) for unit in found.units] == [
        (1, "zip"),
        (2, "#2"),
        (2, "#2"),
        (3, "#3"),
    ]


def test_a_block_whose_heading_cannot_be_read_does_not_hide_the_rest() -> None:
    from promptlang.model.resolve import resolve
    from promptlang.syntax.parser import parse

    script = parse(
        SHOT + "> dissolve\nSHOT 2 (banana) AS @two: wide\n  @Nobody.\nSHOT 3 (5s)\n  @two.\n"
    )
    found = resolve(script)
    assert [d.name for d in script.diagnostics] == ["not-a-duration"]
    assert [unit.name for unit in found.units if unit.label in {"1", "3"}] == ["1", "3"]
    assert told(found.diagnostics) == ['5:3 unknown-name "@Nobody"']


@pytest.mark.parametrize(
    ("cue", "manner", "off"),
    [
        ("(V.O.)", None, True),
        ("(vo, tired)", "tired", True),
        ("(V.O.) (CONT'D)", None, True),
        ("(O.S.) (whispering)", "off-screen, whispering", False),
        ("(softly)(to herself, in Italian)", "softly, to herself", False),
        ("(tired) (in Italian)", "tired", False),
        ("(V.O.) (in Italian)", None, True),
        ("(CONT'D)", None, False),
        ("(cont’d)", None, False),
        ("(Cont.)", None, False),
        ("(continuing, tired)", "tired", False),
        ("(continued quietly)", "continued quietly", False),
        ("(V.O., CONT'D)", None, True),
        ("(CONT'D, O.S.)", "off-screen", False),
        ("(O.S.)", "off-screen", False),
        ("(tired, o.c., in Italian)", "tired, off-screen", False),
        ("(vowing, osculating)", "vowing, osculating", False),
    ],
)
def test_what_a_screenplay_writes_behind_a_name(cue: str, manner: str | None, off: bool) -> None:
    found = board(f'@Ada = character: a pilot\nSHOT 1 (5s): wide shot\n  @Ada {cue}: "Go."\n')
    (said,) = found.units[0].speeches()
    assert (said.manner and said.manner.plain, said.off_screen) == (manner, off)


def test_a_role_begins_with_for() -> None:
    text = '@Logo = image "logo.png"\nSHOT 1 (5s): wide shot\n  Rain.\n  using: @Logo as the end\n'
    (problem,) = board(text).diagnostics
    assert problem.hint == "write for the end"
    assert problem.fixes[0].edits[0].text == "for"


DANCER = '@Dancer = character "dance.mp4"\n'


@pytest.mark.parametrize("key", ["start", "end"])
def test_an_element_made_of_a_video_is_no_frame(key: str) -> None:
    text = f"{DANCER}SHOT 1 (5s): wide shot\n  {key}: @Dancer\n  Rain.\n"
    (problem,) = board(text).diagnostics
    assert told([problem]) == [f'3:{5 + len(key)} bad-frame "@Dancer"']
    assert problem.message.startswith('"@Dancer" is made of a video, allowed are a picture, ')
    (unit,) = clean(mended(text, problem)).units
    frame = getattr(unit, key)
    assert (frame.entity.name, frame.edge) == ("Dancer", "end" if key == "start" else "start")


def test_an_element_made_of_a_video_cannot_be_covered() -> None:
    found = board(f"{DANCER}COVERAGE OF @Dancer\n")
    assert told(found.diagnostics)[:1] == ['2:13 bad-reference "@Dancer"']


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("footsteps", "sound: footsteps"),
        ("V.O.", 'voiceover: "…"'),
        ("O.S.", '@Name (O.S.): "…"'),
        ("MOS", "sound: without sync sound"),
        ("night", "INT. PLACE - NIGHT"),
    ],
)
def test_a_word_of_the_field_that_no_camera_does_is_sent_to_its_line(
    written: str, line: str
) -> None:
    found = board(f"SHOT 1 (3s): wide shot, {written}\n").diagnostics
    (said,) = [d for d in found if d.name == "unknown-camera-term"]
    assert said.span.text == written
    assert said.hint is not None
    assert said.hint.endswith(f": {line}")
    assert not said.fixes


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("FADE OUT", "FADE IN:", "fade through black"),
        ("fade to black", "fade in", "fade through black"),
        ("fade to white", "fade from white", "fade through white"),
    ],
)
def test_a_fade_out_and_a_fade_in_are_one_transition(first: str, second: str, joined: str) -> None:
    text = f"{SHOT}> {first}\nEXT. FIELD - DAWN\n> {second}\n{SHOT.replace('1', '2')}"
    (problem,) = board(text).diagnostics
    assert told([problem]) == [f'5:1 two-transitions "> {second}"']
    assert problem.hint == f"the two are one transition: > {joined}"
    shot = clean(mended(text, problem)).units[1]
    assert isinstance(shot, Shot)
    assert shot.transition is not None
    assert shot.transition.text.plain == joined


@pytest.mark.parametrize(
    ("first", "second"), [("fade out (2s)", "fade in"), ("fade out", "fade in, wide shot")]
)
def test_what_one_fade_says_more_is_not_lost_when_they_are_joined(first: str, second: str) -> None:
    found = board(f"{SHOT}> {first}\n> {second}\n{SHOT.replace('1', '2')}").diagnostics
    (problem,) = (d for d in found if d.name == "two-transitions")
    assert problem.hint == "the two are one transition: > fade through black"
    assert [fix.message for fix in problem.fixes] == ["remove the second one"]


def test_a_camera_phrase_mentions_what_stands_in_it() -> None:
    text = (
        '@Car = vehicle "car.png": a coupe\n@Dog = creature "dog.png": a greyhound\n'
        "SHOT 1: close-up, tracking alongside @Car\n  Dust.\n"
        "SHOT 2: rack focus from @Dog to @Car, wide shot of @Dog\n  Dust.\n"
    )
    mentioned = [
        [[entity.name for entity in camera.entities] for camera in unit.camera]
        for unit in board(text).units
    ]
    assert mentioned == [[[], ["Car"]], [["Dog", "Car"], ["Dog"]]]
