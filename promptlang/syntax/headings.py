"""The insides of SHOT, EDIT, ANGLE ON and COVERAGE headings."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from promptlang.syntax import ast, durations, problems
from promptlang.syntax.chars import BLANK, DASH, NAME, OPENERS
from promptlang.syntax.inline import scan, visible
from promptlang.syntax.misread import explain_heading
from promptlang.syntax.mistakes import Mended, Misfit, shown
from promptlang.syntax.patterns import Pattern

if TYPE_CHECKING:
    import re

    from promptlang.syntax.ast import Line, Mistake

_B = f"[{BLANK}]*"
_B1 = f"[{BLANK}]+"
_DASH = rf"(?<=[{BLANK}])(?:{DASH})(?=[{BLANK}]|$)"
_WORD = rf"(?!(?:{DASH})(?:[{BLANK}]|$))[^{BLANK}:：(（@＠{OPENERS}]+"
_LENGTH = r"[(（](?P<{}>[^()（）]*)[)）]"
_LABEL = rf"(?:{_B1}(?P<label>{_WORD}))?"
_TAIL = (
    rf"(?:{_B}{_LENGTH.format('length')})?"
    rf"(?:{_B}(?<![^{BLANK})）])(?i:AS){_B1}[@＠](?P<output>{NAME}))?"
    rf"(?:{_B}{_LENGTH.format('late')})?"
)
_TERMS = rf"(?:{_B}(?:[:：]|{_DASH}){_B}(?P<terms>.*))?"
_SOURCE = rf"[@＠](?P<source>{NAME})"
_SOURCES = rf"(?P<sources>[@＠]{NAME}(?:{_B}[,，、]{_B}[@＠]{NAME})*)"

_SHOT = Pattern(rf"(?i:SHOT){_LABEL}{_TAIL}{_TERMS}")
_EDIT = Pattern(rf"(?i:EDIT){_B}{_SOURCES}{_TAIL}{_TERMS}")
_ANGLE = Pattern(rf"(?i:ANGLE){_B1}(?i:ON){_B}{_SOURCE}{_LABEL}{_TAIL}{_TERMS}")
_COVERAGE = Pattern(rf"(?i:COVERAGE)(?:{_B1}(?:(?i:OF){_B})?{_SOURCE})?{_LABEL}{_TAIL}{_TERMS}")
_REF = Pattern(f"[@＠]({NAME})")
_OUTPUT = Pattern(rf"[{BLANK})）](?:(?i:AS){_B}[@＠]|AS{_B1})({NAME})")
_CLOCK = Pattern(rf"[0-9]+[:：][0-5][0-9](?:[.,][0-9]+)?(?=[{BLANK}(（:：]|$)")
_LAST_BRACKET = Pattern(rf"{_B}[(（]([^()（）]*)[)）]$")
_FIRST_BRACKET = Pattern(rf"[(（]([^()（）]*)[)）]{_B}")


def shot(text: str, found: list[Mistake]) -> Line:
    """Read a SHOT heading."""
    return _read(text, found, _SHOT, "shot")


def edit(text: str, found: list[Mistake]) -> Line:
    """Read an EDIT heading."""
    return _read(text, found, _EDIT, "edit")


def angle(text: str, found: list[Mistake]) -> Line:
    """Read an ANGLE ON heading."""
    return _read(text, found, _ANGLE, "angle")


def coverage(text: str, found: list[Mistake]) -> Line:
    """Read a COVERAGE heading."""
    return _read(text, found, _COVERAGE, "coverage")


def outputs(text: str) -> tuple[str, ...]:
    """Return the names behind ``AS`` in a heading that cannot be read, one without @ too."""
    return tuple(_OUTPUT.on(text).findall(text))


def _read(text: str, found: list[Mistake], pattern: Pattern, kind: str) -> Line:
    start, end, comment = visible(text)
    line: Line
    try:
        match = pattern.on(text).fullmatch(text, start, end)
        if match is None:
            raise explain_heading(text, start, end, kind, _stop(pattern, text, start, end))
        line = _heading(text, match, kind)
    except Misfit as misfit:
        line = misfit.junk(found, text, kind, outputs(text))
    line.comment = comment
    return line


def _stop(pattern: Pattern, text: str, start: int, end: int) -> int:
    """Return how far a heading that does not fit can be read; its start if not at all."""
    # Every part of the patterns behind the sources is optional, so a plain match stops exactly
    # where the trouble begins.
    match = pattern.on(text).match(text, start, end)
    return match.end() if match else start


def _heading(text: str, match: re.Match[str], kind: str) -> ast.Heading:
    heading: ast.Heading
    if kind == "shot":
        heading = ast.ShotHeading(text)
    elif kind == "edit":
        at, until = match.span("sources")
        heading = ast.EditHeading(
            text, tuple(_ref(source) for source in _REF.on(text).finditer(text, at, until))
        )
    elif kind == "angle":
        heading = ast.AngleHeading(text, _source(match))
    else:
        heading = ast.CoverageHeading(text, _source(match) if match["source"] else None)
    if kind != "edit" and (label := match["label"]):
        at, until = match.span("label")
        # Only what begins with a digit reads like a length, and a bare number is the usual label.
        if label.isdigit() and text[until : until + 1] not in (":", "："):
            heading.label = ast.Text(at, until, text)
        else:
            heading.label = _label(text, match)
    if match["output"]:
        heading.output = ast.Word(*match.span("output"), match["output"])
    length = match["length"]
    if length is not None and match["late"] is not None:
        at, until = match.span("late")
        raise Misfit(problems.BAD_HEADING, at - 1, until + 1, "the heading has two durations")
    if length is not None:
        heading.duration = _duration(text, match, "length")
    elif match["late"] is not None:
        heading.duration = _duration(text, match, "late")
    if match["terms"]:
        _terms(heading, text, match["terms"], match.start("terms"))
    return heading


def _ref(match: re.Match[str]) -> ast.Ref:
    return ast.Ref(match.start(), match.end(), intern(match[1]))


def _source(match: re.Match[str]) -> ast.Ref:
    at, until = match.span("source")
    return ast.Ref(at - 1, until, intern(match["source"]))


def _label(text: str, match: re.Match[str]) -> ast.Text:
    raw, at, until = match["label"], *match.span("label")
    if not raw[0].isdigit():
        return scan(raw, at, refs=False, line=text)
    clock = _CLOCK.on(text).match(text, at, match.end())
    if clock or durations.read(raw) is not None:
        until = clock.end() if clock else until
        written = text[at:until]
        raise Misfit(
            problems.LABEL_LIKE_DURATION,
            at,
            until,
            f"{shown(written)} reads like a duration, which goes in brackets",
            hint=f"write ({written})",
            mend=Mended("put the duration in brackets", at, until, f"({written})"),
        )
    return scan(raw, at, refs=False, line=text)


def _duration(text: str, match: re.Match[str], group: str) -> ast.Duration:
    inner = match[group]
    raw = inner.strip()
    at = match.start(group) + len(inner) - len(inner.lstrip())
    duration = _length(raw, at)
    if duration is None:
        raise _no_duration(text, match, group, raw)
    return duration


def _length(raw: str, at: int) -> ast.Duration | None:
    """Return a duration, or None where the text is none and holds no parameter either."""
    seconds = durations.read(raw)
    # Few lengths are written again and again: one text serves them all.
    text = scan(intern(raw), at, refs=False)
    if seconds is None and not any(type(mark) is ast.Param for mark in text.marks):
        return None
    return ast.Duration(at, at + len(raw), seconds, text)


def _no_duration(text: str, match: re.Match[str], group: str, raw: str) -> Misfit:
    at, until = match.span(group)
    if durations.is_number(raw) and durations.read(f"{raw}s"):
        return Misfit(
            problems.NOT_A_DURATION,
            at,
            until,
            f"{shown(raw)} has no unit",
            hint=f"write ({raw}s)",
            mend=Mended("add the unit", at, until, f"{raw}s"),
        )
    mend = None
    if not raw:
        mend = Mended("remove the brackets", len(text[: at - 1].rstrip()), until + 1, "")
    elif raw[0].isdigit() or group != "length" or match["output"] or match["late"] is not None:
        pass  # a length that is none, or words whose place is not evident
    else:
        # Words in the brackets are terms: they go behind the colon, before what is there.
        terms = match["terms"]
        words = f": {raw}, {terms}" if terms else f": {raw}"
        before = len(text[: at - 1].rstrip())
        mend = Mended("move the words after a colon", before, match.end(), words)
    return Misfit(
        problems.NOT_A_DURATION,
        at - 1,
        until + 1,
        f"{shown(raw)} is no duration; brackets hold a length above zero such as (4s) or (0:04)",
        hint="write a length, or camera terms after a colon",
        mend=mend,
    )


def _terms(heading: ast.Heading, text: str, raw: str, at: int) -> None:
    """Set the terms; a length at their end or start is the heading's if it has none yet."""
    if heading.duration is None and ("(" in raw or "（" in raw):
        if heading.duration is None and (match := _LAST_BRACKET.on(raw).search(raw)):
            heading.duration = _bracket(match, at)
            if heading.duration is not None:
                raw = raw[: match.start()]
        if heading.duration is None and (match := _FIRST_BRACKET.on(raw).match(raw)):
            heading.duration = _bracket(match, at)
            if heading.duration is not None:
                raw, at = raw[match.end() :], at + match.end()
    if raw:
        heading.terms = scan(raw, at, line=text)


def _bracket(match: re.Match[str], at: int) -> ast.Duration | None:
    inner = match[1]
    raw = inner.strip()
    begin = at + match.start(1) + len(inner) - len(inner.lstrip())
    seconds = durations.read(raw)
    if seconds is None:
        return None
    return ast.Duration(begin, begin + len(raw), seconds, scan(raw, begin))
