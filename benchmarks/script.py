"""The test text: a generated script of any length, about 7.8 lines and 284 bytes a shot."""

from __future__ import annotations

HEADER = """\
title: Bench
target: fal/kling-o3-pro
aspect: 16:9
audio: on

@Driver = character "driver-front.png" "driver-side.png": a rally driver with cropped dark hair
@Suit = wardrobe "suit-front.png" "suit-back.png": a red race suit
@Car = vehicle "car-front.png" "car-side.png": a white coupe
@Crew = character "crew-front.png" "crew-side.png": a mechanic in blue overalls
@Dog = creature "dog-front.png" "dog-side.png": a brindle greyhound
@Horn = prop "horn-front.png" "horn-side.png": a brass air horn
@Clip = video "clip.mp4" 0:00-0:08

style: 35mm film grain

"""
PLACES = (
    "INT. GARAGE - NIGHT",
    "EXT. PASS ROAD - DAWN",
    "EXT. PIT LANE - DAY",
    "INT. BOX - DUSK",
)
TERMS = (
    "medium close-up, slow push in",
    "wide shot, static camera",
    "low-angle wide shot",
    "close-up, rack focus from the wheel to the road",
    "medium shot, tracking alongside @Car",
)
PROSE = (
    "@Driver draws the zip of @Suit up to the collar.",
    "@Crew wipes a hand on the cloth and looks at @Car.",
    "@Car slides through the bend and throws gravel at the fence.",
    "@Dog lifts its head as the engine catches.",
    "Heat shimmers over the tarmac behind the barrier and the flags hang still.",
    "@Crew presses @Horn twice, short and bright.",
)
SPEAKERS = ("Driver", "Crew", "", "", "Crew", "Crew")
"""Who is seen in a shot and may speak."""
LIGHTS = ("warm amber work lights", "cool overhead strip light", "low sun from the left")
CUTS = ("hard cut", "match cut", "smash cut")


def script(shots: int, *, remarks: bool = False) -> str:
    """Return a script of so many shots, the same one every time.

    Args:
        shots: How many.
        remarks: Whether there is something to remark on in every second shot, as on a day of notes;
            else there is nothing in nearly all of them, as on the day of the shoot.
    """
    return HEADER + "".join(_shot(n, remarks=remarks) for n in range(shots))


def _shot(n: int, *, remarks: bool) -> str:
    cut = n % 6 == 3 if remarks else n % 12 in {5, 9}
    seconds = 3 + n % (3 if remarks else 2)
    light = n if remarks else n // 6 + 1 + n % 2
    speaker = "Driver" if remarks else SPEAKERS[n % len(SPEAKERS)]
    lines = []
    if n % 6 == 0:
        lines += [PLACES[n // 6 % len(PLACES)], f"lighting: {LIGHTS[n // 6 % len(LIGHTS)]}", ""]
    if cut:
        lines += [f"> {CUTS[n // 6 % len(CUTS)]}", ""]
    if n % 4 == 1:
        lines.append(f"# take note of the continuity in setup {n}")
    lines.append(f"SHOT {n + 1} ({seconds}s): {TERMS[n % len(TERMS)]}")
    lines += [f"  {PROSE[(n + k) % len(PROSE)]}" for k in range(1 + n % 3)]
    if n % 2:
        lines.append(f"  lighting: {LIGHTS[light % len(LIGHTS)]}")
    if n % 2 == 0:
        lines.append("  sound: distant engines, a radio behind a door")
    if n % 4 == 3:
        lines.append("  mood: tense, a held breath before the flag drops")
    if n % 5 == 0 and speaker:
        lines.append(f'  @{speaker} (quietly, in Italian): "Andiamo."')
    lines.append("")
    if n % 4 == 2:
        lines += [
            "EDIT @Clip (8s)",
            "  change the background to a wet mountain road at dusk",
            "  with light that matches the driver",
            "  keep: everything else, the reflections on the bonnet",
            "",
        ]
    return "\n".join(lines) + "\n"
