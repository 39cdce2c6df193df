"""The playground: promptlang in a browser says byte for byte what it says here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.editors import web
from tests.editors.test_codemirror import cache, had, outside, run

__all__ = ["cache"]  # the fixture is shared

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


@pytest.fixture(scope="module")
def page(cache: Path) -> Path:
    return had(web.built, cache, "playground")


def here() -> dict[str, Any]:
    """Return what the code gives in this Python."""
    *lines, last = CODE.strip().splitlines()
    names: dict[str, Any] = dict(NAMES)
    exec("\n".join(lines), names)
    found: dict[str, Any] = json.loads(eval(last, names))
    return found


def test_it_is_one_file_that_reaches_nothing(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert outside(text) == []
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "connect-src" not in policy[1]
    assert "http" not in policy[1]


def test_it_brings_the_examples(page: Path) -> None:
    found = re.search(r'id="examples">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    assert found is not None
    brought = {str(EXAMPLES / name): text for name, text in json.loads(found[1]).items()}
    assert brought == FILES


def test_every_example_is_made_as_it_is_here(page: Path) -> None:
    names = "\n".join(f"{name} = {value!r}" for name, value in NAMES.items())
    plan = json.dumps({"files": FILES, "code": f"{names}\n{CODE}"})
    there = json.loads(run(page.parents[1], "test/run.mjs", typed=plan))
    made = here()
    assert len(made) > 15
    assert there.keys() == made.keys()
    for path, wanted in made.items():
        assert there[path] == wanted, path
