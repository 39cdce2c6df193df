"""Writes scripts back: with fixes applied, or with comments that suppress what is reported."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.cli import UsageError
from promptlang.cli.files import STDIN, diff, write
from promptlang.cli.show import visible

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.session import Document

_BOM = b"\xef\xbb\xbf"


class Rewriting:
    """What rewriting scripts came to.

    Attributes:
        left: What is still to be told.
        changed: Whether a text has changed, or would have.
        summary: It all in one line.
    """

    __slots__ = ("changed", "left", "summary")

    def __init__(self) -> None:
        self.left: list[Diagnostic] = []
        self.changed = False
        self.summary = ""


def rewrite(args: Namespace, paths: Sequence[str], documents: Sequence[Document]) -> Rewriting:
    """Write scripts back as the options say.

    Args:
        args: The options of `promptlang.cli.options.add_rewriting`.
        paths: Where the scripts come from.
        documents: What they are.

    Raises:
        UsageError: The options do not go together.
    """
    if args.reason is not None and not args.add_ignore:
        raise UsageError("--reason goes with --add-ignore")
    if args.add_ignore:
        if args.fix or args.unsafe_fixes:
            raise UsageError("--add-ignore does not go with --fix; run one after the other")
        return _add_ignores(paths, documents, args.reason or "", show_only=args.diff)
    if not (args.fix or args.diff):
        raise UsageError("--unsafe-fixes goes with --fix or --diff")
    return _fix(paths, documents, unsafe=args.unsafe_fixes, show_only=args.diff)


def _fix(
    paths: Sequence[str], documents: Sequence[Document], *, unsafe: bool, show_only: bool
) -> Rewriting:
    done = Rewriting()
    fixed = more = 0
    for path, document in _whole(paths, documents, done):
        result = document.fixed(unsafe=unsafe)
        fixed += len(result.fixed)
        more += result.unsafe
        done.left += result.left
        _put(path, document, result.text, done, show_only=show_only)
    verb = "would be fixed" if show_only else "fixed"
    others = f" ({more:,} more with --unsafe-fixes)" if more else ""
    done.summary = f"{fixed:,} {verb}{others}, {len(done.left):,} left"
    return done


def _add_ignores(
    paths: Sequence[str], documents: Sequence[Document], reason: str, *, show_only: bool
) -> Rewriting:
    from promptlang.lint.problems import SUPPRESSION_WITHOUT_REASON

    reason = " ".join(reason.split())
    if not reason and any(
        document.reporting.wants(SUPPRESSION_WITHOUT_REASON) for document in documents
    ):
        raise UsageError(f"--add-ignore: {SUPPRESSION_WITHOUT_REASON.name} is on; give a --reason")
    done = Rewriting()
    before = 0
    for path, document in _whole(paths, documents, done):
        before += len(document.findings)
        after = document.with_ignores(reason)
        done.left += after.findings
        _put(path, document, after.text, done, show_only=show_only)
    verb = "would be suppressed" if show_only else "suppressed"
    done.summary = f"{before - len(done.left):,} {verb}, {len(done.left):,} left"
    return done


def _whole(
    paths: Sequence[str], documents: Sequence[Document], done: Rewriting
) -> Iterator[tuple[str, Document]]:
    """Yield the scripts that were read whole: no other may be written back."""
    for path, document in zip(paths, documents, strict=True):
        if document.is_whole:
            yield path, document
        else:
            print(visible(f"promptlang: {document.path} is left as it is"), file=sys.stderr)
            done.left += document.diagnostics


def _put(path: str, document: Document, text: str, done: Rewriting, *, show_only: bool) -> None:
    """Write a text to where its script came from, or show what would change."""
    changed = text != document.text
    done.changed = done.changed or changed
    if show_only:
        sys.stdout.writelines(diff(document.path, document.text, text))
    elif path == STDIN:
        sys.stdout.write(text)
    elif changed:
        with Path(path).open("rb") as file:
            mark = file.read(len(_BOM))
        write(Path(path), (mark if mark == _BOM else b"") + text.encode())
