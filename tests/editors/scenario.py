"""What a writer does in an editor, as data: every editor is driven through the same steps.

A step says where the cursor is by words of the script with a ``|`` in them, what is done there,
what the editor has to show, and what the script says afterwards. Where two editors differ, one of
them is wrong. ``plan`` turns the words into positions, for drivers in any language.
"""

from __future__ import annotations

from typing import Any, NamedTuple

NAME = "first_light.shot"

START = """\
title: First Light 🎬
target: fal/kling-o3-pro

@Ada = character: a hill-climb driver of sixty with a silver plait
@Roadster = vehicle: a cream 1957 roadster

EXT. PASS ROAD - GOLDEN HOUR
lightning: low sun straight down the road

SHOT 1 (4s): low-angle wide shot, tracking alongside @Roadster
🚗 @Roadster drifts through a hairpin.
sound: a straight-six at full throttle

> hard cut

SHOT 2 (3s): MCU, slow push in
  @Ada breathes out 🙂, then @Ada closes her eyes.
  @Ada (whispering, in Italian): "Ancora una volta."
"""


class Step(NamedTuple):
    """One thing a writer does.

    Attributes:
        does: ``diagnose``, ``complete``, ``hover``, ``jump``, ``rename``, ``format`` or ``fix``.
        at: Words of the script with the cursor as ``|`` in them, which stand there once.
        says: What is typed, the new name, or the title of a fix.
        shows: What the editor has to show: names of errors, an item, words, or words with the
            cursor as ``|`` in them for where a jump goes to.
        changes: What the step turns into what, in the order of the script; each stands there once.
    """

    does: str
    at: str = ""
    says: str = ""
    shows: tuple[str, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()


STEPS = (
    Step("diagnose", shows=("unknown-key",)),
    Step(
        "complete",
        at="through a hairpin|.",
        says=" past @Ad",
        shows=("@Ada",),
        changes=(("through a hairpin.", "through a hairpin past @Ada."),),
    ),
    Step("hover", at="M|CU, slow", shows=("medium close-up",)),
    Step("jump", at="🙂, then @A|da", shows=("@|Ada = character",)),
    Step(
        "rename",
        at="@A|da breathes",
        says="Pilotin",
        changes=(
            ("@Ada = character", "@Pilotin = character"),
            ("past @Ada.", "past @Pilotin."),
            ("@Ada breathes", "@Pilotin breathes"),
            ("then @Ada closes", "then @Pilotin closes"),
            ("@Ada (whispering", "@Pilotin (whispering"),
        ),
    ),
    Step(
        "format",
        changes=(
            ("@Pilotin = character", "@Pilotin  = character"),
            ("\n🚗", "\n  🚗"),
            ("\nsound: a", "\n  sound: a"),
        ),
    ),
    Step(
        "fix",
        at="light|ning:",
        says='write "lighting"',
        changes=(("lightning:", "lighting:"),),
    ),
    Step("diagnose", shows=()),
)


def after(text: str, step: Step) -> str:
    """Return what a script says after a step."""
    for old, new in step.changes:
        assert text.count(old) == 1, (step.does, old)
        text = text.replace(old, new)
    return text


def end() -> str:
    """Return what the script says in the end, which is what has to be on the disk."""
    text = START
    for step in STEPS:
        text = after(text, step)
    return text


def place(text: str, words: str) -> dict[str, int]:
    """Return the position of ``|`` in some words: line and character from 0, in units of UTF-16."""
    assert text.count(words.replace("|", "")) == 1, words
    at = text.index(words.replace("|", "")) + words.index("|")
    before = text[:at].split("\n")
    return {"line": len(before) - 1, "character": len(before[-1].encode("utf-16-le")) // 2}


def plan() -> list[dict[str, Any]]:
    """Return the steps with positions instead of words, as plain values."""
    text = START
    found = []
    for step in STEPS:
        row: dict[str, Any] = {"does": step.does, "says": step.says, "shows": [*step.shows]}
        if step.at:
            row["at"] = place(text, step.at)
        if step.does == "jump":
            row["to"] = place(text, step.shows[0])
        text = after(text, step)
        row["text"] = text
        found.append(row)
    return found
