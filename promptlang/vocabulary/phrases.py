"""Reading lists of camera terms, transitions, and camera words in prose."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.vocabulary.camera import Node, parse
from promptlang.vocabulary.compose import compose
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.match import Item, items, settle
from promptlang.vocabulary.prose import edit_verb, find_language, find_terms, is_person, is_time
from promptlang.vocabulary.transitions import read_transition

if TYPE_CHECKING:
    from promptlang.vocabulary.terms import Phrase

__all__ = [
    "edit_verb",
    "find_language",
    "find_terms",
    "is_person",
    "is_time",
    "read_items",
    "read_terms",
    "read_transition",
]


def read_items(text: str) -> list[Item]:
    """Read the same as the things it is made of: terms, modifiers, joining words, other words."""
    words = vocabulary()
    return settle(words, items(words, text))


@lru_cache(maxsize=4096)
def read_terms(text: str) -> tuple[Phrase, ...]:
    """Read what stands behind a heading's colon or in ``camera:``.

    Every word ends up in some phrase: nothing is refused, and what the vocabulary does not know
    is kept and marked as unknown.
    """
    words = vocabulary()
    found = read_items(text)
    _, members = parse([item.kind for item in found])
    phrases: list[Phrase] = []
    for member in members:
        if not isinstance(member, int):
            phrases += compose(words, text, _clauses(member, found))
    return tuple(phrases)


def _clauses(member: Node, found: list[Item]) -> list[tuple[str, list[Item]]]:
    head = [found[child] for child in member[1] if isinstance(child, int)]
    rest = [child for child in member[1] if not isinstance(child, int)]
    return [("member", head), *((name, [found[at] for at in places]) for name, places in rest)]
