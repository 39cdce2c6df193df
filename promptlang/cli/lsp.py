"""Serve an editor: the language server, on standard input and output or for pages of this machine.

It comes with the extra of the same name: pip install 'promptlang-shot[lsp]'. What pages connect to
needs 'promptlang-shot[websocket]'.
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
    parser.add_argument("--stdio", action="store_true", help="the usual way, also without it")
    parser.add_argument(
        "--websocket",
        type=int,
        metavar="PORT",
        help="serve pages of this machine (0: a free port)",
    )
    parser.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="also let in the pages of a site, such as https://example.org",
    )


def run(args: Namespace) -> int:
    """Serve until the editor ends."""
    if args.origin and args.websocket is None:
        raise UsageError("--origin goes with --websocket")
    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls: pip install 'promptlang-shot[lsp]'")
    if args.websocket is not None:
        return _pages(args.websocket, args.origin)
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


def _pages(port: int, origins: list[str]) -> int:
    if find_spec("websockets") is None:
        raise UsageError("--websocket needs websockets: pip install 'promptlang-shot[websocket]'")
    from promptlang.lsp.lean import load_types

    load_types()
    from promptlang.lsp.websocket import serve

    try:
        return serve(port, origins, lambda address: print(f"listening on {address}", flush=True))
    except (OSError, OverflowError) as error:
        raise UsageError(f"cannot listen on port {port}: {error}") from None
