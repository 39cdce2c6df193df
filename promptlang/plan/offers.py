"""Who else makes what a target does not: read from the targets' data only when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.plan.lengths import most
from promptlang.providers.target import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from promptlang.model.storyboard import Unit
    from promptlang.providers.target import Target, Task

HEADINGS = {"shot": "SHOT", "edit": "EDIT", "angle": "ANGLE ON", "coverage": "COVERAGE"}
"""How a script spells the kinds of block."""

NAMED = 4
"""How many targets a hint names."""


def block_name(unit: Unit) -> str:
    """Return how messages name a block: ``SHOT 3A``, ``EDIT #2``."""
    return f"{HEADINGS.get(unit.kind, unit.kind)} {unit.name}"


def offers(target: Target, kind: str) -> str | None:
    """Return the hint that names who makes a kind of block a target lacks; its data says so."""
    return target.elsewhere.get(next(task for task, block in BLOCKS.items() if block == kind))


def who_makes(kind: str, seconds: Decimal, target: Target) -> list[str]:
    """Return the other targets that make a block of this length."""
    found = []
    for other in _live():
        tasks = [task for task in other.tasks.values() if task.block == kind]
        bounds = [most(task.limit("total") or task.limit("shot")) for task in tasks]
        timed = [bound for bound in bounds if bound is not None]
        if other.id != target.id and timed and max(timed) >= seconds:
            found.append(other.id)
    return found[:NAMED]


def who_takes(kind: str, features: frozenset[str], target: Target) -> list[str]:
    """Return the other targets that make a block out of exactly these features."""
    return [
        other.id
        for other in _live()
        if other.id != target.id
        and any(
            task.block == kind
            and features <= task.takes
            and task.needs <= features
            and (not task.needs_any or task.needs_any & features)
            for task in other.tasks.values()
        )
    ]


def alternative(request: str, targets: Iterable[Target] = ()) -> str | None:
    """Return what to use for a request that targets are not for, None where nobody says.

    Args:
        request: As the tables `elsewhere` of the targets name it, such as ``extend``.
        targets: Those that are meant; what any other target says stands in for theirs.
    """
    said = (target.elsewhere.get(request) for target in (*targets, *_live()))
    return next((words for words in said if words is not None), None)


def with_sound(target: Target, kind: str) -> str:
    """Return the hint where something is to be heard and a target makes no sound."""
    own = target.elsewhere.get("native-audio")
    if own is not None:
        return f"add the sound in the edit; {own}"
    others = [other.id for other in _live() if any(_of(other, kind, "audio"))]
    named = f", or use a target that makes it: {', '.join(others[:NAMED])}" if others else ""
    return f"add the sound in the edit{named}"


def in_resolution(target: Target, kind: str, resolution: str) -> str | None:
    """Return the hint that names who makes pictures of a size, None where nobody does."""
    wanted = resolution.casefold()
    found = [other.id for other in _live() if wanted in resolutions(other, kind)]
    named = f"targets that make it: {', '.join(found[:NAMED])}" if found else None
    return target.elsewhere.get(wanted, named)


def resolutions(target: Target, kind: str) -> tuple[str, ...]:
    """Return the resolutions that can be asked of a target for a kind of block."""
    limits = [task.limit("resolution") for task in _of(target, kind, "resolution")]
    return tuple(str(choice) for limit in limits[:1] if limit for choice in limit.choices)


def _of(target: Target, kind: str, feature: str) -> Iterator[Task]:
    return (t for t in target.tasks.values() if t.block == kind and feature in t.takes)


def _live() -> list[Target]:
    from promptlang.providers import registry

    return [target for target in registry.targets() if target.status == "live"]
