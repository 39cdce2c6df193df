"""The words rules look for, listed by family in ``grammar/craft``, and patterns made of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from promptlang.lint.passages import words_of
from promptlang.lint.patterns import any_of
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    import re


def _at(path: tuple[str, ...]) -> Any:
    found: Any = vocabulary().craft
    for name in path:
        found = found[name]
    return found


@cache
def craft(*path: str) -> dict[str, Any]:
    """Return a table of a family, or one within it, by the names that lead there."""
    found: dict[str, Any] = _at(path)
    return found


@cache
def words(*path: str) -> tuple[str, ...]:
    """Return a list of words or phrases by the names that lead there; of a table its ``words``."""
    found = _at(path)
    listed: tuple[str, ...] = found["words"] if isinstance(found, dict) else found
    return listed


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """Return the pattern that finds any word of a list."""
    return any_of(words(*path))


@cache
def telling(*path: str) -> frozenset[str]:
    """Return a word of each phrase of a list for a rule to wait for, the longest being rarest."""
    # Behind the last word of several an apostrophe may follow, which would make it another.
    phrases = [words_of(phrase) for phrase in words(*path)]
    return frozenset(max(said[:-1] or said, key=len) for said in phrases if said)
