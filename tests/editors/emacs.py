"""Emacs with Eglot, old and new: taken from Debian, with the mode people are given, and driven."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.editors import debian, driven

MODE = driven.CONFIGURED / "emacs" / "promptlang-shot-mode.el"
DRIVER = Path(__file__).with_suffix(".el")


def command(tree: debian.Tree) -> tuple[list[str], dict[str, str]]:
    """Return what starts Emacs, and what has to be set for it to find its own files."""
    share = tree.only("usr/share/emacs/[0-9]*")
    program = tree.only(f"usr/libexec/emacs/{share.name}/*")
    added = {
        "EMACSDATA": str(share / "etc"),
        "EMACSDOC": str(share / "etc"),
        "EMACSLOADPATH": str(share / "lisp"),
        "EMACSPATH": str(program),
    }
    (dump,) = program.glob("*.pdmp")
    words = [*tree.command("usr/bin/emacs-nox"), "--dump-file", str(dump), "--quick"]
    # What it needs of newer packages where it is old.
    for folder in sorted(tree.root.glob("usr/share/emacs/site-lisp/elpa-src/*")):
        words += ["--directory", str(folder)]
    return words, added


def run(cache: Path, work: Path, release: str) -> driven.Run:
    """Drive the scenario in the Emacs of a release of Debian."""
    words, added = command(debian.tree(cache, release))
    mode = Path(shutil.copy(MODE, work))
    compiled = subprocess.run(
        [*words, "--batch", "--eval", _COMPILE, "--funcall", "batch-byte-compile", str(mode)],
        env={**driven.environment(work / "home"), **added},
        capture_output=True,
        text=True,
        check=False,
    )
    if compiled.returncode:
        return driven.Run([], b"", compiled.stderr)
    loaded = ["--load", str(mode.with_suffix(".elc")), "--load", str(DRIVER)]
    return driven.run([*words, "--batch", *loaded], work, added)


_COMPILE = "(setq byte-compile-error-on-warn t)"
