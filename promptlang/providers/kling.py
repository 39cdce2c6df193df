"""Kling's own interface, legacy form: ``POST /v1/videos/omni-video`` for O1 and O3.

Pictures, elements and videos each have a list of their own; prompts call them by their place in
it, first and last frame included. Elements are known by number only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from promptlang.providers.base import Provider, Reply
from promptlang.providers.fields import Complaint, Payload, whole

if TYPE_CHECKING:
    from typing import Self

    from promptlang.providers.draft import Draft

ShotSeconds = Literal[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"
]
Seconds = Literal["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"]
O1Seconds = Literal["3", "4", "5", "6", "7", "8", "9", "10"]
Aspect = Literal["16:9", "9:16", "1:1"]
_DEFAULT = "5"
_MODES = {"720p": "std", "1080p": "pro", "4k": "4k"}


class ShotPrompt(Payload):
    """One shot of a storyboard, counted from 1."""

    index: Annotated[int, Field(ge=1)]
    prompt: str
    duration: ShotSeconds


class Picture(Payload):
    """A reference picture, or the first or last frame."""

    image_url: str
    type: Literal["first_frame", "end_frame"] | None = None


class Element(Payload):
    """An element the vendor keeps."""

    element_id: int


class Video(Payload):
    """The video that is edited (``base``) or followed (``feature``)."""

    video_url: str
    refer_type: Literal["base", "feature"]
    keep_original_sound: Literal["yes", "no"]


class Watermark(Payload):
    """Whether the result is marked."""

    enabled: bool


class _Omni(Payload):
    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        pictures: list[Picture] = getattr(self, "image_list", None) or []
        videos: list[Video] = getattr(self, "video_list", None) or []
        frames = {picture.type for picture in pictures if picture.type}
        if frames == {"end_frame"}:
            raise ValueError("an end_frame needs a first_frame")
        if "end_frame" in frames and len(pictures) > 2:
            raise ValueError("an end_frame goes with two pictures at most")
        if any(video.refer_type == "base" for video in videos):
            follows = ("duration", "aspect_ratio")
            named = [name for name in follows if getattr(self, name) is not None]
            if frames or named:
                raise ValueError(
                    "a base video goes with no frames, and duration and aspect_ratio follow it"
                )
        return self


class O1Video(_Omni):
    """A request to ``kling-video-o1``: one shot, no sound."""

    model_name: Literal["kling-video-o1"] = "kling-video-o1"
    prompt: str
    image_list: list[Picture] | None = None
    element_list: list[Element] | None = None
    video_list: Annotated[list[Video], Field(max_length=1)] | None = None
    mode: Literal["std", "pro"] | None = None
    aspect_ratio: Aspect | None = None
    duration: O1Seconds | None = None
    watermark_info: Watermark | None = None
    callback_url: str | None = None
    external_task_id: str | None = None


class O3Video(_Omni):
    """A request to ``kling-v3-omni``: one prompt, a storyboard, or shots the model chooses."""

    model_name: Literal["kling-v3-omni"] = "kling-v3-omni"
    prompt: str | None = None
    multi_shot: bool
    shot_type: Literal["customize", "intelligence"] | None = None
    multi_prompt: Annotated[list[ShotPrompt], Field(max_length=6)] | None = None
    image_list: list[Picture] | None = None
    element_list: list[Element] | None = None
    video_list: Annotated[list[Video], Field(max_length=1)] | None = None
    sound: Literal["on", "off"]
    mode: Literal["std", "pro", "4k"] | None = None
    aspect_ratio: Aspect | None = None
    duration: Seconds | None = None
    watermark_info: Watermark | None = None
    callback_url: str | None = None
    external_task_id: str | None = None

    @model_validator(mode="after")
    def _storyboard(self) -> Self:
        if self.multi_shot != (self.shot_type is not None):
            raise ValueError("shot_type is given where multi_shot is true, and only there")
        if (self.shot_type == "customize") != (self.multi_prompt is not None):
            raise ValueError("multi_prompt is given where shot_type is customize, and only there")
        if (self.prompt is None) != (self.multi_prompt is not None):
            raise ValueError("a request has either prompt or multi_prompt")
        frames = {picture.type for picture in self.image_list or []}
        if self.multi_shot and "end_frame" in frames:
            raise ValueError("an end_frame excludes multi_shot")
        if self.video_list and self.sound == "on":
            raise ValueError("sound is off where a video takes part")
        if self.video_list and self.multi_shot and self.video_list[0].refer_type == "base":
            raise ValueError("a base video excludes multi_shot")
        return self

    @model_validator(mode="after")
    def _arithmetic(self) -> Self:
        shots = self.multi_prompt or []
        if [shot.index for shot in shots] != list(range(1, len(shots) + 1)):
            raise ValueError("shots are counted 1, 2, 3 in order")
        in_all = sum(int(shot.duration) for shot in shots)
        stated = self.duration or _DEFAULT
        if shots and in_all != int(stated):
            raise ValueError(f"the shots last {in_all} s together, the request says {stated} s")
        return self


class Kling(Provider):
    """Kling O1 and O3 at the vendor's interface."""

    name = "kling"
    models = (O1Video, O3Video)

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by Kling's names; see `Provider.values`."""
        several = len(draft.shots) > 1
        edits = draft.task.block == "edit"
        video = draft.source or draft.motion
        task = draft.task
        aspect = task.default("aspect") if "aspect" in task.takes else None
        size = draft.resolution or task.default("resolution")
        return {
            "prompt": None if several else draft.prompt,
            "multi_shot": several or draft.automatic,
            "shot_type": ("customize" if several else "intelligence" if draft.automatic else None),
            "multi_prompt": self._shots(draft) if several else None,
            "image_list": self._pictures(draft),
            "element_list": [
                {"element_id": _number(element.element_id)}
                for element in draft.elements
                if element.element_id is not None
            ],
            "video_list": [self._video(draft, video, edits=edits)] if video else None,
            "sound": "on" if draft.audio and not video else "off",
            "mode": _MODES.get(size.casefold(), size),
            "aspect_ratio": draft.aspect or aspect,
            "duration": None if edits else whole(draft.seconds),
        }

    def leftovers(self, draft: Draft) -> list[Complaint]:
        """Return elements the vendor does not keep, which this interface cannot be given."""
        return [
            Complaint(
                "element_list",
                f'"{element.name}" is left out: the interface knows elements by their number only',
            )
            for element in draft.elements
            if element.element_id is None
        ]

    def reply(self, body: dict[str, Any]) -> Reply:
        """Read what Kling answers in its legacy and in its new form."""
        from promptlang.providers import kling_replies

        return kling_replies.read(body)

    def _shots(self, draft: Draft) -> list[dict[str, Any]]:
        return [
            {"index": place, "prompt": shot.text, "duration": whole(shot.seconds)}
            for place, shot in enumerate(draft.shots, start=1)
        ]

    def _pictures(self, draft: Draft) -> list[dict[str, Any]]:
        frames = ((draft.start, "first_frame"), (draft.end, "end_frame"))
        pictures: list[dict[str, Any]] = [
            {"image_url": _plain(place), "type": kind} for place, kind in frames if place
        ]
        return pictures + [{"image_url": _plain(place)} for place in draft.images]

    def _video(self, draft: Draft, video: str, *, edits: bool) -> dict[str, Any]:
        # A source keeps its sound unless told otherwise; a motion reference lends only motion.
        keeps = draft.source is not None if draft.keep_audio is None else draft.keep_audio
        return {
            "video_url": video,
            "refer_type": "base" if edits else "feature",
            "keep_original_sound": "yes" if keeps else "no",
        }


def _plain(location: str) -> str:
    """Return a picture as Kling wants it: an address, or base64 without its ``data:`` prefix."""
    if location.startswith("data:") and ";base64," in location:
        return location.split(";base64,", 1)[1]
    return location


def _number(element_id: str) -> int | str:
    """Return an element's number; what is no number stays as it is and the model refuses it."""
    digits = element_id.isascii() and element_id.isdigit() and len(element_id) < 20
    return int(element_id) if digits else element_id
