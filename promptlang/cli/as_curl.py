"""A request as a command line for curl; its key is named, never read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from promptlang.cli.show import visible

if TYPE_CHECKING:
    from promptlang.emit.result import Compilation, Request

_VARIABLE = re.compile(r"\$\{?([A-Z][A-Z0-9_]*)\}?")
_OPEN_ENDS = re.compile(r'"(file:[^"]*|\$request:[^"]*|\$attach:[^"]*)"')


def spell(compilation: Compilation, request: Request) -> str:
    """Return a command, with what must be done before it can be run."""
    about = f"# request {request.id}: {request.task}, {compilation.target}"
    if request.http is None:
        return f"{about}\n# {compilation.target} has no interface to call; use --format copy"
    body = json.dumps(request.payload, ensure_ascii=False)
    lines = [about, *_before(request, body)]
    headers = dict(request.http.headers)
    if not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = "application/json"
    lines.append(f"curl --request {request.http.method} {_quoted(request.http.url)} \\")
    lines += [f"  --header {_with_variables(f'{n}: {v}')} \\" for n, v in headers.items()]
    lines.append(f"  --data-raw {_quoted(body)}")
    return "\n".join(lines)


def _before(request: Request, body: str) -> list[str]:
    """Return a comment for everything in the body that is no address yet."""
    lines = [f"# first: request {number}" for number in request.needs]
    # A user's file name must not end a comment early and begin a command.
    names = dict.fromkeys(_OPEN_ENDS.findall(body))
    lines += [f"# put an address in place of {visible(name)}" for name in names]
    return lines


def _quoted(text: str) -> str:
    """Return a text as one word of a shell that expands nothing in it."""
    return "'" + text.replace("'", "'\\''") + "'"


def _with_variables(text: str) -> str:
    """Return a text as one word of a shell that expands only environment variables in it."""
    pieces, at = [], 0
    for match in _VARIABLE.finditer(text):
        pieces += [_plain(text[at : match.start()]), "${" + match[1] + "}"]
        at = match.end()
    return '"' + "".join([*pieces, _plain(text[at:])]) + '"'


def _plain(text: str) -> str:
    return re.sub(r'([\\"$`])', r"\\\1", text)
