"""The targets a script names: which are out of date, and what is said to none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, Severity
from promptlang.lint.rule import Rule
from promptlang.providers.registry import PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.storyboard import Value
    from promptlang.plan.generation import Plan


class TargetRetired(Rule):
    """A target is no longer there.

    Its interface refuses what is sent, or answers with another model. The target that has taken its
    place words the film anew, so read its prompts before you pay.

    Fix: writes the target that has taken its place, which may lose something else.

    Source: the `status` of the target's data, with the source and date named there.
    """

    code = "PL540"
    severity = Severity.WARNING

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the retired ones among the targets of the script."""
        for value, target in film.named_targets():
            if target.status != "retired":
                continue
            hint, fixes = "choose another target", []
            if target.replacement:
                hint = f"write {target.replacement}"
                edit = Edit(value.span, target.replacement)
                fixes = [Fix(f'write "{target.replacement}"', [edit], safe=False)]
            message = f'"{target.id}" is retired and makes nothing any more'
            yield self.at(value.span, message, hint=hint, fixes=fixes)


class TaskSuperseded(Rule):
    """A newer model does better what is asked for here.

    What one model did first, its successor does with fewer faults, often at the same price. The
    older one still works; a film begun with it may stay with it.

    Source: the page of the newer model; the data of the target names it.

    **Example**

    ```shot
    target: fal/kling-o1
    @Talk = video "talk.mp4" 0:00-0:05

    ANGLE ON @Talk (5s): reverse angle
      keep: style, motion
    ```

    **Use instead**

    ```shot
    target: fal/kling-o3-pro
    @Talk = video "talk.mp4" 0:00-0:05

    ANGLE ON @Talk (5s): reverse angle
      keep: style, motion
    ```
    """

    code = "PL541"

    def plan(self, plan: Plan, film: Film) -> Iterator[Diagnostic]:
        """Report the first block each superseded task of a target makes."""
        seen = set()
        for generation in plan.generations:
            task = generation.task
            if task.superseded and task.key not in seen:
                seen.add(task.key)
                yield self.at(
                    generation.units[0].span,
                    f"{plan.target.id} makes this with {plan.target.model}, which is superseded",
                    hint=task.superseded,
                )


class FieldForNobody(Rule):
    """A field of a provider is used where none of its targets makes anything.

    `kling.watermark` goes into requests to Kling alone. Where every block it reaches is made
    elsewhere, nobody reads it.

    Source: what is left behind when a film moves to another target.

    **Example**

    ```shot
    target: fal/kling-o3-pro
    @Pier = place "pier.png" "pier-2.png": a wooden pier

    SHOT 1 (5s): wide shot, static
      Rain falls on @Pier.
      kling.callback_url: "https://example.org/done"
    ```

    **Use instead**

    ```shot
    target: fal/kling-o3-pro
    @Pier = place "pier.png" "pier-2.png": a wooden pier

    SHOT 1 (5s): wide shot, static
      Rain falls on @Pier.
    ```
    """

    code = "PL544"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the fields of which no target that makes their blocks is the one meant."""
        if not film.whole:
            return
        # A field of the header reaches many blocks: one of them is enough to be of use.
        told: dict[Value, tuple[str, dict[str, None]]] = {}
        useful = set()
        for unit in film.units:
            for (provider, path), value in unit.settings.fields.items():
                targets = film.targets_of(unit)
                if not targets or any(target.provider == provider for target in targets):
                    useful.add(value)
                elif provider in PROVIDERS:
                    ids = told.setdefault(value, (f"{provider}.{path}", {}))[1]
                    ids.update((target.id, None) for target in targets)
        for value, (field, ids) in told.items():
            if value not in useful:
                yield self.at(
                    value.span,
                    f'"{field}" is for another provider: this is made by {" and ".join(ids)}',
                    hint="remove the line, or name the target it is for",
                )


class TargetWithoutBlocks(Rule):
    """The header names a target that makes nothing.

    A target of a block takes the place of those in the header. Where every block names its own,
    those of the header have nothing left to make.

    Source: how targets are chosen.

    **Example**

    ```shot
    target: kling/o3

    SHOT 1 (5s): wide shot, static
      target: pixio/kling-3.0
      Rain falls on a wooden pier.
    ```

    **Use instead**

    ```shot
    target: pixio/kling-3.0

    SHOT 1 (5s): wide shot, static
      Rain falls on a wooden pier.
    ```
    """

    code = "PL545"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the targets of the header where every block names others."""
        if not film.whole or not film.units:
            return
        used: set[str] = set()
        for unit in film.units:
            # Those of the header, where the block names none.
            used.update(str(value.value) for value in unit.settings.targets)
        for value in film.storyboard.targets:
            if value.value not in used:
                yield self.at(
                    value.span,
                    f'"{value.value}" makes nothing: every block names a target of its own',
                    hint="remove it, or remove the target of the blocks it is to make",
                )


class SameTargetTwice(Rule):
    """A target is named twice in one line.

    It is compiled for once. Perhaps another one was meant.

    Fix: removes the second.

    Source: how targets are chosen.

    **Example**

    ```shot
    target: kling/o3, kling/o3

    SHOT 1 (5s): wide shot, static
      Rain falls on a wooden pier.
    ```

    **Use instead**

    ```shot
    target: kling/o3, pixio/kling-3.0

    SHOT 1 (5s): wide shot, static
      Rain falls on a wooden pier.
    ```
    """

    code = "PL546"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report a target that stands in a line before."""
        lines = [film.storyboard.targets, *(unit.settings.targets for unit in film.units)]
        # Blocks may share the targets of a line.
        for line in {id(line): line for line in lines}.values():
            before: dict[object, Value] = {}
            end = 0
            for value in line:
                first = before.setdefault(value.value, value)
                if first is not value:
                    span = value.span
                    comma = span.part(end - span.start, span.end - span.start)
                    yield self.at(
                        span,
                        f'"{value.value}" is named twice',
                        hint="remove it, or name another",
                        related=[Related("the first time", first.span)],
                        fixes=[Fix("remove the second", [Edit(comma, "")])],
                    )
                end = value.span.end


RULES: tuple[Rule, ...] = (
    TargetRetired(),
    TaskSuperseded(),
    FieldForNobody(),
    TargetWithoutBlocks(),
    SameTargetTwice(),
)
