"""How often each problem was found, and how many of them can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.cli import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.diagnostics import Diagnostic

FORMATS = ("full", "concise", "json", "jsonl")
"""The formats counts are given in; those of other tools have no place for them."""


class Count:
    """How often one problem was found.

    Attributes:
        name: Its readable name.
        code: Its code.
        count: How often it was found.
        fixable: How many of these have a safe fix.
    """

    __slots__ = ("code", "count", "fixable", "name")

    def __init__(self, name: str, code: str) -> None:
        self.name = name
        self.code = code
        self.count = 0
        self.fixable = 0

    def record(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {key: getattr(self, key) for key in ("count", "code", "name", "fixable")}


def counted(diagnostics: Iterable[Diagnostic]) -> list[Count]:
    """Return how often each problem occurs, the most frequent first, then by code."""
    counts: dict[str, Count] = {}
    for diagnostic in diagnostics:
        count = counts.setdefault(diagnostic.name, Count(diagnostic.name, diagnostic.code))
        count.count += 1
        count.fixable += any(fix.safe for fix in diagnostic.fixes)
    return sorted(counts.values(), key=lambda row: (-row.count, row.code))


def ensure_countable(format: str) -> None:
    """Make sure that counts can be given in a format.

    Raises:
        UsageError: They cannot.
    """
    if format not in FORMATS:
        raise UsageError(f'--statistics takes --format {", ".join(FORMATS)}, not "{format}"')


def statistics(diagnostics: Iterable[Diagnostic], format: str) -> str:
    """Return the counts as a table, or as JSON for the formats that are JSON."""
    rows = counted(diagnostics)
    if format in {"json", "jsonl"}:
        from json import dumps

        if format == "json":
            return dumps([row.record() for row in rows], indent=2) + "\n"
        return "".join(dumps(row.record()) + "\n" for row in rows)
    width = len(str(rows[0].count)) if rows else 0
    return "".join(f"{row.count:>{width}}  {row.code}  {_mark(row)}  {row.name}\n" for row in rows)


def _mark(row: Count) -> str:
    """``[*]`` where a safe fix mends all of them, ``[-]`` where it mends some."""
    return "[*]" if row.fixable == row.count else "[-]" if row.fixable else "   "
