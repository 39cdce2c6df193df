"""MindStudio's form for Kling O3: shots, frames, pictures, one video, switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.providers.base import Complaint, Provider
from promptlang.providers.draft import number

if TYPE_CHECKING:
    from promptlang.providers.draft import Draft


def one_or_several(request: Any) -> Any:
    """Rule of a request made of one prompt or of several shots.

    Raises:
        ValueError: It has both, or neither, or another length than its shots.
    """
    if (request.prompt is None) == (request.shots is None):
        raise ValueError("a request has either prompt or shots")
    in_all = sum(shot.duration for shot in request.shots or [])
    if request.shots and in_all != request.duration:
        raise ValueError(f"the shots last {in_all} s together, the request {request.duration} s")
    return request


class MindStudio(Provider):
    """Kling O3 driven by references."""

    name = "mindstudio"

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
