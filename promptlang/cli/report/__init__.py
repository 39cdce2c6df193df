"""What ``check`` found, in every format it is asked for: a module a family, a line here each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from promptlang.diagnostics import Diagnostic

FORMATS = {
    "full": "lines",
    "concise": "lines",
    "json": "data",
    "jsonl": "data",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "markdown": "markdown",
}
"""Every format and the module here whose function of that name writes it.

The first line of the docstring of that function is what help and README say of the format.
"""


class Report:
    """What a run found.

    Attributes:
        diagnostics: What there is to tell, in order.
        paths: The scripts that were checked, in order, also those without a finding.
        colour: Whether it is shown on a terminal that wants colours.
    """

    __slots__ = ("colour", "diagnostics", "paths")

    def __init__(
        self, diagnostics: Iterable[Diagnostic], paths: Iterable[str], *, colour: bool = False
    ) -> None:
        self.diagnostics = list(diagnostics)
        self.paths = list(paths)
        self.colour = colour

    def by_file(self) -> dict[str, list[Diagnostic]]:
        """Return the diagnostics by file: the scripts first, then what they include."""
        found: dict[str, list[Diagnostic]] = {path: [] for path in self.paths}
        for diagnostic in self.diagnostics:
            found.setdefault(diagnostic.span.path, []).append(diagnostic)
        return found


def spell(report: Report, format: str) -> str:
    """Return a report in one of `FORMATS`, with its last line end; it may be empty."""
    return writer(format)(report)


def writer(format: str) -> Callable[[Report], str]:
    """Return the function that writes a format; its module is imported only when it is wanted."""
    module = import_module(f"promptlang.cli.report.{FORMATS[format]}")
    found: Callable[[Report], str] = getattr(module, format)
    return found


def says(format: str) -> str:
    """Return what a format is, in one line."""
    return (writer(format).__doc__ or "").split("\n", 1)[0].rstrip(".")
