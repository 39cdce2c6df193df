"""What the prose says of what is declared: without its name, against it, or once more."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, Severity
from promptlang.lint.craft import craft, words
from promptlang.lint.film import PEOPLE
from promptlang.lint.passages import words_of
from promptlang.lint.patterns import either, late
from promptlang.lint.rule import Rule
from promptlang.model.entities import ELEMENT_KINDS, Mention
from promptlang.model.names import fold
from promptlang.model.storyboard import Shot
from promptlang.model.texts import Ruler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage
    from promptlang.model.entities import Entity
    from promptlang.source import Span

_ARTICLE = late(r"(?:a|an|the)\s+", re.IGNORECASE)
_BESIDE = late(r"\s*,\s*(?:(?:a|an|the)\s+)?|\s*\(\s*(?:(?:a|an|the)\s+)?", re.IGNORECASE)
_CLAUSE = late(r"[,.;:!?()]")
_NEXT = late(r"\s+(?:[^\W\d_]+ly\s+)?([^\W\d_]+)(?!\w)")
_OVER_HEAD = late(r"\s+(?:[^\W\d_]+\s+)?(?:over|onto|on)\s+(?:his|her|their|the)\s+head(?!\w)")
_WORD = late(r"[^\W\d_]+")
_BEFORE = late(r"([^\W\d_]+)\s+\Z")
_BEHIND = late(r"\s+([^\W\d_]+)")
_WORN = late(
    r"(?:['’]s|,?\s+(?:now\s+)?(?:dressed\s+in|in|wearing|with))\s+(?:(?:a|an|the|his|her|their)\s+)?",
    re.IGNORECASE,
)
_SET_OFF = late(r"@[^@\s,(]+\s*[,(]")
_LEAST_REPEATED = 3

# A ref is read with the words around it; a line may have thousands of refs.
_NEAR = 80


def mentions(passage: Passage) -> Iterator[tuple[Mention, int, int]]:
    """Yield the refs of a passage with where they begin and end in its plain words."""
    at = 0
    for part in passage.text.parts:
        size = len(part.written) + 1 if isinstance(part, Mention) else len(part.text)
        if isinstance(part, Mention):
            yield part, at, at + size
        at += size


class DescribedNotNamed(Rule):
    """The prose of a SHOT names somebody without the @ of the name.

    Where *Driver* is declared and the shot says *the driver*, no picture goes along and another
    face appears. The fix writes the ref.

    Source: the pages of Kling multi-shot: name elements in every shot that shows them.

    **Example**

    ```shot
    @Driver = character: a rally driver with cropped dark hair
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers the visor.

    SHOT 2 (5s): close-up, static camera
      The driver closes her eyes.
    ```

    **Use instead**

    ```shot
    @Driver = character: a rally driver with cropped dark hair
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers the visor.

    SHOT 2 (5s): close-up, static camera
      @Driver closes her eyes.
    ```
    """

    code = "PL150"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the declared names that stand as plain nouns in shots that never ref them."""
        named = {
            fold(entity.name) + ending: entity
            for entity in film.storyboard.entities.values()
            if entity.kind in _SHOWN
            for ending in ("", "'s", "’s")
        }
        told: set[tuple[int, str]] = set()
        bare: dict[str, list[tuple[Entity, re.Match[str]]]] = {}
        for text, unit, _ in film.texts["prose"]:
            if not isinstance(unit, Shot):
                continue
            if text.plain not in bare:
                bare[text.plain] = _plain_nouns(named, text.plain)
            for entity, match in bare[text.plain]:
                key = (unit.number, entity.name)
                if key not in told and not _shown(entity, unit, film):
                    told.add(key)
                    yield self._found(entity, match[0], Ruler(text).place(*match.span()))

    def _found(self, entity: Entity, written: str, span: Span) -> Diagnostic:
        return self.at(
            span,
            f'"{written}" has no @, so "@{entity.name}" takes no part in this shot',
            hint=f"write @{entity.name}",
            related=[Related("declared here", entity.span)],
            fixes=[Fix(f'write "@{entity.name}"', [Edit(span, f"@{entity.name}")], safe=False)],
        )


