"""Reading the files a script includes: each once, none from outside the project folder."""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, did_you_mean
from promptlang.model import problems
from promptlang.model.names import nearest, shown
from promptlang.model.parameters import Parameters
from promptlang.model.reading import Ledger, Reader
from promptlang.model.symbols import Symbols
from promptlang.model.values import unquoted
from promptlang.syntax import ast
from promptlang.syntax.patterns import late
from promptlang.syntax.places import Spanner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from promptlang.diagnostics import Diagnostic
    from promptlang.source import Span

    Opened = Callable[[Path], ast.Script | None]

DEEPEST = 32
"""How many files may include one another in a row."""

LARGEST = 4 * 1024 * 1024
"""The largest file that is read, in bytes."""

_LOOKED_AT = 500
"""How many files of a folder are looked at for the one that was meant."""

_RARE = frozenset({ast.Declaration, ast.Junk, ast.Parameter, ast.Transition})

_SCHEME = late(r"[A-Za-z][A-Za-z0-9+.-]*:")


class File:
    """A script and the script that includes it.

    Attributes:
        script: What was read.
        folder: The folder its own relative paths start from, or None.
        parent: The file that includes it, None for the script itself.
        span: The value of the ``include`` that names it, None for the script itself.
        identity: Device and inode, or None where the script is no file.
    """

    __slots__ = ("_rare", "depth", "folder", "identity", "parent", "script", "span")

    def __init__(
        self,
        script: ast.Script,
        folder: Path | None,
        parent: File | None = None,
        span: Span | None = None,
        identity: tuple[int, int] | None = None,
    ) -> None:
        self.script = script
        self.folder = folder
        self.parent = parent
        self.span = span
        self.identity = identity
        self.depth: int = 0 if parent is None else parent.depth + 1
        self._rare: list[tuple[int, ast.Line]] | None = None

    @property
    def rare(self) -> list[tuple[int, ast.Line]]:
        """The lines that name something and the transitions, with the place of their block.

        There are far more of the others, and to go over all lines again and again takes time.
        """
        if self._rare is None:
            self._rare = []
            for place, block in enumerate(self.script.blocks):
                # Most headings make no output.
                if block.lines and getattr(block.lines[0], "output", None) is not None:
                    self._rare.append((place, block.lines[0]))
                if not _RARE.isdisjoint(map(type, block.lines)):
                    self._rare += [(place, line) for line in block.lines if type(line) in _RARE]
        return self._rare

    def chain(self) -> Iterator[File]:
        """Yield the file and those above it, the script itself last."""
        file: File | None = self
        while file is not None:
            yield file
            file = file.parent


class Loader:
    """Reads every included file of one script.

    Attributes:
        files: All files in the order in which their lines count: included before including.
        named: The paths that are included, each with the file and the place that says so.
    """

    __slots__ = ("_ledger", "_opened", "_project", "_seen", "_values", "files", "named")

    def __init__(
        self,
        ledger: Ledger,
        values: Mapping[str, str],
        project: Path | None,
        opened: Opened | None = None,
    ) -> None:
        self._ledger = ledger
        self._opened = opened
        self._values = values
        self._project = None if project is None else Path(os.path.realpath(project))
        self._seen: set[tuple[int, int]] = set()
        self.files: list[File] = []
        self.named: list[tuple[File, str, Span]] = []

    def load(self, script: ast.Script, folder: Path | None) -> list[File]:
        """Return the script and all it includes, included files before including ones.

        Args:
            script: The script.
            folder: Where its relative paths start; None for the folder its file is in.
        """
        folder = folder or _folder_of(script.source.path)
        if self._project is None and folder is not None:
            self._project = Path(os.path.realpath(folder))
        main = File(script, folder, identity=_identity(script.source.path))
        if main.identity is not None:
            self._seen.add(main.identity)
        # A stack instead of recursion; a file is listed when all it includes has been.
        stack: list[tuple[File, Iterator[tuple[str, Span]]]] = [(main, self._wanted(main))]
        while stack:
            file, wanted = stack[-1]
            entry = next(wanted, None)
            if entry is None:
                self.files.append(file)
                stack.pop()
                continue
            self.named.append((file, *entry))
            found = self._open(entry[0], entry[1], file)
            if found is not None:
                stack.append((found, self._wanted(found)))
        return self.files

    def _wanted(self, file: File) -> Iterator[tuple[str, Span]]:
        """Yield the paths a file includes and where it says so."""
        header = file.script.blocks[0]
        fields = [line for line in header.lines if isinstance(line, ast.Field)]
        includes = [line for line in fields if line.key.text == "include"]
        if not includes:
            return
        reader = Reader(
            Ledger(Symbols(), self._parameters(file)),
            Spanner(file.script.source, file.script.starts[0]),
            None,
        )
        for line in includes:
            if not reader.filled(line.value):
                continue
            value = unquoted(reader.text(line, line.value))
            if value.plain:
                yield value.plain, value.span

    def _parameters(self, file: File) -> Parameters:
        """The parameters that a path may hold: those of the file and of the ones above it."""
        parameters = Parameters(self._values)
        for above in reversed(list(file.chain())):
            declare_parameters(above, parameters)
        return parameters

    def _lose(self, diagnostic: Diagnostic) -> None:
        """Report an include that is not read; what it declares would be unknown everywhere."""
        self._ledger.report(diagnostic)
        self._ledger.symbols.partial = self._ledger.parameters.partial = True

    def _open(self, written: str, span: Span, parent: File) -> File | None:
        refused = self._refusal(written, span, parent)
        if refused is not None:
            self._lose(refused)
            return None
        assert parent.folder is not None
        assert self._project is not None
        path = parent.folder / written.replace("\\", "/")
        real = path
        try:
            real = Path(os.path.realpath(path))
            if not real.is_relative_to(self._project):
                self._lose(_outside(written, span, self._project))
                return None
            return self._read(real, path.parent, written, span, parent)
        except (FileNotFoundError, NotADirectoryError):
            self._lose(_unreadable(written, span, "there is no such file", _near(real)))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it cannot be read"
            self._lose(_unreadable(written, span, reason.lower()))
        return None

    def _refusal(self, written: str, span: Span, parent: File) -> Diagnostic | None:
        if "\0" in written or _SCHEME.match(written) or written[0] in "/\\~":
            return _outside(written, span, self._project)
        if self._project is None or parent.folder is None:
            return problems.INCLUDE_WITHOUT_FILE.at(
                span,
                f"{shown(written)} cannot be included, because the script is a text without a file",
                hint="compile it from a file, or name the project folder",
            )
        if parent.depth + 1 > DEEPEST:
            return problems.INCLUDE_TOO_DEEP.at(
                span,
                f"{shown(written)} is include number {parent.depth + 1} in a row, "
                f"{DEEPEST} are allowed",
                hint="include the file from one nearer to the script",
            )
        return None

    def _read(
        self, real: Path, folder: Path, written: str, span: Span, parent: File
    ) -> File | None:
        status = real.stat()
        identity = (status.st_dev, status.st_ino)
        for above in parent.chain():
            if above.identity == identity:
                self._ledger.report(_cycle(written, span, parent, above))
                return None
        if identity in self._seen:
            return None
        self._seen.add(identity)
        if not stat.S_ISREG(status.st_mode):
            self._lose(_unreadable(written, span, "it is not a file"))
            return None
        opened = self._opened(real) if self._opened is not None else None
        if opened is not None:
            return File(opened, folder, parent, span, identity)
        with real.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            self._lose(_unreadable(written, span, "it is larger than 4 MiB"))
            return None
        # The parser costs its import only where something is included.
        from promptlang.syntax.parser import parse_bytes

        script = parse_bytes(data, _shown(written, parent))
        return File(script, folder, parent, span, identity)


