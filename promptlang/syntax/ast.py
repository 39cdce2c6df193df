"""The syntax tree of a script: what was written, line by line, with exact places.

`Script` → `Block` → `Line` → parts. Places are kept so that an untouched block can be used again
after an edit elsewhere: a part's ``start`` and ``end`` count from the start of its line, a line's
``at`` from the start of its block, and `Script.starts` says where each block stands. All count
code points. `Script.span` puts the three together.

Nothing is lost: the texts of all lines, joined, are the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from promptlang.diagnostics import ordered
from promptlang.syntax.parts import Duration as Duration
from promptlang.syntax.parts import Escape as Escape
from promptlang.syntax.parts import File as File
from promptlang.syntax.parts import Param as Param
from promptlang.syntax.parts import Part as Part
from promptlang.syntax.parts import Quoted as Quoted
from promptlang.syntax.parts import Ref as Ref
from promptlang.syntax.parts import Text as Text
from promptlang.syntax.parts import Word as Word
from promptlang.syntax.parts import meaning_of, parts_of
from promptlang.syntax.places import Change as Change
from promptlang.syntax.places import Mend as Mend
from promptlang.syntax.places import Mistake as Mistake
from promptlang.syntax.places import Spanner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.source import Source, Span


class Line:
    """A line of a script.

    Attributes:
        at: Where it begins, counted from the start of its block.
        text: All of it, with its line end.
        comment: The trailing `` # …`` comment from its ``#``, or None.
    """

    __slots__ = ("at", "comment", "text")
    kind: ClassVar[str] = "line"

    def __init__(self, text: str) -> None:
        # Hot subclasses set the three themselves: a call up the chain costs as much as they do.
        self.at = 0
        self.text = text
        self.comment: Word | None = None

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the line in source order, outer before inner."""
        found = [part for name in self._fields() for part in parts_of(getattr(self, name))]
        # Sorting is stable, so a part that fills the one around it stays behind it.
        yield from sorted(found, key=lambda part: (part.start, -part.end))

    @classmethod
    def _fields(cls) -> tuple[str, ...]:
        return tuple(
            name
            for base in reversed(cls.__mro__)
            for name in base.__dict__.get("__slots__", ())
            if name not in {"at", "text"}
        )

    def meaning(self) -> tuple[object, ...]:
        """Return what it says, as something to compare: no places, no layout."""
        return (self.kind, *meaning_of(tuple(getattr(self, name) for name in self._fields())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Blank(Line):
    """A line without anything to read."""

    __slots__ = ()
    kind = "blank"


class Comment(Line):
    """A line that begins with ``#``; the words are in ``comment``."""

    __slots__ = ()
    kind = "comment"


class Declaration(Line):
    """``@Name = kind "file"…  voice …: description``."""

    __slots__ = ("description", "element_kind", "files", "name", "voice")
    kind = "declaration"

    def __init__(
        self,
        text: str,
        name: Word,
        element_kind: Word,
        files: tuple[File, ...] = (),
        voice: Ref | Quoted | None = None,
        description: Text | None = None,
    ) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.name = name
        self.element_kind = element_kind
        self.files = files
        self.voice = voice
        self.description = description


class Parameter(Line):
    """``{name} = "default"``; without a default the parameter is required."""

    __slots__ = ("default", "name")
    kind = "parameter"

    def __init__(self, text: str, name: Word, default: Quoted | None = None) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.name = name
        self.default = default


class Heading(Line):
    """The first line of a block.

    Attributes:
        label: What the crew calls the block, or None.
        duration: ``(4s)``, or None; the span is that of the text between the brackets.
        output: The name behind ``AS @``, or None.
        terms: What stands behind the colon, or None.
    """

    __slots__ = ("duration", "label", "output", "terms")

    def __init__(self, text: str) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.label: Text | None = None
        self.duration: Duration | None = None
        self.output: Word | None = None
        self.terms: Text | None = None


class ShotHeading(Heading):
    """``SHOT [label] [(duration)] [AS @name] [: camera terms]``."""

    __slots__ = ()
    kind = "shot"


class EditHeading(Heading):
    """``EDIT @source[, @source …] [(duration)] [AS @name]``, perhaps with ``: change …``."""

    __slots__ = ("sources",)
    kind = "edit"

    def __init__(self, text: str, sources: tuple[Ref, ...] = ()) -> None:
        super().__init__(text)
        self.sources = sources


class AngleHeading(Heading):
    """``ANGLE ON @source [label] [(duration)] [AS @name] [: camera terms]``."""

    __slots__ = ("source",)
    kind = "angle"

    def __init__(self, text: str, source: Ref) -> None:
        super().__init__(text)
        self.source = source


class CoverageHeading(Heading):
    """``COVERAGE [OF @image] [label] [(duration)] [AS @name] [: camera terms]``."""

    __slots__ = ("image",)
    kind = "coverage"

    def __init__(self, text: str, image: Ref | None = None) -> None:
        super().__init__(text)
        self.image = image


class SceneHeading(Line):
    """``INT. PLACE - TIME [AS @name]`` or ``SCENE: place - time [AS @name]``.

    Attributes:
        prefix: ``INT.``, ``EXT.``, ``INT./EXT.``, ``EST.`` or ``SCENE:`` in its canonical form.
        places: The parts between spaced dashes; which of them are times the vocabulary decides.
        output: The name behind ``AS @``, or None.
    """

    __slots__ = ("output", "places", "prefix")
    kind = "scene"

    def __init__(
        self, text: str, prefix: Word, places: tuple[Text, ...], output: Word | None = None
    ) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.prefix = prefix
        self.places = places
        self.output = output


class Transition(Line):
    """``> dissolve (1s)``. ``quoted`` is set where the whole body is quoted and passes as it is."""

    __slots__ = ("body", "quoted")
    kind = "transition"

    def __init__(self, text: str, body: Text, *, quoted: bool = False) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.body = body
        self.quoted = quoted

    def meaning(self) -> tuple[object, ...]:
        """Return the term without its case, unless it is quoted."""
        said = self.body.meaning()
        if not self.quoted:
            said = tuple(x.lower() if isinstance(x, str) else x for x in said)
        return self.kind, self.quoted, said, meaning_of((self.comment,))


class Dialogue(Line):
    """``@Name (manner): "speech"``."""

    __slots__ = ("manner", "speaker", "speech")
    kind = "dialogue"

    def __init__(self, text: str, speaker: Ref, manner: Text | None, speech: Quoted) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.speaker = speaker
        self.manner = manner
        self.speech = speech


class Field(Line):
    """``key: value`` or ``+ key: value``.

    Attributes:
        key: The key in its canonical lower-case spelling.
        add: Whether a ``+`` stands before it.
        manner: The bracket of ``voiceover (whispering): "…"``, or None.
        value: Everything behind the colon, without blanks around it; may be empty.
    """

    __slots__ = ("add", "key", "manner", "value")
    kind = "field"

    def __init__(
        self, text: str, key: Word, value: Text, *, add: bool = False, manner: Text | None = None
    ) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.key = key
        self.value = value
        self.add = add
        self.manner = manner


class ProviderField(Line):
    """``<provider>.<field>: value``; ``path`` is the field with its dots, spelt as written."""

    __slots__ = ("path", "provider", "value")
    kind = "provider field"

    def __init__(self, text: str, provider: Word, path: Word, value: Text) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.provider = provider
        self.path = path
        self.value = value


class Prose(Line):
    r"""A line of prose; in an EDIT a change. ``escaped`` where the line begins with ``\``."""

    __slots__ = ("body", "escaped")
    kind = "prose"

    def __init__(self, text: str, body: Text, *, escaped: bool = False) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.body = body
        self.escaped = escaped


class Junk(Line):
    """A line whose beginning says what it is and whose inside does not fit.

    Attributes:
        meant: The kind it was meant to be (``shot``, ``declaration``, …), which keeps the block
            structure: junk that was meant as a heading begins a block, and what follows belongs
            to that block.
        names: The names it would evidently have made known (a declared one, the one behind
            ``AS @``), so that their uses elsewhere are not reported for the same mistake again.
    """

    __slots__ = ("meant", "names")
    kind = "junk"

    def __init__(self, text: str, meant: str, names: tuple[str, ...] = ()) -> None:
        self.at = 0
        self.text = text
        self.comment = None
        self.meant = meant
        self.names = names

    def meaning(self) -> tuple[object, ...]:
        """Return the text: nobody knows more about junk."""
        return self.kind, self.text.strip()


class Block:
    """A heading with the lines up to the next heading; the first block has no heading.

    Blocks do not know where they stand, so the same block serves several versions of a text.

    Attributes:
        kind: ``header``, ``scene``, ``shot``, ``edit``, ``angle`` or ``coverage``.
        lines: All its lines, the heading first.
        mistakes: What is wrong in it, seen by itself.
        size: Its length in code points.
    """

    # What is known of a block is kept beside it for as long as it lives.
    __slots__ = ("__weakref__", "kind", "lines", "mistakes", "size")

    def __init__(
        self, kind: str, lines: tuple[Line, ...], mistakes: tuple[Mistake, ...], size: int
    ) -> None:
        self.kind = kind
        self.lines = lines
        self.mistakes = mistakes
        self.size = size

    @property
    def text(self) -> str:
        """The text of the block."""
        return "".join(line.text for line in self.lines)

    def __repr__(self) -> str:
        return f"Block({self.kind}, {len(self.lines)} lines)"


class Script:
    """A parsed script.

    Attributes:
        source: The text and its path.
        blocks: The header block and one block a heading.
        starts: The offset in the source at which each block begins.
    """

    __slots__ = ("_extra", "blocks", "source", "starts")

    def __init__(
        self,
        source: Source,
        blocks: tuple[Block, ...],
        starts: tuple[int, ...],
        extra: tuple[Diagnostic, ...] = (),
    ) -> None:
        self.source = source
        self.blocks = blocks
        self.starts = starts
        self._extra = extra

    @property
    def oversized(self) -> bool:
        """Whether the text as a whole was refused or cut, so that its blocks are not all of it."""
        return bool(self._extra)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What the text itself gets wrong, in order; names and meaning are not looked at."""
        found = list(self._extra)
        for block, start in zip(self.blocks, self.starts, strict=True):
            if block.mistakes:
                spanner = Spanner(self.source, start, self.end_of_header)
                found += [mistake.at(spanner) for mistake in block.mistakes]
        return ordered(found)

    @property
    def end_of_header(self) -> int:
        """The place behind the last line of the header that says anything."""
        header = self.blocks[0]
        said = [line for line in header.lines if line.kind not in {"blank", "comment"}]
        # A comment above a heading is about what the heading begins.
        last = said[-1] if said and header.kind == "header" else None
        return 0 if last is None else last.at + len(last.text)

    def span(self, block: int, line: Line, part: Part | None = None) -> Span:
        """Return the absolute place of a line (without its line end) or of a part of it."""
        spanner = Spanner(self.source, self.starts[block])
        return spanner.line(line) if part is None else spanner.part(line, part)

    def walk(self) -> Iterator[tuple[Line | Part, Span]]:
        """Yield every line and every part of it with its absolute place, in source order."""
        for block, start in zip(self.blocks, self.starts, strict=True):
            spanner = Spanner(self.source, start)
            for line in block.lines:
                yield line, spanner.line(line)
                for part in line.parts():
                    yield part, spanner.part(line, part)

    def meaning(self) -> list[tuple[object, ...]]:
        """Return what its lines say in order, blank lines and layout aside."""
        said: list[tuple[object, ...]] = []
        for block in self.blocks:
            for line in block.lines:
                if isinstance(line, EditHeading) and line.terms is not None:
                    # ``EDIT @x: change …`` says what two lines say.
                    change = Prose(line.terms.raw, line.terms)
                    heading = EditHeading(line.text, line.sources)
                    heading.duration, heading.output = line.duration, line.output
                    heading.comment = line.comment
                    said += [heading.meaning(), change.meaning()]
                elif line.kind != "blank":
                    said.append(line.meaning())
        return said

    def same(self, other: Script) -> bool:
        """Whether another script says the same, blank lines and layout aside."""
        return self.meaning() == other.meaning()

    def __repr__(self) -> str:
        return f"Script({self.source.path!r}, {len(self.blocks)} blocks)"
