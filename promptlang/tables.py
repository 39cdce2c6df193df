"""Modules that a build writes from what takes long to read: ``_table.py`` beside who uses it.

They are plain Python, which loads like any other module. An installed package trusts them; a
checkout uses one only while it agrees with what it was made from.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang import resources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

_PACKAGE = Path(__file__).resolve().parent


def load(package: str, checksum: Callable[[], int]) -> ModuleType | None:
    """Return the module written for a package, None where there is none or it is stale.

    Args:
        package: Such as ``promptlang.emit``.
        checksum: What the sources give now; asked for in a checkout only.
    """
    try:
        written = import_module(f"{package}._table")
    except ImportError:
        return None
    return written if not in_checkout() or checksum() == written.CHECKSUM else None


@cache
def in_checkout() -> bool:
    """Whether the shipped files lie beside the package, where people edit."""
    return str(resources.root()) == str(_PACKAGE.parent)


def checksum(texts: Iterable[str]) -> int:
    """Return a number that changes whenever any of the texts does."""
    import zlib

    total = 0
    for text in texts:
        total = zlib.crc32(text.encode(), total)
    return total


def write(folder: Path, source: str) -> Path:
    """Write ``_table.py`` into a folder and return its path."""
    import os

    path = folder / "_table.py"
    # Whoever imports it meanwhile finds the old one or the new one, never half of one.
    draft = folder / f"_table.{os.getpid()}.tmp"
    draft.write_text(source, encoding="utf-8")
    draft.replace(path)
    return path
