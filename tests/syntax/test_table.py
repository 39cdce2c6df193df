"""The table that drives the parser: the same as the grammar, and driven as Lark would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang import tables
from promptlang.syntax import build, grammar
from promptlang.syntax.parser import parse
from promptlang.syntax.patterns import Pattern, narrow
from tests.syntax import shots
from tests.written import loaded

LARK = shots.grammar()
LINES = st.lists(
    st.one_of(shots.MESSY, st.lists(shots.KEYWORDS, max_size=6).map("".join)), max_size=12
).map("\n".join)
ASCII = st.text(st.characters(max_codepoint=0x7F), max_size=60)
MODULES = ("declarations", "headings", "inline", "limits", "lines", "misread", "near", "scenes")


def patterns() -> list[tuple[str, Pattern]]:
    """Every pattern of the readers that has two forms."""
    return [
        (f"{module}.{name}", value)
        for module in (*(f"syntax.{name}" for name in MODULES), "vocabulary.words")
        for name, value in vars(import_module(f"promptlang.{module}")).items()
        if isinstance(value, Pattern)
    ]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return loaded(grammar.write, tmp_path_factory.mktemp("table"))


def test_the_written_table_is_the_grammar(written: Any) -> None:
    assert grammar.checksum() == written.CHECKSUM
    assert grammar.make() == written.TABLE


def test_the_table_in_use_is_the_grammar() -> None:
    made, used = grammar.Table(grammar.make()), grammar.table()
    for slot in grammar.Table.__slots__:
        assert getattr(used, slot) == getattr(made, slot)


def test_the_written_table_does_not_depend_on_the_run(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from promptlang.syntax.grammar import write;"
    code += "write(Path(sys.argv[1]))"
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    first, second = ((tmp_path / seed / "_table.py").read_bytes() for seed in ("1", "2"))
    assert first == second


@pytest.mark.parametrize("checkout", [True, False])
def test_a_checkout_asks_lark_where_the_table_disagrees(
    monkeypatch: pytest.MonkeyPatch, *, checkout: bool
) -> None:
    class Stale:
        CHECKSUM = -1
        TABLE = {**grammar.make(), "line": "(?P<PROSE>.*)"}  # noqa: RUF012 - stands in for a module

    monkeypatch.setattr(tables, "import_module", lambda name: Stale)
    monkeypatch.setattr(tables, "in_checkout", lambda: checkout)
    line = grammar.table.__wrapped__().line
    assert (line == grammar.make()["line"]) is checkout


def test_without_a_table_lark_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(tables, "import_module", missing)
    assert grammar.table.__wrapped__().line == grammar.make()["line"]


def agree(text: str) -> None:
    """Assert that the driver makes of a text what Lark makes of it."""
    whole = f"{text}\n"
    tree: Any = LARK.parse(whole)
    expected = [
        (block.data, [(token.type, str(token)) for token in block.scan_values(lambda _: True)])
        for block in tree.children
    ]
    tokens = [token for _, block in expected for token in block]
    forms = [re.compile(grammar.table().line), Pattern(grammar.table().line).on(whole)]
    for form in forms:
        assert [(match.lastgroup, match[0]) for match in form.finditer(whole)] == tokens
    made = [(block.kind, block.text) for block in build.blocks(whole)]
    assert made == [(kind, "".join(text for _, text in block)) for kind, block in expected]


@given(shots.scripts())
def test_scripts_are_driven_as_lark_would(text: str) -> None:
    agree(text)


@given(LINES)
def test_any_lines_are_driven_as_lark_would(text: str) -> None:
    agree(text)


@given(ASCII)
def test_ascii_lines_are_driven_as_lark_would(text: str) -> None:
    agree(text)


@given(st.lists(st.sampled_from(["@a", "@", " ", "=", ":", '"', "(", ")", "{a}",
    "4s", "2", "0:04", "AS", "SHOT", "EDIT", "ANGLE ON", "COVERAGE OF", "INT.", "-", "--", ",",
    "character", "voice", "key", "#", "\\", "word", "to", "TO:", "a_1", "_", "B&W", "\t", "\x1c",
    "a.png", "<<<image_1>>>", "and", "&", "kling.a.b"]), max_size=14).map("".join) | ASCII
)  # fmt: skip
def test_both_forms_of_a_pattern_match_alike(text: str) -> None:
    for name, pattern in patterns():
        full = re.compile(pattern._text, pattern._flags)
        short = pattern.on(text)
        for way in ("search", "match", "fullmatch"):
            one, other = getattr(full, way)(text), getattr(short, way)(text)
            assert (one and (one.span(), one.groups())) == (
                other and (other.span(), other.groups())
            ), name


@pytest.mark.parametrize(
    ("pattern", "short"),
    [
        ("[:：]x", "[:]x"),
        ("[：]?x", "(?!)?x"),
        ("[^：]x", r"[\x00-\x7f]x"),
        ("[{-\u2010a]", "[{-\x7fa]"),
        ("[–—-]+[^é-ü)]", "[-]+[^)]"),
        (r"\[é[\]é]", r"\[é[\]]"),
    ],
)
def test_sets_lose_what_no_ascii_text_holds(pattern: str, short: str) -> None:
    assert narrow(pattern) == short


def test_a_file_without_headings_is_one_block() -> None:
    script = parse("a: b\n" * 5000)
    assert [(block.kind, len(block.lines)) for block in script.blocks] == [("header", 5000)]
