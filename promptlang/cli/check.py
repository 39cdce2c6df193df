"""Find what is wrong with scripts.

A folder is searched for *.shot files; - reads standard input. Findings go to standard output.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from promptlang.cli import ERRORS, OK, options
from promptlang.cli.files import STDIN, open_script, scripts
from promptlang.cli.report import FORMATS, Report, spell
from promptlang.cli.show import mendable, summary, visible, wants_colour
from promptlang.cli.statistics import ensure_countable, statistics
from promptlang.diagnostics import Severity
from promptlang.workspace import Workspace

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from promptlang.diagnostics import Diagnostic
    from promptlang.session import Document


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a script, a folder, or -")
    options.add_target(parser)
    options.add_values(parser)
    options.add_limits(parser)
    options.add_selection(parser)
    options.add_rewriting(parser)
    parser.add_argument("--format", choices=FORMATS, default="full", help="full by default")
    parser.add_argument(
        "--statistics", action="store_true", help="how often each problem was found, not where"
    )
    parser.add_argument("--watch", action="store_true", help="check again when a file changes")
    parser.add_argument("--stdin-filename", metavar="F", help="what - is called, and where it is")
    parser.add_argument(
        "--show-settings",
        action="store_true",
        help="show what holds for each script and from where",
    )


def run(args: Namespace) -> int:
    """Check scripts, once or after every change."""
    if args.watch:
        from promptlang.cli.watch import watch

        return watch(args, check)
    return check(args, [])


def check(args: Namespace, opened: list[Document]) -> int:
    """Check scripts once; add their documents to ``opened``."""
    if args.statistics:
        ensure_countable(args.format)
    values, assets = options.values(args.set), options.assets(args.asset)
    workspace = Workspace(
        choice=options.choice(args.select, args.extend_select, args.ignore),
        values=values,
        assets=assets,
        asked=options.targets(args.target),
        strict=args.strict,
    )
    paths = scripts(args.paths, folders=True)
    documents = [open_script(workspace, path, args.stdin_filename) for path in paths]
    opened += documents
    for note in workspace.notes:
        print(visible(f"promptlang: {note}"), file=sys.stderr)
    if args.show_settings:
        from promptlang.cli.settings import show_settings

        show_settings(workspace, documents, args.format)
        return OK
    if values or assets:
        documents = options.fitted(documents, values, assets)
    if args.fix or args.unsafe_fixes or args.diff or args.add_ignore or args.reason:
        return _rewrite(args, paths, documents)
    found: list[Diagnostic] = []
    for document in documents:
        found += document.diagnostics
    sys.stdout.write(_told(args, found, documents))
    if args.format in {"full", "concise"}:
        print(summary(found, len(documents)) + mendable(found), file=sys.stderr)
    return verdict(found, args.max_warnings)


def _told(args: Namespace, found: list[Diagnostic], documents: list[Document]) -> str:
    """Return what goes to standard output."""
    if args.statistics:
        return statistics(found, args.format)
    paths = [document.path for document in documents]
    return spell(Report(found, paths, colour=wants_colour(sys.stdout)), args.format)


def _rewrite(args: Namespace, paths: list[str], documents: list[Document]) -> int:
    """Write the scripts back, or show what would change; tell what is left."""
    from promptlang.cli.rewrite import rewrite

    done = rewrite(args, paths, documents)
    if not args.diff:
        # The text of a script goes where results go.
        print(
            _told(args, done.left, documents), end="", file=sys.stderr if STDIN in paths else None
        )
    if args.format in {"full", "concise"}:
        print(done.summary, file=sys.stderr)
    if args.diff and done.changed:
        return ERRORS
    return verdict(done.left, args.max_warnings)


def verdict(diagnostics: list[Diagnostic], max_warnings: int | None) -> int:
    """Return the exit code that diagnostics deserve."""
    if any(d.is_error for d in diagnostics):
        return ERRORS
    warnings = sum(d.severity is Severity.WARNING for d in diagnostics)
    if max_warnings is not None and warnings > max_warnings:
        print(f"promptlang: {warnings} warnings, {max_warnings} allowed", file=sys.stderr)
        return ERRORS
    return OK
