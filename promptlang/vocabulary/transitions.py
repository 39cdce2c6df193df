"""Reading transitions: ``dissolve (1s)``, ``wipe left``, ``match cut from @A to @B``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.syntax.patterns import late
from promptlang.vocabulary.compose import Composer
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.match import Item, items
from promptlang.vocabulary.suggest import distance
from promptlang.vocabulary.tables import CAMERA
from promptlang.vocabulary.terms import Phrase, Piece
from promptlang.vocabulary.words import key_of, tokens

if TYPE_CHECKING:
    from promptlang.vocabulary.load import Vocabulary
    from promptlang.vocabulary.terms import Term
    from promptlang.vocabulary.words import Token

# Possessive throughout: digits and blanks are never given back.
_LENGTH = late(
    r"(?P<open>[(\[（]\s*+)?(?:\b(?:over|lasting|for)\s++)?"
    r"(?<![\d.,:])(?P<number>\d++(?:[.,]\d++)?+)\s*+-?"
    r"(?P<unit>s|sec|secs|second|seconds|f|fr|frame|frames)\b\.?(?(open)\s*+[)\]）]|)",
    re.IGNORECASE,
)
_LED = frozenset({"to", "into", "of", "with"})
_LONGEST = 60
_ASIDE = frozenset({"speed", "manner", "amplitude"})


@lru_cache(maxsize=1024)
def read_transition(text: str) -> tuple[Phrase, int | None]:
    """Read the body of a transition line.

    Returns:
        The transition, and where a camera phrase begins that stands behind it and belongs to the
        shot, None where there is none. The transition ends before it.
    """
    words = vocabulary()
    length = _LENGTH.search(text)
    marks = (
        tokens(text)
        if length is None
        else (tokens(text, 0, length.start()) + tokens(text, length.end()))
    )
    spoken = [token for token in marks if token.kind != "mark"]
    if not spoken:
        return Phrase(0, len(text)), None
    reader = _Reader(words, text, spoken, length)
    if len(spoken) == 1 and spoken[0].kind == "quote":
        return reader.quoted(), None
    return reader.read()


class _Reader:
    """Reads one transition."""

    def __init__(
        self, words: Vocabulary, text: str, spoken: list[Token], length: re.Match[str] | None
    ) -> None:
        self.words = words
        self.text = text
        self.spoken = spoken
        self.length = length
        self.modifiers: dict[str, tuple[str, ...]] = {}
        self.pieces: list[Piece] = []

    def quoted(self) -> Phrase:
        """Return what was quoted, as it is."""
        only = self.spoken[0]
        pieces = (*self._lead(), Piece(only.key, only.start, only.end))
        start, end = min(p.start for p in pieces), max(p.end for p in pieces)
        return Phrase(start, end, pieces=pieces, quoted=True, modifiers=self.modifiers)

    def read(self) -> tuple[Phrase, int | None]:
        at = 0
        while at < len(self.spoken):
            term, used = self._term(at)
            if term is not None:
                known, tail = self._known(term, at, used)
                if tail is None or not self._misspelt(term, at, used):
                    return known, tail
                break
            step = self._aside(at)
            if not step:
                break
            at += step
        whole = Composer(self.words, self.text)
        found = items(self.words, self.text)
        whole.raw(
            [item._replace(kind="WORD", group="") if item.kind != "REF" else item for item in found]
        )
        pieces = tuple(whole.pieces)
        if not pieces:
            return Phrase(0, len(self.text)), None
        start, end = pieces[0].start, pieces[-1].end
        return Phrase(start, end, pieces=pieces, unknown=((start, end),)), None

    def _misspelt(self, term: Term, at: int, used: int) -> bool:
        """Whether what was read as a term is a slip in a longer one: ``wip pan``, no wipe."""
        first, last = self.spoken[at], self.spoken[at + used - 1]
        written = " ".join(self.text[first.start : last.end].casefold().split())
        if written in {name.casefold() for name in (term.phrase, *term.also, *term.abbreviations)}:
            return False
        key = key_of(self.text[first.start : first.start + _LONGEST])
        return any(distance(key, known, 1) == 1 for known in self.words.scopes["transition"])

    def _term(self, at: int) -> tuple[Term | None, int]:
        scope = self.words.scopes["transition"]
        first = self.spoken[at]
        if first.kind != "word":
            return None, 0
        for count in [
            int(digit, 36) for digit in self.words.scope_lengths["transition"].get(first.key, "")
        ]:
            run = self.spoken[at : at + count]
            if all(token.kind == "word" for token in run):
                id = scope.get(" ".join([token.key for token in run]))
                if id is not None and len(run) == count:
                    return self.words.terms[id], count
        id = self.words.short.get(first.short)
        if id is not None and self.words.terms[id].category == "transition":
            return self.words.terms[id], 1
        return None, 0

    def _aside(self, at: int) -> int:
        """How many words of an article or a modifier stand before the transition."""
        token = self.spoken[at]
        if token.kind != "word":
            return 0
        for count in [int(digit, 36) for digit in self.words.lengths.get(token.key, "")]:
            run = self.spoken[at : at + count]
            entry = self.words.joints.get(" ".join([t.key for t in run]))
            if entry is None or entry[0] or len(run) < count:
                continue
            if entry[2] in _ASIDE:
                self.modifiers[entry[2]] = (entry[1],)
                self.pieces.append(Piece(entry[1], token.start, run[-1].end))
                return count
            if "D" in entry[3] or "N" in entry[3]:
                return count
        return 0

    def _known(self, term: Term, at: int, used: int) -> tuple[Phrase, int | None]:
        start, last = self.spoken[at].start, self.spoken[at + used - 1]
        rest, tail, end = self._rest(term, at + used, last.end)
        bare = term.phrase.removesuffix(" to").removesuffix(" into")
        lead = self._lead()
        open_ended = last.key in {"to", "into"} or not rest
        said = Piece(term.phrase if open_ended else bare, start, last.end)
        pieces = [*lead, *self.pieces, said, *rest]
        if rest and last.key in _LED and not said.text.endswith((" to", " into")):
            # A spelling that ends in the preposition of what follows: intercut with @B.
            pieces.insert(len(lead) + len(self.pieces) + 1, Piece(last.key, last.start, last.end))
        if self.length is not None and (tail is None or self.length.start() < tail):
            end = max(end, self.length.end())
        phrase = Phrase(
            min(piece.start for piece in pieces),
            max(end, *(piece.end for piece in pieces)),
            terms=(term,),
            modifiers=self.modifiers,
            pieces=tuple(pieces),
            head=term,
        )
        return phrase, tail

    def _lead(self) -> list[Piece]:
        length = self.length
        if length is None:
            return []
        number = length["number"].replace(",", ".")
        number = (number.rstrip("0").rstrip(".") if "." in number else number) or "0"
        unit = "frame" if length["unit"].casefold().startswith("f") else "second"
        self.modifiers["duration"] = (f"{number} {unit}",)
        return [Piece(f"{number}-{unit}", length.start(), length.end())]

    def _rest(self, term: Term, at: int, end: int) -> tuple[list[Piece], int | None, int]:
        """Return the arguments, where a camera phrase begins, and where the transition ends."""
        if at >= len(self.spoken):
            return [], None, end
        found = self._items(self.spoken[at].start)
        begins = self._camera(found)
        arguments: list[Item] = []
        free = True
        for place, item in enumerate(found):
            if free and begins[place]:
                while arguments and (
                    arguments[-1].kind == "COMMA"
                    or (arguments[-1].marks and not arguments[-1].group)
                ):
                    arguments.pop()
                return self._said(arguments), item.start, arguments[-1].end if arguments else end
            # Only at the beginning and behind a comma can the shot's own words begin.
            free = item.kind == "COMMA" or (free and bool(item.marks or item.kind == "MODIFIER"))
            if "S" in item.marks or ("P" in item.marks and "G" not in item.marks):
                free = False
            arguments.append(item)
        while arguments and arguments[-1].kind == "COMMA":
            arguments.pop()
        if len(arguments) == 1 and "G" in arguments[0].marks:
            return [], None, arguments[0].end
        return self._said(arguments), None, arguments[-1].end if arguments else end

    def _items(self, start: int) -> list[Item]:
        shifted = items(self.words, self.text[start:])
        found = [i._replace(start=i.start + start, end=i.end + start) for i in shifted]
        length = self.length
        if length is not None:
            found = [i for i in found if i.end <= length.start() or i.start >= length.end()]
        return [item for item in found if item.kind != "MARK"]

    def _camera(self, found: list[Item]) -> list[bool]:
        """For each place: whether a camera phrase begins there."""
        begins = [False] * (len(found) + 1)
        for at in range(len(found) - 1, -1, -1):
            item = found[at]
            if item.kind == "TERM":
                id = item.term.split(" ")[0]
                begins[at] = self.words.terms[id].category in CAMERA
            elif (item.kind == "MODIFIER" and item.group != "direction") or "D" in item.marks:
                begins[at] = begins[at + 1]
        return begins

    def _said(self, arguments: list[Item]) -> list[Piece]:
        composer = Composer(self.words, self.text)
        run: list[Item] = []
        for item in arguments:
            if item.group:
                composer.raw(run)
                run = []
                composer.pieces.append(Piece(item.value, item.start, item.end))
                self.modifiers[item.group] = (item.value,)
            elif item.kind == "COMMA":
                continue
            else:
                run.append(item if item.kind == "REF" else item._replace(kind="RAW"))
        composer.raw(run)
        return composer.pieces
