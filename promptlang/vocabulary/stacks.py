"""Terms that stand together: which of them make one noun group, and with which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from promptlang.vocabulary.match import Item
    from promptlang.vocabulary.terms import Term

WAYS = frozenset(
    {"in", "out", "up", "down", "left", "right", "forward", "back", "backward", "away", "past"}
    | {"clockwise"}
)
"""A phrase that ends in one of these is a verb: push in, tilt up, drift away."""

NOUNS = frozenset(
    {"shot", "view", "angle", "close-up", "take", "single", "cutaway", "two-shot", "three-shot"}
    | {"coverage", "orbit", "zoom", "reveal", "move", "pan", "spin", "swing", "rise"}
)
"""A phrase that ends in one of these can carry another term before it: low-angle wide shot."""

# A phrase that begins with one of these can follow any other: push in from behind.
_LED = ("from ", "through ", "on ", "tracking from ", "tracking along", "tracking in ")
_ADVERBIAL = frozenset({"rig", "angle", "time"})


class Said(NamedTuple):
    """A term of a noun group: where it stands and its words when nothing follows it."""

    term: Term
    start: int
    end: int
    words: str


class Unit:
    """Terms that make one noun group, with their modifiers.

    Attributes:
        before: Modifiers and articles in front of the terms.
        terms: The terms.
        late: Modifiers that stand behind the terms and read better in front of them.
        after: Modifiers that stay behind.
    """

    __slots__ = ("after", "before", "late", "terms")

    def __init__(self, before: Iterable[Item] = ()) -> None:
        self.before: list[Item] = list(before)
        self.terms: list[Said] = []
        self.late: list[Item] = []
        self.after: list[Item] = []


def term_follows(items: Sequence[Item]) -> list[bool]:
    """For each place: whether a term comes next, with only modifiers and fillers before it."""
    follows = [False] * (len(items) + 1)
    for at in range(len(items) - 1, -1, -1):
        kind = items[at].kind
        follows[at] = kind == "TERM" or (kind in {"MODIFIER", "FILLER"} and follows[at + 1])
    return follows


def words_of(unit: Unit) -> list[str]:
    """Return the words of each term of a noun group."""
    words = []
    for at, said in enumerate(unit.terms):
        follower = unit.terms[at + 1] if at + 1 < len(unit.terms) else None
        leads = follower is not None and follower.words and not is_led(follower.term)
        words.append(said.term.before if leads and said.words else said.words)
    return words


def noun_of(phrase: str) -> str:
    """Return the last word of a phrase."""
    return phrase.rsplit(" ", 1)[-1]


def is_led(term: Term) -> bool:
    """Whether a term can follow any other, because it says from where or through what."""
    return term.phrase.startswith(_LED)


def joins(first: Term, second: Term) -> bool:
    """Whether two neighbouring terms make one noun group."""
    if is_led(second):
        return not is_led(first)
    if not first.before or (first.axis and first.axis == second.axis):
        return False
    noun = noun_of(second.phrase)
    if noun in WAYS:
        return first.category in _ADVERBIAL
    return noun in NOUNS
