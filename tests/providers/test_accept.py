"""Payloads accepted without their models: only what the models accept, and spelt as they do."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError, field_validator, model_validator

from promptlang.providers import accept, outlines, registry
from promptlang.providers import written as written_module
from promptlang.providers.fields import Payload
from promptlang.providers.registry import PROVIDERS, provider, targets
from tests.written import loaded

if TYPE_CHECKING:
    from collections.abc import Callable

MODELS = [(name, model.__name__) for name in PROVIDERS for model in outlines.models(name)]
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", "x", "\udc80", "界", 0, 1, 5, 99, -1, 2.0, math.nan, math.inf, True, [], {}, [1], ()]
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return loaded(written_module.write, tmp_path_factory.mktemp("table"))


@pytest.fixture(autouse=True)
def in_use(written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accept, "_outlines", lambda: written.OUTLINES)


def values_of(model: type[Payload], junk: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return what a model may be given, with something else among it."""
    fields, _ = outlines.outline(model)
    home = outlines.models(model.__module__.split(".")[-1].removesuffix("_payloads"))

    def of(kind: Any) -> st.SearchStrategy[Any]:
        what, *more = kind
        if what == "list":
            inner, least, most = more
            good: st.SearchStrategy[Any] = st.lists(
                of(inner), min_size=least or 0, max_size=most or 3
            )
        elif what == "part":
            good = values_of(next(m for m in home if m.__name__ == more[0]), junk)
        elif what == "choice":
            good = st.sampled_from(more[0])
        elif what == "flag":
            good = st.booleans()
        elif what == "text":
            good = st.sampled_from(["", "@Element1 waits.", "界", "file:a.png"])
        elif what == "whole":
            good = st.integers(more[0] or 0, more[1] or 3)
        else:
            good = st.floats(more[0] or 0, more[1] or 1)
        return st.one_of(good, good, good, junk)

    needed = {name: of(kind) for name, _, need, _, _, kind in fields if need}
    others = {name: of(kind) for name, _, need, _, _, kind in fields if not need}
    return st.fixed_dictionaries(needed, optional=others)


def both(name: str, model: str, values: Any) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return what is accepted without the model, and what the model makes of the same."""
    own = provider(name)
    made = outlined(name, model)
    quick = accept.body(name, model, values, own._rule)
    try:
        slow = own.body(made(**values))
    except ValidationError:
        slow = None
    return quick, slow


def outlined(name: str, model: str) -> type[Payload]:
    return next(found for found in outlines.models(name) if found.__name__ == model)


@pytest.mark.parametrize(("name", "model"), MODELS)
@given(data=st.data())
def test_what_is_accepted_is_what_the_model_makes(
    name: str, model: str, data: st.DataObject
) -> None:
    values = data.draw(values_of(outlined(name, model), JUNK))
    quick, slow = both(name, model, values)
    assert quick is None or quick == slow
    assert quick is None or list(quick) == list(slow or {})


@pytest.mark.parametrize(("name", "model"), MODELS)
@given(data=st.data())
def test_what_is_right_is_accepted(name: str, model: str, data: st.DataObject) -> None:
    values = data.draw(values_of(outlined(name, model), st.nothing()))
    quick, slow = both(name, model, values)
    assert quick == slow


def test_the_written_targets_are_the_files(written: Any) -> None:
    assert written_module.checksum() == written.CHECKSUM
    assert list(written.TARGETS) == list(registry.find()) == registry.target_ids()
    for id, data in written.TARGETS.items():
        assert list(data) == list(registry.read(id))
        assert data == registry.read(id)


def test_every_task_has_an_outline() -> None:
    payloads = {(t.provider, task.payload) for t in targets() for task in t.tasks.values()}
    assert payloads <= set(MODELS)
    assert all(accept.fields(*pair) for pair in payloads)


@pytest.mark.parametrize(
    ("change", "certain"),
    [
        ({}, True),
        ({"duration": None}, False),
        ({"duration": "16"}, False),
        ({"duration": 9}, False),
        ({"colour": "red"}, False),
        ({"prompt": "both"}, False),
        ({"elements": [{"frontal": "a.png"}]}, False),
        ({"elements": [{"frontal_image_url": "a.png"}]}, True),
        ({"elements": ({"frontal_image_url": "a.png"},)}, False),
        ({"elements": [{"reference_image_urls": ["a"] * 4}]}, False),
        ({"generate_audio": 1}, False),
    ],
)
def test_what_is_certain(change: dict[str, Any], certain: bool) -> None:
    shots = [{"prompt": "a", "duration": "4"}, {"prompt": "b"}]
    values = {"multi_prompt": shots, "duration": "9", **change}
    quick, slow = both("fal", "O3ReferenceToVideo", values)
    assert (quick is not None) is certain
    assert quick is None or quick == slow


def test_without_outlines_the_model_is_asked(
    monkeypatch: pytest.MonkeyPatch, drafted: Callable[..., Any]
) -> None:
    made = drafted("fal/kling-o3-pro", "text-to-video")
    sent = provider("fal").accepted(made)
    assert sent == provider("fal").body(provider("fal").payload(made))
    monkeypatch.setattr(accept, "_outlines", dict)
    assert provider("fal").accepted(made) is None


class _WithField(Payload):
    text: str

    @field_validator("text")
    @classmethod
    def _twice(cls, value: str) -> str:
        return value * 2


class _WithRule(Payload):
    @model_validator(mode="after")
    def _never(self) -> _WithRule:
        raise ValueError("never")


class _Part(Payload):
    pass


@pytest.mark.parametrize(
    "annotation",
    [
        str | int,
        dict[str, str],
        Any,
        bytes,
        Annotated[str, Field(max_length=3)],
        Annotated[str, Field(pattern="a")],
        Annotated[int, Field(gt=3)],
        Annotated[Literal["a"], Field(max_length=3)],
        list[Annotated[int, Field(multiple_of=2)]],
    ],
)
def test_what_an_outline_cannot_say(annotation: Any) -> None:
    model = type("Odd", (Payload,), {"__annotations__": {"field": annotation}})
    with pytest.raises(outlines.NoOutlineError):
        outlines.outline(model)


@pytest.mark.parametrize("model", [_WithField, _WithRule])
def test_validators_an_outline_cannot_run(model: type[Payload]) -> None:
    with pytest.raises(outlines.NoOutlineError, match=model.__name__):
        outlines.outline(model)
    assert outlines.outline(_Part) == ((), ())
