r"""The text an editor holds: lines, positions in the units it counts in, and its changes.

A line ends at ``\n``, ``\r\n`` or ``\r`` and at nothing else, as in `promptlang.source`. Lines and
characters of the protocol count from 0, characters in the units of the encoding that was agreed on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.source import Source, Span

    Position = dict[str, int]
    Range = dict[str, Position]

ENCODINGS = ("utf-8", "utf-16", "utf-32")
"""The units positions can be counted in."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines:
    """One version of a text, with an index of its lines.

    Attributes:
        text: The text.
        encoding: One of `ENCODINGS`.
        starts: The offset at which each line begins, in code points.
    """

    __slots__ = ("encoding", "starts", "text")

    def __init__(self, text: str, encoding: str, starts: list[int] | None = None) -> None:
        self.text = text
        self.encoding = encoding
        self.starts = starts or [0, *(m.end() for m in _LINE_END.finditer(text))]

    @staticmethod
    def of(source: Source, encoding: str) -> Lines:
        """Return the lines of a source, which has the same index."""
        return Lines(source.text, encoding, source.starts)

    def offset(self, position: Position) -> int:
        """Return where a position is, in code points; what lies past an end is that end."""
        line, character = position["line"], position["character"]
        if line < 0:
            return 0
        if line >= len(self.starts):
            return len(self.text)
        start, end = self.bounds(line)
        said = self.text[start:end]
        if self.encoding == "utf-32" or said.isascii():
            return start + min(max(character, 0), len(said))
        units = 0
        for index, letter in enumerate(said):
            units += _size(letter, self.encoding)
            if units > character:
                return start + index  # in the middle of a letter is before it
        return end

    def bounds(self, line: int) -> tuple[int, int]:
        """Return where a line (from 0) begins and ends, its line end aside."""
        start = self.starts[line]
        if line + 1 >= len(self.starts):
            return start, len(self.text)
        end = self.starts[line + 1]
        return start, end - (2 if self.text.startswith("\r\n", end - 2) and end - 2 >= start else 1)

    def position(self, offset: int) -> Position:
        """Return the position of an offset in code points."""
        line = bisect_right(self.starts, offset) - 1
        start, end = self.bounds(line)
        said = self.text[start : min(offset, end)]
        return {"line": line, "character": units(said, self.encoding)}

    def range(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return {"start": self.position(start), "end": self.position(end)}

    def ranges(self, stretches: Iterable[tuple[int, int]]) -> Iterator[Range]:
        """Yield the ranges of stretches; in order, each costs the way from the one before only."""
        line, at, character = 0, 0, 0
        for stretch in stretches:
            found = []
            for offset in stretch:
                here = bisect_right(self.starts, offset) - 1
                if here != line or offset < at:
                    line, at, character = here, self.starts[here], 0
                character += units(self.text[at:offset], self.encoding)
                at = offset
                found.append({"line": line, "character": character})
            yield {"start": found[0], "end": found[1]}

    def of_span(self, span: Span) -> Range:
        """Return the range of a span of this text."""
        return self.range(span.start, span.end)

    def stretch(self, range: Range) -> tuple[int, int]:
        """Return the offsets between which a range lies, the lower one first."""
        start, end = self.offset(range["start"]), self.offset(range["end"])
        return (start, end) if start <= end else (end, start)

    def changed(self, change: dict[str, Any]) -> Lines:
        """Return the text after a change; the index is made anew where it changed only."""
        text: str = change["text"]
        if change.get("range") is None:
            return Lines(text, self.encoding)
        start, end = self.stretch(change["range"])
        return self.spliced(start, end, text)

    def spliced(self, start: int, end: int, text: str) -> Lines:
        """Return the text with other words between two offsets."""
        whole = self.text[:start] + text + self.text[end:]
        after, shift = start + len(text), len(text) - (end - start)
        # The line before is looked at again: what ends it may now be part of ``\r\n``.
        first = max(0, bisect_right(self.starts, start) - 2)
        ends = (m.end() for m in _LINE_END.finditer(whole, self.starts[first], after + 1))
        rest = self.starts[bisect_right(self.starts, end) :]
        starts = [
            *self.starts[: first + 1],
            *(found for found in ends if found <= after),
            *([at + shift for at in rest] if shift else rest),
        ]
        return Lines(whole, self.encoding, starts)


def units(text: str, encoding: str) -> int:
    """Return how long a text is in the units of an encoding."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _size(letter: str, encoding: str) -> int:
    if encoding == "utf-16":
        return 2 if letter > "\uffff" else 1
    return len(letter.encode("utf-8", "surrogatepass"))
