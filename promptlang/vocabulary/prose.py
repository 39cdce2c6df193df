"""The vocabulary in running text: camera words, times, languages, edit verbs."""

from __future__ import annotations

import re
from functools import lru_cache

from promptlang.syntax.patterns import late
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.terms import Term
from promptlang.vocabulary.words import Token, fold, tokens

Place = tuple[Term, int, int]

_CLOCK = late(r"\d{1,2}(?:[:.h]\d{2}){0,2}\s?(?:[ap]\.?m\.?|o'clock|h|uhr)?", re.IGNORECASE)
_LONGEST = 80  # what is longer is a place with a long name, or no heading at all
_NUMBER = late(r"\d+(?:st|nd|rd|th|s)?")
_PARTS = frozenset(",;，、")
_FIRST = late(r"\s*([^\W\d_]+(?:-[^\W\d_]+)?)")
_WORD = late(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def find_terms(prose: str) -> tuple[Place, ...]:
    """Return the camera terms that plain prose names, with their places.

    Abbreviations never count here, and words that speak of other things as often as of a camera
    count only where ``camera`` stands shortly before them.
    """
    words = vocabulary()
    known, singles = words.prose, words.prose_singles
    found: list[Place] = []
    places = tokens(prose)
    at, camera = 0, -9
    while at < len(places):
        token = places[at]
        used = 1
        if token.kind == "word":
            if token.key == "camera":
                camera = at
            for count in [int(digit, 36) for digit in words.lengths.get(token.key, "")]:
                run = places[at : at + count]
                key = " ".join([t.key if t.kind == "word" else "" for t in run])
                id = known.get(key)
                if id is None or len(run) < count:
                    continue
                if count > 1 or key in singles or at - camera <= 3:
                    found.append((words.terms[id], token.start, run[-1].end))
                    used = count
                    break
        at += used
    return tuple(found)


# A film has few ways to say its light, and says each of them many times.
@lru_cache(maxsize=2048)
def find_in_field(text: str, categories: tuple[str, ...]) -> tuple[Place, ...]:
    """Return the terms of some categories that a field such as ``lighting`` names.

    What a word means there is settled by the field, so that single words count as well.
    """
    words = vocabulary()
    found: list[Place] = []
    places = tokens(text)
    at = 0
    while at < len(places):
        used = 1
        for count in [int(digit, 36) for digit in words.lengths.get(places[at].key, "")]:
            run = places[at : at + count]
            id = words.camera.get(" ".join([t.key if t.kind == "word" else "" for t in run]))
            if id is not None and len(run) == count and words.terms[id].category in categories:
                found.append((words.terms[id], places[at].start, run[-1].end))
                used = count
                break
        at += used
    return tuple(found)


def is_time(text: str) -> bool:
    """Whether a part of a scene heading says when it plays: ``NIGHT``, ``two days later``."""
    words = vocabulary()
    scope = words.scopes["time-of-day"]
    bare = text.strip().strip("()[]").strip(" .")
    if len(bare) > _LONGEST:
        return False
    if _CLOCK.fullmatch(bare) and not bare.isdigit():
        return True
    keys = [token for token in tokens(bare) if token.kind == "word"]
    if len(keys) > 12 or any(t.kind in {"ref", "quote"} for t in tokens(bare)):
        return False
    at, told = 0, False
    while at < len(keys):
        digits = words.scope_lengths["time-of-day"].get(keys[at].key, "")
        counts = [int(digit, 36) for digit in digits]
        used = next((n for n in counts if _run(keys, at, n) in scope), 0)
        if used:
            told = True
        elif keys[at].key not in words.around_time and not _NUMBER.fullmatch(keys[at].short):
            return False
        at += used or 1
    return told


def _run(keys: list[Token], at: int, count: int) -> str:
    return " ".join([token.key for token in keys[at : at + count]])


def find_language(manner: str) -> tuple[str, int, int] | None:
    """Return the language a manner names, and where it says so: ``whispering, in Italian``."""
    words = vocabulary()
    places = list(_WORD.finditer(manner))
    for at, place in enumerate(places):
        name = words.languages.get(place.group().casefold())
        if name is None:
            continue
        following = places[at + 1].group().casefold() if at + 1 < len(places) else ""
        if following in {"accent", "accented"} or manner[place.end() : place.end() + 1] == "-":
            continue
        first = at
        while first and places[first - 1].group().casefold() in words.varieties:
            first -= 1
        name = " ".join([*(_title(p.group()) for p in places[first:at]), name])
        led = first > 0 and places[first - 1].group().casefold() == "in"
        start = places[first - 1 if led else first].start()
        alone = _alone(manner, places[first].start(), place.end())
        if (
            led
            or alone
            or (first and places[first - 1].group().casefold() in {"speaks", "speaking"})
        ):
            return name, start, place.end()
    return None


def _alone(manner: str, start: int, end: int) -> bool:
    """Whether a stretch is a whole comma-separated part."""
    while start and manner[start - 1].isspace():
        start -= 1
    while end < len(manner) and manner[end].isspace():
        end += 1
    return (not start or manner[start - 1] in _PARTS) and (
        end == len(manner) or manner[end] in _PARTS
    )


def _title(word: str) -> str:
    return word[:1].upper() + word[1:]


@lru_cache(maxsize=2048)
def edit_verb(text: str) -> str | None:
    """Return the edit verb a change begins with, in lower case as it was spelt."""
    first = _FIRST.match(text)
    if first is None:
        return None
    word = first.group(1).casefold()
    verbs = vocabulary().edit_verbs
    if word in verbs:
        return word
    if "-" not in word:
        return None
    for spelling in (word.replace("-", ""), word.split("-", 1)[0]):
        if spelling in verbs:
            return spelling
    return None


def is_person(word: str) -> bool:
    """Whether a word names a person: ``man``, ``presenters``."""
    return fold(word) in vocabulary().person_keys
