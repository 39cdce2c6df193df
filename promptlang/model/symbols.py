"""What the names of a script point at."""

from __future__ import annotations

import re
import unicodedata
from itertools import count as numbers
from itertools import islice
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, did_you_mean
from promptlang.model import problems
from promptlang.model.entities import Entity
from promptlang.model.names import COMPARISONS, fold, listed, nearest, shown
from promptlang.source import Span
from promptlang.syntax.patterns import late

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from promptlang.diagnostics import Diagnostic

_ATTACHMENT = late(r"(video|image|element|audio)\d{1,6}", re.IGNORECASE)

_LONGEST_PREFIX = 64
"""Longer names must stand alone: looking for every prefix of a run would cost its square."""


def free_names(taken: Container[str], stem: str) -> Iterator[str]:
    """Yield names with a number behind a stem that are not among those that are taken, folded."""
    return (name for n in numbers(1) if fold(name := f"{stem}{n}") not in taken)


class Symbols:
    """Every name of a script: declarations, outputs, attachments.

    Attributes:
        entities: What each folded name points at, in order of appearance.
        uses_outputs: Whether any ref points at an output.
        broken: Names of lines that could not be read, by folded name; nothing more is said about
            them.
        lost: The refs that point at nothing.
        spelt: What a name points at as it was spelt before, which most refs repeat.
        partial: Whether an included file could not be read.
    """

    __slots__ = (
        "_strange",
        "_wanted",
        "broken",
        "entities",
        "lost",
        "partial",
        "spelt",
        "uses_outputs",
    )

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.broken: dict[str, str] = {}
        self.lost: list[Span] = []
        self.partial = False
        self.spelt: dict[str, Entity] = {}
        self.uses_outputs = False
        self._strange: dict[str, list[Span]] = {}
        self._wanted: dict[str, str] = {}

    def declare(self, entity: Entity) -> Diagnostic | None:
        """Take a name; the first of two declarations holds."""
        key = fold(entity.name)
        before = self.entities.get(key)
        if before is None:
            self.entities[key] = entity
            return None
        return problems.NAME_TWICE.at(
            entity.span,
            f'the name "@{entity.name}" is taken',
            hint="give one of the two another name",
            related=[Related("first declared here", before.span)],
        )

    def bind(self, run: str, span: Span) -> tuple[Entity, int] | None:
        """Return what a ref points at and how many characters of ``run`` name it.

        Args:
            run: All name characters behind the ``@``.
            span: Where the ref stands, ``@`` included.
        """
        found = self._known(run, span)
        if found is not None:
            self.spelt[run] = found
            return found, len(run)
        for end in _possible_ends(run):
            found = self._known(run[:end], span.part(0, end + 1))
            if found is not None:
                return found, end
        self.lost.append(span)
        if not self.broken or not self._is_broken(run):
            self._strange.setdefault(fold(run), []).append(span)
        return None

    def expect(self, name: str, kind: str) -> None:
        """Remember what a name that is not known would have to be where it stands."""
        self._wanted.setdefault(fold(name), kind)

    def free_names(self, stem: str, count: int) -> list[str]:
        """Return names that nothing in the script has yet."""
        return list(islice(free_names(self.entities, stem), count))

    def attachments(self) -> Iterator[Entity]:
        """Yield the names that are used without a declaration."""
        return (e for e in self.entities.values() if e.origin == "attached")

    def complaints(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with names once everything has been read."""
        names = [e.name for e in self.entities.values() if e.origin != "attached"]
        # A name that holds what nobody can see or write is none to suggest.
        names += [name for name in self.broken.values() if name.isprintable()]
        allowed = _allowed(names)
        for number, (key, spans) in enumerate(self._strange.items()):
            # An EDIT of several sources reads its lines once for each.
            once = list(dict.fromkeys(spans))
            kind = self._wanted.get(key, "")
            told = _unknown(once, names, allowed, kind, guess=number * len(names) < COMPARISONS)
            # What a missing file declares is not known; a slip beside a known name is one still.
            if told.fixes or not self.partial:
                yield told
        for entity in self.attachments():
            yield problems.UNDECLARED_ATTACHMENT.at(
                entity.span,
                f'"@{entity.name}" is not declared, so its file is supplied by hand',
                hint=f'declare it: @{entity.name} = {entity.kind} "…"',
                fixes=[declaration(entity)],
            )

    def _is_broken(self, run: str) -> bool:
        """Whether a run of name characters begins with the name of a line nobody could read."""
        return any(fold(run[:end]) in self.broken for end in (len(run), *_possible_ends(run)))

    def _known(self, name: str, span: Span) -> Entity | None:
        key = fold(name)
        found = self.entities.get(key)
        if found is not None and found.origin == "output":
            self.uses_outputs = True
        if found is None and (match := _ATTACHMENT.fullmatch(name)):
            found = Entity(name, match[1].lower(), span, origin="attached")
            self.entities[key] = found
        return found


def meant(run: str, known: Container[str]) -> tuple[str, int] | None:
    """Return the folded name a run of name characters stands for, and how many of them it takes.

    Args:
        run: All name characters behind the ``@``.
        known: The folded names that are declared; attachments are known besides.
    """
    for end in (len(run), *_possible_ends(run)):
        key = fold(run[:end])
        if key in known or is_attachment(key):
            return key, end
    return None


def is_attachment(name: str) -> bool:
    """Whether a name may be used undeclared, for a file that is supplied by hand."""
    return _ATTACHMENT.fullmatch(name) is not None


def declaration(entity: Entity) -> Fix:
    """Return the fix that declares an attachment in the first line of its script."""
    top = Span(entity.span.source, 0, 0)
    text = f"@{entity.name} = {entity.kind}\n"
    return Fix(f"declare @{entity.name}", [Edit(top, text)], safe=False)


def _possible_ends(run: str) -> Iterator[int]:
    """Yield where a name at the start of ``run`` may end, the longest first."""
    for end in range(min(len(run) - 1, _LONGEST_PREFIX), 0, -1):
        # A mark belongs to the letter before it and cannot follow a name.
        if not run[end].isascii() and unicodedata.category(run[end])[0] != "M":
            yield end


def _allowed(names: list[str]) -> str:
    if not names:
        return "the script declares no name"
    return "declared are " + listed(f"@{name}" for name in names)


def _unknown(
    spans: list[Span], names: list[str], allowed: str, kind: str, *, guess: bool
) -> Diagnostic:
    written = spans[0].text[1:]
    declared = f'{kind} "…"' if kind else "character"
    meant = nearest(written, names) if guess else []
    fixes = []
    if len(meant) == 1:
        edits = [Edit(span, f"@{meant[0]}") for span in spans]
        fixes.append(Fix(f'write "@{meant[0]}"', edits))
    return problems.UNKNOWN_NAME.at(
        spans[0],
        f"unknown name {shown(f'@{written}')}, {allowed}",
        hint=did_you_mean(f"@{name}" for name in meant)
        or f"declare it, as in @{written[:40]} = {declared}, or write \\@ for a plain @",
        related=[Related("also used here", span) for span in spans[1:]],
        fixes=fixes,
    )
