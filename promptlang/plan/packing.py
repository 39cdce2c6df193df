"""The cheapest way to cut a run of shots into generations, by exact dynamic programming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.storyboard import Shot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from promptlang.model.storyboard import Unit

# What it costs a film to be cut here and joined in the edit, by transition. A cut is one anyway;
# a dissolve or a match is what a generation of several shots is asked for.
PENALTIES = {
    "cut": 2,
    "hard-cut": 1,
    "smash-cut": 1,
    "jump-cut": 2,
    "fade-in": 1,
    "fade-out": 1,
    "fade-from-white": 1,
    "fade-to-white": 1,
    "cutaway-cut": 2,
    "flash-frame": 4,
    "cross-cut": 4,
    "l-cut": 6,
    "j-cut": 6,
}
PLAIN = 2
"""The cost at a place without a transition."""
QUOTED = 6
"""The cost of a transition in the writer's own words."""
JOINED = 10
"""The cost inside a transition that shows both shots, and of any other."""

Cost = tuple[int, int, int, "Decimal"]
"""Generations, content lost, breaks in bad places, seconds moved; less is better, in this order."""


def penalty(before: Unit, after: Unit) -> int:
    """Return what a break between two shots costs the film."""
    link = after.transition if isinstance(after, Shot) else None
    if link is None:
        cost = PLAIN
    elif link.term is None:
        cost = QUOTED
    else:
        cost = PENALTIES.get(link.term.id, JOINED)
    if before.scene is not after.scene and cost <= PLAIN:
        return 0
    return cost


def pack(
    farthest: Sequence[int],
    weigh: Callable[[int, int], tuple[int, Decimal] | None],
    breaks: Sequence[int],
    nothing: Decimal,
) -> list[tuple[int, int]]:
    """Return the cheapest cut of shots into groups ``[start, stop)`` in order.

    Among equally cheap cuts the one with the fuller groups first is taken.

    Args:
        farthest: For each shot, where a group that begins with it must end at last.
        weigh: The content lost and the seconds moved by a group, None where it cannot be; a
            group of one shot always can.
        breaks: The cost of a break before the second shot, before the third, and so on.
        nothing: Zero seconds.
    """
    count = len(farthest)
    best: list[Cost] = [(0, 0, 0, nothing)] * (count + 1)
    ends = [count] * count
    for start in range(count - 1, -1, -1):
        least: Cost | None = None
        for stop in range(farthest[start], start, -1):
            made, lost, broken, moved = best[stop]
            if stop < count:
                broken += breaks[stop - 1]
            # Weighing is dear, and not even a group that costs nothing would be better here.
            if least is not None and (made + 1, lost, broken, moved) >= least:
                continue
            weight = weigh(start, stop)
            if weight is None:
                continue
            cost = (made + 1, weight[0] + lost, broken, weight[1] + moved)
            if least is None or cost < least:
                least, ends[start] = cost, stop
        assert least is not None  # a group of one shot can always be made
        best[start] = least
    groups = []
    at = 0
    while at < count:
        groups.append((at, ends[at]))
        at = ends[at]
    return groups
