"""Reading what an EDIT changes and what an EDIT or ANGLE keeps."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit as TextEdit
from promptlang.diagnostics import Fix, Related, Severity, removal
from promptlang.model import problems
from promptlang.model.entities import Mention, Run, Text, typed
from promptlang.model.joints import joints
from promptlang.model.names import shown
from promptlang.model.storyboard import Change, Keep
from promptlang.model.texts import Ruler, cover, join, lowered, members, strip, words
from promptlang.model.values import is_none
from promptlang.source import Source, Span
from promptlang.syntax.inline import quotes
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.prose import edit_verb

if TYPE_CHECKING:
    from decimal import Decimal

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Entity
    from promptlang.model.reading import Reader
    from promptlang.model.storyboard import Edit
    from promptlang.syntax import ast

_KEEP = re.compile(r"keep(?:ing)?\s+", re.IGNORECASE)
_UNCHANGED = re.compile(r"\s+(?:unchanged|the\s+same|as\s+(?:it\s+is|is))\b", re.IGNORECASE)
_JOINT = re.compile(r"[\s,;.:–—-]*(?:(?:and|but|then)\s+)?", re.IGNORECASE)
_TAIL = re.compile(r"[,;.]\s*(?:(?:and|but)\s+)?(?=keep(?:ing)?\s)", re.IGNORECASE)
_SAME = re.compile(r"(?:the\s+same|same|the)\s+", re.IGNORECASE)
_EVERYTHING = re.compile(r"everything(?:\s+else)?", re.IGNORECASE)
_GENERAL = re.compile(r"everything|all\s+else|(?:all\s+)?the\s+rest\b", re.IGNORECASE)
_CAMERA = re.compile(r"camera|movement|motion|pacing", re.IGNORECASE)
_BASED = re.compile(r"based\s+on\s+", re.IGNORECASE)
_GENERATE = re.compile(r"\s*,?\s*(?:please\s+)?(?:generate|create)\s+", re.IGNORECASE)
_EDITED = frozenset(
    {
        "background",
        "clothes",
        "clothing",
        "color",
        "colour",
        "everything",
        "lighting",
        "outfit",
        "sky",
        "wardrobe",
    }
)
_LEAD = re.compile(
    r"(?:(?:please|kindly|also|then|now|next|just|and|can\s+you|could\s+you|i\s+want\s+you\s+to)\b[,\s]+)+",
    re.IGNORECASE,
)
_STATES = (" to ", " with ", " into ")
_STOP = re.compile(r"[.;。]\s+")
_LONGEST_CLAUSE = 400
_LONGEST_VERB = 40


class Step:
    """A change as its words ask for it; one sentence may hold several.

    Attributes:
        words: What it says.
        span: Where it stands.
        line: The line it stands on.
        joint: What joins it to the change before it on its line, None where it begins the line.
    """

    __slots__ = ("joint", "line", "span", "words")

    def __init__(self, words: str, span: Span, line: ast.Line, joint: Span | None) -> None:
        self.words = words
        self.span = span
        self.line = line
        self.joint = joint


class Draft:
    """The change lines of one EDIT as they are read.

    Attributes:
        kept: Members of pasted *Keep … unchanged* clauses.
        steps: The changes asked for, one by one.
    """

    __slots__ = ("_details", "_lines", "_verbs", "kept", "reader", "steps")

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.kept: list[Text] = []
        self.steps: list[Step] = []
        self._verbs: list[str | None] = []
        self._details: list[list[Text]] = []
        self._lines: list[list[Span]] = []

    def __len__(self) -> int:
        return len(self._verbs)

    @property
    def changes(self) -> list[Change]:
        """The changes, each with its details behind it."""
        return [
            Change(
                verb,
                join(details, ", "),
                cover(lines[0], lines[-1]),
            )
            for verb, details, lines in zip(self._verbs, self._details, self._lines, strict=True)
        ]

    def line(self, text: Text, span: Span, line: ast.Line) -> None:
        """Read one line of prose."""
        if _is_single(text.plain):
            before = len(self)
            self._sentence(text, span)
            if len(self) > before:
                self.steps.append(Step(text.plain, span, line, None))
            return
        sentences = _sentences(self._without_clauses(text))
        for sentence in sentences:
            where = span if len(sentences) == 1 else sentence.span
            before = len(self)
            text = strip(_without_stop(strip(sentence, ",，、")))
            self._sentence(text, where)
            if len(self) > before:
                joint = None if sentence is sentences[0] else sentence.span.part(0, 0)
                self._step(text, where, line, joint)

    def _step(self, text: Text, span: Span, line: ast.Line, joint: Span | None) -> None:
        """Keep the changes of a sentence apart, as far as its words do."""
        places = list(joints(text.plain))
        if not places:
            self.steps.append(Step(text.plain, span, line, joint))
            return
        ruler = Ruler(text)
        starts = [0, *(after for _, after in places)]
        ends = [*(before for before, _ in places), len(text.plain)]
        joined = [joint, *(ruler.place(before, after) for before, after in places)]
        for start, end, by in zip(starts, ends, joined, strict=True):
            part = ruler.cut(start, end)
            self.steps.append(Step(part.plain, part.span, line, by))

    def _sentence(self, text: Text, span: Span) -> None:
        if not text:
            return
        verb = edit_verb(text.plain)
        if verb is not None:
            self._begin(verb, lowered(text, first=len(verb)), span)
            return
        late = _late_verb(text)
        if self._verbs:
            self._details[-1].append(text)
            self._lines[-1].append(span)
        else:
            self._begin(None, text, span)
            late = late or problems.CHANGE_WITHOUT_VERB.at(
                text.span,
                f'"{_first_word(text)}" is no edit verb, known are '
                + ", ".join(sorted(vocabulary().edit_verbs)),
                hint="say what is done, as in change the background to …",
            )
        if late is not None:
            self.reader.report(late)

    def _begin(self, verb: str | None, text: Text, span: Span) -> None:
        self._verbs.append(verb)
        self._details.append([text])
        self._lines.append([span])

    def _without_clauses(self, text: Text) -> Text:
        """Take pasted *Keep … unchanged* clauses out of a line."""
        if "keep" not in text.plain.casefold():
            return text
        ruler = Ruler(text)
        clause = _clause(ruler, 0)
        if clause is not None:
            kept, end = clause
            self.kept += kept
            joint = _JOINT.match(ruler.plain, end)
            text = ruler.cut(joint.end() if joint else end, len(ruler.plain))
            ruler = Ruler(text)
        for match in _TAIL.finditer(ruler.plain):
            clause = _clause(ruler, match.end())
            if clause is not None and not ruler.plain[clause[1] :].strip(" .。"):
                self.kept += clause[0]
                return ruler.cut(0, match.start())
        return text


@lru_cache(maxsize=2048)
def _is_single(plain: str) -> bool:
    """Whether a line is one sentence with one change at most, and nothing is taken off it."""
    folded = plain.casefold()
    if "keep" in folded or _STOP.search(plain) is not None or not plain:
        return False
    if plain != plain.strip() or plain[0] in ",，、" or plain[-1] in ",，、.。":
        return False
    return next(joints(plain), None) is None


def _sentences(text: Text) -> list[Text]:
    """Return the stretches of a line that begin with an edit verb each."""
    if _STOP.search(text.plain) is None:
        return [text]
    ruler = Ruler(text)
    quoted = quotes(ruler.plain) if '"' in ruler.plain or "“" in ruler.plain else []
    found: list[Text] = []
    start = 0
    for match in _STOP.finditer(ruler.plain):
        end = match.end()
        if edit_verb(ruler.plain[end : end + _LONGEST_VERB]) is None:
            continue
        while quoted and quoted[0][1] <= match.start():
            quoted.pop(0)
        if not quoted or match.start() < quoted[0][0]:
            found.append(ruler.cut(start, end))
            start = end
    return [*found, ruler.cut(start, len(ruler.plain)) if start else text]


def keep(lines: list[Text], pasted: list[Text]) -> Keep | None:
    """Return what an EDIT keeps: its ``keep:`` lines, then pasted clauses."""
    if not lines and not pasted:
        return None
    parts = [*_listed(lines), *pasted]
    return Keep(tuple([_as_everything(part) for part in parts]), _around([*lines, *pasted]))


def keep_the_same(lines: list[Text]) -> Keep | None:
    """Return what an ANGLE keeps, without *the same* in front of each part."""
    if not lines:
        return None
    parts = []
    for part in _listed(lines):
        ruler = Ruler(part)
        match = _SAME.match(ruler.plain)
        parts.append(ruler.cut(match.end(), len(ruler.plain)) if match else part)
    return Keep(tuple(part for part in parts if part), _around(lines))


def check_keep(kept: Keep | None, changes: list[Change], reader: Reader) -> None:
    """Warn where an EDIT gives up the protection of everything else."""
    if kept is None:
        return
    if not kept.parts:
        reader.report(
            problems.KEEP_NONE.at(
                kept.span,
                '"keep: none" leaves the whole picture open to change',
                hint="leave the line out: everything else is then kept",
                fixes=[removal(kept.span)],
            )
        )
        return
    for part in kept.parts:
        if _GENERAL.match(part.plain):
            return
    swapped = bool(changes) and changes[0].verb in {"replace", "swap"}
    held = any(_CAMERA.search(part.plain) for part in kept.parts)
    everything = TextEdit(_behind(kept.parts[-1]), ", everything")
    reader.report(
        problems.PROTECTION_LOST.at(
            kept.span,
            f"{shown('keep: ' + ', '.join(part.plain for part in kept.parts))} replaces "
            '"keep everything else unchanged"',
            hint='add "everything" to the list, unless the rest may change',
            fixes=[Fix('keep "everything" too', [everything], safe=False)],
            # A talent swap that holds the camera is worded this way on purpose.
            severity=Severity.HINT if swapped and held else None,
        )
    )


def request(text: Text, source: Entity) -> Text | None:
    """Return what a pasted *Based on @source, generate …* asks for, None if it is no such line."""
    if len(text.parts) < 3:
        return None
    lead, named = text.parts[0], text.parts[1]
    if not isinstance(lead, Run) or not isinstance(named, Mention) or named.entity is not source:
        return None
    if not _BASED.fullmatch(lead.text.lstrip()):
        return None
    ruler = Ruler(text)
    match = _GENERATE.match(ruler.plain, ruler.end_of(1))
    return None if match is None else ruler.cut(match.end(), len(ruler.plain))


def looks_like_edit(text: str) -> bool:
    """Whether prose of a SHOT reads as the request of an edit."""
    plain = text.casefold()
    if "keep everything" in plain and "unchanged" in plain:
        return True
    if edit_verb(text) is None:
        return False
    first, *following = (word.strip(",.;:") for word in plain.split(maxsplit=4)[:4])
    if not _EDITED.intersection(following):
        return False
    return first in {"remove", "delete", "erase"} or any(state in plain for state in _STATES)


def check_length(unit: Edit, reader: Reader) -> None:
    """Warn where an EDIT states another length than the stretch of its source has."""
    stated = unit.seconds
    source = next(iter(unit.source.assets), None)
    if stated is None or source is None or source.since is None or source.until is None:
        return
    made = source.until - source.since
    if made == stated.value:
        return
    reader.report(
        problems.LENGTH_CONTRADICTED.at(
            stated.span,
            f'"{stated.span.text}" is not the length of "@{unit.source.name}": its stretch is '
            f"{_plain(source.until)} s - {_plain(source.since)} s = {_plain(made)} s",
            hint="correct the length or the stretch, or leave the length out",
            related=[Related("the stretch", source.span)],
        )
    )


def _plain(seconds: Decimal) -> str:
    return f"{seconds.normalize():f}"


def check_single(steps: list[Step], reader: Reader, fix: Fix | None) -> None:
    """Warn that one EDIT asks for several changes."""
    second = steps[1]
    reader.report(
        problems.SEVERAL_CHANGES.at(
            second.span,
            f"{shown(second.words)} is the second change of this EDIT, and an EDIT makes one",
            hint="make a chain: give the first EDIT a name with AS, and edit that",
            related=[
                Related("the first change", steps[0].span),
                *(Related("a further change", step.span) for step in steps[2:]),
            ],
            fixes=[] if fix is None else [fix],
        )
    )


def _clause(ruler: Ruler, at: int) -> tuple[list[Text], int] | None:
    """Return the members of a *Keep … unchanged* that begins at ``at``, and where it ends."""
    start = _KEEP.match(ruler.plain, at)
    if start is None:
        return None
    end = _UNCHANGED.search(ruler.plain, start.end(), start.end() + _LONGEST_CLAUSE)
    if end is None or any(mark in ruler.plain[start.end() : end.start()] for mark in ".;!?"):
        return None
    kept = list(members(ruler.strip(start.end(), end.start())))
    if len(kept) > 1:
        kept[-1:] = _at_and(kept[-1])
    return [_as_everything(part) for part in kept], end.end()


def _at_and(text: Text) -> list[Text]:
    """Return the last members of *A, B and C*."""
    ruler = Ruler(text)
    before, found, _ = ruler.plain.rpartition(" and ")
    if not found:
        return [text]
    parts = [ruler.strip(0, len(before)), ruler.strip(len(before) + 5, len(ruler.plain))]
    return [part for part in parts if part]


def _listed(lines: list[Text]) -> list[Text]:
    found: list[Text] = []
    for line in lines:
        if is_none(line):
            continue
        if line.typed and line.is_words:
            origin = line.start
            for start, end in _places(line.plain):
                cut = line.plain[start:end]
                found.append(typed(cut, line.source, origin + start, origin + end))
        else:
            kept = [strip(_without_stop(member)) for member in members(line)]
            found += [part for part in kept if part]
    return found


@lru_cache(maxsize=2048)
def _places(plain: str) -> tuple[tuple[int, int], ...]:
    """Return where the members of a list stand, final full stops aside."""
    source = Source(plain)
    whole = typed(plain, source, 0, len(plain))
    kept = [strip(_without_stop(member)) for member in members(whole)]
    return tuple([(part.start, part.end) for part in kept if part])


def _as_everything(part: Text) -> Text:
    if part.plain[:1] in {"e", "E"} and _EVERYTHING.fullmatch(part.plain):
        return words("everything else", part.span)
    return part


def _without_stop(text: Text) -> Text:
    """Return a text without its final full stop; an ellipsis stays."""
    plain = text.plain
    if "." not in plain and "。" not in plain:
        return text
    plain = plain.rstrip()
    if plain.endswith((".", "。")) and not plain.endswith(".."):
        return Ruler(text).cut(0, len(plain) - 1)
    return text


def _around(texts: list[Text]) -> Span:
    return cover(texts[0], texts[-1])


def _behind(text: Text) -> Span:
    return Span(text.source, text.end, text.end)


def _late_verb(text: Text) -> Diagnostic | None:
    """Say that words of politeness or joining stand before the verb of a change."""
    lead = _LEAD.match(text.plain)
    if lead is None:
        return None
    verb = edit_verb(text.plain[lead.end() : lead.end() + _LONGEST_VERB])
    if verb is None or verb == "match":
        return None
    said = lead[0].rstrip(" ,")
    return problems.CHANGE_WITHOUT_VERB.at(
        Ruler(text).place(0, len(said)),
        f'"{said}" comes before "{verb}", and a change begins with its verb',
        hint=f'leave "{said}" out',
        fixes=[
            Fix(f'remove "{said}"', [TextEdit(Ruler(text).place(0, lead.end()), "")], safe=False)
        ],
    )


def _first_word(text: Text) -> str:
    return text.plain.split(maxsplit=1)[0]
