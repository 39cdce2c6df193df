"""Negative prompts that take out what the shot asks for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from promptlang.diagnostics import Edit, Fix, Related, Severity
from promptlang.lint.craft import craft, pattern, words
from promptlang.lint.passages import whole_line
from promptlang.lint.patterns import any_of
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.texts import Ruler

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.storyboard import Text, Unit
    from promptlang.source import Span


class Refused(Rule):
    """The negative prompt takes out what the shot asks for."""

    severity = Severity.WARNING
    facts = frozenset({"has:negative"})
    what: ClassVar[str]

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the members of `negative` that refuse what the block asks for."""
        refuses = words("light", "refused", self.what, "refuses")
        refusing = [
            part for line in unit.negative for said, part in film.members(line) if said in refuses
        ]
        if not refusing:
            return  # only to be quick: to see what is wanted, the block has to be read
        wanted = self._wanted(unit, film)
        if wanted is None:
            return
        for part in refusing:
            yield self.at(
                part.span,
                f'"{part.plain}" in the negative prompt takes out {shown(wanted.text)}',
                hint="drop one of the two",
                related=[Related("what is asked for", wanted)],
                fixes=_without(part),
            )

    def _wanted(self, unit: Unit, film: Film) -> Span | None:
        ids = frozenset(words("light", "refused", self.what, "terms"))
        for camera in unit.camera:
            if any(term.id in ids for term in camera.phrase.terms):
                return camera.span
        look = next((span for term, span in film.facts(unit).look if term.id in ids), None)
        if look is not None:
            return look
        lines = [*unit.prose(), *unit.texts["style"], *unit.texts["lighting"]]
        return _found(lines, pattern("light", "refused", self.what))


def _found(lines: list[Text], pattern: re.Pattern[str]) -> Span | None:
    for line in lines:
        match = pattern.search(line.plain)
        if match is not None:
            return Ruler(line).place(*match.span())
    return None


def _without(part: Text) -> list[Fix]:
    """Return the fix that takes one member out of a list, with the line where it is alone."""
    if part.span.text != part.plain:
        return []  # what a parameter or `standard` stands for is not written there
    text, start, end = part.span.source.text, part.span.start, part.span.end
    if text[end : end + 1] == ",":
        end += 1 + text.startswith(" ", end + 1)
    elif text[:start].rstrip(" ").endswith(","):
        start = text[:start].rstrip(" ").rindex(",")
    else:
        line = whole_line(part.span)
        start, end = line.start, line.end
    span = part.span.part(start - part.span.start, end - part.span.start)
    return [Fix(f'drop "{part.plain}" from the negative prompt', [Edit(span, "")], safe=False)]


class GrainRefused(Refused):
    """The negative prompt takes out the grain the film asks for.

    The standard list of negative words holds *grainy*. Where the look is film grain, write the
    words you need instead of `standard`.

    Source: the page of the directed multi-shot system, whose own example clashes; conflict 38.

    **Example**

    ```shot
    style: 35mm film grain
    negative: blur, grainy

    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.
    ```

    **Use instead**

    ```shot
    style: 35mm film grain
    negative: blur

    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.
    ```
    """

    code = "PL336"
    what = "grain"


class LogoRefused(Refused):
    """The negative prompt takes out the logo the shot shows.

    Source: the standard list of negative words holds *logo*, and products carry one.

    **Example**

    ```shot
    negative: watermark, logo

    SHOT 1 (5s): close-up, static
      The gold logo on the bottle catches the light.
    ```

    **Use instead**

    ```shot
    negative: watermark

    SHOT 1 (5s): close-up, static
      The gold logo on the bottle catches the light.
    ```
    """

    code = "PL337"
    what = "logo"


class CartoonRefused(Refused):
    """The negative prompt takes out the drawn look the film asks for.

    Source: the standard list of negative words holds *cartoon*.

    **Example**

    ```shot
    style: anime
    negative: cartoon, blur

    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.
    ```

    **Use instead**

    ```shot
    style: anime
    negative: blur

    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.
    ```
    """

    code = "PL338"
    what = "cartoon"


class ShakeRefused(Refused):
    """The negative prompt takes out the shake of a handheld camera.

    Source: the standard list of negative words holds *jitter*; the vocabulary's conflict 40.

    **Example**

    ```shot
    negative: jitter

    SHOT 1 (5s): medium shot, handheld
      A reporter hurries down a corridor.
    ```

    **Use instead**

    ```shot
    negative: blur

    SHOT 1 (5s): medium shot, handheld
      A reporter hurries down a corridor.
    ```
    """

    code = "PL339"
    what = "shake"


class FlickerRefused(Refused):
    """The negative prompt takes out the light that flickers.

    Source: the standard list of negative words holds *flickering*.

    **Example**

    ```shot
    negative: flickering

    SHOT 1 (5s): medium shot, static
      A neon sign flickers above the bar.
    ```

    **Use instead**

    ```shot
    negative: blur

    SHOT 1 (5s): medium shot, static
      A neon sign flickers above the bar.
    ```
    """

    code = "PL340"
    what = "flicker"


class SubjectRefused(Rule):
    """The negative prompt names something the shot shows.

    What is in both is half shown: a negative word weakens it wherever it stands.

    Source: the vocabulary's conflict 39.

    **Example**

    ```shot
    negative: umbrella

    SHOT 1 (5s): medium shot, static
      A woman opens a red umbrella.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): medium shot, static
      A woman opens a red umbrella.
    ```
    """

    code = "PL341"
    severity = Severity.WARNING
    facts = frozenset({"has:negative"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report single words of `negative` that stand in the prose of the block."""
        shows = film.facts(unit).words
        for line in unit.negative:
            for word, part in film.members(line):
                if word not in shows or word in _spoken():
                    continue
                place = _found(unit.prose(), any_of([word]))
                yield self.at(
                    part.span,
                    f'"{part.plain}" is refused by the negative prompt, and the shot shows it',
                    hint="drop it from the negative prompt",
                    related=[Related("where it is shown", place)] if place is not None else [],
                    fixes=_without(part),
                )


@cache
def _spoken() -> frozenset[str]:
    """Return the words other rules speak of, and those for faults."""
    refused = [word for list in craft("light", "refused").values() for word in list["refuses"]]
    return frozenset((*refused, *words("light", "faults")))


RULES: tuple[Rule, ...] = (
    GrainRefused(),
    LogoRefused(),
    CartoonRefused(),
    ShakeRefused(),
    FlickerRefused(),
    SubjectRefused(),
)
