"""Completion and hover on whatever is written, wherever the cursor stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from promptlang.lsp.completion import complete, resolve
from promptlang.lsp.editor import Editor
from promptlang.lsp.hover import hover
from tests.strategies import scripts

if TYPE_CHECKING:
    from promptlang.lsp.view import View

URI = "file:///film/film.shot"
ODD = st.text(st.sampled_from("@{}[]():>#\"“”/.,+\\ \t\r\n\u2028=-aS1é😀'"), max_size=12)


def opened(text: str, encoding: str = "utf-16") -> View:
    editor = Editor(encoding)
    editor.open(URI, 1, text)
    return editor.view(URI)


def place(view: View, range: dict[str, Any]) -> tuple[int, int]:
    """Return the offsets of a range, which must be exact: no end of a line stands in for it."""
    start, end = view.lines.stretch(range)
    assert view.lines.range(start, end) == range
    return start, end


def check(view: View, offset: int) -> None:
    position = view.lines.position(offset)
    params = {"position": position}
    at = view.lines.offset(position)
    found = complete(view, params)
    for item in found["items"]:
        start, end = place(view, item["textEdit"]["range"])
        assert start <= at <= end
        assert "\n" not in view.text[start:end]
    for item in found["items"][:3]:
        if "data" in item:
            assert resolve(view, item)["label"] == item["label"]
    told = hover(view, params)
    if told is not None:
        start, end = place(view, told["range"])
        assert start <= at <= end
        assert told["contents"]["value"].strip()


@settings(max_examples=60)
@given(text=scripts(), data=st.data())
def test_a_script_anywhere(text: str, data: st.DataObject) -> None:
    view = opened(text, data.draw(st.sampled_from(["utf-8", "utf-16", "utf-32"])))
    for offset in data.draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=8)):
        check(view, offset)


@settings(max_examples=120)
@given(text=scripts(), odd=ODD, data=st.data())
def test_a_script_that_is_being_written(text: str, odd: str, data: st.DataObject) -> None:
    """What is typed stands in the middle of it, and what follows may be gone."""
    at = data.draw(st.integers(0, len(text)))
    rest = data.draw(st.sampled_from([text[at:], ""]))
    view = opened(text[:at] + odd + rest)
    check(view, at + len(odd))


@given(text=ODD)
def test_a_few_letters(text: str) -> None:
    view = opened(text)
    for offset in range(len(text) + 1):
        check(view, offset)
