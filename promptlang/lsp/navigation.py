"""From a name to where it is made known, and to everywhere it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.lsp.paths import file_at
from promptlang.lsp.things import Thing, key_of, places, ranged, spread, thing_at
from promptlang.lsp.uses import Use, stands_for_source, use_at, uses_in, uses_of
from promptlang.model.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.lsp.scripts import Scripts
    from promptlang.lsp.things import Place
    from promptlang.lsp.view import View

    Location = dict[str, Any]

READ, WRITE = 2, 3
"""How a name is used where it is highlighted."""

_TOP = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}


def definition(scripts: Scripts, params: dict[str, Any]) -> list[Location] | None:
    """Return where what is pointed at is made known, or the file a path leads to."""
    view = scripts.view(params["textDocument"]["uri"])
    if view is None:
        return None
    offset = view.offset(params)
    found = use_at(view, offset)
    if found is not None:
        return homes(scripts, _meant(scripts, view, *found)) or None
    uri = file_at(view, offset)
    return None if uri is None else [{"uri": uri, "range": _TOP}]


def homes(scripts: Scripts, thing: Thing) -> list[Location]:
    """Return where a thing is made known."""
    entity = None if thing.is_parameter or thing.only else thing.films[0][1].names.get(thing.key)
    if entity is not None:
        # Most names are declared once, and where is known already.
        view, end = scripts.of(entity.span.source), entity.span.end
        return [{"uri": view.uri, "range": view.lines.range(end - len(entity.name), end)}]
    return _locations(place for place in places(scripts, thing) if place.use.makes_known)


def references(scripts: Scripts, params: dict[str, Any]) -> list[Location] | None:
    """Return everywhere a name stands, in all films that know it."""
    view = scripts.view(params["textDocument"]["uri"])
    found = None if view is None else use_at(view, view.offset(params))
    if view is None or found is None:
        return None
    thing = thing_at(scripts, view, *found)
    spread(scripts, thing)
    whole = (params.get("context") or {}).get("includeDeclaration", True)
    return _locations(
        place for place in places(scripts, thing) if whole or not place.use.makes_known
    )


def _locations(found: Iterable[Place]) -> list[Location]:
    return [{"uri": place.view.uri, "range": range} for place, range in ranged(found)]


def highlight(view: View, params: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return where the name under the cursor stands in the script."""
    found = use_at(view, view.offset(params))
    if found is None:
        return None
    known, source = view.document.declared, view.script.source
    wanted, start = found
    key = key_of(known, source, wanted, start)
    name = fold(wanted.name) if key is None else key[0]
    stretches, kinds = [], []
    for use, begin in uses_of(view.script):
        if use.is_parameter != wanted.is_parameter:
            continue
        # What nothing declares is still one name.
        here = key_of(known, source, use, begin) or (fold(use.name), len(use.name))
        if here[0] == name:
            at = begin + use.start
            stretches.append((at, at + here[1]))
            kinds.append(WRITE if use.makes_known else READ)
    ranges = view.lines.ranges(stretches)
    return [{"range": range, "kind": kind} for range, kind in zip(ranges, kinds, strict=True)]


def _meant(scripts: Scripts, view: View, use: Use, start: int) -> Thing:
    """Return what a use stands for; a pasted ``@Video1`` is the video a block works on."""
    thing = thing_at(scripts, view, use, start)
    if not thing.homes:
        block = view.script.blocks[view.block_at(start + use.start)]
        source = stands_for_source(block, use)
        if source is not None:
            heading = block.lines[0]
            for other in uses_in(block):
                if other.line is heading and other.start == heading.at + source.start + 1:
                    return thing_at(scripts, view, other, start)
    return thing
