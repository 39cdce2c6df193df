"""The table: what was measured beside what is asked for, as ``bar.md`` of the design has it."""

from __future__ import annotations


class Row:
    """One line of the table.

    Attributes:
        what: What was measured.
        measured: The figure.
        first: The bound when the capability lands, or None where there is none.
        record: The bound to go for, or None.
        unit: Written behind a figure.
        more: Whether more is better.
        note: The figure in absolute terms, or why there is none.
    """

    __slots__ = ("first", "measured", "more", "note", "record", "unit", "what")

    def __init__(
        self,
        what: str,
        measured: float | None,
        first: float | None = None,
        record: float | None = None,
        *,
        unit: str = "x",
        more: bool = False,
        note: str = "",
    ) -> None:
        self.what = what
        self.measured = measured
        self.first = first
        self.record = record
        self.unit = unit
        self.more = more
        self.note = note

    def _figure(self, value: float | None) -> str:
        if value is None:
            return "-"
        digits = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
        return f"{digits}{self.unit}"

    def _bound(self, value: float | None) -> str:
        return "-" if value is None else f"{'>=' if self.more else '<='} {self._figure(value)}"

    def _met(self, bound: float) -> bool:
        assert self.measured is not None
        return self.measured >= bound if self.more else self.measured <= bound

    @property
    def verdict(self) -> str:
        """``record``, ``first`` or ``missed``; empty where nothing is asked or measured."""
        if self.measured is None or self.first is None:
            return ""
        if self.record is not None and self._met(self.record):
            return "record"
        return "first" if self._met(self.first) else "missed"

    def cells(self) -> tuple[str, ...]:
        """The cells in the order of `HEAD`."""
        return (
            self.what,
            self._figure(self.measured),
            self._bound(self.first),
            self._bound(self.record),
            self.verdict,
            self.note,
        )


HEAD = ("what", "measured", "first", "record", "verdict", "note")


def table(rows: list[Row]) -> str:
    """Return the rows as an aligned Markdown table."""
    grid = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in grid) for i in range(len(HEAD))]
    lines = []
    for line in grid:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        lines.append(f"| {' | '.join(cells)} |")
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
