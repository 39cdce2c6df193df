"""Commands an editor can run: compile, show the payload, copy a prompt, choose a target."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from promptlang.lsp.lines import Lines, units
from promptlang.session import TargetError, find_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlang.emit.result import Compilation, PromptText, Request, Stretch
    from promptlang.lsp.editor import Editor
    from promptlang.lsp.lines import Position
    from promptlang.lsp.view import View


class CommandError(ValueError):
    """A command that cannot be run; the message says why, for the person who ran it."""


def compile(editor: Editor, uri: str, target: str | None = None) -> list[dict[str, Any]]:
    """Return the compilations of a script, as ``promptlang compile --format json`` spells them."""
    view = editor.view(uri)
    return [made.model_dump(mode="json", by_alias=True) for made in _compiled(view, target)]


def payload(editor: Editor, uri: str, position: Position | None = None) -> list[dict[str, Any]]:
    """Return the requests of a script, or those of the block at a position, ready to send."""
    view = editor.view(uri)
    shot = None if position is None else _block_at(view, position)
    return [
        {
            "target": made.target,
            "id": request.id,
            "endpoint": request.endpoint,
            "payload": request.payload,
        }
        for made in _compiled(view, None)
        for request in made.requests
        if shot is None or any(prompt.shot == shot for prompt in request.prompts)
    ]


def prompt(editor: Editor, uri: str, position: Position) -> str:
    """Return the words of the block at a position, to be copied."""
    view = editor.view(uri)
    shot = _block_at(view, position)
    for made in _compiled(view, None):
        for request in made.requests:
            for text in request.prompts:
                if text.shot == shot:
                    return text.text
    raise CommandError(f"{shot} has no prompt: it has an error, or no target takes it")


def preview(editor: Editor, uri: str, target: str | None = None) -> dict[str, Any]:
    """Return all prompts of a script with where their words come from, for a view beside it."""
    view = editor.view(uri)
    return {
        "uri": uri,
        "version": view.version,
        "targets": [_previewed(view, made) for made in _compiled(view, target)],
    }


def targets(editor: Editor, uri: str | None = None) -> dict[str, Any]:
    """Return every target with what people call it, and which one is chosen."""
    from promptlang.providers.registry import targets as known

    own = list(editor.view(uri).document.targets) if uri is not None else []
    return {
        "chosen": editor.target,
        "script": own,
        "targets": [
            {"id": target.id, "title": target.title, "blocks": sorted(target.blocks())}
            for target in known()
        ],
    }


def choose_target(editor: Editor, target: str | None = None) -> str | None:
    """Take the target of all scripts; None for what each says itself."""
    try:
        editor.choose(target)
    except TargetError as error:
        raise CommandError(str(error)) from None
    return editor.target


def _compiled(view: View, target: str | None) -> list[Compilation]:
    document = view.document
    try:
        if target is not None:
            return [document.for_target(find_target(target).id)]
        return document.compilations()
    except TargetError as error:
        name = PurePath(document.path).name
        raise CommandError(str(error).replace(document.path, name)) from None


def _block_at(view: View, position: Position) -> str:
    """Return the name of the block a position is in, as a result calls it."""
    offset = view.lines.offset(position)
    blocks = view.document.storyboard.units
    here = [unit for unit in blocks if unit.span.source is view.script.source]
    place = bisect_right([unit.span.start for unit in here], _end_of_line(view, offset)) - 1
    if place < 0:
        raise CommandError("there is no SHOT, EDIT, ANGLE or COVERAGE here")
    return here[place].name


def _end_of_line(view: View, offset: int) -> int:
    end = view.text.find("\n", offset)
    return len(view.text) if end < 0 else end


def _previewed(view: View, made: Compilation) -> dict[str, Any]:
    return {
        "target": made.target,
        "seconds": made.seconds,
        "ok": made.ok,
        "requests": [_request(view, request) for request in made.requests],
        "losses": [loss.model_dump(mode="json") for loss in made.losses],
    }


def _request(view: View, request: Request) -> dict[str, Any]:
    return {
        "id": request.id,
        "task": request.task,
        "endpoint": request.endpoint,
        "seconds": request.seconds,
        "needs": request.needs,
        "payload": request.payload,
        "references": [reference.model_dump(by_alias=True) for reference in request.references],
        "prompts": [
            {
                "shot": prompt.shot,
                "text": prompt.text,
                "seconds": prompt.seconds,
                "used": prompt.used,
                "limit": prompt.limit,
                "unit": prompt.unit,
                "map": list(_map(view, prompt)),
            }
            for prompt in request.prompts
        ],
    }


def _map(view: View, prompt: PromptText) -> Iterator[dict[str, Any]]:
    """Yield the stretches of a prompt that come from this script, in units of the editor."""
    here = view.script.source.path
    for stretch in prompt.source_map:
        if stretch.path == here:
            yield {
                "start": units(prompt.text[: stretch.start], "utf-16"),
                "end": units(prompt.text[: stretch.end], "utf-16"),
                "position": _position(view.lines, stretch),
            }


def _position(lines: Lines, stretch: Stretch) -> Position:
    return lines.position(lines.starts[stretch.line - 1] + stretch.column - 1)


COMMANDS: dict[str, Callable[..., Any]] = {
    "promptlang.chooseTarget": choose_target,
    "promptlang.compile": compile,
    "promptlang.payload": payload,
    "promptlang.preview": preview,
    "promptlang.prompt": prompt,
    "promptlang.targets": targets,
}
"""The function of each command: it takes the editor and the arguments."""

CHANGING = frozenset({"promptlang.chooseTarget"})
"""Those that change what holds for scripts."""
