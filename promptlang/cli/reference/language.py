"""The pages of the language: its fields and kinds, and the grammar with every decision."""

from __future__ import annotations

import re

from promptlang import resources
from promptlang.cli.reference.layout import cell, code, fenced, page, table
from promptlang.pages import HEADINGS, KIND_MEANINGS, places, several
from promptlang.syntax.keys import ALIASES, KEYS, KIND_ALIASES

_HEADINGS = ("shot", "edit", "angle", "coverage", "scene")


def pages() -> dict[str, str]:
    """Return the pages of the language, by path."""
    grammar = resources.read("grammar", "README.md")
    files = re.findall(r"\]\(([\w.]+\.lark)\)", grammar)
    found = {
        "language/index.md": page(
            "The language",
            "- [Lines, decisions and the canonical form](grammar.md)",
            "## Headings",
            *(fenced("text", HEADINGS[name]) for name in _HEADINGS),
            "## Fields",
            table(("field", "meaning", "stands in", "reaches down", "several"), _fields()),
            "What people write by habit is understood as a mistake with a suggestion:",
            table(("written", "meant"), [(code(a), code(k)) for a, k in sorted(ALIASES.items())]),
            "## Kinds",
            table(("kind", "is"), [(code(k), cell(said)) for k, said in KIND_MEANINGS.items()]),
            "What people write by habit is understood as a mistake here too:",
            table(
                ("written", "meant"), [(code(a), code(k)) for a, k in sorted(KIND_ALIASES.items())]
            ),
        )
    }
    for name in files:
        text = resources.read("grammar", name)
        found[f"language/{name}.md"] = page(name, fenced("lark", text))
        grammar = grammar.replace(f"]({name})", f"]({name}.md)")
    found["language/grammar.md"] = grammar
    return found


def _fields() -> list[tuple[str, ...]]:
    return [
        (
            code(key.name),
            cell(key.meaning),
            places(key),
            "yes" if key.cascades else "–",
            several(key),
        )
        for key in KEYS.values()
    ]
