"""Syntax tree to text: the canonical form of a script, unchanged in meaning.

Lines keep their order, comments and blank lines stay where they are, junk is left as it is, and
neither words of prose nor anything between quotes is touched.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from promptlang.syntax import ast, build
from promptlang.syntax.chars import BLANK, fold
from promptlang.syntax.durations import write, write_time
from promptlang.syntax.keys import BLOCKS
from promptlang.syntax.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from promptlang.syntax.ast import Block, Line, Script

_LINE_END = late(r"\r\n|\r|\n")
_SIGN = late(rf"[#＃](?=[{BLANK}]|$)")
_INDENTED = frozenset({"prose", "dialogue", "field", "provider field"})
_ALIGNED = frozenset({"declaration", "parameter"})
_INDENT = "  "


def format(script: Script) -> str:
    """Return the canonical form of a script; printing its tree again changes nothing."""
    names = Names(script)
    printed: list[str] = []
    for block in script.blocks:
        printed += _block(block, names)
    lines = _without_spare_blanks(printed)
    end = _line_end(script.source.text)
    text = "".join(line + end for line in lines)
    # The first of them would be read as a byte-order mark and dropped.
    return f"\ufeff{text}" if text.startswith("\ufeff") else text


class Names:
    """How each name is spelt where it is declared."""

    __slots__ = ("_longest", "_params", "_spelt")

    def __init__(self, script: Script) -> None:
        self._spelt: dict[str, str] = {}
        self._params: dict[str, str] = {}
        for block in script.blocks:
            for line in block.lines:
                if isinstance(line, ast.Declaration):
                    self._spelt.setdefault(fold(line.name.text), line.name.text)
                elif isinstance(line, ast.Parameter):
                    self._params.setdefault(fold(line.name.text), line.name.text)
                elif isinstance(line, ast.Heading | ast.SceneHeading) and line.output:
                    self._spelt.setdefault(fold(line.output.text), line.output.text)
        self._longest = max(map(len, self._spelt), default=0)

    def ref(self, name: str) -> str:
        """Return a name of a ref in its declared spelling; an unknown one as it is."""
        spelt = self._spelt.get(fold(name))
        if spelt is not None or name.isascii():
            return spelt or name
        # In scripts without blanks a name runs into the next word: ``@Driver走``. Longer than the
        # longest name (decomposed accents counted double) nothing can be known.
        for cut in range(min(len(name) - 1, 2 * self._longest + 8), 0, -1):
            if not name[cut].isascii() and (spelt := self._spelt.get(fold(name[:cut]))):
                return spelt + name[cut:]
        return name

    def param(self, name: str) -> str:
        """Return the name of a parameter in its declared spelling."""
        return self._params.get(fold(name), name)

    def text(self, text: ast.Text) -> str:
        """Return a text with the names in it spelt as declared."""
        if not text.marks:
            return text.raw
        pieces: list[str] = []
        at = 0
        for mark in text.marks:
            start, end = mark.start - text.start, mark.end - text.start
            pieces.append(text.raw[at:start])
            if isinstance(mark, ast.Ref):
                pieces.append(f"@{self.ref(mark.name)}")
            elif isinstance(mark, ast.Param):
                pieces.append(f"{{{self.param(mark.name)}}}")
            else:
                pieces.append(text.raw[start:end])
            at = end
        return "".join([*pieces, text.raw[at:]])


def _behind(mark: str, text: str) -> str:
    """Return a text behind a mark and a blank; the blank would make a comment of ``# …``."""
    return mark + text if _SIGN.match(text) else f"{mark} {text}"


def _block(block: Block, names: Names) -> Iterator[str]:
    indent = _INDENT if block.kind in BLOCKS else ""
    widths = _widths(block, names)
    for number, line in enumerate(block.lines):
        if line.kind == "junk":
            yield _LINE_END.sub("", line.text) if line.text.count("\n") <= 1 else line.text
            continue
        text = _PRINTERS[type(line)](line, names)
        lead = indent if line.kind in _INDENTED else ""
        if line.kind == "comment" and indent and number:
            lead = _comment_indent(block, number)
        if line.kind in _ALIGNED:
            text = _aligned(text, widths[number])
        change = None
        if isinstance(line, ast.EditHeading) and line.terms is not None:
            change = names.text(line.terms)
            if not _is_prose(change):
                text, change = _behind(f"{text}:", change), None
        if line.comment is not None and line.kind != "comment":
            text += f"{_closing_colon(line)}  {line.comment.text}"
        yield lead + text
        if change is not None:
            yield _INDENT + change


