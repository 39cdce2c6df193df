"""README says what is so: its tables, its example and its commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import promptlang
from promptlang.cli import COMMANDS, main
from promptlang.cli.reference import commands, rules, targets
from tests.lsp import exercised

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN = "<!-- {}: begin, written by tests/packaging/test_readme.py -->\n"
END = "<!-- {}: end -->"
TABLES = {
    "commands": commands.overview,
    "families": rules.families,
    "features": exercised.table,
    "formats": commands.formats,
    "targets": targets.overview,
}

if not README.is_file():
    pytest.skip("there is no checkout", allow_module_level=True)


def fence(heading: str, language: str) -> str:
    """Return the first fenced block under a heading."""
    section = README.read_text(encoding="utf-8").split(f"\n{heading}\n", 1)[1]
    found = re.search(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_true(name: str, request: pytest.FixtureRequest) -> None:
    begin, end = BEGIN.format(name), END.format(name)
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    written, after = rest.split(end)
    wanted = TABLES[name]()
    if request.config.getoption("--update-golden"):
        README.write_text(before + begin + wanted + end + after, encoding="utf-8", newline="\n")
    else:
        assert written == wanted


def test_the_quick_start_and_the_tests_are_one_line_each() -> None:
    assert fence("## Quick start", "sh").count("\n") == 1
    assert fence("## Tests", "sh").count("\n") == 1
    (example,) = re.findall(r"examples/\S+", fence("## Quick start", "sh"))
    assert (ROOT / example).is_file()


def test_what_linting_says_is_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rooftop.shot").write_text(fence("## Linting", "shot"), encoding="utf-8")
    main(["check", "rooftop.shot"])
    assert capsys.readouterr().out.strip() == fence("## Linting", "text").strip()


def test_the_opening_script_compiles() -> None:
    text = re.search(r"```shot\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert text is not None
    found = promptlang.check(text[1])
    assert [d for d in found if d.severity.rank < 2] == []
    other = promptlang.compile(text[1], target="pixio/kling-o3")
    assert other.ok
    assert other.requests


def test_the_python_example_runs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", fence("## Python", "python")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Waves break below a lighthouse." in done.stdout


def test_every_command_is_in_the_table() -> None:
    section = README.read_text(encoding="utf-8").split("\n## Command line\n", 1)[1]
    named = re.findall(r"^\| `promptlang (\w+)", section, re.MULTILINE)
    assert named == list(COMMANDS)


def test_every_link_leads_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#]+)\)", text):
            if "://" not in link:
                assert (ROOT / name).parent.joinpath(link).exists(), f"{name}: {link}"
