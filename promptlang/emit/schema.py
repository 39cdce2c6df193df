"""The published schema of results, made of their annotations by pydantic."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, TypeVar, get_type_hints

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    WithJsonSchema,
    create_model,
)

from promptlang.diagnostics import Diagnostic
from promptlang.emit import result
from promptlang.records import record

Record = TypeVar("Record", bound=result.Frozen)

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

_CONFIG = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


@cache
def _models() -> dict[type[result.Frozen], type[BaseModel]]:
    """Return the model of each record; a record is defined behind those it is made of."""
    models: dict[type[result.Frozen], type[BaseModel]] = {}
    names: dict[str, Any] = {"Diagnostic": DiagnosticValue}
    for cls in result.Frozen.__subclasses__():
        hints = get_type_hints(cls, vars(result), names, include_extras=True)
        fields: dict[str, Any] = {
            name: (hints[name], _field(cls, name, default))
            for name, default in cls._defaults.items()
        }
        made = create_model(cls.__name__, __config__=_CONFIG, __doc__=cls.__doc__, **fields)
        models[cls] = names[cls.__name__] = made
    return models


def _field(cls: type[result.Frozen], name: str, default: Any) -> Any:
    alias = cls._spelt.get(name)
    return Field(alias=alias) if default is result.NEEDED else Field(default, alias=alias)


def model(cls: type[result.Frozen]) -> type[BaseModel]:
    """Return the pydantic model of a class of records."""
    return _models()[cls]


def read(cls: type[Record], data: Any) -> Record:
    """Return a record of JSON values.

    Raises:
        ValueError: They do not fit the model.
    """
    made: Record = _record(model(cls).model_validate(data))
    return made


def _record(value: Any) -> Any:
    if isinstance(value, list):
        return [_record(item) for item in value]
    if not isinstance(value, BaseModel):
        return value
    cls = next(cls for cls, made in _models().items() if made is type(value))
    return cls(**{name: _record(getattr(value, name)) for name in cls._defaults})
