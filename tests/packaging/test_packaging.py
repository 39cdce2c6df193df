"""What is shipped, and that it works however it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import promptlang

ROOT = Path(__file__).parents[2]

SCRIPT = "target: kling/o1\n\nSHOT 1 (5s): wide shot, static\n  Waves break below a lighthouse.\n"

if not (ROOT / "pyproject.toml").is_file():
    pytest.skip("there is no checkout to build from", allow_module_level=True)


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build wheel and source distribution in a process of its own, without the network."""
    folder = tmp_path_factory.mktemp("dist")
    code = (
        "import sys; from hatchling import build;"
        "print(build.build_wheel(sys.argv[1])); print(build.build_sdist(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    return next(dist.glob("*.whl"))


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def compiles(folder: Path, *python: str, path: str) -> None:
    """Compile a script with what ``path`` leads to, outside the checkout."""
    script = folder / "film.shot"
    script.write_text(SCRIPT, encoding="utf-8")
    # The third-party packages are those of this environment; the checkout itself may be among
    # them as a .pth line, which -S does not read.
    libraries = sysconfig.get_path("purelib")
    done = subprocess.run(
        [sys.executable, "-S", *python, "-m", "promptlang", "compile", "film.shot"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([path, libraries])},
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "Waves break below a lighthouse." in done.stdout


def test_the_wheel_holds_what_is_needed_and_nothing_else(wheel: Path) -> None:
    inside = names(wheel)
    for wanted in (
        "promptlang/py.typed",
        "promptlang/emit/_table.py",
        "promptlang/providers/_table.py",
        "promptlang/syntax/_table.py",
        "promptlang/vocabulary/_table.py",
        "promptlang/grammar/shot.lark",
        "promptlang/grammar/camera.lark",
        "promptlang/grammar/vocabulary/size.toml",
        "promptlang/templates/fal/kling-o3-pro.toml",
    ):
        assert wanted in inside
    assert {name.split("/")[0] for name in inside} == {
        "promptlang",
        f"promptlang_shot-{promptlang.__version__}.dist-info",
    }
    assert not [n for n in inside if "test" in n or n.endswith((".pyc", ".pickle", ".pkl"))]


def test_every_shipped_file_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    inside = set(names(wheel))
    for folder, prefix in (
        ("promptlang", ""),
        ("grammar", "promptlang/"),
        ("templates", "promptlang/"),
    ):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert prefix + path.relative_to(ROOT).as_posix() in inside


def test_the_metadata(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folder = f"promptlang_shot-{promptlang.__version__}.dist-info"
        metadata = archive.read(f"{folder}/METADATA").decode()
        entries = archive.read(f"{folder}/entry_points.txt").decode()
    head = metadata.split("\n\n", 1)[0].splitlines()
    assert "Name: promptlang-shot" in head
    assert f"Version: {promptlang.__version__}" in head
    assert "Requires-Python: >=3.11" in head
    needs = [line for line in head if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert sorted(line.split()[1].split("<")[0].split(">")[0] for line in needs) == [
        "jinja2",
        "lark",
        "pydantic",
    ]
    assert "promptlang = promptlang.cli:main" in entries


def test_the_source_distribution_builds_the_same_wheel(dist: Path, wheel: Path) -> None:
    unpacked = dist / "unpacked"
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        archive.extractall(unpacked, filter="data")
    source = next(unpacked.iterdir())
    assert (source / "tests" / "conftest.py").is_file()
    code = "import sys; from hatchling import build; print(build.build_wheel(sys.argv[1]))"
    again = dist / "again"
    again.mkdir()
    subprocess.run([sys.executable, "-c", code, str(again)], cwd=source, check=True)
    assert sorted(names(next(again.glob("*.whl")))) == sorted(names(wheel))


def test_an_installed_wheel_compiles(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    compiles(tmp_path, path=str(installed))


def test_a_wheel_on_the_path_compiles(wheel: Path, tmp_path: Path) -> None:
    compiles(tmp_path, path=str(wheel))


def test_a_checkout_compiles(tmp_path: Path) -> None:
    compiles(tmp_path, path=str(ROOT))


def test_a_broken_installation_says_what_is_missing(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed, [n for n in archive.namelist() if "grammar" not in n])
    code = "from promptlang import resources; resources.root()"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(installed)},
    )
    assert "FileNotFoundError: grammar/shot.lark is neither in" in done.stderr


def test_the_version_is_written_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "promptlang/version.py"


def test_dependencies_are_the_ones_agreed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {entry.split(">")[0] for entry in project["dependencies"]}
    assert wanted == {"jinja2", "lark", "pydantic"}


def test_contributing_shows_the_layers_that_are_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = contracts["tool"]["importlinter"]["contracts"][0]["layers"]
    chain = " → ".join(f"`{layer}`" for layer in layers if layer != "__main__")
    words = " ".join((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
    assert f"Imports point down only: {chain}." in words
