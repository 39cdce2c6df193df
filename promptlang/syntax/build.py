"""Grammar to tree: the callbacks Lark runs while it parses. Alone knows names of the grammar.

A callback keeps no state, so one parser serves any number of threads, and a line is a pure
function of its text, so a block can be used again in another version of a script.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from lark import Lark

from promptlang import resources
from promptlang.syntax import declarations, headings, lines, near, scenes
from promptlang.syntax.ast import Blank, Block
from promptlang.syntax.limits import LINE_LIMIT, long_line
from promptlang.syntax.scope import check_scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Token

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

KINDS = {
    name: re.sub("near_|unknown_|plain_|ref_", "", name.lower()).replace("_", " ")
    for name in _READERS
}
"""What each terminal's line is meant as."""


class _Builder:
    """One method a rule or alias; Lark hands each what stands on its right-hand side."""

    def start(self, blocks: list[Block]) -> list[Block]:
        return blocks

    def no_line(self, _: list[object]) -> list[Token]:
        return []

    def one_more_line(self, pair: tuple[list[Token], Token]) -> list[Token]:
        tokens, token = pair
        tokens.append(token)
        return tokens

    def header(self, parts: list[list[Token]]) -> Block:
        return _block("header", parts[0])

    def scene(self, parts: tuple[Token, list[Token]]) -> Block:
        return _block("scene", [parts[0], *parts[1]])

    def shot(self, parts: tuple[Token, list[Token]]) -> Block:
        return _block("shot", [parts[0], *parts[1]])

    def edit(self, parts: tuple[Token, list[Token]]) -> Block:
        return _block("edit", [parts[0], *parts[1]])

    def angle(self, parts: tuple[Token, list[Token]]) -> Block:
        return _block("angle", [parts[0], *parts[1]])

    def coverage(self, parts: tuple[Token, list[Token]]) -> Block:
        return _block("coverage", [parts[0], *parts[1]])


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
    # Lark declares the trees its own callbacks build; ours build blocks.
    return cast("list[Block]", _parser().parse(text))


def terminal(line: str) -> str:
    """Return the name of the terminal a line (with its line end) is."""
    return next(iter(_parser().lex(line))).type


@cache
def _parser() -> Lark:
    return Lark(
        resources.read("grammar", "shot.lark"),
        parser="lalr",
        lexer="contextual",
        transformer=_Builder(),
    )


def _block(kind: str, tokens: list[Token]) -> Block:
    found: list[Mistake] = []
    built: list[Line] = []
    at = 0
    for token in tokens:
        text: str = token.value
        # A terminal takes the empty lines behind its line along; most have none.
        blanks: list[str] | None = None
        if text[-2:-1].isspace():
            text, *blanks = _split(text)
        line: Line
        if len(text) > LINE_LIMIT:
            line = long_line(text, KINDS[token.type], found)
        else:
            line = _READERS[token.type](text, found)
        line.at = at
        at += len(text)
        built.append(line)
        if blanks:
            for text in blanks:
                line = Blank(text)
                line.at = at
                at += len(text)
                built.append(line)
    check_scope(kind, built, found)
    return Block(kind, tuple(built), tuple(found), at)
