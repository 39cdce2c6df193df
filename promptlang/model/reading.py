"""Reading written texts: parameters filled, names bound, escapes undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.entities import Lost, Mention, Run, Text, typed
from promptlang.model.names import fold
from promptlang.source import Span
from promptlang.syntax import ast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Entity
    from promptlang.model.parameters import Parameters
    from promptlang.model.storyboard import Value
    from promptlang.model.symbols import Symbols
    from promptlang.syntax.places import Spanner

_new = object.__new__

_GUESSES = 200
"""How many unknown camera terms are compared with the vocabulary in one script."""


_PASTED = "video1"
"""How pasted prompts call the video that is worked on."""


class Ledger:
    """What is shared while one script is resolved.

    Attributes:
        symbols: What names point at.
        parameters: What parameters stand for.
        found: The diagnostics so far.
        restated: The fields so far that say what holds anyway.
    """

    __slots__ = ("_guesses", "found", "parameters", "restated", "symbols")

    def __init__(self, symbols: Symbols, parameters: Parameters) -> None:
        self.symbols = symbols
        self.parameters = parameters
        self.found: list[Diagnostic] = []
        self.restated: list[Text | Value] = []
        self._guesses = _GUESSES

    def may_guess(self) -> bool:
        """Whether there is still time to look for what was meant."""
        self._guesses -= 1
        return self._guesses >= 0

    def report(self, diagnostic: Diagnostic | None) -> None:
        """Keep a diagnostic, if there is one."""
        if diagnostic is not None:
            self.found.append(diagnostic)


class Reader:
    """Reads the lines of one block, then those of the next one.

    Attributes:
        ledger: What is shared.
        spanner: Where the block stands.
        folder: The folder of the file the block is in, or None.
        source: The video the block works on, which pasted prompts call ``@Video1``, or None.
    """

    __slots__ = ("folder", "ledger", "source", "spanner")

    def __init__(self, ledger: Ledger, spanner: Spanner, folder: str | None) -> None:
        self.ledger = ledger
        self.spanner = spanner
        self.folder = folder
        self.source: Entity | None = None

    def turn_to(self, start: int) -> None:
        """Go on to the block that begins at an offset of the same file."""
        self.spanner.start = start
        self.source = None

    def text(self, line: ast.Line, written: ast.Text) -> Text:
        """Return a text with its parameters filled and its refs bound.

        Where an ``@`` is no ref, as in spoken words, the parser marks none.
        """
        spanner = self.spanner
        source, start = spanner.source, spanner.start + line.at + written.start
        raw, marks = written.raw, written.marks
        if not marks:
            # There is hardly anything a script has more of, so this is `typed` itself.
            text = _new(Text)
            text._parts = text._written = None
            text.entities = ()
            text.plain = raw
            text.typed = True
            text.source = source
            text.start = start
            text.end = start + len(raw)
            return text
        if "＠" not in raw:
            known = self._known(marks)
            if known is not None:
                return Text.bound(written, raw, known, source, start)
        return self._filled(line, written)

    def _known(
        self, marks: Sequence[ast.Ref | ast.Param | ast.Escape]
    ) -> tuple[Entity, ...] | None:
        """Return what the marks of a text point at, None if one is no ref or asks for a look."""
        spelt = self.ledger.symbols.spelt
        found = []
        for mark in marks:
            entity = spelt.get(mark.name) if isinstance(mark, ast.Ref) else None
            if entity is None:
                return None
            found.append(entity)
        return tuple(found)

    def _filled(self, line: ast.Line, written: ast.Text) -> Text:
        """Return a text part by part: with parameters, escapes, names to report."""
        raw, marks = written.raw, written.marks
        source = self.spanner.source
        base = self.spanner.start + line.at
        start, end = base + written.start, base + written.end
        found: list[Run | Mention] = []
        spelt = self.ledger.symbols.spelt
        literal = "＠" not in raw
        at = start
        for mark in marks:
            begin, until = base + mark.start, base + mark.end
            if begin > at:
                found.append(Run.at(raw[at - start : begin - start], source, at, begin))
            at = until
            if not isinstance(mark, ast.Ref):
                literal = False
                if words := self._words(mark, Span(source, begin, until)):
                    found.append(Run.at(words, source, begin, until))
            elif (entity := spelt.get(mark.name)) is not None:
                found.append(Mention.at(entity, mark.name, source, begin, until))
            else:
                self._ref(mark, Span(source, begin, until), found)
        if end > at:
            found.append(Run.at(raw[at - start :], source, at, end))
        if literal:
            return Text.at(tuple(found), raw, source, start, end)
        return Text(tuple(found), Span(source, start, end))

    def literal(self, line: ast.Line, written: ast.Text) -> Text:
        """Return a text exactly as written: no parameter, no ref, no escape counts."""
        base = self.spanner.start + line.at
        start, end = base + written.start, base + written.end
        return typed(written.raw, self.spanner.source, start, end)

    def ref(self, line: ast.Line, ref: ast.Ref, kind: str = "") -> tuple[Entity, Span] | None:
        """Return what a ref outside a text points at, and where it stands.

        Args:
            line: The line it stands in.
            ref: The ref.
            kind: What has to be declared there, where it is one kind of thing.
        """
        span = self.spanner.part(line, ref)
        known = self.ledger.symbols.spelt.get(ref.name)
        if known is not None:
            return known, span
        bound = self.ledger.symbols.bind(ref.name, span)
        if bound is None and kind:
            self.ledger.symbols.expect(ref.name, kind)
        return None if bound is None else (bound[0], span)

    def expect(self, text: Text, kind: str) -> None:
        """Remember of what kind the unknown names of a text would have to be."""
        for part in text.parts:
            if isinstance(part, Lost):
                self.ledger.symbols.expect(part.text[1:], kind)

    def filled(self, written: ast.Text) -> bool:
        """Whether every parameter in a text has a value, so that what it reads as counts."""
        return not written.marks or all(
            self.ledger.parameters.has_value(mark.name)
            for mark in written.marks
            if isinstance(mark, ast.Param)
        )

    def report(self, diagnostic: Diagnostic | None) -> None:
        """Keep a diagnostic, if there is one."""
        self.ledger.report(diagnostic)

    def _words(self, mark: ast.Param | ast.Escape, span: Span) -> str:
        """Return what stands for a parameter or an escape."""
        if isinstance(mark, ast.Escape):
            return mark.text
        return self.ledger.parameters.fill(mark.name, span)

    def _ref(self, mark: ast.Ref, span: Span, parts: list[Run | Mention]) -> None:
        symbols = self.ledger.symbols
        if (
            self.source is not None
            and fold(mark.name) == _PASTED
            and _PASTED not in symbols.entities
        ):
            parts.append(Mention(self.source, mark.name, span))
            return
        bound = symbols.bind(mark.name, span)
        if bound is None:
            parts.append(Lost(span.text, span))
            return
        entity, size = bound
        if size == len(mark.name):
            parts.append(Mention(entity, mark.name, span))
            return
        parts.append(Mention(entity, mark.name[:size], span.part(0, size + 1)))
        parts.append(Run(mark.name[size:], span.part(size + 1, len(mark.name) + 1)))
