"""Reports in Markdown, for a comment below a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.cli.report.places import relative
from promptlang.cli.show import summary, visible
from promptlang.cli.statistics import counted

if TYPE_CHECKING:
    from promptlang.cli.report import Report
    from promptlang.diagnostics import Diagnostic

_MARKS = re.compile(r"([\\`*_\[\]<>|~$])")
_CALLS = re.compile(r"([@#])(?=\w)")


def markdown(report: Report) -> str:
    """Tables by file and by problem, to paste into a pull request."""
    lines = [f"**promptlang check**: {summary(report.diagnostics, len(report.paths))}", ""]
    for path, found in report.by_file().items():
        if found:
            lines += [f"### {plain(relative(path))}", ""]
            lines += ["| place | weight | problem | what is said |", "|---|---|---|---|"]
            lines += [_row(diagnostic) for diagnostic in found]
            lines.append("")
    if report.diagnostics:
        lines += ["### Counts", "", "| count | problem | can be mended |", "|--:|---|--:|"]
        lines += [
            f"| {row.count} | `{row.name}` ({row.code}) | {row.fixable or ''} |"
            for row in counted(report.diagnostics)
        ]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    hint = f"<br>hint: {plain(diagnostic.hint)}" if diagnostic.hint else ""
    cells = (
        f"{span.line}:{span.column}",
        str(diagnostic.severity),
        f"`{diagnostic.name}` ({diagnostic.code})",
        plain(diagnostic.message) + hint,
    )
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line, calling nobody.

    A name such as ``@Ada`` would otherwise send a message to whoever has that account, and
    ``#2`` would become a link; a character of no width behind the mark keeps both words.
    """
    marked = _MARKS.sub(r"\\\1", visible(text).replace("&", "&amp;"))
    return _CALLS.sub(r"\1&#8203;", marked)
