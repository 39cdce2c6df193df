"""Language page, camera terms and transitions."""

from __future__ import annotations

import pytest

import promptlang
from tests.acceptance.asking import (
    CLIP,
    OMNI,
    SHOT,
    ask,
    mended,
    names,
    prompt,
    prompts,
    requests,
    told,
)

TERMS = {
    "symmetrical wide shot": "Symmetrical wide shot",
    "low-angle wide shot": "Low-angle wide shot",
    "MCU": "Medium close-up",
    "tight MCU, extreme slow motion": "Tight medium close-up, extreme slow motion",
    "wide shot, slow push in": "Wide shot, slow push in",
    "pan left 45 degrees": "45-degree pan left",
    "slow push in then pan left": "Slow push in then pan left",
    "wide shot and slow zoom in": "Wide shot and slow zoom in",
    "rack focus from helmet to face": "Rack focus from helmet to face",
    "push in to a close-up": "Push in to a close-up",
    "close-up of the oar": "Close-up of the oar",
    "close-up on the oar": "Close-up on the oar",
    "slow orbit around the boat": "Slow orbit around the boat",
    "over the shoulder of the man": "Over-the-shoulder shot of the man",
    "crane up to reveal the city": "Crane up to reveal the city",
    "tracking shot right as he turns": "Tracking shot right as he turns",
    "chase, push in": "Chase shot, push in",
    "static": "Static camera",
    '"my own words"': "My own words",
    "wide shot、low angle": "Wide shot, low angle",
}


@pytest.mark.parametrize("written", TERMS)
def test_terms_are_read_and_written_out(written: str) -> None:
    text = f"SHOT 1 (4s): {written}\n  A man rows home.\n"
    if written.startswith("tracking"):
        assert prompt(text).endswith("as he turns. A man rows home.")
    else:
        assert prompt(text) == f"{TERMS[written]}. A man rows home."
        assert names(text) == []


def test_a_preposition_takes_a_ref() -> None:
    text = '@Car = vehicle "car.png"\nSHOT 1 (4s): 180-degree orbit around @Car, MCU\n  Rain.\n'
    assert prompt(text) == "180-degree orbit around @Image1, medium close-up. Rain."


def test_abbreviations_count_among_terms_and_never_in_prose() -> None:
    text = "SHOT 1 (4s): MCU\n  The CU division of MCU Inc. opens.\n"
    assert prompt(text) == "Medium close-up. The CU division of MCU Inc. opens."
    assert names(text) == []


@pytest.mark.parametrize("term", ["dolly", "pan", "tilt", "crane", "orbit"])
def test_an_undirected_move_is_a_term_with_a_hint(term: str) -> None:
    text = f"SHOT 1 (4s): {term}\n  A man rows home.\n"
    assert prompt(text) == f"{term.capitalize()}. A man rows home."
    (found,) = ask(text)
    assert (found.name, str(found.severity), found.span.text) == ("undirected-move", "hint", term)


@pytest.mark.parametrize(
    ("terms", "second"),
    [
        ("wide shot, close-up", "close-up"),
        ("static, pan left", "pan left"),
        ("low angle, high angle", "high angle"),
        ("slow motion, fast motion", "fast motion"),
        ("push in, pull out", "pull out"),
    ],
)
def test_terms_that_exclude_each_other(terms: str, second: str) -> None:
    assert told(f"SHOT 1 (4s): {terms}\n  Rain.\n") == [("camera-conflict", second)]


@pytest.mark.parametrize("terms", ["wide shot then close-up", "from wide shot to close-up"])
def test_a_phrase_that_orders_its_terms_is_free_of_that(terms: str) -> None:
    assert names(f"SHOT 1 (4s): {terms}\n  Rain.\n") == []


def test_an_unknown_term_is_a_warning_and_passes() -> None:
    text = "SHOT 1 (4s): close-upp\n  Rain.\n"
    assert told(text) == [("unknown-camera-term", "close-upp")]
    assert prompt(text) == "Close-upp. Rain."
    assert prompt(mended(text, "unknown-camera-term")) == "Close-up. Rain."
    quoted = "SHOT 1 (4s): “wobblecam”\n  Rain.\n"
    assert names(quoted) == []
    assert prompt(quoted) == "Wobblecam. Rain."


def test_further_terms_on_lines_of_their_own() -> None:
    text = f"{SHOT}  camera: pan left\n  camera: slow motion\n"
    assert prompt(text) == "Wide shot, pan left, slow motion. A man rows."


@pytest.mark.parametrize(
    ("terms", "prose", "underlined"),
    [
        ("static", "The camera pans left.", "camera pans left"),
        ("push in", "Then the camera pulls out.", "pulls out"),
        ("slow motion", "He runs in fast motion.", "fast motion"),
    ],
)
def test_prose_is_read_for_camera_words_too(terms: str, prose: str, underlined: str) -> None:
    text = f"SHOT 1 (4s): {terms}\n  {prose}\n"
    assert told(text) == [("camera-conflict", underlined)]
    assert prompt(text).endswith(prose)


