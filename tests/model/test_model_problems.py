"""Every page of a problem is true: its example reports it, what to use instead does not."""

from __future__ import annotations

import re

import pytest

from promptlang.diagnostics import Diagnostic, Problem, Severity
from promptlang.model.problems import PROBLEMS
from promptlang.model.resolve import resolve
from promptlang.syntax.pages import expand
from promptlang.syntax.parser import parse

_EXECUTED = [problem for problem in PROBLEMS if "**Example**" in problem.page]
_NEEDS_MORE_THAN_A_TEXT = {
    "asset-without-name",
    "include-cycle",
    "include-not-found",
    "include-too-deep",
    "included-block",
    "value-without-parameter",
}


def _check(example: str) -> list[Diagnostic]:
    script = parse(expand(example))
    return [*script.diagnostics, *resolve(script).diagnostics]


def _examples(problem: Problem) -> list[str]:
    found = re.findall(r"```shot\n(.*?)```", problem.page, re.DOTALL)
    assert len(found) == 2
    return found


@pytest.mark.parametrize("problem", _EXECUTED, ids=lambda problem: problem.name)
def test_example_reports_exactly_the_problem(problem: Problem) -> None:
    found = _check(_examples(problem)[0])
    weighty = [d for d in found if d.severity in {Severity.ERROR, Severity.WARNING}]
    assert [d for d in found if d.name == problem.name]
    assert {d.name for d in weighty} <= {problem.name}
    assert all(d.code == problem.code and d.severity == problem.severity for d in weighty)


@pytest.mark.parametrize("problem", _EXECUTED, ids=lambda problem: problem.name)
def test_use_instead_is_clean(problem: Problem) -> None:
    found = _check(_examples(problem)[1])
    assert not [d for d in found if d.name == problem.name or d.severity.rank < 2]


def test_only_what_needs_files_or_values_has_no_example() -> None:
    assert {p.name for p in PROBLEMS if p not in _EXECUTED} == _NEEDS_MORE_THAN_A_TEXT


def test_names_and_codes_are_unique() -> None:
    assert len({p.name for p in PROBLEMS}) == len({p.code for p in PROBLEMS}) == len(PROBLEMS)
    assert [p.code for p in PROBLEMS] == sorted(p.code for p in PROBLEMS)
