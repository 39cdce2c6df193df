"""Reports for GitHub Actions: commands a runner turns into notes beside the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.cli.report.places import relative
from promptlang.cli.show import visible
from promptlang.diagnostics import Severity

if TYPE_CHECKING:
    from promptlang.cli.report import Report
    from promptlang.diagnostics import Diagnostic

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
    Severity.HINT: "notice",
}


def github(report: Report) -> str:
    """Notes beside the lines of a pull request, as workflow commands of GitHub Actions."""
    return "".join(f"{_command(d)}\n" for d in report.diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    place = {"file": visible(relative(span.path)), "line": span.line, "endLine": span.last_line}
    if span.last_line == span.line:
        # Of a note over several lines the runner refuses columns.
        place |= {"col": span.column, "endColumn": span.column + max(span.end - span.start, 1)}
    place["title"] = f"{diagnostic.name} {diagnostic.code}"
    said = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    hint = f"\nhint: {visible(diagnostic.hint)}" if diagnostic.hint else ""
    message = _escaped(visible(diagnostic.message) + hint)
    return f"::{_COMMANDS[diagnostic.severity]} {said}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
