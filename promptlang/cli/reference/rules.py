"""The pages of everything promptlang can report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.cli.reference.layout import cell, code, page, table
from promptlang.diagnostics import FAMILIES
from promptlang.problems import all_problems

if TYPE_CHECKING:
    from promptlang.diagnostics import Problem

_NAMED = re.compile(r"(?<!\[)`([a-z0-9-]+)`")
_WEIGHTS = """\
An **error** is what an interface would refuse; the block it is in is not compiled. A **warning**
costs money or meaning. An **info** says what the compiler did. A **hint** is advice."""
_NOTATION = """\
In the examples `<U+0000>` stands for a character that cannot be printed, and `<a*9>` for as many
repetitions of what stands before the asterisk."""


def pages() -> dict[str, str]:
    """Return an overview and a page for every problem, by path."""
    problems = all_problems()
    sections = [_WEIGHTS, families(), _NOTATION]
    for family in FAMILIES:
        rows = [_row(problem) for problem in problems if problem.family == family]
        if rows:
            head = ("problem", "code", "weight", "what it is about")
            sections += [f"## {family}", table(head, rows)]
    found = {"rules/index.md": page("What promptlang reports", *sections)}
    names = {problem.name for problem in problems}
    for problem in problems:
        found[f"rules/{problem.name}.md"] = _page(problem, names)
    return found


def families() -> str:
    """Return the families of problems with their codes and how many problems each has."""
    rows = []
    for family, (first, last) in FAMILIES.items():
        members = [problem for problem in all_problems() if problem.family == family]
        taste = sum(problem.opinionated for problem in members)
        codes = f"PL{first:03}–PL{last:03}"
        rows.append((family, codes, str(len(members)), str(taste) if taste else "–"))
    total = [str(sum(int(row[2]) for row in rows))]
    total.append(str(sum(problem.opinionated for problem in all_problems()) or "–"))
    head = ("family", "codes", "problems", "of them matters of taste")
    return table(head, [*rows, ("all", "", *total)])


def _row(problem: Problem) -> tuple[str, ...]:
    link = f"[{code(problem.name)}]({problem.name}.md)"
    taste = ", of taste" if problem.opinionated else ""
    return link, problem.code, f"{problem.severity}{taste}", cell(problem.summary)


def _page(problem: Problem, names: set[str]) -> str:
    family = f"[{problem.family}](index.md#{problem.family})"
    about = f"{code(problem.code)} · {problem.severity} · {family}"
    if problem.opinionated:
        about += " · a matter of taste, reported where it is selected"
    return page(problem.name, about, _linked(problem, names))


def _linked(problem: Problem, names: set[str]) -> str:
    """Return the page of a problem with links where it names others."""
    others = names - {problem.name}

    def link(match: re.Match[str]) -> str:
        return f"[{match[0]}]({match[1]}.md)" if match[1] in others else match[0]

    fences = re.split(r"(^```.*?^```$)", problem.page, flags=re.MULTILINE | re.DOTALL)
    return "".join(
        piece if place % 2 else _NAMED.sub(link, piece) for place, piece in enumerate(fences)
    )
