"""Where a project lies on a machine concerns nobody: an address says it, a message never does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.lsp.client import CAPABILITIES, Client

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """\
include: "cast.shot"
include: "../../elsewhere.shot"
include: "cost.shot"

@Ada = character "ada.png" "/nowhere/at/all.png"
@Ship = video "ship.mp4"

SHOT 1 (5s): wide shot, static camera
  @Ada and @Bob and @Nobody swim past {city}.

EDIT @Ship
  Make it snow.
"""
CAST = '@Ada = character: a diver\n@Bob = character "bob.png"\ninclude: "film.shot"\n{town}\n'
SETTINGS = {
    "no target": 'target = "no/such"',
    "no TOML": "target = ",
    "no setting": "colour = 1",
    "no folder": 'project = "no/such"',
    "no problem": 'ignore = ["no-such"]',
    "a number": "target = 5",
    "fine": "",
}


def strings(value: Any) -> list[str]:
    """Return every text of a message."""
    if isinstance(value, dict):
        return [text for item in (*value, *value.values()) for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_no_message_says_where_a_file_lies(tmp_path: Path, settings: str) -> None:
    film = tmp_path / "film"
    film.mkdir()
    (film / "cast.shot").write_text(CAST, encoding="utf-8")
    (film / "broken.shot").write_text("SHOT 1 (999s)\n", encoding="utf-8")
    (film / "promptlang.toml").write_text(settings, encoding="utf-8")
    heard: list[Any] = []
    with Client(cwd=str(tmp_path)) as client:
        client.heard = heard
        client.begin({**CAPABILITIES, "workspace": {"configuration": True}}, film.as_uri())
        uri = client.open(SCRIPT, (film / "film.shot").as_uri())
        client.diagnostics(uri)
        about = {"textDocument": {"uri": uri}}
        for line in (0, 1, 4, 5, 8):
            for method in ("hover", "definition", "completion", "references"):
                place = {"line": line, "character": 12}
                client.answer(client.ask(f"textDocument/{method}", {**about, "position": place}))
        everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 20, "character": 0}}
        for method in ("codeLens", "inlayHint", "codeAction", "documentSymbol", "formatting"):
            params = {**about, "range": everywhere, "context": {"diagnostics": []}, "options": {}}
            client.answer(client.ask(f"textDocument/{method}", params))
        client.answer(client.ask("workspace/diagnostic", {"previousResultIds": []}))
        client.answer(client.ask("workspace/symbol", {"query": ""}))
        for command in ("compile", "payload", "preview", "targets", "prompt"):
            for arguments in ([uri], [uri, "no/such"], [f"{uri}.not"], []):
                asked = {"command": f"promptlang.{command}", "arguments": arguments}
                client.answer(client.ask("workspace/executeCommand", asked))
        lost = client.open("SHOT 1: wide shot\n", (film / "lost.shot").as_uri())
        client.answer(
            client.ask(
                "workspace/executeCommand", {"command": "promptlang.compile", "arguments": [lost]}
            )
        )
        assert str(tmp_path).encode() not in client.errors
    said = [text for message in heard for text in strings(message)]
    assert [t for t in said if str(tmp_path) in t and not t.startswith("file://")] == []
    complaints = [m["params"]["message"] for m in heard if m.get("method") == "window/showMessage"]
    assert [c.split(":")[0] for c in complaints] == (["promptlang.toml"] if settings else [])
    assert any("names no target" in text for text in said)
    assert "Traceback" not in json.dumps(heard)
