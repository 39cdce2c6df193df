"""Language page, edits, angles, coverage and dialogue: the sentences that come out."""

from __future__ import annotations

import pytest

import promptlang
from promptlang.vocabulary.load import vocabulary
from tests.acceptance.asking import (
    CLIP,
    O1,
    OMNI,
    PLAIN,
    SHOT,
    ask,
    film,
    mended,
    names,
    one,
    payload,
    prompt,
    prompts,
    requests,
    told,
)

HEAD = f'{CLIP}@Host = character "h1.png" "h2.png": a man in grey\n@Beach = image "beach.jpg"\n'
KEPT = "Keep everything else unchanged, "


def edit(*lines: str) -> str:
    return f"{HEAD}EDIT @Clip\n" + "".join(f"  {line}\n" for line in lines)


def angle(terms: str, *lines: str) -> str:
    return f"{HEAD}ANGLE ON @Clip (5s){terms}\n" + "".join(f"  {line}\n" for line in lines)


# ---- edits ----


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("change the hat to red", "change the hat to red."),
        ("Change the hat to red.", "change the hat to red."),
        ("REPLACE the hat with a cap", "replace the hat with a cap."),
        ("Recolour the car to blue", "recolour the car to blue."),
        ("recolor the car to blue", "recolor the car to blue."),
        ("Turn the sky into dusk.", "turn the sky into dusk."),
        ("replace the man with @Host", "replace the man with @Element1."),
        ("action: change the hat to red", "change the hat to red."),
    ],
)
def test_one_change_in_the_writers_words(line: str, said: str) -> None:
    assert names(edit(line)) == []
    assert prompt(edit(line)) == KEPT + said


def test_the_verbs() -> None:
    listed = """change replace swap turn transform convert apply adjust make set relight recolor
        recolour restyle enhance refine fix modify match transfer put insert add remove delete
        erase"""
    assert set(listed.split()) <= set(vocabulary().edit_verbs)


def test_a_line_without_a_verb_adds_detail() -> None:
    text = edit("change the background to the beach in @Beach,", "with light that matches.")
    assert prompt(text) == (
        f"{KEPT}change the background to the beach in @Image1, with light that matches."
    )


def test_a_first_line_without_a_verb_is_a_warning_and_passes() -> None:
    assert told(edit("a red hat")) == [("change-without-verb", "a red hat")]
    assert prompt(edit("a red hat")) == f"{KEPT}a red hat."


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (["everything"], "Keep everything else unchanged"),
        (["everything else"], "Keep everything else unchanged"),
        (["the pose, everything"], "Keep the pose and everything else unchanged"),
        (["the pose, the light", "the sound"], "Keep the pose, the light and the sound unchanged"),
    ],
)
def test_keep_replaces_the_first_half(keep: list[str], said: str) -> None:
    text = edit(*(f"keep: {line}" for line in keep), "change the hat to red")
    assert prompt(text) == f"{said}, change the hat to red."


def test_a_keep_without_everything_loses_the_protection() -> None:
    text = edit("keep: the pose", "change the hat to red")
    assert told(text) == [("protection-lost", "the pose")]
    assert prompt(mended(text, "protection-lost")) == (
        "Keep the pose and everything else unchanged, change the hat to red."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Keep everything else unchanged, change the hat to red.",
        "keep everything else unchanged, Change the hat to red",
        "Change the hat to red, keep everything else unchanged.",
    ],
)
def test_a_pasted_formula_is_read_as_meant(line: str) -> None:
    assert names(edit(line)) == []
    assert prompt(edit(line)) == f"{KEPT}change the hat to red."


def test_a_pasted_edit_calls_the_source_video1() -> None:
    text = edit("Keep everything else unchanged, change the hat in @Video1 to red.")
    assert names(text, OMNI) == []
    assert prompt(text) == f"{KEPT}change the hat in @Video1 to red."
    assert payload(text)["video_url"] == "file:clip.mp4"


def test_several_changes_become_a_chain_that_compiles() -> None:
    text = edit(
        "keep: everything",
        "seed: 4",
        "change the hat to red",
        "with a feather",
        "remove the dog",
        "add a cat",
    )
    assert names(text) == ["several-changes"]
    assert one(text, "several-changes").span.text == "remove the dog"
    better = mended(text, "several-changes")
    assert names(better) == []
    made = requests(better)
    assert [r.prompts[0].text for r in made] == [
        f"{KEPT}change the hat to red, with a feather.",
        f"{KEPT}remove the dog.",
        f"{KEPT}add a cat.",
    ]
    assert [r.needs for r in made] == [[], ["1"], ["2"]]
    assert better.count("seed: 4") == 3


