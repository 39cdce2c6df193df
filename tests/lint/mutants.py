"""How many wrong rules the tests would notice: ``python -m tests.lint.mutants [MODULE …]``.

Every condition of every rule is dropped and inverted, one at a time: the test of an ``if``, each
member of an ``and`` or ``or``, each filter of a comprehension. A mutant is killed when a script of
``cases/`` or a page of a rule is judged in other words than it should be. What survives is printed
with its place: a case is missing there, or the condition is.
"""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import promptlang
from promptlang.lint import rules
from promptlang.session import Document
from promptlang.syntax.pages import expand
from tests.lint.test_cases import ALL, document_of, judged, spoken
from tests.session.test_problem_pages import blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlang.lint.rule import Rule

WANTED = 95.0
"""Percent of the mutants the suite has to kill."""


class Script(NamedTuple):
    """A script, and what the rules of a module say of it."""

    document: Document
    reported: list[str]


class Mutant(NamedTuple):
    """A module with one condition changed."""

    line: int
    change: str
    tree: ast.Module


def modules() -> list[str]:
    """Return the modules that hold rules."""
    found = {type(rule).__module__.rsplit(".", 1)[1] for rule in rules.RULES}
    return sorted(found)


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's source."""
    places = len(list(_places(ast.parse(source))))
    for place in range(places):
        tree = ast.parse(source)
        line, change, apply = list(_places(tree))[place]
        apply()
        yield Mutant(line, change, ast.fix_missing_locations(tree))


def _places(tree: ast.AST) -> Iterator[tuple[int, str, Callable[[], None]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp) and not _is_typing(node.test):
            for value in (_not(node.test), ast.Constant(value=True), ast.Constant(value=False)):
                yield node.test.lineno, _say(node.test, value), _setter(node, "test", value)
        elif isinstance(node, ast.BoolOp):
            for index, operand in enumerate(node.values):
                rest = [v for i, v in enumerate(node.values) if i != index]
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


def scripts(name: str, own: list[Rule]) -> list[Script]:
    """Return the scripts that judge the rules of a module: its cases, and its pages."""
    documents = [document_of(case) for case in ALL if name in case.modules]
    texts = [expand(text) for rule in own for text in blocks(rule.problem)]
    documents += [Document(promptlang.parse(text)) for text in texts]
    return [Script(document, said(own, document)) for document in documents]


def said(own: list[Rule], document: Document) -> list[str]:
    """Return every word rules say of a script."""
    return [spoken(diagnostic) for diagnostic in judged(own, document)]


def survives(mutant: Mutant, module: ModuleType, judges: list[Script]) -> bool:
    """Whether no script notices a mutant."""
    changed = ModuleType(module.__name__)
    changed.__file__ = module.__file__
    try:
        exec(compile(mutant.tree, str(module.__file__), "exec"), changed.__dict__)
        own = list(changed.RULES)
        return all(said(own, script.document) == script.reported for script in judges)
    except Exception:
        return False


def main(names: list[str]) -> int:
    """Try the mutants of some modules, of all by default, and print what survives."""
    tried = killed = 0
    for name in names or modules():
        module = import_module(f"promptlang.lint.{name}")
        judges = scripts(name, list(module.RULES))
        path = Path(str(module.__file__))
        for mutant in mutants(path.read_text(encoding="utf-8")):
            tried += 1
            if survives(mutant, module, judges):
                print(f"{path.name}:{mutant.line}: {mutant.change}")
            else:
                killed += 1
    share = 100 * killed / max(tried, 1)
    print(f"{killed} of {tried} mutants killed: {share:.1f} %, wanted {WANTED:.0f} %")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
