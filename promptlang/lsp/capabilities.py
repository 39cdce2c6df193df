"""What is offered to an editor beyond the names of requests."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from promptlang.lsp.tokens import MODIFIERS, TYPES

SYNC = ("textDocument/didOpen", "textDocument/didChange", "textDocument/didClose")
"""The messages by which the text of a file comes."""

_ANY_FILE = types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file")

OPTIONS: dict[str, Any] = {
    "textDocument/onTypeFormatting": types.DocumentOnTypeFormattingOptions("\n"),
    "textDocument/semanticTokens/full": types.SemanticTokensLegend([*TYPES], [*MODIFIERS]),
    "workspace/willRenameFiles": types.FileOperationRegistrationOptions([_ANY_FILE]),
}
"""What is said of a request when it is offered."""
