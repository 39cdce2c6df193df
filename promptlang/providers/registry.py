"""Which targets there are: ``templates/<provider>/*.toml``, or what a build has written of them.

A file whose name begins with ``_`` is a base that others extend, not a target.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from promptlang import resources
from promptlang.providers.target import Target
from promptlang.providers.written import written

if TYPE_CHECKING:
    from promptlang.providers.base import Provider

# One line a provider: its folder, and the class that spells its payloads. The class is imported
# when a payload is built, because it brings pydantic with it.
PROVIDERS = {
    "chatvideopro": "ChatVideoPro",
    "fal": "Fal",
    "kling": "Kling",
    "mindstudio": "MindStudio",
    "pixio": "Pixio",
    "wavespeed": "WaveSpeed",
}


@cache
def _ids() -> tuple[str, ...]:
    table = written()
    return find() if table is None else tuple(table.TARGETS)


def find() -> tuple[str, ...]:
    """Return the ids of all targets there are files of, sorted."""
    return tuple(
        sorted(
            f"{folder}/{name.removesuffix('.toml')}"
            for folder in PROVIDERS
            for name in resources.names("templates", folder, suffix=".toml")
            if not name.startswith("_")
        )
    )


def target_ids() -> list[str]:
    """Return the ids of all targets, sorted."""
    return list(_ids())


@cache
def target(id: str) -> Target | None:
    """Return a target by its id, or None where there is none; only its own files are read."""
    if id not in _ids():
        return None
    table = written()
    return Target(id, read(id) if table is None else table.TARGETS[id])


def targets() -> list[Target]:
    """Return all targets, sorted by id."""
    return [found for id in _ids() if (found := target(id)) is not None]


@cache
def provider(name: str) -> Provider:
    """Return the provider of a folder.

    Raises:
        KeyError: There is no such provider.
    """
    from importlib import import_module

    class_name = PROVIDERS[name]
    made: Provider = getattr(import_module(f"promptlang.providers.{name}"), class_name)()
    return made


def read(id: str) -> dict[str, Any]:
    """Return the data of a target from its file and all it extends.

    Raises:
        ValueError: Files extend each other in a circle.
    """
    import tomllib

    folder, name = id.split("/", 1)
    data: dict[str, Any] = {}
    seen: list[str] = []
    wanted: str | None = name
    while wanted is not None:
        if wanted in seen:
            raise ValueError(f"{folder}: targets extend each other: {' -> '.join(seen)}")
        seen.append(wanted)
        own = tomllib.loads(resources.read("templates", folder, f"{wanted}.toml"))
        wanted = own.pop("extends", None)
        data = _merge(own, data)
    return data


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return ``base`` with ``over`` on top; tables merge key by key, all else is replaced.

    Keys keep the order of the base, since the order of tasks says which is preferred. An empty
    table takes the inherited one away.
    """
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict) and value:
            merged[key] = _merge(below, value)
        else:
            merged[key] = value
    return merged
