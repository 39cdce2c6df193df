"""Who else makes what a target does not: read from the targets' data only when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.plan.lengths import most

if TYPE_CHECKING:
    from decimal import Decimal

    from promptlang.model.storyboard import Unit
    from promptlang.providers.target import Target

HEADINGS = {"shot": "SHOT", "edit": "EDIT", "angle": "ANGLE ON", "coverage": "COVERAGE"}
"""How a script spells the kinds of block."""

NAMED = 4
"""How many targets a hint names."""

_TASKS = {
    "shot": ("text-to-video", "image-to-video", "reference-to-video"),
    "edit": ("edit",),
    "angle": ("multi-cam",),
    "coverage": ("coverage",),
}


def block_name(unit: Unit) -> str:
    """Return how messages name a block: ``SHOT 3A``, ``EDIT #2``."""
    return f"{HEADINGS.get(unit.kind, unit.kind)} {unit.name}"


def offers(target: Target, kind: str) -> str | None:
    """Return the hint that names who makes a kind of block, None where nobody does."""
    for task in _TASKS[kind]:
        if task in target.elsewhere:
            return target.elsewhere[task]
    found = [other.id for other in _live() if kind in other.blocks()]
    return f"targets that take {HEADINGS[kind]}: {', '.join(found)}" if found else None


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


def _live() -> list[Target]:
    from promptlang.providers import registry

    return [target for target in registry.targets() if target.status == "live"]
