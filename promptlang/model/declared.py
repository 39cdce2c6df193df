"""What a script and the files it includes make known, before any block is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.declarations import declare
from promptlang.model.entities import Asset
from promptlang.model.includes import Loader, declare_parameters
from promptlang.model.names import fold
from promptlang.model.parameters import Parameters
from promptlang.model.reading import Ledger, Reader
from promptlang.model.symbols import Symbols, meant
from promptlang.syntax import ast
from promptlang.syntax.places import Spanner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from promptlang.model.entities import Entity
    from promptlang.model.includes import File, Opened
    from promptlang.source import Span


class Written:
    """A path that stands in a script.

    Attributes:
        value: The path with its parameters filled.
        span: Where it stands, quotes aside.
        include: Whether it is that of an included file; else it is a file of a declaration.
    """

    __slots__ = ("include", "span", "value")

    def __init__(self, value: str, span: Span, *, include: bool) -> None:
        self.value = value
        self.span = span
        self.include = include

    @property
    def is_local(self) -> bool:
        """Whether it is a file here, no address and nothing a provider keeps."""
        return self.include or Asset(self.value, self.span).form == "file"


class Declared:
    """The names of a script and of the files it includes.

    Attributes:
        files: The files, included ones before including ones, the script itself last.
        ledger: What their names and parameters point at, and what is wrong with them.
        names: What the names of declarations and outputs point at; None where the line that
            makes one known cannot be read.
    """

    __slots__ = ("_includes", "_meant", "files", "ledger", "names")

    def __init__(
        self, files: list[File], includes: list[tuple[File, str, Span]], ledger: Ledger
    ) -> None:
        self.files = files
        self.ledger = ledger
        self._includes = includes
        self._meant: dict[str, tuple[str, int] | None] = {}
        entities = ledger.symbols.entities
        self.names: dict[str, Entity | None] = {
            **dict.fromkeys(ledger.symbols.broken),
            **{key: entity for key, entity in entities.items() if entity.origin != "attached"},
        }

    def meant(self, run: str) -> tuple[str, int] | None:
        """Return the folded name a run of name characters stands for, and its length."""
        if run not in self._meant:
            self._meant[run] = meant(run, self.names)
        return self._meant[run]

    @property
    def parameters(self) -> set[str]:
        """The folded names of all parameters."""
        known = self.ledger.parameters
        return {*map(fold, known.names()), *known.broken}

    def paths(self) -> Iterator[Written]:
        """Yield the paths the script itself writes."""
        main = self.files[-1]
        for file, value, span in self._includes:
            if file is main:
                yield Written(value, span, include=True)
        reader = Reader(
            Ledger(Symbols(), self.ledger.parameters), Spanner(main.script.source, 0), None
        )
        for place, line in main.rare:
            if isinstance(line, ast.Declaration):
                reader.turn_to(main.script.starts[place])
                for file_ in line.files:
                    text = reader.text(line, file_.path.text)
                    yield Written(text.plain, text.span, include=False)


def declared(
    script: ast.Script,
    *,
    values: Mapping[str, str] | None = None,
    folder: Path | None = None,
    project: Path | None = None,
    opened: Opened | None = None,
) -> Declared:
    """Return what a script and the files it includes make known.

    Args:
        script: The syntax tree.
        values: Parameter values by name; they go before the defaults.
        folder: Where relative paths of the script start; None for the folder its file is in.
        project: The folder included files must be in; None for ``folder``.
        opened: Returns the tree of a file that need not be read; None for one that must be.
    """
    ledger = Ledger(Symbols(), Parameters(values or {}))
    loader = Loader(ledger, values or {}, project or folder, opened)
    files = loader.load(script, folder)
    for file in reversed(files):
        for diagnostic in declare_parameters(file, ledger.parameters):
            ledger.report(diagnostic)
    declare(files, ledger)
    return Declared(files, loader.named, ledger)
