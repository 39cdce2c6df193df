"""Grammar to tree: the loop that drives the table, and the readers of its terminals.

Alone knows names of the grammar. A line is a pure function of its text, so a block can be used
again in another version of a script.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from promptlang.syntax import declarations, grammar, headings, lines, near, scenes
from promptlang.syntax.ast import Blank, Block
from promptlang.syntax.limits import is_long, long_line
from promptlang.syntax.patterns import Pattern
from promptlang.syntax.scope import check_scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.syntax.ast import Line, Mistake

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)")

_READERS: dict[str, Callable[[str, list[Mistake]], Line]] = {
    "ANGLE": headings.angle,
    "BLANK": lines.blank,
    "COMMENT": lines.comment,
    "COVERAGE": headings.coverage,
    "DECLARATION": declarations.declaration,
    "DIALOGUE": lines.dialogue,
    "EDIT": headings.edit,
    "ESCAPED": lines.escaped,
    "FIELD": lines.field,
    "NEAR_ANGLE": near.near_angle,
    "NEAR_COVERAGE": near.near_coverage,
    "NEAR_EDIT": near.near_edit,
    "NEAR_SCENE": near.near_scene,
    "NEAR_SHOT": near.near_shot,
    "PARAMETER": declarations.parameter,
    "PLAIN_PROSE": lines.plain_prose,
    "PROSE": lines.prose,
    "PROVIDER_FIELD": lines.provider_field,
    "REF_PROSE": lines.ref_prose,
    "SCENE": scenes.scene,
    "SHOT": headings.shot,
    "TRANSITION": lines.transition,
    "UNKNOWN_FIELD": lines.unknown_field,
}

_BLOCKS = frozenset({"header", "scene", "shot", "edit", "angle", "coverage"})

KINDS = {
    name: re.sub("near_|unknown_|plain_|ref_", "", name.lower()).replace("_", " ")
    for name in _READERS
}
"""What each terminal's line is meant as."""


def _split(text: str) -> list[str]:
    """Return a line and the empty lines behind it."""
    before = text[-3:-2]
    if before and not before.isspace() and text.endswith("\n\n"):
        return [text[:-1], "\n"]
    body = text.rstrip("\n")
    if "\n" in body or "\r" in body or len(body) == len(text):
        return _LINE.findall(text)
    return [f"{body}\n", *["\n"] * (len(text) - len(body) - 1)]


def blocks(text: str) -> list[Block]:
    """Return the header block and the blocks of a text that ends in a line end."""
    table = grammar.table()
    more = table.more
    path = [0]
    values: list[Any] = []
    found: list[Mistake] = []
    # Most lines only lengthen the lines read before, which needs no step of the table.
    inside: frozenset[str] = frozenset()
    for match in _line().on(text).finditer(text):
        name = match.lastgroup
        assert name is not None  # every group that can match has a name
        if name not in inside:
            state = _reduce(table, path, values, name, found)
            if name not in more[path[-1]]:
                path.append(state)
                values.append([])
            inside = more[path[-1]]
        _read(match[0], name, values[-1], found)
    _reduce(table, path, values, "$END", found)
    built: list[Block] = values[0]
    return built


def terminal(line: str) -> str:
    """Return the name of the terminal a line (with its line end) is."""
    match = _line().on(line).match(line)
    assert match is not None  # the grammar is total
    return str(match.lastgroup)


@cache
def _line() -> Pattern:
    return Pattern(grammar.table().line)


def _reduce(
    table: grammar.Table, path: list[int], values: list[Any], name: str, found: list[Mistake]
) -> int:
    """Complete rules until a terminal can follow; return the state it leads to."""
    while path[-1] != table.end:
        step = table.states[path[-1]][name]
        if step >= 0:
            return step
        origin, rule, size = table.rules[-1 - step]
        at = len(values) - size
        parts = values[at:]
        del values[at:], path[at + 1 :]
        values.append(_reduced(rule, parts, found))
        path.append(table.states[path[-1]][origin])
    return table.end


def _reduced(rule: str, parts: list[Any], found: list[Mistake]) -> Any:
    """Return what a complete rule builds of its parts, each of which is a list."""
    if rule in _BLOCKS:
        block = _block(rule, [line for part in parts for line in part], found)
        found.clear()
        return [block]
    # A repetition grows the list it already has, else long texts would cost their square.
    grown: list[Any] = parts[0] if parts else []
    for part in parts[1:]:
        grown += part
    return grown


def _read(text: str, name: str, built: list[Line], found: list[Mistake]) -> None:
    """Read a line, and the empty lines its terminal has taken along; most have none."""
    blanks: list[str] | None = None
    if text[-2:-1].isspace():
        text, *blanks = _split(text)
    if is_long(text):
        built.append(long_line(text, KINDS[name], found))
    else:
        built.append(_READERS[name](text, found))
    if blanks:
        built += map(Blank, blanks)


def _block(kind: str, built: list[Line], found: list[Mistake]) -> Block:
    at = 0
    for line in built:
        line.at = at
        at += len(line.text)
    check_scope(kind, built, found)
    return Block(kind, tuple(built), tuple(found), at)
