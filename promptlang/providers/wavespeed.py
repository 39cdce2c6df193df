"""WaveSpeed: the automatic multi-shot of Kling, one picture in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.providers.base import Provider, Reply

if TYPE_CHECKING:
    from promptlang.providers.draft import Draft


class WaveSpeed(Provider):
    """Automatic multi-shot."""

    name = "wavespeed"

    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by WaveSpeed's names; see `Provider.values`."""
        return {"image": draft.images[0] if draft.images else draft.start}

    def reply(self, body: dict[str, Any]) -> Reply:
        """Read a submission, a state or a result."""
        from promptlang.providers import wavespeed_replies

        return wavespeed_replies.read(body)
