"""The vocabulary, loaded once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from promptlang.vocabulary.build import table
from promptlang.vocabulary.conflicts import Conflict
from promptlang.vocabulary.terms import Term
from promptlang.vocabulary.words import key_of, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.vocabulary.tables import Entry


# The longest focal length of each class of lens, on the full frame.
_LENSES = (
    (18, "ultra-wide-lens"),
    (35, "wide-lens"),
    (65, "normal-lens"),
    (115, "portrait-lens"),
)


class Vocabulary:
    """Every word of the field and what is known about it.

    Attributes:
        terms: The terms by id.
        camera: The ids by key of what names a term in a list of camera terms.
        joints: What keys mean there that are no plain names: modifiers, joining words, two terms
            in one, names that end in a preposition.
        lengths: How many words the keys of both have that begin with a word, a digit of base 36
            each, longest first.
        scopes: The ids by key of the categories that are no camera terms.
        scope_lengths: As `lengths`, of each scope.
        short: The ids by abbreviation.
        short_words: Words behind abbreviations that are no terms, such as FG.
        places: Where each modifier is written: ``before`` or ``after`` its term.
        prose: The ids by key that count in plain prose.
        prose_singles: The single words among them that count by themselves.
        edit_verbs: What each edit verb takes, by every spelling.
        edits: The other tables of the edit vocabulary by name.
        motion_verbs: Weak and strong verbs of movement, adverbs of pace, likenesses.
        person_nouns: Nouns for a person.
        person_keys: Their keys.
        languages: The name of each language of speech by its casefolded name.
        language_codes: The code of each language by its name.
        varieties: Casefolded words that may stand before a language and belong to it.
        manners: The verb of speaking by the manner that means it (``whispering``: *whispers*).
        negative_standard: What ``negative: standard`` stands for.
        around_time: Keys that may stand around a time.
        ambiguous: Words with several readings and how they are read.
        conflicts: The rules about what excludes what.
        craft: The words rules of the craft look for, by family and name.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.terms: dict[str, Term] = {id: Term(id, **row) for id, row in data["terms"].items()}
        self.camera: dict[str, str] = data["camera"]
        self.joints: dict[str, Entry] = data["joints"]
        self.lengths: dict[str, str] = data["lengths"]
        self.scopes: dict[str, dict[str, str]] = data["scopes"]
        self.scope_lengths: dict[str, dict[str, str]] = data["scope_lengths"]
        self.short: dict[str, str] = data["short"]
        self.short_words: dict[str, str] = data["short_words"]
        self.places: dict[str, str] = data["places"]
        self.prose: dict[str, str] = data["prose"]
        self.prose_singles: frozenset[str] = frozenset(data["prose_singles"])
        self.edit_verbs: dict[str, dict[str, Any]] = data["edit_verbs"]
        self.edits: dict[str, dict[str, Any]] = data["edits"]
        self.motion_verbs: dict[str, dict[str, Any]] = data["motion_verbs"]
        self.person_nouns: frozenset[str] = frozenset(data["person_nouns"])
        self.person_keys: frozenset[str] = frozenset(data["person_keys"])
        self.languages: dict[str, str] = data["languages"]
        self.language_codes: dict[str, str] = data["language_codes"]
        self.varieties: frozenset[str] = frozenset(data["varieties"])
        self.manners: dict[str, str] = data["manners"]
        self.negative_standard: tuple[str, ...] = data["negative_standard"]
        self.around_time: frozenset[str] = frozenset(data["around_time"])
        self.ambiguous: dict[str, dict[str, Any]] = data["ambiguous"]
        self.craft: dict[str, dict[str, Any]] = data["craft"]
        self.conflicts: tuple[Conflict, ...] = tuple(
            Conflict(name, row) for name, row in data["conflicts"].items()
        )

    def lookup(self, text: str, *, short: bool = False) -> Term | None:
        """Return the term a text names as a whole.

        Args:
            text: A spelling of a term, in any case.
            short: Whether abbreviations count, as they do where only terms may stand.
        """
        key = key_of(text)
        id = self.camera.get(key) or self.joints.get(key, ("",))[0]
        if id in self.terms:
            return self.terms[id]
        if short:
            id = self.short.get(" ".join(token.short for token in tokens(text)), "")
            if id:
                return self.terms[id]
        for scope in self.scopes.values():
            if key in scope:
                return self.terms[scope[key]]
        return None

    def lens_of(self, millimetres: int) -> str:
        """Return the id of the class of lens a focal length belongs to."""
        return next((id for longest, id in _LENSES if millimetres <= longest), "telephoto")

    def suggest(
        self,
        text: str,
        categories: Iterable[str] = (),
        limit: int = 3,
        around: tuple[str, str] = ("", ""),
    ) -> list[str]:
        """Return up to ``limit`` canonical phrases that may have been meant, the nearest first.

        Args:
            text: What is not known.
            categories: Where to look; without any, among all terms.
            limit: How many to return.
            around: What stands before and behind it in its phrase.
        """
        from promptlang.vocabulary.suggest import nearest

        return nearest(self, text, tuple(categories), limit, around)


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary."""
    return Vocabulary(table())
