"""One script and everything that follows from it, each step made once and only when asked for.

`Document` is the façade of the command line, the Python interface and the editor: they differ in
what they ask for and in how they show it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from promptlang.collector import Paused
from promptlang.diagnostics import Severity
from promptlang.problems import is_target, nearest_or_all, wrong_targets
from promptlang.reporting import UNSETTLED, Reporting, unsettles, weightiest
from promptlang.syntax.limits import FILE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from promptlang.diagnostics import Diagnostic
    from promptlang.emit.result import Compilation, Request
    from promptlang.lint.film import Film
    from promptlang.lint.fix import FixResult
    from promptlang.lint.select import Selection
    from promptlang.model.declared import Declared
    from promptlang.model.includes import Opened
    from promptlang.model.storyboard import Storyboard, Unit
    from promptlang.plan.generation import Generation, Plan
    from promptlang.providers.target import Target
    from promptlang.syntax.ast import Script

    Assets = Mapping[str, str | Sequence[str]]

T = TypeVar("T")


class TargetError(ValueError):
    """A target asked for that does not exist, or none where one is needed."""


def find_target(name: str) -> Target:
    """Return a target by its id.

    Raises:
        TargetError: There is none; the message suggests the nearest.
    """
    from promptlang.providers.registry import target

    found = target(name)
    if found is None:
        raise TargetError(f'unknown target "{name}"; {nearest_or_all(name)}')
    return found


class Document:
    """One script.

    Attributes:
        script: Its syntax tree.
        values: Parameter values given from outside, by name.
        assets: Files given from outside, by declared name.
        folder: The folder relative paths start from, or None for text without a place.
        project: The folder includes must stay in, or None for ``folder``.
        asked: Targets asked for from outside; they replace those of the script.
        usual: Targets of blocks that name none.
        strict: Whether a loss is an error.
        selection: What is reported; None for all that is no matter of taste.
        opened: Returns the tree of an included file that an editor holds; None for others.
    """

    def __init__(
        self,
        script: Script,
        *,
        values: Mapping[str, str] | None = None,
        assets: Assets | None = None,
        folder: Path | None = None,
        project: Path | None = None,
        asked: Iterable[str] = (),
        usual: Iterable[str] = (),
        strict: bool = False,
        selection: Selection | None = None,
        opened: Opened | None = None,
    ) -> None:
        self.script = script
        self.values = dict(values or {})
        self.assets = {
            name: [files] if isinstance(files, str) else list(files)
            for name, files in (assets or {}).items()
        }
        self.folder = folder
        self.project = project
        self.asked = tuple(dict.fromkeys(asked))
        self.usual = tuple(dict.fromkeys(usual))
        self.strict = strict
        self.selection = selection
        self.opened = opened
        self._done: dict[tuple[str, ...], Any] = {}

    def again(self, values: Mapping[str, str]) -> Document:
        """Return the same script with further parameter values; it is not parsed again."""
        return self._with(self.script, {**self.values, **values}, self.assets)

    def only(self, values: Iterable[str], assets: Iterable[str]) -> Document:
        """Return the same script with some of the values and assets given from outside."""
        return self._with(
            self.script,
            {name: self.values[name] for name in values},
            {name: self.assets[name] for name in assets},
        )

    def rewritten(self, text: str) -> Document:
        """Return what another text would be in its place; blocks that stay are kept."""
        from promptlang.syntax.parser import parse

        return self._with(parse(text, self.path, self.script), self.values, self.assets)

    def for_target(self, target: str) -> Compilation:
        """Return what the script becomes for a target asked for from outside."""
        if target in self.asked or (not self.asked and list(self.targets) == [target]):
            return self.compilation(target)
        other = self._with(self.script, self.values, self.assets)
        other.asked = (target,)
        # What the script means is the same for every target.
        other._done["storyboard",] = self.storyboard
        return other.compilation(target)

    def part(self, script: Script) -> Document:
        """Return the same document with some of its blocks only."""
        return self._with(script, self.values, self.assets)

    def _with(self, script: Script, values: Mapping[str, str], assets: Assets) -> Document:
        return Document(
            script,
            values=values,
            assets=assets,
            asked=self.asked,
            usual=self.usual,
            strict=self.strict,
            selection=self.selection,
            **self._place,
        )

    @property
    def _place(self) -> dict[str, Any]:
        """Where the files are that it names."""
        return {"folder": self.folder, "project": self.project, "opened": self.opened}

    def _once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        # setdefault is atomic: of two threads that make a step both go on with the same one,
        # which matters because later steps compare entities by identity.
        if key not in self._done:
            with Paused():
                self._done.setdefault(key, make())
        done: T = self._done[key]
        return done

    @property
    def path(self) -> str:
        """How messages name the script."""
        return self.script.source.path

    @property
    def text(self) -> str:
        """The text of the script."""
        return self.script.source.text

    @property
    def is_whole(self) -> bool:
        """Whether all of the file could be read: what could not must not be written back."""
        return not self.script.oversized and not re.search("[\ud800-\udfff]", self.text)

    @property
    def formatted(self) -> str:
        """The canonical text of the script, with the line ends it has.

        Raises:
            AssertionError: The printer would have changed what the script says.
        """
        from promptlang.syntax.parser import parse
        from promptlang.syntax.printer import format

        clean = format(self.script)
        if not parse(clean, self.path).same(self.script):
            raise AssertionError("the formatted text would say something else")
        return clean

    @property
    def declared(self) -> Declared:
        """What the script and the files it includes make known."""
        return self._once(("declared",), self._declare)

    def _declare(self) -> Declared:
        from promptlang.model.declared import declared

        return declared(self.script, values=self.values, **self._place)

    @property
    def storyboard(self) -> Storyboard:
        """What the script means, before any target is chosen."""
        return self._once(("storyboard",), self._resolve)

    def _resolve(self) -> Storyboard:
        from promptlang.model.resolve import resolve

        return resolve(
            self.script,
            values=self.values or None,
            assets=self.assets or None,
            **self._place,
        )

    @property
    def targets(self) -> dict[str, list[Unit]]:
        """The targets to compile for, each with the blocks meant for it."""
        return self._once(("targets",), self._choose)

    def _choose(self) -> dict[str, list[Unit]]:
        if self.asked:
            # Asked for from outside, a target takes every block, whomever the script names.
            return {find_target(name).id: self.storyboard.units for name in self.asked}
        storyboard = self.storyboard
        named = [str(value.value) for value in storyboard.targets if is_target(value)]
        chosen: dict[str, list[Unit]] = {name: [] for name in named}
        for unit in storyboard.units:
            own = unit.settings.targets or storyboard.targets
            names = [str(v.value) for v in own if is_target(v)] if own else self.usual
            for name in dict.fromkeys(names):
                chosen.setdefault(find_target(name).id, []).append(unit)
        return {name: units for name, units in chosen.items() if units or not storyboard.units}

    def plan(self, target: str) -> Plan:
        """Return the generations one target needs."""
        return self._once(("plan", target), lambda: self._plan(target, self._units(target)))

    def _units(self, target: str) -> list[Unit]:
        return self.targets.get(target, self.storyboard.units)

    def _plan(self, target: str, units: list[Unit]) -> Plan:
        from promptlang.emit.measure import plan

        return plan(self.storyboard, find_target(target), units)

    def sound_plan(self, target: str) -> Plan:
        """Return the plan of the blocks without errors: one mistake must not hide the rest."""
        return self._once(("sound", target), lambda: self._sound_plan(target))

    def _sound_plan(self, target: str) -> Plan:
        from promptlang.sound import Share, sound_plan

        # Targets asked for from outside have nothing to do with one another.
        shared = [t for t in self.targets if t != target and not self.asked]
        return sound_plan(
            Share(self._units(target), self.plan(target)),
            [Share(self._units(other), self.plan(other)) for other in shared],
            self.script,
            self.text_diagnostics,
            self.storyboard.lost,
            lambda units: self._plan(target, units),
        )

    def generations(self, target: str) -> list[Generation]:
        """Return the generations that may need one another, numbered through.

        Targets asked for from outside are alternatives, each complete in itself. Targets of the
        script share its blocks, so an edit for one may take the output of a shot for another.
        """
        if self.asked or target not in self.targets or len(self.targets) == 1:
            return self.sound_plan(target).generations
        return self._once(("generations",), self._link)

    def _link(self) -> list[Generation]:
        from promptlang.plan.planner import link

        places = {id(unit): place for place, unit in enumerate(self.storyboard.units)}
        found = [g for target in self.targets for g in self.sound_plan(target).generations]
        found.sort(key=lambda generation: places[id(generation.units[0])])
        link(found)
        return found

    def compilation(self, target: str) -> Compilation:
        """Return prompts and payloads for one target, with all diagnostics of the run."""
        return self._once(("compilation", target), lambda: self._compile(target))

    def _compile(self, target: str) -> Compilation:
        from promptlang.emit.compile import emit

        compilation = emit(
            self.storyboard,
            self.sound_plan(target),
            source_name=self.path,
            diagnostics=self._before_emit(target),
            makers=self.generations(target),
        )
        update: dict[str, Any] = {"diagnostics": self._finish(compilation.diagnostics)}
        if self.strict:
            hard = {"severity": str(Severity.ERROR)}
            update["losses"] = [loss.model_copy(update=hard) for loss in compilation.losses]
        return compilation.model_copy(update=update)

    def units_of(self, place: int) -> list[Unit]:
        """Return what the block at a place means; an EDIT of several sources is several."""
        return self._once(("units",), self._sort_units).get(place, [])

    def _sort_units(self) -> dict[int, list[Unit]]:
        found: dict[int, list[Unit]] = {}
        for unit in self.storyboard.units:
            found.setdefault(bisect_right(self.script.starts, unit.span.start) - 1, []).append(unit)
        return found

    def generation_of(self, target: str, unit: Unit) -> Generation | None:
        """Return the first generation that makes a block, None where an error keeps it out."""
        made = self._once(("generation of", target), lambda: self._sort_generations(target))
        return made.get(id(unit))

    def _sort_generations(self, target: str) -> dict[int, Generation]:
        made = [g for g in self.sound_plan(target).generations if g.take == 1]
        self.generations(target)  # which numbers them through
        return {id(unit): generation for generation in made for unit in generation.units}

    def request(self, target: str, generation: Generation) -> Request | None:
        """Return one request of a target without making the others, None where it is refused."""
        from promptlang.emit.compile import request

        makers = self.generations(target)
        key = ("request", target, str(generation.number))
        return self._once(key, lambda: request(self.storyboard, generation, makers))

    def running_times(self, target: str) -> dict[int, tuple[Decimal, Decimal]]:
        """Return when each block begins and ends in the film, in seconds, by its identity.

        What has no length of its own, as an EDIT, which is as long as its source, adds nothing.
        """
        return self._once(("running times", target), lambda: self._run_through(target))

    def _run_through(self, target: str) -> dict[int, tuple[Decimal, Decimal]]:
        found: dict[int, tuple[Decimal, Decimal]] = {}
        at = Decimal(0)
        for unit in self.storyboard.units:
            # A block that is for another target is in the film all the same.
            made = [self.generation_of(other, unit) for other in (target, *self.targets)]
            generation = next(filter(None, made), None)
            if generation is not None and unit.kind != "edit":
                seconds = generation.seconds[generation.units.index(unit)]
                if seconds is not None:
                    found[id(unit)] = at, at + seconds
                    at += seconds
        return found

    @property
    def scripts(self) -> list[Script]:
        """The script and the files it includes, as they are written."""
        return self._once(("scripts",), self._read_included)

    def _read_included(self) -> list[Script]:
        header = self.script.blocks[0].lines
        if not any(getattr(getattr(line, "key", None), "text", "") == "include" for line in header):
            return [self.script]
        from promptlang.model.includes import included

        return [self.script, *included(self.script, self.values, **self._place)]

    def ensure_target(self) -> None:
        """Make sure that there is a target to compile for.

        Raises:
            TargetError: Neither the caller nor the script nor the project names one.
        """
        settled = self.targets or self.diagnosed_targets or self._misread_target()
        if not settled and self.storyboard.units:
            raise TargetError(_choose_one(self.path))

    def compilations(self) -> list[Compilation]:
        """Return one compilation per target.

        Raises:
            TargetError: Neither the caller nor the script nor the project names a target.
        """
        self.ensure_target()
        return [self.compilation(target) for target in self.targets]

    def failure(self) -> Compilation:
        """Return a result for no target, which says why there is no other."""
        from promptlang.emit.result import Compilation
        from promptlang.version import __version__

        return Compilation(
            promptlang=__version__,
            source=self.path,
            target="",
            seconds=0,
            requests=[],
            losses=[],
            diagnostics=self.diagnostics,
        )

    def _misread_target(self) -> bool:
        """Whether a line that was to name the target could not be read, which is told already."""
        return any(
            any(edit.text == "target" for fix in d.fixes for edit in fix.edits)
            or d.span.source.line(d.span.line).lstrip().casefold().startswith("target")
            for d in self.text_diagnostics
            if d.is_error
        )

    @property
    def text_diagnostics(self) -> list[Diagnostic]:
        """What is wrong whatever the target."""
        return self._once(
            ("text",), lambda: [*self.script.diagnostics, *self.storyboard.diagnostics]
        )

    @property
    def diagnosed_targets(self) -> list[Diagnostic]:
        """What is wrong with the targets the script names."""
        return self._once(("diagnosed targets",), self._diagnose_targets)

    def _diagnose_targets(self) -> list[Diagnostic]:
        if self.asked:
            return []
        settled = bool(self.usual) or self._misread_target()
        return wrong_targets(self.storyboard, settled=settled)

    @property
    def diagnosed_fields(self) -> list[Diagnostic]:
        """What is wrong with the providers the script's fields name."""
        board = self.storyboard
        if not any(unit.settings.fields for unit in (*board.units, *board.broken)):
            return []
        from promptlang.emit.losses import foreign_fields

        return self._once(("diagnosed fields",), lambda: foreign_fields(board))

    def _before_emit(self, target: str) -> list[Diagnostic]:
        whole, sound = self.plan(target), self.sound_plan(target)
        return [
            *self.text_diagnostics,
            *self.diagnosed_targets,
            *self.diagnosed_fields,
            *self._media(target),
            # What was adjusted is told of what is made, not of what would have been.
            *(d for d in whole.diagnostics if d.is_error or whole is sound),
            *sound.diagnostics,
        ]

    def _media(self, target: str) -> list[Diagnostic]:
        from promptlang.plan.media import check_media

        return self._once(
            ("media", target),
            lambda: check_media(self.plan(target), self.storyboard, self.folder),
        )

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Everything to tell the writer, for all targets, in order, as much as anybody reads."""
        return self._once(("diagnostics",), lambda: weightiest(self.findings))

    @property
    def findings(self) -> list[Diagnostic]:
        """Everything to tell the writer, however much it is."""
        return self._once(("findings",), self._check)

    def _check(self) -> list[Diagnostic]:
        from promptlang.lint.run import linter

        wanted = None if self.selection is None else self.selection.names
        rules, film = linter(wanted), self.film
        before = [*self.text_diagnostics, *self.diagnosed_targets]
        # With a line that was misread, or a block that is for nobody, the film has another plan.
        whole = not self.storyboard.broken and not any(map(unsettles, before))
        found = [*before, *self.diagnosed_fields, *rules.script(film)]
        for target in self.targets:
            told, plan = self._of_target(target), self.sound_plan(target)
            if whole and plan is self.plan(target):
                found += [*told, *rules.target(film, plan)]
            else:
                found += (d for d in told if d.name not in UNSETTLED)
        return self.reporting.told(found, whole=True)

    def fixed(self, *, unsafe: bool = False) -> FixResult:
        """Return the script with the fixes of its diagnostics applied, and what is left.

        Args:
            unsafe: Whether to apply those that may change what it means too.
        """
        from promptlang.lint.fix import fix_all

        result = fix_all(self, unsafe=unsafe)
        result.left = weightiest(result.left)
        return result

    def with_ignores(self, reason: str = "") -> Document:
        """Return the script with comments that suppress what is told and can be suppressed.

        Args:
            reason: What the comments say for themselves.
        """
        from promptlang.lint.add_ignore import with_comments
        from promptlang.problems import catalogue

        return with_comments(self, catalogue(), reason)

    @property
    def film(self) -> Film:
        """The script as the rules of the craft see it."""
        return self._once(("film",), self._screen)

    def _screen(self) -> Film:
        from promptlang.lint.film import Film
        from promptlang.sound import sound_units

        board, told = self.storyboard, self.text_diagnostics
        units = sound_units(board.units, self.script, told, board.lost)
        whole = not board.lost and not any(d.is_error for d in told)
        return Film(self.script, board, units, whole=whole)

    def target_diagnostics(self, target: str) -> list[Diagnostic]:
        """Return everything to tell the writer about one target, without wording every prompt."""
        return self._finish(self._of_target(target))

    def _of_target(self, target: str) -> list[Diagnostic]:
        # Without the limit on how many are told: what was left out would be counted twice.
        return self._once(("target", target), lambda: self._check_target(target))

    def _check_target(self, target: str) -> list[Diagnostic]:
        from promptlang.emit.compile import check

        lowered = check(self.storyboard, self.sound_plan(target), makers=self.generations(target))
        return [*self._before_emit(target), *lowered]

    @property
    def reporting(self) -> Reporting:
        """What of the diagnostics is told."""
        return self._once(("reporting",), self._settle)

    def _settle(self) -> Reporting:
        # Another run, or the script that includes this one, may find more.
        given = self.asked or self.values or self.assets
        return Reporting(
            [self.script, *self.storyboard.included],
            self.selection,
            strict=self.strict,
            thorough=bool(self.storyboard.units) and not given,
            aimed=bool(self.targets),
        )

    def _finish(self, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        return weightiest(self.reporting.told(diagnostics))


def _choose_one(path: str) -> str:
    from promptlang.providers.registry import target_ids

    some = ", ".join(target_ids()[:4])
    return (
        f"{path} names no target: write a line `target: …` in its header, settle one in "
        f"promptlang.toml, or ask for one when you compile: --target … (there are {some}, …)"
    )


def read_bytes(path: str | Path) -> bytes:
    """Return what a file holds, one byte past `FILE_LIMIT` at most: an endless one must end."""
    with Path(path).open("rb") as file:
        return file.read(FILE_LIMIT + 1)
