"""Text to syntax tree: total, block by block, and quick to do again after an edit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from promptlang.collector import Paused
from promptlang.source import Source, Span
from promptlang.syntax import build, problems
from promptlang.syntax.ast import Block, Junk, Script
from promptlang.syntax.glued import check_comments, may_be_glued
from promptlang.syntax.limits import BLOCK_LIMIT, FILE_LIMIT, check_characters, size, suspicious

if TYPE_CHECKING:
    from promptlang.diagnostics import Diagnostic, Problem

_BOM = "\ufeff"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def parse(text: str, path: str = "<text>", previous: Script | None = None) -> Script:
    """Return the syntax tree of a script; never raises for what the text contains.

    Args:
        text: The script.
        path: How messages name it.
        previous: An earlier version, whose blocks are used again where the text is the same.
    """
    source = Source(text.removeprefix(_BOM), path)
    text = source.text
    if len(text) > FILE_LIMIT // 4 and (count := size(text)) > FILE_LIMIT:
        return _too_large(source, count)
    if previous is None or not previous.blocks or previous.oversized:
        blocks = _blocks(text)
    else:
        blocks = _again(text, previous)
    return _script(source, blocks)


def parse_bytes(data: bytes, path: str = "<bytes>") -> Script:
    """Return the syntax tree of a script as it lies in a file."""
    if data.startswith(_UTF_16):
        text = data.decode("utf-8", "surrogateescape")
        source = Source(text, path)
        message = "the file is UTF-16; a script is UTF-8"
        return _unread(source, problems.INVALID_BYTES, message, "save the file as UTF-8")
    return parse(data.decode("utf-8", "surrogateescape"), path)


def _blocks(text: str) -> list[Block]:
    """Return the header block and the blocks of a text."""
    if not text:
        return [Block("header", (), (), 0)]
    whole = text if text[-1] in "\r\n" else text + "\n"
    with Paused():
        blocks = build.blocks(whole)
    if suspicious(text):
        blocks = [check_characters(block) for block in blocks]
    if may_be_glued(text):
        blocks = [check_comments(block) for block in blocks]
    if whole is not text:
        last = blocks[-1]
        last.size -= 1
        last.lines[-1].text = last.lines[-1].text[:-1]
    return blocks


def _again(text: str, previous: Script) -> list[Block]:
    """Return the blocks of a text, taking from an earlier version what did not change."""
    old = previous.source.text
    same = _common_prefix(old, text)
    if same == len(old) == len(text):
        return list(previous.blocks)
    tail = _common_suffix(old, text, min(len(old), len(text)) - same)
    starts, blocks = previous.starts, previous.blocks
    # The block before the first change is read again too: a changed heading may join it.
    first = max(0, bisect_right(starts, same) - 2)
    last = bisect_left(starts, len(old) - tail)
    shift = len(text) - len(old)
    while last < len(blocks) and (last <= first or text[starts[last] + shift - 1] not in "\r\n"):
        last += 1
    stop = starts[last] + shift if last < len(blocks) else len(text)
    middle = _blocks(text[starts[first] : stop])
    # A stretch that begins with a heading has an empty header in front of it.
    if first > 0:
        middle = middle[1:]
    for block, before in zip(middle[:-1], blocks[first:], strict=False):
        if block.size != before.size or starts[first] + before.size > same:
            break
        # It was read again only to see whether it would end elsewhere.
        middle, first = middle[1:], first + 1
    return [*blocks[:first], *middle, *blocks[last:]]


def _common_prefix(one: str, other: str) -> int:
    """Return how many characters two texts share at their start."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    # Invariant: the first `low` characters are the same, the first `high` are not.
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _common_suffix(one: str, other: str, limit: int) -> int:
    """Return how many characters, up to a limit, two texts share at their end."""
    low, high = 0, limit
    m, n = len(one), len(other)
    if one[m - high :] == other[n - high :]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[m - middle : m - low] == other[n - middle : n - low]:
            low = middle
        else:
            high = middle
    return low


def _script(source: Source, blocks: list[Block]) -> Script:
    extra: tuple[Diagnostic, ...] = ()
    starts = list(accumulate([block.size for block in blocks[:-1]], initial=0))
    oversized = len(blocks) > BLOCK_LIMIT + 1
    if oversized:
        start, kind = starts[BLOCK_LIMIT + 1], blocks[BLOCK_LIMIT + 1].kind
        junk = Junk(source.text[start:], kind)
        blocks = [*blocks[: BLOCK_LIMIT + 1], Block(kind, (junk,), (), len(junk.text))]
        starts = starts[: BLOCK_LIMIT + 2]
        end = start + len(junk.text.split("\n", 1)[0])
        message = f"the script has more than {BLOCK_LIMIT:,} blocks; the rest is not read"
        extra = (
            problems.TOO_MANY_BLOCKS.at(
                Span(source, start, end), message, hint="divide the film into files"
            ),
        )
    return Script(source, tuple(blocks), tuple(starts), extra)


def _too_large(source: Source, count: int) -> Script:
    message = f"the script has {count:,} bytes; a script may have {FILE_LIMIT:,}"
    return _unread(source, problems.FILE_TOO_LARGE, message, "divide the film into files")


def _unread(source: Source, problem: Problem, message: str, hint: str) -> Script:
    """Return a script whose text is kept whole as one line of junk."""
    line = Junk(source.text, "script")
    block = Block("header", (line,), (), len(source.text))
    report = problem.at(Span(source, 0, 0), message, hint=hint)
    return Script(source, (block,), (0,), (report,))
