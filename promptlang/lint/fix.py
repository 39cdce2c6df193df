"""Applies the fixes of diagnostics, and keeps only what proves to mend.

The text is changed in passes, the heaviest problems first. Of one pass no two edits overlap: a fix
that would waits for the next. After each pass the text is read and checked again, and a fix is
taken back whose diagnostic is still there, that brings an error, or that leaves more to tell than
before. Every pass that stays leaves less, so the end is the same however often one begins anew.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Protocol, TypeVar

from promptlang.diagnostics import Edit, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from promptlang.diagnostics import Diagnostic, Fix
    from promptlang.syntax.ast import Script

PASSES = 100
"""How often a text is changed at most; a script somebody wrote takes three or four."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Checked(Protocol):
    """What this module needs of a `promptlang.session.Document`."""

    @property
    def script(self) -> Script:
        """The syntax tree."""

    @property
    def findings(self) -> list[Diagnostic]:
        """Everything that is told, however much it is."""


D = TypeVar("D", bound="Rewritable")
T = TypeVar("T")
R = TypeVar("R")


class Rewritable(Checked, Protocol):
    """A document that can be read anew with another text."""

    def rewritten(self: D, text: str) -> D:
        """Return the same document with another text."""


class FixResult:
    """What came of fixing a script.

    Attributes:
        text: The script as it is now.
        fixed: What was mended, in the order it was.
        left: What is still to be told, in order.
        unsafe: How many of those have a fix that may change what the script means.
    """

    __slots__ = ("fixed", "left", "text", "unsafe")

    def __init__(
        self,
        text: str,
        fixed: Sequence[Diagnostic],
        left: Sequence[Diagnostic],
        unsafe: int,
    ) -> None:
        self.text = text
        self.fixed = list(fixed)
        self.left = list(left)
        self.unsafe = unsafe

    def __repr__(self) -> str:
        return f"FixResult({len(self.fixed)} fixed, {len(self.left)} left)"


class Proposal:
    """A diagnostic and one of its fixes."""

    __slots__ = ("diagnostic", "fix")

    def __init__(self, diagnostic: Diagnostic, fix: Fix) -> None:
        self.diagnostic = diagnostic
        self.fix = fix


def fix_all(document: Rewritable, *, unsafe: bool = False) -> FixResult:
    """Apply the fixes of everything that is told of a script.

    Fixes that reach into another file are left to whoever opens that file.

    Args:
        document: The script.
        unsafe: Whether to apply fixes that may change what the script means too.
    """
    fixed: list[Diagnostic] = []
    for _ in range(PASSES):
        step = _pass(document, unsafe=unsafe)
        if step is None:
            break
        document, done = step
        fixed += [proposal.diagnostic for proposal in done]
    left = document.findings
    withheld = 0 if unsafe else sum(any(not fix.safe for fix in d.fixes) for d in left)
    return FixResult(document.script.source.text, fixed, left, withheld)


def _pass(document: D, *, unsafe: bool) -> tuple[D, list[Proposal]] | None:
    """Return the document after one pass and what was mended; None where nothing can be."""
    for severity in Severity:
        open_ = [
            Proposal(diagnostic, fix)
            for diagnostic in document.findings
            if diagnostic.severity is severity
            for fix in diagnostic.fixes
            if (unsafe or fix.safe) and _is_at_home(fix, document.script)
        ]
        while open_:
            batch = _side_by_side(open_)
            kept = most(batch, lambda part: _attempt(document, part))
            if kept is not None:
                return kept
            # What waited behind those taken back may do better.
            refused = set(map(id, batch))
            open_ = [proposal for proposal in open_ if id(proposal) not in refused]
    return None


def _is_at_home(fix: Fix, script: Script) -> bool:
    """Whether a fix changes this script alone, and changes it at all."""
    return bool(fix.edits) and all(edit.span.source is script.source for edit in fix.edits)


