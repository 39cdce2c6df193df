r"""The text of a script and places in it.

Offsets count code points from 0; lines and columns count from 1. A line ends at ``\n``,
``\r\n`` or ``\r`` and at nothing else, so U+2028, form feed and their kin stay inside a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\r|\n")


class Source:
    """A named text with an index of its lines.

    Attributes:
        path: How messages name the text: a path as the user gave it, or ``"<text>"``.
        text: The whole text, without the byte-order mark a file may begin with.
    """

    __slots__ = ("_starts", "path", "text")

    def __init__(self, text: str, path: str = "<text>") -> None:
        self.text = text
        self.path = path
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            if "\r" in self.text:
                self._starts = [0, *(m.end() for m in _LINE_END.finditer(self.text))]
            else:
                # To add up lengths takes a third of the time.
                lengths = [len(line) + 1 for line in self.text.split("\n")[:-1]]
                self._starts = list(accumulate(lengths, initial=0))
        return self._starts

    def indexed(self, starts: list[int]) -> None:
        """Take the index of the lines from who has it already."""
        self._starts = starts

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column, both from 1, of an offset in code points."""
        starts = self._starts or self.starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line (from 1) without its line end; empty past the last line."""
        if number > len(self.starts):
            return ""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} characters)"


class Span:
    """A stretch of a source: ``source.text[start:end]``.

    Attributes:
        source: The text the stretch belongs to.
        start: Offset of its first code point.
        end: Offset behind its last code point.
    """

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def path(self) -> str:
        """The path of the source."""
        return self.source.path

    @property
    def line(self) -> int:
        """The line of the first code point, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column of the first code point, from 1, in code points."""
        return self.source.position(self.start)[1]

    @property
    def last_line(self) -> int:
        """The line of the last code point, from 1; of an empty stretch the line it stands on."""
        return self.source.position(max(self.start, self.end - 1))[0]

    @property
    def text(self) -> str:
        """What stands there."""
        return self.source.text[self.start : self.end]

    def part(self, start: int, end: int) -> Span:
        """Return the stretch from ``start`` to ``end``, counted from this one's start."""
        return Span(self.source, self.start + start, self.start + end)

    def _key(self) -> tuple[str, int, int]:
        return self.source.path, self.start, self.end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Span({self.path}:{self.line}:{self.column} {self.text[:40]!r})"
