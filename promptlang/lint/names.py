"""How things are named: what nobody uses, what says nothing, what is taken for another."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, Severity
from promptlang.lint.craft import craft
from promptlang.lint.passages import whole_line
from promptlang.lint.patterns import late
from promptlang.lint.repeats import repeats
from promptlang.lint.rule import Rule
from promptlang.model.entities import ELEMENT_KINDS, Entity
from promptlang.model.names import fold
from promptlang.syntax.ast import Parameter
from promptlang.syntax.chars import MARKS
from promptlang.syntax.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film

_RUN = Pattern(rf"@([\w{MARKS}]+)")
_BRACES = late(r"\{([^{}\r\n]*)\}")
_NUMBERED = late(r"([^\W\d_]+)_*\d*(?:_\d+)*")
_LONGEST = 64
"""How much of what follows an @ and is no name is looked through for one, as names are bound."""

_ATTACHMENT = late(r"(?:video|image|element|audio)\d{1,6}")


def own(film: Film, origin: str) -> list[Entity]:
    """Return what the script itself names; what it includes belongs to others too."""
    source = film.script.source
    entities = film.storyboard.entities.values()
    return [e for e in entities if e.origin == origin and e.span.source is source]


def used(film: Film) -> set[str]:
    """Return the folded names that stand anywhere but where they are declared.

    A comment counts: what it speaks of is put aside, not forgotten.
    """
    # One kind of @ is looked for many times faster than either.
    text = film.script.source.text.replace("＠", "@")
    entities = film.storyboard.entities
    runs: Counter[str] = Counter()
    for run, count in Counter(_RUN.on(text).findall(text)).items():
        runs[fold(run)] += count
    found = set()
    for run, count in runs.items():
        if run in entities:
            # Of what the script names itself, the declaration is one of the places.
            if count > 1:
                found.add(run)
        else:
            # A ref ends where a known name does: "@Image1の".
            found.update(run[:end] for end in range(1, min(len(run), _LONGEST + 1)))
    return found | _used_in_included(film)


def unused(film: Film, origin: str) -> list[Entity]:
    """Return what the script names in some way and never again."""
    names = used(film)
    return [entity for entity in own(film, origin) if fold(entity.name) not in names]


def _used_in_included(film: Film) -> set[str]:
    if not film.storyboard.included:
        return set()
    found = {fold(m.entity.name) for passage in film.passages for m in passage.text.mentions()}
    voices = [e.voice for e in film.storyboard.entities.values()]
    return found | {fold(voice.name) for voice in voices if isinstance(voice, Entity)}


class UnusedDeclaration(Rule):
    """Something is declared and nothing uses it.

    It costs nothing, but a reader looks for it in vain, and often its ref was forgotten in the
    shot that shows it. The fix removes the line.

    **Example**

    ```shot
    @Driver = character: a rally driver with cropped dark hair
    @Gloves = wardrobe: string-back leather gloves
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers the visor.
    ```

    **Use instead**

    ```shot
    @Driver = character: a rally driver with cropped dark hair
    @Gloves = wardrobe: string-back leather gloves
    SHOT 1 (5s): medium shot, static camera
      @Driver pulls on @Gloves and lowers the visor.
    ```
    """

    code = "PL140"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each declaration of the script itself that stands alone."""
        if not film.whole or not film.units:
            return
        for entity in unused(film, "declared"):
            line = whole_line(entity.span)
            yield self.at(
                entity.span,
                f'"@{entity.name}" is declared and nothing uses it',
                hint="use it where it is seen, or remove the line",
                fixes=[Fix("remove the line", [Edit(line, "")], safe=False)],
            )


