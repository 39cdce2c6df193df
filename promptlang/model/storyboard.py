"""The storyboard: what a script means, before any provider is chosen.

Includes are read, parameters filled, names bound, fields cascaded, camera terms resolved. Every
piece of text still knows where in the script it stands. Everything here is plain data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.model.entities import (
    ELEMENT_KINDS,
    FILE_KINDS,
    KINDS,
    Asset,
    Entity,
    Located,
    Mention,
    Run,
    Text,
)
from promptlang.model.texts import Ruler, emitted

if TYPE_CHECKING:
    from decimal import Decimal

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Place
    from promptlang.source import Span
    from promptlang.syntax.ast import Script
    from promptlang.vocabulary.terms import Phrase, Term

__all__ = [
    "CASCADE",
    "ELEMENT_KINDS",
    "FILE_KINDS",
    "KINDS",
    "Angle",
    "Asset",
    "Camera",
    "Change",
    "Coverage",
    "Edit",
    "Entity",
    "Frame",
    "Keep",
    "Link",
    "Mention",
    "Run",
    "Scene",
    "Settings",
    "Shot",
    "Speech",
    "Storyboard",
    "Super",
    "Text",
    "Unit",
    "Use",
    "Value",
]


class Value(Located):
    """A setting's value with its place.

    ``value`` is ready to use: a str, a Decimal (numbers), a bool (``audio``) or an int.
    """

    __slots__ = ("value",)

    def __init__(self, value: object, place: Place) -> None:
        self.value: Any = value
        self._place = place

    def __repr__(self) -> str:
        return f"Value({self.value!r})"


class Frame:
    """What a frame or a motion comes from: an entity, or the last or first frame of a video.

    Attributes:
        entity: An image, an element with a picture, a video, or an output.
        edge: ``""`` for a picture or a whole video, ``"end"`` or ``"start"`` for that frame of it.
        span: The whole value.
    """

    __slots__ = ("edge", "entity", "span")

    def __init__(self, entity: Entity, span: Span, edge: str = "") -> None:
        self.entity = entity
        self.edge = edge
        self.span = span

    def __repr__(self) -> str:
        return f"Frame({self.edge or 'all'} of {self.entity.name})"


class Use:
    """A ref that takes part unmentioned: ``using: @Model for the face``.

    Attributes:
        entity: What takes part.
        role: The writer's words behind ``for``, or None: the role then follows from the kind.
        span: Where the ref stands.
    """

    __slots__ = ("entity", "role", "span")

    def __init__(self, entity: Entity, role: Text | None, span: Span) -> None:
        self.entity = entity
        self.role = role
        self.span = span


class Speech:
    """Something said.

    Attributes:
        speaker: Who says it, None for a voice-over without a voice of its own.
        speaker_span: Where the speaker is named (the key of ``voiceover:``).
        manner: How it is said, without the language, or None.
        language: The language it is said in, or None; its span is that of the words that say so.
        words: What is said; holds no mentions.
        off_screen: Whether it is a voice-over.
        span: The whole line.
    """

    __slots__ = ("language", "manner", "off_screen", "span", "speaker", "speaker_span", "words")

    def __init__(
        self,
        speaker: Entity | None,
        speaker_span: Span,
        words: Text,
        span: Span,
        *,
        manner: Text | None = None,
        language: Value | None = None,
        off_screen: bool = False,
    ) -> None:
        self.speaker = speaker
        self.speaker_span = speaker_span
        self.manner = manner
        self.language = language
        self.words = words
        self.off_screen = off_screen
        self.span = span


class Camera:
    """A resolved camera phrase.

    Attributes:
        phrase: As the vocabulary read it.
    """

    __slots__ = ("_told", "_words", "phrase")

    def __init__(self, phrase: Phrase, told: Text) -> None:
        """Keep a phrase.

        Args:
            phrase: As the vocabulary read it.
            told: The text it was read from.
        """
        self.phrase = phrase
        self._told = told
        self._words: Text | None = None

    @property
    def text(self) -> Text:
        """The canonical words with their mentions, ready to emit."""
        if self._words is None:
            self._words = emitted(self.phrase, self._told)
        return self._words

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What it mentions, in order."""
        told = self._told
        if not self.phrase.refers:
            return ()
        if len(told.entities) == 1 and told.plain.count("@") == 1:
            return told.entities  # the one ref of what was typed, which need not be worded for it
        return self.text.entities

    @property
    def span(self) -> Span:
        """What was typed."""
        return Ruler(self._told).place(self.phrase.start, self.phrase.end)

    def __repr__(self) -> str:
        return f"Camera({self.text.plain!r})"


class Link(Located):
    """A resolved transition; it stands where the body of its line does.

    Attributes:
        term: The vocabulary term, None where unknown or quoted.
        text: What to emit, arguments included, without a full stop.
    """

    __slots__ = ("term", "text")

    def __init__(self, term: Term | None, text: Text, place: Place) -> None:
        self.term = term
        self.text = text
        self._place = place

    @property
    def open_ended(self) -> bool:
        """Whether it leads on into the shot, as *dissolve to* does."""
        return self.text.plain.endswith((" to", " into"))

    @property
    def words(self) -> str:
        """The transition by itself: *1-second dissolve*."""
        plain = self.text.plain
        return plain.rsplit(" ", 1)[0] if self.open_ended else plain


