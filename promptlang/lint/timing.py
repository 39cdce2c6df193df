"""How long things last: shots too short for what is in them, seconds that cost a generation."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from promptlang.diagnostics import Related, Severity
from promptlang.lint.camera import phrase_with
from promptlang.lint.patterns import late
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.storyboard import Shot
from promptlang.plan.generation import seconds_text, sum_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.storyboard import Unit
    from promptlang.plan.generation import Generation, Plan

_SECONDS = late(r"(\d+(?:\.\d+)?)-second")


class TransitionTooLong(Rule):
    """A transition lasts longer than the shot it leads into.

    While a dissolve runs, both shots are seen. One that is longer than the shot never ends.

    Source: editing practice.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static
      A lighthouse above breaking waves.

    > dissolve (3s)

    SHOT 2 (2s): close-up, static
      The lamp turns slowly.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static
      A lighthouse above breaking waves.

    > dissolve (1s)

    SHOT 2 (2s): close-up, static
      The lamp turns slowly.
    ```
    """

    code = "PL230"
    severity = Severity.WARNING
    kinds = frozenset({"shot"})
    facts = frozenset({"has:transition"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a transition into a shot that it outlasts."""
        assert isinstance(unit, Shot)
        link, lasts = unit.transition, unit.length
        assert link is not None  # the fact is of it
        if lasts is None:
            return
        said = _SECONDS.search(link.text.plain)
        if said is not None and float(said[1]) >= lasts:
            yield self.at(
                link.span,
                f"{shown(link.span.text)} leaves nothing of the shot it leads into, which lasts "
                f"{seconds_text(lasts)}",
                hint="make the transition shorter, or the shot longer",
            )


class ShotUnderASecond(Rule):
    """A shot is shorter than a second.

    In less than a second a model shows a beginning of a movement, and a viewer sees a flash. Cut it
    shorter in the edit instead.

    Source: every interface counts shots in seconds from one.

    **Example**

    ```shot
    SHOT 1 (0.5s): close-up, static
      An eye opens.
    ```

    **Use instead**

    ```shot
    SHOT 1 (2s): close-up, static
      An eye opens.
    ```
    """

    code = "PL231"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report a stated length below one second."""
        for unit in film.units:
            lasts = unit.length if isinstance(unit, Shot) else None
            if lasts is not None and lasts < 1:
                assert unit.seconds is not None
                yield self.at(
                    unit.seconds.span,
                    f"{seconds_text(lasts)} shows the beginning of a movement at most",
                    hint="make it a second or longer, and trim it in the edit",
                )


class SlowMotionTooShort(Rule):
    """Slow motion has no time to be slow.

    Slowed down, a second of film shows a fraction of a second of action.

    Source: the page of the directed multi-shot system keeps slow motion for details that are held.

    **Example**

    ```shot
    SHOT 1 (1s): close-up, static, slow motion
      A drop falls into a glass.
    ```

    **Use instead**

    ```shot
    SHOT 1 (3s): close-up, static, slow motion
      A drop falls into a glass.
    ```
    """

    code = "PL232"
    kinds = frozenset({"shot"})
    facts = frozenset({"slow-motion", "extreme-slow-motion"})
    _LEAST = 2

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report slow motion in a shot of less than two seconds."""
        lasts, camera = unit.length, phrase_with(unit, self.facts)
        if lasts is not None and lasts < self._LEAST:
            assert unit.seconds is not None
            yield self.at(
                camera.span,
                f"{seconds_text(lasts)} is too short for {shown(camera.span.text)}",
                hint=f"give it {self._LEAST} s or more",
                related=[Related("the length", unit.seconds.span)],
            )


class OneRhythm(Rule):
    """Five shots in a row last equally long.

    A film breathes by the change of lengths.

    Source: editing practice; a matter of taste.

    **Example**

    ```shot
    SHOT 1 (3s): wide shot
      A baker kneads dough.

    SHOT 2 (3s): close-up
      An oven glows.

    SHOT 3 (3s): wide shot
      Loaves cool on a rack.

    SHOT 4 (3s): close-up
      A cat sleeps on a sack of flour.

    SHOT 5 (3s): wide shot
      The street wakes up.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot
      A baker kneads dough.

    SHOT 2 (2s): close-up
      An oven glows.

    SHOT 3 (3s): wide shot
      Loaves cool on a rack.
    ```
    """

    code = "PL233"
    opinionated = True
    _MOST = 4

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the fifth shot of one length in a row."""
        run, last = 0, None
        for unit in film.units:
            lasts = unit.length if isinstance(unit, Shot) else None
            run = run + 1 if lasts == last else 1
            last = lasts
            if run == self._MOST + 1 and lasts is not None:
                assert unit.seconds is not None
                yield self.at(
                    unit.seconds.span,
                    f"this is the fifth shot of {seconds_text(lasts)} in a row",
                    hint="make one longer or shorter",
                )


class SecondTooMuch(Rule):
    """A second less would save a generation.

    Shots are packed into as few generations as the target allows. Where two only just do not fit
    into one, a shorter shot makes the film cheaper, and the join disappears.

    Source: the target's own limit; the arithmetic is in the message.

    **Example**

    ```shot
    target: fal/kling-o3-pro

    SHOT 1 (8s): wide shot, static
      A lighthouse above breaking waves.

    SHOT 2 (8s): close-up, static
      The lamp turns slowly behind wet glass.
    ```

    **Use instead**

    ```shot
    target: fal/kling-o3-pro

    SHOT 1 (8s): wide shot, static
      A lighthouse above breaking waves.

    SHOT 2 (7s): close-up, static
      The lamp turns slowly behind wet glass.
    ```
    """

    code = "PL234"

    def plan(self, plan: Plan, film: Film) -> Iterator[Diagnostic]:
        """Report two neighbouring generations that a second keeps apart."""
        for first, second in pairwise(plan.generations):
            limit = first.task.limit("total")
            most = None if limit is None else max(limit.choices, default=limit.max)
            if most is None or first.total is None or second.total is None:
                continue
            over = first.total + second.total - most
            if not 0 < over <= 1 or not _could_join(first, second):
                continue
            parts = [s for g in (first, second) for s in g.seconds if s is not None]
            span = (second.units[0].seconds or second.units[0]).span
            yield self.at(
                span,
                f"{sum_text(parts, first.total + second.total, limit)}: {seconds_text(over)} less "
                "and one generation is enough for both",
                hint="make one of these shots shorter",
            )


def _could_join(first: Generation, second: Generation) -> bool:
    """Whether nothing but the length keeps two generations apart."""
    units = [*first.units, *second.units]
    most = first.task.limit("shots")
    if first.take > 1 or first.task is not second.task:
        return False
    if most is None or not most.allows(Decimal(len(units))):
        return False
    shots = [unit for unit in units if isinstance(unit, Shot) and unit.output is None]
    if len(shots) < len(units):
        return False
    if any(shot.start is not None or shot.end is not None for shot in shots):
        return False
    if shots[len(first.units)].number != shots[len(first.units) - 1].number + 1:
        return False
    settings = [shot.settings for shot in shots]
    # Blocks without settings of their own share those of the header.
    return all(one is other or _alike(one, other) for one, other in pairwise(settings))


_SHARED = ("aspect", "resolution", "cfg", "seed", "audio", "takes")


def _alike(one: object, other: object) -> bool:
    values = [[getattr(getattr(s, n), "value", None) for n in _SHARED] for s in (one, other)]
    return values[0] == values[1]


RULES: tuple[Rule, ...] = (
    TransitionTooLong(),
    ShotUnderASecond(),
    SlowMotionTooShort(),
    OneRhythm(),
    SecondTooMuch(),
)
