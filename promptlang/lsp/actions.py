"""What an editor can do about a place: mend it, suppress it, change how it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from promptlang.lint.add_ignore import can_be_silenced, silencing
from promptlang.lint.fix import line_end
from promptlang.lsp.diagnostics import spelt
from promptlang.lsp.formatting import edits as edits_to
from promptlang.lsp.kinds import EXTRACT, FIX_ALL, QUICK, REWRITE
from promptlang.lsp.view import uri_of
from promptlang.model.symbols import free_names
from promptlang.problems import catalogue
from promptlang.syntax import ast
from promptlang.syntax.declarations import check_name
from promptlang.syntax.mistakes import Misfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic, Edit
    from promptlang.lsp.view import View
    from promptlang.syntax.ast import Block

Action = dict[str, Any]

_SHORTEST = 8
"""The fewest characters a stretch has that is worth a parameter."""
_KINDS_OF_NAMES = {"edit": ("video",), "angle": ("video",), "coverage": ("image",)}
_WORD = re.compile(r"[^\W\d_]+")


def code_actions(view: View, params: dict[str, Any]) -> list[Action]:
    """Return what can be done about a stretch of a script."""
    start, end = view.lines.stretch(params["range"])
    only = (params.get("context") or {}).get("only")
    found: list[Action] = []
    if _wanted(QUICK, only):
        for diagnostic in _touching(view, start, end):
            found += _mends(view, diagnostic)
    if _wanted(EXTRACT, only):
        found += _extraction(view, start, end)
    if _wanted(REWRITE, only):
        found += _own_generation(view, start)
    if _wanted(FIX_ALL, only):
        found += _all_fixes(view)
    return found


def resolve(view: View, action: Action) -> Action:
    """Return an action with its edit."""
    if action.get("kind") == FIX_ALL:
        text = view.document.fixed().text
        return {**action, "edit": _edit(view, list(edits_to(view.lines, text)))}
    return action


def _wanted(kind: str, only: list[str] | None) -> bool:
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") for asked in only)


def _touching(view: View, start: int, end: int) -> list[Diagnostic]:
    here = view.script.source
    return [
        d
        for d in view.document.diagnostics
        if d.span.source is here and d.span.start <= end and start <= d.span.end
    ]


def _mends(view: View, diagnostic: Diagnostic) -> Iterator[Action]:
    about = spelt(view, [diagnostic])
    safe = [fix.safe for fix in diagnostic.fixes]
    for fix in diagnostic.fixes:
        yield {
            "title": fix.message,
            "kind": QUICK,
            "diagnostics": about,
            "isPreferred": fix.safe and safe.count(True) == 1,
            "edit": _edits(view, fix.edits),
        }
    if diagnostic.name == "unknown-name":
        yield from _declarations(view, diagnostic, about)
    if can_be_silenced(diagnostic):
        span = diagnostic.span
        comment = silencing(view.script, catalogue(), diagnostic.name, span.line)
        if comment is not None:
            yield {
                "title": f"suppress {diagnostic.name} here",
                "kind": QUICK,
                "diagnostics": about,
                "edit": _edits(view, [comment]),
            }


def _declarations(
    view: View, diagnostic: Diagnostic, about: list[dict[str, Any]]
) -> Iterator[Action]:
    """Yield declarations of a name that has none, of each kind that fits its place."""
    name = f"@{diagnostic.span.text[1:]}"
    try:
        check_name(name[1:], 0)
    except Misfit:
        return  # the first part of a run of letters
    block = view.script.blocks[view.block_at(diagnostic.span.start)]
    heading = view.line_at(diagnostic.span.start)[1] is block.lines[0]
    kinds = _KINDS_OF_NAMES.get(block.kind, ()) if heading else ()
    at = _end_of_declarations(view)
    for kind in kinds or ("character", "prop", "place"):
        yield {
            "title": f"declare {name} as {kind}",
            "kind": QUICK,
            "diagnostics": about,
            "edit": _edit(view, [_inserted(view, at, f"{name} = {kind}")]),
        }


def _end_of_declarations(view: View) -> int:
    """Return where a declaration can be added: behind the last one, else behind the header."""
    header = view.script.blocks[0]
    lines = header.lines if header.kind == "header" else ()
    declared = [line for line in lines if line.kind in {"declaration", "parameter"}]
    if not declared:
        return view.script.end_of_header
    return declared[-1].at + len(declared[-1].text)


def _extraction(view: View, start: int, end: int) -> list[Action]:
    """Return the action that makes a repeated stretch a parameter, if it is one."""
    words = view.text[start:end].strip()
    if len(words) < _SHORTEST or "\n" in words or "\r" in words or set(words) & set('{}"@'):
        return []
    places = list(_occurrences(view, words))
    if len(places) < 2 or not any(at <= start + len(words) and start <= to for at, to in places):
        return []
    name = _free_parameter(view, words)
    edits = [{"range": view.lines.range(at, to), "newText": f"{{{name}}}"} for at, to in places]
    declared = _inserted(view, _end_of_declarations(view), f'{{{name}}} = "{words}"')
    return [
        {
            "title": f"make {{{name}}} of this, {len(places)} times",
            "kind": EXTRACT,
            "edit": _edit(view, [declared, *edits]),
        }
    ]


def _occurrences(view: View, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in texts that take parameters."""
    for part, span in view.script.walk():
        if isinstance(part, ast.Text):
            at = part.raw.find(words)
            while at >= 0:
                yield span.start + at, span.start + at + len(words)
                at = part.raw.find(words, at + len(words))


