"""How an entity is called in a prompt: by its reference, by a noun, or by its description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.emit.words import Words, listed
from promptlang.model.storyboard import Entity, Mention, Run, Text
from promptlang.syntax.patterns import late

if TYPE_CHECKING:
    from promptlang.plan.generation import Generation, Slot
    from promptlang.source import Span

ROLES = {
    "character": "the face and build",
    "creature": "the creature",
    "wardrobe": "the clothing",
    "prop": "the prop",
    "vehicle": "the vehicle",
    "place": "the setting",
    "product": "the product",
    "element": "the subject",
    "style": "the style",
    "image": "the look",
    "video": "the movement",
    "audio": "the sound",
    "voice": "the voice",
}
"""What a reference of a kind takes part for, where ``using`` does not say."""

PROVIDED = {
    "character": "the provided character reference",
    "creature": "the provided creature reference",
    "wardrobe": "the provided outfit reference",
    "prop": "the provided prop reference",
    "vehicle": "the provided vehicle reference",
    "place": "the provided environment reference",
    "product": "the provided product image",
    "element": "the provided subject reference",
    "style": "the provided style reference",
    "image": "the provided image",
    "video": "the provided video",
    "audio": "the provided audio",
    "voice": "the provided voice",
}
"""What a reference of a kind is called where prompts cannot point at it."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

_NOUN_ENDS = late(
    # what follows the noun: a comma, a preposition or relative, a participle with its preposition
    r"\s*[,;:(]|[.!?](?:\s|$)"
    r"|\s+(?:in|with|of|on|at|as|from|for|who|that|which|whose|wearing|holding|carrying|the|an?)\s"
    r"|\s+(?:\w+ed|bound|built|cut|drawn|held|hung|laid|lit|made|seen|set|shot|torn|worn)"
    r"\s+(?:against|at|by|down|for|from|in|of|on|over|through|to|under|up|with)\s",
    re.IGNORECASE,
)
_ARTICLE = late(r"(?:an?|one)\s+", re.IGNORECASE)
_DEFINITE = late(r"(?:the|this|that|his|her|its|their|our|my)\s", re.IGNORECASE)
# "a dog. It limps." inside a sentence reads "a dog, it limps".
_SENTENCES = late(r"\s*[.!?]+\s+(\w+)")
_LATIN = late("[\u0000-\u024f\u2010-\u201f]*")
_HUMPS = late(r"(?<=[a-z0-9])(?=[A-Z])|_+")


def words_of(text: Text) -> str:
    """Return a text as words that fit into a sentence, with refs as nouns."""
    plain = "".join(
        part.text if isinstance(part, Run) else name_words(part.entity) for part in text.parts
    )
    return _SENTENCES.sub(lambda match: f", {match[1].lower()}", plain.strip().rstrip(".!? "))


def name_words(entity: Entity) -> str:
    """Return the declared name as words: ``RaceSuit`` is *race suit*, a person keeps a capital."""
    spaced = _HUMPS.sub(" ", entity.name).strip()
    return spaced if entity.is_person or not spaced.isascii() else spaced.lower()


def noun(entity: Entity) -> str:
    """Return the short way to name an entity: *the rally driver*, *Anna*, *the race suit*."""
    if entity.description is not None:
        full = words_of(entity.description)
        short = _NOUN_ENDS.split(full, maxsplit=1)[0].strip() or full
        if match := _ARTICLE.match(short):
            return f"the {short[match.end() :]}"
        if _DEFINITE.match(short) or not short[:1].isascii() or not short[:1].islower():
            return short
        if " " in short:
            return f"the {short}"
        # One word without an article may be no noun at all: "tall, in grey".
    name = name_words(entity)
    return name if entity.is_person or not name.isascii() else f"the {name}"


