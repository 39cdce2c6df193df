"""True scripts, of which nothing may be reported but the hints they ask for.

A file of ``corpus/true`` holds scripts a film person would write. Each begins with ``===`` and the
reason it is there: the genre it stands for, or the word a careless rule would stumble over. It is
checked with the usual rules for the targets it names. A line ``hint: name because …`` says that
a hint is right about the script; no warning ever is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import promptlang
from promptlang.diagnostics import Severity
from promptlang.session import Document

FOLDER = Path(__file__).parents[1] / "corpus" / "true"
EXPECTED = re.compile(r"hint: (?P<name>[a-z-]+) because \S")


class Entry(NamedTuple):
    file: str
    reason: str
    script: str
    hints: list[str]


def read(path: Path) -> list[Entry]:
    _, *sections = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries = []
    for section in sections:
        reason, _, body = section.partition("\n")
        lines = body.split("\n")
        hints = [match["name"] for line in lines if (match := EXPECTED.match(line))]
        script = "\n".join(line for line in lines if not EXPECTED.match(line)).strip("\n") + "\n"
        entries.append(Entry(path.stem, reason, script, hints))
    return entries


ALL = [entry for path in sorted(FOLDER.glob("*.txt")) for entry in read(path)]


@pytest.mark.parametrize("entry", ALL, ids=[f"{entry.file}: {entry.reason}" for entry in ALL])
def test_a_true_script_is_left_alone(entry: Entry) -> None:
    told = [
        diagnostic
        for diagnostic in Document(promptlang.parse(entry.script)).findings
        if diagnostic.severity is not Severity.INFO
    ]
    said = [f'{d.severity} {d.name} "{d.span.text}": {d.message}' for d in told]
    assert said == [line for line in said if line.startswith("hint ")]
    assert sorted({d.name for d in told}) == sorted(entry.hints), "\n".join(said)


def test_there_are_enough_and_each_says_why() -> None:
    assert len(ALL) >= 160
    assert sum(entry.file == "guides" for entry in ALL) >= 30
    assert [entry.script for entry in ALL if not entry.reason.strip()] == []
    assert len({entry.reason for entry in ALL}) == len(ALL)
