"""Whether outputs are made before they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Related
from promptlang.model import problems
from promptlang.model.entities import Mention, Text
from promptlang.model.parts import parts
from promptlang.model.storyboard import Frame, Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Entity
    from promptlang.model.storyboard import Storyboard, Unit
    from promptlang.source import Span

_EXAMINED = 200
"""How many early uses are looked at for cycles: each look may cost the whole script."""


def too_early(storyboard: Storyboard) -> Iterator[Diagnostic]:
    """Yield the uses of outputs that stand before, or in, the block that makes them."""
    made = _makers(storyboard)
    yield from _never_made(storyboard, made)
    if not made:
        return
    uses = [
        (unit, entity, span)
        for unit in storyboard.units
        for entity, span in used(unit)
        if id(entity) in made
    ]
    needs: dict[int, set[int]] = {}
    for unit, entity, _ in uses:
        needs.setdefault(unit.number, set()).update(u.number for u in made[id(entity)])
    told: set[Span] = set()
    for unit, entity, span in uses:
        last = made[id(entity)][-1]
        if last.number < unit.number or span in told:
            continue
        told.add(span)
        if len(told) <= _EXAMINED and _reaches(needs, last.number, unit.number):
            yield problems.OUTPUT_CYCLE.at(
                span,
                f'"@{entity.name}" is needed to make itself',
                hint="use something that exists before this block",
                related=[Related("made here", last.span)],
            )
        else:
            yield problems.OUTPUT_TOO_EARLY.at(
                span,
                f'"@{entity.name}" is used before it is made',
                hint="move this block below the one that makes it",
                related=[Related("made here", last.span)],
            )


def _never_made(storyboard: Storyboard, made: dict[int, list[Unit]]) -> Iterator[Diagnostic]:
    """Yield the uses of scenes that hold no shot."""
    outputs = (scene.output for scene in storyboard.scenes if scene.output is not None)
    empty = {id(output) for output in outputs if id(output) not in made}
    if not empty:
        return
    for unit in storyboard.units:
        for entity, span in used(unit):
            if id(entity) in empty:
                yield problems.OUTPUT_TOO_EARLY.at(
                    span,
                    f'"@{entity.name}" is never made: its scene has no SHOT',
                    hint="write the shots of the scene above this block",
                    related=[Related("named here", entity.span)],
                )


def used(unit: Unit) -> Iterator[tuple[Entity, Span]]:
    """Yield every entity a block points at and where."""
    for _, part, span in parts(unit):
        if isinstance(part, Text):
            for mention in part.mentions():
                yield mention.entity, mention.span
        elif isinstance(part, Frame | Use | Mention):
            yield part.entity, span
            role = part.role if isinstance(part, Use) else None
            if role is not None:
                yield from ((mention.entity, mention.span) for mention in role.mentions())


def _makers(storyboard: Storyboard) -> dict[int, list[Unit]]:
    made: dict[int, list[Unit]] = {}
    for unit in storyboard.units:
        if unit.output is not None:
            made.setdefault(id(unit.output), []).append(unit)
        if unit.scene is not None and unit.scene.output is not None and unit.kind == "shot":
            made.setdefault(id(unit.scene.output), []).append(unit)
    return made


def _reaches(needs: dict[int, set[int]], start: int, goal: int) -> bool:
    """Whether making block ``start`` needs block ``goal``."""
    seen = {start}
    waiting = [start]
    while waiting:
        number = waiting.pop()
        if number == goal:
            return True
        further = needs.get(number, set()) - seen
        seen |= further
        waiting += further
    return False
