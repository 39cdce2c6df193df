"""The written tables, and the grammar of camera phrases."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark, Token

from promptlang import resources
from promptlang import tables as written_tables
from promptlang.vocabulary import build, camera, tables
from promptlang.vocabulary.load import Vocabulary, vocabulary
from promptlang.vocabulary.phrases import read_terms
from tests.written import loaded

KINDS = ["AND", "COMMA", "FILLER", "FROM", "MODIFIER", "PREPOSITION", "QUOTED", "REF", "TAIL"]
KINDS += ["TERM", "THEN", "TO", "WORD"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return loaded(build.write, tmp_path_factory.mktemp("table"))


def test_the_written_tables_are_the_files(written: Any) -> None:
    read = tables.build(tables.read_toml())
    unpacked = build.unpack(written.SMALL, written.LARGE)
    assert build.checksum() == written.CHECKSUM
    assert unpacked.pop("grammar") == camera.make_table()
    left, right = Vocabulary(read), Vocabulary(unpacked)
    terms = read.pop("terms")
    unpacked.pop("terms")
    assert unpacked == read
    assert list(left.terms) == list(right.terms) == list(terms)
    for id, term in left.terms.items():
        for slot in type(term).__slots__:
            assert getattr(term, slot) == getattr(right.terms[id], slot), (id, slot)


def test_without_written_tables_the_files_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    written = build.table()
    monkeypatch.setitem(sys.modules, "promptlang.vocabulary._table", None)
    read = build.table.__wrapped__()
    assert "grammar" not in read
    assert read["camera"] == written["camera"]


def test_a_term_stands_in_one_file() -> None:
    files = tables.read_toml()
    files["angle"]["terms"]["wide"] = files["size"]["terms"]["wide"]
    with pytest.raises(ValueError, match=r"the term wide stands in \w+\.toml and elsewhere"):
        tables.build(files)


def test_the_written_tables_do_not_depend_on_the_run(written: Any, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from promptlang.vocabulary.build import write;"
    code += "print(write(Path(sys.argv[1])))"
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
        )
    first, second = ((tmp_path / seed / "_table.py").read_bytes() for seed in ("1", "2"))
    assert first == second


def test_a_table_that_disagrees_with_the_files_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Stale:
        CHECKSUM = -1
        SMALL: dict[str, Any] = {}  # noqa: RUF012  # it stands in for a module
        LARGE: dict[str, str] = {}  # noqa: RUF012  # and so does this

    monkeypatch.setattr(written_tables, "import_module", lambda name: Stale)
    monkeypatch.setattr(written_tables, "in_checkout", lambda: True)
    assert "terms" in build.table.__wrapped__()


def test_terms_and_phrases_survive_pickling() -> None:
    (phrase,) = read_terms("tight MCU of @Host")
    again = pickle.loads(pickle.dumps(phrase))
    assert again.text == phrase.text
    assert pickle.loads(pickle.dumps(vocabulary().terms["wide"])).phrase == "wide shot"


GRAMMAR = resources.read("grammar", "camera.lark")
LARK = Lark(GRAMMAR, parser="lalr", lexer="basic", start="phrases")


def test_the_grammar_knows_the_terminals_the_matcher_gives() -> None:
    table = camera.make_table()
    seen = {name for state in table["states"] for name in state if name.isupper()}
    assert seen - {"$END"} == set(KINDS)


@given(st.lists(st.sampled_from(KINDS), max_size=30))
def test_any_sequence_of_terminals_has_one_tree(kinds: list[str]) -> None:
    def leaves(node: camera.Node) -> list[int]:
        found: list[int] = []
        for child in node[1]:
            found += [child] if isinstance(child, int) else leaves(child)
        return found

    tree = camera.parse(kinds)
    assert tree[0] == "phrases"
    assert leaves(tree) == list(range(len(kinds)))
    members = [child for child in tree[1] if not isinstance(child, int)]
    assert len(members) == kinds.count("COMMA") + 1


EXPLICIT = {kind: st.just(f"{kind.lower()} ") for kind in KINDS}


@given(from_lark(LARK, explicit=EXPLICIT))
def test_what_the_grammar_makes_is_parsed(text: str) -> None:
    kinds = text.upper().split()
    assert camera.parse(kinds)[0] == "phrases"


def test_the_table_parses_as_lark_does() -> None:
    kinds = ["MODIFIER", "TERM", "PREPOSITION", "REF", "COMMA", "TERM", "TO", "TERM", "THEN"]
    kinds += ["TERM", "TAIL", "WORD", "WORD"]
    lark: Any = LARK.parse_interactive("")
    for place, kind in enumerate(kinds):
        lark.feed_token(Token(kind, str(place)))

    def plain(node: Any) -> Any:
        if hasattr(node, "children"):
            return str(node.data), [plain(child) for child in node.children]
        return int(node)

    assert plain(lark.feed_eof()) == camera.parse(kinds)
