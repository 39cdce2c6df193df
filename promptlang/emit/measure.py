"""How long the prompt of several shots is, for targets that bound all words of a request.

Planning would have to word every group of shots it considers. So it first plans by everything
else, and only where the words of a request may be too many it plans again with the measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.plan.planner import plan as plan_blocks
from promptlang.providers.tokens import estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.model.storyboard import Storyboard, Unit
    from promptlang.plan.generation import Generation, Plan
    from promptlang.providers.target import Limit, Target, Task


def plan(storyboard: Storyboard, target: Target, units: Sequence[Unit]) -> Plan:
    """Return the fewest generations for a target, none with more words than it takes."""
    first = plan_blocks(storyboard, target, units=units)
    if not any(_too_long(storyboard, generation) for generation in first.generations):
        return first
    return plan_blocks(storyboard, target, units=units, measure=_Measure(storyboard, target))


class _Measure:
    """Words groups of shots to see how long they are, each group once."""

    __slots__ = ("_known", "_storyboard", "_target")

    def __init__(self, storyboard: Storyboard, target: Target) -> None:
        self._storyboard = storyboard
        self._target = target
        self._known: dict[tuple[int, ...], int] = {}

    def __call__(self, units: Sequence[Unit], task: Task) -> int:
        key = tuple(id(unit) for unit in units)
        if key not in self._known:
            limit = task.limit("prompt")
            made = plan_blocks(self._storyboard, self._target, units=units).generations
            # A group that cannot be one request has no length; planning finds that out itself.
            whole = limit is not None and len(made) == 1
            self._known[key] = _length(self._storyboard, made[0], limit) if whole and limit else 0
        return self._known[key]


def _too_long(storyboard: Storyboard, generation: Generation) -> bool:
    limit = _whole_limit(generation)
    if limit is None or limit.max is None or len(generation.units) == 1:
        return False
    return _length(storyboard, generation, limit) > limit.max


def _whole_limit(generation: Generation) -> Limit | None:
    """Return the limit all words of a request share, None where each shot has its own."""
    task = generation.task
    return None if task.limit("shot-prompt") else task.limit("prompt")


def _length(storyboard: Storyboard, generation: Generation, limit: Limit) -> int:
    from promptlang.emit.lower import Lowerer
    from promptlang.emit.render import render

    prompts = render(Lowerer(storyboard, [generation]).lower(generation))
    text = " ".join(prompt.text for prompt in prompts)
    return estimate(text) if limit.unit == "tokens" else len(text)