def _free_parameter(view: View, words: str) -> str:
    known = {name.casefold() for name in view.document.storyboard.declared}
    first = "_".join(_WORD.findall(words.casefold())[:2]) or "words"
    name, number = first, 2
    while name in known:
        name, number = f"{first}_{number}", number + 1
    return name


def _own_generation(view: View, offset: int) -> list[Action]:
    """Return the action that keeps a shot apart from its neighbours: a scene of its own."""
    script = view.script
    place = view.block_at(offset)
    if script.blocks[place].kind != "shot":
        return []
    scene = next((p for p in range(place, -1, -1) if script.blocks[p].kind == "scene"), None)
    if scene is None or not _shares(view, place):
        return []
    heading = script.blocks[scene].lines[0]
    if not isinstance(heading, ast.SceneHeading) or heading.output is not None:
        return []
    again = _scene_text(view, script.blocks[scene])
    first, rest = again.split("\n", 1)
    taken = next(free_names(view.document.storyboard.entities, "take"))
    name = f"{first.rstrip()} AS @{taken}\n{rest}"
    edits = [_inserted(view, script.starts[place], name.rstrip("\n") + "\n")]
    behind = place + 1
    if behind < len(script.blocks) and script.blocks[behind].kind == "shot":
        edits.append(_inserted(view, script.starts[behind], again.rstrip("\n") + "\n"))
    title = "make this shot a generation of its own"
    return [{"title": title, "kind": REWRITE, "edit": _edit(view, edits)}]


def _shares(view: View, place: int) -> bool:
    """Whether a shot is in a generation with others."""
    document, script = view.document, view.script
    start = script.starts[place]
    end = start + script.blocks[place].size
    return any(
        len(generation.units) > 1
        for target in document.targets
        for generation in document.sound_plan(target).generations
        for unit in generation.units
        if unit.span.source is script.source and start <= unit.span.start < end
    )


def _scene_text(view: View, block: Block) -> str:
    """Return the heading of a scene with the lines that reach its shots."""
    said = [
        line.text.strip()
        for line in block.lines
        if line.kind not in {"blank", "comment", "transition"}
    ]
    return "\n".join([*said, ""])


def _all_fixes(view: View) -> list[Action]:
    """Return the action that applies every safe fix; what it comes to is worked out when asked."""
    safe = any(fix.safe for d in view.document.diagnostics for fix in d.fixes)
    title = "apply all safe fixes"
    return [{"title": title, "kind": FIX_ALL, "data": {"uri": view.uri}}] if safe else []


def _inserted(view: View, at: int, line: str) -> dict[str, Any]:
    """Return the edit that puts a line in at an offset."""
    end = line_end(view.text)
    before = "" if at == 0 or view.text[at - 1 : at] in {"\n", "\r"} else end
    return {
        "range": view.lines.range(at, at),
        "newText": before + line.replace("\n", end) + end,
    }


def _edits(view: View, edits: Iterable[Edit]) -> dict[str, Any]:
    """Return the edits of a fix, file by file."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        source = edit.span.source
        uri = view.uri if source is view.script.source else uri_of(source.path)
        new = edit.text.replace("\r\n", "\n").replace("\n", line_end(source.text))
        changes.setdefault(uri, []).append({"range": view.range(edit.span), "newText": new})
    return {"changes": changes}


def _edit(view: View, edits: list[dict[str, Any]]) -> dict[str, Any]:
    return {"changes": {view.uri: edits}}
