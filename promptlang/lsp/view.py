"""What a feature sees: one version of an open script, with places as the editor counts them."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from promptlang.lsp.lines import Lines

if TYPE_CHECKING:
    from promptlang.lsp.lines import Range
    from promptlang.session import Document
    from promptlang.source import Span
    from promptlang.syntax.ast import Block, Line, Script


class RefusedError(Exception):
    """A request cannot be met; the message says why, to the writer."""


class View:
    """One version of an open script.

    Attributes:
        uri: How the editor calls the file.
        version: The number the editor gave this version, None for a file that is not open.
        document: The script and everything that follows from it.
        lines: Its text.
        markdown: Whether the editor shows Markdown.
        snippets: Whether the editor can put the cursor where a snippet says.
    """

    __slots__ = ("document", "lines", "markdown", "snippets", "uri", "version")

    def __init__(
        self,
        uri: str,
        version: int | None,
        document: Document,
        lines: Lines,
        *,
        markdown: bool = True,
        snippets: bool = False,
    ) -> None:
        self.uri = uri
        self.version = version
        self.document = document
        self.lines = lines
        self.markdown = markdown
        self.snippets = snippets

    @property
    def script(self) -> Script:
        """The syntax tree."""
        return self.document.script

    @property
    def text(self) -> str:
        """The text of the script."""
        return self.document.text

    def offset(self, params: dict[str, Any]) -> int:
        """Return the offset of the position a request is about."""
        return self.lines.offset(params["position"])

    def range(self, span: Span) -> Range:
        """Return the range of a span, of this script or of a file it includes."""
        if span.source is self.script.source:
            return self.lines.of_span(span)
        return Lines.of(span.source, self.lines.encoding).of_span(span)

    def location(self, span: Span) -> dict[str, Any]:
        """Return the location of a span, of this script or of a file it includes."""
        here = span.source is self.script.source
        return {"uri": self.uri if here else uri_of(span.path), "range": self.range(span)}

    def block_at(self, offset: int) -> int:
        """Return the place of the block an offset is in."""
        return max(bisect_right(self.script.starts, offset) - 1, 0)

    def line_at(self, offset: int) -> tuple[Block, Line, int]:
        """Return the block and the line an offset is in, and where the line begins."""
        place = self.block_at(offset)
        block, start = self.script.blocks[place], self.script.starts[place]
        found = block.lines[0] if block.lines else None
        for line in block.lines:
            if start + line.at > offset:
                break
            found = line
        assert found is not None, "a block has lines, or the script has none"
        return block, found, start + found.at


def uri_of(path: str) -> str:
    """Return the address of a file."""
    return Path(path).resolve().as_uri()


def path_of(uri: str) -> str:
    """Return the path behind an address; one that is no file is its own path."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return unquote(uri)
    if parts.scheme != "file":
        return unquote(uri)
    path = (f"//{parts.netloc}" if parts.netloc else "") + unquote(parts.path)
    # urllib.request would do the same and takes as long to load as the parser.
    return path.removeprefix("/") if _DRIVE.match(path) else path


def real_path_of(uri: str) -> str | None:
    """Return the file behind an address, links followed; None where none can be."""
    try:
        return os.path.realpath(path_of(uri)) if is_file(uri) else None
    except (OSError, ValueError):
        return None


_DRIVE = re.compile(r"/[A-Za-z]:(?:/|$)")


def is_file(uri: str) -> bool:
    """Whether an address is that of a file."""
    return uri.startswith("file:")
