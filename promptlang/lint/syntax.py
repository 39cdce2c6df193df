"""The script as text: marks that do nothing, lines that look like something else, its form."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix
from promptlang.lint.patterns import late
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.source import Span
from promptlang.syntax import ast, build
from promptlang.syntax.chars import NAME
from promptlang.syntax.printer import format as formatted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.storyboard import Unit
    from promptlang.source import Source

_REF = late(NAME)
_PARAM = late(rf"{NAME}\}}")
_ADDRESS = late(r"[A-Za-z0-9._+\-]")


class NeedlessEscape(Rule):
    r"""A backslash changes nothing.

    A backslash keeps a mark from meaning what it would mean there: `\@` a ref, `\{name}` a
    parameter, `\#` a comment. Where the mark means nothing anyway, it is only in the way.

    Fix: removes the backslash.

    Source: what copying from Markdown leaves behind.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A car with the number \#7 leaves the pit lane.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A car with the number #7 leaves the pit lane.
    ```
    """

    code = "PL041"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the backslashes without which the line reads the same."""
        script = film.script
        if "\\" not in script.source.text:
            return
        for place, block in enumerate(script.blocks):
            # To take every line apart would take longer than all other rules together.
            for line in [line for line in block.lines if "\\" in line.text]:
                for mark in line.parts():
                    if isinstance(mark, ast.Escape) and _is_needless(mark, line):
                        span = script.span(place, line, mark)
                        written = shown(span.source.text[span.start : span.start + 2])
                        yield self.at(
                            span,
                            f"{written} reads the same without the backslash",
                            hint="remove the backslash",
                            fixes=[Fix("remove the backslash", [Edit(span.part(0, 1), "")])],
                        )


def _is_needless(mark: ast.Escape, line: ast.Line) -> bool:
    at, text = mark.start, line.text
    if isinstance(line, ast.Prose) and at == line.body.start:
        return _stays_prose(line, mark)
    # What opens a text, behind its colon or its dash, may be read as something else there.
    before, behind = text[max(at - 2, 0) : at].strip(), text[mark.end : mark.end + 1]
    if not before or before[-1] in ":：-–—\\":
        return False
    if mark.text in "@＠":
        return _ADDRESS.match(text, at - 1) is not None or _REF.match(text, mark.end) is None
    if mark.text == "{":
        return _PARAM.match(text, mark.end) is None
    if mark.text in "#＃":
        return not (text[at - 1].isspace() and not behind.strip())
    return mark.text in ">＞"


def _stays_prose(line: ast.Prose, mark: ast.Escape) -> bool:
    """Whether a line of prose that begins with a backslash says the same without it."""
    text = line.text[: mark.start] + line.text[mark.start + 1 :]
    bare = build.blocks(text.rstrip("\r\n") + "\n")[-1].lines[0]
    if not isinstance(bare, ast.Prose):
        return False
    _, _, words, *rest = line.body.meaning()
    return bare.body.meaning() == (f"{mark.text}{words}", *rest)


class ShoutedLine(Rule):
    """A line of prose is all in capitals.

    In a script capitals are for headings, so a reader takes it for one; and some models paint words
    in capitals into the picture.

    Source: how screenplays are set; a matter of taste.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      THE LIGHTHOUSE STANDS ABOVE BREAKING WAVES.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      The lighthouse stands above breaking waves.
    ```
    """

    code = "PL042"
    opinionated = True
    _FEWEST = 4

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report prose of some words without a small letter."""
        for line in unit.prose():
            if line.plain.isupper() and len(line.plain.split()) >= self._FEWEST:
                yield self.at(
                    line.span,
                    f"{shown(line.plain)} is all in capitals and reads like a heading",
                    hint="write it in small letters",
                )


class NotFormatted(Rule):
    """The script is not in its canonical form.

    Where several people write, one form keeps the differences between two versions to what was
    meant. It is what `promptlang fmt` writes.

    Source: the canonical form of the language; a matter of taste.

    **Example**

    ```shot
    SHOT 1 (4 sec) - wide shot, static
     The lighthouse stands above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      The lighthouse stands above breaking waves.
    ```
    """

    code = "PL043"
    opinionated = True

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the first line that fmt would write in another way."""
        source = film.script.source
        wanted = formatted(film.script)
        if wanted == source.text:
            return
        lines = zip_longest(_LINE.findall(source.text), _LINE.findall(wanted))
        number = next(n for n, (old, new) in enumerate(lines, 1) if old != new)
        yield self.at(
            line_at(source, number),
            f"line {number} is the first that is not in the canonical form",
            hint="run promptlang fmt, which changes the form and not the meaning",
        )


class MixedLineEnds(Rule):
    """Some lines end as on Windows, some as on Unix.

    Tools that compare versions then show lines as changed in which nothing was changed.

    Source: what copying from another system leaves behind.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      The lighthouse stands above breaking waves.<U+000D>
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      The lighthouse stands above breaking waves.
    ```
    """

    code = "PL044"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the first line that ends in another way than the first line does."""
        source = film.script.source
        windows = source.text.count("\r\n")
        if windows in {0, source.text.count("\n")}:
            return
        ends = [end == "\r\n" for end in _LINE_END.findall(source.text)]
        number = ends.index(not ends[0]) + 1
        system, other = ("Windows", "Unix") if ends[0] else ("Unix", "Windows")
        yield self.at(
            line_at(source, number),
            f"line {number} ends as on {other}, the lines before it as on {system}",
            hint="run promptlang fmt, which writes one kind of line end",
        )


_LINE = late(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END = late(r"\r?\n")


def line_at(source: Source, number: int) -> Span:
    """Return a line without its line end."""
    start = source.starts[min(number, len(source.starts)) - 1]
    return Span(source, start, start + len(source.line(number).rstrip("\r\n")))


RULES: tuple[Rule, ...] = (
    NeedlessEscape(),
    ShoutedLine(),
    NotFormatted(),
    MixedLineEnds(),
)
