"""Write the prompts and payloads of scripts.

Results go to standard output, or with --out into a folder, one file a request. With --data a
script is compiled once for each row of a table whose columns are its parameters.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.cli import ERRORS, UsageError, options
from promptlang.cli.check import verdict
from promptlang.cli.files import open_script, scripts, write
from promptlang.cli.show import concise, show, visible
from promptlang.diagnostics import Severity
from promptlang.session import TargetError
from promptlang.workspace import Workspace

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.emit.result import Compilation
    from promptlang.session import Document

FORMATS = {"text": "txt", "copy": "txt", "json": "json", "curl": "sh"}
"""The formats, each with the ending of its files."""


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a script, or -")
    options.add_target(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text to read (the default), copy to paste, json for programs, curl to send",
    )
    parser.add_argument("--out", metavar="DIR", help="write one file a request into this folder")
    parser.add_argument(
        "--data", metavar="ROWS", help="a .csv or .jsonl table; its columns are parameters"
    )
    options.add_values(parser)
    options.add_limits(parser)
    parser.add_argument("--stdin-filename", metavar="F", help="what - is called")


def run(args: Namespace) -> int:
    """Compile scripts."""
    values, assets = options.values(args.set), options.assets(args.asset)
    workspace = Workspace(
        values=values, assets=assets, asked=options.targets(args.target), strict=args.strict
    )
    paths = scripts(args.files, folders=False)
    documents = [open_script(workspace, path, args.stdin_filename) for path in paths]
    if values or assets:
        documents = options.fitted(documents, values, assets)
    return _Run(args, documents).go()


class _Run:
    """One run of the command: what was asked for, and what was told already."""

    def __init__(self, args: Namespace, documents: list[Document]) -> None:
        self.args = args
        self.documents = documents
        self.told: set[Diagnostic] = set()
        self.found: list[Diagnostic] = []
        self.written: set[Path] = set()
        self.failed = False
        self.shared: set[Diagnostic] = set()
        self.several = bool(args.data) or sum(len(d.targets) for d in documents) > 1

    def go(self) -> int:
        """Compile every document, or every row of every document."""
        for document in self.documents:
            # Before anything is written: a run is wrong as a whole or not at all.
            document.ensure_target()
        for document in self.documents:
            if self.args.data:
                self._rows(document)
            else:
                self._one(document)
        code = verdict(self.found, self.args.max_warnings)
        return ERRORS if self.failed else code

    def _rows(self, document: Document) -> None:
        from promptlang.batch import Batch
        from promptlang.cli.rows import BadRow, read_rows

        quick = self.args.format == "json" and not self.args.out
        batch = Batch(document) if quick else None
        # A line with a parameter may be wrong in one row and right in the next.
        self.shared = {
            d
            for d in document.diagnostics
            if d.is_error and "{" not in d.span.source.line(d.span.line)
        }
        for row in read_rows(self.args.data, document.storyboard.declared):
            if isinstance(row, BadRow):
                told = visible(f"{self.args.data}: row {row.number}: {row}")
                print(f"promptlang: {told}", file=sys.stderr)
                self.failed = True
                continue
            lines = batch.lines(row.values, row.number) if batch is not None else None
            if lines is None:
                self._one(document.again(row.values), row.number)
            else:
                sys.stdout.writelines(f"{line}\n" for line in lines)

    def _one(self, document: Document, row: int | None = None) -> None:
        try:
            compilations = document.compilations()
        except TargetError:
            # The line with the target may be one that could not be read.
            self._tell(document.diagnostics, row)
            raise
        found = _union(compilations) if compilations else document.diagnostics
        self._tell(found, row)
        faulty = any(d.is_error for d in found)
        if faulty and self.args.out:
            path = visible(document.path)
            print(f"promptlang: nothing is written for {path}: it has errors", file=sys.stderr)
        if faulty and (self.args.out or row is not None):
            return
        if not compilations and not found:
            path = visible(document.path)
            print(f"promptlang: {path} has no block to compile", file=sys.stderr)
        for compilation in compilations:
            result = compilation.model_copy(update={"row": row})
            if self.args.out:
                self._write(result)
            else:
                print(self._render(result))

    def _tell(self, diagnostics: list[Diagnostic], row: int | None) -> None:
        """Print to standard error what matters; what does not depend on a row is printed once."""
        own = [d for d in diagnostics if d.is_error and d not in self.shared]
        for error in own if row is not None else ():
            print(f"promptlang: {self.args.data}: row {row}: {concise(error)}", file=sys.stderr)
        news = [d for d in diagnostics if d not in self.told]
        self.told.update(news)
        self.found += news
        # Hints are for `check`; what the compiler did is told in a line each.
        weighty = [d for d in news if d.severity.rank <= Severity.WARNING.rank]
        show([d for d in weighty if row is None or d not in own], "full", sys.stderr)
        show([d for d in news if d.severity is Severity.INFO], "concise", sys.stderr)

    def _render(self, compilation: Compilation) -> str:
        if self.args.format == "json":
            return compilation.model_dump_json(by_alias=True, indent=None if self.several else 2)
        texts = [text for _, text in self._texts(compilation)]
        if self.args.format != "text" and not self.several:
            return "\n\n".join(texts)
        from promptlang.cli.as_text import heading

        around = {"text": "{}", "copy": "##### {} #####", "curl": "# {}"}[self.args.format]
        head = around.format(heading(compilation))
        return "\n\n".join([head, *texts]) + ("\n" if self.several else "")

    def _texts(self, compilation: Compilation) -> Iterator[tuple[str, str]]:
        from importlib import import_module

        # Each format is a module of its own with one function, so only the one used is loaded.
        spell = import_module(f"promptlang.cli.as_{self.args.format}").spell
        for request in compilation.requests:
            yield request.id, spell(compilation, request)

    def _write(self, compilation: Compilation) -> None:
        folder = Path(self.args.out)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f'"{folder}" is no folder: {error.strerror or error}') from None
        stem = Path(compilation.source.strip("<>")).stem
        parts = [
            stem,
            compilation.target.replace("/", "."),
            *([f"row{compilation.row}"] if compilation.row else []),
        ]
        for number, text in self._texts(compilation):
            path = folder / ".".join([*parts, number, FORMATS[self.args.format]])
            if path in self.written:
                raise UsageError(f'two scripts would both be written to "{path}"')
            self.written.add(path)
            write(path, f"{text}\n".encode(errors="backslashreplace"))
            print(visible(f"wrote {path}"), file=sys.stderr)


def _union(compilations: list[Compilation]) -> list[Diagnostic]:
    from promptlang.diagnostics import ordered

    return ordered(d for compilation in compilations for d in compilation.diagnostics)
