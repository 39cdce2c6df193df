"""The pieces of a line: words, refs, texts, quotes, durations, each with its place in the line.

Part of the syntax tree (`promptlang.syntax.ast`), which hands all of it on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.syntax.chars import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


class Part:
    """A piece of a line. ``start`` and ``end`` count from the start of the line."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def values(self) -> tuple[object, ...]:
        """Return what stands in its slots, places aside."""
        return tuple(
            getattr(self, name)
            for cls in type(self).__mro__
            for name in getattr(cls, "__slots__", ())
            if name not in {"start", "end"}
        )

    def meaning(self) -> tuple[object, ...]:
        """Return what it says, as something to compare: no places, no layout."""
        return meaning_of(self.values())

    def same(self, other: object) -> bool:
        """Whether another part says the same, wherever it stands."""
        return isinstance(other, Part) and (
            type(self) is type(other) and self.meaning() == other.meaning()
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}[{self.start}:{self.end}]{self.values()!r}"


class Word(Part):
    """A bare word or name: a kind, a label, the ``name`` of ``AS @name`` (without its ``@``)."""

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text

    def meaning(self) -> tuple[object, ...]:
        """Return the word as names are compared."""
        return (fold(self.text),)


class Ref(Part):
    """``@Name`` in a text. ``name`` is the whole run of name characters after the ``@``.

    Which declared name it means is decided when names are bound: the longest declared name that
    the run begins with counts where a non-ASCII character follows.
    """

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name

    def meaning(self) -> tuple[object, ...]:
        """Return the name as names are compared."""
        return (fold(self.name),)


class Param(Part):
    """``{name}`` in a text."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name

    def meaning(self) -> tuple[object, ...]:
        """Return the name as names are compared."""
        return (fold(self.name),)


class Escape(Part):
    r"""A backslash and the character it makes literal, such as ``\@``. ``text`` is that character.

    At the start of a prose line ``text`` may be empty: the backslash only says "this is prose".
    """

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text


class Text(Part):
    """A stretch of text with what is marked up in it.

    Attributes:
        marks: Refs, parameters and escapes in order; their places count from the line too.
    """

    # A copy of what the line holds already would be a fifth of what a tree weighs.
    __slots__ = ("_held", "marks")

    def __init__(
        self, start: int, end: int, raw: str, marks: tuple[Ref | Param | Escape, ...] = ()
    ) -> None:
        """Keep a stretch.

        Args:
            start: Where it begins in its line.
            end: Where it ends.
            raw: Either just the stretch or all of its line, which is shared and not copied.
            marks: What is marked up in it.
        """
        self.start = start
        self.end = end
        self._held = raw
        self.marks = marks

    @property
    def raw(self) -> str:
        """Exactly what stands between ``start`` and ``end``."""
        held = self._held
        # As long as the stretch is the stretch: a line of that length would be all stretch.
        return held if len(held) == self.end - self.start else held[self.start : self.end]

    def values(self) -> tuple[object, ...]:
        """Return the marks and what stands there, whichever way it is kept."""
        return self.marks, self.raw

    def meaning(self) -> tuple[object, ...]:
        """Return the words between the marks, and what the marks say."""
        raw = self.raw
        said: list[object] = []
        at = 0
        for mark in self.marks:
            said.append(raw[at : mark.start - self.start])
            said.append((type(mark).__name__, mark.meaning()))
            at = mark.end - self.start
        said.append(raw[at:])
        return tuple(said)


class Quoted(Part):
    """A quoted string; ``start`` and ``end`` include the quotes, ``text`` does not."""

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: Text) -> None:
        self.start = start
        self.end = end
        self.text = text


class Duration(Part):
    """A length of time as written.

    Attributes:
        seconds: Exact seconds, or None where the text holds a parameter (read after filling).
        text: What stands there.
    """

    __slots__ = ("seconds", "text")

    def __init__(self, start: int, end: int, seconds: Decimal | None, text: Text) -> None:
        self.start = start
        self.end = end
        self.seconds = seconds
        self.text = text

    def meaning(self) -> tuple[object, ...]:
        """Return the seconds, however they are written."""
        return self.text.meaning() if self.seconds is None else (self.seconds,)


class File(Part):
    """A file of a declaration: a quoted path and, of a video, the stretch that is meant."""

    __slots__ = ("path", "since", "until")

    def __init__(
        self, start: int, end: int, path: Quoted, since: Duration | None, until: Duration | None
    ) -> None:
        self.start = start
        self.end = end
        self.path = path
        self.since = since
        self.until = until


def parts_of(value: object) -> Iterator[Part]:
    """Yield the parts in a value of a slot, outer before inner (depth is fixed by the classes)."""
    if isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)
    elif isinstance(value, Part):
        yield value
        for inner in value.values():
            yield from parts_of(inner)


def meaning_of(values: tuple[object, ...]) -> tuple[object, ...]:
    """Return values of slots as something to compare (depth is fixed by the classes)."""
    said: list[object] = []
    for value in values:
        if isinstance(value, tuple):
            said.append(meaning_of(value))
        elif isinstance(value, Part):
            said.append((type(value).__name__, value.meaning()))
        else:
            said.append(value)
    return tuple(said)
