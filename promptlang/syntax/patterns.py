"""Regular expressions that are compiled when they are first needed, and shorter for ASCII.

Compiling them is most of what starting to read a script costs, and the characters beyond ASCII
in their sets are most of that; most scripts are plain ASCII.
"""

from __future__ import annotations

import re
from typing import Any, cast

from promptlang.syntax.chars import NAME

_ASCII_NAME = "[0-9_]*[A-Za-z][A-Za-z0-9_]*"
_ESCAPE = r"\\(?:x..|u.{4}|U.{8}|.)"
_SET = re.compile(rf"{_ESCAPE}|\[(?P<not>\^?)(?P<members>(?:[^\]\\]|\\.)*)\]", re.DOTALL)
_MEMBER = re.compile(rf"({_ESCAPE}|.)(?:-({_ESCAPE}|.))?", re.DOTALL)
_WIDE_RUN = re.compile(r"(?<!-)[^\x00-\x7f](?:-?[^\x00-\x7f])+")
_NOTHING, _ANYTHING = "(?!)", r"[\x00-\x7f]"


class Pattern:
    """A regular expression that is compiled for the texts it meets."""

    __slots__ = ("_ascii", "_flags", "_full", "_text")

    def __init__(self, text: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._text = text
        self._flags = flags
        self._full: re.Pattern[str] | None = None
        self._ascii: re.Pattern[str] | None = None

    def on(self, text: str) -> re.Pattern[str]:
        """Return what to match a text with; both forms match it alike."""
        if text.isascii():
            if self._ascii is None:
                self._ascii = re.compile(narrow(self._text), self._flags)
            return self._ascii
        if self._full is None:
            self._full = re.compile(self._text, self._flags)
        return self._full


class _Late:
    """Stands for a pattern until somebody matches with it; has its methods from then on."""

    def __init__(self, body: str, flags: re.RegexFlag) -> None:
        self._body = body
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        # Kept, so that only the first look comes here; equal patterns are compiled once.
        method = getattr(re.compile(self._body, self._flags), name)
        setattr(self, name, method)
        return method


def late(body: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return a pattern for a module or a class, where one that is compiled costs every start."""
    return cast("re.Pattern[str]", _Late(body, flags))


def narrow(pattern: str) -> str:
    """Return a pattern that lists no characters in its sets which no ASCII text holds."""
    return _SET.sub(_narrow_set, pattern.replace(NAME, _ASCII_NAME))


def _narrow_set(match: re.Match[str]) -> str:
    if match[0].isascii() or match["members"] is None:
        return match[0]
    kept = []
    # Nearly all there is to leave out stands in a row, as the ranges of combining marks do.
    for member in _MEMBER.finditer(_WIDE_RUN.sub("", match["members"])):
        if member[1].isascii():
            wide = member[2] is not None and not member[2].isascii()
            kept.append(f"{member[1]}-\x7f" if wide else member[0])
    if not kept:
        return _ANYTHING if match["not"] else _NOTHING
    return f"[{match['not']}{''.join(kept)}]"
