"""Diagnostics as the protocol spells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.diagnostics import Diagnostic
    from promptlang.lsp.view import View

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFO: 3, Severity.HINT: 4}
_UNNECESSARY = 1
_DEPRECATED = 2
TAGS = {
    "unused-declaration": [_UNNECESSARY],
    "unused-output": [_UNNECESSARY],
    "unused-parameter": [_UNNECESSARY],
    "unused-suppression": [_UNNECESSARY],
    "task-superseded": [_DEPRECATED],
}
"""How editors dim or strike out what some problems are about."""


def spelt(view: View, diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return the diagnostics that concern a script; what concerns another file shows there."""
    here = view.script.source.path
    return [_spelt(view, d) for d in diagnostics if d.span.path == here]


def _spelt(view: View, diagnostic: Diagnostic) -> dict[str, Any]:
    message = diagnostic.message
    if diagnostic.hint:
        message = f"{message}\n{diagnostic.hint}"
    found: dict[str, Any] = {
        "range": view.range(diagnostic.span),
        "severity": _SEVERITIES[diagnostic.severity],
        "code": diagnostic.name,
        "source": "promptlang",
        "message": message,
        "data": {"code": diagnostic.code, "fixable": bool(diagnostic.fixes)},
    }
    if diagnostic.related:
        found["relatedInformation"] = [
            {"location": view.location(related.span), "message": related.message}
            for related in diagnostic.related
        ]
    if diagnostic.name in TAGS:
        found["tags"] = TAGS[diagnostic.name]
    return found
