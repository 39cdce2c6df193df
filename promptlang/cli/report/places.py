"""How the formats of other tools name a file, and know a problem again when lines have moved."""

from __future__ import annotations

import os
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.diagnostics import Diagnostic


def relative(path: str) -> str:
    """Return a path from the working folder, with forward slashes; one outside stays whole."""
    if _is_no_file(path):
        return path
    whole = Path(os.path.normpath(Path(path).absolute()))
    try:
        return whole.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return whole.as_posix()


def uri(path: str) -> str:
    """Return a path as a reference of RFC 3986, relative to the working folder where it can be."""
    shown = relative(path)
    if not _is_no_file(shown) and Path(shown).is_absolute():
        return Path(shown).as_uri()
    return quote(os.fsencode(shown))


def _is_no_file(path: str) -> bool:
    return path.startswith("<") and path.endswith(">")


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return what each problem is known by from one run to the next.

    The line it stands on is part of it, the number of that line and the message, which may
    count, are not; of several in equal lines each has its own.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for diagnostic in diagnostics:
        span = diagnostic.span
        key = relative(span.path), diagnostic.name, span.source.line(span.line).strip()
        seen[key] += 1
        text = "\0".join([*key, str(seen[key])])
        found.append(sha256(text.encode(errors="surrogatepass")).hexdigest())
    return found
