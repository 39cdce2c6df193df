"""How a diagnostic looks."""

from __future__ import annotations

import io

import pytest

from promptlang.cli.show import concise, full, show, summary, visible, wants_colour, width
from promptlang.diagnostics import Diagnostic, Edit, Fix, Related, Severity
from promptlang.source import Source, Span


def diagnostic(text: str, word: str, message: str = "too long") -> Diagnostic:
    source = Source(text, "film.shot")
    start = text.index(word)
    return Diagnostic(
        "shot-too-long",
        "PL201",
        Severity.ERROR,
        message,
        Span(source, start, start + len(word)),
        hint="split it",
        related=[Related("first said here", Span(source, 0, 1))],
        fixes=[Fix("write 10s", [Edit(Span(source, start, start + len(word)), "10s")])],
    )


def test_full() -> None:
    shown = full(diagnostic("title: x\nSHOT 1 (20s): wide\n", "20s"))
    assert shown.split("\n") == [
        "error[shot-too-long PL201]: too long",
        " --> film.shot:2:9",
        "2 | SHOT 1 (20s): wide",
        "  |         ^^^",
        "  = hint: split it",
        "  = fix: write 10s",
        "  = film.shot:1:1: first said here",
    ]


def test_concise_is_one_line() -> None:
    line = concise(diagnostic("SHOT 1 (20s)\n", "20s", message="two\nlines"))
    assert line == "film.shot:1:9: error: two\\nlines (split it) [shot-too-long PL201]"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("日本語 SHOT x", "SHOT"),
        ("\tSHOT", "SHOT"),
        ("e\u0301e\u0301 SHOT", "SHOT"),
        ("a 日本 b", "日本"),
        ("👩‍🚀 SHOT", "SHOT"),
        ("a" * 500 + " SHOT " + "b" * 500, "SHOT"),
        ("日" * 500 + "SHOT", "SHOT"),
    ],
)
def test_carets_stand_below_the_word(line: str, word: str) -> None:
    _, _, excerpt, carets, *_ = full(diagnostic(f"{line}\n", word)).split("\n")
    before = width(excerpt.split(word)[0])
    assert carets.index("^") == before
    assert carets.count("^") == width(word)
    assert len(excerpt) < 120


def test_an_empty_place_gets_one_caret() -> None:
    source = Source("", "film.shot")
    empty = Diagnostic("x", "PL001", Severity.HINT, "nothing here", Span(source, 0, 0))
    assert full(empty).split("\n")[-2:] == ["1 | ", "  | ^"]


def test_a_place_over_several_lines_shows_the_first_and_says_where_it_ends() -> None:
    source = Source("one two\nthree\n", "film.shot")
    long = Diagnostic("x", "PL001", Severity.HINT, "here", Span(source, 4, 12))
    assert full(long).split("\n")[-1] == "  |     ^^^ to line 2"
    up_to_the_end = Diagnostic("x", "PL001", Severity.HINT, "here", Span(source, 4, 8))
    assert full(up_to_the_end).split("\n")[-1] == "  |     ^^^"


def test_a_script_cannot_play_the_terminal() -> None:
    text = "SHOT \x1b[31m\u202eevil\x07\n"
    shown = full(diagnostic(text, "SHOT", message="\x1b]0;title\x07"))
    assert visible(shown.replace("\n", "")) == shown.replace("\n", "")
    assert "\\x1b" in shown
    assert "\\u202e" in shown


def test_colour_only_for_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(Terminal())
    assert not wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Terminal())
    terminal = Terminal()
    show([diagnostic("SHOT 1 (20s)\n", "20s")], "full", terminal)
    assert "\x1b" not in terminal.getvalue()


def test_summary() -> None:
    one = diagnostic("SHOT 1 (20s)\n", "20s")
    assert summary([one, one], 2) == "2 errors in 2 files"
    assert summary([], 1) == "nothing to report in 1 file"
