"""Reports for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.cli import show

if TYPE_CHECKING:
    from promptlang.cli.report import Report


def full(report: Report) -> str:
    """For reading: the line each problem speaks of, with hint and fixes."""
    return "".join(f"{show.full(d, colour=report.colour)}\n\n" for d in report.diagnostics)


def concise(report: Report) -> str:
    """One line a problem, in the form compilers and editors agree on."""
    return "".join(f"{show.concise(d)}\n" for d in report.diagnostics)
