"""The automaton of ``grammar/shot.lark`` as plain values, so that parsing needs no Lark.

Lark reads the grammar and makes the LALR table; a build writes it to ``_table.py``, a plain
module. An installed package trusts it; a checkout uses it only while it agrees with the grammar,
and asks Lark otherwise.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang import resources, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDER = Path(__file__).resolve().parent


class Table:
    """What drives the parser.

    A state maps a name to the next state, or to ``-1 - n`` where rule ``n`` is complete.

    Attributes:
        line: A regular expression for one line and the empty lines behind it, with one group for
            each terminal.
        states: One row a state.
        rules: The name a rule has in the rows, what it builds, and of how many parts.
        more: For each state the terminals that do no more there than lengthen the lines.
        end: The state in which all has been read.
    """

    __slots__ = ("end", "line", "more", "rules", "states")

    def __init__(self, written: dict[str, Any]) -> None:
        self.line: str = written["line"]
        self.states: Sequence[dict[str, int]] = written["states"]
        self.rules: Sequence[tuple[str, str, int]] = written["rules"]
        self.more: Sequence[frozenset[str]] = [_lengthening(self, row) for row in self.states]
        self.end: int = written["end"]


def _lengthening(table: Table, row: dict[str, int]) -> frozenset[str]:
    found = set()
    for name, step in row.items():
        # Behind such a terminal there is but one thing to do, whatever follows.
        behind = set(table.states[step].values()) if step >= 0 and name.isupper() else set()
        if len(behind) == 1 and (rule := behind.pop()) < 0:
            found |= {name} if table.rules[-1 - rule][1] == "one_more_line" else set()
    return frozenset(found)


@cache
def table() -> Table:
    """Return the table of the grammar."""
    written = tables.load("promptlang.syntax", checksum)
    return Table(make() if written is None else written.TABLE)


def checksum() -> int:
    """Return a number that changes whenever anything the table is made from does."""
    return tables.checksum([_text(), Path(__file__).read_text(encoding="utf-8")])


def _text() -> str:
    return resources.read("grammar", "shot.lark")


def write(folder: Path = _FOLDER) -> Path:
    """Write the table to ``_table.py`` in a folder and return its path."""
    made = make()
    # Most states only complete a rule, and many rows are the same: each is written once.
    rows = list(dict.fromkeys(tuple(row.items()) for row in made["states"]))
    places = [rows.index(tuple(row.items())) for row in made["states"]]
    lines = [
        '"""Made from grammar/shot.lark; do not edit."""',
        f"CHECKSUM = {checksum()}",
        "ROWS = [",
        *(f"    {dict(row)!r}," for row in rows),
        "]",
        "TABLE = {",
        f"    'line': {made['line']!r},",
        f"    'states': [ROWS[place] for place in {places!r}],",
        f"    'rules': {made['rules']!r},",
        f"    'end': {made['end']!r},",
        "}",
    ]
    return tables.write(folder, "\n".join(lines) + "\n")


def make() -> dict[str, Any]:
    """Return the table as Lark makes it."""
    from lark import Lark

    lark: Any = Lark(_text(), parser="lalr", lexer="basic")
    terminals = {t.name: t.pattern.to_regexp() for t in lark.parser.lexer.terminals}
    return automaton(lark, "start") | {"line": _line(terminals)}


def _line(terminals: dict[str, str]) -> str:
    """Return one expression that tries the terminals in their order.

    All of them begin with the same blanks, but for the last, which takes any line, and end with
    the same line end: said once, the engine can tell from one character what cannot follow.
    """
    *others, last = terminals.values()
    blanks = _shared(others)
    end = _shared([pattern[::-1] for pattern in (*others, last)])[::-1]
    end = end[end.index("(") :]
    cores = (
        f"(?P<{name}>{pattern.removeprefix(blanks).removesuffix(end)})"
        for name, pattern in terminals.items()
    )
    return f"{blanks}(?:{'|'.join(cores)}){end}"


def _shared(texts: Sequence[str]) -> str:
    """Return what all texts begin with."""
    first, *others = texts
    size = 0
    while all(text.startswith(first[: size + 1]) for text in others):
        size += 1
    return first[:size]


def automaton(lark: Any, start: str) -> dict[str, Any]:
    """Return the LALR table of a grammar Lark has read, the same one for the same grammar."""
    from lark.parsers.lalr_analysis import Shift

    made = lark.parser.parser._parse_table
    first, end = made.start_states[start], made.end_states[start]
    rules: dict[Any, int] = {}
    states: list[dict[str, int]] = []
    # Lark numbers states as its sets happen to order them; from the start on, sorted by name,
    # the same grammar always gives the same table.
    numbers = {first: 0}
    reached = [first]
    for state in reached:
        row: dict[str, int] = {}
        for name, (action, argument) in sorted(made.states[state].items()):
            if action is Shift:
                if argument not in numbers:
                    numbers[argument] = len(numbers)
                    reached.append(argument)
                row[str(name)] = numbers[argument]
            else:
                row[str(name)] = -1 - rules.setdefault(argument, len(rules))
        states.append(row)
    return {
        "end": numbers[end],
        "states": states,
        "rules": [
            (str(rule.origin.name), str(rule.alias or rule.origin.name), len(rule.expansion))
            for rule in rules
        ],
    }
