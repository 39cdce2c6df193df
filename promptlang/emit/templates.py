"""The templates: worded by Jinja, or by the Python functions a build makes of them.

Loading Jinja and reading templates takes longer than wording a script. `translate` says them in
Python, which is written to ``_table.py``; where that is missing or stale, Jinja does the same.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang import resources, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment

    Template = Callable[..., str]

_FOLDER = Path(__file__).resolve().parent
_MAKERS = ("templates.py", "translate.py")
_SHARED = "_shared"


@cache
def find(provider: str, name: str) -> Template:
    """Return the template of a provider, the shared one where it has none of its own.

    It is called with what it may name, such as ``shot`` and ``layered``.
    """
    written = tables.load("promptlang.emit", checksum)
    if written is not None:
        known: dict[str, Template] = written.TEMPLATES
        return known.get(f"{provider}/{name}") or known[f"{_SHARED}/{name}"]
    own = name in resources.names("templates", provider)
    return jinja(f"{provider if own else _SHARED}/{name}")


def jinja(name: str) -> Template:
    """Return a template as Jinja reads it."""
    return partial(_render, environment().get_template(name))


def _render(template: Any, **given: object) -> str:
    text: str = template.render(given)
    return text


@cache
def environment() -> Environment:
    """Return what the templates are written for."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from promptlang.emit import words

    made = Environment(
        loader=FunctionLoader(lambda name: resources.read("templates", *name.split("/"))),
        undefined=StrictUndefined,
        # Prompts are plain text; user words never pass through a template.
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        sentence=words.sentence,
        closed=words.closed,
        capital=words.capital,
        listed=words.listed,
        spoken=_spoken,
    )
    return made


def _spoken(line: object) -> str:
    """Filter: a line of the body as finished sentences."""
    module: Any = environment().get_template(f"{_SHARED}/parts.j2").module
    said: str = module.spoken(line)
    return said


def names() -> list[str]:
    """Return the names of all templates, such as ``_shared/shot.j2``."""
    folders = [name for name in resources.names("templates") if "." not in name]
    return [
        f"{f}/{name}" for f in folders for name in resources.names("templates", f, suffix=".j2")
    ]


def checksum() -> int:
    """Return a number that changes whenever anything the functions are made of does."""
    return tables.checksum(_sources())


def _sources() -> Iterator[str]:
    for name in names():
        yield name
        yield resources.read("templates", *name.split("/"))
    for maker in _MAKERS:
        yield (_FOLDER / maker).read_text(encoding="utf-8")


def write(folder: Path = _FOLDER) -> Path:
    """Write the functions to ``_table.py`` in a folder and return its path."""
    from promptlang.emit.translate import translate

    trees = {
        name: environment().parse(resources.read("templates", *name.split("/"))) for name in names()
    }
    return tables.write(folder, translate(trees, checksum()))
