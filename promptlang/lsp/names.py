"""The names of a script as they are written, known without finding out what they mean.

A storyboard takes longer than a key does. Names stand in the syntax tree, and of a script that
changed all blocks but one are those of before, so that what is in them is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.lsp.kept import beside
from promptlang.model.frames import PICTURE_KINDS
from promptlang.model.names import fold
from promptlang.providers.registry import target
from promptlang.syntax import ast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.lsp.view import View
    from promptlang.providers.target import Target
    from promptlang.syntax.ast import Block, Line

_DIGITS = 6
"""A label of as many digits is no number of a shot."""


class Name:
    """A name behind ``@``.

    Attributes:
        text: The name.
        kind: The kind it is declared as; ``output`` of what a block makes, ``""`` of what is only
            used so far.
        files: Its files as they are written.
        stills: Whether it is made by a COVERAGE, which some targets make as pictures.
    """

    __slots__ = ("files", "kind", "stills", "text")

    def __init__(
        self, text: str, kind: str = "", files: tuple[str, ...] = (), *, stills: bool = False
    ) -> None:
        self.text = text
        self.kind = kind
        self.files = files
        self.stills = stills

    @property
    def is_video(self) -> bool:
        """Whether it may be what an EDIT or ANGLE works on."""
        return self.kind in {"", "video", "output"}

    @property
    def is_picture(self) -> bool:
        """Whether it may be a frame, or what a COVERAGE starts from."""
        return not self.kind or self.kind in PICTURE_KINDS or self.stills

    @property
    def is_voice(self) -> bool:
        """Whether somebody may sound like it."""
        return self.kind in {"", "voice"}

    @property
    def detail(self) -> str:
        """What stands beside it in a list."""
        kind = self.kind or "not declared yet"
        return f"{kind} · {', '.join(self.files)}" if self.files else kind


class _Said:
    """What one block says of names.

    Attributes:
        made: What it declares or makes.
        used: The names it points at, by what two spellings of one have in common.
        parameters: The parameters it declares, with their defaults.
        places: The parts of its scene heading.
        number: Its label where that is a number, 0 where it is none.
    """

    __slots__ = ("made", "number", "parameters", "places", "used")

    def __init__(self, block: Block, but: Line | None = None) -> None:
        self.made: list[Name] = []
        self.used: dict[str, str] = {}
        self.parameters: list[tuple[str, str | None]] = []
        self.places: list[str] = []
        self.number = 0
        for line in block.lines:
            if line is not but:
                self._take(line)

    def _take(self, line: Line) -> None:
        if isinstance(line, ast.Declaration):
            files = tuple(file.path.text.raw for file in line.files)
            self.made.append(Name(line.name.text, line.element_kind.text, files))
        elif isinstance(line, ast.Parameter):
            default = None if line.default is None else line.default.text.raw
            self.parameters.append((line.name.text, default))
        elif isinstance(line, ast.Junk) and line.meant != "parameter":
            kind = "output" if line.meant != "declaration" else ""
            self.made += [Name(name, kind) for name in line.names]
        elif isinstance(line, ast.Heading | ast.SceneHeading):
            self._head(line)
        if "@" in line.text or "＠" in line.text:
            refs = (part for part in line.parts() if isinstance(part, ast.Ref))
            self.used.update((fold(ref.name), ref.name) for ref in refs)

    def _head(self, line: ast.Heading | ast.SceneHeading) -> None:
        if line.output is not None:
            stills = isinstance(line, ast.CoverageHeading)
            self.made.append(Name(line.output.text, "output", stills=stills))
        if isinstance(line, ast.SceneHeading):
            self.places += [place.raw for place in line.places if place.raw]
        elif line.label is not None:
            label = line.label.raw
            self.number = int(label) if label.isdecimal() and len(label) < _DIGITS else 0


_said = beside(_Said)


def _everything(view: View, but: int = -1) -> list[_Said]:
    """Return what all blocks say, without the line that begins at ``but``."""
    found = [_said(block) for script in view.document.scripts for block in script.blocks]
    if but >= 0:
        place = view.block_at(but)
        block, at = view.script.blocks[place], but - view.script.starts[place]
        line = next((line for line in block.lines if line.at == at), None)
        found[place] = _Said(block, line)
    return found


def names(view: View, but: int = -1) -> list[Name]:
    """Return every name once: declared and made ones first, then those that are only used.

    Args:
        view: The script.
        but: The start of a line that is being written and does not count.
    """
    said = _everything(view, but)
    found: dict[str, Name] = {}
    for block in said:
        for name in block.made:
            before = found.get(fold(name.text))
            if before is None or not before.kind:
                found[fold(name.text)] = name
    used: dict[str, str] = {}
    for block in said:
        if block.used:
            used.update(block.used)
    strange = [Name(text) for key, text in used.items() if key not in found]
    return [*found.values(), *strange]


def parameters(view: View, but: int = -1) -> dict[str, str | None]:
    """Return the default of every parameter, None of a required one."""
    found: dict[str, str | None] = {}
    for block in _everything(view, but):
        for name, default in block.parameters:
            found.setdefault(name, default)
    return found


def scene_places(view: View, but: int = -1) -> list[str]:
    """Return the parts of all scene headings, each once."""
    said = _everything(view, but)
    return list(dict.fromkeys(place for block in said for place in block.places))


def next_label(view: View) -> int:
    """Return the number behind the highest one that labels a block."""
    return max(block.number for block in _everything(view)) + 1


def targets_at(view: View, place: int) -> list[Target]:
    """Return the targets a block is meant for, as far as what is written says it."""
    document, script = view.document, view.script
    if document.asked:
        return _known(document.asked)
    levels = [script.blocks[place]]
    scene = next((b for b in reversed(script.blocks[:place]) if b.kind == "scene"), None)
    levels += [] if scene is None else [scene]
    levels += [included.blocks[0] for included in document.scripts]
    for block in levels:
        said = [line for line in block.lines if _is_target(line)]
        if said:
            written = [line.value.raw for line in said if isinstance(line, ast.Field)]
            return _known(",".join(written).split(","))
    return _known(document.usual)


def _is_target(line: Line) -> bool:
    return isinstance(line, ast.Field) and line.key.text == "target"


def _known(ids: Iterable[str]) -> list[Target]:
    found = [target(id.strip()) for id in ids]
    return list(dict.fromkeys(known for known in found if known is not None))
