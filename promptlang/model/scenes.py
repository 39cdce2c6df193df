"""Reading scene headings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.model.entities import Mention, Run, Text, typed
from promptlang.model.storyboard import Scene
from promptlang.model.texts import join, strip
from promptlang.syntax.patterns import late
from promptlang.vocabulary.prose import is_time

if TYPE_CHECKING:
    from promptlang.model.entities import Entity
    from promptlang.model.reading import Reader
    from promptlang.syntax import ast

_OWNED = late(r"^['’]s\b")

_SETTINGS = {
    "INT.": "interior",
    "EXT.": "exterior",
    "INT./EXT.": "interior and exterior",
    "EXT./INT.": "exterior and interior",
    "EST.": "establishing view",
}


def scene(number: int, line: ast.SceneHeading, reader: Reader, output: Entity | None) -> Scene:
    """Return what a scene heading says."""
    parts: list[Text] = []
    times: list[Text] = []
    for place in line.places:
        part = _quiet(strip(reader.text(line, place)))
        if part:
            # What follows a time belongs to it: NIGHT - TWO DAYS LATER.
            (times if times or _is_time(part.plain) else parts).append(part)
    return Scene(
        number,
        _SETTINGS.get(line.prefix.text.upper(), ""),
        join(parts, ", ") if parts else None,
        join(times, ", ") if times else None,
        reader.spanner.line(line),
        output,
    )


# A film has few times of day, and says each of them many times.
_is_time = lru_cache(maxsize=1024)(is_time)


def _quiet(text: Text) -> Text:
    """Return a part in lower case if it is all capitals; refs and parameters stay as they are."""
    if text.typed and text.is_words:
        plain = text.plain
        return typed(plain.lower(), text.source, text.start, text.end) if plain.isupper() else text
    letters = ""
    for place, part in enumerate(text.parts):
        if isinstance(part, Run) and _is_typed(part):
            # The 's of @Host's OFFICE belongs to the ref.
            owned = place and isinstance(text.parts[place - 1], Mention)
            letters += _OWNED.sub("", part.text) if owned else part.text
    if not letters.isupper():
        return text
    parts = tuple(
        Run(part.text.lower(), part.span) if isinstance(part, Run) and _is_typed(part) else part
        for part in text.parts
    )
    return Text(parts, text.span)


def _is_typed(run: Run) -> bool:
    """Whether the words stand in the heading itself, not in a parameter."""
    return run.span.text == run.text
