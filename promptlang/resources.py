"""Where the grammar, the vocabulary and the templates are: the only module that knows.

In a wheel they live inside the package; in a checkout they are folders of the repository; in a
zip archive on ``sys.path`` they can be read but are no folders.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# It keeps a broken wheel from picking up a stranger's folder of the same name.
_SENTINEL = ("grammar", "shot.lark")


@cache
def root() -> Traversable:
    """Return the folder that holds ``grammar/`` and ``templates/``.

    Raises:
        FileNotFoundError: The installation is broken and holds neither.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package, package.parent):
        if candidate.joinpath(*_SENTINEL).is_file():
            return candidate
    if not package.is_dir():
        # importlib.resources costs more than all else at start-up, so only an archive pays it.
        from importlib.resources import files

        packed = files("promptlang")
        if packed.joinpath(*_SENTINEL).is_file():
            return packed
    sentinel = "/".join(_SENTINEL)
    raise FileNotFoundError(f"{sentinel} is neither in {package} nor in {package.parent}")


def read(*parts: str) -> str:
    """Return the text of one shipped file, such as ``read("grammar", "shot.lark")``."""
    return root().joinpath(*parts).read_text(encoding="utf-8")


def names(*parts: str, suffix: str = "") -> list[str]:
    """Return the sorted names in a shipped folder that end in ``suffix``."""
    return sorted(p.name for p in root().joinpath(*parts).iterdir() if p.name.endswith(suffix))
