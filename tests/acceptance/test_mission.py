"""The five systems, end to end: what a film person writes, and what reaches the system."""

from __future__ import annotations

from typing import Any

import pytest

import promptlang
from promptlang.cli.explain import explain
from promptlang.providers.registry import provider

STANDARD = (
    "blur, distortion, low quality, grainy, pixelation, disfigured hands, extra fingers, "
    "warped proportions, morphing face, flickering, jitter, watermark, logo, cartoon, glitch, "
    "duplicate limbs"
)


def made(text: str, target: str, **options: Any) -> promptlang.Compilation:
    """Compile what must have no errors."""
    return promptlang.compile(text, target=target, **options).raise_for_errors()


def words(text: str, target: str) -> list[str]:
    return [p.text for r in made(text, target).requests for p in r.prompts]


def payload(text: str, target: str) -> dict[str, Any]:
    (request,) = made(text, target).requests
    return request.payload


def names(text: str, target: str, weight: str) -> set[str]:
    return {d.name for d in promptlang.check(text, target=target) if d.severity == weight}


# --- 1. new angles -----------------------------------------------------------------------------

CAM = "chatvideopro/kling-multi-cam"
TALK = '@Talk = video "talk.mov" 0:00-0:08\n'
HOST = '@Host = character "h1.jpg" "h2.jpg": a silver-haired presenter\n'


@pytest.mark.parametrize(
    ("terms", "prose", "sentence"),
    [
        ("reverse angle", "showing @Host", "a reverse angle showing @Host"),
        ("wide shot", "of the whole room", "a wide shot of the whole room"),
        ("close-up", "of @Host", "a close-up of @Host"),
        ("over-the-shoulder shot", "of @Host", "an over-the-shoulder shot of @Host"),
        ("wide shot, from the left side", "", "a wide shot, from the left side"),
        ("", "the next shot, in which @Host stands up", "the next shot, in which @Host stands up"),
        ("reaction shot", "of @Host, nodding", "a reaction shot of @Host, nodding"),
        ("close-up, detail shot", "of two hands", "a close-up, detail shot of two hands"),
    ],
)  # fmt: skip
def test_each_kind_of_new_angle_is_one_sentence(terms: str, prose: str, sentence: str) -> None:
    heading = "ANGLE ON @Talk (5s)" + (f": {terms}" if terms else "")
    text = f"{TALK}{HOST}{heading}\n  {prose}\n  keep: lighting, camera style\n"
    kept = "Keep the same lighting and camera style."
    assert words(text, CAM) == [f"Based on @Video1, generate {sentence}. {kept}"]


def test_a_new_angle_is_a_form_with_source_elements_and_5_or_10_seconds() -> None:
    text = f"{TALK}{HOST}ANGLE ON @Talk (10s): close-up\n  of @Host\n  keep: lighting\n"
    (request,) = made(text, CAM).requests
    assert (request.task, request.http, request.seconds) == ("multi-cam", None, 10.0)
    assert "file:talk.mov#t=0,8" in str(request.payload)
    assert [r.spelling for r in request.references] == ["@Video1", "@Host"]
    assert str(request.payload["duration"]) == "10"


def test_the_interface_behind_it_makes_the_same_sentence() -> None:
    text = f"{TALK}{HOST}ANGLE ON @Talk (5s): reverse angle\n  showing @Host\n  keep: lighting\n"
    (request,) = made(text, "fal/kling-o3-pro").requests
    assert request.endpoint == "fal-ai/kling-video/o3/pro/video-to-video/reference"
    assert request.prompts[0].text == (
        "Based on @Video1, generate a reverse angle showing @Element1. Keep the same lighting."
    )


