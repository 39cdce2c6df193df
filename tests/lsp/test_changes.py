"""Changes: whatever an editor does to a text, the server has the same one and says the same."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.lsp import outline, tokens
from promptlang.lsp.editor import Editor
from promptlang.lsp.lines import ENCODINGS
from promptlang.syntax.parser import parse
from promptlang.workspace import Workspace
from tests.lsp.client import CAPABILITIES, Client

if TYPE_CHECKING:
    from collections.abc import Iterator

URI = "untitled:film"
PIECES = (
    *("a", " ", "@", "@Hero", "{x}", "#", ">", ":", '"', "SHOT 1: wide shot\n", "  walks\n", "\n"),
    *("😀", "é", "e\u0301", "\u2028", "\x0b", "\x0c", "\x85", "\r\n", "\r", "\ufeff", "漢字", "\t"),
    *("INT. PIER - NIGHT\n", "EDIT @a\n", "target: kling/o3\n", "> match cut\n"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
changes = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), texts), max_size=5)


def place(text: str, offset: int, encoding: str) -> dict[str, int]:
    """Return a position as an editor counts it: by its own account of lines and units."""
    before = re.split("\r\n|\r|\n", text[:offset])
    # Between the two letters of a line end there is no place.
    if text[offset - 1 : offset + 1] == "\r\n":
        return place(text, offset - 1, encoding)
    codec, size = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[
        encoding
    ]
    return {"line": len(before) - 1, "character": len(before[-1].encode(codec)) // size}


def moved(text: str, offset: int) -> int:
    """Return the offset of the place an offset stands for."""
    return offset - 1 if offset > 0 and text[offset - 1 : offset + 1] == "\r\n" else offset


def edited(text: str, start: int, end: int, new: str) -> str:
    start, end = moved(text, start), moved(text, end)
    return text[:start] + new + text[end:]


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=texts, changes=changes)
def test_the_server_has_the_text_of_the_editor(
    encoding: str, text: str, changes: list[tuple[int, int, str]]
) -> None:
    editor = Editor(encoding)
    editor.open(URI, 1, text)
    for version, (one, other, new) in enumerate(changes, 2):
        start, end = sorted(min(at, len(text)) for at in (one, other))
        edges = {"start": place(text, start, encoding), "end": place(text, end, encoding)}
        editor.change(URI, version, [{"range": edges, "text": new}])
        text = edited(text, start, end, new)
        assert editor.files[URI].lines.text == text
        # What was known before the change is used again, and must come to the same.
        kept = editor.view(URI).document.script
        fresh = promptlang.parse(kept.source.text)
        assert kept.meaning() == fresh.meaning()
        assert kept.source.starts == fresh.source.starts


@given(text=texts, changes=changes)
def test_what_is_told_at_once_is_what_a_full_check_tells_of_places(
    text: str, changes: list[tuple[int, int, str]]
) -> None:
    """Every place that is told lies in the text, whatever of it was told before a change."""
    editor = Editor("utf-16")
    editor.open(URI, 1, text)
    view = editor.view(URI)
    editor.full(URI, view, view.document.diagnostics)
    for version, (one, other, new) in enumerate(changes, 2):
        start, end = sorted(min(at, len(text)) for at in (one, other))
        edges = {"start": place(text, start, "utf-16"), "end": place(text, end, "utf-16")}
        editor.change(URI, version, [{"range": edges, "text": new}])
        text = edited(text, start, end, new)
        told = editor.files[URI].told
        known = None if told is None else told.after(editor.view(URI))
        for item in [] if known is None else known.items():
            lines = editor.files[URI].lines
            first, last = lines.stretch(item["range"])
            assert lines.range(first, last) == item["range"]


@pytest.fixture
def client() -> Iterator[Client]:
    with Client() as client:
        client.begin({**CAPABILITIES, "general": {"positionEncodings": ["utf-8"]}})
        yield client


def expected(text: str) -> list[tuple[str, int]]:
    """Return what a check of a text without a place tells: the names and their lines."""
    found = Workspace().open(URI, text.replace("\ufeff", " ", 1)).diagnostics
    return [(d.name, d.span.line - 1) for d in found]


def told(found: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(item["code"], item["range"]["start"]["line"]) for item in found]


def test_a_storm_of_changes_ends_in_what_a_cold_check_tells(client: Client) -> None:
    rng = random.Random(7)
    text = "target: fal/kling-o3-pro\n\n" + "".join(
        f"SHOT {n} (5s): wide shot, static camera\n  A diver swims past wreck {n}.\n\n"
        for n in range(1, 60)
    )
    uri = client.open(text, URI)
    for version in range(2, 5002):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice((0, 0, 0, 1, 3)))
        new = rng.choice(PIECES) if len(text) < 8000 else ""
        edges = {"start": place(text, start, "utf-8"), "end": place(text, end, "utf-8")}
        client.change(uri, version, {"range": edges, "text": new})
        text = edited(text, start, end, new)
    client.change(uri, 5002, {"text": text})
    wanted = expected(text)
    # What is told at once comes first; the full check has the last word, or none comes in time.
    while told(client.diagnostics(uri, 5002)) != wanted:
        pass


def test_what_is_written_behind_the_end_leaves_the_rest_as_it_is() -> None:
    script = promptlang.parse("SHOT 1: wide shot\n")
    after = parse("SHOT 1: wide shot\nSHOT 2: wide shot\nSHOT 3: wide shot\n", previous=script)
    assert [block.text for block in after.blocks[1:]] == [
        f"SHOT {n}: wide shot\n" for n in (1, 2, 3)
    ]
    assert after.blocks[1] is script.blocks[1]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_over_the_wire_it_has_that_text_too(encoding: str) -> None:
    rng = random.Random(encoding)
    other = Editor(encoding)
    with Client() as client:
        client.begin({**CAPABILITIES, "general": {"positionEncodings": [encoding]}})
        text, uri = "".join(rng.choices(PIECES, k=40)), client.open("", URI)
        client.change(uri, 2, {"text": text})
        for version in range(3, 203):
            start = rng.randrange(len(text) + 1)
            end = min(len(text), start + rng.choice((0, 0, 1, 5)))
            new = rng.choice(PIECES) if len(text) < 600 else ""
            edges = {"start": place(text, start, encoding), "end": place(text, end, encoding)}
            client.change(uri, version, {"range": edges, "text": new})
            text = edited(text, start, end, new)
            if version % 20 == 0:
                # Colours stand at places of every line, counted as was agreed on.
                other.open(URI, version, text)
                about = {"textDocument": {"uri": uri}}
                coloured = client.request("textDocument/semanticTokens/full", about)
                assert coloured["data"] == tokens.full(other.view(URI), about)["data"]
                symbols = client.request("textDocument/documentSymbol", about)
                assert symbols == outline.symbols(other.view(URI), about)
        assert told(client.diagnostics(uri, 202)) == expected(text)
