"""Language page, meaning: planning, exact lengths, losses."""

from __future__ import annotations

import pytest

import promptlang
from tests.acceptance.asking import CLIP, O1, OMNI, PLAIN, SHOT, ask, film, names, requests

STILLS = "wavespeed/kling-v1-ai-multi-shot"


def shots(*lengths: str, between: dict[int, str] | None = None) -> str:
    """Return shots of some lengths with lines in front of some of them."""
    between = between or {}
    return "".join(
        f"{between.get(n, '')}SHOT {n} ({length}): wide shot\n  Rain.\n"
        for n, length in enumerate(lengths, 1)
    )


def runs(text: str, target: str = OMNI) -> list[list[str]]:
    """Return the labels of the shots request by request."""
    return [[p.shot for p in request.prompts] for request in requests(text, target)]


def test_as_few_generations_as_the_target_allows_in_order() -> None:
    assert runs(shots("4s", "4s", "4s")) == [["1", "2", "3"]]
    assert len(runs(shots("4s", "4s", "4s", "4s", "4s"))) == 2
    assert len(runs(shots(*["3s"] * 7), PLAIN)) == 2
    every = [label for run in runs(shots(*["5s"] * 9)) for label in run]
    assert every == [str(n) for n in range(1, 10)]


def test_one_shot_a_generation_where_a_target_has_no_multi_shot() -> None:
    assert runs(shots("5s", "5s"), O1) == [["1"], ["2"]]


def test_a_block_of_another_kind_ends_a_run() -> None:
    text = f"{CLIP}{SHOT}EDIT @Clip\n  remove the hat\nSHOT 2 (4s)\n  Rain.\n"
    assert runs(text) == [["1"], ["#2"], ["2"]]


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ({1: "INT. A - DAY\n", 3: "INT. B - DAY\n"}, [["1", "2"], ["3", "4"]]),
        ({1: "INT. A - DAY\n", 2: "INT. B - DAY\n"}, [["1"], ["2", "3", "4"]]),
        ({2: "> hard cut\n", 3: "> dissolve\n", 4: "> match cut\n"}, [["1"], ["2", "3", "4"]]),
        ({2: "> dissolve\n", 3: "> dissolve\n", 4: "> hard cut\n"}, [["1", "2", "3"], ["4"]]),
        ({2: "> match cut\n", 3: "> hard cut\n", 4: "> dissolve\n"}, [["1", "2"], ["3", "4"]]),
    ],
)
def test_breaks_stand_at_scene_changes_and_hard_cuts(
    between: dict[int, str], expected: list[list[str]]
) -> None:
    assert runs(shots("4s", "4s", "4s", "4s", between=between)) == expected


def test_a_first_frame_opens_and_a_last_frame_closes_a_generation() -> None:
    text = (
        '@P = image "p.png"\n' + shots("4s", "4s") + "  start: @P\n"
        + "SHOT 3 (4s)\n  Snow.\nSHOT 4 (4s)\n  Hail.\n"
    )  # fmt: skip
    made = runs(text)
    assert made[0] == ["1"]
    assert made[1][0] == "2"
    text = f'@P = image "p.png"\n{shots("4s")}  start: @P\n  end: @P\nSHOT 2 (4s)\n  Rain.\n'
    assert runs(text) == [["1"], ["2"]]


@pytest.mark.parametrize(
    ("target", "length", "made"),
    [(O1, "7.5s", 10), (O1, "7s", 5), (O1, "1s", 5), (OMNI, "7.5s", 8), (OMNI, "1s", 3)],
)
def test_a_length_moves_to_the_nearest_and_ties_go_up(target: str, length: str, made: int) -> None:
    result = film(shots(length), target)
    assert result.requests[0].seconds == made
    (found,) = [d for d in result.diagnostics if d.name == "duration-adjusted"]
    assert found.span.text == length
    assert f"{length[:-1]} s" in found.message
    assert f"{made} s" in found.message
    assert "duration-adjusted" in [loss.name for loss in result.losses]


@pytest.mark.parametrize(("target", "length"), [(O1, "11s"), (OMNI, "20s")])
def test_nothing_is_clamped(target: str, length: str) -> None:
    result = film(shots(length), target)
    assert [d.name for d in result.diagnostics if d.is_error] == ["shot-too-long"]
    assert result.requests == []


