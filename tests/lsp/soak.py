"""An hour of a writer at a server, as fast as it goes: memory must not grow by more than a tenth.

Run it with ``nox -s soak -- 18000``: that many changes are an hour at five a second. What a writer
does besides is mixed in: asking, saving, opening and closing files, changing one that is included.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.script import script
from tests.lsp.client import CAPABILITIES, Client

AN_HOUR = 18_000
"""Changes of a writer who types five letters a second."""
MOST = 1.10
"""How much of the memory after the warm-up may be in use at the end."""
_WARM = (0.4, 0.5)
"""The share of the changes after which memory is looked at first: by then what is remembered of
texts has filled up, and what grows after that grows for good."""
_LATE = 0.9
"""The share after which it is looked at again."""
_PIECES = (
    *("a", "e", " ", "\n", "😀", "e\u0301", "\r\n", "@Crew", "{city}", '"', ":", "#", "(5s)"),
    *("SHOT: wide shot\n", "  wanders off\n", "INT. PIER - NIGHT\n", "> match cut\n", "漢字"),
)
_ABOUT = (
    *("codeLens", "documentHighlight", "documentLink", "documentSymbol", "foldingRange", "hover"),
    *("completion", "definition", "formatting", "inlayHint", "prepareRename", "references"),
    *("codeAction", "selectionRange", "semanticTokens/full", "rename"),
)


class Writer:
    """Somebody at a keyboard, always the same."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.rng = random.Random(11)
        self.version = 1
        cast = '@Ada = character "ada.png": a diver\n'
        self.cast = client.open(cast, (folder / "cast.shot").as_uri())
        self.start = f'include: "cast.shot"\n{script(60)}'
        self.uri = client.open(self.start, (folder / "film.shot").as_uri())
        self.lines = self.start.split("\n")

    def change(self) -> None:
        """Change a place of the film; now and then all of it, back to what it was."""
        self.version += 1
        if self.version % 500 == 0:
            self.lines = self.start.split("\n")
            self.client.change(self.uri, self.version, {"text": self.start})
            return
        line = self.rng.randrange(len(self.lines))
        start = self.rng.randrange(len(self.lines[line]) + 1)
        end = start + self.rng.choice((0, 0, 0, 1, 4))
        places = [
            {"line": line, "character": min(at, len(self.lines[line]))} for at in (start, end)
        ]
        text = self.rng.choice(_PIECES)
        change = {"range": {"start": places[0], "end": places[1]}, "text": text}
        self.client.change(self.uri, self.version, change)
        # Only lines are kept count of: a place behind the end of one is its end.
        self.lines[line : line + 1] = (self.lines[line][:start] + text).split("\n")

    def ask(self) -> None:
        """Ask something about a place of the film."""
        place = {"line": self.rng.randrange(len(self.lines)), "character": self.rng.randrange(40)}
        params: dict[str, Any] = {
            "textDocument": {"uri": self.uri},
            "position": place,
            "positions": [place],
            "range": {"start": {"line": max(0, place["line"] - 40), "character": 0}, "end": place},
            "context": {"diagnostics": []},
            "options": {},
            "newName": "Other",
        }
        self.client.answer(self.client.ask(f"textDocument/{self.rng.choice(_ABOUT)}", params))

    def turn(self) -> None:
        """Save, look at another file, change the one that is included."""
        saved = {"textDocument": {"uri": self.uri}}
        self.client.notify("textDocument/didSave", saved)
        changes = [{"uri": (self.folder / "ada.png").as_uri(), "type": 2}]
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        other = self.client.open(script(20), (self.folder / f"{self.version}.shot").as_uri())
        self.client.diagnostics(other)
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": other}})
        name = self.rng.choice(("Ada", "Eve"))
        self.client.change(self.cast, self.version, {"text": f"@{name} = character: a diver\n"})
        asked = {"command": "promptlang.compile", "arguments": [self.uri]}
        self.client.answer(self.client.ask("workspace/executeCommand", asked))
        self.client.answer(self.client.ask("workspace/diagnostic", {"previousResultIds": []}))


def soak(changes: int) -> tuple[int, int]:
    """Write for so many changes; return the kB in use after the warm-up and at the end."""
    with TemporaryDirectory() as place, Client() as client:
        folder = Path(place)
        for number in range(20):
            (folder / f"closed{number}.shot").write_text(script(10), encoding="utf-8")
        client.begin({**CAPABILITIES, "workspace": {}}, folder.as_uri())
        writer = Writer(client, folder)
        warm: list[int] = []
        late: list[int] = []
        begun = time.monotonic()
        for number in range(changes):
            writer.change()
            if number % 5 == 0:
                writer.ask()
            if number % 100 == 0:
                writer.turn()
                client.notes.clear()
                share = number / changes
                if _WARM[0] <= share < _WARM[1]:
                    warm.append(resident(client.process.pid))
                if share >= _LATE:
                    late.append(resident(client.process.pid))
            if number % 2000 == 0:
                held, spent = resident(client.process.pid), time.monotonic() - begun
                print(f"{number:>6} {held:>8} kB {spent:6.0f} s", flush=True)
        assert client.end() == 0
        assert client.errors == b"", client.errors.decode()
    return sorted(warm)[len(warm) // 2], sorted(late)[len(late) // 2]


def resident(number: int) -> int:
    """Return the kB of memory a process holds."""
    status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def main() -> int:
    """Soak and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("changes", nargs="?", type=int, default=AN_HOUR)
    before, after = soak(parser.parse_args().changes)
    print(f"after the warm-up {before} kB, at the end {after} kB: {after / before:.3f}")
    return 0 if after <= MOST * before else 1


if __name__ == "__main__":
    sys.exit(main())
