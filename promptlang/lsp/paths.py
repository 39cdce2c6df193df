"""The paths in a script: links to the files they lead to, and what becomes of them in a move."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang.lsp.view import is_file, path_of, uri_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlang.lsp.scripts import Scripts
    from promptlang.lsp.view import View
    from promptlang.model.declared import Written

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_ESCAPED = re.compile(r'["{\\]')
# What would end a path that stands without quotes, or be read as something else.
_NEEDS_QUOTES = re.compile(r"(?:^|\s)[#＃]|[{\\]|^[\"“„«「『]")


def links(view: View, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a link for each path that leads to a file or an address."""
    found, stretches = [], []
    for path in view.document.declared.paths():
        uri = _uri(view, path)
        if uri is not None:
            tooltip = f"open {path.value}" if path.include else f"look at {path.value}"
            found.append({"target": uri, "tooltip": tooltip})
            stretches.append((path.span.start, path.span.end))
    ranges = view.lines.ranges(stretches)
    return [{"range": range, **link} for range, link in zip(ranges, found, strict=True)]


def file_at(view: View, offset: int) -> str | None:
    """Return the address of the file a path at an offset leads to, None where there is none."""
    for path in view.document.declared.paths():
        if path.span.start <= offset <= path.span.end:
            return _uri(view, path)
    return None


def will_rename(scripts: Scripts, params: dict[str, Any]) -> dict[str, Any] | None:
    """Return the edits by which paths lead to the same files after some have been moved."""
    moves = [
        (_real(move["oldUri"]), _real(move["newUri"]))
        for move in params["files"]
        if is_file(move["oldUri"]) and is_file(move["newUri"])
    ]
    changes = {}
    for view in scripts.all() if moves else ():
        edits = list(_moved(view, lambda path: _after(path, moves)))
        if edits:
            changes[view.uri] = edits
    return {"changes": changes} if changes else None


def _moved(view: View, after: Callable[[str], str]) -> Iterator[dict[str, Any]]:
    folder = _folder(view)
    if folder is None or not is_file(view.uri):
        return
    home = str(Path(after(_real(view.uri))).parent)
    for path in view.document.declared.paths():
        # What a parameter stands for cannot be told from here.
        if not path.is_local or not path.value or path.span.text != path.value:
            continue
        value = path.value.replace("\\", "/")
        there = os.path.normpath(Path(folder, value))
        moved = after(there)
        if Path(value).is_absolute():
            new = moved
        elif (new := _relative(moved, home)) == _relative(there, folder):
            continue
        new = Path(new).as_posix()
        if new != value:
            yield {"range": view.range(path.span), "newText": _written(view, path, new)}


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return path  # it is on another drive


def _written(view: View, path: Written, new: str) -> str:
    """Return a path as it is written where another one stood."""
    before = view.text[path.span.start - 1 : path.span.start]
    if before and before in '"“„«「『':
        return _ESCAPED.sub(r"\\\g<0>", new)
    return '"' + _ESCAPED.sub(r"\\\g<0>", new) + '"' if _NEEDS_QUOTES.search(new) else new


def _after(path: str, moves: list[tuple[str, str]]) -> str:
    """Return where a file is after some files and folders have been moved."""
    for old, new in moves:
        if path == old:
            return new
        if path.startswith(old + os.sep):
            return new + path[len(old) :]
    return path


def _real(uri: str) -> str:
    return os.path.normpath(path_of(uri))


def _folder(view: View) -> str | None:
    folder = view.document.folder
    return None if folder is None else os.path.normpath(folder)


def _uri(view: View, path: Written) -> str | None:
    """Return the address of what a path leads to, None where there is nothing."""
    if not path.is_local:
        web = path.value.startswith(("https://", "http://"))
        return path.value if web else None
    folder = _folder(view)
    if folder is None or not path.value or _SCHEME.match(path.value):
        return None
    try:
        there = Path(folder, path.value.replace("\\", "/"))
        return uri_of(str(there)) if there.is_file() else None
    except (OSError, ValueError):
        return None
