"""Provider fields of a script, merged into a payload."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.providers import registry
from promptlang.providers.fal_payloads import O3ReferenceToVideo
from promptlang.providers.fields import apply
from promptlang.providers.mindstudio_payloads import OmniForm

FAL = registry.provider("fal")


def payload() -> O3ReferenceToVideo:
    return O3ReferenceToVideo.model_validate(
        {
            "multi_prompt": [{"prompt": "a", "duration": "4"}, {"prompt": "b", "duration": "3"}],
            "elements": [{"frontal_image_url": "file:a.png"}],
            "duration": "7",
            "aspect_ratio": "16:9",
        }
    )


def merged(fields: dict[str, Any]) -> dict[str, Any]:
    model, complaints = FAL.apply_fields(payload(), fields)
    assert complaints == []
    return FAL.body(model)


def test_nothing_to_merge() -> None:
    before = payload()
    assert FAL.apply_fields(before, {}) == (before, [])


def test_a_value_is_replaced_or_added() -> None:
    assert merged({"aspect_ratio": "1:1", "generate_audio": True}) == FAL.body(payload()) | {
        "aspect_ratio": "1:1",
        "generate_audio": True,
    }


def test_dots_reach_inside() -> None:
    assert merged({"elements.0.voice_id": "v"})["elements"][0]["voice_id"] == "v"
    assert merged({"multi_prompt.1.prompt": "c"})["multi_prompt"][1]["prompt"] == "c"


def test_null_takes_an_optional_field_away() -> None:
    assert "aspect_ratio" not in merged({"aspect_ratio": None})


def test_fields_that_fit_only_together() -> None:
    body = merged({"multi_prompt.0.duration": "5", "duration": "8"})
    assert body["duration"] == "8"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        (
            {"aspect_ration": "1:1"},
            (
                "aspect_ration",
                '"aspect_ration" is no field of this request, which has aspect_ratio, duration, '
                "elements, end_image_url, generate_audio, image_urls, multi_prompt, prompt, "
                "shot_type, start_image_url",
                ("aspect_ratio",),
            ),
        ),
        (
            {"aspect_ratio": "4:3"},
            (
                "aspect_ratio",
                '"aspect_ratio" cannot be "4:3", allowed: "16:9", "9:16", "1:1"',
                (),
            ),
        ),
        (
            {"duration": 7},
            (
                "duration",
                '"duration" cannot be 7, allowed: "3", "4", "5", "6", "7", "8", "9", "10", '
                '"11", "12", "13", "14", "15"',
                ("7",),
            ),
        ),
        (
            {"generate_audio": "on"},
            ("generate_audio", '"generate_audio" cannot be "on": it is true or false', ()),
        ),
        (
            {"duration": "9"},
            ("duration", "the shots last 7 s together, the request says 9 s", ()),
        ),
        (
            {"elements.0.voice": "v"},
            (
                "elements.0.voice",
                '"elements.0.voice" is no field of this request, which has frontal_image_url, '
                "reference_image_urls, video_url, voice_id",
                ("voice_id",),
            ),
        ),
        (
            {"elements.3.voice_id": "v"},
            ("elements.3.voice_id", '"elements" has 1 entries, counted from 0', ()),
        ),
        (
            {"duration.seconds": 3},
            ("duration.seconds", '"duration" has no part "seconds"', ()),
        ),
        (
            {"shot_type" + ".a" * 20_000: 1},
            ("shot_type" + ".a" * 20_000, "reaches deeper than any field does", ()),
        ),
        (
            {"shot_type": 10**5000},
            ("shot_type", '"shot_type" cannot be this int: it is text', ()),
        ),
        (
            {"image_urls": "a.png"},
            ("image_urls", '"image_urls" cannot be "a.png": it is a list', ()),
        ),
    ],
)
def test_a_field_that_does_not_fit(
    fields: dict[str, Any], wanted: tuple[str, str, tuple[str, ...]]
) -> None:
    before = payload()
    model, complaints = FAL.apply_fields(before, fields)
    assert [complaint[:3] for complaint in complaints] == [wanted]
    assert model == before


def test_one_that_does_not_fit_leaves_the_others() -> None:
    model, complaints = FAL.apply_fields(payload(), {"aspect_ratio": "1:1", "nonsense": 1})
    assert FAL.body(model)["aspect_ratio"] == "1:1"
    assert [complaint.path for complaint in complaints] == ["nonsense"]


def test_spelt_as_the_payload_spells_it() -> None:
    form = OmniForm(prompt="a", duration=5, audio=False)
    provider = registry.provider("mindstudio")
    model, complaints = provider.apply_fields(form, {"mode": "pro", "imageUrl": "file:a.png"})
    assert complaints == []
    assert provider.body(model) == {
        "prompt": "a",
        "imageUrl": "file:a.png",
        "duration": 5,
        "mode": "pro",
        "audio": False,
    }
    _, complaints = provider.apply_fields(form, {"imageURL": "file:a.png"})
    assert complaints[0].suggestions[0] == "imageUrl"


def test_numbers_stay_finite() -> None:
    v3 = FAL.model("V3TextToVideo").model_validate({"prompt": "a", "cfg_scale": 0.5})
    for value in (float("nan"), float("inf")):
        assert FAL.apply_fields(v3, {"cfg_scale": value})[1][0].path == "cfg_scale"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from([*O3ReferenceToVideo.model_fields, "0", "1", "-1", "prompt", "", "²", "x"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(".".join) | st.text(max_size=12)


@given(st.dictionaries(PATHS, JSON, max_size=4))
def test_whatever_is_written_is_a_payload_and_complaints(fields: dict[str, Any]) -> None:
    model, complaints = apply(payload(), fields)
    body = FAL.body(model)
    assert O3ReferenceToVideo.model_validate(json.loads(json.dumps(body))) == model
    assert {complaint.path for complaint in complaints} <= set(fields)
    assert all(complaint.message for complaint in complaints)
