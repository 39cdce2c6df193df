"""Cutting resolved texts without losing the place of a word.

Offsets here count in `Text.plain`, where a mention is as long as ``@`` and its name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.model.entities import Mention, Run, Text, typed
from promptlang.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlang.vocabulary.terms import Phrase

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "『": "』"}
_MARK = re.compile('[,，、"“„«「『]')


class Ruler:
    """A text measured once, to be cut many times.

    Attributes:
        text: The text.
        plain: Its plain words.
    """

    __slots__ = ("_origin", "_starts", "plain", "text")

    def __init__(self, text: Text) -> None:
        self.text = text
        self.plain = text.plain
        # Where the words begin in the script, if offsets in both are the same: nearly always.
        self._origin: int | None = text.start if text.typed else None
        self._starts: list[int] = []
        if text.typed and text.is_words:
            self._starts.append(0)
            return
        parts = text.parts
        if len(parts) == 1:
            self._starts.append(0)
            if self._origin is None and _literal(parts[0]):
                self._origin = parts[0].start
            return
        at = 0
        for part in parts:
            self._starts.append(at)
            at += width(part)

    def cut(self, start: int, end: int) -> Text:
        """Return the text between two offsets; a mention cut in two becomes words."""
        text = self.text
        if text.typed and text.is_words and start < end:
            if start == 0 and end >= len(self.plain):
                return text
            cut = self.plain[start:end]
            return typed(cut, text.source, text.start + start, text.start + start + len(cut))
        one = len(text.parts) == 1
        if start == 0 and end >= len(self.plain) and (one or text.typed) and text.parts:
            return text
        if one and start < end:
            run = _slice(text.parts[0], start, end)
            return typed(run.text, run.source, run.start, run.end)
        kept: list[Run | Mention] = []
        index = max(bisect_right(self._starts, start) - 1, 0)
        for number in range(index, len(text.parts)):
            part, at = text.parts[number], self._starts[number]
            if at >= end:
                break
            low, high = max(start - at, 0), min(end - at, width(part))
            if low < high:
                kept.append(part if high - low == width(part) else _slice(part, low, high))
        if not kept:
            return Text((), self._point(start))
        begin, until = kept[0].start, max(kept[0].end, kept[-1].end)
        if text.typed:
            return Text.at(tuple(kept), self.plain[start:end], text.source, begin, until)
        return Text(tuple(kept), Span(text.source, begin, until))

    def place(self, start: int, end: int) -> Span:
        """Return where a stretch of the plain text stands in the script."""
        if start >= end or (start == 0 and end >= len(self.plain)):
            return self.cut(start, end).span
        origin = self._origin
        if origin is not None:
            return Span(self.text.source, origin + start, origin + end)
        index = bisect_right(self._starts, start) - 1
        part, at = self.text.parts[index], self._starts[index]
        if end <= at + width(part) and _literal(part):
            return Span(part.source, part.start + start - at, part.start + end - at)
        return self.cut(start, end).span

    def strip(self, start: int, end: int, extra: str = "") -> Text:
        """Return a stretch without white space, and without ``extra`` characters, around it."""
        plain = self.plain
        while start < end and (plain[start].isspace() or plain[start] in extra):
            start += 1
        while end > start and (plain[end - 1].isspace() or plain[end - 1] in extra):
            end -= 1
        return self.text if (start, end) == (0, len(plain)) else self.cut(start, end)

    def end_of(self, place: int) -> int:
        """Return the offset behind a part."""
        return self._starts[place] + width(self.text.parts[place])

    def _point(self, offset: int) -> Span:
        index = max(bisect_right(self._starts, offset) - 1, 0)
        part, inside = self.text.parts[index], offset - self._starts[index]
        if _literal(part):
            return Span(part.source, part.start + inside, part.start + inside)
        return Span(part.source, part.end, part.end)


def width(part: Run | Mention) -> int:
    """Return the length of a part in the plain text."""
    return len(part.text) if isinstance(part, Run) else len(part.written) + 1


def strip(text: Text, extra: str = "") -> Text:
    """Return the text without white space (and ``extra`` characters) around it."""
    plain = text.plain
    if not plain:
        return text
    first, last = plain[0], plain[-1]
    if first.isspace() or last.isspace() or first in extra or last in extra:
        return Ruler(text).strip(0, len(plain), extra)
    return text


def cover(first: Span | Text, last: Span | Text) -> Span:
    """Return the span from the start of one to the end of another of the same source."""
    return Span(first.source, first.start, max(first.end, last.end))


def members(text: Text) -> Iterator[Text]:
    """Yield the comma-separated members that are not empty; quoted commas do not separate."""
    if _MARK.search(text.plain) is None:
        only = strip(text)
        if only:
            yield only
        return
    ruler = Ruler(text)
    for start, end in _members(text.plain):
        yield ruler.cut(start, end) if end - start < len(text.plain) else text


@lru_cache(maxsize=1024)
def _members(plain: str) -> tuple[tuple[int, int], ...]:
    """Return where the comma-separated members stand, white space around them aside."""
    found = []
    start = 0
    for end in [*_commas(plain), len(plain)]:
        member = plain[start:end]
        at = start + len(member) - len(member.lstrip())
        if member := member.strip():
            found.append((at, at + len(member)))
        start = end + 1
    return tuple(found)


def join(texts: Sequence[Text], glue: str) -> Text:
    """Return several texts as one, with ``glue`` between them."""
    if len(texts) == 1:
        return texts[0]
    parts: list[Run | Mention] = []
    for text in texts:
        if parts:
            parts.append(Run.at(glue, text.source, text.start, text.start))
        parts.extend(text.parts)
    return Text(tuple(parts), cover(texts[0], texts[-1]))


def lowered(text: Text, *, first: int | None = None) -> Text:
    """Return the text with its words in lower case (only the first so many characters)."""
    words = text.plain[:first]
    if words == words.lower():
        return text
    parts: list[Run | Mention] = []
    at = 0
    for part in text.parts:
        if isinstance(part, Run):
            size = len(part.text) if first is None else max(0, min(first - at, len(part.text)))
            parts.append(Run(part.text[:size].lower() + part.text[size:], part.span))
        else:
            parts.append(part)
        at += width(part)
    return Text(tuple(parts), text.span)


def emitted(phrase: Phrase, told: Text) -> Text:
    """Return the canonical words of a phrase; refs keep what they were bound to.

    Args:
        phrase: As the vocabulary read it.
        told: The text it was read from.
    """
    source, origin = told.source, told.start
    parts: list[Run | Mention] = []
    ruler: Ruler | None = None
    for piece in phrase.pieces:
        start, end = origin + piece.start, origin + piece.end
        named: tuple[Run | Mention, ...] = ()
        # Offsets in what was typed are offsets in the script: most phrases measure nothing.
        if piece.ref or not told.typed:
            ruler = ruler or Ruler(told)
            cut = ruler.cut(piece.start, piece.end)
            start, end = cut.start, cut.end
            named = cut.parts if piece.ref else ()
        if parts and not piece.glued:
            parts.append(Run.at(" ", source, start, start))
        if named:
            parts += named
        else:
            parts.append(Run.at(piece.text, source, start, end))
    if told.typed:
        return Text(tuple(parts), Span(source, origin + phrase.start, origin + phrase.end))
    return Text(tuple(parts), Ruler(told).place(phrase.start, phrase.end))


def _literal(part: Run | Mention) -> bool:
    """Whether offsets in the part are offsets in the script (no parameter, no escape)."""
    return width(part) == part.end - part.start


def _slice(part: Run | Mention, low: int, high: int) -> Run:
    content = part.text if isinstance(part, Run) else f"@{part.written}"
    start, end = part.start, part.end
    if len(content) == end - start:
        start, end = start + low, start + high
    return Run.at(content[low:high], part.source, start, end)


def _commas(plain: str) -> Iterator[int]:
    index = 0
    missing: set[str] = set()
    while (found := _MARK.search(plain, index)) is not None:
        index = found.end()
        closer = _QUOTES.get(found.group())
        if closer is None:
            # A decimal comma (2,5 m) belongs to its number.
            if not plain[index - 2 : index - 1].isdigit() or not plain[index : index + 1].isdigit():
                yield index - 1
        elif closer not in missing:
            end = plain.find(closer, index)
            if end < 0:
                # A mark that nothing closes is an inch mark, not a quote.
                missing.add(closer)
            else:
                index = end + 1
