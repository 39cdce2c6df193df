"""Parameters that are spelt wrongly: every request is answered, and the server lives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.lsp.commands import COMMANDS
from promptlang.lsp.features import FEATURES, RESOLVERS, WORKSPACE
from tests.lsp.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

URI = "file:///film/film.shot"
SCRIPT = """\
target: fal/kling-o3-pro

@Hero = character "hero.png": a diver

SHOT 1 (5s): wide shot, static camera
  @Hero swims past the 😀 wreck.
"""
_POSITION = {"line": 5, "character": 4}
_RIGHT: dict[str, Any] = {
    "textDocument": {"uri": URI},
    "position": _POSITION,
    "positions": [_POSITION],
    "range": {"start": {"line": 0, "character": 0}, "end": _POSITION},
    "context": {"diagnostics": [], "only": ["quickfix"], "includeDeclaration": True},
    "options": {"tabSize": 2, "insertSpaces": True},
    "ch": "\n",
    "newName": "Star",
    "previousResultId": "1",
    "query": "hero",
    "files": [{"oldUri": "file:///film/a.png", "newUri": "file:///film/b.png"}],
    "previousResultIds": [{"uri": URI, "value": "1"}],
    "workDoneToken": "t",
    "title": "x",
    "kind": "source.fixAll.promptlang",
    "data": {"uri": URI, "about": ["term", "wide-shot"], "line": 4},
}
"""What any request may hold; one that is spelt rightly holds more than it needs."""
METHODS = [
    *FEATURES,
    *WORKSPACE,
    *RESOLVERS,
    "textDocument/diagnostic",
    "workspace/diagnostic",
    "workspace/executeCommand",
    "initialize",
    "no/such",
]

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
    | st.sampled_from(["file://[", "file:///a%00b", "file:///\ud800", "untitled:x", "file:///"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@st.composite
def wrong(draw: st.DrawFn) -> Any:
    """Return parameters with something else in one place, or nothing."""
    params: Any = json.loads(json.dumps(_RIGHT))
    if draw(st.booleans()):
        params["command"] = draw(st.sampled_from(sorted(COMMANDS)))
        params["arguments"] = [URI, draw(st.none() | st.just(_POSITION) | junk)]
    inside, key = params, draw(st.sampled_from(sorted(params)))
    while draw(st.booleans()) and isinstance(inside[key], dict | list) and inside[key]:
        inside = inside[key]
        key = draw(st.sampled_from(sorted(inside) if isinstance(inside, dict) else [0]))
    if isinstance(inside, dict) and draw(st.booleans()):
        del inside[key]
    else:
        inside[key] = draw(junk)
    return draw(st.just(params) | st.just(params) | junk)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client() as client:
        client.begin()
        client.diagnostics(client.open(SCRIPT, URI))
        yield client
        # It has lived through all of it, and says what it said before.
        place = {"textDocument": {"uri": URI}, "position": _POSITION}
        assert client.request("textDocument/hover", place)
        assert b"Traceback" not in client.errors


@given(params=wrong())
def test_whatever_a_request_holds_it_is_answered(client: Client, params: Any) -> None:
    numbers = {method: client.ask(method, params) for method in METHODS}
    for method, number in numbers.items():
        told = json.dumps(client.answer(number).get("error", ""))
        assert "-32603" not in told, f"{method}: something went wrong inside"
        assert "Traceback" not in told
        assert "site-packages" not in told


@pytest.mark.parametrize(
    "params",
    [
        pytest.param({"textDocument": {"uri": 5}}, id="an address"),
        pytest.param({"textDocument": {"uri": URI}, "position": {"line": "x"}}, id="a position"),
        pytest.param({"textDocument": {"uri": URI}, "position": None}, id="nothing"),
        pytest.param(None, id="no parameters"),
    ],
)
def test_a_wrong_parameter_is_called_one(client: Client, params: Any) -> None:
    assert client.refused("textDocument/hover", params)["code"] == -32602


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("workspace/symbol", {"query": 5}),
        ("workspace/willRenameFiles", {"files": "x"}),
        ("workspace/willRenameFiles", {"files": [{"oldUri": 1}]}),
        ("textDocument/rename", {**_RIGHT, "newName": 5}),
        ("textDocument/references", {**_RIGHT, "context": []}),
        ("workspace/executeCommand", {"command": ["promptlang.compile"]}),
        ("workspace/executeCommand", {"command": "promptlang.compile", "arguments": {}}),
        ("workspace/diagnostic", {"previousResultIds": [URI]}),
    ],
)
def test_so_it_is_in_requests_about_all_scripts(client: Client, method: str, params: Any) -> None:
    assert client.refused(method, params)["code"] == -32602


@pytest.mark.parametrize("number", [[], {}, 1.5, True])
def test_a_number_that_is_none_is_refused(client: Client, number: Any) -> None:
    client.send({"jsonrpc": "2.0", "id": number, "method": "textDocument/hover", "params": {}})
    assert client.answer(None)["error"]["code"] == -32600


@given(params=wrong(), method=st.sampled_from(["didOpen", "didChange", "didClose"]))
def test_a_wrong_notice_changes_nothing(client: Client, method: str, params: Any) -> None:
    if isinstance(params, dict):
        params.pop("textDocument", None)
    client.notify(f"textDocument/{method}", params)
    place = {"textDocument": {"uri": URI}, "position": _POSITION}
    assert client.request("textDocument/hover", place)
