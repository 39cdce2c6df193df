"""Taking in what a script declares: entities, outputs, and what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Related, did_you_mean
from promptlang.model import problems
from promptlang.model.entities import KINDS, Asset, Entity
from promptlang.model.kinds import wrong_kind
from promptlang.model.names import fold, listed, nearest, shown
from promptlang.model.reading import Ledger, Reader
from promptlang.source import Span
from promptlang.syntax import ast, durations
from promptlang.syntax.places import Spanner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.includes import File
    from promptlang.source import Source


def declare(files: Sequence[File], ledger: Ledger) -> None:
    """Take in every name of a script and of the files it includes."""
    described: list[tuple[Entity, ast.Declaration, Reader]] = []
    for file in files:
        for reader, line in _lines(file, ledger):
            if isinstance(line, ast.Declaration):
                described.append((_declaration(line, reader), line, reader))
            elif isinstance(line, ast.Heading | ast.SceneHeading):
                assert line.output is not None  # a heading that names nothing is none of these
                span = _with_sign(reader.spanner.part(line, line.output))
                entity = Entity(line.output.text, "video", span, origin="output")
                entity.stills = isinstance(line, ast.CoverageHeading)
                ledger.report(ledger.symbols.declare(entity))
            elif isinstance(line, ast.Junk):
                _break(line, ledger)
    # Descriptions may mention names that are declared further down.
    for entity, line, reader in described:
        _details(entity, line, reader)


def bind_assets(assets: Mapping[str, Sequence[str]], ledger: Ledger, source: Source) -> None:
    """Replace the files of entities by those given from outside."""
    entities = ledger.symbols.entities
    for name, locations in assets.items():
        entity = entities.get(fold(name.removeprefix("@")))
        if entity is None or entity.origin == "output":
            ledger.report(_unbound(name, entity, ledger, source))
            continue
        given = [locations] if isinstance(locations, str) else list(locations)
        before = entity.assets if len(entity.assets) == len(given) else ()
        entity.assets = tuple(
            Asset(
                location,
                entity.span,
                since=before[place].since if before else None,
                until=before[place].until if before else None,
            )
            for place, location in enumerate(given)
        )


def _unbound(name: str, entity: Entity | None, ledger: Ledger, source: Source) -> Diagnostic:
    """Return why a file cannot be bound to a name."""
    start = Span(source, 0, 0)
    if entity is not None:
        return problems.ASSET_WITHOUT_NAME.at(
            start,
            f'a file is given for "{entity.name}", but a block of the script makes it',
            hint="declare the file as a video, and remove the block that makes it",
            related=[Related("made here", entity.span)],
        )
    known = [e.name for e in ledger.symbols.entities.values() if e.origin != "output"]
    meant = nearest(name, known)
    return problems.ASSET_WITHOUT_NAME.at(
        start,
        f'a file is given for "{name}", but the script '
        + (f"names only {listed(known)}" if known else "declares no name"),
        hint=did_you_mean(meant) or "declare the name in the script or leave the file out",
    )


def _lines(file: File, ledger: Ledger) -> Iterator[tuple[Reader, ast.Line]]:
    folder = None if file.folder is None else str(file.folder)
    script = file.script
    for place, line in file.rare:
        # The blocks of an included file are an error of their own and give nothing.
        if file.parent is None or script.blocks[place].kind == "header":
            yield Reader(ledger, Spanner(script.source, script.starts[place]), folder), line


def _declaration(line: ast.Declaration, reader: Reader) -> Entity:
    kind = line.element_kind.text.casefold()
    span = _with_sign(reader.spanner.part(line, line.name))
    # An unknown kind was reported by the parser.
    entity = Entity(line.name.text, kind if kind in KINDS else "element", span)
    reader.report(reader.ledger.symbols.declare(entity))
    return entity


def _details(entity: Entity, line: ast.Declaration, reader: Reader) -> None:
    entity.assets = tuple(_asset(file, line, reader) for file in line.files)
    if line.description is not None:
        entity.description = reader.text(line, line.description) or None
    if isinstance(line.voice, ast.Quoted):
        entity.voice = reader.text(line, line.voice.text).plain
    elif line.voice is not None:
        bound = reader.ref(line, line.voice, "voice")
        if bound is None:
            return
        voice, span = bound
        if voice.kind in {"voice", "audio"}:
            entity.voice = voice
        else:
            reader.report(wrong_kind(voice, span, "a voice", ("audio", "voice")))


def _asset(file: ast.File, line: ast.Declaration, reader: Reader) -> Asset:
    location = reader.text(line, file.path.text).plain
    since = _point(file.since, line, reader)
    until = _point(file.until, line, reader)
    span = reader.spanner.part(line, file)
    if since is not None and until is not None and since >= until:
        # A parameter decides it; what is written out the parser has checked.
        reader.report(
            problems.BAD_VALUE.at(
                reader.spanner.at(line, file.path.end, file.end),
                f"the stretch ends at {until:f}s, allowed is an end after its start, {since:f}s",
                hint="write the earlier time first, as in 0:00-0:10",
            )
        )
        since = until = None
    return Asset(location, span, since=since, until=until, folder=reader.folder)


def _point(written: ast.Duration | None, line: ast.Line, reader: Reader) -> Decimal | None:
    if written is None or written.seconds is not None:
        return None if written is None else written.seconds
    text = reader.text(line, written.text)
    if not reader.filled(written.text):
        return None
    point = durations.read_time(text.plain.strip())
    if point is None:
        reader.report(
            problems.BAD_VALUE.at(
                text.span,
                f"{shown(text.plain)} is no time, allowed is a place in the video",
                hint="write it as 0:10 or 10s",
            )
        )
    return point


def _with_sign(span: Span) -> Span:
    """The place of a declared name together with the ``@`` in front of it."""
    before = span.source.text[span.start - 1 : span.start]
    return Span(span.source, span.start - 1, span.end) if before in {"@", "＠"} else span


def _break(line: ast.Junk, ledger: Ledger) -> None:
    """Remember the names of a line that could not be read, so that no use of them is reported."""
    broken = ledger.parameters.broken if line.meant == "parameter" else ledger.symbols.broken
    broken.update((fold(name), name) for name in line.names)