_SHOWN = frozenset({"character", "creature", "vehicle", "product", "prop"})


def _shown(entity: Entity, unit: Shot, film: Film) -> bool:
    """Whether a shot has an entity by ref, or somebody else the noun may stand for."""
    entities = film.facts(unit).entities
    if entity.name in entities or any(s.speaker is entity for s in unit.speeches()):
        return True
    told = [other.description for other in entities.values() if other.description is not None]
    return any(fold(entity.name) in words_of(text.plain) for text in told)


def _plain_nouns(named: dict[str, Entity], plain: str) -> list[tuple[Entity, re.Match[str]]]:
    """Return the things a text names without the @, each with the first place."""
    spoken = dict.fromkeys([named[word] for word in words_of(plain) if word in named])
    found = []
    said = plain.casefold()
    for entity in spoken:
        name = fold(entity.name)
        if said.count(name) == said.count(f"@{name}"):
            continue  # refs alone, as nearly always
        nouns = _as_noun(entity.name).finditer(plain)
        first = next((match for match in nouns if _alone(match, entity)), None)
        if first is not None:
            found.append((entity, first))
    return found


@cache
def _as_noun(name: str) -> re.Pattern[str]:
    plain = re.escape(name)
    # Without an article only a capital tells a name from a noun.
    bare = rf"|{plain}" if name[0].isupper() else ""
    return re.compile(rf"(?<![\w@-])(?:(?P<the>[Tt]he\s+)(?i:{plain}){bare})(?![\w-])")


def _alone(match: re.Match[str], entity: Entity) -> bool:
    """Whether a noun is all of its group: *the car*, and not *the car park* nor *the car of*."""
    plain = match.string
    before = _BEFORE.search(plain, max(match.start() - _NEAR, 0), match.start())
    led = before[1] if before is not None and match["the"] is None else ""
    # "a Driver" is any driver, and "Taxi Driver" has another name.
    if led[:1].isupper() or led in words("names", "before"):
        return False
    behind = _BEHIND.match(plain, match.end())
    if behind is None:
        return True
    word = behind[1]
    return word in words("names", "after") or (
        entity.kind in PEOPLE and word.endswith("s") and word.islower()
    )


