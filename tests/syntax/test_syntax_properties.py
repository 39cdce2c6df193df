"""What holds of every script, and what holds of every text."""

from __future__ import annotations

import gc
import pickle
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from promptlang.syntax import ast
from promptlang.syntax.parser import parse, parse_bytes
from promptlang.syntax.printer import format as printed
from tests.syntax.shots import scripts, texts

if TYPE_CHECKING:
    from promptlang.source import Span


INSERTED = ["", "x", "\n", "\r", "SHOT 1\n", "\nSHOT 2", "> cut\n", "\0"]


def _structure(script: ast.Script) -> list[object]:
    """All of a tree, places included, as something to compare."""
    return [
        (
            block.kind,
            block.size,
            [(line.at, line.text, repr(list(line.parts()))) for line in block.lines],
        )
        for block in script.blocks
    ]


def _reports(script: ast.Script) -> list[str]:
    return [repr((d, d.hint, d.fixes)) for d in script.diagnostics]


@given(scripts())
def test_generated_scripts_parse(text: str) -> None:
    script = parse(text)
    allowed = {"prose", "dialogue", "field", "declaration", "parameter", "transition"}
    for block in script.blocks:
        for line in block.lines[1:]:
            # A heading in the middle of a block would mean the blocks are wrong.
            assert line.kind in allowed | {"blank", "comment", "provider field", "junk"}


@given(texts())
def test_nothing_is_lost(text: str) -> None:
    script = parse(text)
    source = text.removeprefix("\ufeff")
    assert script.source.text == source
    assert "".join(line.text for block in script.blocks for line in block.lines) == source
    for block, start in zip(script.blocks, script.starts, strict=True):
        assert block.size == len(block.text)
        assert source[start : start + block.size] == block.text
        at = 0
        for line in block.lines:
            assert line.at == at
            at += len(line.text)


def _written(part: ast.Part) -> str | None:
    """What must stand at the place of a part, as far as the part itself says."""
    if isinstance(part, ast.Text):
        return part.raw
    if isinstance(part, ast.Ref):
        return part.name
    if isinstance(part, ast.Param):
        return f"{{{part.name}}}"
    if isinstance(part, ast.Escape):
        return f"\\{part.text}"
    return None


def _checked(part: ast.Part, span: Span) -> None:
    written = _written(part)
    if isinstance(part, ast.Ref):
        assert span.text[0] in "@＠"
        assert span.text[1:] == written
    elif written is not None:
        assert span.text == written
    elif isinstance(part, ast.Word) and not part.text.startswith("#"):
        # Words are kept in canonical form: keys in lower case, prefixes completed.
        assert span.text[:1].lower() == part.text[:1].lower() or "/" in part.text
    elif isinstance(part, ast.Quoted):
        assert span.text[1:-1] == part.text.raw


@given(texts())
def test_every_span_points_at_its_text(text: str) -> None:
    script = parse(text)
    size = len(script.source.text)
    for thing, span in script.walk():
        assert 0 <= span.start <= span.end <= size
        if isinstance(thing, ast.Part):
            _checked(thing, span)
    for diagnostic in script.diagnostics:
        for place in [diagnostic.span, *(e.span for f in diagnostic.fixes for e in f.edits)]:
            assert 0 <= place.start <= place.end <= size
        assert diagnostic.message


@given(texts())
def test_format_keeps_the_meaning_and_repeats_itself(text: str) -> None:
    script = parse(text)
    once = printed(script)
    again = parse(once)
    assert printed(again) == once
    assert again.same(script)
    assert again.meaning() == script.meaning()


@given(texts())
def test_format_is_tidy(text: str) -> None:
    script = parse(text)
    once = printed(script)
    assert once == "" or once.endswith(("\n", "\r"))
    if not any(line.kind == "junk" for block in script.blocks for line in block.lines):
        lines = once.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert all(line == line.rstrip() for line in lines)
        assert "" not in lines[:1] or once == ""
        assert "\n\n\n" not in "\n".join(lines)


@given(texts(), texts())
def test_incremental_equals_cold(before: str, after: str) -> None:
    cold = parse(after)
    warm = parse(after, previous=parse(before))
    assert _structure(warm) == _structure(cold)
    assert _reports(warm) == _reports(cold)


@given(scripts(), st.data())
def test_edits_keep_incremental_and_cold_equal(text: str, data: st.DataObject) -> None:
    script = parse(text)
    for _ in range(4):
        now = script.source.text
        start = data.draw(st.integers(0, len(now)))
        end = data.draw(st.integers(start, min(len(now), start + 20)))
        new = data.draw(
            st.sampled_from(["", "x", "\n", "\r", "SHOT 1\n", "\nSHOT 2", "> cut\n", "\0"])
        )
        changed = now[:start] + new + now[end:]
        script = parse(changed, previous=script)
        cold = parse(changed)
        assert _structure(script) == _structure(cold)
        assert _reports(script) == _reports(cold)


def test_untouched_blocks_are_the_same_objects() -> None:
    shots = [f"SHOT {n} (4s): wide shot\n  Shot number {n}.\n\n" for n in range(50)]
    before = parse("title: x\n\n" + "".join(shots))
    shots[20] = shots[20].replace("number", "with the number")
    after = parse("title: x\n\n" + "".join(shots), previous=before)
    kept = [a is b for a, b in zip(before.blocks, after.blocks, strict=True)]
    assert kept.count(False) <= 3
    assert not kept[21]
    assert after.diagnostics == []


@given(st.binary(max_size=300))
def test_bytes_never_raise(data: bytes) -> None:
    script = parse_bytes(data)
    assert parse(printed(script)).blocks
    for diagnostic in script.diagnostics:
        assert diagnostic.span.line >= 1


@given(scripts())
def test_trees_can_be_pickled(text: str) -> None:
    script = parse(text)
    copy = pickle.loads(pickle.dumps(script))
    assert copy.same(script)
    assert _reports(copy) == _reports(script)


def test_collector_is_as_it_was() -> None:
    assert gc.isenabled()
    parse("SHOT 1\n")
    assert gc.isenabled()
    gc.disable()
    try:
        parse("SHOT 1\n")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_large_tree_is_not_walked_over_when_it_is_finished() -> None:
    generations: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            generations.append(info["generation"])

    gc.collect()
    gc.callbacks.append(note)
    try:
        script = parse("SHOT 1 (4s): wide shot\n  @Car turns.\n" * 4000)
        young = sum(isinstance(thing, ast.Line) for thing in gc.get_objects(generation=0))
    finally:
        gc.callbacks.remove(note)
    assert len(script.blocks) == 4001
    assert young == 0
    assert gc.get_freeze_count() == 0
    assert 2 not in generations


def test_what_a_program_has_frozen_stays_so() -> None:
    gc.freeze()
    try:
        parse("SHOT 1 (4s): wide shot\n  @Car turns.\n" * 4000)
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
