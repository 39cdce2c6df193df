"""The verbs of ``import promptlang``.

What a script gets wrong comes back as diagnostics. What the calling program gets wrong (a target
that does not exist, say) is raised.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, overload

from promptlang.collector import Paused
from promptlang.session import Document, find_target, read_bytes
from promptlang.syntax.ast import Script

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from promptlang.diagnostics import Diagnostic
    from promptlang.emit.result import Compilation
    from promptlang.lint.fix import FixResult
    from promptlang.lint.select import Selection
    from promptlang.providers.target import Target
    from promptlang.session import Assets


def parse(text: str | Path, path: str = "<text>") -> Script:
    """Return the syntax tree of a script; never raises for what the text contains.

    Args:
        text: The script, or the file it is in.
        path: How diagnostics name a script given as text; includes and assets are looked for
            beside it.
    """
    from promptlang.syntax.parser import parse as parse_text
    from promptlang.syntax.parser import parse_bytes

    if isinstance(text, Path):
        return parse_bytes(read_bytes(text), str(text))
    return parse_text(text, path)


def check(
    text: str | Path | Script,
    target: str | list[str] | tuple[str, ...] | None = None,
    *,
    values: Mapping[str, str] | None = None,
    assets: Assets | None = None,
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> list[Diagnostic]:
    """Return what is wrong with a script, in order.

    Args:
        text: The script, the file it is in, or its syntax tree.
        target: Whom to check it for; None for whom it names itself.
        values: Values of its parameters.
        assets: Files, addresses or elements by declared name.
        select: Names, codes or families of the problems to report besides errors; None for all
            that are no matter of taste.
        extend_select: What to report too.
        ignore: What not to report.

    Raises:
        TargetError: There is no such target.
        SelectError: There is no such problem.
    """
    selection = _selection(select, extend_select, ignore)
    with Paused():
        return _document(
            text, _several(target), values=values, assets=assets, selection=selection
        ).diagnostics


@overload
def compile(
    text: str | Path | Script,
    target: str,
    *,
    values: Mapping[str, str] | None = ...,
    assets: Assets | None = ...,
    strict: bool = ...,
) -> Compilation: ...


@overload
def compile(
    text: str | Path | Script,
    target: list[str] | tuple[str, ...] | None = ...,
    *,
    values: Mapping[str, str] | None = ...,
    assets: Assets | None = ...,
    strict: bool = ...,
) -> list[Compilation]: ...


def compile(
    text: str | Path | Script,
    target: str | list[str] | tuple[str, ...] | None = None,
    *,
    values: Mapping[str, str] | None = None,
    assets: Assets | None = None,
    strict: bool = False,
) -> Compilation | list[Compilation]:
    """Return the prompts and payloads of a script.

    Args:
        text: The script, the file it is in, or its syntax tree.
        target: Whom to compile it for. One id gives one compilation, several give a list, and
            None gives a list with one for each target the script names. A script whose errors
            leave no target gives one compilation for ``""``, which holds them.
        values: Values of its parameters.
        assets: Files, addresses or elements by declared name.
        strict: Raise for an error, and take every loss as one.

    Raises:
        TargetError: There is no such target, or none is given and the script names none.
        CompileError: ``strict`` is set and there are errors.
    """
    with Paused():
        document = _document(text, _several(target), values=values, assets=assets, strict=strict)
        compilations = document.compilations()
        if not compilations and any(d.is_error for d in document.diagnostics):
            compilations = [document.failure()]
    if strict:
        for compilation in compilations:
            compilation.raise_for_errors()
    return compilations[0] if isinstance(target, str) else compilations


def fix(
    text: str | Path | Script,
    target: str | list[str] | tuple[str, ...] | None = None,
    *,
    unsafe: bool = False,
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> FixResult:
    """Return a script with the fixes of its diagnostics applied, and what is left; writes nothing.

    Every fix is checked: one that does not mend what it is for, or brings an error, is not made.

    Args:
        text: The script, the file it is in, or its syntax tree.
        target: Whom to check it for; None for whom it names itself.
        unsafe: Whether to apply fixes that may change what the script means too.
        select: What to report and fix, as in `check`.
        extend_select: What to report and fix too.
        ignore: What to leave alone.

    Raises:
        TargetError: There is no such target.
        SelectError: There is no such problem.
    """
    selection = _selection(select, extend_select, ignore)
    with Paused():
        return _document(text, _several(target), selection=selection).fixed(unsafe=unsafe)


def format(text: str | Path | Script) -> str:
    """Return a script in its canonical form; its meaning stays."""
    from promptlang.syntax.printer import format as print_script

    return print_script(text if isinstance(text, Script) else parse(text))


def targets() -> list[Target]:
    """Return the data of every target."""
    from promptlang.providers.registry import targets as all_targets

    return all_targets()


def _several(target: str | list[str] | tuple[str, ...] | None) -> list[str] | None:
    if target is None:
        return None
    return [find_target(name).id for name in ([target] if isinstance(target, str) else target)]


def _selection(
    select: Iterable[str] | None, extend: Iterable[str], ignore: Iterable[str]
) -> Selection | None:
    from promptlang.lint.select import Choice, Selection

    choice = Choice("the call", select=select, extend=extend, ignore=ignore)
    if not choice:
        return None
    from promptlang.problems import catalogue

    return Selection(catalogue(), asked=choice)


def _document(
    text: str | Path | Script,
    asked: list[str] | None,
    *,
    values: Mapping[str, str] | None = None,
    assets: Assets | None = None,
    strict: bool = False,
    selection: Selection | None = None,
) -> Document:
    script = text if isinstance(text, Script) else parse(text)
    path = script.source.path
    return Document(
        script,
        values=values,
        assets=assets,
        folder=None if path.startswith("<") else Path(path).parent,
        asked=asked or (),
        strict=strict,
        selection=selection,
    )