def test_a_chain_keeps_the_name_the_target_and_what_follows() -> None:
    text = (
        f"target: {PLAIN}\n{CLIP}EDIT @Clip (5s) AS @out: change the hat to red\n"
        f"  target: {OMNI}\n  remove the dog\nEDIT @out\n  target: {OMNI}\n  add a cat\n"
    )
    better = mended(text, "several-changes")
    assert names(better) == []
    (made,) = [c for c in promptlang.compile(better) if c.requests]
    assert made.target == OMNI
    assert [r.needs for r in made.requests] == [[], ["1"], ["2"]]


def test_two_sentences_with_a_verb_each_are_two_changes() -> None:
    assert names(edit("change the hat to red. Remove the dog.")) == ["several-changes"]


def test_an_edit_needs_a_change_or_a_motion() -> None:
    assert names(edit("using: @Host")) == ["edit-without-change"]


def test_camera_and_look_of_an_edit_are_said() -> None:
    text = edit("change the hat to red", "camera: slow push in", "lighting: cold", "mood: sad")
    assert prompt(text) == (
        f"{KEPT}change the hat to red. Camera: slow push in. Lighting: cold. Mood: sad."
    )


def test_motion_alone_asks_for_the_movement_of_another_video() -> None:
    text = f'{CLIP}@Move = video "move.mp4": a slow push in\nEDIT @Clip\n  motion: @Move\n'
    words = prompt(text, O1)
    assert words.startswith("Keep everything else unchanged, apply th")
    assert "slow push in" in words
    assert "motion" in " ".join(loss.name for loss in film(text, O1).losses)


# ---- angles ----

ANGLES = {
    ": reverse angle, medium shot": "generate a reverse angle, medium shot.",
    ": extreme close-up": "generate an extreme close-up.",
    ": establishing shot": "generate an establishing shot.",
    ": slow push in, wide shot": "generate a wide shot, slow push in.",
    ": slow push in": "generate a new shot, slow push in.",
    "": "generate a new shot.",
}


@pytest.mark.parametrize("terms", ANGLES)
def test_the_sentence_of_an_angle(terms: str) -> None:
    text = angle(terms, "keep: lighting")
    assert prompt(text) == f"Based on @Video1, {ANGLES[terms]} Keep the same lighting."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("showing @Host, nodding", "a close-up showing @Element1, nodding."),
        ("featuring @Host", "a close-up featuring @Element1."),
        ("with @Host at the desk", "a close-up with @Element1 at the desk."),
        ("of the hands", "a close-up of the hands."),
        ("from behind the guest", "a close-up from behind the guest."),
        ("the host smiles", "a close-up, the host smiles."),
        ("The host smiles.", "a close-up. The host smiles."),
        ("@Host smiles", "a close-up. @Element1 smiles."),
    ],
)
def test_how_the_first_prose_line_joins(line: str, said: str) -> None:
    text = angle(": close-up", line, "keep: lighting")
    assert prompt(text) == f"Based on @Video1, generate {said} Keep the same lighting."


def test_other_prose_is_its_own_sentence() -> None:
    text = angle(": close-up", "of the hands", "The room is dark", "keep: lighting")
    assert "close-up of the hands. The room is dark. Keep" in prompt(text)


def test_without_terms_the_prose_is_the_request() -> None:
    text = angle("", "a close-up of the hands on the table", "keep: lighting")
    assert prompt(text).startswith(
        "Based on @Video1, generate a close-up of the hands on the table."
    )


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (
            "the lighting, same camera style, the same mood",
            "Keep the same lighting, camera style and mood.",
        ),
        ("the style of @Clip", "Keep the style of @Video1."),
        ("style of @Clip, lighting", "Keep the same lighting. Keep the style of @Video1."),
        ("everything", "Keep everything else unchanged."),
    ],
)
def test_what_an_angle_keeps(keep: str, said: str) -> None:
    text = angle(": close-up", f"keep: {keep}")
    assert prompt(text) == f"Based on @Video1, generate a close-up. {said}"


def test_without_keep_a_hint_and_no_sentence() -> None:
    text = angle(": close-up")
    assert prompt(text) == "Based on @Video1, generate a close-up."
    assert [str(d.severity) for d in ask(text) if d.name == "angle-without-keep"] == ["hint"]


@pytest.mark.parametrize("source", ["@Clip", "@Video1"])
def test_a_pasted_request_is_not_wrapped_twice(source: str) -> None:
    line = f"Based on {source}, generate a close-up of the host. Keep the same style."
    assert prompt(angle("", line)) == (
        "Based on @Video1, generate a close-up of the host. Keep the same style."
    )
    assert names(angle("", line), OMNI) == []


def test_terms_beside_a_pasted_request_are_not_lost() -> None:
    text = angle(": close-up, low angle", "Based on @Clip, generate a close-up of the host.")
    assert prompt(text) == "Based on @Video1, generate a close-up of the host. Low angle."


