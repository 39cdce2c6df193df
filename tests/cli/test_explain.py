"""``promptlang explain``: everything has a page that reads well, and slips are understood."""

from __future__ import annotations

import re

import pytest

import promptlang
from promptlang.cli import main
from promptlang.cli.explain import explain, overview
from promptlang.pages import HEADINGS
from promptlang.problems import all_problems
from promptlang.syntax.keys import ALIASES, KEYS, KIND_ALIASES, KINDS
from promptlang.vocabulary.load import vocabulary

TERMS = vocabulary().terms.values()


def test_everything_has_a_page() -> None:
    for problem in all_problems():
        head = f"{problem.name} ({problem.code}, {problem.severity}, {problem.family})\n"
        assert explain(problem.name).startswith(head)
        assert explain(problem.code) == explain(problem.code.lower()) == explain(problem.name)
    for target in promptlang.targets():
        assert explain(target.id).startswith(f"{target.id}: {target.title}")
    for key in KEYS:
        assert f"{key}: {KEYS[key].meaning}\nstands in   " in explain(key)
    for written, meant in ALIASES.items():
        assert f'"{written}" is no field; {meant} is' in explain(written)
    for kind in KINDS:
        assert f"\nwritten as  @Name = {kind} " in explain(kind)
    for written, meant in KIND_ALIASES.items():
        assert f'"{written}" is no kind; {meant} is' in explain(written)
    for heading in HEADINGS:
        assert "written as  " in explain(heading)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: f"{term.category}-{term.id}")
def test_a_term_is_found_by_its_phrase(term: object) -> None:
    known = next(t for t in TERMS if t is term)
    page = explain(known.phrase)
    assert f"{known.phrase} (" in page
    for line in page.split("\n"):
        assert len(line) <= 96


def test_a_transition_that_is_also_a_move_has_both_pages() -> None:
    pages = explain("whip pan")
    assert {"movement", "transition"} <= set(re.findall(r"^[\w -]+ \(([\w-]+)", pages, re.M))
    assert explain("> dissolve").startswith("dissolve to (transition")
    assert "dissolve to (transition" in explain("Überblendung")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("shot-to-long", "shot-too-long"),
        ("kling/o11", "kling/o1"),
        ("closup", "close-up"),
        ("matchcut ot", "match cut"),
        ("negatve", "negative"),
        ("carachter", "character"),
        ("coverge", "coverage"),
        ("narator", "narrator"),
        ("Ranfarht", "Ranfahrt"),
    ],
)
def test_slips_are_understood(slip: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", slip]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f'nothing is called "{slip}"; did you mean ' in err
    assert f'"{meant}' in err


def test_without_an_argument_everything_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    listed = capsys.readouterr().out
    assert listed == overview() + "\n"
    names = {name.strip() for line in listed.split("\n") for name in line.strip().split(",")}
    spaced = " ".join(listed.split())
    for problem in all_problems():
        assert problem.name in names
    for term in TERMS:
        assert term.phrase in spaced
    assert {*KEYS, *KINDS, *(t.id for t in promptlang.targets())} <= names
    assert max(map(len, listed.split("\n"))) <= 96
