"""Every rule of the craft, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.lint import wording

if TYPE_CHECKING:
    from promptlang.lint.rule import Rule

RULES: tuple[Rule, ...] = (*wording.RULES,)

PROBLEMS = tuple(rule.problem for rule in RULES)
