"""When two names are the same, and which name was probably meant."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_COMPARED = 64

COMPARISONS = 20_000
"""How often unknown names are compared with known ones in one script; each costs some time."""


def fold(name: str) -> str:
    """Return what two spellings of one name have in common."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def nearest(written: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return the known names that ``written`` may be a slip of, the best first."""
    if len(written) > _LONGEST_COMPARED:
        return []
    target = fold(written)
    allowed = 1 if len(target) <= 4 else 2
    scored = []
    for name in known:
        if abs(len(name) - len(target)) <= allowed and len(name) <= _LONGEST_COMPARED:
            distance = _distance(target, fold(name))
            if distance <= allowed:
                scored.append((distance, name))
        elif len(target) >= 4 and fold(name).startswith(target):
            scored.append((allowed + 1, name))
    return [name for _, name in sorted(scored)[:limit]]


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Return names for a message, sorted, at most ``limit`` of them."""
    ordered = sorted((n if len(n) <= 40 else f"{n[:39]}…" for n in names), key=str.casefold)
    rest = len(ordered) - limit
    return ", ".join(ordered[:limit]) + (f" and {rest} more" if rest > 0 else "")


def shown(text: str, limit: int = 60) -> str:
    """Return a text in double quotes on one line, shortened where it is long."""
    text = " ".join(text[: limit * 4].split())
    return f'"{text}"' if len(text) <= limit else f'"{text[: limit - 1]}…"'


def _distance(one: str, two: str) -> int:
    """The number of letters to change, add, drop or swap with a neighbour."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
