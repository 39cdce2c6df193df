"""Every request about an open script, with the function that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.lsp import formatting, navigation, outline, paths, renaming, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlang.lsp.scripts import Scripts
    from promptlang.lsp.view import View

    Answer = Callable[[View, dict[str, Any]], Any]
    AnswerOfAll = Callable[[Scripts, dict[str, Any]], Any]

FEATURES: dict[str, Answer] = {
    "textDocument/documentHighlight": navigation.highlight,
    "textDocument/documentLink": paths.links,
    "textDocument/documentSymbol": outline.symbols,
    "textDocument/foldingRange": outline.folding,
    "textDocument/formatting": formatting.format_document,
    "textDocument/onTypeFormatting": formatting.format_typed,
    "textDocument/rangeFormatting": formatting.format_range,
    "textDocument/selectionRange": outline.selections,
    "textDocument/semanticTokens/full": tokens.full,
    "textDocument/semanticTokens/full/delta": tokens.delta,
    "textDocument/semanticTokens/range": tokens.within,
}
"""The function of each request: it takes a view and the parameters, and returns the result."""

WORKSPACE: dict[str, AnswerOfAll] = {
    "textDocument/definition": navigation.definition,
    "textDocument/prepareRename": renaming.prepare,
    "textDocument/references": navigation.references,
    "textDocument/rename": renaming.rename,
    "workspace/symbol": outline.workspace_symbols,
    "workspace/willRenameFiles": paths.will_rename,
}
"""The function of each request that may be about more than one script: it takes all of them."""

RESOLVERS: dict[str, Answer] = {}
"""The function that says more of an item of an earlier answer, which names its file in ``data``."""
