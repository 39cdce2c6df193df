"""Texts share the string of their line, and read and compare as if they had their own."""

from __future__ import annotations

import pickle

import pytest

from promptlang.syntax import ast
from promptlang.syntax.inline import scan
from promptlang.syntax.parser import parse

SCRIPT = r"""style: grain {stock}   # as ever
{stock} = "500T"
@Ann = character "ann.png" voice "low and \"dry\"": a nurse, @Ann's age
@Clip = video "clip.mp4" 0:01-0:08: a street

INT. WARD - NIGHT - LATER
fal.seed: 7

SHOT 12B (4s) AS @one: wide shot, slow push in
  @Ann pours\@ tea.   # twice
\# not a comment
> dissolve (1s)
@Ann (softly): "Sit. \"Now.\""
voiceover (whispering): "Later."

SHOT 3: close-up (2s)
"""


def _texts(script: ast.Script) -> list[tuple[ast.Text, ast.Line, str]]:
    return [
        (part, line, script.span(number, line, part).text)
        for number, block in enumerate(script.blocks)
        for line in block.lines
        for part in line.parts()
        if isinstance(part, ast.Text)
    ]


def test_raw_is_what_stands_there() -> None:
    texts = _texts(parse(SCRIPT))
    assert [text.raw for text, _, _ in texts] == [written for _, _, written in texts]
    raws = {text.raw for text, _, _ in texts}
    assert {"grain {stock}", "12B", "0:08", r"low and \"dry\"", "LATER", "softly"} <= raws


def test_the_line_is_shared() -> None:
    texts = [(text, line) for text, line, _ in _texts(parse(SCRIPT))]
    copied = {text.raw for text, line in texts if text._held is not line.text}
    # Lengths repeat in a script: one interned string weighs less than a line would.
    assert copied == {"4s", "2s"}


@pytest.mark.parametrize(
    "line", ["  a cup  # x\n", "\ta cup", "a cup", "\N{IDEOGRAPHIC SPACE}a cup"]
)
def test_a_text_of_a_line_is_the_same_as_one_of_its_own(line: str) -> None:
    at = line.index("a")
    shared, own = ast.Text(at, at + 5, line), ast.Text(0, 5, "a cup")
    assert shared.raw == own.raw == "a cup"
    assert shared.values() == own.values()
    assert shared.same(own)
    assert not shared.same(ast.Text(0, 5, "a cap"))
    assert not shared.same(ast.Text(at, at + 4, line))


def test_an_empty_text_is_empty_in_any_line() -> None:
    assert ast.Text(6, 6, "look: \n").raw == ""
    assert ast.Text(6, 6, "").raw == ""


def test_marks_divide_a_shared_text_as_one_of_its_own() -> None:
    line = "  @Ann sees {what}.\n"
    shared = scan(line.strip(), 2, line=line)
    assert shared.meaning() == scan(line.strip()).meaning()
    assert repr(shared) == f"Text[2:19]{shared.values()!r}"


def test_a_pickled_tree_shares_its_lines_too() -> None:
    script = pickle.loads(pickle.dumps(parse(SCRIPT)))
    assert script.same(parse(SCRIPT))
    held = [text._held is line.text for text, line, _ in _texts(script)]
    assert held.count(False) == 2


def test_texts_hold_after_an_edit_elsewhere() -> None:
    before = parse(SCRIPT)
    edited = SCRIPT.replace("grain {stock}", "fine, even grain {stock}").replace("(2s)", "(3s)")
    after = parse(edited, previous=before)
    assert [text.raw for text, _, _ in _texts(after)] == [
        text.raw for text, _, _ in _texts(parse(edited))
    ]
