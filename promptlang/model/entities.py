"""What refs point at, and the texts that hold them.

Every piece of text still knows where in the script it stands. Everything here is plain data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from promptlang.source import Span
from promptlang.syntax.places import Spanner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from promptlang.source import Source
    from promptlang.syntax import ast

    Place: TypeAlias = "Span | Text | tuple[Source, int, int | ast.Line]"
    """A span, a text that stands there, the source and both offsets, or the source, the offset of
    a block and a line of it."""

ELEMENT_KINDS = (
    "character",
    "creature",
    "wardrobe",
    "prop",
    "vehicle",
    "place",
    "product",
    "element",
)
"""Kinds a provider may keep as an element: the first picture is the frontal one."""

FILE_KINDS = ("style", "image", "video", "audio", "voice")
"""Kinds that are a single thing to attach."""

KINDS = ELEMENT_KINDS + FILE_KINDS
"""Every kind a declaration may have."""


# Makes what a class would make of a `Span`, where there is none yet.
_new = object.__new__


class Located:
    """Something of which hardly anybody asks where it stands, so that it is worked out late."""

    __slots__ = ("_place",)
    _place: Place

    @property
    def span(self) -> Span:
        """Where it stands."""
        return spanned(self._place)


def spanned(place: Place) -> Span:
    """Return a place as a span."""
    if isinstance(place, Span):
        return place
    if isinstance(place, tuple):
        source, start, end = place
        if isinstance(end, int):
            return Span(source, start, end)
        return Spanner(source, start).line(end)
    return place.span


class Placed:
    """Something that stands in a script: ``source.text[start:end]``.

    There are far more of them than anybody asks the place of, so each keeps the numbers and makes
    a `Span` of them on demand.
    """

    __slots__ = ("end", "source", "start")
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.source, self.start, self.end)


class Run(Placed):
    """Words of a text, exactly as the writer wrote them (escapes and parameters filled in)."""

    __slots__ = ("text",)

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self.source = span.source
        self.start = span.start
        self.end = span.end

    @staticmethod
    def at(text: str, source: Source, start: int, end: int) -> Run:
        """Return words that stand from ``start`` to ``end``."""
        run = _new(Run)
        run.text = text
        run.source = source
        run.start = start
        run.end = end
        return run

    def __repr__(self) -> str:
        return f"Run({self.text!r})"


class Lost(Run):
    """A ref that points at nothing, as it is written; that is reported with the names."""

    __slots__ = ()


class Mention(Placed):
    """A ref in a text.

    Attributes:
        entity: What it points at.
        written: The name as the writer spelt it, without ``@``.
    """

    __slots__ = ("entity", "written")

    def __init__(self, entity: Entity, written: str, span: Span) -> None:
        self.entity = entity
        self.written = written
        self.source = span.source
        self.start = span.start
        self.end = span.end

    @staticmethod
    def at(entity: Entity, written: str, source: Source, start: int, end: int) -> Mention:
        """Return a ref that stands, with its ``@``, from ``start`` to ``end``."""
        mention = _new(Mention)
        mention.entity = entity
        mention.written = written
        mention.source = source
        mention.start = start
        mention.end = end
        return mention

    def __repr__(self) -> str:
        return f"Mention({self.entity.name})"


class Text(Placed):
    """A text: runs of words and mentions in order, with the place it stands at.

    Most texts are checked and never worded, so their parts are made when they are asked for.

    Attributes:
        entities: What it mentions, in order.
        plain: The text with refs spelt ``@Name``; for messages and checks, never for prompts.
        typed: Whether it is known that offsets in ``plain`` are offsets in the script.
    """

    __slots__ = ("_parts", "_written", "entities", "plain", "typed")

    def __init__(self, parts: tuple[Run | Mention, ...], span: Span) -> None:
        self._parts: tuple[Run | Mention, ...] | None = parts
        self._written: ast.Text | None = None
        self.entities = _entities(parts)
        self.plain = spelt(parts)
        self.typed = False
        self.source = span.source
        self.start = span.start
        self.end = span.end

    @staticmethod
    def at(
        parts: tuple[Run | Mention, ...], plain: str, source: Source, start: int, end: int
    ) -> Text:
        """Return what was typed from ``start`` to ``end``, of which every part is literal."""
        text = _new(Text)
        text._parts = parts
        text._written = None
        text.entities = _entities(parts)
        text.plain = plain
        text.typed = True
        text.source = source
        text.start = start
        text.end = end
        return text

    @staticmethod
    def bound(
        written: ast.Text, plain: str, entities: tuple[Entity, ...], source: Source, start: int
    ) -> Text:
        """Return what is written and stands at ``start``, all marks of which are refs.

        Args:
            written: The text in the tree.
            plain: Its words.
            entities: What each of its refs points at.
            source: The script.
            start: Where it begins there.
        """
        text = _new(Text)
        text._parts = None
        text._written = written
        text.entities = entities
        text.plain = plain
        text.typed = True
        text.source = source
        text.start = start
        text.end = start + len(plain)
        return text

    @property
    def parts(self) -> tuple[Run | Mention, ...]:
        """The runs and mentions."""
        if self._parts is None:
            self._parts = self._parted()
        return self._parts

    @property
    def is_words(self) -> bool:
        """Whether it is one run of words."""
        parts = self._parts
        if parts is None:
            return self._written is None and self.plain != ""
        return len(parts) == 1 and isinstance(parts[0], Run)

    def _parted(self) -> tuple[Run | Mention, ...]:
        plain, source, start, written = self.plain, self.source, self.start, self._written
        if written is None:
            return (Run.at(plain, source, start, self.end),) if plain else ()
        found: list[Run | Mention] = []
        base, at = start - written.start, start
        for mark, entity in zip(written.marks, self.entities, strict=True):
            begin, until = base + mark.start, base + mark.end
            if begin > at:
                found.append(Run.at(plain[at - start : begin - start], source, at, begin))
            name = plain[begin - start + 1 : until - start]
            found.append(Mention.at(entity, name, source, begin, until))
            at = until
        if self.end > at:
            found.append(Run.at(plain[at - start :], source, at, self.end))
        return tuple(found)

    def mentions(self) -> list[Mention]:
        """Return the mentions in order."""
        if not self.entities:
            return []
        return [part for part in self.parts if isinstance(part, Mention)]

    def has_lost(self) -> bool:
        """Whether a ref of it points at nothing, so that no more is to be said of the text."""
        return self._parts is not None and any(isinstance(part, Lost) for part in self._parts)

    def __bool__(self) -> bool:
        return bool(self.plain if self._parts is None else self._parts)

    def __repr__(self) -> str:
        return f"Text({self.plain!r})"


def typed(words: str, source: Source, start: int, end: int) -> Text:
    """Return words alone that stand from ``start`` to ``end`` as a text."""
    text = _new(Text)
    text._parts = text._written = None
    text.entities = ()
    text.plain = words
    text.typed = len(words) == end - start
    text.source = source
    text.start = start
    text.end = end
    return text


def _entities(parts: Sequence[Run | Mention]) -> tuple[Entity, ...]:
    if len(parts) == 1 and isinstance(parts[0], Run):
        return ()
    return tuple([part.entity for part in parts if isinstance(part, Mention)])


def spelt(parts: Sequence[Run | Mention]) -> str:
    """Return runs and mentions as plain words, refs spelt ``@Name``."""
    if len(parts) == 1 and isinstance(parts[0], Run):
        return parts[0].text
    return "".join([p.text if isinstance(p, Run) else f"@{p.written}" for p in parts])


class Asset:
    """A file, address or provider element behind an entity.

    Attributes:
        location: A path as written, a URL, or ``element:829836``.
        form: ``element`` for a provider's own, ``url`` for an address, else ``file``.
        extension: The lower-case file ending without its dot, or ``""``.
        span: Where it was named (the declaration, or the entity's for a ``--asset`` binding).
        since: Start of the stretch meant, in seconds, or None.
        until: End of the stretch meant, in seconds, or None.
        folder: The folder a relative path starts from, or None where there is none.
    """

    __slots__ = ("extension", "folder", "form", "location", "since", "span", "until")

    def __init__(
        self,
        location: str,
        span: Span,
        *,
        since: Decimal | None = None,
        until: Decimal | None = None,
        folder: str | None = None,
    ) -> None:
        self.location = location
        self.span = span
        self.since = since
        self.until = until
        self.folder = folder
        self.form = _form(location)
        self.extension = _extension(location)

    def __repr__(self) -> str:
        return f"Asset({self.location!r})"


def _form(location: str) -> str:
    if location.startswith("element:"):
        return "element"
    return "url" if "://" in location or location.startswith("data:") else "file"


def _extension(location: str) -> str:
    tail = location.split("?", 1)[0].split("#", 1)[0].replace("\\", "/")
    tail = tail.rsplit("/", 1)[-1]
    return tail.rsplit(".", 1)[-1].lower() if "." in tail else ""


class Entity:
    """Something with a name that refs point at.

    Attributes:
        name: As declared, without ``@``.
        kind: One of `KINDS`; the kind of an attachment comes from its name, that of an output is
            ``video``.
        origin: ``declared``, ``attached`` (``@Video1`` used undeclared) or ``output`` (``AS``).
        span: Where the name is declared, or first used for an attachment.
        assets: Its files in order; empty where none exists yet.
        voice: A voice entity, or a provider's voice id, or None.
        description: What it looks (or sounds) like, or None.
        stills: Whether it is the output of a COVERAGE, which some targets make as pictures.
    """

    __slots__ = ("assets", "description", "kind", "name", "origin", "span", "stills", "voice")

    def __init__(
        self,
        name: str,
        kind: str,
        span: Span,
        *,
        origin: str = "declared",
        assets: tuple[Asset, ...] = (),
        voice: Entity | str | None = None,
        description: Text | None = None,
    ) -> None:
        self.name = name
        self.kind = kind
        self.span = span
        self.origin = origin
        self.assets = assets
        self.voice = voice
        self.description = description
        self.stills = False

    @property
    def is_element(self) -> bool:
        """Whether a provider may keep it as an element."""
        return self.kind in ELEMENT_KINDS

    @property
    def is_person(self) -> bool:
        """Whether it can speak and has a face."""
        return self.kind in {"character", "creature", "element"}

    def __repr__(self) -> str:
        return f"Entity({self.name}, {self.kind}, {self.origin})"
