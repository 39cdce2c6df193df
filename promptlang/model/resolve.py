"""From the syntax tree to the storyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import ordered
from promptlang.model.declarations import bind_assets
from promptlang.model.declared import declared
from promptlang.model.director import Director
from promptlang.model.files import check_files
from promptlang.model.outputs import too_early

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from promptlang.model.storyboard import Storyboard
    from promptlang.syntax.ast import Script


def resolve(
    script: Script,
    *,
    values: Mapping[str, str] | None = None,
    assets: Mapping[str, Sequence[str]] | None = None,
    folder: Path | None = None,
    project: Path | None = None,
) -> Storyboard:
    """Return what a script means, before any provider is chosen.

    Nothing a script contains makes it raise: what is wrong is in ``diagnostics``.

    Args:
        script: The syntax tree.
        values: Parameter values by name; they go before the defaults.
        assets: Files by declared name; they replace those of the declaration.
        folder: Where relative paths of the script start; None for the folder its file is in.
        project: The folder included files must be in; None for ``folder``.
    """
    known = declared(script, values=values, folder=folder, project=project)
    ledger, files = known.ledger, known.files
    storyboard = Director(ledger).film(files)
    bind_assets(assets or {}, ledger, script.source)
    storyboard.entities = ledger.symbols.entities
    storyboard.parameters = ledger.parameters.values()
    storyboard.declared = ledger.parameters.names()
    storyboard.included = [f.script for f in files if f.parent is not None]
    storyboard.restated = ledger.restated
    storyboard.lost = [*ledger.symbols.lost, *ledger.parameters.lost]
    for file in files:
        if file.parent is not None:
            ledger.found += file.script.diagnostics
    if ledger.symbols.uses_outputs:
        ledger.found += too_early(storyboard)
    ledger.found += ledger.symbols.complaints()
    ledger.found += check_files(ledger.symbols)
    ledger.found += ledger.parameters.complaints(script.source)
    storyboard.diagnostics = ordered(ledger.found)
    return storyboard
