"""Every number of the mission that limits a request, at its edge and one step beyond it."""

from __future__ import annotations

import pytest

from tests.plan.boards import planned, told, weighty

CAST = "".join(
    f'@{name} = character "{name}-1.png" "{name}-2.png": a person called so\n'
    for name in ("Ann", "Ben", "Cem", "Dora", "Eve", "Finn", "Gina", "Hugo")
)
NAMES = ["@Ann", "@Ben", "@Cem", "@Dora", "@Eve", "@Finn", "@Gina", "@Hugo"]
PICTURES = "".join(f'@P{i} = image "p{i}.png"\n' for i in range(1, 9))
SOURCE = '@Talk = video "talk.mov" 0:00-0:10\n'


def shots(*seconds: str, head: str = "") -> str:
    return head + "".join(
        f"SHOT {n} ({length}): wide shot, static\n  A lighthouse stands above the waves.\n"
        for n, length in enumerate(seconds, 1)
    )


def angle(rest: str = "", seconds: str = "5s", source: str = SOURCE, head: str = "") -> str:
    heading = f"ANGLE ON @Talk ({seconds}): reverse angle"
    return f"{head}{source}{heading}\n  {rest or 'by the window'}\n  keep: lighting\n"


def edit(rest: str = "", source: str = SOURCE, head: str = "") -> str:
    change = f"change the wall to a bookshelf in soft daylight{rest}"
    return f"{head}{source}EDIT @Talk\n  {change}\n"


def source(stretch: str) -> str:
    return f'@Talk = video "talk.mov" {stretch}\n'


# 1. multi-cam ---------------------------------------------------------------------------------

CAM = "chatvideopro/kling-multi-cam"


@pytest.mark.parametrize(
    ("stated", "made"), [("5s", 5), ("10s", 10), ("7s", 5), ("8s", 10), ("7.5s", 10), ("2s", 5)]
)
def test_a_new_angle_is_5_or_10_seconds(stated: str, made: int) -> None:
    result = planned(angle(seconds=stated), CAM)
    assert result.generations[0].total == made
    assert bool(told(result, "duration-adjusted")) == (stated not in {"5s", "10s"})


def test_a_new_angle_is_never_longer_than_10_seconds() -> None:
    result = planned(angle(seconds="11s"), CAM)
    assert result.generations == []
    assert told(result, "shot-too-long") == [f'"11 s" is too long: {CAM} makes 5 s or 10 s']


@pytest.mark.parametrize("name", [CAM, "fal/kling-o1", "fal/kling-o3-pro", "kling/o1"])
@pytest.mark.parametrize(
    ("stretch", "fits"), [("0:00-0:03", True), ("0:00-0:10", True), ("0:00-0:02.9", False)]
)
def test_a_source_is_at_least_3_seconds(name: str, stretch: str, fits: bool) -> None:
    result = planned(angle(source=source(stretch)), name)
    assert bool(told(result, "source-length")) != fits


@pytest.mark.parametrize(
    ("name", "longest", "too_long"),
    [
        (CAM, "0:10", "0:10.1"),
        ("fal/kling-o3-pro", "0:10", "0:10.1"),
        ("fal/kling-o1", "0:10.05", "0:10.06"),
        ("kling/o1", "0:10", "0:10.1"),
        ("kling/o3", "0:15", "0:15.1"),
    ],
)
def test_a_source_has_a_greatest_length(name: str, longest: str, too_long: str) -> None:
    assert told(planned(angle(source=source(f"0:00-{longest}")), name), "source-length") == []
    (message,) = told(planned(angle(source=source(f"0:00-{too_long}")), name), "source-length")
    assert message.startswith('the stretch of "@Talk" is ')


@pytest.mark.parametrize(
    ("pictures", "error", "advice"),
    [(1, False, True), (2, False, False), (4, False, False), (5, True, False)],
)
def test_an_element_has_1_to_4_pictures_and_better_2(
    pictures: int, error: bool, advice: bool
) -> None:
    files = " ".join(f'"{n}.png"' for n in range(pictures))
    result = planned(angle("showing @Host", head=f"@Host = character {files}: a host\n"), CAM)
    assert bool(told(result, "element-picture-count")) == error
    assert bool(told(result, "outside-advice")) == advice


def test_the_shape_is_that_of_the_source() -> None:
    result = planned(angle(head="aspect: 16:9\n"), CAM)
    assert [d.severity.value for d in result.losses] == ["info"]
    assert weighty(result) == []


# 2. Kling O1 ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kling/o1", "fal/kling-o1", "fal/kling-o1-standard"])
@pytest.mark.parametrize("count", [1, 7, 8])
def test_one_to_seven_reference_pictures(name: str, count: int) -> None:
    used = " and ".join(f"@P{i}" for i in range(1, count + 1))
    text = f"{PICTURES}SHOT 1 (5s): wide shot, static\n  A house as in {used}.\n"
    result = planned(text, name)
    if count < 8:
        assert weighty(result) == []
        assert len(result.generations[0].slots) == count
    else:
        (message,) = told(result, "too-many-references")
        assert message.startswith("8 pictures of 7")


