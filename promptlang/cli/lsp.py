"""Serve an editor: the language server, on standard input and output.

It comes with the extra of the same name: pip install 'promptlang-shot[lsp]'.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from promptlang.cli import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--stdio", action="store_true", help="the only way there is, and so usual")


def run(_: Namespace) -> int:
    """Serve until the editor ends."""
    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls: pip install 'promptlang-shot[lsp]'")
    from promptlang.collector import Paused
    from promptlang.lsp.lean import load_types

    with Paused():  # nothing that is loaded is garbage
        load_types()
        from promptlang.lsp.server import Server

        server = Server()
    code = server.serve()
    # A thread may still wait for input that an editor which has left will never send.
    sys.stderr.flush()
    os._exit(code)
