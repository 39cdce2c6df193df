"""Light and look: words that pull apart, and light that has nothing to shine on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from promptlang.diagnostics import Related, Severity
from promptlang.lint.craft import pattern, words
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.vocabulary.conflicts import facts as term_facts
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.storyboard import Unit
    from promptlang.source import Span
    from promptlang.vocabulary.conflicts import Conflict
    from promptlang.vocabulary.terms import Term

_LIT = frozenset({"shot", "coverage"})
_FAR = 60
"""How far behind a temperature the lamp stands that has it."""


def _told(unit: Unit) -> str:
    """Return everything a block says of what is seen, light included, as one text."""
    lines = [*unit.prose(), *(text for field in unit.texts.values() for text in field)]
    return " \n".join(line.plain for line in lines)


@cache
def conflict(name: str) -> Conflict:
    """Return a rule of the vocabulary about what excludes what."""
    return next(rule for rule in vocabulary().conflicts if rule.name == name)


class LightAtOdds(Rule):
    """Two words about light in the fields of a block pull apart."""

    kinds = _LIT
    severity = Severity.WARNING
    conflict: ClassVar[str]

    def waits(self) -> Iterable[str]:
        """Wait for the first side of the conflict."""
        return {fact for first, _ in conflict(self.conflict).pairs for fact in first}

    def counts(self, term: Term, span: Span) -> bool:
        """Whether a term says of the picture what the conflict is about."""
        return True

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the first pair of the conflict that no word puts in order or apart."""
        look = [found for found in film.facts(unit).look if self.counts(*found)]
        rule = conflict(self.conflict)
        for first, second in rule.pairs:
            one = _first(look, first)
            other = _first(look, second)
            if one is None or other is None:
                continue
            headed = {camera.span for camera in unit.camera}
            if one[1] in headed and other[1] in headed:
                return  # said of the heading by the compiler, or in order there
            if pattern("light", "parted").search(_between(unit, one[1], other[1])):
                return
            here, there = sorted((one, other), key=lambda found: found[1].start, reverse=True)
            yield self.at(
                here[1],
                f"{shown(there[1].text)} and {shown(here[1].text)} do not go together: {rule.says}",
                hint=rule.fix,
                related=[Related("the other light", there[1])],
            )
            return


def _first(look: list[tuple[Term, Span]], side: frozenset[str]) -> tuple[Term, Span] | None:
    return next((found for found in look if not side.isdisjoint(term_facts(found[0]))), None)


def _between(unit: Unit, one: Span, other: Span) -> str:
    """Return the texts two places stand in, where both stand in one field."""
    for field in unit.texts.values():
        for text in field:
            inside = [s for s in (one, other) if text.span.start <= s.start <= text.span.end]
            if len(inside) == 2:
                return text.plain
    return ""


class LowWithHighKey(LightAtOdds):
    """Low-key and high-key light are asked for together.

    Low key leaves most of the picture dark, high key leaves nothing dark.

    Source: the vocabulary's conflict 28.

    **Example**

    ```shot
    SHOT 1 (5s): medium shot, static
      A cellist plays alone.
      lighting: low-key lighting
      style: high-key lighting
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): medium shot, static
      A cellist plays alone.
      lighting: low-key lighting
    ```
    """

    code = "PL329"
    conflict = "low-with-high-key"


class SoftWithHard(LightAtOdds):
    """One light is to be soft and hard.

    Two lights may differ; then say which is which: *soft light from the window, hard light on the
    wall*.

    Source: the vocabulary's conflict 29.

    **Example**

    ```shot
    SHOT 1 (5s): medium shot, static
      A cellist plays alone.
      lighting: soft light, hard light
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): medium shot, static
      A cellist plays alone.
      lighting: soft light from the window, hard light on the wall
    ```
    """

    code = "PL330"
    conflict = "soft-with-hard"


class TwoHours(LightAtOdds):
    """One shot has the light of two different hours.

    The sun stands in one place at a time. A shot in which time passes says so: *golden hour
    turning into blue hour*.

    Source: the vocabulary's conflict 30.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.
      lighting: golden hour
      style: harsh midday sun
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.
      lighting: golden hour
    ```
    """

    code = "PL331"
    conflict = "two-hours"


