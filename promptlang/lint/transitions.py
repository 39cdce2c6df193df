"""How one shot leads into the next: transitions that have nothing to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Severity
from promptlang.lint.film import same_scene, subjects
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.storyboard import Shot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.storyboard import Link
    from promptlang.plan.generation import Generation


class LinkAtTheEdge(Rule):
    """A transition needs two shots, and there is only one.

    A match cut joins something both shots share, a whip pan joins two whips. Before the first
    shot and behind the last one half of it is missing.

    Source: the vocabulary's conflict 43.

    **Example**

    ```shot
    > match cut

    SHOT 1 (4s): wide shot, static
      A lighthouse stands above breaking waves.
    ```

    **Use instead**

    ```shot
    > fade in

    SHOT 1 (4s): wide shot, static
      A lighthouse stands above breaking waves.
    ```
    """

    code = "PL359"
    severity = Severity.WARNING

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report such transitions at both ends of the film."""
        links = [film.storyboard.closing]
        if film.units and isinstance(film.units[0], Shot) and film.units[0].number == 1:
            links.append(film.units[0].transition)
        for link in links:
            if link is not None and link.term is not None and link.term.id in _TWO_SIDED:
                edge = "after the last" if link is film.storyboard.closing else "before the first"
                yield self.at(
                    link.span,
                    f"{shown(link.span.text)} joins two shots, and comes {edge} one",
                    hint="move it between two shots, or write a fade",
                )


_TWO_SIDED = frozenset(
    {
        "match-cut",
        "match-on-action",
        "graphic-match",
        "eyeline-match",
        "match-dissolve",
        "cross-cut",
        "invisible-cut",
        "whip-transition",
        "spin-transition",
        "zoom-transition",
        "pass-by-wipe",
        "morph",
        "l-cut",
        "j-cut",
        "sound-bridge",
        "jump-cut",
    }
)
_OPENINGS = frozenset(
    {
        "end-card", "fade-from-white", "fade-in", "flash", "iris-in", "light-leak",
        "montage", "superimpose",
    }
)  # fmt: skip


class TransitionIntoFirstShot(Rule):
    """A cut leads into the first shot of the film.

    Before the first shot there is nothing to cut from. A fade in opens a film; a cut needs no
    line at all there.

    Source: the page of the directed multi-shot system opens with a fade in.

    **Example**

    ```shot
    > hard cut

    SHOT 1 (4s): wide shot, static
      A lighthouse stands above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A lighthouse stands above breaking waves.
    ```
    """

    code = "PL360"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report a transition into the first shot that opens nothing."""
        first = film.units[0] if film.units else None
        if not isinstance(first, Shot) or first.number != 1 or first.transition is None:
            return
        term = first.transition.term
        if term is not None and term.id not in _OPENINGS | _TWO_SIDED:
            yield self.at(
                first.transition.span,
                f"{shown(first.transition.span.text)} leads into the first shot, and nothing "
                "comes before it",
                hint="remove it, or write > fade in",
            )


class FadeInside(Rule):
    """A fade from or to black comes in the middle of a scene.

    A fade in opens a film or a sequence, a fade out closes one. Between two shots of a scene it
    reads as an end; a dissolve joins them.

    Source: the vocabulary's conflict 45.

    **Example**

    ```shot
    INT. WORKSHOP - DAY

    SHOT 1 (4s): wide shot, static
      A luthier planes a board.

    > fade in

    SHOT 2 (4s): close-up, static
      Shavings curl from the plane.
    ```

    **Use instead**

    ```shot
    INT. WORKSHOP - DAY

    SHOT 1 (4s): wide shot, static
      A luthier planes a board.

    > dissolve

    SHOT 2 (4s): close-up, static
      Shavings curl from the plane.
    ```
    """

    code = "PL361"
    facts = frozenset({"into:axis:fade"})

    def pair(self, first: Shot, second: Shot, film: Film) -> Iterator[Diagnostic]:
        """Report a fade between two shots of one scene."""
        link = second.transition
        assert link is not None  # the fact is of it
        if first.scene is not None and same_scene(first, second):
            yield self.at(
                link.span,
                f"{shown(link.span.text)} comes between two shots of one scene, but a fade opens "
                "or closes a scene",
                hint="write > dissolve, or begin a new scene",
                fixes=[_instead(link, "dissolve")],
            )


class JumpBetweenSubjects(Rule):
    """A jump cut goes from one subject to another.

    A jump cut stays with its subject a moment later. From one subject to another it is a hard cut
    or a smash cut.

    Source: the vocabulary's conflict 44.

    **Example**

    ```shot
    @Mara = character: a fisherwoman in yellow oilskin
    @Boat = vehicle: a small blue trawler

    SHOT 1 (4s): medium shot, static
      @Mara coils a rope.

    > jump cut

    SHOT 2 (4s): wide shot, static
      @Boat leaves the harbour.
    ```

    **Use instead**

    ```shot
    @Mara = character: a fisherwoman in yellow oilskin
    @Boat = vehicle: a small blue trawler

    SHOT 1 (4s): medium shot, static
      @Mara coils a rope.

    > smash cut

    SHOT 2 (4s): wide shot, static
      @Boat leaves the harbour.
    ```
    """

    code = "PL362"
    facts = frozenset({"into:jump-cut"})

    def pair(self, first: Shot, second: Shot, film: Film) -> Iterator[Diagnostic]:
        """Report a jump cut between shots that show nothing in common."""
        link = second.transition
        assert link is not None  # the fact is of it
        one, other = subjects(first, film), subjects(second, film)
        if one and other and not one & other:
            yield self.at(
                link.span,
                f"{shown(link.span.text)} stays with its subject, but the shots show "
                f"{_listed(one)} and {_listed(other)}",
                hint="write > hard cut or > smash cut",
                fixes=[_instead(link, "hard cut")],
            )


def _listed(names: set[str]) -> str:
    return ", ".join(f'"@{name}"' for name in sorted(names))


class DissolveNeedsHandles(Rule):
    """A dissolve comes between two generations.

    The two clips are made one by one and dissolved in the edit. While the dissolve lasts both are
    seen, so the film is shorter than the sum of its clips; each clip needs the time to spare.

    Source: editing practice; the planner leaves transitions between generations to the edit.

    **Example**

    ```shot
    target: kling/o1

    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.

    > dissolve (2s)

    SHOT 2 (5s): wide shot, static
      A trawler leaves the harbour.
    ```

    **Use instead**

    ```shot
    target: kling/o1

    SHOT 1 (5s): wide shot, static
      A lighthouse stands above breaking waves.

    > hard cut

    SHOT 2 (5s): wide shot, static
      A trawler leaves the harbour.
    ```
    """

    code = "PL363"

    def generation(self, generation: Generation, film: Film) -> Iterable[Diagnostic]:
        """Report a dissolve into the first shot of a generation."""
        link = generation.before
        if link is None or link.term is None or generation.take > 1:
            return ()
        if link.term.axis != "dissolve":
            return ()
        return [
            self.at(
                link.span,
                f"{shown(link.span.text)} is made in the edit, and shows both clips at once",
                hint="make both shots longer by half the dissolve, or write a cut",
            )
        ]


def _instead(link: Link, phrase: str) -> Fix:
    return Fix(f'write "{phrase}"', [Edit(link.span, phrase)], safe=False)


RULES: tuple[Rule, ...] = (
    LinkAtTheEdge(),
    TransitionIntoFirstShot(),
    FadeInside(),
    JumpBetweenSubjects(),
    DissolveNeedsHandles(),
)
