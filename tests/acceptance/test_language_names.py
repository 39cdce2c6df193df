"""Language page, declarations: kinds, files, stretches, voices, attachments, descriptions."""

from __future__ import annotations

import pytest

import promptlang
from promptlang.syntax.keys import KINDS
from tests.acceptance.asking import (
    CLIP,
    OMNI,
    PLAIN,
    SHOT,
    ask,
    film,
    mended,
    names,
    payload,
    prompt,
    prompts,
    requests,
    told,
)

WAITS = "SHOT 1 (4s): wide shot\n  @A waits.\n"
ENDINGS = {"video": "mp4", "audio": "mp3", "voice": "mp3"}


def test_the_kinds() -> None:
    assert set(KINDS) == {
        "character", "creature", "wardrobe", "prop", "vehicle", "place", "product", "element",
        "style", "image", "video", "audio", "voice",
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_of_every_kind_with_and_without_a_file(kind: str) -> None:
    file = f'"a.{ENDINGS.get(kind, "png")}"'
    for text in (f"@A = {kind} {file}: a thing\n{SHOT}", f"@A = {kind}: a thing\n{SHOT}"):
        assert names(text) == []


def test_an_unknown_kind_is_an_error_that_lists_the_kinds() -> None:
    (found,) = [d for d in ask(f"@A = monster\n{SHOT}") if d.is_error]
    assert (found.name, found.span.text) == ("unknown-kind", "monster")
    assert all(kind in found.message for kind in KINDS)
    text = f"@A = charakter\n{SHOT}"
    assert names(mended(text, "unknown-kind")) == []


@pytest.mark.parametrize("files", ['"f.png" "s.png" "b.png"', '"f.png", "s.png", "b.png"'])
def test_pictures_of_an_element_the_first_is_the_frontal_one(files: str) -> None:
    text = f"@A = character {files}: a man\n{WAITS}"
    (element,) = payload(text)["elements"]
    assert element["frontal_image_url"] == "file:f.png"
    assert element["reference_image_urls"] == ["file:s.png", "file:b.png"]
    assert '"f.png" "s.png" "b.png"' in promptlang.format(text)


def test_an_element_of_one_video_or_of_the_provider() -> None:
    (element,) = payload(f'@A = character "a.mp4"\n{WAITS}')["elements"]
    assert element == {"video_url": "file:a.mp4"}
    body = payload(f'@A = element "element:829836"\n{WAITS}', "kling/o3")
    assert body["element_list"] == [{"element_id": 829836}]


def test_an_element_of_one_provider_beside_the_pictures_for_others() -> None:
    text = f'@A = character "element:7" "a.png": a man\n{WAITS}'
    assert names(text) == []
    assert payload(text, "kling/o3")["element_list"] == [{"element_id": 7}]
    assert payload(text, "mindstudio/kling-o3")["imageUrlArray"] == ["file:a.png"]
    frame = f'@A = character "element:7" "a.png"\n{SHOT}  start: @A\n'
    assert payload(frame)["image_url"] == "file:a.png"


UNFIT = {
    '@A = character "a.mp4" "b.png"': '"a.mp4"',
    '@A = image "a.mp4"': '"a.mp4"',
    '@A = video "a.png"': '"a.png"',
    '@A = audio "a.png"': '"a.png"',
    '@A = prop "a.png" 0:00-0:05': '"a.png" 0:00-0:05',
    '@A = image "a.png" "b.png"': '"b.png"',
    '@A = video "a.mp4" "b.mp4"': '"b.mp4"',
}


@pytest.mark.parametrize("line", UNFIT)
def test_files_a_name_cannot_be_made_of_are_never_dropped_silently(line: str) -> None:
    assert told(f"{line}\n{SHOT}") == [("unfit-file", UNFIT[line])]


def test_the_voice_of_a_character() -> None:
    for voice in ('voice "v1"', "voice @V"):
        text = f'@V = voice "v.mp3"\n@A = character "a.mp4" {voice}: a man\n{WAITS}'
        (element,) = payload(text, OMNI)["elements"]
        assert element["voice_id"] in {"v1", "v.mp3"}
    wrong = f'@V = prop\n@A = character "a.mp4" voice @V\n{WAITS}'
    assert told(wrong) == [("wrong-kind", "@V")]


def test_no_file_is_needed_yet_and_one_may_be_bound_later() -> None:
    text = f"@Face = image: two men, tense\n{SHOT}  start: @Face\n"
    assert names(text, OMNI) == []
    assert [d.name for d in ask(text, OMNI)].count("asset-unbound") == 1
    assert payload(text)["image_url"] == "$attach:Face"
    bound = film(text, assets={"Face": "https://files.example.org/face.png"})
    assert bound.requests[0].payload["image_url"] == "https://files.example.org/face.png"
    assert "asset-unbound" not in [d.name for d in bound.diagnostics]


@pytest.mark.parametrize("stretch", ["0:05-0:12", "0:05 - 0:12", "5s–12s"])
def test_a_stretch_of_a_video(stretch: str) -> None:
    text = f'@V = video "v.mp4" {stretch}\nEDIT @V\n  remove the hat\n'
    assert payload(text)["video_url"] == "file:v.mp4#t=5,12"
    assert "0:05-0:12" in promptlang.format(text)


@pytest.mark.parametrize("stretch", ["0:12-0:05", "0:05", "0:05-0:05"])
def test_what_is_no_stretch(stretch: str) -> None:
    text = f'@V = video "v.mp4" {stretch}\nEDIT @V\n  remove the hat\n'
    assert names(text) == ["bad-stretch"]


def test_a_stretch_may_hold_parameters() -> None:
    text = '{in} = "0:01"\n@V = video "v.mp4" {in}-0:05\nEDIT @V\n  remove the hat\n'
    assert payload(text)["video_url"] == "file:v.mp4#t=1,5"
    assert '"v.mp4" {in}-0:05' in promptlang.format(text)
    assert names(text.replace("0:01", "0:07")) == ["bad-value"]


def test_the_description_in_full_once_and_short_later() -> None:
    text = (
        "@A = character: a tall man with a grey beard\n"
        "SHOT 1 (4s): wide shot\n  @A waits. Then @A walks on.\n"
        "SHOT 2 (4s): close-up\n  @A sits.\n"
    )
    assert prompts(text) == [
        "Wide shot. A tall man with a grey beard waits. Then the tall man walks on.",
        "Close-up. The tall man sits.",
    ]


def test_a_speaker_is_described_once_too() -> None:
    text = f'@A = character: a man in grey\n{SHOT}  @A: "One."\n  @A: "Two."\n'
    assert prompt(text) == (
        'Wide shot. A man rows. A man in grey says: "One." The man says: "Two."'
    )


def test_each_generation_introduces_its_people_again() -> None:
    text = "@A = character: a man in grey\nSHOT 1 (10s)\n  @A waits.\nSHOT 2 (10s)\n  @A sits.\n"
    assert prompts(text) == ["A man in grey waits.", "A man in grey sits."]


@pytest.mark.parametrize("name", ["Image1", "Element12", "Video3", "Audio2"])
def test_attachments_need_no_declaration_but_a_hint_asks_for_one(name: str) -> None:
    text = f"SHOT 1 (4s): wide shot\n  Near @{name}.\n"
    assert names(text) == []
    assert [d.name for d in ask(text)] == ["undeclared-attachment"]


def test_attachments_that_must_be_renumbered_are_told() -> None:
    text = "SHOT 1 (4s): wide shot\n  @Image2 sits, @Image1 stands.\n"
    assert prompt(text) == "Wide shot. @Image1 sits, @Image2 stands."
    assert payload(text)["image_urls"] == ["$attach:Image2", "$attach:Image1"]
    renumbered = [d.span.text for d in ask(text, OMNI) if d.name == "attachment-renumbered"]
    assert renumbered == ["@Image2", "@Image1"]


def test_tokens_of_a_provider_are_errors() -> None:
    text = "SHOT 1 (4s): wide shot\n  <<<image_1>>> waits.\n"
    assert told(text) == [("control-token", "<<<image_1>>>")]
    assert names(mended(text, "control-token")) == []


def test_references_are_numbered_by_first_mention_in_each_request() -> None:
    text = (
        '@A = image "a.png"\n@B = image "b.png"\n'
        "SHOT 1 (10s)\n  @B and @A.\nSHOT 2 (10s)\n  @A and @B.\n"
    )
    made = requests(text)
    assert [r.prompts[0].text for r in made] == ["@Image1 and @Image2."] * 2
    assert [r.payload["image_urls"] for r in made] == [
        ["file:b.png", "file:a.png"],
        ["file:a.png", "file:b.png"],
    ]


def test_how_a_ref_is_voiced_is_up_to_the_target() -> None:
    text = f'@Car = vehicle "f.png" "s.png": a red rally car\n{SHOT}  @Car waits.\n'
    assert "@Element1 waits." in prompt(text, OMNI)
    assert "The red rally car in <<<image_1>>> and <<<image_2>>> waits." in prompt(text, "kling/o3")
    assert "@Element1" in prompt(text, "pixio/kling-o3")
    assert "red rally car in @Element1" in prompt(text, "pixio/kling-o3")


def test_one_name_one_thing() -> None:
    assert told(f"@A = prop\n@a = place\n{SHOT}") == [("name-twice", "@a")]
    assert told(f"{CLIP}SHOT 1 (4s) AS @clip\n  Rain.\n") == [("name-twice", "@clip")]


def test_an_unknown_name_and_what_was_meant() -> None:
    text = f"@Driver = character\n{SHOT}  @Drivr waits.\n"
    assert told(text) == [("unknown-name", "@Drivr")]
    assert names(mended(text, "unknown-name")) == []


def test_an_element_a_target_cannot_take_is_described() -> None:
    text = f'@A = character "a.png" "b.png": a man in grey\n{SHOT}  @A waits.\n'
    made = film(text, PLAIN)
    assert made.ok
    assert "a man in grey waits" in made.requests[0].prompts[0].text.casefold()
    assert [loss.kind for loss in made.losses] == ["approximated"]
