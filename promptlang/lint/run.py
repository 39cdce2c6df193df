"""Asking the rules: each only what it waits for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.lint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.plan.generation import Plan

KINDS = ("shot", "edit", "angle", "coverage")


class Linter:
    """Some rules, sorted by the hooks they override and by what these wait for.

    A script of a thousand shots has some ten thousand texts and eighty rules: a rule about words
    is asked where one of its words stands, a rule about terms where one of its terms stands.
    """

    __slots__ = ("_by_fact", "_by_word", "_film", "_generation", "_pair", "_plan", "_unit")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._film = _overriding(rules, "film")
        self._pair = _overriding(rules, "pair")
        self._generation = _overriding(rules, "generation")
        self._plan = _overriding(rules, "plan")
        asked = _overriding(rules, "unit")
        self._unit = {
            kind: [rule for rule in asked if kind in rule.kinds and not rule.waits()]
            for kind in KINDS
        }
        self._by_fact: dict[str, dict[str, list[Rule]]] = {kind: {} for kind in KINDS}
        for rule in asked:
            for kind in rule.kinds:
                for fact in rule.waits():
                    self._by_fact[kind].setdefault(fact, []).append(rule)
        self._by_word: dict[str, list[Rule]] = {}
        for rule in _overriding(rules, "passage"):
            for word in rule.words():
                self._by_word.setdefault(word, []).append(rule)

    def script(self, film: Film) -> list[Diagnostic]:
        """Return what the rules say of a script, whatever the target."""
        found: list[Diagnostic] = []
        for rule in self._film:
            found += rule.film(film)
        for unit in film.units:
            for rule in self._unit[unit.kind]:
                found += rule.unit(unit, film)
            waiting = self._by_fact[unit.kind]
            for rule in _waiting(waiting, film.facts(unit).known):
                found += rule.unit(unit, film)
        if self._pair:
            for first, second in film.pairs():
                for rule in self._pair:
                    found += rule.pair(first, second, film)
        if self._by_word:
            self._words(film, found)
        return found

    def _words(self, film: Film, found: list[Diagnostic]) -> None:
        waiting = self._by_word
        told = waiting.keys()
        for passage in film.passages:
            if not told.isdisjoint(passage.words):
                for rule in _waiting(waiting, passage.words):
                    if passage.role in rule.roles:
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


def _waiting(waiting: dict[str, list[Rule]], names: Iterable[str]) -> list[Rule]:
    """Return the rules that wait for any of some names, each once."""
    found: dict[int, Rule] = {}
    for name in names:
        for rule in waiting.get(name, ()):
            found[id(rule)] = rule
    return list(found.values())


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