class UnusedParameter(Rule):
    """A parameter is declared and used nowhere.

    Giving it another value changes nothing, which whoever fills in the script finds out last. The
    fix removes the line.

    **Example**

    ```shot
    {city} = "Lisbon"
    SHOT 1 (5s): wide shot, static camera
      Trams climb a hill.
    ```

    **Use instead**

    ```shot
    {city} = "Lisbon"
    SHOT 1 (5s): wide shot, static camera
      Trams climb a hill in {city}.
    ```
    """

    code = "PL141"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each parameter that stands nowhere; an included file may read it."""
        board = film.storyboard
        if not (film.whole and film.units and board.declared) or board.included:
            return
        text = film.script.source.text
        places = Counter(fold(name.strip()) for name in _BRACES.findall(text))
        for place, block in enumerate(film.script.blocks):
            for line in block.lines:
                if isinstance(line, Parameter) and places[fold(line.name.text)] < 2:
                    span = film.script.span(place, line, line.name)
                    yield self.at(
                        span,
                        f'"{{{line.name.text}}}" is declared and nothing uses it',
                        hint="write it where its value belongs, or remove the line",
                        fixes=[Fix("remove the line", [Edit(whole_line(span), "")], safe=False)],
                    )


class UnusedOutput(Rule):
    """An output has a name that nothing uses.

    The name of an output is for other blocks to work on it. Some like it for the file name alone;
    select this rule if you do not.

    **Example**

    ```shot
    SHOT 1 (5s) AS @opening: wide shot, static camera
      Rain falls on an empty square.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s) AS @opening: wide shot, static camera
      Rain falls on an empty square.

    SHOT 2 (5s): wide shot, slow pull out
      The square fills with umbrellas.
      start: end of @opening
    ```
    """

    code = "PL142"
    opinionated = True

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each output nothing takes."""
        if film.whole:
            for entity in unused(film, "output"):
                yield self.at(
                    entity.span,
                    f'"@{entity.name}" is made and nothing takes it',
                    hint="take AS and the name out of the heading",
                )


class VagueName(Rule):
    """A name says nothing of what it means.

    Names stand in the prose, in some prompts, and in the library of the platform. *Host*, *Guest*
    and *ProductShot* can be told apart there; *img1* and *person2* cannot.

    Source: the page of Kling multi-cam: elements are clearly named, not img1.

    **Example**

    ```shot
    @img1 = character: a presenter in a navy blazer
    SHOT 1 (5s): medium shot, static camera
      @img1 shuffles a stack of cards.
    ```

    **Use instead**

    ```shot
    @Host = character: a presenter in a navy blazer
    SHOT 1 (5s): medium shot, static camera
      @Host shuffles a stack of cards.
    ```
    """

    code = "PL143"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each declared name that is a plain word for anything."""
        words = craft("names", "vague")
        for entity in own(film, "declared"):
            name = fold(entity.name)
            match = _NUMBERED.fullmatch(name)
            if match is None or _ATTACHMENT.fullmatch(name):
                continue
            if match[1] in words["always"] or (match[1] in words["numbered"] and match[1] != name):
                yield self.at(
                    entity.span,
                    f'"@{entity.name}" does not say what it stands for',
                    hint="name it after what it shows, as in Host, Guest, ProductShot",
                )


class LookAlikeNames(Rule):
    """Two names look the same and are two.

    *Ian* with a capital I and *lan* with a small l, *О* of another alphabet for *O*: whoever reads
    the script takes one for the other, and the wrong face is paid for.

    Source: Unicode Technical Standard #39, confusable detection.

    **Example**

    ```shot
    @Ian = character: a tall chemist in a green jacket
    @lan = character: a farmer in a checked shirt
    SHOT 1 (5s): two-shot, static camera
      @Ian shakes hands with @lan.
    ```

    **Use instead**

    ```shot
    @Ian = character: a tall chemist in a green jacket
    @Lan = character: a farmer in a checked shirt
    SHOT 1 (5s): two-shot, static camera
      @Ian shakes hands with @Lan.
    ```
    """

    code = "PL144"
    severity = Severity.WARNING

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each name whose look another has had before it."""
        entities = film.storyboard.entities.values()
        for entity, before in repeats((_look(entity.name), entity) for entity in entities):
            yield self.at(
                entity.span,
                f'"@{entity.name}" looks like "@{before.name}" and is another name',
                hint="rename one of them",
                related=[Related("the other name", before.span)],
            )


def _look(name: str) -> str:
    """Return what a name looks like, every character as the one it is taken for."""
    pairs, singles = _confusable()
    for pair, shape in pairs.items():
        name = name.replace(pair, shape)
    return name.translate(singles)


@cache
def _confusable() -> tuple[dict[str, str], dict[int, str]]:
    """Return the pairs of letters that look like one, and the single characters."""
    table: dict[str, str] = craft("names", "confusables")
    pairs = {shape: other for shape, other in table.items() if len(shape) > 1}
    return pairs, str.maketrans({s: other for s, other in table.items() if len(s) == 1})


