"""What an editor has open, and what was told of it: the state of the server, without a protocol."""

from __future__ import annotations

import os
import re
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from promptlang.config import ConfigError
from promptlang.lint.select import Choice
from promptlang.lsp import live
from promptlang.lsp.lines import Lines
from promptlang.lsp.live import Told
from promptlang.lsp.scripts import Scripts
from promptlang.lsp.shelf import Shelf
from promptlang.lsp.view import View, is_file, path_of, real_path_of
from promptlang.session import Document, TargetError, find_target
from promptlang.workspace import Workspace, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.diagnostics import Diagnostic
    from promptlang.syntax.ast import Script

_MARK = "\ufeff"
"""The byte-order mark."""
_PLACE = re.compile(r"^.*[/\\](?=(?:promptlang|pyproject)\.toml: )")
"""Where a file of settings lies on this machine, which concerns nobody."""


class NotOpenError(LookupError):
    """A request is about a file that is neither open nor readable."""


class File:
    """An open file.

    Attributes:
        uri: How the editor calls it.
        version: The number the editor gave its newest version.
        lines: The text of that version.
        told: What was told of it last, or None.
        path: The file behind it, links followed, or None where there is none.
        includes: The files its script includes, None as long as nobody knows.
    """

    __slots__ = ("includes", "lines", "path", "seen", "told", "uri", "version")

    def __init__(self, uri: str, version: int | None, lines: Lines) -> None:
        self.uri = uri
        self.version = version
        self.lines = lines
        self.seen: View | None = None
        self.told: Told | None = None
        self.path = real_path_of(uri)
        self.includes: frozenset[str] | None = None


