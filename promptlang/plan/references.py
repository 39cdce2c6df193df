"""How the references of a request are carried and numbered.

The order is fixed: the first frame, then the source (or the video whose camera movement is
followed), then what the blocks mention in the order of the script, then the last frame. Where a
task numbers its frames among the pictures, both frames come first. Each form is numbered from 1
in that order, and payload and prompt both read it from here, so they cannot disagree.

Where elements go as reference pictures, the first picture of each comes before the second of any:
further ones go as far as there is room for them, and never cost anything else its place.
"""

from __future__ import annotations

from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING

from promptlang.model.storyboard import Coverage
from promptlang.plan.generation import Slot
from promptlang.plan.intents import Wants, frames, pictures_of, realise, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from promptlang.model.storyboard import Asset, Entity, Storyboard, Unit
    from promptlang.plan.intents import Intent
    from promptlang.providers.target import Limit, Target, Task

_is_simple, _voices = attrgetter("simple"), attrgetter("voices")

FORMS = {
    "images": "image",
    "elements": "element",
    "element-ids": "element",
    "video-elements": "element",
    "videos": "video",
    "audios": "audio",
    "voices": "voice",
    "": "described",
}
"""The form of a slot by the feature that carries it."""


def still_outputs(storyboard: Storyboard, target: Target) -> frozenset[int]:
    """Return the ids of outputs that are pictures, because the task that makes them says so."""
    stills: set[int] = set()
    for unit in storyboard.units:
        if unit.output is None or not isinstance(unit, Coverage):
            continue
        maker: Target | None = target
        own = [str(value.value) for value in unit.settings.targets]
        if own and target.id not in own:
            from promptlang.providers import registry

            maker = registry.target(own[0])
        tasks = maker.tasks.values() if maker is not None else ()
        if any(task.block == "coverage" and task.output == "pictures" for task in tasks):
            stills.add(id(unit.output))
    return frozenset(stills)


