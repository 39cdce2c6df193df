"""The tree-sitter grammar agrees with the parser: line by line, piece by piece, edit by edit.

The parser is built with the C compiler of this machine and loaded with the binding for Python; what
is missing skips on a developer's machine and fails in CI.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import promptlang
from promptlang.syntax import ast
from promptlang.syntax.keys import KEYS, KINDS
from promptlang.syntax.pages import expand
from promptlang.syntax.parser import parse
from tests.editors import node, scanner_table, treesitter
from tests.strategies import scripts
from tests.tools import missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Language, Node, Parser, Tree

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").rglob("*.shot"))
CORPUS = [
    (expand(line), kind, problem[0] if problem else "")
    for line, kind, *problem in (
        row.split("\t")
        for row in (ROOT / "tests/corpus/lines.tsv").read_text(encoding="utf-8").splitlines()
    )
]

UNSEEN = {
    # What is nearly another line is prose, as in the colours of Visual Studio Code.
    "bare-transition",
    "near-declaration",
    "near-dialogue",
    "near-heading",
    "near-parameter",
    "near-scene-heading",
    # What no line may hold is a matter of characters, not of structure.
    "bidi-control",
    "control-token",
    "invalid-bytes",
    "lone-surrogate",
    "null-character",
    "zero-width-in-name",
    # Numbers are not compared.
    "bad-stretch",
}
"""Mistakes that make a line junk for the parser, and not always here: README.md says why."""


@pytest.fixture(scope="module")
def language(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Language:
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("tree-sitter") if cache else tmp_path_factory.mktemp("tree-sitter")
    try:
        return treesitter.language(Path(folder))
    except node.MissingError as error:
        missing(str(error))


@pytest.fixture(scope="module")
def parser(language: Language) -> Parser:
    from tree_sitter import Parser

    return Parser(language)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def different(parser: Parser, text: str) -> list[object]:
    """Return where the two grammars do not agree on a text."""
    script = parse(text)
    problems = {d.span.line: d.name for d in script.diagnostics}
    wanted = treesitter.rows_of_script(script)
    tree = parser.parse(encoded(script.source.text))
    found = treesitter.rows_of_tree(tree)
    wrong: list[object] = ["an error"] if tree.root_node.has_error else []
    if len(wanted) != len(found):
        return [*wrong, f"{len(wanted)} and {len(found)} lines"]
    for one, other in zip(wanted, found, strict=True):
        if one.junk:
            # Nobody knows the pieces of junk, and what it fell back to may be prose.
            other.kind = one.kind if (one.loose and other.kind == "prose") else other.kind
            other.pieces = one.pieces
            problem = problems.get(one.number)
            other.junk = other.junk or problem in UNSEEN
        if (one.said(), one.junk) != (other.said(), other.junk):
            wrong.append((one.said(), one.junk, other.said(), other.junk))
    return wrong


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_has_the_same_lines_and_pieces(parser: Parser, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert different(parser, text) == []
    assert "(junk" not in str(parser.parse(text.encode()).root_node)
    assert len(treesitter.rows_of_script(parse(text))) > 5


def test_a_line_is_what_it_is(parser: Parser) -> None:
    wrong: list[object] = []
    for line, kind, _ in CORPUS:
        wrong += [(line, difference) for difference in different(parser, line)]
        kinds = [row.kind for row in treesitter.rows_of_tree(parser.parse(encoded(line)))]
        if not kind.startswith("junk:") and kinds != [kind] * (kind != "blank"):
            wrong.append((line, kind, kinds))
    assert wrong == []
    assert len(CORPUS) > 600


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n \n", "\u2028\n"])
def test_a_line_is_the_same_among_others(parser: Parser, end: str) -> None:
    assert different(parser, end.join(line for line, _, _ in CORPUS)) == []


def test_every_exception_is_needed(parser: Parser) -> None:
    unmarked = {
        problem
        for line, kind, problem in CORPUS
        if kind.startswith("junk:") and "(junk" not in str(parser.parse(encoded(line)).root_node)
    }
    assert unmarked == UNSEEN


def test_the_exceptions_of_the_readme(parser: Parser) -> None:
    """Where the two differ for a reason; each is in the README of the grammar."""
    differing = [
        'voiceover (he says "a # b"): "x"',  # a quote in the bracket hides the sign
        "\u017fHOT 1",  # the long s is no s
        "INT. A - AS @x",  # a dash that closes a place
    ]
    assert [line for line in differing if not different(parser, line)] == []


@given(text=scripts())
def test_a_script_has_the_same_lines_and_pieces(parser: Parser, text: str) -> None:
    assert different(parser, text) == []


MARKS = "@{}#\"“”\\:()=>+- ,.'A1sé車*«»|&"


@given(data=st.data())
def test_a_line_with_slips_is_what_it_is(parser: Parser, data: st.DataObject) -> None:
    line = data.draw(st.sampled_from([line for line, _, _ in CORPUS if line.isprintable()]))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(line)))
        behind = data.draw(st.integers(at, min(at + 2, len(line))))
        line = line[:at] + data.draw(st.text(MARKS, max_size=2)) + line[behind:]
    assume(not re.search(r"\(.*#.*\)|- *AS\b|[{}].*#", line))  # the exceptions
    assert different(parser, line) == []


@given(text=st.text(st.one_of(st.characters(), st.sampled_from(MARKS + "\n\r\0")), max_size=80))
def test_any_text_has_a_tree_without_errors(parser: Parser, text: str) -> None:
    read = parse(text).source.text
    tree = parser.parse(encoded(read))
    assert not tree.root_node.has_error
    wanted = [row.start for row in treesitter.rows_of_script(parse(text))]
    assert [row.start for row in treesitter.rows_of_tree(tree)] == wanted


@given(data=st.binary(max_size=200))
def test_any_bytes_have_a_tree(parser: Parser, data: bytes) -> None:
    tree = parser.parse(data)
    assert tree.root_node.end_byte <= len(data)
    assert not tree.root_node.has_error


PIECES = [
    *(encoded(line) for line, _, _ in CORPUS),
    *(b'"', b"@", b" # ", b"\n", b"\r\n", b"SHOT 1", b"(4s)", b":", b"\\", b"{a}", b" - ", b"\0"),
    *(b"AS @x", "“".encode(), "”".encode(), b"INT. ", b"\xff", b"  ", b""),
]


@given(data=st.data())
def test_an_edit_gives_the_tree_of_the_whole(parser: Parser, data: st.DataObject) -> None:
    lines = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12)
    text = b"\n".join(data.draw(lines))
    tree = parser.parse(text)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 40, len(text))))
        new = data.draw(st.sampled_from(PIECES))
        changed = text[:start] + new + text[end:]
        behind = start + len(new)
        tree.edit(start, end, behind, point(text, start), point(text, end), point(changed, behind))
        text = changed
        tree = parser.parse(text, tree)
        assert told(tree.root_node) == told(parser.parse(text).root_node)


def point(text: bytes, at: int) -> tuple[int, int]:
    return text.count(b"\n", 0, at), at - text.rfind(b"\n", 0, at) - 1


def told(node: Node) -> tuple[Any, ...]:
    return node.type, node.start_byte, node.end_byte, [told(child) for child in node.children]


def test_a_long_line_is_read_once(parser: Parser) -> None:
    """What would read on from each of its marks would not end within the hour."""
    units = ('"', "“", ". ", "(4s) ", " - ", '"x" ', "@a ", "{", " # ", "AS @a ")
    heads = ("", "SHOT 1: ", "> ", "INT. ", '@A: "', "IN. ")
    for number, unit in enumerate(units):
        for head in {heads[number % 6], heads[(number + 3) % 6]}:
            text = encoded(head + unit * (100_000 // len(unit)))
            tree = parser.parse(text)
            assert not tree.root_node.has_error
            assert len(treesitter.rows_of_tree(tree)) == 1


def test_the_table_of_the_scanner_is_that_of_the_grammar() -> None:
    written, made = scanner_table.TABLE.read_text(encoding="utf-8"), scanner_table.table()
    if f"Unicode {unicodedata.unidata_version}." not in written:
        # A Python that knows other letters parts the characters elsewhere, and not the lines.
        written, made = (
            re.sub(r"// Letters.*|WIDE_CLASSES\[\] = \{.*?\};", "", text, flags=re.DOTALL)
            for text in (written, made)
        )
    assert made == written, "run python -m tests.editors.scanner_table"


def test_the_words_of_the_grammar_are_those_of_the_language() -> None:
    source = (treesitter.FOLDER / "grammar.js").read_text(encoding="utf-8")

    def words(name: str) -> list[str]:
        (found,) = re.findall(rf"\b{name}: \(_\) =>\s*words\(([^)]*)\)", source)
        return re.findall(r'"(\w+)"', found)

    assert words("kind") == [*KINDS]
    assert {*words("_key_of_text")} == {key.name for key in KEYS.values() if key.refs}
    assert {*words("_key_of_speech")} == {key.name for key in KEYS.values() if key.quoted}
    assert words("_key_of_note") == ["note"]
    keys = [*words("_key_of_text"), *words("_key_of_value"), *words("_key_of_speech"), "note"]
    assert sorted(keys) == sorted(KEYS)


def test_its_pieces_have_the_names_of_the_syntax_tree() -> None:
    types = json.loads((treesitter.FOLDER / "src/node-types.json").read_text(encoding="utf-8"))
    fields = {name for row in types for name in row.get("fields", {})}
    slots = {name for kind in vars(ast).values() if isinstance(kind, type) for name in _slots(kind)}
    assert fields - slots == {"heading"}  # the first line of a block
    assert {"speaker", "manner", "speech", "terms", "label", "sources", "since"} <= fields


def _slots(kind: type) -> tuple[str, ...]:
    return tuple(getattr(kind, "__slots__", ()))


QUERIES = sorted((treesitter.FOLDER / "queries").rglob("*.scm"))


def captured(language: Language, tree: Tree, query: Path) -> list[tuple[str, Node]]:
    from tree_sitter import Query, QueryCursor

    cursor = QueryCursor(Query(language, query.read_text(encoding="utf-8")))
    found = [
        (name, node) for name, nodes in cursor.captures(tree.root_node).items() for node in nodes
    ]
    return sorted(found, key=lambda row: (row[1].start_byte, -row[1].end_byte, row[0]))


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_a_query_finds_something(language: Language, parser: Parser, query: Path) -> None:
    text = b"".join(path.read_bytes() for path in EXAMPLES) + b"SHOT 1 wide\n"
    found = {name for name, _ in captured(language, parser.parse(text), query)}
    wanted = set(re.findall(r"@([a-z.]+)", re.sub(r"(?m);.*$|\"@\"", "", query.read_text("utf-8"))))
    assert found == wanted


def test_the_colours_of_an_example(
    language: Language, parser: Parser, golden: Callable[[str, str], None]
) -> None:
    text = (ROOT / "examples" / "directed.shot").read_bytes()
    found = captured(language, parser.parse(text), treesitter.FOLDER / "queries/highlights.scm")
    lines = [
        f"{node.start_point[0] + 1}:{node.start_point[1] + 1} {name} {text_of(node)}"
        for name, node in found
    ]
    golden("editors/tree-sitter.txt", "\n".join(lines))


def text_of(node: Node) -> str:
    assert node.text is not None
    return node.text.decode()


def test_its_version_is_that_of_the_package() -> None:
    metadata = json.loads((treesitter.FOLDER / "tree-sitter.json").read_text("utf-8"))["metadata"]
    assert metadata["version"] == promptlang.__version__


def test_the_parser_is_what_the_grammar_makes(tmp_path: Path) -> None:
    try:
        made = treesitter.generated(tmp_path)
    except node.MissingError as error:
        # It comes with a system, not as a wheel: nox -s editors asks for it.
        pytest.skip(str(error))
    assert made == []
