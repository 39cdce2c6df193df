"""Injecting faults into a clean script, and what is told of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import promptlang
from tests.faults.faults import FAULTS, IN_A_SHOT, IN_THE_HEADER

if TYPE_CHECKING:
    from random import Random


_PART = re.compile(r"(?:SHOT|EDIT|ANGLE) |INT\. |EXT\. |> |@\w+ = |\{\w+\} = |\w+: ")
"""What begins a part of a script: a heading, a transition, a declaration, a setting."""

_OFTEN = 4
"""Of so many faults one is a line too many, the others are lines gone wrong."""


class Faulty:
    """A script with faults.

    Attributes:
        clean: The lines of the script without them.
        lines: Its lines.
        origins: Where each line stands in the clean script.
        faults: What was done to which line, by index.
        parts: For each line which part of the script it belongs to.
    """

    def __init__(self, clean: list[str]) -> None:
        self.clean = clean
        self.lines = list(clean)
        self.origins: list[int | None] = list(range(len(clean)))
        self.faults: dict[int, str] = {}
        self.parts: list[int] = []
        for line in clean:
            begins = not self.parts or _PART.match(line)
            self.parts.append(self.parts[-1] + bool(begins) if self.parts else 0)

    @property
    def text(self) -> str:
        """The script."""
        return _script(self.lines)

    @property
    def touched(self) -> set[int]:
        """The parts that hold a fault."""
        return {self.parts[at] for at in self.faults}

    def change(self, at: int, line: str, what: str) -> None:
        """Replace a line."""
        self.lines[at] = line
        self.faults[at] = what

    def insert(self, at: int, line: str) -> None:
        """Put a line in front of another, into the part of the line before."""
        self.faults = {place + (place >= at): what for place, what in self.faults.items()}
        self.lines.insert(at, line)
        self.origins.insert(at, None)
        self.parts.insert(at, self.parts[at - 1])
        self.faults[at] = "a line too many"


def _script(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def inject(clean: list[str], count: int, random: Random) -> Faulty:
    """Return a script with so many faults, each on a line of its own."""
    script = Faulty(clean)
    written: set[str] = set()
    while len(script.faults) < count:
        if random.randrange(_OFTEN) == 0:
            _add(script, random, written)
        else:
            _spoil(script, random, written)
    return script


def _spoil(script: Faulty, random: Random, written: set[str]) -> None:
    fault = random.choice(FAULTS)
    places = [
        at
        for at, line in enumerate(script.lines)
        if at not in script.faults and fault.on.match(line)
    ]
    if not places:
        return
    at = random.choice(places)
    wrong = fault.befall(script.lines[at], random)
    if wrong is None:
        return
    # A name that is nowhere is told where it stands first, and of a name that is declared wrongly
    # nobody knows the kind, so each fault has names of its own.
    new = _names(wrong) - _names(script.lines[at])
    if declared := re.match(r"@\w+|\{\w+\}", script.lines[at]):
        new |= _names(declared[0])
    if new.isdisjoint(written):
        written |= new
        script.change(at, wrong, fault.name)


def _add(script: Faulty, random: Random, written: set[str]) -> None:
    if random.randrange(_OFTEN) == 0:
        line, after = random.choice(IN_THE_HEADER), r"\{harbour"
    else:
        line, after = random.choice(IN_A_SHOT), r"SHOT \d+ "
    places = [
        at + 1
        for at, before in enumerate(script.lines)
        if re.match(after, before) and at not in script.faults and at + 1 not in script.faults
    ]
    new = _names(line) or {line}
    if places and new.isdisjoint(written):
        written |= new
        script.insert(random.choice(places), line)


def _names(line: str) -> set[str]:
    """Return the names in a line as they are compared."""
    return set(re.findall(r"[@{]\w+", line.casefold()))


class Told:
    """What is told of a script with faults.

    Attributes:
        script: The script.
        found: The errors and warnings.
        unnamed: The faulty lines no error or warning stands on, with what was done to them.
        elsewhere: What is told of parts without a fault that the clean script is not told,
            advice too.
    """

    def __init__(self, script: Faulty) -> None:
        self.script = script
        everything = promptlang.check(script.text)
        self.found = [d for d in everything if d.severity.rank < 2]
        lines = {d.span.line - 1 for d in self.found}
        self.unnamed = {
            script.lines[at]: what for at, what in script.faults.items() if at not in lines
        }
        known = {(d.name, d.span.line - 1) for d in promptlang.check(_script(script.clean))}
        self.elsewhere = [
            d
            for d in everything
            if script.parts[d.span.line - 1] not in script.touched
            and (d.name, script.origins[d.span.line - 1]) not in known
        ]

    @property
    def share(self) -> float:
        """How many diagnostics a fault has."""
        return len(self.found) / len(self.script.faults)
