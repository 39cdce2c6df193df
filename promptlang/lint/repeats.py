"""What stands twice where it may stand once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


def repeats(keyed: Iterable[tuple[object, T]]) -> Iterator[tuple[T, T]]:
    """Yield each thing whose key another had before, with the first that had it."""
    first: dict[object, T] = {}
    for key, thing in keyed:
        before = first.setdefault(key, thing)
        if before is not thing:
            yield thing, before