class Allotment:
    """Hands out slots for the requests of one task; requests that are alike share theirs."""

    __slots__ = ("_alike", "_forms", "_known", "_numbers", "_target", "_task", "_wants")

    def __init__(self, task: Task, target: Target, wants: Wants) -> None:
        self._task = task
        self._target = target
        self._wants = wants
        self._numbers: dict[str, int] = {}
        self._forms: dict[int, str] = {}
        self._known: dict[tuple[int, int], Slot] = {}
        self._alike: dict[tuple[Entity | None, ...], list[Slot]] = {}

    def slots(self, intents: Sequence[Intent]) -> list[Slot]:
        """Return the slots of a request; nobody changes the list, it may be that of others."""
        key = _refers_to(intents)
        if key is None:
            return self._made(intents)
        known = self._alike.get(key)
        if known is None:
            known = self._alike[key] = self._made(intents)
        return known

    def _made(self, intents: Sequence[Intent]) -> list[Slot]:
        self._numbers = {}
        opening, closing = self._frames(intents)
        made = opening + [slot for intent in intents for slot in self._videos(intent)]
        fixed = made + closing
        made += [
            self._mention(entity)
            for entity in entities_of(intents)
            if not any(_says(slot, entity) for slot in fixed)
        ]
        if "voices" in self._task.takes:
            made += [self._slot(entity, "voice") for entity in voices_of(intents)]
        made += closing
        self._spread(made)
        return made

    def _spread(self, slots: list[Slot]) -> None:
        """Let the further pictures of what goes as pictures take part, while there is room."""
        if not any(_may_go_on(slot) for slot in slots):
            return
        # Slots are shared between requests that are alike; their numbers differ from here on.
        slots[:] = [slot.copy() for slot in slots]
        several = [slot for slot in slots if _may_go_on(slot)]
        counts = counted(slots, numbers_frames=self._task.numbers_frames)
        rows = zip_longest(*[_further(slot) for slot in several])
        for slot, picture in (pair for row in rows for pair in row if pair):
            counts.images += 1
            if next(counts.over(self._task.limits), None) is not None:
                break
            slot.further.append(picture)
        self._number_on(slots)

    def _number_on(self, slots: list[Slot]) -> None:
        """Number slots anew behind those that came to have further pictures."""
        shifts: dict[str, int] = {}
        for slot in sorted(slots, key=lambda slot: slot.number):
            if slot.number:
                series = self._series(slot.form)
                slot.number += shifts.get(series, 0)
                shifts[series] = shifts.get(series, 0) + len(slot.further)
                numbers = range(slot.number, slot.number + len(slot.further) + 1)
                spelt = [self._token(slot.entity, slot.form, number) for number in numbers]
                slot.tokens = list(dict.fromkeys([token for token in spelt if token]))
                slot.token = spelt[0]

    def _series(self, form: str) -> str:
        return "all" if self._target.numbering == "all" else form

    def _frames(self, intents: Sequence[Intent]) -> tuple[list[Slot], list[Slot]]:
        found = [
            self._frame(frame.entity, name, frame.edge)
            for intent in intents
            for name in ("start", "end")
            if (frame := getattr(intent.unit, name, None)) is not None and name in self._task.takes
        ]
        if self._task.numbers_frames:
            return found, []
        return [s for s in found if s.frame == "start"], [s for s in found if s.frame == "end"]

    def _frame(self, entity: Entity, name: str, edge: str) -> Slot:
        if self._task.numbers_frames:
            return self._slot(entity, "image", frame=name, edge=edge)
        return Slot(entity, "image", 0, None, frame=name, edge=edge)

    def _videos(self, intent: Intent) -> list[Slot]:
        unit, takes = intent.unit, self._task.takes
        made = []
        source = source_of(unit)
        if source is not None and isinstance(unit, Coverage):
            if "images" in takes:
                made.append(self._slot(source, "image", source=True))
        elif source is not None and "source" in takes:
            made.append(self._slot(source, "video", source=True))
        if unit.motion is not None and carries_motion(self._task, unit):
            edge = unit.motion.edge
            made.append(self._slot(unit.motion.entity, "video", edge=edge, motion=True))
        return made

    def _mention(self, entity: Entity) -> Slot:
        form = self._forms.get(id(entity))
        if form is None:
            form = self._forms[id(entity)] = FORMS[realise(self._wants.of(entity), self._task)]
        key = id(entity), self._number(form)
        slot = self._known.get(key)
        if slot is None:
            slot = Slot(
                entity, form, key[1], self._token(entity, form, key[1]), want=self._wants.of(entity)
            )
            self._known[key] = slot
        return slot

    def _number(self, form: str) -> int:
        if form == "described":
            return 0
        series = self._series(form)
        number = self._numbers[series] = self._numbers.get(series, 0) + 1
        return number

    def _token(self, entity: Entity, form: str, number: int) -> str | None:
        pattern = self._target.tokens.get(form) if number else None
        if pattern is None:
            return None
        return pattern.replace("{n}", str(number)).replace("{name}", entity.name)

    def _slot(
        self,
        entity: Entity,
        form: str,
        *,
        frame: str = "",
        edge: str = "",
        source: bool = False,
        motion: bool = False,
    ) -> Slot:
        number = self._number(form)
        token = self._token(entity, form, number)
        return Slot(
            entity, form, number, token, frame=frame, edge=edge, source=source, motion=motion
        )


def carries_motion(task: Task, unit: Unit) -> bool:
    """Whether a task carries the video whose camera movement a block follows."""
    if "motion" in task.takes:
        return True
    return "videos" in task.takes and source_of(unit) is None


def entities_of(intents: Sequence[Intent]) -> list[Entity]:
    """Return what the prompt of a request mentions, each once, in the order of the script.

    The transition into the first block is left to the edit unless the film opens with it.
    """
    if all_simple(intents):
        if len(intents) == 1:
            return intents[0].entities
        return list(dict.fromkeys([e for intent in intents for e in intent.entities]))
    found: dict[Entity, None] = {}
    for index, intent in enumerate(intents):
        said = intent.entities
        if index or not intent.place:
            said = intent.linked + said
        found.update(dict.fromkeys(said + intent.closing))
    return list(found)


def all_simple(intents: Sequence[Intent]) -> bool:
    """Whether nothing but mentions refers to anything in several blocks, see `Intent`."""
    return all(map(_is_simple, intents))


def _refers_to(intents: Sequence[Intent]) -> tuple[Entity | None, ...] | None:
    """Return all that the slots of a request follow from, None where that is too much to say."""
    if any(map(_voices, intents)):
        return None
    if all_simple(intents):
        return None, *entities_of(intents)
    only = intents[0]
    if len(intents) > 1 or only.wants is None:
        return None
    return source_of(only.unit), *only.entities


def voices_of(intents: Sequence[Intent]) -> list[Entity]:
    """Return who speaks in a voice of their own in a request, each once, in order."""
    voices = [voice for intent in intents for voice in intent.voices]
    return list({id(voice): voice for voice in voices}.values()) if voices else voices


