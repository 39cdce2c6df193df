"""What a target cannot say, found part by part before anything is worded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Diagnostic, Loss, replacement
from promptlang.emit import problems
from promptlang.model.parts import parts
from promptlang.plan.offers import with_sound
from promptlang.providers.registry import PROVIDERS
from promptlang.source import Span

if TYPE_CHECKING:
    from promptlang.diagnostics import Fix
    from promptlang.model.storyboard import Settings, Storyboard, Text, Unit
    from promptlang.plan.generation import Generation

_WORDS = {
    "prose",
    "speech",
    "super",
    "camera",
    "environment",
    "style",
    "mood",
    "lighting",
    "sound",
    "music",
    "change",
    "keep",
    "role",
    "transition",
    "place",
    "time",
    "request",
}
"""Parts that only words can carry."""

_HEARD = ("sound", "music")


def word_losses(generation: Generation, storyboard: Storyboard) -> list[Diagnostic]:
    """Return the losses of what a generation's blocks say."""
    found: list[Diagnostic] = []
    task = generation.task
    for unit in generation.units:
        if "prompt" not in task.takes:
            found += _unsaid(unit, generation)
        elif "audio" not in task.takes and task.block in {"shot", "coverage"}:
            found += _unheard(unit, generation)
    return found


def _unsaid(unit: Unit, generation: Generation) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    for kind, _, span in parts(unit):
        if kind.split(".")[0] in _WORDS:
            message = f'"{_short(span.text)}" is not sent: {generation.target.id} takes no words'
            hint = "take it out, or choose a target that takes a prompt"
            out.append(Loss("dropped", problems.WORDS_UNSUPPORTED.at(span, message, hint=hint)))
    return out


def _unheard(unit: Unit, generation: Generation) -> list[Diagnostic]:
    """Speech stays in the prompt, so that lips move; sound and music are left out."""
    spans = [("approximated", speech.span) for speech in unit.speeches()]
    for name in _HEARD:
        if not says_none(unit.texts[name]):
            kind = "dropped" if name in silenced(unit, generation) else "approximated"
            spans += [(kind, text.span) for text in unit.texts[name]]
    message = f"{generation.target.id} makes no sound"
    hint = with_sound(generation.target, generation.task.block) if spans else None
    return [
        Loss(
            kind,
            problems.SOUND_UNSUPPORTED.at(span, f'"{_short(span.text)}": {message}', hint=hint),
        )
        for kind, span in spans
    ]


def silenced(unit: Unit, generation: Generation) -> set[str]:
    """Return the fields a model without sound is not told of: what it could not make heard.

    Words that ask for silence are true anyway, and words that point at a reference stay.
    """
    if "audio" in generation.task.takes or generation.task.block not in {"shot", "coverage"}:
        return set()
    return {
        name
        for name in ("sound", "music")
        if not says_none(unit.texts[name])
        and not any(any(text.mentions()) for text in unit.texts[name])
    }


def says_none(lines: list[Text]) -> bool:
    """Whether the words of a field say that there is nothing to hear."""
    return any(text.plain.casefold().startswith(("no ", "without ", "silen")) for text in lines)


def foreign_fields(storyboard: Storyboard) -> list[Diagnostic]:
    """Return an error for each field that names a provider nobody knows."""
    known = sorted(PROVIDERS)
    found: dict[tuple[str, int], Diagnostic] = {}
    for unit in (*storyboard.units, *storyboard.broken):
        settings: Settings = unit.settings
        for (name, path), value in settings.fields.items():
            if name.casefold() not in known:
                found[value.span.path, value.span.start] = problems.PROVIDER_UNKNOWN.at(
                    value.span,
                    f'"{name}.{path}" names no provider; known are {", ".join(known)}',
                    hint="spell the provider as in the target",
                    fixes=_spelt(value.span, name, known),
                )
    return list(found.values())


def _spelt(value: Span, name: str, known: list[str]) -> list[Fix]:
    """Return the fix that writes the provider that was meant in front of its field."""
    line = value.source.line(value.line)
    lead = len(line) - len(line.lstrip())
    start = value.start - value.column + 1 + lead
    place = Span(value.source, start, start + len(name))
    from difflib import get_close_matches

    meant = get_close_matches(name.casefold(), known, 2, 0.75)
    return replacement(place, meant) if place.text == name else []


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"