class ContradictsDescription(Rule):
    """The words next to a ref contradict how it is declared.

    The pictures show a red suit and the prose a blue one: the model mixes the two, or changes
    somebody's clothes between shots. Another suit is another element, or an EDIT.

    Source: the guide of Kling O1: describe what a reference shows as the reference shows it.

    **Example**

    ```shot
    @Driver = character "driver.png": a rally driver in a red race suit
    SHOT 1 (5s): medium shot, static camera
      @Driver in a blue suit lowers the visor.
    ```

    **Use instead**

    ```shot
    @Driver = character "driver.png": a rally driver in a red race suit
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers the visor.
    ```
    """

    code = "PL151"
    severity = Severity.WARNING

    def words(self) -> Iterable[str]:
        """Wait for the words that colours and ages are told in."""
        return [*_colours(), *words("names", "stops", "decades")]

    def hears(self, plain: str) -> bool:
        """Look for a ref."""
        return "@" in plain

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report a colour or an age beside a ref that its description tells otherwise."""
        for mention, _, end in mentions(passage):
            declared = mention.entity.description
            if declared is None:
                continue
            for find in (_other_colour, _other_age):
                place = find(passage.plain, end, declared.plain)
                if place is not None:
                    span = passage.span(*place)
                    yield self.at(
                        span,
                        f'"{span.text}" contradicts the description of "@{mention.entity.name}"',
                        hint="say it as it is declared, or declare another element",
                        related=[Related("the description", declared.span)],
                    )


@cache
def _colours() -> dict[str, str]:
    return {word: name for name, words in craft("names", "colours").items() for word in words}


def _coloured(words: list[re.Match[str]]) -> Iterator[tuple[str, int, list[re.Match[str]]]]:
    """Yield each colour with its place and the words up to the end of what has it."""
    colours, stops = _colours(), craft("names", "stops")["words"]
    for place, word in enumerate(words):
        colour = colours.get(word[0].casefold())
        if colour is None:
            continue
        group = []
        for behind in words[place + 1 : place + 4]:
            if behind[0].casefold() in stops:
                break
            group.append(behind)
        yield colour, word.start(), group


def _other_colour(plain: str, end: int, declared: str) -> tuple[int, int] | None:
    lead = _WORN.match(plain, end)
    if lead is None:
        return None
    known = _things(declared)
    said = list(_WORD.finditer(plain, lead.end(), _clause_end(plain, lead.end())))[:4]
    for colour, start, group in list(_coloured(said))[:1]:
        for thing in group[:2]:
            if colour not in known.get(thing[0].casefold(), {colour}):
                return start, thing.end()
    return None


@lru_cache(maxsize=1024)
def _things(declared: str) -> dict[str, set[str]]:
    """Return the colours a description gives to each thing."""
    known: dict[str, set[str]] = {}
    start = 0
    for end in [*(mark.start() for mark in _CLAUSE.finditer(declared)), len(declared)]:
        for colour, _, group in _coloured(list(_WORD.finditer(declared, start, end))):
            for thing in group[-1:]:
                known.setdefault(thing[0].casefold(), set()).add(colour)
        start = end
    return known


def _clause_end(plain: str, start: int) -> int:
    """Return where a clause ends, or where it is too far from its ref to be about it."""
    last = min(start + _NEAR, len(plain))
    stop = _CLAUSE.search(plain, start, last)
    return stop.start() if stop else last


def _other_age(plain: str, end: int, declared: str) -> tuple[int, int] | None:
    known = _known_age(declared)
    if known is None:
        return None
    said = _age().search(plain, end, _clause_end(plain, end))
    # Behind another ref nobody can tell whose age it is.
    if said is None or "@" in plain[end : said.start()] or said[1].casefold() == known:
        return None
    return said.span()


@lru_cache(maxsize=1024)
def _known_age(declared: str) -> str | None:
    found = _age().search(declared)
    return None if found is None else found[1].casefold()


@cache
def _age() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)in\s+(?:his|her|their)\s+(?:early\s+|mid[\s-]|late\s+)?"
        rf"({either(words('names', 'stops', 'decades'))})(?!\w)",
        re.IGNORECASE,
    )


class DescriptionRepeated(Rule):
    """The prose repeats a description next to the ref.

    Pictures show it and where there are none the description is said anyway, so the words cost
    room twice. The fix leaves the ref.

    **Example**

    ```shot
    @Driver = character "driver.png": a rally driver in a red race suit
    SHOT 1 (5s): medium shot, static camera
      @Driver, a rally driver in a red race suit, lowers the visor.
    ```

    **Use instead**

    ```shot
    @Driver = character "driver.png": a rally driver in a red race suit
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers the visor.
    ```
    """

    code = "PL152"
    roles = frozenset({"prose", "change", "request"})

    def words(self) -> Iterable[str]:
        """Wait for what sets a description off from its ref."""
        return (",", "(")

    def hears(self, plain: str) -> bool:
        """Look for a ref with such a mark behind it."""
        return _SET_OFF.search(plain) is not None

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each description that stands word for word behind its ref."""
        for mention, _, end in mentions(passage):
            beside = _BESIDE.match(passage.plain, end)
            declared = mention.entity.description
            if declared is None or beside is None:
                continue
            said = _ARTICLE.sub("", declared.plain.strip(), count=1)
            last = beside.end() + len(said)
            if len(words_of(said)) < _LEAST_REPEATED or (
                passage.plain[beside.end() : last].casefold() != said.casefold()
            ):
                continue
            yield self._repeated(mention, passage, (end, beside.end(), last))

    def _repeated(
        self, mention: Mention, passage: Passage, places: tuple[int, int, int]
    ) -> Diagnostic:
        end, start, last = places
        closed = last + 1 if passage.plain[last : last + 1] in {",", ")"} else last
        return self.at(
            passage.span(start, last),
            f'"@{mention.entity.name}" brings this description along',
            hint="leave the ref and say what is new",
            fixes=[
                Fix("leave the ref", [Edit(passage.span(end, closed), "")], safe=False),
            ],
        )


