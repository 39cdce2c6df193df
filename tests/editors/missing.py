"""Which editor may be missing where everything has to be tried, and why."""

from __future__ import annotations

import os

from tests.editors import debian, node

_NEW = ("neovim-new", "emacs-new", "helix")

MAY_BE: tuple[tuple[tuple[str, ...], type[node.MissingError], str], ...] = (
    (("neovim", "emacs", *_NEW), debian.ElsewhereError, "it is taken from Debian's packages"),
    (("tree-sitter",), node.MissingError, "only one version of its tools writes what is kept"),
    (_NEW, debian.AbsentError, "not every day can everything of Debian's newest be installed"),
)
"""Editors that may be missing, in which case, and why; the first that fits holds."""


def excuse(name: str, missing: node.MissingError) -> str | None:
    """Return why an editor may be missing, or None if it may not."""
    if os.environ.get("CI") != "true":
        return "only where CI=true must it be there"
    for names, kind, why in MAY_BE:
        if name in names and isinstance(missing, kind):
            return why
    return None
