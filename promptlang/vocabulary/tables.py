"""The vocabulary as plain tables, made from ``grammar/vocabulary/*.toml``.

The TOML files are the source. Reading them takes longer than checking a script, so
`promptlang.vocabulary.build` can write out what this module makes of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang import resources
from promptlang.vocabulary.words import key_of, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Data = dict[str, Any]
Entry = tuple[str, str, str, str]
"""What a key may be: a term's id, a modifier's value and group, and what it links.

A term marked ``O`` ends in a preposition.
"""

CAMERA = (
    "size",
    "coverage",
    "angle",
    "composition",
    "movement",
    "path",
    "rig",
    "lens",
    "time",
    "light",
    "look",
    "colour",
)
"""Categories of camera terms; where two claim one spelling the earlier has it."""

_LINKS = {
    "prepositions": "P",
    "tails": "X",
    "determiners": "D",
    "fillers": "F",
    "then": "N",
    "also": "A",
    "from": "S",
    "to": "G",
}
_OPEN = (" of", " on", " around", " with", " at")
"""Behind a spelling that ends so stands what it speaks of: *circles around* @Car."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FIELDS = ("axis", "article", "before", "undirected", "ways", "meaning", "note", "source")


FOLDERS = {"vocabulary": "", "craft": "craft/"}
"""The folders of ``grammar/`` that hold words, with what their files are called here."""


def read_toml() -> dict[str, Data]:
    """Return the contents of every vocabulary file by its name without the ending.

    The words rules of the craft look for are named ``craft/…``.
    """
    import tomllib

    return {
        label + name.removesuffix(".toml"): tomllib.loads(resources.read("grammar", folder, name))
        for folder, label in FOLDERS.items()
        for name in resources.names("grammar", folder, suffix=".toml")
    }


def build(files: dict[str, Data]) -> Data:
    """Return every table of the vocabulary, made of plain values only."""
    terms = _terms(files)
    camera, joints = _camera(terms, files)
    scopes = {
        scope: _scope(terms, scope) for scope in ("transition", "sound", "place", "time-of-day")
    }
    # A transition in a list of camera terms is known for what it is, so that it can be moved.
    for key, id in scopes["transition"].items():
        if key not in joints and not key.endswith((" to", " into", " of")):
            camera.setdefault(key, id)
    known = camera | {key: entry[0] for key, entry in joints.items()}
    return {
        "terms": terms,
        "camera": camera,
        "joints": joints,
        "lengths": _lengths((*camera, *joints)),
        "scopes": scopes,
        "scope_lengths": {name: _lengths(scope) for name, scope in scopes.items()},
        "short": _short(terms),
        "short_words": {
            short.casefold(): long for short, long in files["connectives"]["short"].items()
        },
        **_words(files),
        "prose": _prose(known, terms, files["prose"]),
        "places": {
            value: group["place"]
            for group in files["modifiers"].values()
            for value in group
            if value != "place"
        },
    }


def _camera(
    terms: dict[str, Data], files: dict[str, Data]
) -> tuple[dict[str, str], dict[str, Entry]]:
    """Return the ids by key, and the keys that are more or other than the name of a term."""
    known: dict[str, Entry] = {}
    for spellings in (_english, _localised):
        for id, term in terms.items():
            # Tight and loose are said of a size; the modifiers have them.
            if term["category"] in CAMERA and term.get("axis") != "framing":
                for spelling in spellings(term):
                    mark = "O" if spelling.endswith(_OPEN) else ""
                    known.setdefault(key_of(spelling), (id, "", "", mark))
    for spelling, ids in files["connectives"]["compounds"].items():
        known.setdefault(key_of(spelling), (" ".join(ids), spelling, "", ""))
    _add_modifiers(known, files["modifiers"])
    _add_links(known, files["connectives"])
    for id, term in terms.items():
        if term["category"] in CAMERA:
            known.setdefault(key_of(id), (id, "", "", ""))
    known.pop("", None)
    camera = {key: entry[0] for key, entry in known.items() if entry[0] and not any(entry[1:])}
    return camera, {key: entry for key, entry in known.items() if key not in camera}