def _closing_colon(line: Line) -> str:
    """Return the colon without which a heading before a comment would read as prose."""
    if not isinstance(line, ast.ShotHeading | ast.CoverageHeading):
        return ""
    if isinstance(line, ast.CoverageHeading) and line.image:
        return ""
    if line.duration or line.output or line.terms:
        return ""
    # What tells a label from a word of prose is a digit, or what stands behind it.
    return "" if line.label and re.search("[0-9]", line.label.raw) else ":"


def _is_prose(text: str) -> bool:
    """Whether words stay prose, and nothing but prose, on a line of their own."""
    header, *others = build.blocks(text + "\n")
    if others:
        return False
    line = header.lines[0]
    return isinstance(line, ast.Prose) and not line.escaped and line.comment is None


def _comment_indent(block: Block, number: int) -> str:
    """A comment stands with the line below it; at the end of a block where its writer put it."""
    for line in block.lines[number + 1 :]:
        if line.kind in _INDENTED:
            return _INDENT
        if line.kind not in {"blank", "comment"}:
            return ""
    return _INDENT if block.lines[number].text[:1].isspace() else ""


def _widths(block: Block, names: Names) -> dict[int, int]:
    """Return for each declaration the column its ``=`` stands at: neighbours share one."""
    widths: dict[int, int] = {}
    group: list[int] = []
    for number, line in enumerate([*block.lines, ast.Blank("")]):
        if line.kind in _ALIGNED:
            group.append(number)
            continue
        if group:
            width = max(_width(_declared(block.lines[i])) for i in group)
            widths.update(dict.fromkeys(group, width))
            group = []
    return widths


def _declared(line: Line) -> str:
    if isinstance(line, ast.Declaration):
        return f"@{line.name.text}"
    assert isinstance(line, ast.Parameter)
    return f"{{{line.name.text}}}"


