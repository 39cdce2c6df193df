"""What a line may begin with, offered where one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.lsp.names import next_label, targets_at
from promptlang.lsp.offer import Offer
from promptlang.pages import HEADINGS
from promptlang.syntax import ast
from promptlang.syntax.keys import BLOCKS, HEADER, KEYS, KINDS, SCENE
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.lsp.cursor import Cursor
    from promptlang.syntax.keys import Key

_VERB, _KEY, _HEADING, _DECLARED = range(4)
_SCENES = ("INT.", "EXT.", "INT./EXT.", "EST.", "SCENE:")


def beginnings(cursor: Cursor) -> Iterator[Offer]:
    """Yield everything a line may begin with where the cursor is."""
    kind, ended = cursor.kind, cursor.ended
    if kind == "edit" and not ended:
        yield from verbs()
    stated = _stated(cursor)
    for key in KEYS.values():
        fits = kind in key.where and (not ended or key.name == "note")
        if fits and (key.repeats or key.name not in stated):
            yield _key(key)
    if kind not in {SCENE} and not ended:
        yield from _providers(cursor)
    yield from headings(cursor)
    yield from _declarations()


def added(cursor: Cursor) -> Iterator[Offer]:
    """Yield the keys behind a plus: those whose text is inherited."""
    for key in KEYS.values():
        adds = key.text and key.cascades and cursor.kind in key.where
        if adds and cursor.kind != HEADER and not cursor.ended:
            yield Offer(
                f"+ {key.name}",
                "key",
                f"adds to {key.name}",
                text=f"+ {key.name}: ",
                rank=_KEY,
                about=("key", key.name),
            )


def verbs() -> Iterator[Offer]:
    """Yield the verbs a change begins with."""
    for verb, row in vocabulary().edit_verbs.items():
        link = row.get("takes", "")
        more = f" … {link} …" if link else " …"
        snippet = f"{verb} ${{1:what}} {link} $0" if link else f"{verb} $0"
        about = ("verb", verb)
        detail = f"edit · {row.get('meaning', '')}"
        yield Offer(
            verb + more,
            "edit",
            detail,
            text=f"{verb} ",
            rank=_VERB,
            snippet=snippet,
            about=about,
            filter=verb,
        )


def headings(cursor: Cursor) -> Iterator[Offer]:
    """Yield the headings of blocks and scenes."""
    number = next_label(cursor.view)
    for word, shape, rest, snippet in (
        ("SHOT", "SHOT 1 (5s): terms", "SHOT ", f"SHOT {number} (${{1:5s}}): $0"),
        ("EDIT", "EDIT @source", "EDIT @", "EDIT @${1:source}\n  $0"),
        ("ANGLE ON", "ANGLE ON @source: terms", "ANGLE ON @", "ANGLE ON @${1:source}: $0"),
        ("COVERAGE", "COVERAGE OF @image", "COVERAGE OF @", "COVERAGE OF @${1:image}\n  $0"),
    ):
        said = HEADINGS[word.lower()].split("\n")[0].partition(": ")[2]
        yield Offer(
            shape,
            "block",
            said,
            text=rest,
            rank=_HEADING,
            snippet=snippet,
            filter=word,
            about=("written", word.lower()),
        )
    for prefix in _SCENES:
        snippet = f"{prefix} ${{1:PLACE}} - ${{2:TIME}}\n$0"
        shape = f"{prefix} PLACE - TIME"
        about = ("written", "scene")
        yield Offer(
            shape,
            "block",
            "where and when",
            text=f"{prefix} ",
            rank=_HEADING,
            snippet=snippet,
            filter=prefix,
            about=about,
        )


def _declarations() -> Iterator[Offer]:
    kinds = ",".join(KINDS)
    yield Offer(
        '@Name = kind "file"',
        "kind",
        "declares something once, to be pointed at",
        text="@",
        filter="@",
        rank=_DECLARED,
        snippet=f'@${{1:Name}} = ${{2|{kinds}|}} "$3": $0',
    )
    yield Offer(
        '{name} = "value"',
        "parameter",
        "declares a parameter",
        text="{",
        filter="{",
        rank=_DECLARED,
        snippet='{${1:name\\}} = "$0"',
    )
    yield Offer("> transition", "transition", "into the next shot", text="> ", rank=_DECLARED)


def _key(key: Key) -> Offer:
    snippet = f'{key.name}: "$0"' if key.quoted else None
    return Offer(
        key.name,
        "key",
        key.meaning,
        text=f"{key.name}: ",
        filter=key.name,
        rank=_KEY,
        snippet=snippet,
        about=("key", key.name),
    )


def _providers(cursor: Cursor) -> Iterator[Offer]:
    if cursor.kind not in BLOCKS and cursor.kind != HEADER:
        return
    found = dict.fromkeys(t.provider for t in targets_at(cursor.view, cursor.place))
    for provider in found:
        detail = f"a field of {provider}, as its payload spells it"
        yield Offer(f"{provider}.", "key", detail, rank=_DECLARED)


def _stated(cursor: Cursor) -> set[str]:
    """Return the keys the block has in other lines."""
    script = cursor.view.script
    block, start = script.blocks[cursor.place], script.starts[cursor.place]
    return {
        line.key.text
        for line in block.lines
        if isinstance(line, ast.Field) and start + line.at != cursor.start
    }
