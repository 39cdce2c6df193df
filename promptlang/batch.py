"""Compiling one script for many rows, fast where that is certain to make no difference.

A row is compiled in full the first two times a row of its *shape* is met. The second time the
result is made into a form with gaps, and the form filled for this row has to equal what the full
way gave. From then on rows of that shape fill the form. What decides how a text is read belongs to
the shape (how a value begins and ends, its marks, its small words, which values are equal); a
value that holds a word of the field, or anything out of the ordinary, always goes the full way,
and so does one whose length was not tried: the form holds from one character to the longest value
with which the plan is still the same.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from promptlang.model.names import fold
from promptlang.providers.tokens import estimate
from promptlang.records import record
from promptlang.syntax import ast
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.words import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from promptlang.emit.result import Compilation
    from promptlang.session import Document

_FREE_FIELDS = frozenset(
    {
        "action",
        "environment",
        "lighting",
        "mood",
        "music",
        "note",
        "sound",
        "style",
        "super",
        "title",
        "voiceover",
    }
)
"""Fields whose text is passed on as it is."""

_PLAIN = re.compile(r"[^\W_]+(?:(?:[,;.!?]? |['’-])[^\W_]+)*[.!?…]?")
_GAP = re.compile('"?\ue000([0-9]+)\ue001"?')
_LENGTHS = (240, 120, 60, 30)
"""The lengths up to which a form may hold, tried from the longest."""
_WIDE = 0x1100
"""From here on a character may count as a token of its own."""
_FIRST = {"d": "7", "U": "Q", "l": "q", "o": "界"}
_SHORT = "QXZKVJWPGFBHCM"
_SHAPES = 400
"""How many shapes are kept; a table of more is too varied to gain from them."""


class Shape(NamedTuple):
    """What of a value decides how it is read.

    Attributes:
        first: Its first character: ``U`` upper case, ``l`` lower case, ``d`` digit, ``o`` other.
        last: Its last character where that is a mark.
        upper: Whether it is all capitals.
        several: Whether it has several words.
        wide: Whether it has characters that count as a token each.
        outline: Its known words and its marks, in order.
    """

    first: str
    last: str
    upper: bool
    several: bool
    wide: bool
    outline: str


Key = tuple[object, ...]
"""What two rows have in common that are read alike."""


class Batch:
    """The rows of one script.

    Attributes:
        document: The script with what holds for every row.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._free = _free(document)
        self._known = _known_words(document)
        self._seen: set[Key] = set()
        self._forms: dict[Key, list[_Form] | None] = {}
        self._shapes: dict[str, Shape | None] = {}

    def lines(self, values: Mapping[str, str], row: int) -> list[str] | None:
        """Return the result of a row, one line of JSON a target, where it is certain.

        Returns:
            None where the row has to be compiled in full, with `Document.again`; only that way
            can say what is wrong with it.
        """
        key = self._key_of(values)
        if key is None:
            return None
        if key not in self._forms:
            if key not in self._seen or len(self._forms) >= _SHAPES:
                # What is met once only is not worth the four compilations of learning it.
                if len(self._seen) < _SHAPES * 25:
                    self._seen.add(key)
                return None
            self._forms[key] = self._learn(values, row)
        forms = self._forms[key]
        if forms is None:
            return None
        free = [value for name, value in values.items() if fold(name) in self._free]
        lines = [form.fill(free, row) for form in forms]
        return None if None in lines else [line for line in lines if line is not None]

    def _key_of(self, values: Mapping[str, str]) -> Key | None:
        parts: list[object] = []
        free: list[str] = []
        for name, value in values.items():
            if fold(name) not in self._free:
                parts.append((name, value))
                continue
            if value not in self._shapes:
                if len(self._shapes) > 10_000:
                    self._shapes.clear()
                self._shapes[value] = _shape(value, self._known)
            shape = self._shapes[value]
            if shape is None:
                return None
            parts.append((name, shape))
            free.append(value)
        # Equal texts may be said once only, so which values are equal is part of the shape.
        return (*parts, tuple(free.index(value) for value in free))

    def _learn(self, values: Mapping[str, str], row: int) -> list[_Form] | None:
        """Return the forms of a shape, None where a form would not give what the full way gives."""
        names = [name for name in values if fold(name) in self._free]
        shapes = [shape for name in names if (shape := self._shapes[values[name]]) is not None]
        if len(names) > len(_SHORT) or "zqx" in self.document.text.casefold():
            return None

        def compiled(texts: list[str]) -> list[Compilation]:
            filled = {**values, **dict(zip(names, texts, strict=True))}
            return self.document.again(filled).compilations()

        marks = _marks(shapes)
        marked = compiled(marks)
        if any(not c.ok or _names_a_mark(c) for c in marked):
            return None
        wanted = [_frame(c) for c in marked]
        if [_frame(c) for c in compiled(_sized(shapes, 1))] != wanted:
            return None
        # Longer texts only ever fit less well together, so what holds for the shortest and for
        # the longest holds for all between.
        longest = next(
            (n for n in _LENGTHS if [_frame(c) for c in compiled(_sized(shapes, n))] == wanted), 0
        )
        forms = [_Form(c, marks, longest) for c in marked]
        own = [values[name] for name in names]
        wanted_lines = [
            c.model_copy(update={"row": row}).model_dump_json(by_alias=True) for c in compiled(own)
        ]
        return forms if [form.fill(own, row) for form in forms] == wanted_lines else None


