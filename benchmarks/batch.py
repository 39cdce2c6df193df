"""A table of rows: one script, one payload a row."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from benchmarks.clock import median, race, ratio
from benchmarks.parsing import STORYBOARD
from benchmarks.table import Row

SCRIPT = '{city} = "Monza"\n{line} = "Andiamo."\n' + STORYBOARD.replace(
    "Andiamo.", "{line}"
).replace("PASS ROAD", "{city} ROAD")


def measure(*, quick: bool) -> list[Row]:
    """Measure payloads a second, and beside it a plain copy of the table to JSON lines."""
    from promptlang.cli import main

    count = 300 if quick else 2000
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder, "bench.shot")
        shot.write_text(SCRIPT, encoding="utf-8")
        rows = Path(folder, "rows.csv")
        rows.write_text(
            "city,line\n" + "".join(f"City {n},Line number {n}.\n" for n in range(count)),
            encoding="utf-8",
        )

        def compile_rows() -> None:
            out = io.StringIO()
            with redirect_stdout(out), redirect_stderr(io.StringIO()):
                code = main(["compile", str(shot), "--data", str(rows), "--format", "json"])
            if code or out.getvalue().count("\n") != count:
                raise SystemExit(f"the batch came back with {code}")

        times = race({"batch": compile_rows, "copy": lambda: _copy(rows)}, 3 if quick else 5)
    speed = count / median(times, "batch")
    return [
        Row("table of rows, payloads a second", speed, 10_000, unit="", more=True),
        Row("table of rows / copy to JSON lines", ratio(times, "batch", "copy"), record=3),
    ]


def _copy(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return "".join(json.dumps(row) + "\n" for row in csv.DictReader(file))
