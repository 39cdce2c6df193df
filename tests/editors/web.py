"""The pages to write scripts in: built, served, and driven through the scenario."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.editors import node, scenario
from tests.editors.browser import DRIVER, browser, drive
from tests.editors.vscode import EXAMPLE, PREVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editors.driven import Run

ROOT = Path(__file__).parents[2]
PAGES = ("codemirror", "playground")
AXE = "axe-core@4.14.1"
"""It finds what keeps people from using a page without seeing it, or without a mouse."""
OTHER = {"target": "fal/kling-o1", "title": "Kling O1 on fal"}
"""A target to which the example is something else in every respect."""
COMMAND = (sys.executable, "-m", "promptlang", "lsp", "--websocket", "0")


def checkout(cache: Path, name: str) -> Path:
    """Return a folder with a page and what it is built with, which comes from npm."""
    folder = cache / "web"
    for part in ("vscode", *PAGES):
        there = folder / part
        for old in ("media", "src", "test"):
            shutil.rmtree(there / old, ignore_errors=True)
        left_out = shutil.ignore_patterns("node_modules", "build", "dist", "*.vsix")
        shutil.copytree(ROOT / "editors" / part, there, dirs_exist_ok=True, ignore=left_out)
    for part in PAGES[: PAGES.index(name) + 1]:
        lock = (ROOT / "editors" / part / "package-lock.json").read_text(encoding="utf-8")
        with node.once(folder / part, lock) as new:
            if new:
                node.npm("ci", "--ignore-scripts", cwd=folder / part)
    return folder / name


def built(cache: Path, name: str) -> Path:
    """Return a page as people open it.

    Raises:
        MissingError: What it is made of cannot be had.
    """
    folder = checkout(cache, name)
    os.environ.update(PROMPTLANG_ROOT=str(ROOT), PYTHON=sys.executable)
    with node.once(folder / "dist", _made_of()) as new:
        if new:
            node.npm("run", "build", cwd=folder)
    return folder / "dist" / "index.html"


def _made_of() -> list[tuple[str, str]]:
    """Return the names and sums of everything a page is made of."""
    known = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    parts = ("editors/", "examples/", "grammar/", "promptlang/", "templates/")
    paths = [ROOT / name for name in known.stdout.split("\0") if name.startswith(parts)]
    return [(str(p), sha256(p.read_bytes()).hexdigest()) for p in paths if p.is_file()]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(page: Path) -> Iterator[str]:
    """Serve a page and a language server for it; the value is where it is."""
    handler = partial(_Quiet, directory=str(page.parent))
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as files,
        subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True) as server,
    ):
        threading.Thread(target=files.serve_forever).start()
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            yield f"http://127.0.0.1:{files.server_address[1]}/?server={address}"
        finally:
            files.shutdown()
            server.kill()


@contextmanager
def opened(page: Path) -> Iterator[str]:
    """Open a page that needs no server; the value is where it is."""
    yield page.as_uri()


def run(name: str, cache: Path, work: Path, theme: str, pictures: Path) -> Run:
    """Drive the scenario in one of the pages and return what came of it."""
    page, found = built(cache, name), browser(cache)
    packages = cache / "driver"
    with node.once(packages, [DRIVER, AXE]) as new:
        if new:
            node.npm("install", "--ignore-scripts", DRIVER, AXE, cwd=packages)
    work.mkdir(parents=True)
    script = work / scenario.NAME
    script.write_bytes(scenario.START.encode())
    left = work / "saved.shot"
    with (opened if name == "playground" else served)(page) as address:
        values: dict[str, Any] = {
            "address": address,
            "example": str(EXAMPLE),
            "left": str(left),
            "packages": str(packages),
            "pictures": str(pictures),
            "preview": {**PREVIEW, **OTHER},
            "script": str(script),
            "shares": name == "playground",
            "steps": scenario.plan(),
            "theme": f"{name}-{theme}",
            "colours": theme,
        }
        done = drive("web.mjs", found, work / "plan.json", values)
    done.left = left.read_bytes() if left.exists() else b""
    return done
