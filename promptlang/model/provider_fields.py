"""Reading ``<provider>.<field>: value``: JSON where it parses as JSON, else text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from promptlang.model import problems
from promptlang.model.storyboard import Value
from promptlang.syntax.inline import scan
from promptlang.syntax.problems import LONE_SURROGATE

if TYPE_CHECKING:
    from promptlang.model.reading import Reader
    from promptlang.source import Span
    from promptlang.syntax import ast

DEEPEST = 32
"""How deep a JSON value may be nested."""


def read_field(line: ast.ProviderField, reader: Reader) -> Value | None:
    """Return the value of a provider field, or None where it could not be read."""
    raw = line.value.raw.strip()
    span = reader.spanner.part(line, line.value)
    if _depth(raw) > DEEPEST:
        reader.report(
            problems.FIELD_TOO_DEEP.at(
                span,
                f'the value of "{line.provider.text}.{line.path.text}" is nested too deep, '
                f"{DEEPEST} levels are allowed",
                hint="send a flatter value",
            )
        )
        return None
    known, value = _json(raw)
    if known and (half := _half(raw, value)):
        name = f"{line.provider.text}.{line.path.text}"
        message = f'the value of "{name}" holds {half}'
        reader.report(LONE_SURROGATE.at(span, message, hint="write the character itself"))
        return None
    if known:
        # Parameters are filled inside the strings, so a value cannot change the structure.
        return Value(_filled(value, reader, span), span)
    if not reader.filled(line.value):
        reader.text(line, line.value)
        return None
    text = reader.text(line, line.value).plain.strip()
    known, value = _json(text) if _depth(text) <= DEEPEST else (False, None)
    return Value(value if known else text, span)


def _depth(raw: str) -> int:
    depth = deepest = 0
    for char in raw:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _json(raw: str) -> tuple[bool, object]:
    # Few scripts have such a field, and every check would pay for the import.
    import json

    try:
        return True, json.loads(raw, parse_float=_finite, parse_constant=_refused)
    except (ValueError, RecursionError):
        return False, None


def _half(raw: str, value: object) -> str:
    """Return which half of a character a JSON value spells out, ``""`` where none."""
    if "\\u" not in raw:
        return ""
    import json

    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return f"the code U+{ord(error.object[error.start]):04X}, which is half a character"
    return ""


def _finite(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise ValueError(written)
    return number


def _refused(written: str) -> None:
    raise ValueError(written)


def _filled(value: object, reader: Reader, span: Span) -> object:
    # The depth of what comes here is bounded above.
    if isinstance(value, str):
        return _filled_text(value, reader, span) if "{" in value else value
    if isinstance(value, list):
        return [_filled(item, reader, span) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, reader, span) for key, item in value.items()}
    return value


def _filled_text(words: str, reader: Reader, span: Span) -> str:
    pieces = []
    at = 0
    for mark in scan(words, refs=False).marks:
        name = getattr(mark, "name", None)
        if name is not None:
            pieces += [words[at : mark.start], reader.ledger.parameters.fill(name, span)]
            at = mark.end
    return "".join([*pieces, words[at:]])
