"""Going through the blocks of a script in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Related, removal
from promptlang.model import camera, problems, units
from promptlang.model.cascade import Level, State
from promptlang.model.frames import has_picture, is_source
from promptlang.model.names import fold, shown
from promptlang.model.reading import Ledger, Reader
from promptlang.model.scenes import scene
from promptlang.model.storyboard import (
    Angle,
    Coverage,
    Edit,
    Scene,
    Shot,
    Storyboard,
    Unit,
)
from promptlang.syntax import ast
from promptlang.syntax.places import Spanner

if TYPE_CHECKING:
    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Entity
    from promptlang.model.includes import File
    from promptlang.source import Span

_WORDS = {"angle": "an ANGLE", "coverage": "a COVERAGE", "edit": "an EDIT"}


class Director:
    """Goes through the blocks in order and builds the storyboard."""

    __slots__ = (
        "_header",
        "_labels",
        "_ledger",
        "_number",
        "_pending",
        "_scene",
        "_state",
        "_storyboard",
    )

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._storyboard = Storyboard()
        self._header = State()
        self._state = self._header
        self._scene: Scene | None = None
        self._pending: camera.Arrival | None = None
        self._labels: dict[str, Span] = {}
        self._number = 0

    def film(self, files: list[File]) -> Storyboard:
        """Return the storyboard of a script and the files it includes."""
        for file in files[:-1]:
            self._included(file)
        main = files[-1]
        folder = _folder(main)
        source, starts = main.script.source, main.script.starts
        transitions: dict[int, list[ast.Transition]] = {}
        for place, line in main.rare:
            if isinstance(line, ast.Transition):
                transitions.setdefault(place, []).append(line)
        reader = Reader(self._ledger, Spanner(source, 0), folder)
        for place, block in enumerate(main.script.blocks):
            reader.turn_to(starts[place])
            if block.kind == "header":
                self._read_header(block, reader)
            elif block.kind == "scene":
                self._read_scene(block, reader)
            else:
                self._read_unit(block, reader)
            for line in transitions.get(place, ()):
                self._transition(line, reader)
        self._close()
        return self._storyboard

    def _included(self, file: File) -> None:
        """Take the header of an included file; its blocks are an error."""
        source, starts = file.script.source, file.script.starts
        for block, start in zip(file.script.blocks, starts, strict=True):
            reader = Reader(self._ledger, Spanner(source, start), _folder(file))
            if block.kind == "header":
                self._read_header(block, reader)
            else:
                heading = reader.spanner.line(block.lines[0])
                self._ledger.report(
                    problems.INCLUDED_BLOCK.at(
                        heading,
                        f"{shown(heading.text)} is a block in an included file, allowed are "
                        "declarations, parameters, settings and header fields",
                        hint="move the block to the script that includes the file",
                        related=[Related("included here", file.span)] if file.span else [],
                    )
                )

    def _read_header(self, block: ast.Block, reader: Reader) -> None:
        level = Level("header")
        for line in block.lines:
            if isinstance(line, ast.Field) and line.key.text == "note":
                self._storyboard.notes.append(reader.literal(line, line.value))
            elif isinstance(line, ast.Field) and line.key.text == "include":
                # The path was read before; here its parameters count as used.
                reader.text(line, line.value)
            else:
                level.take(line, reader)
        # Plain lines of an including file add to those of the files it includes.
        self._header = self._header.lower(level, self._ledger, include=True)
        self._state = self._header
        title = level.settings.get("title")
        self._storyboard.title = title or self._storyboard.title
        self._storyboard.targets = self._header.settings.targets

    def _read_scene(self, block: ast.Block, reader: Reader) -> None:
        heading = block.lines[0]
        level = Level("scene")
        self._scene = None
        if isinstance(heading, ast.SceneHeading):
            output = self._output(heading.output, reader, heading)
            number = len(self._storyboard.scenes) + 1
            self._scene = scene(number, heading, reader, output)
            self._storyboard.scenes.append(self._scene)
        for line in block.lines[1:]:
            if isinstance(line, ast.Prose):
                text = reader.text(line, line.body)
                if text.plain.strip():
                    level.add_prose(text)
            elif isinstance(line, ast.Field) and line.key.text == "note":
                if self._scene is not None:
                    self._scene.notes.append(reader.literal(line, line.value))
            else:
                level.take(line, reader)
        self._state = self._header.under(self._scene).lower(level, self._ledger)

    def _read_unit(self, block: ast.Block, reader: Reader) -> None:
        self._number += 1
        heading = block.lines[0]
        if isinstance(heading, ast.ShotHeading):
            self._read_shot(block, heading, reader)
            return
        made = self._units(block.kind, heading, reader)
        self._arrive(block.kind, None, heading, reader)
        # A heading that cannot be read still has lines whose mistakes are worth telling.
        spare = [] if made else [Shot(self._number, None, reader.spanner.line(heading))]
        self._storyboard.broken += spare
        bodies = [self._body(unit, block, reader) for unit in [*made, *spare]]
        for unit, body in zip(made, bodies, strict=False):
            self._finish(unit, body, heading)
        self._storyboard.units += made

    def _read_shot(self, block: ast.Block, heading: ast.ShotHeading, reader: Reader) -> None:
        label = units.label(heading, reader, self._labels)
        state = self._state
        span = reader.spanner.line(heading)
        shot = Shot(self._number, label, span, state.settings, state.texts)
        if self._pending is not None:
            self._arrive(block.kind, shot, heading, reader)
        units.finish_shot(shot, self._body(shot, block, reader))
        self._storyboard.units.append(shot)

    def _body(self, unit: Unit, block: ast.Block, reader: Reader) -> units.Body:
        """Give a block what its heading, its lines and what they inherit say."""
        heading = block.lines[0]
        body = units.Body(unit, reader)
        if isinstance(heading, ast.Heading):
            units.head(unit, heading, reader, self._output(heading.output, reader, heading))
            if isinstance(heading, ast.EditHeading):
                body.head(heading)
        body.take(block.lines[1:])
        units.fill(unit, body, self._state, self._scene)
        return body

    def _units(self, kind: str, heading: ast.Line, reader: Reader) -> list[Unit]:
        span = reader.spanner.line(heading)
        if not isinstance(heading, ast.Heading):
            return []
        label = units.label(heading, reader, self._labels)
        number = self._number
        if isinstance(heading, ast.EditHeading):
            found = [self._source(ref, heading, reader) for ref in heading.sources]
            if heading.output is not None and len(heading.sources) > 1:
                reader.report(_shared_output(heading, heading.output, reader))
            state = self._state.bare()
            return [
                Edit(number, label, span, *pair, state.settings, state.texts)
                for pair in found
                if pair is not None
            ]
        if isinstance(heading, ast.AngleHeading):
            pair = self._source(heading.source, heading, reader)
            return [] if pair is None else [Angle(number, label, span, *pair)]
        assert isinstance(heading, ast.CoverageHeading), kind
        if heading.image is None:
            return [Coverage(number, label, span)]
        bound = reader.ref(heading, heading.image, "image")
        if bound is None or not has_picture(*bound, reader):
            return []
        return [Coverage(number, label, span, *bound)]

    def _source(
        self, ref: ast.Ref, heading: ast.Heading, reader: Reader
    ) -> tuple[Entity, Span] | None:
        bound = reader.ref(heading, ref, "video")
        return bound if bound is not None and is_source(*bound, reader) else None

    def _output(self, written: ast.Word | None, reader: Reader, line: ast.Line) -> Entity | None:
        """Return the entity of ``AS @name``; None where the name is somebody else's."""
        if written is None:
            return None
        entity = self._ledger.symbols.entities.get(fold(written.text))
        if entity is None or entity.origin != "output":
            return None
        start = reader.spanner.part(line, written).start
        return entity if entity.span.start <= start < entity.span.end else None

    def _finish(self, unit: Unit, body: units.Body, heading: ast.Line) -> None:
        if isinstance(heading, ast.EditHeading):
            assert isinstance(unit, Edit)
            units.finish_edit(unit, body, heading)
        elif isinstance(unit, Angle):
            units.finish_angle(unit, body)
        else:
            assert isinstance(unit, Coverage)
            units.finish_coverage(unit, body)

    def _transition(self, line: ast.Transition, reader: Reader) -> None:
        arrival = camera.transition(line, reader)
        if arrival is None:
            return
        if self._pending is not None:
            self._ledger.report(arrival.doubt(None, opens=False))
            self._ledger.report(camera.second(arrival, self._pending))
            return
        self._pending = arrival

    def _arrive(self, kind: str, shot: Shot | None, heading: ast.Line, reader: Reader) -> None:
        """Give a waiting transition to the block that begins."""
        arrival = self._pending
        if arrival is None:
            return
        self._pending = None
        if kind != "shot":
            self._ledger.report(
                _lost_transition(arrival.span, kind, reader.spanner.line(heading), "before")
            )
            return
        place = opens = None
        if isinstance(heading, ast.ShotHeading):
            place, opens = _place_of_terms(heading, reader)
        self._ledger.report(arrival.doubt(place, opens=bool(opens)))
        if shot is not None:
            shot.transition = arrival.link

    def _close(self) -> None:
        if self._pending is None:
            return
        arrival = self._pending
        self._ledger.report(arrival.doubt(None, opens=False))
        made = self._storyboard.units
        if made and not isinstance(made[-1], Shot):
            self._ledger.report(
                _lost_transition(arrival.span, made[-1].kind, made[-1].span, "after")
            )
        else:
            self._storyboard.closing = arrival.link


