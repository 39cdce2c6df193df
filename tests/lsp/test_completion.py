"""Completion: the right things in the right places, and nothing elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from promptlang.lsp.completion import complete, resolve
from promptlang.lsp.editor import Editor
from promptlang.problems import all_problems
from promptlang.providers.registry import target_ids
from promptlang.syntax.keys import KEYS, KINDS
from promptlang.vocabulary.load import vocabulary
from tests.lsp.client import CAPABILITIES, Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from promptlang.lsp.view import View

HEADER = """\
target: fal/kling-o3-pro
@Driver = character "driver.png": a rally driver
@Clip = video "clip.mp4"
@Hum = voice "hum.wav"
{city} = "Monza"

"""


def opened(text: str, folder: Path | None = None, *, snippets: bool = False) -> tuple[View, int]:
    """Return a script and the offset of the ``|`` in it."""
    at = text.index("|")
    editor = Editor("utf-16")
    editor.snippets = snippets
    uri = "file:///film/film.shot" if folder is None else (folder / "film.shot").as_uri()
    editor.open(uri, 1, text[:at] + text[at + 1 :])
    return editor.view(uri), at


def listed(
    text: str, folder: Path | None = None, context: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the items at the ``|`` in the order an editor shows them."""
    view, at = opened(text, folder)
    params = {"position": view.lines.position(at), "context": context}
    found: list[dict[str, Any]] = complete(view, params)["items"]
    return sorted(found, key=lambda item: item["sortText"])


def labels(text: str, folder: Path | None = None) -> list[str]:
    return [item["label"] for item in listed(text, folder)]


def taken(text: str, label: str, *, snippets: bool = False) -> str:
    """Return what becomes of a script where an item is taken."""
    view, at = opened(text, snippets=snippets)
    found = complete(view, {"position": view.lines.position(at)})["items"]
    edit = next(item["textEdit"] for item in found if item["label"] == label)
    start, end = view.lines.stretch(edit["range"])
    return str(view.text[:start] + edit["newText"] + view.text[end:])


