"""Reports in SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from promptlang.cli.report.places import fingerprints, uri
from promptlang.diagnostics import Loss, Severity
from promptlang.problems import all_problems
from promptlang.records import spelt
from promptlang.version import __version__

if TYPE_CHECKING:
    from promptlang.cli.report import Report
    from promptlang.diagnostics import Diagnostic, Fix, Problem, Related
    from promptlang.source import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.HINT: "note",
}
# What code hosts sort by; they know no others.
_WEIGHTS = {"error": "error", "warning": "warning", "note": "recommendation"}


def sarif(report: Report) -> str:
    """SARIF 2.1.0 with the page of every rule, for code scanning and editors."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return dumps(log, indent=2, ensure_ascii=False) + "\n"


def _run(report: Report) -> dict[str, Any]:
    known = {problem.name: problem for problem in all_problems()}
    names = sorted({d.name for d in report.diagnostics}, key=lambda name: known[name].code)
    places = {name: place for place, name in enumerate(names)}
    marks = fingerprints(report.diagnostics)
    return {
        "tool": {
            "driver": {
                "name": "promptlang",
                "version": __version__,
                "rules": [_rule(known[name]) for name in names],
            }
        },
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "artifacts": [{"location": _artifact(path)} for path in report.by_file()],
        "results": [
            _result(diagnostic, places[diagnostic.name], mark)
            for diagnostic, mark in zip(report.diagnostics, marks, strict=True)
        ],
    }


def _rule(problem: Problem) -> dict[str, Any]:
    level = _LEVELS[problem.severity]
    return {
        "id": problem.code,
        "name": problem.name,
        "shortDescription": {"text": problem.summary},
        "help": {"text": problem.page.strip(), "markdown": problem.page.strip()},
        "defaultConfiguration": {"level": level, "enabled": not problem.opinionated},
        "properties": {"tags": [problem.family], "problem.severity": _WEIGHTS[level]},
    }


def _result(diagnostic: Diagnostic, place: int, mark: str) -> dict[str, Any]:
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": place,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": spelt(diagnostic.message + hint)},
        "locations": [{"physicalLocation": _location(diagnostic.span)}],
        "partialFingerprints": {"promptlang/v1": mark},
        "properties": {"severity": str(diagnostic.severity)},
    }
    if isinstance(diagnostic, Loss):
        result["properties"]["loss"] = diagnostic.kind
    if diagnostic.related:
        related = enumerate(diagnostic.related, 1)
        result["relatedLocations"] = [_related(number, place) for number, place in related]
    if diagnostic.fixes:
        result["fixes"] = [_fix(fix) for fix in diagnostic.fixes]
    return result


def _artifact(path: str) -> dict[str, str]:
    where = uri(path)
    return {"uri": where} if where.startswith("file:") else {"uri": where, "uriBaseId": "%SRCROOT%"}


def _location(span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(span.path), "region": _region(span)}


def _region(span: Span) -> dict[str, int]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _related(number: int, related: Related) -> dict[str, Any]:
    return {
        "id": number,
        "physicalLocation": _location(related.span),
        "message": {"text": spelt(related.message)},
    }


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {
            "deletedRegion": _region(edit.span),
            "insertedContent": {"text": spelt(edit.text)},
        }
        changes.setdefault(edit.span.path, []).append(replacement)
    return {
        "description": {"text": spelt(fix.message)},
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
        "properties": {"safe": fix.safe},
    }
