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
@Garage = place "garage-front.png" "garage-rear.png": a brick garage
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
LIGHTS = ("warm amber work lights", "cool overhead strip light", "low sun from the left")
CUTS = ("hard cut", "match cut", "smash cut")


def script(shots: int) -> str:
    """Return a script of so many shots, the same one every time."""
    return HEADER + "".join(_shot(n) for n in range(shots))


def _shot(n: int) -> str:
    lines = []
    if n % 6 == 0:
        lines += [PLACES[n // 6 % len(PLACES)], f"lighting: {LIGHTS[n // 6 % len(LIGHTS)]}", ""]
    if n % 6 == 3:
        lines += [f"> {CUTS[n // 6 % len(CUTS)]}", ""]
    if n % 4 == 1:
        lines.append(f"# take note of the continuity in setup {n}")
    lines.append(f"SHOT {n + 1} ({3 + n % 3}s): {TERMS[n % len(TERMS)]}")
    lines += [f"  {PROSE[(n + k) % len(PROSE)]}" for k in range(1 + n % 3)]
    if n % 2:
        lines.append(f"  lighting: {LIGHTS[n % len(LIGHTS)]}")
    if n % 2 == 0:
        lines.append("  sound: distant engines, a radio behind a door")
    if n % 4 == 3:
        lines.append("  mood: tense, a held breath before the flag drops")
    if n % 5 == 0:
        lines.append('  @Driver (quietly, in Italian): "Andiamo."')
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
