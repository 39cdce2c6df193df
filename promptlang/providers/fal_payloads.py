"""Payloads of fal's Kling endpoints, field for field as its published types have them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from promptlang.providers import fal
from promptlang.providers.fields import Payload

ShotSeconds = Literal[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"
]
Seconds = Literal["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"]
O1Seconds = Literal["3", "4", "5", "6", "7", "8", "9", "10"]
Aspect = Literal["16:9", "9:16", "1:1"]
SourceAspect = Literal["auto", "16:9", "9:16", "1:1"]
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

    _one_or_several = model_validator(mode="after")(fal.one_or_several)


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
