"""References: how each is carried, its number, and its token, target by target."""

from __future__ import annotations

import pytest

from tests.plan.boards import planned, told, weighty

CAST = """
@Ann  = character "ann-1.png" "ann-2.png": a chemist
@Car  = vehicle "car-1.png" "car-2.png": a red coupé
@Sea  = image "sea.png"
@Look = style "look.png": grainy film
"""


def carried(text: str, name: str) -> list[str]:
    """Return the references of the only generation: what, as what, spelt how."""
    (generation,) = planned(text, name).generations
    return [
        " ".join(filter(None, (s.frame, s.entity.name, s.form, s.token or str(s.number))))
        for s in generation.slots
    ]


def test_numbers_follow_the_first_mention_of_each_form() -> None:
    prose = "  @Ann drives along the sea in @Sea.\n  style: @Look\n"
    text = f"{CAST}SHOT 1 (5s): wide shot of @Car\n{prose}"
    assert carried(text, "fal/kling-o3-pro") == [
        "Car element @Element1",
        "Ann element @Element2",
        "Sea image @Image1",
        "Look image @Image2",
    ]


def test_a_second_shot_goes_on_counting() -> None:
    second = "SHOT 2 (4s): wide shot\n  @Car stops beside @Ann.\n"
    text = f"{CAST}SHOT 1 (4s): wide shot\n  @Ann waits.\n{second}"
    assert carried(text, "fal/kling-o3-pro") == ["Ann element @Element1", "Car element @Element2"]


def test_the_vendor_takes_pictures_of_elements_one_by_one() -> None:
    text = f"{CAST}SHOT 1 (5s): wide shot\n  @Ann waits by the sea in @Sea.\n"
    assert carried(text, "kling/o1") == ["Ann image <<<image_1>>>", "Sea image <<<image_3>>>"]
    assert told(planned(text, "kling/o1"), "element-as-picture") == [
        '"@Ann" goes as 2 reference pictures: kling/o1 takes elements by the number it keeps '
        "them under"
    ]


def pictures(text: str, name: str) -> list[str]:
    """Return the further pictures of each reference of the only generation."""
    (generation,) = planned(text, name).generations
    return [
        f"{slot.entity.name} {' '.join(asset.location for asset in slot.further)}".strip()
        for slot in generation.slots
    ]


THREE = """
@Ann = character "ann-1.png" "ann-2.png" "ann-3.png": a chemist
@Bo  = character "bo-1.png" "bo-2.png": a sailor
@Car = vehicle "car-1.png" "car-2.png" "car-3.png": a red coupé
"""


@pytest.mark.parametrize("name", ["kling/o1", "kling/o3", "mindstudio/kling-o3"])
def test_the_first_picture_of_each_comes_before_the_second_of_any(name: str) -> None:
    text = f"{THREE}SHOT 1 (5s): wide shot\n  @Ann and @Bo lean on @Car.\n"
    # 3 first pictures, then 3 second ones, then one of the third ones: 7 of 7
    assert pictures(text, name) == ["Ann ann-2.png ann-3.png", "Bo bo-2.png", "Car car-2.png"]
    assert told(planned(text, name), "pictures-left-out") == [
        f'1 of 3 pictures of "@Car" is left out: {name} takes 7 references in all'
    ]


def test_what_a_picture_stands_beside_takes_its_room() -> None:
    head = f'{THREE}@Clip = video "clip.mp4" 0:00-0:05\n'
    text = f"{head}EDIT @Clip\n  replace the woman with @Ann and the car with @Car\n"
    assert pictures(text, "kling/o1") == ["Clip", "Ann ann-2.png", "Car car-2.png"]
    assert told(planned(text, "kling/o1"), "pictures-left-out") == [
        '1 of 3 pictures of "@Ann" is left out: kling/o1 takes 4 references in all in edits',
        '1 of 3 pictures of "@Car" is left out: kling/o1 takes 4 references in all in edits',
    ]


def test_further_pictures_never_part_shots() -> None:
    text = "".join(
        [
            '@A = character "a1.png" "a2.png" "a3.png"\n@B = character "b1.png" "b2.png"\n',
            '@C = prop "c1.png" "c2.png" "c3.png"\n@D = place "d1.png" "d2.png"\n',
            "SHOT 1 (3s): wide shot\n  @A meets @B.\n",
            "SHOT 2 (3s): close-up\n  @C lies in @D.\n",
        ]
    )
    (generation,) = planned(text, "kling/o3").generations
    assert [slot.number for slot in generation.slots] == [1, 3, 5, 7]


