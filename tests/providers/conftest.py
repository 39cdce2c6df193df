"""Drafts: requests before they are spelt, made from the names of what they contain."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from promptlang.providers import registry
from promptlang.providers.draft import Draft, ElementInput, ShotText

Drafted = Callable[..., Draft]

HOST = ElementInput("Host", frontal="file:host-1.jpg", others=("file:host-2.jpg",))
CHAIR = ElementInput("Chair", frontal="file:chair.png")
KEPT = ElementInput("Kept", element_id="829836")
FILMED = ElementInput("Filmed", video="file:filmed.mp4", voice_id="voice-7")


def _fill(draft: Draft, feature: str) -> None:
    match feature:
        case "start" | "end" | "source" | "motion":
            setattr(draft, feature, f"file:{feature}.mp4")
        case "images":
            draft.images = ["https://example.org/beach.jpg"]
        case "elements":
            draft.elements += [HOST, CHAIR]
        case "element-ids":
            draft.elements.append(KEPT)
        case "video-elements":
            draft.elements.append(FILMED)
        case "videos":
            draft.videos.append("file:other.mp4")
        case "aspect":
            draft.aspect = "9:16"
        case "resolution":
            draft.resolution = "720p"
        case "audio":
            draft.audio = draft.keep_audio = True
        case "cfg":
            draft.cfg = Decimal("0.65")
        case "negative":
            draft.negative = "blur, grain"


@pytest.fixture(scope="session")
def drafted() -> Drafted:
    """Make a draft: ``drafted("kling/o1", "edit", "images", seconds=["5"])``.

    What a task needs is always there; several lengths make several shots.
    """

    def make(target_id: str, key: str, *features: str, seconds: tuple[str, ...] = ("5",)) -> Draft:
        target = registry.target(target_id)
        assert target is not None
        task = target.tasks[key]
        draft = Draft(target, task)
        lengths = ("4", "3") if "shots" in features and len(seconds) == 1 else seconds
        timed = "duration" in task.takes
        draft.shots = [
            ShotText(f"shot {place}", Decimal(length) if timed else None)
            for place, length in enumerate(lengths, start=1)
        ]
        draft.prompt = " ".join(shot.text for shot in draft.shots)
        draft.seconds = sum(map(Decimal, lengths), Decimal(0)) if timed else None
        draft.automatic = task.block == "coverage"
        any_of = {next(iter(sorted(task.needs_any)))} if task.needs_any else set()
        if task.needs_any & set(features):
            any_of = set()
        for feature in sorted(task.needs | any_of | set(features)):
            _fill(draft, feature)
        return draft

    return make
