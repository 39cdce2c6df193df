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
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.json_rpc import (
    JsonRPCNotification,
    JsonRPCRequestMessage,
    JsonRPCResponseMessage,
)
from pygls.protocol.language_server import lsp_method

from promptlang.lsp.capabilities import OPTIONS, WATCHED
from promptlang.lsp.commands import CHANGING, COMMANDS, CommandError
from promptlang.lsp.editor import Editor, NotOpenError
from promptlang.lsp.features import FEATURES, RESOLVERS, WORKSPACE, function
from promptlang.lsp.live import Told
from promptlang.lsp.stream import Input
from promptlang.lsp.view import RefusedError, path_of
from promptlang.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from promptlang.lsp.view import View
    from promptlang.session import Document

SOON = 0.001
"""Seconds without another change after which what can be told at once is told."""
LATER = 0.2
"""Seconds without another change after which a long script is checked in full."""
_SWITCH = 0.001
"""Seconds after which a check that goes on meanwhile lets a request pass."""

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
        name = params.get("command") if isinstance(params, dict) else None
        run = self.fm.commands.get(name)
        if run is None:
            raise JsonRpcInvalidParams(f"there is no command {name!r}")
        return await run(*params.get("arguments") or ())

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(self, params: Any) -> None:
        """Take other folders to work in."""
        event = params["event"]
        gone = {path_of(folder["uri"]) for folder in event.get("removed", ())}
        editor = self._server.editor
        kept = [folder for folder in editor.folders if str(folder) not in gone]
        editor.folders = [*kept, *(Path(path_of(f["uri"])) for f in event.get("added", ()))]

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
            # pygls cancels what stands there.
            self._protocol.progress.tokens[self._token] = asyncio.current_task()  # type: ignore[assignment]
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
        self._asks_settings = self._refreshes = self._watches = False
        self._checks = ThreadPoolExecutor(1, "check")
        self._answers = ThreadPoolExecutor(1, "answer")
        self._waiting = 0
        self._soon: dict[str, asyncio.TimerHandle] = {}
        self._later: dict[str, asyncio.TimerHandle] = {}
        for method in FEATURES:
            self.feature(method, OPTIONS.get(method))(self._about_a_file(method))
        for method in WORKSPACE:
            self.feature(method, OPTIONS.get(method))(self._about_all(method))
        for method in RESOLVERS:
            self.feature(method)(self._resolving(method))
        for name, run in COMMANDS.items():
            self.command(name)(self._running(name, run))
        own = {
            "initialized": self._begun,
            "textDocument/diagnostic": self._pulled,
            "workspace/diagnostic": self._pulled_all,
            "workspace/didChangeConfiguration": self._configured,
            "workspace/didChangeWatchedFiles": self._files_changed,
        }
        for method, handle in own.items():
            # pygls writes on what it is given, which a method does not allow.
            self.feature(method, OPTIONS.get(method))(partial(handle))

    def begin(self, params: types.InitializeParams, capabilities: types.ServerCapabilities) -> None:
        """Take what was agreed on."""
        encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
        self.editor.encoding = str(getattr(encoding, "value", encoding))
        folders = [folder.uri for folder in params.workspace_folders or []]
        root = [params.root_uri] if params.root_uri else []
        self.editor.folders = [Path(path_of(uri)) for uri in folders or root]
        known = params.capabilities.text_document
        item = known.completion.completion_item if known and known.completion else None
        self.editor.snippets = bool(item and item.snippet_support)
        forms = known.hover.content_format if known and known.hover else None
        # Who says nothing of forms shows Markdown, as most do.
        self.editor.markdown = not forms or types.MarkupKind.Markdown in forms
        # Who asks for diagnostics is not told of them as well: they would be shown twice.
        self.pulls = known is not None and known.diagnostic is not None
        if not self.pulls:
            capabilities.diagnostic_provider = None
        workspace = params.capabilities.workspace
        self._asks_settings = bool(workspace and workspace.configuration)
        self._refreshes = bool(
            workspace and workspace.diagnostics and workspace.diagnostics.refresh_support
        )
        watched = workspace.did_change_watched_files if workspace else None
        self._watches = bool(watched and watched.dynamic_registration)
        options = params.initialization_options
        if isinstance(options, dict):
            self.editor.configure(options)

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
        if self._waiting:
            # Who asks at a keystroke waits for the answer, and reads what is wrong afterwards.
            self._soon[uri] = asyncio.get_running_loop().call_later(SOON, self._tell_soon, uri)
            return
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
            if self.pulls and self._refreshes:
                self.protocol.ask("workspace/diagnostic/refresh")

    def _tell(self, uri: str, told: Told) -> None:
        if not self.pulls:
            self._publish(uri, self.editor.files[uri].version, told.json())

    def _publish(self, uri: str, version: int | None, found: str) -> None:
        said = "" if version is None else f'"version":{version},'
        self.protocol.send_text(
            '{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":'
            f'{{"uri":{json.dumps(uri)},{said}"diagnostics":{found}}}}}'
        )

    def _about_a_file(self, method: str) -> Callable[[Any], Any]:
        async def handle(params: Any) -> Any:
            about = self._asked(method, params)
            return await self._answered(FEATURES[method], about, params)

        return handle

    def _about_all(self, method: str) -> Callable[[Any], Any]:
        async def handle(params: Any) -> Any:
            if not isinstance(params, dict) or "textDocument" in params:
                self._asked(method, params)
            return await self._answered(WORKSPACE[method], self.editor.scripts(), params)

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

    async def _answered(self, name: str, about: Any, params: Any) -> Any:
        loop = asyncio.get_running_loop()
        self._waiting += 1
        try:
            return await loop.run_in_executor(self._answers, function(name), about, params)
        except RefusedError as error:
            raise JsonRpcException(str(error), REQUEST_FAILED) from None
        finally:
            self._waiting -= 1

    def _resolving(self, method: str) -> Callable[[Any], Any]:
        async def handle(item: Any) -> Any:
            try:
                view = self.editor.view(item["data"]["uri"])
            except (NotOpenError, KeyError, TypeError):
                return item  # the file was closed meanwhile, or it is no item of ours
            loop = asyncio.get_running_loop()
            resolve = function(RESOLVERS[method])
            return await loop.run_in_executor(self._answers, resolve, view, item)

        return handle

    def _running(self, name: str, run: Callable[..., Any]) -> Callable[..., Any]:
        async def handle(*arguments: Any) -> Any:
            call = partial(run, self.editor, *arguments)
            try:
                if name in CHANGING:
                    # What is open changes in one thread only, this one.
                    result = call()
                    self._settled()
                    return result
                return await asyncio.get_running_loop().run_in_executor(self._answers, call)
            except (CommandError, NotOpenError) as error:
                raise JsonRpcException(str(error), REQUEST_FAILED) from None
            except (TypeError, AttributeError, KeyError):
                raise JsonRpcInvalidParams(f"{name}: the arguments are not understood") from None

        return handle

    async def _pulled(self, params: Any) -> Any:
        """Answer what is wrong with a file."""
        uri = params["textDocument"]["uri"]
        if uri not in self.editor.files:
            return {"kind": "full", "items": []}
        told = self.editor.quick(uri) or await self._full(uri)
        if told is None:
            raise JsonRpcException("the file has changed", SERVER_CANCELLED)
        number = f"{id(told.script)}-{told.full}"
        if params.get("previousResultId") == number:
            return {"kind": "unchanged", "resultId": number}
        return {"kind": "full", "resultId": number, "items": told.items()}

    async def _full(self, uri: str) -> Told | None:
        view = self.editor.view(uri)
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._checks, _checked, view.document)
        return self.editor.full(uri, view, found)

    async def _pulled_all(self, params: Any) -> Any:
        """Answer what is wrong with every script of the folders, one after the other."""
        known = {item["uri"]: item["value"] for item in params.get("previousResultIds", ())}
        loop = asyncio.get_running_loop()
        views = await loop.run_in_executor(self._checks, self.editor.scripts().all)
        items = []
        token = params.get("workDoneToken")
        async with Progress(self.protocol, token, "Checking scripts") as progress:
            for number, view in enumerate(views):
                await progress.report(number, len(views))
                if view.uri in self.editor.files:
                    report = await self._pulled({"textDocument": {"uri": view.uri}})
                else:
                    report = await loop.run_in_executor(self._checks, _report, view)
                before = known.get(view.uri)
                if before is not None and before == report["resultId"]:
                    report = {"kind": "unchanged", "resultId": before}
                items.append({"uri": view.uri, "version": view.version, **report})
        return {"items": items}

    async def _begun(self, _: Any) -> None:
        """Ask what is set, and to be told when files change."""
        if self._asks_settings:
            self._ask_settings()
        if self._watches:
            self.protocol.ask("client/registerCapability", WATCHED)

    def _ask_settings(self) -> None:
        asked = {"items": [{"section": "promptlang"}]}
        self.protocol.ask("workspace/configuration", asked, self._set)

    def _set(self, settings: Any) -> None:
        found = settings[0] if isinstance(settings, list) and settings else settings
        if self.editor.configure(found if isinstance(found, dict) else {}):
            self._settled()
        if self.editor.problem:
            self._warn(self.editor.problem)

    def _configured(self, params: Any) -> None:
        """Take settings, or ask for them where the editor does not send them."""
        settings = params.get("settings") if isinstance(params, dict) else None
        if self._asks_settings and not settings:
            self._ask_settings()
        elif isinstance(settings, dict):
            self._set(settings.get("promptlang", settings))

    def _files_changed(self, _: Any) -> None:
        """Look again at everything: a file a script includes, shows or is configured by changed."""
        self.editor.settle()
        self._settled()

    def _settled(self) -> None:
        """Tell of every open file anew."""
        for uri in self.editor.files:
            self.changed(uri)
        if self.pulls and self._refreshes:
            self.protocol.ask("workspace/diagnostic/refresh")

    def _warn(self, message: str) -> None:
        self.protocol.tell("window/showMessage", {"type": 2, "message": message})


def _checked(document: Document) -> Any:
    return document.diagnostics


def _report(view: View) -> dict[str, Any]:
    """Return what is wrong with a file that is not open."""
    items = Told.everything(view, view.document.diagnostics).items()
    return {"kind": "full", "resultId": str(crc32(repr(items).encode())), "items": items}


def serve() -> int:
    """Serve an editor on standard input and output until it ends; return the exit code."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    sys.setswitchinterval(_SWITCH)
    server = Server()
    server.serve()
    return server.protocol.code
