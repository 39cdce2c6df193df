"""Camera terms of one block that pull apart, as the vocabulary's conflicts say."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from promptlang.diagnostics import Related, Severity
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.vocabulary.conflicts import conflicts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.storyboard import Unit


class TermsAtOdds(Rule):
    """Two camera terms of a block pull apart, as a rule of the vocabulary says."""

    conflict: ClassVar[str]

    def waits(self) -> Iterable[str]:
        """Wait for the conflict."""
        return (f"conflict:{self.conflict}",)

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the first two phrases that break the rule."""
        phrases = tuple([camera.phrase for camera in unit.camera])
        for rule, one, other in conflicts_of(phrases):
            if rule.name != self.conflict:
                continue
            by_phrase = {id(camera.phrase): camera for camera in unit.camera}
            here, there = by_phrase[id(other)], by_phrase[id(one)]
            told, related = f"{shown(here.span.text)} contradicts itself", []
            if here is not there:
                told = f"{shown(there.span.text)} and {shown(here.span.text)} do not go together"
                related = [Related("the other term", there.span)]
            yield self.at(here.span, f"{told}: {rule.says}", hint=rule.fix, related=related)


class TwoMoves(TermsAtOdds):
    """A shot asks for two camera moves and does not say which comes first.

    Models follow one move a shot best. Two at once come out as one of them, or as a drift that is
    neither. Put them in order with *then*, or give each a shot.

    Source: the vocabulary's conflict 3; builders of storyboards cut every shot to one move.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, push in, orbit left
      A lighthouse stands above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, push in then orbit left
      A lighthouse stands above breaking waves.
    ```
    """

    code = "PL310"
    severity = Severity.WARNING
    conflict = "two-moves"


class SlowWithRamp(TermsAtOdds):
    """Slow motion and a speed ramp are asked for together.

    A ramp changes the speed within the shot; slow motion by itself says it is slow throughout.
    The model has to guess where the slow part lies.

    Source: the vocabulary's conflict 9.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static, slow motion, speed ramp
      A skater lands a jump.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static, speed ramp
      A skater takes off at full speed and hangs in the air in slow motion.
    ```
    """

    code = "PL311"
    severity = Severity.WARNING
    conflict = "slow-with-ramp"


class HandheldSmooth(TermsAtOdds):
    """A handheld camera is to be perfectly smooth.

    Handheld asks for the small shakes of a carried camera; smooth, gimbal and Steadicam ask for
    none. Steadicam is the word for a carried camera that floats.

    Source: the vocabulary's conflict 10.

    **Example**

    ```shot
    SHOT 1 (5s): medium shot, handheld, smooth movement
      A reporter hurries down a corridor.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): medium shot, Steadicam
      A reporter hurries down a corridor.
    ```
    """

    code = "PL312"
    severity = Severity.WARNING
    conflict = "handheld-smooth"


class RackDeep(TermsAtOdds):
    """Focus is to be pulled where everything is sharp.

    With deep focus there is no blurred plane to pull to, so one of the two is lost.

    Source: the vocabulary's conflict 14.

    **Example**

    ```shot
    SHOT 1 (5s): close-up, static, rack focus from the key to the door, deep focus
      A key lies on a table, a door stands ajar behind it.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): close-up, static, rack focus from the key to the door
      A key lies on a table, a door stands ajar behind it.
    ```
    """

    code = "PL313"
    severity = Severity.WARNING
    conflict = "rack-deep"


class CloseWithWidePurpose(TermsAtOdds):
    """An extreme close-up is to establish a place.

    A shot this close shows no place. An establishing shot is wide; what opens on a detail is a
    detail that widens.

    Source: the vocabulary's conflict 21.

    **Example**

    ```shot
    SHOT 1 (5s): establishing shot, extreme close-up, static
      A brass bell hangs in the fog.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): establishing shot, wide shot, static
      A brass bell hangs in the fog.
    ```
    """

    code = "PL314"
    severity = Severity.WARNING
    conflict = "close-with-wide-purpose"


class SnorricamMoves(TermsAtOdds):
    """A camera fixed to the actor is to move by itself.

    On a snorricam the actor carries the camera: the world moves around a face that stays put.

    Source: the vocabulary's conflict 26.

    **Example**

    ```shot
    SHOT 1 (5s): snorricam, push in
      A runner staggers through a market.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): snorricam
      A runner staggers through a market.
    ```
    """

    code = "PL315"
    severity = Severity.WARNING
    conflict = "snorricam-moves"


class CinemagraphMoves(TermsAtOdds):
    """The camera moves in a picture of which only one part may move.

    A cinemagraph is a still with one moving part, a time-lapse is shot from one spot. With a
    moving camera the first is a plain shot and the second a hyperlapse.

    Source: the vocabulary's conflict 27.

    **Example**

    ```shot
    SHOT 1 (5s): cinemagraph, pan left
      Steam curls from a cup.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): cinemagraph
      Steam curls from a cup.
    ```
    """

    code = "PL316"
    severity = Severity.WARNING
    conflict = "cinemagraph-moves"


class BlurWithFastShutter(TermsAtOdds):
    """A fast shutter and motion blur are asked for together.

    A short exposure freezes movement; blur is what a long one leaves.

    Source: the vocabulary's conflict 37.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static, motion blur, high shutter speed
      A train rushes through a station.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static, motion blur
      A train rushes through a station.
    ```
    """

    code = "PL317"
    severity = Severity.WARNING
    conflict = "blur-with-fast-shutter"


class MoveWithoutRoom(TermsAtOdds):
    """The frame is too close to show the move.

    A crane or a full circle is read from what passes in the background. In an extreme close-up
    there is none, so the move looks like a wobble.

    Source: the vocabulary's conflict 48.

    **Example**

    ```shot
    SHOT 1 (5s): extreme close-up, crane up
      A drop runs down a cold glass.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): medium shot, crane up
      A drop runs down a cold glass.
    ```
    """

    code = "PL318"
    conflict = "move-without-room"


RULES: tuple[Rule, ...] = (
    TwoMoves(),
    SlowWithRamp(),
    HandheldSmooth(),
    RackDeep(),
    CloseWithWidePurpose(),
    SnorricamMoves(),
    CinemagraphMoves(),
    BlurWithFastShutter(),
    MoveWithoutRoom(),
)
