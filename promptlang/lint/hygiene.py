"""A tidy script: nothing empty, nothing said twice, labels that count."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related
from promptlang.lint.passages import whole_line
from promptlang.lint.patterns import late
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.storyboard import Shot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film

_FIGURE = late(r"(\d+)[A-Za-z]?")


class EmptyScene(Rule):
    """A scene holds no shot.

    Its heading and its light reach nobody. Write its first shot, or take it out.

    Source: what moving shots from scene to scene leaves behind.

    **Example**

    ```shot
    INT. GARAGE - NIGHT

    EXT. PASS ROAD - DAWN

    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.
    ```

    **Use instead**

    ```shot
    EXT. PASS ROAD - DAWN

    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.
    ```
    """

    code = "PL920"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report a scene heading that the next one follows before any block."""
        if not film.whole:
            return
        used = {id(unit.scene) for unit in film.units}
        for scene in film.storyboard.scenes:
            if id(scene) not in used:
                yield self.at(
                    scene.span,
                    f"{shown(scene.span.text)} has no shot",
                    hint="write its first shot, or remove the heading",
                )


class LabelOutOfOrder(Rule):
    """Numbered shots do not count upwards.

    A crew reads the numbers as the order. A scene added later gets a letter: 2A stands between 2
    and 3.

    Source: how shot lists are numbered.

    **Example**

    ```shot
    SHOT 2 (4s): wide shot, static
      A lorry climbs towards the pass.

    SHOT 1 (4s): close-up, static
      Gravel sprays from a wheel.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.

    SHOT 2 (4s): close-up, static
      Gravel sprays from a wheel.
    ```
    """

    code = "PL921"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report a number below that of the shot before."""
        for first, second, _ in film.pairs:
            one, other = _figure(first.label), _figure(second.label)
            if one is not None and other is not None and other < one:
                yield self.at(
                    second.span,
                    f'shot "{second.label}" comes after shot "{first.label}"',
                    hint="number the shots in their order, or give the added one a letter",
                    related=[Related("the shot before", first.span)],
                )


@lru_cache(maxsize=1024)  # a label is asked for beside the shot before it and the one after
def _figure(label: str | None) -> int | None:
    match = _FIGURE.fullmatch(label or "")
    return None if match is None else int(match[1])


class UnlabelledShot(Rule):
    """One shot has no label and the others have.

    In results, messages and previews a shot is called by its label. One without is called by its
    place, which changes whenever a shot is added.

    Source: how shot lists are kept.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.

    SHOT (4s): close-up, static
      Gravel sprays from a wheel.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.

    SHOT 2 (4s): close-up, static
      Gravel sprays from a wheel.
    ```
    """

    code = "PL922"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the shots without a label among such as have one."""
        shots = [unit for unit in film.units if isinstance(unit, Shot)]
        if not any(shot.label is not None for shot in shots):
            return
        for shot in shots:
            if shot.label is None:
                yield self.at(
                    shot.span,
                    "this shot has no label, the others have one",
                    hint="give it a label, as in SHOT 2 or SHOT 1A",
                )


class InheritedAnyway(Rule):
    """A line repeats what holds anyway.

    A field reaches everything below it. Said again in a block it changes nothing, until the one
    above is changed and this one is forgotten.

    Fix: removes the line.

    Source: how fields cascade.

    **Example**

    ```shot
    style: 16mm

    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.
      style: 16mm
    ```

    **Use instead**

    ```shot
    style: 16mm

    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.
    ```
    """

    code = "PL923"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report fields of scenes and blocks that say what the header or the scene says."""
        # The lines of an EDIT of several sources are read for each of them.
        for value in {said.span.start: said for said in film.storyboard.restated}.values():
            line = whole_line(value.span)
            said = line.text
            indent = len(said) - len(said.lstrip())
            yield self.at(
                line.part(indent, len(said.rstrip())),
                f"{shown(said.strip())} already holds here",
                hint="remove the line",
                fixes=[Fix("remove the line", [Edit(line, "")])],
            )


class UnfinishedComment(Rule):
    """A comment says that something is missing.

    Source: what reviewers look for before a film is paid for; a matter of taste.

    **Example**

    ```shot
    # TODO: the logo at the end
    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.
    ```

    **Use instead**

    ```shot
    # the logo follows in the edit
    SHOT 1 (4s): wide shot, static
      A lorry climbs towards the pass.
    ```
    """

    code = "PL924"
    opinionated = True
    _MARK = late(r"\b(?:TODO|FIXME|TBD|XXX)\b")

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the marks people leave for themselves."""
        for place, block in enumerate(film.script.blocks):
            for line in block.lines:
                if line.comment is None:
                    continue
                mark = self._MARK.search(line.comment.text)
                if mark is not None:
                    comment = film.script.span(place, line, line.comment)
                    yield self.at(
                        comment.part(*mark.span()),
                        f'"{mark[0]}" is left in a comment',
                        hint="settle it, or write a note: for people",
                    )


RULES: tuple[Rule, ...] = (
    EmptyScene(),
    LabelOutOfOrder(),
    UnlabelledShot(),
    InheritedAnyway(),
    UnfinishedComment(),
)
