"""What a block becomes for its targets: the exact prompt, how much room it takes, its request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.pages import plain

if TYPE_CHECKING:
    from promptlang.emit.result import PromptText, Request
    from promptlang.lsp.view import View
    from promptlang.model.storyboard import Unit
    from promptlang.plan.generation import Generation

_MOST = 3
"""How many prompts are shown at most: an EDIT of many sources is as many requests."""
_NAMED = 6
"""How many other blocks of a generation are named."""


def prompts(view: View, place: int) -> str | None:
    """Return the prompts of the block at a place, None where it means nothing yet."""
    document = view.document
    units = document.units_of(place)
    if not units:
        return None
    told = []
    for unit in units:
        meant = [t for t, own in document.targets.items() if any(u is unit for u in own)]
        told += [_prompt(view, unit, target) for target in meant]
    if not told:
        return "no target yet: write `target: …` in the header"
    left = len(told) - _MOST
    more = [f"and {left} more"] if left > 0 else []
    return "\n\n---\n\n".join([*told[:_MOST], *more])


def _prompt(view: View, unit: Unit, target: str) -> str:
    document = view.document
    generation = document.generation_of(target, unit)
    request = None if generation is None else document.request(target, generation)
    if generation is None or request is None:
        return f"**{target}** · not made: {plain(_reason(view, unit, target))}"
    place = generation.units.index(unit)
    if place >= len(request.prompts):
        return f"**{target}** · takes no words"
    prompt = request.prompts[place]
    count = len(document.generations(target))
    parts = [f"**{target}** · {_room(prompt)}"]
    parts.append(_quoted(prompt.text) if prompt.text else "*no words are sent*")
    parts.append("\n".join(f"- {row}" for row in _rows(generation, request, prompt, unit, count)))
    return "\n\n".join(parts)


def _reason(view: View, unit: Unit, target: str) -> str:
    """Return the first error of a block that is in no generation."""
    document, starts = view.document, view.script.starts
    place = view.block_at(unit.span.start)
    end = starts[place + 1] if place + 1 < len(starts) else len(view.text)
    for found in (*document.text_diagnostics, *document.plan(target).diagnostics):
        here = found.span.source is view.script.source
        if found.is_error and here and starts[place] <= found.span.start < end:
            return found.message
    return "an error elsewhere stands in the way"


def _room(prompt: PromptText) -> str:
    limit = f" of {prompt.limit:,}" if prompt.limit is not None else ""
    return f"{prompt.used:,}{limit} {prompt.unit}"


def _rows(
    generation: Generation, request: Request, prompt: PromptText, unit: Unit, count: int
) -> list[str]:
    length = "as long as its source" if prompt.seconds is None else f"{prompt.seconds:g} s"
    rows = [f"{length}, generation {generation.number} of {count}, {request.task}"]
    others = [other.name for other in generation.units if other is not unit]
    if others:
        named = ", ".join(others[:_NAMED]) + ", …" * (len(others) > _NAMED)
        rows.append(f"made together with {plain(named)}: {plain(generation.arithmetic)}")
    if prompt.transition:
        rows.append(f"left to the edit: {plain(prompt.transition)}")
    if request.negative_prompt:
        rows.append(f"negative: {plain(request.negative_prompt)}")
    spelt = [f"{r.spelling} is @{r.name}" for r in request.references if r.spelling]
    if spelt:
        rows.append(plain(", ".join(spelt)))
    if request.needs:
        rows.append(f"needs generation {', '.join(request.needs)}")
    return rows


def _quoted(text: str) -> str:
    return "\n".join(f"> {plain(line)}" for line in text.split("\n"))