class _Form:
    """A result with gaps for values and for the numbers that depend on their lengths."""

    __slots__ = ("_gaps", "_longest", "_marks", "_numbers", "_pattern", "_tokens")

    def __init__(self, compilation: Compilation, marks: list[str], longest: int) -> None:
        self._marks = marks
        self._longest = longest
        self._gaps: list[tuple[str, int]] = []
        self._numbers: list[tuple[int, list[int]]] = []
        self._tokens: list[str] = []
        data = compilation.model_dump(mode="json", by_alias=True)
        data["row"] = self._gap("row", 0)
        for request in data["requests"]:
            for prompt in request["prompts"]:
                self._measure(prompt)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        for place, mark in enumerate(marks):
            text = text.replace(mark, self._gap("value", place))
        order: list[tuple[str, int]] = []

        def gap(match: re.Match[str]) -> str:
            kind, place = self._gaps[int(match[1])]
            order.append((kind, place))
            # A number stands without the quotes its gap had to have in JSON.
            return "%s" if kind != "value" else match[0].replace(match[0].strip('"'), "%s")

        self._pattern = _GAP.sub(gap, text.replace("%", "%%"))
        self._gaps = order

    def _gap(self, kind: str, place: int) -> str:
        self._gaps.append((kind, place))
        return f"\ue000{len(self._gaps) - 1}\ue001"

    def _measure(self, prompt: dict[str, Any]) -> None:
        """Put gaps in place of all numbers of a prompt that depend on values."""
        text = prompt["text"]
        ends = sorted(
            (match.end(), place)
            for place, mark in enumerate(self._marks)
            for match in re.finditer(re.escape(mark), text)
        )
        if not ends:
            return
        size = self._number(len(text), [place for _, place in ends])
        if prompt["unit"] == "tokens":
            self._tokens.append(text)
            prompt["used"] = self._gap("tokens", len(self._tokens) - 1)
        else:
            prompt["used"] = self._gap("number", size)
        prompt["characters"] = self._gap("number", size)
        for stretch in prompt["source_map"]:
            for key in ("start", "end"):
                before = [place for end, place in ends if end <= stretch[key]]
                if before:
                    stretch[key] = self._gap("number", self._number(stretch[key], before))

    def _number(self, base: int, places: list[int]) -> int:
        """Return which number this is: one that grows with the values at ``places``."""
        fixed = base - sum(len(self._marks[place]) for place in places)
        counts = [places.count(place) for place in range(len(self._marks))]
        if (fixed, counts) not in self._numbers:
            self._numbers.append((fixed, counts))
        return self._numbers.index((fixed, counts))

    def fill(self, values: list[str], row: int) -> str | None:
        """Return the line of a row, None where a value is too long for what was tried."""
        sizes = [len(value) for value in values]
        if sizes and max(sizes) > self._longest:
            return None
        numbers = [
            fixed + sum(n * size for n, size in zip(counts, sizes, strict=True))
            for fixed, counts in self._numbers
        ]
        tokens = [estimate(self._text(text, values)) for text in self._tokens]
        found: dict[str, list[Any]] = {
            "number": numbers,
            "tokens": tokens,
            "row": [row],
            "value": values,
        }
        return self._pattern % tuple([found[kind][place] for kind, place in self._gaps])

    def _text(self, text: str, values: list[str]) -> str:
        for mark, value in zip(self._marks, values, strict=True):
            text = text.replace(mark, value)
        return text


