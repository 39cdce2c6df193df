"""From places inside of a block to absolute ones: spans, and mistakes that become diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix
from promptlang.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.diagnostics import Diagnostic, Problem
    from promptlang.syntax.ast import Line, Part


# Makes what a class would make of its arguments, in two thirds of the time.
_new = object.__new__


class Spanner:
    """Makes absolute spans for the lines of one block that starts at ``start``.

    ``header`` is where a line can be added to the header.
    """

    __slots__ = ("header", "source", "start")

    def __init__(self, source: Source, start: int, header: int = 0) -> None:
        self.source = source
        self.start = start
        self.header = header

    def line(self, line: Line) -> Span:
        """The place of a line from its first to its last visible character."""
        body = line.text.rstrip()
        end = self.start + line.at + len(body)
        span = _new(Span)
        span.source = self.source
        span.start = end - len(body.lstrip())
        span.end = end
        return span

    def part(self, line: Line, part: Part) -> Span:
        """The place of a part of a line."""
        begin = self.start + line.at
        span = _new(Span)
        span.source = self.source
        span.start = begin + part.start
        span.end = begin + part.end
        return span

    def at(self, line: Line, start: int, end: int) -> Span:
        """The place from ``start`` to ``end`` of a line."""
        begin = self.start + line.at
        return Span(self.source, begin + start, begin + end)


class Change:
    """Replace ``start`` to ``end`` of a line by a text; without a line, add to the header."""

    __slots__ = ("end", "line", "start", "text")

    def __init__(self, line: Line | None, start: int, end: int, text: str) -> None:
        self.line = line
        self.start = start
        self.end = end
        self.text = text

    def at(self, spanner: Spanner) -> Edit:
        """Return the edit, placed."""
        if self.line is None:
            return Edit(Span(spanner.source, spanner.header, spanner.header), self.text)
        span = spanner.at(self.line, self.start, self.end)
        # The line end a text lacks is read as if it were there.
        span.end = min(span.end, len(spanner.source.text))
        return Edit(span, self.text)


class Mend:
    """A fix of a `Mistake`: some changes to the lines of its block, or to the header."""

    __slots__ = ("changes", "message", "safe")

    def __init__(self, message: str, changes: Iterable[Change], *, safe: bool = True) -> None:
        self.message = message
        self.changes = tuple(changes)
        self.safe = safe


class Mistake:
    """A diagnostic that does not yet know where its block stands.

    Attributes:
        problem: The kind of mistake.
        line: The line it is on.
        start: Where it begins, counted from the start of the line.
        end: Where it ends.
        message: What to tell the writer.
        hint: What to do about it, or None.
        mends: Fixes.
    """

    __slots__ = ("end", "hint", "line", "mends", "message", "problem", "start")

    def __init__(
        self,
        problem: Problem,
        line: Line,
        start: int,
        end: int,
        message: str,
        *,
        hint: str | None = None,
        mends: tuple[Mend, ...] = (),
    ) -> None:
        self.problem = problem
        self.line = line
        self.start = start
        self.end = end
        self.message = message
        self.hint = hint
        self.mends = mends

    def at(self, spanner: Spanner) -> Diagnostic:
        """Return the diagnostic, placed."""
        fixes = [
            Fix(mend.message, [change.at(spanner) for change in mend.changes], safe=mend.safe)
            for mend in self.mends
        ]
        span = spanner.at(self.line, self.start, self.end)
        return self.problem.at(span, self.message, hint=self.hint, fixes=fixes)