def test_a_target_of_one_picture_takes_the_first() -> None:
    text = '@Mug = product "m1.png" "m2.png" "m3.png"\nCOVERAGE OF @Mug\n'
    name = "wavespeed/kling-v1-ai-multi-shot"
    assert pictures(text, name) == ["Mug"]
    assert told(planned(text, name), "pictures-left-out") == []
    assert "the first of 3" in told(planned(text, name), "element-as-picture")[0]


def test_coverage_of_an_element_shows_all_its_sides() -> None:
    text = '@Mug = product "m1.png" "m2.png" "m3.png"\nCOVERAGE OF @Mug (5s)\n  It steams.\n'
    assert pictures(text, "kling/o3") == ["Mug m2.png m3.png"]


def test_a_style_of_several_pictures_sends_them_all() -> None:
    text = '@Look = style "l1.png" "l2.png"\nSHOT 1 (5s): wide shot\n  style: @Look\n  Rain.\n'
    assert pictures(text, "fal/kling-o3-pro") == ["Look l2.png"]


def test_elements_kept_by_the_vendor_go_by_their_number() -> None:
    head = '@Ann = character "element:829836" "ann.png": a chemist\n'
    text = f"{head}SHOT 1 (5s): wide shot\n  @Ann waits.\n"
    assert carried(text, "kling/o1") == ["Ann element <<<element_1>>>"]
    assert carried(text, "fal/kling-o3-pro") == ["Ann element @Element1"]


def test_names_are_tokens_where_the_target_says_so() -> None:
    head = f'{CAST}@Talk = video "talk.mov" 0:00-0:05\n'
    text = f"{head}ANGLE ON @Talk (5s): reverse angle\n  showing @Ann\n  keep: lighting\n"
    assert carried(text, "chatvideopro/kling-multi-cam") == [
        "Talk video @Video1",
        "Ann element @Ann",
    ]


def test_targets_without_tokens_still_number() -> None:
    text = f"{CAST}SHOT 1 (5s): wide shot\n  @Ann waits by the sea in @Sea.\n"
    assert carried(text, "mindstudio/kling-o3") == ["Ann image 1", "Sea image 3"]


FRAMES = """
@Shut = image "shut.png"
@Open = image "open.png"
SHOT 1 (5s): close-up
  start: @Shut
  end: @Open
  The box in @Shut opens until it is like @Open.
"""


def test_o1_names_its_frames_as_pictures() -> None:
    assert carried(FRAMES, "fal/kling-o1") == ["start Shut image @Image1", "end Open image @Image2"]
    assert carried(FRAMES, "kling/o1") == [
        "start Shut image <<<image_1>>>",
        "end Open image <<<image_2>>>",
    ]


def test_frames_have_no_number_elsewhere_and_stand_first_and_last() -> None:
    assert carried(FRAMES, "fal/kling-o3-pro") == ["start Shut image 0", "end Open image 0"]


def test_an_element_in_a_first_frame_is_an_element_too() -> None:
    text = f"{CAST}SHOT 1 (5s): close-up\n  start: @Ann\n  @Ann looks up.\n"
    assert carried(text, "fal/kling-o3-pro") == ["start Ann image 0", "Ann element @Element1"]
    (generation,) = planned(text, "fal/kling-o3-pro").generations
    slot = generation.slot(generation.slots[0].entity)
    assert slot is not None
    assert slot.token == "@Element1"


def test_the_source_is_video_1_even_where_another_is_mentioned_first() -> None:
    text = (
        f'{CAST}@Talk = video "talk.mov" 0:00-0:05\n'
        "EDIT @Talk\n  replace the presenter of @Talk with @Ann\n"
    )
    assert carried(text, "fal/kling-o3-pro") == ["Talk video @Video1", "Ann element @Element1"]


def test_what_is_used_unmentioned_counts_after_what_is_mentioned() -> None:
    text = f"{CAST}SHOT 1 (5s): wide shot\n  using: @Sea for the light, @Ann\n  @Car stops.\n"
    assert carried(text, "fal/kling-o3-pro") == [
        "Car element @Element1",
        "Sea image @Image1",
        "Ann element @Element2",
    ]


