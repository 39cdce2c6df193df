"""Runs the command as a user's shell does, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import promptlang

ROOT = Path(promptlang.__file__).parents[1]
EXAMPLES = ROOT / "examples"
CANARY = "CANARY-7f3a9d"
"""Stands in the environment of every process; nothing may ever print it."""

KEYS = ("FAL_KEY", "WAVESPEED_API_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY", "KLING_API_KEY")


class Done:
    """How a process ended."""

    def __init__(self, ended: subprocess.CompletedProcess[bytes]) -> None:
        self.code = ended.returncode
        self.out = ended.stdout.decode("utf-8")
        self.err = ended.stderr.decode("utf-8")
        assert "Traceback" not in self.err, self.err
        assert CANARY not in self.out + self.err

    def json(self) -> Any:
        """Return standard output as one JSON value."""
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        """Return standard output as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which every key a provider reads is the canary."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **dict.fromkeys(KEYS, CANARY), **more}


def command(*arguments: str | bytes) -> list[str | bytes]:
    """Return a command line of this Python for promptlang."""
    return [sys.executable, "-m", "promptlang", *arguments]


def shell(*arguments: str | bytes, cwd: Path, stdin: bytes = b"", **env: str) -> Done:
    """Run promptlang and wait for its end."""
    return Done(
        subprocess.run(
            command(*arguments),
            cwd=cwd,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
            env=environment(**env),
        )
    )


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file exactly as it is given."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
