"""What an ANGLE ON asks for, and who appears in what is made from footage."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from promptlang.lint.changes import Asked
from promptlang.lint.craft import craft, words
from promptlang.lint.passages import words_of
from promptlang.lint.patterns import any_of, late
from promptlang.lint.rule import Rule
from promptlang.model.storyboard import Angle, Edit
from promptlang.model.texts import Ruler
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.prose import find_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage
    from promptlang.model.storyboard import Text, Unit
    from promptlang.source import Span

_ENGLISH = frozenset({"a", "and", "from", "her", "his", "its", "of", "the", "their", "with"})


def told(unit: Angle) -> list[Text]:
    """Return what an ANGLE asks for in words: its prose and a pasted request."""
    return [*unit.prose(), *([unit.request] if unit.request else [])]


class AngleWithoutFraming(Rule):
    """An ANGLE ON names neither an angle nor a framing.

    Without either the model may give back the view it was given. Say where the new camera stands
    or how much it shows: *reverse angle*, *close-up*, *from the left side of the room*.

    Source: the page of Kling multi-cam: name the angle or the framing.

    **Example**

    ```shot
    @Clip = video "interview.mov"
    ANGLE ON @Clip (5s): static camera
      keep: lighting, camera style
    ```

    **Use instead**

    ```shot
    @Clip = video "interview.mov"
    ANGLE ON @Clip (5s): reverse angle, static camera
      keep: lighting, camera style
    ```
    """

    code = "PL418"
    kinds = frozenset({"angle"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report an ANGLE where neither terms nor words place the camera."""
        assert isinstance(unit, Angle)
        if unit.motion is not None or _placed(unit, film):
            return
        yield self.at(
            unit.span,
            "this ANGLE names neither an angle nor a framing",
            hint="say where the camera is or how much it shows, as in reverse angle, close-up",
        )


def _placed(unit: Angle, film: Film) -> bool:
    """Whether terms or words say from where or how wide; also where nobody can tell."""
    words = craft("edits", "placed")
    if any(term.category in words["camera"] for term in film.facts(unit).terms):
        return True
    if any(camera.phrase.quoted or camera.phrase.unknown for camera in unit.camera):
        return True
    for text in told(unit):
        said = words_of(text.plain)
        if not set(said).isdisjoint(words["words"]):
            return True
        # Of a sentence in another language these words cannot tell.
        if _ENGLISH.isdisjoint(said) or find_terms(text.plain):
            return True
    return False


class AngleFastMotion(Rule):
    """An ANGLE ON asks for very fast or acrobatic motion.

    A new angle carries the motion of its source over, and what is very fast or complex comes over
    badly: limbs blur and positions jump. Take a steadier stretch, or a slower move.

    Source: the page of Kling multi-cam: very fast or complex motion transfers badly.

    **Example**

    ```shot
    @Clip = video "parkour.mov"
    ANGLE ON @Clip (5s): low-angle wide shot, whip pan
      keep: lighting, camera style
    ```

    **Use instead**

    ```shot
    @Clip = video "parkour.mov" 0:04-0:09
    ANGLE ON @Clip (5s): low-angle wide shot, slow pan left
      keep: lighting, camera style
    ```
    """

    code = "PL419"
    kinds = frozenset({"angle"})
    facts = frozenset({"is:fast", "speed:fast", "speed:very-fast"})
    roles = frozenset({"prose", "request"})

    def words(self) -> Iterable[str]:
        """Wait for the words of great speed, and for what ends the phrases that mean it."""
        return [*words("edits", "fast"), "speed"]

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report each fast move among the camera terms."""
        for camera in unit.camera:
            modifiers = camera.phrase.modifiers.get("speed", ())
            if any("fast" in term.implies for term in camera.phrase.terms) or any(
                speed.endswith("fast") for speed in modifiers
            ):
                yield self._found(camera.span.text, camera.span)

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each word of great speed in what an ANGLE shows."""
        if isinstance(passage.unit, Angle):
            for written, span in passage.find(_fast()):
                yield self._found(written, span)

    def _found(self, written: str, span: Span) -> Diagnostic:
        return self.at(
            span,
            f'"{written}" is fast, and fast motion comes over badly to another angle',
            hint="ask for a slower move, or take a steadier stretch of the source",
        )


@cache
def _fast() -> re.Pattern[str]:
    return any_of([*words("edits", "fast"), *words("edits", "fast", "phrases")])


