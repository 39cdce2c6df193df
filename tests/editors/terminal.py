"""A terminal of the size of a window: what a program draws on it, and keys typed into it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

COLUMNS, ROWS = 120, 44
PATIENCE = 20.0
"""Seconds for something to be shown."""


class _Screen(pyte.Screen):
    """A screen that answers nothing: what programs ask of a terminal they can do without."""

    def report_device_status(self, *_: Any, **__: Any) -> None:
        """Leave a program to what it believes of the cursor."""

    def report_device_attributes(self, *_: Any, **__: Any) -> None:
        """Leave a program to what it believes of the terminal."""

    def select_graphic_rendition(self, *attributes: int, **kind: Any) -> None:
        """Take colours, but not those questions about keys that look like them."""
        if not kind:
            super().select_graphic_rendition(*attributes)


class Terminal:
    """A program in a terminal of its own.

    Attributes:
        screen: What is drawn.
    """

    __slots__ = ("_process", "_stream", "screen")

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]):
        self.screen = _Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self._process = pexpect.spawn(
            command[0],
            [*command[1:]],
            cwd=str(folder),
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            dimensions=(ROWS, COLUMNS),
            timeout=None,
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close(force=True)

    @property
    def text(self) -> str:
        """What is drawn, as lines."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, keys: str) -> None:
        """Type keys."""
        self._process.send(keys)

    def read(self, seconds: float = 0.05) -> None:
        """Draw what comes within some time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self._stream.feed(self._process.read_nonblocking(65536, timeout=left))
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF:
                time.sleep(left)

    def wait(self, what: str, is_so: Callable[[str], object]) -> None:
        """Draw until something is seen.

        Raises:
            TimeoutError: It never is.
        """
        until = time.monotonic() + PATIENCE
        while True:
            self.read()
            if is_so(self.text):
                return
            if time.monotonic() > until:
                raise TimeoutError(f"{what} does not come; the screen says\n{self.text}")

    def wait_end(self) -> None:
        """Draw until the program ends.

        Raises:
            TimeoutError: It does not.
        """
        self.wait("the end", lambda _: not self._process.isalive())
