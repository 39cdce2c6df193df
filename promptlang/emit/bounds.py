"""What can be said of a request without wording it: how long its prompts are at most.

Wording is by far the dearest step, and in nearly every request there is nothing to find by it.
So this counts the words of the script and adds the most a template puts around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.emit.voice import noun, words_of
from promptlang.model.storyboard import (
    CASCADE,
    Angle,
    Coverage,
    Edit,
    Entity,
    Run,
    Shot,
    Speech,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.model.storyboard import Unit
    from promptlang.plan.generation import Generation

_LINE = 3
"""The most characters a template puts around a line: what joins it, what ends it."""
_TERM = 8
"""The same for a camera phrase, which may get an article."""
_LABELLED = 14
"""The same for a line with a label (*lighting: …*)."""
_SETTING = 26
"""The same for a place: *interior and exterior*, which stands before it."""
_FRAMED = 40
"""The same for a spoken line, text on screen, or what a reference is for."""
_REWORDED = 240
"""The most a template adds to an EDIT or ANGLE, or to a shot that follows a movement."""
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

    __slots__ = ("_generation", "_known", "_seen", "sizes", "suspicious")

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._known: dict[int, tuple[int, int]] = {}
        self._seen: set[int] = set()
        self.suspicious = False
        # The layered form says the first camera words twice.
        times = 2 if generation.target.data.get("layered") else 1
        self.sizes = [self._size(unit) * times for unit in generation.units]
        if generation.after is not None:
            self.sizes[-1] += (self._text(generation.after.text) + _LINE) * times

    def _size(self, unit: Unit) -> int:
        self._seen = set()
        size = sum([around + self._text(text) for text, around in _texts(unit)])
        for item in unit.body:
            if isinstance(item, Speech):
                size += self._speech(item)
        for use in unit.using:
            size += self._entity(use.entity) + _FRAMED
        if isinstance(unit, Edit | Angle):
            # An EDIT may name its source twice.
            size += 2 * self._entity(unit.source) + _REWORDED
        if isinstance(unit, Coverage) and unit.image is not None:
            size += self._entity(unit.image) + _FRAMED
        if unit.motion is not None:
            size += self._entity(unit.motion.entity) + _REWORDED
        return size

    def _speech(self, speech: Speech) -> int:
        size = _FRAMED
        if speech.language is not None:
            size += self._words(str(speech.language.value))
        speaker = speech.speaker
        if speaker is not None:
            size += self._entity(speaker)
            if isinstance(speaker.voice, Entity):
                size += self._entity(speaker.voice)
            slot = self._generation.voice(speaker)
            size += len(slot.token or "") if slot is not None else 0
        return size

    def _text(self, text: Text) -> int:
        size = 0
        for part in text.parts:
            size += self._words(part.text) if isinstance(part, Run) else self._entity(part.entity)
        return size

    def _words(self, words: str) -> int:
        if "@" in words or "<<" in words:
            self.suspicious = True
        return len(words)

    def _entity(self, entity: Entity) -> int:
        """Return the most characters an entity is called by; it is introduced in full once."""
        key = id(entity)
        if key not in self._known:
            self._known[key] = self._called(entity)
        full, short = self._known[key]
        if key in self._seen:
            return short
        self._seen.add(key)
        return full

    def _called(self, entity: Entity) -> tuple[int, int]:
        slot = self._generation.slot(entity)
        # Behind a token a blank may be needed, so that it does not point at something else.
        token = 0 if slot is None or not slot.token else len(slot.token) + 1
        if slot is not None and slot.further and slot.token:
            every = sum([len(spelt) + _JOINT for spelt in slot.tokens])
            return self._words(noun(entity)) + every + _JOINT, every
        if token and self._generation.target.mention != "noun":
            return token, token
        short = self._words(noun(entity))
        full = 0 if entity.description is None else self._words(words_of(entity.description))
        return max(short, full) + _PROVIDED + token, max(short, token)


def _texts(unit: Unit) -> Iterator[tuple[Text, int]]:
    """Yield the texts of a block with the most characters a template puts around each."""
    if isinstance(unit, Shot) and unit.transition is not None:
        yield unit.transition.text, _LINE
    for camera in unit.camera:
        yield camera.text, _TERM
    for item in unit.body:
        if isinstance(item, Text):
            yield item, _LINE
        elif isinstance(item, Speech):
            yield item.words, 0
            if item.manner is not None:
                yield item.manner, 0
        else:
            yield item.words, _FRAMED
    scene = unit.setting if isinstance(unit, Shot | Coverage) else None
    if scene is not None:
        if scene.place is not None:
            yield scene.place, _SETTING
        if scene.time is not None:
            yield scene.time, _LINE
    for name in CASCADE:
        for text in unit.texts[name]:
            yield text, _LABELLED
    for use in unit.using:
        if use.role is not None:
            yield use.role, _LINE
    yield from ((text, _FRAMED) for text in _edited(unit))


def _edited(unit: Unit) -> Iterable[Text]:
    """Return what an EDIT or ANGLE asks for and keeps."""
    if isinstance(unit, Edit):
        yield from (change.text for change in unit.changes)
    if isinstance(unit, Angle) and unit.request is not None:
        yield unit.request
    if isinstance(unit, Edit | Angle) and unit.keep is not None:
        yield from unit.keep.parts
