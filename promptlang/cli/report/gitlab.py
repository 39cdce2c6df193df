"""Reports for GitLab's Code Quality."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

from promptlang.cli.report.places import fingerprints, relative
from promptlang.diagnostics import Severity
from promptlang.records import spelt

if TYPE_CHECKING:
    from promptlang.cli.report import Report

_WEIGHTS = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.INFO: "info",
    Severity.HINT: "minor",
}


def gitlab(report: Report) -> str:
    """A Code Quality report of GitLab; a problem is known again when its line moves."""
    found = report.diagnostics
    entries = [
        {
            "description": spelt(f"{d.message} ({d.hint})" if d.hint else d.message),
            "check_name": d.name,
            "fingerprint": fingerprint,
            "severity": _WEIGHTS[d.severity],
            "location": {
                "path": spelt(relative(d.span.path)),
                "lines": {"begin": d.span.line, "end": d.span.last_line},
            },
        }
        for d, fingerprint in zip(found, fingerprints(found), strict=True)
    ]
    return dumps(entries, indent=2, ensure_ascii=False) + "\n"
