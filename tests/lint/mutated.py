"""Modules of rules with one condition changed, and pytest with such a module in its place.

``pytest -p tests.lint.mutated`` runs any tests against the mutant that is named in the environment:
``PROMPTLANG_MUTANT=names:17`` is the 17th of ``promptlang.lint.names``. Without a name nothing is
changed.
"""

from __future__ import annotations

import ast
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

VARIABLE = "PROMPTLANG_MUTANT"


class Mutant(NamedTuple):
    """A module with one condition changed."""

    line: int
    change: str
    tree: ast.Module


def source_of(module: ModuleType) -> str:
    """Return the source of a module."""
    return Path(str(module.__file__)).read_text(encoding="utf-8")


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's source."""
    places = len(list(_places(ast.parse(source))))
    for place in range(places):
        tree = ast.parse(source)
        line, change, apply = list(_places(tree))[place]
        apply()
        yield Mutant(line, change, ast.fix_missing_locations(tree))


def run(mutant: Mutant, module: ModuleType) -> None:
    """Define anew what a module defines, as a mutant does."""
    exec(compile(mutant.tree, str(module.__file__), "exec"), module.__dict__)


def pytest_configure() -> None:
    """Change a module before anything takes what it defines."""
    name, _, place = os.environ.get(VARIABLE, "").partition(":")
    if name:
        assert "promptlang.lint.rules" not in sys.modules
        module = import_module(f"promptlang.lint.{name}")
        run(list(mutants(source_of(module)))[int(place)], module)


def _places(tree: ast.AST) -> Iterator[tuple[int, str, Callable[[], None]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp) and not _is_typing(node.test):
            for value in (_not(node.test), ast.Constant(value=True), ast.Constant(value=False)):
                yield node.test.lineno, _say(node.test, value), _setter(node, "test", value)
        elif isinstance(node, ast.BoolOp):
            neutral = ast.Constant(value=isinstance(node.op, ast.And))
            for index, operand in enumerate(node.values):
                # Python takes no `and` of one member.
                rest = [*node.values[:index], neutral, *node.values[index + 1 :]]
                said = ast.unparse(operand)
                yield operand.lineno, f"without {said}", _setter(node, "values", rest)
                inverted = [*node.values[:index], _not(operand), *node.values[index + 1 :]]
                yield operand.lineno, f"not {said}", _setter(node, "values", inverted)
        elif isinstance(node, ast.comprehension):
            for index, test in enumerate(node.ifs):
                rest = [v for i, v in enumerate(node.ifs) if i != index]
                said = ast.unparse(test)
                yield test.lineno, f"without if {said}", _setter(node, "ifs", rest)
                inverted = [*node.ifs[:index], _not(test), *node.ifs[index + 1 :]]
                yield test.lineno, f"if not {said}", _setter(node, "ifs", inverted)


def _is_typing(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(op=ast.Not(), operand=test)


def _say(test: ast.expr, value: ast.expr) -> str:
    return f"{ast.unparse(test)} -> {ast.unparse(value)}"


def _setter(node: ast.AST, field: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, field, value)
