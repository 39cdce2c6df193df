"""What is offered inside of a line, by what the line is so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.lsp import meanings, menu_marks, offer_lines, offer_names, offer_terms, offer_values
from promptlang.lsp.names import scene_places, targets_at
from promptlang.lsp.offer import Menu, Offer
from promptlang.syntax import ast
from promptlang.syntax.inline import quotes
from promptlang.syntax.keys import KINDS
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.lsp.cursor import Cursor


def in_declaration(cursor: Cursor) -> Menu | None:
    """Return the kinds behind the ``=``, and behind a kind what it may be made of."""
    before = cursor.before
    written = before[max(before.find(mark) for mark in "=＝") + 1 :].lstrip()
    size = next((at for at, c in enumerate(written) if not c.isalpha()), len(written))
    kind, behind = written[:size].casefold(), written[size:]
    if not behind:
        return Menu(_kinds(), len(before) - size, cursor.word_end())
    for start, end in reversed(quotes(behind)):
        behind = behind[:start] + behind[end:]
    quote = cursor.quote
    head = before[:quote] if quote >= 0 else before
    described = any(mark in behind for mark in ":：")
    # A voice may be a kind too; then it stands first.
    voiced = head[len(before) - len(written) + size :].rstrip("＠@ ").casefold().endswith("voice")
    if described or quote < 0:
        of_voices = voiced and not described
        found = menu_marks.at_mark(cursor, (lambda name: name.is_voice) if of_voices else None)
        if found is not None or described:
            return found
        voice = Offer("voice", "kind", "how it sounds: @name or an id", text="voice ")
        return Menu([voice], cursor.word_start(), cursor.word_end(), at_start=True)
    if voiced:
        return None  # the id of a provider's voice
    offers = offer_names.files(cursor, before[quote + 1 :], kind if kind in KINDS else "element")
    return menu_marks.parameters(cursor) or menu_marks.path(cursor, offers, quote)


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


def in_heading(cursor: Cursor, kind: str) -> Menu | None:
    """Return lengths between brackets, camera terms behind the colon, sources before it."""
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
            verdict = meanings.in_words(chosen, kind)
            at += len(before[at:]) - len(before[at:].lstrip())
            offers = offer_terms.camera(before[at:], at, verdict)
            menu = Menu(offers, at, cursor.word_end("-"), picked=True)
            return menu_marks.parted(cursor, menu, offers)
    bracket = max(before.rfind(mark) for mark in "(（")
    if bracket > max(before.rfind(mark) for mark in ")）"):
        lengths = offer_values.lengths(kind, chosen)
        return Menu(lengths, bracket + 1, cursor.word_end(".,"))
    if kind != "shot" and "@" not in before and before[-1:].isspace():
        suits = menu_marks.wanted(kind, before)
        return Menu(offer_names.refs(cursor, suits), len(before))
    return None


def in_scene(cursor: Cursor) -> Menu | None:
    """Return the places of other scenes, and behind a dash the times of day."""
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


def in_transition(cursor: Cursor) -> Menu | None:
    """Return the transitions that begin with what is written."""
    before = cursor.before
    if cursor.quote >= 0:
        return None
    at = max(before.find(mark) for mark in ">＞") + 1
    at += len(before[at:]) - len(before[at:].lstrip())
    chosen = targets_at(cursor.view, cursor.place)
    several = [t for t in chosen if meanings.takes(t, "shot", "shots")]
    verdict = "" if several or not chosen else "made in the edit"
    offers = offer_terms.transitions(before[at:], at, verdict)
    return Menu(offers, at, cursor.word_end("-"), picked=True)


def in_manner(cursor: Cursor) -> Menu | None:
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


def at_start(cursor: Cursor) -> Menu | None:
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
