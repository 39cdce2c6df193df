"""The documents of one run or one editor, with what is settled for their folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang.session import Document, TargetError, find_target, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.config import Config
    from promptlang.lint.select import Choice, Selection

    Stamp = tuple[int, int, int] | None

_CONFIGS = ("promptlang.toml", "pyproject.toml")


class Workspace:
    """The documents of one run or one editor, with what holds for all of them.

    Attributes:
        documents: The open documents by path.
        choice: What the command line says about which problems are reported.
        options: Keyword arguments every `Document` gets (``values``, ``assets``, ``asked`` …).
    """

    def __init__(self, *, choice: Choice | None = None, **options: Any) -> None:
        self.documents: dict[str, Document] = {}
        self.choice = choice
        self.options = options
        self._configs: dict[Path, Config] = {}
        self._selections: dict[Path | None, Selection] = {}

    def config(self, folder: Path) -> Config:
        """Return what is settled for a folder.

        Raises:
            ConfigError: The nearest configuration file cannot be used.
        """
        if folder not in self._configs:
            from promptlang.config import ConfigError, nearest

            config = nearest(folder)
            try:
                for name in config.targets:
                    find_target(name)
            except TargetError as error:
                raise ConfigError(f"{config.path}: {error}") from None
            self._configs[folder] = config
        return self._configs[folder]

    def selection(self, config: Config) -> Selection | None:
        """Return which problems are reported where a configuration holds; None where none says.

        Raises:
            ConfigError: It, or the command line, selects something there is not.
        """
        if not (self.choice or config.choice):
            return None
        if config.path not in self._selections:
            from promptlang.config import ConfigError
            from promptlang.lint.select import SelectError, Selection
            from promptlang.problems import catalogue

            root = config.path.parent if config.path is not None else None
            try:
                found = Selection(catalogue(), config.choice, self.choice, root=root)
            except SelectError as error:
                raise ConfigError(str(error)) from None
            self._selections[config.path] = found
        return self._selections[config.path]

    @property
    def notes(self) -> list[str]:
        """What is settled without any effect, for all documents that were opened."""
        found = [note for selection in self._selections.values() for note in selection.notes]
        return list(dict.fromkeys(found))

    def open(self, path: str, content: str | bytes, *, folder: Path | None = None) -> Document:
        """Return the document of a text, parsed; its blocks that did not change are kept.

        Args:
            path: How messages name it.
            content: Its text, or the bytes of a file.
            folder: Where relative paths start, and from where configuration is looked for;
                None for the folder ``path`` is in.
        """
        from promptlang.syntax.parser import parse, parse_bytes

        if isinstance(content, bytes):
            script = parse_bytes(content, path)
        else:
            old = self.documents.get(path)
            script = parse(content, path, previous=old.script if old else None)
        folder = Path(path).parent if folder is None else folder
        config = self.config(folder)
        document = Document(
            script,
            folder=folder,
            project=config.project,
            usual=config.targets,
            selection=self.selection(config),
            **self.options,
        )
        self.documents[path] = document
        return document

    def read(self, path: str) -> Document:
        """Return the document of a file.

        Raises:
            OSError: The file cannot be read.
            ConfigError: The nearest configuration file cannot be used.
        """
        return self.open(path, read_bytes(path))

    def close(self, path: str) -> None:
        """Forget a document."""
        self.documents.pop(path, None)


def depends(document: Document) -> Iterator[Path]:
    """Yield the files a check depends on beside the script itself, also those that are missing."""
    board = document.storyboard
    yield from (Path(script.source.path) for script in board.included)
    for found in document.text_diagnostics:
        if found.name == "include-not-found":
            yield Path(found.span.path).parent / found.span.text
    for entity in board.entities.values():
        for asset in entity.assets:
            if asset.form == "file":
                yield Path(asset.folder or "", asset.location)
    folder = Path(document.path).absolute().parent
    for place in (folder, *folder.parents):
        yield from (place / name for name in _CONFIGS)


def stamp(path: Path) -> Stamp:
    """Return what changes with a file; None where there is none, or none that can be asked."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
