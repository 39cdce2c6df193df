"""What is offered behind a mark: names behind ``@`` and ``{``, files between quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.lsp import offer_lines, offer_names
from promptlang.lsp.cursor import BLOCKS, HEADED
from promptlang.lsp.offer import Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlang.lsp.cursor import Cursor
    from promptlang.lsp.names import Name
    from promptlang.lsp.offer import Offer


def at_mark(cursor: Cursor, suits: Callable[[Name], bool] | None = None) -> Menu | None:
    """Return what may follow ``@`` or ``{``, None where the cursor is in no name."""
    at = cursor.name_start("@＠")
    if at < 0:
        return parameters(cursor)
    before = cursor.before[:at]
    kind = cursor.meant(cursor.line)
    if kind in BLOCKS and before.rstrip().casefold().endswith(" as"):
        return Menu(offer_names.new_names(cursor), at, cursor.name_end())
    begins = not before.strip()
    if suits is None and kind in HEADED:
        suits = wanted(kind, before)
    offers = list(offer_names.refs(cursor, suits))
    if begins:
        declared = [o for o in offer_lines.beginnings(cursor) if o.label[:1] == "@"]
        for offer in declared:
            # Below the header a name begins what somebody does or says.
            offer.rank = 3 if cursor.kind == "header" else 9
        offers += declared
    return Menu(offers, at, cursor.name_end())


def wanted(kind: str, before: str) -> Callable[[Name], bool] | None:
    """Return what a name in a heading must be, None where anything may be pointed at."""
    if ":" in before or "：" in before:
        return None
    if kind in {"edit", "angle"}:
        return lambda name: name.is_video
    return (lambda name: name.is_picture) if kind == "coverage" else None


def parameters(cursor: Cursor) -> Menu | None:
    """Return the parameters, None where the cursor is in no ``{name``."""
    at = cursor.name_start("{")
    if at < 0:
        return None
    more = cursor.name_end()
    more += cursor.after[more : more + 1] == "}"
    offers = list(offer_names.filled(cursor))
    if not cursor.before[:at].strip():
        offers += [o for o in offer_lines.beginnings(cursor) if o.label[:1] == "{"]
    return Menu(offers, at, more)


def path(cursor: Cursor, offers: Iterator[Offer], quote: int) -> Menu:
    """Return the files and folders that continue a path behind a quote."""
    start = max(cursor.before.rfind(mark) for mark in "/\\") + 1
    more = 0
    while more < len(cursor.after) and cursor.after[more] not in '"”“»」』/\\':
        more += 1
    # Where the quote is not closed the rest of the line is no part of the path.
    more = more if more < len(cursor.after) else 0
    return Menu(offers, max(start, quote + 1), more)


def parted(cursor: Cursor, menu: Menu, offers: list[Offer]) -> Menu:
    """Return a menu whose offers keep a blank from the colon they stand behind."""
    if cursor.before[-1:] in {":", "："}:
        for offer in offers:
            offer.filter = offer.text if offer.filter is None else offer.filter
            offer.text = f" {offer.text}"
    return menu
