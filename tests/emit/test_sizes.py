"""What ``check`` relies on: the size known before wording is never below the prompt's."""

from pathlib import Path

import pytest

from promptlang.emit.lower import Lowerer
from promptlang.emit.render import render
from promptlang.model.resolve import resolve
from promptlang.plan.planner import plan
from promptlang.providers.registry import targets
from promptlang.syntax.parser import parse_bytes

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("**/*.shot"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_prompt_is_never_longer_than_its_size(path: Path) -> None:
    storyboard = resolve(parse_bytes(path.read_bytes(), str(path)))
    for target in targets():
        planned = plan(storyboard, target)
        lowerer = Lowerer(storyboard, planned.generations)
        for generation in planned.generations:
            lowered = lowerer.lower(generation)
            for prompt, size in zip(render(lowered), lowered.sizes, strict=False):
                assert len(prompt.text) <= size, prompt.text