def test_a_declared_voice_is_bound_to_who_speaks_in_it() -> None:
    text = (
        '@Calm = voice "calm.wav"\n@Ann = character "ann.mp4" voice @Calm: a chemist\n'
        'SHOT 1 (5s): wide shot\n  @Ann (low): "Now."\n'
    )
    assert carried(text, "fal/kling-o3-pro") == ["Ann element @Element1", "Calm voice 1"]


def test_the_pictures_a_coverage_makes_are_pictures_to_the_next_block() -> None:
    text = (
        '@Chair = image "chair.png"\n'
        "COVERAGE OF @Chair AS @sides\n  target: wavespeed/kling-v1-ai-multi-shot\n"
        "SHOT 1 (5s): wide shot\n  target: kling/o3\n  A chair as in @sides.\n"
    )
    assert carried(text, "kling/o3") == ["sides image <<<image_1>>>"]


def test_a_field_for_one_video_takes_no_two() -> None:
    head = '@Sea = video "sea.mp4" 0:00-0:05\n@Fog = video "fog.mp4" 0:00-0:05\n'
    text = f"{head}SHOT 1 (5s): wide shot\n  Waves as in @Sea.\n"
    assert carried(text, "mindstudio/kling-o3") == ["Sea video 1"]
    two = text.replace("@Sea.", "@Sea, fog as in @Fog.")
    assert told(planned(two, "mindstudio/kling-o3"), "too-many-references") == [
        "2 videos of 1: mindstudio/kling-o3 takes at most 1 here"
    ]


def test_elements_without_pictures_are_put_into_words() -> None:
    text = "@Bo = character: a tall sailor\nSHOT 1 (5s): wide shot\n  @Bo waits.\n"
    result = planned(text, "fal/kling-o3-pro")
    assert [(s.form, s.token) for s in result.generations[0].slots] == [("described", None)]
    assert [d.name for d in result.losses] == ["element-without-picture"]
    assert result.generations[0].task.key == "text-to-video"


def test_elements_without_a_first_frame_are_put_into_words_on_v3() -> None:
    text = f"{CAST}SHOT 1 (5s): wide shot\n  @Ann waits.\n"
    assert carried(text, "fal/kling-v3-pro") == ["Ann described 0"]
    with_frame = f"{CAST}SHOT 1 (5s): wide shot\n  start: @Sea\n  @Ann waits.\n"
    assert carried(with_frame, "fal/kling-v3-pro") == ["start Sea image 0", "Ann element @Element1"]


def test_attachments_count_as_files_and_their_new_number_is_told() -> None:
    name = "fal/kling-o3-pro"
    text = "SHOT 1 (5s): wide shot\n  @Element2 walks along the sea in @Image1.\n"
    assert carried(text, name) == [
        "Element2 element @Element1",
        "Image1 image @Image1",
    ]
    assert told(planned(text, name), "attachment-renumbered") == [
        '"@Element2" is @Element1 in the request for 1: references are numbered by first mention'
    ]


@pytest.mark.parametrize("name", ["fal/kling-o3-pro", "kling/o3"])
def test_shots_are_kept_apart_where_they_would_refer_to_too_much(name: str) -> None:
    pictures = "".join(f'@P{i} = image "p{i}.png"\n' for i in range(1, 9))
    text = pictures + "".join(
        f"SHOT {n} (3s): wide shot\n  A house as in @P{n * 2 - 1} and @P{n * 2}.\n"
        for n in (1, 2, 3, 4)
    )
    result = planned(text, name)
    assert [len(g.units) for g in result.generations] == [3, 1]
    assert weighty(result) == []


def test_with_a_video_four_references_fit() -> None:
    pictures = "".join(f'@P{i} = image "p{i}.png"\n' for i in range(1, 6))
    head = f'{pictures}@Dolly = video "dolly.mov" 0:00-0:05\n'
    four = f"{head}SHOT 1 (5s): wide shot\n  motion: @Dolly\n  As in @P1 @P2 @P3 @P4.\n"
    five = four.replace("@P4.", "@P4 @P5.")
    for name in ("fal/kling-o1", "fal/kling-o3-pro", "kling/o1", "kling/o3"):
        assert told(planned(four, name), "too-many-references") == [], name
        assert told(planned(five, name), "too-many-references") != [], name
