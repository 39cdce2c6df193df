"""An editor's side of the protocol: a real server in a process of its own, and plain messages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE = 30.0
"""Seconds after which a test gives up waiting; nothing is slow unless something is wrong."""

CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {"publishDiagnostics": {"relatedInformation": True}},
}


SERVER = (sys.executable, "-m", "promptlang", "lsp", "--stdio")

_BYTECODE = TemporaryDirectory(prefix="promptlang-bytecode-")


def environment() -> dict[str, str]:
    """Return the environment of a server: installed, it has its byte code, which a start wants."""
    given = {**os.environ, "PYTHONPYCACHEPREFIX": _BYTECODE.name}
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given


class NoAnswerError(AssertionError):
    """The server said nothing in time."""


class Client:
    """A server that was started for one test."""

    def __init__(self, command: Sequence[str] = SERVER, cwd: str | None = None) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=environment(),
        )
        self._number = 0
        self._answers: dict[Any, dict[str, Any]] = {}
        self._inbox: Queue[dict[str, Any] | None] = Queue()
        self.notes: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.heard: list[dict[str, Any]] | None = None
        self.errors = b""
        self._threads = [threading.Thread(target=call) for call in (self._read, self._drain)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()

    def _drain(self) -> None:
        assert self.process.stderr is not None
        self.errors = self.process.stderr.read()

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            size = 0
            while header.strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    size = int(value)
                header = out.readline()
            self._inbox.put(json.loads(out.read(size)))
        self._inbox.put(None)

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: object) -> None:
        """Send a message."""
        body = json.dumps(message).encode()
        self.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def notify(self, method: str, params: object = None) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: object = None) -> int:
        """Send a request and return its number."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method}
        self.send(message if params is None else {**message, "params": params})
        return self._number

    def answer(self, number: object, patience: float = PATIENCE) -> dict[str, Any]:
        """Return the answer to a request, whatever comes before it."""
        while number not in self._answers:
            self._next(patience)
        return self._answers.pop(number)

    def forget(self, number: object) -> None:
        """Forget what was answered to a request."""
        self._answers.pop(number, None)

    def request(self, method: str, params: object = None) -> Any:
        """Return the result of a request; an error fails the test."""
        answer = self.answer(self.ask(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    def refused(self, method: str, params: object = None) -> dict[str, Any]:
        """Return the error a request is answered with."""
        error: dict[str, Any] = self.answer(self.ask(method, params))["error"]
        return error

    def _next(self, patience: float = PATIENCE) -> dict[str, Any]:
        try:
            message = self._inbox.get(timeout=patience)
        except Empty:
            raise NoAnswerError(self.errors.decode()) from None
        if message is None:
            raise NoAnswerError(f"the server ended: {self.errors.decode()}")
        if self.heard is not None:
            self.heard.append(message)
        if "method" in message and "id" in message:
            self.asked.append(message)
            items = (message.get("params") or {}).get("items", ())
            # Of settings one answer is wanted for each that was asked for.
            result = [None for _ in items] if items else None
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": result})
        elif "method" in message:
            self.notes.append(message)
        else:
            self._answers[message["id"]] = message
        return message

    def begin(
        self, capabilities: dict[str, Any] | None = None, folder: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """Agree with the server, and return what it can do."""
        params = {
            "processId": None,
            "rootUri": folder,
            "capabilities": CAPABILITIES if capabilities is None else capabilities,
            **({"workspaceFolders": [{"uri": folder, "name": "film"}]} if folder else {}),
            **more,
        }
        result: dict[str, Any] = self.request("initialize", params)
        self.notify("initialized", {})
        return result["capabilities"]  # type: ignore[no-any-return]  # as the protocol says

    def open(
        self,
        text: str,
        uri: str = "file:///film/film.shot",
        version: int = 1,
        language: str = "promptlang-shot",
    ) -> str:
        """Open a text and return its address."""
        document = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, version: int, *changes: dict[str, Any]) -> None:
        """Change an open text."""
        document = {"uri": uri, "version": version}
        self.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [*changes]}
        )

    def diagnostics(self, uri: str, version: int | None = None) -> list[dict[str, Any]]:
        """Return the diagnostics of a version (of any if None) as soon as they are told."""
        while True:
            for note in self.notes:
                params = note["params"]
                if note["method"] == "textDocument/publishDiagnostics" and params["uri"] == uri:
                    self.notes.remove(note)
                    if version is None or params.get("version") == version:
                        return params["diagnostics"]  # type: ignore[no-any-return]  # ditto
                    break
            else:
                self._next()

    def end(self) -> int:
        """Say good-bye and return the exit code."""
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(PATIENCE)
