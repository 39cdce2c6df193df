"""Why an interface would refuse a block: what it lacks, and what does not go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.storyboard import Coverage, Edit
from promptlang.plan import problems
from promptlang.plan.groups import base_of
from promptlang.plan.intents import realise
from promptlang.plan.offers import block_name, who_takes
from promptlang.plan.references import wants_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.plan.groups import Grouper
    from promptlang.plan.intents import Intent
    from promptlang.plan.tasks import Choice
    from promptlang.providers.target import Target
    from promptlang.source import Span

NAMES = {
    "shots": "several shots",
    "start": "a first frame",
    "end": "a last frame",
    "images": "a reference picture",
    "elements": "an element with pictures",
    "element-ids": "an element kept by the provider",
    "video-elements": "an element made of a video",
    "voices": "a voice",
    "source": "a source video",
    "motion": "a motion reference",
    "videos": "a reference video",
    "audios": "a reference sound",
    "prompt": "words",
    "audio": "generated sound",
}
"""What features are called in messages."""


_CONTENT = frozenset({"images", "start", "end", "source", "motion", "prompt"})


def named(features: Iterable[str], last: str = "and") -> str:
    """Return features in words: *a first frame, a voice and words*."""
    words = [NAMES.get(name, name) for name in sorted(features)]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def missing(intent: Intent, grouper: Grouper, target: Target) -> Diagnostic:
    """Return what a block lacks so that no task of the target can be asked for it."""
    unit = intent.unit
    if "end" in intent.base and "start" not in intent.base and _takes(target, unit.kind, "end"):
        return _end_alone(intent, target)
    lacking = grouper.chooser.missing(
        unit.kind, base_of([intent]), wants_of([intent], grouper.wants)
    )
    needed = frozenset().union(*lacking)
    features = frozenset("images" if name == "picture" else name for name in intent.base)
    features &= _CONTENT
    others = who_takes(unit.kind, features, target)
    hint = target.elsewhere.get("coverage" if isinstance(unit, Coverage) else "text-to-video")
    if hint is None and others:
        hint = f"add one, or use a target that does without: {', '.join(others)}"
    return problems.INPUT_MISSING.at(
        unit.span,
        f"{block_name(unit)} gives {target.id} too little: it needs {named(needed, 'or')}",
        hint=hint,
    )


def refused(intent: Intent, choice: Choice, target: Target) -> Iterator[Diagnostic]:
    """Yield what the interface would refuse although a task was found."""
    unit = intent.unit
    if choice.clash:
        yield problems.NOT_TOGETHER.at(
            _place(intent, choice.clash),
            f"{target.id} refuses {named(choice.clash)} in one request",
            hint="give one of them up, or make two blocks of it",
        )
    if "end" in choice.lost and "start" not in intent.base and _takes(target, unit.kind, "end"):
        yield _end_alone(intent, target)
    elif {"start", "end"} <= intent.base and _crowded(choice.lost, target):
        yield problems.NOT_TOGETHER.at(
            _place(intent, frozenset({"end"})),
            f"{target.id} takes no further references beside a first and a last frame",
            hint="describe them in words, or give up the last frame",
        )
    yield from _empty(intent, choice, target)


def _empty(intent: Intent, choice: Choice, target: Target) -> Iterator[Diagnostic]:
    """Yield where nothing is left to ask for."""
    unit = intent.unit
    if isinstance(unit, Edit) and "motion" in choice.lost and unit.motion and not unit.changes:
        moves = unit.motion.entity
        if moves.description is None:
            yield problems.NOT_TOGETHER.at(
                unit.motion.span,
                f"{target.id} takes one video: nothing is left of an EDIT that is a motion alone",
                hint=f'describe how @{moves.name} moves where it is declared, behind a ":"',
            )
    if isinstance(unit, Coverage) and "picture" in choice.lost and "prompt" not in intent.base:
        yield problems.INPUT_MISSING.at(
            unit.span,
            f"{block_name(unit)} gives {target.id} too little: it takes words here, no picture",
            hint=target.elsewhere.get("coverage")
            or f"targets that cover a picture: {_listed(target)}",
        )


def _listed(target: Target) -> str:
    return ", ".join(who_takes("coverage", frozenset({"images"}), target))


def _end_alone(intent: Intent, target: Target) -> Diagnostic:
    return problems.NEEDS_ALSO.at(
        _place(intent, frozenset({"end"})),
        f"{target.id} takes a last frame only beside a first frame",
        hint="add a first frame",
    )


def _takes(target: Target, kind: str, feature: str) -> bool:
    return any(t.block == kind and feature in t.takes for t in target.tasks.values())


def _crowded(lost: frozenset[str], target: Target) -> bool:
    """Whether references are lost that would be carried without the frames.

    An element is put into words instead; a picture has none to stand in.
    """
    wants = [want for want in ("image", "video", "audio") if f"want:{want}" in lost]
    return any(
        realise(want, task)
        for want in wants
        for task in target.tasks.values()
        if task.block == "shot"
    )


def _place(intent: Intent, features: frozenset[str]) -> Span:
    unit = intent.unit
    for name in ("end", "start", "motion"):
        frame = getattr(unit, name, None)
        if name in features and frame is not None:
            span: Span = frame.span
            return span
    return unit.span
