"""One request as JSON, with where it comes from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promptlang.emit.result import Compilation, Request


def spell(compilation: Compilation, request: Request) -> str:
    """Return a request with its version, source and target in front."""
    origin = {key: getattr(compilation, key) for key in ("promptlang", "source", "target")}
    body = origin | request.model_dump(mode="json", by_alias=True)
    return json.dumps(body, indent=2, ensure_ascii=False)
