"""What an EDIT asks for: whether a model can tell, and whether it contradicts itself."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit as TextEdit
from promptlang.diagnostics import Fix, Related, Severity
from promptlang.lint.changes import Asked, bare
from promptlang.lint.craft import craft, words
from promptlang.lint.film import PEOPLE
from promptlang.lint.passages import words_of
from promptlang.lint.patterns import either, late
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.storyboard import Edit
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.prose import is_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.entities import Text
    from promptlang.model.storyboard import Unit

_LINE_END = late(r"\r\n|\r|\n|\Z")


class VagueEdit(Rule):
    """A change does not say what something becomes.

    *Change the background* and *make it better* leave the result to the model, and each try costs
    a generation. A change names what is changed and what it is to be.

    Source: the guide of Kling O1, whose every edit names the element and its desired state.

    **Example**

    ```shot
    @Clip = video "interview.mov"
    EDIT @Clip
      change the background
    ```

    **Use instead**

    ```shot
    @Clip = video "interview.mov"
    EDIT @Clip
      change the background to a beach at dusk, seen from the same viewpoint
    ```
    """

    code = "PL410"
    severity = Severity.WARNING
    kinds = frozenset({"edit"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report each change without a state, unless a reference or a field may hold it."""
        assert isinstance(unit, Edit)
        told_elsewhere = unit.using or unit.motion is not None or any(unit.texts.values())
        for change in unit.changes:
            plain = change.text.plain
            stateless, praise = _vague(plain)
            if stateless and not told_elsewhere:
                yield self.at(
                    change.text.span,
                    f'"{plain}" does not say what it becomes',
                    hint="name the new state, as in change the background to a beach at dusk",
                )
            elif praise:
                yield self.at(
                    change.text.span,
                    f'"{plain}" shows nothing a model could make',
                    hint="name what is to be seen, as in make the lighting softer and warmer",
                )


@lru_cache(maxsize=1024)
def _vague(plain: str) -> tuple[bool, bool]:
    """Return whether a change names no state, and whether it names one that shows nothing."""
    said = words_of(plain)
    # Both patterns are large: to put them together takes longer than to ask everything else.
    praising = not _praising().isdisjoint(said[:1]) and _praise().fullmatch(plain) is not None
    short = len(said) <= _most_words()
    return short and _stateless().fullmatch(plain) is not None, praising


@cache
def _praising() -> frozenset[str]:
    """Return the words a change begins with that shows nothing."""
    return frozenset(("make", "set", *words("edits", "vague", "menders")))


@cache
def _known() -> frozenset[str]:
    """Return what a change may be done to by all its names."""
    targets, things = vocabulary().edits["targets"], words("edits", "vague", "things")
    return frozenset((*targets, *(name for row in targets.values() for name in row), *things))


@cache
def _most_words() -> int:
    """Return how many words a change without a state has at the most."""
    verb, thing = (
        max(len(words_of(name)) for name in names)
        for names in (words("edits", "vague", "verbs"), _known())
    )
    return verb + 1 + thing + 2


@cache
def _stateless() -> re.Pattern[str]:
    words = craft("edits", "vague")
    tail = r"(?:\s+(?:completely|entirely|a\s+(?:bit|little)|slightly|please))?[.!]?"
    the = r"(?:the|a|an|his|her|its|their|this|that)"
    return re.compile(
        rf"(?:{either(words['verbs'])})(?:\s+(?:{the}\s+)?(?:{either(_known())}))?{tail}"
        rf"|(?:{either(words['open'])})\s+{the}\s+[^\W\d_]+{tail}",
        re.IGNORECASE,
    )


@cache
def _praise() -> re.Pattern[str]:
    words = craft("edits", "vague")
    more = r"(?:(?:a\s+(?:bit|little|lot)|much|more|most|way|even|really|very|so|and)\s+)*"
    quality = rf"(?:{either(words['qualities'])})"
    return re.compile(
        r"(?:make|set)\s+(?:[^\W\d_]+\s+){1,5}?(?:(?:look|feel|appear)\s+)?"
        rf"{more}{quality}(?:(?:\s+and\s+|,\s+){more}{quality})*[.!]?"
        rf"|(?:{either(words['menders'])})\s+(?:the\s+)?(?:lighting|light"
        rf"|{either(words['things'])})[.!]?",
        re.IGNORECASE,
    )


