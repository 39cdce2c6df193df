"""What a word of the language means, told the same way on a terminal and in an editor."""

from __future__ import annotations

import re
from functools import cache
from textwrap import fill
from typing import TYPE_CHECKING

from promptlang import resources
from promptlang.syntax.keys import ALIASES, KEYS, KIND_ALIASES

if TYPE_CHECKING:
    from promptlang.diagnostics import Problem
    from promptlang.syntax.keys import Key
    from promptlang.vocabulary.terms import Term

_WIDTH = 96
_COLUMN = 12

_MARKUP = re.compile(r"[\\`*_\[\]<>{}#|~]")
"""What means something in Markdown wherever it stands."""

_SHOT = "SHOT 1 (4s) AS @name: wide shot, slow push in"
_EDIT = "EDIT @source AS @name, and a line such as change the background to …"
_ANGLE = "ANGLE ON @source (5s): reverse angle, medium shot"
_COVERAGE = "COVERAGE OF @picture, or COVERAGE (5s) and prose"
_SCENE = "INT. PLACE - TIME, EXT. PLACE - TIME, or SCENE: place - time"

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
FILES = {
    "style": '"look.png": what it looks like',
    "image": '"picture.png": what it shows',
    "video": '"clip.mp4" 0:00-0:10: what it shows',
    "audio": '"sound.wav": what is heard',
    "voice": '"voice.wav": how it sounds',
}
"""What stands behind each kind that is no element."""


class Page:
    """What is told of one thing.

    Attributes:
        head: Its name and what it is.
        lines: What to know about it, a sentence each.
        rows: More of it, each behind a label.
    """

    __slots__ = ("head", "lines", "rows")

    def __init__(self, head: str) -> None:
        self.head = head
        self.lines: list[str] = []
        self.rows: list[tuple[str, str]] = []

    def text(self) -> str:
        """Return the page for a terminal."""
        return "\n".join([self.head, *self.lines, *(wrapped(*row) for row in self.rows)])

    def markdown(self) -> str:
        """Return the page for an editor."""
        name, mark, rest = self.head.partition(":")
        name, rest = (name, f"{mark}{rest}") if mark else (self.head, "")
        rows = [f"- {plain(f'{label}: {text}' if label else text)}" for label, text in self.rows]
        parts = [f"**{plain(name)}**{plain(rest)}", *map(plain, self.lines), "\n".join(rows)]
        return "\n\n".join(part for part in parts if part)


def wrapped(label: str, text: str) -> str:
    """Return a text in lines that fit a terminal, behind a label in a column of its own."""
    column = _COLUMN if label else 2
    return fill(
        text,
        _WIDTH,
        initial_indent=f"{label:<{column}}",
        subsequent_indent=" " * column,
        break_long_words=False,
        break_on_hyphens=False,
    )


def plain(text: str) -> str:
    """Return words as Markdown that shows them as they are."""
    return _MARKUP.sub(r"\\\g<0>", text)


def problem_page(problem: Problem) -> str:
    """Return the page of a problem under its names, which is Markdown."""
    head = f"{problem.name} ({problem.code}, {problem.severity}, {problem.family})"
    taste = "\nA matter of taste: reported only where it is selected." * problem.opinionated
    return f"{head}{taste}\n\n{problem.page.strip()}"


def field_page(key: str) -> Page | None:
    """Return what a field or setting means and where it may stand, None where there is none."""
    found = KEYS.get(key) or KEYS.get(ALIASES.get(key, ""))
    if found is None:
        return None
    page = Page(f"{found.name}: {found.meaning}")
    if key not in KEYS:
        page.lines.append(f'"{key}" is no field; {found.name} is')
    page.rows.append(("stands in", places(found)))
    if found.cascades:
        page.rows.append(
            ("reaches", "what is below, unless it says otherwise; none switches it off")
        )
    page.rows.append(("several", several(found)))
    if found.quoted:
        page.rows.append(("value", 'in quotes: "…"'))
    return page


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


def term_page(term: Term) -> Page:
    """Return what a camera term means and how it may be typed."""
    axis = f", {term.axis}" if term.axis not in {"", term.category} else ""
    page = Page(f"{term.phrase} ({term.category}{axis})")
    page.lines += [term.meaning] if term.meaning else []
    typed = (*term.abbreviations, *term.also)
    page.rows += [("typed also", ", ".join(typed))] if typed else []
    for language, spellings in sorted(term.localised.items()):
        page.rows.append((f"in {language}", ", ".join(spellings)))
    if term.undirected:
        page.rows.append(("direction", "says none: add one, such as in, out, left or right"))
    page.rows += [("note", term.note)] if term.note else []
    page.rows += [("source", sources()[key]) for key in term.source.split()]
    return page


@cache
def sources() -> dict[str, str]:
    """Return the title and date behind each key of a source of terms."""
    import tomllib

    known = tomllib.loads(resources.read("grammar", "sources.toml"))
    return {key: f"{row['title']}, {row['date']}" for key, row in known.items()}


def written_page(word: str) -> Page | None:
    """Return what a heading or a kind of thing is, None where a word is neither."""
    if word in HEADINGS:
        said, _, written = HEADINGS[word].partition("\n")
        page = Page(said)
        page.rows.append(("written as", written))
        return page
    kind = word if word in KIND_MEANINGS else KIND_ALIASES.get(word)
    if kind is None:
        return None
    page = Page(f"{kind}: {KIND_MEANINGS[kind]}")
    page.lines += [f'"{word}" is no kind; {kind} is'] if word != kind else []
    page.rows.append(("written as", f"@Name = {kind} {FILES.get(kind, PICTURES)}"))
    return page
