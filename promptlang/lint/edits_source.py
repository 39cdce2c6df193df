"""What an EDIT cannot ask of its source."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Severity
from promptlang.lint.changes import Asked
from promptlang.lint.craft import craft, words
from promptlang.lint.patterns import either, late
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.storyboard import Edit
from promptlang.vocabulary.prose import find_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage
    from promptlang.model.storyboard import Unit
    from promptlang.source import Span

_CAMERA_AXES = frozenset({"size", "framing", "vertical", "height", "horizontal", "movement"})
_QUOTED = late(r'"[^"]*"|“[^“”]*”|«[^«»]*»')


class CameraInEdit(Rule):
    """An EDIT asks for another camera.

    An edit follows the camera of its source. Another size, angle or move of the same scene is what
    ANGLE ON makes; a move of another video is what `motion` takes over.

    Source: the guide of Kling O1 and the page of its multi-cam.

    **Example**

    ```shot
    @Clip = video "interview.mov"
    EDIT @Clip
      change the shot to a close-up
    ```

    **Use instead**

    ```shot
    @Clip = video "interview.mov"
    ANGLE ON @Clip: close-up
      keep: lighting, camera style
    ```
    """

    code = "PL415"
    kinds = frozenset({"edit"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report camera terms of the block, and changes of size, angle or move."""
        assert isinstance(unit, Edit)
        if unit.motion is not None:
            return
        for camera in unit.camera:
            yield self._found(camera.span, camera.span.text)
        for change in unit.changes:
            asked = Asked(change)
            if _films_anew(asked):
                yield self._found(change.text.span, asked.plain)

    def _found(self, span: Span, written: str) -> Diagnostic:
        return self.at(
            span,
            f"{shown(written)} asks for another camera, and an edit follows that of its source",
            hint="write ANGLE ON for another view of the same scene",
        )


def _films_anew(asked: Asked) -> bool:
    words = craft("edits", "camera")
    if asked.verb == "add":
        terms = find_terms(asked.plain[len("add ") :])
        return any(term.axis == "movement" and start < 8 for term, start, _ in terms)
    if asked.verb not in {"adjust", "change", "convert", "make", "set", "transform", "turn"}:
        return False
    target, state = asked.target, asked.state
    if asked.verb == "make":
        # "make it a close-up": what it becomes follows without a joining word
        target, _, state = asked.target.partition(" ")
    if target in words["own"]:
        return bool(state)
    return target in words["things"] and _begins_with_term(target, state)


def _begins_with_term(target: str, state: str) -> bool:
    """Whether a state is a size, an angle or a move, as *a dramatic close-up* is."""
    # "camera" before it lets words count that speak of other things as often
    whole = f"{target} {state}"
    for term, start, _ in find_terms(whole):
        before = [w for w in whole[len(target) : start].split() if w not in {"a", "an", "the"}]
        # "from the left" behind a word may be light: "brighter from the left"
        most = 0 if whole.startswith("from", start) else 1
        if term.axis in _CAMERA_AXES and len(before) <= most:
            return True
    return False


class LengthInEdit(Rule):
    """An EDIT asks for another length or speed.

    What an edit makes is as long as its source and runs at its speed, whatever the words say.
    Change the length in the cutting room, or take another stretch of the source.

    Source: the interfaces and the guide of Kling O1: output length, shape and frame rate follow.

    **Example**

    ```shot
    @Clip = video "street.mov"
    EDIT @Clip
      make the video twice as fast
    ```

    **Use instead**

    ```shot
    @Clip = video "street.mov" 0:00-0:05
    EDIT @Clip
      change the sky to a clear violet dusk
    ```
    """

    code = "PL416"
    severity = Severity.WARNING
    roles = frozenset({"change"})

    def words(self) -> Iterable[str]:
        """Wait for what has a length or a speed."""
        things = words("edits", "length", "things")
        return [thing + ending for thing in things for ending in ("", "'s", "’s")]

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report a request for a number of seconds or another speed."""
        text = _QUOTED.sub(lambda quote: "_" * len(quote[0]), passage.plain)
        found = _timing().search(text)
        if found is not None:
            span = passage.span(*found.span())
            yield self.at(
                span,
                f'"{span.text}" is not followed: an edit is as long and as fast as its source',
                hint="change length and speed in the cutting room, "
                "or name another stretch of the source, such as 0:00-0:05",
            )


@cache
def _timing() -> re.Pattern[str]:
    words = craft("edits", "length")
    thing = rf"(?:the\s+|this\s+)?(?:whole\s+)?(?:{either(words['things'])})"
    state = rf"(?:{either(words['states'])}|\d+(?:[.,]\d+)?\s*(?:s|sec|secs|seconds?)(?:\s+long)?)"
    return re.compile(
        rf"^(?:make|turn|set|change|adjust|convert)\s+{thing}\s+(?:play\s+|run\s+|to\s+|into\s+)?"
        rf"(?:a\s+bit\s+|a\s+little\s+|much\s+)?{state}(?!\w)"
        rf"|^retime\s+{thing}(?!\w)"
        rf"|(?<!\w)(?:slow\s+down|speed\s+up)\s+{thing}(?!\w)"
        rf"|(?<!\w)(?:slow\s+{thing}\s+down|speed\s+{thing}\s+up)(?!\w)",
        re.IGNORECASE,
    )


RULES: tuple[Rule, ...] = (CameraInEdit(), LengthInEdit())
