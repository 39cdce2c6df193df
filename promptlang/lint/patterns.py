"""Regular expressions of rules: compiled when first used, which on most scripts few are."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Stands for a pattern until somebody matches with it; has its methods from then on."""

    def __init__(self, body: str, flags: re.RegexFlag) -> None:
        self._body = body
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        # Kept, so that only the first look comes here; equal patterns are compiled once.
        method = getattr(re.compile(self._body, self._flags), name)
        setattr(self, name, method)
        return method


def late(body: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a pattern for a module or a class, where one that is compiled costs every start."""
    return cast("re.Pattern[str]", _Late(body, flags))
