"""Reading written texts: parameters filled, names bound, escapes undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.entities import Lost, Mention, Run, Text
from promptlang.model.names import fold
from promptlang.source import Span
from promptlang.syntax import ast

if TYPE_CHECKING:
    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Entity
    from promptlang.model.parameters import Parameters
    from promptlang.model.symbols import Symbols
    from promptlang.syntax.places import Spanner

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
    """

    __slots__ = ("_guesses", "found", "parameters", "symbols")

    def __init__(self, symbols: Symbols, parameters: Parameters) -> None:
        self.symbols = symbols
        self.parameters = parameters
        self.found: list[Diagnostic] = []
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
    """Reads the lines of one block.

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

    def text(self, line: ast.Line, written: ast.Text, *, refs: bool = True) -> Text:
        """Return a text with its parameters filled and its refs bound."""
        source = self.spanner.source
        base = self.spanner.start + line.at
        whole = Span(source, base + written.start, base + written.end)
        raw, first = written.raw, written.start
        if not written.marks:
            return Text((Run(raw, whole),) if raw else (), whole)
        parts: list[Run | Mention] = []
        at = first
        for mark in written.marks:
            if mark.start > at:
                words = raw[at - first : mark.start - first]
                parts.append(Run(words, Span(source, base + at, base + mark.start)))
            span = Span(source, base + mark.start, base + mark.end)
            if refs and isinstance(mark, ast.Ref):
                self._ref(mark, span, parts)
            else:
                words = self._words(mark, span)
                if words:
                    parts.append(Run(words, span))
            at = mark.end
        if written.end > at:
            words = raw[at - first :]
            parts.append(Run(words, Span(source, base + at, base + written.end)))
        return Text(tuple(parts), whole)

    def literal(self, line: ast.Line, written: ast.Text) -> Text:
        """Return a text exactly as written: no parameter, no ref, no escape counts."""
        span = self.spanner.part(line, written)
        return Text((Run(written.raw, span),) if written.raw else (), span)

    def ref(self, line: ast.Line, ref: ast.Ref) -> tuple[Entity, Span] | None:
        """Return what a ref outside a text points at, and where it stands."""
        span = self.spanner.part(line, ref)
        bound = self.ledger.symbols.bind(ref.name, span)
        return None if bound is None else (bound[0], span)

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

    def _words(self, mark: ast.Ref | ast.Param | ast.Escape, span: Span) -> str:
        """Return what stands for a mark; a ref that binds nothing stands for itself."""
        if isinstance(mark, ast.Escape):
            return mark.text
        if isinstance(mark, ast.Param):
            return self.ledger.parameters.fill(mark.name, span)
        return span.text

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
