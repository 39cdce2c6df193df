"""What the drivers of the editors in a terminal have in common."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang.syntax.pages import expand
from tests.editors import node, scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONFIGURED = Path(__file__).parents[2] / "editors"
"""The configuration people are given, which is the one that is tried."""
PATIENCE = 120
"""Seconds for a scenario."""


CORPUS = Path(__file__).parents[1] / "corpus" / "lines.tsv"
_BEGINS = {
    **dict.fromkeys(("shot", "edit", "angle", "coverage", "scene"), "heading"),
    **dict.fromkeys(("field", "provider field"), "key"),
    **dict.fromkeys(("declaration", "dialogue"), "name"),
    "comment": "comment",
    "transition": "transition",
}
"""What the first word of a line is coloured as, by what kind of line it is."""
_PLAIN = frozenset({"name", "other"})
"""What prose may begin with."""


def lines() -> list[tuple[str, str]]:
    """Return the lines of the corpus of the parser that are something, with what they are."""
    rows = [row.split("\t") for row in CORPUS.read_text(encoding="utf-8").splitlines()]
    found = [(expand(row[0]), row[1]) for row in rows]
    # Not every editor can say which colour a line has that holds a null.
    return [row for row in found if not row[1].startswith("junk:") and "\0" not in row[0]]


def miscoloured(colours: list[str]) -> list[str]:
    """Return the lines of the corpus that an editor colours as what they are not."""
    found = []
    for (line, kind), colour in zip(lines(), colours, strict=True):
        wanted = {_BEGINS[kind]} if kind in _BEGINS else _PLAIN
        if colour not in wanted:
            found.append(f"{line!r} is coloured as {colour}, and is {kind}")
    return found


class Run:
    """What came of driving an editor.

    Attributes:
        rows: What each step showed.
        left: What is on the disk in the end.
        errors: What the editor complained about.
    """

    __slots__ = ("errors", "left", "rows")

    def __init__(self, rows: list[dict[str, Any]], left: bytes, errors: str) -> None:
        self.rows = rows
        self.left = left
        self.errors = errors


def environment(home: Path) -> dict[str, str]:
    """Return an environment with a home of its own, where the server is found as people find it.

    Raises:
        MissingError: The server is not installed.
    """
    programs = Path(sys.executable).parent
    if not (programs / "promptlang").exists():
        raise node.MissingError("promptlang is not installed beside this Python")
    home.mkdir(parents=True, exist_ok=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    return {**own, "HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": path}


def started(work: Path) -> Path:
    """Return the script of the scenario in a folder of its own."""
    folder = work / "film"
    folder.mkdir(parents=True)
    script = folder / scenario.NAME
    script.write_bytes(scenario.START.encode())
    return script


def run(command: Sequence[str], work: Path, added: Mapping[str, str]) -> Run:
    """Run an editor whose own language drives it, as the plan says; it tells rows into a file."""
    script = started(work)
    plan, rows = work / "plan.json", work / "rows.jsonl"
    values = {
        "script": str(script),
        "steps": scenario.plan(),
        "lines": [line for line, _ in lines()],
    }
    plan.write_text(json.dumps(values), "utf-8")
    rows.touch()
    told = {"PROMPTLANG_PLAN": str(plan), "PROMPTLANG_ROWS": str(rows)}
    try:
        done = subprocess.run(
            command,
            cwd=script.parent,
            env={**environment(work / "home"), **added, **told},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=PATIENCE,
        )
        errors = "" if done.returncode == 0 else f"exit code {done.returncode}: {done.stderr}"
    except subprocess.TimeoutExpired as late:
        errors = f"it does not end: {(late.stderr or b'').decode(errors='replace')}"
    found = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    return Run(found, script.read_bytes(), errors[-2000:])
