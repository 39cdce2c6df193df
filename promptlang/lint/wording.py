"""How things are said: words that show nothing, words that mislead a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix
from promptlang.lint.passages import any_of
from promptlang.lint.rule import Rule
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage


class VagueVerb(Rule):
    """A verb of movement leaves open how something moves.

    A model fills in what the script leaves open, differently each time. A strong verb, or an
    adverb of pace beside a weak one, settles it: *strides*, *turns slowly*.

    Source: the guide of Kling O1, which lists weak and strong verbs.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A dancer moves across the stage.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A dancer glides across the stage.
    ```
    """

    code = "PL801"
    roles = frozenset({"prose"})

    def words(self) -> Iterable[str]:
        """Wait for the weak verbs."""
        return vocabulary().motion_verbs["weak"]

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each weak verb that nothing makes stronger."""
        verbs = vocabulary().motion_verbs
        if not verbs["pace"].keys().isdisjoint(passage.words):
            return
        for verb, span in passage.find(any_of(verbs["weak"])):
            better = verbs["weak"][verb.casefold()]
            yield self.at(
                span,
                f'"{verb}" leaves open how',
                hint=f"say it with a stronger verb, such as {' or '.join(better)}",
                fixes=[Fix(f'write "{better[0]}"', [Edit(span, better[0])], safe=False)],
            )


RULES: tuple[Rule, ...] = (VagueVerb(),)
