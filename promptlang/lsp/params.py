"""What the parameters of each message must look like: who spells one wrongly is told so.

Only what is read here is looked at; what else a message says concerns other versions.
"""

from __future__ import annotations

from typing import Any

Shape = Any
"""A type, a list of one shape, or a table of shapes; a key that ends with ``?`` may be left out."""

_TOKEN = (str, int)
_POSITION = {"line": int, "character": int}
_RANGE = {"start": _POSITION, "end": _POSITION}
_ABOUT = {"textDocument": {"uri": str}}
_AT = {**_ABOUT, "position": _POSITION}
_WITHIN = {**_ABOUT, "range": _RANGE}
_FOLDERS = [{"uri": str}]

SHAPES: dict[str, Shape] = {
    "codeAction/resolve": {},
    "completionItem/resolve": {},
    "textDocument/codeAction": {**_WITHIN, "context?": {"only?": [str]}},
    "textDocument/codeLens": _ABOUT,
    "textDocument/completion": {**_AT, "context?": {}},
    "textDocument/definition": _AT,
    "textDocument/diagnostic": {**_ABOUT, "previousResultId?": str},
    "textDocument/didChange": {
        "textDocument": {"uri": str, "version?": int},
        "contentChanges": [{"text": str, "range?": _RANGE}],
    },
    "textDocument/didClose": _ABOUT,
    "textDocument/didOpen": {"textDocument": {"uri": str, "version?": int, "text": str}},
    "textDocument/documentHighlight": _AT,
    "textDocument/documentLink": _ABOUT,
    "textDocument/documentSymbol": _ABOUT,
    "textDocument/foldingRange": _ABOUT,
    "textDocument/formatting": _ABOUT,
    "textDocument/hover": _AT,
    "textDocument/inlayHint": _WITHIN,
    "textDocument/onTypeFormatting": _AT,
    "textDocument/prepareRename": _AT,
    "textDocument/rangeFormatting": _WITHIN,
    "textDocument/references": {**_AT, "context?": {"includeDeclaration?": bool}},
    "textDocument/rename": {**_AT, "newName": str},
    "textDocument/selectionRange": {**_ABOUT, "positions": [_POSITION]},
    "textDocument/semanticTokens/full": _ABOUT,
    "textDocument/semanticTokens/full/delta": {**_ABOUT, "previousResultId": str},
    "textDocument/semanticTokens/range": _WITHIN,
    "workspace/diagnostic": {
        "previousResultIds?": [{"uri": str, "value": str}],
        "workDoneToken?": _TOKEN,
    },
    "workspace/didChangeWorkspaceFolders": {"event": {"added?": _FOLDERS, "removed?": _FOLDERS}},
    "workspace/executeCommand": {"command": str, "arguments?": list},
    "workspace/symbol": {"query": str},
    "workspace/willRenameFiles": {"files": [{"oldUri": str, "newUri": str}]},
}
"""The parameters of each message that has any."""


def fits(value: object, shape: Shape) -> bool:
    """Whether a value has a shape; null is as good as left out."""
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(
            value.get(key[:-1]) is None or fits(value[key[:-1]], inner)
            if key.endswith("?")
            else key in value and fits(value[key], inner)
            for key, inner in shape.items()
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
    # To Python a truth is a number, to the protocol it is none.
    return isinstance(value, shape) and isinstance(value, bool) == (shape is bool)
