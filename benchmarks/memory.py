"""Peak memory of a parse, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.script import script
from benchmarks.table import Row

# Counted by the allocator: the resident size hides behind what imports took and gave back.
CHILD = """\
import sys, tracemalloc
import promptlang
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
promptlang.parse(text[:3000])
tracemalloc.start()
script = promptlang.parse(text)
print(tracemalloc.get_traced_memory()[1])
"""


def measure(*, quick: bool) -> list[Row]:
    """Return how much memory a parse takes at its height, as a multiple of the text."""
    text = script(3000 if quick else 10_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.shot"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True
        )
    grown = int(done.stdout)
    size = len(text.encode())
    return [
        Row(
            "peak memory of a parse / input",
            grown / size,
            10,
            7,
            note=f"{grown / 2**20:.1f} MiB for {size / 2**20:.1f} MiB",
        )
    ]
