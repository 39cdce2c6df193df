"""Prints diagnostics for people: in full with the line they speak of, or one a line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from promptlang.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.diagnostics import Diagnostic
    from promptlang.source import Span

_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.INFO: "\x1b[1;36m",
    Severity.HINT: "\x1b[1;32m",
}
_DIM, _OFF = "\x1b[2m", "\x1b[0m"
_TAB = 4
_WIDTH = 100
"""Columns of a source line that are shown; a longer one is cut around the place meant."""


def show(diagnostics: Iterable[Diagnostic], format: str, stream: TextIO) -> None:
    """Print diagnostics, ``full`` or ``concise``; nothing at all where there are none."""
    colour = wants_colour(stream)
    for diagnostic in diagnostics:
        short = format == "concise"
        text = concise(diagnostic) if short else full(diagnostic, colour=colour) + "\n"
        print(text, file=stream)


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user does not mind colours."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def concise(diagnostic: Diagnostic) -> str:
    """Return one line in the form compilers and editors agree on."""
    span = diagnostic.span
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    return visible(
        f"{span.path}:{span.line}:{span.column}: {diagnostic.severity}: {diagnostic.message}"
        f"{hint} [{diagnostic.name} {diagnostic.code}]"
    )


def full(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """Return a diagnostic with the line it speaks of, its hint, its fixes and related places."""
    strong = _COLOURS[diagnostic.severity] if colour else ""
    dim, off = (_DIM, _OFF) if colour else ("", "")
    span = diagnostic.span
    number, margin = str(span.line), " " * len(str(span.line))
    excerpt, carets = _excerpt(span)
    further = f" to line {span.last_line}" if span.last_line > span.line else ""
    head = f"{diagnostic.severity}[{diagnostic.name} {diagnostic.code}]"
    lines = [
        f"{strong}{head}{off}: {visible(diagnostic.message)}",
        f"{dim}{margin}--> {visible(span.path)}:{span.line}:{span.column}{off}",
        f"{dim}{number} |{off} {excerpt}",
        f"{dim}{margin} |{off} {strong}{carets}{off}{further}",
    ]
    notes = [f"hint: {diagnostic.hint}"] if diagnostic.hint else []
    notes += [f"fix{' (unsafe)' * (not fix.safe)}: {fix.message}" for fix in diagnostic.fixes]
    for related in diagnostic.related:
        place = related.span
        notes.append(f"{place.path}:{place.line}:{place.column}: {related.message}")
    lines += [f"{dim}{margin} ={off} {visible(note)}" for note in notes]
    return "\n".join(lines)


def summary(diagnostics: Iterable[Diagnostic], files: int) -> str:
    """Return how many there are of each weight: ``1 error, 2 hints in 3 files``."""
    found = list(diagnostics)
    counts = []
    for severity in Severity:
        number = sum(d.severity is severity for d in found)
        noun = "info" if severity is Severity.INFO else f"{severity}{'s' * (number != 1)}"
        if number:
            counts.append(f"{number:,} {noun}")
    where = f"{files} file{'s' * (files != 1)}"
    return f"{', '.join(counts)} in {where}" if counts else f"nothing to report in {where}"


def mendable(found: Iterable[Diagnostic]) -> str:
    """Return how many of them fixes mend: ``--fix mends 3, with --unsafe-fixes 2 more``."""
    mended = [d for d in found if d.fixes]
    safe = sum(any(fix.safe for fix in d.fixes) for d in mended)
    more = len(mended) - safe
    if safe:
        return f"; --fix mends {safe:,}" + (f", with --unsafe-fixes {more:,} more" if more else "")
    return f"; --fix --unsafe-fixes mends {more:,}" if more else ""


def _excerpt(span: Span) -> tuple[str, str]:
    """Return the first line of a place as shown, and the carets below it."""
    text = span.source.line(span.line)
    start = min(span.column - 1, len(text))
    end = min(start + max(span.end - span.start, 1), max(len(text), start + 1))
    cut_left = cut_right = ""
    if len(text) > _WIDTH:
        left = max(0, min(start - _WIDTH // 3, len(text) - _WIDTH))
        cut_left = "…" if left else ""
        cut_right = "…" if left + _WIDTH < len(text) else ""
        text = text[left : left + _WIDTH]
        start, end = start - left, min(end - left, _WIDTH)
    before, inside = _shown(text[:start]), _shown(text[start:end])
    line = cut_left + _shown(text) + cut_right
    carets = " " * (width(cut_left) + width(before)) + "^" * max(width(inside), 1)
    return line, carets


def _shown(text: str) -> str:
    """Return a stretch of source with tabs as blanks and nothing a terminal would act on."""
    return visible(text.replace("\t", " " * _TAB))


def visible(text: str) -> str:
    r"""Return a text with control and direction marks spelt out, so no script can play them.

    A line break becomes ``\n`` as well: what is printed as one line stays one.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _is_harmless(c) else _spelt(c) for c in text)


def _is_harmless(character: str) -> bool:
    if character.isprintable():
        return True
    from unicodedata import category

    # Blanks of all kinds and joiners inside words are no danger; the rest of the invisible is.
    return category(character) == "Zs" or character in "\u200c\u200d"


def _spelt(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(c) or c in "\u200c\u200d\ufe0f" else 1 + (east_asian_width(c) in "WF")
        for c in text
    )
