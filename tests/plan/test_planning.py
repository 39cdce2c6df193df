"""What shares a generation, what waits for what, and what is said about settings."""

from __future__ import annotations

import pickle

import pytest

from promptlang.plan.planner import link, plan, units_for
from promptlang.providers import registry
from tests.plan.boards import planned, read, told, weighty

O3 = "fal/kling-o3-pro"
MIND = "mindstudio/kling-o3"


def groups(text: str, name: str = O3) -> list[list[str]]:
    return [[unit.name for unit in g.units] for g in planned(text, name).generations]


def shot(label: str, *lines: str, seconds: str = "3s", heading: str = "") -> str:
    body = "".join(f"  {line}\n" for line in lines) or "  A door opens.\n"
    return f"SHOT {label} ({seconds}){heading}: wide shot\n{body}"


def test_a_block_of_another_kind_ends_a_run() -> None:
    text = (
        '@Talk = video "talk.mov" 0:00-0:10\n'
        + shot("1")
        + "EDIT @Talk\n  change the wall to a bookshelf in soft daylight\n"
        + shot("2")
        + shot("3")
    )
    assert groups(text) == [["1"], ["#2"], ["2", "3"]]


@pytest.mark.parametrize("line", ["seed: 7", "cfg: 0.7", "audio: on", "takes: 2", "aspect: 9:16"])
def test_shots_with_other_settings_are_kept_apart(line: str) -> None:
    header = "" if not line.startswith("aspect") else "aspect: 16:9\n"
    if line.startswith("aspect"):
        assert len(groups(header + shot("1") + shot("2"))) == 1
        return
    made = groups(shot("1") + shot("2", line, "A door opens.") + shot("3"))
    assert [g for g in made if g != ["2"]] == [["1"], ["3"]]


def test_a_shot_whose_output_is_used_is_made_alone() -> None:
    text = shot("1") + shot("2", heading=" AS @two") + shot("3")
    assert groups(text) == [["1", "2", "3"]]
    used = text + "EDIT @two\n  change the door to a gate in warm light\n"
    assert groups(used) == [["1"], ["2"], ["3"], ["#4"]]
    assert [g.needs for g in planned(used, O3).generations] == [[], [], [], [2]]


def test_the_last_frame_of_an_output_opens_another_generation() -> None:
    text = shot("1", heading=" AS @one") + shot("2", "start: end of @one", "A door opens.")
    result = planned(text, O3)
    assert [g.needs for g in result.generations] == [[], [1]]
    assert [(s.frame, s.edge) for s in result.generations[1].slots] == [("start", "end")]


def test_a_shot_that_follows_a_motion_is_made_alone() -> None:
    text = (
        '@Dolly = video "dolly.mov" 0:00-0:05\n'
        + shot("1")
        + shot("2", "motion: @Dolly", "A door opens.")
        + shot("3")
    )
    assert groups(text) == [["1"], ["2"], ["3"]]


def test_a_first_frame_opens_and_a_last_frame_closes() -> None:
    head = '@A = image "a.png"\n@B = image "b.png"\n'
    text = head + shot("1") + shot("2", "start: @A", "A door opens.") + shot("3")
    assert groups(text) == [["1"], ["2", "3"]]
    both = head + shot("1") + shot("2", "start: @A", "end: @B", "A door opens.") + shot("3")
    assert groups(both) == [["1"], ["2"], ["3"]]


SCENE = "EXT. HARBOUR - DAWN AS @harbour\n"
AFTER = "EDIT @harbour\n  change the fog to light snow\n"


def test_a_scene_with_a_name_is_one_generation() -> None:
    text = shot("0") + SCENE + shot("1") + shot("2") + "INT. HUT - DAY\n" + shot("3") + AFTER
    assert groups(text) == [["0"], ["1", "2"], ["3"], ["#5"]]
    assert planned(text, O3).generations[3].needs == [2]


