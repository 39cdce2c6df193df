"""Write the reference as Markdown: rules, targets, vocabulary, the language, commands.

The pages are made from code and data. Pages of what no longer exists are removed; files of
other origin in the folder are left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.cli import OK
from promptlang.cli.reference import write_pages

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", metavar="DIR", help="where the pages go; made where it is not")


def run(args: Namespace) -> int:
    """Write the reference."""
    folder = Path(args.folder)
    count = write_pages(folder)
    print(folder / "index.md")
    print(f"wrote {count} pages", file=sys.stderr)
    return OK
