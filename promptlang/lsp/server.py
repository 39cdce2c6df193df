"""The protocol: what an editor sends becomes a call, what comes of it goes back.

pygls reads and writes messages. Requests about a script come and go as plain data, so that a
request that is spelt wrongly is answered like any other.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.json_rpc import JsonRPCNotification, JsonRPCRequestMessage
from pygls.protocol.language_server import lsp_method

from promptlang.lsp.capabilities import OPTIONS, SYNC
from promptlang.lsp.editor import Editor, NotOpenError
from promptlang.lsp.features import FEATURES, RESOLVERS, WORKSPACE
from promptlang.lsp.view import RefusedError, path_of
from promptlang.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from promptlang.lsp.live import Told
    from promptlang.lsp.view import View
    from promptlang.session import Document

SOON = 0.001
"""Seconds without another change after which what can be told at once is told."""
LATER = 0.2
"""Seconds without another change after which a long script is checked in full."""
_SWITCH = 0.001
"""Seconds after which a check that goes on meanwhile lets a request pass."""

_PIECE = 1 << 16
"""Bytes read at once at most."""

PARSE_ERROR, INVALID_REQUEST, INVALID_PARAMS, INTERNAL = -32700, -32600, -32602, -32603
NOT_INITIALIZED, REFUSED = -32002, -32803
_PLAIN = frozenset({*FEATURES, *RESOLVERS, *SYNC, *WORKSPACE})
"""What is read and answered as plain data."""
_TYPED = frozenset({"initialize", "initialized", "shutdown", "exit", "$/cancelRequest"})


class Protocol(LanguageServerProtocol):
    """Messages, with an answer to every request whatever is in it."""

    _server: Server

    def __init__(self, server: Server, converter: Any) -> None:
        super().__init__(server, converter)
        self.code = 1
        self._initialized = False

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return a message; one that cannot be read is answered here and passed over."""
        if "jsonrpc" not in data:
            return data
        method = data.get("method")
        if isinstance(method, str) and method in _PLAIN:
            version, params = data["jsonrpc"], data.get("params")
            if "id" in data:
                return JsonRPCRequestMessage(data["id"], method, version, params)
            return JsonRPCNotification(method, version, params)
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and "id" in data:
                self._refuse(data["id"], INVALID_PARAMS, f"{error.message}: {data['method']}")
            return None

    def handle_message(self, message: Any) -> None:
        """Pass a message on to who answers it."""
        if message is None:
            return
        if not hasattr(message, "jsonrpc"):
            number = message.get("id") if isinstance(message, dict) else None
            self._refuse(number, INVALID_REQUEST, "this is no message of JSON-RPC 2.0")
            return
        method, number = getattr(message, "method", None), getattr(message, "id", None)
        if method is not None and number is not None:
            if self._shutdown:
                self._refuse(number, INVALID_REQUEST, "the server was shut down")
                return
            if self._initialized == (method == "initialize"):
                code = INVALID_REQUEST if self._initialized else NOT_INITIALIZED
                self._refuse(number, code, f'"{method}" is not for now')
                return
        elif method is not None and not self._initialized and method != "exit":
            return
        super().handle_message(message)

    def send_text(self, message: str) -> None:
        """Send a message that is JSON already: most of it was sent before."""
        body = message.encode()
        if self.writer is not None:
            self.writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def _refuse(self, number: Any, code: int, message: str) -> None:
        if not isinstance(number, str | int) or isinstance(number, bool):
            number = None
        self._send_data(
            {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}}
        )

    def _send_response(
        self, msg_id: Any, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        # What went wrong inside says where on this machine, which concerns nobody.
        if error is not None:
            error = types.ResponseError(code=error.code, message=error.message.split("\n")[0])
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

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> Generator[Any, Any, None]:
        """End the process; how, depends on whether that was announced."""
        self.code = 0 if self._shutdown else 1
        yield from super().lsp_exit(*args)


class Input:
    """Standard input, read in as large pieces as there are: one message costs one wait or none."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read: Callable[[int], bytes] = stream.read1  # type: ignore[attr-defined]  # it is buffered
        self._pool = ThreadPoolExecutor(1, "input")
        self._waiting = bytearray()
        self._ended = False

    async def readline(self) -> bytes:
        """Return the next line with its end, less at the end of the input."""
        at = 0
        while (end := self._waiting.find(b"\n", at)) < 0 and not self._ended:
            at = len(self._waiting)
            await self._more()
        return self._take(end + 1 if end >= 0 else len(self._waiting))

    async def readexactly(self, count: int) -> bytes:
        """Return the next so many bytes, none if there are not so many."""
        while len(self._waiting) < count and not self._ended:
            await self._more()
        return self._take(count) if len(self._waiting) >= count else b""

    async def _more(self) -> None:
        piece = await asyncio.get_running_loop().run_in_executor(self._pool, self._read, _PIECE)
        self._waiting += piece
        self._ended = not piece

    def _take(self, count: int) -> bytes:
        taken = bytes(self._waiting[:count])
        del self._waiting[:count]
        return taken


class Server(LanguageServer):
    """The server of one editor.

    Attributes:
        editor: What is open.
    """

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "promptlang",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
            converter_factory=default_converter,
        )
        self.editor = Editor()
        self.pulls = False
        self._checks = ThreadPoolExecutor(1, "check")
        self._answers = ThreadPoolExecutor(1, "answer")
        self._soon: dict[str, asyncio.TimerHandle] = {}
        self._later: dict[str, asyncio.TimerHandle] = {}
        for method, answer in FEATURES.items():
            self.feature(method, OPTIONS.get(method))(self._about_a_file(method, answer))
        for method, answer_of_all in WORKSPACE.items():
            self.feature(method, OPTIONS.get(method))(self._about_all(method, answer_of_all))
        for method, resolve in RESOLVERS.items():
            self.feature(method)(self._resolving(method, resolve))

    def begin(self, params: types.InitializeParams, capabilities: types.ServerCapabilities) -> None:
        """Take what was agreed on."""
        encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
        self.editor.encoding = str(getattr(encoding, "value", encoding))
        folders = [folder.uri for folder in params.workspace_folders or []]
        root = [params.root_uri] if params.root_uri else []
        self.editor.folders = [Path(path_of(uri)) for uri in folders or root]
        known = params.capabilities.text_document
        # Who asks for diagnostics is not told of them as well: they would be shown twice.
        self.pulls = known is not None and known.diagnostic is not None
        if not self.pulls:
            capabilities.diagnostic_provider = None

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Answer a message that could not even be read; say nothing on the screen."""
        if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | RecursionError):
            self.protocol._refuse(None, PARSE_ERROR, "the message is no JSON")
        logging.getLogger(__name__).error("%s: %s", type(error).__name__, error)

    def serve(self) -> None:
        """Answer standard input on standard output until one of them ends."""
        self._stop_event = threading.Event()
        self.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
        reading = run_async(
            self._stop_event,
            Input(sys.stdin.buffer),
            self.protocol,
            error_handler=self.report_server_error,
        )
        with contextlib.suppress(BrokenPipeError, KeyboardInterrupt, SystemExit):
            asyncio.run(reading)

    def changed(self, uri: str) -> None:
        """Tell what is wrong with a file as soon as it rests."""
        loop = asyncio.get_running_loop()
        for waiting, delay, call in (
            (self._soon, SOON, self._tell_soon),
            (self._later, LATER, self._check_later),
        ):
            if uri in waiting:
                waiting[uri].cancel()
            waiting[uri] = loop.call_later(delay, call, uri)

    def close(self, uri: str) -> None:
        """Forget a file that was closed, and what was told of it."""
        for waiting in (self._soon, self._later):
            if uri in waiting:
                waiting.pop(uri).cancel()
        if uri in self.editor.files:
            self.editor.close(uri)
            if not self.pulls:
                self._publish(uri, None, "[]")

    def _tell_soon(self, uri: str) -> None:
        del self._soon[uri]
        told = self.editor.quick(uri)
        if told is not None:
            self._tell(uri, told)
            if told.full and uri in self._later:
                self._later.pop(uri).cancel()

    def _check_later(self, uri: str) -> None:
        del self._later[uri]
        view = self.editor.view(uri)
        check = asyncio.get_running_loop().run_in_executor(self._checks, _checked, view.document)
        check.add_done_callback(lambda done: self._checked(uri, view, done))

    def _checked(self, uri: str, view: View, done: asyncio.Future[Any]) -> None:
        told = self.editor.full(uri, view, done.result())
        if told is not None:
            self._tell(uri, told)

    def _tell(self, uri: str, told: Told) -> None:
        if not self.pulls:
            self._publish(uri, self.editor.files[uri].version, told.json())

    def _publish(self, uri: str, version: int | None, found: str) -> None:
        said = "" if version is None else f'"version":{version},'
        self.protocol.send_text(
            '{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":'
            f'{{"uri":{json.dumps(uri)},{said}"diagnostics":{found}}}}}'
        )

    def _about_a_file(self, method: str, answer: Callable[..., Any]) -> Callable[[Any], Any]:
        async def handle(params: Any) -> Any:
            return await self._answered(answer, self._asked(method, params), params)

        return handle

    def _about_all(self, method: str, answer: Callable[..., Any]) -> Callable[[Any], Any]:
        async def handle(params: Any) -> Any:
            if not isinstance(params, dict) or "textDocument" in params:
                self._asked(method, params)
            return await self._answered(answer, self.editor.scripts(), params)

        return handle

    def _asked(self, method: str, params: Any) -> View:
        """Return the script a request is about."""
        try:
            view = self.editor.view(params["textDocument"]["uri"])
            if "position" in params:
                view.offset(params)
        except NotOpenError as error:
            raise JsonRpcInvalidParams(str(error)) from None
        except (KeyError, TypeError, AttributeError, IndexError):
            raise JsonRpcInvalidParams(f"{method}: the parameters are not understood") from None
        return view

    async def _answered(self, answer: Callable[..., Any], about: object, params: Any) -> Any:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._answers, answer, about, params)
        except RefusedError as error:
            raise JsonRpcException(str(error), REFUSED) from None

    def _resolving(self, method: str, resolve: Callable[..., Any]) -> Callable[[Any], Any]:
        async def handle(item: Any) -> Any:
            try:
                view = self.editor.view(item["data"]["uri"])
            except (NotOpenError, KeyError, TypeError):
                return item  # the file was closed meanwhile, or it is no item of ours
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._answers, resolve, view, item)

        return handle


def _checked(document: Document) -> Any:
    return document.diagnostics


def serve() -> int:
    """Serve an editor on standard input and output until it ends; return the exit code."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    sys.setswitchinterval(_SWITCH)
    server = Server()
    server.serve()
    return server.protocol.code
