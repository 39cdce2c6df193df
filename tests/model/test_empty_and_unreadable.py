"""What stays of a line whose words are empty or cannot be read, and that it is told."""

from __future__ import annotations

import pytest

import promptlang

CLIP = "@Clip = video: a clip\n"
HERO = "@Hero = character: a man\n"


def told(text: str) -> list[tuple[str, str]]:
    """Return each error and warning with the words it stands on."""
    found = promptlang.check(text)
    return [(d.name, d.span.text) for d in found if d.severity.rank < 2]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('@B = video "c.mp4" {t}-0:10\nEDIT @B\n  add rain\n', [("unknown-parameter", "{t}")]),
        (
            '{t} = "soon"\n@B = video "c.mp4" {t}-0:10\nEDIT @B\n  add rain\n',
            [("bad-value", "{t}")],
        ),
        ('{a} = ""\nINT. {a} - NIGHT\n  {a}\nSHOT 1: wide shot\n', []),
        ('{a} = ""\nSHOT {a}: wide shot\n  {a}\n  super: "{a}"\n', []),
        ('{a} = ""\ntarget: {a}\n> {a}\nSHOT 1: wide shot\n', []),
        ("SHOT 1: wide shot\n  start: {b}\n", [("unknown-parameter", "{b}")]),
        (f"{HERO}SHOT 1: wide shot\n  voiceover: for @Hero\n", [("not-quoted", "for @Hero")]),
        ('SHOT 1: wide shot\n  voiceover: ""\n', []),
        ("SHOT 1: wide shot\n  fal.x: {nope}\n", [("unknown-parameter", "{nope}")]),
        ('SHOT 1: wide shot\n  fal.x: "\\u00e9"\n', []),
        ("INT BAR\nnote: two tables\nSHOT 1: wide shot\n", [("near-scene-heading", "INT BAR")]),
        ('include: {a}\n{a} = ""\nSHOT 1: wide shot\n', []),
        (
            f'{HERO}SHOT 1: wide shot\n  @Hero: softly (low) "Stay."\n',
            [("bad-dialogue", 'softly (low) "Stay."')],
        ),
        (
            f'{CLIP}EDIT @Clip\n  write "a. Add b" on the wall. Add rain.\n',
            [
                ("change-without-verb", 'write "a. Add b" on the wall'),
                ("several-changes", "Add rain."),
            ],
        ),
    ],
)
def test_what_is_told(text: str, wanted: list[tuple[str, str]]) -> None:
    assert told(text) == wanted


def test_a_change_that_reads_as_a_heading_stays_in_the_heading() -> None:
    text = promptlang.format(f"{CLIP}EDIT @Clip: SHOT 2 (3s)\n")
    assert "EDIT @Clip (3s): SHOT 2\n" in text
