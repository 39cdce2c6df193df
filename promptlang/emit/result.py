"""The result of a compilation: typed, serialisable, with a published schema.

The classes are plain, because pydantic takes longer to load than a script to compile. What they
publish and read, `promptlang.emit.schema` makes of their annotations when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, dataclass_transform

from promptlang.diagnostics import Diagnostic
from promptlang.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

_keep = object.__setattr__
NEEDED = object()
"""In place of a default: the field has none."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Frozen:
    """A record that cannot be changed and takes no unknown fields.

    Its fields are those it annotates, in their order; a value on the class is their default.
    """

    _defaults: ClassVar[dict[str, Any]] = {}
    _spelt: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls) -> None:
        names = [name for name in cls.__annotations__ if not name.startswith("_")]
        cls._defaults = {name: getattr(cls, name, NEEDED) for name in names}

    def __init__(self, **values: Any) -> None:
        if values.keys() != self._defaults.keys():
            values = self._defaults | values
            if len(values) > len(self._defaults):
                unknown = ", ".join(values.keys() - self._defaults.keys())
                raise TypeError(f"{type(self).__name__} has no {unknown}")
            missing = [name for name, value in values.items() if value is NEEDED]
            if missing:
                raise TypeError(f"{type(self).__name__} needs {', '.join(missing)}")
        _keep(self, "__dict__", values)

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """Return a record that keeps these values, which are all its fields and not looked at."""
        made = cls.__new__(cls)
        _keep(made, "__dict__", values)
        return made

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot be changed: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash(tuple([getattr(self, name) for name in self._defaults]))

    def __repr__(self) -> str:
        fields = [f"{name}={getattr(self, name)!r}" for name in self._defaults]
        return f"{type(self).__name__}({', '.join(fields)})"

    @classmethod
    def model_json_schema(cls, **options: Any) -> dict[str, Any]:
        """Return the JSON schema; the options are those pydantic has."""
        from promptlang.emit.schema import model

        return model(cls).model_json_schema(**options)

    @classmethod
    def model_validate(cls, data: Any) -> Self:
        """Return a record of JSON values.

        Raises:
            ValueError: They do not fit the schema; the message says where.
        """
        from promptlang.emit.schema import read

        return read(cls, data)

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """Return a copy with other values for some of the fields."""
        return type(self)(**self.__dict__ | dict(update or {}))

    def model_dump(self, *, mode: str = "python", by_alias: bool = False) -> dict[str, Any]:
        """Return plain values, which are JSON values in every mode.

        Args:
            mode: ``python`` or ``json``; there is no difference.
            by_alias: Whether fields are named as in JSON.
        """
        return {
            (self._spelt.get(name, name) if by_alias else name): _plain(
                getattr(self, name), by_alias=by_alias
            )
            for name in self._defaults
        }

    def model_dump_json(self, *, indent: int | None = None, by_alias: bool = False) -> str:
        """Return JSON, on one line or indented."""
        import json

        separators = (",", ":") if indent is None else None
        data = self.model_dump(by_alias=by_alias)
        text = json.dumps(data, indent=indent, separators=separators, ensure_ascii=False)
        try:
            text.encode()
        except UnicodeEncodeError:
            # The name of a file may hold bytes that are no text; those are spelt as escapes.
            return json.dumps(data, indent=indent, separators=separators)
        return text


def _plain(value: Any, *, by_alias: bool) -> Any:
    if isinstance(value, list):
        return [_plain(item, by_alias=by_alias) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item, by_alias=by_alias) for key, item in value.items()}
    if isinstance(value, Frozen):
        return value.model_dump(by_alias=by_alias)
    return record(value) if isinstance(value, Diagnostic) else value


class Stretch(Frozen):
    """Where a stretch of a prompt, ``text[start:end]``, comes from; line and column from 1."""

    start: int
    end: int
    path: str
    line: int
    column: int


class PromptText(Frozen):
    """The words of one block.

    Attributes:
        shot: The block's label, else ``#`` and its place.
        text: The exact words.
        seconds: Its length, None where it follows the source.
        transition: A transition into it that was left to the edit.
        characters: Length of ``text`` in code points.
        limit: The most the target takes (characters, or tokens where ``unit`` says so), or None.
        unit: What ``used`` and ``limit`` count.
        used: How much of the limit the text uses.
        source_map: Where its stretches come from.
    """

    shot: str
    text: str
    seconds: float | None
    transition: str | None
    characters: int
    limit: int | None
    unit: Literal["characters", "tokens"] = "characters"
    used: int
    source_map: list[Stretch]


class Reference(Frozen):
    """Something the request points at; ``as`` is its spelling in the prompt, None without one."""

    _spelt: ClassVar = {"spelling": "as"}

    name: str
    spelling: str | None
    kind: str
    files: list[str]


class Http(Frozen):
    """How the request is sent. Header values name environment variables, never secrets."""

    method: str
    url: str
    headers: dict[str, str]


class Request(Frozen):
    """One request, complete.

    Attributes:
        id: Its place, ``"1"``, ``"2"``, …
        task: What is asked for.
        endpoint: The provider's name for it; None for a form without interface.
        http: How it is sent; None for a form without interface.
        payload: Exactly the body to send, or what a person enters, in the order of the form.
        prompts: The words block by block.
        negative_prompt: What must not appear, where the target takes it apart from the prompt.
        references: What it points at, in the order of first mention.
        seconds: Its length, None where it follows the source.
        takes: How many results the script asks for.
        needs: The ids of the requests whose output it takes.
    """

    id: str
    task: Literal[
        "text-to-video",
        "image-to-video",
        "reference-to-video",
        "edit",
        "multi-cam",
        "coverage",
    ]
    endpoint: str | None
    http: Http | None
    payload: dict[str, Any]
    prompts: list[PromptText]
    negative_prompt: str | None
    references: list[Reference]
    seconds: float | None
    takes: int = 1
    needs: list[str]


class LossRecord(Frozen):
    """Something the target cannot express."""

    name: str
    code: str
    kind: Literal["approximated", "dropped"]
    severity: Literal["error", "warning", "info", "hint"]
    message: str
    path: str
    line: int
    column: int


class CompileError(Exception):
    """A script has errors. ``diagnostics`` holds all that was found."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        errors = [d for d in self.diagnostics if d.is_error]
        places = [f"{d.span.path}:{d.span.line}:{d.span.column}: {d.message}" for d in errors]
        return "\n".join(places)


class Compilation(Frozen):
    """What one script becomes for one target.

    Attributes:
        promptlang: The version that compiled it.
        source: The script's path.
        target: The target's id.
        seconds: Running time of what has a length of its own.
        requests: What to send, in order.
        losses: What the target cannot express.
        diagnostics: Everything found, in order, losses among them.
        row: Which row of a table it was compiled for, from 1; None without a table.
    """

    promptlang: str
    source: str
    target: str
    seconds: float
    requests: list[Request]
    losses: list[LossRecord]
    diagnostics: list[Diagnostic]
    row: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the script has no errors."""
        return not any(d.is_error for d in self.diagnostics)

    def raise_for_errors(self) -> Compilation:
        """Return the compilation itself where it has no errors.

        Raises:
            CompileError: The script has errors.
        """
        if not self.ok:
            raise CompileError(list(self.diagnostics))
        return self
