"""Whatever is in a file or on a command line: a located answer, no traceback, nothing touched."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import promptlang
from promptlang.syntax.parser import parse_bytes
from tests.acceptance.processes import EXAMPLES, command, environment, shell, write
from tests.tools import missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOT = "SHOT 1 (5s): wide shot, static\n  A red kite climbs over the dunes.\n"
PLAIN = f"target: fal/kling-v3-pro\n\n{SHOT}"
TARGET = "fal/kling-o3-pro"


def told(text: str, **options: object) -> list[str]:
    """Return the names of the errors of a script."""
    found = promptlang.check(text, target=TARGET, **options)  # type: ignore[arg-type]  # options of check
    for diagnostic in found:
        span = diagnostic.span
        assert 0 <= span.start <= span.end <= len(span.source.text)
        assert span.line >= 1
        assert span.column >= 1
    return [d.name for d in found if d.is_error]


# --- any bytes at all --------------------------------------------------------------------------


def byte_files(count: int) -> Iterator[bytes]:
    """Yield files of all sorts: noise, noise in a script, a script cut up, other encodings."""
    chance = random.Random(20_26)
    scripts = [path.read_bytes() for path in sorted(EXAMPLES.rglob("*.shot"))]
    for number in range(count):
        script = chance.choice(scripts)
        if number % 5 == 0:
            yield chance.randbytes(chance.randrange(600))
        elif number % 5 == 1:
            at = chance.randrange(len(script))
            yield script[:at] + chance.randbytes(chance.randrange(40)) + script[at:]
        elif number % 5 == 2:
            lines = script.splitlines(keepends=True)
            chance.shuffle(lines)
            yield b"".join(lines[: chance.randrange(len(lines))])
        elif number % 5 == 3:
            yield script.decode().encode(chance.choice(["utf-16", "utf-32", "utf-7", "utf-16-be"]))
        else:
            data = bytearray(script)
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            yield bytes(data)


def test_a_thousand_byte_files_are_parsed_checked_compiled_and_formatted() -> None:
    targets = [target.id for target in promptlang.targets()]
    for number, data in enumerate(byte_files(1000)):
        script = parse_bytes(data, "noise.shot")
        result = promptlang.compile(script, target=targets[number % len(targets)])
        assert result.model_dump_json() or True
        clean = promptlang.format(script)
        assert promptlang.parse(clean).same(script) or script.diagnostics


def test_a_hundred_byte_files_through_real_processes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number, data in enumerate(byte_files(100)):
        write(folder, f"{number:03}.shot", data)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    names = [f"in/{path.name}" for path in sorted(folder.iterdir())]
    checked = shell("check", "in", "--format", "json", cwd=tmp_path)
    assert checked.code == 1
    assert {d["path"] for d in checked.json() if d["severity"] == "error"} <= set(names)
    assert shell("fmt", "--check", "in", cwd=tmp_path).code == 1
    for name in names[::10]:
        done = shell("compile", name, "--target", TARGET, "--out", "made", cwd=tmp_path)
        assert done.code in {0, 1}
        assert done.code == 0 or re.search(rf"{re.escape(name)}:\d+:\d+", done.err)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", ["check", "compile", "fmt"])
def test_noise_on_standard_input(tmp_path: Path, name: str) -> None:
    done = shell(name, "-", cwd=tmp_path, stdin=bytes(range(256)) * 4)
    assert done.code in {1, 2}
    assert "<stdin>:" in done.out + done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [b"title: caf\xe9\nshot 1\n", b"#" * 5_000_000, b"\xff\xfes\0h\0", b"#\n" * 2_500_000],
    ids=["latin-1", "one long line", "utf-16", "too large"],
)
def test_what_cannot_be_read_whole_is_never_written_back(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, "film.shot", data)
    done = shell("fmt", "film.shot", cwd=tmp_path)
    assert done.code == 1
    assert "film.shot:1:" in done.err
    assert path.read_bytes() == data


def test_a_script_with_errors_leaves_the_output_of_before(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", PLAIN)
    assert shell("compile", "film.shot", "--out", "made", cwd=tmp_path).code == 0
    (path,) = (tmp_path / "made").iterdir()
    before = path.read_bytes(), path.stat().st_mtime_ns
    write(tmp_path, "film.shot", PLAIN + "  @Nobody waits.\n")
    done = shell("compile", "film.shot", "--out", "made", cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


# --- limits ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("# " + "a" * 60_000 + "\n", "", ""),
        ("# " + "a" * 70_000 + "\n", "line-too-long", "PL007"),
        ("#\n" * (2 * 1024 * 1024 + 1), "file-too-large", "PL006"),
        ("SHOT\n" * 20_001, "too-many-blocks", "PL008"),
    ],
)
def test_each_limit_has_a_code_of_its_own(text: str, name: str, code: str) -> None:
    found = [(d.name, d.code) for d in promptlang.parse(text).diagnostics]
    assert found == ([(name, code)] if name else [])


def test_a_thousand_diagnostics_and_how_many_more(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", PLAIN + "  lightning: low\n" * 1234)
    found = shell("check", "film.shot", "--format", "jsonl", cwd=tmp_path).lines()
    assert len(found) == 1001
    (rest,) = [d for d in found if d["name"] == "too-many-diagnostics"]
    assert rest["message"] == "and 234 more"


def test_includes_go_32_deep(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path, f"{number}.shot", f"include: {number + 1}.shot\n")
    write(tmp_path, "40.shot", "style: red\n")
    for first, wanted in ((8, []), (7, ["include-too-deep"])):
        write(tmp_path, "film.shot", f"include: {first + 1}.shot\n{PLAIN}")
        found = promptlang.check(tmp_path / "film.shot")
        assert [d.name for d in found if d.is_error] == wanted


# --- characters --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "null-character"),
        ("\ud800", "lone-surrogate"),
        ("\udcff", "invalid-bytes"),
        ("\u202e", "bidi-control"),
        ("\u2066", "bidi-control"),
    ],
)
def test_characters_no_text_may_hold(character: str, name: str) -> None:
    parameter = f'{{town}} = "Trento"\n{SHOT}'.replace("dunes", "dunes of {town}")
    assert told(f"SHOT 1 (5s): wide shot\n  A{character}kite.\n") == [name]
    # A value from outside goes the same way as a script.
    assert told(parameter, values={"town": f"Tren{character}to"}) == [name]


def test_what_is_quoted_of_a_broken_line_can_be_passed_on() -> None:
    text = f"{SHOT}> hard cut\udc85 to\n  style: red\n@Ki\udc85te = prop\n{SHOT}  @Kite.\n"
    for result in promptlang.compile(text, target=["kling/o3", TARGET]):
        found = json.loads(result.model_dump_json())["diagnostics"]
        assert next(d["name"] for d in found if d["severity"] == "error") == "invalid-bytes"


def test_a_value_that_is_no_text_is_told_on_the_command_line(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", '{town} = "Rome"\n' + SHOT.replace("dunes", "dunes of {town}"))
    done = shell(
        "compile", "film.shot", "--target", TARGET, "--set", b"town=Tren\xffto", "--out", "made",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.code == 1
    assert "film.shot:1:2" in done.err
    assert "0xFF" in done.err
    assert not (tmp_path / "made").exists()


def test_a_pair_of_direction_controls_may_stand_between_quotes_and_in_a_value() -> None:
    pair = "\u2067x\u2069"
    assert told(f'SHOT 1 (5s): wide shot\n  super: "{pair}"\n  A kite.\n') == []
    text = f'{{town}} = "Trento"\n{SHOT}'.replace("dunes", "dunes of {town}")
    assert told(text, values={"town": pair}) == []


@pytest.mark.parametrize("character", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"])
def test_nobody_sees_a_zero_width_character_in_a_name(character: str) -> None:
    assert told(f"@Ki{character}te = prop\n{SHOT}") == ["zero-width-in-name"]
    assert told(f"@Kite = prop\n{SHOT}  @Ki{character}te waits.\n") == ["zero-width-in-name"]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such thing")
def test_nothing_that_is_printed_can_play_the_terminal(tmp_path: Path) -> None:
    evil = "\x1b[31m\x1b]0;x\x07"
    write(tmp_path, f"{evil}.shot", f"target: {TARGET}\n{evil}: x\nSHOT {evil} (5s)\n  @{evil}\n")
    write(tmp_path, "rows.csv", f"{evil},b\nx,y\n")
    for arguments in (
        ["check", f"{evil}.shot"],
        ["compile", f"{evil}.shot"],
        ["compile", f"{evil}.shot", "--data", "rows.csv"],
        ["fmt", "--check", f"{evil}.shot"],
        ["check", f"{evil}.none"],
        ["check", "--target", evil, f"{evil}.shot"],
        ["explain", evil],
        [evil],
    ):
        done = shell(*arguments, cwd=tmp_path)
        assert done.code in {0, 1, 2}
        assert "\x1b" not in done.out + done.err


# --- shapes ------------------------------------------------------------------------------------

HEADING = "SHOT 1 ({}): wide shot, static\n  A kite.\n"


@pytest.mark.parametrize(
    "length",
    ["1e400s", "1e3s", "NaNs", "infs", "-1s", "0s", "0.0s", "0:00", "9" * 31 + "s", "1.5.5s",
     "99:99", "1:2:3:4", "٣s", "½s", "0x10s", "1_000s", "9" * 5000 + "s", "0." + "0" * 4000 + "1s"],
)  # fmt: skip
def test_lengths_that_are_none(length: str) -> None:
    assert told(HEADING.format(length))


def test_a_length_given_as_a_value_is_judged_alike() -> None:
    text = '{long} = "4s"\n' + HEADING.format("{long}")
    assert told(text, values={"long": "5s"}) == []
    for length in ("1e400s", "9" * 4000 + "s", "", "none", "(", "\n", "{long}"):
        assert told(text, values={"long": length}), length


@pytest.mark.parametrize(
    "value",
    ["[" * 30_000, '{"a":' * 10_000, "[" * 5000 + "]" * 5000, "9" * 30_000, "1e999999", "-",
     '"\\ud800"', "NaN", "Infinity", '{"a":1,"a":2}'],
)  # fmt: skip
def test_provider_fields_hold_any_json(value: str) -> None:
    # Half a character cannot be sent, however it is spelt.
    if "ud800" in value:
        assert told(f"{SHOT}  fal.prompt: {value}\n") == ["lone-surrogate"]
    for field in ("fal.seed", "fal.multi_prompt", "kling.nothing", "fal" + ".a" * 900):
        told(f"{SHOT}  {field}: {value}\n")
        promptlang.compile(f"{SHOT}  {field}: {value}\n", target=TARGET).model_dump_json()


MARKS = "@#>\\(){}[]:,.\"'“„«「+-*/<|~^`$%&=_!?"
PLACES = (
    "{0}",
    "SHOT 1 {0}\n",
    "SHOT 1 (5s): {0}\n",
    f"{SHOT}  {{0}}\n> {{0}}\n",
    f"INT. {{0}}\n{SHOT}",
    '@V = video "v.mov"\nEDIT @V\n  keep: {0}\n  {0}\n',
)


@pytest.mark.parametrize("mark", [*MARKS, "AS @", "to ", "(4s)"])
def test_piles_of_every_mark(mark: str) -> None:
    pile = mark * (20_000 // len(mark))
    for place in PLACES:
        told(place.format(pile))


def test_chains_of_outputs_are_walked_without_recursion() -> None:
    count = 1500
    chain = "".join(
        f"EDIT @V{n} AS @V{n + 1}\n  change the sky to red with low light\n" for n in range(count)
    )
    result = promptlang.compile(f'@V0 = video "v.mov"\n{chain}', target="kling/o1")
    assert len(result.requests) == count
    ring = chain.replace("EDIT @V0 ", f"EDIT @V{count} ", 1)
    assert told(ring)


# --- what is no file ---------------------------------------------------------------------------


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Return a folder with everything that is not a file to read."""
    if sys.platform == "win32":
        missing("there are no such pipes")
    os.mkfifo(tmp_path / "pipe.shot")
    (tmp_path / "folder.shot").mkdir()
    (tmp_path / "ring.shot").symlink_to("ring.shot")
    (tmp_path / "lost.shot").symlink_to("nowhere.shot")
    return tmp_path


