"""What is imported for what: start-up time is mostly imports, and these can be counted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import promptlang

ROOT = Path(promptlang.__file__).parents[1]

HEAVY = {"pydantic", "jinja2", "lark", "importlib.metadata", "importlib.resources", "asyncio"}
NEVER = {"asyncio", "importlib.metadata", "importlib.resources", "threading", "dataclasses"}

SCRIPT = """\
target: fal/kling-o3-pro

@Ada = character "ada.png": a driver of sixty

INT. GARAGE - DAWN

SHOT 1 (5s): medium close-up, slow push in
  @Ada breathes out.

> match cut

SHOT 2 (5s): wide shot, static
  The road lies empty.
"""


def imported(code: str, folder: Path, root: Path = ROOT) -> set[str]:
    """Return the modules that are there after running code in a fresh interpreter."""
    program = f"import sys\n{code}\nprint(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    return set(done.stdout.splitlines()[-1].split())


def run(*arguments: str) -> str:
    return f"from promptlang.cli import main; main({list(arguments)!r})"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "film.shot").write_text(SCRIPT, encoding="utf-8")
    return tmp_path


def test_importing_the_package_costs_next_to_nothing(folder: Path) -> None:
    bare = imported("", folder)
    assert {m for m in imported("import promptlang", folder) - bare if "promptlang" in m} == {
        "promptlang",
        "promptlang.version",
    }


def test_version_needs_no_parser_of_arguments(folder: Path) -> None:
    modules = imported(run("--version"), folder)
    assert not modules & (HEAVY | {"argparse", "pathlib", "re", "tomllib", "typing"})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package with its tables, as a build leaves it."""
    root = tmp_path_factory.mktemp("built")
    for name in ("promptlang", "grammar", "templates"):
        inside = ROOT / name if (ROOT / name).is_dir() else ROOT / "promptlang" / name
        ignore = shutil.ignore_patterns("__pycache__", "_table.py")
        shutil.copytree(inside, root / name, ignore=ignore)
    write = (
        "from promptlang.emit import templates; from promptlang.syntax import grammar;"
        "from promptlang.providers import written; from promptlang.vocabulary import build;"
        "grammar.write(); build.write(); written.write(); templates.write()"
    )
    imported(write, root, root)
    return root


def test_check_imports_nothing_of_the_output(folder: Path) -> None:
    assert not imported(run("check", "film.shot"), folder) & {"pydantic", "jinja2"}


def test_once_built_check_needs_no_grammar(folder: Path, built: Path) -> None:
    modules = imported(run("check", "film.shot"), folder, built)
    assert "promptlang.syntax._table" in modules
    assert not modules & (HEAVY | NEVER)


@pytest.mark.parametrize("format", ["text", "copy", "json", "curl"])
def test_once_built_compile_needs_no_library(folder: Path, built: Path, format: str) -> None:
    modules = imported(run("compile", "film.shot", "--format", format), folder, built)
    assert {"promptlang.emit._table", "promptlang.providers._table"} < modules
    assert not modules & (HEAVY | NEVER)


def test_fmt_needs_neither_vocabulary_nor_targets(folder: Path, built: Path) -> None:
    modules = imported(run("fmt", "--check", "film.shot"), folder, built)
    assert not modules & (HEAVY | NEVER | {"promptlang.providers.registry"})


def test_checking_through_python_is_as_light(folder: Path) -> None:
    modules = imported("import promptlang; promptlang.check('SHOT 1 (5s)\\n  Waves.\\n')", folder)
    assert not modules & {"pydantic", "jinja2", "argparse"}


def test_only_asking_for_a_schema_brings_pydantic(folder: Path) -> None:
    asked = "import promptlang; promptlang.Compilation"
    assert "pydantic" not in imported(asked, folder)
    assert "pydantic" in imported(f"{asked}.model_json_schema()", folder)
