"""What a task cannot carry: settings, frames, references; each a loss with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Loss, Severity
from promptlang.model.storyboard import Angle, Coverage, Edit
from promptlang.plan import problems
from promptlang.plan.intents import pictures_of
from promptlang.plan.offers import in_resolution, with_sound
from promptlang.plan.references import carries_motion, no_room, voices_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlang.diagnostics import Diagnostic, Problem
    from promptlang.model.storyboard import Unit
    from promptlang.plan.generation import Slot
    from promptlang.plan.groups import Group
    from promptlang.plan.tasks import Choice
    from promptlang.providers.target import Target, Task
    from promptlang.source import Span

_SETTINGS = (
    ("cfg", problems.CFG_UNSUPPORTED),
    ("seed", problems.SEED_UNSUPPORTED),
)


def setting_losses(unit: Unit, task: Task, target: Target) -> Iterator[Diagnostic]:
    """Yield the settings of a block that its task does not take.

    The messages name no block, so that a setting of the header is reported once.
    """
    for name, problem in _SETTINGS:
        value = getattr(unit.settings, name)
        if value is not None and name not in task.takes:
            said = f"{value.value:f}" if name == "cfg" else str(value.value)
            yield _dropped(
                problem,
                value.span,
                f'{name} "{said}" is not sent: {target.id} has none',
                target.elsewhere.get(name),
            )
    size = unit.settings.resolution
    if size is not None and "resolution" not in task.takes:
        yield _dropped(
            problems.RESOLUTION_UNSUPPORTED,
            size.span,
            f'resolution "{size.value}" is not sent: {target.id} has none',
            in_resolution(target, task.block, str(size.value)),
        )
    audio = unit.settings.audio
    if audio is not None and audio.value and "audio" not in task.takes:
        yield _dropped(
            problems.AUDIO_UNSUPPORTED,
            audio.span,
            f"{target.id} makes no sound {_where(task)}".rstrip(),
            with_sound(target, task.block),
        )
    if unit.negative and "negative" not in task.takes:
        for text in unit.negative:
            yield _dropped(
                problems.NEGATIVE_UNSUPPORTED,
                text.span,
                f"what must not appear is not sent: {target.id} has no negative prompt",
                target.elsewhere.get("negative", "say in the prose what is wanted instead"),
            )
    if unit.settings.aspect is not None and "aspect" not in task.takes:
        yield _aspect(unit, task, target)
    if unit.seconds is not None and not isinstance(unit, Edit) and "duration" not in task.takes:
        yield _dropped(
            problems.DURATION_UNSUPPORTED,
            unit.seconds.span,
            f"the length is not sent: {target.id} chooses it itself",
            None,
        )


def _aspect(unit: Unit, task: Task, target: Target) -> Diagnostic:
    value = unit.settings.aspect
    assert value is not None
    follows = ""
    if isinstance(unit, (Edit, Angle)):
        follows = "an edited video keeps the shape of its source"
    elif follows_first_frame(unit, task):
        follows = "the shape follows the first frame"
    if follows:
        # nothing the writer wanted is lost as long as the pictures have that shape
        problem = problems.ASPECT_UNSUPPORTED.at(
            value.span,
            f'aspect "{value.value}" is not sent everywhere: {follows}',
            hint=f"see that they are {value.value}",
            severity=Severity.INFO,
        )
        return Loss("approximated", problem)
    return _dropped(
        problems.ASPECT_UNSUPPORTED,
        value.span,
        f'aspect "{value.value}" is not sent: {target.id} has none',
        None,
    )


def follows_first_frame(unit: Unit, task: Task) -> bool:
    """Whether the shape of what is made is that of a picture it begins with."""
    return "start" in task.takes and getattr(unit, "start", None) is not None


def reference_losses(group: Group, choice: Choice, target: Target) -> Iterator[Diagnostic]:
    """Yield the frames, videos, voices and references a generation cannot carry as they are."""
    task = choice.task
    if choice.lost:
        for intent in group.intents:
            yield from _frames(intent.unit, task, target)
    for slot in group.slots:
        if slot.form in {"described", "image", "video"}:
            yield from _slot(slot, group.slots, task, target)
    if "voices" not in task.takes:
        for voice in voices_of(group.intents):
            yield _dropped(
                problems.VOICE_UNSUPPORTED,
                voice.span,
                f'the voice of "@{voice.name}" is not sent: {target.id} chooses how one sounds',
                "say how the lines are spoken in their brackets",
            )


def _frames(unit: Unit, task: Task, target: Target) -> Iterator[Diagnostic]:
    for name, words in (("start", "first"), ("end", "last")):
        frame = getattr(unit, name, None)
        if frame is not None and name not in task.takes:
            yield _dropped(
                problems.FRAME_UNSUPPORTED,
                frame.span,
                f"the {words} frame is not sent: {target.id} takes none {_where(task)}".rstrip(),
                target.elsewhere.get("image-to-video"),
            )
    if unit.motion is not None and not carries_motion(task, unit):
        why = "takes one video, the source" if isinstance(unit, (Edit, Angle)) else "takes none"
        moves = unit.motion.entity
        said = moves.description is not None
        hint = f'say how @{moves.name} moves where it is declared, behind a ":"'
        yield Loss(
            "approximated" if said else "dropped",
            problems.MOTION_UNSUPPORTED.at(
                unit.motion.span,
                f"the motion reference is {'put into words' if said else 'not sent'}: "
                f"{target.id} {why}",
                hint=None if said else hint,
            ),
        )
    if isinstance(unit, Coverage) and unit.image and "images" not in task.takes:
        yield _dropped(
            problems.REFERENCE_UNSUPPORTED,
            unit.image_span or unit.span,
            f'"@{unit.image.name}" is not sent: {target.id} covers from words alone',
            target.elsewhere.get("coverage"),
        )


def _slot(slot: Slot, slots: Sequence[Slot], task: Task, target: Target) -> Iterator[Diagnostic]:
    entity = slot.entity
    if slot.form == "image" and not slot.frame:
        left_out = _left_out(slot, slots, task, target)
        if left_out is not None:
            yield left_out
            return
    if slot.source and slot.form == "image" and len(pictures_of(entity)) > 1:
        yield _as_picture(slot, task, target)
    if slot.frame or slot.source or slot.motion or slot.form == "voice":
        return
    if slot.form == "described":
        yield from _described(slot, task, target)
    elif entity.is_element and slot.form in {"image", "video"}:
        yield _as_picture(slot, task, target)


def _as_picture(slot: Slot, task: Task, target: Target) -> Diagnostic:
    entity = slot.entity
    count, sent = len(pictures_of(entity)), len(slot.further) + 1
    if "element-ids" in task.takes:
        why = f"{target.id} takes elements by the number it keeps them under"
    elif "elements" in task.takes and not slot.source:
        least = task.limit("element-pictures")
        count_of = f"{least.min} pictures or more" if least else "more pictures"
        why = f"an element of {target.id} has {count_of}"
    else:
        why = f"{target.id} takes no elements {_where(task)}".rstrip()
    of = f", the first of {count}" if count > sent else ""
    thing = f"one reference {_thing(slot.form)}"
    if sent > 1:
        thing = f"{sent} reference pictures"
        of = f", the first {sent} of {count}" if count > sent else ""
    return Loss(
        "approximated",
        problems.ELEMENT_AS_PICTURE.at(entity.span, f'"@{entity.name}" goes as {thing}{of}: {why}'),
    )


def _left_out(slot: Slot, slots: Sequence[Slot], task: Task, target: Target) -> Diagnostic | None:
    """Return the loss of pictures there was no room for; where one is all, it is no surprise."""
    entity = slot.entity
    pictures, sent = pictures_of(entity), len(slot.further) + 1
    limit = no_room(slots, task) if len(pictures) > sent else None
    if limit is None or limit.max is None or limit.max < 2:
        return None
    return _dropped(
        problems.PICTURES_LEFT_OUT,
        pictures[sent].span,
        f'{len(pictures) - sent} of {len(pictures)} pictures of "@{entity.name}" '
        f"{'is' if len(pictures) - sent == 1 else 'are'} left out: "
        f"{target.id} takes {limit.max:f} references in all {_where(task)}".rstrip(),
        "name the pictures that matter most first, or fewer of other elements",
    )


def _described(slot: Slot, task: Task, target: Target) -> Iterator[Diagnostic]:
    entity = slot.entity
    if slot.want == "words":
        if (entity.is_element or entity.kind == "style") and _takes_pictures(target, task):
            yield Loss(
                "approximated",
                problems.ELEMENT_WITHOUT_PICTURE.at(
                    entity.span,
                    f'"@{entity.name}" has no picture yet: it is put into words',
                    hint="name a file after its kind, or bind one when you compile: "
                    f"--asset {entity.name}=FILE",
                ),
            )
        return
    words = "prompt" in task.takes
    if words and (entity.is_element or entity.description is not None):
        yield Loss(
            "approximated",
            problems.ELEMENT_DESCRIBED.at(
                entity.span,
                f'"@{entity.name}" is put into words: {target.id} takes no such reference '
                f"{_where(task)}".rstrip(),
                hint=target.elsewhere.get("reference-to-video"),
            ),
        )
        return
    yield _dropped(
        problems.REFERENCE_UNSUPPORTED,
        entity.span,
        f'"@{entity.name}" is not sent: {target.id} takes no {entity.kind} {_where(task)}'.rstrip(),
        target.elsewhere.get("reference-to-video"),
    )


def _takes_pictures(target: Target, task: Task) -> bool:
    """Whether a picture would be of use: a task for this kind of block takes some."""
    return any(
        {"elements", "images"} & other.takes
        for other in target.tasks.values()
        if other.block == task.block
    )


def _thing(form: str) -> str:
    return "picture" if form == "image" else "video"


def _where(task: Task) -> str:
    """Return where in a target a task is, as far as that explains a loss."""
    return {
        "image-to-video": "beside a first frame",
        "edit": "in edits",
        "multi-cam": "in new angles",
        "coverage": "in coverage",
    }.get(task.name, "")


def _dropped(problem: Problem, span: Span, message: str, hint: str | None) -> Diagnostic:
    return Loss("dropped", problem.at(span, message, hint=hint))
