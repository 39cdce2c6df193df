"""The reference as Markdown pages, made from code and data alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.cli import UsageError
from promptlang.cli.files import write
from promptlang.cli.reference import commands, language, rules, targets, vocabulary
from promptlang.cli.reference.layout import page
from promptlang.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

_SECTIONS = {
    "rules": ("What is reported", rules),
    "targets": ("Targets", targets),
    "vocabulary": ("Vocabulary", vocabulary),
    "language": ("The language", language),
    "commands": ("Commands", commands),
}
_MARK = "<!-- written by promptlang docs -->\n\n"


def pages() -> dict[str, str]:
    """Return every page by its path with forward slashes, the overview first."""
    links = [f"- [{title}]({name}/index.md)" for name, (title, _) in _SECTIONS.items()]
    about = f"Reference of promptlang {__version__}, made from its code and data."
    found = {"index.md": page("promptlang", about, "\n".join(links))}
    for _, module in _SECTIONS.values():
        found |= module.pages()
    return {path: _MARK + text for path, text in found.items()}


def write_pages(folder: Path) -> int:
    """Write every page into a folder, remove pages of things that are gone, return how many.

    Raises:
        UsageError: The folder cannot be written.
    """
    found = pages()
    for path, text in found.items():
        place = folder / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f'"{place.parent}" cannot be made: {error.strerror}') from None
        write(place, text.encode())
    for section in _SECTIONS:
        for place in (folder / section).rglob("*.md"):
            if place.relative_to(folder).as_posix() not in found and _is_ours(place):
                place.unlink()
    return len(found)


def _is_ours(path: Path) -> bool:
    """Whether a page was written by this command: what people wrote beside it is theirs."""
    with path.open("rb") as file:
        return file.read(len(_MARK)) == _MARK.encode()
