"""The server behind something that carries texts: a WebSocket, or a worker of a browser.

A message is one text, without the header that parts messages on standard input. Nothing here
starts a thread or opens a socket, so a browser can run it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcException

from promptlang.lsp.server import Server, prepare

if TYPE_CHECKING:
    from collections.abc import Callable


class Channel:
    """A server of its own for one editor.

    Args:
        send: Takes each message to the editor.
    """

    def __init__(self, send: Callable[[str], object]) -> None:
        prepare()
        self._send = send
        self._server = Server()
        self._server.protocol.set_writer(self, include_headers=False)

    def receive(self, message: str | bytes) -> bool:
        """Take a message of the editor; return whether more may follow."""
        protocol = self._server.protocol
        try:
            protocol.handle_message(json.loads(message, object_hook=protocol.structure_message))
        except SystemExit:
            return False  # it said "exit"
        except Exception as error:
            self._server.report_server_error(error, JsonRpcException)
        return True

    def write(self, data: bytes) -> None:
        """Pass on what the protocol has to say."""
        self._send(data.decode())

    def close(self) -> None:
        """Leave closing to who owns what carries the texts."""
