"""Requests that another system serves, and which one that is.

What to use instead is said in one place, the `[elsewhere]` tables of the targets: a script's own
targets are asked first.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from promptlang.lint.craft import craft, words
from promptlang.lint.film import PEOPLE
from promptlang.lint.patterns import any_of, either
from promptlang.lint.rule import Rule
from promptlang.model.storyboard import Angle, Edit, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage
    from promptlang.source import Span

_THE = r"(?:(?:the|this|that|my|our|whole|entire|original)\s+){0,3}"


@cache
def _asking(request: str) -> re.Pattern[str]:
    words = craft("elsewhere", request)
    found = [any_of(words["phrases"]).pattern]
    if words["verbs"]:
        found.append(
            rf"(?<![\w@])(?:{either(words['verbs'])})\s+{_THE}(?:{either(words['things'])})"
            r"(?=\s*(?:[.,;:!]|$)|\s+(?:and|by|for|from|until|to|with|so|behind|completely)\s)"
        )
    return re.compile("|".join(found), re.IGNORECASE)


class _Elsewhere(Rule):
    """A request that other systems serve.

    Attributes:
        request: Its name in the tables.
        why: What stands behind the quoted words in the message.
        blocks: The kinds of block in which nothing else can be meant.
    """

    roles = frozenset({"prose", "change", "request"})
    request: ClassVar[str]
    why: ClassVar[str]
    blocks: ClassVar[tuple[type[Unit], ...]]

    def words(self) -> Iterable[str]:
        """Wait for the words of the request."""
        return words("elsewhere", self.request)

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report the request where no target of the block is known to serve it."""
        unit = passage.unit
        assert unit is not None
        if not isinstance(unit, self.blocks):
            return
        from promptlang.plan.offers import alternative

        targets = film.targets_of(unit)
        if targets and not any(self.request in target.elsewhere for target in targets):
            return
        for span in self.asked(passage):
            yield self.at(
                span, f'"{span.text}" {self.why}', hint=alternative(self.request, targets)
            )

    def asked(self, passage: Passage) -> Iterator[Span]:
        """Yield where a passage makes the request."""
        for _, span in passage.find(_asking(self.request)):
            yield span


class ExtendElsewhere(_Elsewhere):
    """A clip is to become longer.

    An edit is as long as its source, and a new angle shows the same moment. Other systems carry a
    clip on from its last frame.

    Source: the page of Kling multi-cam, *not for*: Veo Extend adds seven seconds.

    **Example**

    ```shot
    @Clip = video "street.mov"
    EDIT @Clip
      make the video longer
    ```

    **Use instead**

    ```shot
    @Clip = video "street.mov"
    SHOT 1 (5s): wide shot, static camera
      The street empties and the lamps come on.
      start: end of @Clip
    ```
    """

    code = "PL430"
    request = "extend"
    why = "asks for a longer clip, and what is made of footage is no longer than it"
    blocks = (Edit, Angle)


class EffectsElsewhere(_Elsewhere):
    """A new angle is asked for visual effects.

    A new angle shows what was in front of the camera. Effects are made by systems for effects, or
    by an EDIT, before or after it.

    Source: the page of Kling multi-cam, *not for*: Kling VFX.

    **Example**

    ```shot
    @Clip = video "street.mov"
    ANGLE ON @Clip (5s): wide shot
      with lightning effects above the roofs
      keep: lighting
    ```

    **Use instead**

    ```shot
    @Clip = video "street.mov"
    ANGLE ON @Clip (5s): wide shot, from the left side
      keep: lighting
    ```
    """

    code = "PL431"
    request = "vfx"
    why = "asks for effects, and a new angle shows what its source shows"
    blocks = (Angle,)


class CutoutElsewhere(_Elsewhere):
    """A new angle is asked to take the background away.

    A new angle keeps the place of its source. Cutting somebody out of it is the work of systems
    that find the outline of things.

    Source: the page of Kling multi-cam, *not for*: SAM 3.

    **Example**

    ```shot
    @Clip = video "street.mov"
    ANGLE ON @Clip (5s): close-up
      Remove the background.
      keep: lighting
    ```

    **Use instead**

    ```shot
    @Clip = video "street.mov"
    ANGLE ON @Clip (5s): close-up, shallow depth of field
      keep: lighting
    ```
    """

    code = "PL432"
    request = "background-removal"
    why = "asks for a cut-out, and a new angle keeps the place of its source"
    blocks = (Angle,)


