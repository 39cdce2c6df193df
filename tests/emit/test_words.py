"""Placeholders, sentence marks, escapes and the source map."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.emit.words import Words, closed, listed, sentence
from promptlang.source import Source, Span

SCRIPT = Source("The driver waits. Rain on the tarmac.")
PLACE = Span(SCRIPT, 4, 10)


def said(*chunks: str) -> str:
    """Assemble chunks, each a text of the script."""
    words = Words()
    return words.assemble(" ".join(closed(words.put(chunk, PLACE)) for chunk in chunks)).text


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("The car stops", "The car stops."),
        ("The car stops.", "The car stops."),
        ("Does it stop?", "Does it stop?"),
        ('She says "stop."', 'She says "stop."'),
        ('She says "stop"', 'She says "stop".'),
        ("He waits (at the door)", "He waits (at the door)."),
        ("車が止まる。", "車が止まる。"),
        ("and then…", "and then…"),
    ],
)
def test_a_sentence_is_closed_once(written: str, sent: str) -> None:
    assert said(written) == sent


def test_a_composed_sentence_begins_with_a_capital_and_a_reference_does_not() -> None:
    words = Words()
    light = sentence(words.put("warm amber lamps", PLACE))
    driver = sentence(words.put("@Element1", PLACE, token=True) + " waits")
    assert words.assemble(f"{light} {driver}").text == "Warm amber lamps. @Element1 waits."


def test_a_quoted_end_closes_the_sentence() -> None:
    words = Words()
    line = closed(f'Anna says: "{words.put("Go.", PLACE)}"')
    assert words.assemble(line).text == 'Anna says: "Go."'


def test_a_digit_never_joins_a_reference() -> None:
    words = Words()
    text = words.put("@Element1", PLACE, token=True) + words.put("0 laps", PLACE)
    assert words.assemble(text).text == "@Element1 0 laps"


@pytest.mark.parametrize(
    "written", ["@Image1", "@image_12", "<<<image_1>>>", "<<<voice_1>>>", "@Element3x", "@VIDEO2"]
)
def test_text_that_reads_like_a_reference_points_at_nothing(written: str) -> None:
    words = Words()
    prompt = words.assemble(words.put(f"write to {written} now", PLACE))
    assert written not in prompt.text
    assert prompt.escaped == [PLACE]
    assert len(prompt.text) == len(f"write to {written} now")


def test_a_reference_split_over_two_texts_points_at_nothing() -> None:
    words = Words()
    prompt = words.assemble(words.put("see @Ima", PLACE) + words.put("ge1", PLACE))
    assert "@Image1" not in prompt.text


@pytest.mark.parametrize("written", ["mail me@example.com", "@home", "5 < 6", "<<text>>"])
def test_other_text_is_left_alone(written: str) -> None:
    words = Words()
    prompt = words.assemble(words.put(written, PLACE))
    assert prompt.text == written
    assert prompt.escaped == []


def test_a_declared_handle_counts_only_where_names_are_references() -> None:
    words = Words()
    text = words.put("ask @Host", PLACE)
    assert words.assemble(text).text == "ask @Host"
    assert words.assemble(text, {"Host"}).text == "ask ＠Host"


def test_lists_read_as_english() -> None:
    assert [listed(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


LETTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(st.text(alphabet=LETTERS, max_size=12), max_size=8)


@given(TEXTS)
def test_every_stretch_lies_in_the_prompt_and_keeps_its_words(texts: list[str]) -> None:
    words = Words()
    rendered = " | ".join(words.put(text, PLACE) for text in texts)
    prompt = words.assemble(rendered)
    said_texts = [text for text in texts if text]
    assert [s.end - s.start for s in prompt.stretches] == [len(t) for t in said_texts]
    harmless = [prompt.text[s.start : s.end] for s in prompt.stretches]
    folded = [t.replace("＠", "@").replace("＜＜＜", "<<<") for t in harmless]
    assert folded == [t.replace("＠", "@").replace("＜＜＜", "<<<") for t in said_texts]


@given(TEXTS)
def test_only_tokens_read_like_references(texts: list[str]) -> None:
    words = Words()
    pieces = []
    for text in texts:
        pieces.append(words.put(text, PLACE))
        pieces.append(words.put("@Image1", PLACE, token=True))
    prompt = words.assemble("".join(pieces))
    assert len(re.findall(r"@image[0-9]+", prompt.text, re.IGNORECASE)) == len(texts)
