"""Comments that suppress problems: ``# promptlang: ignore[name, …] reason``.

At the end of a line such a comment speaks of that line, alone on a line of the next one that is
neither blank nor a comment; ``ignore-file[…]`` speaks of the file. It governs what stands in its
own file: an included file brings its own comments.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, did_you_mean
from promptlang.lint import problems
from promptlang.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from promptlang.diagnostics import Diagnostic, Problem
    from promptlang.lint.select import Catalogue, Selector
    from promptlang.syntax.ast import Script

_MINE = re.compile(r"[#＃]\s*promptlang(?:\s*[:：]|(?=\s+ignor))\s*", re.IGNORECASE)
_FORM = re.compile(r"(ignore(?:-file)?)\s*\[([^\]]*)\]\s*", re.IGNORECASE)
_OPEN = re.compile(r"ignore(?:-file)?\s*\[([^\]]*)", re.IGNORECASE)
_VERB = re.compile(r"[A-Za-z_-]+")
_NAME = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_FORMS = "ignore[name] or ignore-file[name]"


def inside(comment: str) -> int | None:
    """Return where in an unfinished comment its names begin, None where none may stand there."""
    mine = _MINE.match(comment)
    opened = None if mine is None else _OPEN.fullmatch(comment, mine.end())
    return None if opened is None else opened.start(1)


class Named:
    """One name between the brackets.

    Attributes:
        word: What was written.
        span: Where.
        selector: What it selects, or None.
        comment: The comment it stands in.
    """

    __slots__ = ("comment", "selector", "span", "word")

    def __init__(
        self, word: str, span: Span, selector: Selector | None, comment: Suppression
    ) -> None:
        self.word = word
        self.span = span
        self.selector = selector
        self.comment = comment

    def speaks_of(self, diagnostic: Diagnostic) -> bool:
        """Whether it would silence a diagnostic of its line; it cannot silence an error."""
        return (
            self.selector is not None
            and not diagnostic.is_error
            and diagnostic.name in self.selector.names
        )


class Suppression:
    """One comment.

    Attributes:
        line: The line it speaks of, 0 for the file, -1 where no line follows it.
        span: The comment.
        inside: What stands between the brackets.
        names: The names there.
        reason: What stands behind the brackets.
        alone: Whether the comment has its line to itself.
    """

    __slots__ = ("alone", "inside", "line", "names", "reason", "span")

    def __init__(self, line: int, span: Span, inside: Span, reason: str, *, alone: bool) -> None:
        self.line = line
        self.span = span
        self.inside = inside
        self.reason = reason
        self.alone = alone
        self.names: tuple[Named, ...] = ()

    def without(self, names: Sequence[Named]) -> Fix:
        """Return the fix that removes some names, and the comment where none is left."""
        left = [named.word for named in self.names if named not in names]
        if left:
            what = f"remove {', '.join(named.word for named in names)}"
            return Fix(what, [Edit(self.inside, ", ".join(left))])
        return Fix("remove the comment", [Edit(_with_its_blanks(self), "")])


def _with_its_blanks(comment: Suppression) -> Span:
    """Return a comment with the blanks before it, and with its line where it stands alone."""
    source, start, end = comment.span.source, comment.span.start, comment.span.end
    text = source.text
    while start and text[start - 1] not in "\r\n" and text[start - 1].isspace():
        start -= 1
    if comment.alone:
        number = comment.span.line
        end = source.starts[number] if number < len(source.starts) else len(text)
    return Span(source, start, end)


class Comments:
    """The suppressions of one file.

    Attributes:
        found: All of them, in order.
        remarks: What is wrong with how they are written.
    """

    __slots__ = ("_by_line", "_catalogue", "found", "remarks")

    def __init__(self, script: Script, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.found: list[Suppression] = []
        self.remarks: list[Diagnostic] = []
        self._by_line: dict[int, list[Named]] = {}
        self._collect(script)
        for comment in self.found:
            self._by_line.setdefault(comment.line, []).extend(comment.names)

    def _collect(self, script: Script) -> None:
        waiting: list[Suppression] = []
        for block, start in zip(script.blocks, script.starts, strict=True):
            for line in block.lines:
                begin = start + line.at
                if waiting and line.kind not in {"blank", "comment"}:
                    number = script.source.position(begin)[0]
                    for comment in waiting:
                        comment.line = number
                    waiting = []
                if line.comment is not None:
                    span = Span(script.source, begin + line.comment.start, begin + line.comment.end)
                    found = self._read(span, alone=line.kind == "comment")
                    if found is not None:
                        self.found.append(found)
                        if found.line < 0:
                            waiting.append(found)

    def _read(self, span: Span, *, alone: bool) -> Suppression | None:
        text = span.text
        mine = _MINE.match(text)
        if mine is None:
            return None
        form = _FORM.match(text, mine.end())
        if form is None or not form[2].strip(" ,\t"):
            self.remarks.append(_malformed(span, text, mine.end()))
            return None
        line = -1 if alone else span.line
        if form[1].lower() == "ignore-file":
            line = 0
        inside = span.part(form.start(2), form.end(2))
        comment = Suppression(line, span, inside, text[form.end() :], alone=alone)
        comment.names = tuple(
            Named(
                match[0],
                inside.part(match.start(), match.end()),
                self._catalogue.find(match[0]),
                comment,
            )
            for match in _NAME.finditer(form[2])
        )
        self.remarks += [self._unknown(named) for named in comment.names if named.selector is None]
        return comment

    def _unknown(self, named: Named) -> Diagnostic:
        near = self._catalogue.near(named.word)
        return problems.UNKNOWN_SUPPRESSION.at(
            named.span,
            f'"{named.word}" is no problem, no code and no family',
            hint=did_you_mean(near) or "promptlang explain shows what there is",
            fixes=[Fix(f'write "{word}"', [Edit(named.span, word)]) for word in near],
        )

    def of(self, diagnostic: Diagnostic) -> list[Named]:
        """Return the names that speak of a diagnostic of this file."""
        if not self._by_line:
            return []
        here = [*self._by_line.get(diagnostic.span.line, ()), *self._by_line.get(0, ())]
        return [named for named in here if named.speaks_of(diagnostic)]


def _malformed(span: Span, text: str, at: int) -> Diagnostic:
    verb = _VERB.match(text, at)
    word = verb[0].lower() if verb else ""
    fixes = []
    if verb and word not in {"ignore", "ignore-file"}:
        meant = "ignore-file" if "fil" in word else "ignore"
        if word.startswith("ign") and _FORM.match(meant + text[verb.end() :]):
            place = span.part(verb.start(), verb.end())
            fixes.append(Fix(f'write "{meant}"', [Edit(place, meant)]))
    return problems.MALFORMED_SUPPRESSION.at(
        span,
        f'"{_shortened(text)}" suppresses nothing; allowed are {_FORMS}, and a reason behind it',
        hint="write # promptlang: ignore[name] reason, or begin the comment with another word",
        fixes=fixes,
    )


def _shortened(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


class Silence:
    """What the comments of a script and of the files it includes leave to be told.

    Attributes:
        told: The diagnostics that no comment suppresses.
        silenced: Those that one does.
    """

    __slots__ = ("_files", "_used", "silenced", "told")

    def __init__(
        self,
        diagnostics: Iterable[Diagnostic],
        scripts: Sequence[Script],
        catalogue: Catalogue,
    ) -> None:
        """Sort diagnostics.

        Args:
            diagnostics: What was found.
            scripts: The script and those it includes, as far as they hold such comments.
            catalogue: What can be named.
        """
        self._files = {script.source.path: Comments(script, catalogue) for script in scripts}
        self._used: set[int] = set()
        self.told: list[Diagnostic] = []
        self.silenced: list[Diagnostic] = []
        for diagnostic in diagnostics:
            comments = self._files.get(diagnostic.span.path)
            names = comments.of(diagnostic) if comments is not None else ()
            self._used.update(map(id, names))
            (self.silenced if names else self.told).append(diagnostic)

    def remarks(self, wants: Callable[[Problem], bool]) -> list[Diagnostic]:
        """Return what is wrong with the comments themselves, whatever else is found."""
        reasons = wants(problems.SUPPRESSION_WITHOUT_REASON)
        found = []
        for comments in self._files.values():
            found += comments.remarks
            for comment in comments.found:
                for named in comment.names:
                    if self._names_an_error(named):
                        found.append(
                            problems.SUPPRESSED_ERROR.at(
                                named.span,
                                f'"{named.word}" cannot be suppressed: an error is always told',
                                hint="mend what it speaks of, and remove the name",
                                fixes=[comment.without([named])],
                            )
                        )
                if reasons and not comment.reason.strip():
                    found.append(
                        problems.SUPPRESSION_WITHOUT_REASON.at(
                            comment.span,
                            f'"{_shortened(comment.span.text)}" gives no reason',
                            hint="say after the bracket why",
                        )
                    )
        return found

    def _names_an_error(self, named: Named) -> bool:
        # Some errors have a lighter form, which can be suppressed; then the name was of use.
        return (
            named.selector is not None
            and named.selector.only_errors
            and id(named) not in self._used
        )

    def unused(self, path: str, looked_for: Callable[[Selector], bool]) -> list[Diagnostic]:
        """Return the names in one file that suppressed nothing.

        Args:
            path: The file.
            looked_for: Says whether all that a selector names has been looked for.
        """
        comments = self._files.get(path)
        names = [
            named
            for comment in (comments.found if comments is not None else ())
            for named in comment.names
            if id(named) not in self._used
            and named.selector is not None
            and not named.selector.only_errors
            and looked_for(named.selector)
        ]
        return [
            _unused(comment, list(group))
            for comment, group in groupby(names, key=lambda named: named.comment)
        ]


def _unused(comment: Suppression, names: Sequence[Named]) -> Diagnostic:
    what = ", ".join(f'"{named.word}"' for named in names)
    where = {0: "in this file", -1: "because no line follows"}.get(comment.line, "on that line")
    verb = "suppresses" if len(names) == 1 else "suppress"
    return problems.UNUSED_SUPPRESSION.at(
        comment.span if len(names) == len(comment.names) else names[0].span,
        f"{what} {verb} nothing {where}",
        hint="remove it, or move it to the line it is about",
        fixes=[comment.without(names)],
    )
