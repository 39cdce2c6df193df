"""What every rule of the craft is: a page, a weight, and the questions it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from promptlang.diagnostics import Problem, Severity
from promptlang.lint.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.diagnostics import Diagnostic, Fix, Related
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage
    from promptlang.model.storyboard import Shot, Unit
    from promptlang.plan.generation import Generation, Plan
    from promptlang.source import Span

_HUMP = late(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Rule:
    """One piece of advice: a class whose docstring is its page.

    The name of the class is the name of the rule (``VagueVerb`` is ``vague-verb``). A rule
    overrides the hooks it needs; each returns what it found. Blocks that hold an error are never
    shown to a rule: the writer mends those first.

    Attributes:
        code: Its code; the number says which family it is of.
        severity: ``warning`` where it costs money or meaning, ``hint`` for advice of the craft.
        opinionated: Whether it is a matter of taste, so that it waits to be selected.
        kinds: The blocks `unit` is asked about.
        facts: What must be true of a block for `unit` to be asked, of the second shot for `pair`:
            ids of camera terms, ``has:speech``, ``into:jump-cut`` and so on; any of them will do.
            Empty for every block. See `promptlang.lint.film.Facts` for all there are.
        roles: The texts `passage` is asked about, see `promptlang.lint.passages.ROLES`.
        problem: What it reports.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity] = Severity.HINT
    opinionated: ClassVar[bool] = False
    kinds: ClassVar[frozenset[str]] = frozenset({"shot", "edit", "angle", "coverage"})
    facts: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[frozenset[str]] = frozenset({"prose"})

    def __init__(self) -> None:
        name = _HUMP.sub("-", type(self).__name__).lower()
        # As `inspect.cleandoc` does, whose module costs more to load than most scripts to check.
        page = (type(self).__doc__ or "").replace("\n    ", "\n").strip() + "\n"
        self.problem = Problem(name, self.code, self.severity, page, opinionated=self.opinionated)

    def at(
        self,
        span: Span,
        message: str,
        *,
        hint: str | None = None,
        related: Iterable[Related] = (),
        fixes: Iterable[Fix] = (),
    ) -> Diagnostic:
        """Return an occurrence of the rule's problem at a place."""
        return self.problem.at(span, message, hint=hint, related=related, fixes=fixes)

    def waits(self) -> Iterable[str]:
        """Return the facts of which a block must have one to be asked about; none for every."""
        return self.facts

    def words(self) -> Iterable[str]:
        """Return what `passage` waits for: casefolded words, or marks such as ``--``."""
        return ()

    def hears(self, plain: str) -> bool:
        """Whether `passage` may find something in a text of such words, wherever it stands.

        It is asked once of all texts that say the same.
        """
        return True

    def film(self, film: Film) -> Iterable[Diagnostic]:
        """Look at the script as a whole."""
        return ()

    def unit(self, unit: Unit, film: Film) -> Iterable[Diagnostic]:
        """Look at one block."""
        return ()

    def pair(self, first: Shot, second: Shot, film: Film) -> Iterable[Diagnostic]:
        """Look at two shots that follow one another."""
        return ()

    def passage(self, passage: Passage, film: Film) -> Iterable[Diagnostic]:
        """Look at one text that holds a word or mark the rule waits for."""
        return ()

    def generation(self, generation: Generation, film: Film) -> Iterable[Diagnostic]:
        """Look at one generation of a target's plan."""
        return ()

    def plan(self, plan: Plan, film: Film) -> Iterable[Diagnostic]:
        """Look at the plan for a target as a whole."""
        return ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"
