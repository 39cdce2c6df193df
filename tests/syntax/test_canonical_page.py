"""The page of the canonical form is true: every row of its tables is executed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from promptlang import resources
from promptlang.syntax import ast
from promptlang.syntax.parser import parse
from promptlang.syntax.printer import format as printed

PAGE = resources.read("grammar", "README.md").split("\n## Canonical form\n")[1].split("\n## ")[0]
ROWS = re.findall(r"^\| ([^|]+) \| `(.+?)` \|(?: `(.+?)` \|)?$", PAGE, re.MULTILINE)

CORPUS = sorted((Path(__file__).parent.parent / "corpus" / "syntax").glob("*.shot"))


def script(cell: str) -> str:
    return cell.replace("⏎", "\n").replace("␣", " ") + "\n"


def test_every_row_was_found() -> None:
    lines = [line for line in PAGE.split("\n") if line.startswith("| ")]
    assert len(ROWS) == len(lines) - 2
    assert len([row for row in ROWS if row[2]]) >= 20


@pytest.mark.parametrize(("typed", "written"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_a_row(typed: str, written: str) -> None:
    before, after = script(typed), script(written or typed)
    assert printed(parse(before)) == after
    assert printed(parse(after)) == after
    assert parse(after).same(parse(before))
    assert written != typed


def order(text: str) -> list[str]:
    """Return what stands on each line in order: comments word for word, else the kind of line."""
    found: list[str] = []
    for block in parse(text).blocks:
        for line in block.lines:
            if isinstance(line, ast.Comment):
                found.append(line.text.strip().replace("＃", "#"))
            elif line.kind == "prose" and found[-1:] == ["edit"]:
                continue  # the change of an edit, moved to a line of its own
            elif line.kind != "blank":
                found.append(line.kind)
    return found


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_comments_stay_where_they_were(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    chance = random.Random(path.stem)
    for number in range(12):
        lines.insert(chance.randrange(len(lines) + 1), f"# mark {number}")
    text = "\n".join(lines)
    clean = printed(parse(text))
    assert [line for line in order(clean) if "# mark" in line]
    assert order(clean) == order(text)
