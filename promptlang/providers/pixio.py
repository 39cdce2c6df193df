"""Pixio's form for Kling 3.0 and O3: directed shots, elements, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.providers.base import Provider
from promptlang.providers.draft import number

if TYPE_CHECKING:
    from promptlang.providers.draft import Draft, ElementInput


def arithmetic(request: Any) -> Any:
    """Rule about the lengths of shots.

    Raises:
        ValueError: They do not add up.
    """
    in_all = sum(shot.duration for shot in request.shots)
    if in_all != request.duration:
        raise ValueError(f"the shots last {in_all} s together, the request {request.duration} s")
    return request


class Pixio(Provider):
    """Directed multi-shot."""

    name = "pixio"

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by the names of the form; see `Provider.values`."""
        default = draft.task.default
        return {
            "elements": [
                _element(element, place) for place, element in enumerate(draft.elements, start=1)
            ],
            "start_frame": draft.start,
            "shots": [
                {"prompt": shot.text, "duration": number(shot.seconds)} for shot in draft.shots
            ],
            "duration": number(draft.seconds),
            "aspect_ratio": draft.aspect or default("aspect"),
            "resolution": draft.resolution or default("resolution"),
            "cfg": float(default("cfg") if draft.cfg is None else draft.cfg),
            "audio": bool(draft.audio),
            "negative_prompt": draft.negative or None,
        }


def _element(element: ElementInput, place: int) -> dict[str, Any]:
    pictures = [*([element.frontal] if element.frontal else []), *element.others]
    return {"name": f"@Element{place}", "pictures": pictures}
