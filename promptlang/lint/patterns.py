"""Regular expressions of rules, some compiled when first used: on most scripts few are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def either(words: Iterable[str]) -> str:
    """Return the body of a pattern for any of some words or phrases, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of some words or phrases, whole, in any case."""
    return re.compile(rf"(?<![\w@])(?:{either(words)})(?!\w)", re.IGNORECASE)
