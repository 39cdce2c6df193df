"""What is told of targets: their limits and prices, each with who says so and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promptlang.providers.target import Limit, Price, Target, Task


def tasks(target: Target) -> list[str]:
    """Return the published tasks of a target, each once, in its order."""
    return list(dict.fromkeys(task.name for task in target.tasks.values()))


def retired(target: Target) -> str:
    """Return what to say behind the name of a target that is not for use any more, or ``""``."""
    if target.status == "live":
        return ""
    return f" ({target.status}; use {target.replacement})" if target.replacement else " (retired)"


def own_limits(target: Target, task: Task) -> list[Limit]:
    """Return the limits and the advice of a task that its target has not or has otherwise."""
    own = [v for k, v in task.limits.items() if target.limits.get(k) is not v]
    return own + [v for k, v in task.advice.items() if target.advice.get(k) is not v]


def limit_row(limit: Limit) -> tuple[str, ...]:
    """Return what is limited, what is allowed, and who says so and when."""
    weight = "" if limit.binding else "advised, "
    source = f"{weight}{limit.evidence.key}, {limit.evidence.date}"
    note = f" · {limit.note}" if limit.note else ""
    return limit.name, f"{bounds(limit)}", f"{source}{note}"


def bounds(limit: Limit) -> str:
    """Return what a limit allows, for people: ``3–15 s``, ``5 or 10 s``, ``≤ 4``."""
    unit = f" {limit.unit}" if limit.unit else ""
    if limit.choices:
        *head, last = [f"{choice}" for choice in limit.choices]
        text = f"{', '.join(head)} or {last}" if head else last
    elif limit.min is not None and limit.max is not None:
        text = f"{limit.min:,}–{limit.max:,}" if limit.min != limit.max else f"{limit.min:,}"
    elif limit.max is not None:
        text = f"≤ {limit.max:,}"
    elif limit.min is not None:
        text = f"≥ {limit.min:,}"
    else:
        text = "any"
    default = f" (default {limit.default})" if limit.default is not None else ""
    return f"{text}{unit}{default}"


def price_row(price: Price) -> tuple[str, ...]:
    """Return a price, when it holds, and who says so and when."""
    when = ", ".join(f"{key} {_spoken(value)}" for key, value in price.when.items())
    source = f"{price.evidence.key}, {price.evidence.date}"
    return f"${price.usd} a {price.unit}", when, source


def _spoken(value: object) -> str:
    return str(value) if not isinstance(value, bool) else "on" if value else "off"
