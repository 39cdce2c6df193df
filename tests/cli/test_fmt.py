"""``promptlang fmt``: what it writes, and what it never touches."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

import pytest

from promptlang.cli import main
from tests.cli.test_commands import real
from tests.tools import lacks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOOSE = "shot 1 (4 sec) :wide shot\n    Waves   break.\n\n\n\nTitle : nothing of a key\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROMPTLANG_TRACEBACK", "1")
    return tmp_path


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_formats_in_place_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(here / "a.shot", LOOSE.encode())
    assert main(["fmt", "a.shot"]) == 0
    clean = path.read_text(encoding="utf-8")
    assert clean.startswith("SHOT 1 (4s): wide shot\n")
    capsys.readouterr()
    assert main(["fmt", "a.shot"]) == 0
    assert path.read_text(encoding="utf-8") == clean
    out, err = capsys.readouterr()
    assert out == ""
    assert "0 of 1 file" in err


def test_check_and_diff_write_nothing(
    here: Path, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]
) -> None:
    path = put(here / "a.shot", LOOSE.encode())
    assert main(["fmt", "--check", "a.shot"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "would format a.shot" in err
    assert main(["fmt", "--diff", "a.shot"]) == 1
    golden("cli/fmt-diff.txt", capsys.readouterr().out)
    assert path.read_bytes() == LOOSE.encode()


def test_clean_files_are_not_touched(here: Path) -> None:
    path = put(here / "a.shot", LOOSE.encode())
    main(["fmt", "a.shot"])
    os.utime(path, ns=(1, 1))
    assert main(["fmt", "--check", "a.shot"]) == 0
    assert main(["fmt", "a.shot"]) == 0
    assert path.stat().st_mtime_ns == 1


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such mode there")
def test_the_mode_and_the_link_stay(here: Path) -> None:
    path = put(here / "a.shot", LOOSE.encode())
    path.chmod(0o640)
    link = here / "link.shot"
    link.symlink_to(path)
    assert main(["fmt", "link.shot"]) == 0
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_bytes() != LOOSE.encode()
    assert sorted(p.name for p in here.iterdir()) == ["a.shot", "link.shot"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay(here: Path, end: str) -> None:
    path = put(here / "a.shot", LOOSE.replace("\n", end).encode())
    assert main(["fmt", "a.shot"]) == 0
    data = path.read_bytes().decode()
    assert data.startswith(f"SHOT 1 (4s): wide shot{end}")
    assert data.replace(end, "").isprintable()


def test_the_byte_order_mark_stays(here: Path) -> None:
    path = put(here / "a.shot", BOM_UTF8 + LOOSE.encode())
    assert main(["fmt", "a.shot"]) == 0
    once = path.read_bytes()
    assert once.startswith(BOM_UTF8 + b"SHOT 1 (4s): wide shot\n")
    assert main(["fmt", "--check", "a.shot"]) == 0
    piped = real("fmt", "-", cwd=here, stdin=BOM_UTF8 + LOOSE.encode())
    assert (piped.returncode, piped.stdout) == (0, once)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such mode there")
def test_a_file_marked_as_read_only_is_left_alone(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(here / "a.shot", LOOSE.encode())
    path.chmod(0o444)
    assert main(["fmt", "--check", "a.shot"]) == 1
    capsys.readouterr()
    assert main(["fmt", "a.shot"]) == 2
    assert 'a.shot" cannot be written: it is read-only' in capsys.readouterr().err
    assert path.read_bytes() == LOOSE.encode()
    assert [p.name for p in here.iterdir()] == ["a.shot"]


def test_standard_input(here: Path) -> None:
    end = LOOSE.replace("\n", "\r\n").encode()
    piped = real("fmt", "-", cwd=here, stdin=end)
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout.startswith(b"SHOT 1 (4s): wide shot\r\n")
    assert real("fmt", "-", cwd=here, stdin=piped.stdout).stdout == piped.stdout
    asked = real("fmt", "-", "--check", "--stdin-filename", "x.shot", cwd=here, stdin=end)
    assert (asked.returncode, asked.stdout) == (1, b"")
    assert b"would format x.shot" in asked.stderr
    assert real("fmt", "-", "--check", cwd=here, stdin=piped.stdout).returncode == 0
    shown = real("fmt", "-", "--diff", cwd=here, stdin=LOOSE.encode())
    assert shown.returncode == 1
    assert shown.stdout.startswith(b"--- <stdin>\n+++ <stdin>\n@@ ")
    assert list(here.iterdir()) == []
    broken = real("fmt", "-", cwd=here, stdin=b"SHOT 1 :wide\n  caf\xe9\n")
    assert (broken.returncode, broken.stdout) == (1, b"")


@pytest.mark.skipif(lacks("patch"), reason="there is no patch to apply it")
def test_a_diff_is_a_patch(here: Path) -> None:
    path = put(here / "a.shot", LOOSE.rstrip("\n").encode())
    shown = real("fmt", "a.shot", "--diff", cwd=here)
    subprocess.run(["patch", "-p0"], input=shown.stdout, cwd=here, check=True, capture_output=True)
    patched = path.read_bytes()
    assert main(["fmt", "--check", "a.shot"]) == 0
    path.write_bytes(LOOSE.rstrip("\n").encode())
    assert main(["fmt", "a.shot"]) == 0
    assert path.read_bytes() == patched


def test_a_write_that_is_broken_off_leaves_the_old_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = put(here / "a.shot", LOOSE.encode())
    monkeypatch.setattr("os.fsync", full)
    assert main(["fmt", "a.shot"]) == 2
    assert path.read_bytes() == LOOSE.encode()
    assert [p.name for p in here.iterdir()] == ["a.shot"]


def test_one_that_is_left_alone_keeps_none_of_the_others(here: Path) -> None:
    put(here / "a.shot", b"SHOT 1 :wide shot\n  caf\xe9\n")
    other = put(here / "b.shot", LOOSE.encode())
    assert main(["fmt", "."]) == 1
    assert other.read_bytes() != LOOSE.encode()


def test_what_cannot_be_read_is_left_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(here / "a.shot", b"SHOT 1 :wide shot\n  caf\xe9\n")
    assert main(["fmt", "a.shot"]) == 1
    assert path.read_bytes() == b"SHOT 1 :wide shot\n  caf\xe9\n"
    assert "left as it is" in capsys.readouterr().err


def test_a_line_nobody_understands_stays_as_it_is(here: Path) -> None:
    path = put(here / "a.shot", b"SHOTT 2 (3s)\nshot 1 (4 sec) :wide shot\n")
    assert main(["fmt", "a.shot"]) == 0
    text = path.read_text(encoding="utf-8")
    assert "SHOTT 2 (3s)" in text
    assert "SHOT 1 (4s): wide shot" in text


def test_what_would_change_the_meaning_is_never_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PROMPTLANG_TRACEBACK")
    monkeypatch.setattr("promptlang.syntax.printer.format", lambda _: "SHOT 9\n")
    path = put(here / "a.shot", LOOSE.encode())
    assert main(["fmt", "a.shot"]) == 3
    assert path.read_bytes() == LOOSE.encode()
    assert "fault of promptlang" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="processes have no such limit there")
def test_a_file_that_cannot_be_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import resource

    path = put(here / "a.shot", LOOSE.encode())
    # Modes of files do not hold the administrator back; this limit does.
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        assert main(["fmt", "a.shot"]) == 2
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert '"a.shot" cannot be written' in capsys.readouterr().err.replace(f"{here}/", "")
    assert path.read_bytes() == LOOSE.encode()
    assert list(here.iterdir()) == [path]
