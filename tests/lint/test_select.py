"""Which problems are reported: selectors, who wins, and what a project says of some files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.diagnostics import FAMILIES, Problem, Severity
from promptlang.lint.paths import matches
from promptlang.lint.select import Catalogue, Choice, SelectError, Selection
from promptlang.problems import all_problems, catalogue


def problem(name: str, code: str, *, severity: str = "hint", taste: bool = False) -> Problem:
    return Problem(name, code, Severity(severity), "A page.", opinionated=taste)


SLOW = problem("slow-start", "PL210")
DUTCH = problem("dutch-overuse", "PL310")
TASTE = problem("rule-of-thirds", "PL311", taste=True)
LINE = problem("line-crossed", "PL350")
REFUSED = problem("refused", "PL312", severity="error")
KNOWN = Catalogue([SLOW, DUTCH, TASTE, LINE, REFUSED])
FILM = str(Path("film.shot").absolute())


def on(project: Choice | None = None, asked: Choice | None = None) -> set[str]:
    selection = Selection(KNOWN, project, asked, root=Path.cwd())
    return {p.name for p in KNOWN.problems if selection.wants(p, FILM)} - {"refused"}


def test_what_is_a_matter_of_taste_waits_to_be_selected() -> None:
    assert on() == {"slow-start", "dutch-overuse", "line-crossed"}
    assert on(Choice(extend=["rule-of-thirds"])) == on() | {"rule-of-thirds"}
    assert on(Choice(extend=["camera"])) == on() | {"rule-of-thirds"}
    assert on(Choice(select=["all"])) == on() | {"rule-of-thirds"}


@pytest.mark.parametrize(
    ("word", "chosen"),
    [
        ("dutch-overuse", {"dutch-overuse"}),
        ("Dutch-Overuse", {"dutch-overuse"}),
        ("PL310", {"dutch-overuse"}),
        ("pl310", {"dutch-overuse"}),
        ("PL31", {"dutch-overuse", "rule-of-thirds"}),
        ("PL3", {"dutch-overuse", "rule-of-thirds", "line-crossed"}),
        ("PL", {"slow-start", "dutch-overuse", "rule-of-thirds", "line-crossed"}),
        ("camera", {"dutch-overuse", "rule-of-thirds"}),
        ("all", {"slow-start", "dutch-overuse", "rule-of-thirds", "line-crossed"}),
    ],
)
def test_what_a_selector_is(word: str, chosen: set[str]) -> None:
    assert on(Choice(select=[word])) == chosen
    assert on(Choice(select=["all"], ignore=[word])) == (
        {"slow-start", "dutch-overuse", "rule-of-thirds", "line-crossed"} - chosen
    )


def test_nothing_selected_is_nothing_reported_but_errors() -> None:
    assert on(Choice(select=[])) == set()


def test_the_narrower_of_two_wins_and_of_equals_the_one_that_ignores() -> None:
    narrow = Choice(select=["dutch-overuse"], ignore=["camera"])
    assert on(narrow) == {"dutch-overuse"}
    assert on(Choice(select=["PL3"], ignore=["camera"])) == {"line-crossed"}
    assert on(Choice(select=["camera"], ignore=["PL31"])) == set()
    assert on(Choice(select=["PL310"], ignore=["dutch-overuse"])) == set()
    assert on(Choice(select=["camera"], extend=["PL350"], ignore=["all"])) == on(
        Choice(select=["camera", "PL350"])
    )


def test_the_command_line_wins_over_the_project() -> None:
    project = Choice("promptlang.toml", select=["camera"], ignore=["dutch-overuse"])
    assert on(project) == {"rule-of-thirds"}
    assert on(project, Choice(select=["PL2"])) == {"slow-start"}
    assert on(project, Choice(extend=["camera"])) == {"rule-of-thirds", "dutch-overuse"}
    assert on(project, Choice(ignore=["all"])) == set()


def test_what_is_ignored_in_some_files_only_something_narrower_brings_back() -> None:
    here = Choice("promptlang.toml", per_file={"*.shot": ["camera"], "drafts/": ["all"]})
    assert on(here) == {"slow-start", "line-crossed"}
    assert on(here, Choice(select=["all"])) == {"slow-start", "line-crossed"}
    assert on(here, Choice(extend=["dutch-overuse"])) == {
        "slow-start",
        "line-crossed",
        "dutch-overuse",
    }
    same = Choice("promptlang.toml", per_file={"film.shot": ["dutch-overuse"]})
    assert on(same, Choice(select=["dutch-overuse"])) == set()
    selection = Selection(KNOWN, same, root=Path.cwd())
    assert selection.wants(DUTCH, str(Path("other.shot").absolute()))
    assert selection.wants(DUTCH, "<text>")
    assert selection.wants(DUTCH)


def test_errors_are_always_reported() -> None:
    assert [d.name for d in promptlang.check("SHOT 1 4s\n  Rain.", ignore=["all"])]
    assert all(d.is_error for d in promptlang.check("SHOT 1 4s\n  Rain.", select=[]))


def test_what_has_no_effect_is_told() -> None:
    project = Choice("promptlang.toml", ignore=["refused", "camera"], per_file={"*": ["PL312"]})
    assert Selection(KNOWN, project, Choice(ignore=["all"])).notes == [
        'promptlang.toml: "ignore": "refused" is an error, and errors are always reported',
        'promptlang.toml: "per-file-ignores": "PL312" is an error, and errors are always reported',
    ]
    assert on(Choice(ignore=["wording"])) == on()  # a family without a problem yet
    errors = Choice(ignore=["timing"])
    only = Catalogue([problem("refused", "PL200", severity="error"), DUTCH])
    assert "names nothing but errors" in Selection(only, asked=errors).notes[0]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("dutch-overus", 'did you mean "dutch-overuse"?'),
        ("camra", 'did you mean "camera"?'),
        ("PL9", "allowed are names of problems"),
        ("PL3100", 'did you mean "PL310"?'),
        ("zzz", "allowed are names of problems, codes such as PL801 or PL8, all, and syntax"),
    ],
)
def test_a_selector_that_selects_nothing_is_no_selector(word: str, hint: str) -> None:
    with pytest.raises(SelectError) as failure:
        Selection(KNOWN, Choice("promptlang.toml", ignore=[word]))
    assert f'promptlang.toml: "ignore": nothing is called "{word}"; ' in str(failure.value)
    assert hint in str(failure.value)
    with pytest.raises(SelectError, match="--extend-select"):
        Selection(KNOWN, asked=Choice(extend=[word]))
    with pytest.raises(SelectError, match="per-file-ignores"):
        Selection(KNOWN, Choice("promptlang.toml", per_file={"*": [word]}))


def test_no_family_is_called_like_a_problem() -> None:
    assert not {p.name for p in all_problems()} & {*FAMILIES, "all"}
    for family in FAMILIES:
        found = catalogue().find(family)
        assert found is not None
        assert {p.family for p in found.problems} <= {family}


def test_check_takes_what_a_command_line_takes() -> None:
    text = "SHOT 1 (5s): medium shot, slow dolly\n  A cellist tunes by the window."
    assert [d.name for d in promptlang.check(text)] == ["undirected-move"]
    assert promptlang.check(text, ignore="camera") == []
    assert promptlang.check(text, select=["PL4"]) == []
    assert [d.name for d in promptlang.check(text, select=["PL4"], extend_select=["PL301"])]
    with pytest.raises(promptlang.SelectError, match="did you mean"):
        promptlang.check(text, ignore=["undirected-mov"])


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("film.shot", "film.shot", True),
        ("film.shot", "a/b/film.shot", True),
        ("*.shot", "a/film.shot", True),
        ("a/*.shot", "a/film.shot", True),
        ("a/*.shot", "a/b/film.shot", False),
        ("a/**/*.shot", "a/film.shot", True),
        ("a/**/*.shot", "a/b/c/film.shot", True),
        ("**/b/*", "a/b/film.shot", True),
        ("**/b/*", "b/film.shot", True),
        ("b/*", "a/b/film.shot", False),
        ("a/**", "a/b/film.shot", True),
        ("a/", "a/b/film.shot", True),
        ("./a/", "a/film.shot", True),
        ("a/", "film.shot", False),
        ("?ilm.shot", "film.shot", True),
        ("[fg]ilm.shot", "gilm.shot", True),
        ("Film.shot", "film.shot", False),
        ("*", "", False),
    ],
)
def test_patterns(pattern: str, path: str, *, meant: bool) -> None:
    assert matches(pattern, path.split("/") if path else []) is meant


@given(
    st.lists(st.sampled_from(["a", "b", "*", "**", "?"]), min_size=2, max_size=12),
    st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=12),
)
def test_a_pattern_means_what_the_same_pattern_with_every_folder_written_out_means(
    wanted: list[str], parts: list[str]
) -> None:
    def plainly(wanted: list[str], parts: list[str]) -> bool:
        if not wanted:
            return not parts
        if wanted[0] == "**":
            return any(plainly(wanted[1:], parts[at:]) for at in range(len(parts) + 1))
        fits = bool(parts) and (
            wanted[0] in {"*", parts[0]} or (wanted[0], len(parts[0])) == ("?", 1)
        )
        return fits and plainly(wanted[1:], parts[1:])

    assert matches("/".join(wanted), parts) == plainly(wanted, parts)
