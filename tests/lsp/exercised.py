"""Which requests of the server the tests send to a real one: the table of them in README."""

from __future__ import annotations

import ast
from pathlib import Path

LABELS = {
    "textDocument/publishDiagnostics": "diagnostics while you type",
    "textDocument/diagnostic": "diagnostics when the editor asks",
    "workspace/diagnostic": "diagnostics of all scripts, with progress",
    "textDocument/completion": "completion that knows its place",
    "completionItem/resolve": "what a proposal means",
    "textDocument/hover": "hover: terms, refs, settings, the compiled prompt",
    "textDocument/definition": "go to definition, across files",
    "textDocument/references": "find references, across files",
    "textDocument/documentHighlight": "highlight of a name",
    "textDocument/prepareRename": "what can be renamed",
    "textDocument/rename": "rename, across files",
    "textDocument/documentSymbol": "outline",
    "workspace/symbol": "symbols of all scripts",
    "textDocument/foldingRange": "folding",
    "textDocument/selectionRange": "growing selection",
    "textDocument/documentLink": "links to pictures and includes",
    "textDocument/formatting": "format the script",
    "textDocument/rangeFormatting": "format a selection",
    "textDocument/onTypeFormatting": "format as you type",
    "textDocument/codeAction": "fixes, suppress here, declare, extract, keep apart",
    "codeAction/resolve": "fix all",
    "textDocument/semanticTokens/full": "colours by meaning",
    "textDocument/semanticTokens/full/delta": "colours, only what changed",
    "textDocument/semanticTokens/range": "colours of what is seen",
    "textDocument/inlayHint": "times, generations, reference numbers, room left",
    "textDocument/codeLens": "compile and show payload above a block",
    "workspace/willRenameFiles": "paths follow a file that is renamed",
    "workspace/executeCommand": "commands: compile, payload, prompt, preview, choose target",
    "workspace/didChangeConfiguration": "settings",
    "workspace/didChangeWatchedFiles": "files that change outside of the editor",
    "workspace/didChangeWorkspaceFolders": "several folders",
    "$/cancelRequest": "cancelling",
}
"""What an editor can ask, and what that is for a writer."""


def methods() -> dict[str, list[str]]:
    """Return the requests that tests name, each with the test modules."""
    found: dict[str, list[str]] = {}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in LABELS:
                places = found.setdefault(str(node.value), [])
                if path.stem not in places:
                    places.append(path.stem)
    # The client waits for these in every test that opens a script.
    found.setdefault("textDocument/publishDiagnostics", ["test_server"])
    return found


def table() -> str:
    """Return the table of README."""
    tried = methods()
    rows = [f"| {LABELS[method]} | `{method}` |" for method in LABELS if method in tried]
    return "\n".join(["| what | request |", "|---|---|", *rows, ""])
