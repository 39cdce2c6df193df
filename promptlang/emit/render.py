"""Wording: templates turn lowered generations into prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.emit import templates
from promptlang.emit.views import AngleView, EditView

if TYPE_CHECKING:
    from promptlang.emit.lower import Lowered
    from promptlang.emit.templates import Template
    from promptlang.emit.views import View
    from promptlang.emit.words import Prompt


_MOST_ARRANGED = 1000
_ARRANGED: dict[tuple[object, ...], str] = {}


def render(lowered: Lowered) -> list[Prompt]:
    """Return the prompt of each unit of a generation; none where the task takes no words."""
    generation = lowered.generation
    task, target = generation.task, generation.target
    if "prompt" not in task.takes:
        return []
    template = templates.find(target.provider, task.template)
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
        text = _ARRANGED[key] = template(**{name: view})
    return text
