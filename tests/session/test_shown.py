"""How the objects a program gets show themselves to whoever prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.session import Document
from promptlang.syntax.parser import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = """\
target: fal/kling-o3-pro

@Ada = character "ada.png" voice "calm": a rower
@Clip = video "clip.mp4" 0:00-0:05

INT. BOAT - NIGHT
lighting: low lamp light

> dissolve

SHOT 1 (5s): wide shot, slow push in
  @Ada rows.
  @Ada (low): "Home."
  start: end of @Clip
  cfg: 0.5

EDIT @Clip
  change the sky to a red dusk
"""


def objects(root: object) -> Iterator[object]:
    """Yield everything of ours that can be reached from an object, each once."""
    seen: dict[int, object] = {}
    waiting = [root]
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen[id(item)] = item
        if isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list | tuple | set | frozenset):
            waiting += item
        elif type(item).__module__.startswith("promptlang"):
            yield item
            slots = {name for kind in type(item).__mro__ for name in getattr(kind, "__slots__", ())}
            slots |= set(getattr(item, "__dict__", ()))
            waiting += [getattr(item, name) for name in slots if hasattr(item, name)]


def test_whatever_says_how_it_is_shown_says_it_in_a_line() -> None:
    film = Document(parse(TEXT))
    assert film.diagnostics
    film.generations("fal/kling-o3-pro")
    shown = [repr(item) for item in objects(film) if type(item).__repr__ is not object.__repr__]
    assert len(shown) > 100
    assert all(text and "\n" not in text and " at 0x" not in text for text in shown)
