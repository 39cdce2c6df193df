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
        "message": spelt(diagnostic.message),
        "hint": diagnostic.hint and spelt(diagnostic.hint),
        "path": spelt(span.path),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "start": span.start,
        "end": span.end,
        "related": [
            {
                "message": spelt(related.message),
                "path": spelt(related.span.path),
                "line": related.span.line,
                "column": related.span.column,
            }
            for related in diagnostic.related
        ],
        "fixes": [
            {
                "message": spelt(fix.message),
                "safe": fix.safe,
                "edits": [
                    {
                        "path": spelt(edit.span.path),
                        "start": edit.span.start,
                        "end": edit.span.end,
                        "text": spelt(edit.text),
                    }
                    for edit in fix.edits
                ],
            }
            for fix in diagnostic.fixes
        ],
    }


def spelt(text: str) -> str:
    """Return a text with bytes that are no UTF-8 spelt out: what is quoted may hold some."""
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()
