"""Scripts and what the rules say of them: the files in ``cases/``.

A file begins with the modules of ``promptlang.lint`` whose rules it is about. Each case is a title
that says why, a script, and one line ``-> name "place"`` for everything that is reported; without
such a line the rules stay silent.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import promptlang
from promptlang.lint.run import Linter
from promptlang.session import Document

if TYPE_CHECKING:
    from promptlang.lint.rule import Rule

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    title: str
    modules: tuple[str, ...]
    script: str
    reported: list[str]


def read(path: Path) -> list[Case]:
    head, *rest = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    modules = tuple(head.split())
    cases = []
    for section in rest:
        title, _, body = section.partition("\n")
        lines = body.split("\n")
        reported = [line[3:] for line in lines if line.startswith("-> ")]
        script = "\n".join(line for line in lines if not line.startswith("-> ")).strip("\n") + "\n"
        cases.append(Case(title, modules, script, reported))
    return cases


ALL = [case for path in sorted(CASES.glob("*.txt")) for case in read(path)]


def rules_of(modules: tuple[str, ...]) -> list[Rule]:
    return [rule for name in modules for rule in import_module(f"promptlang.lint.{name}").RULES]


@pytest.mark.parametrize("case", ALL, ids=[case.title for case in ALL])
def test_case(case: Case) -> None:
    document = Document(promptlang.parse(case.script))
    assert [d for d in document.diagnostics if d.is_error] == []
    linter = Linter(rules_of(case.modules))
    found = linter.script(document.film)
    for target in document.targets:
        found += linter.target(document.film, document.sound_plan(target))
    found.sort(key=lambda d: d.sort_key())
    assert [f'{d.name} "{d.span.text}"' for d in found] == case.reported


def test_every_rule_is_reported_and_not_reported_by_a_case() -> None:
    told = {line.split(" ", 1)[0] for case in ALL for line in case.reported}
    modules = {name for case in ALL for name in case.modules}
    rules = {rule.problem.name for name in modules for rule in rules_of((name,))}
    assert rules - told == set()
