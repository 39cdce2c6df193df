"""Exact arithmetic of lengths: what a target can make of the seconds a script asks for."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.plan.generation import seconds_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.providers.target import Limit, Task

NOTHING = Decimal(0)
_MOST_KNOWN = 10_000


class Lengths:
    """The lengths of a request.

    Attributes:
        seconds: The length of each block as it is asked for; None: the task takes none.
        total: Their sum.
        held: What was added to the last one so that the sum is one the target makes.
        moved: How much lengths moved in all, up or down, the holding included.
        fault: ``""``, ``long`` (more than the target makes) or ``sum`` (no total reaches it).
        exact: Whether they are what the script states, so that there is nothing to tell.
    """

    __slots__ = ("exact", "fault", "held", "moved", "seconds", "total")

    def __init__(
        self,
        seconds: list[Decimal | None],
        total: Decimal | None,
        *,
        held: Decimal = NOTHING,
        moved: Decimal = NOTHING,
        fault: str = "",
    ) -> None:
        self.seconds = seconds
        self.total = total
        self.held = held
        self.moved = moved
        self.fault = fault
        self.exact = False


def most(limit: Limit | None) -> Decimal | None:
    """Return the greatest number a limit allows, None where it has no bound."""
    if limit is None:
        return None
    return max(limit.choices) if limit.choices else limit.max


def reaching(limit: Limit, value: Decimal) -> Decimal | None:
    """Return the least allowed number that is not below ``value``, None where there is none."""
    if limit.choices:
        return min((choice for choice in limit.choices if choice >= value), default=None)
    least = value if limit.min is None else max(value, limit.min)
    if limit.step is not None and least % limit.step:
        least += limit.step - least % limit.step
    return least if limit.max is None or least <= limit.max else None


def usual(task: Task) -> Decimal:
    """Return the length a task that takes lengths gives a block that states none."""
    return Decimal(str(task.default("total")))


# A film repeats its few lengths all the time.
@lru_cache(maxsize=_MOST_KNOWN)
def fit(stated: tuple[Decimal | None, ...], task: Task) -> Lengths:
    """Return the lengths a task makes of those a script states; they are shared, and not changed.

    A length the task cannot make moves to the nearest it can, ties going up. Where the sum of
    several is none the task makes, the last shot is held until it is; nothing is shortened for
    the sake of the sum.
    """
    lengths = _made(stated, task)
    lengths.exact = lengths.seconds == list(stated) and not (lengths.held or lengths.fault)
    return lengths


@lru_cache(maxsize=_MOST_KNOWN)
def least_of(stated: Decimal | None, task: Task) -> Decimal:
    """Return the least seconds one of several shots takes of a generation."""
    wanted = usual(task) if stated is None else stated
    limit = task.limit("shot")
    return wanted if limit is None else limit.nearest(wanted)


def _made(stated: Sequence[Decimal | None], task: Task) -> Lengths:
    if "duration" not in task.takes:
        return Lengths([None] * len(stated), None)
    wanted = [usual(task) if length is None else length for length in stated]
    return _several(wanted, task) if len(wanted) > 1 else _one(wanted[0], task)


def _one(wanted: Decimal, task: Task) -> Lengths:
    limit = task.limit("total") or task.limit("shot")
    bound = most(limit)
    if bound is not None and wanted > bound:
        return Lengths([wanted], wanted, fault="long")
    made = wanted if limit is None else limit.nearest(wanted)
    return Lengths([made], made, moved=abs(made - wanted))


def _several(wanted: list[Decimal], task: Task) -> Lengths:
    limit = task.limit("shot")
    bound = most(limit)
    if bound is not None and max(wanted) > bound:
        return Lengths(list(wanted), None, fault="long")
    made = wanted if limit is None else [limit.nearest(length) for length in wanted]
    total = sum(made, NOTHING)
    reached = reaching(task.limits["total"], total)
    moved = sum((abs(a - b) for a, b in zip(made, wanted, strict=True)), NOTHING)
    if reached is None:
        return Lengths(list(made), total, fault="sum")
    held = reached - total
    last = made[-1] + held
    if held and limit is not None and not limit.allows(last):
        return Lengths(list(made), total, fault="sum")
    return Lengths([*made[:-1], last], reached, held=held, moved=moved + held)


def range_text(limit: Limit) -> str:
    """Return what a limit on seconds allows, in words: ``whole seconds from 1 to 15``."""
    if limit.choices:
        shown = [seconds_text(choice) for choice in sorted(limit.choices)]
        return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
    unit = "whole seconds" if limit.step == 1 else "seconds"
    if limit.step not in (None, Decimal(1)):
        unit = f"steps of {seconds_text(limit.step or NOTHING)}"
    low = "" if limit.min is None else f" from {_plain(limit.min)}"
    high = "" if limit.max is None else f" to {_plain(limit.max)}"
    return f"{unit}{low}{high}"


def _plain(value: Decimal) -> str:
    return seconds_text(value).removesuffix(" s")
