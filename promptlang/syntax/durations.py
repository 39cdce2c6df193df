"""Lengths and points of time: ``4s``, ``2,5 sec``, ``0:04``, always exact."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from promptlang.syntax.chars import BLANK

# Nine digits are 31 years: more is no length of a film, and keeps the arithmetic bounded.
_LENGTH = re.compile(
    rf"([0-9]{{1,9}}(?:[.,][0-9]{{1,9}})?)[{BLANK}]*(?:s|secs?|seconds?)", re.IGNORECASE | re.ASCII
)
_CLOCK = re.compile(r"([0-9]{1,7})[:：]([0-5][0-9](?:[.,][0-9]{1,9})?)")
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")


def read(text: str) -> Decimal | None:
    """Return the seconds of a length of time, or None if it is none or not above zero."""
    seconds = read_time(text)
    return seconds if seconds else None


@lru_cache(maxsize=1024)
def read_time(text: str) -> Decimal | None:
    """Return the seconds of a point in time, which may be zero, or None if it is none."""
    text = text.strip()
    if match := _LENGTH.fullmatch(text):
        return Decimal(match[1].replace(",", "."))
    if match := _CLOCK.fullmatch(text):
        return Decimal(match[1]) * 60 + Decimal(match[2].replace(",", "."))
    return None


def is_number(text: str) -> bool:
    """Whether a text is a bare number, which says no length because the unit is missing."""
    return bool(_NUMBER.fullmatch(text.strip()))


def write(seconds: Decimal) -> str:
    """Return a length of time in its canonical spelling, such as ``4s`` or ``2.5s``."""
    return f"{_plain(seconds)}s"


def write_time(seconds: Decimal) -> str:
    """Return a point in time in its canonical spelling, such as ``0:04`` or ``1:02.5``."""
    minutes, rest = divmod(seconds, 60)
    whole, dot, fraction = _plain(rest).partition(".")
    return f"{int(minutes)}:{whole:0>2}{dot}{fraction}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