class Editor:
    """The open files of one editor.

    Attributes:
        encoding: The units it counts positions in.
        files: What is open, by address.
        folders: The folders it works in.
        markdown: Whether it shows Markdown.
        snippets: Whether it can put the cursor where a snippet says.
        chosen: The target a command chose for all scripts, or None.
        problem: Why the configuration cannot be used, or None.
    """

    def __init__(self, encoding: str = "utf-16") -> None:
        self.encoding = encoding
        self.files: dict[str, File] = {}
        self.folders: list[Path] = []
        self.markdown = True
        self.snippets = False
        self.chosen: str | None = None
        self._set: str | None = None
        self.problem: str | None = None
        self._choice: Choice | None = None
        # Long answers are worked out beside the thread that takes changes.
        self._turns = Lock()
        self._workspace = self._fresh()
        self.shelf = Shelf(self._fresh, self._stamp)

    @property
    def target(self) -> str | None:
        """The target of all scripts, chosen or set; None for what each says itself."""
        return self.chosen or self._set

    def open(self, uri: str, version: int | None, text: str) -> None:
        """Take a file that was opened."""
        self.files[uri] = File(uri, version, Lines(text, self.encoding))
        self._outdate(uri)

    def change(self, uri: str, version: int | None, changes: Iterable[dict[str, Any]]) -> bool:
        """Take the changes of a file; return whether it is open.

        Raises:
            KeyError, TypeError: A change is not spelt as the protocol says.
        """
        file = self.files.get(uri)
        if file is None:
            return False
        lines = file.lines
        for change in changes:
            lines = lines.changed(change)
        with self._turns:
            # Of many changes that come at once only the last is read.
            file.lines, file.version, file.seen = lines, version, None
        self._outdate(uri)
        return True

    def close(self, uri: str) -> None:
        """Forget a file that was closed."""
        if uri in self.files:
            self._outdate(uri)
            del self.files[uri]
            self._workspace.close(_name(uri))

    def including(self, uri: str) -> list[str]:
        """Return the open files that include another open one, or may."""
        path = self.files[uri].path
        return [
            other.uri
            for other in self.files.values()
            if other.uri != uri and (other.includes is None or path in other.includes)
        ]

    def _outdate(self, uri: str) -> None:
        """Make sure that what includes a file is looked at again with its text as it is now."""
        with self._turns:
            for other in map(self.files.__getitem__, self.including(uri)):
                other.seen = other.told = None

    def _file(self, path: Path) -> File | None:
        named = os.path.realpath(path)
        return next((file for file in [*self.files.values()] if file.path == named), None)

    def _opened(self, path: Path) -> Script | None:
        """Return the script of a file that is open, None for others."""
        file = self._file(path)
        return None if file is None else self.view(file.uri).script

    def _stamp(self, path: Path) -> object:
        """Return what changes with a file, saved or not."""
        file = self._file(path)
        return stamp(path) if file is None else file.lines

    def view(self, uri: str) -> View:
        """Return the newest version of a file, open or not.

        Raises:
            NotOpenError: It is not open and cannot be read.
        """
        with self._turns:
            file = self.files.get(uri)
            if file is not None:
                if file.seen is None:
                    file.seen = self._view(file)
                return file.seen
        if not is_file(uri):
            raise NotOpenError("the file is not open")
        try:
            document = self._workspace.read(path_of(uri))
        except (OSError, ValueError) as error:
            raise NotOpenError("the file cannot be read") from error
        self._workspace.close(path_of(uri))
        return View(uri, None, document, Lines.of(document.script.source, self.encoding))

    def scripts(self) -> Scripts:
        """Return all scripts as they are now: what is open, and what lies in the folders."""
        return Scripts(map(self.view, [*self.files]), self.folders, self.shelf, self.encoding)

    def configure(self, settings: dict[str, Any]) -> bool:
        """Take the settings of the editor; return whether they differ from those before.

        Args:
            settings: ``target``, and what is reported: ``select``, ``extend-select``, ``ignore``.
        """
        before = self.target, self._choice
        self.problem = None
        try:
            self._set = find_target(settings["target"]).id if settings.get("target") else None
        except (TargetError, TypeError) as error:
            self.problem = str(error)
        lists = {key: settings.get(key) or [] for key in ("select", "extend-select", "ignore")}
        choice = Choice(
            "the editor",
            select=lists["select"] or None,
            extend=lists["extend-select"],
            ignore=lists["ignore"],
        )
        self._choice = choice if choice else None
        changed = before != (self.target, self._choice)
        if changed:
            self.settle()
        return changed

    def settle(self) -> None:
        """Take other settings; every script is another document from then on."""
        with self._turns:
            self.shelf = Shelf(self._fresh, self._stamp)
        self.refresh()

    def refresh(self) -> None:
        """Read configuration, included files and pictures anew for what is open."""
        with self._turns:
            self._workspace = self._fresh()
            for file in self.files.values():
                file.seen = file.told = None

    def _fresh(self) -> Workspace:
        asked = [self.target] if self.target else []
        return Workspace(choice=self._choice, asked=asked, opened=self._opened)

    def choose(self, target: str | None) -> None:
        """Choose the target of all scripts; None for what each says itself.

        Raises:
            TargetError: There is no such target.
        """
        self.chosen = find_target(target).id if target else None
        self.settle()

    def quick(self, uri: str) -> Told | None:
        """Return what can be told at once, None where that takes a full check."""
        file, view = self.files[uri], self.view(uri)
        if file.told is not None and file.told.script is view.script:
            return file.told
        if len(view.script.blocks) <= live.SMALL:
            return self.full(uri, view, view.document.diagnostics)
        told = None if file.told is None else file.told.after(view)
        if told is not None:
            file.told = told
        return told

    def full(self, uri: str, view: View, found: Iterable[Diagnostic]) -> Told | None:
        """Take what a full check found; None where it is of a version that is gone."""
        file = self.files.get(uri)
        if file is None or file.seen is not view:
            return None
        file.told = Told.everything(view, found)
        included = view.document.storyboard.included
        file.includes = frozenset(os.path.realpath(script.source.path) for script in included)
        return file.told

    def _view(self, file: File) -> View:
        text = file.lines.text
        if text.startswith(_MARK):
            # The script is read without the mark, but places are counted with it.
            text = " " + text[1:]
        document = self._document(file.uri, text)
        document.script.source.indexed(file.lines.starts)
        return View(
            file.uri,
            file.version,
            document,
            file.lines,
            markdown=self.markdown,
            snippets=self.snippets,
        )

    def _document(self, uri: str, text: str) -> Document:
        name = _name(uri)
        folder = Path(name).parent if is_file(uri) else self._home()
        try:
            document = self._workspace.open(name, text, folder=folder)
        except (ConfigError, TargetError) as error:
            # A project that cannot be read must not take the script with it.
            self.problem = _PLACE.sub("", str(error))
            document = Workspace().open(name, text, folder=Path("/"))
        else:
            self.problem = None
        return document

    def _home(self) -> Path:
        return self.folders[0] if self.folders else Path.cwd()


def _name(uri: str) -> str:
    """Return how a document calls a file."""
    return path_of(uri) if is_file(uri) else uri
