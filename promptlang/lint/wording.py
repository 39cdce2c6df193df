"""How things are said: words that show nothing, and words a model cannot film."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix
from promptlang.lint.craft import pattern, telling, words
from promptlang.lint.passages import Passage, words_of
from promptlang.lint.patterns import any_of, late
from promptlang.lint.rule import Rule
from promptlang.model.storyboard import Shot
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.entities import Entity

SEEN = frozenset({"prose", "environment", "style", "mood", "lighting"})
"""The roles of texts that say what is seen."""


class VagueVerb(Rule):
    """A verb leaves open how something moves.

    A model fills in what the script leaves open, differently each time. A strong verb, or an
    adverb of pace beside a weak one, settles it: *strides*, *turns slowly*. Verbs that say more
    are weak only where nothing follows them.

    Fix: writes a stronger verb, as one of several that could be meant.

    Source: the guide of Kling O1, which lists weak and strong verbs.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A dancer moves across the stage.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A dancer glides across the stage.
    ```
    """

    code = "PL801"

    def words(self) -> Iterable[str]:
        """Wait for the weak verbs."""
        return vocabulary().motion_verbs["weak"]

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each weak verb that nothing makes stronger."""
        verbs = vocabulary().motion_verbs
        if not verbs["pace"].keys().isdisjoint(passage.words):
            return
        for match in _weak().finditer(passage.plain):
            verb = match[0].casefold()
            if not _is_vague(verb, passage.plain[: match.start()], passage.plain[match.end() :]):
                continue
            better = verbs["weak"][verb]
            if _is_vehicle(passage, match.start()):
                better = verbs["vehicle"].get(verb, better)
            span = passage.span(*match.span())
            yield self.at(
                span,
                f'"{match[0]}" does not say how',
                hint=f"use a stronger verb, such as {_either(better)}",
                fixes=[Fix(f'write "{better[0]}"', [Edit(span, better[0])], safe=False)],
            )


@cache
def _weak() -> re.Pattern[str]:
    return any_of(vocabulary().motion_verbs["weak"])


_NEAR = 120
"""How many characters around a word are looked at, so that a long line stays cheap."""


def _either(words: Sequence[str]) -> str:
    """Return *glides, lunges or drifts*."""
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _is_vehicle(passage: Passage, at: int) -> bool:
    """Whether what stands right before a verb is a ref to a vehicle."""
    subject = passage.plain[:at].rstrip()
    return any(
        mention.entity.kind == "vehicle" and subject.endswith(f"@{mention.entity.name}")
        for mention in passage.text.mentions()
    )


def _is_vague(verb: str, before: str, behind: str) -> bool:
    following, previous = words_of(behind[:20]), words_of(before[-20:])
    if previous and previous[-1] in words("wording", "vague", "nouns"):
        return False
    # Nothing moves but the flag: that says who stands still.
    if not set(words("wording", "vague", "stillness")).isdisjoint(words_of(before[-_NEAR:])):
        return False
    if verb not in words("wording", "vague", "always"):
        return not behind.strip(" .!,;")[:1].isalnum() and not behind.lstrip().startswith("@")
    return not following or following[0] not in words("wording", "vague", "settled")


class VagueAction(Rule):
    """A shot says hardly anything about what happens.

    *A person walks* leaves who, where and how to chance. Say who it is, how they do it and what
    is around them.

    Source: the guide of Kling O1 names *a person walks* as what not to write.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A person walks.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A woman in a red coat strolls along a wet pier.
    ```
    """

    code = "PL802"
    _FEWEST = 4

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report a shot of a few words without a ref, a scene or a picture."""
        for unit in film.units:
            if unit.setting is not None:
                continue
            lines = unit.prose()
            count = sum(len(line.plain.split()) for line in lines)
            if not lines or count >= self._FEWEST or not lines[0].plain.isascii():
                continue
            if unit.texts["environment"] or unit.speeches() or film.facts(unit).entities:
                continue
            yield self.at(
                lines[0].span,
                f'"{lines[0].plain}" says hardly anything',
                hint="say who or what it is, how it happens and what is around it",
            )


