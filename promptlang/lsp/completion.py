"""Completion: what may be written where the cursor is, and nothing where there is nothing to say.

The line is read as far as the cursor and taken for what it is by then. Everything offered follows
from the syntax tree, which is there with the keystroke; what a script means takes longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.lint.suppress import inside
from promptlang.lsp import meanings, menu_lines, menu_marks, offer_names, offer_values
from promptlang.lsp.cursor import HEADED, Cursor
from promptlang.lsp.markup import content
from promptlang.lsp.names import Name, targets_at
from promptlang.lsp.offer import Menu, Offer
from promptlang.syntax import ast
from promptlang.syntax.keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.lsp.view import View

_NOTHING: dict[str, Any] = {"isIncomplete": False, "items": []}
_PLAIN = frozenset({"prose", "blank"})
_NO_REFS = frozenset({"parameter", "provider field"})
_PICKED = frozenset({"camera", "lighting", "music", "sound", "style"})


def complete(view: View, params: dict[str, Any]) -> dict[str, Any]:
    """Return what may be written at a position."""
    cursor = Cursor(view, view.offset(params))
    menu = _menu(cursor)
    context = params.get("context")
    blank = isinstance(context, dict) and context.get("triggerCharacter") == " "
    # A blank is typed between any two words.
    if menu is None or (blank and menu.at_start):
        return _NOTHING
    return menu.spelt(view, cursor.start, cursor.offset)


def resolve(view: View, item: dict[str, Any]) -> dict[str, Any]:
    """Return an item with what it means."""
    about, line = item["data"].get("about"), item["data"].get("line")
    place = _block_of(view, line) if isinstance(line, int) else 0
    said = None
    if isinstance(about, list) and len(about) == 2 and all(isinstance(a, str) for a in about):
        tell = _TOLD.get(about[0])
        said = None if tell is None else tell(view, place, about[1])
    if said is None:
        return item
    return {**item, "documentation": content(view, said)}


def _block_of(view: View, line: int) -> int:
    """Return the place of the block a line (from 0) is in, which may be gone meanwhile."""
    starts = view.lines.starts
    return view.block_at(starts[max(0, min(line, len(starts) - 1))])


def _key_page(view: View, place: int, name: str) -> str | None:
    return meanings.key(name, targets_at(view, place), view.script.blocks[place].kind)


def _term_page(view: View, place: int, name: str) -> str | None:
    return meanings.term(name, targets_at(view, place), view.script.blocks[place].kind)


_TOLD: dict[str, Callable[[View, int, str], str | None]] = {
    "key": _key_page,
    "name": lambda view, _, name: meanings.entity(view, name),
    "parameter": lambda view, _, name: meanings.parameter(view, name),
    "problem": lambda _, __, name: meanings.problem(name),
    "target": lambda _, __, name: meanings.target(name),
    "term": _term_page,
    "verb": lambda _, __, name: meanings.verb(name),
    "written": lambda _, __, name: meanings.written(name),
}


def _menu(cursor: Cursor) -> Menu | None:
    line = cursor.line
    if line.comment is not None or line.kind == "comment":
        return _in_comment(cursor)
    if isinstance(line, ast.Prose) and line.escaped:
        return menu_marks.at_mark(cursor)
    kind = cursor.meant(line)
    if kind in {"declaration", "parameter"}:
        return menu_lines.in_declaration(cursor) if kind == "declaration" else None
    key = _key(cursor) if kind in {"field", "prose"} else ""
    if key:
        return _in_field(cursor, key)
    if _is_spoken(cursor, kind):
        return menu_marks.parameters(cursor)
    found = menu_marks.at_mark(cursor)
    if found is not None:
        return found
    if kind in HEADED:
        return menu_lines.in_heading(cursor, kind)
    if kind == "scene":
        return menu_lines.in_scene(cursor)
    if kind == "transition":
        return menu_lines.in_transition(cursor)
    if kind in _PLAIN:
        return menu_lines.in_manner(cursor) or menu_lines.at_start(cursor)
    return None


def _in_comment(cursor: Cursor) -> Menu | None:
    comment = cursor.line.comment
    at = 0 if comment is None else comment.start
    names = inside(cursor.before[at:])
    if names is None:
        return None
    return Menu(offer_names.problems(), cursor.word_start(",["), cursor.word_end("-"))


def _is_spoken(cursor: Cursor, kind: str) -> bool:
    """Whether the cursor stands where ``@`` is a letter like any other."""
    line = cursor.line
    if kind in _NO_REFS or isinstance(line, ast.Dialogue):
        return True
    begins = cursor.before.lstrip()[:1]
    return (kind == "dialogue" or begins in {"@", "＠"}) and cursor.quote >= 0


def _key(cursor: Cursor) -> str:
    """Return the key whose value the cursor is in, ``""`` where it is in none."""
    line = cursor.line
    if isinstance(line, ast.Field):
        return line.key.text
    if not isinstance(line, ast.Junk) or line.meant != "field":
        return ""
    written = min(cursor.before.partition(mark)[0] for mark in ":：")
    key = written.strip().lstrip("+＋").strip().partition("(")[0].strip().casefold()
    return key if key in KEYS else ""


def _in_field(cursor: Cursor, key: str) -> Menu | None:
    line, before = cursor.line, cursor.before
    if key in {"note", "title", "seed"}:
        return None
    if KEYS[key].quoted:
        return menu_marks.parameters(cursor)
    at = line.value.start if isinstance(line, ast.Field) else len(before)
    at += len(before[at:]) - len(before[at:].lstrip())
    written = before[at:]
    suits = _suits(key, written)
    found = menu_marks.at_mark(cursor, suits) if KEYS[key].refs else menu_marks.parameters(cursor)
    if found is not None:
        return found
    quote = cursor.quote
    if key == "include":
        begin = quote + 1 if quote >= 0 else at
        offers = offer_names.files(cursor, before[begin:], "include")
        return menu_marks.path(cursor, offers, begin - 1)
    if quote >= 0:
        return None
    return _valued(cursor, key, written, at)


def _suits(key: str, written: str) -> Callable[[Name], bool] | None:
    """Return what a name in a field must be, None where anything may be pointed at."""
    if key == "motion" or (key in {"start", "end"} and " of " in f" {written}"):
        return lambda name: name.is_video
    return (lambda name: name.is_picture) if key in {"start", "end"} else None


def _valued(cursor: Cursor, key: str, written: str, at: int) -> Menu:
    last = written[max(written.rfind(mark) for mark in ",，、") + 1 :]
    offers: list[Offer]
    if key in {"start", "end", "motion"} or (key == "using" and not last.strip()):
        offers = list(offer_names.refs(cursor, _suits(key, written)))
        offers += offer_names.ends(cursor) if key in {"start", "end"} else []
        menu = Menu(offers, len(cursor.before) if key == "using" else at)
    else:
        offers = offer_values.values(cursor, key, written, at)
        more = cursor.word_end("-/.:" if key in {"target", "aspect"} else "-")
        menu = Menu(offers, at, more, picked=key in _PICKED)
    return menu_marks.parted(cursor, menu, offers)