def _side_by_side(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return proposals that go together, one a diagnostic; the first come first."""
    chosen: list[Proposal] = []
    taken = Taken()
    served: set[int] = set()
    for proposal in proposals:
        if id(proposal.diagnostic) not in served and taken.take(proposal.fix.edits):
            served.add(id(proposal.diagnostic))
            chosen.append(proposal)
    return chosen


class Taken:
    """The stretches of a text that edits have taken."""

    __slots__ = ("_ends", "_inserted", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._inserted: set[tuple[int, str]] = set()

    def take(self, edits: Sequence[Edit]) -> bool:
        """Take the places of all edits, or of none where one is taken already."""
        if not all(map(self._is_free, edits)):
            return False
        for edit in edits:
            start, end = edit.span.start, edit.span.end
            if start == end:
                self._inserted.add((start, edit.text))
            else:
                place = bisect_right(self._starts, start)
                self._starts.insert(place, start)
                self._ends.insert(place, end)
        return True

    def _is_free(self, edit: Edit) -> bool:
        start, end = edit.span.start, edit.span.end
        if start == end:
            # Two may insert at one place, but not the same: that would be said twice.
            if (start, edit.text) in self._inserted:
                return False
            place = bisect_right(self._starts, start) - 1
            return place < 0 or self._ends[place] <= start or self._starts[place] == start
        place = bisect_right(self._starts, start)
        after = place == 0 or self._ends[place - 1] <= start
        before = place == len(self._starts) or end <= self._starts[place]
        return after and before and not any(start < at < end for at, _ in self._inserted)


def most(batch: Sequence[T], attempt: Callable[[list[T]], R | None]) -> tuple[R, list[T]] | None:
    """Return what comes of as many of a batch as go together, and which those are.

    Args:
        batch: What to try, in order.
        attempt: Tries some of it; None where something among them is to be taken back.
    """
    kept: list[T] = []
    result: R | None = None
    waiting = [list(batch)] if batch else []
    while waiting:
        part = waiting.pop()
        made = attempt([*kept, *part])
        if made is not None:
            kept += part
            result = made
        elif len(part) > 1:
            middle = len(part) // 2
            waiting += [part[middle:], part[:middle]]
    return None if result is None else (result, kept)


def _attempt(document: D, proposals: Sequence[Proposal]) -> D | None:
    """Return the document with proposals applied, None where they do not prove to mend."""
    edits = _edits(document.script, proposals)
    after = document.rewritten(edited(document.script.source.text, edits))
    return after if _is_better(document, after, proposals, edits) else None


def line_end(text: str) -> str:
    """Return how the first line of a text ends."""
    first = _LINE_END.search(text)
    return first[0] if first else "\n"


def _edits(script: Script, proposals: Iterable[Proposal]) -> list[Edit]:
    """Return the edits of proposals in the order of their places, with the line ends of a text."""
    end = line_end(script.source.text)
    found = [
        Edit(edit.span, _LINE_END.sub(end, edit.text))
        for proposal in proposals
        for edit in proposal.fix.edits
    ]
    return sorted(found, key=lambda edit: (edit.span.start, edit.span.end))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, which stand in order and do not overlap."""
    pieces = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def _is_better(
    before: Checked, after: Checked, chosen: Sequence[Proposal], edits: Sequence[Edit]
) -> bool:
    """Whether proposals mended what they were for and spoiled nothing."""
    mended = Counter(_said(proposal.diagnostic) for proposal in chosen)
    told = Counter(map(_said, after.findings))
    had = Counter(map(_said, before.findings))
    if any(told[said] > had[said] - times for said, times in mended.items()):
        return False
    errors = Counter(p.diagnostic.name for p in chosen if p.diagnostic.is_error)
    had_errors = Counter(d.name for d in before.findings if d.is_error)
    have_errors = Counter(d.name for d in after.findings if d.is_error)
    if any(times > had_errors[name] - errors[name] for name, times in have_errors.items()):
        return False
    if _weight(after.findings) >= _weight(before.findings):
        return False
    # A block that could not be read may well hold more than its error; elsewhere nothing has
    # become worse.
    return bool(errors) or not _worse_elsewhere(before, after, edits)


def _said(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.name, diagnostic.span.path, diagnostic.message


def _weight(diagnostics: Sequence[Diagnostic]) -> tuple[int, int, int]:
    count = Counter(diagnostic.severity for diagnostic in diagnostics)
    light = count[Severity.INFO] + count[Severity.HINT]
    return count[Severity.ERROR], count[Severity.WARNING], light


def _worse_elsewhere(before: Checked, after: Checked, edits: Sequence[Edit]) -> bool:
    """Whether a block without an edit has a warning it did not have."""
    starts = before.script.starts
    touched = {
        bisect_right(starts, place) - 1
        for edit in edits
        for place in (edit.span.start, edit.span.end)
    }
    known = {(d.name, d.span.path, d.span.start) for d in before.findings if _is_heavy(d)}
    path = after.script.source.path
    for diagnostic in filter(_is_heavy, after.findings):
        start = diagnostic.span.start
        if diagnostic.span.path == path:
            place = _earlier(start, edits)
            if place is None or bisect_right(starts, place) - 1 in touched:
                continue
            start = place
        if (diagnostic.name, diagnostic.span.path, start) not in known:
            return True
    return False


def _is_heavy(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity.rank <= Severity.WARNING.rank


def _earlier(place: int, edits: Iterable[Edit]) -> int | None:
    """Return where a place of the new text was in the old one, None where an edit put it."""
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        if place < start:
            break
        if place < start + len(edit.text):
            return None
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return place - shift
