"""The tree-sitter grammar: the table of its scanner, and the parser built and loaded.

``python -m tests.editors.scanner_table`` writes ``editors/tree-sitter/src/lines.h``.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lark import Lark

from promptlang import resources
from promptlang.syntax.chars import BLANK, CLOSERS, DASH, NAME
from tests.editors.automaton import Automaton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = Path(__file__).parents[2] / "editors" / "tree-sitter"
TABLE = FOLDER / "src" / "lines.h"

B = f"[{BLANK}]*"
B1 = f"[{BLANK}]+"
END = f"(?:{B}[\r\n]|{B1}[#＃](?:[{BLANK}]|[\r\n]))"
"""What may follow the last thing on a line: its end, or a comment."""

REST = "[^\r\n]*"

_NINE = "|".join(f"0{{{zeros}}}[1-9][0-9]{{0,{8 - zeros}}}" for zeros in range(9))
_PART = r"(?:[.,][0-9]{1,9})?"
LENGTH = (
    rf"(?:(?:(?:{_NINE}){_PART}|0{{1,9}}[.,](?:{_NINE})){B}(?:s|S)(?:[eE][cC](?:[oO][nN][dD])?[sS]?)?"
    rf"|0{{0,6}}[1-9][0-9]{{0,6}}[:：][0-5][0-9]{_PART}"
    rf"|0{{1,7}}[:：](?:0[1-9]|[1-5][0-9]){_PART}|0{{1,7}}[:：]00[.,](?:{_NINE}))"
)
"""A length above zero (`promptlang.syntax.durations`)."""

_BRACKET = rf"[(（]{B}{LENGTH}{B}[)）]"
_OUTPUT = rf"(?i:AS){B1}[@＠]{NAME}{END}"
_CLOCK = rf"[0-9]+[:：][0-5][0-9](?:[.,][0-9]+)?[{BLANK}(（:：\r\n]"
_QUOTES = {
    mark: rf'{mark}[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"'
    if mark == '"'
    else rf"{mark}[^{ends}\r\n]*[{ends}]"
    for mark, ends in CLOSERS.items()
}

# Between brackets a comment may begin, which takes along what closes them.
_BETWEEN = {
    "DIALOGUE": ("[^)）\r\n]*", ")）"),
    "FIELD": ("[^)）\r\n]*", ")）"),
    "PARAMETER": ('[^{}\r\n"]+', '{}"'),
}

_SYMBOLS = {
    "PLAIN_PROSE": "PROSE",
    "REF_PROSE": "PROSE",
    "SHOT_LIKE_LENGTH": "NEAR_SHOT",
    "ANGLE_LIKE_LENGTH": "NEAR_ANGLE",
    "COVERAGE_LIKE_LENGTH": "NEAR_COVERAGE",
}

AHEAD: dict[str, str] = {
    "COMMENT_AHEAD": rf"[#＃][{BLANK}\r\n]",
    "REF_AHEAD": rf"[@＠]{NAME}",
    "DASH_AHEAD": rf"(?:{DASH})[{BLANK}\r\n]",
    "BREAK_AHEAD": rf"(?:{DASH}){B1}(?:[^{BLANK}#＃\r\n]|[#＃][^{BLANK}\r\n])",
    "AS_AHEAD": _OUTPUT,
    "LAST_LENGTH": _BRACKET + END,
    "WHOLE_QUOTE": f"(?:{'|'.join(_QUOTES.values())}){END}",
    "QUOTE_OPENS": f"(?:{'|'.join(_QUOTES.values())})",
}
"""What is looked for inside of a line."""

FIRST = {
    **AHEAD,
    "FIRST_LENGTH": _BRACKET,
    "ERROR": rf"{_BRACKET}{REST}{_BRACKET}{END}",
}
"""The same at the beginning of the terms, where a length counts unless one ends them."""

CLOSING = {
    **AHEAD,
    "END_AHEAD": rf"[:：.](?:[:：.{BLANK}]*[\r\n]|(?:[:：.{BLANK}]*[{BLANK}])[#＃][{BLANK}\r\n])",
}
"""The same in a transition, which may end with the marks a screenplay closes it with."""

ENTRIES = ("LINE", "INSIDE", "FIRST", "CLOSING")

AHEAD_NAMES = ["ERROR", *AHEAD, "FIRST_LENGTH", "END_AHEAD"]
"""What counts first stands first; an error is nothing of all that."""


def terminals() -> Iterator[tuple[str, str]]:
    """Yield the lines of ``grammar/shot.lark`` and what a beginning of each looks like."""
    lark: Any = Lark(resources.read("grammar", "shot.lark"), parser="lalr", lexer="basic")
    patterns = {t.name: t.pattern.to_regexp() for t in lark.parser.lexer.terminals}
    ends = patterns["PROSE"]
    name = patterns["DIALOGUE"].split("[@＠]")[1].split(B)[0]
    for kind, pattern in patterns.items():
        if kind in {"BLANK", "PROSE"}:
            continue  # what nothing else is
        assert pattern.startswith(B), kind
        assert pattern.endswith(ends), kind
        inside = pattern.removeprefix(B).removesuffix(ends)
        if kind in _BETWEEN:
            between, ends_it = _BETWEEN[kind]
            assert inside.count(between) == 1
            none = "?" if between.endswith("*") else ""
            inside = inside.replace(between, _no_comment(ends_it) + none)
        if kind == "DIALOGUE":
            assert inside.count(name) == 1
            inside = inside.replace(name, NAME)  # exactly what the reader takes for one
        yield from _before(kind)
        yield kind, inside


def _no_comment(ends: str) -> str:
    other, sign = rf"[^{ends}\r\n{BLANK}#＃]", rf"[#＃][^{ends}\r\n{BLANK}]"
    last = rf"{B1}[#＃]?"
    return rf"(?:(?:[^{ends}\r\n{BLANK}]|{B1}(?:{other}|{sign}))+(?:{last})?|{last})"


def _before(kind: str) -> Iterator[tuple[str, str]]:
    """Yield what is like a line of this kind and yet another."""
    if kind == "SHOT":
        yield "SHOT_LIKE_LENGTH", rf"(?i:SHOT){B1}{_CLOCK}"
    elif kind == "ANGLE":
        yield "ANGLE_LIKE_LENGTH", rf"(?i:ANGLE){B1}(?i:ON){B}[@＠]{NAME}{B1}{_CLOCK}"
    elif kind == "COVERAGE":
        image = rf"(?:(?i:OF){B})?[@＠]{NAME}{B1}"
        yield "COVERAGE_LIKE_LENGTH", rf"(?i:COVERAGE){B1}(?:{image})?{_CLOCK}"
    elif kind == "SCENE":
        yield "BARE_SCENE", rf"(?i:INT\.?/EXT|EXT\.?/INT|I\.?/E)[{BLANK}\r\n]"


def automaton() -> tuple[list[str], Automaton]:
    """Return the symbol of each kind of line, least first, and the automaton."""
    lines = [*terminals()][::-1]
    symbols = [f"{_SYMBOLS.get(kind, kind)}_LINE" for kind, _ in lines]
    ranked = [(bit, pattern) for bit, (_, pattern) in enumerate(lines)]
    names = AHEAD_NAMES
    inside = (
        [(names.index(name), pattern) for name, pattern in entry.items()]
        for entry in (AHEAD, FIRST, CLOSING)
    )
    return symbols, Automaton(ranked, *inside)


def table() -> str:
    """Return the text of ``lines.h``."""
    symbols, made = automaton()
    # Most classes lead where most others lead, so only the rest is written.
    rows, places = _rows(made.rows)
    marks = [f"{ord(mark):#x}" for mark in CLOSERS]
    closers = [f"{{{ord(ends[0]):#x}, {ord(ends[-1]):#x}}}" for ends in CLOSERS.values()]
    parts = [
        "// Made from grammar/shot.lark by python -m tests.editors.scanner_table; do not edit.",
        f"// Letters and digits are those of Unicode {unicodedata.unidata_version}.",
        "",
        *(f"#define {n}_ENTRY {entry}" for n, entry in zip(ENTRIES, made.entries, strict=True)),
        "",
        f"static const uint8_t LINE_SYMBOLS[] = {{{', '.join(symbols)}}};",
        f"static const uint8_t AHEAD_SYMBOLS[] = {{{', '.join(AHEAD_NAMES)}}};",
        "",
        *_characters(made),
        "",
        "// For each state the state most classes lead to, then classes and where they lead.",
        f"static const uint16_t STEPS[] = {{{_numbers(rows)}}};",
        f"static const uint32_t ROWS[] = {{{_numbers(places)}}};",
        f"static const uint32_t ACCEPTS[] = {{{_numbers(made.accepts)}}};",
        "",
        f"static const int32_t OPENERS[] = {{{', '.join(marks)}}};",
        f"static const int32_t CLOSERS[][2] = {{{', '.join(closers)}}};",
    ]
    return "\n".join(parts) + "\n"


def _characters(made: Automaton) -> Iterator[str]:
    """Yield what says which class a character is in."""
    spans = sorted((*span, number) for number, spans in enumerate(made.classes) for span in spans)
    narrow = [0] * 128
    for first, behind, number in spans:
        for code in range(first, min(behind, 128)):
            narrow[code] = number
    wide = [(max(first, 128), behind, n) for first, behind, n in spans if behind > 128 and n]
    blank = re.compile(B1)
    blanks = [int(bool(spans and blank.match(chr(spans[0][0])))) for spans in made.classes]
    yield f"#define END_CLASS {narrow[10]}"
    yield f"static const uint8_t ASCII_CLASSES[128] = {{{_numbers(narrow)}}};"
    yield "static const struct { int32_t first, last; uint8_t number; } WIDE_CLASSES[] = {"
    yield from (f"  {{{first:#x}, {behind - 1:#x}, {number}}}," for first, behind, number in wide)
    yield "};"
    yield f"static const bool BLANKS[] = {{{_numbers(blanks)}}};"


def _rows(rows: Iterable[tuple[int, ...]]) -> tuple[list[int], list[int]]:
    written: list[int] = []
    places: list[int] = []
    for row in rows:
        usual = max(set(row), key=row.count)
        places.append(len(written))
        written.append(usual)
        for number, to in enumerate(row):
            if to != usual:
                written += [number, to]
    return written, [*places, len(written)]


def _numbers(numbers: Iterable[int]) -> str:
    lines: list[str] = [""]
    for number in numbers:
        if len(lines[-1]) > 90:
            lines.append("")
        lines[-1] += f"{number},"
    return "\n  ".join(["", *lines]) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8", newline="\n")
