"""Storyboards made by hand, and scripts read for planning."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

from promptlang.model.resolve import resolve
from promptlang.model.storyboard import (
    Asset,
    Entity,
    Frame,
    Link,
    Mention,
    Run,
    Scene,
    Shot,
    Storyboard,
    Text,
    Value,
)
from promptlang.plan.planner import plan
from promptlang.providers import registry
from promptlang.providers.target import Target
from promptlang.source import Source, Span
from promptlang.syntax.parser import parse
from promptlang.vocabulary.terms import Term

if TYPE_CHECKING:
    from promptlang.plan.generation import Plan


class Board:
    """Builds a storyboard shot by shot; each thing has a place of its own."""

    def __init__(self) -> None:
        self.storyboard = Storyboard()
        self._source = Source("·" * 100_000, "board.shot")
        self._at = 0

    def place(self) -> Span:
        self._at += 4
        return Span(self._source, self._at, self._at + 3)

    def entity(self, name: str, kind: str, files: int = 2) -> Entity:
        assets = tuple(Asset(f"{name}-{i}.png", self.place()) for i in range(files))
        return Entity(name, kind, self.place(), assets=assets)

    def text(self, *parts: str | Entity) -> Text:
        return Text(
            tuple(
                Run(part, self.place())
                if isinstance(part, str)
                else Mention(part, part.name, self.place())
                for part in parts
            ),
            self.place(),
        )

    def shot(
        self,
        seconds: str | None,
        *parts: str | Entity,
        transition: str | None = None,
        scene: Scene | None = None,
    ) -> Shot:
        number = len(self.storyboard.units) + 1
        shot = Shot(number, str(number), self.place())
        shot.seconds = Value(Decimal(seconds), self.place()) if seconds else None
        shot.body.append(self.text(*parts) if parts else self.text("A door opens."))
        shot.scene = scene
        if transition is not None:
            term = Term(transition, "transition", transition)
            shot.transition = Link(term, self.text(transition), self.place())
        self.storyboard.units.append(shot)
        return shot

    def scene(self) -> Scene:
        return Scene(1, "interior", None, None, self.place())

    def value(self, value: object) -> Value:
        return Value(value, self.place())

    def frame(self, entity: Entity) -> Frame:
        return Frame(entity, self.place())


def read(text: str) -> Storyboard:
    """Resolve a script that must be sound whatever the target."""
    storyboard = resolve(parse(text, "film.shot"))
    assert [d for d in storyboard.diagnostics if d.is_error] == []
    return storyboard


def extended(name: str, toml: str) -> Target:
    """Return a target whose file extends that of another and says this besides."""
    target = registry.target(name)
    assert target is not None
    return Target(name, registry._merge(target.data, tomllib.loads(toml)))


def planned(text: str, name: str, toml: str = "") -> Plan:
    """Plan a script for a target, or for one that extends it."""
    return plan(read(text), extended(name, toml))


def told(result: Plan, name: str) -> list[str]:
    """Return what a plan says under the name of a problem."""
    return [d.message for d in result.diagnostics if d.name == name]


def weighty(result: Plan) -> list[str]:
    """Return the names of the errors and warnings of a plan."""
    return [d.name for d in result.diagnostics if d.severity.rank < 2]
