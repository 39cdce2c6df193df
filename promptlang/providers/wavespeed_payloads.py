"""WaveSpeed's request as a model."""

from __future__ import annotations

from promptlang.providers.fields import Payload


class AiMultiShot(Payload):
    """A request; the picture is required although the sample of the page omits it."""

    image: str
    enable_base64_output: bool | None = None
