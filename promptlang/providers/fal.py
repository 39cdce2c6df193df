"""fal: payloads of its Kling endpoints, field for field as its published types have them.

``elements`` and pictures are addressed in prompts by their place in the arrays. Durations are
strings. Left to itself, one endpoint makes sound and the other does not: both are always told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from promptlang.providers.base import Provider, Reply
from promptlang.providers.fields import Complaint, Payload, whole

if TYPE_CHECKING:
    from typing import Self

    from promptlang.providers.draft import Draft, ElementInput

ShotSeconds = Literal[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"
]
Seconds = Literal["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"]
O1Seconds = Literal["3", "4", "5", "6", "7", "8", "9", "10"]
Aspect = Literal["16:9", "9:16", "1:1"]
SourceAspect = Literal["auto", "16:9", "9:16", "1:1"]
_DEFAULT: Literal["5"] = "5"
Angles = Annotated[list[str], Field(min_length=1, max_length=3)]


class ShotPrompt(Payload):
    """One shot of a multi-shot request."""

    prompt: str
    duration: ShotSeconds | None = None


class PictureElement(Payload):
    """An element beside a video: pictures only."""

    frontal_image_url: str | None = None
    reference_image_urls: Angles | None = None


class O1Element(Payload):
    """An element of Kling O1: a frontal picture and others."""

    frontal_image_url: str
    reference_image_urls: Angles | None = None


class ComboElement(Payload):
    """An element of pictures or of one video, which may have a voice."""

    frontal_image_url: str | None = None
    reference_image_urls: Angles | None = None
    video_url: str | None = None
    voice_id: str | None = None


class _Shots(Payload):
    """A request made of one prompt or of several shots."""

    prompt: str | None = None
    multi_prompt: list[ShotPrompt] | None = None
    shot_type: str | None = None

    @model_validator(mode="after")
    def _one_or_several(self) -> Self:
        if (self.prompt is None) == (self.multi_prompt is None):
            raise ValueError("a request has either prompt or multi_prompt")
        if self.multi_prompt is not None:
            # Declared below by every subclass, where it stands in the documented order.
            stated = getattr(self, "duration", None) or _DEFAULT
            in_all = sum(int(shot.duration or _DEFAULT) for shot in self.multi_prompt)
            if in_all != int(stated):
                raise ValueError(f"the shots last {in_all} s together, the request says {stated} s")
        return self


class O3TextToVideo(_Shots):
    """``o3/*/text-to-video``."""

    duration: Seconds | None = None
    aspect_ratio: Aspect | None = None
    generate_audio: bool | None = None


class O3ImageToVideo(_Shots):
    """``o3/*/image-to-video``; the first frame is ``image_url`` here."""

    image_url: str
    end_image_url: str | None = None
    duration: Seconds | None = None
    generate_audio: bool | None = None


class O3ReferenceToVideo(_Shots):
    """``o3/*/reference-to-video``."""

    start_image_url: str | None = None
    end_image_url: str | None = None
    image_urls: list[str] | None = None
    elements: list[ComboElement] | None = None
    duration: Seconds | None = None
    aspect_ratio: Aspect | None = None
    generate_audio: bool | None = None


class O3VideoEdit(Payload):
    """``o3/*/video-to-video/edit``: no duration and no aspect ratio."""

    prompt: str
    video_url: str
    image_urls: list[str] | None = None
    elements: list[PictureElement] | None = None
    keep_audio: bool | None = None
    shot_type: str | None = None


class O3VideoReference(Payload):
    """``o3/*/video-to-video/reference``."""

    prompt: str
    video_url: str
    image_urls: list[str] | None = None
    elements: list[PictureElement] | None = None
    duration: Seconds | None = None
    aspect_ratio: SourceAspect | None = None
    keep_audio: bool | None = None
    shot_type: str | None = None


class V3TextToVideo(_Shots):
    """``v3/*/text-to-video``; the only one that chooses the shots itself if told to."""

    shot_type: Literal["customize", "intelligent"] | None = None
    duration: Seconds | None = None
    aspect_ratio: Aspect | None = None
    generate_audio: bool | None = None
    negative_prompt: str | None = None
    cfg_scale: float | None = None


class V3ImageToVideo(_Shots):
    """``v3/*/image-to-video``; the first frame is ``start_image_url`` here."""

    start_image_url: str
    end_image_url: str | None = None
    elements: list[ComboElement] | None = None
    duration: Seconds | None = None
    generate_audio: bool | None = None
    negative_prompt: str | None = None
    cfg_scale: float | None = None


class O1ImageToVideo(Payload):
    """``o1/*/image-to-video``; a prompt calls the frames ``@Image1`` and ``@Image2``."""

    prompt: str
    start_image_url: str
    end_image_url: str | None = None
    duration: O1Seconds | None = None


class O1ReferenceToVideo(Payload):
    """``o1/*/reference-to-video``."""

    prompt: str
    image_urls: list[str] | None = None
    elements: list[O1Element] | None = None
    duration: O1Seconds | None = None
    aspect_ratio: Aspect | None = None


class O1VideoEdit(Payload):
    """``o1/*/video-to-video/edit``."""

    prompt: str
    video_url: str
    image_urls: list[str] | None = None
    elements: list[O1Element] | None = None
    keep_audio: bool | None = None


class O1VideoReference(Payload):
    """``o1/*/video-to-video/reference``."""

    prompt: str
    video_url: str
    image_urls: list[str] | None = None
    elements: list[O1Element] | None = None
    duration: O1Seconds | None = None
    aspect_ratio: SourceAspect | None = None
    keep_audio: bool | None = None


# Payloads whose elements are pictures only, the frontal one alone being enough.
_FRONTAL_IS_ENOUGH = {"O3VideoEdit", "O3VideoReference"}


class Fal(Provider):
    """Kling O1, O3 and 3.0 on fal."""

    name = "fal"
    models = (
        O3TextToVideo,
        O3ImageToVideo,
        O3ReferenceToVideo,
        O3VideoEdit,
        O3VideoReference,
        V3TextToVideo,
        V3ImageToVideo,
        O1ImageToVideo,
        O1ReferenceToVideo,
        O1VideoEdit,
        O1VideoReference,
    )

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by fal's names; see `Provider.values`."""
        several = len(draft.shots) > 1
        works_on_source = draft.source is not None
        return {
            "prompt": None if several else draft.prompt,
            "multi_prompt": self._shots(draft) if several else None,
            "shot_type": self._shot_type(draft),
            "image_url": draft.start,
            "start_image_url": draft.start,
            "end_image_url": draft.end,
            "image_urls": list(draft.images),
            "elements": self._elements(draft),
            "video_url": draft.source or draft.motion,
            "duration": whole(draft.seconds),
            "aspect_ratio": draft.aspect or draft.task.default("aspect"),
            "generate_audio": bool(draft.audio),
            # A source keeps its sound unless told otherwise; a motion reference lends only motion.
            "keep_audio": works_on_source if draft.keep_audio is None else draft.keep_audio,
            "negative_prompt": draft.negative or None,
            "cfg_scale": None if draft.cfg is None else float(draft.cfg),
        }

    def leftovers(self, draft: Draft) -> list[Complaint]:
        """Return voices of anything but video elements: fal binds voices to those only."""
        why = "fal binds a voice to an element made of a video only"
        filmed = [element for element in draft.elements if element.video is not None]
        bound = {element.voice_id for element in filmed}
        lost = {
            element.voice_id: f'the voice of "{element.name}"'
            for element in draft.elements
            if element.voice_id is not None and element.voice_id not in bound
        }
        for voice in draft.voices:
            if voice not in bound:
                lost.setdefault(voice, f'the voice "{voice}"')
        return [Complaint("elements", f"{name} is left out: {why}") for name in lost.values()]

    def reply(self, body: dict[str, Any]) -> Reply:
        """Read what fal's queue, a result address or a webhook says."""
        from promptlang.providers import fal_replies

        return fal_replies.read(body)

    def _shots(self, draft: Draft) -> list[dict[str, Any]]:
        return [{"prompt": shot.text, "duration": whole(shot.seconds)} for shot in draft.shots]

    def _shot_type(self, draft: Draft) -> str | None:
        if "video-to-video" in (draft.task.endpoint or ""):
            return None  # a field without a use there: those endpoints take no shots
        return "intelligent" if draft.automatic else "customize"

    def _elements(self, draft: Draft) -> list[dict[str, Any]]:
        wants_others = draft.task.payload not in _FRONTAL_IS_ENOUGH
        return [_element(element, wants_others=wants_others) for element in draft.elements]


def _element(element: ElementInput, *, wants_others: bool) -> dict[str, Any]:
    values: dict[str, Any]
    if element.video is not None:
        values = {"video_url": element.video, "voice_id": element.voice_id}
    else:
        others = list(element.others)
        if not others and wants_others and element.frontal is not None:
            others = [element.frontal]  # at least one other is asked for: the same one serves
        values = {"frontal_image_url": element.frontal, "reference_image_urls": others or None}
    return {name: value for name, value in values.items() if value is not None}
