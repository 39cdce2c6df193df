"""Regular expressions of rules: most wait for a script that needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.syntax.patterns import late as late

if TYPE_CHECKING:
    from collections.abc import Iterable


def either(words: Iterable[str]) -> str:
    """Return the body of a pattern for any of some words or phrases, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of some words or phrases, whole, in any case."""
    return re.compile(rf"(?<![\w@])(?:{either(words)})(?!\w)", re.IGNORECASE)
