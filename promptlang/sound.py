"""Which blocks can be compiled although others have errors.

A block with an error is left out, whether the error stands in it or in what it takes from the
header or its scene. So is every block that needs its output: compiled without it they would ask
for something that is never made.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from promptlang.plan.generation import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.storyboard import Entity, Text, Unit
    from promptlang.source import Span
    from promptlang.syntax.ast import Script

_ROUNDS = 4
"""How often leaving blocks out may uncover new errors before the rest is taken as it is."""

_BLOCKS = ("angle", "coverage", "edit", "shot")


class Share:
    """What one target makes of a script.

    Attributes:
        units: The blocks meant for it.
        plan: The plan of all of them.
    """

    __slots__ = ("plan", "units")

    def __init__(self, units: list[Unit], plan: Plan) -> None:
        self.units = units
        self.plan = plan


def sound_plan(
    own: Share,
    others: Sequence[Share],
    script: Script,
    diagnostics: Sequence[Diagnostic],
    lost: Sequence[Span],
    replan: Callable[[list[Unit]], Plan],
) -> Plan:
    """Return the plan of the blocks that have no error.

    Args:
        own: What the target makes.
        others: What other targets make whose output it may take.
        script: Where the blocks stand.
        diagnostics: What was found before planning.
        lost: The names and parameters that stand for nothing; the first use alone is reported.
        replan: Plans some of the blocks for the target.

    Returns:
        The plan of ``own`` itself where every block is sound.
    """
    empty = _places(script, lost)
    bad = [unit for share in others for unit in _bad(share, script, diagnostics, empty)]
    bad += _unmade([own, *others])
    bad += _inheriting([own, *others], [*lost, *(d.span for d in diagnostics if d.is_error)])
    plan = own.plan
    faulty: set[int] = set()
    for _ in range(_ROUNDS):
        more = faulty | empty | _faulty(script, [*diagnostics, *plan.diagnostics])
        if plan is not own.plan and more == faulty:
            break
        faulty = more
        here = _within(own.units, script, faulty)
        if not here and not bad:
            return plan
        out = _with_dependants([own, *others], [*here, *bad])
        left = [unit for unit in own.units if id(unit) not in out]
        if len(left) == len(own.units):
            return plan
        plan = replan(left) if left else Plan(own.plan.target, [], [])
    return plan


def sound_units(
    units: list[Unit], script: Script, diagnostics: Sequence[Diagnostic], lost: Sequence[Span]
) -> list[Unit]:
    """Return the blocks without errors, whatever the target; the list itself where all are."""
    faulty = _places(script, lost) | _faulty(script, diagnostics)
    if not faulty:
        return units
    return [unit for unit in units if _block(script, unit.span.start) not in faulty]


def _bad(
    share: Share, script: Script, diagnostics: Sequence[Diagnostic], empty: set[int]
) -> list[Unit]:
    """Return the blocks of a share in which an error stands."""
    faulty = empty | _faulty(script, [*diagnostics, *share.plan.diagnostics])
    return _within(share.units, script, faulty)


def _within(units: Sequence[Unit], script: Script, places: set[int]) -> list[Unit]:
    """Return the units of the blocks at some places."""
    if not places:
        return []
    return [unit for unit in units if _block(script, unit.span.start) in places]


def _inheriting(shares: Sequence[Share], spans: Sequence[Span]) -> list[Unit]:
    """Return the blocks that take a text with an error in it from the header or a scene."""
    if not spans:
        return []
    starts: dict[str, list[int]] = {}
    for span in spans:
        starts.setdefault(span.path, []).append(span.start)
    for places in starts.values():
        places.sort()
    known: dict[int, bool] = {}
    found = []
    for share in shares:
        for unit in share.units:
            for text in _inherited(unit):
                if id(text) not in known:
                    known[id(text)] = _holds(text.span, starts)
                if known[id(text)]:
                    found.append(unit)
                    break
    return found


def _inherited(unit: Unit) -> Iterator[Text]:
    """Yield the texts a block may have from above."""
    for texts in (*unit.texts.values(), unit.negative):
        yield from texts
    scene = getattr(unit, "setting", None)
    if scene is not None:
        yield from (text for text in (scene.place, scene.time) if text is not None)


def _holds(span: Span, starts: Mapping[str, list[int]]) -> bool:
    """Whether one of some places lies inside a span."""
    places = starts.get(span.path, [])
    at = bisect_left(places, span.start)
    return at < len(places) and places[at] < span.end


def _faulty(script: Script, diagnostics: Sequence[Diagnostic]) -> set[int]:
    """Return the places of the blocks in which an error stands."""
    return _places(script, [d.span for d in diagnostics if d.is_error])


def _places(script: Script, spans: Sequence[Span]) -> set[int]:
    """Return the places of the blocks in which something stands that belongs to them."""
    found = set()
    for span in spans:
        if span.path == script.source.path:
            place = _block(script, span.start)
            if script.blocks[place].kind in _BLOCKS and not _declares(script, place, span.start):
                found.add(place)
    return found


def _block(script: Script, offset: int) -> int:
    return max(bisect_right(script.starts, offset) - 1, 0)


def _declares(script: Script, place: int, offset: int) -> bool:
    """Whether the line at an offset is a declaration: it stands in a block, but is not of it."""
    inside = offset - script.starts[place]
    lines = script.blocks[place].lines
    line = lines[max(bisect_right(lines, inside, key=attrgetter("at")) - 1, 0)]
    return getattr(line, "meant", line.kind) in {"declaration", "parameter"}


def _with_dependants(shares: Sequence[Share], bad: Sequence[Unit]) -> set[int]:
    """Return the ids of blocks and of all that need an output of theirs, directly or not."""
    out = {id(unit) for unit in bad}
    lost = {id(output) for unit in bad for output in _outputs(unit)}
    # An output is made before it is used, so one pass in the order of the script settles all;
    # a cycle is an error of its own.
    made = [generation for share in shares for generation in share.plan.generations]
    for generation in sorted(made, key=lambda g: g.units[0].span.start):
        if any(id(entity) in lost for entity in generation.inputs):
            for unit in generation.units:
                out.add(id(unit))
                lost.update(id(output) for output in _outputs(unit))
    return out


def _unmade(shares: Sequence[Share]) -> list[Unit]:
    """Return the blocks that need an output no generation makes, such as a scene too long."""
    generations = [generation for share in shares for generation in share.plan.generations]
    if not any(generation.inputs for generation in generations):
        return []
    made = {id(o) for g in generations for unit in g.units for o in _outputs(unit)}
    return [
        unit
        for generation in generations
        if any(id(entity) not in made for entity in generation.inputs)
        for unit in generation.units
    ]


def _outputs(unit: Unit) -> list[Entity]:
    # A scene's output is made of its shots; an EDIT below its heading may well take it.
    scene = unit.scene if unit.kind == "shot" else None
    outputs = [unit.output, scene.output if scene is not None else None]
    return [output for output in outputs if output is not None]
