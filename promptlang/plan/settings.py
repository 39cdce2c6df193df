"""Generation settings against the limits and the advice of a task."""

from __future__ import annotations

import re
from decimal import Decimal
from math import log
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit as TextEdit
from promptlang.diagnostics import Fix, Severity
from promptlang.model.storyboard import Angle, Edit
from promptlang.plan import problems
from promptlang.plan.generation import seconds_text
from promptlang.plan.lengths import range_text
from promptlang.plan.offers import in_resolution
from promptlang.plan.references import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.storyboard import Entity, Unit, Value
    from promptlang.plan.groups import Group
    from promptlang.providers.target import Limit, Target, Task
    from promptlang.source import Span

_MEASURE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(?::(\d{1,9}))?(p|k)?")
_LINES = 540
"""The lines of a picture for each thousand of its columns: 4k has 2160."""


def within(limit: Limit, value: Decimal) -> bool:
    """Whether a number lies between the bounds of a limit, whatever its step."""
    if limit.choices:
        return value in limit.choices
    return (limit.min is None or value >= limit.min) and (limit.max is None or value <= limit.max)


def out_of_range(unit: Unit, task: Task, target: Target) -> Iterator[Diagnostic]:
    """Yield an error for each setting whose value the task does not take."""
    for name in ("aspect", "resolution"):
        value = getattr(unit.settings, name)
        limit = task.limit(name)
        if value is None or name not in task.takes or limit is None or not limit.choices:
            continue
        if str(value.value) not in limit.choices:
            allowed = ", ".join(sorted(str(choice) for choice in limit.choices))
            elsewhere = in_resolution(target, task.block, str(value.value))
            yield _not_allowed(
                name, value, f"{target.id} takes {allowed}", limit.choices, elsewhere
            )
    cfg, limit = unit.settings.cfg, task.limit("cfg")
    if cfg is not None and "cfg" in task.takes and limit is not None:
        number = Decimal(str(cfg.value))
        if not within(limit, number):
            bounds = [bound for bound in (limit.min, limit.max) if bound is not None]
            yield _not_allowed("cfg", cfg, f"{target.id} takes {bounds_text(limit)}", bounds)
    yield from _takes(unit, task, target)


def _takes(unit: Unit, task: Task, target: Target) -> Iterator[Diagnostic]:
    takes = unit.settings.takes
    if takes is None:
        return
    limit = task.limit("takes") if "takes" in task.takes else None
    if limit is not None and limit.max is not None and int(str(takes.value)) > limit.max:
        most = int(limit.max)
        yield _not_allowed("takes", takes, f"{target.id} makes at most {most}", [most])


def _not_allowed(
    name: str,
    value: Value,
    allowed: str,
    choices: Sequence[object],
    elsewhere: str | None = None,
) -> Diagnostic:
    """Return the error of a value, with the allowed one that is nearest to it."""
    better = min(map(str, choices), key=lambda choice: _far(str(value.value), choice))
    write = f"write {name}: {better}"
    return problems.SETTING_NOT_ALLOWED.at(
        value.span,
        f'{name} "{value.value}": {allowed}',
        hint=f"{write}, the nearest" + (f"; {elsewhere}" if elsewhere else ""),
        fixes=[Fix(write, [TextEdit(value.span, better)], safe=False)],
    )


def _far(written: str, choice: str) -> tuple[bool, float]:
    """Return how far a choice is from what was written; a shape is measured by its ratio."""
    sizes = [_size(written), _size(choice)]
    if not all(sizes):
        return True, 0
    return False, abs(log(sizes[0] / sizes[1]))


def _size(value: str) -> float:
    """Return what a value measures, 0 where it is no measure: 16:9, 1080p, 4k, 0.5."""
    match = _MEASURE.fullmatch(value.strip().casefold())
    if match is None:
        return 0
    first, second, unit = match.groups()
    number = float(first) / (float(second or 1) or 1)
    return number * _LINES if unit == "k" else number