def test_a_scene_is_covered_by_a_medium_and_a_close_up_of_everyone() -> None:
    guest = '@Guest = character "g1.jpg" "g2.jpg": a chef\n'
    blocks = "".join(
        f"ANGLE ON @Talk (5s): {size}\n  of {who}\n  keep: lighting\n"
        for who in ("@Host", "@Guest")
        for size in ("medium shot", "close-up")
    )
    assert len(made(TALK + HOST + guest + blocks, CAM).requests) == 4


def test_what_it_is_not_for_is_named_with_who_does_it() -> None:
    page = explain(CAM)
    for other in ("Veo Extend", "Kling VFX", "SAM 3", "Bria Object Eraser", "Motion Control"):
        assert other in page
    assert "takes minutes" in page


# --- 2. Kling O1 -------------------------------------------------------------------------------

O1 = ("kling/o1", "fal/kling-o1", "fal/kling-o1-standard")
TAKE = '@Take = video "take.mp4" 0:00-0:08\n'


@pytest.mark.parametrize("target", O1)
@pytest.mark.parametrize(
    "change",
    [
        "change the background to a shingle beach in flat morning light",
        "swap the coat for a red raincoat",
        "replace the cup with a glass of tea",
        "relight the room with a hard beam from the left",
        "turn the afternoon into a blue night",
        "make the mood tense and cold",
        "restyle the picture as a charcoal drawing",
        "recolour the car to bottle green",
        "add a lit candle to the table",
        "remove the microphone from the table",
    ],
)
def test_every_kind_of_change_keeps_the_rest(target: str, change: str) -> None:
    sentence = f"Keep everything else unchanged, {change}."
    assert words(f"{TAKE}EDIT @Take\n  {change}\n", target) == [sentence]


@pytest.mark.parametrize("target", O1)
def test_an_edit_takes_its_length_and_shape_from_the_source(target: str) -> None:
    change = "EDIT @Take\n  change the sky to a violet dusk with low light\n"
    (request,) = made(f"{TAKE}{change}", target).requests
    assert (request.task, request.seconds) == ("edit", None)
    assert not {"duration", "aspect_ratio"} & request.payload.keys()


@pytest.mark.parametrize("target", O1)
def test_an_edit_with_pictures_points_at_them(target: str) -> None:
    text = f'{TAKE}{HOST}@Beach = image "beach.jpg"\nEDIT @Take\n  change the background to @Beach\n  with light that suits @Host\n'  # noqa: E501 - one script
    (request,) = made(text, target).requests
    text = request.prompts[0].text
    tokens = {r.name: r.spelling for r in request.references}
    assert text.startswith("Keep everything else unchanged, change the background to ")
    for name in ("Beach", "Host"):
        assert str(tokens[name]) in text


@pytest.mark.parametrize("target", O1)
def test_a_motion_reference_beside_a_source_is_reported(target: str) -> None:
    motion = '@Push = video "push.mov" 0:00-0:05: a slow push in from the door\n'
    text = f"{TAKE}{motion}EDIT @Take\n  change the sky to a violet dusk with low light\n  motion: @Push\n"  # noqa: E501 - one script
    result = made(text, target)
    assert "push.mov" not in str(result.requests[0].payload)
    assert [loss.name for loss in result.losses] == ["motion-unsupported"]
    assert "a slow push in from the door" in result.requests[0].prompts[0].text


@pytest.mark.parametrize("target", O1)
def test_a_talent_swap_keeps_the_camera(target: str) -> None:
    text = (
        f"{TAKE}{HOST}EDIT @Take\n  keep: the camera movement and pacing\n"
        "  replace the model with @Host, maintain all product interactions and gestures\n"
    )
    (sentence,) = words(text, target)
    assert sentence.startswith("Keep the camera movement and pacing unchanged, replace the model")
    assert sentence.endswith(", maintain all product interactions and gestures.")


