"""The server as an editor meets it: a process, messages, an answer to each request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import promptlang
from tests.lsp.client import CAPABILITIES, Client

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = """\
target: fal/kling-o3-pro

@Hero = character: a diver

SHOT 1 (5s): wide shot, static camera
  @Hero swims past the 😀 wreck.
  @Nobody waves.
"""


@pytest.fixture
def client() -> Iterator[Client]:
    with Client() as client:
        client.begin()
        yield client


@pytest.fixture(scope="module")
def steady() -> Iterator[Client]:
    """A server that has to survive every test that asks for it."""
    with Client() as client:
        client.begin()
        yield client


def message(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def test_what_is_wrong_is_told_when_a_file_is_opened(client: Client) -> None:
    uri = client.open(SCRIPT)
    told = client.diagnostics(uri)
    names = [d["code"] for d in told]
    assert names == [d.name for d in promptlang.check(SCRIPT)]
    (unknown,) = (d for d in told if d["code"] == "unknown-name")
    assert unknown["range"] == {
        "start": {"line": 6, "character": 2},
        "end": {"line": 6, "character": 9},
    }
    assert unknown["severity"] == 1
    assert unknown["source"] == "promptlang"


def test_what_is_mended_is_told_no_more(client: Client) -> None:
    uri = client.open(SCRIPT)
    client.diagnostics(uri, 1)
    place = {"start": {"line": 6, "character": 2}, "end": {"line": 6, "character": 9}}
    client.change(uri, 2, {"range": place, "text": "@Hero"})
    assert "unknown-name" not in [d["code"] for d in client.diagnostics(uri, 2)]


def test_of_a_file_that_is_closed_nothing_is_told(client: Client) -> None:
    uri = client.open(SCRIPT)
    client.diagnostics(uri)
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.diagnostics(uri) == []


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 27), ("utf-16", 25), ("utf-32", 24)])
def test_places_count_in_what_the_editor_prefers(encoding: str, column: int) -> None:
    text = "SHOT 1 (5s): wide shot, static camera\n  A diver sees the 😀 by @Nobody.\n"
    with Client() as client:
        wish = {**CAPABILITIES, "general": {"positionEncodings": [encoding]}}
        assert client.begin(wish)["positionEncoding"] == encoding
        uri = client.open(text)
        (unknown,) = (d for d in client.diagnostics(uri) if d["code"] == "unknown-name")
        assert unknown["range"]["start"] == {"line": 1, "character": column}


def test_a_long_script_is_told_of_at_once_and_in_full_later(client: Client) -> None:
    shots = "".join(
        f"SHOT {n} (5s): wide shot, static camera\n  A diver swims past wreck {n}.\n\n"
        for n in range(1, 80)
    )
    text = "target: fal/kling-o3-pro\n\n" + shots
    uri = client.open(text)
    client.diagnostics(uri, 1)
    line = text.count("\n", 0, text.index("wreck 40"))
    place = {"start": {"line": line, "character": 2}, "end": {"line": line, "character": 9}}
    client.change(uri, 2, {"range": place, "text": "@Ghost"})
    assert "unknown-name" in [d["code"] for d in client.diagnostics(uri, 2)]
    # The full check of the same version comes when the writer pauses.
    last = [d["code"] for d in client.diagnostics(uri, 2)]
    now = text.replace("A diver swims past wreck 40", "@Ghost swims past wreck 40")
    assert last == [d.name for d in promptlang.check(now)]


def change_of(edges: dict[str, Any]) -> bytes:
    """Return what opens a file and changes a stretch of it."""
    document = {"uri": "file:///film/other.shot", "version": 1, "text": SCRIPT}
    change = {"range": edges, "text": "😀"}
    return b"".join(
        message(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())
        for method, params in (
            ("textDocument/didOpen", {"textDocument": document}),
            ("textDocument/didChange", {"textDocument": document, "contentChanges": [change]}),
        )
    )


MALFORMED = {
    "no JSON": message(b"{not json"),
    "null": message(b"null"),
    "a list": message(b"[]"),
    "a number": message(b"7"),
    "no UTF-8": message(b'{"jsonrpc":"2.0","method":"\xff\xfe"}'),
    "a garbled header": b"Garbage\r\n\r\n",
    "a header without length": b"Content-Type: x\r\n\r\n",
    "a negative length": b"Content-Length: -5\r\n\r\n",
    "a hundred thousand levels": message(b"[" * 100_000 + b"]" * 100_000),
    "half a surrogate": message(b'{"jsonrpc":"2.0","method":"x","params":"\\ud800"}'),
    "another version": message(b'{"jsonrpc":"1.0","method":"x"}'),
    "an unknown notification": message(b'{"jsonrpc":"2.0","method":"no/such"}'),
    "an answer nobody asked for": message(b'{"jsonrpc":"2.0","id":77,"result":1}'),
    "a change of no file": message(
        b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":'
        b'{"uri":"file:///no","version":1},"contentChanges":[{"text":""}]}}'
    ),
    "a change that says nothing": message(
        b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":{}}'
    ),
    "a range that ends before it begins": change_of(
        {"start": {"line": 5, "character": 4}, "end": {"line": 1, "character": 0}}
    ),
    "a range behind the end": change_of(
        {"start": {"line": 900, "character": 0}, "end": {"line": 950, "character": 7}}
    ),
    "a huge place": change_of(
        {"start": {"line": 2**70, "character": 2**70}, "end": {"line": 2**71, "character": 0}}
    ),
    "a place before the beginning": change_of(
        {"start": {"line": -1, "character": -9}, "end": {"line": 0, "character": -1}}
    ),
    "a version that is none": message(
        b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":'
        b'{"uri":"file:///film/other.shot","version":"1","text":""}}}'
    ),
    "a cancel of nothing": message(
        b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":99}}'
    ),
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_the_server_survives(steady: Client, data: bytes) -> None:
    steady.raw(data)
    uri = steady.open(SCRIPT)
    assert steady.diagnostics(uri)
    steady.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert steady.diagnostics(uri) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no JSON", -32700),
        ("no UTF-8", -32700),
        ("a hundred thousand levels", -32700),
        ("null", -32600),
        ("a list", -32600),
        ("a number", -32600),
    ],
)
def test_what_is_no_message_is_answered_with_what_is_wrong(
    steady: Client, name: str, code: int
) -> None:
    # What the tests before it were told of theirs is read first.
    steady.refused("no/such")
    steady.forget(None)
    steady.raw(MALFORMED[name])
    assert steady.answer(None)["error"]["code"] == code


@pytest.mark.parametrize(
    ("method", "params"),
    [
        pytest.param("no/such", {}, id="unknown"),
        pytest.param("textDocument/formatting", None, id="no parameters"),
        pytest.param("textDocument/formatting", [1], id="a list"),
        pytest.param("textDocument/formatting", {"textDocument": 5}, id="a number"),
        pytest.param(
            "textDocument/formatting", {"textDocument": {"uri": "file:///no/such"}}, id="no file"
        ),
        pytest.param(
            "textDocument/onTypeFormatting",
            {"textDocument": {"uri": "file:///film/film.shot"}, "position": {"line": "x"}},
            id="no position",
        ),
        pytest.param(
            "textDocument/rename",
            {"textDocument": {"uri": "file:///film/film.shot"}, "position": {"line": 0}},
            id="half a position",
        ),
        pytest.param("textDocument/definition", None, id="nothing to define"),
        pytest.param("workspace/willRenameFiles", {"files": 5}, id="no files"),
        pytest.param("workspace/symbol", None, id="no query"),
        pytest.param("workspace/executeCommand", {"command": "no.such"}, id="unknown command"),
        pytest.param("initialize", {"capabilities": {}}, id="begun twice"),
    ],
)
def test_every_request_is_answered(steady: Client, method: str, params: object) -> None:
    steady.open(SCRIPT)
    error = steady.refused(method, params)
    assert isinstance(error["code"], int)
    told = json.dumps(error)
    assert "Traceback" not in told
    assert ".py" not in told
    assert "/work" not in told


def test_nothing_is_answered_before_the_beginning() -> None:
    with Client() as client:
        assert client.refused("textDocument/formatting", {})["code"] == -32002


@pytest.mark.parametrize("announced", [True, False])
def test_how_it_ends_says_whether_that_was_announced(client: Client, *, announced: bool) -> None:
    if announced:
        assert client.request("shutdown") is None
        assert client.refused("textDocument/formatting", {})["code"] == -32600
    client.notify("exit")
    assert client.process.wait(20) == (0 if announced else 1)


def test_without_an_editor_it_ends(client: Client) -> None:
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(20) == 1


REQUESTS = {
    "textDocument/definition": 1,
    "textDocument/references": 4,
    "textDocument/documentHighlight": 4,
    "textDocument/documentLink": 1,
    "textDocument/documentSymbol": 2,
    "textDocument/foldingRange": 1,
}
"""Requests about one script, and how many things each answers with."""

NAMED = """\
@Hero = character "https://x.test/hero.png": a diver
SHOT 1 (5s): wide shot of @Hero
  @Hero swims with 😀 @Hero.
