"""A request before it is spelt for a provider: neutral, complete, ready to become a payload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from promptlang.providers.target import Target, Task


def whole(seconds: Decimal | None) -> str | None:
    """Return seconds as the digits of a payload: ``"4"``, or ``"2.5"`` where they are broken."""
    if seconds is None:
        return None
    return f"{seconds.normalize():f}"


def number(seconds: Decimal | None) -> int | float | None:
    """Return seconds as a JSON number, whole where they are."""
    if seconds is None:
        return None
    return int(seconds) if seconds == int(seconds) else float(seconds)


class ShotText:
    """The words of one shot: ``text`` and its exact length in seconds (None: the source's)."""

    __slots__ = ("seconds", "text")

    def __init__(self, text: str, seconds: Decimal | None) -> None:
        self.text = text
        self.seconds = seconds


class ElementInput:
    """An element as a provider takes it.

    Attributes:
        name: The declared name.
        description: Plain words, or ``""``.
        frontal: Location of the first picture, or None.
        others: Locations of the other pictures.
        video: Location of the video it is made of, or None.
        element_id: The provider's own id, or None.
        voice_id: The provider's voice id, or None.
    """

    __slots__ = ("description", "element_id", "frontal", "name", "others", "video", "voice_id")

    def __init__(
        self,
        name: str,
        *,
        description: str = "",
        frontal: str | None = None,
        others: tuple[str, ...] = (),
        video: str | None = None,
        element_id: str | None = None,
        voice_id: str | None = None,
    ) -> None:
        self.name = name
        self.description = description
        self.frontal = frontal
        self.others = others
        self.video = video
        self.element_id = element_id
        self.voice_id = voice_id


class Draft:
    """Everything one request contains. What is None or empty was not asked for.

    Attributes:
        target: Who it is for.
        task: How it is asked.
        prompt: All words in one text (the shots' texts joined where there are several).
        shots: The words shot by shot.
        seconds: Length in all, None where it follows the source.
        images: Locations of reference pictures, in the order of their numbers.
        elements: Elements in the order of their numbers.
        videos: Locations of reference videos (source first), in the order of their numbers.
        audios: Locations of reference sounds.
        voices: Provider voice ids in the order of their numbers.
        source: The video an edit or an angle works on.
        motion: The video whose camera movement is followed.
        start: The first frame.
        end: The last frame.
        aspect: Such as ``16:9``.
        resolution: In the target's spelling, or None.
        audio: Whether sound is made; always set for a target that can be told.
        keep_audio: Whether the source's sound is kept.
        cfg: Guidance.
        negative: What must not appear.
        seed: Seed.
        takes: How many results.
        automatic: Whether the model chooses the shots.
        fields: Provider fields of the script by dotted path, already JSON values.
    """

    __slots__ = (
        "aspect",
        "audio",
        "audios",
        "automatic",
        "cfg",
        "elements",
        "end",
        "fields",
        "images",
        "keep_audio",
        "motion",
        "negative",
        "prompt",
        "resolution",
        "seconds",
        "seed",
        "shots",
        "source",
        "start",
        "takes",
        "target",
        "task",
        "videos",
        "voices",
    )

    def __init__(self, target: Target, task: Task) -> None:
        self.target = target
        self.task = task
        self.prompt = ""
        self.shots: list[ShotText] = []
        self.seconds: Decimal | None = None
        self.images: list[str] = []
        self.elements: list[ElementInput] = []
        self.videos: list[str] = []
        self.audios: list[str] = []
        self.voices: list[str] = []
        self.source: str | None = None
        self.motion: str | None = None
        self.start: str | None = None
        self.end: str | None = None
        self.aspect: str | None = None
        self.resolution: str | None = None
        self.audio: bool | None = None
        self.keep_audio: bool | None = None
        self.cfg: Decimal | None = None
        self.negative: str | None = None
        self.seed: int | None = None
        self.takes: int | None = None
        self.automatic = False
        self.fields: dict[str, Any] = {}