def source_lengths(unit: Unit) -> Iterator[tuple[str, Span, Decimal]]:
    """Yield the lengths a script states of the videos a block works on or follows."""
    if isinstance(unit, (Edit, Angle)):
        # The stretch is what is sent; the length of an EDIT is known only to its writer.
        stretch = list(_stretch(unit.source))
        yield from stretch
        length = unit.length if isinstance(unit, Edit) and not stretch else None
        if length is not None and unit.seconds is not None:
            yield "the source", unit.seconds.span, length
    if unit.motion is not None and not unit.motion.edge:
        yield from _stretch(unit.motion.entity)


def _stretch(entity: Entity) -> Iterator[tuple[str, Span, Decimal]]:
    for asset in entity.assets[:1]:
        if asset.until is not None:
            since = asset.since if asset.since is not None else Decimal(0)
            yield f'the stretch of "@{entity.name}"', asset.span, asset.until - since


def against_advice(group: Group, task: Task) -> Iterator[Diagnostic]:
    """Yield a warning for each number a page advises otherwise."""
    for intent, made in zip(group.intents, group.lengths.seconds, strict=True):
        advised = task.advice.get("shot")
        stated = intent.unit.seconds
        if advised is not None and made is not None and not within(advised, made):
            span = intent.unit.span if stated is None else stated.span
            yield _advised(span, f"{seconds_text(made)} a shot", advised, range_text(advised))
    yield from _advised_total(group, task)
    yield from _advised_shots(group, task)
    cfg, advised = group.intents[0].unit.settings.cfg, task.advice.get("cfg")
    if cfg is not None and advised is not None and "cfg" in task.takes:
        number = Decimal(str(cfg.value))
        if not within(advised, number):
            yield _advised(cfg.span, f"cfg {number:f}", advised, bounds_text(advised))
    counts = counted(group.slots, numbers_frames=task.numbers_frames)
    for advised, _, shown in counts.over(task.advice):
        yield _advised(group.intents[0].unit.span, shown, advised, f"at most {advised.max:f}")
    yield from _advised_pictures(group, task)


def _advised_total(group: Group, task: Task) -> Iterator[Diagnostic]:
    advised, total = task.advice.get("total"), group.lengths.total
    if advised is None or total is None or within(advised, total):
        return
    unit = group.intents[-1].unit
    span = unit.span if unit.seconds is None else unit.seconds.span
    yield _advised(span, f"{seconds_text(total)} in all", advised, range_text(advised))


def _advised_shots(group: Group, task: Task) -> Iterator[Diagnostic]:
    advised, count = task.advice.get("shots"), len(group.intents)
    if advised is not None and "shots" in task.takes and not within(advised, Decimal(count)):
        unit = group.intents[0].unit
        yield problems.OUTSIDE_ADVICE.at(
            unit.span,
            f"{count} shot in a generation: {advised.evidence.title} advises "
            f"{bounds_text(advised)}",
            # how shots fall into generations is planned, not written
            severity=Severity.HINT,
        )


def _advised_pictures(group: Group, task: Task) -> Iterator[Diagnostic]:
    advised = task.advice.get("element-pictures")
    if advised is None:
        return
    for slot in group.slots:
        count = len(slot.entity.assets)
        if slot.form == "element" and slot.entity.is_element and count:
            number = Decimal(count)
            if not within(advised, number):
                yield _advised(
                    slot.entity.span,
                    f'"@{slot.entity.name}" with {count} picture{"s" if count > 1 else ""}',
                    advised,
                    bounds_text(advised),
                )


def _advised(span: Span, what: str, limit: Limit, allowed: str) -> Diagnostic:
    return problems.OUTSIDE_ADVICE.at(
        span, f"{what}: {limit.evidence.title} advises {allowed}", hint=limit.note or None
    )


def bounds_text(limit: Limit) -> str:
    """Return what a limit allows: ``3 to 10``, ``at most 4``."""
    if limit.min is None:
        return f"at most {limit.max:f}"
    return f"at least {limit.min:f}" if limit.max is None else f"{limit.min:f} to {limit.max:f}"
