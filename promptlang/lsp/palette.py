"""What words and names are coloured as."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from promptlang.lsp.legend import (
    DEPRECATED,
    MEDIA,
    MODIFIER,
    NUMBER,
    OUTPUT,
    PARAMETER,
    PERSON,
    STRING,
    TERM,
    THING,
    TRANSITION,
    UNRESOLVED,
)
from promptlang.model.names import fold
from promptlang.providers.registry import target
from promptlang.vocabulary.phrases import read_items, read_terms, read_transition

if TYPE_CHECKING:
    from promptlang.model.declared import Declared

_PEOPLE = frozenset({"character", "creature"})
_MEDIA = frozenset({"audio", "image", "style", "video", "voice"})

Stretches = tuple[tuple[int, int, int, int], ...]
"""Where words begin and end in a text, what they are, and what is said besides."""


class Kind(NamedTuple):
    """What a name is coloured as, and how much of the run behind the ``@`` it takes."""

    type: int
    modifiers: int
    size: int


class Names:
    """What the names of one version of a script are coloured as."""

    __slots__ = ("_declared", "_kinds", "_parameters")

    def __init__(self, declared: Declared) -> None:
        self._declared = declared
        self._parameters = declared.parameters
        self._kinds: dict[str, Kind] = {}

    def kind(self, name: str) -> Kind:
        """Return the kind of ``@name`` or ``{name``."""
        found = self._kinds.get(name)
        if found is None:
            make = self._parameter if name[0] == "{" else self._name
            found = self._kinds[name] = make(name[1:])
        return found

    def _parameter(self, name: str) -> Kind:
        lost = 0 if fold(name) in self._parameters else UNRESOLVED
        return Kind(PARAMETER, lost, len(name))

    def _name(self, run: str) -> Kind:
        meant = self._declared.meant(run)
        if meant is None:
            return Kind(THING, UNRESOLVED, len(run))
        key, size = meant
        entity = self._declared.names.get(key)
        if entity is None:
            # An attachment, or a line that cannot be read: the first says by its name what it is.
            return Kind(MEDIA if key not in self._declared.names else THING, 0, size)
        if entity.origin == "output":
            return Kind(OUTPUT, 0, size)
        return Kind(type_of(entity.kind), 0, size)


def type_of(kind: str) -> int:
    """Return what the names of a kind of declaration are coloured as."""
    return PERSON if kind in _PEOPLE else MEDIA if kind in _MEDIA else THING


@lru_cache(maxsize=4096)
def camera_words(text: str) -> Stretches:
    """Return what the vocabulary knows of a list of camera terms, and what it does not."""
    types = {"TERM": TERM, "MODIFIER": MODIFIER, "QUOTED": STRING}
    found = [
        (item.start, item.end, types[item.kind], 0)
        for item in read_items(text)
        if item.kind in types and item.start < item.end
    ]
    for phrase in read_terms(text):
        # An unknown word passes as it is: it is a word of the prompt like any other.
        found += ((start, end, STRING, UNRESOLVED) for start, end in phrase.unknown)
    return tuple(sorted(found))


@lru_cache(maxsize=1024)
def transition_words(text: str) -> Stretches:
    """Return what the vocabulary knows of a transition."""
    phrase, tail = read_transition(text)
    end = len(text) if tail is None else tail
    found = []
    start = 0
    if "duration" in phrase.modifiers and phrase.pieces:
        length = phrase.pieces[0]
        found = [(0, length.start, TRANSITION, 0), (length.start, length.end, NUMBER, 0)]
        start = length.end
    found.append((start, end, TRANSITION, UNRESOLVED if phrase.unknown else 0))
    if tail is not None:
        found += (
            (tail + a, tail + b, type, said) for a, b, type, said in camera_words(text[tail:])
        )
    return tuple([_trimmed(text, stretch) for stretch in found])


def _trimmed(text: str, stretch: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Return a stretch without the blanks and marks around it."""
    start, end, type, modifiers = stretch
    while start < end and text[start] in " \t,;:":
        start += 1
    while end > start and text[end - 1] in " \t,;:":
        end -= 1
    return start, end, type, modifiers


@lru_cache(maxsize=256)
def said_of_target(name: str) -> int:
    """Return what is to be said of the name of a target."""
    found = target(name)
    return UNRESOLVED if found is None else DEPRECATED if found.replacement else 0
