"""Lowering: a planned generation becomes a neutral draft and what its template needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.emit.views import AngleView, EditView, ShotView
from promptlang.emit.voice import Voice, noun, words_of
from promptlang.model.storyboard import Angle, Coverage, Edit, Entity, Shot
from promptlang.providers.draft import Draft, ElementInput

if TYPE_CHECKING:
    from promptlang.emit.words import Words
    from promptlang.model.storyboard import Asset, Storyboard, Unit
    from promptlang.plan.generation import Generation, Slot


class Lowered:
    """A generation ready to be worded.

    Attributes:
        generation: What is made.
        draft: The neutral request; its words are filled in by rendering.
        words: The placeholders' words, one per unit.
        views: What the template sees, one per unit.
    """

    __slots__ = ("draft", "generation", "views", "words")

    def __init__(self, generation: Generation, draft: Draft) -> None:
        self.generation = generation
        self.draft = draft
        self.words: list[Words] = []
        self.views: list[ShotView | EditView | AngleView] = []


class Lowerer:
    """Lowers the generations of one plan."""

    __slots__ = ("_last", "_made_by", "_storyboard")

    def __init__(self, storyboard: Storyboard, generations: list[Generation]) -> None:
        self._storyboard = storyboard
        shots = (unit for unit in reversed(storyboard.units) if isinstance(unit, Shot))
        self._last = next(shots, None)
        self._made_by: dict[int, int] = {}
        for generation in generations:
            if generation.take > 1:
                continue  # what others use is the first take
            for unit in generation.units:
                if unit.output is not None:
                    self._made_by[id(unit.output)] = generation.number
                shot = isinstance(unit, Shot)
                if shot and unit.scene is not None and unit.scene.output is not None:
                    self._made_by.setdefault(id(unit.scene.output), generation.number)

    def lower(self, generation: Generation) -> Lowered:
        """Return the draft and the views of a generation."""
        draft = Draft(generation.target, generation.task)
        lowered = Lowered(generation, draft)
        self._references(draft, generation)
        self._settings(draft, generation)
        voice = Voice(generation)
        for place, unit in enumerate(generation.units):
            lowered.words.append(voice.new_words())
            lowered.views.append(self._view(unit, place, generation, voice))
        return lowered

    def _view(
        self, unit: Unit, place: int, generation: Generation, voice: Voice
    ) -> ShotView | EditView | AngleView:
        if isinstance(unit, Edit):
            return EditView(unit, generation, voice)
        if isinstance(unit, Angle):
            return AngleView(unit, generation, voice)
        opening = unit.transition if isinstance(unit, Shot) else None
        if place == 0 and generation.before is not None:
            opening = None
        closing = self._storyboard.closing if unit is self._last else None
        if not isinstance(unit, Shot | Coverage):
            raise TypeError(f"no view for {unit!r}")
        return ShotView(unit, generation, voice, opening, closing)

    def _references(self, draft: Draft, generation: Generation) -> None:
        """Put every reference where the payload wants it, in the order of its number."""
        forms: dict[str, list[tuple[int, str]]] = {"image": [], "video": [], "audio": []}
        for slot in sorted(generation.slots, key=lambda slot: slot.number):
            location = self.location(slot.entity, slot.edge)
            if slot.frame:
                setattr(draft, slot.frame, location)
            elif slot.form == "element":
                draft.elements.append(self._element(slot, generation))
            elif slot.form == "voice":
                draft.voices.append(_voice_id(slot.entity))
            elif slot.form in forms:
                forms[slot.form].append((slot.number, location))
                further = enumerate(slot.further, slot.number + 1)
                forms[slot.form] += [(number, self._asset(asset)) for number, asset in further]
                if slot.source and slot.form == "video":
                    draft.source = location
                if slot.motion:
                    draft.motion = location
        draft.images = [location for _, location in forms["image"]]
        draft.videos = [location for _, location in forms["video"]]
        draft.audios = [location for _, location in forms["audio"]]

    def _element(self, slot: Slot, generation: Generation) -> ElementInput:
        entity = slot.entity
        ids = [asset for asset in entity.assets if asset.form == "element"]
        films = [asset for asset in entity.assets if _is_video(asset)]
        pictures = [a for a in entity.assets if a not in ids and a not in films]
        locations = [self._asset(asset) for asset in pictures]
        if not entity.assets:
            locations = [f"$attach:{entity.name}"]
        voice = entity.voice
        return ElementInput(
            entity.name,
            description=words_of(entity.description) if entity.description else noun(entity),
            frontal=locations[0] if locations else None,
            others=tuple(locations[1:]),
            video=self._asset(films[0]) if films else None,
            element_id=ids[0].location.removeprefix("element:") if ids else None,
            voice_id=_voice_id(voice) if isinstance(voice, Entity) else voice,
        )

    def location(self, entity: Entity, edge: str = "") -> str:
        """Return how a payload points at an entity: a file, an address, an output, a gap.

        Args:
            entity: What is pointed at.
            edge: ``start`` or ``end`` for that frame of a video.
        """
        suffix = f"#{edge}" if edge else ""
        if entity.origin == "output":
            return f"$request:{self._made_by.get(id(entity), 0)}{suffix}"
        # The number a provider keeps an element under is no file.
        files = [asset for asset in entity.assets if asset.form != "element"]
        if not files:
            return f"$attach:{entity.name}{suffix}"
        location = self._asset(files[0])
        # A stretch is a fragment already: the frame is the first or last of that stretch.
        return location + (suffix.replace("#", "&") if "#t=" in location else suffix)

    def _asset(self, asset: Asset) -> str:
        stretch = ""
        if asset.since is not None or asset.until is not None:
            since = f"{asset.since.normalize():f}" if asset.since is not None else "0"
            until = f",{asset.until.normalize():f}" if asset.until is not None else ""
            stretch = f"#t={since}{until}"
        if asset.form == "file":
            return f"file:{asset.location}{stretch}"
        return f"{asset.location}{stretch}"

    def _settings(self, draft: Draft, generation: Generation) -> None:
        task = generation.task
        settings = generation.units[0].settings
        draft.seconds = generation.total
        aspect = settings.aspect.value if settings.aspect else None
        draft.aspect = _setting(aspect, task.limit("aspect")) if "aspect" in task.takes else None
        resolution = settings.resolution.value if settings.resolution else None
        if "resolution" in task.takes:
            draft.resolution = _setting(resolution, task.limit("resolution"))
        if "cfg" in task.takes and settings.cfg is not None:
            draft.cfg = settings.cfg.value
        if "seed" in task.takes and settings.seed is not None:
            draft.seed = settings.seed.value
        if "takes" in task.takes and settings.takes is not None:
            draft.takes = settings.takes.value
        if "audio" in task.takes:
            said = settings.audio.value if settings.audio else None
            works_on_source = task.block in {"edit", "angle"}
            # Not said: a source keeps its sound, a new film has sound if something is to be heard.
            heard = works_on_source or any(_audible(unit) for unit in generation.units)
            sound = bool(said) if said is not None else heard
            if works_on_source:
                draft.keep_audio = sound
            else:
                draft.audio = sound
        if "negative" in task.takes:
            lines: dict[str, None] = {}
            for unit in generation.units:
                lines.update((text.plain, None) for text in unit.negative)
            draft.negative = ", ".join(lines) or None
        draft.automatic = task.block == "coverage"
        draft.fields = {
            path: value.value
            for (provider, path), value in settings.fields.items()
            if provider.casefold() == generation.target.provider
        }


def _setting(value: object, limit: object) -> str | None:
    default = getattr(limit, "default", None)
    chosen = value if value is not None else default
    return None if chosen is None else str(chosen)


def _voice_id(entity: Entity) -> str:
    if isinstance(entity.voice, str):
        return entity.voice
    return entity.assets[0].location if entity.assets else f"$attach:{entity.name}"


def _is_video(asset: Asset) -> bool:
    return asset.extension in {"mp4", "mov", "m4v", "webm", "mkv"}


def _audible(unit: Unit) -> bool:
    """Whether a block asks for anything to be heard."""
    silent = {"no music", "no sound", "silence", "silent", "none"}
    wanted = [*unit.texts["sound"], *unit.texts["music"]]
    return bool(unit.speeches()) or any(t.plain.strip().casefold() not in silent for t in wanted)
