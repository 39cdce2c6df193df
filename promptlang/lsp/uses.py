"""Where the names and parameters of a script stand: made known, and used."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from promptlang.lsp.kept import beside
from promptlang.model.names import fold
from promptlang.syntax import ast
from promptlang.syntax.inline import quotes, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.lsp.view import View
    from promptlang.syntax.ast import Block, Line, Script

    Mark = ast.Ref | ast.Param | ast.Escape

REF, DECLARED, OUTPUT = "ref", "declared", "output"
FILLED, PARAMETER = "filled", "parameter"

_SENTENCES = frozenset({"action", "keep"})


class Use(NamedTuple):
    """A place where a name stands.

    Attributes:
        role: `REF`, `DECLARED` or `OUTPUT` of a name, `FILLED` or `PARAMETER` of a parameter.
        name: The name as written; of a ref the whole run of name characters.
        start: Where it begins in its block, its ``@`` or brace aside.
        line: The line it stands on.
    """

    role: str
    name: str
    start: int
    line: Line

    @property
    def end(self) -> int:
        """Where it ends in its block."""
        return self.start + len(self.name)

    @property
    def is_parameter(self) -> bool:
        """Whether it is the name of a parameter."""
        return self.role in {FILLED, PARAMETER}

    @property
    def makes_known(self) -> bool:
        """Whether it makes the name known."""
        return self.role not in {FILLED, REF}


@beside
def uses_in(block: Block) -> tuple[Use, ...]:
    """Return the uses in a block in order."""
    return tuple([use for line in block.lines for use in uses_on(line)])


def uses_of(script: Script, *, header: bool = False) -> Iterator[tuple[Use, int]]:
    """Yield the uses in a script, each with the offset its block begins at.

    Args:
        script: The script.
        header: Whether only its header counts, as where it is included.
    """
    for block, start in zip(script.blocks, script.starts, strict=True):
        if header and block.kind != "header":
            break
        for use in uses_in(block):
            yield use, start


def use_at(view: View, offset: int) -> tuple[Use, int] | None:
    """Return the use at an offset and where its block begins; signs around belong to it."""
    place = view.block_at(offset)
    block, start = view.script.blocks[place], view.script.starts[place]
    at = offset - start
    best = None
    for use in uses_in(block):
        if use.start - 1 <= at <= use.end + use.is_parameter:
            # Of two names that touch, the one that begins here is meant.
            best = use
    return None if best is None else (best, start)


def stands_for_source(block: Block, use: Use) -> ast.Ref | None:
    """Return the source of a block that a pasted ``@Video1`` means, None for any other use."""
    heading = block.lines[0] if block.lines else None
    if use.role != REF or fold(use.name) != "video1" or use.line is heading:
        return None
    words = isinstance(use.line, ast.Prose) or (
        isinstance(use.line, ast.Field) and use.line.key.text in _SENTENCES
    )
    if not words:
        return None
    if isinstance(heading, ast.EditHeading):
        return heading.sources[0]
    return heading.source if isinstance(heading, ast.AngleHeading) else None


def uses_on(line: Line) -> Iterator[Use]:
    """Yield the uses on a line in order."""
    text = line.text
    if "@" not in text and "{" not in text and "＠" not in text and not _made(line):
        return
    if isinstance(line, ast.Junk):
        yield from _of_junk(line)
        return
    at = line.at
    if isinstance(line, ast.Declaration):
        yield Use(DECLARED, line.name.text, at + line.name.start, line)
    elif isinstance(line, ast.Parameter):
        # Braces in a default are text.
        yield Use(PARAMETER, line.name.text, at + line.name.start, line)
        return
    elif (output := _made(line)) is not None:
        yield Use(OUTPUT, output.text, at + output.start, line)
    for mark in _marks(line):
        if not isinstance(mark, ast.Escape):
            yield _use(mark, line)


def _made(line: Line) -> ast.Word | None:
    return line.output if isinstance(line, ast.Heading | ast.SceneHeading) else None


def _marks(line: Line) -> Iterable[Mark]:
    """Return the refs and parameters of a line in order."""
    # Nearly all lines are one of these two.
    if isinstance(line, ast.Prose):
        return line.body.marks
    if isinstance(line, ast.Field) and line.manner is None:
        return line.value.marks
    return (part for part in line.parts() if isinstance(part, ast.Ref | ast.Param))


def _use(mark: ast.Ref | ast.Param, line: Line) -> Use:
    role = REF if isinstance(mark, ast.Ref) else FILLED
    return Use(role, mark.name, line.at + mark.start + 1, line)


def _of_junk(line: ast.Junk) -> Iterator[Use]:
    """Yield what stands in a line nobody could read: names are renamed there too."""
    if "\n" in line.text.rstrip() or "\r" in line.text.rstrip():
        return  # what is too much to be read
    known = {fold(name) for name in line.names}
    edges = [edge for quote in quotes(line.text) for edge in quote]
    first = len(line.text) - len(line.text.lstrip())
    for mark in scan(line.text).marks:
        if isinstance(mark, ast.Escape):
            continue
        use = _use(mark, line)
        if isinstance(mark, ast.Ref) and bisect_right(edges, mark.start) % 2:
            continue  # inside of quotes
        if fold(mark.name) in known:
            leads = mark.start == first
            if isinstance(mark, ast.Param):
                use = use._replace(role=PARAMETER if leads else FILLED)
            elif leads or line.meant not in {"declaration", "dialogue"}:
                use = use._replace(role=DECLARED if leads else OUTPUT)
        yield use
