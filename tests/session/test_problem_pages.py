"""Every page of every problem is true: its example reports it, what to use instead does not."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

import promptlang
from promptlang.problems import all_problems
from promptlang.syntax.pages import expand
from tests.media.files import of_the_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlang.diagnostics import Problem

PAGES = all_problems()

# They take an included file or something from outside; BY_HAND has their scripts.
WITHOUT_EXAMPLE = {
    "asset-without-name",
    "include-cycle",
    "include-not-found",
    "include-too-deep",
    "included-block",
    "media-unchecked",
    "price-stale",
    "target-retired",
    "value-without-parameter",
}

# They take another day or another target; tests/lint/cases/portability.txt has their scripts.
BY_CASE = {"price-stale", "target-retired"}

Given: TypeAlias = tuple[str, dict[str, str], dict[str, Any]]


def chain(length: int) -> dict[str, str]:
    """Return files of which each includes the next."""
    return {
        f"{n}.shot": f"include: {n + 1}.shot\n" if n < length else "" for n in range(1, length + 1)
    }


# Where there is too much of everything, there is more to say than this.
TOO_MANY = {"too-many-blocks", "too-many-diagnostics"}


@pytest.fixture(scope="module", autouse=True)
def _in_a_folder_with_the_files_of_the_pages(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("pages")
    of_the_pages(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield


def blocks(problem: Problem) -> list[str]:
    found = re.findall(r"^```shot\n(.*?)^```", problem.page, re.MULTILINE | re.DOTALL)
    return [expand(text) for text in found]


def check(text: str, problem: Problem) -> list[promptlang.Diagnostic]:
    """Check the script of a page; one about files as a file, with those files beside it."""
    if not problem.code.startswith("PL6"):
        return promptlang.check(text, extend_select=[problem.name])
    page = Path("page.shot")
    page.write_text(text, encoding="utf-8")
    return promptlang.check(page)


def weighty(found: list[promptlang.Diagnostic]) -> list[str]:
    return sorted({d.name for d in found if d.severity.rank < 2})


def name(problem: Problem) -> str:
    return problem.name


def test_names_and_codes_are_unique() -> None:
    assert len({p.code for p in PAGES}) == len(PAGES)
    assert len({p.name for p in PAGES}) == len(PAGES)
    for problem in PAGES:
        assert re.fullmatch(r"PL\d{3}", problem.code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", problem.name)


@pytest.mark.parametrize("problem", PAGES, ids=name)
def test_the_page_is_complete(problem: Problem) -> None:
    assert problem.summary.endswith(".")
    assert len(problem.summary) <= 120
    if problem.name not in WITHOUT_EXAMPLE:
        assert problem.page.index("**Example**") < problem.page.index("**Use instead**")
        assert len(blocks(problem)) == 2


@pytest.mark.parametrize("problem", [p for p in PAGES if len(blocks(p)) == 2], ids=name)
def test_the_example_reports_exactly_this(problem: Problem) -> None:
    found = check(blocks(problem)[0], problem)
    assert problem.name in {d.name for d in found}
    if problem.name not in TOO_MANY:
        assert [n for n in weighty(found) if n != problem.name] == []
    for diagnostic in found:
        if diagnostic.name == problem.name:
            assert diagnostic.code == problem.code


@pytest.mark.parametrize("problem", [p for p in PAGES if len(blocks(p)) == 2], ids=name)
def test_what_to_use_instead_is_clean(problem: Problem) -> None:
    found = check(blocks(problem)[1], problem)
    assert problem.name not in {d.name for d in found}
    assert weighty(found) == []


@pytest.mark.parametrize("problem", [p for p in PAGES if len(blocks(p)) == 2], ids=name)
def test_what_is_said(problem: Problem, golden: Callable[[str, str], None]) -> None:
    """One failing and one passing script a problem, with every word that is said of them."""
    written = re.findall(r"^```shot\n(.*?)^```", problem.page, re.MULTILINE | re.DOTALL)
    told = []
    for title, page, text in zip(
        ("what is reported", "what passes"), written, blocks(problem), strict=True
    ):
        # Of an example that is too much of something, the first says it all.
        found = check(text, problem)[: 1 if problem.name in TOO_MANY else None]
        told.append(f"# {title}\n{page}\n" + "".join(spoken(d) for d in found))
    golden(f"problems/{problem.name}.txt", "\n".join(told))


RAIN = "\nSHOT 1 (5s): wide shot, static\n  Rain falls on @Pier.\n"
CITY = "\nSHOT 1 (5s): wide shot, static\n  Rain falls on @Pier in {city}.\n"
PIER = "@Pier = place: a wooden pier\n"
HARBOUR = '@Pier = image "harbour.png"\n'
TARGET = "target: fal/kling-o3-pro\n"

# A problem, what is reported and what passes: the script, files beside it, and what is handed in.
BY_HAND: dict[str, tuple[Given, Given]] = {
    "asset-without-name": (
        (f"{TARGET}{PIER}{RAIN}", {}, {"assets": {"Pear": "https://example.org/p.png"}}),
        (f"{TARGET}{PIER}{RAIN}", {}, {"assets": {"Pier": "https://example.org/p.png"}}),
    ),
    "include-cycle": (
        (f"include: cast.shot\n{RAIN}", {"cast.shot": f"include: page.shot\n{PIER}"}, {}),
        (f"include: cast.shot\n{RAIN}", {"cast.shot": PIER}, {}),
    ),
    "include-not-found": (
        (f"include: cost.shot\n{RAIN}", {"cast.shot": PIER}, {}),
        (f"include: cast.shot\n{RAIN}", {"cast.shot": PIER}, {}),
    ),
    "include-too-deep": (
        (f"include: 1.shot\n{PIER}{RAIN}", chain(33), {}),
        (f"include: 1.shot\n{PIER}{RAIN}", chain(32), {}),
    ),
    "included-block": (
        (f"include: cast.shot\n{RAIN}", {"cast.shot": f"{PIER}{RAIN}"}, {}),
        (f"include: cast.shot\n{RAIN}", {"cast.shot": PIER}, {}),
    ),
    "media-unchecked": (
        (f"{TARGET}{HARBOUR}{RAIN}", {}, {"library": False}),
        (f"{TARGET}{HARBOUR}{RAIN}", {}, {}),
    ),
    "value-without-parameter": (
        (f'{{city}} = "Rome"\n{PIER}{CITY}', {}, {"values": {"town": "Paris"}}),
        (f'{{city}} = "Rome"\n{PIER}{CITY}', {}, {"values": {"city": "Paris"}}),
    ),
}


def test_what_takes_more_than_a_script_has_its_files() -> None:
    assert set(BY_HAND) == WITHOUT_EXAMPLE - BY_CASE


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_what_is_said_of_more_than_a_script(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    told = []
    for title, given in zip(("what is reported", "what passes"), BY_HAND[name], strict=True):
        script, files, handed = given
        folder = tmp_path / title.replace(" ", "-")
        folder.mkdir()
        of_the_pages(folder)
        monkeypatch.chdir(folder)
        for file, text in {**files, "page.shot": script}.items():
            Path(file).write_text(text, encoding="utf-8")
        with monkeypatch.context() as patch:
            options = dict(handed)
            if not options.pop("library", True):
                for module in ("PIL.PngImagePlugin", "PIL.JpegImagePlugin"):
                    patch.setitem(sys.modules, module, None)
            found = promptlang.check(Path("page.shot"), **options)
        assert (name in {d.name for d in found}) == (title == "what is reported")
        assert weighty(found) in ([], [name])
        beside = "".join(f"# {file}\n{text}" for file, text in list(files.items())[:2])
        with_it = f"# with {handed}\n" if handed else ""
        told.append(f"# {title}\n{with_it}{script}{beside}\n" + "".join(map(spoken, found)))
    golden(f"problems/{name}.txt", "\n".join(told))


def spoken(diagnostic: promptlang.Diagnostic) -> str:
    span = diagnostic.span
    under = span.text if len(span.text) <= 60 else f"{span.text[:57]}..."
    lines = [
        f"{diagnostic.severity} {diagnostic.name} at {span.line}:{span.column} {under!r}",
        f"  {diagnostic.message}",
    ]
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    lines += [f"  see {r.span.line}:{r.span.column}: {r.message}" for r in diagnostic.related]
    lines += [f"  fix: {fix.message}" for fix in diagnostic.fixes]
    return "\n".join(lines) + "\n"
