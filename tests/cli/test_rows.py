"""Tables of rows: what is read, and what is told of a bad one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from promptlang.cli import UsageError
from promptlang.cli.rows import Row, read_rows

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path) -> list[tuple[int, dict[str, str] | str]]:
    return [
        (row.number, row.values if isinstance(row, Row) else str(row))
        for row in read_rows(str(path), ["town", "line"])
    ]


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_csv_as_spreadsheets_write_it(tmp_path: Path) -> None:
    data = '\ufeff town ,{line}\r\n"Rome, ""R""","two\r\nlines"\r\n\r\n,x\r\n'
    path = put(tmp_path, "t.csv", data.encode())
    assert rows(path) == [(1, {"town": 'Rome, "R"', "line": "two\r\nlines"}), (2, {"line": "x"})]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_csv_of_a_spreadsheet_that_needs_the_comma(tmp_path: Path, mark: str) -> None:
    path = put(tmp_path, "t.csv", f'town{mark}line\nRome{mark}"a,b"\nBonn{mark}2,5\n'.encode())
    assert rows(path) == [
        (1, {"town": "Rome", "line": "a,b"}),
        (2, {"town": "Bonn", "line": "2,5"}),
    ]


def test_bad_rows_keep_their_number(tmp_path: Path) -> None:
    path = put(tmp_path, "t.csv", b'town,line\na,b\n"a"b,c\nd\ne,f\n')
    found = rows(path)
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert found[3][1] == {"town": "e", "line": "f"}
    assert isinstance(found[1][1], str)
    assert found[2][1] == "1 cells, the header has 2"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("t.csv", b"", "the header is missing"),
        ("t.csv", b"a,a\n1,2\n", 'the header names "a" twice'),
        ("t.csv", b'"a"b\n', "the header cannot be read"),
        ("t.csv", b"town\ncaf\xe9\n", "is not UTF-8"),
        ("t.tsv", b"town\n", "takes a .csv or .jsonl table"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = put(tmp_path, name, data)
    with pytest.raises(UsageError, match=message):
        rows(path)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        rows(tmp_path / "none.csv")


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        b'{"town": "Rome", "line": 2.50}',
        b"",
        b'{"line": null, "town": 1000000000000000000000000000000}',
        b'{"line": true}',
        b'{"line": NaN}',
        b'["town"]',
        b"[" * 100_000,
        b"{'town': 1}",
    ]
    found = rows(put(tmp_path, "t.jsonl", b"\n".join(lines)))
    assert found[0] == (1, {"town": "Rome", "line": "2.50"})
    assert found[1] == (2, {"town": "1000000000000000000000000000000"})
    assert [number for number, values in found if isinstance(values, str)] == [3, 4, 5, 6, 7]
