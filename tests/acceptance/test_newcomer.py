"""What a new user sees: ten scripts with the mistakes people make, and every word said of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from promptlang.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

BAD = sorted((Path(__file__).parent / "bad").glob("*.shot"))


@pytest.fixture
def script(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One of the scripts in a folder of its own, which is where the user is."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(request.param, tmp_path))


def test_there_are_ten() -> None:
    assert len(BAD) == 10


@pytest.mark.parametrize("script", BAD, ids=lambda path: path.stem, indirect=True)
def test_what_a_new_user_sees(
    script: Path, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]
) -> None:
    """The whole output; read the golden file as the one who wrote the script."""
    assert main(["check", script.name]) == 1
    told = capsys.readouterr()
    golden(f"newcomer/{script.stem}.txt", told.out + told.err)


@pytest.mark.parametrize("script", BAD, ids=lambda path: path.stem, indirect=True)
@pytest.mark.parametrize("options", [["--fix"], ["--fix", "--unsafe-fixes"]], ids=" ".join)
def test_fixing_twice_changes_nothing_more(script: Path, options: list[str]) -> None:
    before = script.read_bytes()
    main(["check", *options, script.name])
    once = script.read_bytes()
    main(["check", *options, script.name])
    assert script.read_bytes() == once
    # Not every script has something a safe fix can mend; something mends each of them.
    assert once != before or "--unsafe-fixes" not in options


@pytest.mark.parametrize("script", BAD, ids=lambda path: path.stem, indirect=True)
def test_what_is_reported_and_no_error_can_be_silenced(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--add-ignore", "--reason", "an old script", script.name])
    capsys.readouterr()
    main(["check", "--format", "concise", script.name])
    left = capsys.readouterr().out.splitlines()
    assert left
    assert all(": error: " in line for line in left)
