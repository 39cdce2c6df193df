"""The pages of problems: how they are put together, and what their examples stand for."""

from __future__ import annotations

from promptlang.diagnostics import Problem, Severity
from promptlang.syntax.patterns import late

_CODE = late(r"<U\+([0-9A-F]{4,6})>")
_TIMES = late(r"<([^<>]+)\*([0-9]+)>")


def problem(name: str, code: str, severity: Severity, page: str) -> Problem:
    """Make a problem; in ``page`` a line ``---`` stands before each of the two examples."""
    said, example, instead = (part.strip("\n") for part in page.split("\n---\n"))
    return Problem(
        name,
        code,
        severity,
        f"{said}\n\n**Example**\n\n```shot\n{example}\n```\n\n"
        f"**Use instead**\n\n```shot\n{instead}\n```\n",
    )


def expand(example: str) -> str:
    """Return the text an example stands for.

    What cannot be printed is spelt ``<U+0000>`` in it, what is too long to print ``<a*65536>``.
    """
    text = _TIMES.sub(lambda match: match[1] * int(match[2]), example)
    return _CODE.sub(lambda match: chr(int(match[1], 16)), text)
