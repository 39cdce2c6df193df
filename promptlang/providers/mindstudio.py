"""MindStudio's form for Kling O3: shots, frames, pictures, one video, switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from promptlang.providers.base import Provider
from promptlang.providers.fields import Complaint, Payload, number

if TYPE_CHECKING:
    from typing import Self

    from promptlang.providers.draft import Draft


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

    @model_validator(mode="after")
    def _one_or_several(self) -> Self:
        if (self.prompt is None) == (self.shots is None):
            raise ValueError("a request has either prompt or shots")
        in_all = sum(shot.duration for shot in self.shots or [])
        if self.shots and in_all != self.duration:
            raise ValueError(f"the shots last {in_all} s together, the request {self.duration} s")
        return self


class MindStudio(Provider):
    """Kling O3 driven by references."""

    name = "mindstudio"
    models = (OmniForm,)

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by the names of the form; see `Provider.values`."""
        several = len(draft.shots) > 1
        videos = _videos(draft)
        return {
            "prompt": None if several else draft.prompt,
            "shots": (
                [{"prompt": shot.text, "duration": number(shot.seconds)} for shot in draft.shots]
                if several
                else None
            ),
            "image_url": draft.start,
            "end_image_url": draft.end,
            "image_url_array": list(draft.images),
            "video_url": videos[0] if videos else None,
            "duration": number(draft.seconds),
            "aspect_ratio": draft.aspect or draft.task.default("aspect"),
            "audio": bool(draft.audio),
        }

    def leftovers(self, draft: Draft) -> list[Complaint]:
        """Return the videos beyond the first: the form has one field for a video."""
        return [
            Complaint("videoUrl", f'"{video}" is left out: the form takes one video')
            for video in _videos(draft)[1:]
        ]


def _videos(draft: Draft) -> list[str]:
    """Return every video of a draft once: the motion reference first, then the others."""
    elements = [element.video for element in draft.elements]
    found = dict.fromkeys([draft.motion, *elements, *draft.videos])
    return [video for video in found if video is not None]
