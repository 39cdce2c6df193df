"""Clean scripts of any length: every kind of block and line, and nothing to warn of."""

from __future__ import annotations

from random import Random

_HEADER = """\
title: The Night Ferry
target: fal/kling-o3-pro
aspect: 16:9
audio: on

@Captain = character "captain-front.png" "captain-side.png": a ferry captain with a grey beard
@Nurse = character "nurse-front.png" "nurse-side.png": a nurse in a green raincoat
@Coat = wardrobe "coat-front.png" "coat-back.png": a yellow oilskin coat
@Ferry = vehicle "ferry-bow.png" "ferry-side.png": a white car ferry
@Dog = creature "dog-front.png" "dog-side.png": a brindle greyhound
@Lamp = prop "lamp-front.png" "lamp-side.png": a brass lamp
@Dawn = image "dawn.png"
@Rushes = video "rushes.mov" 0:10-0:18

{harbour} = "Bergen"

style: 35mm film grain

"""
_SCENES = (
    "INT. WHEELHOUSE - NIGHT",
    "EXT. CAR DECK - DAWN",
    "EXT. {harbour} QUAY - DAY",
    "INT. SALOON - DUSK",
)
_TERMS = (
    "medium close-up, slow push in",
    "wide shot, static camera",
    "low-angle wide shot",
    "close-up, rack focus from the wheel to the window",
    "medium shot, tracking alongside @Ferry",
    "aerial shot",
    "over-the-shoulder shot of @Captain",
)
_ACTIONS = (
    "@Captain buttons @Coat up to the collar.",
    "@Nurse wipes the window and looks at @Ferry.",
    "@Ferry swings out past the mole and throws spray over the rail.",
    "@Dog lifts its head as the engine catches.",
    "Fog rolls over the deck and the lights of {harbour} go under.",
    "@Captain hangs @Lamp on the hook beside the door.",
)
_CUES = (
    '@Captain (quietly, in Norwegian): "Nå går vi."',
    '@Nurse: "Is it far?"',
    '@Captain: "One hour."',
)
_FIELDS = (
    "sound: distant engines, a gull",
    "mood: tense, a held breath",
    "lighting: warm amber lamp light",
    "music: one held cello note",
    'super: "Two hours earlier"',
    'voiceover (low): "I had not slept."',
    "note: second unit",
    "start: @Dawn",
    "takes: 2",
    "action: the door swings shut behind @Nurse",
    "environment: rain on every window",
    "camera: shallow depth of field",
)
_LIGHTS = ("cool overhead strip light", "low sun from the left", "soft light through the fog")
_TRANSITIONS = (
    "> hard cut",
    "> match cut",
    "> smash cut",
    "> dissolve (1s)",
    "> wipe left",
    "> fade in from black",
)
_EDITS = (
    "change the background to a wet mountain road at dusk",
    "replace the captain with @Nurse",
    "remove the lamp from the wall",
    "relight the deck with low morning sun",
)


def film(seed: int, lines: int) -> list[str]:
    """Return the lines of a script of so many lines, the same ones for the same seed."""
    random = Random(f"{seed} {lines}")
    text = _HEADER.splitlines()
    shots = 0
    while len(text) < lines:
        block = [random.choice(_SCENES), f"lighting: {random.choice(_LIGHTS)}", ""]
        for _ in range(random.randint(2, 5)):
            shots += 1
            block += _shot(random, shots)
        if random.random() < 0.6:
            block += _edit(random, shots)
        elif random.random() < 0.4:
            block += _angle(random, shots)
        if len(text) + len(block) > lines:
            # Too long for the rest: notes fill the page, as a transition or heading cut off
            # from what it belongs to would be a fault of its own.
            block = [f"# {action}" for action in _ACTIONS]
        text += block
    return text[:lines]


def _shot(random: Random, number: int) -> list[str]:
    opened = number > 1 and random.random() < 0.3
    lines = [random.choice(_TRANSITIONS), ""] if opened else []
    name = f" AS @take{number}" if random.random() < 0.1 else ""
    lines.append(f"SHOT {number} ({random.randint(3, 5)}s){name}: {random.choice(_TERMS)}")
    lines += [f"  {action}" for action in random.sample(_ACTIONS, random.randint(1, 2))]
    lines += [f"  {field}" for field in random.sample(_FIELDS, random.randint(0, 2))]
    if random.random() < 0.3:
        lines.append(f"  {random.choice(_CUES)}")
    return [*lines, ""]


def _edit(random: Random, number: int) -> list[str]:
    return [
        f"EDIT @Rushes (8s) AS @edit{number}",
        f"  {random.choice(_EDITS)}",
        "  keep: everything else, the camera movement",
        "",
    ]


def _angle(random: Random, number: int) -> list[str]:
    return [
        f"ANGLE ON @Rushes turn{number} (5s): reverse angle, medium shot",
        "  showing @Nurse, listening and nodding",
        "  keep: lighting, camera style",
        "  target: kling/o1",
        "",
    ]
