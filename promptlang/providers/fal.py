"""fal: how its Kling endpoints are told what a draft holds.

``elements`` and pictures are addressed in prompts by their place in the arrays. Durations are
strings. Left to itself, one endpoint makes sound and the other does not: both are always told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.providers.base import Complaint, Provider, Reply
from promptlang.providers.draft import whole

if TYPE_CHECKING:
    from promptlang.providers.draft import Draft, ElementInput

_DEFAULT = "5"
# Payloads whose elements are pictures only, the frontal one alone being enough.
_FRONTAL_IS_ENOUGH = {"O3VideoEdit", "O3VideoReference"}


def one_or_several(request: Any) -> Any:
    """Rule of a request made of one prompt or of several shots.

    Raises:
        ValueError: It has both, or neither, or another length than its shots.
    """
    if (request.prompt is None) == (request.multi_prompt is None):
        raise ValueError("a request has either prompt or multi_prompt")
    if request.multi_prompt is not None:
        stated = request.duration or _DEFAULT
        in_all = sum(int(shot.duration or _DEFAULT) for shot in request.multi_prompt)
        if in_all != int(stated):
            raise ValueError(f"the shots last {in_all} s together, the request says {stated} s")
    return request


class Fal(Provider):
    """Kling O1, O3 and 3.0 on fal."""

    name = "fal"

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by fal's names; see `Provider.values`."""
        several = len(draft.shots) > 1
        works_on_source = draft.source is not None
        return {
            "prompt": None if several else draft.prompt,
            "multi_prompt": self._shots(draft) if several else None,
            "shot_type": self._shot_type(draft),
            "image_url": draft.start,
            "start_image_url": draft.start,
            "end_image_url": draft.end,
            "image_urls": list(draft.images),
            "elements": self._elements(draft),
            "video_url": draft.source or draft.motion,
            "duration": whole(draft.seconds),
            "aspect_ratio": draft.aspect or draft.task.default("aspect"),
            "generate_audio": bool(draft.audio),
            # A source keeps its sound unless told otherwise; a motion reference lends only motion.
            "keep_audio": works_on_source if draft.keep_audio is None else draft.keep_audio,
            "negative_prompt": draft.negative or None,
            "cfg_scale": None if draft.cfg is None else float(draft.cfg),
        }

    def leftovers(self, draft: Draft) -> list[Complaint]:
        """Return voices of anything but video elements: fal binds voices to those only."""
        why = "fal binds a voice to an element made of a video only"
        filmed = [element for element in draft.elements if element.video is not None]
        bound = {element.voice_id for element in filmed}
        lost = {
            element.voice_id: f'the voice of "{element.name}"'
            for element in draft.elements
            if element.voice_id is not None and element.voice_id not in bound
        }
        for voice in draft.voices:
            if voice not in bound:
                lost.setdefault(voice, f'the voice "{voice}"')
        return [Complaint("elements", f"{name} is left out: {why}") for name in lost.values()]

    def reply(self, body: dict[str, Any]) -> Reply:
        """Read what fal's queue, a result address or a webhook says."""
        from promptlang.providers import fal_replies

        return fal_replies.read(body)

    def _shots(self, draft: Draft) -> list[dict[str, Any]]:
        return [{"prompt": shot.text, "duration": whole(shot.seconds)} for shot in draft.shots]

    def _shot_type(self, draft: Draft) -> str | None:
        if "video-to-video" in (draft.task.endpoint or ""):
            return None  # a field without a use there: those endpoints take no shots
        return "intelligent" if draft.automatic else "customize"

    def _elements(self, draft: Draft) -> list[dict[str, Any]]:
        wants_others = draft.task.payload not in _FRONTAL_IS_ENOUGH
        return [_element(element, wants_others=wants_others) for element in draft.elements]


def _element(element: ElementInput, *, wants_others: bool) -> dict[str, Any]:
    values: dict[str, Any]
    if element.video is not None:
        values = {"video_url": element.video, "voice_id": element.voice_id}
    else:
        others = list(element.others)
        if not others and wants_others and element.frontal is not None:
            others = [element.frontal]  # at least one other is asked for: the same one serves
        values = {"frontal_image_url": element.frontal, "reference_image_urls": others or None}
    return {name: value for name, value in values.items() if value is not None}
