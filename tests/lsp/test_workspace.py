"""What an editor asks of all its scripts: diagnostics it pulls, settings, files, commands."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

import promptlang
from benchmarks.script import script
from promptlang.lsp.editor import Editor
from tests.lsp.client import CAPABILITIES, Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PULLING: dict[str, Any] = {
    **CAPABILITIES,
    "textDocument": {"diagnostic": {}},
    "workspace": {
        "configuration": True,
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "diagnostics": {"refreshSupport": True},
    },
}
GOOD = """\
target: fal/kling-o3-pro

SHOT 1 (5s): wide shot, static camera
  A diver swims past the wreck.
"""
BAD = GOOD.replace("A diver", "@Nobody")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    (tmp_path / "good.shot").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.shot").write_text(BAD, encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "bad.shot").write_text(BAD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(film: Path) -> Iterator[Client]:
    with Client() as client:
        assert client.begin(PULLING, film.as_uri())["diagnosticProvider"]["workspaceDiagnostics"]
        yield client


def codes(report: dict[str, Any]) -> list[str]:
    return [item["code"] for item in report["items"]]


def test_who_pulls_is_not_told_as_well(client: Client, film: Path) -> None:
    uri = client.open(BAD, (film / "bad.shot").as_uri())
    asked = {"textDocument": {"uri": uri}}
    report = client.request("textDocument/diagnostic", asked)
    assert codes(report) == ["unknown-name"]
    again = {**asked, "previousResultId": report["resultId"]}
    assert client.request("textDocument/diagnostic", again) == {
        "kind": "unchanged",
        "resultId": report["resultId"],
    }
    client.change(uri, 2, {"text": GOOD})
    assert codes(client.request("textDocument/diagnostic", again)) == ["faster-elsewhere"]
    assert [n for n in client.notes if n["method"] == "textDocument/publishDiagnostics"] == []


def test_every_script_of_the_folders_is_looked_at(client: Client, film: Path) -> None:
    client.open(GOOD, (film / "good.shot").as_uri())
    asked: dict[str, Any] = {"previousResultIds": [], "workDoneToken": "all"}
    items = client.request("workspace/diagnostic", asked)["items"]
    assert {item["uri"].rsplit("/", 1)[1]: codes(item) for item in items} == {
        "good.shot": ["faster-elsewhere"],
        "bad.shot": ["unknown-name"],
    }
    kinds = [n["params"]["value"]["kind"] for n in client.notes if n["method"] == "$/progress"]
    assert kinds == ["begin", "report", "report", "end"]
    known = [{"uri": item["uri"], "value": item["resultId"]} for item in items]
    items = client.request("workspace/diagnostic", {"previousResultIds": known})["items"]
    assert {item["kind"] for item in items} == {"unchanged"}


def test_it_asks_for_settings_and_to_be_told_of_files(client: Client) -> None:
    client.request("workspace/diagnostic", {"previousResultIds": []})
    assert {asked["method"] for asked in client.asked} == {
        "workspace/configuration",
        "client/registerCapability",
    }


def test_settings_hold_for_every_script(film: Path) -> None:
    with Client() as client:
        client.begin(folder=film.as_uri())
        uri = client.open(BAD.replace("target: fal/kling-o3-pro\n", ""))
        told = [d["code"] for d in client.diagnostics(uri)]
        assert told == ["unknown-name"]
        settings = {"promptlang": {"target": "kling/o3", "ignore": ["unknown-name"]}}
        client.notify("workspace/didChangeConfiguration", {"settings": settings})
        assert [d["code"] for d in client.diagnostics(uri)] == ["unknown-name"]
        targets = client.request("workspace/executeCommand", {"command": "promptlang.targets"})
        assert targets["chosen"] == "kling/o3"
        settings = {"promptlang": {"target": "no/such"}}
        client.notify("workspace/didChangeConfiguration", {"settings": settings})
        client.diagnostics(uri)
        (warned,) = (n for n in client.notes if n["method"] == "window/showMessage")
        assert 'unknown target "no/such"' in warned["params"]["message"]


def test_a_picture_that_appears_is_missed_no_more(film: Path) -> None:
    with Client() as client:
        client.begin(folder=film.as_uri())
        text = f'@Hero = character "hero.png": a diver\n{GOOD.replace("A diver", "@Hero")}'
        uri = client.open(text, (film / "hero.shot").as_uri())
        assert "file-missing" in [d["code"] for d in client.diagnostics(uri)]
        (film / "hero.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        change = {"uri": (film / "hero.png").as_uri(), "type": 1}
        client.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
        assert "file-missing" not in [d["code"] for d in client.diagnostics(uri)]


CAST = "@Ada = character: a diver\n"
SCENE = f'include: "cast.shot"\n{GOOD.replace("A diver", "@Ada")}'


def test_what_includes_an_open_file_is_told_of_before_that_is_saved(film: Path) -> None:
    (film / "cast.shot").write_text("@Bob = character: a sailor\n", encoding="utf-8")
    with Client() as client:
        client.begin(folder=film.as_uri())
        scene = client.open(SCENE, (film / "scene.shot").as_uri())
        assert "unknown-name" in [d["code"] for d in client.diagnostics(scene)]
        cast = client.open(CAST, (film / "cast.shot").as_uri())
        assert "unknown-name" not in [d["code"] for d in client.diagnostics(scene)]
        client.change(cast, 2, {"text": CAST.replace("Ada", "Eve")})
        assert "unknown-name" in [d["code"] for d in client.diagnostics(scene)]
        client.change(cast, 3, {"text": CAST})
        assert "unknown-name" not in [d["code"] for d in client.diagnostics(scene)]
        # What was not saved is lost with the buffer.
        client.notify("textDocument/didClose", {"textDocument": {"uri": cast}})
        assert "unknown-name" in [d["code"] for d in client.diagnostics(scene)]


def reports(client: Client, known: list[dict[str, Any]] | None = None) -> dict[str, dict[str, Any]]:
    items = client.request("workspace/diagnostic", {"previousResultIds": known or []})["items"]
    return {item["uri"].rsplit("/", 1)[1]: item for item in items}


def test_of_closed_scripts_only_what_changed_is_told_again(client: Client, film: Path) -> None:
    (film / "cast.shot").write_text(CAST, encoding="utf-8")
    (film / "scene.shot").write_text(SCENE, encoding="utf-8")
    told = reports(client)

    def again() -> dict[str, list[str]]:
        """Return what is not as it was, with the problems of it."""
        known = [{"uri": item["uri"], "value": item["resultId"]} for item in told.values()]
        now = reports(client, known)
        told.update({name: item for name, item in now.items() if item["kind"] == "full"})
        return {name: codes(item) for name, item in now.items() if item["kind"] == "full"}

    assert again() == {}
    (film / "bad.shot").write_text(BAD.replace("5s", "999s"), encoding="utf-8")
    assert list(again()) == ["bad.shot"]
    cast = client.open(CAST.replace("Ada", "Eve"), (film / "cast.shot").as_uri())
    assert "unknown-name" in again()["scene.shot"]
    client.notify("textDocument/didClose", {"textDocument": {"uri": cast}})
    assert "scene.shot" in again()
    (film / "cast.shot").unlink()
    assert "include-not-found" in again()["scene.shot"]
    (film / "promptlang.toml").write_text('ignore = ["faster-elsewhere"]', encoding="utf-8")
    assert told["good.shot"]["items"]
    again()
    assert told["good.shot"]["items"] == []
    assert again() == {}


def test_closed_scripts_are_not_read_again_for_nothing(film: Path) -> None:
    editor = Editor()
    editor.folders = [film]
    views = editor.scripts().all()
    first = [editor.shelf.report(view) for view in views]
    editor.refresh()
    again = editor.scripts().all()
    assert [view.script for view in again] == [view.script for view in views]
    assert all(editor.shelf.report(v) is before for v, before in zip(again, first, strict=True))


def run(client: Client, command: str, *arguments: object) -> Any:
    asked = {"command": f"promptlang.{command}", "arguments": [*arguments]}
    return client.request("workspace/executeCommand", asked)


def test_commands_give_what_the_command_line_gives(client: Client, film: Path) -> None:
    uri = client.open(GOOD, (film / "good.shot").as_uri())
    expected = promptlang.compile(film / "good.shot")
    (made,) = expected if isinstance(expected, list) else [expected]
    (compiled,) = run(client, "compile", uri)
    assert compiled["requests"] == made.model_dump(by_alias=True)["requests"]
    (payload,) = run(client, "payload", uri)
    assert payload["payload"] == made.requests[0].payload
    place = {"line": 3, "character": 4}
    assert run(client, "prompt", uri, place) == made.requests[0].prompts[0].text
    (other,) = run(client, "compile", uri, "kling/o3")
    assert other["target"] == "kling/o3"


def test_a_preview_says_where_words_come_from(client: Client, film: Path) -> None:
    text = GOOD.replace("wreck", "😀 wreck")
    uri = client.open(text, (film / "good.shot").as_uri())
    (made,) = run(client, "preview", uri)["targets"]
    (prompt,) = made["requests"][0]["prompts"]
    words = prompt["text"].encode("utf-16-le")
    said = {
        words[2 * part["start"] : 2 * part["end"]].decode("utf-16-le"): part["position"]
        for part in prompt["map"]
    }
    (place,) = (where for what, where in said.items() if "diver" in what)
    assert place["line"] == 3


def test_a_preview_says_what_tokens_stand_for(client: Client, film: Path) -> None:
    text = GOOD.replace("SHOT", '@Ada = character "ada.png"\n\nSHOT', 1) + "  @Ada waves.\n"
    uri = client.open(text, (film / "good.shot").as_uri())
    (made,) = run(client, "preview", uri)["targets"]
    assert made["requests"][0]["references"] == [
        {"name": "Ada", "as": "@Image1", "kind": "character", "files": ["ada.png"]}
    ]


def test_a_target_is_chosen_for_all_scripts(client: Client, film: Path) -> None:
    uri = client.open(GOOD, (film / "good.shot").as_uri())
    assert run(client, "chooseTarget", "kling/o3") == "kling/o3"
    assert [made["target"] for made in run(client, "compile", uri)] == ["kling/o3"]
    assert run(client, "chooseTarget", None) is None
    assert [made["target"] for made in run(client, "compile", uri)] == ["fal/kling-o3-pro"]


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        pytest.param("compile", ["file:///no/such.shot"], "the file cannot be read", id="no file"),
        pytest.param("compile", [], "the arguments are not understood", id="nothing"),
        pytest.param("chooseTarget", ["no/such"], 'unknown target "no/such"', id="no target"),
        pytest.param(
            "prompt", ["{uri}", {"line": 0, "character": 0}], "there is no SHOT", id="no block"
        ),
    ],
)
def test_a_command_that_cannot_be_run_says_why(
    client: Client, film: Path, command: str, arguments: list[Any], said: str
) -> None:
    uri = client.open(GOOD, (film / "good.shot").as_uri())
    given = [uri if argument == "{uri}" else argument for argument in arguments]
    asked = {"command": f"promptlang.{command}", "arguments": given}
    assert said in client.refused("workspace/executeCommand", asked)["message"]


def test_a_request_is_cancelled_while_it_runs(client: Client) -> None:
    uri = client.open(script(4000))
    number = client.ask(
        "workspace/executeCommand", {"command": "promptlang.compile", "arguments": [uri]}
    )
    time.sleep(0.3)
    client.notify("$/cancelRequest", {"id": number})
    assert client.answer(number)["error"]["code"] == -32800