class NearNames(Rule):
    """Two names of one kind differ in one letter.

    *Host* and *Hosts* are one slip apart, and a slip between two known names is no error. Some
    casts are named that way; select this rule if yours is not.

    **Example**

    ```shot
    @Anna = character: a tall chemist in a green jacket
    @Anne = character: a farmer in a checked shirt
    SHOT 1 (5s): two-shot, static camera
      @Anna shakes hands with @Anne.
    ```

    **Use instead**

    ```shot
    @Anna = character: a tall chemist in a green jacket
    @Beth = character: a farmer in a checked shirt
    SHOT 1 (5s): two-shot, static camera
      @Anna shakes hands with @Beth.
    ```
    """

    code = "PL145"
    opinionated = True

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each name that is a letter away from an earlier one of its kind."""
        seen: dict[tuple[str, str], Entity] = {}
        for entity in film.storyboard.entities.values():
            name = fold(entity.name)
            # Of two names a letter apart one is left when each loses a letter, or one does.
            shapes = {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}
            keys = [(entity.kind, shape) for shape in sorted(shapes)] if len(name) > 2 else []
            near = [seen[key] for key in keys if key in seen]
            for before in near[:1]:
                if not any(char.isdigit() for char in name + before.name):
                    yield self.at(
                        entity.span,
                        f'"@{entity.name}" is one letter away from "@{before.name}"',
                        hint="rename one of them",
                        related=[Related("the other name", before.span)],
                    )
            for key in keys:
                seen.setdefault(key, entity)


class SameFileTwice(Rule):
    """Two names of one kind have the same file.

    Each becomes a reference of its own: one picture is counted twice, and nobody can tell whether
    one of the two files is a slip.

    **Example**

    ```shot
    @Anna = character "anna-front.png": a tall chemist in a green jacket
    @Beth = character "anna-front.png": a farmer in a checked shirt
    SHOT 1 (5s): two-shot, static camera
      @Anna shakes hands with @Beth.
    ```

    **Use instead**

    ```shot
    @Anna = character "anna-front.png": a tall chemist in a green jacket
    @Beth = character "beth-front.png": a farmer in a checked shirt
    SHOT 1 (5s): two-shot, static camera
      @Anna shakes hands with @Beth.
    ```
    """

    code = "PL146"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each file that a name of the same kind had before; stretches count."""
        seen: dict[tuple[object, ...], Entity] = {}
        for entity in film.storyboard.entities.values():
            for asset in entity.assets:
                stretch = (asset.since, asset.until)
                key = (entity.kind, asset.folder, asset.location, *stretch)
                before = seen.setdefault(key, entity)
                if before is not entity:
                    yield self.at(
                        asset.span,
                        f'"{asset.location}" is the file of "@{before.name}" and "@{entity.name}"',
                        hint="use one name for it, or name the other file",
                        related=[Related("the other name", before.span)],
                    )


class UndescribedName(Rule):
    """An element has neither a picture nor a description.

    All a prompt can say of it is its kind: *the character*, *the vehicle*. Say what it looks like
    behind a colon, or name its pictures.

    **Example**

    ```shot
    @Driver = character
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers the visor.
    ```

    **Use instead**

    ```shot
    @Driver = character: a rally driver with cropped dark hair
    SHOT 1 (5s): medium shot, static camera
      @Driver lowers the visor.
    ```
    """

    code = "PL147"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each element that is used and shows nothing."""
        if not film.whole:
            return
        bare = [
            entity
            for entity in own(film, "declared")
            if entity.kind in ELEMENT_KINDS and not entity.assets and entity.description is None
        ]
        names = used(film) if bare else ()
        for entity in bare:
            if fold(entity.name) in names:
                yield self.at(
                    entity.span,
                    f'"@{entity.name}" has neither a picture nor a description',
                    hint=f"say what it looks like after a colon, as in {entity.kind}: …",
                )


RULES: tuple[Rule, ...] = (
    UnusedDeclaration(),
    UnusedParameter(),
    UnusedOutput(),
    VagueName(),
    LookAlikeNames(),
    NearNames(),
    SameFileTwice(),
    UndescribedName(),
)
