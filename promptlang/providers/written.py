"""What a build makes of targets and payload models, so that neither has to be read or loaded.

It is written to ``_table.py``: the data of every target with all it extends, and the outline of
every payload model.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang import resources, tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_FOLDER = Path(__file__).resolve().parent
_MAKERS = ("fields.py", "outlines.py", "registry.py", "written.py")


@cache
def written() -> ModuleType | None:
    """Return the module, with ``TARGETS`` and ``OUTLINES``; None where it is missing or stale."""
    return tables.load("promptlang.providers", checksum)


def checksum() -> int:
    """Return a number that changes whenever anything the module is made of does."""
    return tables.checksum(_sources())


def _sources() -> Iterator[str]:
    from promptlang.providers.registry import PROVIDERS

    for provider in PROVIDERS:
        for name in resources.names("templates", provider, suffix=".toml"):
            yield f"{provider}/{name}"
            yield resources.read("templates", provider, name)
    for maker in (*_MAKERS, *(f"{provider}_payloads.py" for provider in PROVIDERS)):
        yield (_FOLDER / maker).read_text(encoding="utf-8")


def write(folder: Path = _FOLDER) -> Path:
    """Write the module into a folder and return its path."""
    from promptlang.providers import outlines, registry

    lines = ['"""Made from targets and payload models; do not edit."""', f"CHECKSUM = {checksum()}"]
    lines.append("TARGETS = {")
    lines += [f"    {id!r}: {registry.read(id)!r}," for id in registry.find()]
    lines += ["}", "OUTLINES = {"]
    for provider in registry.PROVIDERS:
        lines.append(f"    {provider!r}: {{")
        for model in outlines.models(provider):
            lines.append(f"        {model.__name__!r}: {outlines.outline(model)!r},")
        lines.append("    },")
    return tables.write(folder, "\n".join([*lines, "}", ""]))
