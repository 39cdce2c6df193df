"""The tree-sitter grammar: built, loaded, and its trees and the parser's told in the same words."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang.syntax import ast, build
from promptlang.syntax.places import Spanner
from tests.editors import node
from tests.editors.node import MissingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Language, Node, Tree

FOLDER = Path(__file__).parents[2] / "editors" / "tree-sitter"

Piece = tuple[str, int, int]


class Row:
    """A line as one of the grammars sees it; places count bytes.

    Attributes:
        block: The kind of block it is in.
        first: Whether it is the first of its block that is not empty.
        kind: What it is.
        start: Its first visible character.
        junk: Whether something in it does not fit.
        number: Its line, from 1; 0 where the tree does not say.
        loose: Whether the parser may have taken it for prose after all.
        pieces: What is in it: the names of the tree's slots, refs, parameters and escapes.
    """

    def __init__(
        self, block: str, first: bool, kind: str, start: int, junk: bool, pieces: set[Piece]
    ) -> None:
        self.block = block
        self.first = first
        self.kind = kind
        self.start = start
        self.junk = junk
        self.pieces = pieces
        self.number = 0
        self.loose = False

    def said(self) -> tuple[object, ...]:
        """Return it as something to compare."""
        return self.start, self.block, self.first, self.kind, sorted(self.pieces)


def language(cache: Path) -> Language:
    """Build the parser with the C compiler of this machine and load it.

    Raises:
        MissingError: There is no compiler, or no binding to load it with.
    """
    if find_spec("tree_sitter") is None:
        raise MissingError("tree-sitter is not there: install the development dependencies")
    from tree_sitter import Language

    function = ctypes.CDLL(str(library(cache))).tree_sitter_shot
    function.restype = ctypes.c_void_p
    capsule: Any = ctypes.pythonapi.PyCapsule_New
    capsule.restype = ctypes.py_object
    capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return Language(capsule(function(), b"tree_sitter.Language", None))


def library(cache: Path) -> Path:
    """Return the parser as a library, built if its sources have changed."""
    sources = sorted((FOLDER / "src").rglob("*.[ch]"))
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    built = cache / f"shot-{mark}.so"
    if built.is_file():
        return built
    compiler = next(filter(shutil.which, (os.environ.get("CC", "cc"), "gcc", "clang")), None)
    if compiler is None:
        raise MissingError("there is no C compiler: install gcc or clang")
    cache.mkdir(parents=True, exist_ok=True)
    part = cache / f"{mark}-{os.getpid()}.part"  # several tests may build at once
    wanted = [str(path) for path in sources if path.suffix == ".c"]
    command = [compiler, "-shared", "-fPIC", "-O1", "-std=c11"]
    done = subprocess.run(
        [*command, "-I", str(FOLDER / "src"), *wanted, "-o", str(part)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    part.replace(built)
    return built


def rows_of_tree(tree: Tree) -> list[Row]:
    """Return the lines of a tree of tree-sitter."""
    rows: list[Row] = []
    text = tree.root_node.text or b""
    begin = tree.root_node.start_byte
    for block in tree.root_node.children:
        first = True
        for line in block.children:
            before = line.prev_sibling
            if line.type == "comment" and before is not None:
                between = text[before.end_byte - begin : line.start_byte - begin]
                if b"\n" not in between and b"\r" not in between:
                    rows[-1].pieces.add(("comment", line.start_byte, line.end_byte))
                    continue
            pieces, junk = _inside(line)
            kind = line.type.removesuffix("_heading").replace("_", " ")
            if kind == "comment":
                pieces = {("comment", line.start_byte, line.end_byte)}
            rows.append(Row(block.type, first, kind, line.start_byte, junk, pieces))
            first = False
    return rows


_MARKS = {"ref", "param", "escape"}


def _inside(line: Node) -> tuple[set[Piece], bool]:
    pieces: set[Piece] = set()
    junk = False
    left = [line]
    while left:
        node = left.pop()
        for number, child in enumerate(node.children):
            name = None if node.type == "ref" else node.field_name_for_child(number)
            for called in {name, child.type if child.type in _MARKS else None} - {None}:
                assert called is not None
                start, end = child.start_byte, child.end_byte
                if line.type == "transition" and child.type == "quoted":
                    # The whole is quoted, and the body is what stands between the quotes.
                    text = child.children[0].end_byte, child.children[-1].start_byte
                    start, end = text
                pieces.add((called, start, end))
            junk = junk or child.type == "junk"
            left.append(child)
    return pieces, junk


def rows_of_script(script: ast.Script) -> list[Row]:
    """Return the lines of a syntax tree, empty ones aside."""
    text = script.source.text
    places = _bytes(text)
    rows: list[Row] = []
    for block, begin in zip(script.blocks, script.starts, strict=True):
        first = True
        for line in block.lines:
            if line.kind == "blank":
                continue
            at = begin + line.at
            start = at + len(line.text) - len(line.text.lstrip())
            pieces = {
                (name, places[at + part.start], places[at + part.end])
                for name, part in _parts(line)
                if part.start < part.end
            }
            junk = isinstance(line, ast.Junk)
            kind = _kind(line.text) if junk else line.kind
            row = Row(block.kind, first, kind, places[start], junk, pieces)
            row.number = Spanner(script.source, begin).line(line).line
            row.loose = kind in {"dialogue", "field", "parameter"}
            rows.append(row)
            first = False
    return rows


def _kind(text: str) -> str:
    """Return what the grammar of lines takes a line for that its reader calls junk."""
    kind = build.KINDS[build.terminal(text.rstrip("\r\n") + "\n")]
    return "prose" if kind == "escaped" else kind


def _bytes(text: str) -> list[int]:
    places = [0]
    for character in text:
        code = ord(character)
        size = 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
        places.append(places[-1] + size)
    return places


def _parts(line: ast.Line) -> Iterator[tuple[str, ast.Part]]:
    for name in line._fields():
        value = getattr(line, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, ast.Part):
                yield name, part
                if isinstance(part, ast.File):
                    yield "path", part.path
                    yield from (("since", part.since),) if part.since else ()
                    yield from (("until", part.until),) if part.until else ()
    for part in line.parts():
        if isinstance(part, ast.Ref | ast.Param | ast.Escape):
            yield type(part).__name__.lower(), part


MADE_WITH = "0.26.11"
"""The version of the command line of tree-sitter that wrote what is in ``src``."""


def cli() -> str:
    """Return the command line of tree-sitter, in the version the parser is made with.

    Raises:
        MissingError: There is none.
    """
    found = shutil.which("tree-sitter")
    if found is None:
        raise MissingError(
            f"tree-sitter {MADE_WITH} is not there: see editors/tree-sitter/README.md"
        )
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if MADE_WITH not in said.split():
        raise MissingError(f"the parser is made with tree-sitter {MADE_WITH}, and this is {said}")
    return found


def generated(work: Path) -> list[str]:
    """Return the files in ``src`` that the grammar does not make as they are.

    Raises:
        MissingError: There is no command line of tree-sitter.
    """
    names = ("parser.c", "grammar.json", "node-types.json")
    folder = work / "generated"
    shutil.copytree(FOLDER, folder, ignore=lambda *_: names)
    _tree_sitter("generate", "--abi", "14", folder=folder)
    made, ours = folder / "src", FOLDER / "src"
    return [name for name in names if (made / name).read_bytes() != (ours / name).read_bytes()]


def tested(work: Path) -> list[str]:
    """Return what tree-sitter's own tests of the grammar say, if they fail.

    Raises:
        MissingError: There is no command line of tree-sitter.
    """
    folder = work / "tested"
    shutil.copytree(FOLDER, folder)
    try:
        _tree_sitter("test", folder=folder, HOME=str(folder))
    except subprocess.CalledProcessError as error:
        return [error.stdout + error.stderr]
    return []


def _tree_sitter(*words: str, folder: Path, **environment: str) -> None:
    command = [cli(), *words]
    # The grammar is JavaScript, which tree-sitter runs with the node it finds.
    path = os.pathsep.join([str(Path(node.node()[0]).parent), os.environ.get("PATH", "")])
    subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
