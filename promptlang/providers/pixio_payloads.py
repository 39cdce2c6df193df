"""Pixio's form as a model: what a person enters, from top to bottom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from promptlang.providers import pixio
from promptlang.providers.fields import Payload


class FormElement(Payload):
    """An element: what the prompts call it, and its pictures."""

    name: str
    pictures: Annotated[list[str], Field(min_length=1, max_length=4)]


class FormShot(Payload):
    """A shot with a prompt and a duration of its own."""

    prompt: str
    duration: Annotated[int, Field(ge=1, le=15)]


class DirectedForm(Payload):
    """What a person enters, from top to bottom."""

    elements: Annotated[list[FormElement], Field(max_length=4)] | None = None
    start_frame: str | None = None
    shots: Annotated[list[FormShot], Field(min_length=1, max_length=6)]
    duration: Annotated[int, Field(ge=3, le=15)]
    aspect_ratio: Literal["16:9", "9:16"]
    resolution: str
    cfg: Annotated[float, Field(ge=0, le=1)]
    audio: bool
    negative_prompt: str | None = None

    _arithmetic = model_validator(mode="after")(pixio.arithmetic)
