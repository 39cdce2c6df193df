"""The scripts on the disk that are not open, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang.config import ConfigError
from promptlang.lsp.lines import Lines
from promptlang.lsp.live import Told
from promptlang.lsp.view import View, path_of
from promptlang.session import Document, read_bytes
from promptlang.syntax.parser import parse_bytes
from promptlang.workspace import depends

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.workspace import Workspace

Report = dict[str, Any]


class _Kept:
    """What is remembered of a script.

    Attributes:
        stamp: What will be another one when the file has changed.
        document: The script.
        report: What is wrong with it, or None until somebody asks.
        depends: The stamps of the files that follows from.
    """

    __slots__ = ("depends", "document", "report", "stamp")

    def __init__(self, stamp: object, document: Document) -> None:
        self.stamp = stamp
        self.document = document
        self.report: Report | None = None
        self.depends: dict[Path, object] = {}


class Shelf:
    """The scripts on the disk, each read again when it has changed."""

    def __init__(self, make: Callable[[], Workspace], stamp: Callable[[Path], object]) -> None:
        """Make an empty shelf.

        Args:
            make: Makes a workspace that has not read any configuration.
            stamp: Returns what changes with a file, None where there is none.
        """
        self._make = make
        self._workspace = make()
        self._stamp = stamp
        self._kept: dict[str, _Kept] = {}

    def document(self, path: str) -> Document | None:
        """Return the document of a file, None where it cannot be read."""
        stamp = self._stamp(Path(path))
        kept = self._kept.get(path)
        if kept is None or kept.stamp != stamp:
            document = None if stamp is None else self._read(path)
            if document is None:
                self._kept.pop(path, None)
                return None
            kept = self._kept[path] = _Kept(stamp, document)
        return kept.document

    def report(self, view: View) -> Report:
        """Return what is wrong with a script of `document`, as the protocol reports it."""
        path = path_of(view.uri)
        kept = self._kept.setdefault(path, _Kept(self._stamp(Path(path)), view.document))
        if kept.report is not None:
            if all(self._stamp(other) == stamp for other, stamp in kept.depends.items()):
                return kept.report
            self._workspace = self._make()
            document = self._read(path)
            if document is None:
                return kept.report  # it went this moment
            view = View(
                view.uri, None, document, Lines.of(document.script.source, view.lines.encoding)
            )
            kept = self._kept[path] = _Kept(kept.stamp, document)
        document = view.document
        kept.report = Told.everything(view, document.diagnostics).report()
        kept.depends = {other: self._stamp(other) for other in depends(document)}
        # The tree is asked for again; what follows from it is much and was told.
        kept.document = document.part(document.script)
        return kept.report

    def _read(self, path: str) -> Document | None:
        try:
            document = self._workspace.read(path)
        except ConfigError:
            # A project that cannot be read must not take its scripts with it.
            try:
                return Document(parse_bytes(read_bytes(path), path), folder=Path(path).parent)
            except OSError:
                return None
        except (OSError, ValueError):
            return None
        self._workspace.close(path)
        return document