class Scene:
    """A scene heading and what holds for the blocks under it.

    Attributes:
        number: Its place among the scenes, from 1.
        setting: ``interior``, ``exterior``, ``interior and exterior``, ``establishing`` or ``""``.
        place: Where, in lower case where it was all capitals.
        time: The time of day, or None.
        output: The entity of ``AS @name`` that makes the scene one generation, or None.
        span: The heading.
        notes: Notes for people under the heading.
        said: Place and time, as far as they are there.
    """

    __slots__ = ("notes", "number", "output", "place", "said", "setting", "span", "time")

    def __init__(
        self,
        number: int,
        setting: str,
        place: Text | None,
        time: Text | None,
        span: Span,
        output: Entity | None = None,
    ) -> None:
        self.number = number
        self.setting = setting
        self.place = place
        self.time = time
        self.span = span
        self.output = output
        self.notes: list[Text] = []
        self.said = [text for text in (place, time) if text is not None]


class Settings:
    """Generation settings that hold for a block; each a `Value` or None.

    ``aspect`` (``"16:9"``), ``resolution`` (as written), ``cfg`` (Decimal), ``seed`` (int),
    ``audio`` (bool), ``takes`` (int, from 1), ``language`` (str). ``targets`` holds the target
    ids that hold for the block, in order. ``fields`` holds provider fields by
    ``(provider, path)``.
    """

    __slots__ = (
        "aspect",
        "audio",
        "cfg",
        "fields",
        "language",
        "resolution",
        "seed",
        "takes",
        "targets",
    )

    def __init__(self) -> None:
        self.aspect: Value | None = None
        self.resolution: Value | None = None
        self.cfg: Value | None = None
        self.seed: Value | None = None
        self.audio: Value | None = None
        self.takes: Value | None = None
        self.language: Value | None = None
        self.targets: tuple[Value, ...] = ()
        self.fields: dict[tuple[str, str], Value] = {}

    def copy(self) -> Settings:
        """Return the same settings, to be changed; nothing they hold ever changes."""
        settings = Settings()
        for name in self.__slots__:
            setattr(settings, name, getattr(self, name))
        return settings


CASCADE = ("environment", "style", "mood", "lighting", "sound", "music")
"""Text fields that reach from header and scene to SHOT and COVERAGE."""


class Unit(Located):
    """A block of the storyboard: one of `Shot`, `Edit`, `Angle`, `Coverage`.

    It stands where its heading does.

    Attributes:
        number: Its place among the blocks of the script, from 1.
        label: The crew's label, or None.
        seconds: The length stated on it or by the header's ``duration``, or None.
        output: The entity of ``AS @name``, or None.
        settings: What holds for it.
        texts: The cascaded text fields by name (`CASCADE`), each a list of lines; empty if none.
        negative: Lines of what must not appear; the word ``standard`` is already expanded.
        body: Prose, speech and on-screen text in the order written.
        camera: Camera phrases of the heading and of ``camera:``, in order.
        using: Refs that take part unmentioned.
        motion: The video whose camera movement is followed, or None.
        notes: Notes for people.
        scene: The scene it stands in, or None.
        setting: The scene whose heading opens its environment; None where there is no scene, for
            EDIT and ANGLE, and where the block's own ``environment`` replaced or cleared it.
    """

    __slots__ = (
        "body",
        "camera",
        "label",
        "motion",
        "negative",
        "notes",
        "number",
        "output",
        "scene",
        "seconds",
        "setting",
        "settings",
        "texts",
        "using",
    )
    kind = "unit"

    def __init__(
        self,
        number: int,
        label: str | None,
        place: Place,
        settings: Settings | None = None,
        texts: dict[str, list[Text]] | None = None,
    ) -> None:
        self.number = number
        self.label = label
        self._place = place
        self.seconds: Value | None = None
        self.output: Entity | None = None
        self.settings = Settings() if settings is None else settings
        self.texts = {name: [] for name in CASCADE} if texts is None else texts
        self.negative: list[Text] = []
        self.body: list[Text | Speech | Super] = []
        self.camera: list[Camera] = []
        self.using: list[Use] = []
        self.motion: Frame | None = None
        self.notes: list[Text] = []
        self.scene: Scene | None = None
        self.setting: Scene | None = None

    @property
    def name(self) -> str:
        """How results name it: the label, else ``#`` and its place."""
        return self.label if self.label is not None else f"#{self.number}"

    @property
    def length(self) -> Decimal | None:
        """How many seconds it lasts, None where the script does not say."""
        seconds = self.seconds
        if seconds is None:
            return None
        length: Decimal = seconds.value
        return length

    def prose(self) -> list[Text]:
        """The prose lines of the body."""
        return [part for part in self.body if isinstance(part, Text)]

    def speeches(self) -> list[Speech]:
        """The spoken lines of the body."""
        return [part for part in self.body if isinstance(part, Speech)]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name})"