@pytest.mark.parametrize("prose", ["He pans for gold.", "A static hum.", "The camera waits."])
def test_other_prose_is_only_prose(prose: str) -> None:
    assert names(f"SHOT 1 (4s): static\n  {prose}\n") == []


# ---- transitions ----

NEXT = "SHOT 2 (4s): close-up\n  Rain.\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("> hard cut", "Hard cut. Close-up. Rain."),
        (">CUT TO:", "Cut to a close-up. Rain."),
        ("> DISSOLVE TO:", "Dissolve to a close-up. Rain."),
        ("> dissolve (1s)", "1-second dissolve to a close-up. Rain."),
        ("> wipe left", "Wipe left. Close-up. Rain."),
        ("> match cut from the oar to a bone", "Match cut from the oar to a bone. Close-up. Rain."),
        ('> "my way"', "My way. Close-up. Rain."),
        ("＞ hard cut", "Hard cut. Close-up. Rain."),
    ],
)
def test_a_transition_belongs_to_the_next_shot(line: str, said: str) -> None:
    assert names(f"{SHOT}{line}\n{NEXT}") == []
    assert prompts(f"{SHOT}{line}\n{NEXT}")[1] == said


def test_a_transition_of_two_things() -> None:
    text = f"@A = prop: a car\n@B = prop: a bike\n{SHOT}> match cut from @A to @B\n{NEXT}"
    assert prompts(text)[1] == "Match cut from a car to a bike. Close-up. Rain."


def test_across_a_scene_heading() -> None:
    text = f"{SHOT}> dissolve\nINT. HALL - DAY\n{NEXT}"
    assert prompts(text)[1].startswith("Dissolve to a close-up.")


def test_after_the_last_shot_it_closes_the_film() -> None:
    assert prompt(f"{SHOT}> fade to black\n").endswith("Fade out to black.")
    assert prompt(f"> fade in\n{SHOT}").startswith("Fade in from black.")


def test_two_in_a_row_is_an_error() -> None:
    text = f"{SHOT}> dissolve\n> wipe left\n{NEXT}"
    assert told(text) == [("two-transitions", "> wipe left")]
    assert names(mended(text, "two-transitions")) == []


@pytest.mark.parametrize(
    "block",
    ["EDIT @Clip\n  remove the hat\n", "ANGLE ON @Clip\n  keep: style\n", "COVERAGE\n  Rain.\n"],
)
def test_before_another_kind_of_block_is_a_warning(block: str) -> None:
    assert told(f"{CLIP}{SHOT}> dissolve\n{block}") == [("lost-transition", "> dissolve")]


def test_an_unknown_transition_is_a_warning_and_passes() -> None:
    text = f"{SHOT}> disolve\n{NEXT}"
    assert told(text) == [("unknown-transition", "disolve")]
    assert prompts(text)[1] == "Disolve. Close-up. Rain."
    assert names(mended(text, "unknown-transition")) == []


def test_a_camera_phrase_behind_it_moves_to_the_shot() -> None:
    text = f"{SHOT}> dissolve (1s), slow pan left\n{NEXT}"
    assert told(text) == [("camera-after-transition", "slow pan left")]
    better = mended(text, "camera-after-transition")
    assert names(better) == []
    assert prompts(better)[1] == "1-second dissolve to slow pan left, close-up. Rain." or (
        "slow pan left, close-up" in prompts(better)[1].casefold()
    )


@pytest.mark.parametrize(
    "terms",
    ["hard cut", "hard cut, close-up", "close-up, dissolve (1s), pan left", "close-up, fade in"],
)
def test_a_transition_among_the_terms_gets_a_line_of_its_own(terms: str) -> None:
    text = f"{SHOT}SHOT 2 (4s): {terms} # why\n  Rain.\n"
    assert names(text) == ["transition-among-terms"]
    better = mended(text, "transition-among-terms")
    assert names(better) == []
    assert [b.kind for b in promptlang.parse(better).blocks if b.lines] == ["shot", "shot"]
    assert any(line.startswith("> ") for line in better.splitlines())
    assert "# why" in better


def test_a_whip_pan_is_a_move_in_a_heading_and_a_transition_on_a_line() -> None:
    text = f"{SHOT}> whip pan\nSHOT 2 (4s): whip pan\n  Rain.\n"
    assert names(text) == []
    assert prompts(text)[1] == "Whip-pan transition. Whip pan. Rain."


def test_a_transition_between_two_generations_is_kept_in_the_result() -> None:
    text = "SHOT 1 (10s)\n  Rain.\n> dissolve (1s)\nSHOT 2 (10s)\n  Snow.\n"
    first, second = requests(text)
    assert second.prompts[0].transition is not None
    assert second.prompts[0].transition.startswith("1-second dissolve")
    assert "dissolve" not in first.prompts[0].text + second.prompts[0].text
    assert "transition-left-to-edit" in [d.name for d in ask(text, OMNI)]
