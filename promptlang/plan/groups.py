"""Whether blocks can share one generation, and what it would be."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.plan.intents import realise
from promptlang.plan.lengths import NOTHING, Lengths, fit, least_of, most
from promptlang.plan.references import (
    FORMS,
    Allotment,
    Counts,
    all_simple,
    counted,
    entities_of,
    voices_of,
    wants_of,
)
from promptlang.plan.tasks import UNBOUNDED, Chooser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from promptlang.plan.generation import Slot
    from promptlang.plan.intents import Intent, Wants
    from promptlang.plan.tasks import Choice
    from promptlang.providers.target import Limit, Target, Task

    Measure = Callable[[Sequence["Unit"], Task], int]
    from promptlang.model.storyboard import Entity, Unit


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
        simple: Whether all of them are, see `Intent`.
    """

    __slots__ = ("_grouper", "_slots", "choice", "intents", "lengths", "simple")

    def __init__(
        self,
        intents: Sequence[Intent],
        choice: Choice | None,
        lengths: Lengths,
        grouper: Grouper,
        *,
        simple: bool,
    ) -> None:
        self.intents = intents
        self.choice = choice
        self.lengths = lengths
        self.simple = simple
        self._grouper = grouper
        self._slots: list[Slot] | None = None

    @property
    def slots(self) -> list[Slot]:
        """How their references are carried."""
        if self._slots is None:
            choice = self.choice
            self._slots = (
                [] if choice is None else self._grouper.allotment(choice.task).slots(self.intents)
            )
        return self._slots

    @property
    def overflow(self) -> Overflow | None:
        """The first count of references that is over its limit, or None.

        Only what a task can be asked for has any.
        """
        choice = self.choice
        assert choice is not None
        if not self.simple:
            slots = self.slots
            return None if len(slots) <= choice.tight else overflow(slots, choice.task)
        if self._fits(choice.room):
            return None
        # Nothing but mentions and voices counts, so no slots are needed to see how many there are.
        counts = Counts()
        for entity in entities_of(self.intents):
            want = self._grouper.wants.of(entity)
            counts.add(FORMS[realise(want, choice.task)], want)
        counts.voices = len(voices_of(self.intents)) if "voices" in choice.task.takes else 0
        return _first_over(counts, choice.task)

    def _fits(self, room: int) -> bool:
        """Whether there are so few mentions and voices that they fit whatever they are."""
        intents = self.intents
        if len(intents) == 1:
            return len(intents[0].entities) + len(intents[0].voices) <= room
        found: set[Entity] = set().union(*[intent.entities for intent in intents])
        return len(found) + sum([len(intent.voices) for intent in intents]) <= room

    @property
    def lost(self) -> int:
        """How many kinds of content are lost."""
        return 0 if self.choice is None else self.choice.content


class Grouper:
    """Works out groups for one target and remembers those of one block."""

    __slots__ = (
        "_allotments",
        "_alone",
        "_choices",
        "chooser",
        "measure",
        "target",
        "wants",
    )

    def __init__(self, target: Target, wants: Wants, measure: Measure | None = None) -> None:
        self.target = target
        self.wants = wants
        self.measure = measure
        self.chooser = _chooser(target)
        self._alone: dict[int, Group] = {}
        self._choices: dict[tuple[bool, frozenset[int | None]], tuple[Choice | None, bool]] = {}
        self._allotments: dict[str, Allotment] = {}

    def allotment(self, task: Task) -> Allotment:
        """Return what hands out the slots of a task."""
        if task.key not in self._allotments:
            self._allotments[task.key] = Allotment(task, self.target, self.wants)
        return self._allotments[task.key]

    def alone(self, intent: Intent) -> Group:
        """Return a block as a generation of its own, possible or not."""
        group = self._alone.get(id(intent))
        if group is None:
            group = self._alone[id(intent)] = self.group([intent])
        return group

    def forget(self) -> None:
        """Let go of the groups, which know who made them: only the collector could part them."""
        self._alone.clear()

    def group(self, intents: Sequence[Intent]) -> Group:
        """Return blocks as one generation, possible or not."""
        choice, simple = self._choice(intents)
        stated = tuple([intent.stated for intent in intents])
        if choice is None:
            return Group(intents, None, Lengths(list(stated), None), self, simple=simple)
        return Group(intents, choice, fit(stated, choice.task), self, simple=simple)

    def _choice(self, intents: Sequence[Intent]) -> tuple[Choice | None, bool]:
        """Return how blocks are asked for together, and whether all of them are simple."""
        # What they want together follows from what each wants: looking up is cheaper than joining.
        sorts = frozenset([intent.sort for intent in intents])
        key = len(intents) > 1, sorts
        known = self._choices.get(key)
        if known is None:
            kind = intents[0].unit.kind
            choice = self.chooser.choose(kind, base_of(intents), wants_of(intents, self.wants))
            known = choice, all_simple(intents)
            if None not in sorts:
                self._choices[key] = known
        return known

    def shared(self, intents: Sequence[Intent]) -> Group | None:
        """Return shots as one generation if they can be one without loss by sharing."""
        choice, simple = self._choice(intents)
        if choice is None or choice.refused or len(intents) > shots_of(choice.task):
            return None
        if not (simple or _in_frame_order(intents)):
            return None
        if choice.lost and ("shots" in choice.lost or not choice.lost <= self._lost_apart(intents)):
            return None
        lengths = fit(tuple([intent.stated for intent in intents]), choice.task)
        if lengths.fault:
            return None
        group = Group(intents, choice, lengths, self, simple=simple)
        return group if group.overflow is None and self._fits_words(group) else None

    def farthest(self, intents: Sequence[Intent]) -> list[int]:
        """Return, for each shot of a run, where a group that begins with it must end at last.

        What is shorter may still be impossible; what is longer has too many shots or seconds for
        every task, and both only grow.
        """
        ends = [start + 1 for start in range(len(intents))]
        for task in _sharing(self.target):
            ends = list(map(max, ends, self._reach(intents, task)))
        return ends

    def _reach(self, intents: Sequence[Intent], task: Task) -> list[int]:
        count = len(intents)
        shots, bound = shots_of(task), most(task.limit("total"))
        if bound is None or "duration" not in task.takes:
            return [min(count, start + shots) for start in range(count)]
        made = [least_of(intent.stated, task) for intent in intents]
        ends = []
        stop, total = 0, NOTHING
        for start in range(count):
            while stop < count and stop - start < shots and total + made[stop] <= bound:
                total += made[stop]
                stop += 1
            ends.append(stop)
            total -= made[start]
        return ends

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
def _chooser(target: Target) -> Chooser:
    """Return what works out tasks, which follow from the data of a target alone."""
    return Chooser(target)


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
def _sharing(target: Target) -> list[Task]:
    """Return the tasks that take several shots; of those that bound them alike only the first."""
    found: dict[tuple[object, ...], Task] = {}
    for task in target.tasks.values():
        if task.block == "shot" and "shots" in task.takes:
            limits = [task.limit(name) for name in ("shots", "shot", "total")]
            found.setdefault((*limits, "duration" in task.takes), task)
    return list(found.values())


def shots_of(task: Task) -> int:
    """Return the most shots a task takes in one generation."""
    limit = task.limit("shots")
    return UNBOUNDED if limit is None or limit.max is None else int(limit.max)


def _in_frame_order(intents: Sequence[Intent]) -> bool:
    """Whether a first frame opens the group and a last frame closes it, if they are there."""
    last = len(intents) - 1
    for place, intent in enumerate(intents):
        if (place and "start" in intent.base) or (place < last and "end" in intent.base):
            return False
    return True
