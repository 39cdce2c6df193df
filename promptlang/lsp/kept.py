"""What is found out of a block once: it is the same block in every version of a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.syntax.ast import Block

T = TypeVar("T")


def beside(find: Callable[[Block], T]) -> Callable[[Block], T]:
    """Return a function that remembers what another finds, for as long as the block lives."""
    known: WeakKeyDictionary[Block, T] = WeakKeyDictionary()

    def found(block: Block) -> T:
        told = known.get(block)
        if told is None:
            told = known[block] = find(block)
        return told

    return found