def _folder(file: File) -> str | None:
    return None if file.folder is None else str(file.folder)


def _place_of_terms(heading: ast.ShotHeading, reader: Reader) -> tuple[Span, bool]:
    """Return where a heading takes a further term in front, and whether it has none yet."""
    if heading.terms is not None:
        return reader.spanner.part(heading, heading.terms).part(0, 0), False
    end = len(heading.text) if heading.comment is None else heading.comment.start
    end = len(heading.text[:end].rstrip())
    return reader.spanner.at(heading, end, end), True


def _shared_output(heading: ast.EditHeading, output: ast.Word, reader: Reader) -> Diagnostic:
    return problems.SHARED_OUTPUT.at(
        reader.spanner.part(heading, output),
        f'"@{output.text}" would name {len(heading.sources)} outputs, one a name is allowed',
        hint="write one EDIT for each source",
    )


def _lost_transition(span: Span, kind: str, heading: Span, side: str) -> Diagnostic:
    word = _WORDS[kind]
    return problems.LOST_TRANSITION.at(
        span,
        f"{shown(span.text)} comes {side} {word} and is left out, allowed is before a SHOT "
        "and after the last one",
        hint="remove it, or move it to the SHOT it belongs to",
        fixes=[removal(span)],
        related=[Related("the block next to it", heading)],
    )