def wants_of(intents: Sequence[Intent], wants: Wants) -> frozenset[str]:
    """Return the wants of a request; a mention of its source or of its frame wants no more."""
    apart = [intent.wants for intent in intents if intent.wants is not None]
    if len(apart) == len(intents):
        return frozenset().union(*apart)
    fixed: set[int] = set()
    for intent in intents:
        unit = intent.unit
        fixed |= {id(frame.entity) for frame in frames(unit) if _is_picture(frame.entity)}
        source = source_of(unit)
        if source is not None:
            fixed.add(id(source))
        if unit.motion is not None:
            fixed.add(id(unit.motion.entity))
    found = {wants.of(entity) for entity in entities_of(intents) if id(entity) not in fixed}
    if voices_of(intents):
        found.add("voice")
    return frozenset(found)


def _may_go_on(slot: Slot) -> bool:
    """Whether further pictures of an entity may follow its first one."""
    return slot.form == "image" and not slot.frame and len(slot.entity.assets) > 1


def _further(slot: Slot) -> list[tuple[Slot, Asset]]:
    return [(slot, picture) for picture in pictures_of(slot.entity)[1:]]


def _says(slot: Slot, entity: Entity) -> bool:
    """Whether a mention of an entity is said by a frame, the source or the motion."""
    return slot.entity is entity and (not slot.frame or _is_picture(entity))


def _is_picture(entity: Entity) -> bool:
    return entity.kind in {"image", "style"}


class Counts:
    """How many references of each kind a request carries."""

    __slots__ = (
        "audios",
        "clips",
        "elements",
        "filmed",
        "ids",
        "images",
        "start",
        "videos",
        "voices",
    )

    def __init__(self) -> None:
        self.elements = self.ids = self.images = self.start = 0
        self.videos = self.voices = self.clips = self.audios = 0
        self.filmed = False

    def add(self, form: str, want: str = "") -> None:
        """Count what is carried in a form and could be, for a payload, what ``want`` says."""
        if form == "element":
            self.elements += 1
            self.ids += want.startswith("id")
            self.clips += want == "clip"
        elif form == "video":
            self.filmed = True
            self.videos += 1
        elif form == "image":
            self.images += 1
        elif form == "voice":
            self.voices += 1
        elif form == "audio":
            self.audios += 1

    def over(self, limits: Mapping[str, Limit]) -> Iterator[tuple[Limit, int, str]]:
        """Yield each limit that is exceeded, the count, and how it adds up."""
        elements, images = (self.elements, "element"), (self.images, "picture")
        pool = (elements, images, (self.start, "frame"))
        bounded: list[tuple[str, tuple[tuple[int, str], ...]]] = [
            ("elements", (elements,)),
            ("element-ids", ((self.ids, "element"),)),
            ("video-elements", ((self.clips, "element made of a video"),)),
            ("images", (images,)),
            ("videos", ((self.videos, "video"),)),
            ("audios", ((self.audios, "sound"),)),
            ("voices", ((self.voices, "voice"),)),
            ("references", pool),
        ]
        if self.filmed or self.clips:
            bounded.append(("references-with-video", pool))
        for name, parts in bounded:
            limit = limits.get(name)
            if limit is None or limit.max is None:
                continue
            count = sum([number for number, _ in parts])
            if count > limit.max:
                yield limit, count, _added(*parts)


def no_room(slots: Sequence[Slot], task: Task) -> Limit | None:
    """Return the limit that one more picture would exceed, None where there is room."""
    counts = counted(slots, numbers_frames=task.numbers_frames)
    counts.images += 1
    return next((limit for limit, _, _ in counts.over(task.limits)), None)


def counted(slots: Iterable[Slot], *, numbers_frames: bool) -> Counts:
    """Return how many references of each kind slots are."""
    counts = Counts()
    for slot in slots:
        if slot.frame:
            # the interfaces count a first frame; the last one only where it has a number
            counts.start += slot.frame == "start" or numbers_frames
            counts.filmed |= slot.form == "video"
        elif slot.form == "video" and (slot.source or slot.motion):
            counts.filmed = True
        else:
            counts.add(slot.form, slot.want)
        counts.images += len(slot.further)
    return counts


def _added(*parts: tuple[int, str]) -> str:
    shown = " + ".join(
        f"{count} {noun if count == 1 else plural(noun)}" for count, noun in parts if count
    )
    total = sum(count for count, _ in parts)
    return f"{shown} = {total}" if shown.count(" + ") else shown


def plural(noun: str) -> str:
    """Return the plural of one of the nouns used here."""
    return noun.replace("element", "elements", 1) if noun.startswith("element") else f"{noun}s"
