"""ChatVideoPro's form as a model: what a person enters, from top to bottom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from promptlang.providers.fields import Payload


class LibraryElement(Payload):
    """An element as the library keeps it: a name the prompt calls it by, and pictures."""

    name: str
    pictures: Annotated[list[str], Field(min_length=1, max_length=4)] | None = None


class MultiCam(Payload):
    """What a person enters, from top to bottom."""

    video: str
    elements: list[LibraryElement] | None = None
    prompt: str
    duration: Literal[5, 10] | None = None
