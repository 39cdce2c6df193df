"""The extension for Visual Studio Code: what can be said of it without starting an editor.

Node comes with the development dependencies (or is the system's), the rest from npm into a cache of
pytest. Without npm or its registry that is skipped on a developer's machine and fails in CI. The
editor itself is driven by ``nox -s editors``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

import promptlang
from promptlang.lsp.commands import COMMANDS
from promptlang.syntax.keys import KEYS, KINDS
from promptlang.syntax.pages import expand
from tests.editors import node, vscode
from tests.tools import missing

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
EXTENSION = vscode.EXTENSION
SUFFIX = ".promptlang-shot"
CORPUS = ROOT / "tests" / "corpus" / "lines.tsv"


@cache
def read(name: str) -> Any:
    return json.loads((EXTENSION / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extension(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the extension with everything it is built with."""
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("editors") if cache else tmp_path_factory.mktemp("editors")
    try:
        return vscode.checkout(Path(folder))
    except node.MissingError as error:
        missing(str(error))


def run(extension: Path, script: str, *words: str, typed: str | None = None) -> str:
    """Run a script of node in the extension and return what it prints."""
    done = subprocess.run(
        [*node.node(), script, *words],
        cwd=extension,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_version_is_that_of_the_package() -> None:
    assert read("package.json")["version"] == promptlang.__version__
    assert f"## {promptlang.__version__}\n" in (EXTENSION / "CHANGELOG.md").read_text("utf-8")
    assert (EXTENSION / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_what_it_is_built_with_is_pinned_and_names_no_host() -> None:
    manifest, lock = read("package.json"), read("package-lock.json")
    pinned = {**manifest["dependencies"], **manifest["devDependencies"]}
    assert all(re.fullmatch(r"[\d.]+", version) for version in pinned.values())
    assert lock["version"] == manifest["version"]
    assert not [name for name, row in lock["packages"].items() if "resolved" in row]


def test_every_command_is_registered_and_is_none_of_the_servers() -> None:
    names = {row["command"] for row in read("package.json")["contributes"]["commands"]}
    source = (EXTENSION / "src" / "extension.ts").read_text("utf-8")
    table = source[source.index("const all:") : source.index("return Object.entries(all)")]
    assert {f"promptlang.{name}" for name in re.findall(r"^    (\w+): ", table, re.M)} == names
    assert not names & COMMANDS.keys()


def test_what_it_asks_of_the_server_is_there() -> None:
    sources = (EXTENSION / "src").rglob("*.ts")
    text = "\n".join(path.read_text("utf-8") for path in sources)
    asked = set(re.findall(r'\.run(?:<[^(]*>)?\(\s*"(promptlang\.\w+)"', text))
    assert asked == COMMANDS.keys()


def test_commands_of_the_walkthrough_are_there() -> None:
    contributed = read("package.json")["contributes"]
    names = {row["command"] for row in contributed["commands"]}
    (walkthrough,) = contributed["walkthroughs"]
    for step in walkthrough["steps"]:
        (command,) = re.findall(r"\(command:([\w.]+)\)", step["description"])
        assert command in names
        assert (EXTENSION / step["media"]["markdown"]).is_file()


def test_every_file_it_names_is_there() -> None:
    named = re.findall(r'"(\./[\w./-]+|images/[\w.]+)"', json.dumps(read("package.json")))
    assert len(named) > 5
    missing = {name for name in named if not (EXTENSION / name).is_file()}
    assert missing <= {"./dist/extension.js"}  # which is built


def test_the_words_of_the_grammar_are_those_of_the_language() -> None:
    rules = read("syntaxes/promptlang-shot.tmLanguage.json")["repository"]
    keys = re.search(r"\(\(\?i:([a-z|]+)\)\)", rules["text-field"]["begin"])
    spoken = re.search(r"\(\(\?i:([a-z|]+)\)\)", rules["spoken"]["begin"])
    assert keys is not None
    assert spoken is not None
    assert {*keys[1].split("|"), *spoken[1].split("|")} == KEYS.keys()
    kinds = re.search(r"\(\(\?i:([a-z|]+)\)\)", rules["declaration"]["patterns"][0]["match"])
    assert kinds is not None
    assert kinds[1].split("|") == [*KINDS]


@pytest.mark.parametrize("name", read("snippets/shot.json"))
def test_a_snippet_is_a_script(name: str) -> None:
    body = "\n".join(read("snippets/shot.json")[name]["body"])
    words = {"$2": "relit", "$4": "Hero"}
    text = re.sub(r"\$\{\d+\|([^,|]+)[^}]*\}", r"\1", body)
    text = re.sub(r"\$\{\d+:([^{}]*)\}", r"\1", text)
    text = re.sub(r"\$\d", lambda found: words.get(found[0], "A dog runs."), text)
    declared = {
        "Source": "video",
        "First": "character",
        "Second": "character",
        "Name": "character",
    }
    header = "".join(f"@{n} = {kind}\n" for n, kind in declared.items() if f"@{n}" in text)
    found = promptlang.check(f"{header}\n{text}\n")
    assert [d.message for d in found if d.severity.value == "error"] == []


def test_a_line_is_coloured_as_what_it_is(extension: Path) -> None:
    """The line corpus of the parser: where a line is something, the colours agree."""
    rows = [row.split("\t") for row in CORPUS.read_text(encoding="utf-8").splitlines()]
    lines = [expand(row[0]) for row in rows]
    kinds = json.loads(run(extension, "test/kinds.mjs", typed=json.dumps(lines)))
    wrong = [
        (line, row[1], kind)
        for line, row, kind in zip(lines, rows, kinds, strict=True)
        # What is nearly something is a mistake, which colours need not know.
        if kind == "open" or (row[1] != kind.replace("-", " ") and not row[1].startswith("junk:"))
    ]
    assert wrong == []
    assert len(rows) > 600


def test_the_colours_of_each_piece(extension: Path) -> None:
    tester = "node_modules/vscode-tmgrammar-test/dist/unit.js"
    grammar = "syntaxes/promptlang-shot.tmLanguage.json"
    run(extension, tester, "-g", grammar, "test/grammar/*.shot")


def test_the_colours_of_the_examples(
    extension: Path, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    tester = "node_modules/vscode-tmgrammar-test/dist/snapshot.js"
    grammar = "syntaxes/promptlang-shot.tmLanguage.json"
    run(extension, tester, "-g", grammar, "-u", f"{tmp_path.as_posix()}/examples/**/*.shot")
    scripts = sorted(tmp_path.rglob("*.shot"))
    assert len(scripts) > 15
    for script in scripts:
        scopes = Path(f"{script}.snap").read_text(encoding="utf-8")
        short = scopes.replace(f"source{SUFFIX} ", "").replace(f"source{SUFFIX}", "-")
        golden(f"editors/{script.stem}.txt", short.replace(SUFFIX, ""))


def test_what_runs_without_an_editor(extension: Path) -> None:
    run(extension, "esbuild.mjs", "test")
    tests = sorted(str(path) for path in (extension / "dist" / "test").glob("*.js"))
    assert len(tests) >= 3
    run(extension, "--test", *tests)


def test_its_types(extension: Path) -> None:
    run(extension, "node_modules/typescript/bin/tsc", "--noEmit")


def test_what_is_in_the_package(extension: Path) -> None:
    node.npm("run", "package", "--", "--out", "promptlang.vsix", cwd=extension)
    with ZipFile(extension / "promptlang.vsix") as package:
        names = {name.lower().removeprefix("extension/") for name in package.namelist()}
        bundle = package.read("extension/dist/extension.js").decode()
    wanted = {
        path.relative_to(EXTENSION).as_posix().lower()
        for folder in ("images", "media", "snippets", "syntaxes", "walkthrough")
        for path in (EXTENSION / folder).iterdir()
    }
    wanted |= {"dist/extension.js", "dist/preview.js", "language-configuration.json"}
    wanted |= {"package.json", "readme.md", "changelog.md", "license.txt"}
    # The rest is the packager's own.
    assert names - {"[content_types].xml", "extension.vsixmanifest"} == wanted
    assert "node_modules" not in bundle