@pytest.mark.parametrize(
    ("line", "first"),
    [
        pytest.param("SHOT 1 (5s): |", "extreme wide shot", id="sizes first"),
        pytest.param("SHOT 1 (5s): medium clo|", "medium close-up", id="all words count"),
        pytest.param("SHOT 1 (5s): mcu|", "medium close-up", id="abbreviation"),
        pytest.param("SHOT 1 (5s): 特|", "close-up", id="another language"),
        pytest.param("SHOT 1 (5s): wide shot, slow pu|", "push in", id="behind a modifier"),
        pytest.param("SHOT 1 (5s): wide shot, crane |", "crane up", id="a term goes on"),
        pytest.param("SHOT 1 (5s): wide shot of @Dri|", "@Driver", id="ref in terms"),
        pytest.param("SHOT 1 (|", "1s", id="length"),
        pytest.param("SHOT 1\n  camera: low|", "low angle", id="camera"),
        pytest.param("> smash|", "smash cut", id="transition"),
        pytest.param("EDIT @|", "@Clip", id="source"),
        pytest.param("ANGLE ON |", "@Clip", id="source without @"),
        pytest.param("ANGLE ON @Clip (5s): rev|", "reverse angle", id="angle"),
        pytest.param("COVERAGE OF @|", "@Driver", id="picture"),
        pytest.param("EDIT @Clip\n  re|", "change … to …", id="verbs first"),
        pytest.param("EDIT @Clip\n  keep: |", "everything", id="keep"),
        pytest.param("EDIT @Clip\n  keep: lighting, |", "everything", id="more to keep"),
        pytest.param("SHOT 1\n  using: |", "@Driver", id="using"),
        pytest.param(
            "SHOT 1\n  using: @Driver for |", "the face and build", id="the role of its kind"
        ),
        pytest.param("SHOT 1\n  start: |", "@Driver", id="a frame is a picture"),
        pytest.param("SHOT 1\n  start: end of @|", "@Clip", id="or the end of a video"),
        pytest.param("SHOT 1\n  motion: @|", "@Clip", id="motion"),
        pytest.param("SHOT 1\n  audio: |", "on", id="audio"),
        pytest.param("SHOT 1\n  negative: |", "standard", id="negative"),
        pytest.param("SHOT 1\n  target: |", "fal/kling-o1", id="target that makes it"),
        pytest.param("SHOT 1\n  lighting: |", "natural daylight", id="light"),
        pytest.param("SHOT 1\n  In {|", "{city}", id="parameter"),
        pytest.param('SHOT 1\n  @Driver: "In {|', "{city}", id="parameter in speech"),
        pytest.param("SHOT 1\n  @Driver (whis|", "barking", id="manner"),
        pytest.param("INT. GARAGE - NI|", "NIGHT", id="time"),
        pytest.param("EXT. LANE\n\nEXT. |", "LANE", id="place"),
        pytest.param("@New = |", "audio", id="kind"),
        pytest.param("@New = character voice @|", "@Hum", id="voice"),
        pytest.param('@New = character "a.png" |', "voice", id="behind a file"),
        pytest.param("SHOT 1\n  fal.|", "prompt", id="provider field"),
    ],
)
def test_offered_first(line: str, first: str) -> None:
    found = labels(HEADER + line)
    assert found
    assert found[0] == first


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('SHOT 1\n  @Driver: "Look at @|', id="speech"),
        pytest.param('SHOT 1\n  @Driver: "Look |"', id="words of speech"),
        pytest.param('SHOT 1\n  super: "@|"', id="on screen"),
        pytest.param("note: ask @|", id="note"),
        pytest.param("SHOT 1 # about @|", id="comment"),
        pytest.param("# sho|", id="line of comment"),
        pytest.param("# promptlang: ignore[no-target] |", id="behind the brackets"),
        pytest.param("SHOT 1\n  The crowd |", id="prose"),
        pytest.param("SHOT 1\n  Mail crew@|", id="e-mail"),
        pytest.param("SHOT 1\n  \\@|", id="escaped"),
        pytest.param('{name} = "|"', id="default"),
        pytest.param('SHOT 1 (5s): "a strange |', id="quoted term"),
        pytest.param('> "a bl|', id="quoted transition"),
        pytest.param("@New = character: tall |", id="description"),
        pytest.param("Th|e crowd holds its breath.", id="the start of a line that goes on"),
    ],
)
def test_nothing_is_offered(line: str) -> None:
    assert labels(HEADER + line) == []


def test_a_header_begins_with_what_stands_in_headers() -> None:
    found = labels("|")
    assert {key.name for key in KEYS.values() if "header" in key.where} <= set(found)
    assert "start" not in found
    assert {"SHOT 1 (5s): terms", "INT. PLACE - TIME", '@Name = kind "file"'} <= set(found)


def test_a_block_begins_with_what_stands_in_it() -> None:
    found = labels("SHOT 1\n  |")
    assert {key.name for key in KEYS.values() if "shot" in key.where} <= set(found)
    assert "aspect" not in found
    assert "keep" not in found


def test_a_setting_is_offered_once() -> None:
    assert "cfg" not in labels("SHOT 1\n  cfg: 0.5\n  |")
    assert "lighting" in labels("SHOT 1\n  lighting: warm\n  |")


def test_a_block_that_has_ended_takes_notes_only() -> None:
    found = labels("SHOT 1\n  A bell.\n\n> hard cut\n|")
    assert [label for label in found if label in KEYS] == ["note"]


def test_behind_a_plus_stand_texts_that_are_inherited() -> None:
    found = labels("SHOT 1\n  + |")
    assert "+ lighting" in found
    assert "+ camera" not in found
    assert labels("+ |") == []


def test_names_may_be_known_by_their_use_alone() -> None:
    text = "SHOT 1 AS @lap\n  @Ghost waves.\n\nSHOT 2\n  @|"
    assert labels(text)[:2] == ["@lap", "@Ghost"]
    # What is being written is no use of a name.
    assert "@Gho" not in labels("SHOT 1\n  @Gho|")


def test_an_output_may_be_given_a_name_that_is_used() -> None:
    assert labels("EDIT @lap\n  remove the rain\n\nSHOT 1 AS @|") == ["@lap"]


