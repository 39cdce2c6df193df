"""The files of a plan against the limits of their tasks, before anybody pays."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.diagnostics import Diagnostic, Related, ordered
from promptlang.model.media import MediaFacts, MediaProblem, look
from promptlang.model.symbols import declaration
from promptlang.plan import problems
from promptlang.plan.intents import VIDEO_ENDINGS
from promptlang.plan.measures import measured, named_format, shape_of_source, wanted_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Problem
    from promptlang.model.storyboard import Asset, Entity, Storyboard
    from promptlang.plan.generation import Generation, Plan, Slot
    from promptlang.source import Span

SCHEMES = ("https", "http", "data")
"""How addresses may begin."""

_SAME_SHAPE = Decimal("0.01")


def check_media(plan: Plan, storyboard: Storyboard, folder: str | Path | None) -> list[Diagnostic]:
    """Return what is wrong with the files of a plan; local ones are looked at if they exist.

    Args:
        plan: The generations of one target.
        storyboard: The script they come from.
        folder: Where relative paths start that name no folder themselves; with None and no such
            folder, files are judged by their names.
    """
    return _Check(plan, folder).run()


class _Check:
    __slots__ = ("_folder", "_found", "_missing", "_plan", "_seen", "_sent", "_unlooked")

    def __init__(self, plan: Plan, folder: str | Path | None) -> None:
        self._plan = plan
        self._folder = folder
        self._found: list[Diagnostic] = []
        self._seen: dict[str, MediaFacts | MediaProblem] = {}
        self._sent: set[tuple[object, ...]] = set()
        self._missing: dict[str, Span] = {}
        self._unlooked: dict[str, Span] = {}

    def run(self) -> list[Diagnostic]:
        alike: set[int] = set()
        for generation in self._plan.generations:
            # Requests that are alike share their slots.
            if generation.take > 1 or id(generation.slots) in alike:
                continue
            alike.add(id(generation.slots))
            for slot in generation.slots:
                # What is said of a file follows from how it is sent, whoever sends it.
                way = id(slot.entity), slot.form, slot.edge, slot.source, generation.task.key
                if way not in self._sent:
                    self._sent.add(way)
                    self._slot(slot, generation)
            self._found += self._frames(generation)
        if self._missing:
            self._found.append(self._absent())
        if self._unlooked:
            self._found.append(self._skipped())
        return ordered(self._found)

    def _slot(self, slot: Slot, generation: Generation) -> None:
        entity = slot.entity
        if slot.form in {"described", "voice"} or entity.origin == "output":
            return
        if not entity.assets:
            self._found.append(_unbound(entity))
            return
        for asset in _sent(slot):
            if asset.form == "element":
                continue
            film = slot.form == "video" or asset.extension in VIDEO_ENDINGS
            kind = "video" if film else "picture"
            if slot.form == "audio" or slot.edge:
                kind = ""  # a sound has no limits here; a frame of a video is taken out first
            self._asset(asset, kind, slot, generation)

    def _asset(self, asset: Asset, kind: str, slot: Slot, generation: Generation) -> None:
        if asset.form == "url":
            scheme = asset.location.split(":", 1)[0].casefold()
            if scheme not in SCHEMES:
                self._add(
                    problems.ADDRESS_REFUSED,
                    asset.span,
                    f'"{scheme}:" is no way to a file: an address begins with https:// or http://',
                )
            elif kind and not asset.location.startswith("data:"):
                self._name(asset, kind, generation)
            return
        looked = self._look(asset)
        if isinstance(looked, MediaFacts):
            if kind:
                self._facts(looked, asset, kind, slot, generation)
            return
        if kind:
            self._name(asset, kind, generation)
        if looked is not None:
            self._unseen(looked, asset, kind, generation)

    def _look(self, asset: Asset) -> MediaFacts | MediaProblem | None:
        folder = asset.folder if asset.folder is not None else self._folder
        if folder is None and not _is_absolute(asset.location):
            return None
        path = str(Path(folder or "", asset.location))
        if path not in self._seen:
            self._seen[path] = look(path)
        return self._seen[path]

    def _unseen(
        self, looked: MediaProblem, asset: Asset, kind: str, generation: Generation
    ) -> None:
        if looked.kind == "missing":
            self._missing.setdefault(asset.location, asset.span)
        elif looked.kind == "skipped":
            self._unlooked.setdefault(asset.location, asset.span)
            if looked.bytes is not None and kind:
                self._found += measured(f"{kind}-bytes", Decimal(looked.bytes), asset, generation)
        elif kind:
            self._add(
                problems.FILE_UNREADABLE,
                asset.span,
                f'"{asset.location}" cannot be read as a {kind}: {looked.reason}',
                hint="export it again",
            )

    def _facts(
        self, facts: MediaFacts, asset: Asset, kind: str, slot: Slot, generation: Generation
    ) -> None:
        if facts.kind != kind:
            self._add(
                problems.FILE_UNREADABLE,
                asset.span,
                f'"{asset.location}" is a {facts.kind}, and a {kind} is needed here',
            )
            return
        self._found += named_format(facts.format, asset, kind, generation)
        self._found += measured(f"{kind}-bytes", Decimal(facts.bytes), asset, generation)
        sides = sorted((facts.width, facts.height))
        self._found += measured(
            f"{kind}-side", Decimal(sides[0]), asset, generation, other=Decimal(sides[1])
        )
        self._found += measured(f"{kind}-aspect", facts.aspect, asset, generation)
        if slot.source and kind == "video":
            self._found += shape_of_source(facts.aspect, asset, generation)
        if slot.entity.kind in {"character", "creature"} and kind == "picture":
            self._found += measured("character-side", Decimal(sides[0]), asset, generation)
        if facts.rate is not None:
            self._found += measured("video-rate", facts.rate, asset, generation)
        if facts.seconds is not None:
            self._stretch(facts.seconds, asset, generation)

    def _stretch(self, seconds: Decimal, asset: Asset, generation: Generation) -> None:
        until = asset.until
        if (until or asset.since or Decimal(0)) > seconds:
            self._add(
                problems.STRETCH_BEYOND_END,
                asset.span,
                f'"{asset.location}" ends at {_clock(seconds)}, and its stretch goes on to '
                f"{_clock(until or asset.since or seconds)}",
                hint="shorten the stretch",
            )
        elif until is None:  # a stated stretch is judged without the file
            length = seconds - (asset.since or Decimal(0))
            self._found += measured("video-seconds", length, asset, generation)

    def _name(self, asset: Asset, kind: str, generation: Generation) -> None:
        """Judge a file that is not there, or not to be looked at, by the ending of its name."""
        if asset.extension:
            self._found += wanted_format(asset.extension, asset, kind, generation)

    def _frames(self, generation: Generation) -> Iterator[Diagnostic]:
        shapes: dict[str, tuple[MediaFacts, Asset]] = {}
        for slot in generation.slots:
            if slot.frame and not slot.edge and slot.entity.assets:
                looked = self._look(slot.entity.assets[0])
                if isinstance(looked, MediaFacts) and slot.entity.assets[0].form == "file":
                    shapes[slot.frame] = looked, slot.entity.assets[0]
        if len(shapes) == 2:
            (first, _), (last, asset) = shapes["start"], shapes["end"]
            if abs(first.aspect / last.aspect - 1) > _SAME_SHAPE:
                yield problems.FRAMES_DIFFER.at(
                    asset.span,
                    f"the first frame is {first.width}×{first.height} and the last one "
                    f"{last.width}×{last.height}: they differ in shape",
                    hint="crop one to the shape of the other",
                )

    def _absent(self) -> Diagnostic:
        """Say once which files are missing: a script may be written before its pictures exist."""
        by_place = sorted(self._missing.items(), key=lambda item: (item[1].path, item[1].start))
        (name, first), *others = by_place
        message = f'"{name}" is not there yet'
        if others:
            shown = ", ".join(f'"{name}"' for name, _ in by_place[:3])
            more = f" and {len(by_place) - 3} more" if len(by_place) > 3 else ""
            message = f"{len(by_place)} files are not there yet: {shown}{more}"
        return problems.FILE_MISSING.at(
            first,
            message,
            hint="add what is missing, or name others when you compile: --asset NAME=FILE",
            related=[Related(f'"{name}"', span) for name, span in others],
        )

    def _skipped(self) -> Diagnostic:
        count = len(self._unlooked)
        first = min(self._unlooked.values(), key=lambda span: (span.path, span.start))
        return problems.MEDIA_UNCHECKED.at(
            first,
            f"{count} file{'s were' if count > 1 else ' was'} not looked at: the checks of "
            "pictures and videos are an extra",
            hint='install it: pip install "promptlang-shot[media]"',
        )

    def _add(self, problem: Problem, span: Span, message: str, hint: str | None = None) -> None:
        self._found.append(problem.at(span, message, hint=hint))


def _is_absolute(location: str) -> bool:
    # Nearly every path is relative, which its letters show without taking it apart.
    rooted = location.startswith(("/", "\\")) or ":" in location
    return rooted and Path(location).is_absolute()


def _sent(slot: Slot) -> Iterable[Asset]:
    """Return the files of an entity that go into the payload for a slot."""
    if slot.form == "element":
        return slot.entity.assets
    return [*slot.entity.assets[:1], *slot.further]


def _unbound(entity: Entity) -> Diagnostic:
    return problems.ASSET_UNBOUND.at(
        entity.span,
        f'"@{entity.name}" has no file yet: the payload says $attach:{entity.name}',
        hint=f"declare it with a file, or bind one when you compile: --asset {entity.name}=FILE",
        fixes=[declaration(entity)] if entity.origin == "attached" else (),
    )


def _clock(seconds: Decimal) -> str:
    minutes, rest = divmod(seconds, 60)
    text = f"{rest:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    whole = text.split(".", 1)[0]
    return f"{int(minutes)}:{'0' if len(whole) < 2 else ''}{text}"
