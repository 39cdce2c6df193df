"""The shape of a script: its symbols, what can be folded, what a selection grows to."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from promptlang.lsp.kept import beside
from promptlang.model.names import fold
from promptlang.syntax import ast
from promptlang.syntax.chars import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.lsp.scripts import Scripts
    from promptlang.lsp.view import View
    from promptlang.syntax.ast import Block, Line, Script

FILE, SCENE, TITLE, OUTPUT, PARAMETER, NAME, PERSON = 1, 3, 15, 13, 14, 19, 5
"""What the protocol calls them: file, namespace, string, variable, constant, object, class."""
KINDS = {"shot": 12, "edit": 6, "angle": 12, "coverage": 12, "scene": SCENE}
"""A block is a function, an EDIT a method: it works on what another one made."""

_PEOPLE = frozenset({"character", "creature"})
_FILES = frozenset({"audio", "image", "style", "video", "voice"})
_LONGEST = 60
_WORD = re.compile(rf"@?[\w{MARKS}]+")
_AS = re.compile(r"\s+AS\s*[@＠]?$", re.IGNORECASE)
_JOINTS = " \t(（:：-–—"
# What stands behind a block and belongs to what comes next, or to nobody.
_LOOSE = frozenset({"blank", "comment", "declaration", "parameter", "transition"})


class Entry:
    """Something with a name in a script, placed in its block.

    Attributes:
        name: What it is called.
        kind: A kind of symbol of the protocol.
        detail: What else is to be known, or ``""``.
        start: Where it begins.
        end: Where it ends.
        at: Where its name begins and ends.
    """

    __slots__ = ("at", "detail", "end", "kind", "name", "start")

    def __init__(
        self, name: str, kind: int, detail: str, start: int, end: int, at: tuple[int, int]
    ) -> None:
        self.name = name
        self.kind = kind
        self.detail = detail
        self.start = start
        self.end = end
        self.at = at


class Shape:
    """What the outline tells of a block, whatever stands around it.

    Attributes:
        own: The block itself, None for the header.
        output: What it makes, or None.
        names: What is declared among its lines.
        seconds: The length its heading states, as written.
        takes_usual: Whether the length of the header holds where it states none.
        end: Where its last line of its own ends.
    """

    __slots__ = ("end", "names", "output", "own", "seconds", "takes_usual")

    def __init__(self, block: Block) -> None:
        self.end = _end(block)
        heading = block.lines[0] if block.lines and block.kind != "header" else None
        self.seconds = ""
        self.takes_usual = isinstance(heading, ast.Heading) and block.kind != "edit"
        self.own = self.output = None
        self.names = [entry for line in block.lines if (entry := _declared(line)) is not None]
        if heading is None:
            return
        if isinstance(heading, ast.Heading) and heading.duration is not None:
            self.seconds = heading.duration.text.raw.strip()
        self.own = _block(block, heading, self.end)
        made = getattr(heading, "output", None)
        if made is not None:
            at = (made.start - 1, made.end)
            self.output = Entry(f"@{made.text}", OUTPUT, "output", *at, at)


shape = beside(Shape)
"""Returns what the outline tells of a block."""


def symbols(view: View, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the symbols of a script: its declarations, and its scenes with their blocks."""
    script = view.script
    usual = next(_values(script.blocks[0], "duration"), "")
    found: list[dict[str, Any]] = []
    blocks: list[dict[str, Any]] = found
    scene: dict[str, Any] | None = None
    number = 0
    for block, start in zip(script.blocks, script.starts, strict=True):
        told = shape(block)
        found += (_symbol(view, entry, start) for entry in told.names)
        if told.own is None:
            continue
        symbol = _symbol(view, told.own, start)
        if block.kind == "scene":
            scene, blocks = symbol, symbol["children"]
            found.append(symbol)
        else:
            number += 1
            if told.own.name == "SHOT":
                symbol["name"] = f"SHOT #{number}"
            stated = told.seconds or (usual if told.takes_usual else "")
            details = [*([stated] if stated else []), *_values(block, "target")]
            if details:
                symbol["detail"] = ", ".join(details)
            blocks.append(symbol)
        if told.output is not None:
            symbol["children"].append(_symbol(view, told.output, start))
        if scene is not None:
            scene["range"]["end"] = view.lines.position(start + told.end)
    return found


