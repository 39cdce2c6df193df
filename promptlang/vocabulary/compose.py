"""From the members of a list of camera terms to phrases in canonical words.

A member is a head (terms and modifiers, stacked) and what is joined to it. Two neighbouring
terms of a stack become one noun group where English allows it (*low-angle wide shot*), else two
phrases (*close-up*, *push in*).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from promptlang.vocabulary.match import Item, settle
from promptlang.vocabulary.match import items as read_items
from promptlang.vocabulary.stacks import (
    NOUNS,
    WAYS,
    Said,
    Unit,
    is_led,
    joins,
    noun_of,
    term_follows,
    words_of,
)
from promptlang.vocabulary.terms import Phrase, Piece, article_before
from promptlang.vocabulary.words import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.vocabulary.load import Vocabulary
    from promptlang.vocabulary.terms import Term

_ARTICLES = frozenset({"a", "an", "the"})
_DETERMINERS = _ARTICLES | {"his", "her", "its", "their", "this", "these", "those", "each", "both"}
_JOINING = frozenset({"origin", "goal", "later", "also"})
_STACKED = frozenset({"TERM", "MODIFIER", "FILLER"})
_SHOTLESS = frozenset({"angle", "rig", "movement", "time"})
_SHOWN = frozenset({"shot", "view", "time-lapse", "hyperlapse", "drone"})
_NAMING = frozenset({"REF", "WORD", "QUOTED"})
_PLUS = frozenset("&+＋")
_DURING = frozenset({"while", "whilst", "as"})

EYES = "through the eyes of"
"""What stands between a point-of-view shot and whoever looks; *of* would show them."""


class Composer:
    """Builds the phrases of one member.

    Attributes:
        phrases: What is finished.
        pieces: What the phrase that is being built emits so far.
    """

    def __init__(self, vocabulary: Vocabulary, text: str, *, nested: bool = False) -> None:
        self.vocabulary = vocabulary
        self.text = text
        self.nested = nested
        self.phrases: list[Phrase] = []
        self._begin()

    def _begin(self) -> None:
        self.pieces: list[Piece] = []
        self.terms: list[Term] = []
        self.modifiers: dict[str, list[str]] = {}
        self.unknown: list[tuple[int, int]] = []
        self.sequence = False
        self.head: Term | None = None
        self.open = True
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
                    modifiers={group: tuple(said) for group, said in self.modifiers.items()},
                    pieces=tuple(pieces),
                    unknown=tuple(self.unknown),
                    sequence=self.sequence,
                    head=self.head,
                )
            )
        self._begin()

    # What is joined to the head -----------------------------------------------------------

    def clause(self, name: str, head: Item, items: list[Item]) -> None:
        """Add what a joining word joins to the member."""
        self.open = self.open and head.start == head.end
        told = any(item.kind == "TERM" for item in items)
        if name == "later":
            self.sequence = True
        if name in _JOINING and (told or name in {"later", "also"}):
            self._join(name, head, items, told=told)
        else:
            led = "" if head.start == head.end else self._word(head)
            named = bool(items) and items[0].kind in _NAMING
            absorbed = self._looks(led, items) or (
                name == "argument" and named and self._give_way(led)
            )
            if absorbed:
                self.pieces[-1].end = head.end
            self.raw(items if absorbed or head.start == head.end else [head, *items])
            if head.term:
                self.terms.append(self.vocabulary.terms[head.term])

    def _join(self, name: str, head: Item, items: list[Item], *, told: bool) -> None:
        if head.end == head.start:
            if not told:
                self._lead(items)
                return
            first = next(item for item in items if item.kind == "TERM")
            if not is_led(self.vocabulary.terms[first.term.split(" ")[0]]):
                self.finish()
        elif self._word(head) in _DURING and self._typed([head, *items]):
            return
        elif name == "origin" and self._is_view(items):
            # *from the POV of @Host* is a point-of-view shot, and nothing starts there.
            self.finish()
            self.stack(items)
            self.pieces[0].start = head.start
            return
        else:
            self.raw([head])
        if name == "goal":
            self.sequence = True
            self._lighten(items)
        self.stack(items, opens=False)

    def _typed(self, items: list[Item]) -> bool:
        """*while pushing in* stays as it is typed: the verb stands in the right form there."""
        terms = [
            self.vocabulary.terms[item.term] for item in items if item.term in self.vocabulary.terms
        ]
        if not all(noun_of(term.phrase) in WAYS for term in terms):
            return False
        self.raw([i if i.kind == "REF" else i._replace(kind="RAW") for i in items])
        self.terms += terms
        for item in items:
            if item.kind == "MODIFIER":
                self._modifier(item)
        return True

    def _lead(self, items: list[Item]) -> None:
        """Modifiers behind an argument go before the terms: *slow orbit around @Car*."""
        early = [self._modifier(item) for item in items if self._goes_before(item)]
        self.pieces[self.unit_at : self.unit_at] = early
        self.pieces += [self._modifier(item) for item in items if not self._goes_before(item)]

    def _lighten(self, items: list[Item]) -> None:
        """*wide shot to medium shot* says its noun once: *wide to medium shot*."""
        ids = [item.term for item in items if item.term in self.vocabulary.terms]
        if len(self.pieces) < 2 or not ids or not self.terms:
            return
        last, term = self.pieces[-2], self.terms[-1]
        goal = self.vocabulary.terms[ids[0]].phrase
        if (
            last.text == term.phrase
            and term.before
            and noun_of(term.phrase) == noun_of(goal) == "shot"
        ):
            last.text = term.before

    def _give_way(self, led: str = "") -> bool:
        """*arc left around the subject* is *arc left around @Car* before a name of the subject.

        Args:
            led: The word the argument begins with; an article counts as none.

        Returns:
            Whether the term now ends in the preposition the argument needs.
        """
        if not self.pieces or not self.terms or self.pieces[-1].text != self.terms[-1].phrase:
            return False
        led = "" if led in _DETERMINERS else led
        phrase = self.terms[-1].phrase
        bare = phrase.removesuffix(" the subject")
        if bare != phrase:
            if not led or led in {"with", "on", noun_of(bare)}:
                self.pieces[-1].text = bare
                return bool(led)
        elif not led and "around" in self.terms[-1].implies:
            self.pieces[-1].text = f"{phrase} around"
        elif led in {"of", ""} and self._is_manner():
            # *a low angle of @Hero* is *a low-angle shot of @Hero*.
            self.pieces[-1].text = f"{self.terms[-1].before} shot" + ("" if led else " of")
        elif not led and noun_of(phrase) in NOUNS:
            self.pieces[-1].text = f"{phrase} of"
        return False

    def _looks(self, led: str, items: Sequence[Item]) -> bool:
        """*POV of @Host* shows what @Host sees, and not @Host.

        Returns:
            Whether the term now ends in the preposition the argument needs.
        """
        of = items[1] if led == "of" and len(items) > 1 and "D" in items[0].marks else None
        seer = items[0] if items else None
        if seer is None or led not in {"", "of", "from"} or not self.terms:
            return False
        person = of is not None and key_of(self._word(of)) in self.vocabulary.person_keys
        # @Host's hands are seen, by whom nobody says.
        owning = len(items) > 1 and items[1].start == seer.end
        if not person and (seer.kind != "REF" or owning):
            return False
        term = self.terms[-1]
        if "eyes" not in term.implies or self.pieces[-1].text != term.phrase:
            return False
        self.pieces[-1].text = f"{term.phrase} {EYES}"
        return bool(led)

    def _is_view(self, items: Sequence[Item]) -> bool:
        """Whether the first term of a stack is what somebody sees."""
        first = next((item.term for item in items if item.kind == "TERM"), "")
        return first in self.vocabulary.terms and "eyes" in self.vocabulary.terms[first].implies

    def _owned(self, items: Sequence[Item]) -> int:
        """Return where the view stands in *@Host's POV* or *@Host POV*, 0 where there is none."""
        if len(items) < 2 or items[0].kind != "REF":
            return 0
        first = 1 + (items[1].kind == "WORD" and items[1].start == items[0].end)
        for at in range(first, len(items)):
            if items[at].kind not in _STACKED or (first == 1 and at > 1):
                return 0
            if items[at].kind == "TERM" and self._is_view(items[at:]):
                return at
        return 0

    def _view(self, items: Sequence[Item], at: int, *, opens: bool) -> None:
        """Add a view that stands behind the name of whoever looks."""
        owner = items[0]
        first = 1 + (items[1].start == owner.end)
        self.stack(items[first : at + 1], opens=opens)
        self.pieces[-1].start = min(self.pieces[-1].start, items[1].start)
        self._looks("", items[:1])
        self._say(owner.value, owner.start, owner.end, ref=True)
        if items[at + 1 :]:
            self.finish()
            self.stack(items[at + 1 :], opens=False)

    def _is_manner(self) -> bool:
        """Whether the last term says how a shot is made and not what it is."""
        term = self.terms[-1]
        made = bool(term.before) and term.category in _SHOTLESS
        return made and noun_of(term.phrase) not in _SHOWN

    # Words as they are -----------------------------------------------------------------------

    def raw(self, items: Sequence[Item]) -> None:
        """Add words as they are."""
        words, start, end = "", -1, -1
        for item in items:
            if item.kind == "REF":
                if words.strip():
                    self._say(words, start, end)
                self._say(item.value, item.start, item.end, ref=True)
                words, start = "", -1
            else:
                gap = self.text[end : item.start] if start >= 0 else ""
                start = item.start if start < 0 else start
                words += (" " if gap and not gap.strip() else gap) + self._verbatim(item)
            end = item.end
        if words.strip():
            self._say(words, start, end)

    def _verbatim(self, item: Item) -> str:
        if item.value and item.kind in {"WORD", "TO"}:
            return item.value
        typed = self.text[item.start : item.end]
        if item.kind == "AND" and typed in _PLUS:
            return "and"
        # A backslash only says that what follows it is no mark-up.
        return (
            "" if typed == "\\" and self.text[item.end : item.end + 1] in set("@{#>\\") else typed
        )

    def _word(self, item: Item) -> str:
        return self.text[item.start : item.end].casefold()

    def _say(self, words: str, start: int, end: int, *, ref: bool = False) -> None:
        glued = bool(self.pieces) and self.pieces[-1].end == start
        self.pieces.append(Piece(words, start, end, ref=ref, glued=glued))

    # Terms and modifiers ---------------------------------------------------------------------

    def stack(self, items: Sequence[Item], *, opens: bool = True) -> None:
        """Add terms and modifiers as they are stacked.

        Args:
            items: What is stacked.
            opens: Whether the member begins here, so that an article before it adds nothing.
        """
        view = self._owned(items)
        if view:
            self._view(items, view, opens=opens)
            return
        unit = Unit()
        lead: list[Item] = []
        words: list[Item] = []
        follows = term_follows(items)
        for at, item in enumerate(items):
            if item.kind == "WORD":
                self._close(unit, lead)
                unit, lead = Unit(), []
                words.append(item)
                continue
            if words:
                self._strange(words)
                words = []
            if item.kind == "TERM":
                unit = self._term(unit, item, lead)
                lead = []
            elif item.kind == "MODIFIER":
                if unit.terms and (item.group == "direction" or not follows[at + 1]):
                    self._after(unit, item)
                else:
                    lead.append(item)
            elif item.kind == "FILLER":
                self._filler(unit, item, lead, drops=opens and follows[at + 1])
            else:
                self._close(unit, lead)
                unit, lead = Unit(), []
                self._stranger(item)
        if words:
            self._strange(words)
        self._close(unit, lead)

    def _filler(self, unit: Unit, item: Item, lead: list[Item], *, drops: bool) -> None:
        if unit.terms and not lead:
            unit.terms[-1] = unit.terms[-1]._replace(end=item.end)
        elif drops and self._word(item) in _ARTICLES:
            lead.append(item._replace(kind="DROPPED"))
        else:
            lead.append(item)

    def _stranger(self, item: Item) -> None:
        self._say(item.value, item.start, item.end, ref=item.kind == "REF")

    def _strange(self, words: list[Item]) -> None:
        """Words the vocabulary does not know; each run of them is one doubt."""
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.ref and last.end == words[0].start:
            self.raw(words[:1])
            words = words[1:]
        known = [item for item in words if item.value]
        self.raw(words)
        if words and not known:
            self.unknown.append((words[0].start, words[-1].end))

    def _goes_before(self, item: Item) -> bool:
        return self.vocabulary.places.get(item.value, "before") == "before"

    def _after(self, unit: Unit, item: Item) -> None:
        last = unit.terms[-1]
        way = last.term.ways.get(item.value) if item.group == "direction" else None
        if way is not None:
            child = self.vocabulary.terms[way]
            if "slow" in last.term.implies:
                unit.before.append(
                    Item("MODIFIER", last.start, last.start, value="slow", group="speed")
                )
            unit.terms[-1] = Said(child, last.start, max(last.end, item.end), child.phrase)
        elif self._goes_before(item):
            unit.late.append(item)
        else:
            unit.after.append(item)

    def _term(self, unit: Unit, item: Item, lead: list[Item]) -> Unit:
        fresh = self._fresh(item, lead)
        first = fresh.terms[0]
        # Not the second half of two terms in one: from above and behind.
        plain = not fresh.before and len(fresh.terms) == 1
        for at, said in enumerate(unit.terms):
            # Said twice is said once: static, locked-off wide shot.
            if plain and said.term is first.term:
                unit.terms[at] = said._replace(end=max(said.end, first.end))
                return unit
        if (
            unit.terms
            and not (fresh.before or unit.late or unit.after)
            and joins(unit.terms[-1].term, first.term)
        ):
            at = len(unit.terms)
            if first.term.category == "angle" and first.term.before and plain:
                # English names the angle before the size: low-angle wide shot.
                sizes = (i for i, said in enumerate(unit.terms) if said.term.category == "size")
                at = next(sizes, at)
                if at and not joins(unit.terms[at - 1].term, first.term):
                    at = len(unit.terms)
            unit.terms[at:at] = fresh.terms
            return unit
        if unit.terms:
            self._close(unit, [])
            self.finish()
        return fresh

    def _fresh(self, item: Item, lead: list[Item]) -> Unit:
        ids = item.term.split(" ")
        term = self.vocabulary.terms[ids[0]]
        words, start = item.value or term.phrase, item.start
        if term.category == "transition":
            words = words.removesuffix(" to").removesuffix(" into")
        if "as-typed" in term.implies:
            words = self.text[item.start : item.end]
        kept: list[Item] = []
        dropped: int | None = None
        for word in lead:
            filler = word.kind == "FILLER" and self._word(word) not in _ARTICLES
            if word.kind == "DROPPED" or filler:
                # What is left out belongs to what it stands before.
                dropped = word.start if dropped is None else dropped
            elif word.group == "direction" and word.value in term.ways:
                term = self.vocabulary.terms[term.ways[word.value]]
                words, start = term.phrase, min(start, word.start)
            else:
                kept.append(word if dropped is None else word._replace(start=dropped))
                dropped = None
        start = start if dropped is None else min(start, dropped)
        unit = Unit(kept)
        unit.terms.append(Said(term, start, item.end, words))
        unit.terms += [Said(self.vocabulary.terms[id], start, item.end, "") for id in ids[1:]]
        return unit

    def _close(self, unit: Unit, lead: list[Item]) -> None:
        if unit.terms:
            self._emit(unit)
            unit.terms = []
        for item in lead:
            if item.kind == "MODIFIER":
                self.pieces.append(self._modifier(item))
            else:
                self._say(self.text[item.start : item.end], item.start, item.end)

    def _emit(self, unit: Unit) -> None:
        self.unit_at = len(self.pieces)
        if self.open:
            asked = [said.term for said in unit.terms if said.term.article is not None]
            self.head, self.open = (asked[-1] if asked else None), False
        words = words_of(unit)
        # How far comes last before the noun: a slow 180-degree orbit.
        before = sorted([*unit.before, *unit.late], key=lambda item: item.group == "degrees")
        if not self.nested and len(before) + len(words) > 1:
            found = self._again(unit, before, words)
            if found is not None:
                if self._reread(unit, before, found):
                    return
                if len(unit.terms) > 1 and all(said.words for said in unit.terms):
                    unit = self._apart(unit)
                    words = words_of(unit)
                before, unit.after = unit.before, unit.late + unit.after
        for item in before:
            if item.kind == "MODIFIER":
                self.pieces.append(self._modifier(item))
            else:
                self.pieces.append(Piece(self._word(item).split()[-1], item.start, item.end))
        for said, word in zip(unit.terms, words, strict=True):
            if word:
                self.pieces.append(Piece(word, said.start, said.end))
            self.terms.append(said.term)
        self.pieces += [self._modifier(item) for item in unit.after]
        self._agree()

    def _apart(self, unit: Unit) -> Unit:
        """Give all terms but the last a phrase of their own; return the unit of the last.

        Joined they would read as other terms: *aerial tracking* is one of its own.
        """
        *others, last = unit.terms
        for said in others:
            alone = Unit(unit.before)
            alone.terms.append(said)
            unit.before = []
            self._emit(alone)
            self.finish()
        rest = Unit(())
        rest.terms.append(last)
        rest.late, rest.after = unit.late, unit.after
        self.unit_at = 0
        if last.term.article is not None:
            self.head, self.open = last.term, False
        return rest

    def _again(self, unit: Unit, before: list[Item], words: list[str]) -> Composer | None:
        """Read the canonical words again; None if they say what they are meant to say."""
        mods = [item.value for item in before if item.kind == "MODIFIER"]
        joined = " ".join([*mods, *words]).strip()
        found = settle(self.vocabulary, read_items(self.vocabulary, joined))
        meant = [said.term.id for said in unit.terms]
        ids = [id for item in found if item.kind == "TERM" for id in item.term.split(" ")]
        if ids == meant and [i.value for i in found if i.kind == "MODIFIER"] == mods:
            return None
        inner = Composer(self.vocabulary, joined, nested=True)
        if all(item.kind in _STACKED for item in found):
            inner.stack(found)
            inner.finish()
        return inner

    def _reread(self, unit: Unit, before: list[Item], inner: Composer) -> bool:
        """Take what the canonical words say now, if all of it is known.

        *slowly zooming* becomes *slow zoom*, and a slow zoom is a term of its own.
        """
        if len(inner.phrases) != 1 or inner.phrases[0].unknown or not inner.phrases[0].terms:
            return False
        phrase = inner.phrases[0]
        self.head = phrase.head if self.unit_at == 0 else self.head
        start = min([said.start for said in unit.terms] + [item.start for item in before])
        end = max([said.end for said in unit.terms] + [item.end for item in before])
        self.pieces += [Piece(piece.text, start, end) for piece in phrase.pieces]
        self.terms += phrase.terms
        for group, values in phrase.modifiers.items():
            self.modifiers.setdefault(group, []).extend(values)
        self.pieces += [self._modifier(item) for item in unit.after]
        return True

    def _agree(self) -> None:
        """Let a kept ``a`` or ``an`` agree with the word that now follows it."""
        recent = self.pieces[self.unit_at :]
        for piece, following in pairwise(recent):
            if piece.text in {"a", "an"} and not following.ref:
                piece.text = article_before(following.text)

    def _modifier(self, item: Item) -> Piece:
        self.modifiers.setdefault(item.group, []).append(item.value)
        return Piece(item.value or self.text[item.start : item.end], item.start, item.end)


def compose(
    vocabulary: Vocabulary, text: str, clauses: Sequence[tuple[str, list[Item]]]
) -> list[Phrase]:
    """Return the phrases of a member.

    Args:
        vocabulary: Where the terms are.
        text: What the items were read from.
        clauses: The head under the name ``member``, then each clause with its joining word first.
    """
    composer = Composer(vocabulary, text)
    for name, items in clauses:
        if name != "member":
            composer.clause(name, items[0], items[1:])
            continue
        if len(clauses) == len(items) == 1 and items[0].kind == "QUOTED":
            item = items[0]
            piece = Piece(item.value, item.start, item.end)
            return [Phrase(item.start, item.end, pieces=(piece,), quoted=True)]
        composer.stack(items)
    composer.finish()
    return composer.phrases
