"""Whatever is in a file, the commands answer: no traceback, no fault, no file touched."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.cli import main

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.shot"))

BITS = """
SHOT EDIT @a ANGLE ON @b COVERAGE OF : ( 4s ) AS @c , = character " “ ” { x } \\ # > - INT. NIGHT
cut to dissolve (1s) wide shot dolly in from @Video1 none + keep: style: target: kling/o1 motion:
fal/kling-o3-pro using: start: end of @c fal.seed: 3 0:00-0:04 <<<image_1>>>
"""
LINES = st.lists(st.lists(st.sampled_from(BITS.split()), max_size=7).map(" ".join), max_size=12)


@pytest.fixture(autouse=True, scope="module")
def _somewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("anything"))
        patch.setenv("PROMPTLANG_TRACEBACK", "1")
        yield


def answers(data: bytes) -> None:
    path = Path("film.shot")
    path.write_bytes(data)
    for arguments in (
        ["check", "--format", "json"],
        ["compile", "--target", "fal/kling-o3-pro", "--format", "curl"],
        ["compile", "--target", "kling/o1", "--out", "made"],
        ["fmt", "--check"],
        ["targets", "kling/o3", "--for"],
    ):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*arguments, "film.shot"])
        assert code in {0, 1, 2}, arguments
        if code and "--out" in arguments:
            assert not Path("made").exists() or not list(Path("made").iterdir())
        for made in Path("made").glob("*"):
            made.unlink()
    assert path.read_bytes() == data


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    answers(data)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    answers(text.encode("utf-8", "surrogatepass"))


@given(LINES)
def test_any_lines_made_of_the_language(lines: list[str]) -> None:
    answers("\n".join(lines).encode())


@given(st.sampled_from(EXAMPLES), st.randoms(use_true_random=False))
def test_any_damage_to_a_real_script(path: Path, chance: random.Random) -> None:
    text = path.read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 1, 5, 60)))
        text = text[:start] + chance.choice(("", "@", '"', "(", "\n", "{", ": ", "é")) + text[end:]
    answers(text.encode())
