"""Words as the vocabulary compares them.

Two spellings of one thing meet here: case, accents, apostrophes, British and American forms,
plurals and verb forms all fold to one key, and blanks, hyphens and underscores are one separator.
Keys are compared, never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from promptlang.syntax.patterns import Pattern

# Letters of Chinese and Japanese stand for words of their own: no blank parts them.
_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff々"
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』"}

# Every repetition is possessive or stops at its first foreign character: linear on any input.
_TOKEN = Pattern(
    rf"""
      (?P<comma>[,，、;；\r\n]|(?<=\s)[-–—]+(?=\s))
    | (?P<arrow>-+>|→|⇒|=>)
    | (?P<gap>\s+|[\-‐‑–—_]+)
    | (?P<word>[bB]&[wW]\b|[&+＋]|[fF]/\d+(?:\.\d+)?|[tT]/[sS]\b|(?:[^\W\d_]\.)(?:[^\W\d_]\.)+
        |\d+(?:[./:]\d+)*[°%]?[^\W\d_{_HAN}]*|[{_HAN}]
        |[^\W_{_HAN}](?:['’]?[^\W_{_HAN}])*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"\d+(?:[./:]\d+)*")

_UNITS = {"mm": "mm", "millimeter": "mm", "millimetr": "mm", "fp": "fps", "fps": "fps"}
_UNITS |= {"degre": "deg", "deg": "deg", "°": "deg"}

# American on the right; what the stem rules below cannot bring together stands here too.
_PAIRS = {
    "&": "and",
    "+": "and",
    "＋": "and",
    "anticlockwis": "counterclockwis",
    "centr": "center",
    "centred": "centered",
    "colour": "color",
    "coloured": "colored",
    "grey": "gray",
    "polarised": "polarized",
    "stabilised": "stabilized",
    "symmetric": "symmetrical",
    "watercolour": "watercolor",
}
_WHOLE = {"lens": "lens", "lenses": "lens", "times": "time", "into": "into", "this": "this"}
_WHOLE["ups"] = "up"


class Token(NamedTuple):
    """A word or mark of a text.

    Attributes:
        kind: ``word``, ``ref``, ``quote``, ``comma``, ``arrow`` or ``mark``.
        start: Where it begins.
        end: Where it ends.
        key: What the vocabulary compares; of a ref its name.
        short: What abbreviations are compared by: the casefolded text itself.
    """

    kind: str
    start: int
    end: int
    key: str
    short: str


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return the key of one word."""
    word = word.casefold().replace("’", "'")
    if not word.isascii():
        # Accents fold on Latin letters only; the marks of other scripts tell words apart.
        parts = unicodedata.normalize("NFD", word)
        word = "".join(c for c in parts if not "\u0300" <= c <= "\u036f")
        word = unicodedata.normalize("NFC", word).casefold()
    word = word.removesuffix("'s").replace("'", "")
    stem = _stem(word)
    return _PAIRS.get(stem, stem)


def _stem(word: str) -> str:
    if word in _WHOLE:
        return _WHOLE[word]
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
        if word.endswith(("she", "che", "sse", "xe")):
            word = word[:-1]
    elif len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
        if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
            word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word


def is_ref_start(text: str, at: int) -> bool:
    """Whether the ``@`` at a place begins a ref by what stands before it."""
    if at == 0:
        return True
    before = text[at - 1]
    return not (before in "._+-\\" or (before.isascii() and before.isalnum()))


def ref_end(text: str, start: int) -> int:
    """Return where the ref name that begins at ``start`` ends; ``start`` if there is none."""
    at = start
    letter = False
    while at < len(text):
        char = text[at]
        if char.isalnum() or char == "_":
            letter = letter or char.isalpha()
        elif char.isascii() or unicodedata.category(char)[0] != "M":
            break
        at += 1
    return at if letter else start


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split a text into words, refs, quoted strings and marks; gaps are left out.

    A number and its unit are one word (``50 mm``, ``180-degree``, ``120 fps``).
    """
    end = len(text) if end is None else end
    found: list[Token] = []
    at = start
    last: dict[str, int] = {}
    match = _TOKEN.on(text).match
    while at < end:
        char = text[at]
        if char in "@＠" and is_ref_start(text, at):
            stop = min(ref_end(text, at + 1), end)
            if stop > at + 1:
                found.append(Token("ref", at, stop, text[at + 1 : stop], ""))
                at = stop
                continue
        elif char in _QUOTES:
            stop = _closing(text, at, end, last)
            if stop and text[at + 1 : stop - 1].strip():
                found.append(Token("quote", at, stop, text[at + 1 : stop - 1], ""))
                at = stop
                continue
        step = match(text, at, end)
        assert step is not None  # the last alternative takes any character
        kind = step.lastgroup or "mark"
        stop = step.end()
        if kind == "word":
            _word(found, text, at, stop)
        elif kind != "gap":
            found.append(Token(kind, at, stop, "", ""))
        at = stop
    return found


def _closing(text: str, at: int, end: int, last: dict[str, int]) -> int:
    best = 0
    for mark in _QUOTES[text[at]]:
        # Knowing the last one keeps a run of opening quotes from searching the rest each time.
        if mark not in last:
            last[mark] = text.rfind(mark, 0, end)
        if last[mark] > at:
            place = text.find(mark, at + 1, end) + 1
            best = min(best, place) if best else place
    return best


def _word(found: list[Token], text: str, start: int, end: int) -> None:
    raw = text[start:end]
    key = fold(raw)
    if raw[0].isdecimal():
        number = _NUMBER.match(raw)
        assert number is not None
        unit = _UNITS.get(fold(raw[number.end() :])) if number.end() < len(raw) else None
        if unit:
            key = number.group() + unit
    elif key in _UNITS and found and _bare_number(found[-1], text, start):
        number_token = found.pop()
        key = number_token.short + _UNITS[key]
        start, raw = number_token.start, text[number_token.start : end]
    found.append(Token("word", start, end, key, raw.casefold()))


def _bare_number(token: Token, text: str, start: int) -> bool:
    between = text[token.end : start]
    return (
        token.kind == "word"
        and token.short[:1].isdigit()
        and not between.strip(" \t\u00a0-‐‑")
        and (_NUMBER.fullmatch(token.short) is not None)
    )


def key_of(text: str) -> str:
    """Return the key of a term or a phrase: the keys of its words, blanks between."""
    return " ".join(token.key for token in tokens(text) if token.kind == "word")
