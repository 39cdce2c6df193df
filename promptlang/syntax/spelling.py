"""Near misses: how far two words are apart, and which known word was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 40


def distance(one: str, other: str) -> int:
    """Return how many letters are missing, wrong, too many or exchanged with a neighbour."""
    if max(len(one), len(other)) > _LONGEST:
        return _LONGEST
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    limit = 1 if len(word) <= 4 else 2  # In a short word two letters are most of it
    ranked = sorted((far, other) for other in known if (far := distance(word, other)) <= limit)
    return ranked[0][1] if ranked else None
