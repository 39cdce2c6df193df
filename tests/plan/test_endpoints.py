"""The endpoint is chosen from what a script contains, and from nothing else."""

from __future__ import annotations

import pytest

from tests.plan.boards import planned

FILES = """\
@Ann = character "a.png" "b.png": a chemist
@Sea = image "sea.png"
@Box = image "box.png"
@Hat = image "hat.png"
@Talk = video "talk.mov" 0:00-0:08
"""
SHOT = "SHOT 1 (5s): wide shot, static\n  "
RAIN = f"{SHOT}Rain falls.\n"
START, END = "  start: @Sea\n", "  end: @Box\n"
EDIT = "EDIT @Talk\n  change the wall to a bookshelf in soft daylight\n"
ANGLE = "ANGLE ON @Talk (5s): reverse angle\n  showing @Ann\n  keep: lighting\n"
SETTINGS = "negative: blur\ncfg: 0.6\n"


@pytest.mark.parametrize(
    ("name", "script", "key"),
    [
        ("fal/kling-o3-pro", RAIN, "text-to-video"),
        ("fal/kling-o3-pro", RAIN + RAIN.replace("1", "2"), "text-to-video"),
        ("fal/kling-o3-pro", RAIN + START, "image-to-video"),
        ("fal/kling-o3-pro", RAIN + START + END, "first-last-frame"),
        ("fal/kling-o3-pro", f"{SHOT}@Ann waits.\n", "reference-to-video"),
        ("fal/kling-o3-pro", f"{SHOT}As in @Hat.\n{START}", "reference-to-video"),
        ("fal/kling-o3-pro", f"{SHOT}As in @Hat.\n{START}{END}", "reference-first-last-frame"),
        ("fal/kling-o3-pro", f"{RAIN}  motion: @Talk\n", "motion"),
        ("fal/kling-o3-pro", EDIT, "edit"),
        ("fal/kling-o3-pro", ANGLE, "multi-cam"),
        ("fal/kling-o3-pro", "COVERAGE\n  Rain falls.\n", None),
        ("fal/kling-o1", RAIN, None),
        ("fal/kling-o1", RAIN + START + END, "image-to-video"),
        ("fal/kling-o1", f"{SHOT}As in @Hat.\n", "reference-to-video"),
        ("fal/kling-v3-pro", SETTINGS + RAIN, "text-to-video"),
        ("fal/kling-v3-pro", f"{SHOT}@Ann waits.\n{START}", "image-to-video"),
        ("fal/kling-v3-pro", "COVERAGE\n  Rain falls.\n", "coverage"),
        ("fal/kling-v3-pro", EDIT, None),
        ("kling/o1", RAIN, "text-to-video"),
        ("kling/o1", RAIN + START, "image-to-video"),
        ("kling/o1", RAIN + START + END, "first-last-frame"),
        ("kling/o1", f"{SHOT}As in @Hat.\n", "reference-to-video"),
        ("kling/o3", "COVERAGE OF @Sea\n  Rain falls.\n", "coverage"),
        ("mindstudio/kling-o3", f"{RAIN}  motion: @Talk\n", "reference-to-video"),
        ("pixio/kling-o3", f"{SHOT}@Ann waits.\n{START}", "reference-to-video"),
        ("wavespeed/kling-v1-ai-multi-shot", "COVERAGE OF @Sea\n", "coverage"),
        ("wavespeed/kling-v1-ai-multi-shot", "COVERAGE\n  Rain falls.\n", None),
        ("chatvideopro/kling-multi-cam", ANGLE, "multi-cam"),
    ],
)
def test_the_endpoint_follows_from_the_script(name: str, script: str, key: str | None) -> None:
    made = planned(FILES + script, name).generations
    assert [generation.task.key for generation in made] == ([] if key is None else [key])
