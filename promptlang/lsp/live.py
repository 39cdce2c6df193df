"""What is told of an open script, and what of it is known within a keystroke.

Checking a long script takes longer than a key does. So after a change only the blocks that changed
are checked, among as many of their neighbours as rules look at; what was told of the others stays
as it is. A full check follows when the writer pauses, and has the last word.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import TYPE_CHECKING, Any
from zlib import crc32

from promptlang.lsp.diagnostics import spelt
from promptlang.source import Source
from promptlang.syntax.ast import Script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.lsp.view import View
    from promptlang.source import Span
    from promptlang.syntax.ast import Block

SMALL = 40
"""How many blocks a script may have that is checked in full after every change."""

_AROUND = 4
"""How many blocks on either side of a change are checked with it."""

Spelt = dict[str, Any]


class _Group:
    """What is told of one block, which is something.

    Attributes:
        items: The diagnostics.
        text: The same as JSON, or None until it is asked for.
    """

    __slots__ = ("items", "text")

    def __init__(self, items: list[Spelt]) -> None:
        self.items = items
        self.text: str | None = None

    def moved(self, lines: int) -> _Group:
        """Return the same some lines further down."""
        return _Group([_shifted(item, lines) for item in self.items])

    def json(self) -> str:
        """Return the diagnostics as JSON, parted by commas."""
        if self.text is None:
            self.text = json.dumps(self.items, separators=(",", ":"))[1:-1]
        return self.text


class Told:
    """What is told of one version of a script.

    Attributes:
        script: That version.
        full: Whether it is all there is to tell.
    """

    __slots__ = ("_groups", "_lines", "_makers", "full", "script")

    def __init__(
        self,
        view: View,
        groups: list[_Group | None],
        makers: dict[str, Block],
        *,
        full: bool,
    ) -> None:
        self.script = view.script
        self._lines = len(view.lines.starts)
        self._groups = groups
        self._makers = makers
        self.full = full

    @staticmethod
    def everything(view: View, found: Iterable[Diagnostic]) -> Told:
        """Return what a full check found."""
        script = view.script
        places: dict[int, list[Diagnostic]] = {}
        for diagnostic in found:
            place = _place(script, diagnostic.span)
            if place >= 0:
                places.setdefault(place, []).append(diagnostic)
        groups: list[_Group | None] = [None] * len(script.blocks)
        for place, items in places.items():
            groups[place] = _group(view, items)
        return Told(view, groups, dict(_made(script.blocks)), full=True)

    def items(self) -> list[Spelt]:
        """Return the diagnostics as the protocol spells them, in order."""
        return [item for group in self._groups if group is not None for item in group.items]

    def json(self) -> str:
        """Return the same as JSON."""
        return f"[{','.join([group.json() for group in self._groups if group is not None])}]"

    def report(self) -> dict[str, Any]:
        """Return the same as an editor gets it that asks, with a number that says what it is."""
        number = str(crc32(self.json().encode()))
        return {"kind": "full", "resultId": number, "items": self.items()}

    def after(self, view: View) -> Told | None:
        """Return what is known at once of the next version; None if only a full check can tell."""
        old, new = self.script, view.script
        if new.oversized or old.oversized or old.blocks[0] is not new.blocks[0]:
            return None  # what stands in the header may concern every block
        first = _shared(old.blocks, new.blocks)
        most = min(len(old.blocks), len(new.blocks)) - first
        rest = min(_shared(reversed(old.blocks), reversed(new.blocks)), most)
        last = len(new.blocks) - rest
        if last - first > SMALL:
            return None
        changed = range(first, last)
        down = len(view.lines.starts) - self._lines
        below = self._groups[len(self._groups) - rest :]
        if down:
            below = [None if group is None else group.moved(down) for group in below]
        makers = {**self._makers, **dict(_made(new.blocks[first:last]))}
        here: list[_Group | None] = [None] * len(changed)
        if changed:
            found = view.document.part(_part(new, changed, makers)).findings
            for at, place in enumerate(changed):
                told = [d for d in found if _place(new, d.span) == place]
                here[at] = _group(view, told)
        return Told(view, [*self._groups[:first], *here, *below], makers, full=False)


def _shared(blocks: Iterable[Block], others: Iterable[Block]) -> int:
    """Return how many blocks both begin with."""
    count = 0
    for one, other in zip(blocks, others, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _group(view: View, found: Iterable[Diagnostic]) -> _Group | None:
    items = spelt(view, found)
    return _Group(items) if items else None


def _shifted(item: Spelt, lines: int) -> Spelt:
    """Return a diagnostic some lines further down, with the places near it that explain it."""
    moved = {**item, "range": _down(item["range"], lines)}
    if "relatedInformation" in item:
        moved["relatedInformation"] = [
            {**other, "location": {**place, "range": _down(place["range"], lines)}}
            for other in item["relatedInformation"]
            for place in [other["location"]]
        ]
    return moved


def _down(range: Spelt, lines: int) -> Spelt:
    return {
        edge: {"line": max(0, position["line"] + lines), "character": position["character"]}
        for edge, position in range.items()
    }


def _place(script: Script, span: Span) -> int:
    """Return the place of the block in which a span begins, -1 in a file that is included."""
    if span.source.path != script.source.path:
        return -1
    return max(bisect_right(script.starts, span.start) - 1, 0)


def _made(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Yield what blocks make that others can name, with the block."""
    for block in blocks:
        output = getattr(block.lines[0], "output", None) if block.lines else None
        if output is not None:
            yield output.text.casefold(), block


def _part(script: Script, changed: Sequence[int], makers: dict[str, Block]) -> Script:
    """Return the blocks that changed, with what rules look at besides: all in their places."""
    wanted = {0, *changed}
    for place in changed:
        wanted.update(range(max(0, place - _AROUND), min(len(script.blocks), place + _AROUND + 1)))
    said = "".join([script.blocks[place].text for place in changed]).casefold()
    named = {id(block) for name, block in makers.items() if f"@{name}" in said}
    if named:
        wanted.update([place for place, block in enumerate(script.blocks) if id(block) in named])
    wanted.update([_scene_of(script, place) for place in wanted])
    places = sorted(wanted)
    starts = [script.starts[place] for place in places]
    return Script(
        _source(script, places, starts),
        tuple([script.blocks[place] for place in places]),
        tuple(starts),
    )


def _scene_of(script: Script, place: int) -> int:
    """Return the place of the heading a block stands below; that of the header where none is."""
    while place and script.blocks[place].kind != "scene":
        place -= 1
    return place


def _source(script: Script, places: Sequence[int], starts: Sequence[int]) -> Source:
    """Return the text with nothing in it but some blocks, each where it was.

    Rules that look through the whole text have less to look at.
    """
    text, pieces, at = script.source.text, [], 0
    for place, start in zip(places, starts, strict=True):
        end = start + script.blocks[place].size
        pieces += [" " * (start - at), text[start:end]]
        at = end
    source = Source("".join(pieces), script.source.path)
    source.indexed(script.source.starts)
    return source
