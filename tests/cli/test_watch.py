"""``check --watch`` in a process of its own: what it sees, what it survives, how it ends."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import promptlang
from promptlang.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOOD = "SHOT 1 (5s): wide shot, static\n  Waves break below a lighthouse.\n"
BAD = GOOD.replace("Waves", "@Keeper")
INCLUDING = "include: cast.shot\n\n" + BAD
CAST = "@Keeper = character: a lighthouse keeper\n"

OPTIONS = ("check", "--watch", "--format", "concise")

# How long a process may be silent before the test gives up; nothing is measured.
PATIENCE = 90

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals work otherwise there")


class Watched:
    """A running ``check --watch``, read line by line."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "promptlang",
                "check",
                "--watch",
                "--format",
                "concise",
                *arguments,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(Path(promptlang.__file__).parents[1])},
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def round(self) -> str:
        """Return what was said up to the end of a check."""
        said = ""
        while "watching" not in said:
            line = self._lines.get(timeout=PATIENCE)
            assert line, f"it ended: {said}"
            said += line
        return said

    def until(self, *words: str) -> str:
        """Return the first round that holds all words: a change may be seen in two steps."""
        said = self.round()
        while not all(word in said for word in words):
            said = self.round()
        return said

    def end(self) -> str:
        """Interrupt it as Ctrl-C does; return what it still said."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return "".join(iter(self._lines.get_nowait, ""))

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Watched]]:
    monkeypatch.chdir(tmp_path)
    running: list[Watched] = []

    def start(*arguments: str) -> Watched:
        running.append(Watched(*arguments))
        return running[-1]

    yield start
    for one in running:
        one.close()


def test_a_script_that_changes_and_the_end(started: Callable[..., Watched]) -> None:
    Path("a.shot").write_text(GOOD)
    watched = started("a.shot")
    assert "unknown-name" not in watched.round()
    Path("a.shot").write_text(BAD)
    said = watched.until("unknown-name")
    assert "a.shot:2:3" in said
    assert "\x1b" not in said
    assert watched.end() == ""
    assert watched.process.returncode == 130


def test_an_included_file_and_a_missing_one(started: Callable[..., Watched]) -> None:
    Path("a.shot").write_text(INCLUDING)
    watched = started("a.shot")
    assert "include-not-found" in watched.round()
    Path("cast.shot").write_text(CAST)
    assert "unknown-name" not in watched.round()
    Path("cast.shot").write_text("@Kepper = character: a lighthouse keeper\n")
    watched.until("unknown-name")


def test_the_configuration(started: Callable[..., Watched]) -> None:
    Path("film").mkdir()
    Path("film/a.shot").write_text(GOOD.replace("5s", "50s"))
    watched = started("film")
    assert "shot-too-long" not in watched.round()
    Path("promptlang.toml").write_text('target = "kling/o1"\n')
    watched.until("shot-too-long")
    Path("promptlang.toml").write_text("target = \n")
    watched.until("promptlang.toml: not TOML")
    Path("promptlang.toml").unlink()
    assert "shot-too-long" not in watched.until("watching 1 script;")


def test_files_that_come_and_go(started: Callable[..., Watched]) -> None:
    Path("film").mkdir()
    Path("film/a.shot").write_text(GOOD)
    watched = started("film")
    watched.round()
    Path("film/b.shot").write_text(BAD)
    watched.until("b.shot:2:3", "watching 2 scripts")
    Path("film/b.shot").unlink()
    assert "b.shot" not in watched.until("watching 1 script;")
    Path("film/a.shot").unlink()
    watched.until('"film" holds no *.shot file')
    Path("film/a.shot").write_text(BAD)
    watched.until("a.shot:2:3")


def test_wrong_use_ends_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--watch", "-"]) == 2
    assert main(["check", "--watch", "missing.shot"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "--watch follows files" in err
    assert '"missing.shot" does not exist' in err


def test_a_terminal_is_cleared_before_each_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("promptlang.cli.watch.sleep", interrupted)
    monkeypatch.setenv("TERM", "xterm")
    Path("a.shot").write_text(BAD)
    assert main(["check", "--watch", "a.shot"]) == 130
    assert "\x1b[2J" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["check", "--watch", "a.shot"]) == 130
    assert capsys.readouterr().out.startswith("\x1b[2J\x1b[H")
