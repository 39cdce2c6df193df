"""A backslash that is called needless is needless, whatever stands around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.lint.run import Linter
from promptlang.lint.syntax import NeedlessEscape
from promptlang.session import Document
from promptlang.syntax import ast
from promptlang.syntax.parser import parse

PIECES = [
    "\\",
    "\\@",
    "\\#",
    "\\>",
    "\\{",
    "@Host",
    "{name}",
    "# x",
    "> cut",
    " ",
    "a",
    "Rain",
    ":",
]
PIECES += ['"', "“", "”", "-", "SHOT 1", "style: ", "7", ".", "(", "＠", "＃"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_without_it_the_line_says_the_same(line: str) -> None:
    text = f'{{name}} = "x"\n@Host = prop: a host\nSHOT 1 (4s): wide shot\n  {line}\n'
    film = Document(promptlang.parse(text)).film
    for diagnostic in Linter([NeedlessEscape()]).script(film):
        (edit,) = diagnostic.fixes[0].edits
        fixed = text[: edit.span.start] + text[edit.span.end :]
        assert _said(parse(fixed)) == _said(parse(text))


def _said(script: ast.Script) -> list[object]:
    """Return the kinds and words of the lines, what is marked up told from what is not."""
    said: list[object] = []
    for block in script.blocks:
        for line in block.lines:
            said.append((line.kind, line.comment and line.comment.text))
            for part in line.parts():
                if isinstance(part, ast.Text):
                    words = [
                        m.text if isinstance(m, ast.Escape) else repr(m.values())
                        for m in part.marks
                    ]
                    said.append((_bare(part), [w for w in words if "(" in w]))
    return said


def _bare(text: ast.Text) -> str:
    """Return the words of a text with what escapes stand for."""
    out, at = "", text.start
    for mark in text.marks:
        out += text.raw[at - text.start : mark.start - text.start]
        out += mark.text if isinstance(mark, ast.Escape) else f"<{mark.values()}>"
        at = mark.end
    return out + text.raw[at - text.start :]
