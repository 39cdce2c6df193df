"""Files are written whole or not at all, and folders searched as people expect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import promptlang
from promptlang.cli import UsageError
from promptlang.cli.files import scripts, write

ROOT = Path(promptlang.__file__).parents[1]


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_text("")
    write(tmp_path / "new", b"data")
    assert (tmp_path / "new").read_bytes() == b"data"
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "old"
    path.write_bytes(b"old")
    monkeypatch.setattr(step, full)
    with pytest.raises(UsageError, match="cannot be written: No space left on device"):
        write(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["old"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_killed_writer_never_leaves_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "film.shot"
    old, new = b"a" * 400_000, b"b" * 400_000
    path.write_bytes(old)
    code = (
        "import sys; from pathlib import Path; from promptlang.cli.files import write\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    for letter in b'ab': write(Path(sys.argv[1]), bytes([letter]) * 400_000)\n"
    )
    for number in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.003 * number)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert path.read_bytes() in {old, new}
    stranger = tmp_path / ".film.shot.other.tmp"
    stranger.write_bytes(b"not ours")
    machine = os.uname().nodename[:40]
    at_work = tmp_path / f".film.shot.promptlang-{machine}-{os.getpid()}-x.tmp"
    at_work.write_bytes(b"being written")
    write(path, old)
    # What the killed ones left is gone; what is no one's or somebody's at work stays.
    assert sorted(tmp_path.iterdir()) == sorted([path, stranger, at_work])


def test_folders_are_searched_in_order_and_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.shot", "a.shot", "c/d.shot", ".venv/e.shot", "f.txt", "c/.g/h.shot"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    found = [
        Path(p).relative_to(tmp_path).as_posix() for p in scripts([str(tmp_path)], folders=True)
    ]
    assert found == ["a.shot", "b.shot", "c/d.shot"]


def test_a_file_named_twice_is_meant_once(tmp_path: Path) -> None:
    path = tmp_path / "a.shot"
    path.write_text("")
    assert scripts([str(path), str(path), "-"], folders=True) == [str(path), "-"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such links")
def test_a_folder_that_contains_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.shot").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(scripts([str(tmp_path)], folders=True)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_and_an_endless_file_are_read_up_to_the_limit(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "promptlang", "check", "--format", "concise", "/dev/zero"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert done.stdout.count(b"\n") == 1
