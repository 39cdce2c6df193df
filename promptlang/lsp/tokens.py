"""Semantic tokens: the colours of a script as the protocol counts them.

Five numbers a token: lines down, characters on, length, type, modifiers. Those of a block count
from where it begins, so that one that did not change is neither coloured nor counted again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from itertools import count
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from promptlang.lsp.colours import Colours
from promptlang.lsp.lines import units
from promptlang.lsp.palette import Names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.lsp.palette import Kind
    from promptlang.lsp.view import View
    from promptlang.syntax.ast import Block, Line

_FILES = 32
"""Of how many files the last answer is kept, for the next to say what changed."""


class Counted:
    """The tokens of a block.

    Attributes:
        data: The numbers; the first token counts from the line the block begins at.
        last: How many lines below that the last token is.
        names: The names in it, with what they were coloured as.
        encoding: The units that were counted in.
    """

    __slots__ = ("data", "encoding", "last", "names")

    def __init__(self, data: list[int], last: int, encoding: str, names: dict[str, Kind]) -> None:
        self.data = data
        self.last = last
        self.encoding = encoding
        self.names = names


_kept: WeakKeyDictionary[Block, Counted] = WeakKeyDictionary()
_answers: OrderedDict[str, tuple[str, list[int]]] = OrderedDict()
_numbers = count(1)


def full(view: View, params: dict[str, Any]) -> dict[str, Any]:
    """Return the tokens of a script."""
    data = _tokens(view, 0, len(view.script.blocks))
    return {"resultId": _remember(view, data), "data": data}


def delta(view: View, params: dict[str, Any]) -> dict[str, Any]:
    """Return what changed since an answer; all tokens where that answer is not known."""
    before = _answers.get(view.uri)
    if before is None or before[0] != params["previousResultId"]:
        return full(view, params)
    data = _tokens(view, 0, len(view.script.blocks))
    return {"resultId": _remember(view, data), "edits": _edits(before[1], data)}


def within(view: View, params: dict[str, Any]) -> dict[str, Any]:
    """Return the tokens of a range, in whole lines."""
    start, end = view.lines.stretch(params["range"])
    first, last = view.lines.position(start)["line"], view.lines.position(end)["line"]
    data = _tokens(view, view.block_at(start), view.block_at(end) + 1)
    kept: list[int] = []
    line = before = 0
    for at in range(0, len(data), 5):
        line += data[at]
        if first <= line <= last:
            kept += (line - before, *data[at + 1 : at + 5])
            before = line
    return {"data": kept}


def _remember(view: View, data: list[int]) -> str:
    number = str(next(_numbers))
    _answers[view.uri] = number, data
    _answers.move_to_end(view.uri)
    while len(_answers) > _FILES:
        _answers.popitem(last=False)
    return number


def _edits(old: list[int], new: list[int]) -> list[dict[str, Any]]:
    """Return the one edit between two answers, in whole tokens."""
    if old == new:
        return []
    shortest = min(len(old), len(new))
    head = _same(shortest // 5, lambda a, b: old[a * 5 : b * 5] == new[a * 5 : b * 5])
    m, n = len(old), len(new)
    tail = _same(
        shortest // 5 - head,
        lambda a, b: old[m - b * 5 : m - a * 5] == new[n - b * 5 : n - a * 5],
    )
    start, end = head * 5, len(new) - tail * 5
    deleted = len(old) - tail * 5 - start
    return [{"start": start, "deleteCount": deleted, "data": new[start:end]}]


def _same(most: int, alike: Any) -> int:
    """Return how many tokens are alike; ``alike`` compares those from one place to another."""
    low, high = 0, most + 1
    # The first `low` are the same, the first `high` are not.
    while high - low > 1:
        middle = (low + high) // 2
        if alike(low, middle):
            low = middle
        else:
            high = middle
    return low


def _tokens(view: View, first: int, last: int) -> list[int]:
    """Return the numbers of some blocks, counted from the beginning of the script."""
    names = Names(view.document.declared)
    encoding, starts = view.lines.encoding, view.lines.starts
    data: list[int] = []
    line = before = 0
    script = view.script
    for place in range(first, last):
        block = script.blocks[place]
        counted = _counted(block, names, encoding)
        if counted.data:
            line = bisect_right(starts, script.starts[place], line) - 1
            data.append(line + counted.data[0] - before)
            data += counted.data[1:]
            before = line + counted.last
    return data


def _counted(block: Block, names: Names, encoding: str) -> Counted:
    found = _kept.get(block)
    if (
        found is None
        or found.encoding != encoding
        or any(names.kind(name) != kind for name, kind in found.names.items())
    ):
        colours = Colours(names, changes=block.kind == "edit")
        data, last = _count(block.lines, colours, encoding)
        found = _kept[block] = Counted(data, last, encoding, colours.used)
    return found


def _count(lines: Iterable[Line], colours: Colours, encoding: str) -> tuple[list[int], int]:
    data: list[int] = []
    before = 0
    for number, line in enumerate(lines):
        found = colours.of(line)
        if not found:
            continue
        text, plain = line.text, encoding == "utf-32" or line.text.isascii()
        # Where the last token of the line begins and ends.
        at = end = 0
        for start, stop, type, modifiers in found:
            if start < end or stop <= start:
                continue
            if plain:
                on, size = start - at, stop - start
            else:
                on, size = units(text[at:start], encoding), units(text[start:stop], encoding)
            down = number - before
            data += (down, on, size, type, modifiers)
            at, end, before = start, stop, number
    return data, before
