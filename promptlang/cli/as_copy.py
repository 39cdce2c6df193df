"""The strings to paste into a form, field by field in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.emit.result import Compilation, Request


def spell(compilation: Compilation, request: Request) -> str:
    """Return the fields of a request, each under its name."""
    several = len(compilation.requests) > 1
    head = f"=== request {request.id} of {len(compilation.requests)} ===\n\n" if several else ""
    fields = [f"[{name}]\n{value}" for name, value in _fields(request.payload)]
    return head + "\n\n".join(fields)


def _fields(payload: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and text of every field; a list of lists is walked with a stack."""
    stack: list[tuple[str, Any]] = [("", payload)]
    while stack:
        name, value = stack.pop()
        if isinstance(value, dict):
            inner = [(f"{name} {key}".strip(), item) for key, item in value.items()]
            stack += reversed(inner)
        elif isinstance(value, list):
            numbered = len(value) > 1
            items = [(f"{name} {n}" if numbered else name, v) for n, v in enumerate(value, 1)]
            stack += reversed(items)
        else:
            yield name, _entry(value)


def _entry(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
