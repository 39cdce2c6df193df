"""Hover: what a thing means, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import promptlang
from promptlang.lsp.editor import Editor
from promptlang.lsp.hover import hover
from promptlang.lsp.markup import words
from promptlang.pages import plain
from tests.lsp.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER = """\
target: fal/kling-o3-pro
@Driver = character "driver.png": a *tall* driver
@Clip = video "clip.mp4" 0:00-0:08
{city} = "Monza"

"""


def told(text: str, folder: Path | None = None) -> tuple[str, str]:
    """Return what is told at the ``|`` and of which words; empty where nothing is."""
    at = text.index("|")
    editor = Editor("utf-16")
    uri = "file:///film/film.shot" if folder is None else (folder / "film.shot").as_uri()
    editor.open(uri, 1, text[:at] + text[at + 1 :])
    view = editor.view(uri)
    found = hover(view, {"position": view.lines.position(at)})
    if found is None:
        return "", ""
    start, end = view.lines.stretch(found["range"])
    return found["contents"]["value"], view.text[start:end]


@pytest.mark.parametrize(
    ("line", "of", "said"),
    [
        pytest.param("SHOT 1: wide shot, slow pu|sh in", "push in", "slow push in", id="term"),
        pytest.param("SHOT 1: M|CU", "MCU", "**medium close-up (size)**", id="abbreviation"),
        pytest.param("SHOT 1: M|CU", "MCU", "put into words", id="what the target makes of it"),
        pytest.param("SHOT 1: wide shot, slo|w push in", "slow", "speed", id="modifier"),
        pytest.param("SHOT 1\n  camera: low ang|le", "low angle", "looks up", id="camera"),
        pytest.param("SHOT 1\n  @Dri|ver waves", "@Driver", "a \\*tall\\* driver", id="ref"),
        pytest.param("SHOT 1\n  @Dri|ver waves", "@Driver", "driver.png", id="its file"),
        pytest.param("SHOT 1\n  @Dri|ver waves", "@Driver", "declared in line 2", id="its place"),
        pytest.param('SHOT 1\n  @Dri|ver: "Hi."', "@Driver", "character", id="speaker"),
        pytest.param("EDIT @Cl|ip\n  remove the rain", "@Clip", "0–8 s", id="stretch"),
        pytest.param("SHOT 1 AS @la|p: MCU", "@lap", "output", id="output"),
        pytest.param("@N|ew = prop", "@New", "no file yet", id="declared name"),
        pytest.param("@New = pr|op", "prop", "a thing that is used", id="kind"),
        pytest.param("SHOT 1\n  In {ci|ty}.", "{city}", '"Monza"', id="parameter"),
        pytest.param("{da|y} =", "{day}", "required", id="required parameter"),
        pytest.param("SHOT 1\n  cf|g: 0.5", "cfg", "has no use for it", id="setting"),
        pytest.param("aspec|t: 16:9", "aspect", "16:9, 9:16 or 1:1", id="limits of a setting"),
        pytest.param("aspec|t: 16:9", "aspect", "2026-", id="and their date"),
        pytest.param("aspect: 16|:9", "16:9", "16:9, 9:16 or 1:1", id="value"),
        pytest.param("SHOT 1\n  target: kling/|o3", "kling/o3", "up to six", id="target"),
        pytest.param("lighting: warm, rim lig|ht", "rim light", "light", id="light"),
        pytest.param("> dis|solve (1s)", "dissolve (1s)", "1-second dissolve", id="transition"),
        pytest.param("EDIT @Clip\n  chan|ge the sky", "change", "another state", id="verb"),
        pytest.param("IN|T. LANE - NIGHT", "INT.", "where and when", id="scene"),
        pytest.param("INT. LANE - NIG|HT", "NIGHT", "time-of-day", id="time"),
        pytest.param("SHOT 1\n  fal.se|ed: 3", "fal.seed", "as it is", id="provider field"),
        pytest.param("SHOT 1 (x): MC|U", "", "", id="a line that cannot be read"),
        pytest.param("SHO|T 1 (x): MCU", "SHOT", "one shot of a film", id="its heading"),
        pytest.param(
            "SHOT 1 # promptlang: ignore[unused-|output]", "unused-output", "PL", id="problem"
        ),
    ],
)
def test_told(line: str, of: str, said: str) -> None:
    words, stretch = told(HEADER + line)
    assert stretch == of
    assert said in words


@pytest.mark.parametrize(
    "line",
    [
        "SHOT 1\n  The cro|wd waits.",
        "SHOT 1\n  @Nob|ody waits.",
        'SHOT 1\n  @Driver: "He|llo."',
        "# com|ment",
        "SHOT 1 # promptlang: ignore[no-such|-name]",
        "SHOT 1\n  mood: te|nse",
        "SHOT 1\n  style: distant engines,|  noir",
        "SHOT 1\n  target: kling/o3,|  kling/o1",
        "SHOT 1\n|",
        "|\n",
    ],
)
def test_nothing_is_told(line: str) -> None:
    assert told(HEADER + line) == ("", "")
    assert told("|") == ("", "")


FILM = (
    HEADER
    + """\
SHOT 1 (4s): wide shot, slow push in
  @Driver waves at *us*.

> dissolve (1s)