@pytest.mark.parametrize("name", ["folder", "ring", "lost"])
def test_what_cannot_be_included(odd: Path, name: str) -> None:
    write(odd, "film.shot", f"include: {name}.shot\n{PLAIN}")
    done = shell("check", "film.shot", "--format", "concise", cwd=odd)
    assert done.code == 1
    assert "film.shot:1:10: error: " in done.out


def test_a_pipe_is_not_waited_for_as_include_or_asset_or_in_a_folder(odd: Path) -> None:
    write(odd, "sub/film.shot", PLAIN)
    os.mkfifo(odd / "sub" / "pipe.shot")
    assert shell("check", "sub", cwd=odd).code == 0
    assert shell("fmt", "--check", "sub", cwd=odd).code == 0
    os.mkfifo(odd / "pipe.png")
    write(odd, "film.shot", f'include: pipe.shot\n@A = image "pipe.png"\n{PLAIN}  @A.\n')
    done = shell("check", "film.shot", "--format", "concise", cwd=odd)
    assert done.code == 1
    assert "film.shot:1:10: error: " in done.out


@pytest.mark.parametrize("name", ["folder.shot", "ring.shot", "lost.shot"])
@pytest.mark.parametrize("verb", ["compile", "check", "fmt"])
def test_what_is_no_script_is_wrong_use(odd: Path, verb: str, name: str) -> None:
    done = shell(verb, name, cwd=odd)
    assert (done.code, done.out) == (2, "")
    assert name in done.err


