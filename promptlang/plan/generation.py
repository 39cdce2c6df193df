"""The plan: which blocks share a generation, how they are asked for, and what waits for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.model.storyboard import Entity

if TYPE_CHECKING:
    from decimal import Decimal

    from promptlang.diagnostics import Diagnostic, Loss
    from promptlang.model.storyboard import Asset, Link, Unit
    from promptlang.plan.intents import Said
    from promptlang.providers.target import Limit, Target, Task


def seconds_text(seconds: Decimal) -> str:
    """Return a length as messages spell it: ``2.5 s``, ``4 s``."""
    text = f"{seconds:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} s"


def sum_text(parts: list[Decimal], total: Decimal, limit: Limit | None) -> str:
    """Return a sum of lengths beside the most a target makes: ``4 s + 3 s = 7 s of 15 s``."""
    most = None if limit is None else max(limit.choices, default=limit.max)
    of = "" if most is None else f" of {seconds_text(most)}"
    shown = " + ".join(seconds_text(part) for part in parts)
    return f"{shown} = {seconds_text(total)}{of}" if len(parts) > 1 else f"{shown}{of}"


class Slot:
    """How one entity takes part in a generation.

    Attributes:
        entity: What takes part.
        form: ``element``, ``image``, ``video``, ``audio`` or ``voice`` where the payload carries
            it; ``described`` where only words do.
        number: Its number among the references of its form, from 1 (0 for ``described``).
        token: How the prompt spells it (``@Element1``), or None where the target has no token
            for the form.
        frame: Set where the slot is the first or last frame: ``start`` or ``end``.
        edge: ``start`` or ``end`` where one frame of a video is meant, else ``""``.
        source: Whether it is the video an EDIT or ANGLE works on.
        motion: Whether it is the video whose camera movement is followed.
        want: What the entity of a mention could be for a payload, see `promptlang.plan.intents`.
        further: The pictures that go behind the first one, numbered on from it.
        tokens: How the prompt spells the slot and its further pictures; empty without a token.
    """

    __slots__ = (
        "edge",
        "entity",
        "form",
        "frame",
        "further",
        "motion",
        "number",
        "source",
        "token",
        "tokens",
        "want",
    )

    def __init__(
        self,
        entity: Entity,
        form: str,
        number: int,
        token: str | None,
        *,
        frame: str = "",
        edge: str = "",
        source: bool = False,
        motion: bool = False,
        want: str = "",
    ) -> None:
        self.entity = entity
        self.form = form
        self.number = number
        self.token = token
        self.frame = frame
        self.edge = edge
        self.source = source
        self.motion = motion
        self.want = want
        self.further: list[Asset] = []
        self.tokens = [token] if token else []

    def copy(self) -> Slot:
        """Return another slot that says the same."""
        return Slot(
            self.entity,
            self.form,
            self.number,
            self.token,
            frame=self.frame,
            edge=self.edge,
            source=self.source,
            motion=self.motion,
            want=self.want,
        )

    def __repr__(self) -> str:
        return f"Slot({self.entity.name} as {self.token or self.form})"


class Generation:
    """One request to be made.

    Attributes:
        number: Its place in the plan, from 1; the ``id`` of the request.
        units: The blocks it makes, in order.
        said: What each unit says.
        target: Who makes it.
        task: How it is asked for.
        features: What it contains, of `promptlang.providers.target.FEATURES`.
        seconds: The length of each unit as it is asked for (None: follows the source).
        total: The length in all, None where it follows the source.
        slots: The references in the order of first mention.
        before: The transition into its first shot, left to the edit, or None. It is kept only
            where something stands before it; the opening of the film is in the prompt.
        needs: Numbers of the generations whose output it takes.
        take: Which of several takes it is, from 1, where the target makes one result a request;
            takes after the first repeat the same request.
        after: The transition behind its last shot that closes the film, or None; it is in the
            prompt.
        inputs: The outputs of other blocks it takes, in the order of its slots.
    """

    __slots__ = (
        "_called",
        "after",
        "before",
        "features",
        "inputs",
        "needs",
        "number",
        "said",
        "seconds",
        "slots",
        "take",
        "target",
        "task",
        "total",
        "units",
    )

    def __init__(
        self,
        number: int,
        units: list[Unit],
        said: list[Said],
        target: Target,
        task: Task,
        *,
        features: frozenset[str],
        seconds: list[Decimal | None],
        total: Decimal | None,
        slots: list[Slot],
        before: Link | None = None,
        after: Link | None = None,
        take: int = 1,
    ) -> None:
        self.number = number
        self.units = units
        self.said = said
        self.target = target
        self.task = task
        self.features = features
        self.seconds = seconds
        self.total = total
        self.slots = slots
        self.before = before
        self.after = after
        self.take = take
        self.needs: list[int] = []
        self._called: dict[int, Slot] | None = None
        self.inputs: list[Entity] = []
        for slot in slots:
            if slot.entity.origin == "output" and slot.entity not in self.inputs:
                self.inputs.append(slot.entity)

    def slot(self, entity: Entity) -> Slot | None:
        """Return how a mention of an entity is said, None where it takes no part.

        An entity may take part twice, as a first frame and as an element, say: the slot with a
        token wins. How somebody sounds is never how a mention of them is said.
        """
        if self._called is None:
            self._called = {}
            for slot in self.slots:
                if slot.form != "voice" or slot.entity.kind == "voice":
                    before = self._called.setdefault(id(slot.entity), slot)
                    if slot.token and not before.token:
                        self._called[id(slot.entity)] = slot
        return self._called.get(id(entity))

    def voice(self, entity: Entity) -> Slot | None:
        """Return the slot of the voice an entity speaks in, None where the model chooses."""
        wanted = entity.voice if isinstance(entity.voice, Entity) else entity
        return next((s for s in self.slots if s.form == "voice" and s.entity is wanted), None)

    def __repr__(self) -> str:
        return f"Generation({self.number}, {self.task.key}, {self.units})"

    @property
    def arithmetic(self) -> str:
        """The sum of its lengths as messages show it: ``4 s + 3 s = 7 s of 15 s``."""
        known = [length for length in self.seconds if length is not None]
        if self.total is None or not known:
            return "as long as the source"
        return sum_text(known, self.total, self.task.limit("total"))


class Plan:
    """All generations for one target, in script order.

    Attributes:
        target: The target.
        generations: What to ask for.
        diagnostics: What the target refuses, or what was adjusted, losses among them.
    """

    __slots__ = ("diagnostics", "generations", "target")

    def __init__(
        self, target: Target, generations: list[Generation], diagnostics: list[Diagnostic]
    ) -> None:
        self.target = target
        self.generations = generations
        self.diagnostics = diagnostics

    @property
    def seconds(self) -> Decimal | None:
        """The running time in all of what has a length of its own; None where nothing has."""
        totals = [g.total for g in self.generations if g.total is not None and g.take == 1]
        return sum(totals[1:], totals[0]) if totals else None

    @property
    def losses(self) -> list[Loss]:
        """The losses among the diagnostics."""
        from promptlang.diagnostics import Loss

        return [d for d in self.diagnostics if isinstance(d, Loss)]
