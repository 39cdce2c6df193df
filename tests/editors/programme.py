"""Drives real editors through the scenario: ``nox -s editors``, or ``-- vscode`` for one of them.

What is installed for that stays in ``.nox/editors``. An editor that is not there is named with what
is missing; the exit code is that of the others, unless ``CI=true`` and it has to be there.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang.providers.registry import targets
from tests.editors import (
    debian,
    driven,
    emacs,
    helix,
    missing,
    neovim,
    node,
    scenario,
    treesitter,
    vscode,
    web,
)

if TYPE_CHECKING:
    from collections.abc import Callable

CACHE = Path(os.environ.get("PROMPTLANG_EDITORS", Path(__file__).parents[2] / ".nox" / "editors"))

THEMES = os.environ.get("PROMPTLANG_THEMES", "dark light").split()


def in_vscode(cache: Path, work: Path) -> list[str]:
    """Return what went wrong in Visual Studio Code, in the dark and in the light."""
    wrong = []
    for theme in THEMES:
        pictures = cache / "pictures"
        pictures.mkdir(parents=True, exist_ok=True)
        done = vscode.run(cache, work / theme, theme, pictures)
        wrong += [f"{theme}: {problem}" for problem in compared(done.rows, done.left)]
        if done.errors:
            wrong.append(f"{theme}: {done.errors}")
        else:
            (shown,) = [row for row in done.rows if row["does"] == "preview"] or [{}]
            wrong += [f"{theme}: {problem}" for problem in previewed(shown)]
    return wrong


def in_a_page(name: str, cache: Path, work: Path) -> list[str]:
    """Return what went wrong in a page of ours, in the dark and in the light."""
    wrong = []
    for theme in THEMES:
        pictures = cache / "pictures"
        pictures.mkdir(parents=True, exist_ok=True)
        done = web.run(name, cache, work / theme, theme, pictures)
        rows = {str(row["does"]): row for row in done.rows}
        found = compared(done.rows, done.left)
        found += previewed(rows["preview"]) if "preview" in rows else []
        found += beside(rows, shares=name == "playground")
        wrong += [f"{theme}: {problem}" for problem in (*found, done.errors) if problem]
    return wrong


def beside(rows: dict[str, dict[str, Any]], *, shares: bool) -> list[str]:
    """Return what is wrong with what a page shows beside the script."""
    if "failed" in rows:
        return []  # which is told
    wrong = []
    preview = rows["preview"]
    panes = zip(("prompts", "payload", "losses"), preview["before"], preview["after"], strict=True)
    for name, before, after in panes:
        if before == after:
            wrong.append(f"another target has the same {name}: {before!r}")
    if preview["targets"] != len(targets()) + 1:
        wrong.append(f"{preview['targets']} targets can be chosen")
    if shares and rows["share"]["before"] != rows["share"]["after"]:
        wrong.append(f"what is shared comes as {rows['share']}")
    if rows["access"]["found"]:
        wrong.append(f"not everybody can use it: {rows['access']['found']}")
    if rows["small"]["wide"] != 400:
        wrong.append(f"on a telephone it is {rows['small']['wide']} wide")
    return wrong


def previewed(shown: dict[str, object]) -> list[str]:
    """Return what is wrong with what the preview showed."""
    wrong = []
    if "push in" not in str(shown.get("here")):
        wrong.append(f"the preview marks {shown.get('here')!r}")
    example = vscode.EXAMPLE.read_text(encoding="utf-8")
    there = scenario.place(example, f"a |{vscode.PREVIEW['click']}")
    to = shown.get("to")
    if not isinstance(to, dict) or to.get("line") != there["line"]:
        wrong.append(f"a click in the preview goes to {to}")
    return wrong


def compared(rows: list[dict[str, object]], left: bytes) -> list[str]:
    """Return where an editor differs from the scenario."""
    wrong = [f"{row['message']}" for row in rows if row["does"] == "failed"]
    for step, row in zip(scenario.plan(), rows, strict=False):
        if row["does"] != step["does"]:
            wrong.append(f"{step['does']} was not done")
            break
        if "shows" in row and row["shows"] != step["shows"]:
            wrong.append(f"{step['does']} shows {row['shows']}, not {step['shows']}")
        if "to" in row and row["to"] != step["to"]:
            wrong.append(f"{step['does']} goes to {row['to']}, not {step['to']}")
    if len(rows) < len(scenario.STEPS):
        wrong.append(f"only {len(rows)} steps of {len(scenario.STEPS)}")
    if left != scenario.end().encode():
        wrong.append(f"the file says\n{left.decode(errors='replace')}")
    return wrong


def in_tree_sitter(cache: Path, work: Path) -> list[str]:
    """Return what is wrong with the grammar of Neovim, Helix and Emacs, seen by its own tools."""
    if shutil.which("tree-sitter") is None:
        debian.tree(cache, NEW).put("usr/bin/tree-sitter", work / "bin")
        os.environ["PATH"] = os.pathsep.join([str(work / "bin"), os.environ.get("PATH", "")])
    wrong = [f"src/{name} is not what grammar.js makes" for name in treesitter.generated(work)]
    return wrong + treesitter.tested(work)


def in_terminal(run: Callable[[Path, Path], driven.Run]) -> Callable[[Path, Path], list[str]]:
    """Return what drives an editor and returns what went wrong in it."""

    def drive(cache: Path, work: Path) -> list[str]:
        done = run(cache, work)
        wrong = compared(done.rows, done.left)
        for row in done.rows:
            if row["does"] == "colours":
                wrong += driven.miscoloured(row["lines"])
        return [*wrong, *([done.errors] if done.errors else [])]

    return drive


OLD, NEW = "bookworm", "sid"
"""The releases of Debian that old and new editors are taken from."""

EDITORS: dict[str, Callable[[Path, Path], list[str]]] = {
    "vscode": in_vscode,
    "codemirror": partial(in_a_page, "codemirror"),
    "playground": partial(in_a_page, "playground"),
    "neovim": in_terminal(partial(neovim.run, release=OLD)),
    "neovim-new": in_terminal(partial(neovim.run, release=NEW)),
    "emacs": in_terminal(partial(emacs.run, release=OLD)),
    "emacs-new": in_terminal(partial(emacs.run, release=NEW)),
    "helix": in_terminal(partial(helix.run, release=NEW)),
    "tree-sitter": in_tree_sitter,
}


def main(names: list[str]) -> int:
    """Drive the editors named, or all; return 1 if one of them went wrong."""
    failed = False
    for name in names or EDITORS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as work:
            try:
                wrong = EDITORS[name](CACHE, Path(work))
            except node.MissingError as absent:
                why = missing.excuse(name, absent)
                failed = failed or why is None
                print(f"{name}: not tried, {absent} ({why or 'it must be there'})", flush=True)
                continue
        failed = failed or bool(wrong)
        took = f"{time.monotonic() - began:.0f} s"
        said = "; ".join(wrong) if wrong else "as the scenario says"
        print(f"{name}: {said} ({took})", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