def test_what_cannot_be_said_another_way_is_dropped_with_a_warning() -> None:
    result = film(f"cfg: 0.7\n{SHOT}", OMNI)
    assert result.ok
    assert [(loss.name, loss.kind, loss.severity) for loss in result.losses] == [
        ("cfg-unsupported", "dropped", "warning")
    ]


def test_what_can_is_approximated_with_an_info() -> None:
    result = film(f'@A = prop "a.png" "b.png": a red hat\n{SHOT}  @A lies there.\n', PLAIN)
    assert [(loss.kind, loss.severity) for loss in result.losses] == [("approximated", "info")]
    assert "red hat lies there" in result.requests[0].prompts[0].text


def test_strict_makes_any_loss_an_error() -> None:
    with pytest.raises(promptlang.CompileError) as caught:
        promptlang.compile(f"cfg: 0.7\n{SHOT}", OMNI, strict=True)
    assert [d.name for d in caught.value.diagnostics if d.is_error] == ["cfg-unsupported"]


def test_a_kind_of_block_a_target_lacks_is_an_error_on_that_block_alone() -> None:
    text = f"{CLIP}EDIT @Clip\n  remove the hat\n{SHOT}"
    result = film(text, PLAIN)
    assert [(d.name, d.span.text) for d in result.diagnostics if d.is_error] == [
        ("block-unsupported", "EDIT @Clip")
    ]
    assert [r.prompts[0].text for r in result.requests] == ["Wide shot. A man rows."]
    assert set(names(text, STILLS)) == {"block-unsupported"}


def test_what_depends_on_a_block_in_error_is_not_sent() -> None:
    long = "SHOT 1 (20s) AS @x\n  Rain.\n"
    text = f"{long}EDIT @x\n  remove the hat\nSHOT 2 (4s)\n  Rain.\n"
    result = film(text, OMNI)
    assert [[p.shot for p in r.prompts] for r in result.requests] == [["2"]]


def test_mistakes_are_told_once_each_and_the_rest_compiles() -> None:
    text = (
        "SHOT 1 (4s) wide\n  Rain.\n"
        "SHOT 2 (4s): wide shot\n  lightning: cold\n"
        "SHOT 3 (4s): wide shot\n  @Nobody waits.\n"
        "SHOT 4 (4s): wide shot\n  A man rows.\n"
    )
    assert names(text, OMNI) == ["no-colon", "unknown-key", "unknown-name"]
    assert [p.text for r in film(text).requests for p in r.prompts][-1] == "Wide shot. A man rows."


def test_the_first_script_of_the_page_has_its_parts_in_the_request() -> None:
    text = (
        f"title: Pit\ntarget: {OMNI}\naspect: 16:9\naudio: on\n"
        '@Driver = character "f.png" "s.png": a rally driver, cropped hair\n{city} = "Monza"\n'
        "style: 35mm film grain\nINT. GARAGE - NIGHT\nlighting: warm lights\n> fade in from black\n"
        "SHOT 1 (4s): tight MCU, extreme slow motion\n  @Driver draws the zip.\n"
        "  sound: zip teeth\n"
        "> hard cut\nSHOT 2 (3s): medium shot\n  @Driver waits.\n"
        '  lighting: cool strip light\n  @Driver (whispering, in Italian): "Andiamo."\n'
        "EXT. {city} CIRCUIT - GOLDEN HOUR\n> jump cut\n"
        'SHOT 3 (4s) AS @lap: FPV drone, chase\n  A car.\n  super: "{city}, lap one"\n'
    )
    (result,) = promptlang.compile(text)
    assert result.ok
    (request,) = result.requests
    first, second, third = (p.text for p in request.prompts)
    assert first.startswith("Fade in from black. Tight medium close-up, extreme slow motion.")
    assert "Interior, garage, night." in first
    assert "Lighting: cool strip light" in second or "Cool strip light" in second
    assert 'whispers in Italian: "Andiamo."' in second
    assert third.startswith("Jump cut. FPV drone, chase shot.")
    assert "Exterior, Monza circuit, golden hour." in third
    assert 'On-screen text: "Monza, lap one"' in third
    assert request.payload["generate_audio"] is True
    assert [d for d in ask(text) if d.severity.rank < 2] == []
