"""Looking for garbage while nobody waits.

What follows from a script is knotted, so every version of one leaves garbage that only the
collector finds. Left to itself it would run in the middle of an answer, or, where it is held back
while much is built, so seldom that memory grows with every key.
"""

from __future__ import annotations

import asyncio
import gc

REST = 2.0
"""Seconds without a message after which all objects are looked at, which takes a while."""
_MOST = 1000
"""Messages after which that happens even so."""


class Tidy:
    """Looks for garbage in the place of the collector, once it has taken over from it.

    Where several servers share a process the collector stays.
    """

    def __init__(self) -> None:
        self._begun = False
        self._messages = 0
        self._last = 0.0
        self._waits = False

    def begin(self) -> None:
        """Take over from the collector; nothing that is loaded by now is garbage."""
        self._begun = True
        gc.disable()
        gc.freeze()

    def heard(self) -> None:
        """Take note that a message came."""
        if not self._begun:
            return
        loop = asyncio.get_running_loop()
        self._last = loop.time()
        self._messages += 1
        if self._messages > _MOST:
            self._all()
        elif not self._waits:
            self._waits = True
            loop.call_later(REST, self._rested)

    def told(self) -> None:
        """Look at what is new, once an answer is out."""
        if self._begun:
            asyncio.get_running_loop().call_soon(gc.collect, 0)

    def _rested(self) -> None:
        loop = asyncio.get_running_loop()
        since = loop.time() - self._last
        self._waits = since < REST
        if self._waits:
            loop.call_later(REST - since, self._rested)
        elif self._messages:
            self._all()

    def _all(self) -> None:
        self._messages = 0
        gc.collect()
