"""What the words of the field are: terms, and the phrases a writer makes of them."""

from __future__ import annotations

_AN_INITIALS = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel."""


class Term:
    """A word of the field.

    Attributes:
        id: Stable kebab-case name, such as ``medium-close-up``.
        category: The table it comes from: ``size``, ``coverage``, ``angle``, ``composition``,
            ``movement``, ``path``, ``rig``, ``lens``, ``time``, ``light``, ``look``,
            ``transition``, ``sound``, ``time-of-day``.
        axis: What it settles, so that two of one axis exclude each other: ``size``, ``purpose``,
            ``vertical``, ``horizontal``, ``height``, ``movement``, ``path``, ``steadiness``,
            ``mount``, ``focal-length``, ``focus``, ``speed`` …; empty where nothing is settled.
        phrase: The canonical words that go into a prompt.
        article: ``a``, ``an`` or ``the`` where the term can be asked for alone
            (*a reverse angle*), ``""`` where it takes none (*coverage*), None where it cannot be
            asked for alone (*push in*).
        meaning: One line for hover.
        abbreviations: Upper-case short forms, accepted in controlled positions only.
        also: Other spellings and synonyms that are read as this term.
        localised: Spellings in other languages by language code.
        undirected: Whether it is a neutral parent (``dolly``) that should say which way.
        ways: Where a direction makes another term of it, the ids by direction:
            *pan* with *left* is ``pan-left``.
        before: How it is written before another term (*low-angle* wide shot, *static* wide shot);
            empty where it cannot stand there.
        implies: What it brings along, such as ``fast`` or ``move``.
        source: Where the term is taken from.
        note: What to know about it, or ``""``.
    """

    __slots__ = (
        "abbreviations",
        "also",
        "article",
        "axis",
        "before",
        "category",
        "id",
        "implies",
        "localised",
        "meaning",
        "note",
        "phrase",
        "source",
        "undirected",
        "ways",
    )

    def __init__(
        self,
        id: str,
        category: str,
        phrase: str,
        *,
        axis: str = "",
        article: str | None = None,
        meaning: str = "",
        abbreviations: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
        localised: dict[str, tuple[str, ...]] | None = None,
        undirected: bool = False,
        ways: dict[str, str] | None = None,
        before: str = "",
        implies: tuple[str, ...] = (),
        source: str = "",
        note: str = "",
    ) -> None:
        self.id = id
        self.category = category
        self.axis = axis
        self.phrase = phrase
        self.article = article
        self.meaning = meaning
        self.abbreviations = abbreviations
        self.also = also
        self.localised = localised or {}
        self.undirected = undirected
        self.ways = ways or {}
        self.before = before
        self.implies = implies
        self.source = source
        self.note = note

    def __repr__(self) -> str:
        return f"Term({self.id}, {self.category})"


class Piece:
    """A stretch of a phrase as it is emitted.

    Attributes:
        text: The words to emit; for a ref its name as written, without ``@``.
        start: Where it stands in the text the phrase was read from.
        end: Where that ends. A canonical phrase covers what was typed for it.
        ref: Whether it is a ref.
        glued: Whether it follows the piece before it without a blank (``@Car`` and ``'s``).
    """

    __slots__ = ("end", "glued", "ref", "start", "text")

    def __init__(
        self, text: str, start: int, end: int, *, ref: bool = False, glued: bool = False
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.ref = ref
        self.glued = glued

    def __repr__(self) -> str:
        return f"Piece({self.text!r}{', ref' if self.ref else ''}, {self.start}:{self.end})"


class Phrase:
    """One comma-separated member of a list of camera terms, read.

    Attributes:
        terms: The vocabulary terms in it, in order; empty for an unknown or quoted phrase.
        modifiers: Modifier ids by group: ``speed``, ``direction``, ``degrees``, ``amplitude`` …
        pieces: What to emit, in order: canonical phrases, modifiers, connecting words, refs.
            Joined by single blanks, save before a glued one, they are the canonical text.
        start: Where the phrase begins in the text it was read from.
        end: Where it ends.
        quoted: Whether the writer quoted it, so that it passes as it is.
        unknown: Stretches ``(start, end)`` that the vocabulary does not know and that are no
            argument or free tail; each deserves a warning.
        sequence: Whether the phrase orders its moves (``then``, *from A to B*).
        head: The term that can be asked for where the phrase begins with a noun group that has
            one, None elsewhere: in *low-angle wide shot of @Car* the wide shot.
        text: The canonical text; refs carry their ``@``.
        refers: Whether a piece is a ref.
    """

    __slots__ = (
        "end",
        "head",
        "modifiers",
        "pieces",
        "quoted",
        "refers",
        "sequence",
        "start",
        "terms",
        "text",
        "unknown",
    )

    def __init__(
        self,
        start: int,
        end: int,
        *,
        terms: tuple[Term, ...] = (),
        modifiers: dict[str, tuple[str, ...]] | None = None,
        pieces: tuple[Piece, ...] = (),
        quoted: bool = False,
        unknown: tuple[tuple[int, int], ...] = (),
        sequence: bool = False,
        head: Term | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.head = head
        self.terms = terms
        self.modifiers = modifiers or {}
        self.pieces = pieces
        self.quoted = quoted
        self.unknown = unknown
        self.sequence = sequence
        # Phrases are remembered, and what is canonical of one is asked for at every use of it.
        self.text = _spelt(pieces)
        self.refers = any(piece.ref for piece in pieces)

    @property
    def article(self) -> str | None:
        """The article the whole phrase takes; None where it cannot be asked for alone.

        The head decides whether one is wanted (a low-angle *wide shot*), the first word which
        (*an* over-the-shoulder shot, *a* tight over-the-shoulder shot).
        """
        if self.head is None or self.head.article not in {"a", "an"} or not self.pieces:
            return None if self.head is None else self.head.article
        first = self.pieces[0].text
        if first.startswith(self.head.phrase):
            return self.head.article
        return article_before(first)

    def __repr__(self) -> str:
        return f"Phrase({self.text!r})"


def _spelt(pieces: tuple[Piece, ...]) -> str:
    said = ""
    for piece in pieces:
        gap = "" if piece.glued or not said else " "
        said += gap + ("@" if piece.ref else "") + piece.text
    return said


def article_before(words: str) -> str:
    """Return ``a`` or ``an``, whichever the sound of the first word asks for."""
    spelt = words.split(maxsplit=1)[0] if words.strip() else ""
    if len(spelt) > 1 and spelt.isupper() and spelt.isalpha():
        return "an" if spelt[0] in _AN_INITIALS else "a"  # an FPV drone, a VHS camera
    first = words[:6].casefold()
    number = first[: len(first) - len(first.lstrip("0123456789"))]
    if number:
        return "an" if number[0] == "8" or number in {"11", "18"} else "a"
    if first.startswith(("uni", "use", "one", "eu")):
        return "a"
    return "an" if first[:1] in set("aeiou") else "a"
