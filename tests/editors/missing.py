"""Which editor may be missing where everything has to be tried, and why."""

from __future__ import annotations

import os

from tests.editors import debian, node

_ELSEWHERE = debian.ElsewhereError, "it is taken from Debian, and this is another system"
_UNSTABLE = debian.AbsentError, "not every day can everything of Debian's newest be installed"

MAY_BE: dict[str, tuple[type[node.MissingError], str]] = {
    "neovim": _ELSEWHERE,
    "neovim-new": _UNSTABLE,
    "emacs": _ELSEWHERE,
    "emacs-new": _UNSTABLE,
    "helix": _UNSTABLE,
}
"""In which case an editor may be missing, and why."""


def excuse(name: str, missing: node.MissingError) -> str | None:
    """Return why an editor may be missing, or None if it may not."""
    if os.environ.get("CI") != "true":
        return "only where CI=true must it be there"
    kind, why = MAY_BE.get(name, (None, None))
    return why if kind is not None and isinstance(missing, kind) else None
