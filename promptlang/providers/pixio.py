"""Pixio's form for Kling 3.0 and O3: directed shots, elements, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from promptlang.providers.base import Provider
from promptlang.providers.fields import Payload, number

if TYPE_CHECKING:
    from typing import Self

    from promptlang.providers.draft import Draft, ElementInput


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

    @model_validator(mode="after")
    def _arithmetic(self) -> Self:
        in_all = sum(shot.duration for shot in self.shots)
        if in_all != self.duration:
            raise ValueError(f"the shots last {in_all} s together, the request {self.duration} s")
        return self


class Pixio(Provider):
    """Directed multi-shot."""

    name = "pixio"
    models = (DirectedForm,)

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
