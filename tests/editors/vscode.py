"""Visual Studio Code in a browser: installed, started, and driven through the scenario."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from tests.editors import node, scenario
from tests.editors.browser import DRIVER, browser, drive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editors.driven import Run

EXTENSION = Path(__file__).parents[2] / "editors" / "vscode"
WORKBENCH = "code-server@4.100.3"
PATIENCE = 60.0
"""Seconds for the workbench to answer."""

EXAMPLE = Path(__file__).parents[2] / "examples" / "race_spot.shot"
PREVIEW = {
    "name": EXAMPLE.name,
    "at": scenario.place(EXAMPLE.read_text(encoding="utf-8"), "slow pu|sh in"),
    "click": "straight-six",
    "target": "pixio/kling-o3",
    "title": "Kling O3",
}
"""What is looked at in the preview: where the cursor is put, what is clicked, what is chosen."""


def installed(cache: Path) -> Path:
    """Return the folder with the workbench in it, which comes from npm."""
    folder = cache / "code"
    server = folder / "node_modules" / "code-server" / "lib" / "vscode"
    with node.once(folder, [WORKBENCH, DRIVER]) as new:
        if new:
            node.npm("install", "--ignore-scripts", WORKBENCH, DRIVER, cwd=folder)
            # What is built for one machine (terminals, passwords) is not needed here.
            node.npm("install", "--ignore-scripts", "--omit=dev", cwd=server)
            node.npm("install", "--ignore-scripts", "--omit=dev", cwd=server / "extensions")
            modules = server / "node_modules.asar"
            if not modules.exists():
                modules.symlink_to("node_modules")
    return folder


def checkout(cache: Path) -> Path:
    """Return a folder with the extension and what it is made with, which comes from npm."""
    folder = cache / "extension"
    for name in ("src", "test"):
        shutil.rmtree(folder / name, ignore_errors=True)
    left_out = shutil.ignore_patterns("node_modules", "dist", "*.vsix")
    shutil.copytree(EXTENSION, folder, dirs_exist_ok=True, ignore=left_out)
    lock = (EXTENSION / "package-lock.json").read_text(encoding="utf-8")
    with node.once(folder, lock) as new:
        if new:
            node.npm("ci", "--ignore-scripts", cwd=folder)
    return folder


def packed(cache: Path) -> Path:
    """Return the extension as people install it."""
    folder = checkout(cache)
    node.npm("run", "package", "--", "--out", "promptlang.vsix", cwd=folder)
    return folder / "promptlang.vsix"


@contextmanager
def workbench(code: Path, extension: Path, home: Path, settings: dict[str, Any]) -> Iterator[str]:
    """Start a workbench of its own with the extension in it; the value is its address."""
    server = code / "node_modules" / "code-server" / "lib" / "vscode"
    program = [*node.node(), str(server / "out" / "server-main.js")]
    data = ["--server-data-dir", str(home), "--accept-server-license-terms"]
    known = home / "data" / "Machine" / "settings.json"
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(json.dumps(settings), encoding="utf-8")
    subprocess.run(
        [*program, *data, "--install-extension", str(extension)], check=True, capture_output=True
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--host", "127.0.0.1", "--port", str(port), "--without-connection-token"]
    options += ["--telemetry-level", "off", "--disable-workspace-trust"]
    log = (home / "log.txt").open("wb")
    process = subprocess.Popen(
        [*program, *data, *options], stdout=log, stderr=log, start_new_session=True
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        yield address
    finally:
        # The group: every window has a process of its own, and each of them a server.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        log.close()


def _wait(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{address}/version"):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def settings(theme: str) -> dict[str, Any]:
    """Return what is set: nothing that asks, moves or remembers."""
    program = Path(sys.executable).with_name("promptlang")
    return {
        "editor.minimap.enabled": False,
        "extensions.autoCheckUpdates": False,
        "files.hotExit": "off",
        "promptlang.server.path": str(program if program.exists() else sys.executable),
        "security.workspace.trust.enabled": False,
        "telemetry.telemetryLevel": "off",
        "window.commandCenter": False,
        "workbench.colorTheme": {"dark": "Default Dark Modern", "light": "Default Light Modern"}[
            theme
        ],
        "workbench.startupEditor": "none",
        "workbench.tips.enabled": False,
    }


def run(cache: Path, work: Path, theme: str = "dark", pictures: Path | None = None) -> Run:
    """Drive the scenario in a folder of its own and return what came of it."""
    code, extension, found = installed(cache), packed(cache), browser(cache)
    folder = work / "film"
    folder.mkdir(parents=True)
    script = folder / scenario.NAME
    script.write_bytes(scenario.START.encode())
    shutil.copy(EXAMPLE, folder)
    with workbench(code, extension, work / "home", settings(theme)) as address:
        values = {
            "address": f"{address}/?folder={folder}",
            "name": scenario.NAME,
            "packages": str(code),
            "pictures": str(pictures) if pictures else None,
            "preview": PREVIEW,
            "steps": scenario.plan(),
            "theme": theme,
        }
        done = drive("vscode.mjs", found, work / "plan.json", values)
    done.left = script.read_bytes()
    return done