def workspace_symbols(scripts: Scripts, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the symbols of all scripts whose name holds the letters that are asked for."""
    wanted = fold("".join(params["query"].split()))
    found = []
    for view in scripts.all():
        script, scene = view.script, ""
        for block, start in zip(script.blocks, script.starts, strict=True):
            told = shape(block)
            if block.kind == "scene" and told.own is not None:
                scene = told.own.name
            for entry in (told.own, told.output, *told.names):
                if entry is not None and _holds(fold(entry.name), wanted):
                    place = view.lines.range(start + entry.at[0], start + entry.at[1])
                    symbol = {
                        "name": entry.name,
                        "kind": entry.kind,
                        "location": {"uri": view.uri, "range": place},
                    }
                    if entry is not told.own or block.kind != "scene":
                        symbol["containerName"] = scene
                    found.append(symbol)
    # Who has the letters side by side comes first.
    return sorted(found, key=lambda symbol: wanted not in "".join(fold(symbol["name"]).split()))


def folding(view: View, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what can be folded: scenes, blocks, the header, comments that follow each other."""
    script = view.script
    found: list[dict[str, Any]] = []
    scene: int | None = None
    last = 0
    for block, start in zip(script.blocks, script.starts, strict=True):
        told = shape(block)
        if block.kind == "scene":
            if scene is not None:
                _fold(view, scene, last, found)
            scene = start
        elif told.end:
            _fold(view, start + _first(block), start + told.end, found)
        last = start + told.end
        for first, end in _comments(block):
            _fold(view, start + first, start + end, found, kind="comment")
    if scene is not None:
        _fold(view, scene, last, found)
    return found


def selections(view: View, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Return for each position what a selection grows to: word, part, line, block, scene, file."""
    return [_selection(view, view.lines.offset(position)) for position in params["positions"]]


def _selection(view: View, offset: int) -> dict[str, Any]:
    script = view.script
    grown = [(0, len(view.text))]
    place = view.block_at(offset)
    block, start = script.blocks[place], script.starts[place]
    if block.kind != "header":
        grown += _scene(script, place)
    if block.lines:
        if block.kind not in {"scene", "header"}:
            grown.append((start, start + shape(block).end))
        grown += _inside(*view.line_at(offset)[1:], offset)
    selection: dict[str, Any] | None = None
    low, high = 0, len(view.text)
    for begin, end in grown:
        if begin <= offset <= end and begin >= low and end <= high:
            if selection is not None and (begin, end) == (low, high):
                continue
            low, high = begin, end
            whole: dict[str, Any] = {"range": view.lines.range(begin, end)}
            selection = whole if selection is None else {**whole, "parent": selection}
    assert selection is not None, "everything is in the file"
    return selection


def _inside(line: Line, start: int, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the line, the parts and the word an offset is in, the larger first."""
    body = line.text.rstrip("\r\n")
    blank = len(body) - len(body.lstrip())
    yield start + blank, start + max(blank, len(body.rstrip()))
    for part in sorted(line.parts(), key=lambda part: part.start - part.end):
        if start + part.start <= offset <= start + part.end:
            yield start + part.start, start + part.end
    for word in _WORD.finditer(body):
        if start + word.start() <= offset <= start + word.end():
            yield start + word.start(), start + word.end()
            return


def _scene(script: Script, place: int) -> Iterator[tuple[int, int]]:
    """Yield the scene a block is in."""
    first = place
    while first > 0 and script.blocks[first].kind != "scene":
        first -= 1
    if script.blocks[first].kind == "scene":
        last = place
        while last + 1 < len(script.blocks) and script.blocks[last + 1].kind != "scene":
            last += 1
        yield script.starts[first], script.starts[last] + shape(script.blocks[last]).end


def _symbol(view: View, entry: Entry, start: int) -> dict[str, Any]:
    lines = view.lines
    symbol = {
        "name": entry.name,
        "kind": entry.kind,
        "range": lines.range(start + entry.start, start + entry.end),
        "selectionRange": lines.range(start + entry.at[0], start + entry.at[1]),
        "children": [],
    }
    return {**symbol, "detail": entry.detail} if entry.detail else symbol


def _declared(line: Line) -> Entry | None:
    body = len(line.text.rstrip())
    end = line.at + body
    if isinstance(line, ast.Declaration):
        kind = line.element_kind.text
        symbol = PERSON if kind in _PEOPLE else FILE if kind in _FILES else NAME
        at = (line.at + line.name.start - 1, line.at + line.name.end)
        return Entry(f"@{line.name.text}", symbol, kind, at[0], end, at)
    if isinstance(line, ast.Parameter):
        at = (line.at + line.name.start - 1, line.at + line.name.end + 1)
        value = line.default.text.raw if line.default is not None else "required"
        return Entry(f"{{{line.name.text}}}", PARAMETER, _short(value), at[0], end, at)
    if isinstance(line, ast.Field) and line.key.text == "title" and line.value.raw:
        at = (line.at + line.value.start, line.at + line.value.end)
        return Entry(_short(line.value.raw), TITLE, "title", line.at + line.key.start, end, at)
    return None


def _block(block: Block, heading: Line, end: int) -> Entry:
    kind = block.kind
    body = re.split(r"[\r\n]", heading.text, maxsplit=1)[0].rstrip()
    first = len(body) - len(body.lstrip())
    name, stop = body[first:], len(body)
    if heading.comment is not None:
        stop = max(first, len(body[: heading.comment.start].rstrip()))
        name = body[first:stop]
    if isinstance(heading, ast.Heading | ast.SceneHeading):
        # What stands in front of the duration, the output and the terms.
        parts = [getattr(heading, name, None) for name in ("duration", "output", "terms")]
        name = body[first : min([part.start for part in parts if part], default=stop)]
        name = _AS.sub("", name.rstrip(_JOINTS)).rstrip(_JOINTS)
    detail = "" if kind != "scene" else ", ".join(_values(block, "target"))
    return Entry(
        _short(name) or kind.upper(), KINDS[kind], detail, 0, max(end, stop), (first, stop)
    )


def _values(block: Block, key: str) -> Iterator[str]:
    for line in block.lines:
        if isinstance(line, ast.Field) and line.key.text == key and line.value.raw:
            yield line.value.raw


def _end(block: Block) -> int:
    """Return where the last line of a block ends that belongs to it."""
    loose = {"blank", "comment"} if block.kind == "header" else _LOOSE
    for line in reversed(block.lines):
        if line.kind not in loose:
            return line.at + len(line.text.rstrip())
    return 0


def _first(block: Block) -> int:
    """Return where the first line of a block begins that says something."""
    return next((line.at for line in block.lines if line.kind not in {"blank", "comment"}), 0)


def _comments(block: Block) -> Iterator[tuple[int, int]]:
    """Yield the runs of lines of comment."""
    run: list[Line] = []
    for line, following in pairwise([*block.lines, None]):
        if line is not None and line.kind == "comment":
            run.append(line)
        if run and (following is None or following.kind != "comment"):
            yield run[0].at, run[-1].at + len(run[-1].text.rstrip())
            run = []


def _fold(
    view: View, start: int, end: int, found: list[dict[str, Any]], kind: str | None = None
) -> None:
    first, last = view.lines.position(start)["line"], view.lines.position(end)["line"]
    if first < last:
        fold = {"startLine": first, "endLine": last}
        found.append(fold if kind is None else {**fold, "kind": kind})


def _holds(name: str, letters: str) -> bool:
    """Whether a name has some letters in their order."""
    rest = iter(name)
    return all(letter in rest for letter in letters)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
