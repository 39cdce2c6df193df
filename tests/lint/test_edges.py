"""Where rules and fixes end: several conflicts in one block, many blocks, worse news elsewhere."""

from __future__ import annotations

import copy
import os
from pathlib import Path

import pytest

import promptlang
from promptlang.diagnostics import Diagnostic, Edit, Fix, Severity
from promptlang.lint import fix as fixing
from promptlang.lint import run
from promptlang.lint.fix import fix_all
from promptlang.lint.patterns import late
from promptlang.lint.rules import RULES
from promptlang.lint.select import Choice, Selection
from promptlang.problems import catalogue
from promptlang.session import Document
from promptlang.source import Source, Span
from tests.lint.test_fix import Marked

FILM = "".join(
    f"SHOT {n} ({n}s): {terms}\n  A door opens very slowly.\n"
    for n, terms in enumerate(("handheld, smooth movement", "push in, tilt up", "slow"), 3)
)


def test_each_conflict_of_a_block_is_told_once() -> None:
    text = "SHOT 1 (5s): handheld, smooth movement, push in, tilt up\n  A door opens.\n"
    told = [d.message for d in promptlang.check(text) if d.severity is not Severity.INFO]
    for pair in ('"handheld" and "smooth movement"', '"push in" and "tilt up"'):
        assert sum(message.startswith(pair) for message in told) == 1, told


def test_however_little_is_remembered_the_same_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    film = Document(promptlang.parse(FILM)).film
    told = list(run.Linter(RULES).script(film))
    assert len({d.name for d in told}) > 1
    monkeypatch.setattr(run, "_REMEMBERED", 1)
    assert list(run.Linter(RULES).script(film)) == told


def test_the_texts_of_a_film_are_looked_at_once() -> None:
    film = Document(promptlang.parse(FILM)).film
    assert film.passages is film.passages
    assert "A door opens very slowly." in [passage.text.plain for passage in film.passages]


class Echo(Marked):
    """Two marks side by side hide a warning about the first "x"; another file has one anyway."""

    def __init__(self, text: str) -> None:
        super().__init__(text, self.both)
        warning = Severity.WARNING
        other = Span(Source("!", "other.shot"), 0, 1)
        self.findings.append(Diagnostic("other", "PL000", warning, "of another file", other))
        place = text.find("x")
        if place >= 0 and "!!" not in text:
            span = self.at(place, place + 1)
            self.findings.append(Diagnostic("echo", "PL000", warning, "an echo", span))

    def both(self, document: Marked, place: int) -> list[Fix]:
        text = document.script.source.text
        if text[place : place + 2] != "!!":
            return []
        return [Fix("remove both", [Edit(document.at(place, place + 2), "")])]

    def rewritten(self, text: str) -> Echo:
        return Echo(text)


def test_a_fix_that_makes_another_block_worse_is_taken_back() -> None:
    alone = "SHOT 1: a!!\nSHOT 2: b\n"
    assert fix_all(Echo(alone)).text == alone.replace("!!", "")
    beside = "SHOT 1: a!!\nSHOT 2: x\n"
    assert fix_all(Echo(beside)).text == beside


def test_fixing_ends_after_so_many_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "SHOT 1: a!!\nSHOT 2: b!!\n"
    monkeypatch.setattr(fixing, "PASSES", 0)
    result = fix_all(Echo(text))
    assert (result.text, result.fixed, len(result.left)) == (text, [], 5)
    assert repr(result) == "FixResult(0 fixed, 5 left)"


def test_a_pattern_that_waits_can_be_copied() -> None:
    waiting = late("a+")
    found = copy.copy(waiting).fullmatch("aa")
    assert found is not None
    with pytest.raises(AttributeError):
        getattr(waiting, "__fspath__")  # noqa: B009  # the type says that there is none


def test_a_file_on_another_drive_matches_no_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    choice = Choice("promptlang.toml", ignore=["all"], per_file={"*.shot": ["vague-number"]})
    selection = Selection(catalogue(), choice, None, root=Path.cwd())
    path = str(Path("film.shot").absolute())
    (selector,) = selection.patterns(path)[0][1]
    assert repr(selector) == "Selector('vague-number', 1 problems)"
    assert repr(choice) == "Choice('promptlang.toml', select=None, ignore=('all',))"

    def elsewhere(path: str, start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", elsewhere)
    assert selection.patterns(path) == []
