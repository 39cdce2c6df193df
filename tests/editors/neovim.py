"""Neovim, old and new: taken from Debian, with the plugin on its runtime path, and driven."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.editors import debian, driven

PLUGIN = driven.CONFIGURED / "neovim"
DRIVER = Path(__file__).with_suffix(".lua")


def run(cache: Path, work: Path, release: str) -> driven.Run:
    """Drive the scenario in the Neovim of a release of Debian."""
    tree = debian.tree(cache, release)
    home = work / "home"
    # A package of the user's own, which is how a plugin comes on the runtime path.
    shutil.copytree(PLUGIN, home / ".local/share/nvim/site/pack/promptlang/start/promptlang")
    settings = home / ".config" / "nvim" / "init.lua"
    settings.parent.mkdir(parents=True)
    settings.write_text("vim.o.completeopt = 'menuone,noinsert'\nvim.o.swapfile = false\n", "utf-8")
    command = [*started(tree), "--headless", "-c", f"luafile {DRIVER}"]
    return driven.run(command, work, {"VIMRUNTIME": str(tree.root / "usr/share/nvim/runtime")})


def started(tree: debian.Tree) -> list[str]:
    """Return what starts Neovim."""
    # It looks for its parsers beside its program, and takes the loader for that.
    return [*tree.command("usr/bin/nvim"), "--cmd", f"set runtimepath^={tree.root}/usr/lib/nvim"]
