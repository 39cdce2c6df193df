"""The command line as a user meets it: what is printed where, and how it ends."""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import promptlang
from promptlang.cli import COMMANDS
from tests.cli.line import run as run  # a fixture

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.line import Outcome

GOOD = """\
title: Harbour
target: fal/kling-v3-pro

SHOT 1 (5s): wide shot, static
  Waves break against the rock below the tower.
"""

BAD = """\
target: fal/kling-v3-pro

SHOT 1 (5s): wide shot, static
  @Keeper looks out to sea.

SHOT 2 (5s): close-up, static
  The lamp turns behind wet glass.
"""

PARAMETERS = """\
target: fal/kling-v3-pro

{town} = "Trento"
{line} =

SHOT 1 (5s): wide shot, static
  A sign of {town} stands beside the road.
  super: "{line}"
"""


Run = "Callable[..., Outcome]"


def real(
    *arguments: str, cwd: Path, stdin: bytes = b"", **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own."""
    root = Path(promptlang.__file__).parents[1]
    return subprocess.run(
        [sys.executable, "-m", "promptlang", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root), **env},
    )


def write(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return name


# --- the frame ---------------------------------------------------------------------------------


def test_version_and_help(run: Callable[..., Outcome]) -> None:
    assert run("--version").out == f"promptlang {promptlang.__version__}\n"
    overview = run("--help")
    assert overview.code == 0
    assert all(name in overview.out for name in COMMANDS)
    for name in COMMANDS:
        page = run(name, "--help")
        assert (page.code, page.err) == (0, "")
        assert page.out.startswith(f"usage: promptlang {name}")


def test_no_command_is_wrong_use(run: Callable[..., Outcome]) -> None:
    nothing = run()
    assert (nothing.code, nothing.out) == (2, "")
    assert "usage: promptlang" in nothing.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], 'unknown command "chek"; did you mean "check"?'),
        (["--verison"], 'unknown option "--verison"'),
        (["check", "missing.shot"], '"missing.shot" does not exist'),
        (["check", "--target", "fal/kling-v3-por", "good.shot"], 'did you mean "fal/kling-v3-pro"'),
        (["check", "empty"], '"empty" holds no *.shot file'),
        (["compile", "empty"], '"empty" is a folder; name the scripts in it'),
        (["compile", "good.shot", "--set", "town"], '--set takes name=value, not "town"'),
        (["compile", "good.shot", "--set", "town=Rome"], 'no parameter "town"; there are none'),
        (["compile", "parameters.shot", "--set", "twon=Rome"], 'did you mean "town"?'),
        (["compile", "good.shot", "--asset", "Ada=a.png"], 'nothing is named "Ada"'),
        (["compile", "good.shot", "--asset", "Ada="], "says nothing"),
        (["compile", "good.shot", "--data", "rows.xlsx"], "takes a .csv or .jsonl table"),
        (["targets", "kling/o11"], 'unknown target "kling/o11"; did you mean "kling/o1"'),
        (["explain", "shot-too-lnog"], 'did you mean "shot-too-long"'),
        (["explain", "qqqq"], "promptlang explain lists what there is"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(
    run: Callable[..., Outcome], arguments: list[str], message: str
) -> None:
    Path("empty").mkdir()
    write("good.shot", GOOD)
    write("parameters.shot", PARAMETERS)
    wrong = run(*arguments)
    assert (wrong.code, wrong.out) == (2, "")
    assert message in wrong.err
    assert wrong.err.count("\n") == 1


def test_unknown_option_ends_with_2(run: Callable[..., Outcome]) -> None:
    write("good.shot", GOOD)
    wrong = run("check", "good.shot", "--wtach")
    assert wrong.code == 2
    assert "--wtach" in wrong.err
    near = run("check", "good.shot", "--formt", "json")
    assert near.code == 2
    assert 'check takes no option "--formt"; did you mean "--format"?' in near.err


def test_an_unknown_format_is_refused(run: Callable[..., Outcome]) -> None:
    write("good.shot", GOOD)
    assert run("check", "good.shot", "--format", "pdf").code == 2


def test_a_fault_of_its_own_ends_with_3_and_without_traceback(
    run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret text of a script")

    write("good.shot", GOOD)
    monkeypatch.delenv("PROMPTLANG_TRACEBACK")
    monkeypatch.setattr("promptlang.cli.check.scripts", lambda *_, **__: broken())
    fault = run("check", "good.shot")
    assert (fault.code, fault.out) == (3, "")
    assert "fault of promptlang" in fault.err
    assert "ZeroDivisionError" in fault.err
    assert "Traceback" not in fault.err
    assert "secret" not in fault.err


def test_interrupt_is_quiet(run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    write("good.shot", GOOD)
    monkeypatch.setattr("promptlang.cli.check.scripts", interrupted)
    stopped = run("check", "good.shot")
    assert (stopped.code, stopped.out, stopped.err) == (130, "", "")


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    root = Path(promptlang.__file__).parents[1]
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-m", "promptlang", "targets"],
        cwd=tmp_path,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    root = Path(promptlang.__file__).parents[1]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "promptlang", "targets"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"promptlang: output: ")
    assert ended.stderr.count(b"\n") == 1


def test_any_encoding_of_the_terminal_will_do(tmp_path: Path) -> None:
    (tmp_path / "a.shot").write_text(
        GOOD.replace("Waves break", "“Wellen” — 波が岩に"), encoding="utf-8"
    )
    done = real("compile", "a.shot", cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "波が岩に" in done.stdout.decode()


# --- check -------------------------------------------------------------------------------------


def test_check_of_a_good_script(run: Callable[..., Outcome]) -> None:
    write("good.shot", GOOD)
    good = run("check", "good.shot")
    assert good.code == 0
    assert "error" not in good.out
    assert "1 file" in good.err


@pytest.mark.parametrize("format", ["full", "concise", "json", "jsonl"])
def test_check_formats(
    run: Callable[..., Outcome], golden: Callable[[str, str], None], format: str
) -> None:
    write("bad.shot", BAD)
    bad = run("check", "bad.shot", "--format", format)
    assert bad.code == 1
    golden(f"cli/check-{format}.txt", bad.out)


def test_check_json_is_data(run: Callable[..., Outcome]) -> None:
    write("bad.shot", BAD)
    records = json.loads(run("check", "bad.shot", "--format", "json").out)
    lines = run("check", "bad.shot", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == records
    error = next(record for record in records if record["severity"] == "error")
    assert BAD[error["start"] : error["end"]] == "@Keeper"
    write("good.shot", GOOD)
    assert isinstance(json.loads(run("check", "good.shot", "--format", "json").out), list)


def test_check_reads_standard_input(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    done = real(
        "check", "-", "--stdin-filename", "sub/x.shot", "--format", "concise",
        cwd=tmp_path, stdin=BAD.encode(),
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.startswith(b"sub/x.shot:4:3: error: ")
    assert real("check", "-", cwd=tmp_path, stdin=BAD.encode()).stdout.count(b"<stdin>:4:3") == 1


def test_check_searches_folders(run: Callable[..., Outcome]) -> None:
    for name in ("film/b.shot", "film/a.shot", "film/deep/c.shot", "film/.git/d.shot"):
        write(name, BAD)
    write("film/notes.txt", "nothing of ours")
    found = run("check", "film", "film/a.shot", "--format", "concise")
    places = [line.split(":")[0] for line in found.out.splitlines() if " error: " in line]
    assert [p.replace("\\", "/") for p in places] == [
        "film/a.shot",
        "film/b.shot",
        "film/deep/c.shot",
    ]
    assert "3 files" in found.err


def test_max_warnings_limits_the_rest(run: Callable[..., Outcome]) -> None:
    write("soft.shot", GOOD.replace("wide shot, static", "wide shot, swooooop past it"))
    assert run("check", "soft.shot").code == 0
    assert run("check", "soft.shot", "--max-warnings", "0").code == 1
    assert run("check", "soft.shot", "--max-warnings", "9").code == 0
    assert run("check", "soft.shot", "--max-warnings", "-1").code == 2


def test_strict_makes_losses_errors(run: Callable[..., Outcome]) -> None:
    write("loss.shot", GOOD.replace("title: Harbour", "cfg: 0.7").replace("v3-pro", "o3-pro"))
    assert run("check", "loss.shot").code == 0
    strict = run("check", "loss.shot", "--strict", "--format", "concise")
    assert strict.code == 1
    assert "loss.shot:1:" in strict.out
    assert " error: " in strict.out


def test_any_bytes_are_answered(tmp_path: Path) -> None:
    (tmp_path / "x.shot").write_bytes(bytes(range(256)) * 3)
    for command in ("check", "compile", "fmt"):
        done = real(command, "x.shot", cwd=tmp_path)
        assert done.returncode in {1, 2}, done.stderr
        assert b"Traceback" not in done.stderr
    assert (tmp_path / "x.shot").read_bytes() == bytes(range(256)) * 3


def test_a_large_file_is_refused_unread(run: Callable[..., Outcome]) -> None:
    with Path("large.shot").open("wb") as file:
        file.truncate(5 * 1024 * 1024)
    large = run("check", "large.shot", "--format", "concise")
    assert large.code == 1
    assert large.out.count("\n") == 1


# --- compile -----------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["text", "copy", "json", "curl"])
def test_compile_formats(
    run: Callable[..., Outcome], golden: Callable[[str, str], None], format: str
) -> None:
    write("good.shot", GOOD)
    done = run("compile", "good.shot", "--format", format)
    assert done.code == 0
    golden(f"cli/compile-{format}.txt", done.out)


def test_compile_json_is_one_object(run: Callable[..., Outcome]) -> None:
    write("good.shot", GOOD)
    data = json.loads(run("compile", "good.shot", "--format", "json").out)
    assert data["promptlang"] == promptlang.__version__
    assert data["source"] == "good.shot"
    assert data["target"] == "fal/kling-v3-pro"
    assert data["seconds"] == 5.0
    assert data["requests"][0]["id"] == "1"
    assert data["requests"][0]["http"]["headers"]["Authorization"] == "Key $FAL_KEY"


def test_several_targets_give_one_object_a_line(run: Callable[..., Outcome]) -> None:
    write("good.shot", GOOD)
    many = run(
        "compile", "good.shot", "--format", "json",
        "--target", "pixio/kling-o3", "--target", "fal/kling-v3-pro",
    )  # fmt: skip
    objects = [json.loads(line) for line in many.out.splitlines()]
    assert [data["target"] for data in objects] == ["pixio/kling-o3", "fal/kling-v3-pro"]


def test_no_target_anywhere_says_how_to_choose(run: Callable[..., Outcome]) -> None:
    write("none.shot", GOOD.replace("target: fal/kling-v3-pro\n", ""))
    none = run("compile", "none.shot")
    assert (none.code, none.out) == (2, "")
    assert all(way in none.err for way in ("target:", "--target", "promptlang.toml"))
    assert run("check", "none.shot").code == 0


def test_a_script_without_target_stops_the_run_before_it_writes(
    run: Callable[..., Outcome],
) -> None:
    write("good.shot", GOOD)
    write("none.shot", GOOD.replace("target: fal/kling-v3-pro\n", ""))
    stopped = run("compile", "good.shot", "none.shot", "--out", "made")
    assert (stopped.code, stopped.out) == (2, "")
    assert not Path("made").exists()


def test_the_output_does_not_depend_on_chance(tmp_path: Path) -> None:
    (tmp_path / "two.shot").write_text(
        GOOD.replace("Waves", "@Ada sees @Bo; waves") + '\n@Ada = character "a.png"\n@Bo = prop\n',
        encoding="utf-8",
    )
    runs = [
        real(
            "compile",
            "two.shot",
            "--format",
            "json",
            "--target",
            "kling/o1",
            cwd=tmp_path,
            PYTHONHASHSEED=seed,
        )
        for seed in ("1", "2", "3")
    ]
    assert len({done.stdout for done in runs}) == 1
    assert len({done.stderr for done in runs}) == 1
    assert runs[0].returncode == 0, runs[0].stderr


def test_the_project_names_the_usual_target(run: Callable[..., Outcome]) -> None:
    write("promptlang.toml", 'target = "pixio/kling-o3"\n')
    write("film/none.shot", GOOD.replace("target: fal/kling-v3-pro\n", ""))
    assert "pixio/kling-o3" in run("compile", "film/none.shot").out
    write("film/good.shot", GOOD)
    assert "fal/kling-v3-pro" in run("compile", "film/good.shot").out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("target = 3\n", '"target" must be'),
        ('tarket = "kling/o1"\n', '"tarket" is not a setting'),
        ('target = "kling/o11"\n', "unknown target"),
        ("target = [\n", "not TOML"),
        ('project = "nowhere"\n', "not a folder"),
    ],
)
def test_a_broken_configuration_is_wrong_use(
    run: Callable[..., Outcome], text: str, message: str
) -> None:
    write("promptlang.toml", text)
    write("good.shot", GOOD)
    broken = run("check", "good.shot")
    assert (broken.code, broken.out) == (2, "")
    assert "promptlang.toml" in broken.err
    assert message in broken.err


def test_an_unknown_target_of_a_script_is_located(run: Callable[..., Outcome]) -> None:
    write("typo.shot", GOOD.replace("kling-v3-pro", "kling-v3-por"))
    for command in ("check", "compile"):
        typo = run(command, "typo.shot")
        assert typo.code == 1
        told = typo.out + typo.err
        assert told.count("unknown-target") == 1
        assert "typo.shot:2:9" in told
        assert '"fal/kling-v3-pro"' in told


def test_other_blocks_compile(run: Callable[..., Outcome]) -> None:
    write("bad.shot", BAD)
    bad = run("compile", "bad.shot", "--format", "json")
    assert bad.code == 1
    data = json.loads(bad.out)
    assert [p["shot"] for r in data["requests"] for p in r["prompts"]] == ["2"]
    assert any(d["severity"] == "error" for d in data["diagnostics"])
    assert "bad.shot:4:3" in bad.err


def test_out_writes_a_file_a_request(run: Callable[..., Outcome]) -> None:
    text = GOOD.replace("(5s)", "(10s)") + "\nSHOT 2 (10s): close-up, static\n  The lamp turns.\n"
    write("two.shot", text)
    done = run("compile", "two.shot", "--format", "json", "--out", "made/here")
    assert (done.code, done.out) == (0, "")
    names = sorted(path.name for path in Path("made/here").iterdir())
    assert names == ["two.fal.kling-v3-pro.1.json", "two.fal.kling-v3-pro.2.json"]
    data = json.loads(Path("made/here", names[1]).read_text(encoding="utf-8"))
    assert (data["id"], data["target"], data["source"]) == ("2", "fal/kling-v3-pro", "two.shot")
    assert run("compile", "two.shot", "--format", "json", "--out", "made/here").code == 0


def test_out_writes_nothing_for_a_script_with_errors(run: Callable[..., Outcome]) -> None:
    write("bad.shot", BAD)
    done = run("compile", "bad.shot", "--out", "made")
    assert done.code == 1
    assert not Path("made").exists()
    assert "nothing is written" in done.err


def test_out_never_writes_two_scripts_into_one_file(run: Callable[..., Outcome]) -> None:
    write("a/film.shot", GOOD)
    write("b/film.shot", GOOD)
    clash = run("compile", "a/film.shot", "b/film.shot", "--out", "made")
    assert clash.code == 2
    assert "two scripts would both be written" in clash.err


def test_set_fills_parameters(run: Callable[..., Outcome]) -> None:
    write("p.shot", PARAMETERS)
    done = run("compile", "p.shot", "--set", "town=Rome", "--set", "line=Drive")
    assert done.code == 0
    assert "A sign of Rome" in done.out


def test_asset_binds_files(run: Callable[..., Outcome]) -> None:
    declared = "@Ada = character: a driver of sixty\n\n"
    write(
        "a.shot",
        "target: fal/kling-o3-pro\n"
        + declared
        + GOOD.split("\n\n")[1].replace("Waves", "@Ada sees waves"),
    )
    done = run(
        "compile", "a.shot", "--format", "json",
        "--asset", "Ada=https://example.org/front.png", "--asset", "ada=https://example.org/side.png",
    )  # fmt: skip
    assert done.code == 0, done.err
    payload = json.loads(done.out)["requests"][0]["payload"]
    assert "https://example.org/front.png" in json.dumps(payload)
    assert "https://example.org/side.png" in json.dumps(payload)


# --- rows --------------------------------------------------------------------------------------


def test_rows_give_one_object_a_line(run: Callable[..., Outcome]) -> None:
    write("p.shot", PARAMETERS)
    write("rows.csv", '\ufefftown,line,note\r\nRome,"Drive, now",x\r\n,Go,\r\n')
    done = run("compile", "p.shot", "--data", "rows.csv", "--format", "json")
    assert done.code == 0, done.err
    prompts = [
        json.loads(line)["requests"][0]["prompts"][0]["text"] for line in done.out.splitlines()
    ]
    assert len(prompts) == 2
    assert "sign of Rome" in prompts[0]
    assert "Drive, now" in prompts[0]
    assert "sign of Trento" in prompts[1]
    assert done.err.count('"note" is no parameter') == 1


def test_a_bad_row_is_told_and_the_others_go_on(run: Callable[..., Outcome]) -> None:
    write("p.shot", PARAMETERS)
    write("rows.csv", "town,line\nRome,One\nParis\nOslo,\nBern,Four\n")
    done = run("compile", "p.shot", "--data", "rows.csv", "--format", "json")
    assert done.code == 1
    assert len(done.out.splitlines()) == 2
    assert "row 2: 1 cells, the header has 2" in done.err
    assert "row 3: p.shot:" in done.err


def test_what_is_wrong_in_every_row_is_told_once(run: Callable[..., Outcome]) -> None:
    write("p.shot", PARAMETERS + "\nSHOT 9 (5s): close-up\n  @Nobody waits.\n")
    write("rows.csv", "town,line\nRome,One\nParis,Two\nOslo,\nBern,\n")
    done = run("compile", "p.shot", "--data", "rows.csv", "--format", "json")
    assert (done.code, done.out) == (1, "")
    assert done.err.count('unknown name "@Nobody"') == 1
    assert [f"row {n}: " in done.err for n in (1, 2, 3, 4)] == [False, False, True, True]


@pytest.mark.parametrize(("format", "mark"), [("copy", "##### "), ("curl", "# ")])
def test_rows_of_forms_and_commands_can_be_told_apart(
    run: Callable[..., Outcome], format: str, mark: str
) -> None:
    write("parameters.shot", PARAMETERS)
    write("rows.csv", "city,line\nRome,uno\nBonn,eins\n")
    done = run("compile", "parameters.shot", "--data", "rows.csv", "--format", format)
    heads = [line for line in done.out.splitlines() if line.startswith(f"{mark}parameters.shot")]
    assert [head.split(" · ")[1] for head in heads] == ["row 1", "row 2"]


def test_json_lines_rows(run: Callable[..., Outcome]) -> None:
    write("p.shot", PARAMETERS)
    rows = [
        '{"town": "Rome", "line": 2.50}',
        "",
        "{",
        "[1]",
        '{"line": ["a"]}',
        '{"line": "x", "town": null}',
    ]
    write("rows.jsonl", "\n".join(rows))
    done = run("compile", "p.shot", "--data", "rows.jsonl", "--format", "json")
    assert done.code == 1
    first, last = (json.loads(line) for line in done.out.splitlines())
    assert "2.50" in first["requests"][0]["prompts"][0]["text"]
    assert "Trento" in last["requests"][0]["prompts"][0]["text"]
    assert [f"row {n}: " in done.err for n in (2, 3, 4)] == [True] * 3


def test_rows_are_written_apart(run: Callable[..., Outcome]) -> None:
    write("p.shot", PARAMETERS)
    write("rows.csv", "line\nOne\nTwo\n")
    assert run("compile", "p.shot", "--data", "rows.csv", "--out", "made").code == 0
    names = sorted(path.name for path in Path("made").iterdir())
    assert names == ["p.fal.kling-v3-pro.row1.1.txt", "p.fal.kling-v3-pro.row2.1.txt"]


# --- targets, explain, init --------------------------------------------------------------------


def test_targets_lists_them_all(run: Callable[..., Outcome]) -> None:
    out = run("targets").out
    assert [line.split()[0] for line in out.splitlines()[1:]] == [
        t.id for t in promptlang.targets()
    ]


def test_a_target_page_dates_every_number(run: Callable[..., Outcome]) -> None:
    page = run("targets", "wavespeed/kling-v1-ai-multi-shot").out
    for title in ("limits", "prices", "sources"):
        assert f"\n{title}\n" in page
    rows = page.split("\nlimits\n")[1].split("\n\n")[0].splitlines()
    assert all(re.search(r"\d{4}-\d\d-\d\d", row) for row in rows)
    assert run("explain", "wavespeed/kling-v1-ai-multi-shot").out == page


def test_targets_for_a_script(
    run: Callable[..., Outcome], golden: Callable[[str, str], None]
) -> None:
    write("good.shot", GOOD)
    tried = run("targets", "--for", "good.shot")
    assert (tried.code, tried.err) == (0, "")
    rows = {line.split()[0]: line.split() for line in tried.out.splitlines()[1:]}
    assert rows["fal/kling-v3-pro"][1:4] == ["yes", "1", "5"]
    assert rows["wavespeed/kling-v1-ai-multi-shot"][1] == "no"
    assert run("targets", "fal/kling-v3-pro", "--for", "good.shot").out.count("\n") == 2


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("unknown-target", "promptlang targets"),
        ("PL900", "**Use instead**"),
        ("MCU", "medium close-up"),
        ("keep", "stands in"),
        ("keep:", "stands in"),
        ("kling/o1", "sources"),
        ("shot", "written as  SHOT 1"),
        ("EDIT", "one change of a video"),
        ("angle on", "from another camera"),
        ("coverage", "shots the model chooses"),
        ("scene", "where and when"),
        ("INT.", "scene heading"),
        ("character", "a person"),
        ("voice", 'written as  @Name = voice "voice.wav"'),
        ("MCU", "CameraBench, labels of camera motion and framing, 2026-11-20"),
    ],
)
def test_explain(run: Callable[..., Outcome], what: str, words: str) -> None:
    page = run("explain", what)
    assert (page.code, page.err) == (0, "")
    assert words in page.out


def test_every_kind_and_every_source_can_be_explained() -> None:
    from promptlang.pages import KIND_MEANINGS, term_page
    from promptlang.syntax.keys import KINDS
    from promptlang.vocabulary.load import vocabulary

    assert sorted(KIND_MEANINGS) == sorted(KINDS)
    for term in vocabulary().terms.values():
        assert ("source  " in term_page(term).text()) == bool(term.source)


def test_a_new_project_has_nothing_to_report_but_its_pictures(
    run: Callable[..., Outcome],
) -> None:
    run("init", "film")
    told = [json.loads(line) for line in run("check", "film", "--format", "jsonl").out.splitlines()]
    assert [d["name"] for d in told] == ["file-missing"]


def test_init_makes_a_project_that_works(run: Callable[..., Outcome]) -> None:
    made = run("init", "film")
    assert made.code == 0
    script = "film/the_keeper.shot"
    assert run("check", script, "--max-warnings", "0").code == 0
    assert run("fmt", "--check", script).code == 0
    assert run("compile", script).code == 0
    assert made.out.strip().replace("\\", "/") == f"promptlang compile {script}"


def test_init_never_overwrites(run: Callable[..., Outcome]) -> None:
    write("film/promptlang.toml", 'target = "kling/o1"\n')
    made = run("init", "film")
    assert made.code == 0
    assert "kept" in made.err
    assert Path("film/promptlang.toml").read_text(encoding="utf-8") == 'target = "kling/o1"\n'
    assert Path("film/.vscode/settings.json").exists()


def test_init_in_the_way_of_a_file(run: Callable[..., Outcome]) -> None:
    write("film", "a file")
    assert run("init", "film").code == 2
    assert Path("film").read_text(encoding="utf-8") == "a file"


def test_the_collector_is_left_alone_in_a_program_that_goes_on(run: Callable[..., Outcome]) -> None:
    before = gc.get_threshold(), gc.isenabled(), gc.get_freeze_count()
    assert run("--version").code == 0
    assert (gc.get_threshold(), gc.isenabled(), gc.get_freeze_count()) == before
