"""From a storyboard to generations: the fewest a target needs, in the order of the script."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from promptlang.diagnostics import ordered
from promptlang.model.storyboard import Shot
from promptlang.plan.findings import Findings
from promptlang.plan.generation import Generation, Plan
from promptlang.plan.groups import Grouper
from promptlang.plan.intents import Intents, Wants, last_shot, outputs_in_use, settings_key
from promptlang.plan.lengths import NOTHING
from promptlang.plan.packing import pack, penalty
from promptlang.plan.references import still_outputs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.storyboard import Scene, Storyboard, Unit
    from promptlang.plan.groups import Group, Measure
    from promptlang.plan.intents import Intent
    from promptlang.providers.target import Target


def plan(
    storyboard: Storyboard,
    target: Target,
    *,
    units: Sequence[Unit] | None = None,
    measure: Measure | None = None,
) -> Plan:
    """Return the fewest generations that make the blocks, in order.

    Args:
        storyboard: The whole script.
        target: Who makes them.
        units: The blocks to make; all that are for the target if not given.
        measure: Returns the length of the whole prompt of a group of blocks, in the unit of the
            task's ``prompt`` limit. Without it that limit does not keep shots apart.
    """
    chosen = units_for(storyboard, target) if units is None else units
    return _Planner(storyboard, target, chosen, measure).plan()


def units_for(storyboard: Storyboard, target: Target) -> list[Unit]:
    """Return the blocks of a storyboard that are for a target.

    A block without a target of its own is for every target asked for, unless the script names
    this one for some of its blocks: then the others are for whom they name.
    """
    header = [value.value for value in storyboard.targets]
    named = {value.value for unit in storyboard.units for value in unit.settings.targets} | set(
        header
    )
    chosen = []
    for unit in storyboard.units:
        own = [value.value for value in unit.settings.targets]
        inherits = not own or (own == header and target.id not in named)
        if inherits or target.id in own:
            chosen.append(unit)
    return chosen


def link(generations: Sequence[Generation]) -> None:
    """Number generations from 1 and say what waits for what, in one plan or over several."""
    makers: dict[int, int] = {}
    for number, generation in enumerate(generations, 1):
        generation.number = number
        if generation.take > 1:
            continue
        for unit in generation.units:
            if unit.output is not None:
                makers.setdefault(id(unit.output), number)
            if unit.scene is not None and unit.scene.output is not None and unit.kind == "shot":
                makers.setdefault(id(unit.scene.output), number)
    for generation in generations:
        generation.needs = []
        if generation.inputs:
            waits = {makers[id(entity)] for entity in generation.inputs if id(entity) in makers}
            generation.needs = sorted(waits - {generation.number})


class _Planner:
    __slots__ = (
        "_diagnostics",
        "_faults",
        "_findings",
        "_grouper",
        "_intents",
        "_target",
    )

    def __init__(
        self,
        storyboard: Storyboard,
        target: Target,
        units: Sequence[Unit],
        measure: Measure | None,
    ) -> None:
        self._target = target
        self._faults: dict[int, list[Diagnostic]] = {}
        asked = Intents(Wants(still_outputs(storyboard, target)))
        self._grouper = Grouper(target, asked.wants, measure)
        self._findings = Findings(target, self._grouper)
        self._diagnostics: list[Diagnostic] = []
        used = outputs_in_use(storyboard)
        last = last_shot(storyboard)
        chosen = {id(unit) for unit in units}
        self._intents = [
            asked.of(unit, place, _alone(unit, used), storyboard.closing if unit is last else None)
            for place, unit in enumerate(storyboard.units)
            if id(unit) in chosen
        ]

    def plan(self) -> Plan:
        generations: list[Generation] = []
        scenes: set[int] = set()
        for run in self._runs():
            scene = _own_scene(run[0])
            if scene is not None and id(scene) in scenes:
                self._diagnostics.append(self._findings.scene_split(scene, run[0]))
                continue
            if scene is not None:
                scenes.add(id(scene))
            for group in self._groups(run):
                generations += self._generations(group)
        link(generations)
        self._diagnostics += self._findings.over_all(generations)
        self._grouper.forget()
        return Plan(self._target, generations, ordered(self._diagnostics))

    def _runs(self) -> list[list[Intent]]:
        """Cut where shots never share: other blocks, other settings, gaps, scenes of their own."""
        runs: list[list[Intent]] = []
        before: Intent | None = None
        for intent in self._intents:
            if before is not None and self._may_share(before, intent):
                runs[-1].append(intent)
            else:
                runs.append([intent])
            before = intent
        return runs

    def _may_share(self, before: Intent, after: Intent) -> bool:
        if not (before.is_shot and after.is_shot) or after.place != before.place + 1:
            return False
        scene = after.unit.scene
        if scene is before.unit.scene:
            if scene is not None and scene.output is not None:
                return True  # whether its shots agree is reported, not worked around
        elif _own_scene(before) is not _own_scene(after):
            return False
        return not before.alone and not after.alone and self._agree(before, after)

    def _agree(self, before: Intent, after: Intent) -> bool:
        if before.unit.settings is after.unit.settings:
            return True  # neither has any of its own
        provider = self._target.provider
        return settings_key(before.unit, provider) == settings_key(after.unit, provider)

    def _faulty(self, intent: Intent) -> list[Diagnostic]:
        """Return why a block cannot be made at all, worked out once."""
        faults = self._faults.get(id(intent))
        if faults is None:
            faults = self._findings.faults(intent)
            self._faults[id(intent)] = faults
        return faults

    def _groups(self, run: list[Intent]) -> list[Group]:
        scene = _own_scene(run[0])
        if scene is not None:
            return self._scene(scene, run)
        if len(run) == 1:
            return self._single(run[0])
        farthest = self._farthest(run)
        if farthest[0] == len(run):
            whole = self._grouper.shared(run)
            if whole is not None:
                return [whole]  # fewer generations cannot be
        made: dict[tuple[int, int], Group] = {}

        def weigh(start: int, stop: int) -> tuple[int, Decimal] | None:
            group: Group | None
            if stop - start == 1:
                group = self._grouper.alone(run[start])
            else:
                group = self._grouper.shared(run[start:stop])
            if group is None:
                return None
            made[start, stop] = group
            return group.lost, group.lengths.moved

        breaks = [penalty(before.unit, after.unit) for before, after in pairwise(run)]
        groups: list[Group] = []
        for start, stop in pack(farthest, weigh, breaks, NOTHING):
            groups += self._single(run[start]) if stop - start == 1 else [made[start, stop]]
        return groups

    def _farthest(self, run: list[Intent]) -> list[int]:
        """Return where a group must end at last that begins with each of its shots."""
        farthest = self._grouper.farthest(run)
        limit = len(run)
        for start in range(len(run) - 1, -1, -1):
            # What cannot be made alone is reported alone.
            if self._faulty(run[start]):
                farthest[start], limit = start + 1, start
            else:
                farthest[start] = min(farthest[start], limit)
        return farthest

    def _single(self, intent: Intent) -> list[Group]:
        faults = self._faulty(intent)
        self._diagnostics += faults
        return [] if faults else [self._grouper.alone(intent)]

    def _scene(self, scene: Scene, run: list[Intent]) -> list[Group]:
        """Make a scene with a name one generation, or say why it cannot be."""
        if len(run) == 1:
            return self._single(run[0])
        faults = [fault for intent in run for fault in self._faulty(intent)]
        if not faults:
            why = next((intent.alone for intent in run if intent.alone), "")
            agree = all(self._agree(run[0], intent) for intent in run[1:])
            group = self._grouper.shared(run) if agree and not why else None
            if group is not None:
                return [group]
            reason = why or ("" if agree else "its shots differ in their settings")
            whole = self._grouper.group(run)
            faults = [self._findings.scene_too_big(scene, whole, reason)]
        self._diagnostics += faults
        return []

    def _generations(self, group: Group) -> list[Generation]:
        choice = group.choice
        assert choice is not None
        intents = group.intents
        first = intents[0]
        transition = first.unit.transition if isinstance(first.unit, Shot) else None
        self._diagnostics += self._findings.losses(group, choice)
        takes = first.unit.settings.takes
        count = 1 if takes is None or "takes" in choice.task.takes else int(str(takes.value))
        lengths, slots = group.lengths, group.slots
        return [
            Generation(
                0,
                [intent.unit for intent in intents],
                [intent.said for intent in intents],
                self._target,
                choice.task,
                features=choice.features,
                seconds=lengths.seconds.copy(),  # lengths are remembered and shared
                total=lengths.total,
                slots=slots,
                before=transition if first.place else None,
                after=intents[-1].closes,
                take=take,
            )
            for take in range(1, count + 1)
        ]


def _alone(unit: Unit, used: set[int]) -> str:
    if unit.motion is not None:
        return "it follows the camera movement of a video"
    if unit.output is not None and id(unit.output) in used:
        return f"its output @{unit.output.name} is used by another block"
    return ""


def _own_scene(intent: Intent) -> Scene | None:
    scene = intent.unit.scene
    return scene if scene is not None and scene.output is not None and intent.is_shot else None
