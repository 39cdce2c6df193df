"""What the targets of a script cost, as far as anybody has looked it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.lint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.storyboard import Value
    from promptlang.providers.target import Target


class PriceUnknown(Rule):
    """Nobody knows what a target costs.

    Then no total can be told before the film is made. Whether that matters depends on who pays.

    Source: the prices in the target's data.

    **Example**

    ```shot
    target: pixio/kling-o3

    SHOT 1 (5s): wide shot, static
      Rain falls on a wooden pier.

    SHOT 2 (5s): close-up, static
      A drop runs along a rope.
    ```

    **Use instead**

    ```shot
    target: fal/kling-v3-pro

    SHOT 1 (5s): wide shot, static
      Rain falls on a wooden pier.

    SHOT 2 (5s): close-up, static
      A drop runs along a rope.
    ```
    """

    code = "PL542"
    opinionated = True

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the targets of the script whose data holds no price."""
        for value, target in _first(film):
            if not target.prices:
                yield self.at(
                    value.span,
                    f'the price of "{target.id}" is not known here',
                    hint="look it up on the page of the provider before you order",
                )


class PriceStale(Rule):
    """A price was looked up more than 90 days ago.

    Prices of video models change several times a year. What is said of a script would change with
    the calendar, so this rule waits to be selected.

    Source: the dates of the prices in the target's data.
    """

    code = "PL543"
    opinionated = True
    _DAYS = 90

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the targets of the script whose newest price is old."""
        for value, target in _first(film):
            dates = [price.evidence.date for price in target.prices]
            if not dates:
                continue
            age = film.days_since(max(dates))
            if age > self._DAYS:
                yield self.at(
                    value.span,
                    f'the price of "{target.id}" was looked up {age} days ago, on {max(dates)}',
                    hint="look it up again before you order",
                )


def _first(film: Film) -> Iterator[tuple[Value, Target]]:
    """Yield each target of the script once, where it is named first."""
    seen = set()
    for value, target in film.named_targets():
        if target.id not in seen:
            seen.add(target.id)
            yield value, target


RULES: tuple[Rule, ...] = (
    PriceUnknown(),
    PriceStale(),
)
