"""The values of settings and fields, offered behind their colon."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from promptlang.emit.voice import ROLES
from promptlang.lsp import offer_terms
from promptlang.lsp.meanings import in_words, limits, takes
from promptlang.lsp.names import names, targets_at
from promptlang.lsp.offer import Offer
from promptlang.model.names import fold
from promptlang.providers.registry import targets
from promptlang.providers.told import bounds, retired
from promptlang.syntax.keys import HEADER, KEYS
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.lsp.cursor import Cursor
    from promptlang.providers.target import Limit, Target

_WORDS = {
    "lighting": ("light",),
    "music": ("sound",),
    "sound": ("sound",),
    "style": ("look", "colour"),
}
"""The categories of terms a text field is written in."""
_LONGEST = 40
"""How many lengths are listed at most."""
_USUAL = {"aspect": ("16:9", "9:16", "1:1"), "resolution": ("720p", "1080p", "4k")}
"""What to offer where no target says what it takes."""


def values(cursor: Cursor, key: str, written: str, at: int) -> list[Offer]:
    """Return the values a key may have, each with the place it replaces from.

    Args:
        cursor: Where they are asked for.
        key: The key.
        written: What stands behind its colon, as far as the cursor.
        at: Where that begins in the line.
    """
    chosen = targets_at(cursor.view, cursor.place)
    if key == "camera":
        return offer_terms.camera(written, at, in_words(chosen, cursor.kind))
    if key in {"keep", "negative", "target", "using"}:
        return _members(cursor, key, written, at)
    found = list(_single(key, cursor.kind, chosen))
    if key in _WORDS and written.strip():
        return offer_terms.words(_WORDS[key], written, at, "")
    if KEYS[key].cascades and cursor.kind != HEADER and key != "negative":
        found.append(Offer("none", "value", "clears what is inherited", rank=9))
    if key in _WORDS:
        found += offer_terms.words(_WORDS[key], written, at, "")
    return found


def _single(key: str, kind: str, chosen: list[Target]) -> Iterator[Offer]:
    if key == "audio":
        silent = [t.id for t in chosen if not takes(t, kind, "audio")]
        note = f"{', '.join(silent)} makes no sound" if silent else "sound is generated"
        yield Offer("on", "value", note)
        yield Offer("off", "value", "no sound is generated")
    elif key in {"aspect", "resolution"}:
        yield from _choices(key, kind, chosen)
    elif key == "duration":
        yield from lengths(kind, chosen)
    elif key == "cfg":
        yield from _numbers("cfg", kind, chosen)
    elif key == "takes":
        for number in range(1, 5):
            yield Offer(str(number), "value", f"{number} result{'s' * (number > 1)}")
    elif key == "language":
        for language in dict.fromkeys(vocabulary().languages.values()):
            yield Offer(language, "value", "language of speech")


def _choices(key: str, kind: str, chosen: list[Target]) -> Iterator[Offer]:
    """Yield what the targets take, what all of them take first."""
    allowed: dict[str, list[str]] = {}
    for target in chosen:
        for limit in limits(target, kind, key)[:1]:
            for choice in limit.choices:
                usual = " (default)" if choice == limit.default else ""
                allowed.setdefault(str(choice), []).append(target.id + usual)
    if not allowed:
        for choice in _USUAL[key]:
            silent = ", ".join(t.id for t in chosen if not takes(t, kind, key))
            yield Offer(choice, "value", f"{silent} does not take it" if silent else "")
    for choice, who in allowed.items():
        yield Offer(choice, "value", ", ".join(who), rank=5 - min(len(who), 4))


def lengths(kind: str, chosen: list[Target]) -> Iterator[Offer]:
    """Yield how long a block may be."""
    found: dict[Decimal, list[str]] = {}
    for target in chosen:
        for limit in (limits(target, kind, "shot") or limits(target, kind, "total"))[:1]:
            for seconds in _steps(limit):
                found.setdefault(seconds, []).append(target.id)
    for seconds, who in sorted(found.items()):
        yield Offer(f"{seconds:f}s", "value", ", ".join(who))
    if not found:
        for usual in (3, 5, 8, 10):
            yield Offer(f"{usual}s", "value", "length")


def _steps(limit: Limit) -> list[Decimal]:
    if limit.choices:
        return [choice for choice in limit.choices if isinstance(choice, Decimal)]
    if limit.max is None or limit.min is None:
        return []
    step = limit.step or Decimal(1)
    first = limit.min if limit.min % step == 0 else limit.nearest(limit.min)
    count = min(int((limit.max - first) / step) + 1, _LONGEST)
    return [first + step * number for number in range(max(count, 0))]


def _numbers(name: str, kind: str, chosen: list[Target]) -> Iterator[Offer]:
    for target in chosen:
        found = limits(target, kind, name)
        for limit in found[:1]:
            for value in dict.fromkeys((limit.default, limit.min, limit.max)):
                if value is not None:
                    yield Offer(f"{value}", "value", f"{target.id}: {bounds(limit)}")
        if not found and not takes(target, kind, name):
            yield Offer("0.5", "value", f"{target.id} has no use for it")


def _members(cursor: Cursor, key: str, written: str, at: int) -> list[Offer]:
    """Return what a list may have next, without what it has."""
    start = max(written.rfind(mark) for mark in ",，、") + 1
    before = {part.strip().casefold() for part in written[:start].split(",")}
    start += len(written[start:]) - len(written[start:].lstrip())
    member = written[start:]
    if key == "using":
        return list(_roles(cursor, member, at + start))
    offers = {"keep": _keep, "negative": _negative, "target": _targets}[key](cursor)
    found = [offer for offer in offers if offer.label.casefold() not in before]
    for offer in found:
        offer.start = at + start
    return found


def _keep(cursor: Cursor) -> Iterator[Offer]:
    known = vocabulary().edits
    if cursor.kind == "angle":
        for words in known["multi-cam"]["keep"]:
            yield Offer(words.removeprefix("same "), "value", "stays the same")
    for word, others in known["keep"].items():
        yield Offer(word, "value", "everything else" if word == "everything" else "stays")
        for other in others:
            yield Offer(other, "value", f"the same as {word}", rank=6)


def _negative(cursor: Cursor) -> Iterator[Offer]:
    listed = vocabulary().negative_standard
    yield Offer("standard", "value", f"{', '.join(listed[:4])}, …", rank=1)
    for word in listed:
        yield Offer(word, "value", "must not appear")


def _targets(cursor: Cursor) -> Iterator[Offer]:
    for target in targets():
        live = target.status == "live"
        makes = cursor.kind not in {"shot", "edit", "angle", "coverage"}
        makes = makes or cursor.kind in target.blocks()
        note = "" if makes else f" · makes no {cursor.kind}"
        yield Offer(
            target.id,
            "target",
            f"{target.title}{retired(target)}{note}",
            rank=4 if live and makes else 8,
            about=("target", target.id),
        )


def _roles(cursor: Cursor, member: str, at: int) -> Iterator[Offer]:
    name, found, _ = member.partition(" for ")
    if not name.startswith(("@", "＠")) or not (found or member[-1:].isspace()):
        return
    kinds = {fold(known.text): known.kind for known in names(cursor.view, cursor.start)}
    kind = kinds.get(fold(name.strip()[1:]), "")
    start = at + len(name) + len(found) if found else at + len(member)
    for place, words in ROLES.items():
        usual = place == kind
        detail = f"what a {place} is for" if usual else "role"
        text = words if found else f"for {words}"
        yield Offer(text, "value", detail, rank=1 if usual else 5, start=start)
    for target in vocabulary().edits["targets"]:
        text = f"the {target}" if found else f"for the {target}"
        yield Offer(text, "value", "role", rank=6, start=start)
