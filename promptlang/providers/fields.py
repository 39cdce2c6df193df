"""Payload models: their common base, how they are built, and provider fields merged in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from promptlang.providers.base import Complaint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)


class Payload(BaseModel):
    """A request body or a part of one: exact types, no unknown fields, no changes later."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, populate_by_name=True
    )


class PayloadError(ValueError):
    """A payload model refused values; ``complaints`` says which and why."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__(complaints)
        self.complaints = complaints

    def __str__(self) -> str:
        return "; ".join(f"{c.path}: {c.message}" if c.path else c.message for c in self.complaints)


def build(model: type[Model], values: Mapping[str, Any]) -> Model:
    """Return a model of these values.

    Raises:
        PayloadError: It refuses some of them.
    """
    try:
        return model(**values)
    except ValidationError as error:
        raise PayloadError([_complaint(model, row) for row in error.errors()]) from error


def apply(payload: Model, fields: Mapping[str, Any]) -> tuple[Model, list[Complaint]]:
    """Return a payload with fields merged in by dotted path, and what could not be merged."""
    if not fields:
        return payload, []
    body = payload.model_dump(mode="json", by_alias=True, exclude_none=True)
    merged, complaints = _try(payload, body, fields)
    if merged is not None:
        return merged, []
    # Together they do not fit; alone some may, and each complaint belongs to one field.
    kept = payload
    complaints = []
    for path, value in fields.items():
        body = kept.model_dump(mode="json", by_alias=True, exclude_none=True)
        merged, found = _try(payload, body, {path: value})
        if merged is None:
            complaints += found
        else:
            kept = merged
    return kept, complaints


def _try(
    payload: Model, body: dict[str, Any], fields: Mapping[str, Any]
) -> tuple[Model | None, list[Complaint]]:
    complaints = []
    for path, value in fields.items():
        problem = _put(body, path, value)
        if problem:
            complaints.append(Complaint(path, problem))
    if complaints:
        return None, complaints
    try:
        return type(payload).model_validate(body), []
    except ValidationError as error:
        only = next(iter(fields)) if len(fields) == 1 else None
        return None, [_complaint(type(payload), row, only) for row in error.errors()]


# No payload nests deeper than this; a path of thousands of dots is no path.
_DEEPEST = 8


def _put(body: dict[str, Any], path: str, value: Any) -> str | None:
    """Set one value in place; the message says why that is impossible."""
    place: Any = body
    *parents, last = path.split(".")
    if len(parents) > _DEEPEST:
        return "reaches deeper than any field does"
    for depth, name in enumerate(parents):
        if isinstance(place, dict):
            place = place.setdefault(name, {})
        elif isinstance(place, list) and name.isascii() and name.isdigit():
            if int(name) >= len(place):
                return f'"{".".join(parents[:depth])}" has {len(place)} entries, counted from 0'
            place = place[int(name)]
        else:
            return f'"{".".join(parents[:depth])}" has no parts'
    if isinstance(place, dict):
        place[last] = value
    elif isinstance(place, list) and last.isascii() and last.isdigit() and int(last) < len(place):
        place[int(last)] = value
    else:
        return f'"{".".join(parents)}" has no part "{last}"'
    return None


def _complaint(model: type[BaseModel], row: ErrorDetails, path: str | None = None) -> Complaint:
    where = ".".join(str(step) for step in row["loc"])
    kind, context = row["type"], row.get("ctx", {})
    found = row["input"]
    suggestions: tuple[str, ...] = ()
    if kind == "extra_forbidden":
        names = _names(model, row["loc"][:-1])
        suggestions = _close(str(row["loc"][-1]), names)
        message = f'"{where}" is no field of this request, which has {", ".join(names)}'
    elif kind == "missing":
        message = f'"{where}" is missing'
    elif kind == "literal_error":
        allowed = context.get("expected", "").replace("'", '"').replace(" or ", ", ")
        message = f'"{where}" cannot be {_shown(found)}, allowed: {allowed}'
        suggestions = _close(str(found), [word.strip('" ') for word in allowed.split(",")])
    elif kind == "value_error":
        message = str(context.get("error", row["msg"]))
    else:
        message = f'"{where}" cannot be {_shown(found)}: {_plain(kind, row["msg"])}'
    return Complaint(path or where, message, suggestions, kind == "literal_error")


_WANTED = {
    "string_type": "it is text",
    "bool_type": "it is true or false",
    "int_type": "it is a whole number",
    "int_from_float": "it is a whole number",
    "float_type": "it is a number",
    "list_type": "it is a list",
    "model_type": "it is an object",
    "finite_number": "it is a finite number",
}


def _plain(kind: str, message: str) -> str:
    return _WANTED.get(kind, message[:1].lower() + message[1:])


def _shown(value: Any) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = f"this {type(value).__name__}"  # no JSON, too deep, or more digits than are shown
    return text if len(text) <= 60 else f"{text[:57]}..."


def _names(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Return the sorted field names of the model, or of the part of it a path leads to."""
    for step in path:
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                model = _model_in(field.annotation) or model
                break
    return sorted(field.alias or name for name, field in model.model_fields.items())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as ``list[Shot] | None``."""
    waiting = [annotation]
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, BaseModel):
            return found
        waiting += getattr(found, "__args__", ())
    return None


def _close(word: str, names: list[str]) -> tuple[str, ...]:
    from difflib import get_close_matches

    return tuple(get_close_matches(word[:100], names, n=3))
