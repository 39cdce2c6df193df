"""Where a cursor stands: its line, what that line is as far as it goes, and what block it is in."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from promptlang.syntax import ast
from promptlang.syntax.inline import unclosed
from promptlang.syntax.parser import parse
from promptlang.vocabulary.words import is_ref_start

if TYPE_CHECKING:
    from promptlang.lsp.view import View

BLOCKS = frozenset({"header", "scene", "shot", "edit", "angle", "coverage"})
HEADED = BLOCKS - {"header", "scene"}
_ENDERS = frozenset({"declaration", "parameter", "transition"})


class Cursor:
    """A place in a script that is being written.

    A line is read only as far as the cursor: what follows it may be of another time.

    Attributes:
        view: The script.
        offset: The place.
        start: Where its line begins.
        before: The line up to the cursor.
        after: The line behind it.
        line: What the line is up to the cursor.
        place: The block the line stands in.
        kind: What kind of block it adds to.
        ended: Whether a declaration, parameter or transition above it has ended that block.
    """

    __slots__ = ("after", "before", "ended", "kind", "line", "offset", "place", "start", "view")

    def __init__(self, view: View, offset: int) -> None:
        self.view = view
        self.offset = offset
        number = bisect_right(view.lines.starts, offset) - 1
        self.start, end = view.lines.bounds(number)
        self.before = view.text[self.start : offset]
        self.after = view.text[offset:end]
        self.line = read(self.before)
        self.place = view.block_at(self.start)
        self.kind, self.ended = self._above()

    def _above(self) -> tuple[str, bool]:
        """Return the kind of block the lines above belong to, and whether it has ended."""
        script, place = self.view.script, self.place
        at = self.start - script.starts[place]
        if at <= 0 < place:
            place, at = place - 1, self.start - script.starts[place - 1]
        block = script.blocks[place]
        kind, ended = block.kind, False
        for line in block.lines:
            if line.at >= at:
                break
            meant = self.meant(line)
            if meant in BLOCKS:
                kind, ended = meant, False
            elif meant in _ENDERS and kind not in {"header", "scene"}:
                ended = True
        return kind, ended

    @staticmethod
    def meant(line: ast.Line) -> str:
        """Return what a line is, or was to be."""
        return line.meant if isinstance(line, ast.Junk) else line.kind

    @property
    def quote(self) -> int:
        """The place in ``before`` of the quote the cursor stands in, or -1."""
        return unclosed(self.before)

    def name_start(self, mark: str) -> int:
        """Return where in ``before`` a name behind a mark begins that the cursor is in, or -1."""
        at = max(self.before.rfind(sign) for sign in mark)
        inside = at >= 0 and all(map(_is_name, self.before[at + 1 :]))
        if not inside or (mark[0] == "@" and not is_ref_start(self.before, at)):
            return -1
        return -1 if self.before[at - 1 : at] == "\\" else at

    def name_end(self) -> int:
        """Return where in ``after`` the name ends that the cursor is in."""
        return _run(self.after)

    def word_start(self, stops: str = "") -> int:
        """Return where in ``before`` the word begins that the cursor is in."""
        at = len(self.before)
        while at and not (self.before[at - 1].isspace() or self.before[at - 1] in stops):
            at -= 1
        return at

    def word_end(self, more: str = "") -> int:
        """Return where in ``after`` that word ends, which further characters may belong to."""
        return _run(self.after, more)


def read(text: str) -> ast.Line:
    """Return what a line is, which may be cut off anywhere."""
    return next((line for block in parse(text).blocks for line in block.lines), ast.Blank(""))


def _run(text: str, more: str = "") -> int:
    at = 0
    while at < len(text) and (_is_name(text[at]) or text[at] in more):
        at += 1
    return at


def _is_name(character: str) -> bool:
    if character.isalnum() or character == "_":
        return True
    return not character.isascii() and unicodedata.category(character)[0] == "M"
