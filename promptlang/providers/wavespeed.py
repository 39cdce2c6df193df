"""WaveSpeed: the automatic multi-shot of Kling, one picture in, and the replies of its host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from promptlang.providers.base import Provider, Reply
from promptlang.providers.fields import Payload

if TYPE_CHECKING:
    from promptlang.providers.draft import Draft


class AiMultiShot(Payload):
    """A request; the picture is required although the sample of the page omits it."""

    image: str
    enable_base64_output: bool | None = None


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


class WaveSpeed(Provider):
    """Automatic multi-shot."""

    name = "wavespeed"
    models = (AiMultiShot,)

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by WaveSpeed's names; see `Provider.values`."""
        return {"image": draft.images[0] if draft.images else draft.start}

    def reply(self, body: dict[str, Any]) -> Reply:
        """Read a submission, a state or a result."""
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
