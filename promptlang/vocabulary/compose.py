"""From the members of a list of camera terms to phrases in canonical words.

A member is a head (terms and modifiers, stacked) and what is joined to it. Two neighbouring
terms of a stack become one noun group where English allows it (*low-angle wide shot*), else two
phrases (*close-up*, *push in*).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.vocabulary.terms import Phrase, Piece, article_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from promptlang.vocabulary.load import Vocabulary
    from promptlang.vocabulary.match import Item
    from promptlang.vocabulary.terms import Term

_WAYS = frozenset("in out up down left right forward back backward away over past on".split())
_NOUNS = frozenset(
    "shot view angle close-up take single cutaway orbit zoom reveal move track pan spin swing "
    "rise drone montage two-shot three-shot drone pov card recording fly-through scan".split()
)
_LED = ("from ", "through ", "tracking ", "following ", "descending ", "holds ")
_ARTICLES = frozenset({"a", "an", "the"})
_ADVERBIAL = frozenset({"rig", "angle", "time", "coverage"})
_JOINING = {"origin", "goal", "later", "also"}


class Unit:
    """Terms that make one noun group, with their modifiers."""

    __slots__ = ("after", "before", "terms")

    def __init__(self) -> None:
        self.before: list[Item] = []
        self.terms: list[tuple[Term, int, int, str]] = []
        self.after: list[Item] = []


class Composer:
    """Builds the phrases of one member.

    Attributes:
        phrases: What is finished.
    """

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        self.vocabulary = vocabulary
        self.text = text
        self.phrases: list[Phrase] = []
        self._begin()

    def _begin(self) -> None:
        self.pieces: list[Piece] = []
        self.terms: list[Term] = []
        self.modifiers: dict[str, tuple[str, ...]] = {}
        self.unknown: list[tuple[int, int]] = []
        self.sequence = False
        self.unit_at = 0

    def finish(self) -> None:
        """Close the phrase that is being built."""
        pieces = self.pieces
        if pieces:
            self.phrases.append(
                Phrase(
                    min(piece.start for piece in pieces),
                    max(piece.end for piece in pieces),
                    terms=tuple(self.terms),
                    modifiers=self.modifiers,
                    pieces=tuple(pieces),
                    unknown=tuple(self.unknown),
                    sequence=self.sequence,
                )
            )
        self._begin()

    def clause(self, name: str, head: Item, items: list[Item]) -> None:
        """Add what a joining word joins to the member."""
        told = any(item.kind == "TERM" for item in items)
        if name == "later":
            self.sequence = True
        if name in _JOINING and (told or name in {"later", "also"}):
            self._join(name, head, items)
        else:
            self.raw([head, *items])

    def _join(self, name: str, head: Item, items: list[Item]) -> None:
        if head.end == head.start:
            if not any(item.kind == "TERM" for item in items):
                self._lead(items)
                return
        else:
            self.raw([head])
        if name == "goal":
            self.sequence = True
            self._lighten(items)
        self.stack(items, opens=False)

    def _lead(self, items: list[Item]) -> None:
        """Modifiers behind an argument go before the terms: *slow orbit around @Car*."""
        early = [i for i in items if self.vocabulary.places.get(i.value, "before") == "before"]
        pieces = [self._modifier(item) for item in early]
        self.pieces[self.unit_at : self.unit_at] = pieces
        for item in items:
            if item not in early:
                self.pieces.append(self._modifier(item))

    def _lighten(self, items: list[Item]) -> None:
        """*wide shot to medium shot* says its noun once: *wide to medium shot*."""
        ids = [item.term for item in items if item.kind == "TERM"]
        if len(self.pieces) < 2 or not ids or not self.terms:
            return
        last, term = self.pieces[-2], self.terms[-1]
        target = self.vocabulary.terms[ids[0]].phrase
        if last.text == term.phrase and term.before and _noun(term.phrase) == _noun(target) == "shot":
            last.text = term.before

    def raw(self, items: Sequence[Item]) -> None:
        """Add words as they are."""
        words, start, end = "", -1, -1
        for item in items:
            if start >= 0 and item.start >= end:
                gap = self.text[end : item.start]
            else:
                gap = ""
            if item.kind == "REF":
                if words.strip():
                    self._say(words, start, end, glued=self._glues(start))
                self._say(item.value, item.start, item.end, ref=True, glued=self._glues(item.start))
                words, start, end = "", -1, item.end
                continue
            if start < 0:
                start, gap = item.start, ""
            said = item.value if item.kind in {"WORD", "MODIFIER"} and item.value and not item.group else ""
            words += (" " if gap and not gap.strip() else gap) + (
                said or self.text[item.start : item.end]
            )
            end = item.end
        if words.strip():
            self._say(words, start, end, glued=self._glues(start))

    def _glues(self, start: int) -> bool:
        return bool(self.pieces) and self.pieces[-1].end == start and self.pieces[-1].start != start

    def _say(self, words: str, start: int, end: int, *, ref: bool = False, glued: bool = False) -> None:
        self.pieces.append(Piece(words, start, end, ref=ref, glued=glued))

    def stack(self, items: Sequence[Item], *, opens: bool = True) -> None:
        """Add terms and modifiers as they are stacked."""
        unit = Unit()
        lead: list[Item] = []
        size = len(items)
        # Whether a term follows with only modifiers and fillers between.
        follows = [False] * (size + 1)
        for at in range(size - 1, -1, -1):
            kind = items[at].kind
            follows[at] = kind == "TERM" or (kind in {"MODIFIER", "FILLER"} and follows[at + 1])
        for at, item in enumerate(items):
            kind = item.kind
            if kind == "TERM":
                unit = self._term(unit, item, lead)
                lead = []
            elif kind == "MODIFIER":
                if unit.terms and (item.group == "direction" or not follows[at + 1]):
                    self._after(unit, item)
                else:
                    lead.append(item)
            elif kind == "FILLER":
                lead = self._filler(unit, item, lead, follows=follows[at + 1], opens=opens)
            else:
                self._close(unit, lead)
                unit, lead = Unit(), []
                self._stranger(item)
        self._close(unit, lead)

    def _filler(
        self, unit: Unit, item: Item, lead: list[Item], *, follows: bool, opens: bool
    ) -> list[Item]:
        if unit.terms and not lead:
            term, start, _, said = unit.terms[-1]
            word = self.text[item.start : item.end]
            if term.undirected and word.casefold() in {"shot", "move", "movement"}:
                said = f"{said} {word.casefold()}"
            unit.terms[-1] = (term, start, item.end, said)
            return lead
        if not opens and self.text[item.start : item.end].casefold() in _ARTICLES:
            return [*lead, item]
        return [*lead, item]

    def _stranger(self, item: Item) -> None:
        if item.kind == "QUOTED":
            self._say(item.value, item.start, item.end)
            return
        if item.kind == "REF":
            self._say(item.value, item.start, item.end, ref=True, glued=self._glues(item.start))
            return
        glued = self._glues(item.start)
        last = self.pieces[-1] if self.pieces else None
        if last is not None and self.unknown and self.unknown[-1][1] == last.end and not last.ref:
            gap = self.text[last.end : item.start]
            last.text += (" " if gap and not gap.strip() else gap) + (
                item.value or self.text[item.start : item.end]
            )
            last.end = item.end
            self.unknown[-1] = (self.unknown[-1][0], item.end)
            return
        self._say(item.value or self.text[item.start : item.end], item.start, item.end, glued=glued)
        if not item.value:
            self.unknown.append((item.start, item.end))

    def _after(self, unit: Unit, item: Item) -> None:
        term, start, end, said = unit.terms[-1]
        way = term.ways.get(item.value) if item.group == "direction" else None
        if way is not None:
            child = self.vocabulary.terms[way]
            said = child.phrase + said.removeprefix(term.phrase) if said == term.phrase else child.phrase
            unit.terms[-1] = (child, start, max(end, item.end), said)
        elif self.vocabulary.places.get(item.value, "before") == "before":
            unit.before.append(item)
        else:
            unit.after.append(item)

    def _term(self, unit: Unit, item: Item, lead: list[Item]) -> Unit:
        term = self.vocabulary.terms[item.term]
        said = item.value or term.phrase
        start = item.start
        kept: list[Item] = []
        for word in lead:
            if word.kind == "MODIFIER" and word.group == "direction" and word.value in term.ways:
                term = self.vocabulary.terms[term.ways[word.value]]
                said, start = term.phrase, min(start, word.start)
            else:
                kept.append(word)
        if unit.terms and not any(w.kind == "MODIFIER" for w in kept) and not unit.after:
            if _joins(unit.terms[-1][0], term):
                unit.terms.append((term, start, item.end, said))
                return unit
        if unit.terms:
            self._close(unit, [])
            self.finish()
        fresh = Unit()
        fresh.before.extend(kept)
        fresh.terms.append((term, start, item.end, said))
        return fresh

    def _close(self, unit: Unit, lead: list[Item]) -> None:
        if unit.terms:
            self._emit(unit)
            unit.terms = []
        for item in lead:
            if item.kind == "FILLER":
                self._say(self.text[item.start : item.end], item.start, item.end)
            else:
                self.pieces.append(self._modifier(item))

    def _emit(self, unit: Unit) -> None:
        self.unit_at = len(self.pieces)
        joined = bool(self.pieces)
        start = -1
        for item in unit.before:
            if item.kind == "MODIFIER":
                piece = self._modifier(item)
                if start >= 0:
                    piece.start, start = start, -1
                self.pieces.append(piece)
            elif joined and self.text[item.start : item.end].casefold() in _ARTICLES:
                self._say(self.text[item.start : item.end].casefold(), item.start, item.end)
            elif start < 0:
                start = item.start
        for at, (term, begin, end, said) in enumerate(unit.terms):
            follower = unit.terms[at + 1][0] if at + 1 < len(unit.terms) else None
            words = said if follower is None or follower.phrase.startswith(_LED) else term.before
            self._say(words, begin if start < 0 else start, end)
            start = -1
            self.terms.append(term)
        self.pieces.extend(self._modifier(item) for item in unit.after)
        self._agree()

    def _agree(self) -> None:
        """Let a kept ``a`` or ``an`` agree with the word that now follows it."""
        for piece, following in zip(self.pieces, self.pieces[1:], strict=False):
            if piece.text in {"a", "an"} and not following.ref:
                piece.text = article_before(following.text)

    def _modifier(self, item: Item) -> Piece:
        if item.group:
            known = self.modifiers.get(item.group, ())
            self.modifiers[item.group] = (*known, item.value)
        return Piece(item.value or self.text[item.start : item.end], item.start, item.end)


def _noun(phrase: str) -> str:
    return phrase.rsplit(" ", 1)[-1]


def _joins(first: Term, second: Term) -> bool:
    """Whether two neighbouring terms make one noun group."""
    if second.phrase.startswith(_LED):
        return not first.phrase.startswith(_LED)
    if not first.before or (first.axis and first.axis == second.axis):
        return False
    noun = _noun(second.phrase)
    if noun in _WAYS:
        return first.category in _ADVERBIAL
    return noun in _NOUNS


def compose(vocabulary: Vocabulary, text: str, clauses: Iterable[tuple[str, list[Item]]]) -> list[Phrase]:
    """Return the phrases of a member.

    Args:
        vocabulary: Where the terms are.
        text: What the items were read from.
        clauses: The head under the name ``member``, then each clause with its joining word first.
    """
    composer = Composer(vocabulary, text)
    for name, items in clauses:
        if name == "member":
            if len(items) == 1 and items[0].kind == "QUOTED":
                item = items[0]
                piece = Piece(item.value, item.start, item.end)
                return [Phrase(item.start, item.end, pieces=(piece,), quoted=True)]
            composer.stack(items)
        else:
            composer.clause(name, items[0], items[1:])
    composer.finish()
    return composer.phrases
