"""What may stand where: the part of the rules of scope that one block decides by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import did_you_mean
from promptlang.syntax import ast, problems
from promptlang.syntax.keys import ALIASES, HEADER, KEYS, SCENE
from promptlang.syntax.mistakes import Mended, report, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.syntax.ast import Line, Mistake
    from promptlang.syntax.keys import Key

_PLACES = {
    "header": "the header",
    "scene": "a scene",
    "shot": "SHOT",
    "edit": "EDIT",
    "angle": "ANGLE ON",
    "coverage": "COVERAGE",
}
_ENDERS = frozenset({"declaration", "parameter", "transition"})
_SAID = frozenset({"prose", "dialogue", "field", "provider field"})


def check_scope(kind: str, lines: Sequence[Line], found: list[Mistake]) -> None:
    """Note what stands where it cannot, and settings that are given twice."""
    ender: Line | None = None
    seen: dict[str, Line] = {}
    ends = kind not in (HEADER, SCENE)
    for line in lines:
        what = line.kind
        if what in _SAID:
            if isinstance(line, ast.Field):
                _check_field(kind, line, ender, seen, found)
            elif ender is not None:
                _after(line, ender, found)
            elif isinstance(line, ast.ProviderField):
                _check_provider_field(kind, line, seen, found)
            elif not ends:
                _check_words(kind, line, found)
        elif ends and what in _ENDERS:
            ender = line
        elif isinstance(line, ast.Junk) and line.meant in _PLACES and line is not lines[0]:
            return  # what follows belongs to the block it was to begin


def _check_field(
    kind: str, line: ast.Field, ender: Line | None, seen: dict[str, Line], found: list[Mistake]
) -> None:
    name = line.key.text
    key = KEYS[name]
    if kind not in key.where:
        _misplaced(kind, line, key, found)
    elif ender is not None and name != "note":
        _after(line, ender, found)
    elif line.add and not (key.text and key.cascades):
        _plus(line, found)
    elif not key.repeats:
        _check_single(name, line, line.key, seen, found)


def _plus(line: ast.Field, found: list[Mistake]) -> None:
    at = len(line.text) - len(line.text.lstrip())
    report(
        found,
        line,
        problems.CANNOT_ADD,
        at,
        line.key.end,
        f"{shown(line.key.text)} has nothing to add to",
        hint="leave the + out",
        mend=Mended("remove the +", at, line.key.start, ""),
    )


def _check_single(
    name: str, line: Line, part: ast.Part, seen: dict[str, Line], found: list[Mistake]
) -> None:
    if name not in seen:
        seen[name] = line
        return
    report(
        found,
        line,
        problems.REPEATED_SETTING,
        part.start,
        part.end,
        f"{shown(name)} is given twice; one value can hold",
        hint="remove one of the two lines",
        mend=Mended("remove the second one", 0, len(line.text), "", safe=False),
    )


def _check_provider_field(
    kind: str, line: ast.ProviderField, seen: dict[str, Line], found: list[Mistake]
) -> None:
    name = f"{line.provider.text}.{line.path.text}"
    if kind == SCENE:
        report(
            found,
            line,
            problems.MISPLACED_FIELD,
            line.provider.start,
            line.path.end,
            f"{shown(name)} has no place in a scene; it belongs in the header or in a block",
            hint="move it to the header, or into the blocks that need it",
        )
    else:
        part = ast.Part(line.provider.start, line.path.end)
        _check_single(name, line, part, seen, found)


def _misplaced(kind: str, line: ast.Field, key: Key, found: list[Mistake]) -> None:
    name = key.name
    mends: tuple[ast.Mend, ...] = ()
    if key.header_only:
        problem, hint = problems.HEADER_ONLY, "move it above the first heading"
        message = f"{shown(name)} holds for the whole film and belongs in the header"
        if name == "duration":
            hint = "write the length in brackets after the heading word, as in SHOT (4s)"
        else:
            # The header ends in a line end: a heading follows it.
            removed = ast.Change(line, 0, len(line.text), "")
            added = ast.Change(None, 0, 0, f"{line.text.strip()}\n")
            mends = (ast.Mend("move it to the header", [removed, added]),)
    else:
        places = sorted(_PLACES[place] for place in key.where)
        problem = problems.MISPLACED_FIELD
        message = f"{shown(name)} has no place in {_PLACES[kind]}; it belongs in {_listed(places)}"
        hint = "move it into the block it is about"
    start, end = line.key.start, line.key.end
    report(found, line, problem, start, end, message, hint=hint, mends=mends)


def _listed(places: list[str]) -> str:
    return f"{', '.join(places[:-1])} or {places[-1]}" if len(places) > 1 else places[0]


def _after(line: Line, ender: Line, found: list[Mistake]) -> None:
    start = len(line.text) - len(line.text.lstrip())
    end = max(start, len(line.text.rstrip()))
    moved = [
        ast.Change(ender, 0, 0, f"{line.text.rstrip()}\n"),
        ast.Change(line, 0, len(line.text), ""),
    ]
    report(
        found,
        line,
        problems.AFTER_BLOCK,
        start,
        end,
        f"{shown(line.text)} follows {shown(ender.text)}, a {ender.kind} that ends the block",
        hint=f"move it above that {ender.kind}, or below the next heading",
        mends=(ast.Mend(f"move it above that {ender.kind}", moved, safe=False),),
    )


def _key_of_two_words(text: str) -> str | None:
    """Return the key that ``aspect ratio:`` or ``colour grade:`` stands for."""
    words = text.partition(":")[0].casefold().split(maxsplit=3) if ":" in text else []
    known = [ALIASES.get(word, word) for word in words if word in KEYS or word in ALIASES]
    return known[0] if known and len(words) == 2 else None


def _check_words(kind: str, line: Line, found: list[Mistake]) -> None:
    """Prose or dialogue in the header, dialogue in a scene."""
    if kind == SCENE and line.kind == "prose":
        return
    start = len(line.text) - len(line.text.lstrip())
    end = max(start, len(line.text.rstrip()))
    place = _PLACES[kind]
    if kind == HEADER:
        message = f"{shown(line.text)} is prose before the first heading, where it has no shot"
        hint = "write SHOT 1 (5s): above it, or note: in front of it if it is for people"
        mend = Mended("make it a note", start, start, "note: ", safe=False)
        if meant := _key_of_two_words(line.text):
            hint = f"{did_you_mean([meant])} if not, {hint}"
            mend = Mended(f'write "{meant}"', start, line.text.index(":"), meant)
        report(found, line, problems.PROSE_IN_HEADER, start, end, message, hint=hint, mend=mend)
    else:
        message = f"dialogue has no place in {place}; it belongs in a block"
        hint = "begin a SHOT above it"
        report(found, line, problems.MISPLACED_FIELD, start, end, message, hint=hint)
