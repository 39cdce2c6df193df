"""What a block asks of a target before any task is chosen: its references and its wants.

A *want* says what an entity could be for a payload (``pictures``: an element of two or more
pictures). `realise` turns it into the feature a task carries it by, or into none.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from promptlang.model.storyboard import (
    Angle,
    Coverage,
    Edit,
    Shot,
    Speech,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from promptlang.model.storyboard import (
        Asset,
        Entity,
        Frame,
        Link,
        Storyboard,
        Unit,
        Use,
    )
    from promptlang.providers.target import Task

VIDEO_ENDINGS = frozenset({"mp4", "mov", "m4v", "webm", "mkv", "avi"})
"""File endings that make an element one of a video."""

SAID_LAST = ("environment", "lighting", "mood", "style", "sound", "music")
"""The order in which cascading fields are looked through for mentions."""

LADDER: dict[str, tuple[str, ...]] = {
    "image": ("images",),
    "video": ("videos",),
    "audio": ("audios",),
    "voice": ("voices",),
    "id": ("element-ids",),
    "id+pictures": ("element-ids", "elements", "images"),
    "pictures": ("elements", "images"),
    "picture": ("elements", "images"),
    "clip": ("video-elements", "videos"),
    "attached": ("elements", "element-ids", "images"),
}

BASE = frozenset({"start", "end", "source", "motion"})
"""Features of a block that are no mention."""

_said_last = itemgetter(*SAID_LAST)
_NOBODY: list[Entity] = []

_REFERRING = frozenset({"start", "end", "source", "picture", "motion"})

SETTINGS = ("aspect", "resolution", "cfg", "seed", "audio", "takes")
"""Generation settings, in the order they are reported."""


class Said:
    """The words of a block and what they mention, as far as it shows before they are worded.

    Attributes:
        words: Its texts, refs spelt ``@Name``.
        refs: How many refs they hold.
        called: What they mention, in the order it will be numbered: that of the script, camera
            phrases first, fields last. A speaker counts as mentioned, and what takes part
            unmentioned comes last.
        voices: Who speaks in a voice of their own (the speaker or the voice itself), in order.
        speeches: What is spoken.
        supers: How many texts are seen on screen.
        fields: How many lines of cascading fields there are.
    """

    __slots__ = ("called", "fields", "refs", "speeches", "supers", "voices", "words")

    def __init__(self, unit: Unit) -> None:
        words: list[str] = []
        called: list[Entity] = []
        for camera in unit.camera:
            words.append(camera.phrase.text)
            if camera.phrase.refers:
                called += camera.text.entities
        self.words = words
        self.called = called
        self.speeches: list[Speech] = []
        self.voices = _NOBODY
        self.supers = speakers = 0
        for item in unit.body:
            if isinstance(item, Text):
                words.append(item.plain)
                called += item.entities
            elif isinstance(item, Speech):
                speakers += item.speaker is not None
                self._speech(item)
            else:
                self.supers += 1
                words.append(item.words.plain)
        texts = _besides(unit)
        apart = len(texts)
        for lines in _said_last(unit.texts):
            texts += lines
        self.fields = len(texts) - apart
        for text in texts:
            words.append(text.plain)
            called += text.entities
        self.refs = len(called) - speakers
        if unit.using:
            self._use(unit.using)
        if speakers:
            self.voices = _voices(self.speeches)

    def _speech(self, speech: Speech) -> None:
        self.speeches.append(speech)
        if speech.speaker is not None:
            self.called.append(speech.speaker)
        if speech.manner is not None:
            self.words.append(speech.manner.plain)
            self.called += speech.manner.entities
        self.words.append(speech.words.plain)

    def _use(self, using: list[Use]) -> None:
        roles = [use.role for use in using if use.role is not None]
        for role in roles:
            self.words.append(role.plain)
            self.called += role.entities
            self.refs += len(role.entities)
        self.called += [use.entity for use in using]


class Intent:
    """What one block asks for.

    Attributes:
        unit: The block.
        place: Its place among all blocks of the storyboard, from 0.
        said: What it says, the transition into it left aside.
        entities: What it mentions or uses, in the order it will be numbered; frames, source and
            motion are not among them unless they are mentioned too.
        voices: Who speaks in a voice of their own (the speaker or the voice itself), in order.
        linked: What the transition into it mentions.
        closes: The transition that closes the film behind it, or None.
        closing: What that mentions.
        base: Its features that come from no mention: `BASE`, ``prompt``, settings.
        alone: Why it cannot share a generation, or ``""``.
        stated: The length the script states for what comes out of it, or None; that of an EDIT
            is the length of its source, which its output follows.
        simple: Whether nothing but its mentions refers to anything: no frame, source or motion,
            no transition with a ref. What several simple blocks want is what each wants.
        wants: What its mentions and voices want; None where more than its mentions and a source
            decides that.
        is_shot: Whether it is a SHOT.
    """

    __slots__ = (
        "alone",
        "base",
        "closes",
        "closing",
        "entities",
        "is_shot",
        "linked",
        "place",
        "said",
        "simple",
        "stated",
        "unit",
        "voices",
        "wants",
    )

    def __init__(
        self, unit: Unit, place: int, alone: str = "", closing: Link | None = None
    ) -> None:
        self.unit = unit
        self.place = place
        self.alone = alone
        self.closes = closing
        self.is_shot = isinstance(unit, Shot)
        self.said = Said(unit)
        self.voices = self.said.voices
        self.entities = _NOBODY
        link = unit.transition if isinstance(unit, Shot) else None
        self.linked = _NOBODY if link is None else link_entities(link)
        self.closing = _NOBODY if closing is None else link_entities(closing)
        self.stated = _stated(unit)
        self.base = frozenset[str]()
        self.wants: frozenset[str] | None = None
        self.simple = False


class Intents:
    """Works out what the blocks of one script ask for; what is alike is worked out once.

    Attributes:
        wants: What their entities could be.
    """

    __slots__ = ("_bases", "_casts", "_sets", "wants")

    def __init__(self, wants: Wants) -> None:
        self.wants = wants
        self._casts: dict[tuple[Entity, ...], tuple[list[Entity], frozenset[str]]] = {}
        self._bases: dict[tuple[object, ...], tuple[frozenset[str], bool]] = {}
        # One object for equal sets: as parts of a key they are then compared by identity.
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    def of(self, unit: Unit, place: int, alone: str = "", closing: Link | None = None) -> Intent:
        """Return what a block asks for; the arguments are those of `Intent`."""
        intent = Intent(unit, place, alone, closing)
        intent.base, plain = self._base(unit)
        intent.entities, wants = self._cast(tuple(intent.said.called))
        if intent.linked or intent.closing:
            return intent
        if plain:
            intent.simple = True
        elif isinstance(unit, (Edit, Angle)) and unit.motion is None:
            if unit.source in intent.entities:
                others = [entity for entity in intent.said.called if entity is not unit.source]
                _, wants = self._cast(tuple(others))
        else:
            return intent
        if intent.voices:
            wants |= {"voice"}
            wants = self._sets.setdefault(wants, wants)
        intent.wants = wants
        return intent

    def _cast(self, called: tuple[Entity, ...]) -> tuple[list[Entity], frozenset[str]]:
        """Return who is called, each once, and what they want."""
        known = self._casts.get(called)
        if known is None:
            wants = frozenset(map(self.wants.of, called))
            known = list(dict.fromkeys(called)), self._sets.setdefault(wants, wants)
            self._casts[called] = known
        return known

    def _base(self, unit: Unit) -> tuple[frozenset[str], bool]:
        """Return the features of a block that come from no mention, and whether none refers."""
        # Blocks without settings of their own share those of the header.
        own = _own_features(unit)
        key = (id(unit.settings), *own)
        known = self._bases.get(key)
        if known is None:
            base = frozenset(own).union([name for name in SETTINGS if _asked(unit, name)])
            base = self._sets.setdefault(base, base)
            known = self._bases[key] = base, not base & _REFERRING
        return known


class Wants:
    """What entities could be for a payload, remembered.

    Attributes:
        stills: The ids of outputs that are pictures.
    """

    __slots__ = ("_known", "stills")

    def __init__(self, stills: frozenset[int]) -> None:
        self.stills = stills
        self._known: dict[int, str] = {}

    def of(self, entity: Entity) -> str:
        """Return what an entity could be for a payload."""
        want = self._known.get(id(entity))
        if want is None:
            want = self._known[id(entity)] = want_of(entity, self.stills)
        return want


def frames(unit: Unit) -> list[Frame]:
    """Return the first and last frame of a block, as far as it names them."""
    named = (getattr(unit, "start", None), getattr(unit, "end", None))
    return [frame for frame in named if frame is not None]


def source_of(unit: Unit) -> Entity | None:
    """Return the video an EDIT or ANGLE works on, or the picture of a COVERAGE."""
    if isinstance(unit, (Edit, Angle)):
        return unit.source
    return unit.image if isinstance(unit, Coverage) else None


def _besides(unit: Unit) -> list[Text]:
    """Return what a block says of its source, or of the place it plays in."""
    if isinstance(unit, (Edit, Angle)):
        return list(_reworked(unit))
    scene = unit.setting
    if scene is None:
        return []
    return [text for text in (scene.place, scene.time) if text is not None]


def _reworked(unit: Edit | Angle) -> Iterator[Text]:
    """Yield what becomes of a source and what is kept of it."""
    if isinstance(unit, Edit):
        for change in unit.changes:
            yield change.text
    if unit.keep is not None:
        yield from unit.keep.parts
    if isinstance(unit, Angle) and unit.request is not None:
        yield unit.request


def link_entities(link: Link) -> list[Entity]:
    """Return what a transition mentions."""
    return list(link.text.entities)


def _voices(speeches: list[Speech]) -> list[Entity]:
    """Return those who speak in a provider's or a recorded voice, in the order they begin."""
    found: dict[int, Entity] = {}
    for speech in speeches:
        speaker = speech.speaker
        if speaker is None:
            continue
        if (speaker.kind == "voice" and speaker.assets) or isinstance(speaker.voice, str):
            found.setdefault(id(speaker), speaker)
        elif speaker.voice is not None and speaker.voice.assets:
            found.setdefault(id(speaker.voice), speaker.voice)
    return list(found.values())


