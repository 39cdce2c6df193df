"""Resolving camera terms, transitions and times of day with the vocabulary."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, Severity, did_you_mean, removal
from promptlang.model import problems, values
from promptlang.model.camera_prose import check_terms
from promptlang.model.names import listed, shown
from promptlang.model.storyboard import Camera, Link
from promptlang.model.texts import Ruler, emitted
from promptlang.source import Span
from promptlang.vocabulary.conflicts import conflicts_between
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.phrases import read_terms, read_transition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Text
    from promptlang.model.reading import Reader
    from promptlang.syntax import ast
    from promptlang.vocabulary.conflicts import Found
    from promptlang.vocabulary.terms import Phrase, Term

_AIMS = tuple(
    f"{word} "
    for word in (
        "from", "to", "toward", "towards", "onto", "into", "past", "away",
        "alongside", "beside", "behind", "ahead", "in front",
    )
)  # fmt: skip
"""Words behind a move that say where it goes, or on which side of somebody."""

_UNSEEN = '@Name (O.S.): "…"'
_HEARD = {"voice-over": 'voiceover: "…"', "off-screen": _UNSEEN, "off-camera": _UNSEEN}
"""The lines of those words of sound that are said of speech."""

_SCENE = "where and when it takes place is said in a scene heading above"
_ELSEWHERE = {
    "sound": "what is heard takes a line of its own below",
    "place": _SCENE,
    "time-of-day": _SCENE,
}
"""What is said of words of the field that no camera does, by category."""


def terms(text: Text, reader: Reader, shot: ast.Heading | None = None) -> list[Camera]:
    """Return the camera phrases of a heading or a ``camera:`` line.

    Args:
        text: What is written.
        reader: Where to report.
        shot: The heading, where the text stands in that of a SHOT.
    """
    phrases = read_terms(text.plain)
    cameras = [Camera(phrase, text) for phrase in phrases]
    if _doubtful(phrases):
        ruler = Ruler(text)
        for phrase in phrases:
            for diagnostic in _doubts(phrase, ruler, reader):
                reader.report(diagnostic)
        if shot is not None:
            check_terms(cameras, text, shot, reader)
    return cameras


@lru_cache(maxsize=4096)
def _doubtful(phrases: tuple[Phrase, ...]) -> bool:
    """Whether there is something to say of any phrase by itself."""
    # Phrases are read once per distinct text, so equal lists share one answer.
    return any(
        phrase.unknown
        or _undirected(phrase) is not None
        or any(term.category == "transition" for term in phrase.terms)
        for phrase in phrases
    )


class Arrival:
    """A transition on its way to the shot it leads into.

    Attributes:
        link: What it asks for.
        span: Its line.
        tail: A camera phrase behind it, or None.
        gap: What separates the phrase from the transition.
    """

    __slots__ = ("gap", "link", "span", "tail")

    def __init__(self, link: Link, span: Span) -> None:
        self.link = link
        self.span = span
        self.tail: Text | None = None
        self.gap: Span = span

    def doubt(self, place: Span | None, *, opens: bool) -> Diagnostic | None:
        """Return what is wrong with a camera phrase behind the transition.

        Args:
            place: Where terms go in the heading of the shot, None where there is no shot.
            opens: Whether the heading has no terms yet.
        """
        if self.tail is None:
            return None
        phrase = self.tail.span.text
        fixes = []
        if place is not None:
            moved = Edit(place, f": {phrase}" if opens else f"{phrase}, ")
            fixes.append(Fix("move it to the shot", [Edit(self.gap, ""), moved]))
        return problems.CAMERA_AFTER_TRANSITION.at(
            self.tail.span,
            f'"{phrase}" says what the camera does, and is left out of the transition',
            hint="move it after the colon of the shot the transition leads into",
            fixes=fixes,
        )


def transition(line: ast.Transition, reader: Reader) -> Arrival | None:
    """Return what a transition line asks for, None where a parameter leaves nothing of it."""
    text = reader.text(line, line.body)
    if not text:
        return None
    span, whole = text.span, reader.spanner.line(line)
    if line.quoted:
        return Arrival(Link(None, values.unquoted(text), span), whole)
    ruler = Ruler(text)
    phrase, tail = read_transition(ruler.plain)
    if phrase.unknown or not phrase.terms:
        for start, end in phrase.unknown or ((phrase.start, phrase.end),):
            typed = ruler.strip(start, end)
            reader.report(_unknown_transition(typed, guess=reader.ledger.may_guess()))
    term = phrase.terms[0] if phrase.terms else None
    said = emitted(phrase, text)
    arrival = Arrival(Link(term, said, span), whole)
    if tail is not None:
        arrival.tail = ruler.strip(tail, len(ruler.plain), ",;:-–—")
        arrival.gap = Span(span.source, said.end, arrival.tail.end)
    return arrival


_JOINED: dict[tuple[str, ...], str] = {
    ("fade-out", "fade-in"): "fade-through-black",
    ("fade-to-white", "fade-from-white"): "fade-through-white",
}
"""The one transition that two in a row come to, where there is one."""


def second(arrival: Arrival, before: Arrival) -> Diagnostic:
    """Return the report of a second transition into one shot."""
    said = shown(arrival.span.text)
    related = [Related("the first transition", before.span)]
    links = (before.link, arrival.link)
    pair = tuple("" if link.term is None else link.term.id for link in links)
    joined = vocabulary().terms.get(_JOINED.get(pair, ""))
    fixes = [removal(arrival.span, "remove the second one")]
    hint = "keep the one that is meant"
    if joined is not None:
        hint = f"the two are one transition: > {joined.phrase}"
        # A length or a camera phrase behind one of them has no place in the new one.
        bare = all(link.term and link.text.plain == link.term.phrase for link in links)
        if bare and before.tail is None and arrival.tail is None:
            whole = [Edit(before.link.span, joined.phrase), *fixes[0].edits]
            fixes = [Fix(f'write "{joined.phrase}" for both', whole)]
    return problems.TWO_TRANSITIONS.at(
        arrival.span,
        f"{said} is a second transition into the same shot, one is allowed",
        hint=hint,
        related=related,
        fixes=fixes,
    )


_phrase_of = attrgetter("phrase")


def compare(cameras: list[Camera], reader: Reader) -> None:
    """Report phrases of one block that exclude each other or come to the same words."""
    if not _compatible(tuple(map(_phrase_of, cameras))):
        _contradictions(cameras, reader)
        _repetitions(cameras, reader)


@lru_cache(maxsize=4096)
def _compatible(phrases: tuple[Phrase, ...]) -> bool:
    """Whether phrases neither exclude each other nor repeat one another."""
    if len(phrases) == 1 and len(phrases[0].terms) < 2:
        return True
    different = len({phrase.text.casefold() for phrase in phrases}) == len(phrases)
    return different and not _clashes(phrases)


def _contradictions(cameras: list[Camera], reader: Reader) -> None:
    """Report terms of one block that exclude each other whatever the picture shows."""
    spans = {id(camera.phrase): camera.span for camera in cameras}
    told: set[tuple[int, int]] = set()
    for rule, one, other in _clashes(tuple(camera.phrase for camera in cameras)):
        if one is not other and (id(one), id(other)) in told:
            continue  # two phrases may exclude each other for several reasons; one will do
        told.add((id(one), id(other)))
        here, there = spans[id(other)], spans[id(one)]
        said = (
            f"{shown(there.text)} and {shown(here.text)}" if one is not other else shown(here.text)
        )
        reader.report(
            problems.CAMERA_CONFLICT.at(
                here,
                f"{said} exclude each other: {rule.says}"
                if one is not other
                else f"{said} contradicts itself: {rule.says}",
                hint=rule.fix,
                related=[Related("the other term", there)] if one is not other else [],
            )
        )


def _repetitions(cameras: list[Camera], reader: Reader) -> None:
    """Report phrases of one block that come to the same words as an earlier one."""
    first: dict[str, Camera] = {}
    for camera in cameras:
        said = camera.text.plain
        before = first.setdefault(said.casefold(), camera)
        if before is not camera:
            reader.report(
                problems.REPEATED_TERM.at(
                    camera.span,
                    f"{shown(camera.span.text)} asks for {shown(said)} again",
                    hint="leave one of the two out",
                    related=[Related("the first time", before.span)],
                    fixes=[_without(camera.span)],
                )
            )


def _without(span: Span) -> Fix:
    """Return the fix that removes a term with the comma before it, or with its line."""
    text = span.source.text
    start, end = span.start, span.end
    before = text[:start].rstrip(" \t")
    if before.endswith((",", "，")):
        whole = Span(span.source, len(before) - 1, end)
        return Fix("remove the repetition", [Edit(whole, "")])
    return removal(span, "remove the repetition", safe=True)


@lru_cache(maxsize=2048)
def _clashes(phrases: tuple[Phrase, ...]) -> tuple[Found, ...]:
    return tuple(
        found
        for found in conflicts_between(phrases)
        if found[0].decidable and found[0].severity is Severity.ERROR
    )


def _doubts(phrase: Phrase, ruler: Ruler, reader: Reader) -> Iterator[Diagnostic]:
    for start, end in phrase.unknown if phrase.terms else phrase.unknown[:1]:
        # Where nothing of a phrase is known, all of it is one mistake.
        whole = (start, end) if phrase.terms else (phrase.start, phrase.end)
        yield _unknown_term(ruler, phrase, *whole, guess=reader.ledger.may_guess())
    undirected = _undirected(phrase)
    if undirected is not None:
        ways = [way for way in undirected.ways if " " not in way]
        said = f"{undirected.phrase} {ways[0]}" if ways else "pan left"
        yield problems.UNDIRECTED_MOVE.at(
            ruler.place(phrase.start, phrase.end),
            f'"{undirected.phrase}" does not say which way the camera goes',
            hint=f"say which way ({listed(ways)}), as in {said}"
            if ways
            else "say from where, as in tracking alongside or tracking from behind",
        )


@lru_cache(maxsize=2048)
def _undirected(phrase: Phrase) -> Term | None:
    """Return the move of a phrase that says nowhere which way it goes, or None."""
    undirected = next((term for term in phrase.terms if term.undirected), None)
    return None if undirected is None or phrase.sequence or _aimed(phrase) else undirected


def _aimed(phrase: Phrase) -> bool:
    """Whether a phrase says where a move goes, by its way, its end or its side."""
    # A piece is a lone word before a ref, and a word with its noun elsewhere.
    return "direction" in phrase.modifiers or any(
        f"{piece.text} ".casefold().startswith(_AIMS) and not piece.ref for piece in phrase.pieces
    )


def _unknown_term(ruler: Ruler, phrase: Phrase, start: int, end: int, *, guess: bool) -> Diagnostic:
    typed = ruler.strip(start, end)
    around = ruler.plain[phrase.start : start], ruler.plain[end : phrase.end]
    meant = vocabulary().suggest(typed.plain, around=around) if guess else []
    fixes = []
    if meant:
        place = typed.span
        last = f" {meant[0].rsplit(' ', 1)[-1]}"
        if ruler.plain.casefold().startswith(last, end):
            # The unknown word is the first of two: "medum shot" becomes "medium shot".
            place = ruler.place(start, end + len(last))
        fixes.append(Fix(f'write "{meant[0]}"', [Edit(place, meant[0])], safe=False))
    hint = did_you_mean(meant)
    known = vocabulary().lookup(typed.plain, short=True)
    if known is not None and known.category in _ELSEWHERE:
        hint, fixes = f"{_ELSEWHERE[known.category]}: {_line_of(known)}", []
    return problems.UNKNOWN_TERM.at(
        typed.span,
        f"unknown camera term {shown(typed.plain)}, it is passed on as it is",
        hint=hint or "put it in quotes if it is meant, or describe it below the heading",
        fixes=fixes,
    )


def _line_of(known: Term) -> str:
    """Return the line that says what no camera does."""
    if known.category == "sound":
        return _HEARD.get(known.id, f"sound: {known.phrase}")
    return "INT. PLACE - NIGHT"


def _unknown_transition(typed: Text, *, guess: bool) -> Diagnostic:
    meant = vocabulary().suggest(typed.plain, ("transition",)) if guess else []
    fixes = [
        Fix(f'write "{phrase}"', [Edit(typed.span, phrase)], safe=False) for phrase in meant[:1]
    ]
    return problems.UNKNOWN_TRANSITION.at(
        typed.span,
        f"unknown transition {shown(typed.plain)}, it is passed on as it is",
        hint=did_you_mean(meant) or "put it in quotes if it is meant",
        fixes=fixes,
    )
