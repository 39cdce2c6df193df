"""Explain a problem, a target, a camera term, a transition, a field, a kind or a heading.

A problem is found by its name or its code, a term by any of its spellings. Without an argument
everything that can be explained is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.cli import OK, UsageError
from promptlang.pages import (
    HEADINGS,
    KIND_MEANINGS,
    field_page,
    problem_page,
    term_page,
    wrapped,
    written_page,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from promptlang.vocabulary.terms import Term


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", nargs="*", metavar="X", help="such as PL201, kling/o1, MCU, keep")


def run(args: Namespace) -> int:
    """Explain, or list what can be explained."""
    print(explain(" ".join(args.what)) if args.what else overview())
    return OK


def overview() -> str:
    """Return the names of everything that can be explained, by what they are of."""
    from promptlang.problems import all_problems
    from promptlang.providers.registry import target_ids
    from promptlang.syntax.keys import KEYS
    from promptlang.vocabulary.load import vocabulary

    groups: dict[str, list[str]] = {
        "targets": target_ids(),
        "headings": ["shot", "edit", "angle", "coverage", "scene"],
        "fields": list(KEYS),
        "kinds": list(KIND_MEANINGS),
    }
    for problem in all_problems():
        groups.setdefault(f"problems: {problem.family}", []).append(problem.name)
    for term in vocabulary().terms.values():
        groups.setdefault(f"terms: {term.category}", []).append(term.phrase)
    return "\n\n".join(
        f"{title}\n{wrapped('', ', '.join(names))}" for title, names in groups.items()
    )


def explain(what: str) -> str:
    """Return the page of a problem, target, term or field.

    Raises:
        UsageError: Nothing is called that; the message suggests what is near.
    """
    from promptlang.problems import all_problems
    from promptlang.providers.registry import target

    word = what.strip()
    names = {word.lower(), word.upper()}
    pages = [problem_page(p) for p in all_problems() if names & {p.name, p.code}]
    found = target(word.lower())
    if found is not None:
        from promptlang.cli.targets import page

        pages.append(page(found))
    pages += _words(word)
    if not pages:
        raise UsageError(f'nothing is called "{what}"; {_near(word)}')
    return "\n\n".join(pages)


def _words(word: str) -> list[str]:
    pages = []
    key = word.removesuffix(":").lower()
    pages += [page.text() for page in (field_page(key), written_page(key)) if page is not None]
    return pages + [term_page(term).text() for term in _terms(word)]


def _terms(word: str) -> list[Term]:
    """Return what a word names in each place it may stand: a whip pan moves, and parts shots."""
    from promptlang.vocabulary.load import vocabulary
    from promptlang.vocabulary.words import key_of

    known = vocabulary()
    key = key_of(word.removeprefix(">").rstrip(".: "))
    ids = [scope.get(key) for scope in known.scopes.values()]
    found = [known.lookup(word, short=True), known.terms.get(word.lower())]
    found += [known.terms[id] for id in ids if id is not None]
    return list({term.id: term for term in found if term is not None}.values())


def _near(word: str) -> str:
    from difflib import get_close_matches

    from promptlang.diagnostics import did_you_mean
    from promptlang.problems import all_problems
    from promptlang.providers.registry import target_ids
    from promptlang.syntax.keys import ALIASES, KEYS, KIND_ALIASES
    from promptlang.vocabulary.load import vocabulary

    names = [name for p in all_problems() for name in (p.name, p.code)] + target_ids()
    names += [*KEYS, *ALIASES, *HEADINGS, *KIND_MEANINGS, *KIND_ALIASES]
    for term in vocabulary().terms.values():
        names += [term.phrase, *term.also, *term.abbreviations]
        names += [spelling for some in term.localised.values() for spelling in some]
    spelt = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), list(spelt), 3, 0.6)
    hint = did_you_mean(spelt[name] for name in close)
    return hint or "promptlang explain lists what there is"
