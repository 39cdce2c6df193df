"""Explain a problem, a target, a camera term or a field.

A problem is found by its name or its code, a term by any of its spellings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.cli import OK, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from promptlang.diagnostics import Problem
    from promptlang.syntax.keys import Key
    from promptlang.vocabulary.terms import Term


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", nargs="+", metavar="X", help="such as PL201, kling/o1, MCU, keep")


def run(args: Namespace) -> int:
    """Explain."""
    print(explain(" ".join(args.what)))
    return OK


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


def problem_page(problem: Problem) -> str:
    """Return the page of a problem under its names."""
    head = f"{problem.name} ({problem.code}, {problem.severity})"
    return f"{head}\n\n{problem.page.strip()}"


def _words(word: str) -> list[str]:
    from promptlang.vocabulary.load import vocabulary

    pages = []
    key = word.removesuffix(":").lower()
    page = field_page(key)
    if page is not None:
        pages.append(page)
    known = vocabulary()
    term = known.lookup(word, short=True) or known.terms.get(word.lower())
    if term is not None:
        pages.append(term_page(term))
    return pages


def field_page(key: str) -> str | None:
    """Return what a field or setting means and where it may stand, None where there is none."""
    from promptlang.syntax.keys import ALIASES, KEYS

    found = KEYS.get(key) or KEYS.get(ALIASES.get(key, ""))
    if found is None:
        return None
    lines = [f"{found.name}: {found.meaning}", f"stands in   {places(found)}"]
    if found.cascades:
        lines.append("reaches     what is below, unless it says otherwise; none switches it off")
    lines.append(f"several     {several(found)}")
    if found.quoted:
        lines.append('value       in quotes: "…"')
    return "\n".join(lines)


def places(key: Key) -> str:
    """Return the kinds of block a key may stand in."""
    order = ("header", "scene", "shot", "edit", "angle", "coverage")
    return ", ".join(place for place in order if place in key.where)


def several(key: Key) -> str:
    """Return what several lines of a key mean."""
    if key.text:
        more = "; + before the key adds to what is inherited" if key.cascades else ""
        return f"lines of one level add up{more}"
    return "may repeat" if key.repeats else "once a level"


def term_page(term: Term) -> str:
    """Return what a camera term means and how it may be typed."""
    lines = [f"{term.phrase} ({term.category}{f', {term.axis}' if term.axis else ''})"]
    lines += [term.meaning] if term.meaning else []
    lines += [f"typed also  {', '.join((*term.abbreviations, *term.also))}"] * bool(
        term.abbreviations or term.also
    )
    for language, spellings in sorted(term.localised.items()):
        lines.append(f"in {language:<8} {', '.join(spellings)}")
    if term.undirected:
        lines.append("says no direction: add one, such as in, out, left or right")
    lines += [f"note        {term.note}"] if term.note else []
    lines += [f"source      {_sources(term)}"] if term.source else []
    return "\n".join(lines)


def _sources(term: Term) -> str:
    from promptlang.vocabulary.load import vocabulary

    known = vocabulary().sources
    return "; ".join(known[key] for key in term.source.split())


def _near(word: str) -> str:
    from difflib import get_close_matches

    from promptlang.diagnostics import did_you_mean
    from promptlang.problems import all_problems
    from promptlang.providers.registry import target_ids
    from promptlang.syntax.keys import KEYS
    from promptlang.vocabulary.load import vocabulary

    problems = all_problems()
    names = [name for p in problems for name in (p.name, p.code)] + [*target_ids(), *KEYS]
    names += [term.phrase for term in vocabulary().terms.values()]
    names += [also for term in vocabulary().terms.values() for also in term.also]
    spelt = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), list(spelt), 3, 0.6)
    hint = did_you_mean(spelt[name] for name in close)
    return hint or "give the name of a problem, target, camera term or field"