class Super:
    """Text seen on screen."""

    __slots__ = ("span", "words")

    def __init__(self, words: Text, span: Span) -> None:
        self.words = words
        self.span = span


class Shot(Unit):
    """A SHOT.

    Attributes:
        transition: The transition into it, or None.
        start: Its first frame, or None.
        end: Its last frame, or None.
    """

    __slots__ = ("end", "start", "transition")
    kind = "shot"

    def __init__(
        self,
        number: int,
        label: str | None,
        place: Place,
        settings: Settings | None = None,
        texts: dict[str, list[Text]] | None = None,
    ) -> None:
        Unit.__init__(self, number, label, place, settings, texts)
        self.transition: Link | None = None
        self.start: Frame | None = None
        self.end: Frame | None = None


class Change(Located):
    """One change of an EDIT; it stands where its lines do.

    Attributes:
        verb: The edit verb in lower case, or None where the line has none.
        text: The whole change from its verb on, without a final full stop, details joined.
    """

    __slots__ = ("text", "verb")

    def __init__(self, verb: str | None, text: Text, place: Place) -> None:
        self.verb = verb
        self.text = text
        self._place = place


class Keep(Located):
    """What stays: the members of ``keep:`` lines, in order, and where they stand.

    ``parts`` is empty for ``keep: none``.
    """

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Text, ...], place: Place) -> None:
        self.parts = parts
        self._place = place


class Edit(Unit):
    """An EDIT of one source. Several sources of one block make one `Edit` each.

    Attributes:
        source: The video that is edited.
        source_span: Where it is named.
        changes: The changes, normally one.
        keep: What stays, None where the script does not say.
    """

    __slots__ = ("changes", "keep", "source", "source_span")
    kind = "edit"

    def __init__(
        self,
        number: int,
        label: str | None,
        place: Place,
        source: Entity,
        source_span: Span,
        settings: Settings | None = None,
        texts: dict[str, list[Text]] | None = None,
    ) -> None:
        Unit.__init__(self, number, label, place, settings, texts)
        self.source = source
        self.source_span = source_span
        self.changes: list[Change] = []
        self.keep: Keep | None = None


class Angle(Unit):
    """An ANGLE ON a video; ``source`` and ``keep`` as in `Edit`.

    Attributes:
        request: What a pasted ``Based on @Video1, generate …`` asks for, without those words;
            None where the script does not word the request itself. It is not in ``body``.
    """

    __slots__ = ("keep", "request", "source", "source_span")
    kind = "angle"

    def __init__(
        self, number: int, label: str | None, place: Place, source: Entity, source_span: Span
    ) -> None:
        super().__init__(number, label, place)
        self.source = source
        self.source_span = source_span
        self.keep: Keep | None = None
        self.request: Text | None = None


class Coverage(Unit):
    """A COVERAGE: the model chooses the shots, from a picture or from prose.

    Attributes:
        image: The picture it starts from, or None.
        image_span: Where it is named, or None.
        start: Its first frame, or None.
        end: Its last frame, or None.
    """

    __slots__ = ("end", "image", "image_span", "start")
    kind = "coverage"

    def __init__(
        self,
        number: int,
        label: str | None,
        place: Place,
        image: Entity | None = None,
        image_span: Span | None = None,
    ) -> None:
        super().__init__(number, label, place)
        self.image = image
        self.image_span = image_span
        self.start: Frame | None = None
        self.end: Frame | None = None


class Storyboard:
    """A whole script, resolved.

    Attributes:
        title: The film's title, or None.
        targets: Target ids of the header, in order.
        units: The blocks in order.
        broken: What the lines of the blocks say whose heading cannot be read, in order.
        closing: The transition after the last shot, or None.
        entities: Everything with a name, by casefolded NFC name, in order of appearance.
        scenes: The scene headings in order.
        notes: Notes for people in the header.
        parameters: The value of each parameter that has one, by name.
        declared: The names of all parameters, also of those without a value.
        included: The files that were included, in the order they were read.
        lost: The refs and parameters that stand for nothing; their blocks cannot be compiled.
        restated: The values of fields of scenes and blocks that say what holds there anyway.
        diagnostics: What is wrong with names, scopes and terms, in order.
    """

    __slots__ = (
        "broken",
        "closing",
        "declared",
        "diagnostics",
        "entities",
        "included",
        "lost",
        "notes",
        "parameters",
        "restated",
        "scenes",
        "targets",
        "title",
        "units",
    )

    def __init__(self) -> None:
        self.title: Value | None = None
        self.targets: tuple[Value, ...] = ()
        self.units: list[Unit] = []
        self.broken: list[Unit] = []
        self.closing: Link | None = None
        self.entities: dict[str, Entity] = {}
        self.scenes: list[Scene] = []
        self.notes: list[Text] = []
        self.parameters: dict[str, str] = {}
        self.declared: list[str] = []
        self.included: list[Script] = []
        self.lost: list[Span] = []
        self.restated: list[Text | Value] = []
        self.diagnostics: list[Diagnostic] = []
