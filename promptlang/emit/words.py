"""Words on their way into a prompt, each with its place in the script.

Templates never see what a writer wrote. They arrange placeholders; the words come in afterwards,
in one pass, which is also when the source map is made. So no text can act as template code, as a
placeholder or, unnoticed, as a reference of the provider.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.syntax.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.source import Span

_OPEN, _CLOSE, CAPITAL, STOP = "\ue000", "\ue001", "\ue002", "\ue003"
_PIECE = late(
    f"{_OPEN}(?P<number>[0-9]+){_CLOSE}|(?P<capital>{CAPITAL})|(?P<stop>{STOP})"
    "|(?P<literal>[^\ue000-\ue003]+)"
)
_ENDS_SENTENCE = frozenset(".!?…:;。！？")
_CLOSERS = "\"'”’»)]」』）"
_TOKEN = late(
    r"@(?=(?:image|element|video|audio|voice|object)_?[0-9])|<<<(?=[A-Za-z_]+[0-9]*>>>)",
    re.IGNORECASE,
)
_ESCAPES = {"@": "＠", "<<<": "＜＜＜"}


class Stretch:
    """A stretch of a prompt, ``text[start:end]``, that comes from a place in the script."""

    __slots__ = ("end", "span", "start")

    def __init__(self, start: int, end: int, span: Span) -> None:
        self.start = start
        self.end = end
        self.span = span


class Prompt:
    """A finished prompt.

    Attributes:
        text: The exact words.
        stretches: Where they come from, in order, without overlaps.
        escaped: Places whose words looked like a reference of some provider and were escaped.
    """

    __slots__ = ("escaped", "stretches", "text")

    def __init__(self, text: str, stretches: list[Stretch], escaped: list[Span]) -> None:
        self.text = text
        self.stretches = stretches
        self.escaped = escaped


class Words:
    """The words of one request, handed out as placeholders."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: list[tuple[str, Span | None, bool]] = []

    def put(self, text: str, span: Span | None, *, token: bool = False) -> str:
        """Keep words and return their placeholder.

        Args:
            text: The words.
            span: Where they come from, None for words of the compiler.
            token: Whether they are a reference of the provider.
        """
        self._entries.append((text, span, token))
        return f"{_OPEN}{len(self._entries) - 1}{_CLOSE}"

    def assemble(self, rendered: str, names: Iterable[str] = ()) -> Prompt:
        """Put the words in and say where each stretch comes from.

        Args:
            rendered: What a template made.
            names: Handles that an ``@`` in front turns into a reference for this provider.
        """
        pieces: list[str] = []
        stretches: list[Stretch] = []
        tokens: set[int] = set()
        at = 0
        capital = False
        after_token = False
        entries = self._entries
        for kind, place, chunk in _pieces(rendered):
            if kind == "capital":
                capital = True
                continue
            span, token = None, False
            if kind == "number":
                chunk, span, token = entries[place]
            elif kind == "stop":
                chunk = _stop(pieces)
            if not chunk:
                continue
            if after_token and _sticks(chunk):
                # "@Element1" followed by "0" would point at another element.
                pieces.append(" ")
                at += 1
            if capital:
                chunk = chunk if token else _capitalised(chunk)
                capital = False
            if token:
                tokens.add(at)
            if span is not None:
                stretches.append(Stretch(at, at + len(chunk), span))
            pieces.append(chunk)
            at += len(chunk)
            after_token = token and chunk.startswith("@")
        return _escape("".join(pieces), stretches, tokens, names)


@lru_cache(maxsize=1000)
def _pieces(rendered: str) -> list[tuple[str, int, str]]:
    """Return what a template made piece by piece; blocks of one shape share all of it."""
    return [
        (str(match.lastgroup), int(match["number"] or 0), match[0])
        for match in _PIECE.finditer(rendered.strip())
    ]


def sentence(text: str) -> str:
    """Filter: begin with a capital and end with a full stop where none is there."""
    return f"{CAPITAL}{text}{STOP}" if text else ""


def closed(text: str) -> str:
    """Filter: end with a full stop where no other mark ends the sentence."""
    return f"{text}{STOP}" if text else ""


def capital(text: str) -> str:
    """Filter: begin with a capital."""
    return f"{CAPITAL}{text}" if text else ""


def listed(items: Iterable[str], last: str = "and") -> str:
    """Filter: *A, B and C*."""
    members = [item for item in items if item]
    if len(members) < 2:
        return "".join(members)
    return f"{', '.join(members[:-1])} {last} {members[-1]}"


def _stop(pieces: list[str]) -> str:
    """Return the full stop a sentence needs: none where it ends, or its quoted end does."""
    if pieces and pieces[-1][-1].isalnum():
        return "."
    tail = "".join(pieces[-4:]).rstrip()
    bare = tail.rstrip(_CLOSERS)
    if bare != tail and bare.rstrip()[-1:] in _ENDS_SENTENCE:
        return ""
    return "" if not tail or tail[-1] in _ENDS_SENTENCE else "."


def _sticks(chunk: str) -> bool:
    return chunk[0] == "_" or (chunk[0].isascii() and chunk[0].isalnum())


def _capitalised(chunk: str) -> str:
    first = chunk[0].upper()
    return first + chunk[1:] if len(first) == 1 else chunk


def _escape(text: str, stretches: list[Stretch], tokens: set[int], names: Iterable[str]) -> Prompt:
    found = [m for m in _TOKEN.finditer(text) if m.start() not in tokens]
    handles = sorted(names, key=len, reverse=True)
    if handles and "@" in text:
        alternatives = "|".join(re.escape(name) for name in handles)
        handle = re.compile(f"@(?=(?:{alternatives}))", re.IGNORECASE)
        found += [m for m in handle.finditer(text) if m.start() not in tokens]
    if not found:
        return Prompt(text, stretches, [])
    letters = list(text)
    places: list[Span] = []
    for match in found:
        letters[match.start() : match.end()] = _ESCAPES[match.group()]
        home = next((s for s in stretches if s.start <= match.start() < s.end), None)
        if home is not None and home.span not in places:
            places.append(home.span)
    return Prompt("".join(letters), stretches, places)
