"""What holds for every script: nothing raises, every place is real, every run says the same."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from promptlang.model.entities import Mention, Run, Text, spelt
from promptlang.model.parts import parts
from promptlang.model.resolve import resolve
from promptlang.model.storyboard import Frame, Use
from promptlang.model.texts import width
from promptlang.syntax import ast
from promptlang.syntax.keys import BLOCKS
from promptlang.syntax.parser import parse
from tests.model.boards import mended, origin
from tests.model.dump import dump
from tests.strategies import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.storyboard import Storyboard
    from promptlang.source import Span

LINES = (
    "SHOT 1 (4s): MCU, push in on @A",
    "SHOT {p} ({p}) AS @o: {p}",
    "EDIT @V, @Video1 AS @x",
    "EDIT @o",
    "ANGLE ON @x: reverse angle",
    "COVERAGE OF @A",
    "COVERAGE",
    "INT. @A - {p} - NIGHT AS @s",
    "SCENE: 夜",
    "> dissolve, wide shot",
    "> match cut from @A to @o",
    '@A = character "a.png" voice @L: like @B',
    '@V = video "v.mp4" 0:00-0:04',
    "@L = voice",
    '{p} = "x"',
    "{q} =",
    "include: {p}.shot",
    "style: none",
    "+ mood: @A in {p}",
    "negative: standard, {q}",
    "environment: none",
    "cfg: {p}",
    "audio: off",
    "target: a, {p}",
    'fal.x: [1, "{p}"]',
    "keep: everything, the light of @V",
    "keep: none",
    "Keep everything else unchanged, change @A to {p}.",
    "Replace @A's hat with @B.",
    "Based on @V, generate {p}.",
    "start: end of @o",
    "end: @A",
    "motion: @V",
    "using: @A and @B for the {p}, @V",
    '@A (low, in Italian): "so @B {p}"',
    'voiceover (quietly): "so"',
    'super: "{p}"',
    "camera: dolly, from @A to @B",
    "note: {z} @Z",
    "@Image1の光 and @Ünbekannt's, e@mail.com \\@A \\{p}",
    "# comment",
    "",
)


@st.composite
def jumbles(draw: st.DrawFn) -> str:
    """Draw lines in any order, some of them with a character changed."""
    lines = draw(st.lists(st.sampled_from(LINES), max_size=25))
    text = "\n".join(lines)
    for _ in range(draw(st.integers(0, 3))):
        if text:
            at = draw(st.integers(0, len(text) - 1))
            text = text[:at] + draw(st.text(max_size=2)) + text[at + 1 :]
    return text


def check(text: str, values: dict[str, str]) -> Storyboard:
    script = parse(text)
    found = resolve(script, values=values)
    for span in spans(found):
        assert span.source is script.source
        assert 0 <= span.start <= span.end <= len(script.source.text)
    return found


def spans(found: Storyboard) -> Iterator[Span]:
    for diagnostic in found.diagnostics:
        yield diagnostic.span
        yield from (related.span for related in diagnostic.related)
        for fix in diagnostic.fixes:
            yield from (edit.span for edit in fix.edits)
    for entity in found.entities.values():
        yield entity.span
        yield from (asset.span for asset in entity.assets)
        yield from _within(entity.description)
    yield from said(found)


def said(found: Storyboard) -> Iterator[Span]:
    """Yield the places of everything the blocks say."""
    for unit in found.units:
        yield unit.span
        for _, part, span in parts(unit):
            yield span
            yield from _within(part)
        for note in unit.notes:
            yield from _within(note)


def _within(part: object) -> Iterator[Span]:
    if isinstance(part, Text):
        yield part.span
        yield from (piece.span for piece in part.parts)
    elif isinstance(part, Frame | Mention | Use):
        yield part.span
        yield from _within(getattr(part, "role", None))


@given(st.one_of(jumbles(), st.text(max_size=200)), st.text(max_size=20))
def test_nothing_raises_and_every_place_is_real(text: str, value: str) -> None:
    check(text, {"p": value})


@given(scripts())
def test_valid_scripts_have_no_errors(text: str) -> None:
    found = check(text, {})
    assert [d for d in found.diagnostics if d.is_error] == []


@given(st.one_of(jumbles(), st.text(max_size=200)), st.text(max_size=200))
def test_messages_are_short_and_in_one_style(text: str, value: str) -> None:
    for diagnostic in resolve(parse(text), values={"p": value}).diagnostics:
        for words in (diagnostic.message, diagnostic.hint or "x"):
            assert 0 < len(words) < 500
            assert not words.endswith((".", " "))
            assert not words[0].isupper()
            assert "\n" not in words


@given(jumbles())
def test_every_run_says_the_same(text: str) -> None:
    one, two = (resolve(parse(text), values={"p": "4s"}) for _ in range(2))
    assert dump(one, names=True) == dump(two, names=True)
    assert [repr(d) for d in one.diagnostics] == [repr(d) for d in two.diagnostics]


@given(jumbles())
def test_a_storyboard_can_be_sent_to_another_process(text: str) -> None:
    found = resolve(parse(text), values={"p": "4s"})
    again = pickle.loads(pickle.dumps(found))
    assert dump(again, names=True) == dump(found, names=True)
    assert [repr(d) for d in again.diagnostics] == [repr(d) for d in found.diagnostics]


@given(scripts())
def test_mentions_stand_where_they_say(text: str) -> None:
    for unit in resolve(parse(text)).units:
        for _, part, _ in parts(unit):
            for piece in part.parts if isinstance(part, Text) else ():
                if isinstance(piece, Mention):
                    assert piece.span.text == f"@{piece.written}"
                else:
                    assert isinstance(piece, Run)
                    assert piece.text


@given(st.one_of(jumbles(), scripts()), st.text(max_size=5))
def test_a_typed_text_reads_as_long_as_it_stands(text: str, value: str) -> None:
    for unit in resolve(parse(text), values={"p": value}).units:
        for _, part, _ in parts(unit):
            if not isinstance(part, Text):
                continue
            assert part.plain == spelt(part.parts)
            assert list(part.entities) == [mention.entity for mention in part.mentions()]
            at = part.start
            for piece in part.parts if part.typed else ():
                assert piece.start == at
                at = piece.end
                assert at - piece.start == width(piece)
            assert at == part.end or not part.typed


@given(st.one_of(jumbles(), scripts()), st.text(max_size=5))
def test_a_camera_phrase_is_known_without_its_parts(text: str, value: str) -> None:
    for unit in resolve(parse(text), values={"p": value}).units:
        for camera in unit.camera:
            assert camera.phrase.text == camera.text.plain
            assert camera.phrase.refers or not camera.text.entities


def test_deep_and_long_scripts_end() -> None:
    many = "".join(f"@N{n} = character: with @N{n - 1}\n" for n in range(1, 2000))
    refs = ", ".join(f"@N{n}" for n in range(1, 2000))
    found = check(f"@N0 = prop\n{many}SHOT 1 (5s): wide shot\n  {refs}\n  using: {refs}\n", {})
    assert len(found.units[0].using) == 1999
    check("SHOT 1\n  fal.x: " + "[" * 60000 + "\n", {})
    check("EDIT @V\n  keep: " + "@V," * 20000 + "\n", {})
    check("EDIT @V\n  " + "keep a, " * 8000 + "\n", {})
    check("SHOT 1\n  @" + "É" * 60000 + "\n", {})
    chain = "".join(f"EDIT @o{n + 1} AS @o{n}\n  remove A\n" for n in range(2000))
    assert len(check(chain, {}).diagnostics) >= 1999


@given(st.one_of(jumbles(), scripts()))
@example("> dissolve, wide shot\nSHOT 1 (4s): MCU\n")
@example("EDIT @V\n> dissolve, wide shot\n> dissolve, wide shot\n")
def test_a_fix_mends_what_it_is_for(text: str) -> None:
    text = parse(text).source.text
    before = resolve(parse(text), values={"p": "4s"}).diagnostics
    for diagnostic in before:
        alike = [d for d in before if d.message == diagnostic.message]
        for number in range(len(diagnostic.fixes)):
            after = resolve(parse(mended(text, diagnostic, number)), values={"p": "4s"}).diagnostics
            same = [d for d in after if d.message == diagnostic.message]
            assert len(same) <= len(alike)
            assert not any(stands_where(diagnostic, number, d.span.start) for d in same)


def stands_where(diagnostic: Diagnostic, fix: int, at: int) -> bool:
    """Whether a place of the mended script is where the diagnostic was, or what was put there."""
    # Words alone do not tell: of two equal lines the second takes the place of the first.
    start, end = origin(diagnostic, fix, at)
    return start <= diagnostic.span.start < max(end, start + 1)


@given(scripts())
def test_every_line_of_a_block_is_part_of_it(text: str) -> None:
    script = parse(text)
    found = resolve(script)
    places = {(span.start, span.end) for span in said(found)}
    for number, block in enumerate(script.blocks):
        for line in block.lines if block.kind in BLOCKS else ():
            if not _says_something(line):
                continue
            whole = script.span(number, line)
            assert any(whole.start <= a < b <= whole.end for a, b in places), line


def _says_something(line: ast.Line) -> bool:
    if isinstance(line, ast.Field):
        silent = line.value.raw.casefold() == "none" or line.key.text == "target"
        return not silent
    return isinstance(line, ast.Prose | ast.Dialogue | ast.ProviderField)
