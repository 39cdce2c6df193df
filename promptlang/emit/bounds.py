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

    from promptlang.model.storyboard import Speech, Unit
    from promptlang.plan.generation import Generation
    from promptlang.plan.intents import Said

    Tokens = dict[Entity, tuple[int, int]]
    """How many characters more than ``@Name`` it takes to introduce an entity, and to call it."""

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


class Bounds:
    """What the words of one request can come to.

    Attributes:
        sizes: The most characters the prompt of each unit can have.
        suspicious: Whether any words hold a mark that references begin with.
    """

    __slots__ = ("_generation", "_known", "sizes", "suspicious")

    def __init__(self, generation: Generation, tokens: Tokens | None = None) -> None:
        """Measure a request.

        Args:
            generation: The request.
            tokens: What `tokens_of` says of it, where that is known.
        """
        self._generation = generation
        self._known = dict(tokens_of(generation) if tokens is None else tokens)
        self.suspicious = False
        # The layered form says the first camera words twice.
        times = 2 if generation.target.data.get("layered") else 1
        self.sizes = [
            self._size(unit, said) * times
            for unit, said in zip(generation.units, generation.said, strict=True)
        ]
        if generation.after is not None:
            closing = generation.after.text
            size = self._said([closing.plain], len(closing.entities), closing.entities, []) + _LINE
            self.sizes[-1] += size * times

    def _size(self, unit: Unit, said: Said) -> int:
        words, refs, called = said.words, said.refs, said.called
        further: list[Entity] = []
        size = (
            len(unit.camera) * _TERM
            + said.fields * _LABELLED
            + len(unit.body) * _LINE
            + said.supers * (_FRAMED - _LINE)
            + len(unit.using) * (_FRAMED + _LINE)
        )
        for speech in said.speeches:
            size += self._voiced(speech, further)
        if isinstance(unit, (Edit, Angle)):
            size += _edited(unit)
            # An EDIT may name its source twice.
            further += unit.source, unit.source
        elif isinstance(unit, (Shot, Coverage)):
            if isinstance(unit, Coverage) and unit.image is not None:
                size += _FRAMED
                further.append(unit.image)
            if isinstance(unit, Shot) and unit.transition is not None:
                size += _LINE
                link = unit.transition.text
                words, refs = [*words, link.plain], refs + len(link.entities)
                called = [*called, *link.entities]
            if unit.setting is not None:
                size += _SETTING + _LINE
        if unit.motion is not None:
            size += _REWORDED
            further.append(unit.motion.entity)
        # Who speaks or is used is called too, and named in no words.
        unnamed = [use.entity for use in unit.using]
        unnamed += [speech.speaker for speech in said.speeches if speech.speaker is not None]
        return size + self._said(words, refs, [*called, *further], [*unnamed, *further])

    def _voiced(self, speech: Speech, called: list[Entity]) -> int:
        """Return the most a spoken line adds besides its words; note who is called by it."""
        size = _FRAMED if speech.off_screen else _SPOKEN
        if speech.language is not None:
            size += self._words(str(speech.language.value))
        speaker = speech.speaker
        if speaker is not None:
            if isinstance(speaker.voice, Entity):
                called.append(speaker.voice)
            slot = self._generation.voice(speaker)
            size += len(slot.token or "") if slot is not None else 0
        return size

    def _said(
        self, words: list[str], refs: int, called: Sequence[Entity], unnamed: Sequence[Entity]
    ) -> int:
        """Return the most characters that words with so many refs in them come to.

        Args:
            words: The words, refs spelt ``@Name``.
            refs: How many refs they hold.
            called: Who is called in their place, or besides.
            unnamed: Those of them who are called besides.
        """
        # Looking through one long text is cheaper than through many short ones.
        said = "".join(words)
        if "<<" in said or said.count("@") != refs:
            self.suspicious = True
        size = len(said)
        seen = set()
        for entity in called:
            known = self._known.get(entity)
            if known is None:
                known = self._known[entity] = self._called(entity)
            size += known[entity in seen]  # it is introduced in full once
            seen.add(entity)
        # Outside ASCII a name may be spelt with fewer characters than it is declared with.
        for entity in unnamed if said.isascii() else called:
            size += len(entity.name) + 1
        return size

    def _words(self, words: str) -> int:
        if "@" in words or "<<" in words:
            self.suspicious = True
        return len(words)

    def _called(self, entity: Entity) -> tuple[int, int]:
        """Return what introducing an entity adds to its name at most, and calling it again."""
        name = len(entity.name) + 1
        slot = self._generation.slot(entity)
        token = 0 if slot is None or not slot.token else len(slot.token) + _BLANK
        if slot is not None and slot.further and slot.token:
            every = sum([len(spelt) + _JOINT for spelt in slot.tokens])
            return self._words(noun(entity)) + every + _JOINT - name, every - name
        short = self._words(noun(entity))
        full = 0 if entity.description is None else self._words(words_of(entity.description))
        return max(short, full) + _PROVIDED + token - name, max(short, token) - name


def tokens_of(generation: Generation) -> Tokens:
    """Return what tokens add to the names of entities, where a token is how they are called."""
    found: Tokens = {}
    if generation.target.mention != "noun":
        for slot in generation.slots:
            # How somebody sounds is never how a mention of them is said, see `Generation.slot`.
            # Who is seen in several pictures is introduced by more than one token.
            if slot.further:
                continue
            if slot.token and (slot.form != "voice" or slot.entity.kind == "voice"):
                size = len(slot.token) + _BLANK - len(slot.entity.name) - 1
                found.setdefault(slot.entity, (size, size))
    return found


def _edited(unit: Edit | Angle) -> int:
    """Return the most a template adds to what an EDIT or ANGLE asks for and keeps."""
    lines = 0 if unit.keep is None else len(unit.keep.parts)
    if isinstance(unit, Edit):
        lines += len(unit.changes)
    elif unit.request is not None:
        lines += 1
    return _REWORDED + lines * _FRAMED
