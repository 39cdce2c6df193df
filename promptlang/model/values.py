"""Reading the values of settings."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, replacement
from promptlang.model import problems
from promptlang.model.names import shown
from promptlang.model.storyboard import Value
from promptlang.model.texts import Ruler, members, strip
from promptlang.syntax import durations
from promptlang.syntax.spelling import closest
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Text

MOST_TAKES = 100
"""The most takes a block may ask for: where a target makes one result, each is a request."""

_NUMBER = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_ASPECT = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,5})?)\s*[:：x×/]\s*([0-9]{1,5}(?:\.[0-9]{1,5})?)")
_RESOLUTION = re.compile(r"[^\s,;]{1,40}")
_ON = frozenset({"on", "yes", "true"})
_OFF = frozenset({"off", "no", "false"})
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "『": "』"}
_TWO_NUMBERS = re.compile(r"([0-9]{1,5})\s*[.,;\-_ ]\s*([0-9]{1,5})")
_UNIT_MISSING = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def unquoted(text: Text) -> Text:
    """Return a text without the quotes that stand around all of it."""
    ruler = Ruler(strip(text))
    plain = ruler.plain
    if len(plain) > 1 and _QUOTES.get(plain[0]) == plain[-1] and plain[-1] not in plain[1:-1]:
        return ruler.strip(1, len(plain) - 1)
    return ruler.text


def is_none(text: Text) -> bool:
    """Whether the whole value is the word that switches a field off."""
    return text.plain.strip().casefold() == "none"


def read(key: str, text: Text) -> Value | Diagnostic:
    """Return the value of a setting that may stand once, or what is wrong with it."""
    plain = strip(text)
    reader, allowed = _READERS[key]
    value = reader(plain.plain)
    if value is not None:
        return Value(value, plain.span)
    fixes = []
    if key == "duration" and _UNIT_MISSING.fullmatch(plain.plain):
        fixes.append(Fix("add the unit", [Edit(plain.span, f"{plain.plain}s")]))
    elif better := _meant(key, plain.plain):
        fixes += replacement(plain.span, [better], safe=True)
    return problems.BAD_VALUE.at(
        plain.span if plain else text.span,
        f'{shown(plain.plain)} is no value for "{key}", allowed is {allowed}',
        hint=_instead(key, plain.plain) if not fixes else _EXAMPLES[key],
        fixes=fixes,
    )


def _instead(key: str, plain: str) -> str:
    """Return what to write; `audio` is a switch, and what is heard has keys of its own."""
    if key != "audio" or not any(char.isalpha() for char in plain):
        return _EXAMPLES[key]
    spoken = plain[0] in _QUOTES
    heard = f"{'voiceover' if spoken else 'sound'}: {plain[:40]}"
    return f"{_EXAMPLES[key]}; for what is heard write {heard}"


def _meant(key: str, plain: str) -> str | None:
    """Return the value that was evidently meant, or None."""
    if key == "audio":
        return closest(plain.casefold(), sorted(_ON | _OFF))
    better = plain
    if key == "aspect" and (match := _TWO_NUMBERS.fullmatch(plain)):
        better = f"{match[1]}:{match[2]}"
    elif key == "cfg" and plain.startswith("."):
        better = f"0{plain}"
    elif key == "resolution":
        better = "".join(plain.split())
    usable = better != plain and _READERS[key][0](better) is not None
    return better if usable else None


def targets(text: Text) -> list[Value]:
    """Return the target ids of one ``target`` line."""
    return [Value(member.plain, member.span) for member in members(text)]


def _number(plain: str) -> Decimal | None:
    return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def _whole(plain: str) -> int | None:
    return int(plain) if _WHOLE.fullmatch(plain) else None


def _takes(plain: str) -> int | None:
    count = _whole(plain)
    return count if count is not None and 1 <= count <= MOST_TAKES else None


def _switch(plain: str) -> bool | None:
    word = plain.casefold()
    return word in _ON if word in _ON or word in _OFF else None


def _aspect(plain: str) -> str | None:
    match = _ASPECT.fullmatch(plain)
    if match is None or not (Decimal(match[1]) and Decimal(match[2])):
        return None
    return f"{match[1]}:{match[2]}"


def _resolution(plain: str) -> str | None:
    return plain if _RESOLUTION.fullmatch(plain) else None


def _words(plain: str) -> str | None:
    return plain or None


def _language(plain: str) -> str | None:
    """The name of a language: ``it`` and ``ITALIAN`` are *Italian*; others stay as written."""
    key = plain.casefold()
    words = vocabulary()
    if key in words.languages:
        return words.languages[key]
    return next((name for name, code in words.language_codes.items() if code == key), plain or None)


_READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "aspect": (_aspect, "two numbers with a colon between them"),
    "audio": (_switch, "off or on"),
    "cfg": (_number, "a number from 0"),
    "duration": (durations.read, "a length of time above 0"),
    "language": (_language, "the name of a language"),
    "resolution": (_resolution, "one word"),
    "seed": (_whole, "a whole number"),
    "takes": (_takes, f"a whole number from 1 to {MOST_TAKES}"),
    "title": (_words, "a few words"),
}

_EXAMPLES = {
    "aspect": "write a value such as 16:9",
    "audio": "write audio: on, or audio: off",
    "cfg": "write a value such as 0.5",
    "duration": "write it as 5s, 2.5s or 0:05",
    "language": "write a value such as Italian",
    "resolution": "write a value such as 1080p",
    "seed": "write a value such as 42",
    "takes": "write a value such as 3",
    "title": "write the title after the colon",
}
