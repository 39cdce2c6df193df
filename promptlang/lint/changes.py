"""A change of an EDIT taken apart: its verb, what it is done to, and what that becomes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlang.lint.patterns import late
from promptlang.model.texts import Ruler

if TYPE_CHECKING:
    from promptlang.model.entities import Mention
    from promptlang.model.storyboard import Change
    from promptlang.source import Span

_JOINT = late(r"\s(to|with|into|for|by|as)\s", re.IGNORECASE)
_CLAUSE = late(r"[,.;:。、\n]")
_LEADING = late(
    r"\s*(?:(?:the|a|an|his|her|its|their|our|my|this|that|these|those|all|any|every|current"
    r"|existing|original|same|entire)\b\s*)*",
    re.IGNORECASE,
)


class Asked:
    """What a change asks for.

    Attributes:
        verb: Its verb in lower case, ``""`` where it has none.
        plain: All of it.
        target: What it is done to, in lower case, without article.
        joint: The word before the new state, ``""`` where none is named.
        state: The new state as written, to the end of the clause.
        rest: What stands behind the clause.
    """

    __slots__ = ("_target", "_text", "joint", "plain", "rest", "state", "target", "verb")

    def __init__(self, change: Change) -> None:
        self.verb = change.verb or ""
        self._text = change.text
        self.plain = change.text.plain
        self.target, self.joint, self.state, self.rest, self._target = _apart(self.verb, self.plain)

    @property
    def target_span(self) -> Span:
        """Where the target stands."""
        return self.span(*self._target)

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of `plain` stands."""
        return Ruler(self._text).place(start, end)

    def named(self) -> Mention | None:
        """Return the ref that is the whole target: in *replace @Host with …* it is ``@Host``."""
        where = self.target_span
        return next((m for m in self._text.mentions() if m.span == where), None)

    def __repr__(self) -> str:
        return f"Asked({self.verb!r}, {self.target!r}, {self.joint!r}, {self.state!r})"


# Several rules ask about each change.
@lru_cache(maxsize=1024)
def _apart(verb: str, plain: str) -> tuple[str, str, str, str, tuple[int, int]]:
    """Return target, joint, state and rest of a change, and where the target stands."""
    start = _LEADING.match(plain, len(verb))
    first = start.end() if start else len(verb)
    clause = _CLAUSE.search(plain, first)
    last = clause.start() if clause else len(plain)
    joint = _JOINT.search(plain, max(first - 1, 0), last)
    end = joint.start() if joint else last
    target = " ".join(plain[first:end].casefold().split())
    place = first, max(first, end)
    if joint is None:
        return target, "", "", plain[last:], place
    return target, joint[1].casefold(), plain[joint.end() : last].strip(), plain[last:], place


@lru_cache(maxsize=1024)
def bare(words: str) -> str:
    """Return words in lower case without the article or pronoun in front of them."""
    lead = _LEADING.match(words)
    return " ".join(words[lead.end() if lead else 0 :].casefold().split())
