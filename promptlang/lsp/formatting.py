"""The canonical form, as the edits that lead to it."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from promptlang.lsp.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.lsp.view import View

    TextEdit = dict[str, Any]


def format_document(view: View, params: dict[str, Any]) -> list[TextEdit]:
    """Return the edits that bring a script into its canonical form."""
    return list(_canonical(view))


def format_range(view: View, params: dict[str, Any]) -> list[TextEdit]:
    """Return those of them that touch a stretch of the script, in whole lines."""
    first, last = params["range"]["start"]["line"], params["range"]["end"]["line"]
    if params["range"]["end"]["character"] == 0 and last > first:
        last -= 1
    return [edit for edit in _canonical(view) if _touches(edit, first, last)]


def format_typed(view: View, params: dict[str, Any]) -> list[TextEdit]:
    """Return the edits of the line that was just left with the return key."""
    line = params["position"]["line"] - 1
    return [
        edit
        for edit in _canonical(view)
        # The line the cursor is on is left alone, and lines are neither joined nor taken out.
        if edit["range"]["start"]["line"] == line and edit["range"]["end"]["line"] == line + 1
    ]


def _touches(edit: TextEdit, first: int, last: int) -> bool:
    start, end = edit["range"]["start"]["line"], edit["range"]["end"]["line"]
    return bool(start <= last and (end > first or start == end == first))


def _canonical(view: View) -> Iterator[TextEdit]:
    document = view.document
    if document.is_whole and not document.script.oversized:
        yield from edits(view.lines, document.formatted)


def edits(lines: Lines, text: str) -> Iterator[TextEdit]:
    """Yield edits of as few lines as possible that turn one text into another."""
    old, new = _split(lines), _split(Lines(text, lines.encoding))
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    starts = [*lines.starts, len(lines.text)]
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag == "replace" and b - a == d - c:
            # As many lines as before: each is an edit, so that cursors stay where they are.
            steps = [(a + n, a + n + 1, c + n, c + n + 1) for n in range(b - a)]
        else:
            steps = [(a, b, c, d)]
        for a_, b_, c_, d_ in steps:
            start, end = starts[head + a_], starts[head + b_]
            yield {"range": lines.range(start, end), "newText": "".join(after[c_:d_])}


def _split(lines: Lines) -> list[str]:
    """Return the lines of a text with their ends; an empty one behind the last end is none."""
    bounds = [*lines.starts, len(lines.text)]
    return [lines.text[start:end] for start, end in pairwise(bounds) if start < end]
