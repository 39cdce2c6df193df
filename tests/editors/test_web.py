"""The pages to write scripts in, of CodeMirror and the playground, as far as no browser is needed.

promptlang in a browser has to say byte for byte what it says here. As with the extension, node and
npm are skipped over where they are missing, but not in CI.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

import promptlang
from promptlang.lsp.commands import COMMANDS
from tests.editors import node, web
from tests.tools import missing

PAGES = Path(__file__).parents[2] / "editors"
EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = {
    str(path): path.read_text(encoding="utf-8")
    for path in sorted(EXAMPLES.rglob("*"))
    if path.suffix in {".csv", ".shot", ".toml"}
}
CODE = """
import json
from promptlang.providers.registry import targets
from promptlang.workspace import Workspace

found = {}
for path in PATHS:
    document = Workspace().read(path)
    made = document.compilations()
    made += [document.for_target(target.id) for target in targets()] if EVERY in path else []
    found[path] = {
        "made": [one.model_dump_json(by_alias=True) for one in made],
        "problems": [str(problem) for problem in document.diagnostics],
        "formatted": document.formatted,
    }
json.dumps(found)
"""
NAMES = {"PATHS": [path for path in FILES if path.endswith(".shot")], "EVERY": "race_spot"}


@pytest.fixture(scope="session")
def cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which what comes from npm may stay."""
    kept = getattr(request.config, "cache", None)
    return Path(kept.mkdir("editors")) if kept else tmp_path_factory.mktemp("editors")


def had(make: Any, *words: Any) -> Path:
    """Return what can be made, unless what it is made with cannot be had."""
    try:
        made: Path = make(*words)
    except node.MissingError as error:
        missing(str(error))
    return made


@pytest.fixture(scope="module", params=web.PAGES)
def page(request: pytest.FixtureRequest, cache: Path) -> Path:
    """The folder of a page, with everything it is built with."""
    return had(web.checkout, cache, request.param)


def run(folder: Path, *words: str, typed: str | None = None) -> str:
    """Run node in a folder and return what it prints."""
    done = subprocess.run(
        [*node.node(), *words],
        cwd=folder,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", web.PAGES)
def test_what_it_is_built_with_is_pinned_and_names_no_host(name: str) -> None:
    manifest, lock = (
        json.loads((PAGES / name / file).read_text(encoding="utf-8"))
        for file in ("package.json", "package-lock.json")
    )
    pinned = {**manifest["dependencies"], **manifest["devDependencies"]}
    own = {"promptlang-codemirror": "file:../codemirror"}
    assert all(
        re.fullmatch(r"[\d.]+", version) or own.get(package) == version
        for package, version in pinned.items()
    )
    assert lock["version"] == manifest["version"] == promptlang.__version__
    places = {row["resolved"] for row in lock["packages"].values() if "resolved" in row}
    assert places <= {"../codemirror"}


def test_what_it_asks_of_the_server_is_there() -> None:
    text = "\n".join(path.read_text("utf-8") for path in (PAGES / "codemirror").rglob("src/*.ts"))
    asked = set(re.findall(r'"(promptlang\.\w+)"', text)) - {"promptlang.theme"}
    assert asked
    assert asked <= COMMANDS.keys()


def test_what_runs_without_a_browser(page: Path) -> None:
    run(page, "build.mjs" if page.name == "playground" else "esbuild.mjs", "test")
    tests = sorted(str(path) for path in (page / "dist" / "test").glob("*.cjs"))
    assert tests
    run(page, "--test", *tests)


def test_the_types_of_both(cache: Path) -> None:
    page = had(web.checkout, cache, "playground")
    run(page, "node_modules/typescript/bin/tsc", "--noEmit")


def test_it_is_one_file(cache: Path) -> None:
    text = had(web.built, cache, "codemirror").read_text(encoding="utf-8")
    assert outside(text) == []
    assert "connect-src ws://127.0.0.1:* ws://localhost:*" in text


def outside(text: str) -> list[str]:
    """Return what the markup of a page would fetch."""
    markup = re.sub(r"(<(style|script)\b[^>]*>).*?</\2>", r"\1", text, flags=re.DOTALL)
    named = re.findall(r'\b(?:src|href)="([^"]*)"', markup)
    assert named
    return [address for address in named if not address.startswith("data:")]


@pytest.fixture(scope="module")
def playground(cache: Path) -> Path:
    return had(web.built, cache, "playground")


def here() -> dict[str, Any]:
    """Return what the code gives in this Python."""
    *lines, last = CODE.strip().splitlines()
    names: dict[str, Any] = dict(NAMES)
    exec("\n".join(lines), names)
    found: dict[str, Any] = json.loads(eval(last, names))
    return found


def test_the_playground_is_one_file_that_reaches_nothing(playground: Path) -> None:
    text = playground.read_text(encoding="utf-8")
    assert outside(text) == []
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "connect-src" not in policy[1]
    assert "http" not in policy[1]


def test_the_playground_brings_the_examples(playground: Path) -> None:
    found = re.search(r'id="examples">(.*?)</script>', playground.read_text("utf-8"), re.DOTALL)
    assert found is not None
    brought = {str(EXAMPLES / name): text for name, text in json.loads(found[1]).items()}
    assert brought == FILES


def test_every_example_is_made_as_it_is_here(playground: Path) -> None:
    names = "\n".join(f"{name} = {value!r}" for name, value in NAMES.items())
    plan = json.dumps({"files": FILES, "code": f"{names}\n{CODE}"})
    there = json.loads(run(playground.parents[1], "test/run.mjs", typed=plan))
    made = here()
    assert len(made) > 15
    assert there.keys() == made.keys()
    for path, wanted in made.items():
        assert there[path] == wanted, path
