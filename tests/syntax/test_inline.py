"""Refs, parameters, escapes, quotes, comments, durations: the small things inside of lines."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.syntax import ast, durations
from promptlang.syntax.chars import fold
from promptlang.syntax.inline import quotes, scan, visible
from promptlang.syntax.spelling import closest, distance


def _marks(raw: str, *, refs: bool = True, params: bool = True, quoted: bool = False) -> list[str]:
    text = scan(raw, refs=refs, params=params, quoted=quoted)
    return [raw[mark.start : mark.end] for mark in text.marks]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("@Driver waves", ["@Driver"]),
        ("@Driver's zip", ["@Driver"]),
        ("@Car-mounted", ["@Car"]),
        ("(@Car)", ["@Car"]),
        ("a @b @c", ["@b", "@c"]),
        ("@a@b", ["@a"]),
        ("bob@example.com", []),
        ("bob.@x _@x +@x -@x 1@x", []),
        ("é@x 店@x /@x", ["@x", "@x", "@x"]),
        ("\\@x", ["\\@"]),
        ("\\\\@x", ["\\\\"]),
        ("@1 @_ @-", []),
        ("@1a @_a @a1", ["@1a", "@_a", "@a1"]),
        ("＠車が", ["＠車が"]),
        ("@E\u0301mile", ["@E\u0301mile"]),
        ("@चालक, @คนขับ", ["@चालक", "@คนขับ"]),
        ("{city} {n2} {město}", ["{city}", "{n2}", "{město}"]),
        ("{} {1} {a b} { a } {a-b} {{a}}", ["{a}"]),
        ("\\{a} \\} \\x \\> \\#", ["\\{", "\\>", "\\#"]),
        ('a \\ b "in \\" side" \\"', ['\\"']),
    ],
)
def test_marks(raw: str, found: list[str]) -> None:
    assert _marks(raw) == found


def test_marks_can_be_left_out() -> None:
    assert _marks("@a {b} \\@", refs=False) == ["{b}", "\\@"]
    assert _marks("@a {b} \\@", params=False) == ["@a", "\\@"]
    assert _marks('say \\"x\\"', quoted=True) == ['\\"', '\\"']


def test_places_count_from_the_line() -> None:
    text = scan("see @Car", 10)
    assert (text.start, text.end) == (10, 18)
    (mark,) = text.marks
    assert isinstance(mark, ast.Ref)
    assert (mark.start, mark.end, mark.name) == (14, 18, "Car")


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ('a "b" c', ['"b"']),
        ('"a" "b"', ['"a"', '"b"']),
        ('"a \\" b"', ['"a \\" b"']),
        ("“a” „b“ „c” «d» 「e」 『f』", ["“a”", "„b“", "„c”", "«d»", "「e」", "『f』"]),
        ("“a 「b」 c”", ["“a 「b」 c”"]),
        ('27" wide', []),
        ("“open", []),
        ('“open "but" this', ['"but"']),
        ('"a\\\\" b', ['"a\\\\"']),
    ],
)
def test_quotes(raw: str, found: list[str]) -> None:
    assert [raw[a:b] for a, b in quotes(raw)] == found


@pytest.mark.parametrize(
    ("raw", "content", "comment"),
    [
        ("a # b", "a", "# b"),
        ("a #", "a", "#"),
        ("a # b # c", "a", "# b # c"),
        ("a #b", "a #b", None),
        ("a# b", "a# b", None),
        ("C# and #1", "C# and #1", None),
        ('"a # b"', '"a # b"', None),
        ('"a # b" # c', '"a # b"', "# c"),
        ('27" # c', '27"', "# c"),
        ("「a # b」", "「a # b」", None),
        ("a ＃ b", "a", "# b"),
        ("a\t#\u00a0b", "a", "#\u00a0b"),
        ("  a  \n", "a", None),
        ("a \\# b", "a \\# b", None),
    ],
)
def test_comments(raw: str, content: str, comment: str | None) -> None:
    start, end, found = visible(raw)
    assert raw[start:end] == content
    assert (found.text if found else None) == comment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4s", "4"), ("4 s", "4"), ("4 sec", "4"), ("4 secs", "4"), ("1 second", "1"),
        ("4 seconds", "4"), ("4 SEC", "4"), ("2.5s", "2.5"), ("2,5s", "2.5"), ("0:04", "4"),
        ("1:02.5", "62.5"), ("0：04", "4"), (" 4s ", "4"), ("0.1s", "0.1"), ("10:00", "600"),
    ],
)  # fmt: skip
def test_lengths(text: str, seconds: str) -> None:
    assert durations.read(text) == Decimal(seconds)


@pytest.mark.parametrize(
    "text",
    ["4", "4.0", "", "s", "-4s", "+4s", "0s", "0:00", "0.0s", "4m", "4 minutes", "1:75", "1:2:3",
     "4s5", "4..5s", "٤s", "４s", "1e3s", "inf s", "4ſ", "9999999999s", ":04", "0:4"],
)  # fmt: skip
def test_no_lengths(text: str) -> None:
    assert durations.read(text) is None


def test_points_may_be_zero() -> None:
    assert durations.read_time("0:00") == 0
    assert durations.read_time("0s") == 0
    assert durations.read_time("0") is None


@given(st.decimals("0.001", "99999", places=3))
def test_lengths_are_written_as_they_are_read(seconds: Decimal) -> None:
    assert durations.read(durations.write(seconds)) == seconds
    assert durations.read_time(durations.write_time(seconds)) == seconds


@given(st.text(max_size=30))
def test_any_text_may_be_no_length(text: str) -> None:
    found = durations.read(text)
    assert found is None or found > 0


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("shot", "shot", 0), ("shtt", "shot", 1), ("shto", "shot", 1), ("sht", "shot", 1),
     ("shoot", "shot", 1), ("", "ab", 2), ("edit", "keep", 4), ("a" * 50, "b", 40)],
)  # fmt: skip
def test_distance(one: str, other: str, far: int) -> None:
    assert distance(one, other) == distance(other, one) == far


def test_closest_is_not_far_fetched() -> None:
    assert closest("lightning", ("lighting", "sound")) == "lighting"
    assert closest("xyz", ("lighting", "sound")) is None
    assert closest("at", ("end", "seed")) is None


def test_names_are_compared_composed_and_without_case() -> None:
    assert fold("É") == fold("e\u0301") == fold("E\u0301")
    assert fold("STRASSE") == fold("straße")
    assert fold("Car") != fold("Cat")