class RemovalElsewhere(_Elsewhere):
    """A new angle is asked to remove something.

    A new angle shows what its source shows. Removing something is an edit: write an EDIT for a
    target that edits, or use a system that erases objects.

    Source: the page of Kling multi-cam, *not for*: Bria Object Eraser.

    **Example**

    ```shot
    @Clip = video "street.mov"
    ANGLE ON @Clip (5s): wide shot
      Remove the parked van.
      keep: lighting
    ```

    **Use instead**

    ```shot
    @Clip = video "street.mov"
    EDIT @Clip
      remove the parked van
    ```
    """

    code = "PL433"
    request = "object-removal"
    why = "asks to take something away, and a new angle shows what its source shows"
    blocks = (Angle,)

    def asked(self, passage: Passage) -> Iterator[Span]:
        """Yield each sentence that begins with the request."""
        for match in _removing().finditer(passage.plain):
            if not _asking("background-removal").match(passage.plain, match.start("what")):
                yield passage.span(*match.span("what"))


@cache
def _removing() -> re.Pattern[str]:
    verbs = either(words("elsewhere", "object-removal", "verbs"))
    return re.compile(
        rf"(?:^|[.;,])\s*(?:and\s+|please\s+)?(?P<what>(?:{verbs})"
        r"\s+(?:the|all|any|every|this|that)\s+[^.;,\s][^.;,\n]*)",
        re.IGNORECASE,
    )


class CharacterMotionElsewhere(_Elsewhere):
    """The motion of somebody on film is to be put onto a picture of somebody else.

    A motion reference moves the camera. What a body does is carried onto the picture of a
    character by systems made for that.

    Source: the page of Kling multi-cam, *not for*: Kling Motion Control.

    **Example**

    ```shot
    @Dance = video "dance.mov"
    @Aya = character "aya-front.png": a girl with a copper crop
    EDIT @Dance
      transfer the dance onto @Aya
    ```

    **Use instead**

    ```shot
    @Dance = video "dance.mov"
    @Aya = character "aya-front.png": a girl with a copper crop
    EDIT @Dance
      keep: everything else, the camera movement, the pacing
      replace the dancer with @Aya, maintain all gestures
    ```
    """

    code = "PL434"
    request = "character-motion"
    why = "puts a motion onto a picture, and a motion reference moves the camera only"
    blocks = (Unit,)

    def asked(self, passage: Passage) -> Iterator[Span]:
        """Yield each motion that is carried onto a character or a picture."""
        kinds = {m.written.casefold(): m.entity.kind for m in passage.text.mentions()}
        for match in _carried().finditer(passage.plain):
            kind = kinds.get((match["ref"] or match["still"] or "").casefold())
            if match["thing"] or kind in PEOPLE or kind == "image":
                yield passage.span(*match.span())


@cache
def _carried() -> re.Pattern[str]:
    words = craft("elsewhere", "character-motion")
    verbs = either(words["words"])
    return re.compile(
        rf"(?<![\w@])(?:{verbs})\s+(?:the\s+|her\s+|his\s+)?(?:[^\W\d_]+\s+){{0,2}}?"
        rf"(?:{either(words['motions'])})(?:\s+(?:of|from|in)\s+@\w+)?\s+(?:onto|on\s+to|to)\s+"
        rf"(?:@(?P<ref>\w+)|(?:the|a|this|my)\s+(?P<thing>{either(words['pictures'])})(?!\w))"
        r"|(?<![\w@])animate\s+@(?P<still>\w+)\s+(?:with|by|from)\s+@\w+",
        re.IGNORECASE,
    )


class ChoreographyElsewhere(_Elsewhere):
    """An exact choreography is asked for in words.

    Words give the gist of a movement. Step for step it is followed by systems that take a video of
    the movement; here, describe what is seen of it.

    Source: the guide of Kling O1, *elsewhere is better*: Motion Control.

    **Example**

    ```shot
    @Aya = character "aya-front.png": a girl with a copper crop
    SHOT 1 (5s): full shot, static camera
      @Aya repeats the exact choreography of the rehearsal.
    ```

    **Use instead**

    ```shot
    @Aya = character "aya-front.png": a girl with a copper crop
    SHOT 1 (5s): full shot, static camera
      @Aya spins once and drops to one knee.
    ```
    """

    code = "PL435"
    request = "choreography"
    why = "asks for a movement step for step, and words give its gist only"
    blocks = (Unit,)


RULES: tuple[Rule, ...] = (
    ExtendElsewhere(),
    EffectsElsewhere(),
    CutoutElsewhere(),
    RemovalElsewhere(),
    CharacterMotionElsewhere(),
    ChoreographyElsewhere(),
)
