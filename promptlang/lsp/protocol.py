"""The protocol: messages, with an answer to every request whatever is in it.

pygls reads and writes them. Requests about a script come and go as plain data, so that a request
that is spelt wrongly is answered like any other.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import (
    JsonRPCNotification,
    JsonRPCRequestMessage,
    JsonRPCResponseMessage,
)
from pygls.protocol.language_server import lsp_method

from promptlang.lsp.params import SHAPES, fits
from promptlang.lsp.view import path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from promptlang.lsp.server import Server

PARSE_ERROR, INVALID_REQUEST, INVALID_PARAMS, INTERNAL = -32700, -32600, -32602, -32603
NOT_INITIALIZED, REQUEST_FAILED, SERVER_CANCELLED = -32002, -32803, -32802
_TYPED = frozenset(
    {
        "$/cancelRequest",
        "$/setTrace",
        "exit",
        "initialize",
        "initialized",
        "shutdown",
        "window/workDoneProgress/cancel",
    }
)
"""What pygls answers itself and wants to read as objects of its own; all else is plain data."""

_ANSWERED = object()
"""Stands for a message that could not be read and was answered."""


class Protocol(LanguageServerProtocol):
    """Messages, with an answer to every request whatever is in it."""

    _server: Server

    def __init__(self, server: Server, converter: Any) -> None:
        super().__init__(server, converter)
        self.code = 1
        self._initialized = False
        self._asked = 0

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return a message; one that cannot be read is answered here and passed over."""
        if "jsonrpc" not in data:
            return data
        method, version = data.get("method"), data["jsonrpc"]
        if method is None and "result" in data:
            return JsonRPCResponseMessage(data.get("id", ""), version, data["result"])
        if isinstance(method, str) and method not in _TYPED:
            if "id" in data:
                return JsonRPCRequestMessage(data["id"], method, version, data.get("params"))
            return JsonRPCNotification(method, version, data.get("params"))
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and "id" in data:
                self.refuse(data["id"], INVALID_PARAMS, f"{error.message}: {data['method']}")
            return _ANSWERED

    def handle_message(self, message: Any) -> None:
        """Pass a message on to who answers it."""
        self._server.tidy.heard()
        if message is _ANSWERED:
            return
        if not hasattr(message, "jsonrpc"):
            self.refuse(None, INVALID_REQUEST, "this is no message of JSON-RPC 2.0")
            return
        method, number = getattr(message, "method", None), getattr(message, "id", None)
        if not isinstance(number, str | int | None) or isinstance(number, bool):
            self.refuse(None, INVALID_REQUEST, "a request is numbered by a number or a text")
            return
        if method is not None and number is not None:
            if self._shutdown:
                self.refuse(number, INVALID_REQUEST, "the server was shut down")
                return
            if self._initialized == (method == "initialize"):
                code = INVALID_REQUEST if self._initialized else NOT_INITIALIZED
                self.refuse(number, code, f'"{method}" is not for now')
                return
        elif method is not None and not self._initialized and method != "exit":
            return
        if method in SHAPES and not fits(message.params, SHAPES[method]):
            if number is not None:
                self.refuse(number, INVALID_PARAMS, f"{method}: the parameters are not understood")
            return
        super().handle_message(message)

    def send_text(self, message: str) -> None:
        """Send a message that is JSON already: most of it was sent before."""
        body = message.encode()
        if self.writer is not None:
            head = b"Content-Length: %d\r\n\r\n" % len(body) if self._include_headers else b""
            self.writer.write(head + body)

    def tell(self, method: str, params: Any) -> None:
        """Send a notification of plain data."""
        self._send_data({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any = None, then: Callable[[Any], object] = bool) -> None:
        """Send a request of plain data.

        Args:
            method: What is asked.
            params: With what.
            then: What is done with the answer; an error is as good as none.
        """
        self._asked += 1
        number = f"promptlang-{self._asked}"
        answer: Future[Any] = Future()
        answer.add_done_callback(lambda done: None if done.exception() else then(done.result()))
        self._request_futures[number] = answer
        self._send_data({"jsonrpc": "2.0", "id": number, "method": method, "params": params})

    def refuse(self, number: Any, code: int, message: str) -> None:
        """Answer a request with an error; one without a usable number with none."""
        self._send_data(
            {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}}
        )

    def _send_response(
        self, msg_id: Any, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        # What went wrong inside says where on this machine, which concerns nobody.
        if error is not None:
            error = types.ResponseError(code=error.code, message=error.message.split("\n")[0])
        elif isinstance(result, dict | list):
            # A long list is plain data already, and to look at every piece of it takes its time.
            with contextlib.suppress(TypeError):
                answer = {"jsonrpc": "2.0", "id": msg_id, "result": result}
                self.send_text(json.dumps(answer, separators=(",", ":")))
                self._result_types.pop(msg_id, None)
                return
        super()._send_response(msg_id, result, error)

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, Any]:
        """Agree with the editor on what both can do."""
        result = yield from super().lsp_initialize(params)
        self._server.begin(params, result.capabilities)
        self._initialized = True
        return result

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: Any) -> None:
        """Take a file that was opened."""
        document = params["textDocument"]
        self._server.editor.open(document["uri"], document.get("version"), document["text"])
        self._server.changed(document["uri"])

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: Any) -> None:
        """Take the changes of a file."""
        document = params["textDocument"]
        changes = params["contentChanges"]
        if self._server.editor.change(document["uri"], document.get("version"), changes):
            self._server.changed(document["uri"])

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: Any) -> None:
        """Forget a file that was closed."""
        self._server.close(params["textDocument"]["uri"])

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]  # pygls takes both
        self, params: Any
    ) -> Any:
        """Run a command."""
        run = self.fm.commands.get(params["command"])
        if run is None:
            raise JsonRpcInvalidParams(f"there is no command {params['command']!r}")
        return await run(*params.get("arguments") or ())

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(self, params: Any) -> None:
        """Take other folders to work in."""
        event = params["event"]
        gone = {path_of(folder["uri"]) for folder in event.get("removed") or ()}
        editor = self._server.editor
        kept = [folder for folder in editor.folders if str(folder) not in gone]
        editor.folders = [*kept, *(Path(path_of(f["uri"])) for f in event.get("added") or ())]

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> Generator[Any, Any, None]:
        """End the process; how, depends on whether that was announced."""
        self.code = 0 if self._shutdown else 1
        yield from super().lsp_exit(*args)


class Progress:
    """Work an editor shows and may cancel, if it gave a token to speak of it by."""

    def __init__(self, protocol: Protocol, token: Any, title: str) -> None:
        self._protocol = protocol
        self._token = token
        self._title = title

    async def __aenter__(self) -> Progress:
        if self._token is not None:
            task = asyncio.current_task()
            tokens: dict[Any, Any] = self._protocol.progress.tokens
            tokens[self._token] = task  # pygls cancels what stands there
        self._tell({"kind": "begin", "title": self._title, "cancellable": True, "percentage": 0})
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._token is not None:
            self._protocol.progress.tokens.pop(self._token, None)
        self._tell({"kind": "end"})

    async def report(self, done: int, of: int) -> None:
        """Tell how much of the work is done, and let other messages pass."""
        share = 100 * done // max(of, 1)
        self._tell({"kind": "report", "percentage": share, "message": f"{done} of {of}"})
        await asyncio.sleep(0)

    def _tell(self, value: dict[str, Any]) -> None:
        if self._token is not None:
            self._protocol.tell("$/progress", {"token": self._token, "value": value})
