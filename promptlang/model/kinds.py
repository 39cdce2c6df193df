"""Saying that a thing of one kind stands where another is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Related
from promptlang.model import problems

if TYPE_CHECKING:
    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Entity
    from promptlang.source import Span


def wrong_kind(entity: Entity, span: Span, wanted: str, allowed: tuple[str, ...]) -> Diagnostic:
    """Return the diagnostic for a ref to a thing that cannot stand where it does.

    Args:
        entity: What is pointed at.
        span: The ref.
        wanted: What is needed there, such as ``a source``.
        allowed: The kinds that will do.
    """
    kind = "output" if entity.origin == "output" else entity.kind
    article = "an" if kind[0] in "aeiou" else "a"
    return problems.WRONG_KIND.at(
        span,
        f'"@{entity.name}" is {article} {kind}, allowed as {wanted}: {", ".join(sorted(allowed))}',
        hint=_hint(allowed),
        related=[Related("declared here", entity.span)] if entity.origin == "declared" else [],
    )


def _hint(allowed: tuple[str, ...]) -> str:
    """Say what to write: an output is made by a block, everything else is declared."""
    if "output" in allowed:
        return "name a declared video, or a block's output: AS @name in its heading makes one"
    return "declare it as one of these, or write another name"
