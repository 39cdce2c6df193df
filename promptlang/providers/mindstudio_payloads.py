"""MindStudio's form as a model: what a person enters, from top to bottom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from promptlang.providers import mindstudio
from promptlang.providers.fields import Payload


class FormShot(Payload):
    """A shot with a prompt and a duration of its own."""

    prompt: str
    duration: Annotated[int, Field(ge=1, le=15)]


class OmniForm(Payload):
    """What a person enters, from top to bottom."""

    model_config = ConfigDict(alias_generator=to_camel)

    prompt: str | None = None
    shots: Annotated[list[FormShot], Field(min_length=2, max_length=6)] | None = None
    image_url: str | None = None
    end_image_url: str | None = None
    image_url_array: list[str] | None = None
    video_url: str | None = None
    duration: Annotated[int, Field(ge=3, le=15)]
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None = None
    mode: str | None = None
    audio: bool

    _one_or_several = model_validator(mode="after")(mindstudio.one_or_several)
