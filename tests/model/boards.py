"""Short ways from a script to what a test looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.resolve import resolve
from promptlang.syntax.parser import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.storyboard import Storyboard


def board(
    text: str,
    *,
    values: Mapping[str, str] | None = None,
    assets: Mapping[str, Sequence[str]] | None = None,
) -> Storyboard:
    """Return the storyboard of a script whose text is in order."""
    script = parse(text)
    assert not script.diagnostics, script.diagnostics
    return resolve(script, values=values, assets=assets)


def clean(text: str, values: Mapping[str, str] | None = None) -> Storyboard:
    """Return the storyboard of a script nothing is wrong with."""
    found = board(text, values=values)
    assert [d for d in found.diagnostics if d.severity.rank < 2] == []
    return found


def mended(text: str, diagnostic: Diagnostic, fix: int = 0) -> str:
    """Return a script after a fix."""
    edits = sorted(diagnostic.fixes[fix].edits, key=lambda edit: -edit.span.start)
    for edit in edits:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def origin(diagnostic: Diagnostic, fix: int, at: int) -> tuple[int, int]:
    """Return the stretch of the text before a fix that a character after it comes from."""
    moved = 0
    for edit in sorted(diagnostic.fixes[fix].edits, key=lambda edit: edit.span.start):
        start, end = edit.span.start, edit.span.end
        if at < start + moved:
            break
        if at < start + moved + len(edit.text):
            return start, end
        moved += len(edit.text) - (end - start)
    return at - moved, at - moved + 1
