"""The server for pages on this machine: one editor a connection, one text a message.

A page of any site may ask a browser to connect here, and what the server answers says what is in
the writer's files. So only pages of this machine are let in, and those the writer names.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from websockets.asyncio.server import serve as served
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from promptlang.lsp.channel import Channel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from websockets.asyncio.server import ServerConnection

HOST = "127.0.0.1"
_LOCAL = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
_LARGEST = 1 << 26
"""Bytes a message may have."""


async def listen(port: int, origins: Sequence[str], listening: Callable[[str], object]) -> None:
    """Serve every page that connects, until cancelled.

    Args:
        port: Where; 0 for any that is free.
        origins: Pages that may connect besides those of this machine, as browsers name them.
        listening: Is told the address.
    """
    # A program that is no browser says nothing of where it comes from.
    let_in = [_LOCAL, None, *map(Origin, origins)]
    async with served(
        _talk, HOST, port, origins=let_in, compression=None, max_size=_LARGEST
    ) as server:
        (socket,) = server.sockets
        listening(f"ws://{HOST}:{socket.getsockname()[1]}")
        await server.serve_forever()


async def _talk(connection: ServerConnection) -> None:
    outgoing: asyncio.Queue[str] = asyncio.Queue()
    channel = Channel(outgoing.put_nowait)
    sending = asyncio.create_task(_send(connection, outgoing))
    try:
        with suppress(ConnectionClosed):
            async for message in connection:
                if not channel.receive(message):
                    break
    finally:
        sending.cancel()


async def _send(connection: ServerConnection, outgoing: asyncio.Queue[str]) -> None:
    with suppress(ConnectionClosed):
        while True:
            await connection.send(await outgoing.get())


def serve(port: int, origins: Sequence[str], listening: Callable[[str], object]) -> int:
    """Serve pages until somebody presses Ctrl+C; return the exit code.

    Raises:
        OSError: The port is taken.
    """
    with suppress(KeyboardInterrupt):
        asyncio.run(listen(port, origins, listening))
    return 0
