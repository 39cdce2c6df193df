"""What planning has to say: why a block cannot be made, what was moved, what gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Diagnostic, Edit, Fix, Loss, Related, replacement
from promptlang.plan import problems, settings
from promptlang.plan.generation import seconds_text, sum_text
from promptlang.plan.intents import realise, source_of
from promptlang.plan.lengths import NOTHING, most, range_text, usual
from promptlang.plan.losses import follows_first_frame, reference_losses, setting_losses
from promptlang.plan.offers import block_name, offers, who_makes
from promptlang.plan.refusals import missing, refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from promptlang.model.storyboard import Entity, Scene, Unit
    from promptlang.plan.generation import Generation, Slot
    from promptlang.plan.groups import Group, Grouper, Overflow
    from promptlang.plan.intents import Intent
    from promptlang.plan.tasks import Choice
    from promptlang.providers.target import Limit, Target, Task


class Findings:
    """Words what planning finds for one target."""

    __slots__ = ("_carried", "_fine", "_grouper", "_ranges", "_rooms", "_target", "_told")

    def __init__(self, target: Target, grouper: Grouper) -> None:
        self._target = target
        self._grouper = grouper
        self._ranges: dict[tuple[int, str], list[Diagnostic]] = {}
        self._rooms: dict[tuple[object, ...], tuple[int, set[Entity]]] = {}
        self._fine: dict[str, set[Entity]] = {}
        self._carried: dict[tuple[int, str], list[Slot]] = {}
        self._told: set[tuple[object, ...]] = set()

    def faults(self, intent: Intent) -> list[Diagnostic]:
        """Return why a block cannot be made at all; empty where it can."""
        if intent.wants is None:
            return self._faults(self._grouper.alone(intent))
        # What wants the same is as good as what was found without fault, if its mentions fit for
        # certain and were themselves without fault for the same task.
        unit = intent.unit
        key: tuple[object, ...]
        key = unit.kind, intent.base, intent.wants, intent.stated, id(unit.settings)
        if not intent.simple:
            key = *key, source_of(unit), unit.length
        room, fine = self._rooms.get(key, _NONE_LIKE_IT)
        if len(intent.entities) + len(intent.voices) <= room and fine.issuperset(intent.entities):
            return []
        group = self._grouper.alone(intent)
        found = self._faults(group)
        choice = group.choice
        if not found and choice is not None:
            fine = self._fine.setdefault(choice.task.key, set())
            fine.update(intent.entities)
            # One place is that of the source.
            self._rooms[key] = (choice.room if intent.simple else choice.tight - 1), fine
        return found

    def _faults(self, group: Group) -> list[Diagnostic]:
        intent = group.intents[0]
        choice = group.choice
        if choice is None:
            return [self._no_task(intent)]
        task = choice.task
        found = [] if choice.whole else list(refused(intent, choice, self._target))
        if group.lengths.fault == "long":
            found.append(self._too_long(intent, task))
        over = group.overflow
        if over is not None:
            found.append(self._too_many(intent, over))
        if "elements" in task.takes:
            for entity in intent.entities:
                found += self._pictures(entity, task)
        found += self._out_of_range(intent, task)
        if not intent.simple:
            found += self._source_length(intent, task)
        return found

    def _too_many(self, intent: Intent, over: Overflow) -> Diagnostic:
        bound = "no" if not over.limit.max else f"at most {over.limit.max:f}"
        return problems.TOO_MANY_REFERENCES.at(
            intent.unit.span,
            f"{over.shown} of {over.limit.max:f}: {self._target.id} takes {bound} here",
            hint=over.limit.note or None,
        )

    def losses(self, group: Group, choice: Choice) -> list[Diagnostic]:
        """Return what a generation moved, assumed, lost, or does against advice."""
        task = choice.task
        found: list[Diagnostic] = []
        if not group.lengths.exact:
            found += self._moved(group, task)
        if task.advice:
            found += settings.against_advice(group, task)
        if choice.lost:
            for intent in group.intents:
                found += self._settings(intent.unit, task)
        # Requests that are alike share their slots.
        alike = id(group.slots), task.key
        if choice.lost or alike not in self._carried:
            lost = list(reference_losses(group, choice, self._target))
            found += lost
            if not lost:
                self._carried[alike] = group.slots
        return found

    def _settings(self, unit: Unit, task: Task) -> list[Diagnostic]:
        """Return the settings a task does not take, unless they were told of a block like this."""
        if unit.negative or (unit.seconds is not None and "duration" not in task.takes):
            return list(setting_losses(unit, task, self._target))
        # Blocks without settings of their own share those of the header.
        key = id(unit.settings), task.key, unit.kind, follows_first_frame(unit, task)
        if key in self._told:
            return []
        self._told.add(key)
        return list(setting_losses(unit, task, self._target))

    def _out_of_range(self, intent: Intent, task: Task) -> list[Diagnostic]:
        # Blocks without settings of their own share those of the header.
        key = id(intent.unit.settings), task.key
        if key not in self._ranges:
            self._ranges[key] = list(settings.out_of_range(intent.unit, task, self._target))
        return self._ranges[key]

    def over_all(self, generations: Sequence[Generation]) -> list[Diagnostic]:
        """Return what concerns several generations or their order."""
        return [
            *self._left_to_the_edit(generations),
            *self._takes(generations),
            *self._handles(generations),
            *self._renumbered(generations),
            *self._without_references(generations),
        ]

    def scene_too_big(self, scene: Scene, group: Group, reason: str) -> Diagnostic:
        """Return why a scene with a name cannot be one generation."""
        output = "" if scene.output is None else scene.output.name
        count = len(group.intents)
        if not reason and (group.choice is None or "shots" in group.choice.lost):
            reason = f"{self._target.id} makes one shot a generation"
        if not reason and group.choice is not None:
            reason = self._why_not(group, group.choice.task)
        return problems.SCENE_NOT_ONE.at(
            scene.span,
            f'the {count} shots of "@{output}" cannot be one generation: {reason}',
            hint=f"take AS @{output} off the scene, or say less in it",
        )

    def scene_split(self, scene: Scene, intent: Intent) -> Diagnostic:
        """Return that a scene with a name is interrupted by a block of another kind."""
        output = "" if scene.output is None else scene.output.name
        return problems.SCENE_NOT_ONE.at(
            intent.unit.span,
            f'"@{output}" is one generation and cannot go on behind another kind of block',
            hint="move the other block to after the scene",
            related=[Related("the scene begins here", scene.span)],
        )

    def _why_not(self, group: Group, task: Task) -> str:
        shots = task.limit("shots")
        if shots is not None and shots.max is not None and len(group.intents) > shots.max:
            return f"{len(group.intents)} shots of {shots.max:f}"
        if group.lengths.fault:
            known = [length for length in group.lengths.seconds if length is not None]
            return sum_text(known, sum(known, NOTHING), task.limit("total"))
        if group.overflow is not None:
            return f"{group.overflow.shown} of {group.overflow.limit.max:f}"
        if group.choice is not None and group.choice.refused:
            return f"{self._target.id} refuses what they contain together"
        return "a first frame opens and a last frame closes a generation, or the words are too many"

    def _no_task(self, intent: Intent) -> Diagnostic:
        unit = intent.unit
        if unit.kind not in self._target.blocks():
            hint = offers(self._target, unit.kind)
            return problems.BLOCK_UNSUPPORTED.at(
                unit.span,
                f"{self._target.id} cannot make {block_name(unit)}: it takes "
                f"{_kinds(self._target)} only",
                hint=hint,
            )
        return missing(intent, self._grouper, self._target)

    def _too_long(self, intent: Intent, task: Task) -> Diagnostic:
        unit = intent.unit
        limit = task.limit("total") or task.limit("shot")
        stated = intent.stated
        # Only a stated length is too long, and only for a limit.
        assert limit is not None
        assert stated is not None
        assert unit.seconds is not None
        others = who_makes(unit.kind, stated, self._target)
        split = f"split it into shots of at most {seconds_text(most(limit) or stated)}"
        return problems.SHOT_TOO_LONG.at(
            unit.seconds.span,
            f'"{seconds_text(stated)}" is too long: {self._target.id} makes {range_text(limit)}',
            hint=f"{split}, or use a target that makes {seconds_text(stated)}: {', '.join(others)}"
            if others
            else "; ".join([split, *filter(None, [self._target.elsewhere.get("over-15-s")])]),
        )

    def _pictures(self, entity: Entity, task: Task) -> Iterator[Diagnostic]:
        limit = task.limit("element-pictures")
        want = self._grouper.wants.of(entity)
        if limit is None or not want.startswith("picture") or realise(want, task) != "elements":
            return
        count, name = len(entity.assets), f'"@{entity.name}"'
        if limit.max is not None and count > limit.max:
            yield problems.TOO_MANY_PICTURES.at(
                entity.span,
                f"{name} has {count} pictures; an element of {self._target.id} takes "
                f"{limit.max:f}: the frontal one and {limit.max - 1:f} others",
                hint=f"take out {count - int(limit.max)}",
            )
        elif limit.min is not None and count < limit.min:
            yield problems.TOO_MANY_PICTURES.at(
                entity.span,
                f"{name} has {count} picture; an element of {self._target.id} needs {limit.min:f}",
                hint="add one from another side",
            )

    def _source_length(self, intent: Intent, task: Task) -> Iterator[Diagnostic]:
        for name, span, seconds in settings.source_lengths(intent.unit):
            limit, advised = task.limit("video-seconds"), task.advice.get("video-seconds")
            for bound in (limit, advised):
                if bound is None or settings.within(bound, seconds):
                    continue
                problem = problems.SOURCE_LENGTH if bound is limit else problems.OUTSIDE_ADVICE
                yield problem.at(
                    span,
                    f"{name} is {seconds_text(seconds)}; {_who(bound, self._target)} "
                    f"{settings.bounds_text(bound)} s",
                    hint="take another stretch of it, such as 0:00-0:10",
                )
                break

    def _moved(self, group: Group, task: Task) -> Iterator[Diagnostic]:
        several = len(group.intents) > 1
        limit = (task.limit("shot") if several else task.limit("total")) or task.limit("shot")
        last = len(group.intents) - 1
        for place, (intent, made) in enumerate(
            zip(group.intents, group.lengths.seconds, strict=True)
        ):
            stated = intent.stated
            held = group.lengths.held if place == last else None
            own = made - held if made is not None and held else made
            if stated is None and made is not None:
                yield self._assumed(intent, usual(task))
            elif stated is not None and own is not None and own != stated and limit is not None:
                yield self._adjusted(intent, stated, own, limit)
        if group.lengths.held:
            yield self._held(group, task)

    def _assumed(self, intent: Intent, seconds: Decimal) -> Diagnostic:
        return problems.DURATION_ASSUMED.at(
            intent.unit.span,
            f"{block_name(intent.unit)} states no length: {seconds_text(seconds)}, the default of "
            f"{self._target.id}",
            hint=f"write ({seconds_text(seconds).replace(' ', '')}) in its heading",
            fixes=_stated(intent.unit, seconds_text(seconds).replace(" ", "")),
        )

    def _adjusted(self, intent: Intent, stated: Decimal, made: Decimal, limit: Limit) -> Diagnostic:
        unit = intent.unit
        return Loss(
            "approximated",
            problems.DURATION_ADJUSTED.at(
                unit.span if unit.seconds is None else unit.seconds.span,
                f'"{seconds_text(stated)}" becomes {seconds_text(made)}: {self._target.id} makes '
                f"{range_text(limit)}",
                fixes=_written(unit, seconds_text(made).replace(" ", "")),
            ),
        )

    def _held(self, group: Group, task: Task) -> Diagnostic:
        seconds = [length for length in group.lengths.seconds if length is not None]
        held = group.lengths.held
        before = [*seconds[:-1], seconds[-1] - held]
        total = task.limit("total")
        makes = "" if total is None else f": {self._target.id} makes {range_text(total)} in all"
        unit = group.intents[-1].unit
        return Loss(
            "approximated",
            problems.LAST_SHOT_HELD.at(
                unit.span if unit.seconds is None else unit.seconds.span,
                f"{sum_text(before, sum(before[1:], before[0]), None)}; shot {unit.name} is held "
                f"{seconds_text(held)} longer{makes}",
            ),
        )

    def _left_to_the_edit(self, generations: Sequence[Generation]) -> Iterator[Diagnostic]:
        for generation in generations:
            link = generation.before
            if link is not None and generation.take == 1:
                yield Loss(
                    "dropped",
                    problems.TRANSITION_LEFT_TO_EDIT.at(
                        link.span,
                        f'"{link.words}" stands between two generations: it is made in the edit',
                    ),
                )

    def _takes(self, generations: Sequence[Generation]) -> Iterator[Diagnostic]:
        for generation in generations:
            takes = generation.units[0].settings.takes
            if takes is not None and generation.take == 2:
                count = takes.value
                yield problems.TAKES_REPEATED.at(
                    takes.span,
                    f"{count} takes are {count} requests: {self._target.id} makes one result each",
                )

    def _handles(self, generations: Sequence[Generation]) -> Iterator[Diagnostic]:
        if not any("{name}" in token for token in self._target.tokens.values()):
            return
        for generation in generations:
            named = [slot for slot in generation.slots if slot.token and slot.form != "voice"]
            for short in named:
                for long in named:
                    a, b = short.entity.name.casefold(), long.entity.name.casefold()
                    if short is not long and a != b and b.startswith(a):
                        yield problems.NAME_BEGINS_ANOTHER.at(
                            short.entity.span,
                            f'"@{short.entity.name}" is how "@{long.entity.name}" begins; '
                            f"{self._target.id} may take one for the other",
                            hint="rename one of them",
                            related=[Related("the longer name", long.entity.span)],
                        )

    def _without_references(self, generations: Sequence[Generation]) -> Iterator[Diagnostic]:
        better = self._target.elsewhere.get("no-references")
        if not better or not generations:
            return
        if all(slot.form == "described" for g in generations for slot in g.slots):
            yield problems.FASTER_ELSEWHERE.at(
                generations[0].units[0].span,
                f"nothing refers to a picture or a video, which is what {self._target.id} is for",
                hint=better,
            )

    def _renumbered(self, generations: Sequence[Generation]) -> Iterator[Diagnostic]:
        for generation in generations:
            for slot in generation.slots:
                if slot.entity.origin != "attached" or not slot.token:
                    continue
                digits = slot.entity.name.lstrip(
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                )
                if "{n}" in self._target.tokens.get(slot.form, "") and digits != str(slot.number):
                    units = ", ".join(unit.name for unit in generation.units)
                    yield problems.ATTACHMENT_RENUMBERED.at(
                        slot.entity.span,
                        f'"@{slot.entity.name}" is {slot.token} in the request for {units}: '
                        "references are numbered by first mention",
                        hint="declare it with a name that says what it is",
                    )


def _kinds(target: Target) -> str:
    names = {"shot": "SHOT", "edit": "EDIT", "angle": "ANGLE ON", "coverage": "COVERAGE"}
    return ", ".join(sorted(names[kind] for kind in target.blocks()))


def _who(limit: Limit, target: Target) -> str:
    return f"{target.id} takes" if limit.binding else f"{limit.evidence.title} advises"


def _stated(unit: Unit, seconds: str) -> list[Fix]:
    """Return the fix that writes a length behind the heading word and the label of a SHOT."""
    heading, label = unit.span.text, unit.label or ""
    at = len("SHOT")
    if unit.kind != "shot" or heading[:at].upper() != "SHOT":
        return []
    if label:
        place = heading.find(label, at)
        if place < 0:
            return []  # a parameter made it
        at = place + len(label)
    insertion = Edit(unit.span.part(at, at), f" ({seconds})")
    return [Fix(f"write ({seconds})", [insertion], safe=False)]


def _written(unit: Unit, seconds: str) -> list[Fix]:
    """Return the fix that writes another length where one is written."""
    return [] if unit.seconds is None else replacement(unit.seconds.span, [seconds])


_NONE_LIKE_IT: tuple[int, set[Entity]] = (-1, set())
"""Where no block that wants the same was judged: nothing fits for certain."""
