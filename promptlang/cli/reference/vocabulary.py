"""The pages of the vocabulary, one a category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.cli.reference.layout import cell, code, codes, page, table
from promptlang.pages import sources
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from promptlang.vocabulary.terms import Term

_HEAD = ("term", "typed also", "meaning", "source")
_ABOUT = """\
The first column is what goes into a prompt. Case, hyphens, accents, plural, *-ing*, British and
American spelling make no difference. Abbreviations are read only where nothing but camera terms can
stand. What is not known is kept as it was typed, with a warning."""


def pages() -> dict[str, str]:
    """Return an overview and a page for every category, by path."""
    known = vocabulary()
    groups: dict[str, list[Term]] = {}
    for term in known.terms.values():
        groups.setdefault(term.category, []).append(term)
    rows = [
        (f"[{name}]({name}.md)", str(len(terms)), codes(term.phrase for term in terms[:4]))
        for name, terms in sorted(groups.items())
    ]
    keys = [(code(key), cell(title)) for key, title in sorted(sources().items())]
    found = {
        "vocabulary/index.md": page(
            "Vocabulary",
            _ABOUT,
            table(("category", "terms", "such as"), rows),
            "## Sources",
            table(("key", "what it is, and when it was read"), keys),
        )
    }
    for name, terms in groups.items():
        body = table(_HEAD, (_row(term) for term in terms))
        found[f"vocabulary/{name}.md"] = page(
            f"Vocabulary: {name}",
            body,
            "The keys of sources are on the [overview](index.md#sources).",
        )
    return found


def _row(term: Term) -> tuple[str, ...]:
    typed = [codes((*term.abbreviations, *term.also))] if term.abbreviations or term.also else []
    typed += [
        f"{language}: {codes(spellings)}" for language, spellings in sorted(term.localised.items())
    ]
    said = [cell(term.meaning)] if term.meaning else []
    said += ["says no direction, add one"] if term.undirected else []
    said += [cell(term.note)] if term.note else []
    return code(term.phrase), "; ".join(typed) or "–", "; ".join(said) or "–", term.source or "–"
