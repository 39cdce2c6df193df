"""What is wrong with a script, as values: problems, their places, and how to mend them.

A `Problem` is the kind (name, code, severity and the page ``explain`` shows); a `Diagnostic` is
one occurrence with its message and place. Nothing here prints.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.source import Span


class Severity(StrEnum):
    """How much a diagnostic matters.

    ``error``: an interface would refuse it. ``warning``: it costs money or meaning. ``info``: the
    compiler did something the writer may want to know. ``hint``: advice of the craft.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """Order of weight; 0 is the heaviest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Edit:
    """Replace what stands at a span by another text (an empty span inserts)."""

    __slots__ = ("span", "text")

    def __init__(self, span: Span, text: str) -> None:
        self.span = span
        self.text = text

    def __repr__(self) -> str:
        return f"Edit({self.span!r} -> {self.text!r})"


class Fix:
    """A mend a tool can apply.

    Attributes:
        message: What applying it does, in the imperative.
        edits: The replacements; they never overlap.
        safe: Whether it keeps the meaning the writer evidently had.
    """

    __slots__ = ("edits", "message", "safe")

    def __init__(self, message: str, edits: Iterable[Edit], *, safe: bool = True) -> None:
        self.message = message
        self.edits = tuple(edits)
        self.safe = safe

    def __repr__(self) -> str:
        return f"Fix({self.message!r})"


def removal(span: Span, message: str = "remove the line", *, safe: bool = False) -> Fix:
    """Return the fix that removes the line a place begins on, with its line end."""
    source, line = span.source, span.line
    start = source.starts[line - 1]
    end = source.starts[line] if line < len(source.starts) else len(source.text)
    whole = span.part(start - span.start, end - span.start)
    return Fix(message, [Edit(whole, "")], safe=safe)


def replacement(span: Span, words: Iterable[str], *, safe: bool = False) -> list[Fix]:
    """Return the fix that writes the one word that was meant, none where several may be."""
    meant = list(words)
    if len(meant) != 1:
        return []
    return [Fix(f'write "{meant[0]}"', [Edit(span, meant[0])], safe=safe)]


class Related:
    """Another place that explains a diagnostic."""

    __slots__ = ("message", "span")

    def __init__(self, message: str, span: Span) -> None:
        self.message = message
        self.span = span

    def __repr__(self) -> str:
        return f"Related({self.message!r}, {self.span!r})"


class Diagnostic:
    """One thing to tell the writer.

    Attributes:
        name: The readable name of its problem, such as ``shot-too-long``.
        code: The code of its problem, such as ``PL201``.
        severity: How much it matters.
        message: What was written and what is allowed; lower case, no full stop.
        hint: What to do about it, or None.
        span: Where it stands.
        related: Other places that explain it.
        fixes: Mends a tool can apply.
    """

    __slots__ = ("code", "fixes", "hint", "message", "name", "related", "severity", "span")

    def __init__(
        self,
        name: str,
        code: str,
        severity: Severity,
        message: str,
        span: Span,
        *,
        hint: str | None = None,
        related: Iterable[Related] = (),
        fixes: Iterable[Fix] = (),
    ) -> None:
        self.name = name
        self.code = code
        self.severity = severity
        self.message = message
        self.span = span
        self.hint = hint
        self.related = tuple(related)
        self.fixes = tuple(fixes)

    @property
    def is_error(self) -> bool:
        """Whether it keeps the script from being compiled."""
        return self.severity is Severity.ERROR

    @property
    def family(self) -> str:
        """The family its code belongs to."""
        return family(self.code)

    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """Order of reporting: file, place, weight, code."""
        span = self.span
        return span.path, span.start, span.end, self.severity.rank, self.code, self.message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Diagnostic) and self.sort_key() == other.sort_key()

    def __hash__(self) -> int:
        return hash(self.sort_key())

    def __repr__(self) -> str:
        place = f"{self.span.path}:{self.span.line}:{self.span.column}"
        return f"<{place} {self.severity} {self.name} {self.code}: {self.message}>"


FAMILIES = {
    "syntax": (0, 99),
    "names": (100, 199),
    "timing": (200, 299),
    "camera": (300, 349),
    "continuity": (350, 399),
    "edits": (400, 499),
    "portability": (500, 599),
    "assets": (600, 699),
    "dialogue": (700, 799),
    "wording": (800, 899),
    "hygiene": (900, 999),
}
"""The families of problems, with the first and the last number of their codes."""


def family(code: str) -> str:
    """Return which of the `FAMILIES` a code belongs to."""
    number = int(code[2:])
    return next(name for name, (first, last) in FAMILIES.items() if first <= number <= last)


class Problem:
    """A kind of diagnostic: its names, its weight, and its page.

    The page is Markdown: a summary line, why it matters, then **Example** and **Use instead**,
    each followed by a fenced ``shot`` block. Both blocks are executed by the tests: the first
    must report exactly this problem, the second must not.

    Attributes:
        name: Its readable name, such as ``shot-too-long``.
        code: Its code, such as ``PL201``; the number says which of the `FAMILIES` it is of.
        severity: How much it usually matters.
        page: What ``explain`` shows.
        opinionated: Whether it is a matter of taste, reported only where it is selected.
    """

    __slots__ = ("code", "name", "opinionated", "page", "severity")

    def __init__(
        self, name: str, code: str, severity: Severity, page: str, *, opinionated: bool = False
    ) -> None:
        self.name = name
        self.code = code
        self.severity = severity
        self.page = page
        self.opinionated = opinionated

    @property
    def family(self) -> str:
        """The family its code belongs to."""
        return family(self.code)

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.strip().split("\n", 1)[0]

    def at(
        self,
        span: Span,
        message: str,
        *,
        hint: str | None = None,
        related: Iterable[Related] = (),
        fixes: Iterable[Fix] = (),
        severity: Severity | None = None,
    ) -> Diagnostic:
        """Return an occurrence of this problem at a place."""
        return Diagnostic(
            self.name,
            self.code,
            severity or self.severity,
            message,
            span,
            hint=hint,
            related=related,
            fixes=fixes,
        )

    def __repr__(self) -> str:
        return f"Problem({self.name}, {self.code})"


class Loss(Diagnostic):
    """Something a target cannot express.

    Attributes:
        kind: ``approximated`` (said another way) or ``dropped`` (not said at all).
    """

    __slots__ = ("kind",)

    def __init__(self, kind: str, diagnostic: Diagnostic) -> None:
        super().__init__(
            diagnostic.name,
            diagnostic.code,
            diagnostic.severity,
            diagnostic.message,
            diagnostic.span,
            hint=diagnostic.hint,
            related=diagnostic.related,
            fixes=diagnostic.fixes,
        )
        self.kind = kind


def did_you_mean(words: Iterable[str]) -> str | None:
    """Return *did you mean "this" or "that"?*, None where there is nothing to suggest."""
    meant = " or ".join(f'"{word}"' for word in words)
    return f"did you mean {meant}?" if meant else None


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics without repetitions in the order they are reported."""
    # To make a key takes longer than to compare two, and they are equal where their keys are.
    keyed: dict[tuple[str, int, int, int, str, str], Diagnostic] = {}
    for diagnostic in diagnostics:
        keyed.setdefault(diagnostic.sort_key(), diagnostic)
    return [keyed[key] for key in sorted(keyed)]
