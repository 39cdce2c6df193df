"""Every page of a syntax problem is true: example and remedy do what it says."""

from __future__ import annotations

import re

import pytest

from promptlang.diagnostics import Problem, Severity
from promptlang.syntax.limits import capped
from promptlang.syntax.pages import expand
from promptlang.syntax.parser import parse
from promptlang.syntax.problems import PROBLEMS

_SHOT = re.compile(r"```shot\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_page_is_true(problem: Problem) -> None:
    example, instead = (expand(block) for block in _SHOT.findall(problem.page))
    found = capped(parse(example).diagnostics)
    if problem.name == "too-many-diagnostics":
        assert [d.name for d in found].count(problem.name) == 1
        assert len(found) == 1001
    else:
        assert [(d.name, d.code, d.severity) for d in found] == [
            (problem.name, problem.code, problem.severity)
        ]
    assert [d for d in parse(instead).diagnostics if d.severity != Severity.HINT] == []
    assert problem.name not in {d.name for d in parse(instead).diagnostics}


def test_names_and_codes_are_unique_and_in_range() -> None:
    assert len({p.name for p in PROBLEMS}) == len({p.code for p in PROBLEMS}) == len(PROBLEMS)
    assert [p.code for p in PROBLEMS] == sorted(p.code for p in PROBLEMS)
    assert all("PL001" <= p.code <= "PL069" or "PL100" <= p.code <= "PL119" for p in PROBLEMS)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_summary_is_one_sentence(problem: Problem) -> None:
    assert problem.summary.endswith(".")
    assert len(problem.summary) < 100
