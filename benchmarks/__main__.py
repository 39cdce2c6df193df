"""Run the benchmarks: ``python -m benchmarks [--quick] [PART …]``."""

from __future__ import annotations

import argparse
import os
import platform

from benchmarks import batch, editor, memory, parsing, startup
from benchmarks.script import script
from benchmarks.table import table

PARTS = {"parsing": parsing, "memory": memory, "startup": startup, "batch": batch, "editor": editor}


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, shorter scripts")
    options = parser.parse_args()
    unknown = sorted(set(options.parts) - PARTS.keys())
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    text = script(1000)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; a shot is", end=" ")
    print(f"{text.count(chr(10)) / 1000:.1f} lines, {len(text.encode()) / 1000:.0f} bytes\n")
    rows = []
    for name in options.parts or PARTS:
        for row in PARTS[name].measure(quick=options.quick):
            rows.append(row)
            # A row at once, for whoever waits; the table follows when all of them are there.
            print(f"{row.what}: {row.cells()[1]} {row.verdict}".rstrip(), flush=True)
    print(f"\n{table(rows)}")


if __name__ == "__main__":
    main()