"""


def test_names_are_followed_and_changed_over_the_wire(client: Client) -> None:
    uri = client.open(NAMED)
    place = {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 4}}
    found = {method: len(client.request(method, place)) for method in REQUESTS}
    assert found == REQUESTS
    assert client.request("textDocument/prepareRename", place)["placeholder"] == "Hero"
    edits = client.request("textDocument/rename", {**place, "newName": "Star"})["changes"][uri]
    assert [e["range"]["start"]["character"] for e in edits] == [1, 27, 3, 23]
    refused = client.refused("textDocument/rename", {**place, "newName": "a b"})
    assert (refused["code"], "is no name" in refused["message"]) == (-32803, True)
    (symbol,) = client.request("workspace/symbol", {"query": "hero"})
    assert symbol["name"] == "@Hero"
    (selection,) = client.request(
        "textDocument/selectionRange", {**place, "positions": [place["position"]]}
    )
    assert selection["range"]["start"] == {"line": 2, "character": 2}
    moved = {"oldUri": "file:///film/a.png", "newUri": "file:///film/b.png"}
    assert client.request("workspace/willRenameFiles", {"files": [moved]}) is None


def test_colours_are_sent_once_and_then_what_changed(client: Client) -> None:
    uri = client.open(NAMED)
    about = {"textDocument": {"uri": uri}}
    whole = client.request("textDocument/semanticTokens/full", about)
    place = {"start": {"line": 2, "character": 2}, "end": {"line": 2, "character": 7}}
    client.change(uri, 2, {"range": place, "text": "A diver"})
    change = client.request(
        "textDocument/semanticTokens/full/delta", {**about, "previousResultId": whole["resultId"]}
    )
    assert len(change["edits"]) == 1
    part = client.request("textDocument/semanticTokens/range", {**about, "range": place})
    assert len(part["data"]) == 5


def test_what_is_offered_is_what_is_answered() -> None:
    wishes = {
        **CAPABILITIES,
        "textDocument": {**CAPABILITIES["textDocument"], "rename": {"prepareSupport": True}},
        "workspace": {"fileOperations": {"willRename": True}},
    }
    with Client() as client:
        can = client.begin(wishes)
    assert can["renameProvider"] == {"prepareProvider": True}
    assert can["semanticTokensProvider"]["full"] == {"delta": True}
    assert "enumMember" in can["semanticTokensProvider"]["legend"]["tokenTypes"]
    (filter,) = can["workspace"]["fileOperations"]["willRename"]["filters"]
    assert filter["pattern"] == {"glob": "**/*"}
    for offered in ("definition", "references", "documentHighlight", "foldingRange"):
        assert can[f"{offered}Provider"]
