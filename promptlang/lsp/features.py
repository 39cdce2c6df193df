"""Every request about an open script, with the function that answers it.

The functions are named and not imported: an editor asks for few of them in its first second, which
is when a writer waits.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.lsp.scripts import Scripts
    from promptlang.lsp.view import View

    Answer = Callable[[View, dict[str, Any]], Any]
    AnswerOfAll = Callable[[Scripts, dict[str, Any]], Any]

FEATURES = {
    "textDocument/codeAction": "actions:code_actions",
    "textDocument/codeLens": "hints:code_lenses",
    "textDocument/completion": "completion:complete",
    "textDocument/documentHighlight": "navigation:highlight",
    "textDocument/documentLink": "paths:links",
    "textDocument/documentSymbol": "outline:symbols",
    "textDocument/foldingRange": "outline:folding",
    "textDocument/formatting": "formatting:format_document",
    "textDocument/hover": "hover:hover",
    "textDocument/inlayHint": "hints:inlay_hints",
    "textDocument/onTypeFormatting": "formatting:format_typed",
    "textDocument/rangeFormatting": "formatting:format_range",
    "textDocument/selectionRange": "outline:selections",
    "textDocument/semanticTokens/full": "tokens:full",
    "textDocument/semanticTokens/full/delta": "tokens:delta",
    "textDocument/semanticTokens/range": "tokens:within",
}
"""The function of each request: it takes a view and the parameters, and returns the result."""

WORKSPACE = {
    "textDocument/definition": "navigation:definition",
    "textDocument/prepareRename": "renaming:prepare",
    "textDocument/references": "navigation:references",
    "textDocument/rename": "renaming:rename",
    "workspace/symbol": "outline:workspace_symbols",
    "workspace/willRenameFiles": "paths:will_rename",
}
"""The function of each request that may be about more than one script: it takes all of them."""

RESOLVERS = {
    "codeAction/resolve": "actions:resolve",
    "completionItem/resolve": "completion:resolve",
}
"""The function that says more of an item of an earlier answer, which names its file in ``data``."""


@cache
def function(name: str) -> Answer:
    """Return the function with a name of the form ``module:function``."""
    module, _, function = name.partition(":")
    found: Answer = getattr(import_module(f"promptlang.lsp.{module}"), function)
    return found
