"""Payload models as plain values, so that a payload can be accepted without loading them.

The models are the source; `promptlang.providers.accept` goes by what is written of them.
"""

from __future__ import annotations

from importlib import import_module
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic_core import PydanticUndefined

from promptlang.providers.fields import Payload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.providers.accept import Field, Kind, Outline

_PLAIN = {str: "text", bool: "flag", int: "whole", float: "number"}
_LEAST = ("ge", "min_length")
_MOST = ("le", "max_length")
_OTHERS = (
    "validators",
    "field_validators",
    "root_validators",
    "field_serializers",
    "model_serializers",
    "computed_fields",
)


class NoOutlineError(ValueError):
    """A payload model uses something an outline cannot say."""


def models(provider: str) -> list[type[Payload]]:
    """Return the payload models of a provider and those they are made of."""
    module = import_module(f"promptlang.providers.{provider}_payloads")
    return [
        found
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, Payload)
        and found.__module__ == module.__name__
        and not found.__name__.startswith("_")
    ]


def outline(model: type[Payload]) -> Outline:
    """Return what a model accepts.

    Raises:
        NoOutlineError: It uses something that cannot be said.
    """
    decorators = model.__pydantic_decorators__
    if any(getattr(decorators, name) for name in _OTHERS):
        raise NoOutlineError(f"{model.__name__} has validators or serializers of its own")
    rules = []
    home = import_module(model.__module__.removesuffix("_payloads"))
    for decorator in decorators.model_validators.values():
        name = getattr(decorator.func, "__name__", "")
        if decorator.info.mode != "after" or getattr(home, name, None) is not decorator.func:
            raise NoOutlineError(f"{model.__name__}: {name} is no function of {home.__name__}")
        rules.append(name)
    fields = [_field(model, name) for name in model.model_fields]
    return tuple(fields), tuple(rules)


def _field(model: type[Payload], name: str) -> Field:
    info = model.model_fields[name]
    annotation, optional = _bare(info.annotation)
    kind = _kind(annotation, info.metadata)
    needed = info.default is PydanticUndefined
    return name, info.alias or name, needed, None if needed else info.default, optional, kind


def _bare(annotation: Any) -> tuple[Any, bool]:
    """Return an annotation without ``| None``, and whether it had that."""
    if get_origin(annotation) not in {Union, UnionType}:
        return annotation, False
    kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
    if len(kinds) > 1:
        raise NoOutlineError(f"{annotation} may be several things")
    return kinds[0], True


def _kind(annotation: Any, limits: Iterable[Any]) -> Kind:
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        found = [limit for given in more for limit in getattr(given, "metadata", (given,))]
        return _kind(inner, [*limits, *found])
    least, most = _limits(limits)
    if annotation in _PLAIN and (least is most is None or annotation in {int, float}):
        return _PLAIN[annotation], least, most
    if get_origin(annotation) is list:
        (inner,) = get_args(annotation)
        return "list", _kind(inner, ()), least, most
    if least is not None or most is not None:
        raise NoOutlineError(f"{annotation} with a limit")
    if get_origin(annotation) is Literal:
        return "choice", get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Payload):
        return "part", annotation.__name__
    raise NoOutlineError(f"{annotation}")


def _limits(limits: Iterable[Any]) -> tuple[float | None, float | None]:
    least = most = None
    for limit in limits:
        least_here = next((getattr(limit, n) for n in _LEAST if hasattr(limit, n)), None)
        most_here = next((getattr(limit, n) for n in _MOST if hasattr(limit, n)), None)
        if (least_here is None) == (most_here is None):
            raise NoOutlineError(f"{limit!r}")
        least = least if least_here is None else least_here
        most = most if most_here is None else most_here
    return least, most