class GreyWithColour(LightAtOdds):
    """A picture without colour is to have one.

    In black and white, warm and cool light look alike. Ask for bright and dark instead.

    Source: the vocabulary's conflict 34.

    **Example**

    ```shot
    style: black and white

    SHOT 1 (5s): medium shot, static
      A cellist plays alone.
      lighting: warm
    ```

    **Use instead**

    ```shot
    style: black and white

    SHOT 1 (5s): medium shot, static
      A cellist plays alone.
      lighting: one bright lamp, deep shadows
    ```
    """

    code = "PL332"
    conflict = "grey-with-colour"

    def counts(self, term: Term, span: Span) -> bool:
        """Leave out what a lamp is called: warm tungsten lights a black and white film too."""
        if term.axis != "temperature":
            return True
        rest = span.source.text[span.start : span.end + _FAR].splitlines()[0]
        return pattern("light", "lamps").search(rest.split(",")[0]) is None


class SilhouetteUnlit(Rule):
    """A silhouette has no light behind it.

    Somebody is dark because what is behind them is bright. Light from the front shows the face.

    Source: the vocabulary's conflict 31.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static, silhouetted subject
      A rider waits on the ridge.
      lighting: front light
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static, silhouetted subject
      A rider waits on the ridge.
      lighting: back light from the setting sun
    ```
    """

    code = "PL333"
    severity = Severity.WARNING
    facts = frozenset({"silhouette-frame"})
    kinds = _LIT

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a silhouette where light is told of and none of it comes from behind."""
        if not unit.texts["lighting"]:
            return
        behind = set(words("light", "behind", "terms"))
        if any(term.id in behind for term, _ in film.facts(unit).look):
            return
        if pattern("light", "behind").search(_told(unit)):
            return
        camera = next(c for c in unit.camera if any(t.id in self.facts for t in c.phrase.terms))
        light = unit.texts["lighting"][0]
        yield self.at(
            camera.span,
            f"{shown(camera.span.text)} needs light behind it, the light is {shown(light.plain)}",
            hint="add a back light, a window or a low sun",
            related=[Related("the light", light.span)],
        )


class BeamsWithoutHaze(Rule):
    """Beams of light have nothing to be seen in.

    Light is invisible from the side until dust, smoke or mist catches it.

    Source: the vocabulary's conflict 32.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static
      A cellist plays in an empty hall.
      lighting: volumetric light
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static
      A cellist plays in an empty hall.
      lighting: volumetric light through drifting dust
    ```
    """

    code = "PL334"
    facts = frozenset({"volumetric"})
    kinds = _LIT

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the term where nothing in the block is in the air."""
        look = film.facts(unit).look
        beams = next(span for term, span in look if term.id in self.facts)
        if "haze" in film.facts(unit).known:
            return
        if pattern("light", "haze").search(_told(unit)) is None:
            yield self.at(
                beams,
                f"{shown(beams.text)} shows only where something is in the air to catch it",
                hint="add haze, dust, smoke or mist",
            )


class FlareWithoutLight(Rule):
    """A lens flare has no light that shines at the camera.

    A flare is a bright source in, or just beside, the frame. An overcast sky has none.

    Source: the vocabulary's conflict 33.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static
      A cyclist crosses a bridge.
      lighting: overcast
      style: lens flare
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static
      A cyclist crosses a bridge.
      lighting: low sun behind the bridge
      style: lens flare
    ```
    """

    code = "PL335"
    facts = frozenset({"lens-flare", "anamorphic-flare"})
    kinds = _LIT

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a flare beside light that comes from nowhere."""
        look = film.facts(unit).look
        flare = next(span for term, span in look if term.id in self.facts)
        flat = set(words("light", "sourceless", "terms"))
        light = next((span for term, span in look if term.id in flat), None)
        if light is None or "is:light-to-camera" in film.facts(unit).known:
            return
        if pattern("light", "sourceless").search(_told(unit)) is None:
            yield self.at(
                flare,
                f"{shown(flare.text)} needs a light that shines at the camera, "
                f"{shown(light.text)} has none",
                hint="add one: a low sun, headlights, a lamp in the frame",
                related=[Related("the light", light)],
            )


RULES: tuple[Rule, ...] = (
    LowWithHighKey(),
    SoftWithHard(),
    TwoHours(),
    GreyWithColour(),
    SilhouetteUnlit(),
    BeamsWithoutHaze(),
    FlareWithoutLight(),
)
