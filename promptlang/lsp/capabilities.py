"""What is offered to an editor beyond the names of requests."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from promptlang.lsp.completion import TRIGGERS

SYNC = ("textDocument/didOpen", "textDocument/didChange", "textDocument/didClose")
"""The messages by which the text of a file comes."""

OPTIONS: dict[str, Any] = {
    "textDocument/completion": types.CompletionOptions(
        trigger_characters=TRIGGERS, resolve_provider=True
    ),
    "textDocument/onTypeFormatting": types.DocumentOnTypeFormattingOptions("\n"),
}
"""What is said of a request when it is offered."""
