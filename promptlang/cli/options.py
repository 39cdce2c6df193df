"""Options several commands share, and how their values are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.cli import UsageError
from promptlang.model.names import fold

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable

    from promptlang.lint.select import Choice
    from promptlang.session import Document


def add_target(parser: ArgumentParser) -> None:
    """Add ``--target``."""
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="T",
        help="a target such as fal/kling-o3-pro, instead of those the script names; may repeat",
    )


def add_values(parser: ArgumentParser) -> None:
    """Add ``--set`` and ``--asset``."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="the value of a parameter; may repeat",
    )
    parser.add_argument(
        "--asset",
        action="append",
        default=[],
        metavar="NAME=WHERE",
        help="an address, a file or element:ID for a declared name; may repeat, also for one name",
    )


def add_limits(parser: ArgumentParser) -> None:
    """Add ``--strict`` and ``--max-warnings``."""
    parser.add_argument(
        "--strict", action="store_true", help="take everything a target cannot express as an error"
    )
    parser.add_argument(
        "--max-warnings",
        type=_count,
        metavar="N",
        help="fail where there are more warnings than this",
    )


def add_selection(parser: ArgumentParser) -> None:
    """Add ``--select``, ``--extend-select`` and ``--ignore``."""
    for option, what in (
        ("--select", "report these problems and no others"),
        ("--extend-select", "report these problems too"),
        ("--ignore", "do not report these problems"),
    ):
        parser.add_argument(
            option,
            action="append",
            metavar="RULES",
            help=f"{what}: names, codes such as PL8, families or all, with commas; may repeat",
        )


def add_rewriting(parser: ArgumentParser) -> None:
    """Add ``--fix``, ``--unsafe-fixes``, ``--diff``, ``--add-ignore`` and ``--reason``."""
    for option, what in (
        ("--fix", "apply the fixes that keep what a script means"),
        ("--unsafe-fixes", "with --fix or --diff: apply those that may change it, too"),
        ("--diff", "show what --fix or --add-ignore would change; write nothing"),
        ("--add-ignore", "add comments that suppress what is reported"),
    ):
        parser.add_argument(option, action="store_true", help=what)
    parser.add_argument("--reason", metavar="TEXT", help="what the comments of --add-ignore say")


def choice(select: list[str] | None, extend: list[str] | None, ignore: list[str] | None) -> Choice:
    """Read ``--select``, ``--extend-select`` and ``--ignore``.

    Raises:
        UsageError: One names nothing.
    """
    from promptlang.lint.select import Choice

    return Choice(
        select=None if select is None else _words("--select", select),
        extend=_words("--extend-select", extend or ()),
        ignore=_words("--ignore", ignore or ()),
    )


def _words(option: str, lists: Iterable[str]) -> list[str]:
    found = []
    for text in lists:
        words = [word.strip() for word in text.split(",") if word.strip()]
        if not words:
            raise UsageError(f'{option} takes names, codes or families, not "{text}"')
        found += words
    return found


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f'takes a whole number, not "{text}"')
    return int(text)


def values(pairs: Iterable[str]) -> dict[str, str]:
    """Read ``--set`` options.

    Raises:
        UsageError: One has no ``=``.
    """
    return {name.strip("{}"): value for name, value in _pairs("--set", pairs)}


def assets(pairs: Iterable[str]) -> dict[str, list[str]]:
    """Read ``--asset`` options; several for one name are its files in order.

    Raises:
        UsageError: One has no ``=`` or nothing behind it.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    for name, where in _pairs("--asset", pairs):
        if not where:
            raise UsageError(f"--asset {name}= says nothing after the equals sign")
        plain = name.removeprefix("@")
        found.setdefault(fold(plain), (plain, []))[1].append(where)
    return dict(found.values())


def _pairs(option: str, pairs: Iterable[str]) -> Iterable[tuple[str, str]]:
    for pair in pairs:
        name, mark, value = pair.partition("=")
        if not mark or not name.strip():
            raise UsageError(f'{option} takes name=value, not "{pair}"')
        yield name.strip(), value


def targets(names: Iterable[str]) -> list[str]:
    """Return target ids asked for.

    Raises:
        UsageError: One does not exist.
    """
    from promptlang.session import TargetError, find_target

    try:
        return [find_target(name).id for name in names]
    except TargetError as error:
        raise UsageError(str(error)) from None


def fitted(
    documents: list[Document], values: Iterable[str], assets: Iterable[str]
) -> list[Document]:
    """Return the documents, each with those values and assets its script has names for.

    Raises:
        UsageError: A name exists in no script; a typo would otherwise change nothing, silently.
    """
    parameters = [{fold(name) for name in d.storyboard.declared} for d in documents]
    for name in values:
        if not any(fold(name) in known for known in parameters):
            names = {name for d in documents for name in d.storyboard.declared}
            raise UsageError(f'--set: no parameter "{name}"; {_there_are(name, names)}')
    entities = [set(d.storyboard.entities) for d in documents]
    for name in assets:
        if not any(fold(name) in known for known in entities):
            names = {e.name for d in documents for e in d.storyboard.entities.values()}
            raise UsageError(f'--asset: nothing is named "{name}"; {_there_are(name, names)}')
    result = []
    for document, own, things in zip(documents, parameters, entities, strict=True):
        kept = [name for name in values if fold(name) in own]
        bound = [name for name in assets if fold(name) in things]
        whole = len(kept) == len(document.values) and len(bound) == len(document.assets)
        result.append(document if whole else document.only(kept, bound))
    return result


def _there_are(name: str, allowed: Iterable[str]) -> str:
    from difflib import get_close_matches

    from promptlang.diagnostics import did_you_mean

    names = sorted(allowed)
    close = get_close_matches(name, names, 1)
    if hint := did_you_mean(close):
        return hint
    return "there are " + ", ".join(f'"{n}"' for n in names) if names else "there are none"