class Voice:
    """Calls the entities of one request. It remembers who was introduced.

    Attributes:
        words: Where placeholders come from; those of the unit that is being worded.
        called: The entities that were mentioned in the prompt so far, in order.
    """

    __slots__ = ("_generation", "_introduced", "called", "words")

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._introduced: set[int] = set()
        self.words = Words()
        self.called: list[Entity] = []

    def new_words(self) -> Words:
        """Begin the words of another unit; what they call is remembered from the one before."""
        self.words = Words()
        return self.words

    def text(self, text: Text, *, opens: bool = False) -> str:
        """Return a text with placeholders for its words and references.

        Args:
            text: What to say.
            opens: Whether it begins a sentence, so that a noun there takes a capital.
        """
        if text.typed and text.is_words:
            return self.words.put(text.plain, text.span)
        parts = text.parts
        if len(parts) == 1 and isinstance(run := parts[0], Run):
            return self.words.put(run.text, run.span)
        out: list[str] = []
        before = ". " if opens else " "
        for index, part in enumerate(parts):
            if isinstance(part, Run):
                out.append(self.words.put(part.text, part.span))
                before = (before + part.text)[-2:]
                continue
            following = parts[index + 1] if index + 1 < len(parts) else None
            after = following.text[:3] if isinstance(following, Run) else ""
            out.append(self._mention(part, before, after))
            before = "a"
        return "".join(out)

    def call(self, entity: Entity, span: Span | None = None) -> str:
        """Return the way to name an entity inside a sentence of the compiler's own."""
        words, token = self._spelling(entity, self._generation.slot(entity))
        return self.words.put(words, span, token=token)

    def all_of(self, entity: Entity, span: Span | None = None) -> str:
        """Return the way to name every picture of an entity: *@Image1 and @Image2*."""
        slot = self._generation.slot(entity)
        if slot is None or len(slot.tokens) < 2:
            return self.call(entity, span)
        return listed([self.words.put(token, span, token=True) for token in slot.tokens])

    def introduce(self, entity: Entity, span: Span | None = None) -> str:
        """Return the way to name an entity; whoever is described is known from then on."""
        slot = self._generation.slot(entity)
        if self._is_new(entity, slot):
            self._introduced.add(id(entity))
            return self.words.put(f"{noun(entity)} in ", span) + self.all_of(entity, span)
        words, token = self._spelling(entity, slot)
        if not token:
            self._introduced.add(id(entity))
        return self.words.put(words, span, token=token)

    def sound(self, speaker: Entity, span: Span) -> str:
        """Return the voice of a speaker: its reference, or in words the first time it is heard."""
        slot = self._generation.voice(speaker)
        own = speaker.voice
        if slot is not None and slot.token and speaker.kind != "voice":
            return self.words.put(slot.token, span, token=True)
        if not isinstance(own, Entity) or own.description is None or own.assets:
            return ""
        if id(own) in self._introduced:
            return ""
        self._introduced.add(id(own))
        return self.words.put(words_of(own.description), own.description.span)

    def _mention(self, mention: Mention, before: str, after: str) -> str:
        entity = mention.entity
        slot = self._generation.slot(entity)
        first = id(entity) not in self._introduced
        lead = close = ""
        # "the driver in @Element1's hand" would be the hand of an element.
        owns = after.startswith(("'s", "’s"))
        if entity.is_element and before != "n " and self._is_new(entity, slot):
            return self._introduce(mention, before, after, owns=owns)
        noun_first = first and not owns and self._wants_noun(entity, before)
        if slot is not None and slot.token and noun_first:
            called = noun(entity)
            joint = " from " if after.startswith(" in") else " in "
            if not _LATIN.fullmatch(called):
                joint, close = " (", self.words.put(")", mention.span)
            lead = self.words.put(f"{_opening(called, before)}{joint}", mention.span)
        words, token = self._spelling(entity, slot)
        if owns and not token:
            words = noun(entity)  # not "a student with a cello case's hand"
        if not token:
            words = _opening(words, before)
            if first and "," in words and after and after[:1] not in set(",.;:!?)"):
                words += ","
        several = self._is_new(entity, slot)
        if not owns:
            self._introduced.add(id(entity))
        if entity not in self.called:
            self.called.append(entity)
        if several:
            return lead + self.all_of(entity, mention.span) + close
        return lead + self.words.put(words, mention.span, token=token) + close

    def _is_new(self, entity: Entity, slot: Slot | None) -> bool:
        """Whether somebody seen in several pictures is still to be named with all of them."""
        return slot is not None and len(slot.tokens) > 1 and id(entity) not in self._introduced

    def _introduce(self, mention: Mention, before: str, after: str, *, owns: bool) -> str:
        """Say who is seen in several pictures: *the driver in @Image1 and @Image2*."""
        entity = mention.entity
        self._introduced.add(id(entity))
        if entity not in self.called:
            self.called.append(entity)
        called = noun(entity)
        apart = owns or not _LATIN.fullmatch(called)
        joint = " (" if apart else " from " if after.startswith(" in") else " in "
        lead = self.words.put(f"{_opening(called, before)}{joint}", mention.span)
        close = self.words.put(")", mention.span) if apart else ""
        return lead + self.all_of(entity, mention.span) + close

    def _wants_noun(self, entity: Entity, before: str) -> bool:
        wants = self._generation.target.mention == "noun"
        return wants and entity.is_element and before != "n "

    def _spelling(self, entity: Entity, slot: Slot | None) -> tuple[str, bool]:
        if slot is not None and slot.token:
            return slot.token, True
        first = id(entity) not in self._introduced
        if slot is not None and slot.form not in {"described", "voice"}:
            if not first:
                return noun(entity), False
            provided, called = self._provided(entity), noun(entity)
            if not entity.is_element:
                return provided, False
            joint = f"from {provided}" if _LATIN.fullmatch(called) else f"({provided})"
            return f"{called} {joint}", False
        if first and entity.description is not None:
            return words_of(entity.description), False
        return noun(entity), False

    def _provided(self, entity: Entity) -> str:
        """Return *the provided image*, or *the second provided image* where there are several."""
        alike = [
            slot.entity
            for slot in sorted(self._generation.slots, key=lambda slot: slot.number)
            if slot.entity.kind == entity.kind and slot.form != "described"
            for _ in range(len(slot.further) + 1)
        ]
        words, count = PROVIDED[entity.kind], alike.count(entity)
        if count > 1:
            words += "s"
        if not count or count == len(alike):
            return words
        place = alike.index(entity)
        number = _ordinal(place)
        if count > 1:
            joint = " and " if count == 2 else " to "
            number += joint + _ordinal(place + count - 1)
        return words.replace("the ", f"the {number} ", 1)


def _ordinal(place: int) -> str:
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"


def _opening(words: str, before: str) -> str:
    """Give a noun at the start of a sentence its capital."""
    if not before.endswith((". ", "! ", "? ")):
        return words
    return words[:1].upper() + words[1:]
