"""Building the blocks of the storyboard."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from promptlang.diagnostics import Edit as TextEdit
from promptlang.diagnostics import Fix, Related
from promptlang.model import camera, edits, frames, problems, speech, values
from promptlang.model.camera_prose import check_prose, tells_of_camera
from promptlang.model.cascade import Level, nothing_to_clear
from promptlang.model.names import fold
from promptlang.model.storyboard import (
    Angle,
    Coverage,
    Edit,
    Scene,
    Shot,
    Speech,
    Unit,
    Value,
)
from promptlang.syntax import ast
from promptlang.syntax.places import Spanner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from promptlang.model.cascade import State
    from promptlang.model.entities import Entity, Text
    from promptlang.model.reading import Reader
    from promptlang.source import Span

    Taken = tuple[int, ast.Heading, ast.Text]
    """Where a label stands: the offset of its block, its line, and the label."""


class Body:
    """The lines of one block, read in order.

    Attributes:
        unit: The block they belong to.
        level: Its cascading lines.
        prose: Its prose with the line each text stands on.
        junk: Whether it has lines that could not be read, which may have said what seems missing.
        keep: Its ``keep`` lines.
        said: What is said in it.
        shared: Lines that every block would need, were an EDIT split into several.
        stated: The single fields it has, whether or not they could be read.
    """

    __slots__ = (
        "_pasting",
        "junk",
        "keep",
        "level",
        "prose",
        "reader",
        "said",
        "shared",
        "stated",
        "unit",
    )

    def __init__(self, unit: Unit, reader: Reader) -> None:
        self.unit = unit
        self.reader = reader
        self.level = Level("block")
        self.prose: list[tuple[Text, ast.Line]] = []
        self.junk = False
        self.keep: list[Text] = []
        self.shared: list[ast.Line] = []
        self.stated: set[str] = set()
        self._pasting = isinstance(unit, _OF_SOURCE)
        self.said: list[Speech] = []

    def head(self, heading: ast.EditHeading) -> None:
        """Read the change behind the colon of an EDIT."""
        if heading.terms is not None:
            self._pasted_names(words=True)
            self._prose(self.reader.text(heading, heading.terms), heading)

    def take(self, lines: Iterable[ast.Line]) -> None:
        """Read lines; what does not belong into a block was reported by the parser."""
        readers = _READERS
        for line in lines:
            read = readers.get(type(line))
            if read is not None:
                if self._pasting:
                    self._of_source(line)
                read(self, line)

    def _take_prose(self, line: ast.Prose) -> None:
        self._prose(self.reader.text(line, line.body), line)

    def _take_dialogue(self, line: ast.Dialogue) -> None:
        self._speech(speech.dialogue(line, self.reader, None))

    def _take_provider_field(self, line: ast.ProviderField) -> None:
        self.level.take(line, self.reader)

    def _take_junk(self, _: ast.Junk) -> None:
        self.junk = True

    def _speech(self, said: Speech | None) -> None:
        if said is not None:
            self.said.append(said)
            self.unit.body.append(said)

    def _of_source(self, line: ast.Line) -> None:
        """See to what a line means in a block that works on a video."""
        key = line.key.text if isinstance(line, ast.Field) else ""
        self._pasted_names(words=isinstance(line, ast.Prose) or key in {"action", "keep"})
        if key in _SHARED or isinstance(line, ast.ProviderField):
            self.shared.append(line)

    def _pasted_names(self, *, words: bool) -> None:
        """See that ``@Video1`` means the source in sentences, and there only."""
        unit = self.unit
        self.reader.source = unit.source if words and isinstance(unit, _OF_SOURCE) else None

    def _prose(self, text: Text, line: ast.Line) -> None:
        if text.plain.strip():
            self.prose.append((text, line))
            if self.unit.kind != "edit":
                self.unit.body.append(text)

    def _take_field(self, line: ast.Field) -> None:
        reader, unit, key = self.reader, self.unit, line.key.text
        if self.level.take(line, reader):
            return
        if key == "note":
            unit.notes.append(reader.literal(line, line.value))
        elif key != "keep" and line.value.raw.strip().casefold() == "none":
            nothing_to_clear(key, reader.spanner.part(line, line.value), reader.ledger)
        elif key == "super":
            seen = speech.on_screen(line, reader)
            if seen is not None:
                unit.body.append(seen)
        elif key == "voiceover":
            self._speech(speech.voiceover(line, reader, None))
        elif key in _READ_AS_TEXT:
            text = reader.text(line, line.value)
            if text.plain.strip():
                self._text(key, text, line)

    def _text(self, key: str, text: Text, line: ast.Field) -> None:
        unit, reader = self.unit, self.reader
        if key == "action":
            self._prose(text, line)
        elif key == "camera":
            unit.camera += camera.terms(text, reader)
        elif key == "using":
            unit.using += frames.using(text, reader)
        elif key == "keep":
            self.keep.append(text)
        elif key not in self.stated:
            # That it is stated twice was reported by the parser; the first one holds.
            self.stated.add(key)
            if not reader.filled(line.value):
                return
            if key == "motion" and not isinstance(unit, Coverage):
                unit.motion = frames.motion(text, reader)
            elif key in {"start", "end"} and isinstance(unit, Shot | Coverage):
                setattr(unit, key, frames.frame(key, text, reader))


# A union is made anew wherever it is written out.
_OF_SOURCE = (Edit, Angle)

# Blank lines and comments say nothing.
_READERS: dict[type[ast.Line], Callable[[Body, Any], None]] = {
    ast.Dialogue: Body._take_dialogue,
    ast.Field: Body._take_field,
    ast.Junk: Body._take_junk,
    ast.Prose: Body._take_prose,
    ast.ProviderField: Body._take_provider_field,
}
_SHARED = frozenset({"audio", "cfg", "keep", "negative", "seed", "takes", "target"})
_READ_AS_TEXT = frozenset({"action", "camera", "end", "keep", "motion", "start", "using"})


def fill(unit: Unit, body: Body, state: State, scene: Scene | None) -> None:
    """Give a block what it inherits and what its lines say."""
    unit.scene = scene
    ledger = body.reader.ledger
    own = (state.bare() if isinstance(unit, _OF_SOURCE) else state).lower(body.level, ledger)
    unit.texts = own.texts
    unit.negative = own.negative
    unit.settings = own.settings
    unit.setting = own.heading
    if unit.seconds is None and not isinstance(unit, Edit):
        # The length of an EDIT is that of its source, which no header can know.
        unit.seconds = own.duration
    for said in body.said:
        said.language = said.language or own.settings.language
    if unit.camera:
        camera.compare(unit.camera, body.reader)


def head(unit: Unit, heading: ast.Heading, reader: Reader, output: Entity | None) -> None:
    """Read the label, duration, output and terms of a heading."""
    unit.output = output
    if heading.duration is not None:
        unit.seconds = _seconds(heading.duration, heading, reader)
    # Behind the colon of an EDIT stands a change, which is read with the lines of the block.
    if heading.terms is not None and not isinstance(heading, ast.EditHeading):
        terms = reader.text(heading, heading.terms)
        shot = heading if isinstance(heading, ast.ShotHeading) else None
        unit.camera += camera.terms(terms, reader, shot)


def label(heading: ast.Heading, reader: Reader, taken: dict[str, Taken]) -> str | None:
    """Return the label of a heading; report it if another block has it."""
    written = heading.label
    if written is None:
        return None
    name = written.raw.strip()
    if written.marks:
        name = reader.text(heading, written).plain.strip()
        if not reader.filled(written):
            return name or None
    if not name:
        return None
    place = reader.spanner.start, heading, written
    before = taken.setdefault(fold(name), place)
    if before is not place:
        first = Spanner(reader.spanner.source, before[0]).part(*before[1:])
        reader.report(
            problems.LABEL_TWICE.at(
                reader.spanner.part(heading, written),
                f'the label "{name}" is taken',
                hint="give one of the two blocks another label",
                related=[Related("first used here", first)],
            )
        )
    return name


def _seconds(written: ast.Duration, heading: ast.Heading, reader: Reader) -> Value | None:
    spanner = reader.spanner
    base = spanner.start + heading.at
    place = spanner.source, base + written.start, base + written.end
    if written.seconds is not None:
        return Value(written.seconds, place)
    text = reader.text(heading, written.text)
    if not reader.filled(written.text):
        return None
    value = values.read("duration", text)
    if isinstance(value, Value):
        return Value(value.value, place)
    reader.report(value)
    return None


def finish_edit(unit: Edit, body: Body, heading: ast.EditHeading) -> None:
    """Read what an EDIT changes and keeps."""
    draft = edits.Draft(body.reader)
    spanner = body.reader.spanner
    for text, line in body.prose:
        place = text if line is heading else (spanner.source, spanner.start, line)
        draft.line(text, place, line)
    unit.changes = draft.changes
    unit.keep = edits.keep(body.keep, draft.kept)
    edits.check_keep(unit.keep, unit.changes, body.reader)
    if not unit.changes and "motion" not in body.stated and not body.junk:
        body.reader.report(
            problems.EDIT_WITHOUT_CHANGE.at(
                unit.span,
                'this EDIT changes nothing, a change or a "motion" line is needed',
                hint="write a line such as change the background to …",
            )
        )
    edits.check_length(unit, body.reader)
    if len(draft.steps) > 1:
        edits.check_single(draft.steps, body.reader, _chain(heading, draft.steps, body))


def finish_angle(unit: Angle, body: Body) -> None:
    """Read what an ANGLE asks for and keeps."""
    unit.keep = edits.keep_the_same(body.keep)
    for text, _ in body.prose[:1]:
        unit.request = edits.request(text, unit.source)
        if unit.request is not None:
            unit.body.remove(text)
    if unit.keep is None and not any("keep" in text.plain.casefold() for text, _ in body.prose):
        body.reader.report(
            problems.ANGLE_WITHOUT_KEEP.at(
                unit.span,
                'this ANGLE does not say what stays, as a "keep" line would',
                hint="write a line such as keep: lighting, camera style",
            )
        )


def finish_shot(unit: Shot, body: Body) -> None:
    """See that a SHOT says something, and that it is no edit."""
    if not (unit.camera or unit.body or body.junk) and _silent(unit):
        body.reader.report(
            problems.EMPTY_SHOT.at(
                unit.span,
                "this SHOT says nothing, a camera term or a line of prose is needed",
                hint="describe what is seen below the heading",
            )
        )
    prose = [text for text, _ in body.prose if _may_be_misplaced(text.plain)]
    if not prose:
        return
    check_prose(unit.camera, prose, body.reader)
    for text in prose:
        if edits.looks_like_edit(text.plain):
            body.reader.report(
                problems.EDIT_IN_SHOT.at(
                    text.span,
                    "this reads as an edit, but a SHOT makes a new picture",
                    hint="write EDIT @source with this line below it, "
                    "or begin the sentence with its subject",
                )
            )


@lru_cache(maxsize=2048)
def _may_be_misplaced(plain: str) -> bool:
    """Whether prose of a SHOT may be camera work or an edit, which belong elsewhere."""
    # A script is read again after every change of one of its lines.
    return tells_of_camera(plain) or edits.looks_like_edit(plain)


def _silent(unit: Shot) -> bool:
    """Whether a SHOT without terms and prose has nothing else to show either."""
    frames = unit.using or unit.start or unit.end or unit.motion
    return not frames and unit.setting is None and not any(unit.texts.values())


def finish_coverage(unit: Coverage, body: Body) -> None:
    """See that a COVERAGE has something to start from."""
    if unit.image is None and not body.prose and not body.junk:
        body.reader.report(
            problems.COVERAGE_WITHOUT_SUBJECT.at(
                unit.span,
                "this COVERAGE has nothing to show, a picture or a line of prose is needed",
                hint="write COVERAGE OF @picture, or describe the subject below the heading",
            )
        )


def _chain(heading: ast.EditHeading, steps: list[edits.Step], body: Body) -> Fix | None:
    """Return the fix that makes several changes a chain of EDIT blocks."""
    if len(steps) < 2 or len(heading.sources) != 1:
        return None
    # What a parameter brought in cannot be parted in the text.
    if any(step.joint is not None and not _parts(step.joint) for step in steps):
        return None
    reader = body.reader
    symbols = reader.ledger.symbols
    names = symbols.free_names("step", len(steps) - 1)
    last = "" if heading.output is None else f" AS @{heading.output.text}"
    end = "\r\n" if "\r\n" in reader.spanner.source.text else "\n"
    kept = "".join(f"  {line.text.strip()}{end}" for line in body.shared)
    if heading.output is not None:
        place = reader.spanner.part(heading, heading.output)
        changes = [TextEdit(place, names[0])]
    else:
        place = reader.spanner.part(heading, heading.sources[-1])
        changes = [TextEdit(place.part(len(place.text), len(place.text)), f" AS @{names[0]}")]
    for number, step in enumerate(steps[1:]):
        following = f" AS @{names[number + 1]}" if number + 1 < len(names) else last
        text = f"{end}EDIT @{names[number]}{following}{end}{kept}"
        if step.joint is None:
            changes.append(TextEdit(reader.spanner.at(step.line, 0, 0), text))
        else:
            changes.append(TextEdit(step.joint, f"{end}{text}  "))
    return Fix("make a chain of EDIT blocks", changes, safe=False)


def _parts(joint: Span) -> bool:
    """Whether a stretch of the script is what stands between two changes."""
    return joint.text.strip(", ").casefold() in {"", "and", "then", "and then"}
