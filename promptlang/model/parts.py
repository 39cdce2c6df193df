"""Everything a block says, part by part: what a request must carry or report as lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.entities import Mention, Text
from promptlang.model.storyboard import (
    CASCADE,
    Angle,
    Coverage,
    Edit,
    Frame,
    Shot,
    Speech,
    Use,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.model.storyboard import Unit
    from promptlang.source import Span

Part = tuple[str, Text | Value | Frame | Use | Mention, "Span"]
"""The name of a part, what it says, and where it stands."""

SETTINGS = ("aspect", "resolution", "cfg", "seed", "audio", "takes")
"""Generation settings in the order they are enumerated."""


def parts(unit: Unit) -> Iterator[Part]:
    """Yield every part of a block, in the order a reader meets them.

    The names are ``source``, ``image``, ``seconds``, ``transition``, ``setting``, ``place``,
    ``time``, ``camera``, ``prose``, ``words``, ``speaker``, ``manner``, ``language``, ``super``,
    ``request``, ``change``, ``keep``, the names of `CASCADE`, ``negative``, ``start``, ``end``,
    ``motion``, ``using``, the names of `SETTINGS`, and ``field`` for a provider field. Notes and
    the target are not among them: they are for people and for the compiler.
    """
    yield from _heading(unit)
    for camera in unit.camera:
        yield "camera", camera.text, camera.span
    yield from _body(unit)
    if isinstance(unit, Angle) and unit.request is not None:
        yield "request", unit.request, unit.request.span
    if isinstance(unit, Edit):
        for change in unit.changes:
            yield "change", change.text, change.span
    if isinstance(unit, Edit | Angle) and unit.keep is not None:
        for kept in unit.keep.parts:
            yield "keep", kept, kept.span
    for name in CASCADE:
        for line in unit.texts[name]:
            yield name, line, line.span
    for line in unit.negative:
        yield "negative", line, line.span
    yield from _references(unit)
    yield from _settings(unit)


def _heading(unit: Unit) -> Iterator[Part]:
    if isinstance(unit, Edit | Angle):
        source = unit.source
        yield "source", Mention(source, source.name, unit.source_span), unit.source_span
    if isinstance(unit, Coverage) and unit.image is not None and unit.image_span is not None:
        image = unit.image
        yield "image", Mention(image, image.name, unit.image_span), unit.image_span
    if unit.seconds is not None:
        yield "seconds", unit.seconds, unit.seconds.span
    if isinstance(unit, Shot) and unit.transition is not None:
        yield "transition", unit.transition.text, unit.transition.span
    scene = unit.setting
    if scene is None:
        return
    if scene.setting:
        yield "setting", Value(scene.setting, scene.span), scene.span
    for name, text in (("place", scene.place), ("time", scene.time)):
        if text is not None:
            yield name, text, text.span


def _body(unit: Unit) -> Iterator[Part]:
    for item in unit.body:
        if isinstance(item, Text):
            yield "prose", item, item.span
        elif isinstance(item, Speech):
            yield from _speech(item)
        else:
            yield "super", item.words, item.span


def _speech(speech: Speech) -> Iterator[Part]:
    speaker = speech.speaker
    if speaker is not None:
        where = speech.speaker_span
        yield "speaker", Mention(speaker, speaker.name, where), where
    if speech.manner is not None:
        yield "manner", speech.manner, speech.manner.span
    if speech.language is not None:
        yield "language", speech.language, speech.language.span
    yield "words", speech.words, speech.words.span


def _references(unit: Unit) -> Iterator[Part]:
    if isinstance(unit, Shot | Coverage):
        for name, frame in (("start", unit.start), ("end", unit.end)):
            if frame is not None:
                yield name, frame, frame.span
    if unit.motion is not None:
        yield "motion", unit.motion, unit.motion.span
    for use in unit.using:
        yield "using", use, use.span


def _settings(unit: Unit) -> Iterator[Part]:
    for name in SETTINGS:
        value = getattr(unit.settings, name)
        if value is not None:
            yield name, value, value.span
    for field in unit.settings.fields.values():
        yield "field", field, field.span