def want_of(entity: Entity, stills: frozenset[int] = frozenset()) -> str:
    """Return what an entity could be for a payload; ``words`` where it has nothing to attach.

    Args:
        entity: The entity.
        stills: The ids of outputs that are pictures.
    """
    kind = entity.kind
    if id(entity) in stills:
        return "image"
    if kind == "voice":
        return "words"  # a voice takes part by speaking
    if kind in {"video", "audio", "image"}:
        return kind
    if entity.origin == "attached":
        return "attached"
    if kind == "style":
        return "image" if entity.assets else "words"
    return _element_want(entity)


def _element_want(entity: Entity) -> str:
    ids = pictures = clips = 0
    for asset in entity.assets:
        if asset.form == "element":
            ids += 1
        elif _is_clip(asset):
            clips += 1
        else:
            pictures += 1
    if ids:
        return "id+pictures" if pictures else "id"
    if pictures:
        return "pictures" if pictures > 1 else "picture"
    return "clip" if clips else "words"


def pictures_of(entity: Entity) -> list[Asset]:
    """Return the pictures of an entity, the frontal one first."""
    return [a for a in entity.assets if a.form != "element" and not _is_clip(a)]


def _is_clip(asset: Asset) -> bool:
    return asset.extension in VIDEO_ENDINGS or asset.since is not None


