"""``promptlang docs``: everything has its page, every link leads somewhere, nothing is stale."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from pathlib import Path

import pytest

import promptlang
from promptlang.cli import COMMANDS, main
from promptlang.cli.reference import layout, pages
from promptlang.pages import sources
from promptlang.problems import all_problems
from promptlang.syntax.keys import KEYS, KINDS
from promptlang.vocabulary.load import vocabulary

PAGES = pages()


def words(path: str) -> str:
    return PAGES[path]


def beside(path: str, link: str) -> str:
    """Return the path a link of a page leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), link))


def anchors(text: str) -> set[str]:
    """Return the places of a page a link may name, as code hosts spell them."""
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(path: str) -> None:
    running = "".join(p for p, is_text in layout.outside_code(PAGES[path]) if is_text)
    for link in re.findall(r"\]\(([^)]+)\)", running):
        assert "://" not in link
        name, _, anchor = link.partition("#")
        target = beside(path, name) if name else path
        assert target in PAGES, f"{path}: {link}"
        assert not anchor or anchor in anchors(PAGES[target]), f"{path}: {link}"


def test_every_page_can_be_reached() -> None:
    reached, new = set(), ["index.md"]
    while new:
        at = new.pop()
        reached.add(at)
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGES[at]):
            target = beside(at, link)
            if target in PAGES and target not in reached:
                new.append(target)
    assert reached == set(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_every_row_of_a_table_has_its_cells(path: str) -> None:
    width = 0
    for line in re.sub(r"^```.*?^```$", "", PAGES[path], flags=re.M | re.S).split("\n"):
        count = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (count and width) or count == width, line
        width = count


def test_everything_has_its_place() -> None:
    for problem in all_problems():
        page = words(f"rules/{problem.name}.md")
        assert f"# {problem.name}\n" in page
        assert problem.code in page
        assert problem.summary.split("`")[0] in page
    for target in promptlang.targets():
        page = words(f"targets/{target.id}.md")
        for limit in (*target.limits.values(), *target.advice.values()):
            assert f"| {limit.name} |" in page
        for evidence in target.sources.values():
            assert evidence.date in page
    for term in vocabulary().terms.values():
        assert f"| `{term.phrase}` |" in words(f"vocabulary/{term.category}.md")
        assert set(term.source.split()) <= set(sources())
    language = words("language/index.md")
    assert all(f"| `{name}` |" in language for name in KEYS)
    assert all(f"`{kind}`" in language for kind in KINDS)
    for name in COMMANDS:
        assert f"promptlang {name}" in words(f"commands/{name}.md")
    assert "`--statistics`" in words("commands/check.md")


def test_every_source_of_the_vocabulary_is_used() -> None:
    used = {key for term in vocabulary().terms.values() for key in term.source.split()}
    assert used == set(sources())


def test_written_anew_nothing_stale_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a" / "docs"
    assert main(["docs", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert out == f"{folder / 'index.md'}\n"
    assert err == f"wrote {len(PAGES)} pages\n"
    old = folder / "rules" / "no-such-rule.md"
    old.write_text(words("rules/unknown-name.md"), encoding="utf-8")
    own = folder / "rules" / "of-ours.md"
    own.write_text("# What we agreed on\n", encoding="utf-8")
    (folder / "index.md").write_text("changed", encoding="utf-8")
    assert main(["docs", str(folder)]) == 0
    assert not old.exists()
    assert own.read_text(encoding="utf-8") == "# What we agreed on\n"
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in folder.rglob("*.md")
        if path != own
    }
    assert found == PAGES


def test_the_same_in_every_run(tmp_path: Path) -> None:
    root = str(Path(promptlang.__file__).parents[1])
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "promptlang", "docs", seed],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": root, "PYTHONHASHSEED": seed, "COLUMNS": seed * 2},
        )
    for path in PAGES:
        assert (tmp_path / "1" / path).read_bytes() == (tmp_path / "2" / path).read_bytes()
        assert (tmp_path / "1" / path).read_bytes().decode() == PAGES[path]


def test_a_file_in_the_way_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").write_text("a file")
    assert main(["docs", str(tmp_path / "docs")]) == 2
    assert "cannot be made" in capsys.readouterr().err
