"""Names behind ``@`` and ``{``, files between quotes, fields of payloads, names of problems."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.lsp.names import names, parameters, targets_at
from promptlang.lsp.offer import Offer
from promptlang.model.files import endings
from promptlang.providers.registry import PROVIDERS, provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlang.lsp.cursor import Cursor
    from promptlang.lsp.names import Name

_MOST = 500
"""How many files of a folder are listed."""


def refs(cursor: Cursor, suits: Callable[[Name], bool] | None = None) -> Iterator[Offer]:
    """Yield the names something may be pointed at by; those used but not declared come last."""
    for name in names(cursor.view, cursor.start):
        if suits is None or suits(name):
            rank = 5 if name.kind else 8
            about = ("name", name.text)
            yield Offer(f"@{name.text}", "name", name.detail, rank=rank, about=about)


def ends(cursor: Cursor) -> Iterator[Offer]:
    """Yield the frames of videos a block may begin or end with."""
    for name in names(cursor.view, cursor.start):
        if name.kind in {"video", "output"} and not name.stills:
            for edge, said in (("end", "last"), ("start", "first")):
                text, about = f"{edge} of @{name.text}", ("name", name.text)
                yield Offer(text, "name", f"{said} frame · {name.detail}", rank=6, about=about)


def new_names(cursor: Cursor) -> Iterator[Offer]:
    """Yield the names that are used and that nothing makes yet."""
    for name in names(cursor.view, cursor.start):
        if not name.kind:
            yield Offer(f"@{name.text}", "name", "used, and nothing makes it yet")


def filled(cursor: Cursor) -> Iterator[Offer]:
    """Yield the parameters."""
    for name, default in parameters(cursor.view, cursor.start).items():
        detail = "required" if default is None else f'"{default}"'
        yield Offer(f"{{{name}}}", "parameter", detail, about=("parameter", name))


def files(cursor: Cursor, written: str, kind: str) -> Iterator[Offer]:
    """Yield the files and folders that continue a path.

    Args:
        cursor: Where they are asked for.
        written: The path so far.
        kind: Of what kind the thing is that they are files of; ``include`` for scripts.
    """
    folder = _folder(cursor, written)
    if folder is None:
        return
    fit = frozenset({"shot"}) if kind == "include" else endings(kind)
    own = Path(cursor.view.script.source.path).name
    for name, is_folder in _listed(folder):
        ending = name.rpartition(".")[2].casefold()
        if is_folder:
            yield Offer(f"{name}/", "folder", text=name, filter=name, rank=6)
        elif ending in fit and not (kind == "include" and name == own):
            yield Offer(name, "file")


def _folder(cursor: Cursor, written: str) -> Path | None:
    """Return the folder a path leads to, None where it leaves the project."""
    document = cursor.view.document
    written = written.replace("\\", "/")
    if document.folder is None or "\0" in written or ":" in written or "{" in written:
        return None
    if written.startswith(("/", "~")):
        return None
    try:
        folder = Path(os.path.realpath(document.folder / written.rpartition("/")[0]))
        project = Path(os.path.realpath(document.project or document.folder))
    except (OSError, ValueError):
        return None
    return folder if folder.is_relative_to(project) else None


def _listed(folder: Path) -> list[tuple[str, bool]]:
    try:
        with os.scandir(folder) as entries:
            found = [(e.name, e.is_dir()) for e in islice(entries, _MOST) if e.name[:1] != "."]
    except OSError:
        return []
    # A name that is no text cannot be written into a script.
    return sorted(entry for entry in found if entry[0].isprintable())


def fields(cursor: Cursor, name: str) -> Iterator[Offer]:
    """Yield the fields of the payloads of a provider."""
    if name not in PROVIDERS:
        return
    models = {
        task.payload: task
        for target in targets_at(cursor.view, cursor.place)
        for task in target.tasks.values()
        if target.provider == name and cursor.kind in {"header", task.block}
    }
    seen: dict[str, list[str]] = {}
    for model, task in models.items():
        for field, info in provider(name).model(model).model_fields.items():
            seen.setdefault(info.alias or field, []).append(task.key)
    for field, tasks in seen.items():
        yield Offer(field, "key", ", ".join(dict.fromkeys(tasks)), text=f"{field}: ", filter=field)


def problems() -> Iterator[Offer]:
    """Yield what a comment may silence: an error stays one."""
    from promptlang.problems import all_problems

    for problem in all_problems():
        if str(problem.severity) != "error":
            detail = f"{problem.code} · {problem.family}"
            about = ("problem", problem.name)
            yield Offer(problem.name, "problem", detail, about=about)
