"""What descriptions say of whom they describe, and of one another."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Related, Severity
from promptlang.lint.craft import craft, words
from promptlang.lint.film import PEOPLE
from promptlang.lint.passages import words_of
from promptlang.lint.patterns import either
from promptlang.lint.rule import Rule
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.entities import Entity


class TwoPeopleOneName(Rule):
    """The description of one character names two people.

    An element is one face. Of *a man and a woman* under one name the model shows one, or mixes
    the two. Give each a name.

    Source: the guide of Kling O1: one person an element.

    **Example**

    ```shot
    @Hosts = character: a man and a woman in navy blazers
    SHOT 1 (5s): two-shot, static camera
      @Hosts shuffle their cards.
    ```

    **Use instead**

    ```shot
    @Anna = character: a woman in a navy blazer
    @Ben  = character: a man in a navy blazer
    SHOT 1 (5s): two-shot, static camera
      @Anna and @Ben shuffle their cards.
    ```
    """

    code = "PL148"
    severity = Severity.WARNING

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each character described as a couple or a count of people."""
        for entity in film.storyboard.entities.values():
            if entity.kind not in PEOPLE or entity.description is None:
                continue
            plain = entity.description.plain
            found = None if _hints().isdisjoint(words_of(plain)) else _several().match(plain)
            if found is not None:
                yield self.at(
                    entity.description.span,
                    f'"{found[0].strip()}" are several people under one name, "@{entity.name}"',
                    hint="declare each of them with a name of their own",
                )


@cache
def _hints() -> frozenset[str]:
    """Return words of which each such description has one; the pattern itself is large."""
    words = craft("names", "two")
    listed = (*words["groups"], *words["counts"])
    return frozenset(("and", *(part for phrase in listed for part in words_of(phrase))))


@cache
def _several() -> re.Pattern[str]:
    words = craft("names", "two")
    men, women = either(words["men"]), either(words["women"])
    people = either(f"{noun}s" for noun in (*words["men"], *words["women"]))
    nouns = either(f"{noun}s" for noun in vocabulary().person_nouns)
    few = r"(?:[^\W\d_-]+\s+){0,3}?"
    return re.compile(
        rf"\s*(?:an?\s+{few}(?:{men})\s+and\s+(?:an?|his|her)\s+{few}(?:{women})(?!['’\w-])"
        rf"|an?\s+{few}(?:{women})\s+and\s+(?:an?|his|her)\s+{few}(?:{men})(?!['’\w-])"
        rf"|(?:an?\s+(?:[^\W\d_-]+\s+)?)?(?:{either(words['groups'])})(?=\s*(?:$|[,.;]|in\s|with\s))"
        rf"|(?:the\s+)?(?:{either(words['counts'])})\s+{few}"
        rf"(?:men|women|children|people|{people}|{nouns})(?!['’\w-]))",
        re.IGNORECASE,
    )


class SameDescription(Rule):
    """Two characters are described word for word alike.

    Where a description stands in for pictures, the two come out as one face; mostly the line was
    copied and not yet changed.

    **Example**

    ```shot
    @Anna = character "anna.png": a tall chemist in a green jacket
    @Beth = character "beth.png": a tall chemist in a green jacket
    SHOT 1 (5s): two-shot, static camera
      @Anna shakes hands with @Beth.
    ```

    **Use instead**

    ```shot
    @Anna = character "anna.png": a tall chemist in a green jacket
    @Beth = character "beth.png": a farmer in a checked shirt
    SHOT 1 (5s): two-shot, static camera
      @Anna shakes hands with @Beth.
    ```
    """

    code = "PL149"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each character whose description another had before."""
        seen: dict[str, Entity] = {}
        for entity in film.storyboard.entities.values():
            if entity.kind != "character" or entity.description is None:
                continue
            said = " ".join(entity.description.plain.casefold().split())
            before = seen.setdefault(said, entity)
            if before is not entity and "twin" not in said:
                yield self.at(
                    entity.description.span,
                    f'"@{entity.name}" is described word for word as "@{before.name}" is',
                    hint="say what sets the two apart",
                    related=[Related("the other description", before.span)],
                )


class MixedMedium(Rule):
    """Elements of one block have pictures of different medium.

    Beside a photograph a drawing comes out half drawn, or draws the photograph along. Make the
    pictures of one medium, that of the wanted result.

    Source: the guide of Kling O1: the same medium and light as the wanted result.

    **Example**

    ```shot
    @Anna = character "anna.png": photo of a tall chemist in a green jacket
    @Fox  = creature "fox.png": cartoon of a fox with a scarf
    SHOT 1 (5s): two-shot, static camera
      @Anna shakes hands with @Fox.
    ```

    **Use instead**

    ```shot
    @Anna = character "anna.png": photo of a tall chemist in a green jacket
    @Fox  = creature "fox.png": photo of a fox with a scarf
    SHOT 1 (5s): two-shot, static camera
      @Anna shakes hands with @Fox.
    ```
    """

    code = "PL154"
    severity = Severity.WARNING

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the first element of a block that is drawn where another is photographed."""
        media = {}
        for entity in film.storyboard.entities.values():
            match = _medium(entity)
            if match is not None:
                media[entity.name] = match.lastgroup
        if len(set(media.values())) < 2:
            return
        told: set[str] = set()
        for unit in film.units:
            entities = film.facts(unit).entities.values()
            shown = [entity for entity in entities if entity.name in media]
            other = next((e for e in shown if media[e.name] != media[shown[0].name]), None)
            if other is not None and other.name not in told:
                told.add(other.name)
                yield self.at(
                    other.span,
                    f'"@{other.name}" and "@{shown[0].name}" are of different medium and in one '
                    "block",
                    hint="make their pictures of one medium, that of the wanted result",
                    related=[
                        Related("the other element", shown[0].span),
                        Related("used together here", unit.span),
                    ],
                )


def _medium(entity: Entity) -> re.Match[str] | None:
    """Return how a description begins with the medium of its pictures."""
    if entity.kind not in words("names", "medium", "kinds") or entity.description is None:
        return None
    plain = entity.description.plain
    if not entity.assets or _media_words().isdisjoint(words_of(plain)):
        return None
    return _media().match(plain)


@cache
def _media_words() -> frozenset[str]:
    """Return the words one of which names each medium; the pattern itself is large."""
    media = (*words("names", "medium", "photo"), *words("names", "medium", "drawn"))
    return frozenset([word for name in media for word in words_of(name)])


@cache
def _media() -> re.Pattern[str]:
    words = craft("names", "medium")
    return re.compile(
        r"\s*(?:(?:a|an|the)\s+)?(?:[^\W\d_]+\s+){0,2}?"
        rf"(?:(?P<photo>{either(words['photo'])})|(?P<drawn>{either(words['drawn'])}))\s+of\s",
        re.IGNORECASE,
    )


RULES: tuple[Rule, ...] = (
    TwoPeopleOneName(),
    SameDescription(),
    MixedMedium(),
)
