"""Reading the fields that name entities: frames, motion, sources, references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related
from promptlang.model import problems
from promptlang.model.entities import ELEMENT_KINDS, Mention, Run, Text
from promptlang.model.files import is_filmed
from promptlang.model.kinds import wrong_kind
from promptlang.model.names import shown
from promptlang.model.storyboard import Frame, Use
from promptlang.model.texts import Ruler, members, strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.model.entities import Entity
    from promptlang.model.reading import Reader
    from promptlang.source import Span

_EDGE = re.compile(r"(?:the\s+)?(?:(?:first|last)\s+frame|end|start)\s+of\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|&)\s+", re.IGNORECASE)
_FOR = re.compile(r"\s*for\s+", re.IGNORECASE)
_AS = re.compile(r"\s*as\s+", re.IGNORECASE)

PICTURE_KINDS = frozenset({*ELEMENT_KINDS, "image", "style"})
"""Kinds that have a picture."""


def frame(key: str, text: Text, reader: Reader) -> Frame | None:
    """Return the first or last frame a ``start`` or ``end`` line names."""
    ruler = Ruler(strip(text))
    match = _EDGE.match(ruler.plain)
    named = ruler.cut(match.end() if match else 0, len(ruler.plain))
    mention = _only(named)
    if named.has_lost():
        reader.expect(named, "image" if match is None else "video")
        return None
    if mention is None:
        reader.report(
            problems.BAD_FRAME.at(
                text.span,
                f'{shown(ruler.plain)} is no frame, allowed are a picture\'s "@name", '
                '"end of @name" and "start of @name"',
                hint=f"declare the picture, then write {key}: @name",
            )
        )
        return None
    entity = mention.entity
    if match is None:
        return _picture(key, entity, mention.span, reader)
    if entity.kind != "video" and not is_filmed(entity):
        reader.report(wrong_kind(entity, mention.span, "a video", ("output", "video")))
        return None
    word = match.group().casefold()
    return Frame(entity, ruler.text.span, "end" if "end" in word or "last" in word else "start")


def motion(text: Text, reader: Reader) -> Frame | None:
    """Return the video whose camera movement is followed."""
    mention = _only(strip(text))
    if text.has_lost():
        reader.expect(text, "video")
        return None
    if mention is None:
        reader.report(
            problems.BAD_REFERENCE.at(
                text.span,
                f'{shown(text.plain)} is no video to follow, allowed is one "@name"',
                hint='declare the video and write motion: @name, or say the move with "camera"',
            )
        )
        return None
    if not _is_video(mention.entity):
        reader.report(wrong_kind(mention.entity, mention.span, "a video", ("output", "video")))
        return None
    return Frame(mention.entity, mention.span)


def using(text: Text, reader: Reader) -> Iterator[Use]:
    """Yield the references of a ``using`` line with their roles."""
    for member in members(text):
        yield from _uses(member, reader)


def is_source(entity: Entity, span: Span, reader: Reader) -> bool:
    """Whether an EDIT or ANGLE may work on an entity; report it if not."""
    if _is_video(entity):
        return True
    reader.report(wrong_kind(entity, span, "a source", ("output", "video")))
    return False


def has_picture(entity: Entity, span: Span, reader: Reader) -> bool:
    """Whether a COVERAGE may start from an entity; report it if not."""
    if entity.origin == "output" or (entity.kind in PICTURE_KINDS and not is_filmed(entity)):
        return True
    if entity.kind in PICTURE_KINDS:
        reader.report(
            problems.BAD_REFERENCE.at(
                span,
                f'"@{entity.name}" is made of a video, allowed is what has a picture',
                hint="declare a frame of the video as an image, and cover that",
                related=[Related("declared here", entity.span)],
            )
        )
        return False
    reader.report(wrong_kind(entity, span, "a picture", tuple(PICTURE_KINDS)))
    return False


def _is_video(entity: Entity) -> bool:
    return entity.kind == "video"


def _picture(key: str, entity: Entity, span: Span, reader: Reader) -> Frame | None:
    filmed = is_filmed(entity)
    if (entity.kind in PICTURE_KINDS and not filmed) or (
        entity.origin == "output" and entity.stills
    ):
        return Frame(entity, span)
    if entity.kind != "video" and not filmed:
        reader.report(wrong_kind(entity, span, "a frame", tuple(PICTURE_KINDS)))
        return None
    edge = "end" if key == "start" else "start"
    reader.report(
        problems.BAD_FRAME.at(
            span,
            f'"@{entity.name}" is {"made of " if filmed else ""}a video, allowed are a picture, '
            f'"end of @{entity.name}" and "start of @{entity.name}"',
            hint="say which frame of the video is meant",
            fixes=[
                Fix(f'write "{word} of"', [Edit(span.part(0, 0), f"{word} of ")], safe=False)
                for word in (edge, "start" if edge == "end" else "end")
            ],
        )
    )
    return None


def _only(text: Text) -> Mention | None:
    """Return the mention a text consists of."""
    if len(text.parts) == 1 and isinstance(text.parts[0], Mention):
        return text.parts[0]
    return None


def _uses(member: Text, reader: Reader) -> Iterator[Use]:
    if member.has_lost():
        return
    ruler = Ruler(member)
    parts = member.parts
    place = 0
    while isinstance(part := parts[place], Mention):
        if not _and_another(parts, place + 1):
            yield Use(part.entity, _role(ruler, ruler.end_of(place), reader), part.span)
            return
        yield Use(part.entity, None, part.span)
        place += 2
    reader.report(
        problems.BAD_REFERENCE.at(
            member.span,
            f'{shown(member.plain)} is no reference, allowed is "@name" or "@name for its role"',
            hint="begin each member with @, and part them with commas",
        )
    )


def _and_another(parts: tuple[Run | Mention, ...], place: int) -> bool:
    """Whether *and @name* comes next."""
    if place + 1 >= len(parts) or not isinstance(parts[place + 1], Mention):
        return False
    between = parts[place]
    return isinstance(between, Run) and _AND.fullmatch(between.text) is not None


def _role(ruler: Ruler, at: int, reader: Reader) -> Text | None:
    rest = ruler.strip(at, len(ruler.plain))
    if not rest:
        return None
    match = _FOR.match(ruler.plain, at)
    if match is not None:
        return ruler.strip(match.end(), len(ruler.plain)) or None
    instead = _AS.match(ruler.plain, at)
    role = rest if instead is None else ruler.strip(instead.end(), len(ruler.plain))
    if instead is None:
        fix = Fix('insert "for"', [Edit(rest.span.part(0, 0), "for ")])
    else:
        fix = Fix('write "for"', [Edit(rest.span.part(0, len("as")), "for")])
    reader.report(
        problems.BAD_REFERENCE.at(
            rest.span,
            f'{shown(rest.plain)} says no role, allowed is "for …"',
            hint=f"write for {role.plain[:40]}",
            fixes=[fix],
        )
    )
    return None
