"""Records of a result: plain values with a schema."""

from __future__ import annotations

import json
import pickle
from typing import Any

import jsonschema
import pytest

import promptlang
from promptlang.emit.result import Compilation, Reference, Request, Stretch

TEXT = """\
@Ada = character "ada.png": a driver of sixty

SHOT 1 (5s): medium shot, static
  @Ada breathes out.
  cfg: 0.7
"""


@pytest.fixture(scope="module")
def result() -> Compilation:
    return promptlang.compile(TEXT, target="fal/kling-o3-pro")


def stretch(**changes: Any) -> Stretch:
    fields: dict[str, Any] = {"start": 0, "end": 2, "path": "a", "line": 1, "column": 1}
    return Stretch(**fields | changes)


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="a Stretch cannot be changed: start"):
        stretch().start = 3  # type: ignore[misc]  # what must fail
    with pytest.raises(AttributeError, match="a Stretch cannot be changed: end"):
        del stretch().end


def test_a_record_has_its_fields_and_no_others() -> None:
    with pytest.raises(TypeError, match="Stretch has no colour"):
        stretch(colour="red")
    with pytest.raises(TypeError, match="Stretch needs start, end, path, line"):
        Stretch(column=1)  # type: ignore[call-arg]  # what must fail


def test_defaults_are_filled_in(result: Compilation) -> None:
    assert result.row is None
    fields = {**result.requests[0].__dict__}
    del fields["takes"]
    assert Request(**fields) == result.requests[0]


def test_records_with_equal_fields_are_equal() -> None:
    assert stretch() == stretch()
    assert hash(stretch()) == hash(stretch())
    assert stretch() != stretch(line=2)
    assert stretch() != stretch().__dict__
    assert repr(stretch()) == "Stretch(start=0, end=2, path='a', line=1, column=1)"


def test_a_copy_has_other_values_and_the_same_fields(result: Compilation) -> None:
    assert stretch().model_copy(update={"line": 7}) == stretch(line=7)
    assert result.model_copy() == result
    with pytest.raises(TypeError):
        stretch().model_copy(update={"colour": "red"})


def test_json_is_what_the_schema_says(result: Compilation) -> None:
    data = json.loads(result.model_dump_json(by_alias=True))
    assert data["losses"]
    assert data["diagnostics"]
    schema = Compilation.model_json_schema(mode="serialization")
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    assert list(data) == list(schema["properties"])
    assert data == result.model_dump(mode="json", by_alias=True)


def test_a_word_of_python_is_spelt_otherwise_in_json() -> None:
    reference = Reference(name="Ada", spelling="@Element1", kind="character", files=[])
    assert list(reference.model_dump()) == ["name", "spelling", "kind", "files"]
    assert list(reference.model_dump(by_alias=True)) == ["name", "as", "kind", "files"]


def test_json_reads_as_the_record_it_was(result: Compilation) -> None:
    request = result.requests[0]
    assert request.references
    again = Request.model_validate(json.loads(request.model_dump_json(by_alias=True)))
    assert again == request
    assert type(again.prompts[0].source_map[0]) is Stretch
    with pytest.raises(ValueError, match="payload"):
        Request.model_validate({"id": "1"})


def test_what_is_dumped_is_a_copy(result: Compilation) -> None:
    result.model_dump()["requests"][0]["payload"].clear()
    assert result.requests[0].payload


def test_records_can_be_pickled(result: Compilation) -> None:
    request = result.requests[0]
    assert pickle.loads(pickle.dumps(request)) == request