SHOT 2 (5s): MCU
  @Driver smiles.
  negative: blur
"""
)


def test_a_heading_tells_the_prompt_it_becomes() -> None:
    (request,) = promptlang.compile(FILM, target="fal/kling-o3-pro").requests
    words, of = told(FILM.replace("SHOT 2", "SHOT| 2"))
    prompt = request.prompts[1]
    assert of == "SHOT 2 (5s): "
    assert prompt.text in words.replace("\\", "")
    assert f"{prompt.used} of {prompt.limit} characters" in words
    assert "5 s, generation 1 of 1, reference-to-video" in words
    assert "made together with 1: 4 s + 5 s = 9 s of 15 s" in words
    assert "@Image1 is @Driver" in words
    first, _ = told(FILM.replace("SHOT 1", "SHOT| 1"))
    assert "\\*us\\*" in first  # prose is shown as it is, whatever marks are in it


def test_a_block_with_an_error_tells_why_it_is_not_made() -> None:
    words, _ = told(FILM.replace("@Driver smiles", "@Ghost smiles").replace("SHOT 2", "SHOT| 2"))
    assert 'not made: unknown name "@Ghost"' in words
    other, _ = told(FILM.replace("@Driver smiles", "@Ghost smiles").replace("SHOT 1", "SHOT| 1"))
    assert "Wide shot, slow push in" in other


def test_without_a_target_a_heading_asks_for_one() -> None:
    assert "no target yet" in told("SHO|T 1: MCU\n  A bell.")[0]


def test_each_target_of_a_block_has_its_prompt() -> None:
    text = FILM.replace("target: fal/kling-o3-pro", "target: fal/kling-o3-pro, kling/o3")
    words, _ = told(text.replace("SHOT 1", "SHOT| 1"))
    assert "**fal/kling-o3-pro**" in words
    assert "**kling/o3**" in words


def test_a_target_without_words_says_so() -> None:
    text = '@A = image "a.png"\ntarget: wavespeed/kling-v1-ai-multi-shot\n\nCOVER|AGE OF @A\n'
    words, _ = told(text)
    assert "wavespeed/kling-v1-ai-multi-shot" in words
    assert "no words" in words


def test_the_first_picture_is_shown_where_there_is_one(tmp_path: Path) -> None:
    picture = tmp_path / "driver one.png"
    text = HEADER.replace("driver.png", picture.name) + "SHOT 1\n  @Dri|ver waves."
    assert "![" not in told(text, tmp_path)[0]
    assert "(missing)" in told(text, tmp_path)[0]
    picture.touch()
    words, _ = told(text, tmp_path)
    assert f"![Driver]({picture.as_uri()})" in words
    assert "(missing)" not in words


def test_what_is_included_tells_its_file(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text('\n@Ada = character "ada.png": tall\n')
    words, _ = told("include: cast.shot\n\nSHOT 1\n  @Ad|a waves.", tmp_path)
    assert "declared in line 2 of" in words
    assert "cast.shot" in words


def test_a_name_ends_where_another_script_begins() -> None:
    words, of = told(HEADER + "SHOT 1\n  @Dri|verの車")
    assert "character" in words
    assert of == "@Driver"


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client() as client:
        client.begin()
        yield client


def test_an_editor_is_told(client: Client) -> None:
    uri = client.open(FILM)
    line = FILM.count("\n", 0, FILM.index("SHOT 1"))
    params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 2}}
    found = client.request("textDocument/hover", params)
    assert found["contents"]["kind"] == "markdown"
    assert "fal/kling-o3-pro" in found["contents"]["value"]
    assert found["range"]["start"] == {"line": line, "character": 0}
    assert (
        client.request("textDocument/hover", {**params, "position": {"line": 999, "character": 0}})
        is None
    )


@pytest.mark.parametrize(
    ("capabilities", "kind"),
    [
        ({"textDocument": {"hover": {"contentFormat": ["plaintext"]}}}, "plaintext"),
        ({"textDocument": {"hover": {"contentFormat": ["plaintext", "markdown"]}}}, "markdown"),
        ({"textDocument": {"hover": {}}}, "markdown"),
    ],
)
def test_an_editor_without_markdown_is_told_words(capabilities: dict[str, Any], kind: str) -> None:
    with Client() as client:
        client.begin(capabilities)
        uri = client.open(FILM)
        line = FILM.count("\n", 0, FILM.index("SHOT 1"))
        params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 2}}
        contents = client.request("textDocument/hover", params)["contents"]
        assert contents["kind"] == kind
        assert ("**" in contents["value"]) == (kind == "markdown")
        column = FILM.index("slow push") - FILM.index("SHOT 1")
        there = {**params, "position": {"line": line, "character": column}}
        menu = client.request("textDocument/completion", there)
        item = client.request("completionItem/resolve", menu["items"][0])
        assert item["documentation"]["kind"] == kind


def test_words_alone_keep_what_they_say() -> None:
    page = "**a \\*tall\\* driver** · `kind`\n\n> says \\[no\\]\n\n![Ada](file:///a.png)\n\n- one\n"
    assert words(page) == "a *tall* driver · kind\n\nsays [no]\n\n- one"
    assert words(plain("*#_`[x](y)> \\ **")) == "*#_`[x](y)> \\ **"
