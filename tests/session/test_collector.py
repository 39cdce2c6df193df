"""The collector rests while a script is worked on, and is then as it was."""

import gc
from collections.abc import Iterator

import pytest

import promptlang
from promptlang.collector import Paused

SCRIPT = "target: fal/kling-o3-pro\nSHOT 1 (5s): wide shot\n  Rain falls.\n"


@pytest.fixture(autouse=True)
def _running() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_rests_inside_and_runs_behind() -> None:
    with Paused():
        with Paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_runs_again_behind_an_error() -> None:
    with pytest.raises(KeyError), Paused():
        raise KeyError
    assert gc.isenabled()


@pytest.mark.parametrize("running", [True, False])
def test_it_is_left_as_it_was_found(running: bool) -> None:
    if not running:
        gc.disable()
    promptlang.check(SCRIPT)
    promptlang.compile(SCRIPT)
    with pytest.raises(promptlang.TargetError):
        promptlang.compile(SCRIPT, "no/such")
    assert gc.isenabled() is running
