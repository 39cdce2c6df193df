"""Diagnostics as plain data: one shape for results, ``check --format json`` and editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from promptlang.diagnostics import Diagnostic


def record(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as plain JSON values; offsets and columns count code points."""
    span = diagnostic.span
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {
        "name": diagnostic.name,
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "path": span.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "start": span.start,
        "end": span.end,
        "related": [
            {
                "message": related.message,
                "path": related.span.path,
                "line": related.span.line,
                "column": related.span.column,
            }
            for related in diagnostic.related
        ],
        "fixes": [
            {
                "message": fix.message,
                "safe": fix.safe,
                "edits": [
                    {
                        "path": edit.span.path,
                        "start": edit.span.start,
                        "end": edit.span.end,
                        "text": edit.text,
                    }
                    for edit in fix.edits
                ],
            }
            for fix in diagnostic.fixes
        ],
    }
