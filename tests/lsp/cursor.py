"""Scripts with a ``|`` where the cursor is, without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.lsp.editor import Editor
from promptlang.lsp.view import uri_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from promptlang.lsp.scripts import Scripts
    from promptlang.lsp.view import View

URI = "file:///film/film.shot"


def editor(encoding: str = "utf-16", **texts: str) -> Editor:
    """Return an editor with texts open, ``film`` under `URI`."""
    made = Editor(encoding)
    for name, text in texts.items():
        made.open(f"file:///film/{name}.shot", 1, text)
    return made


def at_cursor(text: str, encoding: str = "utf-16") -> tuple[View, dict[str, Any]]:
    """Return the script without its mark, and the parameters of a request at the mark."""
    before, after = text.split("|")
    view = editor(encoding, film=before + after).view(URI)
    position = view.lines.position(len(before))
    return view, {"textDocument": {"uri": URI}, "position": position}


def ask(answer: Callable[[Scripts, dict[str, Any]], Any], text: str, **more: Any) -> Any:
    """Return what a function about all scripts answers where one is open, with a cursor mark."""
    before, after = text.split("|")
    made = editor(film=before + after)
    position = made.view(URI).lines.position(len(before))
    params = {"textDocument": {"uri": URI}, "position": position, **more}
    return answer(made.scripts(), params)


def marked(view: View, ranges: list[dict[str, Any]]) -> list[str]:
    """Return ranges as ``line:word``, lines from 1."""
    found = []
    for range in ranges:
        start, end = view.lines.stretch(range)
        found.append(f"{range['start']['line'] + 1}:{view.text[start:end]}")
    return found


class Project:
    """Scripts in a folder, some of them open."""

    def __init__(self, folder: Path, files: Mapping[str, str], *opened: str) -> None:
        self.folder = folder
        self.editor = Editor()
        self.editor.folders = [folder]
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for name in opened:
            self.open(name, files[name])

    def uri(self, name: str) -> str:
        """Return the address of a file."""
        return uri_of(str(self.folder / name))

    def open(self, name: str, text: str) -> None:
        """Open a file with a text."""
        self.editor.open(self.uri(name), 1, text)

    def params(self, name: str, words: str, **more: Any) -> dict[str, Any]:
        """Return the parameters of a request one letter behind the beginning of some words."""
        view = self.editor.view(self.uri(name))
        position = view.lines.position(view.text.index(words) + 1)
        return {"textDocument": {"uri": self.uri(name)}, "position": position, **more}

    def changed(self, edit: dict[str, Any] | None) -> dict[str, str]:
        """Return the new texts of the files an edit changes, by name."""
        found = {}
        for uri, edits in (edit or {"changes": {}})["changes"].items():
            view = self.editor.scripts().view(uri)
            assert view is not None
            text = view.text
            places = [(*view.lines.stretch(e["range"]), e["newText"]) for e in edits]
            for start, end, new in sorted(places, reverse=True):
                text = text[:start] + new + text[end:]
            found[uri.removeprefix(uri_of(str(self.folder)) + "/")] = text
        return found
