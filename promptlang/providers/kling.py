"""Kling's own interface, legacy form: ``POST /v1/videos/omni-video`` for O1 and O3.

Pictures, elements and videos each have a list of their own; prompts call them by their place in
it, first and last frame included. Elements are known by number only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.providers.base import Complaint, Provider, Reply
from promptlang.providers.draft import whole

if TYPE_CHECKING:
    from promptlang.providers.draft import Draft

_DEFAULT = "5"
_MODES = {"720p": "std", "1080p": "pro", "4k": "4k"}


def goes_together(request: Any) -> Any:
    """Rule about frames, pictures and videos beside each other.

    Raises:
        ValueError: They do not go together.
    """
    pictures = request.image_list or []
    videos = request.video_list or []
    frames = {picture.type for picture in pictures if picture.type}
    if frames == {"end_frame"}:
        raise ValueError("an end_frame needs a first_frame")
    if "end_frame" in frames and len(pictures) > 2:
        raise ValueError("an end_frame goes with two pictures at most")
    if any(video.refer_type == "base" for video in videos):
        follows = ("duration", "aspect_ratio")
        named = [name for name in follows if getattr(request, name) is not None]
        if frames or named:
            raise ValueError(
                "a base video goes with no frames, and duration and aspect_ratio follow it"
            )
    return request


def storyboard(request: Any) -> Any:
    """Rule about prompts, shots and sound.

    Raises:
        ValueError: They contradict each other.
    """
    if request.multi_shot != (request.shot_type is not None):
        raise ValueError("shot_type is given where multi_shot is true, and only there")
    if (request.shot_type == "customize") != (request.multi_prompt is not None):
        raise ValueError("multi_prompt is given where shot_type is customize, and only there")
    if (request.prompt is None) != (request.multi_prompt is not None):
        raise ValueError("a request has either prompt or multi_prompt")
    frames = {picture.type for picture in request.image_list or []}
    if request.multi_shot and "end_frame" in frames:
        raise ValueError("an end_frame excludes multi_shot")
    if request.video_list and request.sound == "on":
        raise ValueError("sound is off where a video takes part")
    if request.video_list and request.multi_shot and request.video_list[0].refer_type == "base":
        raise ValueError("a base video excludes multi_shot")
    return request


def arithmetic(request: Any) -> Any:
    """Rule about the numbers and the lengths of shots.

    Raises:
        ValueError: They do not add up.
    """
    shots = request.multi_prompt or []
    if [shot.index for shot in shots] != list(range(1, len(shots) + 1)):
        raise ValueError("shots are counted 1, 2, 3 in order")
    in_all = sum(int(shot.duration) for shot in shots)
    stated = request.duration or _DEFAULT
    if shots and in_all != int(stated):
        raise ValueError(f"the shots last {in_all} s together, the request says {stated} s")
    return request


class Kling(Provider):
    """Kling O1 and O3 at the vendor's interface."""

    name = "kling"

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by Kling's names; see `Provider.values`."""
        several = len(draft.shots) > 1
        edits = draft.task.block == "edit"
        video = draft.source or draft.motion
        task = draft.task
        aspect = task.default("aspect") if "aspect" in task.takes else None
        size = draft.resolution or task.default("resolution")
        return {
            "prompt": None if several else draft.prompt,
            "multi_shot": several or draft.automatic,
            "shot_type": ("customize" if several else "intelligence" if draft.automatic else None),
            "multi_prompt": self._shots(draft) if several else None,
            "image_list": self._pictures(draft),
            "element_list": [
                {"element_id": _number(element.element_id)}
                for element in draft.elements
                if element.element_id is not None
            ],
            "video_list": [self._video(draft, video, edits=edits)] if video else None,
            "sound": "on" if draft.audio and not video else "off",
            "mode": _MODES.get(size.casefold(), size),
            "aspect_ratio": draft.aspect or aspect,
            "duration": None if edits else whole(draft.seconds),
        }

    def leftovers(self, draft: Draft) -> list[Complaint]:
        """Return elements the vendor does not keep, which this interface cannot be given."""
        return [
            Complaint(
                "element_list",
                f'"{element.name}" is left out: the interface knows elements by their number only',
            )
            for element in draft.elements
            if element.element_id is None
        ]

    def reply(self, body: dict[str, Any]) -> Reply:
        """Read what Kling answers in its legacy and in its new form."""
        from promptlang.providers import kling_replies

        return kling_replies.read(body)

    def _shots(self, draft: Draft) -> list[dict[str, Any]]:
        return [
            {"index": place, "prompt": shot.text, "duration": whole(shot.seconds)}
            for place, shot in enumerate(draft.shots, start=1)
        ]

    def _pictures(self, draft: Draft) -> list[dict[str, Any]]:
        frames = ((draft.start, "first_frame"), (draft.end, "end_frame"))
        pictures: list[dict[str, Any]] = [
            {"image_url": _plain(place), "type": kind} for place, kind in frames if place
        ]
        return pictures + [{"image_url": _plain(place)} for place in draft.images]

    def _video(self, draft: Draft, video: str, *, edits: bool) -> dict[str, Any]:
        # A source keeps its sound unless told otherwise; a motion reference lends only motion.
        keeps = draft.source is not None if draft.keep_audio is None else draft.keep_audio
        return {
            "video_url": video,
            "refer_type": "base" if edits else "feature",
            "keep_original_sound": "yes" if keeps else "no",
        }


def _plain(location: str) -> str:
    """Return a picture as Kling wants it: an address, or base64 without its ``data:`` prefix."""
    if location.startswith("data:") and ";base64," in location:
        return location.split(";base64,", 1)[1]
    return location


def _number(element_id: str) -> int | str:
    """Return an element's number; what is no number stays as it is and the model refuses it."""
    digits = element_id.isascii() and element_id.isdigit() and len(element_id) < 20
    return int(element_id) if digits else element_id