def included(
    script: ast.Script,
    values: Mapping[str, str],
    *,
    folder: Path | None,
    project: Path | None,
    opened: Opened | None = None,
) -> list[ast.Script]:
    """Return the files a script includes as they are written; what cannot be read is left out."""
    loader = Loader(Ledger(Symbols(), Parameters(values)), values, project or folder, opened)
    return [file.script for file in loader.load(script, folder) if file.parent is not None]


def declare_parameters(file: File, parameters: Parameters) -> list[Diagnostic]:
    """Declare the parameters of a file; return what is wrong with them."""
    found = []
    for place, line in file.rare:
        if isinstance(line, ast.Parameter):
            spanner = Spanner(file.script.source, file.script.starts[place])
            default = None if line.default is None else _words(line.default.text)
            span = spanner.part(line, line.name)
            found.append(parameters.declare(line.name.text, default, span))
    return [diagnostic for diagnostic in found if diagnostic is not None]


def _words(written: ast.Text) -> str:
    """The words of a default: only escapes mean anything in it."""
    pieces = []
    at = 0
    for mark in written.marks:
        if isinstance(mark, ast.Escape):
            pieces += [written.raw[at : mark.start - written.start], mark.text]
            at = mark.end - written.start
    return "".join([*pieces, written.raw[at:]])


def _folder_of(path: str) -> Path | None:
    if path == "-" or (path.startswith("<") and path.endswith(">")):
        return None
    return Path(path).parent


def _identity(path: str) -> tuple[int, int] | None:
    if _folder_of(path) is None:
        return None  # a text that comes from no file
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _shown(written: str, parent: File) -> str:
    """How messages name an included file: in the way the including file is named."""
    above = _folder_of(parent.script.source.path)
    return os.path.normpath(Path(above or "", written.replace("\\", "/")))


def _outside(written: str, span: Span, project: Path | None) -> Diagnostic:
    named = "" if project is None else f'; the project folder is "{project.name}"'
    return problems.INCLUDE_OUTSIDE.at(
        span,
        f"{shown(written)} is outside the project folder, "
        "allowed are relative paths that stay inside it",
        hint=f"write the path from the folder of this file{named}",
    )


def _unreadable(written: str, span: Span, reason: str, meant: str = "") -> Diagnostic:
    fixes = []
    if meant:
        path = (written.replace("\\", "/").rpartition("/")[0] + "/").lstrip("/") + meant
        fixes.append(Fix(f'write "{path}"', [Edit(span, path)], safe=False))
    return problems.INCLUDE_NOT_FOUND.at(
        span,
        f"{shown(written)} cannot be included: {reason}",
        hint=did_you_mean([meant] if meant else [])
        or "the path starts from the folder of the file that includes",
        fixes=fixes,
    )


def _near(path: Path) -> str:
    """Return the name of a script beside a missing one that was probably meant, or ``""``."""
    try:
        with os.scandir(path.parent) as entries:
            found = [e.name for e in islice(entries, _LOOKED_AT) if e.name.endswith(".shot")]
    except OSError:
        return ""
    return next(iter(nearest(path.name, sorted(found))), "")


def _cycle(written: str, span: Span, parent: File, above: File) -> Diagnostic:
    chain = list(parent.chain())
    length = chain.index(above)
    names = [file.script.source.path for file in chain[: length + 1]]
    spans = [file.span for file in chain[:length]]
    related = [Related("included here", at) for at in spans if at is not None]
    circle = " → ".join([*reversed(names), names[-1]])
    return problems.INCLUDE_CYCLE.at(
        span,
        f"{shown(written)} includes itself: {circle}",
        hint="move what both files need into a third one",
        related=related,
    )