class PersonWithoutElement(Rule):
    """Somebody is shown by a noun and has no element.

    In a new angle, and where an edit brings somebody in, the face of *a man* is made up, and made
    up anew each time. An element with two to four pictures keeps it.

    Source: the page of Kling multi-cam: without an element a face may differ between shots.

    **Example**

    ```shot
    @Clip = video "interview.mov"
    ANGLE ON @Clip (5s): reverse angle, medium shot
      showing the interviewer with a notebook
      keep: lighting, camera style
    ```

    **Use instead**

    ```shot
    @Clip = video "interview.mov"
    @Ines = character "ines-front.jpg" "ines-left.jpg": a journalist in a green raincoat
    ANGLE ON @Clip (5s): reverse angle, medium shot
      showing @Ines with a notebook
      keep: lighting, camera style
    ```
    """

    code = "PL420"
    kinds = frozenset({"angle", "edit"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the first person without an element, where nobody is shown by ref."""
        found = [_noun(text, 0) for text in told(unit)] if isinstance(unit, Angle) else []
        if isinstance(unit, Edit):
            found = [_newcomer(Asked(change), change.text) for change in unit.changes]
        for span in [span for span in found if span is not None][:1]:
            if film.facts(unit).people or any(use.entity.kind == "image" for use in unit.using):
                return
            yield self.at(
                span,
                f'"{span.text}" has no element, so the face may differ from shot to shot',
                hint="declare a character with 2 to 4 pictures, and write its name here",
            )


def _newcomer(asked: Asked, text: Text) -> Span | None:
    """Return the noun for somebody an edit brings in; a ref beside it may be a picture of them."""
    if asked.verb not in words("edits", "person", "verbs") or text.mentions():
        return None
    if asked.verb in {"add", "insert", "put"}:
        # Whoever stands behind a preposition is in the picture already: put a hat on the farmer.
        beside = _BESIDE.search(asked.plain)
        return _noun(text, len(asked.verb), beside.start() if beside else None)
    return _noun(text, asked.plain.index(asked.state)) if asked.state else None


_BESIDE = late(
    r"\s(?:around|at|behind|beside|between|for|from|in|into|near|next|on|onto|over|to|under)\s"
)


def _noun(text: Text, start: int, end: int | None = None) -> Span | None:
    """Return the first noun for one person, None in a sentence about a crowd."""
    said = words_of(text.plain)
    if _people().isdisjoint(said) and "'" not in text.plain and "’" not in text.plain:
        return None  # most texts speak of nobody; "the man's" is one word
    if not set(said).isdisjoint(words("edits", "person", "crowd")):
        return None
    plain = text.plain
    found = _person().search(plain, start, len(plain) if end is None else end)
    return None if found is None else Ruler(text).place(*found.span("noun"))


@cache
def _single() -> list[str]:
    """Return the nouns for one person, the longest first."""
    nouns = vocabulary().person_nouns - set(words("edits", "person", "other"))
    single = [noun for noun in nouns if not noun.endswith(("men", "children"))]
    return sorted(single, key=lambda noun: (-len(noun), noun))


@cache
def _people() -> frozenset[str]:
    return frozenset(words_of(noun)[0] for noun in _single())


@cache
def _person() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w@])(?:the|a|an|another|his|her)\s+(?:[^\W\d_]+\s+){{0,2}}?"
        rf"(?P<noun>{'|'.join(_single())})(?![\w-])",
        re.IGNORECASE,
    )


class AngleIgnoresSource(Rule):
    """Nothing in an ANGLE ON relates to its source.

    A new angle is of something: the other side, the same light, somebody who is there. Where
    nothing says so, what comes back may be another place.

    Source: the page of Kling multi-cam: say where the camera is relative to the original.

    **Example**

    ```shot
    @Clip = video "interview.mov"
    ANGLE ON @Clip (5s): wide shot
      A lighthouse stands in the rain.
    ```

    **Use instead**

    ```shot
    @Clip = video "interview.mov"
    ANGLE ON @Clip (5s): wide shot, from the left side
      The same lighthouse stands in the rain.
      keep: lighting, colour grade
    ```
    """

    code = "PL421"
    opinionated = True
    kinds = frozenset({"angle"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report an ANGLE without anything kept, anybody named or any place beside the old one."""
        assert isinstance(unit, Angle)
        facts = film.facts(unit)
        if unit.keep is not None or unit.request is not None or facts.people:
            return
        related = {term.category for term in facts.terms} & {"coverage", "angle"}
        said = {word for text in told(unit) for word in words_of(text.plain)}
        names = [m.entity for text in told(unit) for m in text.mentions()]
        if related or unit.source in names or not said.isdisjoint(words("edits", "placed")):
            return
        yield self.at(
            unit.span,
            "nothing in this ANGLE relates to its source",
            hint="write what stays, as in keep: lighting, or where the camera is",
        )


RULES: tuple[Rule, ...] = (
    AngleWithoutFraming(),
    AngleFastMotion(),
    PersonWithoutElement(),
    AngleIgnoresSource(),
)