def test_a_scene_with_a_name_that_is_too_long_says_the_sum() -> None:
    text = SCENE + shot("1", seconds="9s") + shot("2", seconds="9s") + AFTER
    assert told(planned(text, O3), "scene-not-one") == [
        'the 2 shots of "@harbour" cannot be one generation: 9 s + 9 s = 18 s of 15 s'
    ]


def test_a_scene_with_a_name_needs_a_target_with_several_shots() -> None:
    text = '@P = image "p.png"\n' + SCENE + shot("1", "As in @P.") + shot("2", "As in @P.")
    assert told(planned(text + AFTER, "fal/kling-o1"), "scene-not-one") == [
        'the 2 shots of "@harbour" cannot be one generation: fal/kling-o1 makes one shot a '
        "generation"
    ]


def test_a_scene_with_a_name_has_one_kind_of_settings() -> None:
    text = SCENE + shot("1") + shot("2", "audio: on", "A door opens.") + AFTER
    (message,) = told(planned(text, O3), "scene-not-one")
    assert message.endswith("its shots differ in their settings")


def test_a_scene_with_a_name_says_why_it_cannot_be_one_generation() -> None:
    pictures = "".join(f'@P{n} = image "p{n}.png"\n' for n in range(1, 9))
    filmed = '@Clip = video "c.mp4" 0:00-0:05\n@Ann = character "ann.mp4": a chemist\n'
    for name, head, shots, reason in (
        (O3, "", [()] * 7, "7 shots of 6"),
        ("kling/o1", "", [()] * 2, "kling/o1 makes one shot a generation"),
        (O3, pictures, [("@P1 @P2 @P3 @P4",), ("@P5 @P6 @P7 @P8",)], "8 pictures of 7"),
        (
            MIND,
            filmed,
            [("As in @Clip.",), ("@Ann waits.",)],
            "mindstudio/kling-o3 refuses what they contain together",
        ),
        (
            O3,
            pictures,
            [(), ("start: @P1", "A door opens.")],
            "a first frame opens and a last frame closes a generation, or the words are too many",
        ),
    ):
        made = "".join(shot(str(n), *lines, seconds="2s") for n, lines in enumerate(shots, 1))
        assert told(planned(head + SCENE + made + AFTER, name), "scene-not-one") == [
            f'the {len(shots)} shots of "@harbour" cannot be one generation: {reason}'
        ]


def test_takes_are_requests_where_a_target_makes_one_result() -> None:
    text = shot("1", "takes: 3", "A door opens.", heading=" AS @one")
    text += "EDIT @one\n  change the door to a gate in warm light\n"
    result = planned(text, O3)
    assert [(g.number, g.take) for g in result.generations] == [(1, 1), (2, 2), (3, 3), (4, 1)]
    assert result.generations[3].needs == [1]
    assert result.seconds == 3
    assert told(result, "takes-repeated") == [
        "3 takes are 3 requests: fal/kling-o3-pro makes one result each"
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("cfg: 0.7", "cfg-unsupported"),
        ("seed: 7", "seed-unsupported"),
        ("negative: blur", "negative-prompt-unsupported"),
        ("resolution: 1080p", "resolution-unsupported"),
    ],
)
def test_a_setting_of_the_header_is_lost_once(line: str, name: str) -> None:
    text = f"{line}\n" + "".join(shot(str(n), seconds="9s") for n in range(4))
    result = planned(text, O3)
    assert [d.name for d in result.losses] == [name]
    assert [loss.kind for loss in result.losses] == ["dropped"]


def test_silence_is_no_loss_where_no_sound_is_made() -> None:
    text = '@P = image "p.png"\naudio: off\n' + shot("1", "As in @P.")
    assert weighty(planned(text, "fal/kling-o1")) == ["outside-advice"]
    assert weighty(planned(text.replace("off", "on"), "fal/kling-o1")) == [
        "audio-unsupported",
        "outside-advice",
    ]


