"""The vocabulary files: complete, unique, and told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from promptlang.vocabulary import tables
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.phrases import read_terms, read_transition
from promptlang.vocabulary.words import key_of

if TYPE_CHECKING:
    from promptlang.vocabulary.terms import Term

FILES = tables.read_toml()
WORDS = vocabulary()
CAMERA = [t for t in WORDS.terms.values() if t.category in tables.CAMERA and t.axis != "framing"]
TRANSITIONS = [t for t in WORDS.terms.values() if t.category == "transition"]
CLAIMS = FILES["ambiguous"]["claims"]

# How many rows each table of the reference has.
SIZES = {
    "size": 16,
    "coverage": 32,
    "angle": 27,
    "composition": 18,
    "movement": 60,
    "path": 13,
    "rig": 24,
    "lens": 41,
    "time": 14,
    "light": 54,
    "look": 29,
    "transition": 41,
}


def spellings(term: Term) -> list[str]:
    """Return everything that is read as a term."""
    foreign = [word for words in term.localised.values() for word in words]
    return [term.phrase, *term.also, *term.abbreviations, *foreign]


def claimed(term: Term, spelling: str) -> bool:
    """Whether another term has a spelling, and the files say so."""
    claim = CLAIMS.get(spelling.casefold())
    return claim is not None and term.id in claim["other"]


@pytest.mark.parametrize(("name", "rows"), SIZES.items())
def test_no_row_of_a_table_is_missing(name: str, rows: int) -> None:
    assert len(FILES[name]["terms"]) >= rows


def test_there_are_as_many_entries_as_the_reference_has() -> None:
    assert sum(SIZES.values()) == 369
    assert len(WORDS.short) + len(WORDS.short_words) >= 62
    assert len(WORDS.conflicts) == 48
    assert sorted(rule.number for rule in WORDS.conflicts) == list(range(1, 49))
    assert len(WORDS.ambiguous) == 59
    assert len(WORDS.negative_standard) == 16
    assert set(FILES["localised"]) == {"zh", "ja", "ko", "es", "de"}
    assert all(len(words) >= 30 for words in FILES["localised"].values())


@pytest.mark.parametrize("term", WORDS.terms.values(), ids=lambda term: term.id)
def test_a_term_says_what_it_means_and_where_it_is_from(term: Term) -> None:
    assert term.meaning
    assert len(term.meaning) <= 100
    assert not term.meaning.endswith(".")
    assert term.source
    assert term.article in {"a", "an", "the", "", None}
    assert term.phrase not in term.abbreviations
    assert set(term.ways.values()) <= set(WORDS.terms)


@pytest.mark.parametrize("term", CAMERA, ids=lambda term: term.id)
def test_every_spelling_of_a_camera_term_is_read_as_it(term: Term) -> None:
    for spelling in spellings(term):
        if claimed(term, spelling):
            continue
        phrases = read_terms(spelling)
        assert [t.id for phrase in phrases for t in phrase.terms] == [term.id], spelling
        assert not any(phrase.unknown for phrase in phrases), spelling


@pytest.mark.parametrize("term", TRANSITIONS, ids=lambda term: term.id)
def test_every_spelling_of_a_transition_is_read_as_it(term: Term) -> None:
    for spelling in spellings(term):
        phrase, tail = read_transition(spelling)
        assert [t.id for t in phrase.terms] == [term.id], spelling
        assert tail is None


def test_no_two_terms_share_a_spelling_unless_the_files_say_who_has_it() -> None:
    for scope in (tables.CAMERA, ("transition",), ("sound",), ("time-of-day",)):
        owners: dict[str, str] = {}
        for term in WORDS.terms.values():
            if term.category not in scope:
                continue
            for spelling in (term.phrase, *term.also):
                owner = owners.setdefault(key_of(spelling), term.id)
                assert owner == term.id or claimed(term, spelling), (spelling, owner, term.id)


def test_the_shapes_of_lists_hold() -> None:
    for spelling, claim in CLAIMS.items():
        assert {claim["has"], *claim["other"]} <= set(WORDS.terms), spelling
    for word, row in WORDS.ambiguous.items():
        assert len(row["readings"]) >= 2, word
        assert row["rule"], word
        assert row.get("reads", "wide") in WORDS.terms, word
    for value in FILES["colour"]["values"].values():
        assert value in WORDS.terms
    known = {key_of(value) for value in WORDS.places}
    for spelling in FILES["prose"]["never"]:
        assert key_of(spelling), spelling
    assert key_of("very slow") in known


def test_an_abbreviation_is_never_what_is_written() -> None:
    shorts = {short.casefold() for term in CAMERA for short in term.abbreviations}
    for term in CAMERA:
        words = {word.casefold() for word in term.phrase.split()}
        # FPV is how models know the drone; a take is not the abbreviation.
        assert not (words & shorts) - {"fpv", "master"}, term.phrase


def test_unsafe_abbreviations_are_not_read() -> None:
    for short in ("CS", "OS", "PU", "PO", "DS", "TS", "ES", "SC", "GS", "HH", "RF"):
        (phrase,) = read_terms(short)
        assert not phrase.terms, short
        assert phrase.unknown


def test_what_is_heard_or_built_is_no_camera_term_in_short_either() -> None:
    for term in WORDS.terms.values():
        if term.category in {"sound", "place", "time-of-day"}:
            for short in term.abbreviations:
                (phrase,) = read_terms(short)
                assert not phrase.terms, short
                assert phrase.unknown
                assert WORDS.lookup(short, short=True) is term


def test_the_ambiguous_words_are_read_as_they_say() -> None:
    for word, row in WORDS.ambiguous.items():
        if row.get("reads") and WORDS.terms[row["reads"]].category != "transition":
            read = [t.id for phrase in read_terms(word.split(" / ")[0]) for t in phrase.terms]
            assert read == [row["reads"]], word


def test_edit_verbs_are_those_of_the_language() -> None:
    verbs = (
        "change replace swap turn transform convert apply adjust make set relight recolor recolour "
        "restyle enhance refine fix modify match transfer put insert add remove delete erase"
    )
    assert set(verbs.split()) <= set(WORDS.edit_verbs)
    assert WORDS.edit_verbs["recolour"]["verb"] == "recolor"
    assert WORDS.edit_verbs["replace"]["takes"] == "with"
    assert all(
        row["takes"] in {"", "as", "for", "in", "into", "to", "with"}
        for row in WORDS.edit_verbs.values()
    )


def test_weak_verbs_of_movement_have_stronger_ones() -> None:
    assert {"moves", "goes", "does", "makes"} <= set(WORDS.motion_verbs["weak"])
    assert WORDS.motion_verbs["strong"]["walks briskly"] == "fast"
    assert WORDS.motion_verbs["pace"]["slowly"] == "slow"


def test_lookup() -> None:
    found = WORDS.lookup("Medium Close-Up")
    assert found is not None
    assert found.id == "medium-close-up"
    assert WORDS.lookup("MCU") is None
    short = WORDS.lookup("MCU", short=True)
    assert short is found
    assert WORDS.lookup("dissolve") is WORDS.terms["dissolve"]
    assert WORDS.lookup("no such thing") is None
