"""What is made of a script goes when nobody holds it: the collector finds nothing of it."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest

import promptlang

EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/*.shot"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_is_left_of_an_example(example: Path) -> None:
    def work() -> None:
        promptlang.check(example)
        promptlang.compile(example)

    work()  # what is remembered for all scripts is no garbage
    gc.collect()
    gc.disable()
    try:
        gc.set_debug(gc.DEBUG_SAVEALL)
        work()
        gc.collect()
        left = Counter(type(thing).__name__ for thing in gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert left == Counter()