class VaguePraise(Rule):
    """A word praises the picture and shows nothing.

    *Stunning* is an opinion about a picture that is not made yet. Say what makes it so: the light,
    the place, the colour.

    Source: the guides of Kling O1 and Veo, which ask for what can be seen.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A stunning lighthouse above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A white lighthouse above breaking waves, spray in the evening sun.
    ```
    """

    code = "PL803"
    roles = SEEN

    def words(self) -> Iterable[str]:
        """Wait for words of praise."""
        return telling("wording", "praise")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each of them."""
        for match in pattern("wording", "praise").finditer(passage.plain):
            before = passage.plain[: match.start()].rstrip()
            # A capital inside a sentence begins a name: the Amazing Randolfo, a train to Nice.
            if before and before[-1] not in ".!?" and match[0][0].isupper():
                continue
            yield self.at(
                passage.span(*match.span()),
                f'"{match[0]}" praises the picture and shows nothing',
                hint="say what makes it so, or leave it out",
            )


class SeveralActions(Rule):
    """One shot holds three steps or more.

    A shot holds one simple action; two linked verbs are fine. In a few seconds a model drops the
    third step, or hurries through all of them.

    Source: the page of the directed multi-shot system.

    **Example**

    ```shot
    SHOT 1 (5s): medium shot, static
      A courier opens the door, drops his bag and sits down.
    ```

    **Use instead**

    ```shot
    SHOT 1 (3s): medium shot, static
      A courier opens the door and drops his bag.

    SHOT 2 (2s): close-up, static
      The courier sinks into a chair.
    ```
    """

    code = "PL808"

    def words(self) -> Iterable[str]:
        """Wait for verbs of one step."""
        return words("wording", "steps")

    def hears(self, plain: str) -> bool:
        """Look for a chain, which few texts hold."""
        return bool(_chains(plain))

    def passage(self, passage: Passage, film: Film) -> Iterable[Diagnostic]:
        """Report a chain of three verbs that share their subject."""
        if not isinstance(passage.unit, Shot):
            return ()
        return [
            self.at(
                passage.span(start, end),
                f"{_listed(chain)} are {len(chain)} actions in one shot, a model keeps one or two",
                hint="give what comes last a shot of its own",
            )
            for chain, start, end in _chains(passage.plain)
        ]


@cache
def _steps() -> frozenset[str]:
    return frozenset(words("wording", "steps"))


@lru_cache(maxsize=1024)
def _chains(plain: str) -> list[tuple[list[str], int, int]]:
    """Return each chain of three verbs or more, with the place of the third."""
    said = words_of(plain)
    joints = plain.count(",") + said.count("and") + said.count("then")
    if joints < 2 and "'" not in plain and "’" not in plain:
        return []  # most texts have no room for a chain
    known = _steps()
    found = []
    for sentence in _SENTENCE.finditer(plain):
        steps = [m for m in _STEP.finditer(sentence[0]) if m["verb"].casefold() in known]
        if len(steps) < 2:
            continue
        first = next((w for w in words_of(sentence[0][: steps[0].start()]) if w in known), None)
        if first is not None:
            at, third = sentence.start(), steps[1]
            chain = [first, *(step["verb"] for step in steps)]
            found.append((chain, at + third.start("verb"), at + third.end("verb")))
    return found


_SENTENCE = late(r"[^.!?]+")
_STEP = late(
    r"(?:,\s*(?:and\s+|then\s+|and\s+then\s+)?|\band\s+(?:then\s+)?|\bthen\s+)(?:\w+ly\s+)?(?P<verb>[a-z]+s)\b",
    re.IGNORECASE,
)


def _listed(chain: list[str]) -> str:
    quoted = [f'"{word}"' for word in chain]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


class UnclearPronoun(Rule):
    """*He* or *she* could be either of two people.

    A model does not remember who was meant. With two people in the shot, name the one who acts.

    Source: issues of reference-driven models, which swap faces where a pronoun leaves it open.

    **Example**

    ```shot
    @Host  = character: a silver-haired presenter
    @Guest = character: a young physicist

    SHOT 1 (5s): two-shot, static
      @Host faces @Guest. She laughs.
    ```

    **Use instead**

    ```shot
    @Host  = character: a silver-haired presenter
    @Guest = character: a young physicist

    SHOT 1 (5s): two-shot, static
      @Host faces @Guest. @Guest laughs.
    ```
    """

    code = "PL809"

    def words(self) -> Iterable[str]:
        """Wait for the pronouns."""
        return ("he", "she")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report a pronoun that begins a sentence behind two people."""
        people = [m.entity for m in passage.text.mentions() if m.entity.is_person]
        if len({entity.name for entity in people}) < 2:
            return
        for match in _PRONOUN.finditer(passage.plain):
            named = _REF.findall(passage.plain[: match.start()])
            if len({name.casefold() for name in named}) >= 2:
                yield self.at(
                    passage.span(*match.span()),
                    f'"{match[0]}" could be {_both(people)}',
                    hint="name the one who is meant",
                )


