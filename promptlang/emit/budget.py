"""How much of what a target takes the words of a prompt use, and which part uses it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from promptlang.emit import problems
from promptlang.model.parts import parts
from promptlang.providers.tokens import estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.emit.words import Prompt
    from promptlang.model.storyboard import Unit
    from promptlang.plan.generation import Generation
    from promptlang.providers.target import Limit, Task

_CALLED = {
    "transition": "transition",
    "setting": "place",
    "place": "place",
    "time": "place",
    "environment": "place",
    "camera": "camera",
    "prose": "prose",
    "request": "prose",
    "change": "changes",
    "keep": "what stays",
    "words": "dialogue",
    "speaker": "dialogue",
    "manner": "dialogue",
    "language": "dialogue",
    "super": "text on screen",
    "style": "style",
    "mood": "mood",
    "lighting": "light",
    "sound": "sound",
    "music": "music",
    "motion": "references",
    "using": "references",
}
"""What the parts of a block are called where the shares of a prompt are told."""

_REST = "joining words"
_INSTEAD = {
    "shot": ", or spread it over two shots",
    "edit": ", or make two edits of it, one after the other",
}


def bound(task: Task, *, several: bool) -> tuple[Limit | None, bool]:
    """Return the limit of the prompts of a request, and whether it holds for each of them.

    Args:
        task: What is asked for.
        several: Whether the request has more than one prompt.
    """
    own = task.limit("shot-prompt") if several else None
    return own or task.limit("prompt"), own is not None


def is_nearly_full(size: float, limit: Limit) -> bool:
    """Whether hardly any room is left: nine tenths of the limit are used, or more."""
    return limit.max is not None and size * 10 >= limit.max * 9


def lengths(generation: Generation, prompts: Sequence[Prompt]) -> list[Diagnostic]:
    """Return what is too long or nearly so: each prompt where each has a limit, else all."""
    limit, each = bound(generation.task, several=len(prompts) > 1)
    if limit is None or not prompts:
        return []
    worded = list(zip(generation.units, prompts, strict=True))
    groups = [[pair] for pair in worded] if each else [worded]
    target = generation.target.id
    return [told for group in groups for told in _length(group, limit, target)]


def _length(worded: list[tuple[Unit, Prompt]], limit: Limit, target: str) -> list[Diagnostic]:
    text = " ".join(prompt.text for _, prompt in worded)
    unit = worded[0][0]
    counted = limit.unit or "characters"
    used = estimate(text) if counted == "tokens" else len(text)
    if limit.max is None or not is_nearly_full(used, limit):
        return []
    whose = f'the prompt of "{unit.name}" has'
    if len(worded) > 1:
        whose = f'the prompts of "{unit.name}" to "{worded[-1][0].name}" together have'
    if used > limit.max:
        more = used - int(limit.max)
        unit_of_length = counted.removesuffix("s") if more == 1 else counted
        less = f"shorten it by {more} {unit_of_length}{_INSTEAD.get(unit.kind, '')}"
        message = f"{whose} {used} {counted}, {target} takes {limit.max}"
        return [problems.PROMPT_TOO_LONG.at(unit.span, message, hint=f"{less}: {shares(worded)}")]
    message = f"{whose} {used} of the {limit.max} {counted} {target} takes"
    hint = f"say less where most of it goes: {shares(worded)}"
    return [problems.PROMPT_NEARLY_FULL.at(unit.span, message, hint=hint)]


def shares(worded: Sequence[tuple[Unit, Prompt]]) -> str:
    """Return the share of each part of some prompts, the largest first: *prose 62 %, …*."""
    sizes: Counter[str] = Counter()
    for unit, prompt in worded:
        # By where each part begins, whose words a stretch are is found without looking at all.
        places = sorted(
            (span.path, span.start, span.end, _CALLED[kind])
            for kind, _, span in parts(unit)
            if kind in _CALLED
        )
        sizes[_REST] += len(prompt.text)
        for stretch in prompt.stretches:
            path, start = stretch.span.path, stretch.span.start
            at = bisect_right(places, (path, start, float("inf"), "")) - 1
            if at >= 0 and places[at][0] == path and start < places[at][2]:
                size = stretch.end - stretch.start
                sizes[places[at][3]] += size
                sizes[_REST] -= size
    total = sum(sizes.values())
    told = [(round(100 * size / total), name) for name, size in sizes.most_common()]
    return ", ".join(f"{name} {share} %" for share, name in told if share)
