"""A compilation for reading: prompts, where their parts come from, what is asked for."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from promptlang.cli.show import visible

if TYPE_CHECKING:
    from promptlang.emit.result import Compilation, PromptText, Request

_WIDTH = 92


def heading(compilation: Compilation) -> str:
    """Return one line about the whole."""
    count = len(compilation.requests)
    parts = [
        f"{visible(compilation.source)} for {compilation.target}",
        *([f"row {compilation.row}"] if compilation.row is not None else []),
        f"{count} request{'s' * (count != 1)}",
        *([f"{seconds(compilation.seconds)} in all"] if compilation.seconds else []),
    ]
    if compilation.losses:
        names = sorted({loss.name for loss in compilation.losses})
        parts.append(f"losses: {', '.join(names)}")
    return " · ".join(parts)


def seconds(value: float) -> str:
    """Return a length of time without needless decimals."""
    return f"{value:g} s"


def spell(compilation: Compilation, request: Request) -> str:
    """Return a request with its prompts."""
    parts = [f"request {request.id}", request.task]
    parts += [request.endpoint] if request.endpoint else []
    parts += [seconds(request.seconds)] if request.seconds is not None else []
    parts += [f"{request.takes} takes"] if request.takes > 1 else []
    lines = [" · ".join(parts)]
    for prompt in request.prompts:
        lines += ["", *_prompt(prompt, compilation.source)]
    lines += _about(request)
    return "\n".join(lines)


def _prompt(prompt: PromptText, source: str) -> list[str]:
    limit = f" of {prompt.limit:,}" if prompt.limit is not None else ""
    parts = [f"  {visible(prompt.shot)}"]
    parts += [seconds(prompt.seconds)] if prompt.seconds is not None else []
    parts.append(f"{prompt.used:,}{limit} {prompt.unit}")
    lines = [" · ".join(parts)]
    for paragraph in prompt.text.split("\n"):
        lines += [f"    {line}" for line in textwrap.wrap(visible(paragraph), _WIDTH) or [""]]
    if prompt.transition:
        lines.append(f"    left to the edit: {visible(prompt.transition)}")
    origins = []
    for stretch in prompt.source_map:
        words = textwrap.shorten(prompt.text[stretch.start : stretch.end], 48, placeholder=" …")
        place = f"{stretch.line}:{stretch.column}"
        if stretch.path != source:
            place = f"{visible(stretch.path)}:{place}"
        origins.append((place, visible(words)))
    margin = max((len(place) for place, _ in origins), default=0)
    lines += [f"    {place:>{margin}}  {words}" for place, words in origins if _says(words)]
    return lines


def _says(words: str) -> bool:
    """Whether a stretch is more than the punctuation behind another one."""
    return any(character.isalnum() for character in words)


def _about(request: Request) -> list[str]:
    lines = []
    if request.negative_prompt:
        lines += ["", f"  negative · {visible(request.negative_prompt)}"]
    if request.references:
        lines += ["", "  references"]
    for reference in request.references:
        token = f"{reference.spelling} · " if reference.spelling else ""
        nothing = "made by another request" if request.needs else "no file yet"
        files = ", ".join(reference.files) or nothing
        lines.append(visible(f"    {token}{reference.name} ({reference.kind}) · {files}"))
    if request.needs:
        lines += ["", f"  needs the output of request {', '.join(request.needs)}"]
    return lines
