"""The settings for editors in a terminal: what can be said of them without starting one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import promptlang
from promptlang.lsp.legend import TYPES
from promptlang.syntax.keys import KEYS, KINDS
from tests.editors import debian, missing, node

EDITORS = Path(__file__).parents[2] / "editors"
LANGUAGE = "promptlang-shot"
COMMAND = ["promptlang", "lsp"]


def read(name: str) -> str:
    return (EDITORS / name).read_text(encoding="utf-8")


def words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text)


def test_vim_knows_the_keys() -> None:
    rows = re.findall(
        r"^syntax keyword shotKey contained (.*)$", read("neovim/syntax/promptlang-shot.vim"), re.M
    )
    assert words(" ".join(rows)) == [*KEYS]


@pytest.mark.parametrize(("name", "known"), [("keys", KEYS), ("kinds", KINDS)])
def test_emacs_knows_the_keys_and_kinds(name: str, known: dict[str, object]) -> None:
    mode = read("emacs/promptlang-shot-mode.el")
    found = re.search(rf"promptlang-shot--{name}\n\s+'\(([^)]*)\)", mode)
    assert found is not None
    assert words(found[1]) == [*known]


def test_neovim_colours_everything_the_server_names() -> None:
    found = re.findall(r"\['type\.(\w+)'\]", read("neovim/lua/promptlang/colours.lua"))
    assert sorted(found) == sorted(TYPES)


def test_every_editor_starts_the_server_for_the_language() -> None:
    helix = tomllib.loads(read("helix/languages.toml"))
    (language,) = helix["language"]
    server = helix["language-server"][language["language-servers"][0]]
    assert [server["command"], *server["args"]] == COMMAND
    assert (language["name"], language["file-types"]) == (LANGUAGE, ["shot"])
    assert language["comment-token"] == "#"
    for name in ("lsp/promptlang.lua", "lua/promptlang/older.lua"):
        assert "{ 'promptlang', 'lsp' }" in read(f"neovim/{name}")
        assert f"'{LANGUAGE}'" in read(f"neovim/{name}")
    assert f':language-id "{LANGUAGE}"' in read("emacs/promptlang-shot-mode.el")


def test_the_mode_has_the_version_of_the_package() -> None:
    assert f";; Version: {promptlang.__version__}\n" in read("emacs/promptlang-shot-mode.el")


@pytest.mark.parametrize("name", ["emacs", "helix", "neovim"])
def test_every_folder_says_how_it_is_set_up(name: str) -> None:
    page = read(f"{name}/README.md")
    for heading in ("## Set it up", "## What works", "## What does not"):
        assert heading in page
    for link in re.findall(r"\]\(([^):]+)\)", page):
        there, _, heading = link.partition("#")
        assert (EDITORS / name / there).exists()
        if heading:
            found = re.findall(r"^#+ (.+)$", read(f"{name}/{there}"), re.MULTILINE)
            assert heading in {words.lower().replace(" ", "-") for words in found}


def test_in_ci_an_editor_may_be_missing_only_for_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere, absent = debian.ElsewhereError("no"), debian.AbsentError("no")
    monkeypatch.setenv("CI", "true")
    for name in ("neovim", "helix"):
        assert missing.excuse(name, elsewhere) == missing.MAY_BE[0][2]
    assert missing.excuse("neovim", absent) is None
    assert missing.excuse("helix", absent) == missing.MAY_BE[2][2]
    assert missing.excuse("helix", node.MissingError("no")) is None
    assert missing.excuse("vscode", elsewhere) is None
    monkeypatch.delenv("CI")
    assert missing.excuse("vscode", elsewhere)
