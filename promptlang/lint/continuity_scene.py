"""What stays the same within a scene: its style, its light, its hour, the clothes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Related, Severity
from promptlang.lint.craft import craft, words
from promptlang.lint.film import same_scene
from promptlang.lint.passages import is_meant
from promptlang.lint.rule import Rule
from promptlang.model.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.entities import Entity
    from promptlang.model.storyboard import Shot, Text, Unit

    Dressed = tuple[Entity, Entity]


class StyleChanged(Rule):
    """The look changes from one shot of a scene to the next.

    Shots of one scene are cut together. Where the style of one differs, it looks like another
    film. Set the style in the header or under the scene heading.

    Source: the five-shot pattern of the guide of Kling O1: the same style words throughout.

    **Example**

    ```shot
    INT. WORKSHOP - DAY

    SHOT 1 (4s): wide shot, static
      A luthier planes a board.
      style: 16mm, muted colours

    SHOT 2 (4s): close-up, static
      Shavings curl from the plane.
      style: crisp digital, saturated
    ```

    **Use instead**

    ```shot
    INT. WORKSHOP - DAY
    style: 16mm, muted colours

    SHOT 1 (4s): wide shot, static
      A luthier planes a board.

    SHOT 2 (4s): close-up, static
      Shavings curl from the plane.
    ```
    """

    code = "PL355"
    field = "style"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report a field that differs although neither shot only adds to it."""
        for first, second, _ in film.pairs:
            one, other = first.texts[self.field], second.texts[self.field]
            if one is other or not one or not other or not same_scene(first, second):
                continue
            if first.scene is None or _plain(one) & _plain(other):
                continue
            yield self.at(
                other[-1].span,
                f"{shown(other[-1].plain)} is not the {self.field} of the shot before, "
                f"{shown(one[-1].plain)}",
                hint=f"give the scene one {self.field}, and add to it with + {self.field}:",
                related=[Related("the shot before", one[-1].span)],
            )


def _plain(lines: list[Text]) -> set[str]:
    return {line.plain.casefold() for line in lines}


class LightChanged(StyleChanged):
    """The light changes from one shot of a scene to the next.

    Light that differs between neighbouring shots does not cut together, unless the change is the
    point.

    Source: the five-shot pattern of the guide of Kling O1: the same light throughout.

    **Example**

    ```shot
    INT. WORKSHOP - DAY

    SHOT 1 (4s): wide shot, static
      A luthier planes a board.
      lighting: warm window light

    SHOT 2 (4s): close-up, static
      Shavings curl from the plane.
      lighting: cold neon tubes
    ```

    **Use instead**

    ```shot
    INT. WORKSHOP - DAY
    lighting: warm window light

    SHOT 1 (4s): wide shot, static
      A luthier planes a board.

    SHOT 2 (4s): close-up, static
      Shavings curl from the plane.
    ```
    """

    code = "PL356"
    opinionated = True
    field = "lighting"


class HourAgainstHeading(Rule):
    """The light does not belong to the time of the scene heading.

    The heading says when a scene plays and joins the prompt of every shot. Light of another hour
    leaves the model to choose.

    Source: the vocabulary's conflict 30.

    **Example**

    ```shot
    EXT. HARBOUR - NIGHT

    SHOT 1 (4s): wide shot, static
      Boats rock at the quay.
      lighting: harsh midday sun
    ```

    **Use instead**

    ```shot
    EXT. HARBOUR - NIGHT

    SHOT 1 (4s): wide shot, static
      Boats rock at the quay.
      lighting: moonlight
    ```
    """

    code = "PL357"
    severity = Severity.WARNING
    kinds = frozenset({"shot", "coverage"})
    facts = frozenset({"axis:hour"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report light that the time of the scene excludes."""
        scene = unit.setting
        if scene is None or scene.time is None:
            return
        excluded = craft("continuity", "hours").get(scene.time.plain.casefold(), ())
        # What stands in `environment` is seen there: a poster of a sunset is none.
        elsewhere = [text.span for text in unit.texts["environment"]]
        for term, span in film.facts(unit).look:
            if term.id not in excluded or any(e.start <= span.start < e.end for e in elsewhere):
                continue
            if not is_meant(span, **craft("continuity", "unlit")):
                continue
            yield self.at(
                span,
                f"{shown(span.text)} does not belong to {shown(scene.time.plain)}",
                hint="change the light, or the time in the scene heading",
                related=[Related("the time", scene.time.span)],
            )


class WardrobeChanged(Rule):
    """Somebody wears something else in the next shot of a scene.

    Within a scene nobody changes clothes between two cuts, unless the change is shown.

    Source: continuity checks of production agents.

    **Example**

    ```shot
    @Mara   = character: a fisherwoman
    @Oil    = wardrobe: a yellow oilskin
    @Jumper = wardrobe: a blue jumper

    INT. CABIN - DAY

    SHOT 1 (4s): medium shot, static
      @Mara in @Oil fills a kettle.

    SHOT 2 (4s): close-up, static
      @Mara in @Jumper pours tea.
    ```

    **Use instead**

    ```shot
    @Mara   = character: a fisherwoman
    @Oil    = wardrobe: a yellow oilskin

    INT. CABIN - DAY

    SHOT 1 (4s): medium shot, static
      @Mara in @Oil fills a kettle.

    SHOT 2 (4s): close-up, static
      @Mara in @Oil pours tea.
    ```
    """

    code = "PL358"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report one person in one piece of clothing, then in another."""
        for first, second, _ in film.pairs if film.count("wardrobe") > 1 else ():
            if first.scene is not None and same_scene(first, second):
                other = _dressed(second, film)
                if other is not None:
                    yield from self._changed(_dressed(first, film), other, second, film)

    def _changed(
        self, one: Dressed | None, other: Dressed, second: Shot, film: Film
    ) -> Iterator[Diagnostic]:
        if one is None or one[0] is not other[0] or one[1] is other[1]:
            return
        if not film.facts(second).words.isdisjoint(words("continuity", "dressing")):
            return
        found = [m for line in second.prose() for m in line.mentions() if m.entity is other[1]]
        yield self.at(
            found[0].span,
            f'"@{other[0].name}" wears "@{other[1].name}", and wore "@{one[1].name}" in the shot '
            "before",
            hint="keep the clothes, or show the change",
        )


def _dressed(shot: Shot, film: Film) -> Dressed | None:
    """Return the only person of a shot and the only clothing its prose gives them."""
    told = [entity for line in shot.prose() for entity in line.entities]
    clothes = [entity for entity in dict.fromkeys(told) if entity.kind == "wardrobe"]
    if len(clothes) != 1:
        return None
    people = film.facts(shot).people
    return (people[0], clothes[0]) if len(people) == 1 else None


RULES: tuple[Rule, ...] = (
    StyleChanged(),
    LightChanged(),
    HourAgainstHeading(),
    WardrobeChanged(),
)
