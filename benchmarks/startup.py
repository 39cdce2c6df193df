"""Whole processes: what a person or an editor waits for on the command line."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.clock import median, race_processes, ratio
from benchmarks.script import script
from benchmarks.table import Row
from promptlang.emit import templates
from promptlang.providers import written
from promptlang.syntax import grammar
from promptlang.vocabulary import build

RUN = "import sys; from promptlang.cli import main; sys.exit(main())"


def measure(*, quick: bool) -> list[Row]:
    """Measure ``--version``, ``check`` and ``compile`` of 12 shots against ``python -c pass``."""
    # As installed: with the tables a build writes, and with byte code.
    grammar.write()
    build.write()
    templates.write()
    written.write()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bench.shot").write_text(script(12), encoding="utf-8")
        tool = [sys.executable, "-c", RUN]
        commands = {
            "pass": [sys.executable, "-c", "pass"],
            "version": [*tool, "--version"],
            "check": [*tool, "check", "bench.shot"],
            "compile": [*tool, "compile", "bench.shot", "--format", "json"],
        }
        times = race_processes(commands, 7 if quick else 21, folder)
    milliseconds = {name: f"{median(times, name) * 1e3:,.0f} ms" for name in commands}
    bare = milliseconds["pass"]
    return [
        Row(
            "promptlang --version / python -c pass",
            ratio(times, "version", "pass"),
            3,
            2,
            note=f"{milliseconds['version']} / {bare}",
        ),
        Row(
            "promptlang check of 12 shots / python -c pass",
            ratio(times, "check", "pass"),
            9,
            3,
            note=f"{milliseconds['check']} / {bare}",
        ),
        Row(
            "promptlang compile of 12 shots / python -c pass",
            ratio(times, "compile", "pass"),
            20,
            12,
            note=f"{milliseconds['compile']} / {bare}",
        ),
    ]
