"""Which blocks can be compiled although others have errors.

A block with an error is left out, and so is every block that needs its output: compiled without
it they would ask for something that is never made.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from promptlang.plan.generation import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.storyboard import Unit
    from promptlang.syntax.ast import Script

_ROUNDS = 4
"""How often leaving blocks out may uncover new errors before the rest is taken as it is."""

_BLOCKS = ("angle", "coverage", "edit", "shot")


def sound_plan(
    whole: Plan,
    script: Script,
    diagnostics: Iterable[Diagnostic],
    units: list[Unit],
    replan: Callable[[list[Unit]], Plan],
) -> Plan:
    """Return the plan of the blocks that have no error.

    Args:
        whole: The plan of all blocks.
        script: Where the blocks stand.
        diagnostics: What was found before planning.
        units: The blocks that were planned.
        replan: Plans some of them.

    Returns:
        ``whole`` itself where every block is sound.
    """
    faulty = _faulty(script, diagnostics)
    plan = whole
    for _ in range(_ROUNDS):
        more = faulty | _faulty(script, plan.diagnostics)
        bad = [unit for unit in units if _block(script, unit.span.start) in more]
        if not bad:
            return plan
        if plan is not whole and more == faulty:
            break
        faulty = more
        out = {id(unit) for unit in _with_dependants(whole, bad)}
        left = [unit for unit in units if id(unit) not in out]
        # No block is no wish to plan all of them, which is what an empty list might be taken for.
        plan = replan(left) if left else Plan(whole.target, [], [])
    return plan


def _faulty(script: Script, diagnostics: Iterable[Diagnostic]) -> set[int]:
    """Return the places of the blocks in which an error stands."""
    found = set()
    for diagnostic in diagnostics:
        span = diagnostic.span
        if diagnostic.is_error and span.path == script.source.path:
            place = _block(script, span.start)
            if script.blocks[place].kind in _BLOCKS and not _declares(script, place, span.start):
                found.add(place)
    return found


def _block(script: Script, offset: int) -> int:
    return max(bisect_right(script.starts, offset) - 1, 0)


def _declares(script: Script, place: int, offset: int) -> bool:
    """Whether the line at an offset is a declaration: it stands in a block, but is not of it."""
    inside = offset - script.starts[place]
    lines = script.blocks[place].lines
    line = lines[max(bisect_right([line.at for line in lines], inside) - 1, 0)]
    return getattr(line, "meant", line.kind) in {"declaration", "parameter"}


def _with_dependants(plan: Plan, bad: list[Unit]) -> list[Unit]:
    """Return blocks and all that need an output of theirs, directly or not."""
    out = {id(unit): unit for unit in bad}
    lost = {
        generation.number
        for generation in plan.generations
        if any(id(unit) in out and _is_used(unit) for unit in generation.units)
    }
    # Needs point at generations made before, so the order of making settles all in one pass
    # unless the script is cyclic, which is an error of its own.
    for generation in sorted(plan.generations, key=lambda g: g.number):
        if lost.intersection(generation.needs):
            lost.add(generation.number)
            out.update((id(unit), unit) for unit in generation.units)
    return list(out.values())


def _is_used(unit: Unit) -> bool:
    return unit.output is not None or (unit.scene is not None and unit.scene.output is not None)
