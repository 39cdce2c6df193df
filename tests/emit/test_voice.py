"""How entities are called: by reference, by noun, by description."""

import pytest

import promptlang
from promptlang.emit.voice import name_words, noun
from promptlang.model.storyboard import Entity, Run, Text
from promptlang.source import Source, Span

PLACE = Span(Source("x"), 0, 1)


def entity(name: str, kind: str, description: str = "") -> Entity:
    text = Text((Run(description, PLACE),), PLACE) if description else None
    return Entity(name, kind, PLACE, description=text)


@pytest.mark.parametrize(
    ("thing", "called"),
    [
        (entity("Driver", "character", "a rally driver in her thirties"), "the rally driver"),
        (entity("Driver", "character", "an old man, grey beard"), "the old man"),
        (entity("Anna", "character"), "Anna"),
        (entity("RaceSuit", "wardrobe"), "the race suit"),
        (entity("race_suit", "wardrobe"), "the race suit"),
        (entity("Suit", "wardrobe", "a red race suit"), "the red race suit"),
        (entity("Chair", "product", "the chair from the first scene"), "the chair"),
        (entity("運転手", "character", "赤いスーツの運転手"), "赤いスーツの運転手"),
        (entity("Dog", "creature", "a dog. It limps."), "the dog"),
        (entity("Anna", "character", "Anna Karenina as a girl"), "Anna Karenina"),
        (entity("Boxer", "character", "scarred boxer"), "the scarred boxer"),
        (entity("Lena", "character", "tall, in grey"), "Lena"),
        (entity("Boat", "prop", "a paper boat the size of a hand"), "the paper boat"),
        (entity("Shop", "place", "a narrow workshop hung with clocks"), "the narrow workshop"),
        (entity("Kid", "character", "a red-haired boy"), "the red-haired boy"),
        (entity("Door", "prop", "a painted door made of oak"), "the painted door"),
        (entity("Car", "vehicle", "her battered estate car"), "her battered estate car"),
    ],
)
def test_a_noun_is_short_and_definite(thing: Entity, called: str) -> None:
    assert noun(thing) == called


def test_a_name_is_split_into_words() -> None:
    assert name_words(entity("PitLaneWall", "place")) == "pit lane wall"


def test_what_belongs_to_a_reference_is_not_said_to_belong_to_its_noun() -> None:
    text = (
        '@Mara = character "front.png" "side.png": a runner in a yellow vest\n'
        "SHOT 1 (5s): close-up of @Mara's feet\n  @Mara stops.\n"
    )
    (request,) = promptlang.compile(text, target="pixio/kling-o3").requests
    assert request.prompts[0].text.startswith(
        "Close-up of @Element1's feet. The runner in @Element1 stops."
    )


MARA = '@Mara = character "front.png" "side.png" "back.png": a runner in a yellow vest\n'
PICTURES = "<<<image_1>>>, <<<image_2>>> and <<<image_3>>>"


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        (
            "SHOT 1 (5s)\n  @Mara stops. @Mara turns.\n",
            f"The runner in {PICTURES} stops. <<<image_1>>> turns.",
        ),
        (
            "SHOT 1 (5s)\n  @Mara's feet ache. @Mara stops.\n",
            f"The runner ({PICTURES})'s feet ache. <<<image_1>>> stops.",
        ),
        ('SHOT 1 (5s)\n  @Mara: "Wait!"\n', f'The runner in {PICTURES} says: "Wait!"'),
        (
            "SHOT 1 (5s)\n  using: @Mara for the face\n  Rain.\n",
            f"Rain. Use {PICTURES} for the face.",
        ),
        ("SHOT 1 (5s)\n  The runner in @Mara stops.\n", f"The runner in {PICTURES} stops."),
        (
            '@Clip = video "c.mp4"\nEDIT @Clip\n  replace the woman with @Mara\n',
            f"Keep everything else unchanged, replace the woman with the runner in {PICTURES}.",
        ),
    ],
)
def test_every_picture_of_an_element_is_named(script: str, wanted: str) -> None:
    (request,) = promptlang.compile(MARA + script, target="kling/o1").requests
    assert request.prompts[0].text == wanted
    assert [r.spelling for r in request.references if r.name == "Mara"] == [
        "<<<image_1>>>",
        "<<<image_2>>>",
        "<<<image_3>>>",
    ]
    assert [r.files for r in request.references if r.name == "Mara"] == [
        ["front.png"],
        ["side.png"],
        ["back.png"],
    ]
    sent = [picture["image_url"] for picture in request.payload["image_list"]]
    assert sent == ["file:front.png", "file:side.png", "file:back.png"]
