"""What WaveSpeed answers: a submission, a state or a result, all in one envelope."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from promptlang.providers.base import Reply


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Addresses(_Shape):
    """Where to ask again."""

    get: str | None = None


class Timings(_Shape):
    """How long it took, in milliseconds."""

    inference: float | None = None


class Prediction(_Shape):
    """A prediction at any stage; ``has_nsfw_contents`` comes with the submission only."""

    id: str
    model: str | None = None
    outputs: list[str] = []
    urls: Addresses | None = None
    has_nsfw_contents: list[bool] | None = None
    status: Literal[
        "created", "processing", "completed", "failed", "cancelled", "timeout", "deleted"
    ]
    created_at: str | None = None
    error: str | None = None
    timings: Timings | None = None

    @field_validator("outputs", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        """Accept one address for a list of one, as an answer in base64 has it; null for none."""
        if value is None:
            return []
        return [value] if isinstance(value, str) else value


# The host repeats the status of HTTP here; some pages show 0 for the same.
_FINE = {0, 200}


class Answer(_Shape):
    """The envelope."""

    code: int
    message: str = ""
    data: Prediction | None = None


def read(body: Any) -> Reply:
    """Return a reply of WaveSpeed in the one shape all providers share."""
    try:
        found = Answer.model_validate(body)
    except ValidationError:
        return Reply("unknown", error="the answer has none of the shapes WaveSpeed documents")
    if found.code not in _FINE:
        return Reply("failed", error=f"{found.message or 'no reason'} (code {found.code})")
    if found.data is None:
        return Reply("unknown", error="the answer is about no prediction")
    return _reply(found.data)


def _reply(data: Prediction) -> Reply:
    poll = data.urls.get if data.urls else None
    if data.status == "created":
        return Reply("submitted", id=data.id, poll=poll)
    if data.status == "processing":
        return Reply("running", id=data.id, poll=poll)
    if data.status != "completed":
        return Reply("failed", id=data.id, error=data.error or data.status)
    if not data.outputs:
        return Reply("unknown", id=data.id, error="the prediction is completed without a result")
    return Reply("done", id=data.id, outputs=tuple(data.outputs))
