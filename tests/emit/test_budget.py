"""How full a prompt is, and of what."""

from __future__ import annotations

import pytest

import promptlang

O3 = "target: fal/kling-o3-pro\n"
ONE = "SHOT 1 (4s): wide shot\n  Rain falls on the square.\n"


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Return what is said of lengths, after making sure that both ways say the same."""
    checked, compiled = (
        [(d.name, d.message, d.hint) for d in found if d.name.startswith("prompt-")]
        for found in (promptlang.check(text), promptlang.compile(text)[0].diagnostics)
    )
    assert checked == compiled
    return checked


def shot_of(size: int) -> str:
    """Return a film whose second shot has a prompt of so many characters."""
    return f"{O3}{ONE}SHOT 2 (4s)\n  {'x' * (size - 1)}.\n"


@pytest.mark.parametrize(
    ("size", "name"),
    [(460, None), (461, "prompt-nearly-full"), (512, "prompt-nearly-full")],
)
def test_the_last_tenth_is_told(size: int, name: str | None) -> None:
    found = told(shot_of(size))
    assert [n for n, _, _ in found] == ([name] if name else [])
    if found:
        assert f'the prompt of "2" has {size} of the 512 characters' in found[0][1]


def test_what_is_more_than_fits_is_an_error() -> None:
    ((name, message, hint),) = told(shot_of(513))
    assert name == "prompt-too-long"
    assert message == 'the prompt of "2" has 513 characters, fal/kling-o3-pro takes 512'
    assert hint == "shorten it by 1 character, or spread it over two shots: prose 100 %"


def test_an_edit_is_not_spread_over_shots() -> None:
    clip = '@Clip = video "clip.mp4" 0:00-0:05\n'
    ((_, _, hint),) = told(f"{O3}{clip}EDIT @Clip\n  change the sky to {'rain ' * 600}\n")
    assert hint is not None
    assert ", or make two edits of it, one after the other: changes 99 %" in hint
    ((_, _, hint),) = told(f"{O3}{clip}ANGLE ON @Clip\n  Rain falls {'on rain ' * 400}.\n")
    assert hint is not None
    assert " characters: prose 99 %" in hint


def test_prompts_that_share_their_room_are_told_together() -> None:
    rain = "  " + "Rain falls on the wide and windy square. " * 44 + "\n"
    text = f"target: mindstudio/kling-o3\nSHOT 1 (4s)\n{rain}SHOT 2 (4s)\n{rain}"
    ((name, message, _),) = told(text)
    assert name == "prompt-nearly-full"
    assert message.startswith('the prompts of "1" to "2" together have ')
    assert message.endswith(" of the 1000 tokens mindstudio/kling-o3 takes")


def test_every_part_has_its_share() -> None:
    text = f"""{O3}
style: {"grainy sixteen millimetre stock, " * 2}
@Host = character "host.png" "side.png": a host
EXT. SQUARE BY THE RIVER - GOLDEN HOUR
lighting: {"cold window light, " * 2}
environment: a fountain in the middle
SHOT 1 (5s): wide shot
  A bell rings.
> hard cut to
SHOT 2 (5s): medium shot, static, low angle
  {"Rain falls on the square. " * 3}
  @Host (softly): "{"Good evening to all of you. " * 3}"
  super: "Rome in the year of the flood"
  mood: {"tense and quiet, " * 2}
  sound: rain on stone
  music: a single cello
  using: @Host for the pace of the walk
"""
    ((_, _, hint),) = told(text)
    assert hint is not None
    shares = dict(part.rsplit(" ", 2)[:2] for part in hint.split(": ", 1)[1].split(", "))
    assert set(shares) == {
        "prose",
        "camera",
        "dialogue",
        "place",
        "light",
        "style",
        "mood",
        "sound",
        "music",
        "text on screen",
        "references",
        "transition",
        "joining words",
    }
    assert 96 <= sum(map(int, shares.values())) <= 104