def test_what_nobody_there_makes_is_an_error_and_the_rest_compiles() -> None:
    text = (
        '@Talk = video "talk.mov" 0:00-0:10\n'
        + shot("1")
        + "EDIT @Talk\n  change the wall to a bookshelf in soft daylight\n"
    )
    result = planned(text, "fal/kling-v3-pro")
    assert [[u.name for u in g.units] for g in result.generations] == [["1"]]
    (fault,) = [d for d in result.diagnostics if d.is_error]
    assert (fault.name, fault.span.text) == ("block-unsupported", "EDIT @Talk")
    assert fault.hint == "fal/kling-o3-pro or fal/kling-o1 edit videos"


def test_a_last_frame_needs_a_first() -> None:
    text = '@B = image "b.png"\n' + shot("1", "end: @B", "A door opens.")
    for name in (
        O3,
        "kling/o1",
        "kling/o3",
        "fal/kling-v3-pro",
        "fal/kling-o1",
        "mindstudio/kling-o3",
    ):
        result = planned(text, name)
        assert [d.span.text for d in result.diagnostics if d.name == "needs-also"] == ["@B"], name


def test_motion_and_a_video_of_a_person_cannot_share_the_one_field() -> None:
    text = '@Dolly = video "dolly.mov" 0:00-0:05\n@Ann = character "ann.mp4": a chemist\n' + shot(
        "1", "motion: @Dolly", "@Ann waits."
    )
    assert weighty(planned(text, MIND)) == ["not-together"]


def test_a_video_and_a_video_of_a_person_cannot_share_the_one_field() -> None:
    head = '@Clip = video "clip.mp4" 0:00-0:05\n@Ann = character "ann.mp4": a chemist\n'
    result = planned(head + shot("1", "@Ann waits as in @Clip."), MIND)
    (fault,) = [d for d in result.diagnostics if d.is_error]
    assert (fault.span.text, fault.message) == (
        "SHOT 1 (3s): wide shot",
        "mindstudio/kling-o3 refuses an element made of a video and a reference video in one "
        "request",
    )


def test_an_edit_that_is_a_motion_alone_needs_a_target_that_takes_two_videos() -> None:
    text = (
        '@Talk = video "talk.mov" 0:00-0:10\n@Dolly = video "dolly.mov" 0:00-0:05\n'
        "EDIT @Talk\n  motion: @Dolly\n"
    )
    assert "not-together" in weighty(planned(text, "kling/o1"))


def test_the_length_of_an_edit_is_that_of_its_source() -> None:
    head = '@Talk = video "talk.mov"\n'
    change = "\n  change the wall to a bookshelf in soft daylight\n"
    good = planned(f"{head}EDIT @Talk (8s){change}", O3)
    assert good.generations[0].total is None
    assert weighty(good) == []
    bad = planned(f"{head}EDIT @Talk (12s){change}", O3)
    assert told(bad, "source-length") == ["the source is 12 s; fal/kling-o3-pro takes 3 to 10 s"]
    # What is sent is the stretch, whatever the heading says of it.
    cut = head.replace("\n", " 0:04-0:12\n")
    assert told(planned(f"{cut}EDIT @Talk (12s){change}", O3), "source-length") == []


@pytest.mark.parametrize(
    ("name", "setting", "hint"),
    [
        ("kling/o3", "aspect: 4:3", "write aspect: 1:1, the nearest"),
        ("kling/o3", "aspect: 2:1", "write aspect: 16:9, the nearest"),
        ("kling/o3", "resolution: 8k", "write resolution: 4k, the nearest"),
        ("kling/o3", "resolution: 800p", "write resolution: 720p, the nearest"),
        ("pixio/kling-3.0", "cfg: 3", "write cfg: 1, the nearest"),
    ],
)
def test_a_setting_that_is_not_allowed_names_the_nearest_that_is(
    name: str, setting: str, hint: str
) -> None:
    text = f"{setting}\nSHOT 1 (5s): wide shot\n  A door opens.\n"
    (problem,) = [d for d in planned(text, name).diagnostics if d.is_error]
    assert problem.hint == hint
    assert [edit.text for edit in problem.fixes[0].edits] == [hint.split(": ")[1].split(",")[0]]


