"""What connects one shot with the next: the size, the line, the direction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.diagnostics import Related, Severity
from promptlang.lint.craft import pattern
from promptlang.lint.film import same_scene, subjects
from promptlang.lint.patterns import late
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.storyboard import Shot
from promptlang.model.texts import Ruler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage
    from promptlang.model.entities import Entity
    from promptlang.model.storyboard import Text
    from promptlang.source import Span
    from promptlang.vocabulary.terms import Term

_JOINED = frozenset({"jump-cut", "match-cut", "match-on-action", "graphic-match", "morph"})
"""Transitions that join two pictures of one framing on purpose."""

_LADDER = (
    ("extreme-wide",),
    ("very-wide",),
    ("wide",),
    ("full",),
    ("medium-full", "cowboy"),
    ("medium",),
    ("medium-close-up",),
    ("close-up",),
    ("big-close-up",),
    ("extreme-close-up", "macro"),
)
"""The sizes from far to near, as the vocabulary's reference puts them."""

_RUNGS = {id: rung for rung, ids in enumerate(_LADDER) for id in ids}


def _joined(shot: Shot) -> bool:
    link = shot.transition
    return link is not None and link.term is not None and link.term.id in _JOINED


class SameFramingAgain(Rule):
    """Two neighbouring shots frame one subject alike.

    Cut together they look like a mistake: the picture jumps and nothing is new. Change the size
    or the angle, or say that the jump is meant with a jump cut.

    Source: the vocabulary's conflict 46; the rule of thirty degrees.

    **Example**

    ```shot
    @Mara = character: a fisherwoman in yellow oilskin

    SHOT 1 (4s): close-up, static
      @Mara coils a rope.

    SHOT 2 (4s): close-up, static
      @Mara ties a knot.
    ```

    **Use instead**

    ```shot
    @Mara = character: a fisherwoman in yellow oilskin

    SHOT 1 (4s): close-up, static
      @Mara coils a rope.

    SHOT 2 (4s): wide shot, static
      @Mara ties a knot.
    ```
    """

    code = "PL350"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the second of two shots with one subject, one size and one angle."""
        for first, second, _ in film.pairs:
            framing = film.heading(second).framing
            if not framing or film.heading(first).framing != framing:
                continue
            if not same_scene(first, second) or _joined(second):
                continue
            if subjects(first, film) == subjects(second, film) != set():
                yield self._again(first, second, framing[0][0])

    def _again(self, first: Shot, second: Shot, size: Term) -> Diagnostic:
        camera = next(c for c in second.camera if size in c.phrase.terms)
        before = next(c for c in first.camera if size in c.phrase.terms)
        return self.at(
            camera.span,
            f"{shown(camera.span.text)} frames the same subject in the same way as the shot before",
            hint="change the size or the angle, or write > jump cut if the jump is meant",
            related=[Related("the shot before", before.span)],
        )


class SizeRepeated(Rule):
    """Three shots in a row have one size.

    A sequence lives on the change of distance. Three medium shots in a row feel flat.

    Source: coverage rules of production agents; a matter of taste.

    **Example**

    ```shot
    SHOT 1 (4s): medium shot, static
      A baker kneads dough.

    SHOT 2 (4s): medium shot, static
      An oven glows.

    SHOT 3 (4s): medium shot, static
      Loaves cool on a rack.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A baker kneads dough.

    SHOT 2 (4s): medium shot, static
      An oven glows.

    SHOT 3 (4s): close-up, static
      Loaves cool on a rack.
    ```
    """

    code = "PL351"
    opinionated = True

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the third shot of one size in a row."""
        last, run = "", 0
        for unit in film.units:
            size = film.facts(unit).size if isinstance(unit, Shot) else None
            name = "" if size is None else size.id
            run = run + 1 if name == last else 1
            last = name
            if run == 3 and size is not None:
                camera = next(c for c in unit.camera if size in c.phrase.terms)
                yield self.at(
                    camera.span,
                    f"this is the third {size.phrase} in a row",
                    hint="move closer or farther away",
                )


class SizeJumped(Rule):
    """The size jumps from very far to very near.

    From the whole landscape to a pair of eyes the viewer loses where they are. A size between
    them leads there; a smash cut says that the jump is meant.

    Source: the ladder of sizes in the vocabulary's reference; a matter of taste.

    **Example**

    ```shot
    SHOT 1 (4s): extreme wide shot, static
      A rider crosses the plain.

    SHOT 2 (4s): extreme close-up, static
      Sweat runs over an eyebrow.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): extreme wide shot, static
      A rider crosses the plain.

    SHOT 2 (4s): medium shot, static
      The rider wipes sweat from an eyebrow.
    ```
    """

    code = "PL352"
    opinionated = True
    _MOST = 6

    def pair(self, first: Shot, second: Shot, film: Film) -> Iterator[Diagnostic]:
        """Report a change of more than six rungs without a transition that means it."""
        one, other = film.facts(first).size, film.facts(second).size
        if one is None or other is None or second.transition is not None:
            return
        if abs(_RUNGS[one.id] - _RUNGS[other.id]) > self._MOST:
            camera = next(c for c in second.camera if other in c.phrase.terms)
            yield self.at(
                camera.span,
                f"the size jumps from {one.phrase} to {other.phrase}",
                hint="put a shot of a size in between, or write > smash cut if the jump is meant",
            )


