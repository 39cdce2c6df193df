"""The faults writers make, each a change of one line of a clean script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_BLOCK = r"(?:SHOT|EDIT|ANGLE|COVERAGE)\b"
_SHOT = r"SHOT \d"
_DECLARATION = r"@\w+ = \w"
_CUE = r"  @\w+ (?:\([^)]*\))?:|  @\w+:"


class Fault:
    """One fault: the lines it can befall and what it makes of one.

    Attributes:
        name: What the writer did.
        on: What the line must match.
        make: The line as the writer got it wrong; the same line where there is nothing to.
    """

    __slots__ = ("make", "name", "on")

    def __init__(self, name: str, on: str, make: Callable[[str, Random], str]) -> None:
        self.name = name
        self.on = re.compile(on)
        self.make = make

    def befall(self, line: str, random: Random) -> str | None:
        """Return a line with the fault in it, or None where the fault cannot stand."""
        if not self.on.match(line):
            return None
        wrong = self.make(line, random)
        return None if wrong == line else wrong


def _typo(word: str, random: Random) -> str:
    """Return a word as a hand in haste types it: two letters changed over, one lost or twice."""
    places = [at for at in range(1, len(word) - 1) if word[at] != word[at + 1]]
    at = random.choice(places)
    return random.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )


def _mistype(pattern: str) -> Callable[[str, Random], str]:
    """Misspell one of the words that a pattern's first group finds."""

    def make(line: str, random: Random) -> str:
        found = [match for match in re.finditer(pattern, line) if len(set(match[1])) > 2]
        if not found:
            return line
        match = random.choice(found)
        return line[: match.start(1)] + _typo(match[1], random) + line[match.end(1) :]

    return make


def _swap(pattern: str, *choices: str) -> Callable[[str, Random], str]:
    """Write one of some texts where a pattern stands first."""

    def make(line: str, random: Random) -> str:
        return re.sub(pattern, random.choice(choices), line, count=1)

    return make


