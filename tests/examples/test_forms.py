"""The sentence forms of each system, word for word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import promptlang

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS = sorted((Path(__file__).parents[1] / "golden" / "forms").glob("*.shot"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_sentence_form(path: Path, golden: Callable[[str, str], None]) -> None:
    [result] = promptlang.compile(path)
    assert result.ok, [d.message for d in result.diagnostics]
    prompts = [prompt for request in result.requests for prompt in request.prompts]
    golden(
        f"forms/{path.stem}.txt",
        "\n\n".join(f"{prompt.shot}\n{prompt.text}" for prompt in prompts),
    )
