"""The shape of a list of camera phrases: ``grammar/camera.lark``, driven by its LALR table.

Lark makes the table; a loop of a few lines drives it, so that checking a script needs neither
Lark nor the grammar where a build has already written the table out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from promptlang.vocabulary.build import table

if TYPE_CHECKING:
    from collections.abc import Sequence

Node = tuple[str, list[Any]]
"""A rule's name and its children: nodes, and places in the sequence that was parsed."""


def make_table() -> dict[str, Any]:
    """Return the parse table of the grammar as plain values.

    A state maps a name to the next state, or to ``-1 - n`` where rule ``n`` is complete.
    """
    from lark import Lark

    from promptlang import resources
    from promptlang.syntax.grammar import automaton

    text = resources.read("grammar", "camera.lark")
    return automaton(Lark(text, parser="lalr", lexer="basic", start="phrases"), "phrases")


@cache
def _table() -> dict[str, Any]:
    return table().get("grammar") or make_table()


def parse(kinds: Sequence[str]) -> Node:
    """Return the tree over a sequence of terminals, of which every sequence has one."""
    known = _table()
    states: list[dict[str, int]] = known["states"]
    rules: list[tuple[str, str, int]] = known["rules"]
    path = [0]
    values: list[Any] = []
    wanted = (*kinds, "$END")
    place = 0
    while path[-1] != known["end"]:
        step = states[path[-1]][wanted[place]]
        if step >= 0:
            path.append(step)
            values.append(place)
            place += 1
            continue
        origin, name, size = rules[-1 - step]
        children = values[len(values) - size :]
        if size:
            del path[-size:], values[-size:]
        values.append(_reduced(origin, name, children))
        path.append(states[path[-1]][origin])
    tree: Node = values[-1]
    return tree


def _reduced(origin: str, name: str, children: list[Any]) -> Any:
    # A repetition grows the list it already has, else long lists would cost their square.
    flat: list[Any] = children[0] if children and isinstance(children[0], list) else []
    for child in children[1 if flat and flat is children[0] else 0 :]:
        if isinstance(child, list):
            flat.extend(child)
        else:
            flat.append(child)
    return flat if origin.startswith("_") else (name, flat)
