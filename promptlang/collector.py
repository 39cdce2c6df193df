"""Holding back the cyclic garbage collector while much is built that has no cycles.

It would run again and again over all of a tree that only grows, which costs up to half of the
time it takes to build.
"""

from __future__ import annotations

import gc


class Paused:
    """Keeps the collector from running inside a ``with`` block, nested ones included.

    Only who finds it running starts it again, so in the end it runs if it did at first, whatever
    other threads do meanwhile.
    """

    __slots__ = ("_running",)

    def __enter__(self) -> None:
        self._running = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._running:
            gc.enable()