@pytest.mark.parametrize(
    "file", ["folder.shot", "/", "/dev/zero", "/dev/null", "ring.shot", "a\\b", "n" * 5000, " "]
)
def test_odd_files_of_a_declaration_are_told_or_passed_on(odd: Path, file: str) -> None:
    write(odd, "film.shot", f'target: kling/o1\n@A = image "{file}"\n{SHOT}  Like @A.\n')
    done = shell("compile", "film.shot", "--format", "json", cwd=odd)
    assert done.code in {0, 1}
    assert json.loads(done.out)["diagnostics"]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such thing")
def test_locks_of_editors_are_no_scripts(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", PLAIN)
    (tmp_path / ".#film.shot").symlink_to("someone@somewhere.123")
    write(tmp_path, "._film.shot", b"\0\5\x16\7")
    done = shell("check", ".", cwd=tmp_path)
    assert done.code == 0
    assert "1 file" in done.err


# --- the same everywhere -----------------------------------------------------------------------


def test_the_seed_of_hashes_makes_no_difference(tmp_path: Path) -> None:
    results = set()
    for seed in ("0", "1", "4242"):
        film = str(EXAMPLES / "music_video.shot")
        both = ["--target", "fal/kling-o3-pro", "--target", "mindstudio/kling-o3"]
        done = shell("compile", film, "--format", "json", *both, cwd=tmp_path, PYTHONHASHSEED=seed)
        tried = shell("targets", "--for", film, cwd=tmp_path, PYTHONHASHSEED=seed)
        checked = shell("check", str(EXAMPLES), "--strict", cwd=tmp_path, PYTHONHASHSEED=seed)
        results.add((done.out, done.err, tried.out, checked.out))
    assert len(results) == 1


def test_a_broken_installation_ends_without_a_traceback(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", PLAIN)
    code = (
        "import sys\nsys.modules['promptlang.syntax.parser'] = None\n"
        "sys.modules['promptlang.session'] = None\n"
        "from promptlang.cli import main\nsys.exit(main(['check', 'film.shot']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, capture_output=True, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such thing")
def test_rows_without_end_are_read_one_by_one(tmp_path: Path) -> None:
    write(tmp_path, "film.shot", '{town} = "Rome"\n' + SHOT.replace("dunes", "dunes of {town}"))
    os.mkfifo(tmp_path / "rows.csv")
    options = ["--target", TARGET, "--format", "json"]
    reading = subprocess.Popen(
        command("compile", "film.shot", "--data", "rows.csv", *options),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    with (tmp_path / "rows.csv").open("wb") as rows:
        rows.write(b"town\nBern\nOslo\nRiga\n")
    out, err = reading.communicate(timeout=120)
    assert (reading.returncode, len(out.splitlines())) == (0, 3), err
