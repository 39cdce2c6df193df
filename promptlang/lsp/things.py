"""What a name stands for across files, and everywhere it stands.

A name holds in a script and in all it includes, so one declaration may have uses in several
films, each with names of its own around it. Every script is looked at as the beginning of a film.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from promptlang.lsp.uses import Use, uses_of
from promptlang.model.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.lsp.scripts import Scripts
    from promptlang.lsp.view import View
    from promptlang.model.declared import Declared
    from promptlang.source import Source


class Place(NamedTuple):
    """A place where a name stands.

    Attributes:
        view: The script.
        start: Where it begins there, its sign aside.
        end: Where it ends: a run of name characters may go on behind it.
        use: What stands there.
    """

    view: View
    start: int
    end: int
    use: Use


def ranged(found: Iterable[Place]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield places with their ranges, those of one script together."""
    views: dict[int, list[Place]] = {}
    for place in found:
        views.setdefault(id(place.view), []).append(place)
    for those in views.values():
        stretches = [(place.start, place.end) for place in those]
        yield from zip(those, those[0].view.lines.ranges(stretches), strict=True)


class Thing:
    """What a name stands for.

    Attributes:
        key: Its folded name.
        is_parameter: Whether it is a parameter.
        homes: The sources that make it known; none where nothing does.
        films: The scripts it was looked for in, each with what it makes known.
        only: The one place of a name that is taken, so that nothing points at it, else None.
    """

    __slots__ = ("films", "homes", "is_parameter", "key", "only")

    def __init__(self, key: str, film: tuple[View, Declared], *, is_parameter: bool) -> None:
        self.key = key
        self.is_parameter = is_parameter
        self.homes: set[int] = set()
        self.films = [film]
        self.only: Place | None = None


def thing_at(scripts: Scripts, view: View, use: Use, start: int) -> Thing:
    """Return what a use of a script stands for, in the first film in which it is known.

    Args:
        scripts: All scripts.
        view: The script.
        use: The use.
        start: Where its block begins.
    """
    source = view.script.source
    for film in _films_of(scripts, view):
        known = scripts.declared(film)
        found = key_of(known, source, use, start)
        if found is None:
            continue
        thing = Thing(found[0], (film, known), is_parameter=use.is_parameter)
        thing.homes = _homes(known, thing)
        if thing.homes:
            return thing
    thing = Thing(fold(use.name), (view, scripts.declared(view)), is_parameter=use.is_parameter)
    if use.makes_known:
        thing.homes.add(id(source))
        thing.only = Place(view, start + use.start, start + use.end, use)
    return thing


def _films_of(scripts: Scripts, view: View) -> Iterator[View]:
    """Yield a script and then those that include it."""
    yield view
    for other in scripts.including():
        if other is not view and _holds(scripts.declared(other), {id(view.script.source)}):
            yield other


def key_of(known: Declared, source: Source, use: Use, start: int) -> tuple[str, int] | None:
    """Return the folded name of a use and its length, None where it has none here.

    The second of two declarations has none: nothing points at it.
    """
    if use.is_parameter:
        return fold(use.name), len(use.name)
    if not use.makes_known:
        return known.meant(use.name)
    key = fold(use.name)
    entity = known.names.get(key)
    here = entity is None or (entity.span.source is source and entity.span.end == start + use.end)
    return (key, len(use.name)) if here else None


def places(scripts: Scripts, thing: Thing) -> list[Place]:
    """Return where a thing is named in its films, each place once."""
    if thing.only is not None:
        return [thing.only]
    found: dict[tuple[int, int], Place] = {}
    for film, known in thing.films:
        for source, use, start in _uses(film, known):
            if use.is_parameter != thing.is_parameter:
                continue
            key = key_of(known, source, use, start)
            if key is not None and key[0] == thing.key:
                at = start + use.start
                place = Place(scripts.of(source), at, at + key[1], use)
                found.setdefault((id(source), at), place)
    return list(found.values())


def refs(film: View, known: Declared) -> Iterator[Use]:
    """Yield the refs of a film."""
    for _, use, _ in _uses(film, known):
        if not use.is_parameter and not use.makes_known:
            yield use


def _uses(film: View, known: Declared) -> Iterator[tuple[Source, Use, int]]:
    for file in known.files:
        # The blocks of an included file are no part of the film.
        for use, start in uses_of(file.script, header=file.script is not film.script):
            yield file.script.source, use, start


def _holds(known: Declared, sources: set[int]) -> bool:
    return any(id(file.script.source) in sources for file in known.files)


def _homes(known: Declared, thing: Thing) -> set[int]:
    """Return the sources of a film that make a thing known."""
    if not thing.is_parameter:
        entity = known.names.get(thing.key)
        if entity is not None:
            return {id(entity.span.source)}
    return {
        id(file.script.source)
        for file in known.files
        for use, _ in uses_of(file.script)
        if use.makes_known
        and use.is_parameter == thing.is_parameter
        and fold(use.name) == thing.key
    }


def spread(scripts: Scripts, thing: Thing) -> None:
    """Find all films of a thing; one that sets a parameter anew makes it known there too."""
    if not thing.homes or thing.only is not None:
        return
    views = {id(view.script.source): view for view in scripts.including()}
    views.update((id(view.script.source), view) for view, _ in thing.films)
    for view in list(views.values()):
        for file in scripts.declared(view).files:
            views.setdefault(id(file.script.source), scripts.of(file.script.source))
    known = [(view, scripts.declared(view)) for view in views.values()]
    size = 0
    while size < len(thing.homes):
        size = len(thing.homes)
        thing.films = [film for film in known if _knows(film[1], thing)]
        if thing.is_parameter:
            for _, declared in thing.films:
                thing.homes |= _homes(declared, thing)


def _knows(known: Declared, thing: Thing) -> bool:
    """Whether a name stands for the same thing in a film."""
    if not thing.is_parameter and known.names.get(thing.key) is not None:
        return not thing.homes.isdisjoint(_homes(known, thing))
    return _holds(known, thing.homes)