@pytest.mark.parametrize("target", O1)
def test_a_new_shot_follows_the_camera_of_a_video(target: str) -> None:
    text = f'{HOST}@Walk = video "walk.mp4" 0:00-0:06\nSHOT 1 (5s)\n  @Host crosses a square.\n  motion: @Walk\n'  # noqa: E501 - one script
    (request,) = made(text, target).requests
    assert "file:walk.mp4#t=0,6" in str(request.payload)
    (video,) = [r for r in request.references if r.name == "Walk"]
    assert f"ollow the camera movement of {video.spelling}" in request.prompts[0].text


def test_the_order_is_action_place_camera_mood() -> None:
    text = "SHOT 1 (5s): wide shot, static\n  A kite climbs.\n  environment: grey dunes\n"
    (prompt,) = words(text, "kling/o1")
    places = [prompt.lower().index(part) for part in ("a kite climbs", "grey dunes", "wide shot")]
    assert places == sorted(places)


def test_all_four_layers_make_paragraphs() -> None:
    text = (
        "INT. ATTIC - DAWN\nmood: hushed\nSHOT 1 (5s): wide shot, slow dolly in\n"
        "  A girl lifts a lid.\n  action: Dust rises.\n"
    )
    (prompt,) = words(text, "kling/o1")
    heads = [line.split(":")[0] for line in prompt.split("\n")[1:]]
    assert heads == ["Action", "Camera", "Environment", "Mood"]


ROLES = """\
@Ada = character "a.jpg" "b.jpg": a woman in her forties
@Coat = wardrobe "coat.jpg": a camel coat
@Cafe = place "cafe.jpg": a narrow room
@Warm = style "warm.jpg": amber highlights
@Lamp = image "lamp.jpg": low light from a window
@Cup = product "cup.jpg": a red enamel cup
SHOT 1 (5s): medium shot, static
  @Ada lifts @Cup.
  using: @Ada for the face, @Coat for the clothing, @Cafe, @Warm, @Lamp for the light
"""


@pytest.mark.parametrize("target", [*O1, "fal/kling-o3-pro", "kling/o3"])
def test_references_with_tokens_say_what_they_are_for(target: str) -> None:
    (request,) = made(ROLES, target).requests
    token = {r.name: r.spelling for r in request.references}
    assert len(token) == 6
    text = request.prompts[0].text
    for name, role in {
        "Ada": "face", "Coat": "clothing", "Cafe": "setting", "Warm": "style", "Lamp": "light",
    }.items():  # fmt: skip
        assert f"{token[name]} for the {role}" in text


def test_references_without_tokens_are_said_in_words() -> None:
    (prompt,) = words(ROLES, "mindstudio/kling-o3")
    for phrase in ("character reference", "outfit", "environment", "style reference", "product"):
        assert f"the provided {phrase}" in prompt
    assert "@" not in prompt
    assert "<<<" not in prompt


def test_one_change_after_another_is_a_chain() -> None:
    text = (
        f"{TAKE}EDIT @Take AS @night\n  turn the afternoon into a blue night\n"
        "EDIT @night\n  replace the cup with a glass of tea\n"
    )
    first, second = made(text, "kling/o1").requests
    assert second.needs == [first.id]
    assert "$request:1" in str(second.payload)


@pytest.mark.parametrize(
    ("lines", "problem", "weight"),
    [
        ("keep: the table\n  replace the cup with a glass of tea", "protection-lost", "warning"),
        ("keep: the pacing\n  replace the cup with a glass of tea", "protection-lost", "hint"),
        ("keep: none\n  replace the cup with a glass of tea", "keep-none", "warning"),
        ("remove the cup\n  replace the door with a gate", "several-changes", "warning"),
        ("the cup is a glass of tea", "change-without-verb", "warning"),
    ],
)
def test_edits_that_go_wrong_are_told(lines: str, problem: str, weight: str) -> None:
    assert names(f"{TAKE}EDIT @Take\n  {lines}\n", "kling/o1", weight) == {problem}


def test_an_edit_written_as_a_shot_is_told() -> None:
    text = "SHOT 1 (5s): wide shot\n  Keep everything else unchanged, change the sky to red.\n"
    assert names(text, "kling/o1", "warning") == {"edit-in-shot"}


