"""Completion: what may be written where the cursor is, and nothing where there is nothing to say.

The line is read as far as the cursor and taken for what it is by then. Everything offered follows
from the syntax tree, which is there with the keystroke; what a script means takes longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.lint.suppress import inside
from promptlang.lsp import offer_lines, offer_names, offer_terms, offer_values, pages
from promptlang.lsp.cursor import BLOCKS, Cursor
from promptlang.lsp.names import Name, scene_places, targets_at
from promptlang.lsp.offer import Menu, Offer
from promptlang.syntax import ast
from promptlang.syntax.keys import KEYS, KINDS
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlang.lsp.view import View

_NOTHING: dict[str, Any] = {"isIncomplete": False, "items": []}
_PLAIN = frozenset({"prose", "blank"})
_NO_REFS = frozenset({"parameter", "provider field"})
_PICKED = frozenset({"camera", "lighting", "music", "sound", "style"})
_HEADED = BLOCKS - {"header", "scene"}


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
    about = item["data"].get("about")
    said = None
    if isinstance(about, list) and len(about) == 2 and all(isinstance(a, str) for a in about):
        tell = _TOLD.get(about[0])
        said = None if tell is None else tell(view, about[1])
    if said is None:
        return item
    return {**item, "documentation": {"kind": "markdown", "value": said}}


def _targets(view: View) -> list[Any]:
    return targets_at(view, 0)


_TOLD: dict[str, Callable[[View, str], str | None]] = {
    "key": lambda view, name: pages.key(name, _targets(view)),
    "name": pages.entity,
    "parameter": pages.parameter,
    "problem": lambda view, name: pages.problem(name),
    "target": lambda view, name: pages.target(name),
    "term": lambda view, name: pages.term(name, _targets(view)),
    "verb": lambda view, name: pages.verb(name),
    "written": lambda view, name: pages.written(name),
}


def _menu(cursor: Cursor) -> Menu | None:
    line = cursor.line
    if line.comment is not None or line.kind == "comment":
        return _in_comment(cursor)
    if isinstance(line, ast.Prose) and line.escaped:
        return _at_mark(cursor)
    kind = cursor.meant(line)
    if kind in {"declaration", "parameter"}:
        return _in_declaration(cursor) if kind == "declaration" else None
    key = _key(cursor) if kind in {"field", "prose"} else ""
    if key:
        return _in_field(cursor, key)
    if _is_spoken(cursor, kind):
        return _parameters(cursor)
    found = _at_mark(cursor)
    if found is not None:
        return found
    if kind in _HEADED:
        return _in_heading(cursor, kind)
    if kind == "scene":
        return _in_scene(cursor)
    if kind == "transition":
        return _in_transition(cursor)
    if kind in _PLAIN:
        return _in_manner(cursor) or _at_start(cursor)
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


def _at_mark(cursor: Cursor, suits: Callable[[Name], bool] | None = None) -> Menu | None:
    """Return what may follow ``@`` or ``{``, None where the cursor is in no name."""
    at = cursor.name_start("@＠")
    if at < 0:
        return _parameters(cursor)
    before = cursor.before[:at]
    kind = cursor.meant(cursor.line)
    if kind in BLOCKS and before.rstrip().casefold().endswith(" as"):
        return Menu(offer_names.new_names(cursor), at, cursor.name_end())
    begins = not before.strip()
    if suits is None and kind in _HEADED:
        suits = _wanted(kind, before)
    offers = list(offer_names.refs(cursor, suits))
    if begins:
        declared = [o for o in offer_lines.beginnings(cursor) if o.label[:1] == "@"]
        for offer in declared:
            # Below the header a name begins what somebody does or says.
            offer.rank = 3 if cursor.kind == "header" else 9
        offers += declared
    return Menu(offers, at, cursor.name_end())


def _wanted(kind: str, before: str) -> Callable[[Name], bool] | None:
    """Return what a name in a heading must be, None where anything may be pointed at."""
    if ":" in before or "：" in before:
        return None
    if kind in {"edit", "angle"}:
        return lambda name: name.is_video
    return (lambda name: name.is_picture) if kind == "coverage" else None


def _parameters(cursor: Cursor) -> Menu | None:
    at = cursor.name_start("{")
    if at < 0:
        return None
    more = cursor.name_end()
    more += cursor.after[more : more + 1] == "}"
    offers = list(offer_names.filled(cursor))
    if not cursor.before[:at].strip():
        offers += [o for o in offer_lines.beginnings(cursor) if o.label[:1] == "{"]
    return Menu(offers, at, more)


def _in_declaration(cursor: Cursor) -> Menu | None:
    before = cursor.before
    at = max(before.find("="), before.find("＝")) + 1
    written = before[at:]
    words = written.split(maxsplit=1)
    quote = cursor.quote
    if len(words) < 2 and not written[len(written.rstrip()) :] * bool(words) and quote < 0:
        if ":" in written or "：" in written:
            return None
        start = at + len(written) - len(written.lstrip())
        return Menu(_kinds(), start, cursor.word_end())
    kind = words[0].casefold()
    if quote >= 0:
        behind = before[quote + 1 :]
        if before[at:quote].casefold().split()[1:][-1:] == ["voice"]:
            return None  # the id of a provider's voice
        offers = offer_names.files(cursor, behind, kind if kind in KINDS else "element")
        return _parameters(cursor) or _path(cursor, offers, quote)
    described = ":" in written or "：" in written
    voiced = before.rstrip("＠@ ").casefold().endswith(" voice")
    found = _at_mark(cursor, (lambda name: name.is_voice) if voiced and not described else None)
    if found is not None or described:
        return found
    typed = cursor.word_start()
    voice = Offer("voice", "kind", "how it sounds: @name or an id", text="voice ")
    return Menu([voice], typed, cursor.word_end(), at_start=True)


def _kinds() -> Iterator[Offer]:
    from promptlang.pages import FILES, KIND_MEANINGS, PICTURES

    for kind in KINDS:
        shape = FILES.get(kind, PICTURES)
        snippet = f'{kind} "$1"$0' if shape.startswith('"') else None
        meaning = KIND_MEANINGS[kind]
        yield Offer(
            kind,
            "kind",
            meaning,
            text=f"{kind} ",
            filter=kind,
            snippet=snippet,
            about=("written", kind),
        )


def _path(cursor: Cursor, offers: Iterator[Offer], quote: int) -> Menu:
    start = max(cursor.before.rfind(mark) for mark in "/\\") + 1
    more = 0
    while more < len(cursor.after) and cursor.after[more] not in '"”“»」』/\\':
        more += 1
    # Where the quote is not closed the rest of the line is no part of the path.
    more = more if more < len(cursor.after) else 0
    return Menu(offers, max(start, quote + 1), more)


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
        return _parameters(cursor)
    at = line.value.start if isinstance(line, ast.Field) else len(before)
    at += len(before[at:]) - len(before[at:].lstrip())
    written = before[at:]
    suits = _suits(key, written)
    found = _at_mark(cursor, suits) if KEYS[key].refs else _parameters(cursor)
    if found is not None:
        return found
    quote = cursor.quote
    if key == "include":
        begin = quote + 1 if quote >= 0 else at
        offers = offer_names.files(cursor, before[begin:], "include")
        return _path(cursor, offers, begin - 1)
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
    return _parted(cursor, menu, offers)


def _parted(cursor: Cursor, menu: Menu, offers: list[Offer]) -> Menu:
    """Return a menu whose offers keep a blank from the colon they stand behind."""
    if cursor.before[-1:] in {":", "："}:
        for offer in offers:
            offer.filter = offer.text if offer.filter is None else offer.filter
            offer.text = f" {offer.text}"
    return menu


def _in_heading(cursor: Cursor, kind: str) -> Menu | None:
    line, before = cursor.line, cursor.before
    chosen = targets_at(cursor.view, cursor.place)
    if isinstance(line, ast.Heading):
        terms = line.terms
        at = terms.start if terms is not None else len(before)
        open_ended = before.rstrip().endswith((":", "："))
        if terms is not None or open_ended:
            if kind == "edit":
                typed = before[at:].strip()
                offers = [] if " " in typed else list(offer_lines.verbs())
                return Menu(offers, cursor.word_start(":："), cursor.word_end())
            if cursor.quote >= 0:
                return None
            verdict = pages.in_words(chosen, kind)
            at += len(before[at:]) - len(before[at:].lstrip())
            offers = offer_terms.camera(before[at:], at, verdict)
            menu = Menu(offers, at, cursor.word_end("-"), picked=True)
            return _parted(cursor, menu, offers)
    bracket = max(before.rfind(mark) for mark in "(（")
    if bracket > max(before.rfind(mark) for mark in ")）"):
        lengths = offer_values.lengths(kind, chosen)
        return Menu(lengths, bracket + 1, cursor.word_end(".,"))
    if kind != "shot" and "@" not in before and before[-1:].isspace():
        suits = _wanted(kind, before)
        return Menu(offer_names.refs(cursor, suits), len(before))
    return None


def _in_scene(cursor: Cursor) -> Menu | None:
    line, before = cursor.line, cursor.before
    dash = max(before.rfind(f" {mark} ") for mark in "-–—")
    if dash >= 0:
        at = dash + 3
        offers = _times(before[at:], at)
        return Menu(offers, at, cursor.word_end(), picked=True)
    at = len(before)
    if isinstance(line, ast.SceneHeading) and line.places:
        at = line.places[0].start
    elif not before[-1:].isspace():
        return None
    places = [p for p in scene_places(cursor.view, cursor.start) if not _is_time(p)]
    offers = [Offer(place, "value", "place of another scene") for place in places]
    return Menu(offers, at, cursor.word_end())


def _times(written: str, at: int) -> list[Offer]:
    offers = offer_terms.words(("time-of-day",), written, at, "")
    for offer in offers:
        offer.text = offer.label = offer.label.upper()
    return offers


def _is_time(words: str) -> bool:
    from promptlang.vocabulary.phrases import is_time

    return is_time(words)


def _in_transition(cursor: Cursor) -> Menu | None:
    before = cursor.before
    if cursor.quote >= 0:
        return None
    at = max(before.find(mark) for mark in ">＞") + 1
    at += len(before[at:]) - len(before[at:].lstrip())
    chosen = targets_at(cursor.view, cursor.place)
    several = [t for t in chosen if pages.takes(t, "shot", "shots")]
    verdict = "" if several or not chosen else "made in the edit"
    offers = offer_terms.transitions(before[at:], at, verdict)
    return Menu(offers, at, cursor.word_end("-"), picked=True)


def _in_manner(cursor: Cursor) -> Menu | None:
    """Return how somebody may speak, None where the cursor is in no bracket behind a name."""
    before = cursor.before
    head, bracket, said = before.partition("(")
    cue = head.strip()
    named = cue[:1] in {"@", "＠"} and cue[1:].replace("_", "").isalnum()
    if not bracket or ")" in said or not (named or cue.casefold() == "voiceover"):
        return None
    words = vocabulary()
    start = max(said.rfind(","), said.rfind("，")) + 1
    start += len(said[start:]) - len(said[start:].lstrip())
    offers = [Offer(manner, "value", "manner", rank=4) for manner in words.manners]
    languages = dict.fromkeys(words.languages.values())
    offers += [Offer(f"in {language}", "value", "language", rank=6) for language in languages]
    return Menu(offers, len(head) + 1 + start, cursor.word_end())


def _at_start(cursor: Cursor) -> Menu | None:
    """Return what a line may begin with, None where it has begun."""
    before = cursor.before
    typed = before.lstrip()
    start = len(before) - len(typed)
    name, dot, field = typed.partition(".")
    if dot and name.islower() and not any(letter.isspace() for letter in field):
        offers = offer_names.fields(cursor, name)
        return Menu(offers, start + len(name) + 1, cursor.word_end())
    if typed[:1] in {"+", "＋"}:
        return Menu(offer_lines.added(cursor), start, _rest_of_key(cursor), at_start=True)
    if not _is_beginning(typed):
        return None
    more = _rest_of_key(cursor)
    if cursor.after[more:].strip() and cursor.after[:more][-1:] not in {":", " "}:
        return None  # the line says something already
    return Menu(offer_lines.beginnings(cursor), start, more, at_start=True)


def _is_beginning(typed: str) -> bool:
    """Whether nothing stands in a line yet but what may become a key or a heading."""
    if any(heading.startswith(typed.casefold()) for heading in ("angle on", "coverage of")):
        return True
    return all(letter.isalpha() or letter in "./_" for letter in typed)


def _rest_of_key(cursor: Cursor) -> int:
    """Return how far the word the cursor is in reaches, with the colon of a key."""
    more = cursor.word_end()
    if cursor.after[more : more + 1] in {":", "："}:
        more += 1
        more += cursor.after[more : more + 1] == " "
    return more
