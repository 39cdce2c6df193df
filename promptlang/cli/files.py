"""Which scripts a command line means, and how files are written: whole or not at all."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.cli import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.session import Document
    from promptlang.workspace import Workspace

STDIN = "-"


def scripts(paths: Iterable[str], *, folders: bool) -> list[str]:
    """Return the files meant by paths, each once, in order; a folder stands for its scripts.

    Raises:
        UsageError: A path leads nowhere, or a folder holds no script or is none wanted here.
    """
    found: list[str] = []
    for path in paths:
        if path == STDIN or Path(path).is_file() or _is_stream(path):
            found.append(path)
        elif Path(path).is_dir():
            if not folders:
                raise UsageError(f'"{path}" is a folder; name the scripts in it')
            inside = list(_search(path))
            if not inside:
                raise UsageError(f'"{path}" holds no *.shot file')
            found += inside
        else:
            raise UsageError(f'"{path}" does not exist')
    return list(dict.fromkeys(found))


def _is_stream(path: str | Path) -> bool:
    """Whether a path is a pipe, as the shell's ``<(…)`` gives."""
    return Path(path).is_fifo() or Path(path).is_char_device()


def _search(folder: str) -> Iterable[str]:
    for place, names, files in os.walk(folder, onerror=_unsearchable):
        names[:] = sorted(name for name in names if not name.startswith("."))
        # Editors lock ``film.shot`` with a link ``.#film.shot`` that leads nowhere.
        for name in sorted(name for name in files if not name.startswith(".")):
            path = Path(place, name)
            # A pipe that happens to lie there would be waited for without end.
            if name.endswith(".shot") and not _is_stream(path):
                yield str(path)


def _unsearchable(error: OSError) -> None:
    raise UsageError(f'"{error.filename}" cannot be searched: {error.strerror or error}') from None


def read(path: str) -> bytes:
    """Return what a file holds, or standard input for ``-``; a little too much is enough.

    Raises:
        UsageError: It cannot be read.
    """
    from promptlang.session import read_bytes
    from promptlang.syntax.limits import FILE_LIMIT

    if path == STDIN and sys.stdin is None:
        raise UsageError("standard input is closed")
    try:
        return sys.stdin.buffer.read(FILE_LIMIT + 1) if path == STDIN else read_bytes(path)
    except OSError as error:
        raise UsageError(f'"{path}" cannot be read: {error.strerror or error}') from None


def open_script(workspace: Workspace, path: str, stdin_name: str | None = None) -> Document:
    """Return the document of a file, or of standard input for ``-``.

    Raises:
        UsageError: It cannot be read.
    """
    return open_data(workspace, path, read(path), stdin_name)


def open_data(
    workspace: Workspace, path: str, data: bytes, stdin_name: str | None = None
) -> Document:
    """Return the document of bytes that were read from ``path``."""
    if path != STDIN:
        return workspace.open(path, data)
    folder = Path(stdin_name).parent if stdin_name else Path()
    return workspace.open(stdin_name or "<stdin>", data, folder=folder)


def diff(path: str, old: str, new: str) -> list[str]:
    """Return the lines of a unified diff between two texts of one file."""
    from difflib import unified_diff

    # Lines end where a diff ends them: str.splitlines would also break at a form feed.
    before, after = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (old, new))
    lines = list(unified_diff(before, after, path, path))
    missing = "\n\\ No newline at end of file\n"
    return [line if line.endswith("\n") else line + missing for line in lines]


def write(path: Path, data: bytes) -> None:
    """Write a file so that every reader finds the old or the new one, never a piece.

    An existing file keeps its mode, and a link keeps pointing where it points. One that is marked
    as read-only is left alone, although moving another into its place would be possible.

    Raises:
        UsageError: It cannot be written.
    """
    import tempfile

    path = Path(os.path.realpath(path))
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        raise UsageError(f'"{path}" cannot be written: it is read-only')
    temporary = None
    prefix = f".{path.name[:40]}.promptlang-{_machine()}-{os.getpid()}-"
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=prefix, suffix=".tmp", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is private; a new one gets what any new file would.
        temporary.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
        _sweep(path.parent)
    except OSError as error:
        raise UsageError(f'"{path}" cannot be written: {error.strerror or error}') from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _machine() -> str:
    """Return a name for what the numbers of processes hold on: folders may be shared."""
    return "" if sys.platform == "win32" else os.uname().nodename[:40].replace("/", "")


@lru_cache(maxsize=64)
def _sweep(folder: Path) -> None:
    """Remove from a folder, once a run, what writers left there that were killed."""
    ours = re.compile(rf"\..*\.promptlang-{re.escape(_machine())}-(\d{{1,10}})-\w+\.tmp", re.DOTALL)
    with suppress(OSError):
        for path in folder.iterdir():
            left = ours.fullmatch(path.name)
            if left is not None and not _runs(int(left[1])):
                path.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Whether a process may still run; where that cannot be told, it does."""
    if sys.platform == "win32":
        return True  # asking there would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
