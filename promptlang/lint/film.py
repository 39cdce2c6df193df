"""The film as rules see it: the storyboard with what they ask about again and again."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from promptlang.lint.passages import passages, words_of
from promptlang.model.storyboard import Angle, Coverage, Edit, Shot
from promptlang.model.texts import Ruler
from promptlang.vocabulary.conflicts import facts as term_facts
from promptlang.vocabulary.prose import find_in_field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.lint.passages import Passage
    from promptlang.model.entities import Entity
    from promptlang.model.storyboard import Storyboard, Text, Unit
    from promptlang.source import Span
    from promptlang.syntax.ast import Script
    from promptlang.vocabulary.terms import Phrase, Term

    Place = tuple[Term, Span]

_LOOK = ("light", "look", "lens", "colour")
_FIELDS = ("lighting", "style", "mood", "environment")
_NOTHING: frozenset[str] = frozenset()


class Cache:
    """What the phrases and fields of a film say, each read once."""

    __slots__ = ("_fields", "_phrases")

    def __init__(self) -> None:
        self._phrases: dict[int, tuple[frozenset[str], list[Term]]] = {}
        self._fields: dict[int, tuple[frozenset[str], list[Place]]] = {}

    def phrase(self, phrase: Phrase) -> tuple[frozenset[str], list[Term]]:
        """Return the facts of a phrase, and those of its terms that tell of light and look."""
        # One phrase object stands for all blocks that use the same words.
        found = self._phrases.get(id(phrase))
        if found is None:
            names = [fact for term in phrase.terms for fact in term_facts(term)]
            for group, values in phrase.modifiers.items():
                names += [f"{group}:{value.replace(' ', '-')}" for value in values]
            look = [term for term in phrase.terms if term.category in _LOOK]
            found = self._phrases[id(phrase)] = frozenset(names), look
        return found

    def field(self, text: Text) -> tuple[frozenset[str], list[Place]]:
        """Return the facts of a text about light or look, and its terms with their places."""
        # What a scene says of its light reaches each of its shots.
        found = self._fields.get(id(text))
        if found is None:
            told = find_in_field(text.plain, _LOOK)
            if told:
                ruler = Ruler(text)
                places = [(term, ruler.place(start, end)) for term, start, end in told]
                names = frozenset([fact for term, _ in places for fact in term_facts(term)])
                found = names, places
            else:
                found = _NOTHING, []
            self._fields[id(text)] = found
        return found


class Facts:
    """What a block says, found once.

    Attributes:
        unit: The block.
        terms: Its camera terms in order.
        look: The terms of light and look among them and in its fields, with their places.
        known: What is true of all of these: ids, ``axis:…``, ``category:…``, ``is:…``, modifiers.
    """

    __slots__ = ("_entities", "_words", "known", "look", "terms", "unit")

    def __init__(self, unit: Unit, cache: Cache) -> None:
        self.unit = unit
        self.terms: tuple[Term, ...] = ()
        self.look: list[Place] = []
        known: list[frozenset[str]] = []
        for camera in unit.camera:
            facts, look = cache.phrase(camera.phrase)
            known.append(facts)
            self.terms += camera.phrase.terms
            self.look += [(term, camera.span) for term in look]
        for name in _FIELDS:
            for text in unit.texts[name]:
                facts, places = cache.field(text)
                known.append(facts)
                self.look += places
        self.known: frozenset[str] = frozenset().union(*known)
        self._words: frozenset[str] | None = None
        self._entities: dict[str, Entity] | None = None

    def of_axis(self, axis: str) -> list[Term]:
        """Return the camera terms that settle an axis, such as ``size`` or ``movement``."""
        return [term for term in self.terms if term.axis == axis]

    @property
    def size(self) -> Term | None:
        """The size of the framing, the first where it changes; None where none is named."""
        return next((term for term in self.terms if term.axis == "size"), None)

    @property
    def words(self) -> frozenset[str]:
        """The casefolded words of its prose."""
        if self._words is None:
            lines = self.unit.prose()
            self._words = frozenset([word for line in lines for word in words_of(line.plain)])
        return self._words

    @property
    def entities(self) -> dict[str, Entity]:
        """What it shows by ref, by name: in prose, camera terms, changes, frames and `using`."""
        if self._entities is None:
            found = [mention.entity for text in written(self.unit) for mention in text.mentions()]
            found += [use.entity for use in self.unit.using]
            if isinstance(self.unit, Shot | Coverage):
                frames = (self.unit.start, self.unit.end)
                found += [frame.entity for frame in frames if frame is not None]
            if isinstance(self.unit, Coverage) and self.unit.image is not None:
                found.append(self.unit.image)
            if isinstance(self.unit, Edit | Angle):
                found.append(self.unit.source)
            self._entities = {entity.name: entity for entity in found}
        return self._entities

    @property
    def people(self) -> list[Entity]:
        """The characters and creatures it shows by ref."""
        return [e for e in self.entities.values() if e.kind in {"character", "creature"}]


class Film:
    """A script, resolved, with what rules ask about.

    Attributes:
        script: The syntax tree.
        storyboard: What the script means.
        units: The blocks without errors, in order.
        whole: Whether the script has no error at all; beside one nobody can tell what is unused.
    """

    __slots__ = (
        "_cache",
        "_facts",
        "_passages",
        "script",
        "storyboard",
        "units",
        "whole",
    )

    def __init__(
        self, script: Script, storyboard: Storyboard, units: list[Unit], *, whole: bool
    ) -> None:
        self.script = script
        self.storyboard = storyboard
        self.units = units
        self.whole = whole
        self._facts: dict[int, Facts] = {}
        self._cache = Cache()
        self._passages: list[Passage] | None = None

    def facts(self, unit: Unit) -> Facts:
        """Return what a block says."""
        found = self._facts.get(unit.number)
        if found is None or found.unit is not unit:
            # Several sources of one EDIT are several blocks of one number.
            found = self._facts[unit.number] = Facts(unit, self._cache)
        return found

    @property
    def passages(self) -> list[Passage]:
        """Every text of the sound blocks and every description."""
        if self._passages is None:
            self._passages = list(passages(self.storyboard, self.units))
        return self._passages

    def pairs(self) -> Iterator[tuple[Shot, Shot]]:
        """Yield the shots that follow one another with nothing between them."""
        for first, second in pairwise(self.units):
            if not (isinstance(first, Shot) and isinstance(second, Shot)):
                continue
            if second.number == first.number + 1:
                yield first, second


def written(unit: Unit) -> list[Text]:
    """Return the texts of a block that say what is seen: prose, camera terms, changes."""
    found = [*unit.prose(), *(camera.text for camera in unit.camera)]
    if isinstance(unit, Edit):
        found += [change.text for change in unit.changes]
    if isinstance(unit, Angle) and unit.request:
        found.append(unit.request)
    return found