def _width(text: str) -> int:
    """How many columns a text takes: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _aligned(text: str, width: int) -> str:
    name, _, rest = text.partition(" =")
    return f"{name}{' ' * (width - _width(name))} ={rest}"


def _without_spare_blanks(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _line_end(text: str) -> str:
    """Return the line end most lines have; the first of equally frequent ones."""
    counts: dict[str, int] = {}
    for end in _LINE_END.findall(text):
        counts[end] = counts.get(end, 0) + 1
    return max(counts, key=lambda end: counts[end]) if counts else "\n"


def _print_blank(line: ast.Blank, names: Names) -> str:
    return ""


def _print_comment(line: ast.Comment, names: Names) -> str:
    return line.comment.text if line.comment else ""


def _print_declaration(line: ast.Declaration, names: Names) -> str:
    pieces = [f"@{line.name.text} = {line.element_kind.text}"]
    pieces += [_file(file, line.text, names) for file in line.files]
    if isinstance(line.voice, ast.Ref):
        pieces.append(f"voice @{names.ref(line.voice.name)}")
    elif line.voice is not None:
        pieces.append(f"voice {_quoted(line.voice, line.text, names)}")
    text = " ".join(pieces)
    return _behind(f"{text}:", names.text(line.description)) if line.description else text


def _file(file: ast.File, text: str, names: Names) -> str:
    path = _quoted(file.path, text, names)
    if file.since is None or file.until is None:
        return path
    return f"{path} {_point(file.since, names)}-{_point(file.until, names)}"


def _point(point: ast.Duration, names: Names) -> str:
    return names.text(point.text) if point.seconds is None else write_time(point.seconds)


def _quoted(quote: ast.Quoted, text: str, names: Names) -> str:
    """A quoted string keeps its quotes and its words; parameters are spelt as declared."""
    return text[quote.start] + names.text(quote.text) + text[quote.end - 1]


def _print_parameter(line: ast.Parameter, names: Names) -> str:
    name = f"{{{line.name.text}}} ="
    return name if line.default is None else f"{name} {_quoted(line.default, line.text, names)}"


def _tail(line: ast.Heading, names: Names) -> str:
    text = ""
    if line.label is not None:
        text += f" {names.text(line.label)}"
    if line.duration is not None:
        text += f" ({_duration(line.duration, names)})"
    if line.output is not None:
        text += f" AS @{names.ref(line.output.text)}"
    if line.terms is not None and not isinstance(line, ast.EditHeading):
        text += _behind(":", names.text(line.terms))
    return text


def _duration(duration: ast.Duration, names: Names) -> str:
    return names.text(duration.text) if duration.seconds is None else write(duration.seconds)


def _print_shot(line: ast.ShotHeading, names: Names) -> str:
    return f"SHOT{_tail(line, names)}"


def _print_edit(line: ast.EditHeading, names: Names) -> str:
    sources = ", ".join(f"@{names.ref(source.name)}" for source in line.sources)
    return f"EDIT {sources}{_tail(line, names)}"


def _print_angle(line: ast.AngleHeading, names: Names) -> str:
    return f"ANGLE ON @{names.ref(line.source.name)}{_tail(line, names)}"


def _print_coverage(line: ast.CoverageHeading, names: Names) -> str:
    image = f" OF @{names.ref(line.image.name)}" if line.image else ""
    return f"COVERAGE{image}{_tail(line, names)}"


def _print_scene(line: ast.SceneHeading, names: Names) -> str:
    places = " - ".join(names.text(place) for place in line.places)
    text = _behind(line.prefix.text, places)
    return f"{text} AS @{names.ref(line.output.text)}" if line.output else text


def _print_transition(line: ast.Transition, names: Names) -> str:
    if line.quoted:
        quote = ast.Quoted(line.body.start - 1, line.body.end + 1, line.body)
        return f"> {_quoted(quote, line.text, names)}"
    return _behind(">", _lowered(line.body, names))


def _lowered(text: ast.Text, names: Names) -> str:
    """A transition in capitals, as screenplays have it, is written in lower case; names stay."""
    plain = "".join(piece for piece in text.meaning() if isinstance(piece, str))
    if not plain.isupper():
        return names.text(text)
    pieces: list[str] = []
    at = 0
    for mark in text.marks:
        start, end = mark.start - text.start, mark.end - text.start
        inner = ast.Text(mark.start, mark.end, text.raw[start:end], (mark,))
        pieces += [text.raw[at:start].lower(), names.text(inner)]
        at = end
    return "".join([*pieces, text.raw[at:].lower()])


def _print_dialogue(line: ast.Dialogue, names: Names) -> str:
    manner = f" ({names.text(line.manner)})" if line.manner else ""
    return f"@{names.ref(line.speaker.name)}{manner}: {_quoted(line.speech, line.text, names)}"


def _print_field(line: ast.Field, names: Names) -> str:
    plus = "+ " if line.add else ""
    manner = f" ({names.text(line.manner)})" if line.manner else ""
    return _behind(f"{plus}{line.key.text}{manner}:", names.text(line.value)).rstrip()


def _print_provider_field(line: ast.ProviderField, names: Names) -> str:
    name, value = f"{line.provider.text}.{line.path.text}", names.text(line.value)
    # Only a full-width colon makes such a field without a blank behind it.
    return f"{name}：{value}" if _SIGN.match(value) else f"{name}: {value}".rstrip()


def _print_prose(line: ast.Prose, names: Names) -> str:
    return names.text(line.body)


_PRINTERS: dict[type, Callable[[Any, Names], str]] = {
    ast.AngleHeading: _print_angle,
    ast.Blank: _print_blank,
    ast.Comment: _print_comment,
    ast.CoverageHeading: _print_coverage,
    ast.Declaration: _print_declaration,
    ast.Dialogue: _print_dialogue,
    ast.EditHeading: _print_edit,
    ast.Field: _print_field,
    ast.Parameter: _print_parameter,
    ast.Prose: _print_prose,
    ast.ProviderField: _print_provider_field,
    ast.SceneHeading: _print_scene,
    ast.ShotHeading: _print_shot,
    ast.Transition: _print_transition,
}
