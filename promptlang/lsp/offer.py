"""What may be offered at a cursor: one item of a list, and the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.lsp.view import View

KINDS = {
    "block": 7,  # class
    "edit": 2,  # method
    "file": 17,
    "folder": 19,
    "key": 10,  # property
    "kind": 25,  # type parameter
    "modifier": 14,  # keyword
    "name": 18,  # reference
    "parameter": 6,  # variable
    "problem": 1,  # text
    "target": 9,  # module
    "term": 21,  # constant
    "transition": 23,  # event
    "value": 12,
    "word": 1,
}
"""How the protocol numbers what an item is; editors show a sign for each."""

_SNIPPET = 2


class Offer:
    """One item.

    Attributes:
        label: What the list shows.
        what: One of `KINDS`.
        detail: What stands beside it.
        text: What is written, the label where it is None.
        filter: What the writer's letters are compared with, the text where it is None.
        rank: Items of a lower rank come first; items of one rank keep their order.
        snippet: The same as ``text`` with places to go to, for editors that can.
        about: What tells more of it, and of what.
        start: Where in the line the words begin that it replaces, None for those of its list.
    """

    __slots__ = ("about", "detail", "filter", "label", "rank", "snippet", "start", "text", "what")

    def __init__(
        self,
        label: str,
        what: str,
        detail: str = "",
        *,
        text: str | None = None,
        filter: str | None = None,
        rank: int = 5,
        snippet: str | None = None,
        about: tuple[str, str] | None = None,
        start: int | None = None,
    ) -> None:
        self.label = label
        self.what = what
        self.detail = detail
        self.text = label if text is None else text
        self.filter = filter
        self.rank = rank
        self.snippet = snippet
        self.about = about
        self.start = start


class Menu:
    """What is offered at a cursor.

    Attributes:
        offers: The items.
        start: Where in the line the words begin that they replace.
        more: How far behind the cursor those reach.
        picked: Whether the items were picked by what is written so far, so that another letter
            asks again.
        at_start: Whether they begin a line, where a blank alone asks for nothing.
    """

    __slots__ = ("at_start", "more", "offers", "picked", "start")

    def __init__(
        self,
        offers: Iterable[Offer],
        start: int,
        more: int = 0,
        *,
        picked: bool = False,
        at_start: bool = False,
    ) -> None:
        self.offers = offers
        self.start = start
        self.more = more
        self.picked = picked
        self.at_start = at_start

    def spelt(self, view: View, line: int, offset: int) -> dict[str, Any]:
        """Return the list as the protocol spells it.

        Args:
            view: The script.
            line: Where the line begins.
            offset: Where the cursor is.
        """
        end = view.lines.position(offset + self.more)
        places: dict[int, dict[str, Any]] = {}
        items = []
        for number, offer in enumerate(self.offers):
            start = self.start if offer.start is None else offer.start
            if start not in places:
                places[start] = {"start": view.lines.position(line + start), "end": end}
            items.append(_item(offer, places[start], number, snippets=view.snippets))
            if offer.about is not None:
                about = {"about": list(offer.about), "line": end["line"]}
                items[-1]["data"] = {"uri": view.uri, **about}
        return {"isIncomplete": self.picked, "items": items}


def _item(offer: Offer, place: dict[str, Any], number: int, *, snippets: bool) -> dict[str, Any]:
    item: dict[str, Any] = {
        "label": offer.label,
        "kind": KINDS[offer.what],
        "sortText": f"{offer.rank:03}{number:04}",
        "textEdit": {"range": place, "newText": offer.text},
    }
    compared = offer.text if offer.filter is None else offer.filter
    if compared != offer.label:
        item["filterText"] = compared
    if offer.detail:
        item["detail"] = offer.detail
    if snippets and offer.snippet is not None:
        item["textEdit"]["newText"] = offer.snippet
        item["insertTextFormat"] = _SNIPPET
    return item


def escaped(text: str) -> str:
    """Return words as they are spelt in a snippet."""
    return "".join(f"\\{letter}" if letter in "\\$}" else letter for letter in text)
