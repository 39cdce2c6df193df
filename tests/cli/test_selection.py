"""What a project and a command line select, and how they are asked what holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.line import run as run  # a fixture

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.line import Outcome

FILM = """\
target: fal/kling-v3-pro
SHOT 1 (5s): medium shot, slow dolly
  A cellist tunes by the window.
"""


def write(name: str, text: str = FILM) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def names(run: Callable[..., Outcome], *arguments: str) -> list[str]:
    return [d["name"] for d in json.loads(run("check", *arguments, "--format", "json").out)]


def test_the_command_line_selects(run: Callable[..., Outcome]) -> None:
    write("film.shot")
    assert names(run, "film.shot") == ["undirected-move"]
    assert names(run, "film.shot", "--ignore", "camera, PL4", "--ignore", "PL5") == []
    assert names(run, "film.shot", "--select", "PL5") == []
    assert names(run, "film.shot", "--select", "PL5", "--extend-select", "camera") == [
        "undirected-move"
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--ignore", "undirected-mov"), '--ignore: nothing is called "undirected-mov"; did you'),
        (("--select", "camra"), '--select: nothing is called "camra"; did you mean "camera"?'),
        (("--extend-select", "PL77"), '--extend-select: nothing is called "PL77"'),
        (("--ignore", " , "), '--ignore takes names, codes or families, not " , "'),
    ],
)
def test_what_selects_nothing_is_wrong_use(
    run: Callable[..., Outcome], arguments: tuple[str, ...], message: str
) -> None:
    write("film.shot")
    wrong = run("check", "film.shot", *arguments)
    assert (wrong.code, wrong.out) == (2, "")
    assert message in wrong.err


def test_what_cannot_be_ignored_is_told_and_reported(run: Callable[..., Outcome]) -> None:
    write("film.shot", FILM.replace("(5s):", "(5s)"))
    refused = run("check", "film.shot", "--ignore", "no-colon")
    assert refused.code == 1
    assert "no-colon" in refused.out
    said = 'promptlang: --ignore: "no-colon" is an error, and errors are always reported\n'
    assert refused.err.startswith(said)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select = 3\n", '"select" must be a list of problems'),
        ('ignore = ["camra"]\n', '"ignore": nothing is called "camra"; did you mean "camera"?'),
        ('extend-select = ["PL77"]\n', '"extend-select": nothing is called "PL77"'),
        ('per-file-ignores = ["camera"]\n', '"per-file-ignores" must be a table'),
        ('[per-file-ignores]\n"*" = 3\n', '"*" must be a list of problems'),
        ('[per-file-ignores]\n"*" = ["camra"]\n', '"per-file-ignores": nothing is called "camra"'),
    ],
)
def test_a_broken_configuration_is_wrong_use(
    run: Callable[..., Outcome], text: str, message: str
) -> None:
    write("promptlang.toml", text)
    write("film.shot")
    broken = run("check", "film.shot")
    assert (broken.code, broken.out) == (2, "")
    assert "promptlang.toml" in broken.err
    assert message in broken.err


def test_a_project_selects_for_its_folders(run: Callable[..., Outcome]) -> None:
    write("a/promptlang.toml", 'ignore = "camera"\n')
    write("a/film.shot")
    write("b/pyproject.toml", '[tool.promptlang.per-file-ignores]\n"drafts/**" = ["PL301"]\n')
    write("b/film.shot")
    write("b/drafts/film.shot")
    told = json.loads(run("check", ".", "--format", "json").out)
    assert [Path(d["path"]).as_posix() for d in told] == ["b/film.shot"]
    told = json.loads(run("check", ".", "--select", "undirected-move", "--format", "json").out)
    assert [Path(d["path"]).as_posix() for d in told] == ["a/film.shot", "b/film.shot"]
    assert json.loads(run("compile", "a/film.shot", "--format", "json").out)["diagnostics"] == []


def test_what_holds_is_shown(
    run: Callable[..., Outcome], golden: Callable[[str, str], None]
) -> None:
    write(
        "promptlang.toml",
        'target = "kling/o1"\nselect = ["camera", "syntax"]\nignore = ["PL308"]\n'
        'extend-select = ["unused-suppression"]\n'
        '[per-file-ignores]\n"drafts/" = ["undirected-move"]\n"*.shot" = ["near-heading"]\n',
    )
    write("film.shot")
    write("drafts/one.shot", FILM.partition("\n")[2])
    write("other/promptlang.toml", "")
    write("other/two.shot", FILM.partition("\n")[2])
    shown = [
        run("check", "film.shot", "drafts", "other", "--show-settings"),
        run("check", "film.shot", "--show-settings", "--select", "all", "--ignore", "PL3"),
        run("check", "film.shot", "--show-settings", "--target", "kling/o1", "--ignore", "PL301"),
    ]
    assert [outcome.code for outcome in shown] == [0, 0, 0]
    here = str(Path.cwd())
    text = "\n".join(outcome.out.replace(here, "…") for outcome in shown)
    golden("cli/check-settings.txt", _without_lists(text))
    (one, two) = json.loads(
        run("check", "film.shot", "drafts", "--show-settings", "--format", "json").out
    )
    assert "undirected-move" in one["reported"]
    assert "undirected-move" in two["left_out"]
    assert "no-colon" in two["reported"]
    assert {row["name"] for row in one["settings"]} == {
        "target",
        "project",
        "select",
        "extend-select",
        "ignore",
        "per-file-ignores",
    }
    lines = run("check", "film.shot", "drafts", "--show-settings", "--format", "jsonl").out
    assert [json.loads(line) for line in lines.splitlines()] == [one, two]


def _without_lists(text: str) -> str:
    """Without the names of all problems there are, which change with every new one."""
    return "\n".join(
        "  … problems are reported" if " problems are reported" in line else line
        for line in text.split("\n")
    )
