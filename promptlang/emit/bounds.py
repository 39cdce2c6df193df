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
    Mention,
    Run,
    Shot,
    Speech,
    Text,
)

if TYPE_CHECKING:
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
_PROVIDED = 50
"""The most characters of *in the second provided environment reference*."""


class Bounds:
    """What the words of one request can come to.

    Attributes:
        sizes: The most characters the prompt of each unit can have.
        suspicious: Whether any words hold a mark that references begin with.
    """

    __slots__ = ("_generation", "_known", "sizes", "suspicious")

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._known: dict[int, tuple[int, int]] = {}
        self.suspicious = False
        # The layered form says the first camera words twice.
        times = 2 if generation.target.data.get("layered") else 1
        self.sizes = [self._size(unit) * times for unit in generation.units]
        if generation.after is not None:
            said = _Said()
            said.text(generation.after.text, _LINE)
            self.sizes[-1] += self._sum(said) * times

    def _size(self, unit: Unit) -> int:
        said = _Said()
        said.unit(unit)
        for item in unit.body:
            if isinstance(item, Speech) and item.speaker is not None:
                slot = self._generation.voice(item.speaker)
                said.around += len(slot.token or "") if slot is not None else 0
        return self._sum(said)

    def _sum(self, said: _Said) -> int:
        size = said.around
        # Parts are joined because looking through one long text is cheaper than through many.
        words = "".join([part.text for part in said.parts if isinstance(part, Run)])
        size += self._words(words)
        seen: set[int] = set()
        for part in said.parts:
            if isinstance(part, Mention):
                said.entities.append(part.entity)
        for entity in said.entities:
            key = id(entity)
            if key not in self._known:
                self._known[key] = self._called(entity)
            full, short = self._known[key]
            # It is introduced in full once.
            size += short if key in seen else full
            seen.add(key)
        return size

    def _words(self, words: str) -> int:
        if "@" in words or "<<" in words:
            self.suspicious = True
        return len(words)

    def _called(self, entity: Entity) -> tuple[int, int]:
        """Return the most characters an entity is introduced by, and called by from then on."""
        slot = self._generation.slot(entity)
        # Behind a token a blank may be needed, so that it does not point at something else.
        token = 0 if slot is None or not slot.token else len(slot.token) + 1
        if token and self._generation.target.mention != "noun":
            return token, token
        short = self._words(noun(entity))
        full = 0 if entity.description is None else self._words(words_of(entity.description))
        return max(short, full) + _PROVIDED + token, max(short, token)


class _Said:
    """What the prompt of a block is made of, in any order.

    Attributes:
        around: The most characters a template adds.
        parts: The parts of its texts.
        entities: What is called besides.
    """

    __slots__ = ("around", "entities", "parts")

    def __init__(self) -> None:
        self.around = 0
        self.parts: list[Run | Mention] = []
        self.entities: list[Entity] = []

    def text(self, text: Text, around: int) -> None:
        self.parts += text.parts
        self.around += around

    def unit(self, unit: Unit) -> None:
        for camera in unit.camera:
            self.text(camera.text, _TERM)
        for item in unit.body:
            if isinstance(item, Text):
                self.text(item, _LINE)
            elif isinstance(item, Speech):
                self._speech(item)
            else:
                self.text(item.words, _FRAMED)
        for name in CASCADE:
            for text in unit.texts[name]:
                self.text(text, _LABELLED)
        for use in unit.using:
            self._call(use.entity, _FRAMED)
            if use.role is not None:
                self.text(use.role, _LINE)
        if unit.motion is not None:
            self._call(unit.motion.entity, _REWORDED)
        if isinstance(unit, (Edit, Angle)):
            self._edited(unit)
        elif isinstance(unit, (Shot, Coverage)):
            self._shown(unit)

    def _call(self, entity: Entity, around: int) -> None:
        self.entities.append(entity)
        self.around += around

    def _speech(self, speech: Speech) -> None:
        self.text(speech.words, _FRAMED)
        if speech.manner is not None:
            self.text(speech.manner, 0)
        if speech.language is not None:
            self.parts.append(Run(str(speech.language.value), speech.span))
        if speech.speaker is not None:
            self._call(speech.speaker, 0)
            if isinstance(speech.speaker.voice, Entity):
                self._call(speech.speaker.voice, 0)

    def _shown(self, unit: Shot | Coverage) -> None:
        if isinstance(unit, Coverage):
            if unit.image is not None:
                self._call(unit.image, _FRAMED)
        elif unit.transition is not None:
            self.text(unit.transition.text, _LINE)
        scene = unit.setting
        if scene is not None:
            if scene.place is not None:
                self.text(scene.place, _SETTING)
            if scene.time is not None:
                self.text(scene.time, _LINE)

    def _edited(self, unit: Edit | Angle) -> None:
        """Take what an EDIT or ANGLE asks for and keeps; an EDIT may name its source twice."""
        self._call(unit.source, _REWORDED)
        self._call(unit.source, 0)
        if isinstance(unit, Edit):
            for change in unit.changes:
                self.text(change.text, _FRAMED)
        elif unit.request is not None:
            self.text(unit.request, _FRAMED)
        for kept in () if unit.keep is None else unit.keep.parts:
            self.text(kept, _FRAMED)
