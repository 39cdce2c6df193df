"""What of a parameter's value decides how it is read: its shape.

Two values of one shape are read alike: they begin and end alike, have the same marks, and the
words of the field they hold are the same in the same order. All other words are opaque to
promptlang, so which ones they are makes no difference.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.words import tokens

if TYPE_CHECKING:
    from promptlang.model.storyboard import Storyboard

LONGEST = 240
"""The longest value that has a shape."""

# Words with a mark or a blank between them; whatever else there is goes the full way.
_PLAIN = re.compile(r"[^\W_]+(?:(?:[,;.!?]? |['’-])[^\W_]+)*[.!?…]?")
_WIDE = 0x1100
"""From here on a character may count as a token of its own."""
_KEPT = 10_000
_FIRST = {"d": "7", "U": "Q", "l": "q", "o": "界"}
_SHORT = "QXZKVJWPGFBHCM"

MOST = len(_SHORT)
"""How many values can be told apart at once."""

CORE = "zqx"
"""By this a value made by `marks` or `sized` is known; nobody writes such a word."""


class Shape(NamedTuple):
    """What of a value decides how it is read.

    Attributes:
        first: Its first character: ``U`` upper case, ``l`` lower case, ``d`` digit, ``o`` other.
        last: Its last character where that is a mark.
        upper: Whether it is all capitals.
        several: Whether it has several words.
        wide: Whether it has characters that count as a token each.
        outline: Its known words and its marks, in order.
    """

    first: str
    last: str
    upper: bool
    several: bool
    wide: bool
    outline: tuple[str, ...]


class Shapes:
    """Reads values for one script, and remembers what it has read."""

    def __init__(self, storyboard: Storyboard) -> None:
        self._known = _known_words(storyboard)
        self._values: dict[str, Shape | None] = {}
        self._chunks: dict[str, tuple[str, ...]] = {}

    def of(self, value: str) -> Shape | None:
        """Return the shape of a value, None where only the full way knows how it is read."""
        if value not in self._values:
            if len(self._values) > _KEPT:
                self._values.clear()
            self._values[value] = self._read(value)
        return self._values[value]

    def _read(self, value: str) -> Shape | None:
        if len(value) > LONGEST or not _PLAIN.fullmatch(value):
            return None
        ascii_only = value.isascii()
        if not (ascii_only or unicodedata.is_normalized("NFC", value)):
            return None
        first, last = value[0], value[-1]
        return Shape(
            "d" if first.isdigit() else "U" if first.isupper() else "l" if first.islower() else "o",
            "" if last.isalnum() else last,
            value.isupper(),
            " " in value,
            not ascii_only and any(ord(character) >= _WIDE for character in value),
            self._outline(value),
        )

    def _outline(self, value: str) -> tuple[str, ...]:
        """Return the known words and the marks of a value, with ``_`` for any words between."""
        outline: list[str] = []
        for chunk in value.split(" "):
            if chunk not in self._chunks:
                if len(self._chunks) > _KEPT:
                    self._chunks.clear()
                self._chunks[chunk] = self._chunk(chunk)
            for piece in self._chunks[chunk]:
                if piece != "_" or outline[-1:] != ["_"]:
                    outline.append(piece)
        return tuple(outline)

    def _chunk(self, chunk: str) -> tuple[str, ...]:
        bare = chunk.rstrip(",;.!?…")
        marks = tuple(chunk[len(bare) :])
        if bare.isdecimal() and bare not in self._known:
            return ("#", *marks)
        pieces: list[str] = []
        for token in tokens(bare):
            known = token.key in self._known or token.kind != "word"
            pieces.append(token.key or token.short if known else "_")
        return (*pieces, *marks)


def marks(shapes: list[Shape]) -> list[str]:
    """Return a value of each shape that can be told from all others and from any text."""
    texts = []
    for number, shape in enumerate(shapes):
        core = f"{CORE}{chr(97 + number)}{CORE}"
        text = f"{_FIRST[shape.first]}zq{' ' if shape.several else ''}{core}"
        text = (text.upper() if shape.upper else text) + ("界" if shape.wide else "")
        texts.append(text + shape.last)
    return texts


def sized(shapes: list[Shape], size: int) -> list[str]:
    """Return a value of each shape of about ``size`` characters, all different."""
    texts = []
    for number, shape in enumerate(shapes):
        begin = {"d": str(number % 10), "o": chr(0x754C + number)}.get(shape.first, _SHORT[number])
        begin = begin if shape.first == "U" else begin.lower()
        filler = "界" if shape.wide else f"{CORE.upper() if shape.upper else CORE} "
        body = (begin + filler * size)[: max(size - len(shape.last), 1)].rstrip()
        texts.append(body + shape.last)
    return texts


def _known_words(storyboard: Storyboard) -> frozenset[str]:
    """Return the keys of all words that may change how a text is read or judged."""
    known = vocabulary()
    keys = [*known.camera, *known.short, *known.prose, *known.person_keys, *known.languages]
    keys += [key for scope in known.scopes.values() for key in scope]
    keys += [*known.edit_verbs, *known.motion_verbs, *known.manners, *known.varieties]
    keys += [*known.ambiguous, *known.negative_standard, *known.around_time]
    for unit in storyboard.units:
        keys += [text.plain for text in unit.negative]
    return frozenset(token.key for key in keys for token in tokens(key)) - {""}