FAULTS = (
    # the first word of a line
    Fault("typo in a key", r"  (?!note)[a-z]+: ", _mistype(r"^  ([a-z]+):")),
    Fault("typo in a setting", r"(?!title)[a-z]+: ", _mistype(r"^([a-z]+):")),
    Fault("typo in a heading word", _SHOT, _mistype(r"^(SHOT)")),
    Fault("typo in EDIT", "EDIT @", _mistype(r"^(EDIT)")),
    Fault("typo in ANGLE", "ANGLE ON @", _mistype(r"^(ANGLE)")),
    Fault("scene heading without its dot", r"(?:INT|EXT)\. ", _swap(r"\.", "")),
    Fault("no blank behind SHOT", _SHOT, _swap("SHOT ", "SHOT")),
    Fault("transition without its mark", "> hard cut", _swap(".*", "CUT TO:", "HARD CUT TO:")),
    # marks
    Fault("setting without its colon", r"(?:target|aspect|audio|style): ", _swap(":", "")),
    Fault("heading without its colon", rf"{_SHOT}.*: ", _swap(": ", " ")),
    Fault("cue without its colon", _CUE, _swap(r': "', ' "')),
    Fault("cue without its @", _CUE, _swap("@", "")),
    Fault("speech without its first quote", _CUE, _swap(': "', ": ")),
    Fault("speech without its last quote", _CUE, _swap('"$', "")),
    Fault("speech without quotes", _CUE, lambda line, _: line.replace('"', "")),
    Fault("manner without its first bracket", r"  @\w+ \(", _swap(r"\(", "")),
    Fault("manner without its last bracket", r"  @\w+ \(", _swap(r"\)", "")),
    Fault("declaration without its @", _DECLARATION, _swap("@", "")),
    Fault("declaration without its =", _DECLARATION, _swap(" =", "")),
    Fault("file without its first quote", rf"{_DECLARATION}.*\"", _swap('"', "")),
    Fault("file without its last quote", rf"{_DECLARATION}.*\"", _swap(r'(\.\w+)"', r"\1")),
    Fault("parameter without its brace", r"\{\w+\} = ", _swap(r"\}", "")),
    Fault("parameter without its =", r"\{\w+\} = ", _swap(" =", "")),
    Fault("value without its last quote", r"\{\w+\} = ", _swap('"$', "")),
    Fault("duration without its first bracket", rf"{_BLOCK}.*\(", _swap(r"\(", "")),
    Fault("duration without its last bracket", rf"{_BLOCK}.*\)", _swap(r"\)", "")),
    Fault("source without its @", r"(?:EDIT|ANGLE ON) @", _swap("@", "")),
    Fault("output without its @", rf"{_BLOCK}.* AS @", _swap("AS @", "AS ")),
    Fault("AS without a name", rf"{_BLOCK}.* AS @", _swap(r"AS @\w+", "AS")),
    Fault("super without quotes", r"  super: ", lambda line, _: line.replace('"', "")),
    Fault("super without its last quote", r"  super: ", _swap('"$', "")),
    Fault("voiceover without quotes", r"  voiceover", lambda line, _: line.replace('"', "")),
    # words that are looked up
    Fault("typo in a kind", _DECLARATION, _mistype(r"= (\w+)")),
    Fault("kind of its own", _DECLARATION, _swap(r"= \w+", "= actor", "= hero", "= gadget")),
    Fault("typo in a camera term", rf"{_SHOT}.*: ", _mistype(r"[:,] ([a-z]{4,})")),
    Fault("typo in a transition", "> ", _mistype(r"> ([a-z]+)")),
    Fault("typo in a ref", "  (?!note)[^:]*@", _mistype(r"@(\w+)")),
    Fault("typo in the ref of a term", rf"{_SHOT}.*: .*@", _mistype(r": .*@(\w+)")),
    Fault("typo in a speaker", _CUE, _mistype(r"^  @(\w+)")),
    Fault("typo in the source", r"(?:EDIT|ANGLE ON) @", _mistype(r" @(\w+)(?= [(t])")),
    Fault("typo in a picture", r"  (?:start|end): @", _mistype(r"@(\w+)")),
    Fault("typo in a parameter", r"[^#]*\{\w+\}(?! =)", _mistype(r"\{(\w+)\}")),
    Fault("unknown name", r"  @\w+ [a-z]", _swap(r"@\w+", "@Somebody")),
    Fault("unknown source", r"(?:EDIT|ANGLE ON) @", _swap(r"@\w+", "@Nowhere")),
    Fault("unknown target", "target: ", _swap(": .*", ": fal/kling-o9", ": sora")),
    Fault("typo in the target", "target: ", _swap("kling", "klign")),
    # values
    Fault("duration without its unit", rf"{_BLOCK}.*\d+s\)", _swap(r"s\)", ")")),
    Fault("duration of nothing", rf"{_SHOT}.*\d+s\)", _swap(r"\d+s\)", "0s)")),
    Fault("duration in words", rf"{_SHOT}.*\d+s\)", _swap(r"\d+s\)", "five)", "long)")),
    Fault("empty brackets", rf"{_SHOT}.*\d+s\)", _swap(r"\d+s", "")),
    Fault("length as a label", _SHOT, _swap(r"SHOT \d+ \((\d+s)\)", r"SHOT \1")),
    Fault("neither on nor off", "audio: ", _swap("on", "onn", "yes please", "loud")),
    Fault("no aspect", "aspect: ", _swap("16:9", "wide", "16", "169", "16:9:1")),
    Fault("takes in words", "  takes: ", _swap("2", "two", "many", "-1")),
    Fault(
        "start that is no picture", "  start: ", _swap("@Dawn", "@Rushes", "the dawn", '"a.png"')
    ),
    Fault("edit of a picture", "EDIT @", _swap(r"@\w+", "@Dawn")),
    Fault("angle on a character", "ANGLE ON @", _swap(r"@\w+", "@Nurse")),
    Fault("clip without its second time", r".*0:10-0:18", _swap("0:10-0:18", "0:10-")),
    Fault("clip that ends before it begins", r".*0:10-0:18", _swap("0:10-0:18", "0:18-0:10")),
    Fault("super with a ref", "  super: ", _swap('".*', "@Nowhere arrives")),
    Fault("empty field", r"  (?:sound|mood|lighting|super): ", _swap(": .*", ":")),
    Fault("two speeches", _CUE, _swap("$", ' "And then?"')),
)
"""Faults that change a line and nothing else."""


IN_A_SHOT = (
    # what belongs elsewhere
    "  aspect: 9:16",
    "  title: The Lamp",
    "  resolution: 1080p",
    "  language: Norwegian",
    "  keep: everything else",
    "INCLUDE: people.shot",
    # what is nowhere
    "  lightning: red",
    "  negatve: blur",
    "  wardrobe: the yellow coat",
    "  promtlang.seed: 3",
    # what is not what its key takes
    "  motion: @Dawn",
    "  voiceover: I had not slept.",
    "  super: Two hours later",
    "  cfg: high",
    "  audio: perhaps",
    "  seed: random",
    "  target: fal/kling-o7",
    "  target: o3",
    "  camera: dolyl in",
    "  camera: dutch angel",
    "  using: the nurse",
    # who is nobody
    "  using: @Nobody for the face",
    '  @Stranger (low): "Stay."',
    "  @Gull lands on the rail.",
    "  @Lamp of {nowhere} flickers.",
    "  camera: lens flare behind @Truck",
    # what no script holds
    "  <<<image_1>>> turns to the window",
    '  @Ferry: "Sound the horn."',
)
"""Lines that are wrong wherever they stand in a shot."""

IN_THE_HEADER = (
    '@Dog = creature "dog-side.png": another greyhound',
    '@captain = character "captain.png": another captain',
    '{harbour} = "Oslo"',
    "A ferry leaves at night.",
    "keep: everything else",
    "title: The Day Ferry",
    "audoi: on",
    "cfg: high",
    "@Gull",
    "@Boat = ",
    '@Boat = boat "boat.png"',
    "@Boat = vehicle boat.png",
    '@Boat = image "boat-bow.png" 0:04-0:08',
    "camera: shallow depth of field",
)
"""Lines that are wrong in front of the first scene."""
