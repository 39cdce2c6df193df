"""Patterns for files: ``drafts/**``, ``*.shot``, ``tests/*/broken.shot``."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def matches(pattern: str, parts: Sequence[str]) -> bool:
    """Whether a pattern means a file.

    A pattern without ``/`` is compared with the name of the file, any other with its whole path:
    ``*`` and ``?`` stay inside one name, ``**`` stands for any number of folders, and a pattern
    that ends in ``/`` means everything below a folder.

    Args:
        pattern: The pattern.
        parts: The path of the file from the folder patterns start from, name by name.
    """
    if "/" not in pattern:
        return bool(parts) and fnmatchcase(parts[-1], pattern)
    if pattern.endswith("/"):
        pattern += "**"
    # One row per name of the pattern: after which names of the path it may have been used up.
    reached = [True, *[False] * len(parts)]
    for wanted in pattern.removeprefix("./").removeprefix("/").split("/"):
        if wanted == "**":
            first = reached.index(True) if True in reached else len(reached)
            reached = [place >= first for place in range(len(reached))]
        else:
            reached = [
                False,
                *(reached[place] and fnmatchcase(part, wanted) for place, part in enumerate(parts)),
            ]
    return reached[-1]
