"""The published names and shapes: what a user types, and what must come out."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

import promptlang
from tests.acceptance.processes import (
    CANARY,
    EXAMPLES,
    command,
    environment,
    shell,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

FILM = """\
title: Lamp
target: fal/kling-o3-pro
aspect: 16:9
audio: on
negative: blur
@Keeper = character "front.png" "side.png": a lighthouse keeper
@Clip = video "clip.mov" 0:00-0:10
{town} = "Trento"

SHOT 1 (4s): wide shot, static
  @Keeper waits in {town}.

> dissolve (1s)

SHOT (7s) AS @lap: medium shot, static
  @Keeper walks briskly away.

EDIT @lap
  change the sky to a violet dusk with low light

EDIT @Clip
  change the sky to a violet dusk with low light

EDIT @Video1
  change the sky to a violet dusk with low light

SHOT last (5s): wide shot, static
  The road stays empty.
  start: end of @lap
"""

PLAIN = """\
target: fal/kling-v3-pro

{town} = "Trento"
{line} = "Go"

SHOT 1 (5s): wide shot, static
  A sign of {town} stands beside the road.
  super: "{line}"
"""

REQUEST = {
    "id", "task", "endpoint", "http", "payload", "prompts", "negative_prompt", "references",
    "seconds", "needs",
}  # fmt: skip
PROMPT = {"shot", "text", "seconds", "transition", "characters", "limit", "source_map"}


def film(tmp_path: Path, *more: str) -> Any:
    write(tmp_path, "film.shot", FILM)
    done = shell("compile", "film.shot", "--format", "json", *more, cwd=tmp_path)
    assert done.code == 0, done.err
    return done.json()


# --- compile --format json ---------------------------------------------------------------------


def test_every_key_is_there(tmp_path: Path) -> None:
    data = film(tmp_path)
    top = {"promptlang", "source", "target", "seconds", "requests", "losses", "diagnostics"}
    assert top <= data.keys()
    assert (data["promptlang"], data["source"]) == (promptlang.__version__, "film.shot")
    assert data["target"] == "fal/kling-o3-pro"
    for request in data["requests"]:
        assert request.keys() >= REQUEST
        assert request["http"].keys() == {"method", "url", "headers"}
        for prompt in request["prompts"]:
            assert prompt.keys() >= PROMPT
            for stretch in prompt["source_map"]:
                assert stretch.keys() >= {"start", "end", "line", "column"}
        for reference in request["references"]:
            assert reference.keys() >= {"name", "as", "kind", "files"}
    for loss in data["losses"]:
        assert loss.keys() >= {"name", "code", "kind", "severity", "message", "line", "column"}
    for diagnostic in data["diagnostics"]:
        assert diagnostic.keys() >= {"name", "code", "severity", "message", "hint", "related"}


def test_requests_are_numbered_by_their_place_and_prompts_by_label_or_place(
    tmp_path: Path,
) -> None:
    requests = film(tmp_path)["requests"]
    assert [r["id"] for r in requests] == ["1", "2", "3", "4", "5", "6"]
    assert [r["prompts"][0]["shot"] for r in requests] == ["1", "#2", "#3", "#4", "#5", "last"]
    assert [r["task"] for r in requests[:3]] == ["reference-to-video"] * 2 + ["edit"]
    assert [r["seconds"] for r in requests] == [4.0, 7.0, None, None, None, 5.0]


def test_what_is_not_uploaded_yet_is_spelt_in_the_payload(tmp_path: Path) -> None:
    requests = film(tmp_path)["requests"]
    (element,) = requests[0]["payload"]["elements"]
    assert element == {
        "frontal_image_url": "file:front.png",
        "reference_image_urls": ["file:side.png"],
    }
    assert requests[2]["payload"]["video_url"] == "$request:2"
    assert requests[3]["payload"]["video_url"] == "file:clip.mov#t=0,10"
    assert requests[4]["payload"]["video_url"] == "$attach:Video1"
    assert requests[5]["payload"]["start_image_url"] == "$request:2#end"
    assert [r["needs"] for r in requests] == [[], [], ["2"], [], [], ["2"]]


def test_what_nobody_bound_is_reported(tmp_path: Path) -> None:
    named = {d["name"]: d["message"] for d in film(tmp_path)["diagnostics"]}
    assert "$attach:Video1" in named["asset-unbound"]
    assert "clip.mov" in named["file-missing"]
    bound = film(tmp_path, "--asset", "Video1=https://example.org/take.mp4")
    assert bound["requests"][4]["payload"]["video_url"] == "https://example.org/take.mp4"
    assert "asset-unbound" not in {d["name"] for d in bound["diagnostics"]}


def test_references_say_how_the_prompt_spells_them(tmp_path: Path) -> None:
    request = film(tmp_path)["requests"][0]
    assert request["references"] == [
        {
            "name": "Keeper",
            "as": "@Element1",
            "kind": "character",
            "files": ["front.png", "side.png"],
        }
    ]
    assert "@Element1 waits in Trento" in request["prompts"][0]["text"]


def test_a_transition_between_two_requests_is_kept_in_the_result(tmp_path: Path) -> None:
    data = film(tmp_path)
    first, second, *others = [r["prompts"][0]["transition"] for r in data["requests"]]
    assert second.startswith("1-second dissolve")
    assert {first, *others} == {None}
    assert "dissolve" not in data["requests"][1]["prompts"][0]["text"].lower()
    assert {loss["name"]: loss["kind"] for loss in data["losses"]} == {
        "aspect-unsupported": "approximated",
        "negative-prompt-unsupported": "dropped",
        "transition-left-to-edit": "dropped",
    }


def test_characters_are_counted_and_limits_named(tmp_path: Path) -> None:
    for request in film(tmp_path)["requests"]:
        for prompt in request["prompts"]:
            assert prompt["characters"] == len(prompt["text"])
            assert prompt["limit"] >= prompt["characters"]


def test_the_source_map_points_at_the_words(tmp_path: Path) -> None:
    lines = FILM.splitlines()
    prompt = film(tmp_path)["requests"][1]["prompts"][0]
    said = {
        prompt["text"][s["start"] : s["end"]]: lines[s["line"] - 1][s["column"] - 1 :]
        for s in prompt["source_map"]
    }
    assert said["Medium shot"].startswith("medium shot")
    assert said["static camera"].startswith("static")
    assert said["@Element1"].startswith("@Keeper")
    assert said[" walks briskly away."].startswith(" walks briskly away.")


def test_headers_name_the_variable_and_never_its_value(tmp_path: Path) -> None:
    for request in film(tmp_path)["requests"]:
        assert request["http"]["headers"]["Authorization"] == "Key $FAL_KEY"
        assert request["http"]["method"] == "POST"
        assert request["http"]["url"].endswith(request["endpoint"])
    write(tmp_path, "still.shot", '@A = image "a.png"\nCOVERAGE OF @A\n')
    target = "wavespeed/kling-v1-ai-multi-shot"
    for format in ("json", "curl", "text"):
        done = shell("compile", "still.shot", "--target", target, "--format", format, cwd=tmp_path)
        assert (done.code, CANARY in done.out) == (0, False)
        assert format == "text" or "WAVESPEED_API_KEY" in done.out


def test_a_secret_in_the_configuration_is_never_repeated(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", FILM)
    for line in (f'key = "{CANARY}"', f'target = ["kling/o1"]\nkey="{CANARY}"', f"a = {CANARY}"):
        write(tmp_path, "promptlang.toml", f"{line}\n")
        for arguments in (["check", "film.shot"], ["compile", "film.shot"]):
            assert shell(*arguments, cwd=tmp_path).code == 2


def test_a_target_without_an_interface_has_a_form_in_order(tmp_path: Path) -> None:
    (request,) = film_of(tmp_path, "pixio/kling-3.0", PLAIN)["requests"]
    assert (request["endpoint"], request["http"]) == (None, None)
    copied = shell(
        "compile", "film.shot", "--target", "pixio/kling-3.0", "--format", "copy", cwd=tmp_path
    )
    assert re.findall(r"^\[(\w+)", copied.out, re.MULTILINE)[0] == next(iter(request["payload"]))
    assert request["prompts"][0]["text"] in copied.out


def film_of(folder: Path, target: str, text: str) -> Any:
    write(folder, "film.shot", text)
    done = shell("compile", "film.shot", "--target", target, "--format", "json", cwd=folder)
    assert done.code == 0, done.err
    return done.json()


def test_several_targets_give_one_object_a_line(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", PLAIN)
    both = ["--target", "kling/o3", "--target", "pixio/kling-o3"]
    done = shell("compile", "film.shot", "--format", "json", *both, cwd=tmp_path)
    assert [data["target"] for data in done.lines()] == ["kling/o3", "pixio/kling-o3"]


def test_every_result_of_every_example_fits_the_published_schema() -> None:
    schema = promptlang.Compilation.model_json_schema(by_alias=True)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for path in sorted(EXAMPLES.rglob("*.shot")):
        for target in promptlang.targets():
            data = promptlang.compile(path, target=target.id).model_dump_json(by_alias=True)
            errors = [error.message for error in validator.iter_errors(json.loads(data))]
            assert errors == [], (path.name, target.id)


# --- options -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["compile", "film.shot", "--frobnicate"],
        ["compile", "film.shot", "--format", "yaml"],
        ["compile", "film.shot", "--target", "fal/kling-o33-pro"],
        ["compile", "nowhere.shot"],
        ["compile", "film.shot", "--data", "nowhere.csv"],
        ["compile", "film.shot", "--set", "twon=Rome"],
        ["compile", "film.shot", "--asset", "Nobody=a.png"],
        ["check", "film.shot", "--max-warnings", "many"],
        ["check", "film.shot", "--max-warnings", "9" * 30],
        ["fmt", "nowhere.shot"],
        ["targets", "kling/o9"],
        ["targets", "--for", "nowhere.shot"],
        ["explain", "nothing-of-the-kind"],
        ["frobnicate"],
        [],
    ],
)
def test_wrong_use_ends_with_2_and_says_nothing_on_standard_output(
    tmp_path: Path, arguments: list[str]
) -> None:
    write(tmp_path, "film.shot", PLAIN)
    done = shell(*arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert "_count" not in done.err


def test_strict_and_max_warnings(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", FILM)
    for name in ("check", "compile"):
        assert shell(name, "film.shot", cwd=tmp_path).code == 0
        assert shell(name, "film.shot", "--max-warnings", "0", cwd=tmp_path).code == 1
        assert shell(name, "film.shot", "--max-warnings", "1", cwd=tmp_path).code == 0
        assert shell(name, "film.shot", "--strict", cwd=tmp_path).code == 1
    strict = shell("compile", "film.shot", "--strict", "--format", "json", cwd=tmp_path)
    assert {loss["severity"] for loss in strict.json()["losses"]} == {"error"}
    # Where nothing is lost, strict changes nothing.
    write(tmp_path, "plain.shot", PLAIN)
    assert shell("compile", "plain.shot", "--strict", cwd=tmp_path).code == 0


def test_rows_of_both_kinds_with_bad_ones_among_them(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", PLAIN)
    tables = {
        "rows.csv": b"town,line\nRome,One\nParis\nOs\x00lo,Two\nBern,Three\n",
        "rows.jsonl": b'{"town":"Rome"}\n{"town":\n{"town":"\\ud800"}\n{"town":"Bern"}\n[]\n',
    }
    for name, data in tables.items():
        write(tmp_path, name, data)
        done = shell("compile", "film.shot", "--data", name, "--format", "json", cwd=tmp_path)
        assert done.code == 1
        assert [data["row"] for data in done.lines()] == [1, 4]
        assert "row 2: " in done.err
        assert "row 3: " in done.err


@pytest.mark.parametrize(
    ("where", "spelt"),
    [
        ("https://example.org/a.png", "https://example.org/a.png"),
        ("pictures/a.png", "file:pictures/a.png"),
    ],
)
def test_assets_are_files_or_addresses(tmp_path: Path, where: str, spelt: str) -> None:
    script = "@Wall = image\n\nSHOT 1 (5s): wide shot, static\n  A house like @Wall.\n"
    write(tmp_path, "film.shot", script)
    done = shell(
        "compile", "film.shot", "--target", "fal/kling-o1", "--asset", f"Wall={where}",
        "--format", "json", cwd=tmp_path,
    )  # fmt: skip
    assert done.json()["requests"][0]["payload"]["image_urls"] == [spelt]


def test_an_asset_may_be_an_element_of_the_provider(tmp_path: Path) -> None:
    script = "@Ada = character: a driver\n\nSHOT 1 (5s): wide shot, static\n  @Ada waits.\n"
    write(tmp_path, "film.shot", script)
    done = shell(
        "compile", "film.shot", "--target", "kling/o3", "--asset", "Ada=element:829836",
        "--format", "json", cwd=tmp_path,
    )  # fmt: skip
    (request,) = done.json()["requests"]
    assert request["payload"]["element_list"] == [{"element_id": 829836}]
    assert request["references"][0]["as"] == "<<<element_1>>>"


# --- how a process ends ------------------------------------------------------------------------


def test_results_go_to_standard_output_and_the_rest_to_standard_error(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", FILM)
    done = shell("compile", "film.shot", "--format", "json", cwd=tmp_path)
    assert json.loads(done.out)
    assert "negative-prompt-unsupported" in done.err
    checked = shell("check", "film.shot", cwd=tmp_path)
    assert "negative-prompt-unsupported" in checked.out
    assert re.fullmatch(
        r"1 warning, 4 info, \d+ hints? in 1 file; --fix --unsafe-fixes mends 1\n", checked.err
    )


@pytest.mark.parametrize("format", ["json", "text"])
def test_a_reader_that_leaves_ends_the_writer_quietly(tmp_path: Path, format: str) -> None:
    shots = [f"SHOT {n} (5s): wide shot, static\n  A kite over dune {n}.\n" for n in range(600)]
    write(tmp_path, "film.shot", "target: fal/kling-v3-pro\n" + "".join(shots))
    writer = subprocess.Popen(
        command("compile", "film.shot", "--format", format),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert writer.stdout is not None
    writer.stdout.read(10)
    writer.stdout.close()
    assert writer.stderr is not None
    assert (writer.stderr.read(), writer.wait(120)) == (b"", 141)
    writer.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such thing")
def test_interrupted_while_it_waits_it_ends_quietly(tmp_path: Path) -> None:
    # The command has started for certain once it has read all of the first script.
    first = tmp_path / "first.shot"
    os.mkfifo(first)
    waiting = subprocess.Popen(
        command("check", "first.shot", "-"),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    with first.open("wb") as file:
        file.write(b"SHOT 1 (5s): wide shot\n  A kite.\n")
    time.sleep(0.2)
    waiting.send_signal(signal.SIGINT)
    assert waiting.communicate(timeout=120) == (b"", b"")
    assert waiting.returncode == 130


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such thing")
@pytest.mark.parametrize("closed", ["stdout", "stdin"])
def test_a_closed_stream_is_wrong_use(tmp_path: Path, closed: str) -> None:
    write(tmp_path, "film.shot", PLAIN)
    redirect = {"stdout": "film.shot >&-", "stdin": "- <&-"}[closed]
    line = f"'{sys.executable}' -m promptlang check {redirect}"
    done = subprocess.run(
        ["sh", "-c", line], cwd=tmp_path, capture_output=True, check=False, env=environment()
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b" is closed" in done.stderr


def on_a_terminal(folder: Path, **env: str) -> str:
    """Return what a check prints on a terminal."""
    pty = pytest.importorskip("pty", reason="there are no such terminals")
    leader, follower = pty.openpty()
    plain = {k: v for k, v in environment().items() if k not in {"NO_COLOR", "FORCE_COLOR"}}
    ended = subprocess.run(
        command("check", "film.shot"),
        cwd=folder,
        stdout=follower,
        stderr=subprocess.DEVNULL,
        check=False,
        env={**plain, "TERM": "xterm", **env},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(leader)
    assert ended.returncode == 1
    return shown.decode()


def test_colours_are_for_terminals_whose_user_likes_them(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", "target: kling/o3\nSHOT 1 (5s): wide shot\n  @Nobody waits.\n")
    assert "\x1b[" in on_a_terminal(tmp_path)
    assert "\x1b[" not in on_a_terminal(tmp_path, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(tmp_path, TERM="dumb")
    assert "\x1b[" not in shell("check", "film.shot", cwd=tmp_path).out


def test_a_fault_ends_with_3_and_names_a_place(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", PLAIN)
    code = (
        "import sys\nimport promptlang.model.resolve as r\n"
        "def broken(*a, **k): raise RuntimeError('text of the script')\n"
        "r.resolve = broken\n"
        "from promptlang.cli import main\nsys.exit(main(['check', 'film.shot']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, capture_output=True, check=False, env=environment(),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"RuntimeError at " in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"text of the script" not in done.stderr


# --- files that are written --------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such thing")
def test_fmt_keeps_mode_links_and_line_ends(tmp_path: Path) -> None:
    real = write(tmp_path, "real.shot", b"shot 1 (5 sec)\r\n   wide.\r\n")
    real.chmod(0o640)
    (tmp_path / "link.shot").symlink_to("real.shot")
    assert shell("fmt", "link.shot", cwd=tmp_path).code == 0
    assert (tmp_path / "link.shot").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert real.read_bytes() == b"SHOT 1 (5s)\r\n  wide.\r\n"
    assert shell("fmt", "--check", "real.shot", cwd=tmp_path).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.shot", "real.shot"]


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_fmt_that_only_looks_changes_nothing(tmp_path: Path, option: str) -> None:
    path = write(tmp_path, "film.shot", "shot 1 (5 sec)\n   wide.\n")
    before = path.stat().st_mtime_ns
    done = shell("fmt", option, "film.shot", cwd=tmp_path)
    assert done.code == 1
    assert path.stat().st_mtime_ns == before
    assert ("+SHOT 1 (5s)" in done.out) == (option == "--diff")


def test_out_in_a_place_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", PLAIN)
    write(tmp_path, "taken", "a file")
    for place in ("taken", "taken/below", "/dev/null"):
        done = shell("compile", "film.shot", "--out", place, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
    assert (tmp_path / "taken").read_text() == "a file"


def test_out_is_written_for_all_requests_or_for_none(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", FILM)
    assert shell("compile", "film.shot", "--out", "made", "--strict", cwd=tmp_path).code == 1
    assert not (tmp_path / "made").exists()
    assert shell("compile", "film.shot", "--out", "made", cwd=tmp_path).code == 0
    assert len(list((tmp_path / "made").iterdir())) == 6
