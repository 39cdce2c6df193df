"""Comments meant for promptlang that are text, because a blank is missing at their ``#``."""

from __future__ import annotations

import re

from promptlang.syntax import problems
from promptlang.syntax.ast import Block
from promptlang.syntax.inline import quotes
from promptlang.syntax.mistakes import Mended, report

_GLUED = re.compile(r"\s*+[#＃]\s*+promptlang\s*+[:：]\s*+", re.IGNORECASE)


def may_be_glued(text: str) -> bool:
    """Whether `check_comments` may find something."""
    return "romptlang" in text


def check_comments(block: Block) -> Block:
    """Return the block with a report for each comment for promptlang that is text."""
    if not may_be_glued(block.text):
        return block
    found = list(block.mistakes)
    for line in block.lines:
        if line.kind in {"comment", "junk"} or "romptlang" not in line.text:
            continue
        end = len(line.text) if line.comment is None else line.comment.start
        match = _GLUED.search(line.text, 0, end)
        if match is None or any(a < match.end() <= b for a, b in quotes(line.text)):
            continue
        start = match.end() - len(match[0].lstrip())
        report(
            found,
            line,
            problems.FOREIGN_COMMENT,
            start,
            len(line.text[:end].rstrip()),
            f'"{match[0].strip()}" is glued to the text and no comment, so it goes into the prompt',
            hint="write a blank on both sides of the #",
            mend=Mended("make it a comment", match.start(), match.end(), "  # promptlang: "),
        )
    return Block(block.kind, block.lines, tuple(found), block.size)