class KindMisuse(Rule):
    """A thing does, or has done to it, what its kind cannot.

    A suit lowered over a head, a garage that strolls, a car that is worn: mostly two names were
    swapped, or the kind in the declaration is the wrong one.

    **Example**

    ```shot
    @Driver = character: a rally driver with cropped dark hair
    @Suit = wardrobe: a red race suit
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers @Suit over her head.
    ```

    **Use instead**

    ```shot
    @Driver = character: a rally driver with cropped dark hair
    @Helmet = wardrobe: a red helmet
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers @Helmet over her head.
    ```
    """

    code = "PL153"

    def words(self) -> Iterable[str]:
        """Wait for the verbs, and for the head things are put on."""
        return _concerned()

    def hears(self, plain: str) -> bool:
        """Look for a ref, and for more of a head than that there is one."""
        said = set(words_of(plain)) - {"head"}
        return "@" in plain and (
            not _concerned().keys().isdisjoint(said) or _OVER_HEAD.search(plain) is not None
        )

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each ref beside a verb its kind does not go with."""
        words = _concerned()
        kinds = {kind for word in passage.words for kind in words.get(word, ())}
        for mention, start, end in mentions(passage):
            if mention.entity.kind not in kinds:
                continue
            why = _misused(mention.entity, passage.plain, start, end)
            if why is not None:
                yield self.at(
                    mention.span,
                    f'"@{mention.written}" is declared as {mention.entity.kind}, and {why}',
                    hint="write the name that was meant, or declare it as what it is",
                    related=[Related("declared here", mention.entity.span)],
                )


@cache
def _concerned() -> dict[str, set[str]]:
    """Return the kinds that each word may speak wrongly of."""
    rows = craft("names", "misuse")
    found: dict[str, set[str]] = {"head": {"wardrobe"}}
    for kind in ELEMENT_KINDS:
        for verb in rows.get(kind, ()):
            found.setdefault(verb, set()).add(kind)
    for verb in rows["wear"]:
        found[verb] = {*rows["worn"]}
    return found


def _leads(plain: str, start: int) -> bool:
    """Whether nothing of its clause stands before a place."""
    before = plain[max(start - _NEAR, 0) : start].split()
    if not before:
        return start < _NEAR
    return before[-1][-1] in ".;:!?" or before[-1].casefold() in {"as", "when", "while"}


def _misused(entity: Entity, plain: str, start: int, end: int) -> str | None:
    """Return what is said of a thing that its kind does not allow."""
    rows = craft("names", "misuse")
    behind = _NEXT.match(plain, end)
    # Only at the head of a clause is it the one who does: "@Mira in @Coat walks" is not.
    verb = behind[1] if behind is not None and _leads(plain, start) else ""
    if verb.casefold() in rows.get(entity.kind, ()):
        return f'here it "{verb}"'
    before = plain[max(start - _NEAR, 0) : start].casefold().split()[-2:]
    if before and before[-1] in {"a", "her", "his", "the"}:
        before.pop()
    worn = not set(before[-1:]).isdisjoint(rows["wear"])
    if worn and entity.kind in rows["worn"] and plain[end : end + 1] not in {"'", "’"}:
        return "here somebody wears it"
    if entity.kind == "wardrobe" and _OVER_HEAD.match(plain, end):
        told = entity.description.plain if entity.description is not None else entity.name
        if not set(words_of(told)).isdisjoint(rows["below"]):
            return "here it goes over a head"
    return None


RULES: tuple[Rule, ...] = (
    DescribedNotNamed(),
    ContradictsDescription(),
    DescriptionRepeated(),
    KindMisuse(),
)
