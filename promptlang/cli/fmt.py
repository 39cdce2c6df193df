"""Bring scripts into their canonical form; what they mean stays.

A folder is searched for *.shot files; - formats standard input to standard output.
"""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.cli import ERRORS, OK
from promptlang.cli.files import STDIN, diff, open_data, read, scripts, write
from promptlang.cli.show import show, visible
from promptlang.syntax.limits import FILE_LIMIT
from promptlang.workspace import Workspace

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from promptlang.session import Document


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a script, a folder, or -")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where one would")
    parser.add_argument("--diff", action="store_true", help="show what would change; write nothing")
    parser.add_argument("--stdin-filename", metavar="F", help="what - is called")


def run(args: Namespace) -> int:
    """Format scripts."""
    workspace = Workspace()
    code, changed, paths = OK, 0, scripts(args.paths, folders=True)
    for path in paths:
        data = read(path)
        document = open_data(workspace, path, data, args.stdin_filename)
        if not _is_whole(document, data):
            show([d for d in document.script.diagnostics if d.is_error], "full", sys.stderr)
            print(visible(f"promptlang: {document.path} is left as it is"), file=sys.stderr)
            code = ERRORS
            continue
        clean = document.formatted
        if path == STDIN and not (args.check or args.diff):
            _print(_encoded(clean, data))
            continue
        if clean == document.text:
            continue
        changed += 1
        if args.diff:
            sys.stdout.writelines(diff(document.path, document.text, clean))
        if args.check or args.diff:
            print(visible(f"would format {document.path}"), file=sys.stderr)
            code = ERRORS
        else:
            write(Path(path), _encoded(clean, data))
            print(visible(f"formatted {document.path}"), file=sys.stderr)
    if not args.diff and paths != [STDIN]:
        print(_summary(changed, len(paths), check=args.check), file=sys.stderr)
    return code


def _is_whole(document: Document, data: bytes) -> bool:
    """Whether the text is all of the file: what could not be read must not be written back."""
    try:
        # Of a file beyond the limit only the beginning was read.
        return len(data) <= FILE_LIMIT and document.text == data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _encoded(clean: str, data: bytes) -> bytes:
    """Return a text as it is written: with the byte-order mark its file has."""
    return (BOM_UTF8 if data.startswith(BOM_UTF8) else b"") + clean.encode()


def _print(data: bytes) -> None:
    """Write to standard output, which would make line ends of its own on some systems."""
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:  # a program that calls main() has put a text in its place
        sys.stdout.write(data.decode())
    else:
        stream.write(data)


def _summary(changed: int, files: int, *, check: bool) -> str:
    verb = "would be formatted" if check else "formatted"
    return f"{changed} of {files} file{'s' * (files != 1)} {verb}"
