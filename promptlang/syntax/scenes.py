"""The insides of scene headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.syntax import ast, problems
from promptlang.syntax.chars import BLANK, DASH, NAME, skip
from promptlang.syntax.inline import quotes, scan, visible
from promptlang.syntax.mistakes import PROSE_HINT, Misfit, shown
from promptlang.syntax.patterns import Pattern

if TYPE_CHECKING:
    from promptlang.syntax.ast import Line, Mistake

_PREFIX = Pattern(
    rf"(?P<both>(?:INT\.?/EXT|EXT\.?/INT|I\.?/E)(?:\.|(?=[{BLANK}]|$)))|(?P<one>INT|EXT|EST)\."
    rf"|(?P<scene>SCENE[{BLANK}]*[:：])",
    re.IGNORECASE,
)
_OUTPUT = Pattern(rf"(?:^|[{BLANK}]+)(?i:AS)[{BLANK}]+[@＠]({NAME})$")
_BREAK = Pattern(rf"[{BLANK}]+(?:{DASH})(?=[{BLANK}])[{BLANK}]*")


def scene(text: str, found: list[Mistake]) -> Line:
    """Read a scene heading."""
    start, end, comment = visible(text)
    line: Line
    match = _PREFIX.on(text).match(text, start, end)
    at = skip(text, match.end()) if match else end
    if match is None or at >= end:
        misfit = Misfit(
            problems.BAD_SCENE,
            start,
            end,
            f"{shown(text[start:end])} names no place",
            hint=f"write INT. PLACE - TIME, or {PROSE_HINT}",
        )
        line = misfit.junk(found, text, "scene")
        line.comment = comment
        return line
    output = None
    if behind := _OUTPUT.on(text).search(text[at:end]):
        output = ast.Word(at + behind.start(1), at + behind.end(1), behind[1])
        end = at + behind.start()
    line = ast.SceneHeading(
        text,
        ast.Word(match.start(), match.end(), _canonical(match)),
        _places(text, at, end),
        output,
    )
    line.comment = comment
    return line


def _canonical(match: re.Match[str]) -> str:
    if match["both"]:
        return "INT./EXT."
    return f"{match['one'].upper()}." if match["one"] else "SCENE:"


def _places(text: str, at: int, end: int) -> tuple[ast.Text, ...]:
    raw = text[at:end]
    inside = quotes(raw)
    places: list[ast.Text] = []
    begin = 0
    for match in _BREAK.on(raw).finditer(raw):
        if any(a < match.start() < b for a, b in inside):
            continue
        places.append(_place(raw[begin : match.start()], at + begin, text))
        begin = match.end()
    places.append(_place(raw[begin:], at + begin, text))
    return tuple(places)


def _place(raw: str, at: int, text: str) -> ast.Text:
    return scan(raw.strip(), at + len(raw) - len(raw.lstrip()), line=text)
