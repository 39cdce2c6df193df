"""What stands inside of a line: refs, parameters, escapes, quotes and trailing comments.

Everything here is one pass over the text with patterns that cannot backtrack far, so that a line
costs time in proportion to its length, whatever it holds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern

from promptlang.syntax import ast
from promptlang.syntax.chars import BLANK, CLOSERS, NAME, OPENERS
from promptlang.syntax.patterns import Pattern

# Beginning with one set of characters lets the engine skip to the next of them. A ref does not
# start inside of an e-mail address or behind a backslash; the second character of that lookbehind
# is the ``@`` itself.
_MARK = Pattern(
    rf"[@＠{{\\](?:(?<=[@＠])(?<![A-Za-z0-9._+\-\\].)({NAME})"
    rf"|(?<=\{{)({NAME})\}}"
    r"|(?<=\\)([@＠{#＃>＞\\\"]))"
)
_REF, _PARAM, _ESCAPE = 1, 2, 3

_STRAIGHT = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"')
_QUOTE_OR_COMMENT = Pattern(rf"[{OPENERS}]|(?<=[{BLANK}])[#＃](?=[{BLANK}]|\Z)")
_OPENER = Pattern(f"[{OPENERS}]")


def scan(
    raw: str,
    start: int = 0,
    *,
    refs: bool = True,
    params: bool = True,
    quoted: bool = False,
    line: str | None = None,
) -> ast.Text:
    r"""Return a stretch of text with the refs, parameters and escapes in it.

    Args:
        raw: The text.
        start: Where it begins in its line.
        refs: Whether ``@`` starts a ref (not in spoken text and notes).
        params: Whether ``{name}`` is a parameter (not in notes).
        quoted: Whether the text comes from between quotes, where ``\"`` is an escape.
        line: All of the line, if there is one: the result then shares it and copies nothing.
    """
    end = start + len(raw)
    held = raw if line is None else line
    if "@" not in raw and "{" not in raw and "\\" not in raw and "＠" not in raw:
        return ast.Text(start, end, held)
    marks: list[ast.Ref | ast.Param | ast.Escape] = []
    for match in _MARK.on(raw).finditer(raw):
        kind = match.lastindex
        at, until = match.span()
        at += start
        until += start
        if kind == _REF:
            if refs:
                marks.append(ast.Ref(at, until, intern(match[_REF])))
        elif kind == _PARAM:
            if params:
                marks.append(ast.Param(at, until, intern(match[_PARAM])))
        elif quoted or match[_ESCAPE] != '"' or _inside_quotes(raw, match.start()):
            marks.append(ast.Escape(at, until, match[_ESCAPE]))
    return ast.Text(start, end, held, tuple(marks))


def _inside_quotes(raw: str, at: int) -> bool:
    return any(a < at < b for a, b in _quotes(raw))


def quote_end(text: str, at: int, end: int) -> int:
    """Return the place behind the quote that opens at ``at``, or -1 if it is not closed."""
    opener = text[at]
    if opener == '"':
        match = _STRAIGHT.match(text, at + 1, end)
        return match.end() if match else -1
    ends = [place for place in (text.find(c, at + 1, end) for c in CLOSERS[opener]) if place >= 0]
    return min(ends) + 1 if ends else -1


def quotes(text: str, at: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the places of all quoted stretches, quotes included."""
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    # Where no closing mark follows one opener, none follows a later one of its kind: remembering
    # that keeps a line of openers linear.
    dead: set[str] = set()
    while match := _OPENER.on(text).search(text, at, end):
        at = match.end()
        if match[0] in dead:
            continue
        close = quote_end(text, match.start(), end)
        if close < 0:
            dead.add(match[0])
        else:
            found.append((match.start(), close))
            at = close
    return found


def unclosed(text: str, at: int = 0) -> int:
    """Return the place of the first quote from ``at`` on that is not closed, or -1."""
    while match := _OPENER.on(text).search(text, at):
        at = quote_end(text, match.start(), len(text))
        if at < 0:
            return match.start()
    return -1


def quoted(text: str, at: int, end: int, *, refs: bool = False) -> ast.Quoted | None:
    """Return the quoted string that begins at ``at``, or None if none begins or it stays open."""
    if at >= end or text[at] not in CLOSERS:
        return None
    close = quote_end(text, at, end)
    if close < 0:
        return None
    inner = scan(text[at + 1 : close - 1], at + 1, refs=refs, quoted=True, line=text)
    return ast.Quoted(at, close, inner)


# A line of escaped quotes asks for the same quotes again and again.
_quotes = lru_cache(maxsize=4)(quotes)


def visible(text: str) -> tuple[int, int, ast.Word | None]:
    """Return where the content of a line begins and ends, and its trailing comment."""
    stripped = text.rstrip()
    start = len(stripped) - len(stripped.lstrip())
    end = len(stripped)
    if "#" not in stripped and "＃" not in stripped:
        return start, end, None
    at = _comment(stripped, start, end)
    if at < 0:
        return start, end, None
    comment = ast.Word(at, end, "#" + stripped[at + 1 :])
    return start, max(start, len(stripped[:at].rstrip())), comment


def _comment(text: str, at: int, end: int) -> int:
    """Return where the trailing comment begins, or -1."""
    dead: set[str] = set()
    while match := _QUOTE_OR_COMMENT.on(text).search(text, at, end):
        at = match.end()
        if match[0] in "#＃":
            return match.start()
        if match[0] not in dead:
            close = quote_end(text, match.start(), end)
            if close < 0:
                dead.add(match[0])
            else:
                at = close
    return -1
