"""Characters and sizes no script may have, each reported where it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.diagnostics import Severity
from promptlang.syntax import problems
from promptlang.syntax.ast import Block, Field, Junk
from promptlang.syntax.chars import MARKS, ZERO_WIDTH
from promptlang.syntax.inline import quotes
from promptlang.syntax.mistakes import Mended, Misfit
from promptlang.syntax.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.diagnostics import Diagnostic, Problem
    from promptlang.syntax.ast import Line, Mistake

FILE_LIMIT = 4 * 1024 * 1024
"""Bytes of UTF-8 a file may have."""

LINE_LIMIT = 64 * 1024
"""Bytes of UTF-8 a line may have, its line end included."""

BLOCK_LIMIT = 20_000
"""Headings a script may have."""

DIAGNOSTIC_LIMIT = 1_000
"""Diagnostics of one file that are reported one by one."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_OPENING, _POPPING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"
_SUSPECT = Pattern(rf"[\ud800-\udfff{_BIDI}{ZERO_WIDTH}]")
_HALF = Pattern("[\ud800-\udfff]")
_CONTROL = Pattern(f"[{_BIDI}]")
_NAME = Pattern(rf"(?:[@＠]|\{{)[\w{MARKS}]*([{ZERO_WIDTH}])[\w{MARKS}]")
_TOKEN = "<<<"
_NUMBERED = Pattern(r"<<<(image|video|element|audio|voice)_?([0-9]+)>>>", re.IGNORECASE)


def suspicious(text: str) -> bool:
    """Whether a text may hold characters `check_characters` would report."""
    if "\0" in text or _TOKEN in text:
        return True
    return not text.isascii() and _SUSPECT.on(text).search(text) is not None


def check_characters(block: Block) -> Block:
    """Return the block with lines that hold forbidden characters made junk and reported."""
    if not suspicious(block.text):
        return block
    found = list(block.mistakes)
    lines: list[Line] = []
    for line in block.lines:
        misfit = _misfit(line)
        if misfit is None:
            lines.append(line)
            continue
        # One line, one mistake: what else was seen in it may follow from the same character.
        found = [mistake for mistake in found if mistake.line is not line]
        junk = misfit.junk(found, line.text, line.kind, _names(line))
        junk.at = line.at
        lines.append(junk)
    return Block(block.kind, tuple(lines), tuple(found), block.size)


