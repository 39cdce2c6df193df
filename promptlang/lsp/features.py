"""Every request about an open script, with the function that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.lsp import actions, completion, formatting, hover

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.lsp.view import View

    Answer = Callable[[View, dict[str, Any]], Any]

FEATURES: dict[str, Answer] = {
    "textDocument/codeAction": actions.code_actions,
    "textDocument/completion": completion.complete,
    "textDocument/formatting": formatting.format_document,
    "textDocument/hover": hover.hover,
    "textDocument/onTypeFormatting": formatting.format_typed,
    "textDocument/rangeFormatting": formatting.format_range,
}
"""The function of each request: it takes a view and the parameters, and returns the result."""

RESOLVERS: dict[str, Answer] = {
    "codeAction/resolve": actions.resolve,
    "completionItem/resolve": completion.resolve,
}
"""The function that says more of an item of an earlier answer, which names its file in ``data``."""
