"""What can be said of a request without wording it: how long its prompts are at most.

Wording is by far the dearest step, and in nearly every request there is nothing to find by it.
So this counts the words of the script and adds the most a template puts around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.emit.voice import noun, words_of
from promptlang.model.storyboard import (
    Angle,
    Coverage,
    Edit,
    Entity,
    Shot,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.model.storyboard import Speech, Text, Unit
    from promptlang.plan.generation import Generation
    from promptlang.plan.intents import Said

_LINE = 3
"""The most characters a template puts around a line: what joins it, what ends it."""
_TERM = 8
"""The same for a camera phrase, which may get an article."""
_LABELLED = 14
"""The same for a line with a label (*lighting: …*)."""
_SETTING = 26
"""The same for a place: *interior and exterior*, which stands before it."""
_SPOKEN = 22
"""The same for a line spoken in the picture: *says, …, in …: "…".*"""
_FRAMED = 40
"""The same for a voice-over, text on screen, or what a reference is for."""
_REWORDED = 240
"""The most a template adds to an EDIT or ANGLE, or to a shot that follows a movement."""
_BLANK = 1
"""What may be needed behind a token, so that it does not point at something else."""
_PROVIDED = 70
"""The most characters of *from the second and third provided environment references*."""
_JOINT = 8
"""The most characters between a noun and a reference, or around one of several."""

# A union is made anew wherever it is written out.
_OF_SOURCE = (Edit, Angle)


class Calls:
    """What it takes to call things in requests whose references are carried alike.

    Attributes:
        generation: One of these requests.
    """

    __slots__ = ("_known", "_sums", "generation")

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        # The most characters more than ``@Name`` it takes to introduce an entity, and to call it
        # again, and whether its own words hold a mark that references begin with.
        self._known: dict[Entity, tuple[int, int, bool]] = {}
        self._sums: dict[tuple[Entity, ...], tuple[int, bool]] = {}
        if generation.target.mention != "noun":
            self._take_tokens()

    def _take_tokens(self) -> None:
        """Note what tokens add to the names of entities, where a token is how they are called."""
        for slot in self.generation.slots:
            # How somebody sounds is never how a mention of them is said, see `Generation.slot`.
            # Who is seen in several pictures is introduced by more than one token.
            if slot.further:
                continue
            if slot.token and (slot.form != "voice" or slot.entity.kind == "voice"):
                size = len(slot.token) + _BLANK - len(slot.entity.name) - 1
                self._known.setdefault(slot.entity, (size, size, False))

    def of(self, called: tuple[Entity, ...]) -> tuple[int, bool]:
        """Return what calling some things in turn adds to their names at most.

        And whether their words hold a mark that references begin with. Blocks mention the same
        few things in the same order again and again.
        """
        found = self._sums.get(called)
        if found is None:
            found = self._sums[called] = self._sum(called)
        return found

    def _sum(self, called: tuple[Entity, ...]) -> tuple[int, bool]:
        size, suspicious = 0, False
        seen = set()
        for entity in called:
            known = self._known.get(entity)
            if known is None:
                known = self._known[entity] = self._called(entity)
            size += known[entity in seen]  # it is introduced in full once
            suspicious = suspicious or known[2]
            seen.add(entity)
        return size, suspicious

    def _called(self, entity: Entity) -> tuple[int, int, bool]:
        """Return what introducing an entity adds to its name at most, and calling it again."""
        name, words = len(entity.name) + 1, noun(entity)
        slot = self.generation.slot(entity)
        token = 0 if slot is None or not slot.token else len(slot.token) + _BLANK
        if slot is not None and slot.further and slot.token:
            every = sum([len(spelt) + _JOINT for spelt in slot.tokens])
            full = len(words) + every + _JOINT
            return full - name, every - name, _is_suspicious(words)
        told = "" if entity.description is None else words_of(entity.description)
        full = max(len(words), len(told)) + _PROVIDED + token
        again = max(len(words), token)
        return full - name, again - name, _is_suspicious(words) or _is_suspicious(told)


class Bounds:
    """What the words of one request can come to.

    Attributes:
        sizes: The most characters the prompt of each unit can have.
        suspicious: Whether any words hold a mark that references begin with.
    """

    __slots__ = ("_calls", "sizes", "suspicious")

    def __init__(self, generation: Generation, calls: Calls | None = None) -> None:
        """Measure a request.

        Args:
            generation: The request.
            calls: What is known of requests with the same slots.
        """
        self._calls = Calls(generation) if calls is None else calls
        self.suspicious = False
        # The layered form says the first camera words twice.
        times = 2 if generation.target.data.get("layered") else 1
        self.sizes = [
            self._size(unit, said) * times
            for unit, said in zip(generation.units, generation.said, strict=True)
        ]
        if generation.after is not None:
            closing = generation.after.text
            size = self._linked(closing) + self._called(closing.entities)
            if not closing.plain.isascii():
                size += _names(closing.entities)
            self.sizes[-1] += size * times

    def _size(self, unit: Unit, said: Said) -> int:
        words, called = said.words, said.called
        if "<<" in words or words.count("@") != said.refs:
            self.suspicious = True
        # Who speaks, is used or worked on is called too, and named in no words.
        unnamed: list[Entity] = []
        further: list[Entity] = []
        size = (
            len(words)
            + len(unit.camera) * _TERM
            + said.fields * _LABELLED
            + len(unit.body) * _LINE
            + said.supers * (_FRAMED - _LINE)
            + self._around(unit, further)
        )
        ascii = words.isascii()
        link = unit.transition if isinstance(unit, Shot) else None
        if link is not None:
            size += self._linked(link.text)
            ascii = ascii and link.text.plain.isascii()
            called = called + link.text.entities
        if unit.using:
            size += len(unit.using) * (_FRAMED + _LINE)
            unnamed = [use.entity for use in unit.using]
        for speech in said.speeches:
            size += self._voiced(speech, further)
            if speech.speaker is not None:
                unnamed.append(speech.speaker)
        if further:
            called = *called, *further
            unnamed += further
        # Outside ASCII a name may be spelt with fewer characters than it is declared with.
        return size + self._called(called) + _names(unnamed if ascii else called)

    def _around(self, unit: Unit, called: list[Entity]) -> int:
        """Return the most a template adds for the kind of a block; note who is called by it."""
        size = 0
        if isinstance(unit, _OF_SOURCE):
            size = _edited(unit)
            # An EDIT may name its source twice.
            called += unit.source, unit.source
        else:
            if isinstance(unit, Coverage) and unit.image is not None:
                size = _FRAMED
                called.append(unit.image)
            if unit.setting is not None:
                size += _SETTING + _LINE
        if unit.motion is not None:
            size += _REWORDED
            called.append(unit.motion.entity)
        return size

    def _voiced(self, speech: Speech, called: list[Entity]) -> int:
        """Return the most a spoken line adds besides its words; note who is called by it."""
        size = _FRAMED if speech.off_screen else _SPOKEN
        if speech.language is not None:
            language = str(speech.language.value)
            self.suspicious = self.suspicious or _is_suspicious(language)
            size += len(language)
        speaker = speech.speaker
        if speaker is not None:
            if isinstance(speaker.voice, Entity):
                called.append(speaker.voice)
            slot = self._calls.generation.voice(speaker)
            size += len(slot.token or "") if slot is not None else 0
        return size

    def _linked(self, link: Text) -> int:
        """Return the most a transition comes to without what calling its refs adds."""
        plain = link.plain
        if "<<" in plain or plain.count("@") != len(link.entities):
            self.suspicious = True
        return len(plain) + _LINE

    def _called(self, called: tuple[Entity, ...]) -> int:
        size, suspicious = self._calls.of(called)
        self.suspicious = self.suspicious or suspicious
        return size


def _names(entities: Sequence[Entity]) -> int:
    return sum([len(entity.name) + 1 for entity in entities])


def _is_suspicious(words: str) -> bool:
    """Whether words that hold no ref hold a mark that references begin with."""
    return "@" in words or "<<" in words


def _edited(unit: Edit | Angle) -> int:
    """Return the most a template adds to what an EDIT or ANGLE asks for and keeps."""
    lines = 0 if unit.keep is None else len(unit.keep.parts)
    if isinstance(unit, Edit):
        lines += len(unit.changes)
    elif unit.request is not None:
        lines += 1
    return _REWORDED + lines * _FRAMED