# --- 3. Kling O3 omni --------------------------------------------------------------------------

OMNI = "mindstudio/kling-o3"


def test_six_shots_each_with_words_and_length_of_its_own() -> None:
    text = '@Ada = character "a.jpg": a driver\n' + "".join(
        f"SHOT {n} (2s): close-up, static\n  @Ada lifts hand number {n}.\n" for n in range(1, 7)
    )
    (request,) = made(text, OMNI).requests
    assert [p.seconds for p in request.prompts] == [2.0] * 6
    assert request.payload["duration"] == 12
    assert request.payload["imageUrlArray"] == ["file:a.jpg"]


def test_a_video_carries_motion_there() -> None:
    text = '@Walk = video "walk.mp4"\nSHOT 1 (5s)\n  A girl crosses a square.\n  motion: @Walk\n'
    assert "file:walk.mp4" in str(payload(text, OMNI))


def test_sound_is_on_or_off_and_always_said() -> None:
    shot = "SHOT 1 (5s): close-up, static\n  A girl sings.\n"
    assert payload(shot, OMNI)["audio"] is False
    assert payload(f"audio: on\n{shot}", OMNI)["audio"] is True


def test_words_are_counted_in_tokens() -> None:
    (prompt,) = made("SHOT 1 (5s): close-up, static\n  A girl sings.\n", OMNI).requests[0].prompts
    assert (prompt.unit, prompt.limit) == ("tokens", 1000)
    long = f"SHOT 1 (5s): close-up, static\n  {'A girl sings an old song. ' * 180}\n"
    assert names(long, OMNI, "error") == {"prompt-too-long"}
    assert "characters / 4" in explain(OMNI)


def test_without_references_the_plain_model_is_named() -> None:
    shot = "SHOT 1 (5s): close-up, static\n  A girl sings at the window.\n"
    (found,) = [d for d in promptlang.check(shot, target=OMNI) if d.severity == "hint"]
    assert "3.0" in f"{found.message} {found.hint}" or "v3" in f"{found.message} {found.hint}"


# --- 4. directed shots -------------------------------------------------------------------------

PIXIO = ("pixio/kling-3.0", "pixio/kling-o3")
DIRECTED = """\
@Diver = character "d1.png" "d2.png": a pearl diver
EXT. BAY - DAWN
lighting: flat silver light
mood: held breath
> fade in from black
SHOT 1 (4s): wide shot, static
  @Diver stands up.
> match cut
SHOT 2 (3s): low angle, slow motion
  @Diver drops into the water.
"""


@pytest.mark.parametrize("target", PIXIO)
def test_a_directed_shot_has_its_parts_in_order(target: str) -> None:
    first, second = words(DIRECTED, target)
    parts = ["fade in", "wide shot", "@element1", "stands up", "bay", "silver light", "held breath"]
    places = [first.lower().index(part) for part in parts[:2] + parts[3:]]
    assert places == sorted(places)
    assert second.lower().startswith("match cut")
    assert "@Element1" in first
    assert "@Element1" in second


@pytest.mark.parametrize("target", PIXIO)
def test_its_form_has_every_setting(target: str) -> None:
    head = "aspect: 9:16\ncfg: 0.65\naudio: on\nnegative: standard\nresolution: 1080p\n"
    form = payload(head + DIRECTED, target)
    assert (form["duration"], form["aspect_ratio"], form["cfg"]) == (7, "9:16", 0.65)
    assert (form["audio"], form["resolution"]) == (True, "1080p")
    assert [shot["duration"] for shot in form["shots"]] == [4, 3]


