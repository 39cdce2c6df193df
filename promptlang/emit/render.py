"""Wording: templates turn lowered generations into prompts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined

from promptlang import resources
from promptlang.emit import words as filters
from promptlang.emit.views import AngleView, EditView

if TYPE_CHECKING:
    from jinja2 import Template

    from promptlang.emit.lower import Lowered
    from promptlang.emit.views import View
    from promptlang.emit.words import Prompt


_MOST_ARRANGED = 1000
_ARRANGED: dict[tuple[object, ...], str] = {}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: resources.read("templates", *name.split("/"))),
        undefined=StrictUndefined,
        # Prompts are plain text; user words never pass through a template.
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        sentence=filters.sentence,
        closed=filters.closed,
        capital=filters.capital,
        listed=filters.listed,
        spoken=_spoken,
    )
    return environment


def _spoken(line: object) -> str:
    """Filter: a line of the body as finished sentences."""
    module = _environment().get_template("_shared/parts.j2").module
    said: str = module.spoken(line)  # type: ignore[attr-defined]  # a macro of parts.j2
    return said


@cache
def _template(provider: str, name: str) -> Template:
    own = resources.names("templates", provider)
    folder = provider if name in own else "_shared"
    return _environment().get_template(f"{folder}/{name}")


def render(lowered: Lowered) -> list[Prompt]:
    """Return the prompt of each unit of a generation; none where the task takes no words."""
    generation = lowered.generation
    task, target = generation.task, generation.target
    if "prompt" not in task.takes:
        return []
    template = _template(target.provider, task.template)
    handles: set[str] = set()
    if any("{name}" in token for token in target.tokens.values()):
        handles = {slot.entity.name for slot in generation.slots}
    prompts = []
    for view, words in zip(lowered.views, lowered.words, strict=True):
        prompts.append(words.assemble(_arranged(template, view), handles))
    return prompts


def _arranged(template: Template, view: View) -> str:
    """Return the placeholders of a view as a template arranges them.

    What is written plays no part in that, so blocks of one shape share one arrangement.
    """
    key = template, view.shape()
    text = _ARRANGED.get(key)
    if text is None:
        if len(_ARRANGED) >= _MOST_ARRANGED:
            _ARRANGED.clear()
        name = (
            "edit"
            if isinstance(view, EditView)
            else "angle"
            if isinstance(view, AngleView)
            else "shot"
        )
        text = _ARRANGED[key] = template.render({name: view})
    return text
