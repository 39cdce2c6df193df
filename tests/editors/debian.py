"""Programs of Debian, unpacked into a folder: no root is needed and nothing of the machine changes.

An editor of another release brings its libraries along. Its own loader finds them there, and what
the editor starts, such as the server, sees nothing of that.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from platform import freedesktop_os_release

from tests.editors import node

KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
PACKAGES = {
    "bookworm": ("neovim", "emacs-nox", "elpa-eglot"),
    "sid": ("neovim", "emacs-nox", "hx", "tree-sitter-cli"),
}
"""What is taken of which release: the oldest editors there are, and the newest."""
PATIENCE = 300
"""Seconds for all packages to come."""


class AbsentError(node.MissingError):
    """Packages of Debian cannot be had."""


class ElsewhereError(AbsentError):
    """They cannot be had because this machine has another system."""


class Tree:
    """Packages of one release, unpacked.

    Attributes:
        root: Where they are.
    """

    __slots__ = ("root",)

    def __init__(self, root: Path) -> None:
        self.root = root

    def command(self, program: str) -> list[str]:
        """Return what starts a program that is at some path of the release."""
        path = self.root / program
        loader = next(self.root.glob("**/lib/*-linux-*/ld-linux-*.so.*"))
        places = [self.root / folder / loader.parent.name for folder in ("lib", "usr/lib")]
        libraries = os.pathsep.join(str(place) for place in places)
        return [str(loader), "--argv0", str(path), "--library-path", libraries, str(path)]

    def put(self, program: str, folder: Path) -> None:
        """Write a script into a folder that starts a program, for those who look for its name."""
        folder.mkdir(parents=True, exist_ok=True)
        script = folder / Path(program).name
        script.write_text(f'#!/bin/sh\nexec {shlex.join(self.command(program))} "$@"\n', "utf-8")
        script.chmod(0o755)

    def only(self, pattern: str) -> Path:
        """Return the path that a pattern stands for, such as one with a version in it."""
        (found,) = self.root.glob(pattern)
        return found


def tree(cache: Path, release: str) -> Tree:
    """Return the packages of a release with all they depend on.

    Raises:
        AbsentError: They cannot be had.
    """
    folder, packages = cache / release, PACKAGES[release]
    with node.once(folder, packages) as new:
        if new:
            for name in ("root", "archives"):
                shutil.rmtree(folder / name, ignore_errors=True)
            options = _configured(folder, release)
            _run("apt-get", "--quiet", *options, "update")
            _run("apt-get", "--quiet", "--yes", *options, "--download-only", "install", *packages)
            for package in sorted((folder / "archives").glob("*.deb")):
                _run("dpkg-deb", "--extract", str(package), str(folder / "root"))
            shutil.rmtree(folder / "archives")
    return Tree(folder / "root")


def _configured(folder: Path, release: str) -> list[str]:
    """Return options that make apt forget this machine but for where its packages come from."""
    keys = f" [signed-by={KEYS}]" if KEYS.exists() else ""
    source = folder / "sources.list"
    for name in ("archives/partial", "lists/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    source.write_text(f"deb{keys} {_site()} {release} main\n", encoding="utf-8")
    (folder / "status").touch()
    settings = {
        "Acquire::Languages": "none",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "true",
        "Dir::Cache": folder,
        "Dir::Cache::Archives": folder / "archives",
        "Dir::Etc::SourceList": source,
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State": folder,
        "Dir::State::Lists": folder / "lists",
        "Dir::State::Status": folder / "status",
    }
    return [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]


def _site() -> str:
    """Return where this machine gets the packages of Debian.

    Raises:
        ElsewhereError: Nowhere.
    """
    if shutil.which("apt-get") is None or freedesktop_os_release().get("ID") != "debian":
        raise ElsewhereError("packages of Debian cannot be had: this is another system")
    # Lists may never have been fetched here, so that nothing is known of a release but its name.
    said = _run("apt-get", "indextargets", "--no-release-info", "--format", "$(RELEASE) $(SITE)")
    for row in said.splitlines():
        release, _, site = row.partition(" ")
        if "-" not in release:  # -security and the like are places of their own
            return site
    raise ElsewhereError("packages of Debian cannot be had: apt has no place for them")


def _run(*command: str) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AbsentError(f"{command[0]} cannot be run: {error}") from None
    if done.returncode:
        raise AbsentError(f"{command[0]} failed: {done.stderr[-2000:]}")
    return done.stdout
