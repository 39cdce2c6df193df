"""Hover: what the thing under the pointer means, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from promptlang.lint.suppress import inside
from promptlang.lsp import hover_prompt, meanings
from promptlang.lsp.markup import content
from promptlang.lsp.names import targets_at
from promptlang.pages import plain
from promptlang.syntax import ast
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.match import items
from promptlang.vocabulary.phrases import read_terms, read_transition

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.lsp.view import View
    from promptlang.vocabulary.match import Item
    from promptlang.vocabulary.terms import Phrase

_BLOCKS = frozenset({"shot", "edit", "angle", "coverage"})
_TERMED = frozenset({"lighting", "mood", "music", "sound", "style"})
_WORDS_OF_HEADINGS = ("coverage of", "coverage", "angle on", "shot", "edit")


class Told(NamedTuple):
    """What is told of a stretch of a line; it counts from the start of the line."""

    words: str | None
    start: int
    end: int


class Pointer:
    """What is pointed at.

    Attributes:
        view: The script.
        place: The block.
        kind: What kind of block that is.
        line: The line.
        at: How far into the line.
    """

    __slots__ = ("at", "kind", "line", "place", "view")

    def __init__(self, view: View, place: int, line: ast.Line, at: int) -> None:
        self.view = view
        self.place = place
        self.kind = view.script.blocks[place].kind
        self.line = line
        self.at = at

    def on(self, part: ast.Part | None) -> bool:
        """Whether a part of the line is pointed at."""
        return part is not None and part.start <= self.at <= part.end


def hover(view: View, params: dict[str, Any]) -> dict[str, Any] | None:
    """Return what is told of a position, None where there is nothing to tell."""
    offset = view.offset(params)
    place = view.block_at(offset)
    if not view.script.blocks[place].lines:
        return None
    _, line, start = view.line_at(offset)
    told = _told(Pointer(view, place, line, offset - start))
    if told is None or not told.words:
        return None
    return {
        "contents": content(view, told.words),
        "range": view.lines.range(start + told.start, start + told.end),
    }


def _told(pointer: Pointer) -> Told | None:
    line, view = pointer.line, pointer.view
    if line.comment is not None and pointer.at >= line.comment.start:
        return _of_comment(pointer, line.comment)
    for part in line.parts():
        if pointer.on(part):
            if isinstance(part, ast.Ref):
                end = part.start + 1 + meanings.named(view, part.name)[1]
                return Told(meanings.entity(view, part.name), part.start, end)
            if isinstance(part, ast.Param):
                return Told(meanings.parameter(view, part.name), part.start, part.end)
    tell = _TELLERS.get(line.kind)
    return None if tell is None else tell(pointer, line)


def _of_comment(pointer: Pointer, comment: ast.Word) -> Told | None:
    text = pointer.line.text
    if inside(text[comment.start : pointer.at]) is None:
        return None
    start, end = pointer.at, pointer.at
    while text[start - 1].isalnum() or text[start - 1] in "-_":
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-_"):
        end += 1
    return Told(meanings.problem(text[start:end]), start, end)


def _of_declaration(pointer: Pointer, line: ast.Declaration) -> Told | None:
    name, kind = line.name, line.element_kind
    if pointer.on(kind):
        return Told(meanings.written(kind.text), kind.start, kind.end)
    if name.start - 1 <= pointer.at <= name.end:
        return Told(meanings.entity(pointer.view, name.text), name.start - 1, name.end)
    file = next((file for file in line.files if pointer.on(file)), None)
    if file is None:
        return None
    return Told(meanings.entity(pointer.view, name.text), file.start, file.end)


def _of_parameter(pointer: Pointer, line: ast.Parameter) -> Told | None:
    name = line.name
    if not name.start - 1 <= pointer.at <= name.end + 1:
        return None
    return Told(meanings.parameter(pointer.view, name.text), name.start - 1, name.end + 1)


def _of_heading(pointer: Pointer, line: ast.Heading) -> Told | None:
    if line.output is not None and pointer.on(line.output):
        output = line.output
        return Told(meanings.entity(pointer.view, output.text), output.start - 1, output.end)
    if line.terms is not None and pointer.on(line.terms):
        if isinstance(line, ast.EditHeading):
            return _verb(pointer, line.terms)
        return _camera(pointer, line.terms)
    begin = len(line.text) - len(line.text.lstrip())
    end = len(line.text.rstrip()) if line.terms is None else line.terms.start
    if not begin <= pointer.at <= end:
        return None
    return Told(hover_prompt.prompts(pointer.view, pointer.place), begin, end)


def _of_junk(pointer: Pointer, line: ast.Junk) -> Told | None:
    """Return what a heading that cannot be read would be."""
    body = line.text.lstrip()
    begin = len(line.text) - len(body)
    for word in _WORDS_OF_HEADINGS:
        if line.meant in _BLOCKS and body.casefold().startswith(word):
            end = begin + len(word)
            on = begin <= pointer.at <= end
            return Told(meanings.written(word), begin, end) if on else None
    return None


def _of_scene(pointer: Pointer, line: ast.SceneHeading) -> Told | None:
    if line.output is not None and pointer.on(line.output):
        output = line.output
        return Told(meanings.entity(pointer.view, output.text), output.start - 1, output.end)
    for place in line.places:
        if pointer.on(place):
            term = vocabulary().lookup(place.raw)
            if term is not None and term.category == "time-of-day":
                return Told(meanings.term(term.id, brief=True), place.start, place.end)
    if not pointer.on(line.prefix):
        return None
    return Told(meanings.written("scene"), line.prefix.start, line.prefix.end)


def _of_transition(pointer: Pointer, line: ast.Transition) -> Told | None:
    body = line.body
    if line.quoted or not pointer.on(body):
        return None
    phrase, tail = read_transition(body.raw)
    if tail is not None and pointer.at >= body.start + tail:
        return _camera(pointer, body)
    if not phrase.terms:
        return None
    said = meanings.term(phrase.terms[0].id, brief=True)
    words = f"{said}\n\nwritten *{plain(phrase.text)}*"
    return Told(words, body.start + phrase.start, body.start + phrase.end)


def _of_field(pointer: Pointer, line: ast.Field) -> Told | None:
    view, key, value = pointer.view, line.key.text, line.value
    targets = targets_at(view, pointer.place)
    if pointer.on(line.key):
        words = meanings.key(key, targets, pointer.kind)
        return Told(words, line.key.start, line.key.end)
    if not pointer.on(value) or not value.raw:
        return None
    if key == "camera":
        return _camera(pointer, value)
    if key == "target" or key in _TERMED:
        start, end = _member(value, pointer.at)
        if not start <= pointer.at <= end:
            return None  # the blanks between two of a list
        said = line.text[start:end]
        if key == "target":
            return Told(meanings.target(said), start, end)
        term = vocabulary().lookup(said)
        return (
            None
            if term is None
            else Told(meanings.term(term.id, targets, pointer.kind, brief=True), start, end)
        )
    if key in meanings.BOUND:
        return Told(meanings.key(key, targets, pointer.kind), value.start, value.end)
    return None


def _member(value: ast.Text, at: int) -> tuple[int, int]:
    """Return where the part of a list is that is pointed at, blanks aside."""
    raw, inner = value.raw, at - value.start
    start = raw.rfind(",", 0, inner) + 1
    end = raw.find(",", inner)
    end = len(raw) if end < 0 else end
    said = raw[start:end]
    start += len(said) - len(said.lstrip())
    return value.start + start, value.start + max(start, start + len(said.strip()))


def _of_provider_field(pointer: Pointer, line: ast.ProviderField) -> Told | None:
    if not line.provider.start <= pointer.at <= line.path.end:
        return None
    name = f"{line.provider.text}.{line.path.text}"
    said = f"**{plain(name)}** · sent to {plain(line.provider.text)} as it is, and to nobody else"
    return Told(said, line.provider.start, line.path.end)


def _of_prose(pointer: Pointer, line: ast.Prose) -> Told | None:
    return _verb(pointer, line.body) if pointer.kind == "edit" else None


def _verb(pointer: Pointer, body: ast.Text) -> Told | None:
    verb = body.raw.partition(" ")[0]
    end = body.start + len(verb)
    on = body.start <= pointer.at <= end
    return Told(meanings.verb(verb.casefold()), body.start, end) if on else None


def _camera(pointer: Pointer, terms: ast.Text) -> Told | None:
    """Return what a word of a list of camera terms means, and the phrase it becomes."""
    raw, at = terms.raw, pointer.at - terms.start
    found = next(
        (i for i in items(vocabulary(), raw) if _means(i) and i.start <= at <= i.end), None
    )
    if found is None:
        return None
    targets = targets_at(pointer.view, pointer.place)
    if found.term:
        ids = found.term.split(" ")
        told = [meanings.term(id, targets, pointer.kind, brief=True) or "" for id in ids]
    else:
        told = [f"**{plain(found.value)}** · {plain(found.group)}"]
    phrase = _phrase(raw, at)
    if phrase is not None:
        told.append(f"written *{plain(phrase.text)}*")
    return Told("\n\n".join(told), terms.start + found.start, terms.start + found.end)


def _means(item: Item) -> bool:
    return bool(item.term or (item.group and item.value))


def _phrase(raw: str, at: int) -> Phrase | None:
    return next((phrase for phrase in read_terms(raw) if phrase.start <= at <= phrase.end), None)


_TELLERS: dict[str, Callable[[Pointer, Any], Told | None]] = {
    "angle": _of_heading,
    "coverage": _of_heading,
    "declaration": _of_declaration,
    "edit": _of_heading,
    "field": _of_field,
    "junk": _of_junk,
    "parameter": _of_parameter,
    "prose": _of_prose,
    "provider field": _of_provider_field,
    "scene": _of_scene,
    "shot": _of_heading,
    "transition": _of_transition,
}
