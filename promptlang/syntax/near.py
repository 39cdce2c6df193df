"""Near misses: lines that lack one mark or one letter of something that is no prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.syntax import problems
from promptlang.syntax.chars import BLANK, NAME
from promptlang.syntax.headings import outputs
from promptlang.syntax.inline import quoted, visible
from promptlang.syntax.keys import KINDS
from promptlang.syntax.mistakes import PROSE_HINT, Mended, Misfit, shown
from promptlang.syntax.patterns import Pattern
from promptlang.syntax.spelling import distance

if TYPE_CHECKING:
    import re

    from promptlang.diagnostics import Problem
    from promptlang.syntax.ast import Line, Mistake

_B = f"[{BLANK}]*"
_KIND = rf"(?i:{'|'.join(KINDS)})"
_QUOTE = r'["“„«「『]'
_KIND_TAIL = rf"{_KIND}(?={_B}[:：]|{_B}{_QUOTE}|[{BLANK}]+voice[{BLANK}]|{_B}$)"

_DECLARATION = Pattern(rf"[@＠]({NAME}){_B}{_KIND}(?={_B}[:：]{_B}\S|{_B}{_QUOTE})")
_SPLIT_AT = Pattern(rf"[@＠][{BLANK}]+({NAME}){_B}[=＝]{_B}{_KIND}")
_NO_AT = Pattern(rf"({NAME}){_B}[=＝]{_B}{_KIND_TAIL}")
_PARAMETER = Pattern(rf"\{{?({NAME})\}}?{_B}[=＝]?{_B}(?={_QUOTE})")
_CUE = Pattern(
    rf"(?P<at>[@＠])?(?P<name>{NAME}){_B}"
    rf"(?P<open>[(（])?(?P<manner>[^()（）:：\"“„«「『]*)(?P<close>[)）])?{_B}(?P<colon>[:：])?{_B}(?={_QUOTE})"
)
_SCREENPLAY = Pattern(
    rf"(?:[A-Z]+[{BLANK}]+){{1,4}}TO[:：]|FADE[{BLANK}](?:IN|OUT)[:：.]"
    r"|FADE TO (?:BLACK|WHITE)[:：.]?|(?:CUT|DISSOLVE)[:：.]"
)
_FIRST_WORD = Pattern(rf"[^{BLANK}(（@＠:：.,;]+")


def near_miss(text: str, body: str, start: int, found: list[Mistake]) -> Line | None:
    """Return junk where a line of prose was evidently meant as something else."""
    misfit: Misfit | None = None
    meant = ""
    names: tuple[str, ...] = ()
    if body and body[0] in "@＠":
        if match := _DECLARATION.on(body).match(body) or _SPLIT_AT.on(body).match(body):
            misfit, meant, names = _declaration(match, start), "declaration", (match[1],)
    elif ("=" in body or "＝" in body) and (match := _NO_AT.on(body).match(body)):
        misfit, meant, names = _no_at(match, start), "declaration", (match[1],)
    if misfit is None and body[-1:] in _CLOSING:
        if ("{" in body or "}" in body) and (match := _PARAMETER.on(body).match(body)):
            misfit, meant, names = _parameter(match, body, start), "parameter", (match[1],)
        if misfit is None:
            misfit, meant = _cue(body, start), "dialogue"
    if misfit is None and body.isupper():
        misfit, meant = _bare(body, start), "transition"
    return misfit.junk(found, text, meant, names) if misfit else None


_UNSEEN = frozenset({"vo", "voice_over"})
_CLOSING = frozenset('"”“»」』')


def _declaration(match: re.Match[str], start: int) -> Misfit:
    at = start + match.end(1)
    blank = match.start(1) > 1
    if blank:
        mend = Mended("remove the blank", start, start + match.start(1), "@")
        what = "its name"
    else:
        mend, what = Mended("add the =", at, at, " ="), "an ="
    return Misfit(
        problems.NEAR_DECLARATION,
        start,
        start + match.end(),
        f"{shown(match[0])} is almost a declaration, which lacks {what} after "
        f"{'the @' if blank else 'its name'}",
        hint=f"write @{match[1]} = …, or {PROSE_HINT}",
        mend=mend,
    )


def _no_at(match: re.Match[str], start: int) -> Misfit:
    return Misfit(
        problems.NEAR_DECLARATION,
        start,
        start + match.end(),
        f"{shown(match[0])} is almost a declaration, which begins with @",
        hint=f"write @{match[1]} = …, or {PROSE_HINT}",
        mend=Mended("add the @", start, start, "@"),
    )


def _parameter(match: re.Match[str], body: str, start: int) -> Misfit | None:
    head = match[0]
    complete = head.startswith("{") and "}" in head and ("=" in head or "＝" in head)
    marks = head.startswith("{") + ("}" in head) + ("=" in head or "＝" in head)
    quote = quoted(body, match.end(), len(body))
    if complete or marks < 2 or quote is None or quote.end != len(body):
        return None
    better = f"{{{match[1]}}} = "
    return Misfit(
        problems.NEAR_PARAMETER,
        start,
        start + match.end(),
        f"{shown(head)} is almost a parameter",
        hint=f'write {better}"…", or {PROSE_HINT}',
        mend=Mended("complete it", start, start + match.end(), better),
    )


def _cue(body: str, start: int) -> Misfit | None:
    match = _CUE.on(body).match(body)
    if match is None:
        return None
    quote = quoted(body, match.end(), len(body))
    if quote is None or quote.end != len(body):
        return None
    manner, brackets = match["manner"].strip(), bool(match["open"]) + bool(match["close"])
    whole = 2
    lacks = (not match["at"]) + (not match["colon"])
    if brackets == 1:
        lacks += 1
    elif manner and brackets != whole:
        return None
    # One mark may be missing; without an @ the colon alone tells a cue from a sentence.
    if lacks != 1:
        return None
    # Nobody is called V.O.: it is how a screenplay says that nobody is seen speaking.
    unseen = match["name"].casefold() in _UNSEEN and not match["at"]
    speaker = "voiceover" if unseen else f"@{match['name']}"
    said = speaker + (f" ({manner})" if manner else "") + ": "
    return Misfit(
        problems.NEAR_DIALOGUE,
        start,
        start + match.end(),
        f"{shown(match[0])} is almost dialogue",
        hint=f'write {said}"…", or {PROSE_HINT}',
        mend=Mended("complete it", start, start + match.end(), said),
    )


def _bare(body: str, start: int) -> Misfit | None:
    if not _SCREENPLAY.on(body).fullmatch(body):
        return None
    better = f"> {body.rstrip(':：.').lower()}"
    return Misfit(
        problems.BARE_TRANSITION,
        start,
        start + len(body),
        f"{shown(body)} lacks the > of a transition",
        hint=f"write {better}, or {PROSE_HINT}",
        mend=Mended(f"write {better}", start, start + len(body), better),
    )


# ---- near misses of headings, found by the grammar ----


def near_shot(text: str, found: list[Mistake]) -> Line:
    """Read a line that is almost a SHOT heading."""
    return _near_heading(text, found, "shot", ("SHOT",))


def near_edit(text: str, found: list[Mistake]) -> Line:
    """Read a line that is almost an EDIT heading."""
    return _near_heading(text, found, "edit", ("EDIT",))


def near_angle(text: str, found: list[Mistake]) -> Line:
    """Read a line that is almost an ANGLE ON heading."""
    return _near_heading(text, found, "angle", ("ANGLE", "ON"))


def near_coverage(text: str, found: list[Mistake]) -> Line:
    """Read a line that is almost a COVERAGE heading."""
    return _near_heading(text, found, "coverage", ("COVERAGE", "OF"))


def near_scene(text: str, found: list[Mistake]) -> Line:
    """Read a line that is almost a scene heading."""
    start, end, comment = visible(text)
    word = _FIRST_WORD.on(text).match(text, start, end)
    written = word[0] if word else ""
    until = start + len(written)
    if text[until : until + 1] in (".", ",", ":", ";", "："):
        until += 1
    upper = written.upper()
    right = min(("INT.", "EXT.", "EST.", "SCENE:"), key=lambda p: (distance(upper, p[:-1]), p))
    line = _almost(
        text,
        found,
        problems.NEAR_SCENE,
        "scene",
        "a scene heading",
        (start, end),
        Mended(
            f"write {right}",
            start,
            until,
            right + ("" if text[until : until + 1].isspace() else " "),
        ),
    )
    line.comment = comment
    return line


def _near_heading(text: str, found: list[Mistake], kind: str, words: tuple[str, ...]) -> Line:
    start, end, comment = visible(text)
    mend = _heading_mend(text, start, end, words)
    line = _almost(
        text,
        found,
        problems.NEAR_HEADING,
        kind,
        f"the heading {' '.join(words)}",
        (start, end),
        mend,
    )
    line.comment = comment
    return line


def _almost(
    text: str,
    found: list[Mistake],
    problem: Problem,
    kind: str,
    what: str,
    place: tuple[int, int],
    mend: Mended,
) -> Line:
    start, end = place
    right = (text[start : mend.start] + mend.text + text[mend.end : end]).strip()
    misfit = Misfit(
        problem,
        start,
        end,
        f"{shown(text[start:end])} is almost {what}",
        hint=f"write {shown(right)}, or {PROSE_HINT}",
        mend=mend,
    )
    return misfit.junk(found, text, kind, outputs(text))


_GLUED = Pattern(r"(?i:SHOT)(?=[0-9])")
_HEADING_WORDS = Pattern(rf"[A-Za-z]+(?:[{BLANK}]+[A-Za-z]{{1,3}}(?=[{BLANK}]*[@＠]))?{_B}")


def _heading_mend(text: str, start: int, end: int, words: tuple[str, ...]) -> Mended:
    """Return what makes of a near miss the heading it was meant as."""
    right = words[0]
    if glued := _GLUED.on(text).match(text, start, end):
        return Mended("add the blank", start, glued.end(), "SHOT ")
    first = _FIRST_WORD.on(text).match(text, start, end)
    written = first[0] if first else ""
    if written == right:
        return _mend_behind(text, start, end, words)
    until = start + len(written)
    if written.upper() == "".join(words):
        right = " ".join(words)
        until += len(text[until:end]) - len(text[until:end].lstrip())
        right += " "
    return Mended(f"write {right.strip()}", start, until, right)


def _mend_behind(text: str, start: int, end: int, words: tuple[str, ...]) -> Mended:
    """The heading word is right: what follows it lacks its ON, its colon or its @."""
    match = _HEADING_WORDS.on(text).match(text, start, end)
    until = match.end() if match else start
    if text[until : until + 1] in ("@", "＠"):
        return Mended(f"write {' '.join(words)}", start, until, " ".join(words) + " ")
    if words == ("SHOT",):
        return Mended("add the colon", start + 4, start + 4, ":")
    place = start
    for word in words:
        found = text.upper().find(word, place)
        place = found + len(word) if found >= 0 else place
    place += len(text[place:end]) - len(text[place:end].lstrip())
    return Mended("add the @", place, place, "@")
