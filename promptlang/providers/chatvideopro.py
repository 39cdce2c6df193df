"""ChatVideoPro's Multi-Cam form: a source, elements from the library, one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from promptlang.providers.base import Provider
from promptlang.providers.fields import Payload, number

if TYPE_CHECKING:
    from promptlang.providers.draft import Draft, ElementInput


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


class ChatVideoPro(Provider):
    """New camera angles from existing footage."""

    name = "chatvideopro"
    models = (MultiCam,)

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by the names of the form; see `Provider.values`."""
        return {
            "video": draft.source,
            "elements": [_element(element) for element in draft.elements],
            "prompt": draft.prompt,
            "duration": number(draft.seconds),
        }


def _element(element: ElementInput) -> dict[str, Any]:
    pictures = [*([element.frontal] if element.frontal else []), *element.others]
    return {"name": element.name, "pictures": pictures or None}
