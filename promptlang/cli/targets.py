"""Show what targets can do, with source and date of every number.

Without a name all targets are listed. With --for every target is tried on a script: whether it
can take it, in how many generations, and what would be lost.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from promptlang.cli import OK, UsageError, options
from promptlang.cli.files import open_script, scripts
from promptlang.cli.show import show
from promptlang.diagnostics import Loss
from promptlang.providers.told import limit_row, own_limits, price_row, retired, tasks
from promptlang.session import find_target
from promptlang.workspace import Workspace

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.providers.target import Target
    from promptlang.session import Document


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("target", nargs="?", metavar="T", help="a target")
    parser.add_argument("--for", dest="script", metavar="FILE", help="a script to try, or -")
    options.add_values(parser)


def run(args: Namespace) -> int:
    """Show targets."""
    from promptlang.providers.registry import targets

    chosen = [find_target(args.target)] if args.target else targets()
    if args.script is None:
        if args.set or args.asset:
            raise UsageError("--set and --asset go with --for FILE")
        print(page(chosen[0]) if args.target else overview(chosen))
        return OK
    print(_tried(args, [target.id for target in chosen]))
    return OK


def _tried(args: Namespace, ids: list[str]) -> str:
    """Return how a script fares with each target."""
    values, assets = options.values(args.set), options.assets(args.asset)
    workspace = Workspace(values=values, assets=assets, asked=ids)
    path = scripts([args.script], folders=False)[0]
    document = open_script(workspace, path)
    options.fitted([document], values, assets)
    wrong = [d for d in document.text_diagnostics if d.is_error]
    if wrong:
        show(wrong, "full", sys.stderr)
        count = f"{len(wrong)} error{'s' * (len(wrong) != 1)}"
        print(f"promptlang: {count} whatever the target; tried without", file=sys.stderr)
    head = ("target", "takes it", "generations", "seconds", "lost", "refused")
    return table(head, [_fares(document, target) for target in ids])


def _fares(document: Document, target: str) -> tuple[str, ...]:
    plan = document.sound_plan(target)
    whatever = set(document.text_diagnostics)
    found = [d for d in document.target_diagnostics(target) if d not in whatever]
    errors = [d for d in found if d.is_error]
    losses = [d for d in found if isinstance(d, Loss)]
    makes = "no" if not plan.generations else "in part" if errors else "yes"
    seconds = f"{plan.seconds:f}" if plan.seconds is not None else "–"
    return (
        target,
        makes,
        str(len(plan.generations)),
        seconds,
        _names(losses),
        _names(errors),
    )


def _names(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many there are and of which kinds."""
    if not diagnostics:
        return "–"
    return f"{len(diagnostics)} ({', '.join(sorted({d.name for d in diagnostics}))})"


def overview(targets: list[Target]) -> str:
    """Return a table of targets: id, what it makes, and its name."""
    rows = [
        (target.id, ", ".join(tasks(target)), target.title + retired(target)) for target in targets
    ]
    return table(("target", "makes", "name"), rows)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows in columns as wide as they need to be."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    lines = [head, *rows]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def page(target: Target) -> str:
    """Return everything that is known of a target."""
    lines = [f"{target.id}: {target.title}{retired(target)}", target.summary, ""]
    lines.append(f"model       {target.model}")
    spelt = ", ".join(f"{form} {token}" for form, token in target.tokens.items())
    lines.append(f"references  {spelt or 'in words'}")
    lines.append(f"interface   {target.http['url'] if target.http else 'none: a form to fill in'}")
    lines += _tasks(target)
    lines += _section("limits", [limit_row(limit) for limit in target.limits.values()])
    lines += _section("advice", [limit_row(limit) for limit in target.advice.values()])
    lines += _section("prices", [price_row(price) for price in target.prices])
    lines += _section("notes", [(note,) for note in target.notes])
    elsewhere = list(target.elsewhere.items())
    lines += _section("not for", elsewhere)
    sources = [(e.key, e.date, e.confidence, e.title) for e in target.sources.values()]
    lines += _section("sources", sources)
    return "\n".join(lines)


def _tasks(target: Target) -> Iterator[str]:
    for task in target.tasks.values():
        name = task.key if task.key == task.name else f"{task.key} ({task.name})"
        yield ""
        yield f"{name} · {task.endpoint or 'no endpoint'}"
        yield f"  takes {', '.join(sorted(task.takes))}"
        if task.needs:
            yield f"  needs {', '.join(sorted(task.needs))}"
        if task.superseded:
            yield f"  superseded: {task.superseded}"
        own = [limit_row(limit) for limit in own_limits(target, task)]
        for line in table(("",) * 3, own).split("\n")[1:]:
            yield f"  {line}"


def _section(title: str, rows: Sequence[tuple[str, ...]]) -> list[str]:
    if not rows:
        return []
    body = table(("",) * len(rows[0]), rows).split("\n")[1:]
    return ["", title, *(f"  {line}" for line in body)]
