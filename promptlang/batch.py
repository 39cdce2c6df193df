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
from operator import mul
from typing import TYPE_CHECKING, Any

from promptlang.model.names import fold
from promptlang.providers.tokens import estimate
from promptlang.records import record
from promptlang.shapes import CORE, LONGEST, MOST, Shapes, marks, sized
from promptlang.syntax import ast

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

_GAP = re.compile('"?\ue000([0-9]+)\ue001"?')
_LENGTHS = (LONGEST, 120, 60, 30)
"""The lengths up to which a form may hold, tried from the longest."""
_FORMS = 400
"""How many forms are kept; a table that needs more is too varied to gain from them."""

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
        self._shapes = Shapes(document.storyboard)
        self._seen: set[Key] = set()
        self._forms: dict[Key, list[_Form] | None] = {}

    def lines(self, values: Mapping[str, str], row: int) -> list[str] | None:
        """Return the result of a row, one line of JSON a target, where it is certain.

        Returns:
            None where the row has to be compiled in full, with `Document.again`; only that way
            can say what is wrong with it.
        """
        free: list[str] = []
        parts: list[object] = []
        for name, value in values.items():
            if fold(name) not in self._free:
                parts.append((name, value))
                continue
            shape = self._shapes.of(value)
            if shape is None:
                return None
            parts.append((name, shape))
            free.append(value)
        # Equal texts may be said once only, so which values are equal belongs to the key.
        key = (*parts, *map(free.index, free))
        forms = self._forms[key] if key in self._forms else self._meet(key, values, row)
        if forms is None:
            return None
        lines = []
        for form in forms:
            line = form.fill(free, row)
            if line is None:
                return None
            lines.append(line)
        return lines

    def _meet(self, key: Key, values: Mapping[str, str], row: int) -> list[_Form] | None:
        """Return the forms of a key that is met for the second time."""
        if key in self._seen and len(self._forms) < _FORMS:
            self._forms[key] = self._learn(values, row)
            return self._forms[key]
        # What is met only once is not worth the four compilations of learning it.
        if len(self._seen) < _FORMS * 25:
            self._seen.add(key)
        return None

    def _learn(self, values: Mapping[str, str], row: int) -> list[_Form] | None:
        """Return the forms of a shape, None where a form would not give what the full way gives."""
        names = [name for name in values if fold(name) in self._free]
        shapes = [shape for n in names if (shape := self._shapes.of(values[n])) is not None]
        if len(names) > MOST or CORE in self.document.text.casefold():
            return None

        def compiled(texts: list[str]) -> list[Compilation]:
            filled = {**values, **dict(zip(names, texts, strict=True))}
            return self.document.again(filled).compilations()

        gaps = marks(shapes)
        marked = compiled(gaps)
        if any(not c.ok or _quotes_a_value(c) for c in marked):
            return None
        wanted = [_frame(c) for c in marked]
        if [_frame(c) for c in compiled(sized(shapes, 1))] != wanted:
            return None
        # Longer texts only ever fit less well together, so what holds for the shortest and for
        # the longest holds for all between.
        longest = next(
            (n for n in _LENGTHS if [_frame(c) for c in compiled(sized(shapes, n))] == wanted), 0
        )
        forms = [_Form(c, gaps, longest) for c in marked]
        own = [values[name] for name in names]
        lines = [
            c.model_copy(update={"row": row}).model_dump_json(by_alias=True) for c in compiled(own)
        ]
        return forms if [form.fill(own, row) for form in forms] == lines else None


class _Form:
    """A result with gaps for values and for the numbers that depend on their lengths."""

    __slots__ = ("_gaps", "_longest", "_marks", "_numbers", "_pattern", "_shifts", "_tokens")

    def __init__(self, compilation: Compilation, marks: list[str], longest: int) -> None:
        self._marks = marks
        self._longest = longest
        self._gaps: list[tuple[str, int]] = []
        self._numbers: list[tuple[int, int]] = []
        self._shifts: list[list[int]] = []
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
        if counts not in self._shifts:
            self._shifts.append(counts)
        number = (fixed, self._shifts.index(counts))
        if number not in self._numbers:
            self._numbers.append(number)
        return self._numbers.index(number)

    def fill(self, values: list[str], row: int) -> str | None:
        """Return the line of a row, None where a value is too long for what was tried."""
        sizes = [len(value) for value in values]
        if sizes and max(sizes) > self._longest:
            return None
        shifts = [sum(map(mul, counts, sizes)) for counts in self._shifts]
        numbers = [fixed + shifts[which] for fixed, which in self._numbers]
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


def _frame(compilation: Compilation) -> list[object]:
    """Return what has to stay the same whatever the values are."""
    requests = [
        (r.id, r.task, r.endpoint, r.seconds, r.needs, [(p.shot, p.seconds) for p in r.prompts])
        for r in compilation.requests
    ]
    # A message that counts the words of a value is no constant either.
    found = [(d.name, d.severity, d.span.start, d.message, d.hint) for d in compilation.diagnostics]
    return [compilation.target, requests, found]


def _quotes_a_value(compilation: Compilation) -> bool:
    """Whether something that is said of a script quotes a value, and so is no constant."""
    said = json.dumps([record(d) for d in compilation.diagnostics]).casefold()
    return CORE in said
