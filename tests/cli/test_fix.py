"""``check --fix``, ``--diff`` and ``--add-ignore`` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.line import run as run  # a fixture

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.line import Outcome

BROKEN = """\
target: fal/kling-v3-pro
SHOT 1 (5s) medium shot, dolly in
  lightning: warm
  A cellist tunes by the window.

SHOT 2 (5s): mediun shot, static
  @Ada looks up at the clouds.
"""
FIXED = BROKEN.replace("(5s) ", "(5s): ").replace("lightning", "lighting")


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_safe_fixes_are_written(run: Callable[..., Outcome]) -> None:
    path = write("film.shot", BROKEN)
    path.chmod(0o640)
    done = run("check", "film.shot", "--fix")
    assert path.read_bytes() == FIXED.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert done.code == 1
    assert "unknown-name" in done.out
    assert "no-colon" not in done.out
    assert "fix (unsafe): write" in done.out
    assert done.err == "2 fixed (1 more with --unsafe-fixes), 2 left\n"
    again = run("check", "film.shot", "--fix")
    assert again.err.startswith("0 fixed")
    assert path.read_bytes() == FIXED.encode()


def test_unsafe_fixes_are_asked_for(run: Callable[..., Outcome]) -> None:
    path = write("film.shot", BROKEN)
    done = run("check", "film.shot", "--fix", "--unsafe-fixes", "--format", "json")
    assert path.read_text("utf-8") == FIXED.replace("mediun", "medium")
    assert [d["name"] for d in json.loads(done.out)] == ["unknown-name"]
    assert done.err == ""


def test_what_would_change_is_shown(run: Callable[..., Outcome]) -> None:
    path = write("film.shot", BROKEN)
    for arguments in (("--diff",), ("--fix", "--diff")):
        done = run("check", "film.shot", *arguments)
        assert done.code == 1
        assert "\n-  lightning: warm\n" in done.out
        assert "\n+  lighting: warm\n" in done.out
        assert done.err == "2 would be fixed (1 more with --unsafe-fixes), 2 left\n"
    assert path.read_text("utf-8") == BROKEN
    write("good.shot", FIXED.replace("@Ada", "Ada").replace("mediun", "medium"))
    done = run("check", "good.shot", "--diff")
    assert (done.code, done.out) == (0, "")


def test_standard_input_is_fixed_to_standard_output(run: Callable[..., Outcome]) -> None:
    done = run("check", "-", "--fix", stdin=BROKEN)
    assert (done.code, done.out) == (1, FIXED)
    assert "unknown-name" in done.err
    assert done.err.endswith("2 fixed (1 more with --unsafe-fixes), 2 left\n")
    done = run("check", "-", "--diff", stdin=BROKEN)
    assert (done.code, done.out.count("\n-")) == (1, 2)


def test_line_ends_and_the_byte_order_mark_stay(run: Callable[..., Outcome]) -> None:
    path = write("film.shot", "\ufeff" + BROKEN.replace("\n", "\r\n"))
    run("check", "film.shot", "--fix")
    assert path.read_bytes() == ("\ufeff" + FIXED.replace("\n", "\r\n")).encode()


def test_what_was_not_read_whole_is_left(run: Callable[..., Outcome]) -> None:
    data = BROKEN.encode() + b"  \xff\n"
    path = Path("film.shot")
    path.write_bytes(data)
    utf_16 = Path("other.shot")
    utf_16.write_bytes(BROKEN.encode("utf-16"))
    for option in ("--fix", "--add-ignore"):
        done = run("check", "film.shot", "other.shot", option)
        assert done.code == 1
        assert "promptlang: film.shot is left as it is\n" in done.err
        assert "promptlang: other.shot is left as it is\n" in done.err
        assert path.read_bytes() == data
        assert utf_16.read_bytes() == BROKEN.encode("utf-16")


def test_comments_are_added(run: Callable[..., Outcome]) -> None:
    text = FIXED.replace("@Ada", "Ada").replace(" in\n", "\n")
    path = write("film.shot", text)
    shown = run("check", "film.shot", "--add-ignore", "--diff")
    assert (shown.code, path.read_text("utf-8")) == (1, text)
    assert (
        "+SHOT 2 (5s): mediun shot, static  # promptlang: ignore[unknown-camera-term]" in shown.out
    )
    assert shown.err == "2 would be suppressed, 0 left\n"
    done = run("check", "film.shot", "--add-ignore", "--reason", "from\nthe archive")
    assert (done.code, done.out, done.err) == (0, "", "2 suppressed, 0 left\n")
    line = "SHOT 1 (5s): medium shot, dolly  # promptlang: ignore[undirected-move] from the archive"
    assert line in path.read_text("utf-8").split("\n")
    assert run("check", "film.shot", "--add-ignore").err == "0 suppressed, 0 left\n"
    assert run("check", "film.shot").err == "nothing to report in 1 file\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--unsafe-fixes",), "--unsafe-fixes goes with --fix or --diff"),
        (("--add-ignore", "--fix"), "--add-ignore does not go with --fix"),
        (("--add-ignore", "--unsafe-fixes"), "--add-ignore does not go with --fix"),
        (("--reason", "x"), "--reason goes with --add-ignore"),
        (
            ("--add-ignore", "--extend-select", "PL914"),
            "--add-ignore: suppression-without-reason is on; give a --reason",
        ),
    ],
)
def test_what_does_not_go_together_is_wrong_use(
    run: Callable[..., Outcome], arguments: tuple[str, ...], message: str
) -> None:
    path = write("film.shot", BROKEN)
    done = run("check", "film.shot", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert path.read_text("utf-8") == BROKEN
