"""The result of a compilation: typed, serialisable, with a published schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    WithJsonSchema,
)

from promptlang.diagnostics import Diagnostic
from promptlang.records import record


class Frozen(BaseModel):
    """A record that cannot be changed and takes no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_PLACE = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_RELATED = {
    "type": "object",
    "properties": {"message": _TEXT, "path": _TEXT, "line": _PLACE, "column": _PLACE},
    "required": ["message", "path", "line", "column"],
    "additionalProperties": False,
}
_EDIT = {
    "type": "object",
    "properties": {"path": _TEXT, "start": _PLACE, "end": _PLACE, "text": _TEXT},
    "required": ["path", "start", "end", "text"],
    "additionalProperties": False,
}
_FIX = {
    "type": "object",
    "properties": {
        "message": _TEXT,
        "safe": {"type": "boolean"},
        "edits": {"type": "array", "items": _EDIT},
    },
    "required": ["message", "safe", "edits"],
    "additionalProperties": False,
}
DIAGNOSTIC_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Diagnostic",
    "properties": {
        "name": _TEXT,
        "code": {"type": "string", "pattern": "^PL[0-9]{3}$"},
        "severity": {"enum": ["error", "warning", "info", "hint"]},
        "message": _TEXT,
        "hint": {"type": ["string", "null"]},
        "path": _TEXT,
        "line": _PLACE,
        "column": _PLACE,
        "end_line": _PLACE,
        "end_column": _PLACE,
        "start": _PLACE,
        "end": _PLACE,
        "related": {"type": "array", "items": _RELATED},
        "fixes": {"type": "array", "items": _FIX},
    },
    "required": [
        "name",
        "code",
        "severity",
        "message",
        "hint",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "start",
        "end",
        "related",
        "fixes",
    ],
    "additionalProperties": False,
}

DiagnosticValue = Annotated[
    InstanceOf[Diagnostic],
    PlainSerializer(record, return_type=dict[str, Any]),
    WithJsonSchema(DIAGNOSTIC_SCHEMA),
]


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

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str
    spelling: str | None = Field(alias="as")
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
    diagnostics: list[DiagnosticValue]
    row: int | None = None

    def model_dump_json(self, **options: Any) -> str:
        """Return the compilation as JSON; see pydantic for the options."""
        try:
            return super().model_dump_json(**options)
        except ValueError:
            # The name of a file may hold bytes that are no text; those are spelt as escapes.
            import json

            indent = options.pop("indent", None)
            return json.dumps(self.model_dump(mode="json", **options), indent=indent)

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
