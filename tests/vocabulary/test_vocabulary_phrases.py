"""Reading lists of camera terms and transitions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from promptlang.vocabulary import tables
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.phrases import read_terms, read_transition
from promptlang.vocabulary.terms import article_before
from promptlang.vocabulary.words import tokens

if TYPE_CHECKING:
    from promptlang.vocabulary.terms import Phrase

FOLDER = Path(__file__).parent
WORDS = vocabulary()


def rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split(" => ") for line in lines if line and not line.startswith("#")]


def said(phrases: tuple[Phrase, ...]) -> str:
    return ", ".join(phrase.text for phrase in phrases)


def ids(phrases: tuple[Phrase, ...]) -> list[str]:
    return [term.id for phrase in phrases for term in phrase.terms]


def test_the_table_is_long_enough() -> None:
    assert len(rows("phrases.txt")) >= 250


@pytest.mark.parametrize("row", rows("phrases.txt"), ids=lambda row: row[0])
def test_what_is_written_for_what_is_typed(row: list[str]) -> None:
    phrases = read_terms(row[0])
    assert said(phrases) == row[1]
    assert any(phrase.unknown for phrase in phrases) == (row[-1] == "?")
    again = read_terms(said(phrases))
    if '"' not in row[0]:
        assert (said(again), ids(again)) == (said(phrases), ids(phrases))


@pytest.mark.parametrize("row", rows("transitions.txt"), ids=lambda row: row[0])
def test_what_is_written_for_a_transition(row: list[str]) -> None:
    phrase, tail = read_transition(row[0])
    assert phrase.text == row[1]
    assert bool(phrase.unknown) == (row[-1] == "?")
    assert (row[0][tail:] if tail is not None else None) == (
        row[2] if len(row) > 2 and row[2] != "?" else None
    )
    if tail is not None:
        assert phrase.end <= tail


@pytest.mark.parametrize("text", ["", "\r", "(1s)", "!"])
def test_what_holds_no_word_is_no_transition(text: str) -> None:
    phrase, tail = read_transition(text)
    assert (phrase.text, phrase.terms, phrase.unknown, tail) == ("", (), (), None)


def test_what_a_phrase_knows() -> None:
    (phrase,) = read_terms("slow 180° orbit left around @Car's door")
    assert ids((phrase,)) == ["orbit-180"]
    assert phrase.modifiers == {"speed": ("slow",), "direction": ("left",)}
    assert [(p.text, p.ref, p.glued) for p in phrase.pieces] == [
        ("slow", False, False),
        ("180-degree orbit", False, False),
        ("left", False, False),
        ("around", False, False),
        ("Car", True, False),
        ("'s door", False, True),
    ]
    assert not phrase.sequence


def test_terms_that_would_read_as_others_together_are_said_apart() -> None:
    _, drone, tracking = read_terms("three-quarter angle drone tracking")
    assert (drone.article, tracking.article) == ("a", "a")
    rig, move = read_terms("snap handheld camera pedestal down")
    assert (rig.text, move.text) == ("whip handheld camera", "pedestal down")
    assert (rig.article, move.article) == ("a", None)


@pytest.mark.parametrize(
    ("typed", "article"),
    [
        ("reverse angle", "a"),
        ("OTS of @Host", "an"),
        ("tight OTS", "a"),
        ("extreme wide shot", "an"),
        ("180-degree orbit", "a"),
        ("85mm lens", "an"),
        ("next shot", "the"),
        ("coverage", ""),
        ("push in", None),
        ("push in to a close-up", None),
        ("from wide to close-up", None),
        ("FPV drone", "an"),
        ('"my words"', None),
        ("zorb", None),
    ],
)
def test_the_article_of_a_phrase(typed: str, article: str | None) -> None:
    assert read_terms(typed)[0].article == article


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("FPV drone", "an"), ("LED wall", "an"), ("VHS camera", "a"), ("ultra-wide shot", "an"),
        ("unicorn view", "a"), ("one-shot", "a"), ("8-second push in", "an"), ("100mm lens", "a"),
        ("18mm lens", "an"), ("", "a"),
    ],
)  # fmt: skip
def test_the_article_before_words(words: str, article: str) -> None:
    assert article_before(words) == article


@pytest.mark.parametrize(
    ("typed", "sequence"),
    [
        ("wide to close-up", True),
        ("pan left then tilt up", True),
        ("push in to @Host", False),
        ("push in and tilt up", False),
        ("rack focus from @A to @B", False),
        ("crane up to reveal the city", False),
    ],
)
def test_what_puts_terms_in_order(typed: str, sequence: bool) -> None:
    assert read_terms(typed)[0].sequence is sequence


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("OTS of @Ann, close on @Ben", ["Ann", "Ben"]),
        ("orbit around @東京タワー", ["東京タワー"]),
        ("close-up of @ரவி's hands", ["ரவி"]),
        ("close-up of a@mail", []),
        ("close-up of \\@Ann", []),
        ("＠Ann wide", ["Ann"]),
        ("orbit around @12", []),
        ("@Car-mounted camera", ["Car"]),
    ],
)
def test_refs_end_where_the_language_says(typed: str, names: list[str]) -> None:
    phrases = read_terms(typed)
    assert [p.text for phrase in phrases for p in phrase.pieces if p.ref] == names


def test_unknown_words_are_marked_once_a_run() -> None:
    typed = "epic zorble blorb wide shot, flimmer"
    first, second = read_terms(typed)
    assert [typed[a:b] for a, b in first.unknown] == ["zorble blorb"]
    assert [typed[a:b] for a, b in second.unknown] == ["flimmer"]
    assert first.text == "epic zorble blorb wide shot"


def test_quoted_words_pass() -> None:
    (phrase,) = read_terms("“bespoke swirl”")
    assert phrase.quoted
    assert phrase.text == "bespoke swirl"
    assert not phrase.unknown


def covers(typed: str, phrases: tuple[Phrase, ...]) -> bool:
    places = [(p.start, p.end) for phrase in phrases for p in phrase.pieces]
    places += [place for phrase in phrases for place in phrase.unknown]
    words = [t for t in tokens(typed) if t.kind in {"word", "ref", "quote"}]
    return all(any(a <= t.start and t.end <= b for a, b in places) for t in words)


SPELT = [
    s
    for t in WORDS.terms.values()
    if t.category in tables.CAMERA and t.axis != "framing"
    for s in (t.phrase, *t.also, *t.abbreviations)
]
# An abbreviation of what is no camera term stands beside them, as on a slate: MOS, O.C., INT.
SHORT = [s for t in WORDS.terms.values() for s in t.abbreviations]
AROUND = ["of @Car", "@Car", "slow", "tight", "45-degree", "left", "then", "to", "and", "while"]
AROUND += ["from", "the house", ",", '"own"', "to reveal the sea", "zorb", "in", "around @Ann", "a"]
STACK = st.lists(st.sampled_from(SPELT) | st.sampled_from(AROUND), min_size=1, max_size=6)


@given(STACK)
def test_nothing_that_is_typed_gets_lost(parts: list[str]) -> None:
    typed = " ".join(parts)
    phrases = read_terms(typed)
    assert covers(typed, phrases), (typed, phrases)
    for phrase in phrases:
        assert 0 <= phrase.start <= phrase.end <= len(typed)
        assert all(piece.text.strip() for piece in phrase.pieces)
    starts = [phrase.start for phrase in phrases]
    assert starts == sorted(starts)


@given(st.lists(st.sampled_from([*SPELT, *SHORT]), min_size=1, max_size=4))
@example(["MOS", "from behind"])
@example(["smooth", "O.C."])
def test_stacked_terms_read_again_are_the_same(parts: list[str]) -> None:
    phrases = read_terms(" ".join(parts))
    again = read_terms(said(phrases))
    assert (said(again), ids(again)) == (said(phrases), ids(phrases))


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for phrase in read_terms(text):
        assert phrase.text
    read_transition(text)


@given(
    st.lists(st.sampled_from([*"@\"“”«'’(),;:-–—_.0123456789f/mm°& ", "wide", "to "]), max_size=40)
)
def test_any_marks_are_read(parts: list[str]) -> None:
    typed = "".join(parts)
    assert covers(typed, read_terms(typed))
    phrase, tail = read_transition(typed)
    assert tail is None or phrase.end <= tail <= len(typed)


PUMPS = [
    "slow ",
    "in ",
    "@A ",
    "zorb ",
    "and ",
    "the ",
    '"',
    "“",
    "- ",
    "1.",
    "特",
    "á",
    "to wide ",
]
PUMPS += [
    "push in ",
    "around @A slowly ",
    "then tilt up ",
    "(1s) ",
    "cut ",
    ",",
    "\\",
    "'s",
    "12 mm ",
]


@pytest.mark.parametrize("pump", PUMPS)
def test_long_lines_are_read_to_their_end(pump: str) -> None:
    typed = pump * (16384 // len(pump))
    assert covers_ends(typed, read_terms(typed))
    read_transition(typed)


def covers_ends(typed: str, phrases: tuple[Phrase, ...]) -> bool:
    words = [t for t in tokens(typed) if t.kind in {"word", "ref", "quote"}]
    if not words:
        return True
    start = min(phrase.start for phrase in phrases)
    end = max(phrase.end for phrase in phrases)
    return start <= words[0].start and words[-1].end <= end
