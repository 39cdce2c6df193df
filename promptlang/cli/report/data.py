"""Reports for programs of one's own: the diagnostics as JSON."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

from promptlang.records import record

if TYPE_CHECKING:
    from promptlang.cli.report import Report


def json(report: Report) -> str:
    """One JSON array of all problems."""
    records = [record(d) for d in report.diagnostics]
    return dumps(records, indent=2, ensure_ascii=False) + "\n"


def jsonl(report: Report) -> str:
    """One JSON object a problem, one a line."""
    return "".join(dumps(record(d), ensure_ascii=False) + "\n" for d in report.diagnostics)
