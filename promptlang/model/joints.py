"""Where one sentence of an EDIT goes on to a second change: *… and replace the chair with …*.

A verb counts where it gives an order with an object of its own. Inside a state it does not (*a
crowd that dances and turn the lamps*), so verbs that people in a picture do as well count only
where nothing before them, such as a relative clause, could be what they belong to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from promptlang.syntax.inline import quotes
from promptlang.syntax.patterns import late
from promptlang.vocabulary.prose import edit_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = "the|an?|all|every|each|both|some|another|these|those|his|her|its|their|one|two|three"
_JOINT = late(r"(?<!\s)(?:\s*,)?\s+(?:and\s+then|and|then)\s+(?=[^\W\d_])", re.IGNORECASE)
_OBJECT = late(rf"[\w-]+\s+(?:@|(?:{_WORDS})\s+[\w@])", re.IGNORECASE)
_BARE_OBJECT = late(
    r"[\w-]+\s+(?!(?:and|as|at|by|for|from|him|in|into|it|of|on|onto|or|sure|them|to|up|with)\b)\w",
    re.IGNORECASE,
)
_OPENS_CLAUSE = late(
    r"\b(?:who|whom|which|that|while|where|when|so|as\s+(?:if|though))\b"
    rf"|\bto\s+(?!(?:{_WORDS})\s)\w+\s+(?:@|(?:{_WORDS}|him|them|it)\b|\w+ly\b)",
    re.IGNORECASE,
)
_LONGEST = 40

_BARE = frozenset({"add", "delete", "erase", "insert", "remove"})
"""Verbs whose object may stand without an article: *add rain*."""

_EDITORS = frozenset(
    {"convert", "delete", "enhance", "erase", "modify", "recolor", "recolour", "refine", "relight"}
    | {"replace", "restyle", "retime", "transform"}
)
"""Verbs that an editor does to a picture, and nobody inside it."""

_DETAIL = frozenset({"match"})
"""Verbs that say how a change sits in its picture, which is no further change."""


def joints(plain: str) -> Iterator[tuple[int, int]]:
    """Yield what joins each further change to the one before it.

    Args:
        plain: A sentence of an EDIT that begins with an edit verb.
    """
    found = list(_JOINT.finditer(plain))
    if not found:
        return
    edges = [edge for place in quotes(plain) for edge in place]
    opened = [match.start() for match in _OPENS_CLAUSE.finditer(plain)]
    start, verb = 0, edit_verb(plain)
    for match in found:
        at = match.end()
        following = edit_verb(plain[at : at + _LONGEST])
        if following is None or not _has_object(plain, at, following):
            continue
        if bisect_left(edges, at) % 2:
            continue  # inside a quote
        inside = verb == "make" or bisect_left(opened, start) < bisect_left(opened, match.start())
        if inside and following not in _EDITORS:
            continue
        yield match.start(), at
        start, verb = at, following


def _has_object(plain: str, at: int, verb: str) -> bool:
    if verb in _DETAIL:
        return False
    return (_BARE_OBJECT if verb in _BARE else _OBJECT).match(plain, at) is not None
