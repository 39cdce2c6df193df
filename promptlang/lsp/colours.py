"""What each word of a block is, for editors that colour by meaning.

A block is coloured once for as long as it lives and its names stand for the same kinds of things.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from promptlang.lsp.legend import (
    COMMENT,
    DECLARATION,
    DOCUMENTATION,
    KEY,
    KEYWORD,
    LABEL,
    NUMBER,
    OPERATOR,
    OUTPUT,
    PARAMETER,
    PLACE,
    STRING,
    TERM,
    THING,
    TYPE,
    UNRESOLVED,
    VERB,
)
from promptlang.lsp.palette import camera_words, said_of_target, transition_words, type_of
from promptlang.lsp.uses import uses_on
from promptlang.syntax import ast
from promptlang.syntax.inline import quotes
from promptlang.syntax.keys import KEYS
from promptlang.vocabulary.phrases import edit_verb, is_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.lsp.palette import Kind, Names, Stretches
    from promptlang.syntax.ast import Line

_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = re.compile(r"[\w-]+")
_ITEM = re.compile(r"[^\s,，、;；]+")
_AS = re.compile(r"(as)\s*[@＠]$", re.IGNORECASE)
_SWITCHES = frozenset({"on", "off", "none", "yes", "no", "true", "false"})
_WORDED = frozenset({"include", "language", "title"})
_JUNK = {
    "field": (re.compile(r"[+＋]?\s*([\w-]+)\s*[:：]"), KEY),
    "scene": (re.compile(r"(\S+)"), KEYWORD),
    "shot": (re.compile(r"(\w+)"), KEYWORD),
    "edit": (re.compile(r"(\w+)"), KEYWORD),
    "angle": (re.compile(r"(angle(?:\s+on)?)\b", re.IGNORECASE), KEYWORD),
    "coverage": (re.compile(r"(coverage(?:\s+of)?)\b", re.IGNORECASE), KEYWORD),
    "transition": (re.compile(r"([>＞])"), OPERATOR),
}


class Colours:
    """The colours of a line, in the order they are found.

    Attributes:
        found: Where each word begins and ends in the line, what it is, and what is said besides.
        names: What names are coloured as.
        changes: Whether its prose says what changes.
        used: The names that were coloured, with what they are coloured as.
    """

    __slots__ = ("changes", "found", "names", "used")

    def __init__(self, names: Names, *, changes: bool) -> None:
        self.names = names
        self.changes = changes
        self.used: dict[str, Kind] = {}
        self.found: list[tuple[int, int, int, int]] = []

    def of(self, line: Line) -> list[tuple[int, int, int, int]]:
        """Return the colours of a line in order, none of which overlap."""
        self.found = []
        paint = _PAINTERS.get(type(line))
        if paint is not None:
            paint(self, line)
        if line.comment is not None:
            self.add(line.comment.start, line.comment.end, COMMENT)
        self.found.sort()
        return self.found

    def add(self, start: int, end: int, type: int, modifiers: int = 0) -> None:
        """Colour a stretch."""
        self.found.append((start, end, type, modifiers))

    def ref(self, ref: ast.Ref) -> None:
        """Colour a ref: what it points at says how."""
        kind = self._kind(f"@{ref.name}")
        self.add(ref.start, ref.start + 1 + kind.size, kind.type, kind.modifiers)

    def filled(self, name: str, start: int, end: int) -> None:
        """Colour a parameter."""
        kind = self._kind(f"{{{name}")
        self.add(start, end, kind.type, kind.modifiers)

    def _kind(self, name: str) -> Kind:
        kind = self.used[name] = self.names.kind(name)
        return kind

    def marks(self, text: ast.Text | None) -> None:
        """Colour the refs and parameters of a text."""
        for mark in text.marks if text is not None else ():
            if isinstance(mark, ast.Ref):
                self.ref(mark)
            elif isinstance(mark, ast.Param):
                self.filled(mark.name, mark.start, mark.end)

    def whole(self, text: ast.Text, type: int, modifiers: int = 0, *, frame: int = 0) -> None:
        """Colour a text but for its refs and parameters; ``frame`` are the quotes around it."""
        at = text.start - frame
        for mark in text.marks:
            if not isinstance(mark, ast.Escape):
                if mark.start > at:
                    self.add(at, mark.start, type, modifiers)
                at = mark.end
        if text.end + frame > at:
            self.add(at, text.end + frame, type, modifiers)
        self.marks(text)

    def stretches(self, text: ast.Text, found: Stretches, base: int) -> None:
        """Colour stretches of a text, which are in order, but for its refs and parameters."""
        marks = [mark for mark in text.marks if not isinstance(mark, ast.Escape)]
        filled = any(isinstance(mark, ast.Param) for mark in marks)
        place = 0
        for start, end, type, modifiers in found:
            # What a parameter stands for may make another word of its neighbours.
            if filled and modifiers & UNRESOLVED:
                continue
            at, stop = base + start, base + end
            # Both are in order, so that a mark that was passed is passed for good.
            while place < len(marks) and marks[place].end <= at:
                place += 1
            while place < len(marks) and marks[place].start < stop:
                if marks[place].start > at:
                    self.add(at, marks[place].start, type, modifiers)
                at = marks[place].end
                place += 1
            if at < stop:
                self.add(at, stop, type, modifiers)

    def camera(self, text: ast.Text) -> None:
        """Colour a list of camera terms."""
        self.stretches(text, camera_words(text.raw), text.start)
        self.marks(text)

    def change(self, text: ast.Text) -> None:
        """Colour prose; where it says what changes, its verb."""
        if self.changes and edit_verb(text.raw) is not None:
            verb = _LETTERS.search(text.raw)
            if verb is not None:
                self.add(text.start + verb.start(), text.start + verb.end(), VERB)
        self.marks(text)

    def output(self, line: Line, output: ast.Word) -> None:
        """Colour ``AS @name``."""
        before = _AS.search(line.text[: output.start])
        if before is not None:
            self.add(*before.span(1), KEYWORD)
        self.add(output.start - 1, output.end, OUTPUT, DECLARATION)


def _declaration(colours: Colours, line: ast.Declaration) -> None:
    name = line.name
    colours.add(name.start - 1, name.end, type_of(line.element_kind.text), DECLARATION)
    _equals(colours, line, name.end)
    colours.add(line.element_kind.start, line.element_kind.end, TYPE)
    for file in line.files:
        colours.whole(file.path.text, STRING, frame=1)
        for point in (file.since, file.until):
            if point is not None:
                colours.whole(point.text, NUMBER)
    if line.voice is not None:
        end = len(line.text[: line.voice.start].rstrip())
        colours.add(end - len("voice"), end, KEYWORD)
        if isinstance(line.voice, ast.Ref):
            colours.ref(line.voice)
        else:
            colours.whole(line.voice.text, STRING, frame=1)
    colours.marks(line.description)


def _parameter(colours: Colours, line: ast.Parameter) -> None:
    colours.add(line.name.start - 1, line.name.end + 1, PARAMETER, DECLARATION)
    _equals(colours, line, line.name.end)
    if line.default is not None:
        colours.add(line.default.start, line.default.end, STRING)


def _equals(colours: Colours, line: Line, at: int) -> None:
    place = next(place for place in range(at, len(line.text)) if line.text[place] in "=＝")
    colours.add(place, place + 1, OPERATOR)


def _heading(colours: Colours, line: ast.Heading) -> None:
    refs: tuple[ast.Ref, ...] = ()
    if isinstance(line, ast.EditHeading):
        refs = line.sources
    elif isinstance(line, ast.AngleHeading):
        refs = (line.source,)
    elif isinstance(line, ast.CoverageHeading) and line.image is not None:
        refs = (line.image,)
    parts = (*refs, line.label, line.duration, line.output, line.terms)
    first = min([part.start for part in parts if part is not None], default=len(line.text))
    if line.comment is not None:
        first = min(first, line.comment.start)
    words = line.text[:first]
    if line.output is not None and line.output.start == first:
        words = _AS.sub("", words)
    for word in _WORD.finditer(words):
        colours.add(*word.span(), KEYWORD)
    for ref in refs:
        colours.ref(ref)
    if line.label is not None:
        colours.whole(line.label, LABEL)
    if line.duration is not None:
        colours.whole(line.duration.text, NUMBER)
    if line.output is not None:
        colours.output(line, line.output)
    if line.terms is not None:
        (colours.change if isinstance(line, ast.EditHeading) else colours.camera)(line.terms)


def _scene(colours: Colours, line: ast.SceneHeading) -> None:
    colours.add(line.prefix.start, line.prefix.end, KEYWORD)
    timed = False
    for number, place in enumerate(line.places):
        timed = timed or (number > 0 and is_time(place.raw))
        colours.whole(place, TERM if timed else PLACE)
    if line.output is not None:
        colours.output(line, line.output)


def _transition(colours: Colours, line: ast.Transition) -> None:
    first = len(line.text) - len(line.text.lstrip())
    colours.add(first, first + 1, OPERATOR)
    if line.quoted:
        colours.whole(line.body, STRING, frame=1)
        return
    colours.stretches(line.body, transition_words(line.body.raw), line.body.start)
    colours.marks(line.body)


def _dialogue(colours: Colours, line: ast.Dialogue) -> None:
    colours.ref(line.speaker)
    colours.marks(line.manner)
    colours.whole(line.speech.text, STRING, frame=1)


def _field(colours: Colours, line: ast.Field) -> None:
    key, value = line.key, line.value
    if line.add:
        first = len(line.text) - len(line.text.lstrip())
        colours.add(first, first + 1, OPERATOR)
    colours.add(key.start, key.end, KEY)
    colours.marks(line.manner)
    raw = value.raw
    word = raw.casefold()
    if key.text == "note":
        colours.add(value.start, value.end, COMMENT, DOCUMENTATION)
    elif word in _SWITCHES or (key.text == "negative" and word == "standard"):
        colours.add(value.start, value.end, KEYWORD)
    elif key.text == "camera":
        colours.camera(value)
    elif key.text == "target":
        _targets(colours, value)
    elif KEYS[key.text].quoted or key.text in _WORDED:
        colours.whole(value, STRING)
    elif KEYS[key.text].refs:
        colours.marks(value)
    else:
        colours.whole(value, NUMBER if any(c.isdigit() for c in raw) else STRING)


def _targets(colours: Colours, value: ast.Text) -> None:
    if value.marks:
        colours.whole(value, PLACE)
        return
    for name in _ITEM.finditer(value.raw):
        start, end = name.span()
        colours.add(value.start + start, value.start + end, PLACE, said_of_target(name[0]))


def _provider_field(colours: Colours, line: ast.ProviderField) -> None:
    colours.add(line.provider.start, line.provider.end, PLACE)
    colours.add(line.path.start, line.path.end, KEY)
    plain = line.value.raw.replace(".", "", 1).removeprefix("-")
    switch = line.value.raw in {"true", "false", "null"}
    colours.whole(line.value, KEYWORD if switch else NUMBER if plain.isdigit() else STRING)


def _prose(colours: Colours, line: ast.Prose) -> None:
    if not line.escaped:
        colours.change(line.body)
        return
    colours.add(line.body.start, line.body.start + 1, OPERATOR)
    colours.marks(line.body)


def _junk(colours: Colours, line: ast.Junk) -> None:
    """Colour what can be told of a line that is half written: it must not lose its colours."""
    said = quotes(line.text)
    if line.meant in _JUNK:
        pattern, type = _JUNK[line.meant]
        first = len(line.text) - len(line.text.lstrip())
        found = pattern.match(line.text, first)
        if found is not None:
            colours.add(*found.span(1), type, UNRESOLVED if type == KEY else 0)
    for start, end in said:
        colours.add(start, end, STRING)
    for use in uses_on(line):
        start, end = use.start - line.at - 1, use.end - line.at
        if use.makes_known:
            type = PARAMETER if use.is_parameter else THING
            colours.add(start, end + use.is_parameter, type, DECLARATION)
        elif use.is_parameter:
            colours.filled(use.name, start, end + 1)
        else:
            colours.ref(ast.Ref(start, end, use.name))


_PAINTERS: dict[type[Line], Callable[[Colours, Any], None]] = {
    ast.AngleHeading: _heading,
    ast.CoverageHeading: _heading,
    ast.Declaration: _declaration,
    ast.Dialogue: _dialogue,
    ast.EditHeading: _heading,
    ast.Field: _field,
    ast.Junk: _junk,
    ast.Parameter: _parameter,
    ast.Prose: _prose,
    ast.ProviderField: _provider_field,
    ast.SceneHeading: _scene,
    ast.ShotHeading: _heading,
    ast.Transition: _transition,
}
