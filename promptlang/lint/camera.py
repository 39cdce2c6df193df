"""The camera of one block: terms that pull apart, and terms its picture cannot bear out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from promptlang.diagnostics import Edit, Fix, Related, Severity
from promptlang.lint.craft import pattern, words
from promptlang.lint.patterns import late
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.texts import Ruler
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.phrases import find_terms
from promptlang.vocabulary.terms import article_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage
    from promptlang.model.storyboard import Camera, Unit


def phrases_with(unit: Unit, ids: Iterable[str]) -> Iterator[Camera]:
    """Yield the camera phrases of a block that hold one of some terms."""
    wanted = set(ids)
    return (c for c in unit.camera if any(t.id in wanted for t in c.phrase.terms))


def phrase_with(unit: Unit, ids: Iterable[str]) -> Camera:
    """Return the first of these phrases; the block must have one."""
    return next(phrases_with(unit, ids))


class ZoomWithParallax(Rule):
    """A zoom is to pass something.

    A zoom enlarges; nothing in the picture shifts against anything else, so it passes nothing. A
    camera that goes past or through something is a dolly.

    Source: the vocabulary's conflict 6.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, zoom in past the pillars
      A temple stands in the morning light.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, dolly in past the pillars
      A temple stands in the morning light.
    ```
    """

    code = "PL319"
    facts = frozenset(
        {"zoom", "zoom-in", "zoom-out", "slow-zoom", "crash-zoom-in", "crash-zoom-out"}
    )

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a zoom whose phrase goes on with a word of passing."""
        for camera in unit.camera:
            if not any(term.id in self.facts for term in camera.phrase.terms):
                continue
            passed = pattern("camera", "passing").search(camera.text.plain)
            if passed is not None:
                yield self.at(
                    camera.span,
                    f'a zoom does not travel "{passed[0]}" anything: it only enlarges',
                    hint="write dolly, if the camera is to travel",
                    fixes=_written(camera, "zoom(?:s|ing)?", "dolly"),
                )


class RackWithoutPlanes(Rule):
    """A rack focus does not say from what to what.

    The pull is between two things. Without them the model blurs the picture somewhere.

    Source: the vocabulary's conflict 15.

    **Example**

    ```shot
    SHOT 1 (5s): close-up, static, rack focus
      Rain runs down a window.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): close-up, static, rack focus from the glass to the street
      Rain runs down a window.
    ```
    """

    code = "PL320"
    severity = Severity.WARNING
    facts = frozenset({"rack-focus"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the bare term, unless the prose tells of the focus."""
        # The term may also stand in a field, where the writer tells more.
        camera = next(phrases_with(unit, self.facts), None)
        if camera is None or len(camera.phrase.pieces) > 1:
            return
        if not film.facts(unit).words.isdisjoint({"focus", "sharp", "blur", "blurred"}):
            return
        yield self.at(
            camera.span,
            f"{shown(camera.span.text)} does not say from what to what",
            hint="name both, as in rack focus from the glass to the street",
        )


class WideWithExpression(Rule):
    """A face is to be read in a shot where it is a few pixels tall.

    What happens on a face needs a medium shot or closer. In a very wide one the model either
    ignores it or comes closer than you asked.

    Source: the vocabulary's conflict 22.

    **Example**

    ```shot
    SHOT 1 (5s): extreme wide shot, static
      A climber on the ridge smiles faintly.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): extreme wide shot, static
      A climber stands on the ridge.

    SHOT 2 (3s): close-up, static
      The climber smiles faintly.
    ```
    """

    code = "PL321"
    severity = Severity.WARNING

    def words(self) -> Iterable[str]:
        """Wait for what is seen on a face."""
        return words("camera", "expression")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report the first such word in a shot that stays very wide."""
        unit = passage.unit
        assert unit is not None  # prose stands in a block
        sizes = film.facts(unit).of_axis("size")
        if not sizes or any(term.id not in {"extreme-wide", "very-wide"} for term in sizes):
            return
        camera = phrase_with(unit, {"extreme-wide", "very-wide"})
        size = sizes[0].phrase
        for word, span in passage.find(pattern("camera", "expression")):
            yield self.at(
                span,
                f'"{word}" is seen on a face, and in {article_before(size)} {size} a face is '
                "only a few pixels tall",
                hint="show it in a closer shot",
                related=[Related("the size", camera.span)],
            )
            return


class TooFewPeople(Rule):
    """A framing needs more people than the shot names.

    A two-shot needs two people, a three-shot three, and somebody owns the shoulder a camera looks
    over. Where the script names fewer, the model invents them.

    Source: the vocabulary's conflict 23.

    **Example**

    ```shot
    @Mara = character: a fisherwoman in yellow oilskin

    SHOT 1 (5s): two-shot, static
      @Mara coils a rope.
    ```

    **Use instead**

    ```shot
    @Mara = character: a fisherwoman in yellow oilskin
    @Jon  = character: a young deckhand in a grey jumper

    SHOT 1 (5s): two-shot, static
      @Mara coils a rope while @Jon watches.
    ```
    """

    code = "PL322"
    severity = Severity.WARNING
    kinds = frozenset({"shot"})  # who is in a video nobody can tell
    facts = frozenset({"two-shot", "three-shot", "over-the-shoulder", "dirty-single"})
    _NEEDED: ClassVar[dict[str, int]] = {"three-shot": 3, "over-the-shoulder": 1}

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report where everybody who can be meant is fewer than the framing needs."""
        camera = phrase_with(unit, self.facts)
        if not unit.prose():
            return  # who is in a shot nobody described, nobody can tell
        term = next(t for t in camera.phrase.terms if t.id in self.facts)
        needed = self._NEEDED.get(term.id, 2)
        found = film.facts(unit)
        named = {e.name for e in found.entities.values() if e.kind not in _THINGS}
        named |= {speech.speaker.name for speech in unit.speeches() if speech.speaker is not None}
        told = [camera.text.plain.replace(term.phrase, ""), *(t.plain for t in unit.prose())]
        if any(not text.isascii() or _company().search(text) for text in told):
            return
        count = len(named) + len({word for word in found.words if _may_be_person(word)})
        # Over a shoulder looks at a view too; two are counted only where the first is told.
        if count < needed and (count or needed == 1):
            yield self.at(
                camera.span,
                f"{term.article} {term.phrase} needs {_NUMBERS[needed]}, the shot names "
                f"{_NUMBERS[count]}",
                hint="name who is in it, or choose another framing",
            )


@cache
def _company() -> re.Pattern[str]:
    """Return what brings further people in: a word, a plural, a companion, a name without @."""
    return re.compile(
        rf"{pattern('camera', 'company').pattern}|[a-z]{{3}}(?:er|or|ist|ian)s\b"
        r"|\b(?:and|with)\s+(?:an?|the|his|her|its|their)\b|(?<=[a-z,] )(?-i:[A-Z][a-z])",
        re.IGNORECASE,
    )


def _may_be_person(word: str) -> bool:
    """Whether a word is a noun for a person, or is made like one: sailor, cellist, chairwoman."""
    noun = word.removesuffix("'s")
    known = noun in vocabulary().person_nouns or noun in words("camera", "someone")
    return known or _AGENT.fullmatch(noun) is not None


_AGENT = late(r"[a-z]{3,}(?:er|or|ist|ian|man|woman)")
_THINGS = frozenset({"place", "style", "wardrobe", "prop", "vehicle", "product", "audio", "voice"})
_NUMBERS = ("nobody", "one person", "two people", "three people")


class PovOwnerVisible(Rule):
    """Whoever looks is seen in their own point-of-view shot.

    The camera stands where the owner's eyes are: hands may reach into the frame, a face cannot.

    Source: the vocabulary's conflict 24.

    **Example**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): POV of @Host, handheld
      @Host smiles at the guests.
    ```

    **Use instead**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): POV of @Host, handheld
      The guests raise their glasses to the camera.
    ```
    """

    code = "PL323"
    severity = Severity.WARNING
    facts = frozenset({"pov"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a sentence in which the owner does what is seen from outside."""
        camera = phrase_with(unit, self.facts)
        owners = camera.text.mentions()
        if len(owners) != 1:
            return
        owner = re.escape(f"@{owners[0].entity.name}")
        seen = "|".join(re.escape(word) for word in words("camera", "seen"))
        told = re.compile(rf"{owner}(?!\w)\W+(?:\w+\W+)?({seen})\b", re.IGNORECASE)
        for line in unit.prose():
            match = told.search(line.plain)
            if match is not None:
                yield self.at(
                    Ruler(line).place(*match.span()),
                    f'the camera sees what "@{owners[0].entity.name}" sees, so "{match[0]}" '
                    "cannot be in the picture",
                    hint="describe what is seen, or give the reaction a shot of its own",
                    related=[Related("the point of view", camera.span)],
                )
                return


class PovOrbitsOwner(Rule):
    """A point-of-view shot is to circle around the one who looks.

    Nobody walks around themselves.

    Source: the vocabulary's conflict 25.

    **Example**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): POV of @Host, orbit left around @Host
      A ballroom glitters.
    ```

    **Use instead**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): medium shot, orbit left around @Host
      A ballroom glitters.
    ```
    """

    code = "PL324"
    severity = Severity.WARNING
    facts = frozenset({"pov"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a move around an owner of the point of view."""
        camera = phrase_with(unit, self.facts)
        owners = {mention.entity.name for mention in camera.text.mentions()}
        for other in unit.camera:
            around = any("around" in term.implies for term in other.phrase.terms)
            if other is camera or not around:
                continue
            if any(mention.entity.name in owners for mention in other.text.mentions()):
                yield self.at(
                    other.span,
                    f"{shown(other.span.text)} circles the one through whose eyes we look",
                    hint="choose one of the two",
                    related=[Related("the point of view", camera.span)],
                )


class PanForLateral(Rule):
    """A pan is to go along with something.

    A pan turns on the spot. A camera that goes along beside a subject tracks it, or trucks.

    Source: the vocabulary's list of ambiguous words.

    **Example**

    ```shot
    SHOT 1 (5s): medium shot, pan left alongside the car
      A coupé drives along the coast.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): medium shot, tracking alongside the car
      A coupé drives along the coast.
    ```
    """

    code = "PL325"
    facts = frozenset({"pan", "pan-left", "pan-right"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a pan whose phrase goes on with a word of going along."""
        for camera in unit.camera:
            if not any(term.id in self.facts for term in camera.phrase.terms):
                continue
            along = pattern("camera", "alongside").search(camera.text.plain)
            if along is not None:
                yield self.at(
                    camera.span,
                    f'a pan turns on the spot, it does not go "{along[0]}" anything',
                    hint="write tracking or truck, if the camera is to travel",
                    fixes=_written(camera, r"pan(?:s|ning)?(?:\s+(?:left|right))?", "tracking"),
                )


class CameraUnderMotion(Rule):
    """Camera words are used with a motion reference.

    A motion reference brings its own camera: path, pace and rhythm. Words that say something else
    are ignored, or spoil it.

    Source: the guide of Kling O1; the vocabulary's conflict 41.

    **Example**

    ```shot
    @Move = video "move.mp4"

    SHOT 1 (5s): wide shot, push in
      A lighthouse stands above breaking waves.
      motion: @Move
    ```

    **Use instead**

    ```shot
    @Move = video "move.mp4"

    SHOT 1 (5s): wide shot
      A lighthouse stands above breaking waves.
      motion: @Move
    ```
    """

    code = "PL326"
    severity = Severity.WARNING
    facts = frozenset({"has:motion"})
    _MOVES = frozenset({"movement", "path", "stillness", "steadiness"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report each phrase that says how the camera moves."""
        assert unit.motion is not None
        for camera in unit.camera:
            if any(term.axis in self._MOVES for term in camera.phrase.terms):
                yield self.at(
                    camera.span,
                    f"{shown(camera.span.text)} is overridden by the motion reference",
                    hint="leave it out, or leave the motion reference out",
                    related=[Related("the motion reference", unit.motion.span)],
                )


class ShotWithoutCamera(Rule):
    """A shot says nothing about the camera.

    Every shot has a size and a camera, and a static one counts. Left open, the model chooses, and
    chooses differently in every shot.

    Source: the guide of the directed multi-shot system.

    **Example**

    ```shot
    SHOT 1 (5s)
      A lighthouse stands above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.
    ```
    """

    code = "PL327"
    kinds = frozenset({"shot"})
    facts = frozenset({"no-camera"})

    def unit(self, unit: Unit, film: Film) -> Iterable[Diagnostic]:
        """Report a shot without camera terms, unless its prose has some."""
        if unit.motion is not None:
            return ()
        lines = unit.prose()
        if not lines or any("camera" in line.plain or find_terms(line.plain) for line in lines):
            return ()
        return [
            self.at(
                unit.span,
                f'shot "{unit.name}" says nothing about the camera',
                hint="write a shot size and a camera move after the colon of its heading, or "
                "static",
            )
        ]


class CrowdedCamera(Rule):
    """A heading lists more camera terms than a model can hold.

    Size, angle, one move, lens and speed are five. What comes behind them is lost first.

    Source: builders of storyboards who count what models follow.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, low angle, push in, telephoto lens, slow motion, lens flare, bokeh
      A lighthouse stands above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, low angle, push in, telephoto lens, slow motion
      A lighthouse stands above breaking waves.
    ```
    """

    code = "PL328"
    opinionated = True
    _MOST = 5

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report what stands behind the fifth phrase."""
        if len(unit.camera) > self._MOST:
            first = unit.camera[self._MOST]
            yield self.at(
                first.span,
                f"these are {len(unit.camera)} camera phrases, a model follows about {self._MOST}",
                hint="keep what matters most, and move the rest to another shot",
            )


def _written(camera: Camera, old: str, new: str) -> list[Fix]:
    """Return the fix that puts one move in the place of another, none where it has other words."""
    match = re.search(rf"\b{old}\b", camera.span.text, re.IGNORECASE)
    if match is None:
        return []
    span = camera.span.part(*match.span())
    return [Fix(f'write "{new}"', [Edit(span, new)], safe=False)]


RULES: tuple[Rule, ...] = (
    ZoomWithParallax(),
    RackWithoutPlanes(),
    WideWithExpression(),
    TooFewPeople(),
    PovOwnerVisible(),
    PovOrbitsOwner(),
    PanForLateral(),
    CameraUnderMotion(),
    ShotWithoutCamera(),
    CrowdedCamera(),
)
