"""A storyboard as a few lines of text, so that a test can show what must come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.entities import Mention, Text
from promptlang.model.parts import parts
from promptlang.model.storyboard import Frame, Use, Value

if TYPE_CHECKING:
    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Entity
    from promptlang.model.parts import Part
    from promptlang.model.storyboard import Storyboard


def dump(storyboard: Storyboard, *, names: bool = False) -> str:
    """Return one line a part; ``names`` lists the entities first."""
    lines = [_entity(entity) for entity in storyboard.entities.values()] if names else []
    for unit in storyboard.units:
        made = f" AS @{unit.output.name}" if unit.output else ""
        lines.append(f"{unit.kind} {unit.name}{made}")
        lines += [f"  {name}: {_said(part)}" for name, part, _ in parts(unit)]
        lines += [f"  note: {note.plain}" for note in unit.notes]
    if storyboard.closing is not None:
        lines.append(f"closing: {storyboard.closing.text.plain}")
    return "\n".join(lines)


def told(diagnostics: list[Diagnostic]) -> list[str]:
    """Return ``line:column name "what stands there"`` for each diagnostic."""
    return [f'{d.span.line}:{d.span.column} {d.name} "{d.span.text}"' for d in diagnostics]


def _entity(entity: Entity) -> str:
    words = [f"@{entity.name} = {entity.kind}"]
    if entity.origin != "declared":
        words.append(f"({entity.origin})")
    for asset in entity.assets:
        words.append(f'"{asset.location}"')
        if asset.since is not None:
            words.append(f"{asset.since}-{asset.until}")
    if entity.voice is not None:
        words.append(
            f"voice {entity.voice if isinstance(entity.voice, str) else entity.voice.name}"
        )
    if entity.description is not None:
        words.append(f": {entity.description.plain}")
    return " ".join(words)


def _said(part: Part | object) -> str:
    if isinstance(part, Text):
        return part.plain
    if isinstance(part, Value):
        return f"{part.value!s}"
    if isinstance(part, Frame):
        return f"{part.edge + ' of ' if part.edge else ''}@{part.entity.name}"
    if isinstance(part, Use):
        return f"@{part.entity.name}" + (f" for {part.role.plain}" if part.role else "")
    assert isinstance(part, Mention)
    return f"@{part.entity.name}"
