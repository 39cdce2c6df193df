"""What each provider is sent, whole bodies, with the exact JSON types."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from promptlang.providers import registry
from promptlang.providers.draft import ElementInput
from promptlang.providers.fields import PayloadError

HOST = {"frontal_image_url": "file:host-1.jpg", "reference_image_urls": ["file:host-2.jpg"]}
CHAIR = {"frontal_image_url": "file:chair.png", "reference_image_urls": ["file:chair.png"]}
SHOTS = [{"prompt": "shot 1", "duration": "4"}, {"prompt": "shot 2", "duration": "3"}]

BODIES: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "fal/kling-o3-pro",
        "text-to-video",
        "",
        {
            "prompt": "shot 1",
            "shot_type": "customize",
            "duration": "5",
            "aspect_ratio": "16:9",
            "generate_audio": False,
        },
    ),
    (
        "fal/kling-o3-pro",
        "image-to-video",
        "audio",
        {
            "prompt": "shot 1",
            "shot_type": "customize",
            "image_url": "file:start.mp4",
            "duration": "5",
            "generate_audio": True,
        },
    ),
    (
        "fal/kling-o3-standard",
        "reference-to-video",
        "shots elements images start aspect audio",
        {
            "multi_prompt": SHOTS,
            "shot_type": "customize",
            "start_image_url": "file:start.mp4",
            "image_urls": ["https://example.org/beach.jpg"],
            "elements": [HOST, CHAIR],
            "duration": "7",
            "aspect_ratio": "9:16",
            "generate_audio": True,
        },
    ),
    (
        "fal/kling-o3-pro",
        "edit",
        "elements images",
        {
            "prompt": "shot 1",
            "video_url": "file:source.mp4",
            "image_urls": ["https://example.org/beach.jpg"],
            "elements": [HOST, {"frontal_image_url": "file:chair.png"}],
            "keep_audio": True,
        },
    ),
    (
        "fal/kling-o3-pro",
        "multi-cam",
        "",
        {
            "prompt": "shot 1",
            "video_url": "file:source.mp4",
            "duration": "5",
            "aspect_ratio": "auto",
            "keep_audio": True,
        },
    ),
    (
        "fal/kling-o3-pro",
        "motion",
        "",
        {
            "prompt": "shot 1",
            "video_url": "file:motion.mp4",
            "duration": "5",
            "aspect_ratio": "16:9",
            "keep_audio": False,
        },
    ),
    (
        "fal/kling-v3-pro",
        "image-to-video",
        "shots video-elements voices cfg negative",
        {
            "multi_prompt": SHOTS,
            "shot_type": "customize",
            "start_image_url": "file:start.mp4",
            "elements": [{"video_url": "file:filmed.mp4", "voice_id": "voice-7"}],
            "duration": "7",
            "generate_audio": False,
            "negative_prompt": "blur, grain",
            "cfg_scale": 0.65,
        },
    ),
    (
        "fal/kling-v3-pro",
        "coverage",
        "",
        {
            "prompt": "shot 1",
            "shot_type": "intelligent",
            "duration": "5",
            "aspect_ratio": "16:9",
            "generate_audio": False,
        },
    ),
    (
        "fal/kling-o1",
        "image-to-video",
        "end",
        {
            "prompt": "shot 1",
            "start_image_url": "file:start.mp4",
            "end_image_url": "file:end.mp4",
            "duration": "5",
        },
    ),
    (
        "fal/kling-o1-standard",
        "edit",
        "elements",
        {
            "prompt": "shot 1",
            "video_url": "file:source.mp4",
            "elements": [HOST, CHAIR],
            "keep_audio": True,
        },
    ),
    (
        "kling/o3",
        "reference-to-video",
        "shots images element-ids start audio resolution",
        {
            "model_name": "kling-v3-omni",
            "multi_shot": True,
            "shot_type": "customize",
            "multi_prompt": [
                {"index": 1, "prompt": "shot 1", "duration": "4"},
                {"index": 2, "prompt": "shot 2", "duration": "3"},
            ],
            "image_list": [
                {"image_url": "file:start.mp4", "type": "first_frame"},
                {"image_url": "https://example.org/beach.jpg"},
            ],
            "element_list": [{"element_id": 829836}],
            "sound": "on",
            "mode": "std",
            "aspect_ratio": "16:9",
            "duration": "7",
        },
    ),
    (
        "kling/o3",
        "coverage",
        "",
        {
            "model_name": "kling-v3-omni",
            "prompt": "shot 1",
            "multi_shot": True,
            "shot_type": "intelligence",
            "sound": "off",
            "mode": "pro",
            "aspect_ratio": "16:9",
            "duration": "5",
        },
    ),
    (
        "kling/o3",
        "multi-cam",
        "audio",
        {
            "model_name": "kling-v3-omni",
            "prompt": "shot 1",
            "multi_shot": False,
            "video_list": [
                {
                    "video_url": "file:source.mp4",
                    "refer_type": "feature",
                    "keep_original_sound": "yes",
                }
            ],
            "sound": "off",
            "mode": "pro",
            "aspect_ratio": "16:9",
            "duration": "5",
        },
    ),
    (
        "kling/o1",
        "first-last-frame",
        "",
        {
            "model_name": "kling-video-o1",
            "prompt": "shot 1",
            "image_list": [
                {"image_url": "file:start.mp4", "type": "first_frame"},
                {"image_url": "file:end.mp4", "type": "end_frame"},
            ],
            "mode": "pro",
            "duration": "5",
        },
    ),
    (
        "kling/o1",
        "edit",
        "images",
        {
            "model_name": "kling-video-o1",
            "prompt": "shot 1",
            "image_list": [{"image_url": "https://example.org/beach.jpg"}],
            "video_list": [
                {
                    "video_url": "file:source.mp4",
                    "refer_type": "base",
                    "keep_original_sound": "yes",
                }
            ],
            "mode": "pro",
        },
    ),
    (
        "chatvideopro/kling-multi-cam",
        "multi-cam",
        "elements",
        {
            "video": "file:source.mp4",
            "elements": [
                {"name": "Host", "pictures": ["file:host-1.jpg", "file:host-2.jpg"]},
                {"name": "Chair", "pictures": ["file:chair.png"]},
            ],
            "prompt": "shot 1",
            "duration": 5,
        },
    ),
    (
        "mindstudio/kling-o3",
        "reference-to-video",
        "shots start end images motion audio",
        {
            "shots": [{"prompt": "shot 1", "duration": 4}, {"prompt": "shot 2", "duration": 3}],
            "imageUrl": "file:start.mp4",
            "endImageUrl": "file:end.mp4",
            "imageUrlArray": ["https://example.org/beach.jpg"],
            "videoUrl": "file:motion.mp4",
            "duration": 7,
            "aspectRatio": "16:9",
            "audio": True,
        },
    ),
    (
        "mindstudio/kling-o3",
        "text-to-video",
        "",
        {"prompt": "shot 1", "duration": 5, "aspectRatio": "16:9", "audio": False},
    ),
    (
        "pixio/kling-o3",
        "reference-to-video",
        "shots elements start cfg negative audio",
        {
            "elements": [
                {"name": "@Element1", "pictures": ["file:host-1.jpg", "file:host-2.jpg"]},
                {"name": "@Element2", "pictures": ["file:chair.png"]},
            ],
            "start_frame": "file:start.mp4",
            "shots": [{"prompt": "shot 1", "duration": 4}, {"prompt": "shot 2", "duration": 3}],
            "duration": 7,
            "aspect_ratio": "16:9",
            "resolution": "1080p",
            "cfg": 0.65,
            "audio": True,
            "negative_prompt": "blur, grain",
        },
    ),
    (
        "wavespeed/kling-v1-ai-multi-shot",
        "coverage",
        "",
        {"image": "https://example.org/beach.jpg"},
    ),
]


@pytest.mark.parametrize(
    ("id", "key", "features", "wanted"), BODIES, ids=[f"{b[0]}-{b[1]}-{b[2]}" for b in BODIES]
)
def test_body(drafted: Any, id: str, key: str, features: str, wanted: dict[str, Any]) -> None:
    draft = drafted(id, key, *features.split())
    provider = registry.provider(draft.target.provider)
    body = provider.body(provider.payload(draft))
    assert body == wanted
    assert list(body) == list(wanted), "the fields are not in the documented order"
    assert provider.leftovers(draft) == []


@pytest.mark.parametrize("id", registry.target_ids())
def test_every_task_with_everything_it_takes(drafted: Any, id: str) -> None:
    """Whatever a task says it takes, its payload model takes, and the body says it."""
    target = registry.target(id)
    assert target is not None
    provider = registry.provider(target.provider)
    for key, task in target.tasks.items():
        for features in [{feature} for feature in task.takes] + [task.takes]:
            if {"motion", "videos", "video-elements"} <= features:
                features = features - {"videos", "video-elements"}
            draft = drafted(id, key, *features)
            body = str(provider.body(provider.payload(draft)))
            for location in (draft.start, draft.end, draft.source, draft.motion, *draft.images):
                assert location is None or location in body, (key, features, location)
            for element in draft.elements:
                carried = (element.frontal, element.video, element.element_id)
                assert any(c in body for c in carried if c), (key, features, element.name)
            said = [draft.aspect, draft.negative, draft.cfg and str(draft.cfg)]
            said.append(draft.resolution and ("std" if target.provider == "kling" else "720p"))
            assert all(words in body for words in said if words), (key, features, body)
            if "audio" in features:
                assert any(on in body for on in ("True", "'on'", "'yes'")), (key, body)


def test_several_lengths_have_to_make_the_whole(drafted: Any) -> None:
    for id in ("fal/kling-o3-pro", "kling/o3", "mindstudio/kling-o3", "pixio/kling-o3"):
        draft = drafted(id, "text-to-video", "shots")
        draft.seconds = Decimal(9)
        with pytest.raises(PayloadError, match="7 s together"):
            registry.provider(draft.target.provider).payload(draft)


def test_broken_seconds_are_never_rounded(drafted: Any) -> None:
    for id in ("fal/kling-o3-pro", "kling/o3", "mindstudio/kling-o3", "pixio/kling-o3"):
        draft = drafted(id, "text-to-video", seconds=("4.5",))
        with pytest.raises(PayloadError, match=r"4\.5"):
            registry.provider(draft.target.provider).payload(draft)


def test_kling_takes_elements_by_number_only(drafted: Any) -> None:
    provider = registry.provider("kling")
    draft = drafted("kling/o3", "reference-to-video", "images")
    draft.elements = [ElementInput("Host", frontal="file:host.jpg")]
    assert [c.message for c in provider.leftovers(draft)] == [
        '"Host" is left out: the interface knows elements by their number only'
    ]
    draft.elements = [ElementInput("Host", element_id="host-7")]
    with pytest.raises(PayloadError) as caught:
        provider.payload(draft)
    assert [c[:3] for c in caught.value.complaints] == [
        (
            "element_list.0.element_id",
            '"element_list.0.element_id" cannot be "host-7": it is a whole number',
            (),
        )
    ]
    assert str(caught.value).startswith("element_list.0.element_id: ")


def test_kling_wants_base64_without_its_prefix(drafted: Any) -> None:
    draft = drafted("kling/o1", "reference-to-video", "images")
    draft.images = ["data:image/png;base64,iVBORw0KGgo="]
    provider = registry.provider("kling")
    assert provider.body(provider.payload(draft))["image_list"] == [{"image_url": "iVBORw0KGgo="}]


def test_kling_refuses_what_does_not_go_together(drafted: Any) -> None:
    provider = registry.provider("kling")
    refused = [
        (("reference-to-video", "images"), {"end": "file:e.png"}, "needs a first_frame"),
        (("reference-to-video", "images", "shots", "start"), {"end": "file:e.png"}, "two pictures"),
        (("image-to-video", "shots"), {"end": "file:e.png"}, "excludes multi_shot"),
        (("edit",), {"start": "file:s.png"}, "base video goes with no frames"),
    ]
    for (key, *features), extra, reason in refused:
        draft = drafted("kling/o3", key, *features)
        for name, value in extra.items():
            setattr(draft, name, value)
        with pytest.raises(PayloadError, match=reason):
            provider.payload(draft)


def test_fal_binds_voices_to_films_only(drafted: Any) -> None:
    provider = registry.provider("fal")
    draft = drafted("fal/kling-v3-pro", "image-to-video")
    draft.elements = [ElementInput("Host", frontal="file:host.jpg", voice_id="v1")]
    draft.voices = ["v1", "v2"]
    assert [c.message for c in provider.leftovers(draft)] == [
        'the voice of "Host" is left out: fal binds a voice to an element made of a video only',
        'the voice "v2" is left out: fal binds a voice to an element made of a video only',
    ]
    assert "v1" not in str(provider.body(provider.payload(draft)))


def test_mindstudio_has_one_field_for_a_video(drafted: Any) -> None:
    provider = registry.provider("mindstudio")
    draft = drafted("mindstudio/kling-o3", "reference-to-video", "motion", "videos")
    assert provider.body(provider.payload(draft))["videoUrl"] == "file:motion.mp4"
    assert [c.message for c in provider.leftovers(draft)] == [
        '"file:other.mp4" is left out: the form takes one video'
    ]


@pytest.mark.parametrize(
    ("id", "key", "url", "header"),
    [
        (
            "fal/kling-o1-standard",
            "edit",
            "https://queue.fal.run/fal-ai/kling-video/o1/standard/video-to-video/edit",
            "Key $FAL_KEY",
        ),
        (
            "kling/o3",
            "edit",
            "https://api-singapore.klingai.com/v1/videos/omni-video",
            "Bearer $KLING_TOKEN",
        ),
        (
            "wavespeed/kling-v1-ai-multi-shot",
            "coverage",
            "https://api.wavespeed.ai/api/v3/kwaivgi/kling-v1/ai-multi-shot",
            "Bearer ${WAVESPEED_API_KEY}",
        ),
    ],
)
def test_http(id: str, key: str, url: str, header: str) -> None:
    target = registry.target(id)
    assert target is not None
    provider = registry.provider(target.provider)
    assert provider.http(target, target.tasks[key].endpoint) == {
        "method": "POST",
        "url": url,
        "headers": {"Authorization": header},
    }


@pytest.mark.parametrize(
    "id", ["chatvideopro/kling-multi-cam", "mindstudio/kling-o3", "pixio/kling-o3"]
)
def test_a_form_has_no_interface(id: str) -> None:
    target = registry.target(id)
    assert target is not None
    provider = registry.provider(target.provider)
    assert {provider.http(target, task.endpoint) for task in target.tasks.values()} == {None}
    reply = provider.reply({"status": "done"})
    assert (reply.state, reply.error) == (
        "unknown",
        f"{target.provider} has no interface that could reply",
    )
