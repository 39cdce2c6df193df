"""What is offered to an editor beyond the names of requests."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from promptlang.lsp.kinds import ACTIONS, TRIGGERS
from promptlang.lsp.legend import MODIFIERS, TYPES

_ANY_FILE = types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file")

OPTIONS: dict[str, Any] = {
    "textDocument/codeAction": types.CodeActionOptions([*ACTIONS], resolve_provider=True),
    "textDocument/completion": types.CompletionOptions(
        trigger_characters=[*TRIGGERS], resolve_provider=True
    ),
    "textDocument/diagnostic": types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier="promptlang"
    ),
    "textDocument/onTypeFormatting": types.DocumentOnTypeFormattingOptions("\n"),
    "textDocument/semanticTokens/full": types.SemanticTokensLegend([*TYPES], [*MODIFIERS]),
    "workspace/willRenameFiles": types.FileOperationRegistrationOptions([_ANY_FILE]),
}
"""What is said of a request when it is offered."""

_PICTURES = "png,jpg,jpeg,webp,gif,mp4,mov,m4v,webm,mkv,avi,wav,mp3,m4a"
WATCHED: dict[str, Any] = {
    "registrations": [
        {
            "id": "promptlang-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {
                "watchers": [
                    {"globPattern": "**/*.shot"},
                    {"globPattern": "**/{promptlang,pyproject}.toml"},
                    {"globPattern": f"**/*.{{{_PICTURES}}}"},
                ]
            },
        }
    ]
}
"""Which files concern scripts: an editor tells when one of them changes."""
