"""What a writer may have meant: the nearest spellings by edit distance."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.vocabulary.tables import CAMERA
from promptlang.vocabulary.words import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.vocabulary.load import Vocabulary
    from promptlang.vocabulary.terms import Term

_LONGEST = 60
_SHORTEST = 5
_TRIED = 5
_ANYWHERE = frozenset({*CAMERA, "transition"})
"""What is looked through where no category is asked for: what is read in a list of camera terms."""

_LITTLE = frozenset({"shot", "camera", "the", "a", "of", "over", "to", "in", "on", "with", "and"})
"""Words that two phrases may share and have nothing in common."""


def nearest(
    vocabulary: Vocabulary,
    text: str,
    categories: tuple[str, ...],
    limit: int,
    around: tuple[str, str] = ("", ""),
) -> list[str]:
    """Return the phrases of the terms whose spellings are nearest to a text.

    With categories given, terms of no other category are named; without, those of a camera and
    transitions, which are read among them. What is no misspelt term may be a phrase with a
    misspelt word in it; only where it is not, shared words count.
    """
    key = key_of(text[: _LONGEST * 2])[:_LONGEST]
    if not key:
        return []
    # Beside words that are understood, the word that completes them is nearer than any other.
    if any(around) and not categories and (said := mended(vocabulary, text, *around)):
        return [said]
    wanted = frozenset(categories) or _ANYWHERE
    bound = 1 + len(key) // 5
    letters = _letters(key)
    best: dict[str, tuple[int, int, str]] = {}
    for spelling, mask, id, category in _spellings(vocabulary):
        if category not in wanted:
            continue
        if abs(len(spelling) - len(key)) > bound or (mask ^ letters).bit_count() > 2 * bound:
            continue
        far = distance(key, spelling, bound)
        if far <= bound and (id not in best or far < best[id][0]):
            best[id] = (far, abs(len(spelling) - len(key)), spelling)
    if not best and not categories and (said := mended(vocabulary, text, *around)):
        return [said]
    if not best:
        best = _sharing(vocabulary, key, wanted)
    order = sorted(best, key=lambda id: (*best[id], id))[:limit]
    return list(dict.fromkeys(_spelt(vocabulary.terms[id], text) for id in order))


def _spelt(term: Term, text: str) -> str:
    """Return the name of a term to offer for a text.

    A transition is written the short way, ``dissolve``, and voiced in full, *dissolve to*.
    """
    if term.category != "transition":
        return term.phrase
    typed = text.casefold()[:_LONGEST]
    bound = 1 + len(typed) // 5
    names = (term.phrase, *term.also)
    near = min(names, key=lambda name: distance(typed, name.casefold(), bound))
    return near if distance(typed, near.casefold(), bound) <= bound else term.phrase


def mended(vocabulary: Vocabulary, text: str, before: str = "", after: str = "") -> str | None:
    """Return a text with its one misspelt word put right, where it can be read then.

    Args:
        vocabulary: Where the words come from.
        text: What could not be read, such as ``slow dolley in``.
        before: What stands before it in its phrase.
        after: What stands behind it.
    """
    from promptlang.vocabulary.phrases import read_terms

    right = _words(vocabulary)
    written = text.split()
    wrong = [word for word in written if key_of(word) not in right]
    if not wrong and len(written) == 1:
        wrong = written  # a word of the field in the wrong place: wide shoot
    # Two strange words are more likely a description than two slips.
    if len(wrong) != 1:
        return None
    for meant in _close(wrong[0], right.values()):
        said = " ".join(meant if word == wrong[0] else word for word in written)
        phrases = read_terms(f"{before}{said}{after}")
        if phrases and not any(phrase.unknown for phrase in phrases):
            return said
    return None


def _close(word: str, right: Iterable[str]) -> list[str]:
    """Return the words of the vocabulary a word may have been meant to be, the nearest first."""
    typed = word.casefold()[:_LONGEST]
    bound = 1 + len(typed) // 6
    if len(typed) < _SHORTEST:
        return []
    found = []
    for other in right:
        if abs(len(other) - len(typed)) <= bound:
            far = distance(typed, other, bound)
            if 0 < far <= bound:
                found.append((far, other))
    return [other for _, other in sorted(found)[:_TRIED]]


@lru_cache(maxsize=1)
def _words(vocabulary: Vocabulary) -> dict[str, str]:
    """Every word that names of camera terms and modifiers are made of, as people spell it."""
    camera = set(vocabulary.camera.values())
    names = [term for id, term in vocabulary.terms.items() if id in camera]
    spellings = [name for term in names for name in (term.phrase, *term.also)]
    spelt = " ".join([*spellings, *vocabulary.places]).casefold()
    words = sorted({word for word in spelt.split() if word.isalpha()}, key=lambda w: (-len(w), w))
    return {key_of(word): word for word in words}


def _sharing(
    vocabulary: Vocabulary, key: str, categories: frozenset[str]
) -> dict[str, tuple[int, int, str]]:
    """Terms that share the most words with a text of several words."""
    words = set(key.split()) - _LITTLE
    best: dict[str, tuple[int, int, str]] = {}
    for spelling, _, id, category in _spellings(vocabulary):
        if category not in categories:
            continue
        known = set(spelling.split())
        shared = len(words & known)
        if shared and shared * 2 >= len(words):
            rank = (-shared, distance(key, spelling, _LONGEST), spelling)
            if id not in best or rank < best[id]:
                best[id] = rank
    return best


@lru_cache(maxsize=1)
def _spellings(vocabulary: Vocabulary) -> list[tuple[str, int, str, str]]:
    pairs = [
        *vocabulary.camera.items(),
        *((key, entry[0]) for key, entry in vocabulary.joints.items()),
    ]
    pairs += [pair for scope in vocabulary.scopes.values() for pair in scope.items()]
    pairs += [(short, id) for short, id in vocabulary.short.items() if len(short) > 2]
    return [
        (key, _letters(key), id, vocabulary.terms[id].category)
        for key, id in dict.fromkeys(pairs)
        if id in vocabulary.terms
    ]


def _letters(key: str) -> int:
    """A set of letters as bits: two keys at distance n differ in at most 2 n of them."""
    mask = 0
    for char in key:
        mask |= 1 << (ord(char) % 61)
    return mask


def distance(first: str, second: str, bound: int) -> int:
    """Return the edit distance of two words, or more than ``bound`` where it is more.

    Inserting, deleting, replacing a letter and swapping two neighbours count one each.
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, char in enumerate(first, 1):
        far = bound + 1
        low, high = max(1, at - bound), min(len(second), at + bound)
        fresh = [at, *([far] * len(second))]
        if low > 1:
            fresh[0] = far
        for to in range(low, high + 1):
            other = second[to - 1]
            cost = min(row[to] + 1, fresh[to - 1] + 1, row[to - 1] + (char != other))
            swapped = at > 1 and to > 1 and char == second[to - 2] and first[at - 2] == other
            if swapped:
                cost = min(cost, before[to - 2] + 1)
            fresh[to] = cost
        if min(fresh[low - 1 : high + 1]) > bound:
            return bound + 1
        before, row = row, fresh
    return row[-1]