@lru_cache(maxsize=1024)
def realise(want: str, task: Task) -> str:
    """Return the feature by which a task carries a want, ``""`` where only words can."""
    for feature in LADDER.get(want, ()):
        if feature not in task.takes:
            continue
        if want == "picture" and feature == "elements" and "images" in task.takes:
            least = task.limit("element-pictures")
            if least is not None and least.min is not None and least.min > 1:
                continue  # a single picture is no element there, but a fine reference picture
        return feature
    return ""


def _stated(unit: Unit) -> Decimal | None:
    return None if isinstance(unit, Edit) else unit.length


def _own_features(unit: Unit) -> list[str]:
    """Return the features a block has whatever its settings."""
    own = []
    if isinstance(unit, (Shot, Coverage)):
        if unit.start is not None:
            own.append("start")
        if unit.end is not None:
            own.append("end")
        if isinstance(unit, Coverage) and unit.image is not None:
            own.append("picture")
    else:
        own.append("source")
    if unit.motion is not None:
        own.append("motion")
    if unit.seconds is not None and not isinstance(unit, Edit):
        own.append("duration")
    if unit.negative:
        own.append("negative")
    if not isinstance(unit, Coverage) or has_words(unit):
        own.append("prompt")
    return own


def _asked(unit: Unit, name: str) -> bool:
    value = getattr(unit.settings, name)
    if value is None:
        return False
    if name == "audio":
        return bool(value.value)  # silence is what a target without sound makes
    return name != "takes" or value.value > 1


def has_words(unit: Unit) -> bool:
    """Whether a block says anything: prose, camera terms, fields."""
    return bool(unit.body or unit.camera or unit.using or any(unit.texts.values()))


def last_shot(storyboard: Storyboard) -> Unit | None:
    """Return the shot behind which the closing transition of the film stands."""
    return next((u for u in reversed(storyboard.units) if isinstance(u, Shot)), None)


def settings_key(unit: Unit, provider: str) -> tuple[object, ...]:
    """Return what two shots must agree in to share a generation."""
    settings = unit.settings
    values = [getattr(settings, name) for name in SETTINGS]
    own = sorted(
        (path, repr(value.value))
        for (name, path), value in settings.fields.items()
        if name.casefold() == provider
    )
    targets = tuple(str(value.value) for value in settings.targets)
    return (*(None if v is None else v.value for v in values), tuple(own), targets)


def outputs_in_use(storyboard: Storyboard) -> set[int]:
    """Return the ids of the output entities that some block takes as an input."""
    used: set[int] = set()
    if all(entity.origin != "output" for entity in storyboard.entities.values()):
        return used
    for unit in storyboard.units:
        used |= {id(entity) for entity in inputs(unit) if entity.origin == "output"}
    return used


def inputs(unit: Unit) -> Iterable[Entity]:
    """Yield everything a block takes part in making use of, outputs of other blocks included."""
    yield from dict.fromkeys(Said(unit).called)
    if isinstance(unit, Shot) and unit.transition is not None:
        yield from link_entities(unit.transition)
    for frame in frames(unit):
        yield frame.entity
    if unit.motion is not None:
        yield unit.motion.entity
    source = source_of(unit)
    if source is not None:
        yield source