def size(text: str) -> int:
    """Return how many bytes of UTF-8 a text has."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def is_long(text: str) -> bool:
    """Whether a line is too long to be read."""
    return len(text) > LINE_LIMIT // 4 and size(text) > LINE_LIMIT


def long_line(text: str, meant: str, found: list[Mistake]) -> Junk:
    """Return a line that is too long as junk."""
    return Misfit(
        problems.LINE_TOO_LONG,
        0,
        len(text.rstrip("\r\n")),
        f"the line has {size(text):,} bytes; a line may have {LINE_LIMIT:,}",
        hint="divide it",
    ).junk(found, text, meant)


def unfit(value: str) -> tuple[Problem, str] | None:
    """Return what no text may hold and a value given from outside does, and what to say of it."""
    if "\0" in value:
        return problems.NULL_CHARACTER, "a NUL character"
    if match := _HALF.on(value).search(value):
        return _half(match[0])
    # Quotes stand around a value in a script, so a pair of direction controls is fine in it.
    if (at := _unclosed(value, 0, len(value))) >= 0:
        return problems.BIDI_CONTROL, f"the invisible U+{ord(value[at]):04X}, which is left open"
    return None


def capped(diagnostics: Sequence[Diagnostic], limit: int = DIAGNOSTIC_LIMIT) -> list[Diagnostic]:
    """Return the diagnostics of each file up to the limit, and how many more there are."""
    kept: list[Diagnostic] = []
    counts: dict[str, int] = {}
    last: dict[str, Diagnostic] = {}
    errors: set[str] = set()
    for diagnostic in diagnostics:
        path = diagnostic.span.path
        counts[path] = counts.get(path, 0) + 1
        if counts[path] <= limit:
            kept.append(diagnostic)
            last[path] = diagnostic
        elif diagnostic.is_error:
            errors.add(path)
    for path, count in counts.items():
        if count > limit:
            kept.append(
                problems.TOO_MANY_DIAGNOSTICS.at(
                    last[path].span,
                    f"and {count - limit:,} more",
                    hint="mend the first ones and check again",
                    # An error among those left out must still fail the check.
                    severity=Severity.ERROR if path in errors else None,
                )
            )
    return kept


def _misfit(line: Line) -> Misfit | None:
    text = line.text
    if (at := text.find("\0")) >= 0:
        return Misfit(
            problems.NULL_CHARACTER,
            at,
            at + 1,
            "the line holds a NUL character",
            mend=_without(text, "\0", at),
        )
    if match := _HALF.on(text).search(text):
        problem, what = _half(match[0])
        again = "remove it or write the character again"
        hint = "save the file as UTF-8" if problem is problems.INVALID_BYTES else again
        return Misfit(problem, *match.span(), f"the line holds {what}", hint=hint)
    if (at := _bidi(text)) >= 0:
        return Misfit(
            problems.BIDI_CONTROL,
            at,
            at + 1,
            f"the invisible U+{ord(text[at]):04X} changes the direction of the text",
            hint="remove it, or close it between quotes",
            mend=_without(text, text[at], at, safe=False),
        )
    if match := _NAME.on(text).search(text):
        return Misfit(
            problems.ZERO_WIDTH_IN_NAME,
            match.start(1),
            match.end(1),
            f"a name holds the invisible U+{ord(match[1]):04X}",
            hint="remove it",
            mend=_without(text, match[1], match.start(1)),
        )
    return _control_token(line)


def _without(text: str, character: str, at: int, *, safe: bool = True) -> Mended:
    """Return the mend that removes a character from there on: one alone would leave the rest."""
    end = text.rindex(character) + 1
    return Mended("remove it", at, end, text[at:end].replace(character, ""), safe=safe)


def _half(character: str) -> tuple[Problem, str]:
    code = ord(character)
    # This is how Python spells a byte that is no UTF-8 (surrogateescape).
    if 0xDC80 <= code <= 0xDCFF:
        return problems.INVALID_BYTES, f"the byte 0x{code - 0xDC00:02X}, which is no UTF-8"
    return problems.LONE_SURROGATE, f"the code U+{code:04X}, which is half a character"


def _bidi(text: str) -> int:
    """Return the place of the first direction control that is not allowed, or -1."""
    if not _CONTROL.on(text).search(text):
        return -1
    at = 0
    for start, end in quotes(text):
        if match := _CONTROL.on(text).search(text, at, start):
            return match.start()
        if (place := _unclosed(text, start, end)) >= 0:
            return place
        at = end
    match = _CONTROL.on(text).search(text, at)
    return match.start() if match else -1


def _unclosed(text: str, start: int, end: int) -> int:
    """Return the place of a direction control without its partner in a stretch, or -1."""
    depth = 0
    opened = -1
    for match in _CONTROL.on(text).finditer(text, start, end):
        if match[0] in _OPENING:
            depth, opened = depth + 1, match.start()
        elif match[0] in _POPPING:
            depth -= 1
        if depth < 0:
            return match.start()
    return opened if depth else -1


def _control_token(line: Line) -> Misfit | None:
    if line.kind == "comment" or (isinstance(line, Field) and line.key.text == "note"):
        return None
    text = line.text
    at = text.find(_TOKEN)
    end = text.find(">>>", at)
    if at < 0 or end < 0 or (line.comment is not None and at >= line.comment.start):
        return None
    end += 3
    match = _NUMBERED.on(text).fullmatch(text, at, end)
    from_token = None
    if match:
        better = f"@{match[1].capitalize()}{match[2]}"
        from_token = Mended(f"write {better}", at, end, better, safe=False)
    return Misfit(
        problems.CONTROL_TOKEN,
        at,
        end,
        f'"{text[at:end][:60]}" is a reference token of a provider',
        hint="declare what it means and write @Name",
        mend=from_token,
    )


def _names(line: Line) -> tuple[str, ...]:
    """Return the names a line would have made known."""
    part = getattr(line, "name", None) or getattr(line, "output", None)
    return (part.text,) if part is not None else getattr(line, "names", ())
