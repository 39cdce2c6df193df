"""Asking the rules: each only what it waits for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.lint.passages import Passage, words_of
from promptlang.lint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film, Pieces
    from promptlang.plan.generation import Plan

KINDS = ("shot", "edit", "angle", "coverage")
_REMEMBERED = 4096
"""How many sets of facts a linter that serves an editor keeps the rules of."""


class Waiting:
    """Rules of one hook by what blocks must hold for them to be asked."""

    __slots__ = ("_always", "_due", "_rules")

    def __init__(self, rules: Iterable[Rule]) -> None:
        waiting = [(rule, frozenset(rule.waits())) for rule in rules]
        self._always = [rule for rule, facts in waiting if not facts]
        self._rules = [(rule, facts) for rule, facts in waiting if facts]
        self._due: dict[Pieces, list[Rule]] = {}

    def due(self, pieces: Pieces) -> list[Rule]:
        """Return the rules to ask about a block of which these facts are known."""
        found = self._due.get(pieces)
        return self._wake(pieces) if found is None else found

    def _wake(self, pieces: Pieces) -> list[Rule]:
        if len(self._due) >= _REMEMBERED:
            self._due.clear()
        known = frozenset().union(*pieces)
        rules = [rule for rule, facts in self._rules if not facts.isdisjoint(known)]
        self._due[pieces] = [*self._always, *rules]
        return self._due[pieces]


class Listening:
    """Rules about texts of one role by the words and marks they wait for."""

    __slots__ = ("_marks", "_words")

    def __init__(self) -> None:
        self._words: dict[str, list[Rule]] = {}
        self._marks: dict[str, list[Rule]] = {}

    def add(self, rule: Rule) -> None:
        """Add a rule."""
        for word in rule.words():
            by = self._words if word[0].isalpha() else self._marks
            by.setdefault(word, []).append(rule)

    def due(self, plain: str) -> list[Rule]:
        """Return the rules to ask about a text."""
        known = self._words
        woken = [rule for word in words_of(plain) if word in known for rule in known[word]]
        for mark, rules in self._marks.items():
            if mark in plain:
                woken += rules
        return [rule for rule in dict.fromkeys(woken) if rule.hears(plain)] if woken else woken


class Linter:
    """Some rules, sorted by the hooks they override and by what these wait for.

    A script of a thousand shots has some ten thousand texts and a hundred rules: a rule about
    words is asked where one of its words stands, a rule about blocks where a fact of its does.
    """

    __slots__ = ("_film", "_generation", "_pair", "_passage", "_plan", "_unit")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._film = _overriding(rules, "film")
        self._generation = _overriding(rules, "generation")
        self._plan = _overriding(rules, "plan")
        pairs, units = _overriding(rules, "pair"), _overriding(rules, "unit")
        self._pair = Waiting(pairs) if pairs else None
        self._unit = {kind: Waiting(r for r in units if kind in r.kinds) for kind in KINDS}
        self._passage: dict[str, Listening] = {}
        for rule in _overriding(rules, "passage"):
            for role in sorted(rule.roles):
                self._passage.setdefault(role, Listening()).add(rule)

    def script(self, film: Film) -> list[Diagnostic]:
        """Return what the rules say of a script, whatever the target."""
        found: list[Diagnostic] = []
        for rule in self._film:
            found += rule.film(film)
        for unit, pieces in zip(film.units, film.pieces, strict=True):
            for rule in self._unit[unit.kind].due(pieces):
                found += rule.unit(unit, film)
        if self._pair is not None:
            for first, second, pieces in film.pairs:
                for rule in self._pair.due(pieces):
                    found += rule.pair(first, second, film)
        if self._passage:
            self._texts(film, found)
        return found

    def _texts(self, film: Film, found: list[Diagnostic]) -> None:
        due: dict[str, dict[str, list[Rule]]] = {role: {} for role in self._passage}
        for role, text, unit, entity in film.texts:
            known = due.get(role)
            if known is None:
                continue
            rules = known.get(text.plain)
            if rules is None:
                rules = known[text.plain] = self._passage[role].due(text.plain)
            if rules:
                passage = Passage(role, text, unit, entity)
                for rule in rules:
                    found += rule.passage(passage, film)

    def target(self, film: Film, plan: Plan) -> list[Diagnostic]:
        """Return what the rules say of the plan for a target."""
        found: list[Diagnostic] = []
        for rule in self._plan:
            found += rule.plan(plan, film)
        if self._generation:
            for generation in plan.generations:
                for rule in self._generation:
                    found += rule.generation(generation, film)
        return found


def _overriding(rules: Iterable[Rule], hook: str) -> list[Rule]:
    return [rule for rule in rules if getattr(type(rule), hook) is not getattr(Rule, hook)]


@lru_cache(maxsize=16)
def linter(wanted: frozenset[str] | None = None) -> Linter:
    """Return a linter of the rules that are wanted; by default of all that are no matter of taste.

    Args:
        wanted: The names of the problems that are.
    """
    from promptlang.lint.rules import RULES

    if wanted is None:
        return Linter([rule for rule in RULES if not rule.opinionated])
    return Linter([rule for rule in RULES if rule.problem.name in wanted])
