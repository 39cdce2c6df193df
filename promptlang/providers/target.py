"""What a target can do, as dated data: the profile loaded from ``templates/<provider>/*.toml``.

A target says only what differs: ``extends = "kling-o3-pro"`` starts from another file of the same
folder, and tables merge key by key.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any


class Evidence:
    """Where a fact comes from.

    Attributes:
        key: Its name in the target's ``[sources]``.
        title: What was read.
        date: The day it was checked, ``YYYY-MM-DD``.
        confidence: ``A`` vendor's types, ``B`` vendor's documentation, ``C`` a third party,
            ``page`` the page a system is known by alone.
    """

    __slots__ = ("confidence", "date", "key", "title")

    def __init__(self, key: str, title: str, date: str, confidence: str) -> None:
        self.key = key
        self.title = title
        self.date = date
        self.confidence = confidence

    def __repr__(self) -> str:
        return f"Evidence({self.key}, {self.date}, {self.confidence})"


class Limit:
    """A bound on something a request contains.

    Attributes:
        name: What is bounded, such as ``shots``, ``total`` or ``picture-bytes``.
        min: The least allowed, or None.
        max: The most allowed, or None.
        step: The grid numbers must lie on (1: whole), or None.
        choices: The only values allowed, or empty.
        default: What holds where nothing is said, or None.
        unit: ``s``, ``characters``, ``tokens``, ``px``, ``bytes``, ``fps``, ``shots`` …
        binding: Whether the interface refuses more (error) or a page merely says so (warning).
        evidence: Where the number comes from.
        note: What to know about it.
    """

    __slots__ = (
        "binding",
        "choices",
        "default",
        "evidence",
        "max",
        "min",
        "name",
        "note",
        "step",
        "unit",
    )

    def __init__(
        self,
        name: str,
        evidence: Evidence,
        *,
        min: Decimal | None = None,
        max: Decimal | None = None,
        step: Decimal | None = None,
        choices: tuple[Any, ...] = (),
        default: Any = None,
        unit: str = "",
        binding: bool = True,
        note: str = "",
    ) -> None:
        self.name = name
        self.evidence = evidence
        self.min = min
        self.max = max
        self.step = step
        self.choices = choices
        self.default = default
        self.unit = unit
        self.binding = binding
        self.note = note

    def allows(self, value: Decimal) -> bool:
        """Whether a number keeps to the bound."""
        if self.choices:
            return value in self.choices
        return (
            (self.min is None or value >= self.min)
            and (self.max is None or value <= self.max)
            and (self.step is None or value % self.step == 0)
        )

    def nearest(self, value: Decimal) -> Decimal:
        """Return the allowed number nearest to ``value``; ties go up."""
        if self.choices:
            best: Decimal = min(self.choices, key=lambda choice: (abs(choice - value), -choice))
            return best
        inside = value if self.min is None else max(value, self.min)
        inside = inside if self.max is None else min(inside, self.max)
        if self.step is None or inside % self.step == 0:
            return inside
        below = inside - inside % self.step
        above = below + self.step
        if self.max is not None and above > self.max:
            return below
        if self.min is not None and below < self.min:
            return above
        return above if above - inside <= inside - below else below

    def __repr__(self) -> str:
        bounds = list(self.choices) or f"{self.min}..{self.max}"
        return f"Limit({self.name} {bounds} {self.unit})"


class Price:
    """What a generation costs.

    Attributes:
        usd: United States dollars per unit.
        unit: ``second`` or ``generation``.
        when: Conditions such as ``{"audio": True}``; empty where it always holds.
        evidence: Where the number comes from.
    """

    __slots__ = ("evidence", "unit", "usd", "when")

    def __init__(self, usd: Decimal, unit: str, when: dict[str, Any], evidence: Evidence) -> None:
        self.usd = usd
        self.unit = unit
        self.when = when
        self.evidence = evidence


BLOCKS = {
    "text-to-video": "shot",
    "image-to-video": "shot",
    "reference-to-video": "shot",
    "edit": "edit",
    "multi-cam": "angle",
    "coverage": "coverage",
}
"""The kind of block each published task serves."""

FEATURES = (
    "shots",  # more than one shot in a request
    "start",  # a first frame
    "end",  # a last frame
    "images",  # reference pictures
    "elements",  # elements made of pictures
    "element-ids",  # elements kept by the provider
    "video-elements",  # elements made of a video
    "voices",  # voice ids
    "source",  # the video an edit or an angle works on
    "motion",  # a video whose camera movement is followed
    "videos",  # other reference videos
    "audios",  # reference sounds
    "prompt",  # words
    "aspect",
    "resolution",
    "duration",
    "audio",  # whether to make sound
    "cfg",
    "negative",
    "seed",
    "takes",
)
"""Everything a task may take."""


class Task:
    """One way to ask a target for something: an endpoint with what it takes.

    Attributes:
        key: Its name in the target's data.
        name: The published task, one of `BLOCKS`.
        endpoint: The provider's name for it, or None where there is no interface.
        takes: The `FEATURES` it can express.
        needs: Those it cannot do without.
        needs_any: Features of which it cannot do without at least one; empty where it can.
        numbers_frames: Whether the first and the last frame count among the images, so that a
            prompt can name them: the first frame is image 1, the last frame the one after it.
        output: What comes out: ``video``, or ``pictures``.
        excludes: Sets of features the interface refuses together.
        payload: The payload model in the provider's module.
        template: The template that words its prompts.
        limits: What binds it, by name.
        advice: Stricter numbers that only a page or guide states, by name.
        superseded: What to use instead where a newer model does the task better, or ``""``.
    """

    __slots__ = (
        "advice",
        "endpoint",
        "excludes",
        "key",
        "limits",
        "name",
        "needs",
        "needs_any",
        "numbers_frames",
        "output",
        "payload",
        "superseded",
        "takes",
        "template",
    )

    def __init__(
        self,
        key: str,
        name: str,
        endpoint: str | None,
        *,
        takes: frozenset[str],
        needs: frozenset[str],
        payload: str,
        template: str,
        limits: dict[str, Limit],
        advice: dict[str, Limit],
        needs_any: frozenset[str] = frozenset(),
        numbers_frames: bool = False,
        output: str = "video",
        excludes: tuple[frozenset[str], ...] = (),
        superseded: str = "",
    ) -> None:
        self.key = key
        self.name = name
        self.endpoint = endpoint
        self.takes = takes
        self.needs = needs
        self.payload = payload
        self.template = template
        self.limits = limits
        self.advice = advice
        self.needs_any = needs_any
        self.numbers_frames = numbers_frames
        self.output = output
        self.excludes = excludes
        self.superseded = superseded

    @property
    def block(self) -> str:
        """The kind of block it serves: ``shot``, ``edit``, ``angle`` or ``coverage``."""
        return BLOCKS[self.name]

    def limit(self, name: str) -> Limit | None:
        """Return a binding limit, or None where nothing is bound."""
        return self.limits.get(name)

    def default(self, name: str) -> Any:
        """Return what holds of a setting that nobody states, or None where nothing does."""
        limit = self.limits.get(name)
        return None if limit is None else limit.default

    def __repr__(self) -> str:
        return f"Task({self.key})"


class Target:
    """A model on a platform.

    Attributes:
        id: ``provider/name``.
        provider: The folder of ``templates/`` it lives in.
        title: What people call it.
        model: The model behind it.
        summary: What it is good for, in one sentence.
        status: ``live`` or ``retired``.
        replacement: The target to use instead of a retired or superseded one, or ``""``.
        tasks: Its tasks by key, in order of preference.
        tokens: How refs are spelt in a prompt, by form (``image``, ``element``, ``video``,
            ``voice``, ``audio``), with ``{n}`` for the number or ``{name}`` for the declared name.
            A form that is missing cannot be spelt.
        mention: How an element is voiced: ``token`` alone, or ``noun`` for *the driver in …*.
        numbering: ``form`` numbers each form from 1, ``all`` numbers every reference together.
        http: ``method``, ``url`` (``{endpoint}`` filled in), ``headers``; None without interface.
        limits: What binds every task, by name.
        advice: Numbers only a page or guide states, by name.
        prices: What it costs.
        sources: Where its facts come from, by key.
        notes: What to know, one sentence each.
        elsewhere: What to use instead for requests it is not for, by recognised request; a
            published task it lacks stands under the task's name.
        order: The order of the parts of a shot's prompt, names as ``templates/README.md`` says.
        data: The merged TOML table, for anything a provider's own class wants.
    """

    __slots__ = (
        "advice",
        "data",
        "elsewhere",
        "http",
        "id",
        "limits",
        "mention",
        "model",
        "notes",
        "numbering",
        "order",
        "prices",
        "provider",
        "replacement",
        "sources",
        "status",
        "summary",
        "tasks",
        "title",
        "tokens",
    )

    def __init__(self, id: str, data: dict[str, Any]) -> None:
        self.id = id
        self.provider = id.split("/", 1)[0]
        self.data = data
        self.title: str = data["title"]
        self.model: str = data["model"]
        self.summary: str = data["summary"]
        self.status: str = data.get("status", "live")
        self.replacement: str = data.get("replacement", "")
        self.tokens: dict[str, str] = data.get("tokens", {})
        self.mention: str = data.get("mention", "token")
        self.numbering: str = data.get("numbering", "form")
        self.http: dict[str, Any] | None = data.get("http")
        self.notes: tuple[str, ...] = tuple(data.get("notes", ()))
        self.elsewhere: dict[str, str] = data.get("elsewhere", {})
        self.order: tuple[str, ...] = tuple(data.get("order", ()))
        self.sources = {
            key: Evidence(key, row["title"], str(row["date"]), row["confidence"])
            for key, row in data["sources"].items()
        }
        self.limits = self._limits(data.get("limits", {}), binding=True)
        self.advice = self._limits(data.get("advice", {}), binding=False)
        self.prices = tuple(
            Price(
                Decimal(str(row["usd"])),
                row["unit"],
                row.get("when", {}),
                self.sources[row["source"]],
            )
            for row in data.get("prices", ())
        )
        self.tasks = {key: self._task(key, row) for key, row in data["tasks"].items() if row}

    def _limits(self, table: dict[str, Any], *, binding: bool) -> dict[str, Limit]:
        return {
            name: Limit(
                name,
                self.sources[row["source"]],
                min=_number(row.get("min")),
                max=_number(row.get("max")),
                step=_number(row.get("step")),
                choices=tuple(
                    c if isinstance(c, str) else Decimal(str(c)) for c in row.get("choices", ())
                ),
                default=row.get("default"),
                unit=row.get("unit", ""),
                binding=binding,
                note=row.get("note", ""),
            )
            for name, row in table.items()
            if row  # an empty table takes an inherited limit away
        }

    def _task(self, key: str, row: dict[str, Any]) -> Task:
        own = self._limits(row.get("limits", {}), binding=True)
        removed = {name for name, limit in row.get("limits", {}).items() if not limit}
        limits = {n: v for n, v in self.limits.items() if n not in removed} | own
        endpoint = row.get("endpoint")
        return Task(
            key,
            row.get("task", key),
            endpoint.replace("{tier}", self.data.get("tier", "")) if endpoint else None,
            takes=frozenset(row["takes"]),
            needs=frozenset(row.get("needs", ())),
            payload=row["payload"],
            template=row["template"],
            limits=limits,
            advice=self.advice | self._limits(row.get("advice", {}), binding=False),
            needs_any=frozenset(row.get("needs-any", ())),
            numbers_frames=row.get("numbers-frames", False),
            output=row.get("output", "video"),
            excludes=tuple(frozenset(features) for features in row.get("excludes", ())),
            superseded=row.get("superseded", ""),
        )

    def blocks(self) -> set[str]:
        """Return the kinds of block the target can make."""
        return {task.block for task in self.tasks.values()}

    def __repr__(self) -> str:
        return f"Target({self.id})"


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
