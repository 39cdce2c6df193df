"""Which task of a target a group of blocks is asked by, and what it loses there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.plan.intents import BASE, LADDER, SETTINGS, realise

if TYPE_CHECKING:
    from promptlang.providers.target import Target, Task

_LIGHT = frozenset({*SETTINGS, "negative", "duration"})


class Choice:
    """A task for a request.

    Attributes:
        task: The task.
        features: What the request contains and the task carries.
        lost: What it cannot carry: features, and wants as ``want:pictures``.
        clash: Features it contains that the interface refuses together, or empty.
        refused: Whether the interface would refuse the combination.
        whole: Whether all is carried and nothing refused.
        content: How many of the losses are pictures, videos or voices rather than settings.
        room: How many mentions and voices fit for certain, if nothing else refers to anything.
        tight: How many references of any kind fit for certain.
    """

    __slots__ = (
        "clash",
        "content",
        "features",
        "lost",
        "refused",
        "room",
        "task",
        "tight",
        "whole",
    )

    def __init__(
        self,
        task: Task,
        features: frozenset[str],
        lost: frozenset[str],
        clash: frozenset[str],
    ) -> None:
        self.task = task
        self.features = features
        self.lost = lost
        self.clash = clash
        self.refused = bool(clash)
        self.whole = not lost and not self.refused
        self.content = sum(map(is_content, lost))
        self.room = _room(task, features)
        self.tight = _room(task, task.takes | _FILMED)


class Chooser:
    """Chooses tasks of one target; what was worked out once is remembered."""

    __slots__ = ("_known", "target")

    def __init__(self, target: Target) -> None:
        self.target = target
        self._known: dict[tuple[str, frozenset[str], frozenset[str]], Choice | None] = {}

    def choose(self, block: str, base: frozenset[str], wants: frozenset[str]) -> Choice | None:
        """Return the task that loses least and refuses nothing, earlier tasks first.

        References and frames weigh more than settings: a start frame is not given up so that
        the shape of the picture can be said. Nor is anything given up to get round a refusal:
        that is for the writer to settle.

        Args:
            block: ``shot``, ``edit``, ``angle`` or ``coverage``.
            base: Features that come from no mention.
            wants: What its entities could be.

        Returns:
            None where no task serves the block or none has what it needs.
        """
        key = (block, base, wants)
        try:
            return self._known[key]
        except KeyError:
            choice = self._known[key] = self._best(block, base, wants)
            return choice

    def missing(
        self, block: str, base: frozenset[str], wants: frozenset[str]
    ) -> list[frozenset[str]]:
        """Return what each task of a block would need one of, where none had what it needs."""
        found = []
        for task in self.target.tasks.values():
            if task.block != block:
                continue
            carried, _, _ = _carry(task, base, wants)
            found.append(task.needs - carried or task.needs_any)
        return found

    def _best(self, block: str, base: frozenset[str], wants: frozenset[str]) -> Choice | None:
        best: Choice | None = None
        least: tuple[int, bool, int, int] | None = None
        for task in self.target.tasks.values():
            if task.block != block:
                continue
            features, lost, detours = _carry(task, base, wants)
            if not task.needs <= features:
                continue
            if task.needs_any and not task.needs_any & features:
                continue
            clash = next((pair for pair in task.excludes if pair <= features), frozenset())
            light = len(lost & _LIGHT)
            cost = (len(lost) - light, bool(clash), detours, light)
            if least is None or cost < least:
                best, least = Choice(task, features, lost, clash), cost
        return best


def _carry(
    task: Task, base: frozenset[str], wants: frozenset[str]
) -> tuple[frozenset[str], frozenset[str], int]:
    """Return what a task carries, what it loses, and how many wants take a second-best form."""
    carried: set[str] = set()
    lost: set[str] = set()
    detours = 0
    for feature in base:
        name = feature
        if feature == "picture":
            name = "images"
        elif feature == "motion" and "motion" not in task.takes and "source" not in base:
            name = "videos"
            detours += 1
        (carried if name in task.takes else lost).add(name if name in task.takes else feature)
    for want in wants:
        if want == "words":
            continue
        feature = realise(want, task)
        if not feature:
            lost.add(f"want:{want}")
            continue
        carried.add(feature)
        detours += feature != LADDER[want][0]
    return frozenset(carried), frozenset(lost), detours


def _room(task: Task, features: frozenset[str]) -> int:
    names = [*(features & _COUNTED), "references"]
    if features & _FILMED:
        names.append("references-with-video")
    limits = [limit for name in names if (limit := task.limit(name)) is not None]
    return min([UNBOUNDED, *(int(limit.max) for limit in limits if limit.max is not None)])


_COUNTED = frozenset(
    {"images", "elements", "element-ids", "video-elements", "videos", "audios", "voices"}
)
_FILMED = frozenset({"video-elements", "videos"})

UNBOUNDED = 64
"""What stands for *no limit* where a number is needed."""


def is_content(feature: str) -> bool:
    """Whether losing a feature loses a picture, a video or a voice rather than a setting."""
    return feature in BASE or feature.startswith("want:")
