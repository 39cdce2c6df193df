"""How pages are laid out: tables, places to jump to, and words that Markdown would take wrongly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FENCE = re.compile(r"(^```.*?^```$|`[^`\n]*`)", re.MULTILINE | re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are Markdown already."""
    lines = [f"| {' | '.join(cells)} |" for cells in (head, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]]) + "\n"


def cell(text: str) -> str:
    """Return plain words as they stand in a cell; what is in backquotes stays code."""
    pieces = _FENCE.split(" ".join(text.split()))
    for place, piece in enumerate(pieces):
        # A bar ends a cell even in code.
        shown = piece if place % 2 else re.sub(r"([<*_\[])", r"\\\1", piece)
        pieces[place] = shown.replace("|", "\\|")
    return "".join(pieces)


def code(text: str) -> str:
    """Return a text as code that may stand in a cell."""
    mark = "``" if "`" in text else "`"
    return f"{mark}{text}{mark}".replace("|", "\\|")


def codes(texts: Iterable[str]) -> str:
    """Return texts as code, parted by commas; a dash where there are none."""
    return ", ".join(code(text) for text in texts) or "–"


def outside_code(text: str) -> list[tuple[str, bool]]:
    """Return the pieces of a Markdown text in order, each with whether it is running text."""
    return [(piece, place % 2 == 0) for place, piece in enumerate(_FENCE.split(text))]


def fenced(language: str, text: str) -> str:
    """Return a text as a block of code."""
    return f"```{language}\n{text.strip(chr(10))}\n```\n"


def page(title: str, *sections: str) -> str:
    """Return a page of a title and sections, a blank line between them."""
    parts = [f"# {title}", *(section.strip("\n") for section in sections if section)]
    return "\n\n".join(parts) + "\n"
