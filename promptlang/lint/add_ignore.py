"""Writes comments that suppress what is reported: a beginning for a project with old scripts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit
from promptlang.lint import problems
from promptlang.lint.fix import edited, line_end, most
from promptlang.lint.suppress import Comments
from promptlang.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.fix import D
    from promptlang.lint.select import Catalogue
    from promptlang.lint.suppress import Suppression
    from promptlang.syntax.ast import Line, Script

_REMARKS = frozenset(problem.name for problem in problems.PROBLEMS)


class Wanted:
    """What a comment on one line is to suppress.

    Attributes:
        line: The line.
        start: Where it begins in the text.
        names: The names of the problems.
        comment: A comment that speaks of the line already, or None.
    """

    __slots__ = ("comment", "line", "names", "start")

    def __init__(
        self, line: Line, start: int, names: Sequence[str], comment: Suppression | None
    ) -> None:
        self.line = line
        self.start = start
        self.names = names
        self.comment = comment


def with_comments(document: D, catalogue: Catalogue, reason: str = "") -> D:
    """Return a script with a comment for everything in it that is told and can be suppressed.

    A comment stands at the end of its line; above it where that has a comment already or where
    one more would change something else. The script is checked again, and a comment that does
    not silence its line, or brings anything new, is not written.

    Args:
        document: The script.
        catalogue: What can be suppressed.
        reason: What stands behind the brackets.
    """
    behind = _with_comments(document, catalogue, reason, above=False)
    return _with_comments(behind, catalogue, reason, above=True)


def silencing(script: Script, catalogue: Catalogue, name: str, number: int) -> Edit | None:
    """Return the edit that suppresses one problem on one line, None where no line can.

    Args:
        script: The script.
        catalogue: What can be suppressed.
        name: The name of the problem.
        number: The line, from 1.
    """
    comments = {comment.line: comment for comment in Comments(script, catalogue).found}
    for at, line, start in _lines(script):
        if at == number and line.kind not in {"blank", "comment"}:
            wanted = Wanted(line, start, [name], comments.get(number))
            return _edit(script, wanted, "", above=False)
    return None


def can_be_silenced(diagnostic: Diagnostic) -> bool:
    """Whether a comment can suppress a problem: no error, and no remark about such comments."""
    return not diagnostic.is_error and diagnostic.name not in _REMARKS


def _with_comments(document: D, catalogue: Catalogue, reason: str, *, above: bool) -> D:
    wanted = list(_wanted(document, catalogue))
    kept = most(wanted, lambda part: _attempt(document, part, reason, above=above))
    return document if kept is None else kept[0]


def _wanted(document: D, catalogue: Catalogue) -> Iterator[Wanted]:
    script = document.script
    names: dict[int, set[str]] = {}
    for diagnostic in document.findings:
        if can_be_silenced(diagnostic) and diagnostic.span.source is script.source:
            names.setdefault(diagnostic.span.line, set()).add(diagnostic.name)
    comments = {comment.line: comment for comment in Comments(script, catalogue).found}
    for number, line, start in _lines(script):
        if number in names and line.kind not in {"blank", "comment"}:
            yield Wanted(line, start, sorted(names[number]), comments.get(number))


def _lines(script: Script) -> Iterator[tuple[int, Line, int]]:
    number = 0
    for block, start in zip(script.blocks, script.starts, strict=True):
        for line in block.lines:
            number += 1
            yield number, line, start + line.at


def _attempt(document: D, wanted: Sequence[Wanted], reason: str, *, above: bool) -> D | None:
    """Return the script with some of the comments, None where they do not do what they should."""
    edits = [_edit(document.script, item, reason, above=above) for item in wanted]
    text = document.script.source.text
    edits.sort(key=lambda edit: edit.span.start)
    attempt = document.rewritten(edited(text, edits))
    had = Counter(diagnostic.name for diagnostic in document.findings)
    have = Counter(diagnostic.name for diagnostic in attempt.findings)
    silenced = Counter(name for item in wanted for name in item.names)
    fine = all(have[name] <= had[name] - times for name, times in silenced.items())
    return attempt if fine and not have - had else None


def _edit(script: Script, wanted: Wanted, reason: str, *, above: bool) -> Edit:
    names, line, source = wanted.names, wanted.line, script.source
    if wanted.comment is not None:
        words = dict.fromkeys([*(named.word for named in wanted.comment.names), *names])
        return Edit(wanted.comment.inside, ", ".join(words))
    comment = f"# promptlang: ignore[{', '.join(names)}] {reason}".rstrip()
    if above or line.comment is not None:
        indent = line.text[: len(line.text) - len(line.text.lstrip())]
        place = Span(source, wanted.start, wanted.start)
        return Edit(place, f"{indent}{comment}{line_end(source.text)}")
    end = wanted.start + len(line.text.rstrip())
    return Edit(Span(source, end, end), f"  {comment}")
