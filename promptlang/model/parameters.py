"""Parameters: what is declared, what was given, what each one's value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, did_you_mean, removal
from promptlang.model import problems
from promptlang.model.names import COMPARISONS, fold, listed, nearest
from promptlang.source import Span
from promptlang.syntax.limits import unfit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from promptlang.diagnostics import Diagnostic, Problem
    from promptlang.source import Source


class Parameter:
    """A declared parameter.

    Attributes:
        name: As declared.
        value: What it is filled with, None where nothing was given for a required one.
        span: The name in the declaration.
    """

    __slots__ = ("name", "span", "value")

    def __init__(self, name: str, value: str | None, span: Span) -> None:
        self.name = name
        self.value = value
        self.span = span


class Parameters:
    """The parameters of a script and of the files it includes.

    Attributes:
        broken: Names of declarations that could not be read, by folded name; no use of them is
            reported.
        lost: The uses that nothing stands for.
        partial: Whether an included file could not be read.
    """

    __slots__ = ("_declared", "_given", "_strange", "_unfit", "broken", "lost", "partial")

    def __init__(self, given: Mapping[str, str]) -> None:
        self.broken: dict[str, str] = {}
        self.lost: list[Span] = []
        self.partial = False
        self._given = {fold(name): (name, str(value)) for name, value in given.items()}
        self._declared: dict[str, Parameter] = {}
        self._strange: dict[str, list[Span]] = {}
        self._unfit: dict[str, tuple[Problem, str]] = {}

    def declare(self, name: str, default: str | None, span: Span) -> Diagnostic | None:
        """Take a declaration; of two files, the one that is read first holds."""
        key = fold(name)
        before = self._declared.get(key)
        if before is not None:
            if before.span.source is not span.source:
                return None
            return problems.PARAMETER_TWICE.at(
                span,
                f'parameter "{{{name}}}" is declared twice',
                hint="keep one of the two declarations",
                fixes=[removal(span, "remove the second one")],
                related=[Related("first declared here", before.span)],
            )
        value = self._given[key][1] if key in self._given else default
        if key in self._given and (wrong := unfit(self._given[key][1])):
            self._unfit[key] = wrong
            value = None
        self._declared[key] = Parameter(name, value, span)
        return None

    def has_value(self, name: str) -> bool:
        """Whether a use of the parameter can be filled."""
        found = self._declared.get(fold(name))
        return found is not None and found.value is not None

    def fill(self, name: str, span: Span) -> str:
        """Return what stands for ``{name}``; the parameter as written if it has no value."""
        found = self._declared.get(fold(name))
        if found is None:
            self._strange.setdefault(fold(name), []).append(span)
        if found is None or found.value is None:
            self.lost.append(span)
        return f"{{{name}}}" if found is None or found.value is None else found.value

    def values(self) -> dict[str, str]:
        """The value of each parameter that has one, by declared name."""
        return {p.name: p.value for p in self._declared.values() if p.value is not None}

    def names(self) -> list[str]:
        """The name of each declared parameter."""
        return [p.name for p in self._declared.values()]

    def complaints(self, source: Source) -> Iterator[Diagnostic]:
        """Yield what is wrong with uses and values once everything has been read."""
        names = [*(p.name for p in self._declared.values()), *self.broken.values()]
        for key, parameter in self._declared.items():
            if key in self._unfit:
                problem, what = self._unfit[key]
                yield problem.at(
                    parameter.span,
                    f'the value given for "{{{parameter.name}}}" holds {what}',
                    hint="look at where the value comes from",
                )
            elif parameter.value is None:
                yield problems.PARAMETER_WITHOUT_VALUE.at(
                    parameter.span,
                    f'parameter "{{{parameter.name}}}" is required and has no value',
                    hint="write a default after =, or give a value when you compile: "
                    f"--set {parameter.name}=…",
                )
        strange = [spans for key, spans in self._strange.items() if key not in self.broken]
        allowed = _allowed(names)
        for number, spans in enumerate(strange):
            known = names if number * len(names) < COMPARISONS else []
            told = _unknown(list(dict.fromkeys(spans)), known, allowed)
            if told.fixes or not self.partial:
                yield told
        for number, (key, (name, _)) in enumerate(self._given.items()):
            if key not in self._declared and not self.partial:
                known = names if number * len(names) < COMPARISONS else []
                yield problems.VALUE_WITHOUT_PARAMETER.at(
                    Span(source, 0, 0),
                    f'a value is given for "{name}", but {allowed}',
                    hint=_meant(name, known, "{%s}")
                    or f'declare it ({{{name}}} = "…") or leave the value out',
                )


def _unknown(spans: list[Span], known: list[str], allowed: str) -> Diagnostic:
    written = spans[0].text[1:-1].strip()
    meant = nearest(written, known)
    fixes = []
    if len(meant) == 1:
        edits = [Edit(span, f"{{{meant[0]}}}") for span in spans]
        fixes.append(Fix(f'write "{{{meant[0]}}}"', edits))
    return problems.UNKNOWN_PARAMETER.at(
        spans[0],
        f'unknown parameter "{{{written}}}", {allowed}',
        hint=_meant(written, known, "{%s}")
        or f'declare it, {{{written}}} = "…", or write \\{{ where a brace is meant',
        related=[Related("also used here", span) for span in spans[1:]],
        fixes=fixes,
    )


def _allowed(names: list[str]) -> str:
    if not names:
        return "the script declares no parameter"
    return "declared are " + listed(f"{{{name}}}" for name in names)


def _meant(written: str, names: list[str], form: str) -> str | None:
    return did_you_mean(form % name for name in nearest(written, names))
