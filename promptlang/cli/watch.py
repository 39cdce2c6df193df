"""Checks again whenever a file has changed that the outcome depends on.

Files are asked for their time and size a few times a second: that works on every system, on
network drives and in containers, where notices of changes are lost, and needs no library.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from promptlang.cli import UsageError
from promptlang.cli.files import STDIN, scripts
from promptlang.cli.show import visible
from promptlang.config import ConfigError
from promptlang.workspace import depends as depended
from promptlang.workspace import stamp

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator

    from promptlang.session import Document
    from promptlang.workspace import Stamp

    Stamps = dict[Path, Stamp]

INTERVAL = 0.2
"""Seconds between two looks, and how long nothing may change before a check begins."""

_CLEAR = "\x1b[2J\x1b[H"


def watch(args: Namespace, check: Callable[[Namespace, list[Document]], int]) -> int:
    """Check, and check again after every change, until interrupted.

    Args:
        args: The options of the command.
        check: Checks once, and adds the documents it opened to the list.

    Raises:
        UsageError: Standard input cannot be followed; or what the first check raises.
    """
    if STDIN in args.paths:
        raise UsageError("--watch follows files; standard input is none")
    depends: set[Path] = set()
    first = True
    while True:
        # Taken before the check: what changes meanwhile is seen as a change afterwards.
        asked = set(_scripts(args.paths))
        before = _stamps(asked | depends)
        opened: list[Document] = []
        _clear()
        try:
            check(args, opened)
        except BrokenPipeError:
            raise
        except (UsageError, ConfigError, OSError) as error:
            if first:
                raise
            print(visible(f"promptlang: {error}"), file=sys.stderr)
        else:
            depends = {path for document in opened for path in depended(document)}
        first = False
        wanted = asked | depends
        known = {path: before[path] if path in before else stamp(path) for path in wanted}
        sys.stdout.flush()
        print(f"watching {_counted(len(opened))}; Ctrl-C ends", file=sys.stderr, flush=True)
        _wait(args.paths, depends, known)


def _counted(scripts: int) -> str:
    return f"{scripts} script{'s' * (scripts != 1)}"


def _clear() -> None:
    """Empty the screen, where there is one."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        sys.stdout.write(_CLEAR)


def _wait(paths: list[str], depends: set[Path], known: Stamps) -> None:
    """Return when something has changed and nothing has for a while: editors write in steps."""
    last = known
    while True:
        sleep(INTERVAL)
        now = _stamps({*_scripts(paths)} | depends)
        if now == last != known:
            return
        last = now


def _scripts(paths: list[str]) -> Iterator[Path]:
    """Yield the scripts there are now; a path that has vanished may come back."""
    for path in paths:
        try:
            yield from (Path(name) for name in scripts([path], folders=True))
        except UsageError:
            yield Path(path)


def _stamps(paths: Iterable[Path]) -> Stamps:
    return {path: stamp(path) for path in paths}
