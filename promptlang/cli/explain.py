"""Explain a problem, a target, a camera term, a field, a kind of thing or a heading.

A problem is found by its name or its code, a term by any of its spellings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang import resources
from promptlang.cli import OK, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from promptlang.diagnostics import Problem
    from promptlang.syntax.keys import Key
    from promptlang.vocabulary.terms import Term


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
    pages += [page for page in (field_page(key), written_page(key)) if page is not None]
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
    order = ("header", "scene", "shot", "edit", "angle", "coverage")
    where = ", ".join(place for place in order if place in found.where)
    lines = [f"{found.name}: {found.meaning}", f"stands in   {where}"]
    if found.cascades:
        lines.append("reaches     what is below, unless it says otherwise; none switches it off")
    lines.append(f"several     {_several(found)}")
    if found.quoted:
        lines.append('value       in quotes: "…"')
    return "\n".join(lines)


def _several(key: Key) -> str:
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
    for place, source in enumerate(_sources(term.source)):
        lines.append(f"{'' if place else 'source':<12}{source}")
    return "\n".join(lines)


def _sources(keys: str) -> list[str]:
    """Return the title and date behind each key of a term's source."""
    import tomllib

    known = tomllib.loads(resources.read("grammar", "sources.toml"))
    return [f"{known[key]['title']}, {known[key]['date']}" for key in keys.split()]


def written_page(word: str) -> str | None:
    """Return what a heading or a kind of thing is, None where a word is neither."""
    if word in HEADINGS:
        return HEADINGS[word]
    if word not in KIND_MEANINGS:
        return None
    return f"{word}: {KIND_MEANINGS[word]}\nwritten as  @Name = {word} {_FILES.get(word, PICTURES)}"


def _near(word: str) -> str:
    from difflib import get_close_matches

    from promptlang.diagnostics import did_you_mean
    from promptlang.problems import all_problems
    from promptlang.providers.registry import target_ids
    from promptlang.syntax.keys import KEYS
    from promptlang.vocabulary.load import vocabulary

    problems = all_problems()
    names = [name for p in problems for name in (p.name, p.code)] + [*target_ids(), *KEYS]
    names += [*HEADINGS, *KIND_MEANINGS]
    names += [term.phrase for term in vocabulary().terms.values()]
    names += [also for term in vocabulary().terms.values() for also in term.also]
    spelt = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), list(spelt), 3, 0.6)
    hint = did_you_mean(spelt[name] for name in close)
    return hint or "give the name of a problem, target, camera term, field, kind or heading"
