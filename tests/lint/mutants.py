"""How many wrong rules the tests would notice: ``python -m tests.lint.mutants [MODULE …]``.

Every condition of every rule is dropped and inverted, one at a time: the test of an ``if``, each
member of an ``and`` or ``or``, each filter of a comprehension. A mutant is killed when a script of
``cases/`` or a page of a rule is judged in other words than it should be. Those that survive this,
which takes milliseconds each, are put in the place of their module, and the tests of `TESTS` are
run; it is killed when one fails. What survives both is printed with its place: a case is missing
there, or the condition is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import promptlang
from promptlang.lint import rules
from promptlang.session import Document
from promptlang.syntax.pages import expand
from tests.lint.mutated import VARIABLE, mutants, run, source_of
from tests.lint.test_cases import ALL, document_of, judged, spoken
from tests.session.test_problem_pages import blocks

if TYPE_CHECKING:
    from promptlang.lint.rule import Rule
    from tests.lint.mutated import Mutant

WANTED = 98.0
"""Percent of the mutants the suite has to kill."""

TESTS = ("names", "edits", "elsewhere", "escapes", "film", "edges", "true_scripts", "fixes")
"""The tests beside cases and pages that ask rules, the short ones first."""

PATIENCE = 120
"""Seconds the tests may take; who is not done by then has no end."""


class Script(NamedTuple):
    """A script, and what the rules of a module say of it."""

    document: Document
    reported: list[str]


def modules() -> list[str]:
    """Return the modules that hold rules."""
    found = {type(rule).__module__.rsplit(".", 1)[1] for rule in rules.RULES}
    return sorted(found)


def scripts(name: str, own: list[Rule]) -> list[Script]:
    """Return the scripts that judge the rules of a module: its cases, and its pages."""
    documents = [document_of(case) for case in ALL if name in case.modules]
    texts = [expand(text) for rule in own for text in blocks(rule.problem)]
    documents += [Document(promptlang.parse(text)) for text in texts]
    return [Script(document, said(own, document)) for document in documents]


def said(own: list[Rule], document: Document) -> list[str]:
    """Return every word rules say of a script."""
    return [spoken(diagnostic) for diagnostic in judged(own, document)]


def passes_scripts(mutant: Mutant, module: ModuleType, judges: list[Script]) -> bool:
    """Whether no script notices a mutant."""
    changed = ModuleType(module.__name__)
    changed.__file__ = module.__file__
    try:
        run(mutant, changed)
        own = list(changed.RULES)
        return all(said(own, script.document) == script.reported for script in judges)
    except Exception:
        return False


def passes_tests(name: str = "") -> bool:
    """Whether no test notices a mutant of such a name; without one, whether all pass."""
    folder = Path(__file__).parent
    paths = [str(folder / f"test_{test}.py") for test in TESTS]
    options = ("-x", "-p", "tests.lint.mutated", "-p", "no:cacheprovider")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *paths],
            # The same cases for every mutant: what is killed once must be killed again.
            env=os.environ | {VARIABLE: name, "HYPOTHESIS_PROFILE": "ci"},
            cwd=folder.parents[1],
            capture_output=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main(names: list[str]) -> int:
    """Try the mutants of some modules, of all by default, and print what survives."""
    if not passes_tests():
        print("the tests fail without a mutant")
        return 2
    tried, left = 0, {}
    for name in names or modules():
        module = import_module(f"promptlang.lint.{name}")
        judges = scripts(name, list(module.RULES))
        for place, mutant in enumerate(mutants(source_of(module))):
            tried += 1
            if passes_scripts(mutant, module, judges):
                left[f"{name}:{place}"] = f"{name}.py:{mutant.line}: {mutant.change}"
    print(f"{tried - len(left)} of {tried} mutants killed by cases and pages")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        survived = list(pool.map(passes_tests, left))
    for said, alive in zip(left.values(), survived, strict=True):
        if alive:
            print(said)
    killed = tried - sum(survived)
    share = 100 * killed / max(tried, 1)
    print(f"{killed} of {tried} mutants killed: {share:.1f} %, wanted {WANTED:.0f} %")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
