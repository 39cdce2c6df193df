"""Reading what is said and what is seen as text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.model.entities import Run, Text
from promptlang.model.kinds import wrong_kind
from promptlang.model.storyboard import Speech, Super, Value
from promptlang.model.texts import Ruler, join, strip
from promptlang.syntax import ast, inline
from promptlang.vocabulary.prose import find_language

if TYPE_CHECKING:
    from promptlang.model.reading import Reader

_SPEAKERS = frozenset({"character", "creature", "element", "voice"})

_PART = re.compile(r"[^,()（）]+")
"""One of the things a cue says, each behind a comma or in a bracket of its own."""

# What a screenplay writes behind a name, by its letters alone: (V.O.), (O.S.), (o.c.).
_VOICE_OVER = frozenset({"vo", "voiceover"})
_OFF_SCREEN = frozenset({"os", "oc", "offscreen", "offcamera"})
_GOES_ON = frozenset({"contd", "cont", "continued", "continuing"})
"""That the same person goes on speaking is for the reader of the page; nobody hears it."""
_UNSPOKEN = _VOICE_OVER | _GOES_ON
_MARKS = _UNSPOKEN | _OFF_SCREEN


def dialogue(line: ast.Dialogue, reader: Reader, language: Value | None) -> Speech | None:
    """Return a line of dialogue, or None where its speaker is unknown or cannot speak."""
    words = reader.text(line, line.speech.text)
    manner, spoken = _manner(line, line.manner, reader)
    manner, unseen = _spelt_out(manner)
    bound = reader.ref(line, line.speaker)
    if bound is None:
        return None
    speaker, span = bound
    if speaker.kind not in _SPEAKERS or speaker.origin == "output":
        reader.report(wrong_kind(speaker, span, "a speaker", tuple(_SPEAKERS)))
        return None
    return Speech(
        speaker,
        span,
        words,
        reader.spanner.line(line),
        manner=manner,
        language=spoken or language,
        off_screen=unseen or speaker.kind == "voice",
    )


def voiceover(line: ast.Field, reader: Reader, language: Value | None) -> Speech | None:
    """Return a ``voiceover`` line, or None where nothing is quoted in it."""
    words = quoted(line, reader)
    manner, spoken = _manner(line, line.manner, reader)
    if not words:
        return None
    return Speech(
        None,
        reader.spanner.part(line, line.key),
        words,
        reader.spanner.line(line),
        manner=manner,
        language=spoken or language,
        off_screen=True,
    )


def on_screen(line: ast.Field, reader: Reader) -> Super | None:
    """Return a ``super`` line, or None where nothing is quoted in it."""
    words = quoted(line, reader)
    return Super(words, reader.spanner.line(line)) if words else None


def quoted(line: ast.Field, reader: Reader) -> Text:
    """Return the words between the quotes of a field, or the whole value if there are none."""
    raw = line.text
    found = inline.quoted(raw, line.value.start, line.value.end)
    if found is not None:
        return reader.text(line, found.text)
    return reader.text(line, line.value)


# A script says *in Italian* as often as somebody speaks.
_find_language = lru_cache(maxsize=1024)(find_language)


def _manner(
    line: ast.Line, written: ast.Text | None, reader: Reader
) -> tuple[Text | None, Value | None]:
    """Return how something is said, without the language, and the language."""
    if written is None:
        return None, None
    text = strip(reader.text(line, written))
    found = _find_language(text.plain)
    if found is None:
        return text or None, None
    language, start, end = found
    ruler = Ruler(text)
    value = Value(language, ruler.place(start, end))
    return _without(ruler, start, end), value


def _spelt_out(manner: Text | None) -> tuple[Text | None, bool]:
    """Return a manner without the marks of a screenplay, and whether one made it a voice-over."""
    if manner is None or not _holds_mark(manner.plain):
        return manner, False
    ruler = Ruler(manner)
    kept: list[Text] = []
    marks: set[str] = set()
    for part in _PART.finditer(ruler.plain):
        word = _letters(part.group())
        piece = ruler.strip(*part.span())
        if word in _OFF_SCREEN:
            piece = Text((Run("off-screen", piece.span),), piece.span)
        elif word not in _UNSPOKEN:
            word = ""
        marks.add(word)
        kept += [piece] if piece and word not in _UNSPOKEN else []
    return join(kept, ", ") if kept else None, bool(marks & _VOICE_OVER)


@lru_cache(maxsize=1024)
def _holds_mark(manner: str) -> bool:
    """Whether a manner holds a mark of a screenplay, or several brackets."""
    return (
        ")" in manner or "）" in manner or any(_letters(p) in _MARKS for p in _PART.findall(manner))
    )


def _letters(part: str) -> str:
    return "".join([char for char in part.casefold() if char.isalpha()])


def _without(ruler: Ruler, start: int, end: int) -> Text | None:
    """Return a manner without the words that name the language."""
    rims = (0, start), (end, len(ruler.plain))
    beside = [ruler.strip(*rim, ",;") for rim in rims if rim[0] < rim[1]]
    kept = [part for part in beside if part]
    return join(kept, ", ") if kept else None
