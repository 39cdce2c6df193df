"""What excludes what, as far as terms alone can tell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from promptlang.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlang.vocabulary.terms import Phrase, Term


class Conflict:
    """A rule about terms that do not go together.

    Attributes:
        name: Its readable name, such as ``static-with-move``.
        number: Its place in the reference list.
        severity: How much it matters.
        pairs: Two sides that exclude each other, each a set of facts: term ids, ``axis:…``,
            ``category:…``, ``is:…``, or a modifier such as ``speed:slow``.
        same: An axis of which only one term may stand, or ``""``.
        excepted: Pairs that do go together although `same` speaks of them.
        ordered: Whether a phrase that puts its terms in order is free of it.
        within: Whether both sides have to stand in one phrase.
        needs: What must be known beside the terms, ``""`` where the terms decide.
        says: Why they do not go together.
        example: A case of it.
        fix: What to do about it.
    """

    __slots__ = (
        "example",
        "excepted",
        "fix",
        "name",
        "needs",
        "number",
        "ordered",
        "pairs",
        "same",
        "says",
        "severity",
        "within",
    )

    def __init__(self, name: str, row: dict[str, Any]) -> None:
        self.name = name
        self.number: int = row["number"]
        self.severity = Severity(row["severity"])
        self.pairs = tuple((frozenset(a), frozenset(b)) for a, b in row.get("pairs", ()))
        self.same: str = row.get("same", "")
        self.excepted = tuple((frozenset(a), frozenset(b)) for a, b in row.get("except", ()))
        self.ordered: bool = row.get("ordered", False)
        self.within: bool = row.get("within", False)
        self.needs: str = row.get("needs", "")
        self.says: str = row["says"]
        self.example: str = row["example"]
        self.fix: str = row["fix"]

    @property
    def decidable(self) -> bool:
        """Whether the terms of a block decide it."""
        return not self.needs


Found = tuple[Conflict, "Phrase", "Phrase"]


# Phrases are read once per distinct text, so equal headings share one answer.
@lru_cache(maxsize=2048)
def conflicts_of(phrases: tuple[Phrase, ...]) -> tuple[Found, ...]:
    """Return what `conflicts_between` does, of phrases that are asked about again and again."""
    return tuple(conflicts_between(phrases))


def conflicts_between(phrases: Sequence[Phrase]) -> list[Found]:
    """Return the rules that the phrases of one block break, each with two phrases at odds.

    A phrase can be at odds with itself (*slow whip pan*). A rule is reported once.
    """
    from promptlang.vocabulary.load import vocabulary

    where = _occurrences(phrases)
    if not where:
        return []
    found: list[Found] = []
    for rule in vocabulary().conflicts:
        pair = next(_broken(rule, where, phrases), None)
        if pair is not None:
            found.append((rule, phrases[pair[0]], phrases[pair[1]]))
    return found


def _occurrences(phrases: Sequence[Phrase]) -> dict[str, list[tuple[int, str]]]:
    """Return where each fact holds: the place of the phrase and what it is true of."""
    where: dict[str, list[tuple[int, str]]] = {}
    for place, phrase in enumerate(phrases):
        for term in phrase.terms:
            for fact in facts(term):
                where.setdefault(fact, []).append((place, term.id))
        for group, values in phrase.modifiers.items():
            for value in values:
                fact = f"{group}:{value.replace(' ', '-')}"
                where.setdefault(fact, []).append((place, fact))
    return where


def facts(term: Term) -> list[str]:
    """Return what a rule can ask of a term."""
    known = [term.id, f"category:{term.category}", *(f"is:{what}" for what in term.implies)]
    if term.axis:
        known.append(f"axis:{term.axis}")
    return known


def _broken(
    rule: Conflict, where: dict[str, list[tuple[int, str]]], phrases: Sequence[Phrase]
) -> Iterator[tuple[int, int]]:
    def hits(side: frozenset[str]) -> list[tuple[int, str]]:
        found = {hit for fact in side for hit in where.get(fact, ())}
        if rule.ordered:
            found = {hit for hit in found if not phrases[hit[0]].sequence}
        return sorted(found)

    for first, second in rule.pairs:
        left, right = hits(first), hits(second)
        if not left or not right:
            continue
        if rule.within:
            shared = sorted({place for place, _ in left} & {place for place, _ in right})
            yield from ((place, place) for place in shared)
        else:
            a, others = left[0], [hit for hit in right if hit[1] != left[0][1]]
            yield from ((min(a[0], b[0]), max(a[0], b[0])) for b in others[:1])
    if rule.same:
        members = hits(frozenset({f"axis:{rule.same}"}))
        for other in members[1:]:
            if other[1] != members[0][1] and not _excepted(rule, members[0][1], other[1]):
                yield members[0][0], other[0]


def _excepted(rule: Conflict, first: str, second: str) -> bool:
    return any(
        (first in a and second in b) or (second in a and first in b) for a, b in rule.excepted
    )