_PRONOUN = late(r"(?<=[.!?;] )(?:He|She)\b")
_REF = late(r"@(\w+)")


def _both(people: Iterable[Entity]) -> str:
    return " or ".join(dict.fromkeys(f'"@{entity.name}"' for entity in people))


class UnseenThought(Rule):
    """Somebody does something in their head.

    A camera sees what people do, not what they think. Show the thought: a look, a pause, a hand
    that stops.

    Source: screenwriting practice; the guides ask for what can be seen.

    **Example**

    ```shot
    SHOT 1 (4s): close-up, static
      A widow remembers the summer by the sea.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): close-up, static
      A widow turns a seashell in her hand and smiles.
    ```
    """

    code = "PL810"

    def words(self) -> Iterable[str]:
        """Wait for verbs of thinking."""
        return words("wording", "thoughts")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each of them."""
        for match in pattern("wording", "thoughts").finditer(passage.plain):
            if not _is_verb(match[0], passage.plain[: match.start()], passage.plain[match.end() :]):
                continue
            yield self.at(
                passage.span(*match.span()),
                f'"{match[0]}" happens in the head, where no camera goes',
                hint="show it in a face, a hand or a pause",
            )


def _is_verb(word: str, before: str, behind: str) -> bool:
    """Whether a word of thinking is done by somebody and nothing shows it: chin on fist."""
    told = re.split(r"[.!?]", before[-_NEAR:])[-1]
    previous = words_of(told)[-1:]
    if word.casefold() in words("wording", "thoughts", "things") and (
        not previous or previous[0] in words("wording", "thoughts", "articles")
    ):
        return False
    # What follows a comma, a colon or an *and* shows the thought, as the rule asks for.
    return re.match(r"[^.!?]*(?:[,:;]| and )", told + behind[:_NEAR]) is None


class VagueNumber(Rule):
    """A number is left open.

    *Several cars* is two to a model today and nine tomorrow, and another number in the next shot.

    Source: continuity practice; a matter of taste.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static
      Several trawlers leave the harbour.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static
      Three trawlers leave the harbour.
    ```
    """

    code = "PL814"
    opinionated = True

    def words(self) -> Iterable[str]:
        """Wait for words that stand for a number."""
        return telling("wording", "numbers") | {"few", "lot", "lots"}

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each of them."""
        for word, span in passage.find(pattern("wording", "numbers")):
            yield self.at(span, f'"{word}" leaves the number open', hint="say how many")


RULES: tuple[Rule, ...] = (
    VagueVerb(),
    VagueAction(),
    VaguePraise(),
    SeveralActions(),
    UnclearPronoun(),
    UnseenThought(),
    VagueNumber(),
)
