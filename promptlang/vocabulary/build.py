"""The tables of the vocabulary, from where they load fastest.

A build writes them to ``_table.py``, a plain module that Python compiles like any other. An
installed package trusts it; a checkout uses it only while it agrees with the files it was made
from, and reads those otherwise.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promptlang import resources
from promptlang import tables as written_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = Path(__file__).resolve().parent
_MAKERS = ("camera.py", "tables.py", "words.py", "../syntax/grammar.py")


@cache
def table() -> dict[str, Any]:
    """Return every table; ``grammar`` is among them where they were written out."""
    written = written_tables.load("promptlang.vocabulary", checksum)
    if written is not None:
        return unpack(written.SMALL, written.LARGE)
    from promptlang.vocabulary import tables

    return tables.build(tables.read_toml())


def checksum() -> int:
    """Return a number that changes whenever anything the tables are made from does."""
    return written_tables.checksum(_sources())


def _sources() -> Iterator[str]:
    from promptlang.vocabulary.tables import FOLDERS

    yield resources.read("grammar", "camera.lark")
    for folder in FOLDERS:
        for name in resources.names("grammar", folder, suffix=".toml"):
            yield resources.read("grammar", folder, name)
    for name in _MAKERS:
        yield (_FOLDER / name).read_text(encoding="utf-8")


def write(folder: Path = _FOLDER) -> Path:
    """Write the tables to ``_table.py`` in a folder and return its path."""
    from promptlang.vocabulary import camera, tables

    data = tables.build(tables.read_toml()) | {"grammar": camera.make_table()}
    small, large = pack(data)
    lines = [
        '"""Made from grammar/vocabulary and grammar/camera.lark; do not edit."""',
        f"CHECKSUM = {checksum()}",
        "SMALL = {",
        *(f"    {name!r}: {value!r}," for name, value in small.items()),
        "}",
        "LARGE = {",
        *(f"    {name!r}: {text!r}," for name, text in large.items()),
        "}",
    ]
    return written_tables.write(folder, "\n".join(lines) + "\n")


# The large tables are texts of rows: a text compiles and loads at once, a nested literal takes as
# long as the TOML files where no byte code is kept. Fields are parted by tabs, lists by bars.
_FLAT = ("camera", "lengths", "prose")
_LISTS = ("abbreviations", "also", "implies")
_WORDS = ("category", "phrase", "axis", "before", "meaning", "note", "source")


def pack(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Part the tables into small ones and, as texts, large ones."""
    large = {name: _flat(data[name]) for name in _FLAT}
    large |= {f"scopes/{name}": _flat(rows) for name, rows in data["scopes"].items()}
    large |= {f"scope_lengths/{name}": _flat(rows) for name, rows in data["scope_lengths"].items()}
    large["joints"] = "\n".join("\t".join((key, *row)) for key, row in data["joints"].items())
    large["terms"] = "\n".join(_term_row(id, term) for id, term in data["terms"].items())
    done = {*_FLAT, "scopes", "scope_lengths", "joints", "terms"}
    return {name: value for name, value in data.items() if name not in done}, large


def unpack(small: dict[str, Any], large: dict[str, str]) -> dict[str, Any]:
    """Put together what `pack` parted."""
    data = dict(small)
    data["scopes"], data["scope_lengths"] = {}, {}
    for name, text in large.items():
        table, _, scope = name.partition("/")
        if scope:
            data[table][scope] = _pairs(text)
        elif name in _FLAT:
            data[name] = _pairs(text)
    rows = [row.split("\t") for row in large["joints"].split("\n")]
    data["joints"] = {row[0]: tuple(row[1:]) for row in rows}
    data["terms"] = dict([_term(row.split("\t")) for row in large["terms"].split("\n")])
    return data


def _flat(rows: dict[str, str]) -> str:
    return "\n".join(f"{key}\t{value}" for key, value in rows.items())


def _pairs(text: str) -> dict[str, str]:
    parts = text.replace("\n", "\t").split("\t")
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _term_row(id: str, term: dict[str, Any]) -> str:
    fields = [id, *(term.get(name, "") for name in _WORDS)]
    fields.append(term.get("article", "-"))
    fields.append("x" if term.get("undirected") else "")
    fields += ["|".join(term[name]) for name in _LISTS]
    fields.append("|".join(f"{way}={to}" for way, to in term.get("ways", {}).items()))
    fields.append("|".join(f"{code}={'/'.join(w)}" for code, w in term["localised"].items()))
    return "\t".join(fields)


def _term(fields: list[str]) -> tuple[str, dict[str, Any]]:
    row: dict[str, Any] = dict(zip(_WORDS, fields[1:8], strict=True))
    if fields[8] != "-":
        row["article"] = fields[8]
    row["undirected"] = bool(fields[9])
    for name, text in zip(_LISTS, fields[10:13], strict=True):
        row[name] = tuple(text.split("|")) if text else ()
    row["ways"] = dict([pair.split("=") for pair in fields[13].split("|")]) if fields[13] else {}
    row["localised"] = {}
    if fields[14]:
        for pair in fields[14].split("|"):
            code, words = pair.split("=")
            row["localised"][code] = tuple(words.split("/"))
    return fields[0], row
