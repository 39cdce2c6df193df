"""The server: what an editor sends becomes a call, what comes of it goes back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from promptlang.lsp.capabilities import OPTIONS, WATCHED
from promptlang.lsp.commands import CHANGING, COMMANDS, CommandError
from promptlang.lsp.editor import Editor, NotOpenError
from promptlang.lsp.features import FEATURES, RESOLVERS, WORKSPACE, function
from promptlang.lsp.params import SHAPES
from promptlang.lsp.protocol import (
    PARSE_ERROR,
    REQUEST_FAILED,
    SERVER_CANCELLED,
    Progress,
    Protocol,
)
from promptlang.lsp.stream import Input
from promptlang.lsp.tidy import Tidy
from promptlang.lsp.view import RefusedError, path_of
from promptlang.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.lsp.live import Told
    from promptlang.lsp.view import View
    from promptlang.session import Document

SOON = 0.001
"""Seconds after which what can be told at once is told, where an answer came first."""
LATER = 0.2
"""Seconds without another change after which a long script is checked in full."""
_SWITCH = 0.001
"""Seconds after which a check that goes on meanwhile lets a request pass."""
_NEVER_ASKS = "@codemirror/lsp-client"
"""An editor that says it asks for diagnostics (6.3.0), and only shows what it is told."""


class Server(LanguageServer):
    """The server of one editor.

    Attributes:
        editor: What is open.
        pulls: Whether it asks for diagnostics and is not told of them.
        tidy: Who looks for garbage.
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
        self.tidy = Tidy()
        self.pulls = False
        self._asks_settings = self._refreshes = self._watches = False
        self._checks = ThreadPoolExecutor(1, "check")
        self._answers = ThreadPoolExecutor(1, "answer")
        self._waiting = 0
        self._said: set[str] = set()
        self._soon: dict[str, asyncio.Handle] = {}
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
        if params.client_info and params.client_info.name == _NEVER_ASKS:
            self.pulls = False
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
            self.protocol.refuse(None, PARSE_ERROR, "the message is no JSON")
        if isinstance(error, JsonRpcException):
            return  # it was answered, and is nothing to look into
        logging.getLogger(__name__).error("%s: %s", type(error).__name__, error)

    def serve(self) -> int:
        """Answer standard input on standard output until one ends; return the exit code."""
        prepare()
        self.tidy.begin()
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
        return self.protocol.code

    def changed(self, uri: str) -> None:
        """Tell what is wrong with a file as soon as it rests, and with those that include it."""
        for other in (uri, *self.editor.including(uri)):
            self._look_later(other)
        if uri not in self._soon:
            # Changes that have come already are taken before that.
            self._soon[uri] = asyncio.get_running_loop().call_soon(self._tell_soon, uri)

    def _look_later(self, uri: str) -> None:
        if uri in self._later:
            self._later[uri].cancel()
        loop = asyncio.get_running_loop()
        self._later[uri] = loop.call_later(LATER, self._check_later, uri)

    def close(self, uri: str) -> None:
        """Forget a file that was closed, and what was told of it."""
        for waiting in (self._soon.pop(uri, None), self._later.pop(uri, None)):
            if waiting is not None:
                waiting.cancel()
        if uri in self.editor.files:
            for other in self.editor.including(uri):
                self._look_later(other)
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
        self._complain()
        if told is not None:
            self._tell(uri, told)
            if told.full and uri in self._later:
                self._later.pop(uri).cancel()
            self.tidy.told()

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
            return await self._answered(FEATURES[method], self._asked(params), params)

        return handle

    def _about_all(self, method: str) -> Callable[[Any], Any]:
        async def handle(params: Any) -> Any:
            if "textDocument" in SHAPES[method]:
                self._asked(params)
            return await self._answered(WORKSPACE[method], self.editor.scripts(), params)

        return handle

    def _asked(self, params: Any) -> View:
        """Return the script a request is about."""
        try:
            return self.editor.view(params["textDocument"]["uri"])
        except NotOpenError as error:
            raise JsonRpcInvalidParams(str(error)) from None

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
        report = told.report()
        if params.get("previousResultId") == report["resultId"]:
            return {"kind": "unchanged", "resultId": report["resultId"]}
        return report

    async def _full(self, uri: str) -> Told | None:
        view = self.editor.view(uri)
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._checks, _checked, view.document)
        return self.editor.full(uri, view, found)

    async def _pulled_all(self, params: Any) -> Any:
        """Answer what is wrong with every script of the folders, one after the other."""
        known = {item["uri"]: item["value"] for item in params.get("previousResultIds") or ()}
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
                    report = await loop.run_in_executor(
                        self._checks, self.editor.shelf.report, view
                    )
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
        self._complain()

    def _configured(self, params: Any) -> None:
        """Take settings, or ask for them where the editor does not send them."""
        settings = params.get("settings") if isinstance(params, dict) else None
        if self._asks_settings and not settings:
            self._ask_settings()
        elif isinstance(settings, dict):
            self._set(settings.get("promptlang", settings))

    def _files_changed(self, _: Any) -> None:
        """Look again at what is open: what it includes, shows or is configured by has changed."""
        self.editor.refresh()
        self._settled()

    def _settled(self) -> None:
        """Tell of every open file anew."""
        self._said.clear()
        for uri in self.editor.files:
            self.changed(uri)
        if self.pulls and self._refreshes:
            self.protocol.ask("workspace/diagnostic/refresh")

    def _complain(self) -> None:
        """Say once why settings cannot be used."""
        problem = self.editor.problem
        if problem is not None and problem not in self._said:
            self._said.add(problem)
            self.protocol.tell("window/showMessage", {"type": 2, "message": problem})


def _checked(document: Document) -> Any:
    return document.diagnostics


def prepare() -> None:
    """Set what holds for the whole process."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    sys.setswitchinterval(_SWITCH)
