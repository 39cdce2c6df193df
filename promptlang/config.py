"""What a project has settled for its scripts: ``promptlang.toml``, or a table of pyproject.toml.

The nearest file upward from a script counts; files further up are not merged in, so that one
place answers for every setting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from promptlang.lint.select import Choice

KEYS = ("extend-select", "ignore", "per-file-ignores", "project", "select", "target")


class ConfigError(ValueError):
    """A configuration that cannot be used; the message names the file and what is allowed."""


class Config:
    """The settings that hold for the scripts below a folder.

    Attributes:
        path: The file they come from, or None where there is none.
        targets: Targets of scripts that name none themselves.
        project: The folder includes must stay in, or None where no file says.
        choice: What it says about which problems are reported.
    """

    __slots__ = ("choice", "path", "project", "targets")

    def __init__(
        self,
        path: Path | None = None,
        *,
        targets: tuple[str, ...] = (),
        project: Path | None = None,
        choice: Choice | None = None,
    ) -> None:
        self.path = path
        self.targets = targets
        self.project = project
        self.choice = choice or Choice("default")

    def __repr__(self) -> str:
        return f"Config({str(self.path)!r}, targets={self.targets!r})"


def nearest(folder: Path) -> Config:
    """Return what holds in a folder.

    Raises:
        ConfigError: The nearest file is no TOML or settles something it cannot.
    """
    folder = Path(folder).absolute()
    for place in (folder, *folder.parents):
        own = place / "promptlang.toml"
        if own.is_file():
            return read(own)
        shared = place / "pyproject.toml"
        # A broken pyproject.toml that never mentions promptlang is not ours to complain about.
        if shared.is_file() and b"tool.promptlang" in _bytes(shared):
            found = read(shared)
            if found.path is not None:
                return found
    return Config()


def read(path: Path) -> Config:
    """Return what one configuration file settles.

    Raises:
        ConfigError: It is no TOML or settles something it cannot.
    """
    import tomllib

    try:
        data = tomllib.loads(_bytes(path).decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: not TOML: nested too deeply") from None
    table = data.get("tool", {}).get("promptlang") if path.name == "pyproject.toml" else data
    if table is None:
        return Config()
    if not isinstance(table, dict):
        raise ConfigError(f'{path}: "tool.promptlang" must be a table')
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        allowed = ", ".join(f'"{key}"' for key in KEYS)
        raise ConfigError(f'{path}: "{unknown[0]}" is not a setting; allowed are {allowed}')
    return Config(
        path,
        targets=tuple(dict.fromkeys(_list(path, table, "target", "a target or a list of targets"))),
        project=_project(path, table),
        choice=_choice(path, table),
    )


def _list(path: Path, table: dict[str, Any], key: str, what: str) -> list[str]:
    value = table.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
        raise ConfigError(f'{path}: "{key}" must be {what}')
    return values


def _choice(path: Path, table: dict[str, Any]) -> Choice:
    what = "a list of problems"
    per_file = table.get("per-file-ignores", {})
    if not isinstance(per_file, dict):
        raise ConfigError(
            f'{path}: "per-file-ignores" must be a table of patterns, each with a list'
        )
    return Choice(
        str(path),
        select=_list(path, table, "select", what) if "select" in table else None,
        extend=_list(path, table, "extend-select", what),
        ignore=_list(path, table, "ignore", what),
        per_file={
            pattern: _list(path, per_file, pattern, f"{what}: it is a pattern of per-file-ignores")
            for pattern in per_file
        },
    )


def _project(path: Path, table: dict[str, Any]) -> Path:
    value = table.get("project", ".")
    if not isinstance(value, str) or "\0" in value:
        raise ConfigError(f'{path}: "project" must be a folder')
    folder = path.parent / value
    if not folder.is_dir():
        raise ConfigError(f'{path}: "project" names "{value}", which is not a folder')
    return folder


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None
