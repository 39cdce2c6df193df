"""Every rule of the craft, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.lint import (
    camera,
    camera_conflicts,
    continuity,
    light,
    negative,
    transitions,
    wording,
)

if TYPE_CHECKING:
    from promptlang.lint.rule import Rule

RULES: tuple[Rule, ...] = (
    *camera_conflicts.RULES,
    *camera.RULES,
    *light.RULES,
    *negative.RULES,
    *continuity.RULES,
    *transitions.RULES,
    *wording.RULES,
)

PROBLEMS = tuple(rule.problem for rule in RULES)
