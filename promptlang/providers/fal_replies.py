"""What fal answers: the queue, the result, a webhook, an error."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from promptlang.providers.base import Reply


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Queued(_Shape):
    """The answer to a submission and to a question about its state."""

    request_id: str
    status: Literal["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]
    response_url: str | None = None
    status_url: str | None = None
    cancel_url: str | None = None
    queue_position: int | None = None


class File(_Shape):
    """A finished film."""

    url: str
    content_type: str | None = None
    file_name: str | None = None
    file_size: int | None = None


class Result(_Shape):
    """What stands at ``response_url``."""

    video: File


class FieldError(_Shape):
    """One refused value."""

    loc: list[str | int]
    msg: str
    type: str


class Refusal(_Shape):
    """A request refused; some refusals are one sentence instead of a list."""

    detail: list[FieldError] | str


class Failure(_Shape):
    """Any other error."""

    message: str


class Webhook(_Shape):
    """What is sent to the address given as ``fal_webhook``."""

    request_id: str
    status: Literal["OK", "ERROR"]
    payload: dict[str, Any] | None = None
    error: str | None = None


def read(body: Any) -> Reply:
    """Return a reply of fal in the one shape all providers share."""
    found = _first(body, (Queued, Webhook, Result, Refusal, Failure))
    if found is None:
        return Reply("unknown", error="the answer has none of the shapes fal documents")
    return _webhook(found) if isinstance(found, Webhook) else _reply(found)


def _first(body: Any, shapes: tuple[type[_Shape], ...]) -> _Shape | None:
    for shape in shapes:
        try:
            return shape.model_validate(body)
        except ValidationError:
            continue
    return None


def _reply(found: _Shape) -> Reply:
    if isinstance(found, Queued):
        if found.status == "COMPLETED":
            # Completed says only that there is an answer to fetch: a film, or an error.
            return Reply("running", id=found.request_id, poll=found.response_url)
        state = "submitted" if found.status == "IN_QUEUE" else "running"
        return Reply(state, id=found.request_id, poll=found.status_url)
    if isinstance(found, Result):
        return Reply("done", outputs=(found.video.url,))
    if isinstance(found, Refusal):
        return Reply("failed", error=_sentence(found))
    return Reply("failed", error=getattr(found, "message", "") or "no reason")


def _webhook(found: Webhook) -> Reply:
    inside = _first(found.payload, (Result, Refusal, Failure))
    inner = _reply(inside) if inside is not None else Reply("unknown")
    if found.status == "OK" and inner.state == "done":
        return Reply("done", id=found.request_id, outputs=inner.outputs)
    if found.status == "OK":
        return Reply("unknown", id=found.request_id, error="the call says OK and brings no film")
    said = "; ".join(filter(None, (found.error, inner.error)))
    return Reply("failed", id=found.request_id, error=said or "no reason")


def _sentence(refusal: Refusal) -> str:
    if isinstance(refusal.detail, str):
        return refusal.detail or "no reason"
    rows = [(".".join(map(str, row.loc)), row.msg) for row in refusal.detail]
    return "; ".join(f"{where}: {said}" for where, said in rows) or "no reason"
