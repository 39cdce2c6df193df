"""Payloads of Kling's own interface, field for field as its documentation has them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from promptlang.providers import kling
from promptlang.providers.fields import Payload

ShotSeconds = Literal[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"
]
Seconds = Literal["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"]
O1Seconds = Literal["3", "4", "5", "6", "7", "8", "9", "10"]
Aspect = Literal["16:9", "9:16", "1:1"]


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
    _goes_together = model_validator(mode="after")(kling.goes_together)


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

    _storyboard = model_validator(mode="after")(kling.storyboard)
    _arithmetic = model_validator(mode="after")(kling.arithmetic)
