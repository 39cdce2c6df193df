"""Why a heading cannot be read, in words a writer understands."""

from __future__ import annotations

import re

from promptlang.syntax import durations, problems
from promptlang.syntax.chars import BLANK, DASH, NAME, skip
from promptlang.syntax.mistakes import PROSE_HINT, Mended, Misfit, shown
from promptlang.syntax.patterns import Pattern

_UNIT = Pattern(rf"(?i:s|secs?|seconds?)(?=[{BLANK}:：(（]|$)")
_NAMELESS = Pattern(rf"(?i:AS)[{BLANK}]+([@＠]?)({NAME})?")
_AND = Pattern(rf"(?i:and|&|\+)[{BLANK}]*(?=[@＠])")
_COMMA_SOURCE = Pattern(rf"[,，、][{BLANK}]*[@＠]")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?$")
_SQUARE = Pattern(rf"\[[{BLANK}]*([0-9][0-9.,:]*[{BLANK}]*(?:s|secs?|seconds?)?)[{BLANK}]*\]")
_LOOSE_LENGTH = Pattern(rf"([0-9][0-9.,]*[{BLANK}]*(?:s|secs?|seconds?))[)）]?(?=[{BLANK}:：]|$)")

_FORMS = {
    "shot": "SHOT label (duration) AS @name: camera terms",
    "edit": "EDIT @source (duration) AS @name",
    "angle": "ANGLE ON @source label (duration) AS @name: camera terms",
    "coverage": "COVERAGE OF @image label (duration) AS @name: camera terms",
}


def explain_heading(text: str, start: int, end: int, kind: str, stop: int) -> Misfit:
    """Say what is wrong with a heading that can be read from ``start`` to ``stop`` only."""
    if stop == start:
        return _no_source(text, start, end, kind)
    at = skip(text, stop)
    rest = text[at:end]
    if misfit := _length_misfit(text, stop, at, end):
        return misfit
    if rest[0] in "(（":
        return _bracket(rest, at, end)
    if match := _NAMELESS.on(rest).match(rest):
        return _output(match, at)
    if kind == "edit" and (match := _AND.on(rest).match(rest)):
        mend = Mended("write a comma", stop, at + match.end(), ", ")
        return Misfit(
            problems.BAD_HEADING,
            at,
            at + match.end(),
            f"{shown(match[0])} comes between the sources, which commas divide",
            mend=mend,
        )
    if _COMMA_SOURCE.on(rest).match(rest):
        return Misfit(
            problems.BAD_HEADING,
            at,
            end,
            "the heading takes one source and has more",
            hint="write one block for each source",
        )
    return _no_colon(text, start, stop, at, end, kind)


def _no_source(text: str, start: int, end: int, kind: str) -> Misfit:
    return Misfit(
        problems.BAD_HEADING,
        start,
        end,
        f"no name follows the @ of {shown(text[start:end])}; a name is letters, digits and _",
        hint=f"write {_FORMS[kind]}, or {PROSE_HINT}",
    )


def _length_misfit(text: str, stop: int, at: int, end: int) -> Misfit | None:
    """A length without its brackets: ``SHOT 4 seconds``, ``SHOT 2 3s): …``."""
    number, unit = _NUMBER.search(text, 0, stop), _UNIT.on(text).match(text, at, end)
    if number and unit:
        begin, until = number.start(), unit.end()
    elif loose := _LOOSE_LENGTH.on(text).match(text, at, end):
        begin, until = at, loose.end()
    elif square := _SQUARE.on(text).match(text, at, end):
        return _square(square, text, end)
    else:
        return None
    written = text[begin:until].rstrip(")）")
    if durations.read(written) is None:
        return None
    return Misfit(
        problems.LABEL_LIKE_DURATION,
        begin,
        until,
        f"{shown(written)} reads like a duration, which belongs in brackets",
        hint=f"write ({written})",
        mend=Mended(
            "put the duration in brackets", begin, until, _closed(text, until, end, written)
        ),
    )


def _square(match: re.Match[str], text: str, end: int) -> Misfit | None:
    if durations.read(match[1]) is None:
        return None
    begin, until, right = match.start(), match.end(), _closed(text, match.end(), end, match[1])
    return Misfit(
        problems.LABEL_LIKE_DURATION,
        begin,
        until,
        f"{shown(match[0])} is a duration in square brackets, it takes round ones",
        hint=f"write ({match[1]})",
        mend=Mended("write round brackets", begin, until, right),
    )


def _closed(text: str, until: int, end: int, written: str) -> str:
    """A length in brackets, with the colon of the terms behind it where they lack theirs."""
    behind = text[skip(text, until) : end]
    terms = behind[:1].isalpha() and not _NAMELESS.on(behind).match(behind)
    return f"({written}):" if terms else f"({written})"


def _bracket(rest: str, at: int, end: int) -> Misfit:
    if ")" in rest or "）" in rest:
        message = f"{shown(rest)} does not fit; a heading has one duration in brackets"
        return Misfit(problems.BAD_HEADING, at, end, message)
    inner = re.match(r"[^:：]*", rest[1:])
    written = inner[0].rstrip() if inner else ""
    until = at + 1 + len(written)
    mend = None
    if durations.read(written) is not None:
        mend = Mended("close the bracket", until, until, ")")
    return Misfit(problems.BAD_HEADING, at, end, "the bracket is not closed", mend=mend)


def _output(match: re.Match[str], at: int) -> Misfit:
    start, until = at, at + match.end()
    if match[2] and not match[1]:
        place = at + match.start(2)
        return Misfit(
            problems.BAD_HEADING,
            start,
            until,
            f"the name after {shown(match[0][:2])} lacks its @",
            hint=f"write AS @{match[2]}",
            mend=Mended("add the @", place, place, "@"),
        )
    message = "a heading has one name after AS" if match[2] else "no name follows AS"
    return Misfit(problems.BAD_HEADING, start, until, message, hint="write AS @name once")


def _no_colon(text: str, start: int, stop: int, at: int, end: int, kind: str) -> Misfit:
    rest = text[at:end]
    hint = f"write {_FORMS[kind]}, or {PROSE_HINT}"
    if kind == "angle":
        hint = f"ANGLE ON takes a video and asks for a new angle; write SHOT, or {PROSE_HINT}"
        label = text[start:stop].rsplit(maxsplit=1)[-1]
        if label.isalpha() and label.islower() and not text.startswith("ANGLE", start):
            # "Angle on @Driver as she turns" is a sentence; a heading would be in capitals.
            return Misfit(
                problems.BAD_HEADING,
                start,
                end,
                f"{shown(text[start:end])} reads like prose, and ANGLE ON begins a block",
                hint=hint,
                mend=Mended("make it prose", start, start, "\\", safe=False),
            )
    begin = stop if rest[0] not in ",;.，" else at
    until = at if rest[0] not in ",;.，" else at + 1
    gap = "" if until < end and text[until : until + 1].isspace() else " "
    dash = re.match(rf"(?:{DASH})", rest)
    if dash:
        until = skip(text, at + dash.end())
    return Misfit(
        problems.NO_COLON,
        at,
        end,
        f"there is no colon before {shown(rest)}",
        hint=hint,
        mend=Mended("add the colon", begin, until, f":{gap}"),
    )
