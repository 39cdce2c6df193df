"""A writer at work, from a file that is opened to one that is saved, with a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.lsp.editor import Editor
from promptlang.lsp.formatting import format_document, format_range, format_typed
from promptlang.lsp.lines import Lines
from tests.lsp.client import Client
from tests.strategies import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILM = """\
target:fal/kling-o3-pro
@Hero = character: a diver

SHOT 1 (4s) : wide shot, static camera
    @Heroo swims past the 😀 wreck.

SHOT 2 (5s): medium shot, slow push in
  @Hero looks up.
"""
SAVED = """\
target: fal/kling-o3-pro
@Diver = character: a diver

SHOT 1 (4s): wide shot, static camera
  @Diver swims past the 😀 wreck.

SHOT 2 (5s): medium shot, slow push in
  @Diver looks up.
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client() as client:
        client.begin()
        yield client


class Buffer:
    """A text in an editor, which does what the server says."""

    def __init__(self, client: Client, text: str, uri: str) -> None:
        self.client = client
        self.text = text
        self.version = 1
        self.uri = client.open(text, uri)

    @property
    def document(self) -> dict[str, str]:
        return {"uri": self.uri}

    def at(self, words: str, into: int = 0) -> dict[str, int]:
        return Lines(self.text, "utf-16").position(self.text.index(words) + into)

    def whole(self) -> dict[str, Any]:
        return Lines(self.text, "utf-16").range(0, len(self.text))

    def ask(self, method: str, **params: Any) -> Any:
        return self.client.request(method, {"textDocument": self.document, **params})

    def edit(self, edits: list[dict[str, Any]]) -> None:
        """Make edits, the last first, and tell the server."""
        lines = Lines(self.text, "utf-16")
        places = [(*lines.stretch(edit["range"]), edit["newText"]) for edit in edits]
        for start, end, new in sorted(places, reverse=True):
            self.text = self.text[:start] + new + self.text[end:]
        self.version += 1
        self.client.change(self.uri, self.version, {"text": self.text})

    def problems(self) -> list[str]:
        return [item["code"] for item in self.client.diagnostics(self.uri, self.version)]


def test_a_script_is_written(client: Client) -> None:
    buffer = Buffer(client, FILM, "file:///film/scenario.shot")
    assert "unknown-name" in buffer.problems()
    position = buffer.at("@Heroo", 1)
    items = buffer.ask("textDocument/completion", position=position)["items"]
    assert "@Hero" in [item["label"] for item in items]
    assert "a diver" in str(buffer.ask("textDocument/hover", position=buffer.at("@Hero =", 2)))

    place = Lines(buffer.text, "utf-16").range(buffer.text.index("@Heroo"), len(buffer.text))
    found = buffer.ask("textDocument/codeAction", range=place, context={"diagnostics": []})
    (fix,) = (action for action in found if action["title"] == 'write "@Hero"')
    buffer.edit(fix["edit"]["changes"][buffer.uri])
    assert "unknown-name" not in buffer.problems()

    target = buffer.ask("textDocument/definition", position=buffer.at("@Hero looks", 2))
    told = target[0] if isinstance(target, list) else target
    assert (told.get("targetSelectionRange") or told["range"])["start"]["line"] == 1
    renamed = buffer.ask(
        "textDocument/rename", position=buffer.at("@Hero looks", 2), newName="Diver"
    )
    changes = renamed.get("changes") or {
        change["textDocument"]["uri"]: change["edits"] for change in renamed["documentChanges"]
    }
    buffer.edit(changes[buffer.uri])
    buffer.problems()
    buffer.edit(buffer.ask("textDocument/formatting", options={"tabSize": 2, "insertSpaces": True}))
    assert buffer.text == SAVED
    assert "unknown-name" not in buffer.problems()


def test_all_is_mended_at_once(client: Client) -> None:
    text = FILM.replace("@Heroo", "@Heroo waits and @Heroo")
    buffer = Buffer(client, text, "file:///film/all.shot")
    buffer.problems()
    only = {"diagnostics": [], "only": ["source.fixAll"]}
    (action,) = buffer.ask("textDocument/codeAction", range=buffer.whole(), context=only)
    resolved = client.request("codeAction/resolve", action)
    buffer.edit(resolved["edit"]["changes"][buffer.uri])
    assert buffer.text == promptlang.fix(text).text


def test_between_the_lines_stands_what_they_come_to(client: Client) -> None:
    buffer = Buffer(client, SAVED, "file:///film/hints.shot")
    hints = buffer.ask("textDocument/inlayHint", range=buffer.whole())
    last = [hint["label"].split(" · ")[-1] for hint in hints]
    assert "generation 1: 9 s of 15 s" in last
    titles = [lens["command"]["title"] for lens in buffer.ask("textDocument/codeLens")]
    assert titles[0] == "compile for fal/kling-o3-pro: 9 s, 1 generation"


def test_a_selection_is_brought_into_form(client: Client) -> None:
    buffer = Buffer(client, FILM, "file:///film/range.shot")
    place = {"start": buffer.at("SHOT 1"), "end": buffer.at("SHOT 2")}
    options = {"tabSize": 2, "insertSpaces": True}
    buffer.edit(buffer.ask("textDocument/rangeFormatting", range=place, options=options))
    wanted = FILM.replace("(4s) :", "(4s):").replace("    @Heroo", "  @Heroo")
    assert buffer.text == wanted


def test_the_line_that_was_left_is_brought_into_form(client: Client) -> None:
    buffer = Buffer(client, FILM, "file:///film/typed.shot")
    behind = {"line": 4, "character": 0}
    edits = buffer.ask("textDocument/onTypeFormatting", position=behind, ch="\n", options={})
    buffer.edit(edits)
    assert buffer.text == FILM.replace("(4s) :", "(4s):")


def test_a_folder_that_is_added_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "film.shot").write_text(SAVED, encoding="utf-8")
    folder = {"uri": tmp_path.as_uri(), "name": "film"}
    with Client() as client:
        client.begin()
        assert client.request("workspace/symbol", {"query": "Diver"}) in (None, [])
        event = {"added": [folder], "removed": []}
        client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
        found = client.request("workspace/symbol", {"query": "Diver"})
        assert [symbol["name"] for symbol in found] == ["@Diver"]
        event = {"added": [], "removed": [folder]}
        client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
        assert client.request("workspace/symbol", {"query": "Diver"}) in (None, [])


@given(text=scripts(), line=st.integers(0, 40))
def test_formatting_any_script_makes_its_canonical_form(text: str, line: int) -> None:
    editor = Editor("utf-8")
    editor.open("untitled:film", 1, text)
    view = editor.view("untitled:film")
    edits = format_document(view, {})
    made = text
    for start, end, new in sorted(
        ((*view.lines.stretch(edit["range"]), edit["newText"]) for edit in edits), reverse=True
    ):
        made = made[:start] + new + made[end:]
    assert made == promptlang.format(promptlang.parse(text))
    place = {"line": line, "character": 0}
    some = format_range(view, {"range": {"start": place, "end": place}})
    assert [edit for edit in some if edit not in edits] == []
    assert [e for e in format_typed(view, {"position": place}) if e not in edits] == []