@pytest.mark.parametrize("target", [*PIXIO, "fal/kling-v3-pro", "fal/kling-v3-standard"])
def test_standard_stands_for_sixteen_words(target: str) -> None:
    text = "negative: standard\nSHOT 1 (4s): wide shot, static\n  A kite waits.\n"
    (request,) = made(text, target).requests
    assert request.payload["negative_prompt"] == request.negative_prompt == STANDARD
    assert len(STANDARD.split(", ")) == 16


# --- 5. automatic shots ------------------------------------------------------------------------

AUTO = "wavespeed/kling-v1-ai-multi-shot"


def test_one_picture_is_the_whole_request() -> None:
    (request,) = made('@Chair = product "chair.png"\nCOVERAGE OF @Chair\n', AUTO).requests
    assert request.payload == {"image": "file:chair.png"}
    assert request.http is not None
    assert request.http.method == "POST"
    address = "https://api.wavespeed.ai/api/v3/kwaivgi/kling-v1/ai-multi-shot"
    assert request.http.url == address
    assert request.http.headers["Authorization"] == "Bearer ${WAVESPEED_API_KEY}"


def test_base64_is_asked_for_by_name() -> None:
    block = '@Chair = product "chair.png"\nCOVERAGE OF @Chair\n'
    form = payload(f"{block}  wavespeed.enable_base64_output: true\n", AUTO)
    assert form["enable_base64_output"] is True


def test_words_terms_and_lengths_are_lost_each_by_itself() -> None:
    text = '@Chair = product "chair.png"\nCOVERAGE OF @Chair (5s): wide shot\n  A cat sits.\n'
    losses = made(text, AUTO).losses
    assert sorted(loss.name for loss in losses) == [
        "duration-unsupported", "words-unsupported", "words-unsupported",
    ]  # fmt: skip
    assert {loss.kind for loss in losses} == {"dropped"}


@pytest.mark.parametrize("ending", ["gif", "webp", "tiff", "bmp"])
def test_other_kinds_of_picture_are_refused(ending: str) -> None:
    text = f'@Chair = product "chair.{ending}"\nCOVERAGE OF @Chair\n'
    assert names(text, AUTO, "error") == {"file-format"}


def test_its_answers_are_read_from_submission_to_result() -> None:
    def answer(status: str, **more: object) -> object:
        data = {
            "id": "p1", "model": "kwaivgi/kling-v1/ai-multi-shot", "outputs": [],
            "urls": {"get": "https://api.wavespeed.ai/api/v3/predictions/p1/result"},
            "has_nsfw_contents": [], "status": status, "created_at": "2026-01-01T00:00:00Z",
            "error": "", "timings": {"inference": 0}, **more,
        }  # fmt: skip
        return provider("wavespeed").reply({"code": 200, "message": "success", "data": data})

    states = [answer(s).state for s in ("created", "processing")]  # type: ignore[attr-defined]  # a Reply
    assert states == ["submitted", "running"]
    many: Any = answer("completed", outputs=["https://a", "https://b"])
    assert (many.state, many.outputs) == ("done", ("https://a", "https://b"))
    one: Any = answer("completed", outputs="https://a")
    assert one.outputs == ("https://a",)
    failed: Any = answer("failed", error="no face")
    assert (failed.state, failed.error) == ("failed", "no face")


def test_both_prices_are_recorded_with_their_dates() -> None:
    (target,) = [t for t in promptlang.targets() if t.id == AUTO]
    assert [float(price.usd) for price in target.prices] == [0.07, 0.7]
    assert all(price.evidence.date for price in target.prices)
    page = explain(AUTO)
    assert "still views" in page
    assert "Kling 2.6" in page


# --- every target ------------------------------------------------------------------------------


@pytest.mark.parametrize("target", promptlang.targets(), ids=lambda t: t.id)
def test_every_number_has_a_source_and_a_date(target: promptlang.Target) -> None:
    for task in target.tasks.values():
        for limit in [*task.limits.values(), *task.advice.values()]:
            assert limit.evidence.date
            assert limit.evidence.key in target.sources
    assert all(not limit.binding for limit in target.advice.values())
