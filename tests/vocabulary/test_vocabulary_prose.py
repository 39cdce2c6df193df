"""The vocabulary in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.vocabulary.conflicts import Conflict, conflicts_between
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.phrases import (
    edit_verb,
    find_language,
    find_terms,
    is_person,
    is_time,
    read_terms,
)

WORDS = vocabulary()


@pytest.mark.parametrize(
    ("prose", "ids"),
    [
        ("The camera slowly pushes in on a close-up of her face.", ["push-in", "close-up"]),
        ("The camera pans left.", ["pan-left"]),
        ("The camera orbits.", ["orbit"]),
        ("She drops the frying pan. He cranes his neck.", []),
        ("A crane lifts the container; the drone hums.", []),
        ("He approaches from behind and looks down.", []),
        ("MS DOS on an old CU board, POV.", []),
        ("handheld, in slow motion", ["handheld", "slow-motion"]),
        ("A slow dolly-in reveals a wide shot of the bay", ["dolly-in", "wide"]),
        ("The camera stays static.", ["static"]),
        ("static crackles on the wide road", []),
        ("特写 of nothing", []),
    ],
)
def test_camera_words_in_prose(prose: str, ids: list[str]) -> None:
    found = find_terms(prose)
    assert [term.id for term, _, _ in found] == ids
    for _, start, end in found:
        assert prose[start:end].strip() == prose[start:end] != ""


TIMES = """
NIGHT; day; GOLDEN HOUR; later that night; TWO DAYS LATER; MOMENTS LATER; CONTINUOUS; early morning
10:30 PM; 6 am; DAY 3; summer night; SAME TIME; dusk; late afternoon; night (raining); the next day
present day; sunrise; magic hour; flashback; just before dawn
"""
PLACES = """
GARAGE; RED SQUARE; THE LATER WING; NEW YORK; NIGHT CLUB; @Night; Day & Sons; 1985; UPPER DECK
"""


def parts(text: str) -> list[str]:
    return text.strip().replace("\n", "; ").split("; ")


@pytest.mark.parametrize("text", parts(TIMES))
def test_times_of_a_scene_heading(text: str) -> None:
    assert is_time(text)


@pytest.mark.parametrize("text", [*parts(PLACES), "", "{time}", "day " * 500])
def test_places_of_a_scene_heading(text: str) -> None:
    assert not is_time(text)


@pytest.mark.parametrize(
    ("manner", "language", "words"),
    [
        ("whispering, in Italian", "Italian", "in Italian"),
        ("Italian", "Italian", "Italian"),
        ("in Brazilian Portuguese, softly", "Brazilian Portuguese", "in Brazilian Portuguese"),
        ("speaking french", "French", "french"),
        ("IN JAPANESE", "Japanese", "IN JAPANESE"),
        ("softly, Italian , slowly", "Italian", "Italian"),
    ],
)
def test_the_language_of_a_line(manner: str, language: str, words: str) -> None:
    found = find_language(manner)
    assert found is not None
    assert found[0] == language
    assert manner[found[1] : found[2]] == words


@pytest.mark.parametrize(
    "manner", ["", "calm", "in an Italian accent", "with a French accent", "polishing a glass"]
)
def test_no_language(manner: str) -> None:
    assert find_language(manner) is None


@pytest.mark.parametrize(
    ("change", "verb"),
    [
        ("Change the sky", "change"),
        ("RECOLOUR the car red", "recolour"),
        ("recolor it", "recolor"),
        ("re-light the room", "relight"),
        ("turn day into night", "turn"),
        ("  remove the logo", "remove"),
        ("the sky turns red", None),
        ("changes", None),
        ("", None),
        ("@Car, change", None),
    ],
)
def test_edit_verbs(change: str, verb: str | None) -> None:
    assert edit_verb(change) == verb


def test_nouns_for_people() -> None:
    assert all(is_person(word) for word in ("man", "Presenters", "WOMAN", "barista"))
    assert not any(is_person(word) for word in ("car", "table", "command"))


@given(st.text(max_size=80))
def test_any_prose_is_read(text: str) -> None:
    for _, start, end in find_terms(text):
        assert 0 <= start < end <= len(text)
    is_time(text)
    edit_verb(text)
    find_language(text)
    assert len(WORDS.suggest(text)) <= 3


@pytest.mark.parametrize(
    ("typed", "categories", "meant"),
    [
        ("clsoe up", (), "close-up"),
        ("medum shot", (), "medium shot"),
        ("wide shto", ("size",), "wide shot"),
        ("disolve", ("transition",), "dissolve"),
        ("disolve to", ("transition",), "dissolve to"),
        ("cutt", ("transition",), "cut"),
        ("fad in", ("transition",), "fade in"),
        ("dutch angel", (), "dutch angle"),
        ("whip-pann", (), "whip pan"),
        ("panorama left", (), "pan left"),
        ("steadycam", (), "Steadicam"),
        ("orbitt", (), "orbit"),
    ],
)
def test_suggestions(typed: str, categories: tuple[str, ...], meant: str) -> None:
    found = WORDS.suggest(typed, categories)
    assert meant in found
    assert categories != ("transition",) or meant == found[0]


@pytest.mark.parametrize(
    ("text", "around", "meant"),
    [
        ("slow dolley in", ("", ""), ["slow dolly in"]),
        ("shoot", ("wide ", ""), ["shot"]),
        ("foccus", ("rack ", " to @Lena"), ["focus"]),
        ("arround", ("slow orbit left ", " @Cup"), ["around"]),
        ("hevy rain lakke", ("", ""), []),
    ],
)
def test_one_misspelt_word_of_a_phrase(
    text: str, around: tuple[str, str], meant: list[str]
) -> None:
    assert WORDS.suggest(text, around=around) == meant


@pytest.mark.parametrize("category", ["sound", "place", "time-of-day"])
def test_what_no_camera_does_is_never_suggested_as_a_camera_term(category: str) -> None:
    for term in WORDS.terms.values():
        if term.category == category:
            for typed in (term.phrase, *term.also, *term.abbreviations):
                for phrase in [*WORDS.suggest(typed), *WORDS.suggest(f"wide {typed}")]:
                    found = WORDS.lookup(phrase)
                    assert found is None or found.category not in {
                        "sound",
                        "place",
                        "time-of-day",
                    }, (typed, phrase)


def test_little_words_are_no_likeness() -> None:
    assert WORDS.suggest("voice-over", ("transition",)) == []


def test_suggestions_are_few_and_of_the_category() -> None:
    assert WORDS.suggest("qqqqqqqq") == []
    assert len(WORDS.suggest("wid", limit=2)) <= 2
    kinds = [WORDS.lookup(phrase) for phrase in WORDS.suggest("fade", ("transition",))]
    assert kinds
    assert all(term is not None and term.category == "transition" for term in kinds)


def broken(typed: str) -> list[str]:
    return [rule.name for rule, _, _ in conflicts_between(read_terms(typed))]


@pytest.mark.parametrize("rule", [r for r in WORDS.conflicts if r.decidable], ids=lambda r: r.name)
def test_the_example_of_a_conflict_breaks_it(rule: Conflict) -> None:
    assert rule.name in broken(rule.example)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("static, push in", ["static-with-move"]),
        ("static, then push in", []),
        ("static then push in", []),
        ("wide shot, close-up", ["two-sizes"]),
        ("wide to close-up", []),
        ("wide shot, push in to close-up", []),
        ("macro extreme close-up", []),
        ("macro shot, close-up", []),
        ("close-up, detail shot", []),
        ("chase, 180-degree orbit around @Car", []),
        ("slow whip pan", ["whip-slow"]),
        ("slow push in, whip pan", ["two-moves"]),
        ("dolly in while zooming out", []),
        ("low angle, eye level", []),
        ("from above and behind", []),
        ("low angle, high angle", ["two-angles"]),
        ("handheld, smooth movement", ["handheld-smooth"]),
        ("wide shot, wide shot", []),
        ("lazy susan, static", []),
    ],
)
def test_what_excludes_what(typed: str, names: list[str]) -> None:
    assert broken(typed) == names


def test_a_conflict_names_both_phrases() -> None:
    phrases = read_terms("handheld, wide shot, slow motion, close-up")
    (found,) = conflicts_between(phrases)
    rule, one, other = found
    assert (rule.name, rule.severity) == ("two-sizes", "error")
    assert (one, other) == (phrases[1], phrases[3])
