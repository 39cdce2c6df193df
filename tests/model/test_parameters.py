"""Parameters: filled after parsing, read the way their place demands, never as code."""

from __future__ import annotations

from decimal import Decimal

import pytest

from promptlang.model.storyboard import Mention, Shot
from tests.model.boards import board, clean, mended
from tests.model.dump import dump, told


def test_a_parameter_in_every_place() -> None:
    found = clean(
        '{city} = "Monza"\n{len} = "2.5s"\n{n} = "7B"\n{file} = "car"\n{move} = "MCU, push in"\n'
        '{cut} = "hard cut"\n{shape} = "9:16"\n{look} = "none"\n{out} = "0:04"\n{id} = "warm-1"\n'
        "aspect: {shape}\nstyle: grain\n"
        '@Car = creature "{file}-1.png" voice "{id}": a car from {city}\n'
        '@Clip = video "{file}.mp4" 0:00-0:04\n'
        "EXT. {city} CIRCUIT - NIGHT\n"
        "> {cut}\n"
        "SHOT {n} ({len}): {move}\n"
        "  Fog over {city}.\n  style: {look}\n"
        '  @Car (like {city}): "Back to {city}."\n  super: "{city}"\n'
        "  fal.tag: {city}\n"
    )
    assert dump(found).splitlines() == [
        "shot 7B",
        "  seconds: 2.5",
        "  transition: hard cut",
        "  setting: exterior",
        "  place: Monza circuit",
        "  time: night",
        "  camera: medium close-up",
        "  camera: push in",
        "  prose: Fog over Monza.",
        "  speaker: @Car",
        "  manner: like Monza",
        "  words: Back to Monza.",
        "  super: Monza",
        "  aspect: 9:16",
        "  field: Monza",
    ]
    assert found.entities["clip"].assets[0].until == Decimal(4)
    assert found.entities["car"].assets[0].location == "car-1.png"
    assert found.parameters["city"] == "Monza"


def test_values_go_before_defaults() -> None:
    text = '{city} = "Monza"\n{Fog} =\nSHOT (5s): wide shot\n  {city} in {fog}.\n'
    found = clean(text, values={"CITY": "Paris", "fog": "snow"})
    assert found.units[0].prose()[0].plain == "Paris in snow."
    assert found.parameters == {"city": "Paris", "Fog": "snow"}


@pytest.mark.parametrize(
    "value",
    [
        "@Driver",
        "SHOT 2 (3s): wide shot",
        "a # b",
        "{city}",
        "{other}",
        "\\@Driver",
        '"',
        "mood: dark",
        "two\nlines",
        "",
    ],
)
def test_a_value_is_only_words(value: str) -> None:
    text = (
        '@Driver = character\n{city} = "x"\n{other} = "y"\n'
        "SHOT (5s): wide shot\n  In {city}, at dawn.\n"
    )
    found = clean(text, values={"city": value})
    prose = found.units[0].prose()[0]
    assert prose.plain == f"In {value}, at dawn."
    assert not any(isinstance(part, Mention) for part in prose.parts)
    assert len(found.units) == 1
    assert found.units[0].texts["mood"] == []


def test_a_value_is_no_ref_among_camera_terms() -> None:
    text = '@Car = vehicle\n{what} = "@Car"\nSHOT (5s): wide shot of {what}\n  Rain.\n'
    camera = clean(text).units[0].camera[0].text
    assert camera.plain == "wide shot of @Car"
    assert list(camera.mentions()) == []


def test_places_of_filled_words() -> None:
    text = '{city} = "Monza"\nSHOT (5s): wide shot\n  Fog over {city} now.\n'
    parts = clean(text).units[0].prose()[0].parts
    assert [part.span.text for part in parts] == ["Fog over ", "{city}", " now."]


def test_unknown_parameters_are_told_once_and_mended_everywhere() -> None:
    text = '{city} = "Monza"\nSHOT (5s): wide shot\n  {citty} and {citty}.\n  mood: {citty}\n'
    found = board(text).diagnostics
    assert told(found) == ['3:3 unknown-parameter "{citty}"']
    assert len(found[0].related) == 2
    assert found[0].hint == 'did you mean "{city}"?'
    clean(mended(text, found[0]))


def test_a_required_parameter_is_told_once_at_its_declaration() -> None:
    text = "{len} =\n{cfg} =\ncfg: {cfg}\nSHOT ({len}): wide shot\n  For {len}.\n"
    found = board(text)
    assert told(found.diagnostics) == [
        '1:2 parameter-without-value "len"',
        '2:2 parameter-without-value "cfg"',
    ]
    assert found.units[0].seconds is None
    clean(text, values={"len": "4s", "cfg": "0.5"})


def test_a_value_that_does_not_fit_its_place() -> None:
    text = '{len} = "long"\nSHOT ({len}): wide shot\n  Rain.\n'
    found = board(text).diagnostics
    assert told(found) == ['2:7 bad-value "{len}"']
    assert found[0].message.startswith('"long" is no value for "duration"')


def test_a_value_for_no_parameter() -> None:
    found = board('{city} = "x"\nSHOT (5s): wide shot\n  {city}.\n', values={"citty": "Paris"})
    assert [(d.name, d.severity.value, d.hint) for d in found.diagnostics] == [
        ("value-without-parameter", "warning", 'did you mean "{city}"?')
    ]


def test_two_declarations_of_one_parameter() -> None:
    found = board('{city} = "a"\n{City} = "b"\nSHOT (5s): wide shot\n  {CITY}.\n')
    assert told(found.diagnostics) == ['2:2 parameter-twice "City"']
    assert found.units[0].prose()[0].plain == "a."


def test_escaped_braces_and_quotes() -> None:
    text = '{city} = "the \\"Ring\\" @ {x}"\nSHOT (5s): wide shot\n  \\{city} is {city}.\n'
    assert clean(text).units[0].prose()[0].plain == '{city} is the "Ring" @ {x}.'


def test_parameters_are_not_read_in_notes() -> None:
    unit = clean("SHOT (5s): wide shot\n  Rain.\n  note: ask {nobody} about @nothing\n").units[0]
    assert isinstance(unit, Shot)
    assert unit.notes[0].plain == "ask {nobody} about @nothing"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("{n}", 42),
        ('{{"a": [1, "{city}"]}}'.replace("{{", "{").replace("}}", "}"), {"a": [1, "Q"]}),
        ('"{city}"', "Q"),
        (r'"\\@x in {city}"', r"\@x in Q"),
        ("in {city}", "in Q"),
        ("true", True),
        ("1e999", "1e999"),
        ("NaN", "NaN"),
        ("[1", "[1"),
    ],
)
def test_values_in_provider_fields(written: str, sent: object) -> None:
    head = '{n} = "42"\n{city} = "Q"\nSHOT (5s): wide shot\n  Rain.\n'
    text = f"{head}  fal.extra.Field: {written}\n"
    fields = clean(text).units[0].settings.fields
    assert fields["fal", "extra.Field"].value == sent


def test_a_value_cannot_change_the_shape_of_json() -> None:
    text = '{city} = "x"\nSHOT (5s): wide shot\n  Rain.\n  fal.a: {"b": "{city}"}\n'
    evil = 'x", "admin": "1'
    fields = clean(text, values={"city": evil}).units[0].settings.fields
    assert fields["fal", "a"].value == {"b": evil}
