"""Parsing, checking and compiling in one process: 10 to 10,000 shots."""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING

import promptlang
from benchmarks.clock import median, race, ratio
from benchmarks.script import script
from benchmarks.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TARGET = "fal/kling-o3-pro"

SCAN = re.compile(
    r"""^[ \t]*(?:
      (?P<comment>\#)
    | (?P<declaration>@\w+[ \t]*=)
    | (?P<dialogue>@\w+[ \t]*(?:\([^()\n]*\))?:)
    | (?P<parameter>\{\w+\}[ \t]*=)
    | (?P<block>(?i:SHOT|EDIT|ANGLE[ ]ON|COVERAGE)\b)
    | (?P<scene>(?i:INT|EXT|EST|I/E)\.|SCENE:)
    | (?P<transition>>)
    | (?P<field>\+?[ ]?[a-z_.]+[ ]?:)
    )?[^\n]*\n?""",
    re.MULTILINE | re.VERBOSE,
)
"""The yardstick: one expression that names the kind of each line and builds nothing."""

STORYBOARD = """\
target: fal/kling-o3-pro
audio: on
@Driver = character "driver-front.png" "driver-side.png": a rally driver
@Car = vehicle "car-front.png" "car-side.png": a white coupe
style: 35mm film grain
INT. GARAGE - NIGHT
lighting: warm amber work lights
SHOT 1 (4s): medium close-up, slow push in
  @Driver draws the zip up to the collar.
SHOT 2 (3s): close-up, static camera
  @Driver (whispering, in Italian): "Andiamo."
EXT. PASS ROAD - DAWN
> smash cut
SHOT 3 (4s): low-angle wide shot, tracking alongside @Car
  @Car slides through a bend.
SHOT 4 (4s): aerial shot, slow pull out
  @Car climbs towards the pass.
"""


def scan(text: str) -> int:
    """Name the kind of every line."""
    return sum(1 for match in SCAN.finditer(text) if match.lastgroup)


def screenplain() -> Callable[[str], object] | None:
    """Return screenplain's Fountain parser, None where it is not installed."""
    try:
        from screenplain.parsers import fountain
    except ImportError:
        return None
    return lambda text: fountain.parse(io.StringIO(text))


def measure(*, quick: bool) -> Iterator[Row]:
    """Measure everything of this module, row by row."""
    repetitions = 3 if quick else 7
    yield from _thousand(repetitions)
    yield from _growth(quick=quick)
    yield from _storyboard(repetitions)


def _thousand(repetitions: int) -> list[Row]:
    text = script(1000)
    parsed = promptlang.parse(text)
    remarked = promptlang.parse(script(1000, remarks=True))
    variants: dict[str, Callable[[], object]] = {
        "scan": lambda: scan(text),
        "parse": lambda: promptlang.parse(text),
        "check": lambda: promptlang.check(parsed, target=TARGET),
        "remarks": lambda: promptlang.check(remarked, target=TARGET),
        "compile": lambda: promptlang.compile(text, target=TARGET),
    }
    peer = screenplain()
    if peer is not None:
        variants["screenplain"] = lambda: peer(text)
    times = race(variants, repetitions)
    milliseconds = {name: f"{median(times, name) * 1e3:,.1f} ms" for name in variants}
    beside = "screenplain is not installed"
    rows = [
        Row(
            "parse 1,000 shots / re scan",
            ratio(times, "parse", "scan"),
            18,
            7,
            note=f"{milliseconds['parse']} / {milliseconds['scan']}",
        )
    ]
    if peer is None:
        rows.append(Row("parse 1,000 shots / screenplain", None, 0.7, note=beside))
    else:
        beside = f"{milliseconds['parse']} / {milliseconds['screenplain']}"
        rows.append(
            Row(
                "parse 1,000 shots / screenplain",
                ratio(times, "parse", "screenplain"),
                0.7,
                note=beside,
            )
        )
    rows += [
        Row(
            "check 1,000 parsed shots / parse",
            ratio(times, "check", "parse"),
            2,
            1,
            note=milliseconds["check"],
        ),
        Row(
            "the same, with a remark on every second shot",
            ratio(times, "remarks", "parse"),
            note=milliseconds["remarks"],
        ),
        Row(
            "compile 1,000 shots / re scan",
            ratio(times, "compile", "scan"),
            record=10,
            note=milliseconds["compile"],
        ),
    ]
    return rows


def _growth(*, quick: bool) -> Iterator[Row]:
    for verb, run, most in (
        ("parse", promptlang.parse, 10_000),
        ("check", lambda text: promptlang.check(text, target=TARGET), 2000),
        ("compile", lambda text: promptlang.compile(text, target=TARGET), 2000),
    ):
        sizes = (10, 100, 1000, *(() if quick else (most,)))
        texts = {size: script(size) for size in sizes}
        # The small ones are repeated, so that each run is long enough for the clock.
        variants = {
            str(size): _repeat(run, text, max(1, 1000 // size)) for size, text in texts.items()
        }
        times = race(variants, 3)
        spent = [median(times, str(size)) / max(1, 1000 // size) for size in sizes]
        # From 100 up: at 10 shots the header is as long as the shots.
        slope = math.log(spent[-1] / spent[1]) / math.log(
            len(texts[sizes[-1]]) / len(texts[sizes[1]])
        )
        per = ", ".join(f"{s}: {t / s * 1e6:,.0f}" for s, t in zip(sizes, spent, strict=True))
        bounds = (1.03, 1.02) if verb == "parse" else (None, None)
        yield Row(
            f"{verb}: exponent of time in length, 100 to {sizes[-1]:,} shots",
            slope,
            *bounds,
            unit="",
            note=f"us a shot by length: {per}",
        )


def _repeat(run: Callable[[str], object], text: str, count: int) -> Callable[[], object]:
    def repeated() -> None:
        for _ in range(count):
            run(text)

    return repeated


def _storyboard(repetitions: int) -> list[Row]:
    count = 50
    times = race(
        {
            "compile": _repeat(
                lambda text: promptlang.compile(text, target=TARGET), STORYBOARD, count
            ),
            "scan": _repeat(scan, STORYBOARD, count),
        },
        repetitions,
    )
    return [
        Row(
            "compile one 15 s storyboard, warm",
            median(times, "compile") / count * 1e3,
            1,
            unit=" ms",
            note=f"{ratio(times, 'compile', 'scan'):,.0f}x a re scan of it",
        )
    ]
