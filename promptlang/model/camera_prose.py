"""Camera words outside their place: moves told in prose, transitions among the terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, Severity
from promptlang.model import problems
from promptlang.model.names import shown
from promptlang.model.texts import Ruler
from promptlang.vocabulary.conflicts import conflicts_between
from promptlang.vocabulary.phrases import find_terms
from promptlang.vocabulary.terms import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.model.entities import Text
    from promptlang.model.reading import Reader
    from promptlang.model.storyboard import Camera
    from promptlang.source import Span
    from promptlang.syntax import ast

_LENGTH = re.compile(r"[ \t]*\([0-9][^()\r\n]*\)")
_RULES = frozenset({"static-with-move", "static-with-carried", "opposite-moves", "slow-with-fast"})
"""Rules that hold for prose too: a second size or angle there may be where a move ends."""


def check_prose(cameras: Sequence[Camera], prose: Sequence[Text], reader: Reader) -> None:
    """Warn where prose tells a move that the terms of the block exclude."""
    if not cameras:
        return
    for text in prose:
        if tells_of_camera(text.plain):
            _check(cameras, text, reader)


def tells_of_camera(plain: str) -> bool:
    """Whether prose may be about the camera or the speed of the picture; no other is searched."""
    folded = plain.casefold()
    return "camera" in folded or "motion" in folded


def _check(cameras: Sequence[Camera], text: Text, reader: Reader) -> None:
    told = [Phrase(start, end, terms=(term,)) for term, start, end in find_terms(text.plain)]
    if not told:
        return
    spans = {id(camera.phrase): camera.span for camera in cameras}
    for rule, one, other in conflicts_between([*(c.phrase for c in cameras), *told]):
        if rule.name not in _RULES or id(one) not in spans or id(other) in spans:
            continue
        here = Ruler(text).place(other.start, other.end)
        there = spans[id(one)]
        reader.report(
            problems.CAMERA_CONFLICT.at(
                here,
                f"{shown(there.text)} and {shown(here.text)} exclude each other: {rule.says}",
                hint="keep one of the two",
                related=[Related("the term of the block", there)],
                severity=Severity.WARNING,
            )
        )


def check_terms(
    cameras: Sequence[Camera], terms: Text, heading: ast.Heading, reader: Reader
) -> None:
    """Warn of a transition among the terms of a SHOT; the fix gives it its own line.

    Args:
        cameras: The phrases of the heading.
        terms: The text they were read from.
        heading: The heading.
        reader: Where to report.
    """
    for place, camera in enumerate(cameras):
        known = camera.phrase.terms
        if len(known) != 1 or known[0].category != "transition":
            continue
        asked, gap = camera.span.text, _gap(cameras, place, terms)
        if length := _LENGTH.match(gap.source.text, gap.end):
            asked, gap = asked + length[0], gap.part(0, length.end() - gap.start)
        line = reader.spanner.at(heading, 0, 0)
        moved = [Edit(line, f"> {asked}\n"), Edit(gap, "")]
        reader.report(
            problems.TRANSITION_AMONG_TERMS.at(
                camera.span,
                f"{shown(camera.span.text)} is a transition among camera terms",
                hint="write it on a line of its own above the heading, after >",
                fixes=[Fix("give it a line of its own", moved, safe=False)],
            )
        )


def _gap(cameras: Sequence[Camera], place: int, terms: Text) -> Span:
    """Return a phrase together with what parts it from its neighbours."""
    here = cameras[place].span
    if place > 0:
        before = cameras[place - 1].span
        return here.part(before.end - here.start, here.end - here.start)
    if len(cameras) > 1:
        return here.part(0, cameras[1].span.start - here.start)
    text, start = here.source.text, terms.span.start
    while text[start - 1] in " \t:：":
        start -= 1
    return here.part(start - here.start, terms.span.end - here.start)
