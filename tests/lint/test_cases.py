"""Scripts and what the rules say of them: the files in ``cases/``.

A file begins with the modules of ``promptlang.lint`` whose rules it is about. Each case is a title
that says why, a script, and one line ``-> name "place"`` for everything that is reported; without
such a line the rules stay silent. Every word that is said, and what each fix makes of the line, is
in ``golden/lint``. What does not follow from the script stands in TOML behind ``@@``: the day
(``@@ today = "2027-03-01"``), what of a target is to be otherwise
(``@@ kling/o1 = {status = "retired"}``), files from outside (``@@ assets = {A = "a.png"}``), and,
where a case is about a script with errors, their names (``@@ errors = ["unknown-name"]``). What
cannot be printed is spelt ``<U+000D>``.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import promptlang
from promptlang.lint.passages import words_of
from promptlang.lint.rules import RULES
from promptlang.lint.run import Linter
from promptlang.providers.target import Target
from promptlang.session import Document, find_target
from promptlang.syntax.pages import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from promptlang.diagnostics import Diagnostic, Fix
    from promptlang.lint.rule import Rule

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    file: str
    title: str
    modules: tuple[str, ...]
    script: str
    reported: list[str]
    given: dict[str, Any]


def read(path: Path) -> list[Case]:
    head, *rest = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    modules = tuple(head.split())
    cases = []
    for section in rest:
        title, _, body = section.partition("\n")
        lines = body.split("\n")
        reported = [line[3:] for line in lines if line.startswith("-> ")]
        given = tomllib.loads("\n".join(_row(line) for line in lines if line.startswith("@@ ")))
        script = "\n".join(line for line in lines if line[:3] not in {"-> ", "@@ "})
        script = expand(script.strip("\n")) + "\n"
        cases.append(Case(path.stem, title, modules, script, reported, given))
    return cases


def _row(line: str) -> str:
    key, _, value = line.removeprefix("@@ ").partition(" = ")
    return f'"{key}" = {value}'


ALL = [case for path in sorted(CASES.glob("*.txt")) for case in read(path)]


def rules_of(modules: tuple[str, ...]) -> list[Rule]:
    return [rule for name in modules for rule in import_module(f"promptlang.lint.{name}").RULES]


def judged(own: Sequence[Rule], document: Document) -> list[Diagnostic]:
    """Return what rules say of a script, in order."""
    linter = Linter(own)
    found = linter.script(document.film)
    for target in document.targets:
        found += linter.target(document.film, document.sound_plan(target))
    return sorted(found, key=lambda d: d.sort_key())


def place(diagnostic: Diagnostic) -> str:
    return f'{diagnostic.name} "{diagnostic.span.text}"'


def spoken(diagnostic: Diagnostic) -> str:
    """Return every word of a diagnostic, and what its fixes make of the script."""
    lines = [f"{diagnostic.severity} {place(diagnostic)}: {diagnostic.message}"]
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    lines += [f'  see "{r.span.text}": {r.message}' for r in diagnostic.related]
    for fix in diagnostic.fixes:
        lines.append(f"  {'safe' if fix.safe else 'unsafe'} fix: {fix.message}")
        text = diagnostic.span.source.text
        old, fixed = text.split("\n"), applied(fix, text).split("\n")
        lines += [f"    {line}" for line in fixed if line not in old]
    return "\n".join(lines)


def applied(fix: Fix, text: str) -> str:
    for edit in sorted(fix.edits, key=lambda e: e.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def document_of(case: Case, script: str | None = None) -> Document:
    """Return the script of a case, or another in its place, with what is given besides."""
    given = dict(case.given)
    parsed = promptlang.parse(case.script if script is None else script)
    document = Document(parsed, assets=given.pop("assets", None))
    for key, value in given.items():
        if key == "today":
            document.film.today = date.fromisoformat(value)
        elif key != "errors":
            document.film.targets[key] = Target(key, over(find_target(key).data, value))
    return document


def over(data: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a target with some of it changed, tables key by key."""
    return data | {
        key: over(data[key], value) if isinstance(data.get(key), dict) else value
        for key, value in changes.items()
    }


@pytest.mark.parametrize("case", ALL, ids=[f"{case.file}: {case.title}" for case in ALL])
def test_case(case: Case) -> None:
    document = document_of(case)
    errors = [d.name for d in document.diagnostics if d.is_error]
    assert errors == case.given.get("errors", [])
    assert [place(d) for d in judged(rules_of(case.modules), document)] == case.reported


@pytest.mark.parametrize("file", sorted({case.file for case in ALL}))
def test_what_is_said(file: str, golden: Callable[[str, str], None]) -> None:
    told = []
    for case in ALL:
        if case.file == file:
            found = judged(rules_of(case.modules), document_of(case))
            if found:
                told.append("\n".join([f"# {case.title}", *map(spoken, found)]))
    golden(f"lint/{file}.txt", "\n\n".join(told))


@pytest.mark.parametrize("case", ALL, ids=[f"{case.file}: {case.title}" for case in ALL])
def test_a_fix_mends_what_it_is_for(case: Case) -> None:
    rules = rules_of(case.modules)
    for diagnostic in judged(rules, document_of(case)):
        for fix in diagnostic.fixes:
            text = applied(fix, case.script)
            mended = document_of(case, text)
            assert [d for d in mended.diagnostics if d.is_error] == []
            left = [place(d) for d in judged(rules, mended)]
            assert left.count(place(diagnostic)) < case.reported.count(place(diagnostic))


def test_every_rule_is_reported_by_a_case() -> None:
    told = {line.split(" ", 1)[0] for case in ALL for line in case.reported}
    modules = {name for case in ALL for name in case.modules}
    rules = {rule.problem.name for name in modules for rule in rules_of((name,))}
    assert rules - told == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.problem.name)
def test_what_a_rule_waits_for_can_stand_in_a_text(rule: Rule) -> None:
    """A phrase is no word of a text: `telling` gives the one of it to wait for."""
    heard = {word for word in rule.words() if word[0].isalpha()}
    assert {word for word in heard if words_of(word) != (word,)} == set()