def test_an_angle_works_on_one_video() -> None:
    assert told(f"{HEAD}ANGLE ON @Host: close-up\n  keep: style\n") == [("wrong-kind", "@Host")]
    assert names(f"{HEAD}ANGLE ON @Clip, @Clip: close-up\n  keep: style\n") == ["bad-heading"]


# ---- coverage ----

STILLS = "wavespeed/kling-v1-ai-multi-shot"


@pytest.mark.parametrize("kind", ["image", "character", "product"])
def test_coverage_of_anything_that_has_a_picture(kind: str) -> None:
    text = f'@Chair = {kind} "chair.png"\nCOVERAGE OF @Chair\n'
    assert names(text, STILLS) == []
    assert payload(text, STILLS)["image"] == "file:chair.png"


@pytest.mark.parametrize("kind", ["video", "voice", "audio"])
def test_coverage_of_what_has_none(kind: str) -> None:
    assert told(f"@Chair = {kind}\nCOVERAGE OF @Chair\n") == [("wrong-kind", "@Chair")]


def test_coverage_from_prose_lets_the_model_choose() -> None:
    body = payload("COVERAGE (10s)\n  A man rows.\n", PLAIN)
    assert (body["prompt"], body["shot_type"]) == ("A man rows.", "intelligent")


def test_coverage_with_neither_is_an_error() -> None:
    assert names("COVERAGE (10s)\n") == ["coverage-without-subject"]
    assert names("COVERAGE (10s): wide shot\n") == ["coverage-without-subject"]


def test_the_pictures_of_a_coverage_may_be_used_later() -> None:
    text = '@C = image "c.png"\nCOVERAGE OF @C AS @stills\nSHOT 1 (4s)\n  Rain.\n  start: @stills\n'
    assert names(text) == []


# ---- dialogue ----

ADA = '@Ada = character "ada.png" "ada2.png": a girl\n@Teller = voice "t.mp3": a warm voice\n'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('@Ada: "Now."', '@Element1 says: "Now."'),
        ('@Ada (softly): "Now."', '@Element1 says, softly: "Now."'),
        ('@Ada (in Italian): "Ora."', '@Element1 says in Italian: "Ora."'),
        ('@Ada (whispering, in Italian): "Ora."', '@Element1 whispers in Italian: "Ora."'),
        ('@Teller: "Once."', 'Voice-over by a warm voice: "Once."'),
        ('voiceover: "Once."', 'Voice-over: "Once."'),
        ('voiceover (low): "Once."', 'Voice-over, low: "Once."'),
        ('super: "Day one"', 'On-screen text: "Day one".'),
    ],
)
def test_what_is_said_and_seen(line: str, said: str) -> None:
    assert prompt(f"{ADA}SHOT 1 (4s)\n  @Ada waits.\n  {line}\n") == f"@Element1 waits. {said}"


def test_the_language_of_speech_when_a_cue_does_not_say() -> None:
    text = f'language: Italian\n{ADA}SHOT 1 (4s)\n  @Ada: "Ora."\n  @Ada (in English): "Now."\n'
    assert prompt(text) == ('@Element1 says in Italian: "Ora." @Element1 says in English: "Now."')


BAD_CUES = {
    "@Ada: Now.": '@Ada: "Now."',
    '@Ada: "Now.': '@Ada: "Now."',
    '@Ada: "Now." she says': '@Ada: "Now."',
    '@Ada (low): "Now." "Go."': '@Ada (low): "Now."\n  @Ada (low): "Go."',
    '@Ada: "Now." and “Go.”': '@Ada: "Now."\n  @Ada: “Go.”',
    '@Ada: softly "Now."': '@Ada (softly): "Now."',
}


@pytest.mark.parametrize("line", BAD_CUES)
def test_a_cue_has_exactly_one_quoted_string(line: str) -> None:
    text = f"{ADA}SHOT 1 (4s)\n  Rain.\n  {line}\n"
    assert names(text) == ["bad-dialogue"]
    assert mended(text, "bad-dialogue") == f"{ADA}SHOT 1 (4s)\n  Rain.\n  {BAD_CUES[line]}\n"
    assert names(mended(text, "bad-dialogue")) == []


def test_only_somebody_speaks() -> None:
    text = f'@Hat = image "hat.png"\n{SHOT}  @Hat: "Now."\n'
    assert told(text) == [("wrong-kind", "@Hat")]


def test_speech_holds_parameters_but_no_refs() -> None:
    text = f'{{n}} = "Bo"\n{ADA}SHOT 1 (4s)\n  @Ada: "Hi {{n}}, @Ada and @nobody"\n'
    assert names(text) == []
    assert 'says: "Hi Bo, @Ada and @nobody"' in prompt(text)


def test_speech_can_never_become_a_reference() -> None:
    text = f'{ADA}SHOT 1 (4s)\n  @Ada: "See @Image1"\n'
    assert "@Image1" not in prompts(text)[0]
    assert names(text, OMNI) == ["token-in-text"]
