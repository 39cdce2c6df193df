"""Helix in a terminal: taken from Debian, with the settings people are given, and typed into."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

from tests.editors import debian, driven, scenario
from tests.editors.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = driven.CONFIGURED / "helix" / "languages.toml"
ESCAPE, ENTER, TAB, WIPE = "\x1b", "\r", "\t", "\x15"
_PROBLEM = re.compile(r"^│ *>? *ERROR +promptlang +([\w-]+)", re.MULTILINE)


class Helix:
    """The keys of each step. What it shows is read from the screen.

    Attributes:
        terminal: Where it runs.
        text: What the script says before a step.
    """

    __slots__ = ("terminal", "text")

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.text = scenario.START

    def go(self, at: dict[str, int]) -> None:
        """Put the cursor somewhere: Helix counts characters from 1."""
        line = self.text.split("\n")[at["line"]].encode("utf-16-le")
        column = len(line[: 2 * at["character"]].decode("utf-16-le"))
        self.terminal.type(f"{at['line'] + 1}gggh{f'{column}l' if column else ''}")
        place = f"{at['line'] + 1}:{column + 1}"
        self.terminal.wait(f"the cursor at {place}", lambda said: _place(said) == place)

    def diagnose(self, step: dict[str, Any]) -> dict[str, Any]:
        """Look at the list of problems."""
        errors: list[str] = []

        def listed(said: str) -> bool:
            errors[:] = _PROBLEM.findall(said)
            return errors == step["shows"] and re.search(r"\b([1-9]\d*)/\1 │", said) is not None

        # The list does not grow while it is open, so that it is opened again and again.
        for _ in range(40):
            self.terminal.type(" d")
            # An escape that is typed before that would be one key with what follows.
            self.terminal.wait("the list", lambda said: "┌─" in said)
            self.terminal.read(0.3)
            done = listed(self.terminal.text)
            self.terminal.type(ESCAPE)
            self.terminal.wait("the script", lambda said: "┌─" not in said)
            if done:
                return {"shows": errors}
        raise TimeoutError(f"only {errors} is listed")

    def complete(self, step: dict[str, Any]) -> dict[str, Any]:
        """Type, and take the first of what is proposed."""
        self.go(step["at"])
        (item,) = step["shows"]
        self.terminal.type("i" + step["says"])
        proposed = re.compile(rf"{item} +reference")
        self.terminal.wait("a menu", proposed.search)
        self.terminal.type(TAB)
        line = step["text"].split("\n")[step["at"]["line"]]
        self.terminal.wait(item, lambda said: line in said)
        self.terminal.type(ENTER)
        self.terminal.wait("the end of the menu", lambda said: not proposed.search(said))
        self.terminal.type(ESCAPE)
        self.terminal.wait("normal mode", lambda said: " NOR " in _status(said))
        return {"shows": [item]}

    def hover(self, step: dict[str, Any]) -> dict[str, Any]:
        """Ask what a word means."""
        self.go(step["at"])
        (words,) = step["shows"]
        self.terminal.type(" k")
        self.terminal.wait("a page", lambda said: words in said)
        self.terminal.type(ESCAPE)
        self.terminal.wait("its end", lambda said: words not in said)
        return {"shows": [words]}

    def jump(self, step: dict[str, Any]) -> dict[str, Any]:
        """Go to where a name is declared."""
        self.go(step["at"])
        before = _place(self.terminal.text)
        self.terminal.type("gd")
        self.terminal.wait("a jump", lambda said: _place(said) != before)
        line, column = _place(self.terminal.text).split(":")
        # Nothing beyond the first plane stands before a declaration.
        return {"to": {"line": int(line) - 1, "character": int(column) - 1}}

    def rename(self, step: dict[str, Any]) -> dict[str, Any]:
        """Give another name."""
        self.go(step["at"])
        self.terminal.type(" r")
        self.terminal.wait("a question", lambda said: "rename-to:" in said)
        self.terminal.type(WIPE + step["says"] + ENTER)
        return {}

    def format(self, _: dict[str, Any]) -> dict[str, Any]:
        """Format the script."""
        self.command("format")
        return {}

    def fix(self, step: dict[str, Any]) -> dict[str, Any]:
        """Take the fix that is proposed first."""
        self.go(step["at"])
        self.terminal.type(" a")
        self.terminal.wait("a menu", lambda said: step["says"] in said)
        self.terminal.type(ENTER)
        self.terminal.wait("its end", lambda said: step["says"] not in said)
        return {}

    def see(self, text: str) -> None:
        """Wait until the script says something."""
        lines = text.splitlines()
        self.terminal.wait("the script", lambda said: all(line in said for line in lines))
        self.text = text

    def command(self, name: str) -> None:
        """Run a command by its name."""
        self.terminal.type(f":{name}{ENTER}")


def _status(said: str) -> str:
    """Return the line that says the mode and where the cursor is."""
    return said.split("\n")[-2]


def _place(said: str) -> str:
    """Return where the cursor is: line and column from 1."""
    return (_status(said).split() or [""])[-1]


def run(cache: Path, work: Path, release: str) -> driven.Run:
    """Drive the scenario in the Helix of a release of Debian."""
    tree = debian.tree(cache, release)
    settings = work / "home" / ".config" / "helix"
    settings.mkdir(parents=True)
    shutil.copy(SETTINGS, settings)
    script = driven.started(work)
    folder = tree.root / "usr" / "lib" / "hx"
    environment = {
        **driven.environment(work / "home"),
        "HELIX_RUNTIME": str(folder / "runtime"),
    }
    command = [*tree.command("usr/lib/hx/hx"), str(script)]
    with Terminal(command, script.parent, environment) as terminal:
        rows = list(_driven(Helix(terminal)))
    return driven.Run(rows, script.read_bytes(), "")


def _driven(helix: Helix) -> Iterator[dict[str, Any]]:
    """Yield what each step shows, and what went wrong."""
    try:
        helix.see(scenario.START)
        for step in scenario.plan():
            yield {"does": step["does"], **getattr(helix, step["does"])(step)}
            helix.see(step["text"])
        helix.command("write-quit")
        helix.terminal.wait_end()
        yield {"does": "save"}
    except TimeoutError as late:
        yield {"does": "failed", "message": str(late)}
