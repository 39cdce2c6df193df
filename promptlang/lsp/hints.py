"""What stands between the lines (times, generations, room left), and what to do above them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from promptlang.model.entities import Text
from promptlang.model.parts import parts
from promptlang.plan.generation import seconds_text, sum_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.lsp.view import View
    from promptlang.model.storyboard import Unit
    from promptlang.plan.generation import Generation

Hint = dict[str, Any]


def inlay_hints(view: View, params: dict[str, Any]) -> list[Hint]:
    """Return what is shown between the words of a stretch of a script."""
    start, end = view.lines.stretch(params["range"])
    shown: dict[int, list[str]] = {}
    for target, unit, generation in _made(view, start, end):
        named = _names(view, unit, generation, start, end)
        for offset, words in (*named, *_told(view, target, unit, generation)):
            here = shown.setdefault(offset, [])
            # An EDIT of several sources says most of it once for each.
            if words not in here:
                here.append(words)
    # One hint a place: some editors leave no blank between two.
    return [
        {
            "position": view.lines.position(offset),
            "label": " · ".join(words),
            "paddingLeft": True,
        }
        for offset, words in sorted(shown.items())
    ]


def code_lenses(view: View, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what can be done with a script and its generations, each above its line."""
    document = view.document
    found = []
    for target in document.targets:
        document.generations(target)  # which numbers them through
        made = [g for g in document.sound_plan(target).generations if g.take == 1]
        if not made:
            continue
        total = sum((g.total or Decimal(0) for g in made), Decimal(0))
        title = f"compile for {target}: {seconds_text(total)}, {_count(len(made), 'generation')}"
        command = {
            "title": title,
            "command": "promptlang.compile",
            "arguments": [view.uri, target],
        }
        found.append({"range": view.lines.range(0, 0), "command": command})
        whom = f" for {target}" if len(document.targets) > 1 else ""
        for generation in made:
            found += _generation_lens(view, generation, whom)
    return found


def _generation_lens(view: View, generation: Generation, whom: str) -> Iterator[dict[str, Any]]:
    first = generation.units[0]
    if first.span.source is not view.script.source:
        return
    place = view.lines.range(first.span.start, first.span.start)
    blocks = len(generation.units)
    title = f"generation {generation.number}{whom}: {generation.arithmetic}"
    if blocks > 1:
        title += f", {blocks} shots"
    command = {
        "title": title,
        "command": "promptlang.payload",
        "arguments": [view.uri, place["start"]],
    }
    yield {"range": place, "command": command}


def _made(view: View, start: int, end: int) -> Iterator[tuple[str, Unit, Generation]]:
    """Yield the blocks of a stretch with the generation that makes each, for their first target."""
    document = view.document
    for place in range(view.block_at(start), view.block_at(end) + 1):
        for unit in document.units_of(place):
            if unit.span.source is not view.script.source:
                continue
            own = [str(value.value) for value in unit.settings.targets]
            for target in (*(id for id in own if id in document.targets), *document.targets):
                generation = document.generation_of(target, unit)
                if generation is not None:
                    yield target, unit, generation
                    break


def _told(view: View, target: str, unit: Unit, generation: Generation) -> Iterator[tuple[int, str]]:
    """Yield what a block comes to, behind its heading."""
    place = generation.units.index(unit)
    said = _running_time(view, target, unit, generation)
    request = view.document.request(target, generation)
    if request is not None and place < len(request.prompts):
        prompt = request.prompts[place]
        if prompt.limit is not None:
            left = prompt.limit - prompt.used
            said.append(f"{left:,} {prompt.unit} left")
    if place == 0:
        said.append(f"generation {generation.number}{_length(generation)}")
    yield from ((unit.span.end, words) for words in said)


def _length(generation: Generation) -> str:
    """Return how long a generation is, beside the most its target makes; how, the lens says."""
    total = generation.total
    return "" if total is None else f": {sum_text([total], total, generation.task.limit('total'))}"


def _running_time(view: View, target: str, unit: Unit, generation: Generation) -> list[str]:
    """Return when in the film a block begins and ends, if all lengths before it are known."""
    at = view.document.running_times(target).get(id(unit))
    if at is None:
        return []
    since, until = at
    return [f"{_clock(since)}–{_clock(until)}"]


def _names(
    view: View, unit: Unit, generation: Generation, start: int, end: int
) -> Iterator[tuple[int, str]]:
    """Yield how the request calls what a block mentions, behind each mention of its own lines."""
    block = view.block_at(unit.span.start)
    low = view.script.starts[block]
    high = low + view.script.blocks[block].size
    for _, text, _ in parts(unit):
        for mention in text.mentions() if isinstance(text, Text) else ():
            if mention.source is not view.script.source or not low <= mention.start < high:
                continue
            slot = generation.slot(mention.entity)
            token = None if slot is None else slot.token
            if token and token != f"@{mention.written}" and start <= mention.end <= end:
                yield mention.end, token


def _clock(seconds: Decimal) -> str:
    """Return a time of the film: ``0:04``, ``1:02.5``."""
    minutes, rest = divmod(seconds, 60)
    shown = f"{rest.normalize():f}"
    whole, dot, part = shown.partition(".")
    return f"{minutes:f}:{whole:>02}{dot}{part}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
