"""Payloads that are certain to be right, accepted without loading the models they are made of.

Pydantic takes longer to load than a script to compile, and nearly every payload is right. What
is certain here is spelt as the model would spell it. Whatever is not (a value of another type, a
rule that is broken, no outlines) is left to the model, which alone says what is wrong.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from promptlang.providers.written import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Kind = tuple[Any, ...]
    Field = tuple[str, str, bool, Any, bool, Kind]
    Outline = tuple[tuple[Field, ...], tuple[str, ...]]
    Rules = Callable[[str], Callable[[Any], Any]]


class _UnsureError(Exception):
    """Only the model can tell."""


def body(
    provider: str, model: str, values: Mapping[str, Any], rule: Rules
) -> dict[str, Any] | None:
    """Return the body that a payload model would make of values, None where that is not certain.

    Args:
        provider: Whose model it is.
        model: Its name; it has an outline.
        values: Its fields by name.
        rule: Returns the rule of a name; it raises ValueError where it is broken.
    """
    try:
        return _Reading(_outlines()[provider], rule).part(model, values)[1]
    except _UnsureError:
        return None


def fields(provider: str, model: str) -> list[str]:
    """Return the names of the fields of a model, none where it has no outline."""
    names, _ = _outlines().get(provider, {}).get(model, ((), ()))
    return [name for name, *_ in names]


def _outlines() -> dict[str, dict[str, Outline]]:
    table = written()
    return {} if table is None else table.OUTLINES


class _Reading:
    """One payload being read: each part twice, as the rules see it and as it is sent."""

    __slots__ = ("outlines", "rule")

    def __init__(self, outlines: Mapping[str, Outline], rule: Rules) -> None:
        self.outlines = outlines
        self.rule = rule

    def part(self, model: str, values: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Read the fields of a model.

        Raises:
            _UnsureError: Only the model can tell what becomes of these values.
        """
        fields, rules = self.outlines[model]
        seen, sent = {}, {}
        unread = len(values)
        for name, alias, needed, default, optional, kind in fields:
            if name in values:
                unread -= 1
                shown = value = values[name]
                if value is not None or not optional:
                    shown, value = self._value(kind, value)
            elif needed:
                raise _UnsureError
            else:
                shown = value = default
            seen[name] = shown
            if value is not None:
                sent[alias] = value
        if unread:
            raise _UnsureError
        whole = SimpleNamespace(**seen)
        for rule in rules:
            try:
                self.rule(rule)(whole)
            except ValueError:
                raise _UnsureError from None
        return whole, sent

    def _value(self, kind: Kind, value: Any) -> tuple[Any, Any]:
        """Read a value of a kind; exact types only, as the models are strict."""
        what = kind[0]
        if what == "list" and type(value) is list:
            _, inner, least, most = kind
            if _between(len(value), least, most):
                pairs = [self._value(inner, item) for item in value]
                return [shown for shown, _ in pairs], [sent for _, sent in pairs]
        elif what == "part" and type(value) is dict:
            return self.part(kind[1], value)
        elif _fits(kind, value):
            return value, value
        raise _UnsureError


def _fits(kind: Kind, value: Any) -> bool:
    what = kind[0]
    if what == "text":
        return type(value) is str and _is_text(value)
    if what == "choice":
        choices = kind[1]
        # A number may equal a choice and be of another type, as 1.0 and true equal 1.
        return value in choices and type(value) is type(choices[choices.index(value)])
    if what == "flag":
        return type(value) is bool
    if what == "whole":
        return type(value) is int and _between(value, *kind[1:])
    number = what == "number" and type(value) is float
    return number and math.isfinite(value) and _between(value, *kind[1:])


def _is_text(value: str) -> bool:
    """Whether a text has no half of a character, which no model takes."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _between(value: float, least: float | None, most: float | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)
