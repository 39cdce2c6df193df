"""From words to the terminals of ``camera.lark``: the longest vocabulary match first.

What a joining word is (``to``, ``and``, ``in``) depends on what stands around it, and is settled
here in two passes over the words, so that the grammar needs no keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from promptlang.vocabulary.words import Token, tokens

if TYPE_CHECKING:
    from promptlang.vocabulary.load import Vocabulary


class Item(NamedTuple):
    """A stretch of a list of camera terms and what it is.

    Attributes:
        kind: A terminal of ``camera.lark``, or ``MARK`` for punctuation.
        start: Where it begins.
        end: Where it ends.
        term: The id of a term, or ``""``.
        value: The value of a modifier, the name of a ref, the inside of a quoted string, or
            what a short form stands for.
        group: The group of a modifier.
        marks: What it may join: see `promptlang.vocabulary.tables`; ``I`` is a verb in *-ing*.
    """

    kind: str
    start: int
    end: int
    term: str = ""
    value: str = ""
    group: str = ""
    marks: str = ""


_APOSTROPHES = frozenset("'’")
_SECONDS = frozenset({"s", "sec", "secs", "second", "seconds"})
_ELSEWHERE = frozenset({"place", "sound", "time-of-day"})
"""Categories that are no part of a list of camera terms: MOS is heard, INT. is a place."""
_PLAIN = {"ref": "REF", "quote": "QUOTED", "comma": "COMMA", "mark": "MARK"}


def items(vocabulary: Vocabulary, text: str) -> list[Item]:
    """Split a list of camera terms into the longest things the vocabulary knows."""
    words = tokens(text)
    found: list[Item] = []
    at = 0
    while at < len(words):
        token = words[at]
        if token.kind == "word":
            item, used = _longest(vocabulary, words, at)
            at += used
        elif _is_possessive(text, words, at):
            item = Item("WORD", token.start, words[at + 1].end, value="'s")
            at += 2
        else:
            item, at = _mark(token, text), at + 1
        found.append(item)
    return found


def _is_possessive(text: str, words: list[Token], at: int) -> bool:
    """Whether a mark and the word behind it are the ending of a ref: @Host's."""
    run = words[max(0, at - 1) : at + 2]
    return (
        len(run) == 3
        and run[0].kind == "ref"
        and run[2].short == "s"
        and text[run[1].start] in "'’"
        and run[0].end == run[1].start
        and run[1].end == run[2].start
    )


def _mark(token: Token, text: str) -> Item:
    if token.kind == "arrow":
        return Item("LINK", token.start, token.end, value="to", marks="G")
    if (typed := text[token.start : token.end]) in _APOSTROPHES:
        return Item("MARK", token.start, token.end, value=typed)
    return Item(_PLAIN[token.kind], token.start, token.end, value=token.key)


def _longest(vocabulary: Vocabulary, words: list[Token], at: int) -> tuple[Item, int]:
    first = words[at]
    for digit in vocabulary.lengths.get(first.key, ""):
        count = int(digit, 36)
        run = words[at : at + count]
        if len(run) < count or not all(token.kind == "word" for token in run):
            continue
        key = " ".join([token.key for token in run])
        id = vocabulary.camera.get(key)
        if id is not None:
            doing = "I" if count == 1 and first.short.endswith("ing") else ""
            return Item("TERM", first.start, run[-1].end, term=id, marks=doing), count
        entry = vocabulary.joints.get(key)
        if entry is None:
            continue
        if entry[3] == "O" and _object_follows(words, at + count):
            run, count = run[:-1], count - 1
        return _known(entry, first.start, run[-1].end), count
    for count in (2, 1):
        run = words[at : at + count]
        id = _short(vocabulary, " ".join([token.short for token in run]))
        if id is not None and len(run) == count:
            return Item("TERM", first.start, run[-1].end, term=id), count
    plural = _short(vocabulary, first.short.removesuffix("s"))
    if plural is not None:
        return Item("TERM", first.start, first.end, term=plural), 1
    if first.short.isdigit() and at + 1 < len(words) and words[at + 1].short in _SECONDS:
        end = words[at + 1].end
        return Item("MODIFIER", first.start, end, value=f"{first.short}-second", group="length"), 2
    return _number(vocabulary, words, at) or _word(vocabulary, first), 1


def _short(vocabulary: Vocabulary, key: str) -> str | None:
    """Return the term of an abbreviation, where its phrase in full is read here too."""
    id = vocabulary.short.get(key)
    return None if id is None or vocabulary.terms[id].category in _ELSEWHERE else id


def _object_follows(words: list[Token], at: int) -> bool:
    return at < len(words) and words[at].kind in {"word", "ref", "quote"}


def _known(entry: tuple[str, str, str, str], start: int, end: int) -> Item:
    id, value, group, marks = entry
    if id:
        return Item("TERM", start, end, term=id, value=value)
    kind = "LINK" if marks else "MODIFIER"
    return Item(kind, start, end, value=value, group=group, marks=marks)


def _word(vocabulary: Vocabulary, token: Token) -> Item:
    return Item("WORD", token.start, token.end, value=vocabulary.short_words.get(token.short, ""))