def test_a_shape_is_nearest_to_a_shape_and_not_to_a_word() -> None:
    text = 'aspect: 2:1\n@Talk = video "talk.mov" 0:00-0:08\nANGLE ON @Talk (5s): reverse angle\n'
    (fault,) = [d for d in planned(text, O3).diagnostics if d.is_error]
    assert fault.message == 'aspect "2:1": fal/kling-o3-pro takes 16:9, 1:1, 9:16, auto'
    assert fault.hint == "write aspect: 16:9, the nearest"


def test_a_length_is_written_where_the_label_of_its_shot_ends() -> None:
    for heading, fixed in (
        ("SHOT 3A: wide shot", ["SHOT 3A (5s): wide shot"]),
        ("SHOT: wide shot", ["SHOT (5s): wide shot"]),
        ("SHOT {scene}A: wide shot", []),  # the label is nowhere in the script as it is
    ):
        text = f'{{scene}} = "3"\n{heading}\n  A door opens.\n'
        (assumed,) = [d for d in planned(text, O3).diagnostics if d.name == "duration-assumed"]
        edits = [edit for fix in assumed.fixes for edit in fix.edits]
        after = [text[: e.span.start] + e.text + text[e.span.end :] for e in edits]
        assert [script.split("\n")[1] for script in after] == fixed


def test_a_coverage_that_is_too_long_says_how_to_part_it() -> None:
    text = "COVERAGE (20s)\n  Rain falls on the harbour.\n"
    (fault,) = [d for d in planned(text, "kling/o3").diagnostics if d.is_error]
    assert fault.message == '"20 s" is too long: kling/o3 makes whole seconds from 3 to 15'
    assert fault.hint == (
        "split it into shots of at most 15 s; Kling 4.0 makes up to 30 s in one generation"
    )


def test_a_length_of_the_header_is_adjusted_once() -> None:
    text = "duration: 2.5s\n" + "".join(
        f"SHOT {n}: wide shot\n  A door opens.\n" for n in range(1, 4)
    )
    result = planned(text, O3)
    assert told(result, "duration-adjusted") == [
        '"2.5 s" becomes 3 s: fal/kling-o3-pro makes whole seconds from 1 to 15'
    ]
    assert result.generations[0].seconds == [3, 3, 3]
    assert result.generations[0].total == 9


def test_blocks_with_targets_of_their_own_are_planned_for_them() -> None:
    text = (
        "target: fal/kling-o3-pro\n"
        + shot("1")
        + shot("2", "target: fal/kling-v3-pro", "A door opens.")
        + shot("3")
    )
    storyboard = read(text)
    o3, v3 = registry.target(O3), registry.target("fal/kling-v3-pro")
    assert o3 is not None
    assert v3 is not None
    assert [unit.name for unit in units_for(storyboard, o3)] == ["1", "3"]
    first, second = plan(storyboard, o3), plan(storyboard, v3)
    # what stands between them is another's, so they are two videos
    assert [[u.name for u in g.units] for g in first.generations] == [["1"], ["3"]]
    assert [[u.name for u in g.units] for g in second.generations] == [["2"]]
    together = [*first.generations, *second.generations]
    link(together)
    assert [g.number for g in together] == [1, 2, 3]


def test_a_target_asked_for_takes_what_names_another_in_the_header() -> None:
    storyboard = read("target: fal/kling-o3-pro\n" + shot("1"))
    other = registry.target("kling/o3")
    assert other is not None
    assert units_for(storyboard, other) == storyboard.units


def test_plans_can_be_pickled() -> None:
    text = '@Ann = character "a.png" "b.png": a chemist\n' + shot("1", "@Ann waits.")
    result = planned(text, O3)
    copy = pickle.loads(pickle.dumps(result))
    assert [g.seconds for g in copy.generations] == [g.seconds for g in result.generations] == [[3]]
    assert copy.diagnostics == result.diagnostics