class LineCrossed(Rule):
    """The camera crosses the line between two people.

    In shot and reverse shot the camera stays on one side of the line between the two, so that one
    always looks left and the other right. Over his *left* shoulder, then over her *left* shoulder,
    puts the camera on the other side.

    Source: the 180-degree rule; the vocabulary's conflict 47.

    **Example**

    ```shot
    @Host  = character: a silver-haired presenter
    @Guest = character: a young physicist

    SHOT 1 (4s): over-the-shoulder shot over @Host's left shoulder
      @Guest explains an experiment to @Host.

    SHOT 2 (4s): over-the-shoulder shot over @Guest's left shoulder
      @Host nods at @Guest.
    ```

    **Use instead**

    ```shot
    @Host  = character: a silver-haired presenter
    @Guest = character: a young physicist

    SHOT 1 (4s): over-the-shoulder shot over @Host's left shoulder
      @Guest explains an experiment to @Host.

    SHOT 2 (4s): over-the-shoulder shot over @Guest's right shoulder
      @Host nods at @Guest.
    ```
    """

    code = "PL353"
    facts = frozenset({"has:ref"})
    severity = Severity.WARNING

    def pair(self, first: Shot, second: Shot, film: Film) -> Iterator[Diagnostic]:
        """Report two shots over the same shoulder of two people."""
        one, other = _shoulder(first), _shoulder(second)
        if one is None or other is None or not same_scene(first, second):
            return
        if one[0] != other[0] or one[1] is other[1]:
            return
        yield self.at(
            other[2],
            f"the camera crosses the line: this shot looks over the {other[0]} shoulder of "
            f'"@{other[1].name}", the one before over the {one[0]} shoulder of "@{one[1].name}"',
            hint=f"look over the {'right' if other[0] == 'left' else 'left'} shoulder",
            related=[Related("the shot before", one[2])],
        )


def _shoulder(shot: Shot) -> tuple[str, Entity, Span] | None:
    """Return over which shoulder of whom a shot looks, and where it says so."""
    for camera in shot.camera:
        told = _SHOULDER.search(camera.phrase.text)
        if told is not None:
            owner = next(m for m in camera.text.mentions() if m.written == told["who"])
            return told["side"].casefold(), owner.entity, camera.span
    return None


_SHOULDER = late(r"@(?P<who>\w+)['’]s\s+(?P<side>left|right)\s+shoulder", re.IGNORECASE)


class ScreenDirection(Rule):
    """Somebody crosses the picture one way, then the other.

    Whoever walks to the right in one shot and to the left in the next seems to have turned back.
    Keep the direction, or show the turn.

    Source: continuity editing; the 180-degree rule.

    **Example**

    ```shot
    @Rider = character: a courier on a red bicycle

    SHOT 1 (4s): wide shot, static
      @Rider races from left to right.

    SHOT 2 (4s): medium shot, static
      @Rider races from right to left.
    ```

    **Use instead**

    ```shot
    @Rider = character: a courier on a red bicycle

    SHOT 1 (4s): wide shot, static
      @Rider races from left to right.

    SHOT 2 (4s): medium shot, static
      @Rider races on from left to right.
    ```
    """

    code = "PL354"

    def words(self) -> Iterable[str]:
        """Wait for the two directions."""
        return ("left", "right")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report a subject whose direction is reversed without a turn."""
        second = passage.unit
        assert second is not None  # prose stands in a block
        first = film.before(second)
        if first is None:
            return
        assert isinstance(second, Shot)  # it follows another
        if not same_scene(first, second):
            return
        one, other = _direction(first), _direction(second)
        if one is None or other is None or other[0] is not passage.text or one[1] == other[1]:
            return
        if not subjects(second, film) or subjects(first, film) != subjects(second, film):
            return
        told = " ".join(line.plain for shot in (first, second) for line in shot.prose())
        if pattern("continuity", "direction", "turns").search(told):
            return
        yield self.at(
            other[2],
            f"{shown(other[2].text)} reverses the screen direction of the shot before, "
            f"{shown(one[2].text)}",
            hint="keep the direction, or show the turn",
            related=[Related("the shot before", one[2])],
        )


def _direction(shot: Shot) -> tuple[Text, str, Span] | None:
    """Return the first line of a shot that tells a direction, which, and where."""
    for line in shot.prose():
        for way in ("right", "left"):
            match = pattern("continuity", "direction", way).search(line.plain)
            if match is not None:
                return line, way, Ruler(line).place(*match.span())
    return None


RULES: tuple[Rule, ...] = (
    SameFramingAgain(),
    SizeRepeated(),
    SizeJumped(),
    LineCrossed(),
    ScreenDirection(),
)
