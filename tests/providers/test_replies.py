"""Replies: the documented shapes, their contradictions, and everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.providers import registry

if TYPE_CHECKING:
    from promptlang.providers.base import Reply

QUEUE = "https://queue.fal.run/fal-ai/kling-video/requests/r-1"
KLING = "https://api-singapore.klingai.com"
WAVE = "https://api.wavespeed.ai/api/v3/predictions/p-1/result"


def seen(reply: Reply) -> dict[str, Any]:
    found = {name: getattr(reply, name) for name in ("id", "outputs", "error", "poll")}
    return {"state": reply.state} | {name: value for name, value in found.items() if value}


def queued(status: str, **more: Any) -> dict[str, Any]:
    return {
        "request_id": "r-1",
        "status": status,
        "response_url": QUEUE,
        "status_url": f"{QUEUE}/status",
        "cancel_url": f"{QUEUE}/cancel",
        **more,
    }


FAL: list[tuple[Any, dict[str, Any]]] = [
    (
        queued("IN_QUEUE", queue_position=3),
        {"state": "submitted", "id": "r-1", "poll": f"{QUEUE}/status"},
    ),
    (
        queued("IN_PROGRESS", logs=[{"message": "10 %", "level": "INFO"}]),
        {"state": "running", "id": "r-1", "poll": f"{QUEUE}/status"},
    ),
    # completed says that there is an answer to fetch, not that there is a film
    (
        queued("COMPLETED", metrics={"inference_time": 61.2}),
        {"state": "running", "id": "r-1", "poll": QUEUE},
    ),
    (
        {
            "video": {
                "url": "https://v3.fal.media/x.mp4",
                "content_type": "video/mp4",
                "file_size": 9,
            }
        },
        {"state": "done", "outputs": ("https://v3.fal.media/x.mp4",)},
    ),
    (
        {
            "detail": [
                {"loc": ["body", "duration"], "msg": "unexpected value", "type": "value_error"}
            ]
        },
        {"state": "failed", "error": "body.duration: unexpected value"},
    ),
    (
        {
            "detail": [
                {"loc": ["body", "elements", 0], "msg": "field required", "type": "missing"},
                {"loc": ["body", "prompt"], "msg": "too long", "type": "value_error"},
            ]
        },
        {"state": "failed", "error": "body.elements.0: field required; body.prompt: too long"},
    ),
    ({"detail": "Unauthorized"}, {"state": "failed", "error": "Unauthorized"}),
    ({"message": "Gateway Timeout"}, {"state": "failed", "error": "Gateway Timeout"}),
    (
        {"status": "OK", "request_id": "r-1", "payload": {"video": {"url": "https://x/y.mp4"}}},
        {"state": "done", "id": "r-1", "outputs": ("https://x/y.mp4",)},
    ),
    (
        {"status": "ERROR", "request_id": "r-1", "error": "HTTP 422", "payload": {"detail": "no"}},
        {"state": "failed", "id": "r-1", "error": "HTTP 422; no"},
    ),
    (
        {"status": "OK", "request_id": "r-1", "payload": None},
        {"state": "unknown", "id": "r-1", "error": "the call says OK and brings no film"},
    ),
]


def legacy(status: str, **more: Any) -> dict[str, Any]:
    data = {"task_id": "t-1", "task_status": status, "created_at": 1, "updated_at": 2, **more}
    return {"code": 0, "message": "SUCCEED", "request_id": "q", "data": data}


def new(status: str, **more: Any) -> dict[str, Any]:
    data = {"id": "t-1", "status": status, "create_time": 1, "update_time": 2, **more}
    return {"code": 0, "message": "OK", "request_id": "q", "data": data}


FILM = {"id": "v", "url": "https://k/v.mp4", "watermark_url": "https://k/w.mp4", "duration": "5.1"}
DONE = {"state": "done", "id": "t-1", "outputs": ("https://k/v.mp4",)}
KLING_REPLIES: list[tuple[Any, dict[str, Any]]] = [
    (
        legacy("submitted"),
        {"state": "submitted", "id": "t-1", "poll": f"{KLING}/v1/videos/omni-video/t-1"},
    ),
    (
        legacy("processing"),
        {"state": "running", "id": "t-1", "poll": f"{KLING}/v1/videos/omni-video/t-1"},
    ),
    # the legacy form says succeed, the new one succeeded: both are read in both
    (legacy("succeed", task_result={"videos": [FILM]}), DONE),
    (legacy("succeeded", task_result={"videos": [FILM]}), DONE),
    (new("succeeded", outputs=[FILM | {"type": "video"}]), DONE),
    (new("succeed", outputs=[FILM | {"type": "video"}]), DONE),
    (
        new("processing"),
        {"state": "running", "id": "t-1", "poll": f"{KLING}/tasks?task_ids=t-1"},
    ),
    (
        {**new("succeeded"), "data": [new("succeeded", outputs=[FILM])["data"]]},
        DONE,
    ),
    (
        legacy("failed", task_status_msg="risk control"),
        {"state": "failed", "id": "t-1", "error": "risk control"},
    ),
    (
        legacy(
            "succeed",
            task_result={"images": [{"index": 0, "url_1": "a", "url_2": "b", "url_3": "c"}]},
        ),
        {"state": "done", "id": "t-1", "outputs": ("a", "b", "c")},
    ),
    # a duration is text on one page and a number on another
    (legacy("succeed", task_result={"videos": [FILM | {"duration": 5.1}]}), DONE),
    (
        {"code": 1303, "message": "parallel task over resource pack limit", "request_id": "q"},
        {"state": "failed", "error": "parallel task over resource pack limit (code 1303)"},
    ),
    (
        {"code": 1102, "message": "", "request_id": "q", "data": None},
        {"state": "failed", "error": "no reason (code 1102)"},
    ),
    (
        legacy("succeed", task_result={"videos": []}),
        {"state": "unknown", "id": "t-1", "error": 'the task says "succeed" and brings no result'},
    ),
    (
        {"code": 0, "message": "OK", "data": []},
        {"state": "unknown", "error": "the answer is about 0 tasks, not one"},
    ),
]


def wave(status: str, **more: Any) -> dict[str, Any]:
    data = {
        "id": "p-1",
        "model": "kwaivgi/kling-v1/ai-multi-shot",
        "outputs": [],
        "urls": {"get": WAVE},
        "status": status,
        "created_at": "2026-11-20T09:00:00Z",
        "error": "",
        "timings": {"inference": 0},
        **more,
    }
    return {"code": 200, "message": "success", "data": data}


WAVESPEED: list[tuple[Any, dict[str, Any]]] = [
    (
        wave("created", has_nsfw_contents=[]),
        {"state": "submitted", "id": "p-1", "poll": WAVE},
    ),
    (wave("processing"), {"state": "running", "id": "p-1", "poll": WAVE}),
    (
        wave(
            "completed", outputs=["https://w/1.png", "https://w/2.png"], timings={"inference": 8123}
        ),
        {"state": "done", "id": "p-1", "outputs": ("https://w/1.png", "https://w/2.png")},
    ),
    # one output may come as plain text
    (
        wave("completed", outputs="https://w/1.png"),
        {"state": "done", "id": "p-1", "outputs": ("https://w/1.png",)},
    ),
    (wave("failed", error="no face"), {"state": "failed", "id": "p-1", "error": "no face"}),
    (wave("timeout"), {"state": "failed", "id": "p-1", "error": "timeout"}),
    (
        wave("completed", outputs=None),
        {
            "state": "unknown",
            "id": "p-1",
            "error": "the prediction is completed without a result",
        },
    ),
    (
        {"code": 401, "message": "invalid key", "data": None},
        {"state": "failed", "error": "invalid key (code 401)"},
    ),
    (
        {"code": 200, "message": "ok"},
        {"state": "unknown", "error": "the answer is about no prediction"},
    ),
]
CASES = [
    *(("fal", body, wanted) for body, wanted in FAL),
    *(("kling", body, wanted) for body, wanted in KLING_REPLIES),
    *(("wavespeed", body, wanted) for body, wanted in WAVESPEED),
]


@pytest.mark.parametrize(("provider", "body", "wanted"), CASES)
def test_reply(provider: str, body: Any, wanted: dict[str, Any]) -> None:
    assert seen(registry.provider(provider).reply(body)) == wanted


@pytest.mark.parametrize("provider", ["fal", "kling", "wavespeed"])
@pytest.mark.parametrize("body", [{}, [], "ok", None, 7, {"status": "DONE"}, {"code": "x"}])
def test_an_unknown_shape_is_no_failure(provider: str, body: Any) -> None:
    reply = registry.provider(provider).reply(body)
    assert reply.state == "unknown"
    assert reply.error is not None
    assert "none of the shapes" in reply.error


WORDS = st.sampled_from(
    [
        "code",
        "data",
        "status",
        "task_status",
        "video",
        "url",
        "detail",
        "OK",
        "failed",
        "id",
        "completed",
        "message",
        "request_id",
        "payload",
        "error",
        "ERROR",
    ]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers(0, 200) | WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=12,
)


@given(ANY)
def test_no_reply_raises(body: Any) -> None:
    for name in registry.PROVIDERS:
        reply = registry.provider(name).reply(body)
        assert reply.state in {"submitted", "running", "done", "failed", "unknown"}
        assert (reply.state == "done") == bool(reply.outputs)
        assert (reply.state in {"failed", "unknown"}) == bool(reply.error)
