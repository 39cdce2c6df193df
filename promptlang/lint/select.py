"""Which problems are reported: what a project, a command line or a program selects and ignores.

A selector is the readable name of a problem, its code, the beginning of a code, a family, or
``all``. Of two that speak of one problem the one that covers fewer codes decides; of two that
cover as many, the one that ignores. Errors are always reported: no setting makes an interface
take what it refuses.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.diagnostics import FAMILIES, Severity, did_you_mean
from promptlang.lint.paths import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from promptlang.diagnostics import Diagnostic, Problem

_CODE = re.compile(r"PL[0-9]{0,3}", re.IGNORECASE)
_ALL = 1000


class SelectError(ValueError):
    """A selector that selects nothing; the message says what there is."""


class Selector:
    """One word that names problems.

    Attributes:
        word: What was written.
        breadth: How many codes it covers; the fewer, the more it counts.
        problems: The problems it names.
    """

    __slots__ = ("breadth", "problems", "word")

    def __init__(self, word: str, breadth: int, problems: Iterable[Problem]) -> None:
        self.word = word
        self.breadth = breadth
        self.problems = tuple(problems)

    @property
    def names(self) -> frozenset[str]:
        """The names of the problems it names."""
        return frozenset(problem.name for problem in self.problems)

    @property
    def only_errors(self) -> bool:
        """Whether it names errors alone, so that nothing it names can be silenced."""
        weights = {problem.severity for problem in self.problems}
        return weights == {Severity.ERROR}

    @property
    def nothing_but(self) -> str:
        """What a message says of one that names errors alone."""
        return "is an error" if self.breadth == 1 else "names nothing but errors"

    def __repr__(self) -> str:
        return f"Selector({self.word!r}, {len(self.problems)} problems)"


class Catalogue:
    """Every problem there is, to be found by what selects it."""

    __slots__ = ("_found", "problems")

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        self._found: dict[str, Selector | None] = {}

    def find(self, word: str) -> Selector | None:
        """Return what a word selects, None where it selects nothing."""
        if word not in self._found:
            self._found[word] = self._find(word)
        return self._found[word]

    def _find(self, word: str) -> Selector | None:
        name = word.lower()
        code = word.upper() if _CODE.fullmatch(word) else None
        if code is not None:
            breadth = 10 ** (len("PL000") - len(code))
            chosen = [p for p in self.problems if p.code.startswith(code)]
        elif name in FAMILIES:
            first, last = FAMILIES[name]
            breadth = last - first + 1
            chosen = [p for p in self.problems if p.family == name]
        elif name == "all":
            breadth, chosen = _ALL, list(self.problems)
        else:
            breadth, chosen = 1, [p for p in self.problems if p.name == name]
        return Selector(word, breadth, chosen) if chosen or name in FAMILIES else None

    def near(self, word: str) -> list[str]:
        """Return the selector that was probably meant, in a list that may be empty."""
        from difflib import get_close_matches

        known = [name for p in self.problems for name in (p.name, p.code)]
        spelt = {name.lower(): name for name in (*known, *FAMILIES, "all")}
        return [spelt[name] for name in get_close_matches(word.lower(), spelt, 1, 0.6)]

    def expect(self, word: str, where: str) -> Selector:
        """Return what a word selects.

        Raises:
            SelectError: It selects nothing.
        """
        found = self.find(word)
        if found is None:
            families = ", ".join(FAMILIES)
            hint = did_you_mean(self.near(word)) or (
                f"allowed are names of problems, codes such as PL801 or PL8, all, and {families}"
            )
            raise SelectError(f'{where}: nothing is called "{word}"; {hint}')
        return found


class Choice:
    """What one place says about which problems are reported.

    Attributes:
        where: How messages name the place: a file, or None for the options of a command line.
        select: What is reported, instead of what would be without it; None where it does not say.
        extend: What is reported too.
        ignore: What is not.
        per_file: What is not reported of the files that match a pattern.
    """

    __slots__ = ("extend", "ignore", "per_file", "select", "where")

    def __init__(
        self,
        where: str | None = None,
        *,
        select: Iterable[str] | None = None,
        extend: Iterable[str] = (),
        ignore: Iterable[str] = (),
        per_file: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self.where = where
        self.select = None if select is None else _several(select)
        self.extend = _several(extend)
        self.ignore = _several(ignore)
        self.per_file = {key: _several(words) for key, words in (per_file or {}).items()}

    def named(self, setting: str) -> str:
        """How messages name one of its settings."""
        return f"--{setting}" if self.where is None else f'{self.where}: "{setting}"'

    def __bool__(self) -> bool:
        return self.select is not None or bool(self.extend or self.ignore or self.per_file)

    def __repr__(self) -> str:
        return f"Choice({self.where!r}, select={self.select!r}, ignore={self.ignore!r})"


def _several(words: Iterable[str]) -> tuple[str, ...]:
    """Return selectors given as a list, or as one word: a string is no list of its letters."""
    return (words,) if isinstance(words, str) else tuple(words)


class Selection:
    """What a project and a command line settle together.

    Where the command line speaks of a problem it decides, else the project does; a ``--select``
    says all there is to say about what it does not name. What a project ignores in some files
    is ignored there unless something narrower selects it.
    """

    __slots__ = ("_local", "_per_file", "_root", "_verdicts", "catalogue", "choices")

    def __init__(
        self,
        catalogue: Catalogue,
        project: Choice | None = None,
        asked: Choice | None = None,
        *,
        root: Path | None = None,
    ) -> None:
        """Read the settings.

        Args:
            catalogue: What can be selected.
            project: What the project settles.
            asked: What the command line or the calling program says.
            root: The folder the patterns of ``per_file`` start from.

        Raises:
            SelectError: A selector selects nothing.
        """
        self.catalogue = catalogue
        self.choices = (project or Choice("default"), asked or Choice())
        self._root = root
        self._verdicts = self._decide()
        self._per_file = [
            (pattern, [catalogue.expect(word, choice.named("per-file-ignores")) for word in words])
            for choice in self.choices
            for pattern, words in choice.per_file.items()
        ]
        self._local: dict[str, dict[str, int]] = {}

    def _decide(self) -> dict[str, tuple[bool, int]]:
        """Return whether each problem is reported anywhere, and how broadly that was said."""
        verdicts = {p.name: (not p.opinionated, _ALL + 1) for p in self.catalogue.problems}
        for choice in self.choices:
            if choice.select is not None:
                verdicts = {p.name: (False, _ALL + 1) for p in self.catalogue.problems}
            said: dict[str, tuple[bool, int]] = {}
            for setting, words, on in (
                ("select", choice.select or (), True),
                ("extend-select", choice.extend, True),
                ("ignore", choice.ignore, False),
            ):
                for word in words:
                    selector = self.catalogue.expect(word, choice.named(setting))
                    for name in selector.names:
                        old = said.get(name, (True, _ALL + 1))
                        # What ignores comes last, so of two as broad it is the one that stays.
                        if selector.breadth <= old[1]:
                            said[name] = on, selector.breadth
            verdicts |= said
        return verdicts

    @property
    def names(self) -> frozenset[str]:
        """The names of the problems that are reported in some file."""
        return frozenset(name for name, (on, _) in self._verdicts.items() if on)

    def wants(self, problem: Problem, path: str | None = None) -> bool:
        """Whether a problem is reported that is no error: anywhere, or in one file."""
        return self._wants(problem.name, path)

    def reports(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic is reported."""
        return diagnostic.is_error or self._wants(diagnostic.name, diagnostic.span.path)

    def _wants(self, name: str, path: str | None) -> bool:
        on, breadth = self._verdicts.get(name, (True, _ALL))
        if not on or path is None or not self._per_file:
            return on
        return breadth < self._ignored_in(path).get(name, _ALL + 2)

    def _ignored_in(self, path: str) -> dict[str, int]:
        if path not in self._local:
            ignored: dict[str, int] = {}
            for _, selectors in self.patterns(path):
                for selector in selectors:
                    for name in selector.names:
                        ignored[name] = min(selector.breadth, ignored.get(name, _ALL + 1))
            self._local[path] = ignored
        return self._local[path]

    def patterns(self, path: str) -> list[tuple[str, list[Selector]]]:
        """Return the patterns that match a file, with what is ignored there."""
        if path.startswith("<") or not self._per_file:
            return []
        full = os.path.abspath(path)  # noqa: PTH100 - Path.absolute keeps ".."
        try:
            inside = os.path.relpath(full, self._root or Path.cwd())
        except ValueError:
            return []  # another drive
        parts = Path(inside).parts
        return [(pattern, words) for pattern, words in self._per_file if matches(pattern, parts)]

    @property
    def notes(self) -> list[str]:
        """What is set without any effect: an error that is to be ignored."""
        found = []
        for choice in self.choices:
            places = [("ignore", choice.ignore)]
            places += [("per-file-ignores", words) for words in choice.per_file.values()]
            for setting, words in places:
                selectors = [self.catalogue.expect(word, choice.named(setting)) for word in words]
                found += [
                    f'{choice.named(setting)}: "{selector.word}" {selector.nothing_but}, '
                    "and errors are always reported"
                    for selector in selectors
                    if selector.only_errors
                ]
        return found
