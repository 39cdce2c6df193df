"""What can be wrong with the comments that suppress problems."""

from __future__ import annotations

from promptlang.diagnostics import Problem, Severity

UNUSED_SUPPRESSION = Problem(
    "unused-suppression",
    "PL910",
    Severity.HINT,
    """A comment suppresses a problem that is not there.

It was mended, or it stands on another line. Left in, the comment hides the next problem of that
name. It is told where everything it could speak of has been looked for: in a script without
errors, checked for its own targets.

A comment that hides what was said of another such comment counts as unused too. The fix removes
the names, and the comment where none is left.

**Example**

```shot
SHOT 1 (5s): medium shot, slow push in  # promptlang: ignore[undirected-move] decided on the set
  A cellist tunes by the window.
```

**Use instead**

```shot
SHOT 1 (5s): medium shot, slow dolly  # promptlang: ignore[undirected-move] decided on the set
  A cellist tunes by the window.
```
""",
)

UNKNOWN_SUPPRESSION = Problem(
    "unknown-suppression",
    "PL911",
    Severity.WARNING,
    """A comment suppresses something there is not.

Between the brackets stand readable names such as `undirected-move`, codes such as `PL301`, the
beginning of a code, or a family such as `camera`. A misspelt name suppresses nothing. The fix
writes the name that was probably meant.

**Example**

```shot
SHOT 1 (5s): medium shot, slow dolly  # promptlang: ignore[camera, undirected-mov]
  A cellist tunes by the window.
```

**Use instead**

```shot
SHOT 1 (5s): medium shot, slow dolly  # promptlang: ignore[undirected-move]
  A cellist tunes by the window.
```
""",
)

SUPPRESSED_ERROR = Problem(
    "suppressed-error",
    "PL912",
    Severity.WARNING,
    """A comment tries to suppress an error.

An error is what an interface refuses. No comment makes it take the request, so the error is told
all the same. The fix removes the name.

**Example**

```shot
SHOT 1 (5s): medium shot, static camera  # promptlang: ignore[no-colon]
  A cellist tunes by the window.
```

**Use instead**

```shot
SHOT 1 (5s): medium shot, static camera
  A cellist tunes by the window.
```
""",
)

MALFORMED_SUPPRESSION = Problem(
    "malformed-suppression",
    "PL913",
    Severity.WARNING,
    """A comment that begins with `promptlang:` cannot be read, so it suppresses nothing.

There are two forms, with names between the brackets and a reason behind them:
`# promptlang: ignore[undirected-move] decided on the set` for its own line, or for the next one
where it stands alone; `# promptlang: ignore-file[undirected-move] decided on the set` for the file.

**Example**

```shot
SHOT 1 (5s): medium shot, static camera  # promptlang: ignor[undirected-move]
  A cellist tunes by the window.
```

**Use instead**

```shot
SHOT 1 (5s): medium shot, slow dolly  # promptlang: ignore[undirected-move]
  A cellist tunes by the window.
```
""",
)

SUPPRESSION_WITHOUT_REASON = Problem(
    "suppression-without-reason",
    "PL914",
    Severity.HINT,
    """A comment suppresses a problem and does not say why.

Whoever reads the script next cannot tell whether the advice was weighed or was in the way. A
matter of taste: it is reported where it is selected.

**Example**

```shot
SHOT 1 (5s): medium shot, slow dolly  # promptlang: ignore[undirected-move]
  A cellist tunes by the window.
```

**Use instead**

```shot
SHOT 1 (5s): medium shot, slow dolly  # promptlang: ignore[undirected-move] decided on the set
  A cellist tunes by the window.
```
""",
    opinionated=True,
)

PROBLEMS = (
    UNUSED_SUPPRESSION,
    UNKNOWN_SUPPRESSION,
    SUPPRESSED_ERROR,
    MALFORMED_SUPPRESSION,
    SUPPRESSION_WITHOUT_REASON,
)
"""Every problem of this module; remarks on comments, so no comment suppresses one."""
