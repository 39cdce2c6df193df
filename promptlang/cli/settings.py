"""Shows what holds for each script and from where: a file, the command line, or by default."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang.cli.show import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from promptlang.config import Config
    from promptlang.session import Document
    from promptlang.workspace import Workspace

_COMMAND_LINE, _DEFAULT = "command line", "default"


def show_settings(workspace: Workspace, documents: Sequence[Document], format: str) -> None:
    """Print what holds for some scripts, to read or as JSON."""
    found = [settings(workspace, document) for document in documents]
    if format in {"json", "jsonl"}:
        lines = [json.dumps(item, ensure_ascii=False) for item in found]
        whole = json.dumps(found, indent=2, ensure_ascii=False)
        print(whole if format == "json" else "\n".join(lines))
        return
    print("\n\n".join(_page(item) for item in found))


def settings(workspace: Workspace, document: Document) -> dict[str, Any]:
    """Return what holds for one script as plain data."""
    from promptlang.problems import catalogue

    config = workspace.config(_folder(document))
    reported = [p for p in catalogue().problems if document.reporting.wants(p)]
    return {
        "path": document.path,
        "configuration": None if config.path is None else str(config.path),
        "settings": list(_rows(config, workspace, document)),
        "reported": [p.name for p in reported],
        "left_out": [p.name for p in catalogue().problems if not document.reporting.wants(p)],
    }


def _folder(document: Document) -> Path:
    return document.folder if document.folder is not None else Path()


def _rows(config: Config, workspace: Workspace, document: Document) -> Iterable[dict[str, Any]]:
    file = str(config.path)
    board = document.storyboard
    if document.asked:
        where = _COMMAND_LINE
    elif board.targets or any(unit.settings.targets for unit in board.units):
        where = document.path
    else:
        where = file if config.targets else _DEFAULT
    yield _row("target", list(document.targets), where)
    own = config.project is not None
    yield _row("project", str(config.project or _folder(document)), file if own else _DEFAULT)
    asked, choice = workspace.choice, config.choice
    if asked is not None and asked.select is not None:
        yield _row("select", list(asked.select), _COMMAND_LINE)
    elif choice.select is not None:
        yield _row("select", list(choice.select), file)
    else:
        yield _row("select", None, _DEFAULT)
    for name in ("extend", "ignore"):
        key = "extend-select" if name == "extend" else name
        for where, place in ((file, choice), (_COMMAND_LINE, asked)):
            words = list(getattr(place, name, ()))
            # Beside --select the project's own choices are without effect.
            if words and (place is asked or asked is None or asked.select is None):
                yield _row(key, words, where)
    if document.selection is not None:
        for pattern, selectors in document.selection.patterns(document.path):
            words = [selector.word for selector in selectors]
            yield {**_row("per-file-ignores", words, file), "pattern": pattern}


def _row(name: str, value: object, where: str) -> dict[str, Any]:
    return {"name": name, "value": value, "from": where}


def _page(item: dict[str, Any]) -> str:
    rows = []
    for row in item["settings"]:
        value = row["value"]
        shown = ", ".join(value) if isinstance(value, list) else value
        if row["name"] == "select" and value is None:
            shown = "all that is no matter of taste"
        elif value == []:
            shown = "nothing but errors" if row["name"] == "select" else "none"
        if "pattern" in row:
            shown = f"{row['pattern']}: {shown}"
        rows.append((row["name"], shown, row["from"]))
    wide = max(len(name) for name, _, _ in rows)
    lines = [item["path"]]
    lines += [f"  {name:<{wide}}  {value}  ({where})" for name, value, where in rows]
    left = ", ".join(item["left_out"]) or "none"
    lines.append(f"  {len(item['reported'])} problems are reported; left out: {left}")
    return "\n".join(visible(line) for line in lines)