def _free(document: Document) -> frozenset[str]:
    """Return the parameters that stand only where text is passed on as it is."""
    if document.storyboard.included:
        return frozenset()
    bound: set[str] = set()
    for block in document.script.blocks:
        for line in block.lines:
            free = {id(part) for part in _free_text(line)}
            for part in line.parts():
                if isinstance(part, ast.Param) and id(part) not in free:
                    bound.add(fold(part.name))
    return frozenset(fold(name) for name in document.storyboard.declared) - bound


def _free_text(line: ast.Line) -> list[ast.Part]:
    """Return the parts of a line that stand in text that is passed on as it is."""
    texts: list[ast.Text] = []
    if isinstance(line, ast.Prose):
        texts = [line.body]
    elif isinstance(line, ast.Dialogue):
        texts = [line.speech.text]
    elif isinstance(line, ast.SceneHeading):
        texts = list(line.places)
    elif isinstance(line, ast.Field) and line.key.text in _FREE_FIELDS:
        texts = [line.value]
    return [mark for text in texts for mark in text.marks]


def _known_words(document: Document) -> frozenset[str]:
    """Return the keys of all words that may change how a text is read or judged."""
    known = vocabulary()
    keys = [*known.camera, *known.short, *known.prose, *known.person_keys, *known.languages]
    keys += [key for scope in known.scopes.values() for key in scope]
    keys += [*known.edit_verbs, *known.motion_verbs, *known.manners, *known.varieties]
    keys += [*known.ambiguous, *known.negative_standard, *known.around_time]
    for unit in document.storyboard.units:
        keys += [text.plain for text in unit.negative]
    return frozenset(token.key for key in keys for token in tokens(key)) - {""}


def _shape(value: str, known: frozenset[str]) -> Shape | None:
    """Return what of a value decides how it is read, None where only the full way knows."""
    if len(value) > _LENGTHS[0] or not _PLAIN.fullmatch(value):
        return None
    if not (value.isascii() or unicodedata.is_normalized("NFC", value)):
        return None
    first, last = value[0], value[-1]
    return Shape(
        "d" if first.isdigit() else "U" if first.isupper() else "l" if first.islower() else "o",
        "" if last.isalnum() else last,
        value.isupper(),
        " " in value,
        any(ord(character) >= _WIDE for character in value),
        _outline(value, known),
    )


def _outline(value: str, known: frozenset[str]) -> str:
    """Return the known words and the marks of a value, with ``_`` for any words between."""
    outline: list[str] = []
    for token in tokens(value):
        if token.key in known or token.kind != "word":
            outline.append(token.key or token.short)
        elif token.short.isdecimal():
            outline.append("#")
        elif outline[-1:] != ["_"]:
            outline.append("_")
    return " ".join(outline)


def _core(number: int) -> str:
    """Return the part of a mark by which it is found again; nobody writes such a word."""
    return f"zqx{chr(97 + number)}zqx"


def _marks(shapes: list[Shape]) -> list[str]:
    """Return a value of each shape that can be told from all others and from any text."""
    marks = []
    for number, shape in enumerate(shapes):
        text = f"{_FIRST[shape.first]}zq{' ' if shape.several else ''}{_core(number)}"
        text = (text.upper() if shape.upper else text) + ("界" if shape.wide else "")
        marks.append(text + shape.last)
    return marks


def _sized(shapes: list[Shape], size: int) -> list[str]:
    """Return a value of each shape of about ``size`` characters, all different."""
    texts = []
    for number, shape in enumerate(shapes):
        begin = {"d": str(number % 10), "o": chr(0x754C + number)}.get(shape.first, _SHORT[number])
        begin = begin if shape.first == "U" else begin.lower()
        filler = "界" if shape.wide else "ZQX " if shape.upper else "zqx "
        body = (begin + filler * size)[: max(size - len(shape.last), 1)].rstrip()
        texts.append(body + shape.last)
    return texts


def _frame(compilation: Compilation) -> list[object]:
    """Return what has to stay the same whatever the values are."""
    requests = [
        (r.id, r.task, r.endpoint, r.seconds, r.needs, [(p.shot, p.seconds) for p in r.prompts])
        for r in compilation.requests
    ]
    found = [(d.name, d.severity, d.span.start) for d in compilation.diagnostics]
    return [compilation.target, requests, found]


def _names_a_mark(compilation: Compilation) -> bool:
    """Whether something that is said of a script quotes a value, and so is no constant."""
    said = json.dumps([record(d) for d in compilation.diagnostics]).casefold()
    return "zqx" in said
