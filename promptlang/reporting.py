"""What is told of all that was found in a script: the one place that leaves anything out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Loss, Severity, ordered
from promptlang.syntax.limits import DIAGNOSTIC_LIMIT, capped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.diagnostics import Diagnostic, Problem
    from promptlang.lint.select import Selection, Selector
    from promptlang.syntax.ast import Script

_TARGET_FAMILIES = frozenset({"assets", "portability", "timing"})
"""Families of problems that are mostly found on the way to a target."""

UNSETTLED = frozenset({"faster-elsewhere", "takes-repeated", "transition-left-to-edit"})
"""What nobody can tell while blocks are left out: with them the film has other generations."""


def unsettles(diagnostic: Diagnostic) -> bool:
    """Whether what is meant may make other generations than what could be read.

    So it is with a line that was misread, and with a block that is for nobody we know.
    """
    misread = diagnostic.family == "syntax" and diagnostic.severity.rank <= Severity.WARNING.rank
    return misread or diagnostic.name == "unknown-target"


class Reporting:
    """What holds for the diagnostics of one script.

    Attributes:
        scripts: The script itself, then those it includes.
        selection: What is selected; None for all that is no matter of taste.
        strict: Whether a loss is an error.
        thorough: Whether this run looks for all that any run could find: the script has blocks,
            and no target, value or file was given from outside.
        aimed: Whether there is a target.
    """

    __slots__ = ("aimed", "scripts", "selection", "strict", "thorough")

    def __init__(
        self,
        scripts: Sequence[Script],
        selection: Selection | None,
        *,
        strict: bool,
        thorough: bool,
        aimed: bool,
    ) -> None:
        self.scripts = scripts
        self.selection = selection
        self.strict = strict
        self.thorough = thorough
        self.aimed = aimed

    def told(self, diagnostics: list[Diagnostic], *, whole: bool = False) -> list[Diagnostic]:
        """Return what is told of some diagnostics, in order.

        Args:
            diagnostics: What was found.
            whole: Whether it is everything, so that a comment without use can be called so.
        """
        told = self._unsilenced(_once(diagnostics), whole=whole)
        if self.selection is not None:
            told = [d for d in told if self._is_hard(d) or self.selection.reports(d)]
        if self.strict:
            told = [_hardened(d) for d in told]
        return ordered(told)

    def wants(self, problem: Problem) -> bool:
        """Whether a problem would be told, were it found."""
        if problem.severity is Severity.ERROR:
            return True
        if self.selection is None:
            return not problem.opinionated
        return self.selection.wants(problem, self.scripts[0].source.path)

    def _is_hard(self, diagnostic: Diagnostic) -> bool:
        """Whether it is a loss where nothing may be lost, so that nothing may silence it."""
        return self.strict and isinstance(diagnostic, Loss)

    def _unsilenced(self, diagnostics: list[Diagnostic], *, whole: bool) -> list[Diagnostic]:
        # Few scripts hold a comment that could suppress anything.
        speaking = [s for s in self.scripts if "promptlang" in s.source.text.lower()]
        if not speaking:
            return diagnostics
        from promptlang.lint.suppress import Silence
        from promptlang.problems import catalogue

        silence = Silence(diagnostics, speaking, catalogue())
        told = [*silence.told, *silence.remarks(self.wants)]
        told += filter(self._is_hard, silence.silenced)
        # Behind an error there may be more to find.
        if whole and self.thorough and not any(d.is_error for d in diagnostics):
            told += silence.unused(self.scripts[0].source.path, self._looked_for)
        return told

    def _looked_for(self, selector: Selector) -> bool:
        """Whether what a selector names would have been found, were it there."""
        usual = [p for p in selector.problems if selector.breadth == 1 or not p.opinionated]
        return all(self.wants(p) for p in usual) and (
            self.aimed or not any(p.family in _TARGET_FAMILIES for p in usual)
        )


def _once(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Leave out that an attachment is not declared where the same is told of its file."""
    unbound = {d.span for d in diagnostics if d.name == "asset-unbound"}
    return [d for d in diagnostics if d.name != "undeclared-attachment" or d.span not in unbound]


def _hardened(diagnostic: Diagnostic) -> Diagnostic:
    """Return a loss as the error it is where nothing may be lost."""
    if not isinstance(diagnostic, Loss) or diagnostic.is_error:
        return diagnostic
    hard = Loss(diagnostic.kind, diagnostic)
    hard.severity = Severity.ERROR
    return hard


def weightiest(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return as many diagnostics of each file as are told, the weightiest, and how many more."""
    if len(diagnostics) <= DIAGNOSTIC_LIMIT:
        return diagnostics
    # Within a weight low codes go first: what is wrong with the text is behind the rest.
    weighty = sorted(diagnostics, key=lambda d: (d.severity.rank, d.code))
    return ordered(capped(weighty))
