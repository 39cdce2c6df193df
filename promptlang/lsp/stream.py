"""Reading what an editor sends."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

_PIECE = 1 << 16
"""Bytes read at once at most."""


class Input:
    """Standard input, read in as large pieces as there are: one message costs one wait or none."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read: Callable[[int], bytes] = stream.read1  # type: ignore[attr-defined]  # it is buffered
        self._pool = ThreadPoolExecutor(1, "input")
        self._waiting = bytearray()
        self._ended = False

    async def readline(self) -> bytes:
        """Return the next line with its end, less at the end of the input."""
        at = 0
        while (end := self._waiting.find(b"\n", at)) < 0 and not self._ended:
            at = len(self._waiting)
            await self._more()
        return self._take(end + 1 if end >= 0 else len(self._waiting))

    async def readexactly(self, count: int) -> bytes:
        """Return the next so many bytes, none if there are not so many."""
        while len(self._waiting) < count and not self._ended:
            await self._more()
        return self._take(count) if len(self._waiting) >= count else b""

    async def _more(self) -> None:
        piece = await asyncio.get_running_loop().run_in_executor(self._pool, self._read, _PIECE)
        self._waiting += piece
        self._ended = not piece

    def _take(self, count: int) -> bytes:
        taken = bytes(self._waiting[:count])
        del self._waiting[:count]
        return taken
