"""The pages of targets: what each makes, its limits, and where every number comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.cli.reference.layout import cell, code, codes, page, table
from promptlang.providers.registry import targets
from promptlang.providers.told import bounds, limit_row, own_limits, price_row, tasks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.providers.target import Limit, Target

_CONFIDENCE = """\
Sources are ranked: **A** types a vendor publishes, **B** documentation of a vendor, **C** a third
party, **page** the page a system is known by alone."""


def pages() -> dict[str, str]:
    """Return an overview and a page for every target, by path."""
    found = {"targets/index.md": page("Targets", overview(link=True), _CONFIDENCE)}
    for target in targets():
        found[f"targets/{target.id}.md"] = _page(target)
    return found


def overview(*, link: bool = False) -> str:
    """Return a table of all targets."""
    rows = []
    for target in targets():
        name = code(target.id)
        shown = f"[{name}]({target.id}.md)" if link else name
        rows.append((shown, ", ".join(tasks(target)), _short(target)))
    return table(("target", "makes", "limits in short"), rows)


def _short(target: Target) -> str:
    parts = [
        f"{label} {bounds(target.limits[name])}"
        for name, label in (("shots", "shots"), ("total", "length"), ("prompt", "prompt"))
        if name in target.limits
    ]
    short = re.sub(r"shots (.*?) shots", r"shots \1", "; ".join(parts))
    return re.sub(r" \(default .*?\)", "", short)


def _page(target: Target) -> str:
    about = [
        ("model", cell(target.model)),
        ("references are spelt", codes(target.tokens.values()) if target.tokens else "in words"),
        ("interface", code(target.http["url"]) if target.http else "none: a form to fill in"),
    ]
    if target.status != "live":
        about.append(("status", target.status))
    if target.replacement:
        about.append(("use instead", f"[{code(target.replacement)}](../{target.replacement}.md)"))
    sections = [cell(target.summary), table(("", ""), about), "## What it makes", _tasks(target)]
    sections += _limits("## Limits", target.limits.values())
    sections += _limits("## Advice", target.advice.values())
    if target.prices:
        rows = [tuple(cell(part) for part in price_row(price)) for price in target.prices]
        sections += ["## Prices", table(("price", "where", "source"), rows)]
    if target.notes:
        sections += ["## Notes", "\n".join(f"- {cell(note)}" for note in target.notes)]
    if target.elsewhere:
        rows = [(cell(what), cell(where)) for what, where in target.elsewhere.items()]
        sections += ["## What is better elsewhere", table(("wanted", "use"), rows)]
    rows = [(code(e.key), cell(e.title), e.date, e.confidence) for e in target.sources.values()]
    sections += ["## Sources", table(("key", "what was read", "checked on", "rank"), rows)]
    return page(f"{target.id}: {target.title}", *sections)


def _tasks(target: Target) -> str:
    rows = []
    for task in target.tasks.values():
        name = task.key if task.key == task.name else f"{task.key} ({task.name})"
        endpoint = code(task.endpoint) if task.endpoint else "–"
        needs = ", ".join(sorted(task.needs)) or "–"
        own = "<br>".join(
            cell(" ".join(limit_row(limit)[:2])) for limit in own_limits(target, task)
        )
        rows.append((name, endpoint, ", ".join(sorted(task.takes)), needs, own or "–"))
    return table(("task", "endpoint", "takes", "needs", "limits of its own"), rows)


def _limits(title: str, limits: Iterable[Limit]) -> list[str]:
    rows = [tuple(cell(part) for part in limit_row(limit)) for limit in limits]
    return [title, table(("what", "allowed", "source and date"), rows)] if rows else []