class BackgroundWithoutLight(Rule):
    """A new background comes without a word on its light or viewpoint.

    The light on the people stays as it was filmed. Where the new place says nothing of its light
    or of where it is seen from, the two seldom agree and the edit looks pasted.

    Source: the guide of Kling O1, which names light and perspective with each new background.

    **Example**

    ```shot
    @Clip = video "interview.mov"
    EDIT @Clip
      change the background to a crowded street market
    ```

    **Use instead**

    ```shot
    @Clip = video "interview.mov"
    EDIT @Clip
      change the background to a crowded street market in soft daylight from the left
    ```
    """

    code = "PL411"
    kinds = frozenset({"edit"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a new place where neither words nor pictures speak of light or viewpoint."""
        assert isinstance(unit, Edit)
        words = craft("edits", "background")
        for change, asked in zip(unit.changes, film.asked(unit), strict=True):
            if not asked.state or asked.target.split(" ")[-1] not in words["nouns"]:
                continue
            if asked.verb == "match" or not _silent_on(change.text, unit):
                continue
            yield self.at(
                asked.target_span,
                f'a new "{asked.target}" comes without a word on its light or viewpoint',
                hint="add where the light comes from and how it is seen, as in "
                "with soft light from the left, seen from the same viewpoint",
            )


def _silent_on(text: Text, unit: Edit) -> bool:
    """Whether nothing that goes along with a change speaks of light, or needs none."""
    if not _telling().isdisjoint(words_of(text.plain)):
        return False
    kept = unit.keep.parts if unit.keep is not None else ()
    lines = [line for own in unit.texts.values() for line in own]
    seen = [mention.entity for mention in text.mentions()] + [use.entity for use in unit.using]
    pictures = [entity.description for entity in seen if entity.description is not None]
    return all(_telling().isdisjoint(words_of(p.plain)) for p in (*kept, *lines, *pictures))


@cache
def _telling() -> frozenset[str]:
    words = craft("edits", "background")
    return frozenset((*words["light"], *words["plain"]))


class SwapMovesCamera(Rule):
    """Somebody is replaced and nothing holds the camera.

    With another person in front of it, a model is apt to film anew. The sentence for a talent swap
    holds camera and pacing by name: *Keep the camera movement and pacing unchanged, replace …,
    maintain all product interactions and gestures*. The fix adds them to what is kept.

    Source: the guide of Kling O1, talent swap.

    **Example**

    ```shot
    @Clip = video "runway.mov"
    @Aya = character "aya-front.png": a dancer with a copper crop
    EDIT @Clip
      replace the model with @Aya
    ```

    **Use instead**

    ```shot
    @Clip = video "runway.mov"
    @Aya = character "aya-front.png": a dancer with a copper crop
    EDIT @Clip
      keep: everything else, the camera movement, the pacing
      replace the model with @Aya
    ```
    """

    code = "PL412"
    kinds = frozenset({"edit"})
    facts = frozenset({"verb:replace", "verb:swap"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a person replaced where neither the change nor what is kept holds the camera."""
        assert isinstance(unit, Edit)
        for change, asked in zip(unit.changes, film.asked(unit), strict=True):
            if asked.verb not in {"replace", "swap"} or not asked.joint or not _whole_person(asked):
                continue
            kept = unit.keep.parts if unit.keep is not None else ()
            said = {w for part in (change.text, *kept) for w in words_of(part.plain)}
            if unit.motion is not None or not said.isdisjoint(words("edits", "swap", "held")):
                continue
            yield self.at(
                asked.target_span,
                f'"{asked.target_span.text}" is replaced and nothing holds the camera',
                hint="keep the camera movement and the pacing by name",
                fixes=_holding(unit),
            )


def _whole_person(asked: Asked) -> bool:
    named = asked.named()
    if named is not None:
        return named.entity.kind in PEOPLE
    return "@" not in asked.target and is_person(asked.target.split(" ")[-1])


def _holding(unit: Edit) -> list[Fix]:
    """Return the fix that keeps camera and pacing by name."""
    camera = "the camera movement, the pacing"
    if unit.keep is None:
        end = _LINE_END.search(unit.span.source.text, unit.span.end)
        assert end is not None
        behind = end.start() - unit.span.start
        place = unit.span.part(behind, behind)
        line = "{}  keep: everything else, {}".format(end[0] or "\n", camera)
        return [Fix("keep the camera movement and the pacing", [TextEdit(place, line)])]
    if not unit.keep.parts:
        return []
    last = unit.keep.parts[-1].span
    place = last.part(last.end - last.start, last.end - last.start)
    return [Fix("keep the camera movement and the pacing", [TextEdit(place, f", {camera}")])]


class KeepAndChange(Rule):
    """An EDIT keeps what it changes.

    The request then says that one thing stays as it is and becomes something else, and the model
    follows one half of it. Take it out of the `keep` line.

    **Example**

    ```shot
    @Clip = video "interview.mov"
    EDIT @Clip
      keep: everything else, the lighting
      change the lighting to warm candlelight
    ```

    **Use instead**

    ```shot
    @Clip = video "interview.mov"
    EDIT @Clip
      keep: everything else, the camera movement
      change the lighting to warm candlelight
    ```
    """

    code = "PL413"
    severity = Severity.WARNING
    kinds = frozenset({"edit"})
    facts = frozenset({"has:keep"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report each kept thing that a change is done to as a whole."""
        assert isinstance(unit, Edit)
        assert unit.keep is not None
        changed = {_changed(asked): asked for asked in film.asked(unit)}
        changed.pop(None, None)
        for place, part in enumerate(unit.keep.parts):
            asked_for = changed.get(_same_thing(bare(part.plain)))
            if asked_for is not None:
                yield self.at(
                    part.span,
                    f'"{part.plain}" is kept and changed in one EDIT',
                    hint="take it out of what is kept",
                    related=[Related("the change", asked_for.span(0, len(asked_for.plain)))],
                    fixes=_without(unit.keep.parts, place),
                )


def _changed(asked: Asked) -> str | None:
    """Return what a change is done to, by the name that all words for it share."""
    words = craft("edits", "contradiction")
    if asked.target in words["whole"]:
        itself: str | None = words.get(asked.verb)
        return itself
    return _same_thing(asked.target) if asked.verb in words["verbs"] else None


def _same_thing(name: str) -> str | None:
    """Return the one name of a thing that can be kept, None where it is none of those."""
    thing = _kept().get(name)
    # The angle of a camera and its movement are two things under one head.
    return name if thing == "camera" else thing


@cache
def _kept() -> dict[str, str]:
    """Return the things that can be kept by all their names."""
    found: dict[str, str] = {}
    for thing, others in vocabulary().edits["keep"].items():
        if thing != "everything":
            for name in (thing, *others):
                found.setdefault(name, thing)
    return found


def _without(parts: tuple[Text, ...], place: int) -> list[Fix]:
    """Return the fix that takes one part out of a list on one line."""
    here = parts[place].span
    if len(parts) == 1:
        return [Fix('keep "everything else"', [TextEdit(here, "everything else")], safe=False)]
    before, after = (parts[place - 1].span, here) if place else (here, parts[1].span)
    gap = here.source.text[before.end : after.start]
    if gap.strip() != ",":
        return []
    cut = here.part(before.end - here.start, here.end - here.start)
    if not place:
        cut = here.part(0, after.start - here.start)
    return [Fix("take it out of what is kept", [TextEdit(cut, "")], safe=False)]


class ChangeToSame(Rule):
    """A change ends where it began.

    The new state is the old one word for word: a slip of copying, and a generation paid for
    nothing.

    **Example**

    ```shot
    @Clip = video "street.mov"
    EDIT @Clip
      change the red car to a red car
    ```

    **Use instead**

    ```shot
    @Clip = video "street.mov"
    EDIT @Clip
      change the red car to a silver van
    ```
    """

    code = "PL414"
    severity = Severity.WARNING
    kinds = frozenset({"edit"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report each change whose two sides say the same."""
        assert isinstance(unit, Edit)
        for change, asked in zip(unit.changes, film.asked(unit), strict=True):
            swapped = asked.joint in {"to", "with", "into", "for"}
            if swapped and asked.target == bare(asked.state):
                yield self.at(
                    change.text.span,
                    f"{shown(asked.plain)} changes nothing",
                    hint="name the state it is to have instead",
                )


RULES: tuple[Rule, ...] = (
    VagueEdit(),
    BackgroundWithoutLight(),
    SwapMovesCamera(),
    KeepAndChange(),
    ChangeToSame(),
)