@pytest.mark.parametrize("name", ["kling/o1", "fal/kling-o1", "fal/kling-o3-pro", "kling/o3"])
@pytest.mark.parametrize("count", [0, 4, 5])
def test_an_edit_takes_up_to_four_pictures(name: str, count: int) -> None:
    used = "".join(f" like @P{i}" for i in range(1, count + 1))
    result = planned(edit(used, head=PICTURES), name)
    assert bool(told(result, "too-many-references")) == (count == 5)


@pytest.mark.parametrize(("stated", "made"), [("5s", 5), ("10s", 10), ("4s", 5), ("8s", 10)])
def test_words_alone_make_5_or_10_seconds_at_the_vendor(stated: str, made: int) -> None:
    result = planned(shots(stated), "kling/o1")
    assert result.generations[0].total == made


@pytest.mark.parametrize("name", ["kling/o1", "fal/kling-o1"])
@pytest.mark.parametrize("stated", ["3s", "10s"])
def test_references_make_3_to_10_seconds_and_the_guide_advises_5_or_10(
    name: str, stated: str
) -> None:
    text = f"{PICTURES}SHOT 1 ({stated}): wide shot, static\n  A house as in @P1.\n"
    result = planned(text, name)
    assert str(result.generations[0].total) == stated[:-1]
    assert weighty(result) == ([] if stated == "10s" else ["outside-advice"])


@pytest.mark.parametrize("name", ["kling/o1", "fal/kling-o1"])
def test_o1_makes_nothing_longer_than_10_seconds(name: str) -> None:
    text = f"{PICTURES}SHOT 1 (11s): wide shot, static\n  A house as in @P1.\n"
    assert told(planned(text, name), "shot-too-long")


def test_fal_o1_makes_nothing_from_words_alone_and_names_who_does() -> None:
    result = planned(shots("5s"), "fal/kling-o1")
    assert [d.name for d in result.diagnostics if d.is_error] == ["input-missing"]
    assert "kling/o1" in (result.diagnostics[0].hint or "")


@pytest.mark.parametrize("name", ["kling/o1", "fal/kling-o1"])
def test_two_frames_take_no_further_pictures(name: str) -> None:
    frames = "  start: @P1\n  end: @P2\n  The box beside @P3 opens.\n"
    text = f"{PICTURES}SHOT 1 (5s): close-up, static\n{frames}"
    assert [d.name for d in planned(text, name).diagnostics if d.is_error] == ["not-together"]


def test_an_edit_takes_one_video() -> None:
    head = '@Dolly = video "dolly.mov" 0:00-0:05\n'
    text = f"{edit(head=head)}  motion: @Dolly\n"
    for name in ("kling/o1", "fal/kling-o1"):
        result = planned(text, name)
        assert weighty(result) == ["motion-unsupported"]
        assert [slot.entity.name for slot in result.generations[0].slots] == ["Talk"]


@pytest.mark.parametrize(("value", "allowed"), [("720p", True), ("1080p", True), ("4k", False)])
def test_o1_makes_720p_or_1080p(value: str, allowed: bool) -> None:
    result = planned(shots("5s", head=f"resolution: {value}\n"), "kling/o1")
    assert bool(told(result, "setting-not-allowed")) != allowed


# 3. Kling O3 omni -----------------------------------------------------------------------------

OMNI = (
    "mindstudio/kling-o3",
    "fal/kling-o3-pro",
    "fal/kling-o3-standard",
    "kling/o3",
    "fal/kling-v3-pro",
    "pixio/kling-o3",
    "pixio/kling-3.0",
)


@pytest.mark.parametrize("name", OMNI)
def test_up_to_six_shots_share_a_generation(name: str) -> None:
    assert len(planned(shots(*["2s"] * 6), name).generations) == 1
    assert len(planned(shots(*["2s"] * 7), name).generations) == 2


@pytest.mark.parametrize("name", OMNI)
def test_shots_share_15_seconds_and_the_sum_is_the_total(name: str) -> None:
    (whole,) = planned(shots("5s", "5s", "5s"), name).generations
    assert whole.total == 15
    assert whole.seconds == [5, 5, 5]
    assert [g.total for g in planned(shots("5s", "5s", "6s"), name).generations] == [10, 6]


@pytest.mark.parametrize("name", OMNI)
def test_one_shot_is_never_longer_than_15_seconds(name: str) -> None:
    assert planned(shots("15s"), name).generations[0].total == 15
    result = planned(shots("16s", "5s"), name)
    assert told(result, "shot-too-long")
    assert [unit.name for g in result.generations for unit in g.units] == ["2"]