def _words(files: dict[str, Data]) -> Data:
    """Return the tables that hold no terms."""
    verbs: Data = {}
    for verb, row in files["edits"]["verbs"].items():
        for spelling in (verb, *row.get("also", ())):
            verbs[spelling] = {k: _plain(v) for k, v in row.items()} | {"verb": verb}
    languages = files["languages"]["languages"] | files["languages"]["signed"]
    nouns = [noun for group in files["people"]["nouns"].values() for noun in group]
    around = files["times"]["around"]["words"]
    return {
        "edit_verbs": verbs,
        "edits": {name: _plain(rows) for name, rows in files["edits"].items() if name != "verbs"},
        "motion_verbs": _plain(files["motion"]),
        "person_nouns": tuple(nouns),
        "person_keys": tuple(dict.fromkeys(key_of(noun) for noun in nouns)),
        "languages": {name.casefold(): name for name in languages},
        "language_codes": languages,
        "varieties": tuple(w.casefold() for w in files["languages"]["varieties"]["words"]),
        "manners": _plain(files["speech"]["manners"]),
        "negative_standard": tuple(files["negative"]["standard"]["words"]),
        "around_time": tuple(dict.fromkeys(key_of(word) for word in around)),
        "ambiguous": _plain(files["ambiguous"]["words"]),
        "conflicts": {name: _conflict(row) for name, row in files["conflicts"]["rules"].items()},
        "prose_singles": tuple(key_of(word) for word in files["prose"]["singles"]),
        "craft": {
            name.removeprefix("craft/"): _plain(rows)
            for name, rows in files.items()
            if name.startswith("craft/")
        },
    }


def _conflict(row: Data) -> Data:
    sides = ("pairs", "except")
    return {
        key: tuple((tuple(a.split()), tuple(b.split())) for a, b in value)
        if key in sides
        else value
        for key, value in row.items()
    }


def _plain(value: Any) -> Any:
    """Return lists as tuples, at any depth a vocabulary file has."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _prose(camera: dict[str, str], terms: dict[str, Data], rules: Data) -> dict[str, str]:
    never = {key_of(spelling) for spelling in rules["never"]}
    wanted = set(rules["categories"])
    spelt = {key_of(word) for term in terms.values() for word in _english(term)}
    return {
        key: id
        for key, id in camera.items()
        if key in spelt and key not in never and id in terms and terms[id]["category"] in wanted
    }


def _terms(files: dict[str, Data]) -> dict[str, Data]:
    terms: dict[str, Data] = {}
    for name in sorted(files, key=_file_order):
        data = files[name]
        for id, row in data.get("terms", {}).items():
            if id in terms:
                raise ValueError(f"the term {id} stands in {name}.toml and elsewhere")
            axis = row.get("axis", data.get("axis", ""))
            terms[id] = {
                "category": data["category"],
                "phrase": row["phrase"],
                "abbreviations": tuple(row.get("short", ())),
                "also": tuple(row.get("also", ())),
                "implies": tuple(row.get("implies", ())),
                "localised": {},
            }
            terms[id] |= {field: row[field] for field in _FIELDS if field in row}
            if axis:
                terms[id]["axis"] = axis
    for language, words in files.get("localised", {}).items():
        for id, spellings in words.items():
            terms[id]["localised"][language] = tuple(spellings)
    return terms


def _file_order(name: str) -> tuple[int, str]:
    return (CAMERA.index(name) if name in CAMERA else len(CAMERA), name)


def _english(term: Data) -> Iterator[str]:
    yield term["phrase"]
    yield from term["also"]
    if term.get("before"):
        yield term["before"]


def _localised(term: Data) -> Iterator[str]:
    for spellings in term["localised"].values():
        yield from spellings


def _scope(terms: dict[str, Data], category: str) -> dict[str, str]:
    found: dict[str, str] = {}
    members = {id: term for id, term in terms.items() if term["category"] == category}
    for spellings in (_english, _localised):
        for id, term in members.items():
            for spelling in spellings(term):
                found.setdefault(key_of(spelling), id)
    for id in members:
        found.setdefault(key_of(id), id)
    return found


def _add_modifiers(camera: dict[str, Entry], groups: Data) -> None:
    for group, values in groups.items():
        for value, also in values.items():
            if value == "place":
                continue
            for spelling in (value, *also):
                camera.setdefault(key_of(spelling), ("", value, group, ""))


def _add_links(camera: dict[str, Entry], links: Data) -> None:
    for name, mark in _LINKS.items():
        for spelling in links[name]:
            key = key_of(spelling)
            id, value, group, marks = camera.get(key, ("", "", "", ""))
            if mark not in marks:
                camera[key] = (id, value, group, marks + mark)


def _lengths(keys: Iterable[str]) -> dict[str, str]:
    """How many words the keys have that begin with a word, a digit of base 36 each."""
    found: dict[str, set[int]] = {}
    for key in keys:
        words = key.split(" ")
        found.setdefault(words[0], set()).add(len(words))
    return {
        word: "".join(_DIGITS[count] for count in sorted(counts, reverse=True))
        for word, counts in found.items()
    }


def _short(terms: dict[str, Data]) -> dict[str, str]:
    found: dict[str, str] = {}
    for id, term in terms.items():
        for short in term["abbreviations"]:
            found[" ".join(token.short for token in tokens(short))] = id
    return found