def _number(vocabulary: Vocabulary, words: list[Token], at: int) -> Item | None:
    token = words[at]
    if token.short.startswith("f/"):
        return Item("MODIFIER", token.start, token.end, value=token.short, group="aperture")
    number, unit = token.key.rstrip("degmfps"), token.key.lstrip("0123456789./:")
    if not number[:1].isdigit():
        return None
    if unit == "deg":
        return Item("MODIFIER", token.start, token.end, value=f"{number}-degree", group="degrees")
    if unit == "mm" and number.isdigit():
        id = vocabulary.lens_of(int(number[:6]))
        return Item("TERM", token.start, token.end, term=id, value=f"{number}mm lens")
    if unit == "fps":
        value = f"{number} frames per second"
        return Item("MODIFIER", token.start, token.end, value=value, group="frame-rate")
    return None


def settle(vocabulary: Vocabulary, found: list[Item]) -> list[Item]:
    """Decide what each joining word is, and leave out punctuation that means nothing."""
    readable, clean = _readable(found)
    settled: list[Item] = []
    context = "head"
    # The last thing that is neither a modifier nor a filler.
    solid: Item | None = None
    for at, item in enumerate(found):
        kind = item.kind
        if kind == "COMMA":
            context = "head"
        elif (
            context == "argument"
            and clean[at]
            and kind in {"TERM", "MODIFIER"}
            and settled[-1].kind == "REF"
        ):
            # Behind a ref, what can be read to the end is no part of what the ref names.
            settled.append(Item("AND", item.start, item.start))
            context = "head"
        elif kind == "REF" and context == "head" and solid is not None and solid.kind == "TERM":
            # Named without a preposition: orbit @Car.
            settled.append(Item("PREPOSITION", item.start, item.start))
            context = "argument"
        elif context == "head" and _is_participle(found, at, solid):
            kind, context = "PREPOSITION", "argument"
        if kind == "LINK":
            kind, context = _joined(vocabulary, found, at, context, readable, solid)
        elif kind == "MARK":
            if context == "head" and not _owns(settled, item):
                continue
            kind = "WORD"
        settled.append(item if kind == item.kind else item._replace(kind=kind))
        if kind not in {"MODIFIER", "FILLER"}:
            solid = settled[-1]
    return settled


def _owns(settled: list[Item], item: Item) -> bool:
    """Whether a mark is the apostrophe behind a ref: *@Car's door*."""
    behind = settled[-1] if settled else item
    return bool(item.value) and behind.kind == "REF" and behind.end == item.start


def _readable(found: list[Item]) -> tuple[list[bool], list[bool]]:
    """For each place: whether a stack of terms begins there, and whether all is readable.

    Both look as far as the next comma or joining word.
    """
    size = len(found)
    readable, clean = [False] * (size + 1), [True] * (size + 1)
    for at in range(size - 1, -1, -1):
        item = found[at]
        kind, marks = item.kind, item.marks
        if kind == "TERM":
            readable[at] = clean[at] = clean[at + 1]
        elif kind == "MODIFIER" or "F" in marks or "D" in marks:
            readable[at] = readable[at + 1] and clean[at + 1]
            clean[at] = clean[at + 1]
        elif kind in {"WORD", "REF", "QUOTED"}:
            clean[at] = False
        elif item.value and marks:
            readable[at] = readable[at + 1] and clean[at + 1]
    return readable, clean


def _joined(
    vocabulary: Vocabulary,
    found: list[Item],
    at: int,
    context: str,
    readable: list[bool],
    solid: Item | None,
) -> tuple[str, str]:
    """Return the terminal of a joining word, and the context behind it."""
    item = found[at]
    marks = item.marks
    head = context == "head"
    behind = "head" if readable[at + 1] else "argument"
    if item.group and head:
        return _direction(vocabulary, found, at, solid)
    if "N" in marks and (readable[at + 1] or head):
        return "THEN", "head"
    if "A" in marks and (readable[at + 1] or (head and marks == "A")):
        return "AND", "head"
    if "G" in marks and context != "tail":
        return "TO", behind
    if "S" in marks and context != "tail":
        return "FROM", behind
    if "F" in marks and "X" not in marks:
        return ("FILLER" if head else "WORD"), context
    if "P" in marks and context != "tail":
        return "PREPOSITION", "argument"
    if "X" in marks and head:
        return "TAIL", "tail"
    if "D" in marks and head:
        bare = solid is None or solid.kind in {"COMMA", "AND", "TO", "FROM", "THEN"}
        return ("FILLER", "head") if bare or readable[at + 1] else ("PREPOSITION", "argument")
    return "WORD", context


def _direction(
    vocabulary: Vocabulary, found: list[Item], at: int, solid: Item | None
) -> tuple[str, str]:
    """A word that is a direction or a preposition: *zoom slowly in*, *in the garage*."""
    item = found[at]
    if solid is not None and solid.kind == "TERM":
        ids = solid.term.split(" ")
        if item.value in vocabulary.terms[ids[-1]].ways:
            return "MODIFIER", "head"
    if "P" in item.marks and _named(found, at + 1):
        return "PREPOSITION", "argument"
    return "MODIFIER", "head"


def _is_participle(found: list[Item], at: int, solid: Item | None) -> bool:
    """Whether a term is a verb of the term before it: a close-up *following* @Car."""
    item = found[at]
    if item.kind != "TERM" or not item.marks or not at or found[at - 1].kind != "TERM":
        return False
    return solid is not None and solid.kind == "TERM" and _named(found, at + 1)


def _named(found: list[Item], at: int) -> bool:
    """Whether something is named here that is no camera term."""
    if at >= len(found):
        return False
    return found[at].kind in {"WORD", "REF", "QUOTED"} or "D" in found[at].marks
