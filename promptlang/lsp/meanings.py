"""What is told of a thing in an editor, as Markdown: pages, and what a script adds to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.model.names import fold
from promptlang.pages import field_page, plain, problem_page, term_page, written_page
from promptlang.providers.registry import target as target_of
from promptlang.providers.told import bounds, price_row, retired, tasks
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from promptlang.lsp.view import View
    from promptlang.model.entities import Asset, Entity
    from promptlang.providers.target import Limit, Target

_LIMITS = {
    "aspect": ("aspect",),
    "cfg": ("cfg",),
    "duration": ("shot", "total"),
    "end": ("picture-format", "picture-side", "picture-bytes"),
    "motion": ("video-seconds", "video-format", "video-bytes"),
    "negative": ("negative",),
    "resolution": ("resolution",),
    "start": ("picture-format", "picture-side", "picture-bytes"),
    "using": ("references", "elements", "element-pictures"),
}
"""The limits that bind what a key says."""
_FEATURES = {
    **dict.fromkeys(("aspect", "audio", "cfg", "duration", "end", "motion"), ""),
    **dict.fromkeys(("negative", "resolution", "seed", "start", "takes"), ""),
    "sound": "audio",
    "music": "audio",
}
"""The keys that a target takes as such or not, with the feature they need if it is not theirs."""
BOUND = frozenset({*_LIMITS, *_FEATURES})
"""The keys of which targets say what they take."""
_HEADINGS = {"shot": "SHOT", "edit": "EDIT", "angle": "ANGLE ON", "coverage": "COVERAGE"}
_BRIEF = frozenset({"direction", "note"})
"""What of a term matters while a script is read."""
_PICTURES = frozenset({"png", "jpg", "jpeg", "webp", "gif", "bmp", "avif"})
"""What an editor can show."""
_LONGEST = 64
"""How many letters of a run are tried as a name."""


def limits(target: Target, kind: str, name: str) -> list[Limit]:
    """Return what binds a kind of block (all kinds in the header), each bound once."""
    found = [
        limit
        for task in target.tasks.values()
        if kind not in _HEADINGS or task.block == kind
        for limit in [task.limits.get(name)]
        if limit is not None
    ]
    return list(dict.fromkeys(found))


def takes(target: Target, kind: str, feature: str) -> bool:
    """Whether a target has a use for something in a kind of block (any kind in the header)."""
    return any(
        feature in task.takes
        for task in target.tasks.values()
        if kind not in _HEADINGS or task.block == kind
    )


def in_words(targets: Sequence[Target], kind: str) -> str:
    """Return what becomes of words for some targets: they are sent, or they are lost."""
    said = []
    for target in targets:
        if kind in _HEADINGS and kind not in target.blocks():
            said.append(f"{target.id} makes no {_HEADINGS[kind]}")
        elif not takes(target, kind, "prompt"):
            said.append(f"not sent: {target.id} takes no words")
    return "; ".join(said) or ("put into words" if targets else "")


def term(
    id: str, targets: Sequence[Target] = (), kind: str = "", *, brief: bool = False
) -> str | None:
    """Return what a term means and what becomes of it.

    Args:
        id: The term.
        targets: Whom the script is for.
        kind: The block it stands in.
        brief: Whether to leave out other spellings and where the term is taken from.
    """
    found = vocabulary().terms.get(id)
    if found is None:
        return None
    page = term_page(found)
    if brief:
        page.rows = [row for row in page.rows if row[0] in _BRIEF]
    each = [f"- {target.id}: {plain(in_words([target], kind))}" for target in targets]
    return "\n\n".join([page.markdown(), *(["\n".join(each)] if each else [])])


def key(name: str, targets: Sequence[Target] = (), kind: str = "") -> str | None:
    """Return what a key is for, and what targets make of it."""
    page = field_page(name)
    if page is None:
        return None
    rows = [row for target in targets for row in _bound(target, kind, name)]
    return "\n\n".join([page.markdown(), *(["\n".join(rows)] if rows else [])])


def _bound(target: Target, kind: str, name: str) -> Iterator[str]:
    feature = _FEATURES.get(name)
    if feature is not None and not takes(target, kind, feature or name):
        yield f"- {target.id}: has no use for it"
    for limit_name in _LIMITS.get(name, ()):
        for limit in limits(target, kind, limit_name):
            yield f"- {target.id}: {_limit(limit)}"


def _limit(limit: Limit) -> str:
    """Return what is limited, what is allowed, and who says so and when."""
    note = f": {limit.note}" if limit.note else ""
    weight = "" if limit.binding else "advised, "
    source = f"{weight}{limit.evidence.title}, {limit.evidence.date}"
    return plain(f"{limit.name} {bounds(limit)} ({source}){note}")


def target(id: str) -> str | None:
    """Return what a target can do, with source and date of each limit."""
    found = target_of(id)
    if found is None:
        return None
    page = [f"**{found.id}**: {plain(found.title + retired(found))}", plain(found.summary)]
    page.append(f"makes {', '.join(tasks(found))}")
    page.append("\n".join(f"- {_limit(limit)}" for limit in found.limits.values()))
    page.append("\n".join(f"- {plain(note)}" for note in found.notes))
    prices = [price_row(price) for price in found.prices]
    page.append("\n".join(f"- {plain(' '.join((p, w)).strip())} ({s})" for p, w, s in prices))
    return "\n\n".join(part for part in page if part)


def written(word: str) -> str | None:
    """Return what a heading or a kind is."""
    page = written_page(word)
    return None if page is None else page.markdown()


def problem(name: str) -> str | None:
    """Return the page of a problem."""
    from promptlang.problems import all_problems

    found = next((p for p in all_problems() if name in {p.name, p.code}), None)
    return None if found is None else problem_page(found)


def named(view: View, run: str) -> tuple[Entity | None, int]:
    """Return what a ref points at and how many letters of it do, as a script means it."""
    entities = view.document.storyboard.entities
    ends = (end for end in range(min(len(run) - 1, _LONGEST), 0, -1) if not run[end].isascii())
    for end in (len(run), *ends):
        found = entities.get(fold(run[:end]))
        if found is not None:
            return found, end
    return None, len(run)


def entity(view: View, name: str) -> str | None:
    """Return what a name stands for, with its first picture."""
    found, _ = named(view, name)
    if found is None:
        return None
    page = [f"**@{plain(found.name)}** · {_kind(found)}"]
    if found.description is not None:
        page.append(plain(found.description.plain))
    files = [_file(view, asset) for asset in found.assets]
    if files:
        page.append("\n".join(f"- {file}" for file in files))
    elif found.origin == "declared":
        page.append("no file yet")
    picture = next((p for asset in found.assets[:1] if (p := _picture(view, asset))), None)
    if picture is not None:
        page.append(f"![{plain(found.name)}]({picture})")
    if found.voice is not None:
        voice = found.voice
        page.append(f"voice {plain(voice if isinstance(voice, str) else f'@{voice.name}')}")
    page.append(_declared(view, found))
    return "\n\n".join(page)


def _kind(found: Entity) -> str:
    if found.origin == "output":
        return "output" + " of a COVERAGE" * found.stills
    return found.kind + ", supplied by hand" * (found.origin == "attached")


def _declared(view: View, found: Entity) -> str:
    span = found.span
    verb = {"output": "made", "attached": "first used"}.get(found.origin, "declared")
    here = span.path == view.script.source.path
    return f"{verb} in line {span.line}" + ("" if here else f" of {plain(span.path)}")


def path_of_asset(view: View, asset: Asset) -> Path | None:
    """Return the file behind an asset, None of an address and where no folder is known."""
    folder = asset.folder if asset.folder is not None else view.document.folder
    if asset.form != "file" or "\0" in asset.location:
        return None
    path = Path(folder or "", asset.location.replace("\\", "/"))
    return path if path.is_absolute() else None


def _file(view: View, asset: Asset) -> str:
    path = path_of_asset(view, asset)
    stretch = ""
    if asset.since is not None or asset.until is not None:
        stretch = f", {asset.since or 0:f}–{'end' if asset.until is None else f'{asset.until:f} s'}"
    said = f"`{asset.location.replace('`', chr(39))}`{stretch}"
    return said if path is None or _exists(path) else f"{said} (missing)"


def _picture(view: View, asset: Asset) -> str | None:
    """Return the address of a picture an editor can show."""
    path = path_of_asset(view, asset)
    if asset.extension not in _PICTURES or path is None or not _exists(path):
        return None
    return path.as_uri()


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def parameter(view: View, name: str) -> str | None:
    """Return the value of a parameter."""
    board = view.document.storyboard
    declared = {fold(known): known for known in board.declared}.get(fold(name))
    if declared is None:
        return None
    value = board.parameters.get(declared)
    said = "no value yet: it is required" if value is None else f'"{plain(value)}"'
    return f"**{{{plain(declared)}}}** · parameter\n\n{said}"


def verb(name: str) -> str | None:
    """Return what a verb of an EDIT does."""
    row = vocabulary().edit_verbs.get(name)
    if row is None:
        return None
    said = [f"**{plain(name)}** · edit", plain(row.get("meaning", ""))]
    if row.get("takes"):
        said.append(f"{plain(name)} … *{row['takes']}* …")
    return "\n\n".join(part for part in said if part)
