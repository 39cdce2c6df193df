"""Rows of a table whose columns are the parameters of a script."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from promptlang.cli import UsageError
from promptlang.cli.show import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Row:
    """A row: its number, from 1 and without the header, and its values by parameter.

    An empty cell of a CSV table and ``null`` in JSON say nothing, so the script's default holds.
    """

    __slots__ = ("number", "values")

    def __init__(self, number: int, values: dict[str, str]) -> None:
        self.number = number
        self.values = values


class BadRow:
    """A row that cannot be read; its text says why."""

    __slots__ = ("number", "reason")

    def __init__(self, number: int, reason: str) -> None:
        self.number = number
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


def read_rows(path: str, parameters: Collection[str]) -> Iterator[Row | BadRow]:
    """Yield the rows of a table, one by one as they are read.

    Columns that are no parameters are left out, and said so once on standard error: tables carry
    notes and ids.

    Raises:
        UsageError: The table cannot be read, is of no known kind or has no usable header.
    """
    ending = Path(path).suffix.lower()
    if ending not in {".csv", ".jsonl", ".ndjson"}:
        raise UsageError(f'--data takes a .csv or .jsonl table, not "{path}"')
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = _csv(file, path) if ending == ".csv" else _json_lines(file)
            yield from _fitting(rows, path, set(parameters))
    except FileNotFoundError:
        raise UsageError(f'"{path}" does not exist') from None
    except OSError as error:
        raise UsageError(f'"{path}" cannot be read: {error.strerror or error}') from None
    except UnicodeDecodeError as error:
        raise UsageError(f'"{path}" is not UTF-8 (byte {error.start})') from None


def _fitting(
    rows: Iterator[Row | BadRow], path: str, parameters: set[str]
) -> Iterator[Row | BadRow]:
    strange: set[str] = set()
    for row in rows:
        if isinstance(row, Row):
            for name in row.values.keys() - parameters - strange:
                strange.add(name)
                known = ", ".join(f'"{name}"' for name in sorted(parameters)) or "none"
                told = visible(f'{path}: "{name}" is no parameter, declared are {known}')
                print(f"promptlang: {told}", file=sys.stderr)
            row.values = {n: v for n, v in row.values.items() if n in parameters}
        yield row


def _csv(file: TextIO, path: str) -> Iterator[Row | BadRow]:
    import csv
    from itertools import chain

    first = file.readline()
    # Where the comma is the decimal point, spreadsheets part cells by semicolons.
    parted = next((mark for mark in ",;\t" if mark in first), ",")
    reader = csv.reader(chain([first] if first else [], file), delimiter=parted, strict=True)
    try:
        header = [name.strip().strip("{}") for name in next(reader, [])]
    except csv.Error as error:
        raise UsageError(f'"{path}": the header cannot be read: {error}') from None
    twice = sorted({name for name in header if header.count(name) > 1})
    if not header or twice:
        what = f'names "{twice[0]}" twice' if twice else "is missing"
        raise UsageError(f'"{path}": the header {what}')
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            number += 1
            yield BadRow(number, str(error))
            continue
        if cells is None:
            return
        if not cells:
            continue
        number += 1
        if len(cells) != len(header):
            yield BadRow(number, f"{len(cells)} cells, the header has {len(header)}")
        else:
            values = zip(header, cells, strict=True)
            yield Row(number, {name: cell for name, cell in values if name and cell})


def _json_lines(file: TextIO) -> Iterator[Row | BadRow]:
    import json

    number = 0
    for line in file:
        if not line.strip():
            continue
        number += 1
        try:
            # Numbers are kept as they are written: 2.50 must not become 2.5.
            data = json.loads(line, parse_float=str, parse_int=str)
        except ValueError as error:
            yield BadRow(number, f"not JSON: {error}")
            continue
        except RecursionError:
            yield BadRow(number, "not JSON: nested too deeply")
            continue
        yield _json_row(number, data)


def _json_row(number: int, data: Any) -> Row | BadRow:
    if not isinstance(data, dict):
        return BadRow(number, "not an object of names and values")
    values = {}
    for name, value in data.items():
        if isinstance(value, (dict, list, bool, float)):
            return BadRow(number, f'"{name}" must be a text or a number')
        if value is not None:
            values[name] = str(value)
    return Row(number, values)
