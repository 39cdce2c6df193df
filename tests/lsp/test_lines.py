"""The text of an editor: its lines, its positions, its changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.lsp.lines import ENCODINGS, Lines, units

LETTERS = "ab\r\n\r\n\u2028\x0b\x0c\x85é\u0301😀"
texts = st.text(st.sampled_from(LETTERS), max_size=14)
edits = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), texts), max_size=6)


@given(text=texts, changes=edits, encoding=st.sampled_from(ENCODINGS))
def test_the_index_is_kept_up_to_date(
    text: str, changes: list[tuple[int, int, str]], encoding: str
) -> None:
    lines = Lines(text, encoding)
    for one, other, new in changes:
        start, end = sorted(min(at, len(text)) for at in (one, other))
        text = text[:start] + new + text[end:]
        lines = lines.spliced(start, end, new)
        assert lines.text == text
        assert lines.starts == Lines(text, encoding).starts


@given(text=texts, encoding=st.sampled_from(ENCODINGS))
def test_an_offset_survives_the_way_to_the_editor_and_back(text: str, encoding: str) -> None:
    lines = Lines(text, encoding)
    for offset in range(len(text) + 1):
        inside = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
        # There is no place between the two letters of a line end.
        assert lines.offset(lines.position(offset)) == (offset - 1 if inside else offset)


@pytest.mark.parametrize(
    ("line", "character", "offset"),
    [
        pytest.param(0, 99, 3, id="past the end of a line is its end"),
        pytest.param(9, 0, 9, id="past the last line is the end"),
        pytest.param(-1, 0, 0, id="before the first line is the start"),
        pytest.param(1, -5, 5, id="before a line is its start"),
        pytest.param(1, 2, 6, id="the middle of a letter is before it"),
    ],
)
def test_a_position_that_is_none_is_the_nearest(line: int, character: int, offset: int) -> None:
    lines = Lines("abc\r\na😀bc", "utf-16")
    assert lines.offset({"line": line, "character": character}) == offset


@pytest.mark.parametrize(("encoding", "size"), [("utf-8", 8), ("utf-16", 5), ("utf-32", 4)])
def test_lengths_count_in_the_units_agreed_on(encoding: str, size: int) -> None:
    assert units("a😀éb", encoding) == size


@given(st.text("aé😀\n\r\u2028"), st.sampled_from(ENCODINGS), st.data())
def test_many_ranges_are_those_asked_for_one_by_one(
    text: str, encoding: str, data: st.DataObject
) -> None:
    lines = Lines(text, encoding)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    stretches = [tuple(sorted(pair)) for pair in data.draw(st.lists(ends))]
    wanted = [lines.range(start, end) for start, end in stretches]
    found = list(lines.ranges((start, end) for start, end in stretches))
    # Inside of a line end there is no place to stand.
    between = [any(text[at - 1 : at + 1] == "\r\n" for at in pair) for pair in stretches]
    assert [f for f, no in zip(found, between, strict=True) if not no] == [
        w for w, no in zip(wanted, between, strict=True) if not no
    ]
