"""Headings in the dress of other tools: read as prose, they hand a shot to the block above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.syntax import problems
from promptlang.syntax.chars import BLANK
from promptlang.syntax.mistakes import PROSE_HINT, Mended, Misfit, shown
from promptlang.syntax.patterns import Pattern

if TYPE_CHECKING:
    import re

    from promptlang.diagnostics import Problem

_B = f"[{BLANK}]*"
_LIST = r"[*_•–—-]{1,3}|[0-9]{1,3}[.)]"
_CLOCK = rf"[\[(][0-9][0-9:.,s{BLANK}–—-]{{1,20}}[\])]"
_DRESSED = Pattern(
    rf"(?P<dress>(?:{_LIST}|(?P<clock>{_CLOCK})){_B}[*_]{{0,3}})"
    rf"(?P<word>(?i:SHOT)(?=[{BLANK}]+#?[0-9])|EDIT(?={_B}[@＠])|ANGLE[{BLANK}]+ON(?={_B}[@＠])"
    r"|(?:INT|EXT)\.)"
)
# A capital word is a heading, any other only where it is the word of some crew for a shot.
_CREW = "clip|cut|einstellung|frame|plan|plano|scene|szene|take|toma|inquadratura"
_BRACKETED = Pattern(
    rf"(?P<word>[A-ZÀ-Þ]{{2,20}}|(?i:{_CREW})|镜头|鏡頭|カット|ショット)[{BLANK}]*"
    rf"#?(?P<label>[^\W\d_]?[0-9]{{1,4}}[^\W\d_]?){_B}"
    rf"(?P<length>[(（\[](?P<number>[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?){_B}(?i:s[^\W\d_]{{0,8}}\.?|秒)"
    rf"[)）\]]){_B}(?=[:：–—-]|$)"
)
_NUMBERED = Pattern(
    rf"(?i:SCENE|SZENE|SCÈNE|ESCENA|SCENA)[{BLANK}]+#?[0-9]{{1,4}}[A-Za-z]?{_B}[:：.–—-]{_B}(?=\S)"
)
_SPELT_OUT = Pattern(
    r"(?:(?P<inside>INTERIOR|INNEN|INTÉRIEUR|INTERNO)|EXTERIOR|AUSSEN|AUẞEN|AUßEN|EXTÉRIEUR|ESTERNO)"
    rf"[.:：]?[{BLANK}]+(?=\S)"
)
_SOURCELESS = Pattern(rf"(?P<word>EDIT|ANGLE[{BLANK}]+ON)(?:{_B}$|{_B}[:：]{_B})|(?i:EDIT)$")


def swallowed(body: str, start: int) -> tuple[Misfit, str] | None:
    """Return what is wrong with a line of prose that was meant as a heading, and as which."""
    if match := _DRESSED.on(body).match(body):
        return _dressed(match, body, start)
    if match := _BRACKETED.on(body).match(body):
        right = f"SHOT {match['label']} ({match['number'].replace(',', '.')}s)"
        mend = Mended("write SHOT", start, start + match.end("length"), right, safe=False)
        return _misfit(problems.NEAR_HEADING, body, start, "the heading SHOT", mend), "shot"
    if match := _NUMBERED.on(body).match(body):
        mend = Mended("write SCENE:", start, start + match.end(), "SCENE: ")
        return _misfit(problems.NEAR_SCENE, body, start, "a scene heading", mend), "scene"
    if body.isupper() and (match := _SPELT_OUT.on(body).match(body)):
        right = "INT. " if match["inside"] else "EXT. "
        mend = Mended(f"write {right.strip()}", start, start + match.end(), right)
        return _misfit(problems.NEAR_SCENE, body, start, "a scene heading", mend), "scene"
    if match := _SOURCELESS.on(body).match(body):
        return _sourceless(match, body, start)
    return None


def _dressed(match: re.Match[str], body: str, start: int) -> tuple[Misfit, str]:
    word = " ".join(match["word"].upper().split())
    kind = {"SHOT": "shot", "EDIT": "edit", "ANGLE ON": "angle"}.get(word, "scene")
    what, problem = f"the heading {word}", problems.NEAR_HEADING
    if kind == "scene":
        what, problem = "a scene heading", problems.NEAR_SCENE
    right = body[match.end("dress") :].replace("**", "").replace("__", "")
    # A time code says how long the shot is, which nobody but the writer can put in brackets.
    safe = match["clock"] is None
    mend = Mended("write the heading plainly", start, start + len(body), right, safe=safe)
    return _misfit(problem, body, start, what, mend), kind


def _sourceless(match: re.Match[str], body: str, start: int) -> tuple[Misfit, str]:
    word = " ".join((match["word"] or match[0]).upper().split())
    kind = "edit" if word == "EDIT" else "angle"
    below = "the change" if kind == "edit" else "what it shows"
    misfit = Misfit(
        problems.NEAR_HEADING,
        start,
        start + len(body),
        f"{shown(body)} names no video, and {word} begins with one",
        hint=f"write {word} @name and {below} on a line of its own, or {PROSE_HINT}",
    )
    return misfit, kind


def _misfit(problem: Problem, body: str, start: int, what: str, mend: Mended) -> Misfit:
    right = mend.text + body[mend.end - start :]
    return Misfit(
        problem,
        start,
        start + len(body),
        f"{shown(body)} is almost {what}",
        hint=f"write {shown(right)}, or {PROSE_HINT}",
        mend=mend,
    )
