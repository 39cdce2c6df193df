"""Explain a problem, a target, a camera term, a transition, a field, a kind or a heading.

A problem is found by its name or its code, a term by any of its spellings. Without an argument
everything that can be explained is listed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from promptlang import resources
from promptlang.cli import OK, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from promptlang.diagnostics import Problem
    from promptlang.syntax.keys import Key
    from promptlang.vocabulary.terms import Term


_WIDTH = 96

_SHOT = "written as  SHOT 1 (4s) AS @name: wide shot, slow push in"
_EDIT = "written as  EDIT @source AS @name, and a line such as change the background to …"
_ANGLE = "written as  ANGLE ON @source (5s): reverse angle, medium shot"
_COVERAGE = "written as  COVERAGE OF @picture, or COVERAGE (5s) and prose"
_SCENE = "written as  INT. PLACE - TIME, EXT. PLACE - TIME, or SCENE: place - time"

HEADINGS = {
    "shot": f"SHOT: one shot of a film, with a length and camera terms\n{_SHOT}",
    "edit": f"EDIT: one change of a video; everything else is kept\n{_EDIT}",
    "angle": f"ANGLE ON: the same moment of a video from another camera\n{_ANGLE}",
    "coverage": f"COVERAGE: shots the model chooses, of a picture or from prose\n{_COVERAGE}",
    "scene": f"scene heading: where and when; it holds for the shots below\n{_SCENE}",
}
"""What each heading begins."""
HEADINGS |= {"angle on": HEADINGS["angle"], "coverage of": HEADINGS["coverage"]}
HEADINGS |= dict.fromkeys(("int", "int.", "ext", "ext.", "i/e", "est."), HEADINGS["scene"])

KIND_MEANINGS = {
    "character": "a person; the first picture is the frontal one, others are other angles",
    "creature": "an animal or a being, seen from one or more sides",
    "wardrobe": "clothing that somebody wears",
    "prop": "a thing that is used",
    "vehicle": "what somebody drives or rides",
    "place": "a set or a location",
    "product": "what a film is to sell; its shape and label are kept",
    "element": "anything else that has to look the same in every shot",
    "style": "a picture whose look is taken over, not what it shows",
    "image": "a picture: a first or last frame, or a reference",
    "video": "footage: the source of an EDIT or ANGLE ON, or a movement to follow",
    "audio": "a sound",
    "voice": "how somebody sounds; it may speak as a voice-over",
}
"""What each kind of thing is."""

PICTURES = '"front.png" "side.png": what it looks like'
_FILES = {
    "style": '"look.png": what it looks like',
    "image": '"picture.png": what it shows',
    "video": '"clip.mp4" 0:00-0:10: what it shows',
    "audio": '"sound.wav": what is heard',
    "voice": '"voice.wav": how it sounds',
}


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
        f"{title}\n{_wrapped('', ', '.join(names))}" for title, names in groups.items()
    )


def _wrapped(label: str, text: str) -> str:
    """Return a text in lines that fit a terminal, behind a label in a column of its own."""
    from textwrap import fill

    column = 12 if label else 2
    return fill(
        text,
        _WIDTH,
        initial_indent=f"{label:<{column}}",
        subsequent_indent=" " * column,
        break_long_words=False,
        break_on_hyphens=False,
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


def problem_page(problem: Problem) -> str:
    """Return the page of a problem under its names."""
    head = f"{problem.name} ({problem.code}, {problem.severity}, {problem.family})"
    taste = "\nA matter of taste: reported only where it is selected." * problem.opinionated
    return f"{head}{taste}\n\n{problem.page.strip()}"


def _words(word: str) -> list[str]:
    pages = []
    key = word.removesuffix(":").lower()
    pages += [page for page in (field_page(key), written_page(key)) if page is not None]
    return pages + [term_page(term) for term in _terms(word)]


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


def field_page(key: str) -> str | None:
    """Return what a field or setting means and where it may stand, None where there is none."""
    from promptlang.syntax.keys import ALIASES, KEYS

    found = KEYS.get(key) or KEYS.get(ALIASES.get(key, ""))
    if found is None:
        return None
    lines = [f"{found.name}: {found.meaning}"]
    if key not in KEYS:
        lines.append(f'"{key}" is no field; {found.name} is')
    lines.append(f"stands in   {places(found)}")
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
    axis = f", {term.axis}" if term.axis not in {"", term.category} else ""
    lines = [f"{term.phrase} ({term.category}{axis})"]
    lines += [term.meaning] if term.meaning else []
    typed = (*term.abbreviations, *term.also)
    lines += [_wrapped("typed also", ", ".join(typed))] if typed else []
    for language, spellings in sorted(term.localised.items()):
        lines.append(_wrapped(f"in {language}", ", ".join(spellings)))
    if term.undirected:
        lines.append("says no direction: add one, such as in, out, left or right")
    lines += [_wrapped("note", term.note)] if term.note else []
    for place, key in enumerate(term.source.split()):
        lines.append(f"{'' if place else 'source':<12}{sources()[key]}")
    return "\n".join(lines)


@cache
def sources() -> dict[str, str]:
    """Return the title and date behind each key of a source of terms."""
    import tomllib

    known = tomllib.loads(resources.read("grammar", "sources.toml"))
    return {key: f"{row['title']}, {row['date']}" for key, row in known.items()}


def written_page(word: str) -> str | None:
    """Return what a heading or a kind of thing is, None where a word is neither."""
    if word in HEADINGS:
        return HEADINGS[word]
    from promptlang.syntax.keys import KIND_ALIASES

    kind = word if word in KIND_MEANINGS else KIND_ALIASES.get(word)
    if kind is None:
        return None
    said = f"{kind}: {KIND_MEANINGS[kind]}"
    said += f'\n"{word}" is no kind; {kind} is' if word != kind else ""
    return f"{said}\nwritten as  @Name = {kind} {_FILES.get(kind, PICTURES)}"


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