@pytest.mark.parametrize("name", OMNI)
def test_less_than_3_seconds_in_all_holds_the_last_shot(name: str) -> None:
    (generation,) = planned(shots("1s", "1s"), name).generations
    assert generation.seconds == [1, 2]
    (message,) = told(planned(shots("1s", "1s"), name), "last-shot-held")
    assert message.startswith("1 s + 1 s = 2 s; shot 2 is held 1 s longer")


@pytest.mark.parametrize("name", OMNI)
def test_a_shot_among_others_is_1_second_at_least(name: str) -> None:
    (generation,) = planned(shots("0.4s", "4s"), name).generations
    assert generation.seconds == [1, 4]


# 4. directed multi-shot -----------------------------------------------------------------------

PIXIO = ("pixio/kling-3.0", "pixio/kling-o3")


@pytest.mark.parametrize("name", PIXIO)
def test_the_page_advises_3_seconds_a_shot(name: str) -> None:
    result = planned(shots("2s", "3s"), name)
    (message,) = told(result, "outside-advice")
    assert message.startswith("2 s a shot: the Kling 3.0 and O3 directing page of Pixio advises")


@pytest.mark.parametrize("name", PIXIO)
@pytest.mark.parametrize(("count", "advised"), [(1, False), (2, True), (5, True)])
def test_a_directed_sequence_has_2_shots_or_more(name: str, count: int, advised: bool) -> None:
    result = planned(shots(*["3s"] * count), name)
    assert weighty(result) == []
    page = "the Kling 3.0 and O3 directing page of Pixio"
    hint = f"1 shot in a generation: {page} advises 2 to 6"
    assert told(result, "outside-advice") == ([] if advised else [hint])


@pytest.mark.parametrize("name", PIXIO)
@pytest.mark.parametrize(("count", "fits"), [(4, True), (5, False)])
def test_up_to_four_elements(name: str, count: int, fits: bool) -> None:
    text = f"{CAST}SHOT 1 (5s): wide shot, static\n  {', '.join(NAMES[:count])} wait.\n"
    assert bool(told(planned(text, name), "too-many-references")) != fits


@pytest.mark.parametrize("name", PIXIO)
@pytest.mark.parametrize(("pictures", "fits"), [(4, True), (5, False)])
def test_up_to_four_pictures_an_element(name: str, pictures: int, fits: bool) -> None:
    files = " ".join(f'"{n}.png"' for n in range(pictures))
    text = f"@Host = character {files}: a host\nSHOT 1 (5s): wide shot, static\n  @Host waits.\n"
    assert bool(told(planned(text, name), "element-picture-count")) != fits


@pytest.mark.parametrize("name", PIXIO)
def test_elements_over_the_limit_are_spread_over_generations(name: str) -> None:
    text = CAST + "".join(
        f"SHOT {n} (3s): wide shot, static\n  {', '.join(NAMES[n * 2 - 2 : n * 2])} wait.\n"
        for n in (1, 2, 3)
    )
    result = planned(text, name)
    assert [len(g.units) for g in result.generations] == [2, 1]
    assert weighty(result) == []


@pytest.mark.parametrize("name", PIXIO)
@pytest.mark.parametrize(("aspect", "allowed"), [("16:9", True), ("9:16", True), ("1:1", False)])
def test_aspect_is_16_9_or_9_16(name: str, aspect: str, allowed: bool) -> None:
    result = planned(shots("4s", "4s", head=f"aspect: {aspect}\n"), name)
    assert bool(told(result, "setting-not-allowed")) != allowed


@pytest.mark.parametrize("name", PIXIO)
@pytest.mark.parametrize(
    ("cfg", "found"),
    [("0.5", []), ("0.65", []), ("0.8", ["outside-advice"]), ("1.1", ["setting-not-allowed"])],
)
def test_cfg_is_risky_from_0_8(name: str, cfg: str, found: list[str]) -> None:
    assert weighty(planned(shots("4s", "4s", head=f"cfg: {cfg}\n"), name)) == found


# 5. automatic multi-shot ----------------------------------------------------------------------

AUTO = "wavespeed/kling-v1-ai-multi-shot"


def test_one_picture_in() -> None:
    result = planned('@Chair = product "chair.png"\nCOVERAGE OF @Chair\n', AUTO)
    assert weighty(result) == []
    (slot,) = result.generations[0].slots
    assert (slot.form, slot.source, slot.number) == ("image", True, 1)


def test_a_length_is_lost() -> None:
    result = planned('@Chair = product "chair.png"\nCOVERAGE OF @Chair (5s)\n', AUTO)
    assert weighty(result) == ["duration-unsupported"]


def test_coverage_of_words_needs_a_picture_there() -> None:
    result = planned("COVERAGE: wide shot\n  Two people argue on a bridge.\n", AUTO)
    assert weighty(result) == ["input-missing"]
    assert result.generations == []


def test_shots_are_nothing_it_makes() -> None:
    result = planned(shots("5s"), AUTO)
    (message,) = told(result, "block-unsupported")
    assert message == f"{AUTO} cannot make SHOT 1: it takes COVERAGE only"
