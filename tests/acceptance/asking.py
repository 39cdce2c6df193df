"""What the acceptance tests ask of a script: reports, prompts, payloads, the result of a fix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import promptlang

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from promptlang import Compilation, Diagnostic, Request

OMNI = "fal/kling-o3-pro"
PLAIN = "fal/kling-v3-pro"
O1 = "kling/o1"

SHOT = "SHOT 1 (4s): wide shot\n  A man rows.\n"
CLIP = '@Clip = video "clip.mp4"\n'


def ask(
    text: str | Path,
    target: str | None = None,
    *,
    values: Mapping[str, str] | None = None,
    assets: Mapping[str, str] | None = None,
) -> list[Diagnostic]:
    """Return everything that is said about a script."""
    return promptlang.check(text, target, values=values, assets=assets)


def told(
    text: str | Path,
    target: str | None = None,
    *,
    values: Mapping[str, str] | None = None,
) -> list[tuple[str, str]]:
    """Return each error and warning with the words it underlines."""
    found = ask(text, target, values=values)
    return [(d.name, d.span.text.strip()) for d in found if d.severity.rank < 2]


def names(text: str | Path, target: str | None = None) -> list[str]:
    """Return the name of each error and warning."""
    return [name for name, _ in told(text, target)]


def one(text: str | Path, name: str, target: str | None = None) -> Diagnostic:
    """Return the one diagnostic of a name."""
    (found,) = [d for d in ask(text, target) if d.name == name]
    return found


def mended(text: str, name: str, target: str | None = None) -> str:
    """Return a script after the first fix of its one diagnostic of a name."""
    edits = one(text, name, target).fixes[0].edits
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def film(
    text: str | Path,
    target: str = OMNI,
    *,
    values: Mapping[str, str] | None = None,
    assets: Mapping[str, str] | None = None,
) -> Compilation:
    """Return a script compiled for one target."""
    return promptlang.compile(text, target, values=values, assets=assets)


def requests(text: str | Path, target: str = OMNI) -> list[Request]:
    """Return the requests of a script that has no errors."""
    return film(text, target).raise_for_errors().requests


def prompts(
    text: str | Path, target: str = OMNI, *, values: Mapping[str, str] | None = None
) -> list[str]:
    """Return the words of each block of a script that has no errors."""
    made = film(text, target, values=values).raise_for_errors()
    return [prompt.text for request in made.requests for prompt in request.prompts]


def prompt(text: str | Path, target: str = OMNI, *, values: Mapping[str, str] | None = None) -> str:
    """Return the words of the only block."""
    (words,) = prompts(text, target, values=values)
    return words


def payload(text: str | Path, target: str = OMNI) -> dict[str, Any]:
    """Return the body of the only request."""
    (request,) = requests(text, target)
    return request.payload


def line_kind(line: str) -> str:
    """Return what a single line is."""
    script = promptlang.parse(line + "\n")
    return next(found.kind for block in script.blocks for found in block.lines)
