"""What the formats of ``compile`` look like where it matters."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import promptlang
from promptlang.cli import as_copy, as_curl, as_text, main
from promptlang.emit.result import Compilation, Request
from tests.tools import lacks

if TYPE_CHECKING:
    from collections.abc import Callable

NASTY = """\
target: fal/kling-v3-pro

SHOT 1 (5s): wide shot, static
  It's $HOME, `id`, $(id), \\"quoted\\" and a \\ in 'the' rain; $\\{FAL_KEY} too.
"""

TWO = """\
@Ada = character "ada's front.png": a driver of sixty

SHOT 1 (10s): wide shot, static
  @Ada waits.

SHOT 2 (10s) AS @end: close-up, static
  @Ada smiles.

EDIT @end
  change the sky to a red dusk from the left
"""


def compiled(text: str, target: str) -> Compilation:
    return promptlang.compile(promptlang.parse(text, path="film.shot"), target=target)


@pytest.mark.skipif(lacks("sh"), reason="there is no shell to read it")
def test_a_shell_reads_back_exactly_the_body() -> None:
    result = compiled(NASTY, "fal/kling-v3-pro")
    command = as_curl.spell(result, result.requests[0])
    script = "curl() { for word; do printf '%s\\0' \"$word\"; done; }\n" + command
    done = subprocess.run(
        ["sh", "-c", script],
        capture_output=True,
        check=True,
        env={**os.environ, "FAL_KEY": "sk-CANARY", "HOME": "/nowhere"},
    )
    words = done.stdout.decode().split("\0")
    assert json.loads(words[words.index("--data-raw") + 1]) == result.requests[0].payload
    assert "Authorization: Key sk-CANARY" in words
    assert result.requests[0].http is not None
    assert result.requests[0].http.url in words


def test_curl_names_the_key_and_what_is_missing() -> None:
    result = compiled(TWO, "fal/kling-o3-pro")
    texts = [as_curl.spell(result, request) for request in result.requests]
    assert all("${FAL_KEY}" in text for text in texts)
    assert "# put an address in place of file:ada's front.png" in texts[0]
    assert any("# first: request" in text for text in texts)


def test_curl_comments_stay_comments() -> None:
    request = compiled(NASTY, "fal/kling-v3-pro").requests[0]
    evil = request.model_copy(update={"payload": {"image": "file:a.png\nrm -rf ~"}})
    result = compiled(NASTY, "fal/kling-v3-pro")
    lines = as_curl.spell(result, evil).split("\n")
    assert [line for line in lines if "rm -rf" in line and not line.startswith("#")] == [
        line for line in lines if line.startswith("  --data-raw")
    ]


def test_curl_says_where_there_is_nothing_to_call() -> None:
    result = compiled(TWO, "pixio/kling-o3")
    assert "has no interface to call; use --format copy" in as_curl.spell(
        result, result.requests[0]
    )


def test_copy_is_the_form_in_its_order(golden: Callable[[str, str], None]) -> None:
    result = compiled(TWO, "pixio/kling-o3")
    golden("cli/copy-pixio.txt", "\n\n".join(as_copy.spell(result, r) for r in result.requests))


def test_copy_numbers_what_repeats() -> None:
    result = compiled(NASTY, "fal/kling-v3-pro")
    request = result.requests[0].model_copy(
        update={
            "payload": {"shots": [{"prompt": "a"}, {"prompt": "b"}], "files": ["c"], "on": True}
        }
    )
    assert as_copy.spell(result, request) == (
        "[shots 1 prompt]\na\n\n[shots 2 prompt]\nb\n\n[files]\nc\n\n[on]\non"
    )


def test_text_tells_everything(golden: Callable[[str, str], None]) -> None:
    result = compiled("negative: blur\ntakes: 2\n\n" + TWO, "fal/kling-o3-pro")
    texts = [as_text.spell(result, request) for request in result.requests]
    golden("cli/text-o3.txt", "\n\n".join([as_text.heading(result), *texts]))


def test_text_cannot_play_the_terminal() -> None:
    result = compiled(NASTY, "fal/kling-v3-pro")
    prompt = result.requests[0].prompts[0].model_copy(update={"text": "a\x1b[31mb\nc"})
    request = result.requests[0].model_copy(update={"prompts": [prompt]})
    assert "\x1b" not in as_text.spell(result, request)


def test_a_file_name_that_is_no_text(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.shot"
    try:
        Path(os.fsdecode(name)).write_text(NASTY, encoding="utf-8")
    except OSError:
        pytest.skip("the file system has no such names")
    assert main(["compile", "--format", "json", os.fsdecode(name)]) == 0
    assert json.loads(capfd.readouterr().out)["source"].endswith("caf\udce9.shot")


def test_requests_are_plain_values() -> None:
    assert Request.model_json_schema()["additionalProperties"] is False
