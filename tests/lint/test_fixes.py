"""Every fix there is: the text it is for, the text it makes, and that it mends."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import promptlang
from promptlang.lint.fix import edited
from promptlang.lint.select import Choice, Selection
from promptlang.problems import all_problems, catalogue
from promptlang.syntax.pages import expand
from tests.media.files import of_the_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlang.diagnostics import Diagnostic, Fix

CORPUS = Path(__file__).parents[1] / "corpus" / "fixes.txt"


def cases() -> dict[str, list[str]]:
    """The texts of each problem: those of the corpus, and the example of its page."""
    found: dict[str, list[str]] = {problem.name: [] for problem in all_problems()}
    for part in CORPUS.read_text(encoding="utf-8").split("=== ")[1:]:
        name, text = part.split("\n", 1)
        found[name].append(text)
    for problem in all_problems():
        example = re.search(r"^```shot\n(.*?)^```", problem.page, re.MULTILINE | re.DOTALL)
        # A text of sixty thousand letters is no reading.
        if example and len(expand(example[1])) < 5000:
            found[problem.name].append(example[1])
    return found


CASES = cases()


@pytest.fixture(scope="module", autouse=True)
def _in_a_folder_with_the_files_of_the_pages(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("pages")
    of_the_pages(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield


def document(text: str) -> promptlang.Document:
    selection = Selection(catalogue(), asked=Choice(extend=["all"]))
    return promptlang.Document(promptlang.parse(text), selection=selection)


def offered(text: str, name: str) -> list[tuple[Diagnostic, Fix]]:
    found = [d for d in document(text).findings if d.name == name]
    return [(diagnostic, fix) for diagnostic in found for fix in diagnostic.fixes]


def done(text: str, fix: Fix) -> str:
    return edited(text, sorted(fix.edits, key=lambda edit: (edit.span.start, edit.span.end)))


FIXABLE = sorted(
    name for name, texts in CASES.items() if any(offered(expand(text), name) for text in texts)
)


@pytest.mark.parametrize("name", FIXABLE)
def test_what_a_fix_makes(name: str, golden: Callable[[str, str], None]) -> None:
    told = []
    for text in CASES[name]:
        for diagnostic, fix in offered(expand(text), name):
            safe = "safe" if fix.safe else "unsafe"
            told += [
                f"# {diagnostic.span.line}:{diagnostic.span.column} {fix.message} ({safe})",
                text,
                "# becomes",
                spelt(done(expand(text), fix)),
            ]
    golden(f"fixes/{name}.txt", "\n".join(told))


def spelt(text: str) -> str:
    """Spell what cannot be printed as the corpus does."""
    return re.sub(
        "[\0\u200b\u202a-\u202e\u2066-\u2069]", lambda match: f"<U+{ord(match[0]):04X}>", text
    )


@pytest.mark.parametrize("name", FIXABLE)
def test_a_fix_mends(name: str) -> None:
    for text in map(expand, CASES[name]):
        before = Counter(d.name for d in document(text).findings)
        errors = {d.name for d in document(text).findings if d.is_error}
        for _, fix in offered(text, name):
            after = document(done(text, fix)).findings
            assert sum(d.name == name for d in after) < before[name], done(text, fix)
            assert {d.name for d in after if d.is_error} <= errors, done(text, fix)


@pytest.mark.parametrize("name", FIXABLE)
def test_what_is_mended_is_not_mended_again(name: str) -> None:
    for text in map(expand, CASES[name]):
        for unsafe in (False, True):
            once = document(text).fixed(unsafe=unsafe)
            twice = document(once.text).fixed(unsafe=unsafe)
            assert (twice.text, twice.fixed) == (once.text, [])


def test_a_text_of_the_corpus_is_about_a_problem_with_a_fix() -> None:
    for part in CORPUS.read_text(encoding="utf-8").split("=== ")[1:]:
        name, text = part.split("\n", 1)
        assert offered(expand(text), name), part


def test_there_are_fixes_of_both_kinds() -> None:
    found = {
        (name, fix.safe)
        for name in FIXABLE
        for text in CASES[name]
        for _, fix in offered(expand(text), name)
    }
    assert len({name for name, safe in found if safe}) >= 25
    assert len({name for name, safe in found if not safe}) >= 25
    assert len(FIXABLE) >= 50
