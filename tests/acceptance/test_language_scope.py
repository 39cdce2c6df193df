"""Language page, scope, headings and fields: what may stand where and what reaches whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import promptlang
from tests.acceptance.asking import (
    CLIP,
    OMNI,
    PLAIN,
    SHOT,
    ask,
    mended,
    names,
    one,
    payload,
    prompt,
    prompts,
    requests,
    told,
)

if TYPE_CHECKING:
    from pathlib import Path

CHANGE = "  change the hat to red\n"


# ---- scope ----


def test_declarations_and_transitions_do_not_end_a_header_or_a_scene() -> None:
    text = (
        '> fade in\n@Car = vehicle: a red car\n{x} = "y"\nstyle: noir\n'
        'INT. HALL - DAY\n> dissolve\n@Van = vehicle: a van\n{z} = "y"\nlighting: warm\n'
    )
    assert names(text.replace("> dissolve\n", "") + SHOT) == []
    assert "Lighting: warm. Style: noir." in prompt(text.replace("> dissolve\n", "") + SHOT)


@pytest.mark.parametrize("ender", ["> hard cut", "@Van = vehicle", '{x} = "y"'])
@pytest.mark.parametrize("line", ["mood: calm", "Rain falls.", "fal.seed: 1"])
def test_a_field_or_prose_behind_what_ended_a_block_offers_both_places(
    ender: str, line: str
) -> None:
    text = f"{SHOT}{ender}\n# comment\nnote: later\n> dissolve\n{line}\nSHOT 2\n  Rain.\n"
    text = text.replace("> dissolve\n", "") if ender.startswith(">") else text
    found = one(text, "after-block")
    assert found.span.text == line
    assert found.hint is not None
    assert "above" in found.hint
    assert "below" in found.hint


def test_a_block_goes_on_to_the_next_heading_scene_or_transition() -> None:
    script = promptlang.parse(f"{SHOT}# c\n\n  mood: calm\nINT. A - DAY\nSHOT 2\n  Rain.\n")
    assert [block.kind for block in script.blocks if block.lines] == ["shot", "scene", "shot"]
    assert script.diagnostics == []


@pytest.mark.parametrize(
    "key", ["title", "aspect", "resolution", "language", "include", "duration"]
)
def test_header_settings_lower_down_are_errors(key: str) -> None:
    assert told(f"{SHOT}  {key}: x\n") == [("header-only", key)]
    assert told(f"INT. A - DAY\n{key}: x\n{SHOT}") == [("header-only", key)]


def test_prose_in_the_header_is_an_error_and_under_a_scene_joins_its_shots() -> None:
    assert told(f"A kite.\n{SHOT}") == [("prose-in-header", "A kite.")]
    text = f"INT. HALL - DAY\nBare walls.\n{SHOT}SHOT 2 (4s): close-up\n  Rain.\n"
    for words in prompts(text):
        assert "Interior, hall, day. Bare walls." in words


# ---- headings ----


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("SHOT 1 - wide shot", "SHOT 1: wide shot"),
        ("SHOT 1: wide shot (4s)", "SHOT 1 (4s): wide shot"),
        ("SHOT 1 AS @x (4s): wide shot", "SHOT 1 (4s) AS @x: wide shot"),
        ("SHOT 1 (4 seconds): wide shot", "SHOT 1 (4s): wide shot"),
        ("SHOT 1 (0:04): wide shot", "SHOT 1 (4s): wide shot"),
    ],
)
def test_accepted_headings_and_their_canonical_form(written: str, canonical: str) -> None:
    text = f"{written}\n  A man rows.\n"
    assert names(text, OMNI) == []
    assert promptlang.format(text).splitlines()[0] == canonical


def test_an_edit_with_its_change_behind_a_colon() -> None:
    text = f"{CLIP}EDIT @Clip (5s) AS @x: Change the hat to red.\n  with a feather\n"
    said = "Keep everything else unchanged, change the hat to red, with a feather."
    assert names(text, OMNI) == []
    assert prompt(text) == said
    done = promptlang.format(text)
    assert "EDIT @Clip (5s) AS @x\n  Change the hat to red.\n" in done
    assert prompt(done) == said


def test_coverage_without_of() -> None:
    text = '@Still = image "still.png"\nCOVERAGE @Still\n'
    assert promptlang.format(text).endswith("COVERAGE OF @Still\n")


HEADING_ERRORS = {
    "SHOT 2 (4s) wide shot": ("no-colon", "SHOT 2 (4s): wide shot"),
    "SHOT 4s": ("label-like-duration", "SHOT (4s)"),
    "SHOT 2 4s: wide shot": ("label-like-duration", "SHOT 2 (4s): wide shot"),
    "SHOT 2 (wide shot)": ("not-a-duration", "SHOT 2: wide shot"),
    "SHOT 2 (): wide shot": ("not-a-duration", "SHOT 2: wide shot"),
    "SHOT 2 (4): wide shot": ("not-a-duration", "SHOT 2 (4s): wide shot"),
}


@pytest.mark.parametrize("heading", HEADING_ERRORS)
def test_errors_in_headings_and_their_fixes(heading: str) -> None:
    name, better = HEADING_ERRORS[heading]
    text = f"{heading}\n  Rain.\n"
    assert names(text) == [name]
    assert mended(text, name) == f"{better}\n  Rain.\n"
    assert names(mended(text, name)) == []


@pytest.mark.parametrize("length", ["0s", "0:00", "-1s", "x"])
def test_no_durations(length: str) -> None:
    assert names(f"SHOT 1 ({length}): wide shot\n  Rain.\n") == ["not-a-duration"]


@pytest.mark.parametrize("length", ["4s", "4 sec", "4 seconds", "4.0s", "4,0s", "0:04", "0:04.0"])
def test_durations_are_exact(length: str) -> None:
    (request,) = requests(f"SHOT 1 ({length}): wide shot\n  Rain.\n")
    assert request.seconds == 4


def test_labels_are_unique_without_case_and_never_made_up() -> None:
    text = "SHOT a (4s)\n  Rain.\nCOVERAGE A\n  Snow.\n"
    assert told(text) == [("label-twice", "A")]
    text = "SHOT\n  Rain.\n"
    assert promptlang.format(text) == text


def test_the_length_of_an_edit_is_checked_and_not_sent() -> None:
    text = f"{CLIP}EDIT @Clip ({{}})\n{CHANGE}"
    assert names(text.format("5s"), OMNI) == []
    assert "duration" not in payload(text.format("5s"))
    assert told(text.format("20s"), OMNI) == [("source-length", "20s")]


def test_an_output_is_made_before_it_is_used_and_alone() -> None:
    text = (
        f"{SHOT}SHOT 2 (4s) AS @two: close-up\n  Rain.\nSHOT 3 (4s)\n  Snow.\nEDIT @two\n{CHANGE}"
    )
    made = requests(text)
    assert [[p.shot for p in r.prompts] for r in made] == [["1"], ["2"], ["3"], ["#4"]]
    assert made[-1].needs == ["2"]
    assert made[-1].payload["video_url"] == "$request:2"
    unused = text.split("EDIT")[0]
    assert len(requests(unused)) == 1


def test_outputs_used_too_early_or_in_a_cycle() -> None:
    early = f"EDIT @x\n{CHANGE}SHOT 1 (4s) AS @x\n  Rain.\n"
    assert told(early) == [("output-too-early", "@x")]
    cycle = f"EDIT @x AS @y\n{CHANGE}EDIT @y AS @x\n{CHANGE}"
    assert "output-cycle" in names(cycle)
    assert names(f"EDIT @x AS @x\n{CHANGE}") == ["output-cycle"]


def test_a_scene_with_a_name_is_one_generation() -> None:
    text = f"INT. HALL AS @hall\n{SHOT}SHOT 2 (4s)\n  Rain.\nEXT. YARD\nSHOT 3 (4s)\n  Snow.\n"
    made = requests(f"{text}EDIT @hall\n{CHANGE}")
    assert [[p.shot for p in r.prompts] for r in made] == [["1", "2"], ["3"], ["#4"]]
    assert made[-1].payload["video_url"] == "$request:1"


def test_a_scene_that_cannot_be_one_generation_takes_its_edit_along() -> None:
    text = f"INT. A AS @a\nSHOT 1 (10s)\n  Rain.\nSHOT 2 (10s)\n  Snow.\nEDIT @a\n{CHANGE}"
    assert names(text, OMNI) == ["scene-not-one"]
    made = promptlang.compile(text, OMNI)
    assert all("$request" not in str(r.payload) for r in made.requests)


def test_a_scene_without_a_shot_makes_nothing() -> None:
    assert told(f"INT. A AS @a\nEDIT @a\n{CHANGE}") == [("output-too-early", "@a")]


def test_several_sources_of_one_edit_are_one_request_each() -> None:
    text = f'{CLIP}@Two = video "two.mp4"\nEDIT @Clip, @Two\n{CHANGE}'
    assert [r.payload["video_url"] for r in requests(text)] == ["file:clip.mp4", "file:two.mp4"]
    assert names(f'{CLIP}@Two = video "two.mp4"\nEDIT @Clip, @Two AS @out\n{CHANGE}') == [
        "shared-output"
    ]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("INT. PIT LANE - NIGHT", "Interior, pit lane, night."),
        (
            "EXT. PARK - BACK GATE - LATER THAT NIGHT",
            "Exterior, park, back gate, later that night.",
        ),
        ("EXT. PARK - BACK GATE", "Exterior, park, back gate."),
        ("SCENE: a Café - dawn", "A Café, dawn."),
        ("INT. @Hall - DAY", "Interior, a big hall, day."),
        ("INT. @Hall, BACK DOOR - DAY", "Interior, a big hall, back door, day."),
        ("EXT. {city} CIRCUIT - GOLDEN HOUR", "Exterior, MONZA circuit, golden hour."),
    ],
)
def test_places_and_times(heading: str, said: str) -> None:
    text = f'{{city}} = "MONZA"\n@Hall = place: a big hall\n{heading}\n{SHOT}'
    assert prompt(text) == f"Wide shot. A man rows. {said}"


# ---- fields ----

CASCADE = (
    "style: noir\nstyle: grainy\nmood: calm\nlighting: warm\n"
    "INT. HALL - DAY\n+ style: soft\nmood: tense\n"
    "SHOT 1 (4s): wide shot\n  Rain.\n{}"
)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", "Lighting: warm. Mood: tense. Style: noir, grainy, soft."),
        ("  style: flat\n", "Lighting: warm. Mood: tense. Style: flat."),
        ("  + style: flat\n", "Lighting: warm. Mood: tense. Style: noir, grainy, soft, flat."),
        ("  style: none\n", "Lighting: warm. Mood: tense."),
        ("  style: none\n  style: flat\n", "Lighting: warm. Mood: tense. Style: flat."),
        ("  + style: flat\n  style: none\n", "Lighting: warm. Mood: tense. Style: flat."),
        (
            "  lighting: none of it\n",
            "Lighting: none of it. Mood: tense. Style: noir, grainy, soft.",
        ),
    ],
)
def test_the_cascade_of_texts(lines: str, said: str) -> None:
    assert prompt(CASCADE.format(lines)) == f"Wide shot. Rain. Interior, hall, day. {said}"


def test_a_block_can_replace_or_clear_where_a_scene_plays() -> None:
    head = "INT. HALL - DAY\nSHOT 1 (4s): wide shot\n  Rain.\n"
    assert prompt(head + "  environment: a beach\n") == "Wide shot. Rain. A beach."
    assert prompt(head + "  environment: none\n") == "Wide shot. Rain."
    assert prompt(head + "  + environment: fog\n") == "Wide shot. Rain. Interior, hall, day, fog."


@pytest.mark.parametrize(
    "key", ["style", "music", "negative", "seed", "audio", "voiceover", "super", "camera"]
)
def test_none_with_nothing_to_clear_is_a_warning_and_says_nothing(key: str) -> None:
    text = f"{SHOT}  {key}: none\n"
    assert told(text, PLAIN) == [("nothing-to-clear", "none")]
    assert prompt(text, PLAIN) == "Wide shot. A man rows."


def test_none_switches_an_inherited_setting_off() -> None:
    text = f"cfg: 0.7\nnegative: blur\n{SHOT}  cfg: none\n  negative: none\n"
    assert names(text, PLAIN) == []
    body = payload(text, PLAIN)
    assert "blur" not in str(body)
    assert body.get("cfg_scale") != 0.7


def test_silence_is_asked_for_in_words() -> None:
    assert names(f"{SHOT}  music: no music\n") == []


def test_prose_lines_join_with_a_blank_and_text_lines_with_a_comma() -> None:
    text = f"{SHOT}  action: He stops.\n  Rain.\n  mood: calm\n  mood: grey\n"
    assert prompt(text) == "Wide shot. A man rows. He stops. Rain. Mood: calm, grey."


@pytest.mark.parametrize("key", ["seed: 1", "aspect: 16:9", "title: x", "audio: on"])
def test_single_values_twice_at_one_level(key: str) -> None:
    assert told(f"{key}\n{key}\n{SHOT}") == [("repeated-setting", key.split(":")[0])]


def test_edit_and_angle_take_their_look_from_the_source() -> None:
    text = (
        f"style: noir\nlighting: warm\n{CLIP}INT. HALL - DAY\nmood: tense\n"
        f"EDIT @Clip\n{CHANGE}  + style: soft\n"
        "ANGLE ON @Clip (5s): wide shot\n  keep: style\n  mood: sad\n"
    )
    assert prompts(text) == [
        "Keep everything else unchanged, change the hat to red. Style: soft.",
        "Based on @Video1, generate a wide shot. Mood: sad. Keep the same style.",
    ]


def test_negative_and_settings_reach_every_block() -> None:
    text = f"negative: blur\nseed: 4\n{CLIP}EDIT @Clip\n{CHANGE}{SHOT}"
    losses = promptlang.compile(text, OMNI).losses
    assert {loss.name for loss in losses} >= {"negative-prompt-unsupported", "seed-unsupported"}
    body = payload(f"negative: blur\nnegative: rain\n{SHOT}  negative: fog\n", PLAIN)
    assert body["negative_prompt"] == "blur, rain, fog"


def test_negative_of_one_generation_is_joined_and_standard_is_a_list() -> None:
    text = f"{SHOT}  negative: fog\nSHOT 2 (4s): close-up\n  Rain.\n  negative: snow\n"
    assert payload(text, PLAIN)["negative_prompt"] == "fog, snow"
    listed = payload(f"negative: standard\n{SHOT}", PLAIN)["negative_prompt"].split(", ")
    assert len(listed) == 16
    assert {"blur", "watermark", "duplicate limbs"} <= set(listed)


@pytest.mark.parametrize("line", ["audio: off", "cfg: 0.7"])
def test_shots_that_differ_in_a_setting_never_share_a_generation(line: str) -> None:
    text = f"audio: on\n{SHOT}SHOT 2 (4s)\n  Rain.\n  {line}\nSHOT 3 (4s)\n  Snow.\n"
    assert [[p.shot for p in r.prompts] for r in requests(text, PLAIN)] == [["1"], ["2"], ["3"]]


def test_takes_ask_for_several_results() -> None:
    text = f"takes: 3\n{SHOT}"
    assert sum(request.takes for request in requests(text)) == 3


def test_a_length_for_shots_that_state_none_and_the_reported_default() -> None:
    text = "duration: 3s\nSHOT 1: wide shot\n  Rain.\nSHOT 2 (5s): wide shot\n  Snow.\n"
    (made,) = requests(text)
    assert [p.seconds for p in made.prompts] == [3, 5]
    bare = "SHOT 1: wide shot\n  Rain.\n"
    assert "duration-assumed" in [d.name for d in ask(bare, OMNI)]


def test_a_target_may_stand_at_every_level() -> None:
    text = f"target: {PLAIN}\n{SHOT}{CLIP}EDIT @Clip\n  target: fal/kling-o1\n{CHANGE}"
    made = promptlang.compile(text)
    assert [(c.target, len(c.requests)) for c in made] == [(PLAIN, 1), ("fal/kling-o1", 1)]
    scene = f"target: {PLAIN}\nINT. A - DAY\ntarget: {OMNI}\n{SHOT}"
    assert [c.target for c in promptlang.compile(scene) if c.requests] == [OMNI]


def test_one_target_takes_the_output_of_another() -> None:
    text = (
        f"SHOT 1 (4s) AS @x\n  Rain.\n  target: {PLAIN}\nEDIT @x\n  target: fal/kling-o1\n{CHANGE}"
    )
    first, second = promptlang.compile(text)
    assert second.requests[0].needs == [first.requests[0].id]


def test_first_and_last_frames() -> None:
    text = (
        '@P = image "p.png"\n@V = video "v.mp4"\n'
        "SHOT 1 (4s) AS @x\n  Rain.\n  start: @P\n  end: @P\n"
        "SHOT 2 (4s)\n  Snow.\n  start: end of @x\n"
        "SHOT 3 (4s)\n  Hail.\n  start: start of @V\n"
    )
    bodies = [r.payload for r in requests(text)]
    assert (bodies[0]["image_url"], bodies[0]["end_image_url"]) == ("file:p.png", "file:p.png")
    assert bodies[1]["image_url"] == "$request:1#end"
    assert bodies[2]["image_url"] == "file:v.mp4#start"


def test_a_frame_is_a_picture_or_an_end_of_a_video() -> None:
    text = f"{CLIP}{SHOT}  start: @Clip\n"
    assert told(text) == [("bad-frame", "@Clip")]
    assert "start: end of @Clip" in mended(text, "bad-frame")
    assert names(mended(text, "bad-frame")) == []
    assert told(f"{SHOT}  start: a dog\n") == [("bad-frame", "a dog")]


def test_references_take_part_unmentioned_with_a_role() -> None:
    text = (
        '@Model = character "m.png"\n@Coat = wardrobe "c.png"\n@Can = product "b.png"\n'
        f"{SHOT}  using: @Model for the face, @Coat for the clothing, @Can\n"
    )
    assert prompt(text).endswith(
        "Use @Image1 for the face, @Image2 for the clothing and @Image3 for the product."
    )
    wrong = f'@Model = character "m.png"\n{SHOT}  using: @Model the face\n'
    assert told(wrong) == [("bad-reference", "the face")]
    assert names(mended(wrong, "bad-reference")) == []


def test_notes_are_for_people() -> None:
    text = f"note: @nobody\n{SHOT}  note: {{nothing}} @nobody\n"
    assert names(text) == []
    assert prompt(text) == "Wide shot. A man rows."


def test_provider_fields_are_json_or_text_and_checked() -> None:
    text = f"fal.shot_type: intelligent\nkling.mode: std\n{SHOT}  fal.generate_audio: true\n"
    body = payload(text)
    assert (body["shot_type"], body["generate_audio"]) == ("intelligent", True)
    assert "mode" not in body
    assert told(f"{SHOT}  fal.nope: 1\n", OMNI) == [("provider-field-refused", "1")]
    assert names(f"{SHOT}  nobody.field: 1\n", OMNI) == ["provider-unknown"]


# ---- included files ----


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "cast.shot").write_text(
        '@Ada = character: a girl\n{city} = "Rome"\nstyle: noir\nnegative: blur\n'
        "aspect: 9:16\ncfg: 0.6\nduration: 3s\n",
        encoding="utf-8",
    )
    return tmp_path


def write(project: Path, text: str, name: str = "film.shot") -> Path:
    path = project / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_an_included_file_gives(project: Path) -> None:
    path = write(
        project,
        'include: lib/cast.shot\nstyle: grainy\n{city} = "Oslo"\naspect: 1:1\nnegative: rain\n'
        "SHOT 1: wide shot\n  @Ada in {city}.\n",
    )
    assert prompt(path, PLAIN) == "Wide shot. A girl in Oslo. Style: noir, grainy."
    body = payload(path, PLAIN)
    assert body["aspect_ratio"] == "1:1"
    assert body["cfg_scale"] == 0.6
    assert body["duration"] == "3"
    assert body["negative_prompt"] == "blur, rain"


def test_a_name_in_two_files_is_an_error(project: Path) -> None:
    path = write(project, f"include: lib/cast.shot\n@Ada = prop: a doll\n{SHOT}")
    assert told(path) == [("name-twice", "@Ada")]


def test_an_included_file_has_no_blocks_and_is_read_once(project: Path) -> None:
    write(project, "SHOT 9\n  Rain.\n", "lib/shots.shot")
    assert names(write(project, f"include: lib/shots.shot\n{SHOT}")) == ["included-block"]
    write(project, "include: cast.shot\nstyle: soft\n", "lib/more.shot")
    path = write(project, f"include: lib/cast.shot\ninclude: lib/more.shot\n{SHOT}")
    assert prompt(path, PLAIN).endswith("Style: noir, soft.")


def test_cycles_show_their_chain(project: Path) -> None:
    write(project, "include: b.shot\n", "lib/a.shot")
    write(project, "include: a.shot\n", "lib/b.shot")
    (found,) = [d for d in ask(write(project, f"include: lib/a.shot\n{SHOT}")) if d.is_error]
    assert found.name == "include-cycle"
    first, second, third = found.message.split("→")
    assert ("a.shot" in first, "b.shot" in second, "a.shot" in third) == (True, True, True)


def test_only_files_inside_the_project(project: Path) -> None:
    for outside in ("../x.shot", "/etc/x.shot", "https://example.org/x.shot"):
        assert names(write(project, f"include: {outside}\n{SHOT}")) == ["include-outside"]
    assert names(write(project, f"include: nothing.shot\n{SHOT}")) == ["include-not-found"]
    path = write(project, f'{{f}} = "cast"\ninclude: "lib/{{f}}.shot"\n{SHOT}  @Ada waits.\n')
    assert names(path) == []
