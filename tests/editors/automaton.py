"""Regular expressions to one deterministic automaton, for the scanner of the tree-sitter grammar.

Patterns are matched at once over classes of characters, and each is known to match as soon as it
matches a beginning of the text. A lookahead is read like what it looks for, so it must stand at
the end, as those of ``grammar/shot.lark`` do.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

# What the standard library makes of an expression, without which we would parse them again.
_parser: Any = importlib.import_module("re._parser")
_constants: Any = importlib.import_module("re._constants")

Ranges = tuple[tuple[int, int], ...]
Row = tuple[int, ...]
Patterns = Sequence[tuple[int, str]]

END = 0x110000
"""The number behind the last character."""

_NOT = {"NOT_LITERAL", "NEGATE"}
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


@cache
def _all() -> str:
    return "".join(map(chr, range(END)))


@cache
def _ranges(one: str, flags: int) -> Ranges:
    """Return the characters an expression for one character matches: firsts, and ends behind."""
    runs = re.finditer(f"(?:{one})+", _all(), flags & (re.IGNORECASE | re.ASCII))
    return tuple(run.span() for run in runs)


def _member(kind: str, value: Any) -> str:
    if kind == "LITERAL":
        return f"\\U{value:08x}"
    if kind == "RANGE":
        return f"\\U{value[0]:08x}-\\U{value[1]:08x}"
    return _CATEGORIES[str(value)]


class _Graph:
    """An automaton with empty steps; a pattern owns the states from its first on."""

    def __init__(self) -> None:
        self.empty: list[list[int]] = []
        self.steps: list[list[tuple[Ranges, int]]] = []

    def state(self) -> int:
        self.empty.append([])
        self.steps.append([])
        return len(self.empty) - 1

    def add(self, items: Iterable[Any], at: int, flags: int) -> int:
        """Add what a parsed expression matches behind a state; return the state behind it."""
        for kind, value in items:
            at = self._one(str(kind), value, at, flags)
        return at

    def _one(self, kind: str, value: Any, at: int, flags: int) -> int:
        if kind == "BRANCH":
            end = self.state()
            for branch in value[1]:
                self.empty[self.add(branch, at, flags)].append(end)
            return end
        if kind == "SUBPATTERN":
            _, more, less, inner = value
            return self.add(inner, at, (flags | more) & ~less)
        if kind == "ASSERT":
            return self.add(value[1], at, flags)
        if kind in {"MAX_REPEAT", "MIN_REPEAT"}:
            return self._repeat(value, at, flags)
        end = self.state()
        self.steps[at].append((self._set(kind, value, flags), end))
        return end

    def _repeat(self, value: Any, at: int, flags: int) -> int:
        least, most, inner = value
        for _ in range(least):
            at = self.add(inner, at, flags)
        end = self.state()
        if most is _constants.MAXREPEAT:
            self.empty[at].append(end)
            self.empty[self.add(inner, end, flags)].append(end)
            return end
        self.empty[at].append(end)
        for _ in range(most - least):
            at = self.add(inner, at, flags)
            self.empty[at].append(end)
        return end

    def _set(self, kind: str, value: Any, flags: int) -> Ranges:
        if kind in {"LITERAL", "NOT_LITERAL"}:
            members = _member("LITERAL", value)
        else:
            assert kind == "IN", kind
            members = "".join(_member(str(k), v) for k, v in value if str(k) != "NEGATE")
            kind = str(value[0][0])
        if members.isascii() and kind not in _NOT and "\\" not in members.replace("\\U000000", ""):
            # tree-sitter cannot tell the long s from an s, nor the sign of Kelvin from a k.
            flags |= re.ASCII
        return _ranges(f"[{'^' if kind in _NOT else ''}{members}]", flags)

    def closure(self, states: Iterable[int]) -> frozenset[int]:
        found: set[int] = set()
        left = list(states)
        while left:
            state = left.pop()
            if state not in found:
                found.add(state)
                left += self.empty[state]
        return frozenset(found)


class Automaton:
    """The patterns of several entries as one table.

    Attributes:
        classes: For each class of characters but class 0, which is all others, its ranges.
        rows: For each state but 0, in which nothing can match any more, the next for each class.
        accepts: For each state the bits of the patterns known to match once it is reached.
        entries: The state each entry begins in.
    """

    def __init__(self, ranked: Patterns, *others: Patterns) -> None:
        """Build it.

        Args:
            ranked: The patterns of the first entry with their bits: where one matches, those with
                a lower bit are no longer looked for.
            others: The patterns of other entries, all of which are looked for.
        """
        self._graph = graph = _Graph()
        self._owner: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        starts: list[list[int]] = []
        for patterns in (ranked, *others):
            if len(starts) == 1:
                self._ranked = len(graph.empty)
            starts.append([])
            for bit, pattern in patterns:
                first = graph.state()
                end = graph.add(_parser.parse(pattern), first, 0)
                self._owner.update(dict.fromkeys(range(first, len(graph.empty)), bit))
                self._ends[end] = bit
                starts[-1].append(first)
        self.classes, classes_of = self._partition()
        self._moves = [[(classes_of[ranges], to) for ranges, to in steps] for steps in graph.steps]
        self._determine(starts)
        self._minimise()

    def _partition(self) -> tuple[list[Ranges], dict[Ranges, frozenset[int]]]:
        """Part all characters into classes no pattern tells apart; class 0 has the last of all."""
        sets = list({ranges: None for steps in self._graph.steps for ranges, _ in steps})
        changes: dict[int, set[int]] = {}
        for number, ranges in enumerate(sets):
            for place in (place for span in ranges for place in span if place < END):
                changes.setdefault(place, set()).symmetric_difference_update({number})
        inside: frozenset[int] = frozenset()
        for change in changes.values():
            inside ^= change
        numbers = {inside: 0}
        runs: list[list[tuple[int, int]]] = [[]]
        inside = frozenset()
        places = sorted(changes)
        for place, behind in zip(places, [*places[1:], END], strict=True):
            inside ^= changes[place]
            number = numbers.setdefault(inside, len(numbers))
            if number == len(runs):
                runs.append([])
            runs[number].append((place, behind))
        members = {
            ranges: frozenset(n for key, n in numbers.items() if number in key)
            for number, ranges in enumerate(sets)
        }
        return [tuple(run) for run in runs], members

    def _determine(self, starts: Sequence[Sequence[int]]) -> None:
        width = len(self.classes)
        numbers: dict[frozenset[int], int] = {}
        sets: list[frozenset[int]] = []
        self.accepts: list[int] = []

        def number_of(states: Iterable[int]) -> int:
            closed = self._graph.closure(states)
            bits = {self._ends[s] for s in closed if s in self._ends}
            best = max(bits, default=-1)
            kept = frozenset(
                s for s in closed if self._owner[s] not in bits and self._alive(s, best)
            )
            key = kept | {-1 - bit for bit in bits}
            if key not in numbers:
                numbers[key] = len(sets)
                sets.append(kept)
                self.accepts.append(sum(1 << bit for bit in bits))
            return numbers[key]

        number_of(())
        self.entries = [number_of(firsts) for firsts in starts]
        self.rows: list[Row] = []
        for states in sets:
            reached: list[set[int]] = [set() for _ in range(width)]
            for state in states:
                for classes, to in self._moves[state]:
                    for number in classes:
                        reached[number].add(to)
            self.rows.append(tuple(number_of(to) for to in reached))

    def _alive(self, state: int, best: int) -> bool:
        return state >= self._ranked or self._owner[state] > best

    def _minimise(self) -> None:
        part = [0] * len(self.rows)
        count = 0
        keys: list[Any] = list(self.accepts)
        while True:
            numbers: dict[Any, int] = {}
            part = [numbers.setdefault(key, len(numbers)) for key in keys]
            if len(numbers) == count:
                break
            count = len(numbers)
            keys = [(part[at], tuple(part[to] for to in row)) for at, row in enumerate(self.rows)]
        firsts = [part.index(number) for number in range(count)]
        self.rows = [tuple(part[to] for to in self.rows[first]) for first in firsts]
        self.accepts = [self.accepts[first] for first in firsts]
        self.entries = [part[entry] for entry in self.entries]
