"""The server as pages meet it: over a WebSocket, if they are of this machine."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from websockets.exceptions import ConnectionClosedOK, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

import promptlang
from promptlang.cli import main
from tests.lsp.client import CAPABILITIES, PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

COMMAND = (sys.executable, "-m", "promptlang", "lsp", "--websocket")
SCRIPT = "target: fal/kling-o3-pro\n\nSHOT 1 (5s): wide shot\n  @Nobody waves 😀.\n"
URI = "file:///film/film.shot"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a server listens that lets in the pages of one site besides."""
    command = [*COMMAND, "0", "--origin", "https://film.example"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("listening on ws://127.0.0.1:")
        yield said.removeprefix("listening on ").strip()
        process.kill()


def tell(page: ClientConnection, method: str, params: Any, number: int | None = None) -> None:
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    page.send(json.dumps(message if number is None else {**message, "id": number}))


def told(page: ClientConnection, **wanted: Any) -> dict[str, Any]:
    """Return the next message with some values, which is text as all are."""
    while True:
        text = page.recv(PATIENCE)
        assert isinstance(text, str)
        message: dict[str, Any] = json.loads(text)
        if wanted.items() <= message.items():
            return message


def begin(page: ClientConnection, name: str = "a page", **more: Any) -> dict[str, Any]:
    asks = {**CAPABILITIES["textDocument"], **more}
    params = {
        "processId": None,
        "rootUri": None,
        "clientInfo": {"name": name},
        "capabilities": {"textDocument": asks},
    }
    tell(page, "initialize", params, 1)
    capabilities: dict[str, Any] = told(page, id=1)["result"]["capabilities"]
    tell(page, "initialized", {})
    return capabilities


def write(page: ClientConnection, text: str) -> None:
    document = {"uri": URI, "languageId": "promptlang-shot", "version": 1, "text": text}
    tell(page, "textDocument/didOpen", {"textDocument": document})


def test_a_page_is_told_what_is_wrong_though_it_says_it_would_ask(address: str) -> None:
    with connect(address, origin=Origin("http://localhost:8000")) as page:
        begin(page, "@codemirror/lsp-client", diagnostic={})
        write(page, SCRIPT)
        params = told(page, method="textDocument/publishDiagnostics")["params"]
    assert params["version"] == 1
    assert [d["code"] for d in params["diagnostics"]] == [d.name for d in promptlang.check(SCRIPT)]


def test_what_cannot_be_read_is_answered(address: str) -> None:
    with connect(address) as page:
        begin(page)
        page.send("{")
        assert told(page, id=None)["error"]["code"] == -32700
        tell(page, "textDocument/hover", 5, 2)
        assert told(page, id=2)["error"]["code"] == -32602


def test_each_page_has_a_server_of_its_own(address: str) -> None:
    with connect(address) as one, connect(address) as other:
        begin(one)
        begin(other)
        write(one, SCRIPT)
        ask = {"command": "promptlang.targets", "arguments": [URI]}
        tell(one, "workspace/executeCommand", ask, 2)
        tell(other, "workspace/executeCommand", ask, 2)
        assert told(one, id=2)["result"]["script"] == ["fal/kling-o3-pro"]
        assert "error" in told(other, id=2)


def test_a_page_that_says_exit_is_let_go_and_others_stay(address: str) -> None:
    with connect(address) as one, connect(address) as other:
        begin(one)
        begin(other)
        tell(one, "shutdown", None, 2)
        assert told(one, id=2)["result"] is None
        tell(one, "exit", None)
        with pytest.raises(ConnectionClosedOK):
            one.recv(PATIENCE)
        write(other, SCRIPT)
        assert told(other, method="textDocument/publishDiagnostics")


def test_a_long_script_goes_through(address: str) -> None:
    with connect(address) as page:
        begin(page)
        write(page, "// " + "x" * (3 << 20))
        assert told(page, method="textDocument/publishDiagnostics")


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:5173",
        "http://127.0.0.1",
        "https://localhost",
        "http://[::1]:8000",
        "https://film.example",
        None,  # a program
    ],
)
def test_who_is_let_in(address: str, origin: Origin | None) -> None:
    with connect(address, origin=origin) as page:
        assert begin(page)


@pytest.mark.parametrize(
    "origin",
    [
        "https://elsewhere.example",
        "http://localhost.elsewhere.example",
        "http://elsewhere.example:8000",
        "http://127.0.0.1.elsewhere.example",
        "https://film.example.elsewhere.example",
        "http://film.example",
        "null",  # a file, or a frame any page made
    ],
)
def test_who_is_not(address: str, origin: Origin) -> None:
    with pytest.raises(InvalidStatus, match="403"), connect(address, origin=origin):
        pass


def test_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = find_spec("pygls")
    monkeypatch.setattr(
        "promptlang.cli.lsp.find_spec", lambda name: None if name == "websockets" else there
    )
    assert main(["lsp", "--websocket", "0"]) == 2
    assert "pip install 'promptlang-shot[websocket]'" in capsys.readouterr().err


def test_wrong_use_is_said_in_a_line() -> None:
    def said(*words: str) -> str:
        command = [sys.executable, "-m", "promptlang", "lsp", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        assert (done.returncode, done.stdout) == (2, "")
        return done.stderr

    assert "--origin goes with --websocket" in said("--origin", "https://film.example")
    assert "cannot listen on port 70000" in said("--websocket", "70000")
