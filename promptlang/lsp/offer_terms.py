"""The words of the field, offered where a list of camera terms or a transition is written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from promptlang.lsp.offer import Offer
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.phrases import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from promptlang.vocabulary.terms import Term

CAMERA = (
    "size",
    "angle",
    "movement",
    "lens",
    "path",
    "rig",
    "coverage",
    "composition",
    "time",
    "light",
    "look",
    "colour",
)
"""Categories of camera terms in the order in which a shot is described."""

_AT_ONCE = CAMERA[: CAMERA.index("light")]
"""The categories shown before a letter is typed: light and look have fields of their own."""
_LONGEST = 6
"""How many words of what is written may be the beginning of a term."""
_MODIFIERS = 30
_TAKEN = 40
_SYNONYM = 100
_INSIDE = 200
"""How much further down an item stands that is found by another spelling, or by a later word."""


class _Known:
    """A term or modifier with everything that may be typed for it.

    Attributes:
        id: The id of a term, the value of a modifier.
        phrase: What is written for it.
        spellings: What may be typed, folded, the phrase first.
        rank: Where it stands in the list.
        axis: What it settles, with its category.
        group: ``before`` or ``after`` of a modifier, the category of a term.
    """

    __slots__ = ("axis", "group", "id", "is_term", "phrase", "rank", "spellings")

    def __init__(self, id: str, phrase: str, group: str, rank: int, more: Iterable[str]) -> None:
        self.id = id
        self.phrase = phrase
        self.group = group
        self.rank = rank
        self.spellings = tuple(dict.fromkeys(map(_folded, (phrase, *more))))
        self.axis = ("", "")
        self.is_term = False


def _folded(words: str) -> str:
    return words.casefold().replace("-", " ")


def _of_term(term: Term, rank: int) -> _Known:
    more = [*term.abbreviations, *term.also]
    more += [spelling for some in term.localised.values() for spelling in some]
    known = _Known(term.id, term.phrase, term.category, rank, more)
    known.axis = (term.category, term.axis)
    known.is_term = True
    return known


@cache
def _terms(categories: tuple[str, ...]) -> tuple[_Known, ...]:
    found = [t for t in vocabulary().terms.values() if t.category in categories]
    found.sort(key=lambda term: categories.index(term.category))
    return tuple(_of_term(term, categories.index(term.category) + 1) for term in found)


@cache
def _modifiers() -> tuple[_Known, ...]:
    places = vocabulary().places.items()
    return tuple(_Known(value, value, place, _MODIFIERS, ()) for value, place in places)


def camera(written: str, at: int, verdict: str) -> list[Offer]:
    """Return what may be written in a list of camera terms.

    Args:
        written: The list as far as the cursor.
        at: Where it begins in its line.
        verdict: What the target makes of camera terms.
    """
    start = max(written.rfind(mark) for mark in ",，、;；") + 1
    start += len(written[start:]) - len(written[start:].lstrip())
    member = written[start:]
    taken = {
        (term.category, term.axis)
        for phrase in read_terms(written[:start])
        for term in phrase.terms
        if term.axis
    }
    inside = [term for phrase in read_terms(member) for term in phrase.terms] if member else []
    ways = {way for term in inside for way in term.ways}
    known = [*_terms(CAMERA), *_fitting(inside)] if member else _terms(_AT_ONCE)
    offers = []
    for found, spelling, begin, far in _matching(known, member):
        rank = found.rank + far
        goes_on = member[begin:].rstrip() != member[begin:]
        if goes_on or (found.group == "after" and found.phrase in ways):
            rank = 0  # what is written is not complete without it
        elif found.axis in taken:
            rank += _TAKEN
        offers.append(_offer(found, spelling, member[begin:], at + start + begin, rank, verdict))
    offers.sort(key=lambda offer: offer.rank)
    return offers


def _fitting(inside: Sequence[Term]) -> Iterator[_Known]:
    """Yield the modifiers that may stand here: what follows a term needs one before it."""
    for modifier in _modifiers():
        if modifier.group == "before" or inside:
            yield modifier


def words(categories: tuple[str, ...], written: str, at: int, verdict: str) -> list[Offer]:
    """Return the terms of some categories for the last member of a list."""
    start = max(written.rfind(mark) for mark in ",，、;；") + 1
    start += len(written[start:]) - len(written[start:].lstrip())
    member = written[start:]
    return [
        _offer(found, spelling, member[begin:], at + start + begin, found.rank + far, verdict)
        for found, spelling, begin, far in _matching(_terms(categories), member)
    ]


def transitions(written: str, at: int, verdict: str) -> list[Offer]:
    """Return the transitions that begin with what is written."""
    typed = _folded(written)
    return [
        _offer(known, found[0], written, at, known.rank + found[1], verdict)
        for known in _terms(("transition",))
        if (found := _spelt(known, typed, inside=len(typed) > 1)) is not None
    ]


def _offer(found: _Known, spelling: str, typed: str, start: int, rank: int, verdict: str) -> Offer:
    what = "term" if found.is_term else "modifier"
    kind = found.group if found.is_term else "modifier"
    return Offer(
        found.phrase,
        "transition" if kind == "transition" else what,
        f"{kind} · {verdict}" if verdict else kind,
        # Editors compare this with what is written: any spelling of a term finds it.
        filter=typed + spelling[len(typed) :] if typed else found.phrase,
        rank=rank,
        about=("term", found.id) if found.is_term else None,
        start=start,
    )


def _matching(known: Sequence[_Known], member: str) -> Iterator[tuple[_Known, str, int, int]]:
    """Yield what the last words may begin: its spelling, where they begin, how far it is off.

    As many words as possible count: behind ``medium clo`` the close-ups come that are medium.
    """
    starts = [at for at in range(len(member)) if _begins(member, at)][-_LONGEST:]
    seen: set[str] = set()
    for place, at in enumerate(starts):
        typed = _folded(member[at:])
        last = place == len(starts) - 1 and not typed[-1:].isspace()
        for found in known:
            meant = _spelt(found, typed, inside=last and len(typed) > 1)
            if meant is not None and found.id not in seen:
                seen.add(found.id)
                yield found, meant[0], at, meant[1]
        if seen and not typed[-1:].isspace():
            return
    if not member or member[-1].isspace():
        for found in known:
            if found.id not in seen:
                yield found, found.phrase, len(member), 0


def _begins(text: str, at: int) -> bool:
    return not text[at].isspace() and (at == 0 or text[at - 1].isspace())


def _spelt(known: _Known, typed: str, *, inside: bool) -> tuple[str, int] | None:
    """Return the spelling that begins as typed, or has a word that does, and how far off it is."""
    for spelling in known.spellings:
        if spelling.startswith(typed):
            near = spelling == typed or spelling is known.spellings[0]
            return spelling, 0 if near else _SYNONYM
    if inside:
        behind = f" {typed}"
        for spelling in known.spellings:
            if behind in spelling:
                # An editor compares letter by letter, and finds them from the first on.
                found = typed + spelling.partition(behind)[2]
                return found, _INSIDE if spelling is known.spellings[0] else 2 * _INSIDE
    return None
