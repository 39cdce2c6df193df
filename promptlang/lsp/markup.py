"""Pages as an editor can show them: as Markdown, or as words alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from promptlang.lsp.view import View

_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|!\[[^\]\n]*\]\([^)\n]*\)|\*+|`+|^> ", re.MULTILINE)
"""An escaped mark, which is kept, or what only Markdown knows: a picture, a mark, a quotation."""


def content(view: View, page: str) -> dict[str, str]:
    """Return a page as the protocol spells it, in the form the editor understands."""
    if view.markdown:
        return {"kind": "markdown", "value": page}
    return {"kind": "plaintext", "value": words(page)}


def words(page: str) -> str:
    """Return what Markdown says without how it says it."""
    bare = _MARKS.sub(lambda mark: mark[1] or "", page)
    return re.sub(r"\n{3,}", "\n\n", bare).strip()
