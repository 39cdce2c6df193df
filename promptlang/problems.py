"""What is wrong with a run as a whole, and the list of everything that can be wrong."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Problem, Severity, did_you_mean, replacement
from promptlang.lint.select import Catalogue

if TYPE_CHECKING:
    from promptlang.diagnostics import Diagnostic
    from promptlang.model.storyboard import Storyboard, Value
    from promptlang.source import Span

UNKNOWN_TARGET = Problem(
    "unknown-target",
    "PL900",
    Severity.ERROR,
    """A `target:` line names a target that promptlang does not know.

Nothing can be compiled for a target without data: its limits, its fields and the way it spells
references. `promptlang targets` lists the targets there are.

**Example**

```shot
target: kling/o11

SHOT 1 (5s): wide shot, static
  A lighthouse stands above breaking waves at dawn.
```

**Use instead**

```shot
target: kling/o1

SHOT 1 (5s): wide shot, static
  A lighthouse stands above breaking waves at dawn.
```
""",
)

NO_TARGET = Problem(
    "no-target",
    "PL901",
    Severity.ERROR,
    """A block has no target while other blocks of the script have one.

With targets of their own, blocks are compiled one by one for whom they name; this block would
silently be left out. A `target:` in the header reaches every block that does not name another.

**Example**

```shot
SHOT 1 (5s): wide shot, static
  A lighthouse stands above breaking waves at dawn.

SHOT 2 (5s): close-up, static
  target: kling/o1
  The lamp turns slowly behind wet glass.
```

**Use instead**

```shot
target: kling/o1

SHOT 1 (5s): wide shot, static
  A lighthouse stands above breaking waves at dawn.

SHOT 2 (5s): close-up, static
  The lamp turns slowly behind wet glass.
```
""",
)

PROBLEMS = (UNKNOWN_TARGET, NO_TARGET)


def right_target(value: Value) -> list[Fix]:
    """Return the fix that writes the target of which a name is a slip."""
    return replacement(value.span, nearest_targets(str(value.value))[:1])


def nearest_targets(name: str) -> list[str]:
    """Return the targets of which a name may be a slip or a part, the likeliest first."""
    from difflib import get_close_matches

    from promptlang.providers.registry import target_ids
    from promptlang.syntax.spelling import closest

    ids, key = target_ids(), "-".join(name.casefold().split())
    slip = closest(key, ids)
    likely = [slip] if slip else []
    likely += [item for item in ids if key and key in item]
    likely += get_close_matches(key, ids, 3, 0.6)
    return list(dict.fromkeys(likely))[:3]


def nearest_or_all(name: str) -> str:
    """Return the hint for a name no target has: those that were meant, else all there are."""
    from promptlang.providers.registry import target_ids

    ids = (f'"{item}"' for item in target_ids())
    return did_you_mean(nearest_targets(name)) or f"write one of {', '.join(ids)}"


def is_target(value: Value) -> bool:
    """Whether a value of a script names a target."""
    from promptlang.providers.registry import target

    return target(str(value.value)) is not None


def wrong_targets(board: Storyboard, *, settled: bool) -> list[Diagnostic]:
    """Return what is wrong with the targets a script names.

    Args:
        board: The script.
        settled: Whether a block that names none has one all the same, or may have.
    """
    blocks = (*board.units, *board.broken)
    named = [*board.targets, *(v for unit in blocks for v in unit.settings.targets)]
    found = [
        UNKNOWN_TARGET.at(
            value.span,
            f'unknown target "{value.value}"',
            hint=nearest_or_all(str(value.value)),
            fixes=right_target(value),
        )
        for value in named
        if not is_target(value)
    ]
    if named and not settled:
        found += [
            NO_TARGET.at(
                unit.span,
                f'block "{unit.name}" has no target, though others have one',
                hint="write a target in the header, or one below this heading",
                fixes=same_target(unit.span, named),
            )
            for unit in board.units
            if not unit.settings.targets and not board.targets
        ]
    return found


def same_target(heading: Span, named: list[Value]) -> list[Fix]:
    """Return the fix that gives a block the one target the others have."""
    targets = {str(value.value) for value in named}
    starts, line = heading.source.starts, heading.line
    if len(targets) != 1 or line >= len(starts):
        return []
    place = heading.part(starts[line] - heading.start, starts[line] - heading.start)
    text = f"target: {targets.pop()}"
    return [Fix(f'write "{text}" below it', [Edit(place, f"  {text}\n")], safe=False)]


_HOMES = (
    "promptlang.emit.problems",
    "promptlang.lint.problems",
    "promptlang.lint.rules",
    "promptlang.model.problems",
    "promptlang.plan.problems",
    "promptlang.problems",
    "promptlang.syntax.problems",
)


@cache
def all_problems() -> tuple[Problem, ...]:
    """Return every problem promptlang can report, in the order of their codes."""
    found = (problem for home in _HOMES for problem in import_module(home).PROBLEMS)
    return tuple(sorted(found, key=lambda problem: problem.code))


@cache
def catalogue() -> Catalogue:
    """Return every problem, to be found by what selects it."""
    return Catalogue(all_problems())
