"""Where teams run promptlang: the hooks of pre-commit, and the action of GitHub."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from promptlang.cli import main
from tests.tools import lacks, missing

if TYPE_CHECKING:
    from tests.tools import Tools

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / "action.yml"
SHIPPED = ("promptlang", "grammar", "templates", "README.md", "LICENSE", "pyproject.toml")

LOOSE = "target: kling/o1\n\nshot 1 (5s): wide shot, static\n  Waves break below a lighthouse.\n"
CLEAN = LOOSE.replace("shot 1", "SHOT 1")
BAD = CLEAN.replace("Waves", "@Keeper")

if not HOOKS.is_file():
    pytest.skip("there is no checkout", allow_module_level=True)


def read(path: Path, tools: Tools) -> Any:
    """Return what a YAML file holds, read by the parser pre-commit brings along."""
    program = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))"
    done = subprocess.run(
        [tools.command("python"), "-c", program, str(path)], capture_output=True, check=True
    )
    return json.loads(done.stdout)


# --- pre-commit --------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of what is shipped, as pre-commit would fetch it."""
    if shutil.which("git") is None:
        missing("there is no git")
    folder = tmp_path_factory.mktemp("hooks")
    for name in (*SHIPPED, "hatch_build.py", HOOKS.name):
        if (ROOT / name).is_dir():
            ignore = shutil.ignore_patterns("__pycache__", "_table.py")
            shutil.copytree(ROOT / name, folder / name, ignore=ignore)
        else:
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "as shipped")
    return folder


def test_the_hooks_are_declared_rightly(tools: Tools) -> None:
    done = subprocess.run(
        [tools.command("pre-commit"), "validate-manifest", str(HOOKS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    declared = {hook["id"]: hook["entry"] for hook in read(HOOKS, tools)}
    assert declared == {
        "promptlang-check": "promptlang check",
        "promptlang-fmt": "promptlang fmt",
    }


def test_the_hooks_run(hooks: Path, tools: Tools, tmp_path: Path) -> None:
    for name, text in (("bad.shot", BAD), ("loose.shot", LOOSE), ("notes.txt", "SHOT")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    done = subprocess.run(
        [tools.command("pre-commit"), "try-repo", str(hooks), "--all-files"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PYTHONPATH": ""},
    )
    if "CalledProcessError" in done.stdout and "CI" not in os.environ:
        pytest.skip(f"the hooks cannot be installed: {done.stdout[-300:]}")
    assert done.returncode == 1
    assert "bad.shot:4:3" in done.stdout
    assert "unknown-name" in done.stdout
    assert "formatted loose.shot" in done.stdout
    assert "notes.txt" not in done.stdout
    assert (tmp_path / "loose.shot").read_text(encoding="utf-8") == CLEAN


# --- the action --------------------------------------------------------------------------------


def test_the_action_has_the_fields_it_may_have(tools: Tools) -> None:
    done = subprocess.run(
        [
            tools.command("check-jsonschema"),
            "--builtin-schema",
            "vendor.github-actions",
            str(ACTION),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_action_runs_nothing_a_caller_writes(tools: Tools) -> None:
    steps = read(ACTION, tools)["runs"]["steps"]
    assert all("${{" not in step.get("run", "") for step in steps)
    assert all("shell" in step for step in steps if "run" in step)


@pytest.mark.skipif(lacks("bash"), reason="there is no bash to run it")
@pytest.mark.parametrize(("text", "code"), [(BAD, 1), (CLEAN, 0)], ids=["bad", "clean"])
def test_the_action_checks(tools: Tools, tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "a.shot").write_text(text, encoding="utf-8")
    action = read(ACTION, tools)
    (step,) = [s for s in action["runs"]["steps"] if "check" in s.get("run", "")]
    given = {"inputs.paths": "films films/a.shot", "inputs.arguments": "--strict --max-warnings 9"}
    for name, entry in action["inputs"].items():
        assert "description" in entry
        assert f"inputs.{name}" in json.dumps(action["runs"])
    variables = {
        name: given[value.removeprefix("${{ ").removesuffix(" }}")]
        for name, value in step["env"].items()
    }
    place = str(Path(sys.executable).parent)
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            **variables,
            "PATH": os.pathsep.join([place, os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
        },
    )
    assert done.returncode == code, done.stderr
    assert ("::error file=films/a.shot,line=4," in done.stdout) == bool(code)


def test_a_path_that_looks_like_an_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--bad.shot").write_text(BAD, encoding="utf-8")
    assert main(["check", "--format", "concise", "--", "--bad.shot"]) == 1
    assert capsys.readouterr().out.startswith("--bad.shot:4:3")
