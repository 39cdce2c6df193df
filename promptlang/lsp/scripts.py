"""All scripts an editor knows of at one moment: those it has open and those in its folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.lsp.lines import Lines
from promptlang.lsp.view import View, real_path_of, uri_of
from promptlang.model.declared import Declared, declared
from promptlang.session import Document
from promptlang.syntax.ast import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.lsp.shelf import Shelf
    from promptlang.model.includes import File
    from promptlang.source import Source
    from promptlang.syntax.ast import Script

MOST_FOLDERS = 5_000
"""How many folders are looked through: somebody may open all of a disk."""
MOST_SCRIPTS = 2_000
"""How many scripts that are not open are read."""


class Scripts:
    """All scripts an editor knows of at one moment.

    Attributes:
        open: What is open, by address.
    """

    def __init__(
        self, views: Iterable[View], folders: Iterable[Path], shelf: Shelf, encoding: str
    ) -> None:
        self.open = {view.uri: view for view in views}
        self._folders = [str(folder) for folder in folders]
        self._shelf = shelf
        self._encoding = encoding
        self._seen: dict[str, View] = {
            path: view for uri, view in self.open.items() if (path := real_path_of(uri)) is not None
        }
        self._sources = {id(view.script.source): view for view in self.open.values()}
        self._declared: dict[int, Declared] = {}
        self._all: list[View] | None = None

    def view(self, uri: str) -> View | None:
        """Return a script by its address, None where it is neither open nor to be read."""
        path = real_path_of(uri)
        if uri in self.open or path is None:
            return self.open.get(uri)
        return self.at(Path(path))

    def at(self, path: Path) -> View | None:
        """Return a script by its real path."""
        key = str(path)
        if key not in self._seen:
            document = self._shelf.document(key)
            if document is None:
                return None
            lines = Lines.of(document.script.source, self._encoding)
            self._seen[key] = View(uri_of(key), None, document, lines)
            self._sources[id(document.script.source)] = self._seen[key]
        return self._seen[key]

    def of(self, source: Source) -> View:
        """Return the script a place of an answer is in."""
        return self._sources[id(source)]

    def all(self) -> list[View]:
        """Return the open scripts and those in the folders."""
        if self._all is None:
            found = (self.at(Path(os.path.realpath(path))) for path in self._search())
            every = [*self.open.values(), *(view for view in found if view is not None)]
            self._all = list({id(view): view for view in every}.values())
        return self._all

    def including(self) -> list[View]:
        """Return those of them that include others."""
        return [view for view in self.all() if _includes(view.script)]

    def declared(self, view: View) -> Declared:
        """Return what a script makes known, with the text of open files as it is now."""
        found = self._declared.get(id(view))
        if found is None:
            document = view.document
            found = declared(
                document.script,
                values=document.values,
                folder=document.folder,
                project=document.project,
                opened=self._opened,
            )
            self._declared[id(view)] = found
            for file in found.files:
                self._keep(file)
        return found

    def _keep(self, file: File) -> None:
        """Make sure that a file that was read for another one is known."""
        script = file.script
        if id(script.source) not in self._sources:
            document = Document(script, folder=file.folder)
            lines = Lines.of(script.source, self._encoding)
            view = View(uri_of(script.source.path), None, document, lines)
            self._sources[id(script.source)] = view

    def _opened(self, path: Path) -> Script | None:
        view = self.at(path)
        return None if view is None else view.script

    def _search(self) -> Iterator[str]:
        folders = scripts = 0
        for folder in self._folders:
            for place, names, files in os.walk(folder):
                folders += 1
                if folders > MOST_FOLDERS:
                    return
                names[:] = sorted(name for name in names if not name.startswith("."))
                for name in sorted(files):
                    path = Path(place, name)
                    if name.endswith(".shot") and not name.startswith(".") and path.is_file():
                        scripts += 1
                        if scripts > MOST_SCRIPTS:
                            return
                        yield str(path)


def _includes(script: Script) -> bool:
    lines = script.blocks[0].lines
    return any(isinstance(line, Field) and line.key.text == "include" for line in lines)
