"""The pages of the commands, made from the parsers of their arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.cli import COMMANDS, parser
from promptlang.cli.reference.layout import cell, code, fenced, page, table
from promptlang.cli.report import FORMATS, says

if TYPE_CHECKING:
    from argparse import Action

_EXITS = [
    ("0", "no errors; warnings, hints and losses alone do not fail"),
    ("1", "the script has errors, or `--check` or `--diff` would change something"),
    ("2", "wrong use: an unknown option or target, a missing file"),
    ("3", "a fault of promptlang's own"),
    ("130", "interrupted"),
]


def pages() -> dict[str, str]:
    """Return an overview and a page for every command, by path."""
    rows = [(f"[{code(name)}]({name}.md)", does) for name, does in COMMANDS.items()]
    found = {
        "commands/index.md": page(
            "Commands",
            table(("command", "does"), rows),
            "`-` reads standard input. Results go to standard output, everything else to standard "
            "error.",
            "## Exit codes",
            table(("code", "means"), _EXITS),
        )
    }
    for name in COMMANDS:
        found[f"commands/{name}.md"] = _page(name)
    return found


def overview() -> str:
    """Return a table of all commands with their options."""
    rows = []
    for name, does in COMMANDS.items():
        options = [code(_spelt(a)) for a in _actions(name) if a.option_strings]
        more = f". {', '.join(options)}" if options else ""
        rows.append((code(_usage(name)), does + more))
    return table(("command", "does"), rows)


def formats() -> str:
    """Return a table of the formats `check` reports in."""
    return table(("format", "is"), [(code(name), cell(says(name))) for name in FORMATS])


def _page(name: str) -> str:
    actions = _actions(name)
    about = [cell(part) for part in (parser(name).description or "").split("\n\n")]
    usage = _usage(name) + " [options]" * any(a.option_strings for a in actions)
    rows = [(code(_spelt(action)), cell(action.help or "")) for action in actions]
    sections = [*about, fenced("text", usage), table(("argument", "means"), rows)]
    if name == "check":
        sections += ["## Formats", formats()]
    return page(f"promptlang {name}", *sections)


def _actions(name: str) -> list[Action]:
    # There is no public way to ask a parser for its arguments.
    return [action for action in parser(name)._actions if action.dest != "help"]


def _usage(name: str) -> str:
    words = [f"promptlang {name}"]
    words += [_spelt(action) for action in _actions(name) if not action.option_strings]
    return " ".join(words)


def _spelt(action: Action) -> str:
    """Return an argument as it is typed: ``--target T``, ``PATH…``, ``[DIR]``."""
    value = str(action.metavar or action.dest.upper())
    if action.choices is not None:
        value = "|".join(action.choices)
    if action.option_strings:
        name = ", ".join(action.option_strings)
        return name if action.nargs == 0 else f"{name} {value}"
    marked = f"{value}…" if action.nargs in {"+", "*"} else value
    return f"[{marked}]" if action.nargs in {"?", "*"} else marked
