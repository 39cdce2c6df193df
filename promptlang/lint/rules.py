"""Every rule of the craft, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.lint import (
    assets,
    camera,
    camera_conflicts,
    continuity,
    continuity_scene,
    dialogue,
    edits,
    edits_angles,
    edits_source,
    elsewhere,
    hygiene,
    light,
    names,
    names_described,
    names_prose,
    negative,
    phrasing,
    portability,
    prices,
    syntax,
    timing,
    transitions,
    wording,
)

if TYPE_CHECKING:
    from promptlang.lint.rule import Rule

RULES: tuple[Rule, ...] = (
    *syntax.RULES,
    *names.RULES,
    *names_described.RULES,
    *names_prose.RULES,
    *timing.RULES,
    *camera_conflicts.RULES,
    *camera.RULES,
    *light.RULES,
    *negative.RULES,
    *continuity.RULES,
    *continuity_scene.RULES,
    *transitions.RULES,
    *edits.RULES,
    *edits_source.RULES,
    *edits_angles.RULES,
    *elsewhere.RULES,
    *dialogue.RULES,
    *wording.RULES,
    *phrasing.RULES,
    *portability.RULES,
    *prices.RULES,
    *assets.RULES,
    *hygiene.RULES,
)

PROBLEMS = tuple(rule.problem for rule in RULES)
