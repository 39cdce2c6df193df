"""Holding back the cyclic garbage collector while much is built that has no cycles.

It would run again and again over all of a tree that only grows, which costs up to half of the
time it takes to build.
"""

from __future__ import annotations

import gc

_MANY = 20_000
"""Objects from which on walking over them takes long enough to be spared."""


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
            if gc.get_count()[0] > _MANY and not gc.get_freeze_count():
                # Counts what was built among what lives long; otherwise the next allocation
                # would have the collector walk over all of it.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
