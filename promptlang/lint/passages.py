"""The texts of a script as rules about wording see them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.model.storyboard import CASCADE, Angle, Edit, Speech, Text
from promptlang.model.texts import Ruler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.model.storyboard import Entity, Storyboard, Unit
    from promptlang.source import Span

    Row = tuple[str, Text, Unit | None, Entity | None]

ROLES = (
    "prose",  # what happens, in SHOT, ANGLE ON and COVERAGE
    *CASCADE,  # environment, style, mood, lighting, sound, music
    "negative",  # what must not appear
    "change",  # what an EDIT does
    "keep",  # one member of what stays
    "request",  # what a pasted angle asks for
    "speech",  # what is said
    "manner",  # how it is said
    "super",  # what is read on screen
    "role",  # what a ref of `using` is for
    "description",  # what a declared thing looks like
)
"""What a text is to its block."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")  # the same, in two thirds of the time


class Passage:
    """One text of the script.

    Attributes:
        role: What it is, one of `ROLES`.
        text: The text.
        unit: The block it stands in, or the first it reaches; None for a description.
        entity: Whose description it is, or who says it; else None.
    """

    __slots__ = ("_ruler", "entity", "role", "text", "unit")

    def __init__(
        self, role: str, text: Text, unit: Unit | None = None, entity: Entity | None = None
    ) -> None:
        self.role = role
        self.text = text
        self.unit = unit
        self.entity = entity
        self._ruler: Ruler | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, casefolded, in order."""
        return words_of(self.text.plain)

    @property
    def plain(self) -> str:
        """Its words as written, refs spelt ``@Name``; offsets of `span` count in it."""
        return self.text.plain

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of `plain` stands in the script."""
        if self._ruler is None:
            self._ruler = Ruler(self.text)
        return self._ruler.place(start, end)

    def find(self, pattern: re.Pattern[str], group: int | str = 0) -> Iterator[tuple[str, Span]]:
        """Yield what a pattern finds, each with its place; of a group where one is named."""
        for match in pattern.finditer(self.plain):
            if match[group] is not None:
                yield match[group], self.span(*match.span(group))

    def __repr__(self) -> str:
        return f"Passage({self.role}, {self.plain!r})"


# A text is asked for its words by the rules that wait for words, and by those about its block.
@lru_cache(maxsize=4096)
def words_of(plain: str) -> tuple[str, ...]:
    """Return the words of a text, casefolded, in order."""
    if plain.isascii():
        return tuple(_ASCII_WORD.findall(plain.lower()))
    return tuple(_WORD.findall(plain.casefold()))


def whole_line(span: Span) -> Span:
    """Return the line a place stands in, with its line end."""
    source, number = span.source, span.line
    start = source.starts[number - 1]
    end = source.starts[number] if number < len(source.starts) else len(source.text)
    return span.part(start - span.start, end - span.start)


def is_meant(span: Span, things: Iterable[str], before: Iterable[str]) -> bool:
    """Whether a word is no likeness and names no thing: daylight lamps, bright as daylight."""
    text = span.source.text
    previous = words_of(text[max(0, span.start - 20) : span.start])[-1:]
    behind = text[span.end : span.end + 20]
    if behind.startswith("-") or not set(previous).isdisjoint(before):
        return False
    return not behind.startswith(" ") or set(words_of(behind)[:1]).isdisjoint(things)


def texts(storyboard: Storyboard, units: Iterable[Unit]) -> list[Row]:
    """Return every text once, in the order of the blocks it first reaches."""
    found: list[Row] = [
        ("description", entity.description, None, entity)
        for entity in storyboard.entities.values()
        if entity.description
    ]
    add = found.append
    seen: set[int] = set()
    for unit in units:
        for role, lines in unit.texts.items():
            # One list may reach several blocks, and so may one line of several lists.
            if lines and id(lines) not in seen:
                seen.add(id(lines))
                for line in lines:
                    if id(line) not in seen:
                        seen.add(id(line))
                        add((role, line, unit, None))
        for line in unit.negative:
            if id(line) not in seen:
                seen.add(id(line))
                add(("negative", line, unit, None))
        for part in unit.body:
            if isinstance(part, Text):
                add(("prose", part, unit, None))
            elif isinstance(part, Speech):
                add(("speech", part.words, unit, part.speaker))
                if part.manner:
                    add(("manner", part.manner, unit, part.speaker))
            else:
                add(("super", part.words, unit, None))
        if isinstance(unit, (Edit, Angle)):
            _asked(unit, found)
        for use in unit.using:
            if use.role:
                add(("role", use.role, unit, use.entity))
    return found


def _asked(unit: Edit | Angle, found: list[Row]) -> None:
    """Add what is asked of a source."""
    if unit.keep is not None:
        found += [("keep", part, unit, None) for part in unit.keep.parts]
    if isinstance(unit, Edit):
        found += [("change", change.text, unit, None) for change in unit.changes]
    elif unit.request:
        found.append(("request", unit.request, unit, None))
