"""The line corpus: what each of some six hundred lines is, and what is reported on it.

``tests/corpus/lines.tsv``: the line, its kind, and the name of the problem if there is one.
Characters nobody can see are spelt ``<U+00A0>``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from promptlang.syntax.ast import Junk, Line
from promptlang.syntax.pages import expand
from promptlang.syntax.parser import parse

CORPUS = Path(__file__).parent.parent / "corpus" / "lines.tsv"
ROWS = [row.split("\t") for row in CORPUS.read_text(encoding="utf-8").splitlines()]

# A line alone stands in the header, where most kinds are out of place.
PLACE = {"prose-in-header", "misplaced-field", "header-only"}


def _kind(line: Line) -> str:
    return f"junk:{line.meant}" if isinstance(line, Junk) else line.kind


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_line(row: list[str]) -> None:
    text, kind, *names = row
    script = parse(expand(text))
    (line,) = [line for block in script.blocks for line in block.lines]
    reported = [d for d in script.diagnostics if d.name not in PLACE]
    assert _kind(line) == kind
    assert [d.name for d in reported] == names
    for diagnostic in reported:
        assert diagnostic.span.line == 1
        assert diagnostic.message[:1] == diagnostic.message[:1].lower()
        assert not diagnostic.message.endswith(".")


def test_a_comment_may_take_along_what_closes_a_name() -> None:
    (line,) = parse('{city # the first} = "Monza"').blocks[0].lines
    assert line.kind == "prose"
    assert line.comment is not None
    assert line.comment.text == '# the first} = "Monza"'


def test_corpus_is_large_enough() -> None:
    assert len(ROWS) >= 300
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r", "\n\n", "\n  \n"])
@pytest.mark.parametrize("before", ["", "\n", "SHOT 1 (4s)\n", "a line of prose\r\n"])
def test_kind_does_not_depend_on_what_stands_around(before: str, end: str) -> None:
    for text, kind, *_ in ROWS:
        written = expand(text)
        script = parse(f"{before}{written}{end}")
        lines = [line for block in script.blocks for line in block.lines]
        # A blank line behind the line, or a blank one as the line, leaves the first that says it.
        line = next(line for line in lines if line.text.rstrip("\r\n") == written)
        assert _kind(line) == kind, (before, text)


def _mended(text: str) -> tuple[str, str] | None:
    """Return a line with its one fix applied, and the message of the fix."""
    for diagnostic in parse(text).diagnostics:
        if diagnostic.name in PLACE or not diagnostic.fixes:
            continue
        (edit,) = diagnostic.fixes[0].edits
        return text[: edit.span.start] + edit.text + text[edit.span.end :], diagnostic.name
    return None


# Joined to a mark in the line below, a mended line is whole: what is reported must be gone.
MENDABLE = [row[0] for row in ROWS if len(row) == 3 and _mended(expand(row[0]))]


@pytest.mark.parametrize("text", MENDABLE)
def test_fix_mends_the_line(text: str) -> None:
    mended = _mended(expand(text))
    assert mended is not None
    better, name = mended
    again = [d.name for d in parse(better).diagnostics if d.name not in PLACE]
    assert name not in again, better
    assert again == [], better


def test_most_mistakes_have_a_fix() -> None:
    assert len(MENDABLE) > 80
