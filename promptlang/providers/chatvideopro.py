"""ChatVideoPro's Multi-Cam form: a source, elements from the library, one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.providers.base import Provider
from promptlang.providers.draft import number

if TYPE_CHECKING:
    from promptlang.providers.draft import Draft, ElementInput


class ChatVideoPro(Provider):
    """New camera angles from existing footage."""

    name = "chatvideopro"

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
