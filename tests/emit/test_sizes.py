"""What ``check`` relies on: the size known before wording is never below the prompt's."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from promptlang.emit.bounds import Bounds
from promptlang.emit.lower import Lowerer
from promptlang.emit.render import render
from promptlang.lint.rules import PROBLEMS
from promptlang.model.resolve import resolve
from promptlang.plan.planner import plan
from promptlang.providers.registry import target, target_ids
from promptlang.reporting import UNSETTLED
from promptlang.syntax.ast import Script
from promptlang.syntax.parser import parse, parse_bytes
from tests.strategies import scripts

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("**/*.shot"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_prompt_is_never_longer_than_its_size(path: Path) -> None:
    for name in target_ids():
        hold_to_their_sizes(parse_bytes(path.read_bytes(), str(path)), name)


@given(text=scripts(), name=st.sampled_from(target_ids()))
def test_drawn_prompts_are_never_longer_than_their_sizes(text: str, name: str) -> None:
    hold_to_their_sizes(parse(text), name)


@given(text=scripts(), name=st.sampled_from(target_ids()))
def test_checking_finds_what_compiling_finds(text: str, name: str) -> None:
    # What the rules of the craft say is asked for by check alone.
    craft = {problem.name for problem in PROBLEMS}
    checked = [d for d in promptlang.check(text, name) if d.name not in craft]
    compiled = promptlang.compile(text, name).diagnostics
    if any(d.is_error for d in compiled):
        # What is made of the rest is told of the requests; a check waits for the whole film.
        compiled = [d for d in compiled if d.name not in UNSETTLED]
        checked = [d for d in checked if d.name not in UNSETTLED]
    assert checked == compiled


def hold_to_their_sizes(script: Script, name: str) -> None:
    storyboard = resolve(script)
    asked = target(name)
    assert asked is not None
    planned = plan(storyboard, asked)
    lowerer = Lowerer(storyboard, planned.generations)
    for generation in planned.generations:
        sizes = Bounds(generation).sizes
        for prompt, size in zip(render(lowerer.lower(generation)), sizes, strict=False):
            assert len(prompt.text) <= size, prompt.text
