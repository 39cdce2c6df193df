"""Side by side: variants interleaved, CPU clock, medians, ratios repetition by repetition."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Times = dict[str, list[float]]


def race(variants: Mapping[str, Callable[[], object]], repetitions: int) -> Times:
    """Run every variant in turn, so often, and return the CPU seconds of each run.

    Each is run once before, unmeasured, so that imports and caches are not part of it.
    """
    for run in variants.values():
        run()
    times: Times = {name: [] for name in variants}
    for _ in range(repetitions):
        for name, run in variants.items():
            gc.collect()
            start = time.process_time()
            run()
            times[name].append(time.process_time() - start)
    return times


def race_processes(commands: Mapping[str, Sequence[str]], repetitions: int, cwd: str) -> Times:
    """The same for whole processes: the CPU seconds of the child, start-up included."""
    for command in commands.values():
        _child(command, cwd)
    times: Times = {name: [] for name in commands}
    for _ in range(repetitions):
        for name, command in commands.items():
            times[name].append(_child(command, cwd))
    return times


def _child(command: Sequence[str], cwd: str) -> float:
    # Installed packages have their byte code; a checkout may be told to write none.
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(cwd, "bytecode"))}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    before = _spent()
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)
    spent = _spent() - before
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")
    return spent


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # os.times() only counts in 10 ms ticks
    return used.ru_utime + used.ru_stime


def median(times: Times, name: str) -> float:
    """Return the median seconds of a variant."""
    return statistics.median(times[name])


def ratio(times: Times, name: str, base: str) -> float:
    """Return how many times a base a variant takes: the median of the pairwise ratios."""
    pairs = zip(times[name], times[base], strict=True)
    return statistics.median(a / b if b else float("inf") for a, b in pairs)
