"""Whole prompts that are bounded keep shots apart."""

from __future__ import annotations

import promptlang

LINE = "A keeper climbs the winding stair and counts every single step aloud as he goes. "


def script(lines: int, shots: int) -> str:
    return "".join(
        f"SHOT {n} (3s): wide shot, static\n  {LINE * lines}\n" for n in range(1, shots + 1)
    )


def test_shots_are_spread_so_that_no_prompt_is_too_long() -> None:
    # 20 lines are some 400 tokens; two such shots fit in 1,000, three do not
    (result,) = promptlang.compile(script(20, 4), target=["mindstudio/kling-o3"])
    assert [len(request.prompts) for request in result.requests] == [2, 2]
    assert not [d for d in result.diagnostics if d.name == "prompt-too-long"]


def test_short_shots_share_as_before() -> None:
    (result,) = promptlang.compile(script(1, 4), target=["mindstudio/kling-o3"])
    assert [len(request.prompts) for request in result.requests] == [4]


def test_one_shot_that_is_too_long_is_an_error() -> None:
    (result,) = promptlang.compile(script(60, 2), target=["mindstudio/kling-o3"])
    assert {d.name for d in result.diagnostics if d.is_error} == {"prompt-too-long"}
