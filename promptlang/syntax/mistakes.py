"""Noting down what is wrong with a line while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.syntax.ast import Change, Junk, Line, Mend, Mistake

if TYPE_CHECKING:
    from promptlang.diagnostics import Problem

PROSE_HINT = 'begin the line with "\\" if it is prose'


class Mended:
    """A mend before its line exists: replace ``start`` to ``end`` by ``text``."""

    __slots__ = ("end", "message", "safe", "start", "text")

    def __init__(self, message: str, start: int, end: int, text: str, *, safe: bool = True) -> None:
        self.message = message
        self.start = start
        self.end = end
        self.text = text
        self.safe = safe


def report(
    found: list[Mistake],
    line: Line,
    problem: Problem,
    start: int,
    end: int,
    message: str,
    *,
    hint: str | None = None,
    mend: Mended | None = None,
    mends: tuple[Mend, ...] = (),
) -> None:
    """Note a mistake on a line."""
    if mend is not None:
        change = Change(line, mend.start, mend.end, mend.text)
        mends = (Mend(mend.message, [change], safe=mend.safe),)
    found.append(Mistake(problem, line, start, end, message, hint=hint, mends=mends))


class Misfit(Exception):  # noqa: N818 - no error of the program: a line that cannot be read
    """Raised inside of a reader where a line does not fit; never leaves this package.

    Attributes:
        problem: The kind of mistake.
        start: Where it begins in the line.
        end: Where it ends.
        message: What to tell the writer.
        hint: What to do about it, or None.
        mend: The evident mend, or None.
    """

    def __init__(
        self,
        problem: Problem,
        start: int,
        end: int,
        message: str,
        *,
        hint: str | None = None,
        mend: Mended | None = None,
    ) -> None:
        super().__init__(message)
        self.problem = problem
        self.start = start
        self.end = end
        self.message = message
        self.hint = hint
        self.mend = mend

    def junk(
        self, found: list[Mistake], text: str, meant: str, names: tuple[str, ...] = ()
    ) -> Junk:
        """Return the line as junk and note the mistake."""
        line = Junk(text, meant, names)
        report(
            found,
            line,
            self.problem,
            self.start,
            self.end,
            self.message,
            hint=self.hint,
            mend=self.mend,
        )
        return line


def shown(text: str, limit: int = 40) -> str:
    """Return a text for a message, in double quotes, shortened where it is long."""
    text = text.strip()
    return f'"{text}"' if len(text) <= limit else f'"{text[: limit - 1]}…"'
