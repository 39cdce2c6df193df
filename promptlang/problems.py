"""What is wrong with a run as a whole, and the list of everything that can be wrong."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from promptlang.diagnostics import Problem, Severity
from promptlang.lint.select import Catalogue

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

_HOMES = (
    "promptlang.emit.problems",
    "promptlang.lint.problems",
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
