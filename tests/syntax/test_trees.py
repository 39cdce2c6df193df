"""Golden trees: one script a construct, and every line and part of it with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from promptlang.syntax import ast
from promptlang.syntax.parser import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCRIPTS = sorted((Path(__file__).parent.parent / "corpus" / "syntax").glob("*.shot"))


def _said(part: ast.Part) -> str:
    """What a part says, in so far as it is not what stands there."""
    if isinstance(part, ast.Text):
        return part.raw
    if isinstance(part, ast.Duration):
        return f"{part.seconds}"
    if isinstance(part, ast.Quoted | ast.File):
        return type(part).__name__.lower()
    said = getattr(part, "name", getattr(part, "text", ""))
    assert isinstance(said, str)
    return said


def _tree(script: ast.Script) -> Iterator[str]:
    for number, block in enumerate(script.blocks):
        yield f"{block.kind}"
        for line in block.lines:
            span = script.span(number, line)
            meant = f" meant as {line.meant}" if isinstance(line, ast.Junk) else ""
            yield f"  {span.line}: {line.kind}{meant}"
            for part in line.parts():
                where = script.span(number, line, part)
                extra = f" = {_said(part)}" if _said(part) != where.text else ""
                yield f"     {where.column:3} {type(part).__name__} {where.text!r}{extra}"
    for diagnostic in script.diagnostics:
        span = diagnostic.span
        place = f"{span.line}:{span.column}"
        yield f"{place} {diagnostic.severity} {diagnostic.name}: {diagnostic.message}"
        if diagnostic.hint:
            yield f"  hint: {diagnostic.hint}"
        for fix in diagnostic.fixes:
            yield f"  fix: {fix.message}"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_tree(path: Path, golden: Callable[[str, str], None]) -> None:
    script = parse(path.read_text(encoding="utf-8"), path.name)
    golden(f"syntax/{path.stem}.txt", "\n".join(_tree(script)) + "\n")


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) >= 12
