"""The grammar itself: what it promises about its terminals, examples and tables."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from promptlang import resources
from promptlang.syntax import build
from promptlang.syntax.keys import KEYS
from promptlang.syntax.parser import parse
from promptlang.syntax.printer import format as printed
from tests.syntax.shots import TERMINALS, grammar

if TYPE_CHECKING:
    from pathlib import Path

TEXT = resources.read("grammar", "shot.lark")
# fmt: off
PUMPED = (
    " ", "\t", "\u00a0", "a", "A", "S", "SHOT ", "SHO", "@", "@a", "@a ", "@ ", "＠", "{", "{a",
    "{a}", "}", "(", "()", "(1", "( ", ")", "（", ":", ": ", "=", "= ", ">",
    "<<<", "\\", '\\"',
    '"', "“", "„", "«", "「", '"a" ', "-", "- ", " - ", "--", "–", "# ", " #", " # ", ".", "1",
    "1.", "1:", "1s", "0:04 ", ",", "、", "a.", "a-", "a_", "店", "e\u0301", "\u0301", "\u200b",
    "\u202e", "AS @a ", "voice ", "to ", "INT. ", "COVERAGE ", "EDIT @a,", "é:", "+ ", "_", "🚗",
)
STARTS = (
    "", "@", "@a = ", "@a = character ", '@a = video "v" ', "{a} = ", "{", "SHOT ", "SHOT 1 (",
    "SHOT 1: ", "SHOTT ", "EDIT @a ", "ANGLE ON @a ", "COVERAGE ", "COVERAGE OF @a ", "INT. ",
    "SCENE ", "IN. ", "> ", "@a: ", "@a (", "a (", "super: ", "keep: ", "fal.", "x", "+ ", "\\",
    "#", "The crowd holds ", "// a", "/* a", "**SHOT 1", "[0:05", "PLAN 1 (", "Scene 1", "EDIT:",
    "INNEN ",
)
# fmt: on
# Lines may have 64 kB; a quarter of that tells a quadratic reader as well, in a tenth of the time.
SIZE = 60_000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 16_000


def _examples() -> list[tuple[str, str]]:
    """The line of script in the comment above each rule and line terminal, with its name."""
    found = re.findall(r"^// (.+)\n([A-Z_a-z]+)(?:\.\d+)?: ", TEXT, re.MULTILINE)
    return [(name, line) for line, name in found if name.lower() in RULES | LINES]


RULES = {"header", "scene", "shot", "edit", "angle", "coverage", "lines"}
LINES = {name.lower() for name in TERMINALS}


def test_each_rule_and_line_terminal_has_an_example() -> None:
    assert {name.lower() for name, _ in _examples()} == RULES | LINES


@pytest.mark.parametrize(("name", "line"), _examples())
def test_example_is_what_it_stands_above(name: str, line: str) -> None:
    written = "" if line.startswith("(an empty line)") else line
    terminal = build.terminal(f"{written}\n")
    if name.isupper():
        # The short cuts take most of what PROSE would.
        assert terminal == name or (name == "PROSE" and terminal == "PLAIN_PROSE")
    elif name == "header":
        assert parse(written).blocks[0].lines[0].kind == "field"
    elif name == "lines":
        assert terminal == "REF_PROSE"
    else:
        assert parse(written).blocks[-1].kind == name


def test_keys_of_the_grammar_are_the_keys() -> None:
    (listed,) = re.findall(r"^KEY: /\(\?:([a-z|]+)\)/i$", TEXT, re.MULTILINE)
    assert sorted([*listed.split("|"), "voiceover"]) == sorted(KEYS)


def test_every_terminal_has_a_reader_and_a_strategy() -> None:
    used = {terminal.name for terminal in grammar().terminals}
    assert used == set(TERMINALS) == set(build.KINDS)


@pytest.fixture(scope="module")
def comparer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what Lark compares terminals by.

    It stands apart from the environment: merely installed, it slows down every grammar that is
    built there.
    """
    folder = tmp_path_factory.mktemp("comparer")
    quiet = ["--quiet", "--disable-pip-version-check", "--target", str(folder)]
    done = run([sys.executable, "-m", "pip", "install", *quiet, "interegular"])
    if done.returncode:
        problem = f"interegular cannot be installed: {done.stderr[-500:]}"
        if os.environ.get("CI") == "true":
            pytest.fail(problem)
        pytest.skip(problem)
    return folder


def run(command: list[str], **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={**os.environ, **env},
    )


def strictly(comparer: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Build a grammar in a process that has the comparer, and refuse what collides."""
    build = "import sys, lark, interegular; lark.Lark(sys.argv[1], parser='lalr', strict=True)"
    return run([sys.executable, "-c", build, text], PYTHONPATH=str(comparer))


def test_terminals_do_not_collide(comparer: Path) -> None:
    done = strictly(comparer, TEXT)
    assert done.returncode == 0, done.stderr


def test_terminals_that_collide_are_found(comparer: Path) -> None:
    done = strictly(comparer, "start: (A | B)+\nA: /[ab]+/\nB: /[bc]+/\n")
    assert "Collision between Terminals" in done.stderr


def test_script_of_the_readme_is_canonical_and_clean() -> None:
    (script,) = re.findall(r"```shot\n(.*?)```", resources.read("grammar", "README.md"), re.DOTALL)
    assert parse(script).diagnostics == []
    assert printed(parse(script)) == script


def test_grammar_stands_alone() -> None:
    assert "%import" not in TEXT


@pytest.mark.parametrize("start", STARTS)
def test_readers_are_linear(start: str) -> None:
    """Four times the text may not take sixteen times as long (a quadratic reader would)."""

    def seconds(text: str) -> float:
        begin = time.process_time()
        parse(text)
        return time.process_time() - begin

    for pump in PUMPED:
        small = start + pump * (SIZE // 4 // len(pump))
        large = start + pump * (SIZE // len(pump))
        if seconds(large) < 0.1:
            continue
        # Once slow may be the machine; slow three times is the pattern.
        ratios = [seconds(large) / max(seconds(small), 0.001) for _ in range(3)]
        assert min(ratios) < 10, (start, pump, ratios)
