"""The insides of declarations and parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.diagnostics import did_you_mean
from promptlang.syntax import ast, durations, problems
from promptlang.syntax.chars import BLANK, CLOSERS, DASH, NAME, OPENERS, fold, skip
from promptlang.syntax.inline import quote_end, quoted, scan, visible
from promptlang.syntax.keys import KIND_ALIASES, KINDS
from promptlang.syntax.mistakes import PROSE_HINT, Mended, Misfit, shown
from promptlang.syntax.patterns import Pattern
from promptlang.syntax.spelling import closest

if TYPE_CHECKING:
    from promptlang.diagnostics import Problem
    from promptlang.syntax.ast import Line, Mistake

_HEAD = Pattern(
    rf"[@＠](?P<name>[^{BLANK}=＝:：(（\"@＠]+)[{BLANK}]*[=＝][{BLANK}]*"
    rf"(?P<kind>[^{BLANK}:：,，、@＠=＝(（{OPENERS}]*)"
)
_NAME = Pattern(NAME)
_COMMA = Pattern(rf"[{BLANK}]*[,，、]?[{BLANK}]*")
_POINT = (
    rf"(?:[0-9](?:[0-9.,:：]*[0-9])?|\{{{NAME}\}})(?:[{BLANK}]*(?:s|secs?|seconds?)(?![A-Za-z]))?"
)
_STRETCH = Pattern(
    rf"(?P<since>{_POINT})[{BLANK}]*(?:{DASH}|to)[{BLANK}]*(?P<until>{_POINT})",
    re.IGNORECASE,
)
_VOICE = Pattern(rf"(?i:voice)[{BLANK}]+(?=[@＠{OPENERS}])")
_REF = Pattern(rf"[@＠]({NAME})")
_FILE = Pattern(rf"[^{BLANK}:：{OPENERS}]+\.[A-Za-z0-9]{{2,4}}(?=[{BLANK}:：,，、]|$)")
_PARAMETER = Pattern(rf"\{{(?P<name>[^{{}}]+)\}}[{BLANK}]*[=＝][{BLANK}]*")


def declaration(text: str, found: list[Mistake]) -> Line:
    """Read a declaration."""
    start, end, comment = visible(text)
    match = _HEAD.on(text).match(text, start, end)
    assert match is not None, "the grammar saw a name and an ="
    line: Line
    try:
        line = _declaration(text, match, end)
    except Misfit as misfit:
        line = misfit.junk(found, text, "declaration", (match["name"],))
    line.comment = comment
    return line


def parameter(text: str, found: list[Mistake]) -> Line:
    """Read a parameter."""
    start, end, comment = visible(text)
    match = _PARAMETER.on(text).match(text, start, end)
    line: Line
    if match is None:
        # ``{city # the first} = "Monza"``: the comment takes the brace along.
        line = ast.Prose(text, scan(text[start:end], start, line=text))
        line.comment = comment
        return line
    try:
        line = _parameter(text, match, end)
    except Misfit as misfit:
        line = misfit.junk(found, text, "parameter", (match["name"],))
    line.comment = comment
    return line


def check_name(name: str, at: int) -> None:
    """Raise where something is no name."""
    if _NAME.on(name).fullmatch(name):
        return
    better = re.sub(r"[^\w]+", "_", name).strip("_")
    mend = None
    if _NAME.on(better).fullmatch(better):
        mend = Mended(f'write "{better}"', at, at + len(name), better, safe=False)
    raise Misfit(
        problems.BAD_NAME,
        at,
        at + len(name),
        f'"{name}" is no name; a name is letters, digits and _ with at least one letter',
        hint=f'write "{better}"' if mend else "choose another name",
        mend=mend,
    )


def _declaration(text: str, match: re.Match[str], end: int) -> ast.Declaration:
    check_name(match["name"], match.start("name"))
    kind = _kind(text, match, end)
    at = skip(text, match.end())
    files: list[ast.File] = []
    voice: ast.Ref | ast.Quoted | None = None
    description: ast.Text | None = None
    while at < end:
        if text[at] in CLOSERS:
            file = _file(text, at, end)
            files.append(file)
            at = file.end
        elif text[at] in ":：":
            begin = skip(text, at + 1)
            if begin < end:
                description = scan(text[begin:end], begin, line=text)
            break
        elif voice is None and (word := _VOICE.on(text).match(text, at, end)):
            voice = _voice(text, word.end(), end)
            at = voice.end
        else:
            raise _unreadable(text, match, at, end)
        comma = _COMMA.on(text).match(text, at, end)
        at = comma.end() if comma else at
    name = ast.Word(*match.span("name"), match["name"])
    return ast.Declaration(text, name, kind, tuple(files), voice, description)


def _kind(text: str, match: re.Match[str], end: int) -> ast.Word:
    written, (at, until) = match["kind"], match.span("kind")
    if fold(written) in KINDS:
        return ast.Word(at, until, fold(written))
    if not written:
        raise Misfit(
            problems.BAD_DECLARATION,
            match.start(),
            end,
            f"the declaration of {shown('@' + match['name'])} names no kind",
            hint=f"write one of {', '.join(KINDS)} after the =",
        )
    better = KIND_ALIASES.get(fold(written)) or closest(fold(written), KINDS)
    raise Misfit(
        problems.UNKNOWN_KIND,
        at,
        until,
        f"{shown(written)} is no kind; the kinds are {', '.join(KINDS)}",
        hint=did_you_mean([better] if better else [])
        or f"say what it is, as in @{match['name']} = character",
        mend=Mended(f'write "{better}"', at, until, better) if better else None,
    )


def _file(text: str, at: int, end: int) -> ast.File:
    path = quoted(text, at, end)
    if path is None:
        raise open_quote(problems.BAD_DECLARATION, text, at, end)
    begin = skip(text, path.end)
    if begin >= end or not (text[begin].isdigit() or text[begin] == "{"):
        return ast.File(at, path.end, path, None, None)
    match = _STRETCH.on(text).match(text, begin, end)
    since = _point(match, "since") if match else None
    until = _point(match, "until") if match else None
    if match is None or since is None or until is None or not _in_order(since, until):
        stop = match.end() if match else end
        raise Misfit(
            problems.BAD_STRETCH,
            begin,
            stop,
            f"{shown(text[begin:stop])} is no stretch of time; write the in point and a later "
            "out point, such as 0:00-0:10",
            mend=_exchanged(text, since, until),
        )
    return ast.File(at, match.end(), path, since, until)


def _exchanged(text: str, since: ast.Duration | None, until: ast.Duration | None) -> Mended | None:
    """Return the mend of a stretch whose points stand in the wrong order, None of any other."""
    if since is None or until is None or since.seconds is None or until.seconds is None:
        return None
    if since.seconds <= until.seconds:
        return None
    points = (text[point.start : point.end] for point in (until, since))
    between = text[since.end : until.start]
    return Mended("exchange the two", since.start, until.end, between.join(points), safe=False)


def _point(match: re.Match[str], group: str) -> ast.Duration:
    at, until = match.span(group)
    seconds = durations.read_time(match[group])
    written = scan(match[group], at, refs=False, line=match.string)
    return ast.Duration(at, until, seconds, written)


def _in_order(since: ast.Duration, until: ast.Duration) -> bool:
    """Whether two points make a stretch, as far as can be said before parameters are filled."""
    if any(point.seconds is None and not point.text.marks for point in (since, until)):
        return False
    return since.seconds is None or until.seconds is None or since.seconds < until.seconds


def _voice(text: str, at: int, end: int) -> ast.Ref | ast.Quoted:
    if match := _REF.on(text).match(text, at, end):
        return ast.Ref(at, match.end(), match[1])
    voice = quoted(text, at, end)
    if voice is None:
        raise open_quote(problems.BAD_DECLARATION, text, at, end)
    return voice


def open_quote(problem: Problem, text: str, at: int, end: int) -> Misfit:
    """Return the mistake of a quote that is not closed."""
    closer = CLOSERS[text[at]][0] if text[at] in CLOSERS else '"'
    return Misfit(
        problem,
        at,
        end,
        f"the quote {shown(text[at:end])} is not closed",
        hint=f"close it with {closer}",
        mend=Mended("close the quote", end, end, closer, safe=False),
    )


def _unreadable(text: str, match: re.Match[str], at: int, end: int) -> Misfit:
    rest = text[at:end]
    hint = f"a description follows a colon, a file goes in quotes; or {PROSE_HINT}"
    mend: Mended | None
    if file := _FILE.on(text).match(text, at, end):
        mend = Mended("put the file in quotes", at, file.end(), f'"{file[0]}"')
    else:
        mend = Mended("add the colon", len(text[:at].rstrip(" ,，、")), at, ": ")
        if rest[0] in "=＝":
            mend = None
    return Misfit(
        problems.BAD_DECLARATION,
        at,
        end,
        f"{shown(rest)} does not fit after {shown(text[match.start('kind') : at])}",
        hint=hint,
        mend=mend,
    )


def _parameter(text: str, match: re.Match[str], end: int) -> ast.Parameter:
    check_name(match["name"], match.start("name"))
    name = ast.Word(*match.span("name"), match["name"])
    at = match.end()
    if at >= end:
        return ast.Parameter(text, name)
    default = quoted(text, at, end)
    if default is not None and default.end == end:
        return ast.Parameter(text, name, default)
    value = text[at:end]
    if value[0] in CLOSERS and quote_end(text, at, end) < 0:
        raise open_quote(problems.BAD_PARAMETER, text, at, end)
    if default is not None:
        rest = text[default.end : end]
        raise Misfit(
            problems.BAD_PARAMETER,
            skip(text, default.end),
            end,
            f"{shown(rest)} does not fit after the default; a default is one quoted string",
            mend=Mended("remove it", default.end, end, "", safe=False),
        )
    mend = Mended("put the default in quotes", at, end, f'"{value}"') if '"' not in value else None
    raise Misfit(
        problems.BAD_PARAMETER,
        at,
        end,
        f"the default {shown(value)} is not in quotes",
        hint="put it in quotes",
        mend=mend,
    )
