"""The film as rules see it: the storyboard with what they ask about again and again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from promptlang.lint.passages import Passage, texts, words_of
from promptlang.model.storyboard import Angle, Coverage, Edit, Mention, Shot, Speech, Text
from promptlang.model.texts import Ruler, members
from promptlang.providers.registry import target as find_target
from promptlang.vocabulary.compose import EYES
from promptlang.vocabulary.conflicts import conflicts_of
from promptlang.vocabulary.conflicts import facts as term_facts
from promptlang.vocabulary.prose import find_in_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from promptlang.lint.passages import Row
    from promptlang.model.entities import Entity
    from promptlang.model.storyboard import Storyboard, Unit, Value
    from promptlang.providers.target import Target
    from promptlang.source import Span
    from promptlang.syntax.ast import Script
    from promptlang.vocabulary.terms import Phrase, Term

    Place = tuple[Term, Span]
    Pieces = tuple[frozenset[str], ...]

_LOOK = ("light", "look", "lens", "colour")
_FIELDS = ("lighting", "style", "mood", "environment")
PEOPLE = frozenset({"character", "creature"})
"""Kinds of those who have a face."""

_FRAMED = ("size", "vertical", "horizontal", "height", "view", "purpose", "movement")


class Heading:
    """What camera phrases say together; blocks with the same ones share it.

    Attributes:
        known: The facts of the phrases and of their conflicts.
        terms: Their terms in order.
        axes: The terms that settle each axis.
        framing: Those of size and angle; empty where no size is named.
    """

    __slots__ = ("axes", "framing", "known", "terms")

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self.terms = tuple([term for phrase in phrases for term in phrase.terms])
        names = {fact for term in self.terms for fact in term_facts(term)}
        for phrase in phrases:
            for group, values in phrase.modifiers.items():
                names.update([f"{group}:{value.replace(' ', '-')}" for value in values])
        names.update([f"conflict:{rule.name}" for rule, _, _ in conflicts_of(phrases)])
        if any("@" in phrase.text for phrase in phrases):
            names.add("has:ref")
        if not phrases:
            names.add("no-camera")
        self.known = frozenset(names)
        self.axes: dict[str, list[Term]] = {}
        for term in self.terms:
            self.axes.setdefault(term.axis, []).append(term)
        framed = tuple([tuple(self.axes.get(axis, ())) for axis in _FRAMED])
        self.framing = framed if framed[0] else ()


class Cache:
    """What the headings and fields of a film say, each read once."""

    __slots__ = ("_fields", "_headings", "_held", "_places", "_told", "_units")

    def __init__(self) -> None:
        self._headings: dict[tuple[Phrase, ...], Heading] = {}
        self._units: dict[int, Heading] = {}
        self._fields: dict[int, frozenset[str]] = {}
        self._told: dict[tuple[str, ...], frozenset[str]] = {}
        self._held: dict[tuple[str, ...], frozenset[str]] = {}
        self._places: dict[int, list[Place]] = {}

    def pieces(self, unit: Unit) -> Pieces:
        """Return what is true of a block, see `Facts`; alike blocks have equal ones."""
        heading = self._units[id(unit)] = self._read(unit)
        found = [heading.known]
        texts, known = unit.texts, self._fields
        for name in _FIELDS:
            lines = texts[name]
            if lines:
                # One list stands for all blocks a field reaches.
                said = known.get(id(lines))
                if said is None:
                    said = known[id(lines)] = self._said(lines)
                if said:
                    found.append(said)
        held = tuple(_holds(unit))
        if held:
            # A set knows its hash once it was asked for it.
            if held not in self._held:
                self._held[held] = frozenset(held)
            found.append(self._held[held])
        return tuple(found)

    def _said(self, lines: list[Text]) -> frozenset[str]:
        """Return the facts of a field about light or look."""
        plain = tuple([line.plain for line in lines])
        found = self._told.get(plain)
        if found is None:
            told = [term for line in lines for term, _, _ in find_in_field(line.plain, _LOOK)]
            found = frozenset([fact for term in told for fact in term_facts(term)])
            self._told[plain] = found
        return found

    def heading(self, unit: Unit) -> Heading:
        """Return what the camera phrases of a block say."""
        return self._units.get(id(unit)) or self._read(unit)

    def _read(self, unit: Unit) -> Heading:
        phrases = tuple([camera.phrase for camera in unit.camera])
        found = self._headings.get(phrases)
        if found is None:
            found = self._headings[phrases] = Heading(phrases)
        return found

    def places(self, text: Text) -> list[Place]:
        """Return the terms of a text about light or look, with their places."""
        found = self._places.get(id(text))
        if found is None:
            ruler, told = Ruler(text), find_in_field(text.plain, _LOOK)
            found = [(term, ruler.place(start, end)) for term, start, end in told]
            self._places[id(text)] = found
        return found


class Facts:
    """What a block says, found once.

    True of a block, so that a rule can wait for it, are of its camera terms and of those in its
    fields about light and look the ids, ``axis:…``, ``category:…``, ``is:…`` and modifiers such
    as ``speed:slow``; ``conflict:…`` of its camera terms; ``has:speech``, ``has:super``,
    ``has:negative``, ``has:motion``, ``has:transition``, ``has:keep``; ``has:ref`` of its camera
    terms, ``no-camera`` where it has none; ``into:…`` with what is true of its transition;
    ``verb:…`` with what it changes.

    Attributes:
        unit: The block.
    """

    __slots__ = ("_cache", "_entities", "_heading", "_look", "_words", "unit")

    def __init__(self, unit: Unit, cache: Cache) -> None:
        self.unit = unit
        self._cache = cache
        self._heading = cache.heading(unit)
        self._look: list[Place] | None = None
        self._words: frozenset[str] | None = None
        self._entities: dict[str, Entity] | None = None

    @property
    def known(self) -> frozenset[str]:
        """All that is true of it."""
        return frozenset().union(*self._cache.pieces(self.unit))

    @property
    def terms(self) -> tuple[Term, ...]:
        """Its camera terms in order."""
        return self._heading.terms

    @property
    def look(self) -> list[Place]:
        """The terms of light and look in its camera phrases and fields, with their places."""
        if self._look is None:
            found = [(t, c.span) for c in self.unit.camera for t in c.phrase.terms]
            found = [(term, span) for term, span in found if term.category in _LOOK]
            for name in _FIELDS:
                for text in self.unit.texts[name]:
                    found += self._cache.places(text)
            self._look = found
        return self._look

    def of_axis(self, axis: str) -> list[Term]:
        """Return the camera terms that settle an axis, such as ``size`` or ``movement``."""
        return self._heading.axes.get(axis, [])

    @property
    def size(self) -> Term | None:
        """The size of the framing, the first where it changes; None where none is named."""
        return next(iter(self.of_axis("size")), None)

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
            lines = written(self.unit, refs=True)
            found = [entity for line in lines for entity in _seen(line)]
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
        return [e for e in self.entities.values() if e.kind in PEOPLE]


def _seen(line: Text) -> Sequence[Entity]:
    """Return what a text shows by ref: nobody through whose eyes we look."""
    if f"{EYES} @" not in line.plain:
        return line.entities
    seen, before = [], ""
    for part in line.parts:
        if not isinstance(part, Mention):
            before = part.text.strip() or before
            continue
        if not before.endswith(EYES):
            seen.append(part.entity)
        before = ""
    return seen


class Film:
    """A script, resolved, with what rules ask about.

    Attributes:
        script: The syntax tree.
        storyboard: What the script means.
        units: The blocks without errors, in order.
        whole: Whether the script has no error at all; beside one nobody can tell what is unused.
        today: The day prices are compared with; None for that of the calendar.
        targets: Targets that stand in for those there are, by id.
    """

    __slots__ = (
        "_before",
        "_cache",
        "_facts",
        "_kinds",
        "_members",
        "_pairs",
        "_passages",
        "_pieces",
        "_texts",
        "script",
        "storyboard",
        "targets",
        "today",
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
        self.today: date | None = None
        self.targets: dict[str, Target] = {}
        self._facts: dict[int, Facts] = {}
        self._cache = Cache()
        self._members: dict[int, list[tuple[str, Text]]] = {}
        self._before: dict[int, Shot] | None = None
        self._kinds: Counter[str] | None = None
        self._pieces: list[Pieces] | None = None
        self._pairs: list[tuple[Shot, Shot, Pieces]] | None = None
        self._texts: list[Row] | None = None
        self._passages: list[Passage] | None = None

    def facts(self, unit: Unit) -> Facts:
        """Return what a block says."""
        # By identity: several sources of one EDIT are several blocks of one number.
        found = self._facts.get(id(unit))
        if found is None or found.unit is not unit:
            found = self._facts[id(unit)] = Facts(unit, self._cache)
        return found

    @property
    def pieces(self) -> list[Pieces]:
        """What is true of each of the blocks, in their order, as rules wait for it."""
        if self._pieces is None:
            self._pieces = [self._cache.pieces(unit) for unit in self.units]
        return self._pieces

    @property
    def texts(self) -> list[Row]:
        """What makes a `Passage`, of every text of the sound blocks and every description."""
        if self._texts is None:
            self._texts = texts(self.storyboard, self.units)
        return self._texts

    @property
    def passages(self) -> list[Passage]:
        """Every text of the sound blocks and every description."""
        if self._passages is None:
            self._passages = [Passage(*row) for row in self.texts]
        return self._passages

    def target(self, value: Value) -> Target | None:
        """Return the target a script names, None where there is none of that id."""
        name = str(value.value)
        return self.targets.get(name) or find_target(name)

    def named_targets(self) -> Iterator[tuple[Value, Target]]:
        """Yield each target the script names, in its header or in blocks, at each place."""
        named = dict.fromkeys(self.storyboard.targets)
        for unit in self.storyboard.units:
            if unit.settings.targets:
                named.update(dict.fromkeys(unit.settings.targets))
        for value in named:
            target = self.target(value)
            if target is not None:
                yield value, target

    def targets_of(self, unit: Unit | None) -> list[Target]:
        """Return the targets a block is made by as far as the script says, none if it does not."""
        own = () if unit is None else unit.settings.targets
        named = own or self.storyboard.targets
        return [target for value in named if (target := self.target(value)) is not None]

    def days_since(self, day: str) -> int:
        """Return how many days ago a day (``YYYY-MM-DD``) was."""
        from datetime import date

        return ((self.today or date.today()) - date.fromisoformat(day)).days

    def members(self, line: Text) -> list[tuple[str, Text]]:
        """Return the members of a list, casefolded and as written; a line may reach every block."""
        found = self._members.get(id(line))
        if found is None:
            found = [(part.plain.casefold(), part) for part in members(line)]
            self._members[id(line)] = found
        return found

    def count(self, kind: str) -> int:
        """Return how many things of a kind the script names."""
        if self._kinds is None:
            self._kinds = Counter(e.kind for e in self.storyboard.entities.values())
        return self._kinds[kind]

    @property
    def pairs(self) -> list[tuple[Shot, Shot, Pieces]]:
        """The shots that follow one another, with what is true of the second."""
        if self._pairs is None:
            self._pairs = []
            first: Shot | None = None
            for unit, pieces in zip(self.units, self.pieces, strict=True):
                second = unit if isinstance(unit, Shot) else None
                if first is not None and second is not None and second.number == first.number + 1:
                    self._pairs.append((first, second, pieces))
                first = second
        return self._pairs

    def heading(self, unit: Unit) -> Heading:
        """Return what the camera phrases of a block say."""
        return self._cache.heading(unit)

    def before(self, second: Unit) -> Shot | None:
        """Return the shot that a shot follows with nothing between them."""
        if self._before is None:
            self._before = {id(two): one for one, two, _ in self.pairs}
        return self._before.get(id(second))


def _holds(unit: Unit) -> list[str]:
    """Return what a block has beside camera terms and prose."""
    held = [
        "has:speech" if isinstance(part, Speech) else "has:super"
        for part in unit.body
        if not isinstance(part, Text)
    ]
    if unit.negative:
        held.append("has:negative")
    if unit.motion is not None:
        held.append("has:motion")
    if isinstance(unit, Shot):
        link = unit.transition
        if link is not None and link.term is not None:
            held.append("has:transition")
            held += [f"into:{fact}" for fact in term_facts(link.term)]
    elif isinstance(unit, Edit):
        held += [f"verb:{change.verb}" for change in unit.changes]
        if unit.keep is not None:
            held.append("has:keep")
    return held


def written(unit: Unit, *, refs: bool = False) -> list[Text]:
    """Return the texts of a block that say what is seen: prose, camera terms, changes.

    Args:
        unit: The block.
        refs: Whether camera terms without a ref are left out, which are worded for nobody then.
    """
    said = [camera for camera in unit.camera if camera.phrase.refers or not refs]
    found = [*unit.prose(), *(camera.text for camera in said)]
    if isinstance(unit, Edit):
        found += [change.text for change in unit.changes]
    if isinstance(unit, Angle) and unit.request:
        found.append(unit.request)
    return found


def same_scene(first: Shot, second: Shot) -> bool:
    """Whether two shots stand under one scene heading, or both under none."""
    return first.scene is second.scene


def subjects(shot: Shot, film: Film) -> set[str]:
    """Return the names of whom or what a shot shows by ref, places and looks aside."""
    shown = film.facts(shot).entities.values()
    return {entity.name for entity in shown if entity.kind not in {"place", "style", "image"}}
