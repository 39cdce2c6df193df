"""Whether blocks can share one generation, and what it would be."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.plan.intents import realise
from promptlang.plan.lengths import Clock, Lengths
from promptlang.plan.references import FORMS, Allotment, Counts, counted, voices_of, wants_of
from promptlang.plan.tasks import UNBOUNDED, Chooser, is_content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from promptlang.plan.generation import Slot
    from promptlang.plan.intents import Intent, Wants
    from promptlang.plan.tasks import Choice
    from promptlang.providers.target import Limit, Target, Task

    Measure = Callable[[Sequence["Unit"], Task], int]
    from promptlang.model.storyboard import Unit


_SEVERAL = frozenset({"shots"})


class Overflow:
    """A count that is over a limit: which, how many, and how they add up."""

    __slots__ = ("count", "limit", "shown")

    def __init__(self, limit: Limit, count: int, shown: str) -> None:
        self.limit = limit
        self.count = count
        self.shown = shown


class Group:
    """Blocks as one generation.

    Attributes:
        intents: The blocks.
        choice: How they are asked for, None where no task has what it needs.
        lengths: How long they are.
    """

    __slots__ = ("_slots", "_target", "_wants", "choice", "intents", "lengths")

    def __init__(
        self,
        intents: Sequence[Intent],
        choice: Choice | None,
        lengths: Lengths,
        target: Target,
        wants: Wants,
    ) -> None:
        self.intents = intents
        self.choice = choice
        self.lengths = lengths
        self._target = target
        self._wants = wants
        self._slots: list[Slot] | None = None

    @property
    def slots(self) -> list[Slot]:
        """How their references are carried."""
        if self._slots is None:
            choice = self.choice
            self._slots = (
                []
                if choice is None
                else Allotment(choice.task, self._target, self._wants).slots(self.intents)
            )
        return self._slots

    @property
    def overflow(self) -> Overflow | None:
        """The first count of references that is over its limit, or None."""
        choice = self.choice
        if choice is None:
            return None
        if not all(intent.simple for intent in self.intents):
            return overflow(self.slots, choice.task)
        named: dict[int, str] = {}
        for intent in self.intents:
            named.update(intent.named)
        voices = voices_of(self.intents)
        if len(named) + len(voices) <= choice.room:
            return None
        # Nothing but mentions and voices counts, so no slots are needed to see how many there are.
        counts = Counts()
        for want in named.values():
            counts.add(FORMS[realise(want, choice.task)], want)
        counts.voices = len(voices) if "voices" in choice.task.takes else 0
        return _first_over(counts, choice.task)

    @property
    def possible(self) -> bool:
        """Whether the interface takes it as it is."""
        return (
            self.choice is not None
            and not self.choice.refused
            and not self.lengths.fault
            and self.overflow is None
        )

    @property
    def lost(self) -> int:
        """How many kinds of content are lost."""
        return 0 if self.choice is None else sum(map(is_content, self.choice.lost))


class Grouper:
    """Works out groups for one target and remembers those of one block."""

    __slots__ = ("_alone", "_clock", "chooser", "measure", "target", "wants")

    def __init__(self, target: Target, wants: Wants, measure: Measure | None = None) -> None:
        self.target = target
        self.wants = wants
        self.measure = measure
        self.chooser, self._clock = _remembering(target)
        self._alone: dict[int, Group] = {}

    def alone(self, intent: Intent) -> Group:
        """Return a block as a generation of its own, possible or not."""
        key = id(intent)
        if key not in self._alone:
            self._alone[key] = self.group([intent])
        return self._alone[key]

    def group(self, intents: Sequence[Intent]) -> Group:
        """Return blocks as one generation, possible or not."""
        choice = self.chooser.choose(
            intents[0].unit.kind, base_of(intents), wants_of(intents, self.wants)
        )
        stated = tuple([intent.stated for intent in intents])
        if choice is None:
            return Group(intents, None, Lengths(list(stated), None), self.target, self.wants)
        lengths = self._clock.fit(stated, choice.task)
        return Group(intents, choice, lengths, self.target, self.wants)

    def shared(self, intents: Sequence[Intent]) -> Group | None:
        """Return shots as one generation if they can be one without loss by sharing."""
        if not _in_frame_order(intents):
            return None
        group = self.group(intents)
        choice = group.choice
        if choice is None or "shots" in choice.lost or not group.possible:
            return None
        shots = choice.task.limit("shots")
        if shots is not None and shots.max is not None and len(intents) > shots.max:
            return None
        if choice.lost and not choice.lost <= self._lost_apart(intents):
            return None
        return group if self._fits_words(group) else None

    def _lost_apart(self, intents: Sequence[Intent]) -> frozenset[str]:
        choices = [self.alone(intent).choice for intent in intents]
        return frozenset().union(*(choice.lost for choice in choices if choice is not None))

    def _fits_words(self, group: Group) -> bool:
        if self.measure is None or group.choice is None:
            return True
        limit = group.choice.task.limit("prompt")
        if limit is None or limit.max is None or group.choice.task.limit("shot-prompt"):
            return True  # each shot's words have a field of their own
        return (
            self.measure([intent.unit for intent in group.intents], group.choice.task) <= limit.max
        )


@lru_cache(maxsize=32)
def _remembering(target: Target) -> tuple[Chooser, Clock]:
    """Return what works out tasks and lengths; both follow from the data of a target alone."""
    return Chooser(target), Clock()


def base_of(intents: Sequence[Intent]) -> frozenset[str]:
    """Return the features of a request that come from no mention."""
    if len(intents) == 1:
        return intents[0].base
    return _SEVERAL.union(*[intent.base for intent in intents])


def overflow(slots: Sequence[Slot], task: Task) -> Overflow | None:
    """Return the first count of references that is over its limit, None where none is."""
    counts = counted(slots, numbers_frames=task.numbers_frames)
    return _first_over(counts, task)


def _first_over(counts: Counts, task: Task) -> Overflow | None:
    return next((Overflow(*found) for found in counts.over(task.limits)), None)


@lru_cache(maxsize=32)
def window_of(target: Target) -> int:
    """Return the most shots any task of a target takes in one generation."""
    most = 1
    for task in target.tasks.values():
        if task.block == "shot" and "shots" in task.takes:
            limit = task.limit("shots")
            bound = None if limit is None or limit.max is None else int(limit.max)
            most = max(most, UNBOUNDED if bound is None else bound)
    return most


def _in_frame_order(intents: Sequence[Intent]) -> bool:
    """Whether a first frame opens the group and a last frame closes it, if they are there."""
    last = len(intents) - 1
    for place, intent in enumerate(intents):
        if (place and "start" in intent.base) or (place < last and "end" in intent.base):
            return False
    return True
