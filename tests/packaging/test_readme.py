"""README says what is so: its table of targets, its example and its commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import promptlang
from promptlang.cli import COMMANDS

if TYPE_CHECKING:
    from promptlang.providers.target import Target

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN = "<!-- targets: begin, written by tests/packaging/test_readme.py -->\n"
END = "<!-- targets: end -->"

if not README.is_file():
    pytest.skip("there is no checkout", allow_module_level=True)


def fence(heading: str, language: str) -> str:
    """Return the first fenced block under a heading."""
    section = README.read_text(encoding="utf-8").split(f"\n{heading}\n", 1)[1]
    found = re.search(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def table() -> str:
    lines = ["| target | makes | limits in short |", "|---|---|---|"]
    for target in promptlang.targets():
        tasks = ", ".join(dict.fromkeys(task.name for task in target.tasks.values()))
        lines.append(f"| `{target.id}` | {tasks} | {short(target)} |")
    return "\n".join(lines) + "\n"


def short(target: Target) -> str:
    from promptlang.cli.targets import bounds

    parts = [
        f"{label} {bounds(target.limits[name])}"
        for name, label in (("shots", "shots"), ("total", "length"), ("prompt", "prompt"))
        if name in target.limits
    ]
    return re.sub(r"shots (.*?) shots", r"shots \1", "; ".join(parts)).replace(" (default 5)", "")


def test_the_table_of_targets_is_true(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    written, after = rest.split(END)
    if request.config.getoption("--update-golden"):
        README.write_text(before + BEGIN + table() + END + after, encoding="utf-8", newline="\n")
    else:
        assert written == table()


def test_the_quick_start_and_the_tests_are_one_line_each() -> None:
    assert fence("## Quick start", "sh").count("\n") == 1
    assert fence("## Tests", "sh").count("\n") == 1
    (example,) = re.findall(r"examples/\S+", fence("## Quick start", "sh"))
    assert (ROOT / example).is_file()


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
