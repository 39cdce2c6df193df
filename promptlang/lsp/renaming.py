"""Giving a name, an output or a parameter another name, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.lsp.things import key_of, places, ranged, refs, spread, thing_at
from promptlang.lsp.uses import use_at
from promptlang.lsp.view import RefusedError
from promptlang.model.names import fold
from promptlang.model.symbols import is_attachment, meant
from promptlang.syntax.declarations import check_name
from promptlang.syntax.mistakes import Misfit

if TYPE_CHECKING:
    from promptlang.lsp.scripts import Scripts
    from promptlang.lsp.things import Thing
    from promptlang.lsp.uses import Use
    from promptlang.lsp.view import View


def prepare(scripts: Scripts, params: dict[str, Any]) -> dict[str, Any]:
    """Return the name a rename would change.

    Raises:
        RefusedError: There is none, or nothing declares it.
    """
    view, use, start = _named(scripts, params)
    thing = thing_at(scripts, view, use, start)
    _refuse_unknown(use, thing)
    found = None if use.makes_known else key_of(thing.films[0][1], view.script.source, use, start)
    size = len(use.name) if found is None else found[1]
    at = start + use.start
    return {"range": view.lines.range(at, at + size), "placeholder": use.name[:size]}


def rename(scripts: Scripts, params: dict[str, Any]) -> dict[str, Any]:
    """Return the edits that give a name another one in every script that knows it.

    Raises:
        RefusedError: The name cannot be changed, or not to this one.
    """
    view, use, start = _named(scripts, params)
    thing = thing_at(scripts, view, use, start)
    _refuse_unknown(use, thing)
    new = _checked(params["newName"], thing)
    spread(scripts, thing)
    _refuse_taken(thing, new)
    found = places(scripts, thing)
    if not thing.is_parameter and thing.only is None:
        _refuse_misread(thing, new)
    changes: dict[str, list[dict[str, Any]]] = {}
    for place, range in ranged(found):
        if place.view.text[place.start : place.end] != new:
            changes.setdefault(place.view.uri, []).append({"range": range, "newText": new})
    return {"changes": changes}


def _named(scripts: Scripts, params: dict[str, Any]) -> tuple[View, Use, int]:
    view = scripts.view(params["textDocument"]["uri"])
    found = None if view is None else use_at(view, view.offset(params))
    if view is None or found is None:
        raise RefusedError("only names, outputs and parameters can be renamed")
    return view, *found


def _refuse_unknown(use: Use, thing: Thing) -> None:
    if thing.homes:
        return
    if use.is_parameter:
        raise RefusedError(f'no line declares "{{{use.name}}}"; declare it before you rename it')
    if is_attachment(use.name):
        raise RefusedError(
            f'"@{use.name}" is a file supplied by hand, its number is its name; '
            "declare it before you rename it"
        )
    raise RefusedError(f'no line declares "@{use.name}"; declare it before you rename it')


def _checked(written: str, thing: Thing) -> str:
    """Return the new name; the signs around it may have been written along."""
    new = written.strip()
    if thing.is_parameter and new.startswith("{") and new.endswith("}"):
        new = new[1:-1].strip()
    elif not thing.is_parameter:
        new = new.removeprefix("@").removeprefix("＠")
    try:
        check_name(new, 0)
    except Misfit as misfit:
        raise RefusedError(f"{misfit.message}; {misfit.hint}") from None
    return new


def _refuse_taken(thing: Thing, new: str) -> None:
    key = fold(new)
    if key == thing.key and thing.only is None:
        return  # only the letters change, not the name
    for film, known in thing.films:
        if key in (known.parameters if thing.is_parameter else known.names):
            shown = f"{{{new}}}" if thing.is_parameter else f"@{new}"
            raise RefusedError(f'the name "{shown}" is taken in {_name(film)}')


def _refuse_misread(thing: Thing, new: str) -> None:
    """See that every ref will point at what it points at now."""
    key = fold(new)
    for film, known in thing.films:
        names = {name for name in known.names if name != thing.key} | {key}
        for use in refs(film, known):
            before = known.meant(use.name)
            if before is None:
                continue
            if before[0] == thing.key:
                run = new + use.name[before[1] :]
                if meant(run, names) != (key, len(new)):
                    raise RefusedError(f'"@{run}" would not point at "@{new}"; choose another name')
            elif key == before[0] or meant(use.name, names) != before:
                raise RefusedError(f'"@{use.name}" would point at "@{new}"; choose another name')


def _name(view: View) -> str:
    return view.uri.rpartition("/")[2]