def test_included_names_are_offered(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text('@Ada = character "ada.png"\n{day} = "Monday"\n')
    text = "include: cast.shot\n\nSHOT 1\n  "
    assert labels(text + "@|", tmp_path)[0] == "@Ada"
    assert labels(text + "On {|", tmp_path)[0] == "{day}"


def test_files_are_offered_by_their_kind(tmp_path: Path) -> None:
    for name in ("a.png", "b.mp4", "c.wav", "d.txt", ".e.png", "more.shot", "film.shot"):
        (tmp_path / name).touch()
    (tmp_path / "rushes").mkdir()
    (tmp_path / "rushes" / "f.png").touch()
    assert labels('@X = image "|"', tmp_path) == ["a.png", "rushes/"]
    assert labels('@X = character "|', tmp_path) == ["a.png", "b.mp4", "rushes/"]
    assert labels('@X = voice "|', tmp_path) == ["b.mp4", "c.wav", "rushes/"]
    assert labels('@X = image "rushes/|"', tmp_path) == ["f.png"]
    assert labels("include: |", tmp_path) == ["more.shot", "rushes/"]


@pytest.mark.parametrize("path", ["../", "/", "~/", "https://", "no/such/", "\0/", "{city}/"])
def test_no_file_is_offered_from_outside_the_project(tmp_path: Path, path: str) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.png").touch()
    assert labels(f'@X = image "{path}|"', tmp_path / "b") == []


@pytest.mark.parametrize(
    ("line", "label", "result"),
    [
        pytest.param("SHOT 1\n  ligh|ting: warm", "mood", "SHOT 1\n  mood: warm", id="key"),
        pytest.param("li|", "lighting", "lighting: ", id="part of a key"),
        pytest.param("S|", "SHOT 1 (5s): terms", "SHOT ", id="heading"),
        pytest.param("EDIT @Cl|own", "@Clip", "EDIT @Clip", id="ref under the cursor"),
        pytest.param("SHOT 1\n  In {ci|ty}.", "{city}", "SHOT 1\n  In {city}.", id="parameter"),
        pytest.param("audio:|", "on", "audio: on", id="a blank behind the colon"),
        pytest.param("target: fal/|kling", "fal/kling-o1", "target: fal/kling-o1", id="target"),
        pytest.param(
            "SHOT 1: wide shot, low an|gle", "low angle", "SHOT 1: wide shot, low angle", id="term"
        ),
    ],
)
def test_what_is_taken_replaces_what_is_written(line: str, label: str, result: str) -> None:
    assert taken(HEADER + line, label) == HEADER + result


def test_an_emoji_before_the_cursor_moves_nothing() -> None:
    text = "😀 and 😀 watch @Dr|"
    assert taken(f"{HEADER}SHOT 1\n  {text}", "@Driver").endswith("😀 and 😀 watch @Driver")


def test_snippets_are_for_editors_that_can() -> None:
    assert taken("SHOT 4\n\nSH|", "SHOT 1 (5s): terms", snippets=True).endswith(
        "SHOT 5 (${1:5s}): $0"
    )
    for item in listed("SHOT 1\n  |"):
        assert "$" not in item["textEdit"]["newText"]
        assert "insertTextFormat" not in item


def test_a_blank_alone_asks_for_nothing_at_the_start_of_a_line() -> None:
    typed = {"triggerKind": 2, "triggerCharacter": " "}
    assert listed("SHOT 1\n  |", context=typed) == []
    assert listed("SHOT 1: |", context=typed) != []


def test_the_target_says_what_becomes_of_a_term() -> None:
    (words,) = listed(HEADER + "SHOT 1: MCU|")
    assert words["detail"] == "size · put into words"
    (silent,) = listed("target: wavespeed/kling-v1-ai-multi-shot\n\nCOVERAGE: MCU|")
    assert "takes no words" in silent["detail"]
    (none,) = listed("target: chatvideopro/kling-multi-cam\n\nEDIT @Clip\n  camera: MCU|")
    assert "makes no EDIT" in none["detail"]


def test_what_is_settled_already_comes_last() -> None:
    found = labels(HEADER + "SHOT 1: wide shot, |")
    assert found.index("low angle") < found.index("close-up")


def test_values_are_those_of_the_target() -> None:
    (wide, *_) = listed("target: kling/o3\naspect: |")
    assert (wide["label"], wide["detail"]) == ("16:9", "kling/o3 (default)")
    assert labels("target: kling/o3\nresolution: |") == ["720p", "1080p", "4k"]
    assert labels("target: kling/o3\nduration: |")[-1] == "15s"
    assert labels("target: fal/kling-v3-pro\n\nSHOT 1\n  target: kling/o3\n  resolution: |") != []


def test_a_comment_may_silence_what_is_no_error() -> None:
    found = labels("SHOT 1 # promptlang: ignore[unused-declaration, |]")
    errors = {p.name for p in all_problems() if str(p.severity) == "error"}
    assert found
    assert not errors.intersection(found)


def test_every_item_can_tell_more() -> None:
    texts = ["|", "SHOT 1: |", "SHOT 1: x|", "> |", "target: |", "@X = |", "SHOT 1\n  @|"]
    texts += [
        "# promptlang: ignore[|",
        "SHOT 1\n  In {|",
        "EDIT @Clip\n  |",
        "SHOT 1\n  camera: a|",
    ]
    seen = set()
    for text in texts:
        view, at = opened(HEADER + text)
        for item in complete(view, {"position": view.lines.position(at)})["items"]:
            if "data" in item:
                seen.add(item["data"]["about"][0])
                assert resolve(view, item)["documentation"]["value"], item
    assert seen == {"key", "name", "parameter", "problem", "target", "term", "verb", "written"}


@pytest.mark.parametrize("about", [None, 5, [], ["term"], ["term", "no-such"], ["x", "y"], [1, 2]])
def test_an_item_that_is_none_of_ours_comes_back_as_it_is(about: Any) -> None:
    view, _ = opened("|")
    item = {"label": "x", "data": {"uri": view.uri, "about": about}}
    assert resolve(view, item) == item


def test_everything_there_is_can_be_found() -> None:
    assert labels("target: |", None) != []
    assert {*labels("target: |")} == {*target_ids()}
    assert {*labels("@X = |")} == {*KINDS}
    camera = [t for t in vocabulary().terms.values() if t.category in {"size", "light", "rig"}]
    for term in camera:
        assert term.phrase in labels(f"SHOT 1: {term.phrase}|"), term


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client() as client:
        client.begin(
            {
                **CAPABILITIES,
                "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}},
            }
        )
        yield client


def test_an_editor_is_offered_what_may_be_written(client: Client) -> None:
    uri = client.open(HEADER + "SHOT 1 (5s): low an\n")
    position = {"line": HEADER.count("\n"), "character": 19}
    params = {"textDocument": {"uri": uri}, "position": position}
    found = client.request("textDocument/completion", params)
    assert found["isIncomplete"]
    item = next(item for item in found["items"] if item["label"] == "low angle")
    assert item["textEdit"]["range"]["start"]["character"] == 13
    told = client.request("completionItem/resolve", item)
    assert told["documentation"]["kind"] == "markdown"
    assert "low angle" in told["documentation"]["value"]


def test_an_editor_gets_snippets_if_it_can(client: Client) -> None:
    uri = client.open("", "file:///film/empty.shot")
    params = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
    items = client.request("textDocument/completion", params)["items"]
    shot = next(item for item in items if item["label"].startswith("SHOT"))
    assert shot["insertTextFormat"] == 2


def test_completion_is_announced(client: Client) -> None:
    with Client() as other:
        offered = other.begin()["completionProvider"]
    assert offered["resolveProvider"]
    assert "@" in offered["triggerCharacters"]


def test_what_an_item_means_is_said_for_the_target_of_its_block() -> None:
    text = "target: kling/o3\nSHOT 1: wide shot\n  target: kling/o1\n  \nSHOT 2: wide shot\n  "
    editor = Editor()
    editor.open("untitled:x", 1, text)
    view = editor.view("untitled:x")
    said = []
    for line in (3, 5):
        found = complete(view, {"position": {"line": line, "character": 2}})
        item = next(item for item in found["items"] if item["label"] == "negative")
        said.append(resolve(view, item)["documentation"]["value"])
    assert "kling/o1" in said[0]
    assert "kling/o3" not in said[0]
    assert "kling/o3" in said[1]
