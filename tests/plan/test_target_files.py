"""What the file of a target may say, whether or not one of today's says it."""

from __future__ import annotations

from tests.plan.boards import planned, told

O3 = "fal/kling-o3-pro"


def shot(label: int, seconds: str, words: str = "A door opens.", field: str = "") -> str:
    return f"SHOT {label} ({seconds}): wide shot\n{field}  {words}\n"


def lengths(text: str, toml: str) -> list[list[str]]:
    made = planned(text, O3, toml).generations
    return [[f"{seconds:f}" for seconds in g.seconds if seconds is not None] for g in made]


CHOICES = "[limits]\ntotal = {choices = [5, 10]}\n"


def test_the_last_shot_is_held_until_the_sum_is_one_of_few() -> None:
    text = shot(1, "3s") + shot(2, "4s")
    assert lengths(text, CHOICES) == [["3", "7"]]
    assert told(planned(text, O3, CHOICES), "last-shot-held") == [
        "3 s + 4 s = 7 s; shot 2 is held 3 s longer: fal/kling-o3-pro makes 5 s or 10 s in all"
    ]
    assert lengths(shot(1, "6s") + shot(2, "6s"), CHOICES) == [["5"], ["5"]]


def test_no_shot_is_held_longer_than_a_shot_may_be() -> None:
    toml = "[limits]\nshot = {max = 8}\ntotal = {choices = [5, 15]}\n"
    assert lengths(shot(1, "2s") + shot(2, "2s"), toml) == [["2", "3"]]
    assert lengths(shot(1, "6s") + shot(2, "6s"), toml) == [["5"], ["5"]]


def test_a_shot_that_is_too_long_beside_others_is_made_alone() -> None:
    toml = "[limits]\nshot = {max = 10}\n"
    assert lengths(shot(1, "10s") + shot(2, "3s"), toml) == [["10", "3"]]
    assert lengths(shot(1, "12s") + shot(2, "3s"), toml) == [["12"], ["3"]]


def test_shots_may_lie_on_a_finer_grid_than_their_sum() -> None:
    toml = "[limits]\nshot = {step = 0.5}\n"
    text = shot(1, "2.3s") + shot(2, "3s")
    assert lengths(text, toml) == [["2.5", "3.5"]]
    assert told(planned(text, O3, toml), "duration-adjusted") == [
        '"2.3 s" becomes 2.5 s: fal/kling-o3-pro makes steps of 0.5 s from 1 to 15'
    ]
    assert told(planned(text, O3, toml), "last-shot-held") == [
        "2.5 s + 3 s = 5.5 s; shot 2 is held 0.5 s longer: "
        "fal/kling-o3-pro makes whole seconds from 3 to 15 in all"
    ]


def test_where_no_length_is_taken_only_the_number_of_shots_counts() -> None:
    toml = '[tasks.text-to-video]\ntakes = ["prompt", "shots"]\n'
    made = planned("".join(shot(n, "9s") for n in range(1, 9)), O3, toml).generations
    assert [[unit.name for unit in g.units] for g in made] == [[*"123456"], [*"78"]]
    assert [(g.seconds, g.total) for g in made] == [([None] * 6, None), ([None] * 2, None)]


def test_shots_are_kept_apart_where_together_they_would_lose_a_picture() -> None:
    text = (
        '@A = image "a.png"\n@B = image "b.png"\n'
        + shot(1, "3s", field="  start: @A\n")
        + shot(2, "3s", "As in @B.")
    )
    assert [g.task.key for g in planned(text, O3).generations] == ["reference-to-video"]
    toml = '[tasks.reference-to-video]\ntakes = ["prompt", "shots", "images", "duration"]\n'
    made = planned(text, O3, toml).generations
    assert [g.task.key for g in made] == ["image-to-video", "reference-to-video"]


def test_an_element_has_a_least_number_of_pictures_where_one_cannot_go_alone() -> None:
    toml = '[tasks.reference-to-video]\ntakes = ["prompt", "shots", "elements", "duration"]\n'
    text = '@Ann = character "a.png": a chemist\n' + shot(1, "3s", "@Ann waits.")
    assert told(planned(text, O3), "element-picture-count") == []
    assert told(planned(text, O3, toml), "element-picture-count") == [
        '"@Ann" has 1 picture; an element of fal/kling-o3-pro needs 2'
    ]


def test_takes_are_one_request_where_a_target_makes_several_results() -> None:
    toml = """
limits.takes = {max = 4, source = "kling"}
tasks.text-to-video.takes = ["prompt", "shots", "duration", "takes"]
"""
    three = planned("takes: 3\n" + shot(1, "3s"), O3, toml)
    assert [g.take for g in three.generations] == [1]
    six = planned("takes: 6\n" + shot(1, "3s"), O3, toml)
    assert told(six, "setting-not-allowed") == ['takes "6": fal/kling-o3-pro makes at most 4']
    assert [d.hint for d in six.diagnostics if d.is_error] == ["write takes: 4, the nearest"]


def test_sounds_are_counted_where_a_target_takes_some() -> None:
    toml = """
limits.audios = {max = 1, source = "kling"}
tasks.text-to-video.takes = ["prompt", "shots", "duration", "audios"]
"""
    head = '@Sea = audio "sea.wav"\n@Gull = audio "gull.wav"\n'
    one = planned(head + shot(1, "3s", "Waves as in @Sea."), O3, toml)
    assert [(slot.form, slot.number) for slot in one.generations[0].slots] == [("audio", 1)]
    two = planned(head + shot(1, "3s", "Waves as in @Sea, gulls as in @Gull."), O3, toml)
    assert told(two, "too-many-references") == [
        "2 sounds of 1: fal/kling-o3-pro takes at most 1 here"
    ]
