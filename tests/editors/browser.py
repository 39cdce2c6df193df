"""A browser without a screen, for what is driven in one."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

from tests.editors import node
from tests.editors.driven import Run

DRIVER = "playwright-core@1.65.1"
BROWSER = "@sparticuz/chromium@153.0.0"
"""A browser of one file with the libraries it needs, for Linux on x86-64."""
PATIENCE = 300
"""Seconds for everything that is done in an editor."""


class Browser:
    """A browser, and what has to be set for it to start.

    Attributes:
        program: Where it is.
        environment: What is set besides.
    """

    __slots__ = ("environment", "program")

    def __init__(self, program: str, environment: dict[str, str]) -> None:
        self.program = program
        self.environment = environment


def browser(cache: Path) -> Browser:
    """Return a browser: the one that is named, the one from npm, or that of this machine.

    Raises:
        MissingError: There is none.
    """
    if named := os.environ.get("PROMPTLANG_BROWSER"):
        return Browser(named, {})
    if (sys.platform, platform.machine()) == ("linux", "x86_64"):
        return _unpacked(cache / "browser")
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return Browser(found, {})
    raise node.MissingError("no Chromium is installed; PROMPTLANG_BROWSER names one")


UNPACK = """
const { readFileSync, writeFileSync } = require("node:fs");
const { brotliDecompressSync } = require("node:zlib");
for (const name of ["al2023.tar", "chromium", "fonts.tar"]) {
  const packed = readFileSync(`node_modules/@sparticuz/chromium/bin/${name}.br`);
  writeFileSync(name, brotliDecompressSync(packed));
}
"""


def _unpacked(folder: Path) -> Browser:
    with node.once(folder, BROWSER) as new:
        if new:
            node.npm("install", "--ignore-scripts", BROWSER, cwd=folder)
            subprocess.run([*node.node(), "-e", UNPACK], cwd=folder, check=True)
            for name in ("al2023.tar", "fonts.tar"):
                with tarfile.open(folder / name) as packed:
                    packed.extractall(folder, filter="data")
            (folder / "chromium").chmod(0o755)
    environment = {"LD_LIBRARY_PATH": str(folder / "lib")}
    if not Path("/etc/fonts/fonts.conf").exists():
        fonts = folder / "own.conf"
        fonts.write_text(f"<fontconfig><dir>{folder / 'fonts'}</dir></fontconfig>", "utf-8")
        environment["FONTCONFIG_FILE"] = str(fonts)
    return Browser(str(folder / "chromium"), environment)


def drive(driver: str, found: Browser, plan: Path, values: dict[str, Any]) -> Run:
    """Run a driver beside this module on a plan, which is written where it is said."""
    plan.write_text(json.dumps({**values, "browser": found.program}), encoding="utf-8")
    done = subprocess.run(
        [*node.node(), str(Path(__file__).with_name(driver)), str(plan)],
        env={**os.environ, **found.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return Run([json.loads(line) for line in done.stdout.splitlines()], b"", done.stderr)
