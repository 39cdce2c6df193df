"""``import promptlang``: what a program gets."""

from __future__ import annotations

import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import promptlang

SCRIPT = """\
title: Harbour
target: fal/kling-o3-pro

@Keeper = character "keeper.png": a lighthouse keeper in her sixties
{time} = "dawn"

style: 35mm film

EXT. LIGHTHOUSE - DAWN

SHOT 1 (5s): wide shot, static
  Waves break against the rock at {time}.

> hard cut

SHOT 2 (5s) AS @lamp: medium close-up, slow push in
  @Keeper wipes the lamp glass.
  @Keeper (quietly): "There you are."

EDIT @lamp
  change the sky to a thunderstorm with low dark light
"""

BROKEN = """\
target: fal/kling-o3-pro

SHOT 1 (5s): wide shot, static
  @Nobody waits.

SHOT 2 (5s): close-up, static
  The lamp turns behind wet glass.
"""


def test_the_public_names() -> None:
    assert promptlang.__all__ == sorted(promptlang.__all__)
    assert dir(promptlang) == promptlang.__all__
    for name in promptlang.__all__:
        assert getattr(promptlang, name) is not None
    lines = Path(promptlang.__file__).read_text(encoding="utf-8").splitlines()
    assert len(lines) < 60
    with pytest.raises(AttributeError, match="no attribute 'complie'"):
        promptlang.__getattr__("complie")


def test_every_public_name_is_documented() -> None:
    for name in promptlang.__all__:
        if name != "__version__":
            assert getattr(promptlang, name).__doc__, name


def test_parse_never_raises() -> None:
    for text in ("", "\0", "SHOT (((", "@ = = =", "\ud800", "EDIT @", "\n" * 1000):
        script = promptlang.parse(text, path="film.shot")
        assert script.source.path == "film.shot"


def test_check_and_compile_agree() -> None:
    found = promptlang.check(SCRIPT, target="fal/kling-o3-pro")
    result = promptlang.compile(SCRIPT, target="fal/kling-o3-pro")
    assert result.diagnostics == found
    assert result.ok
    assert [r.id for r in result.requests] == [str(n) for n in range(1, len(result.requests) + 1)]


def test_text_path_and_script_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "film.shot"
    path.write_text(SCRIPT, encoding="utf-8")
    script = promptlang.parse(SCRIPT)
    assert promptlang.parse(path).source.text == SCRIPT
    results = [promptlang.compile(t, target="pixio/kling-o3") for t in (SCRIPT, path, script)]
    assert len({str([r.payload for r in result.requests]) for result in results}) == 1
    assert promptlang.format(script) == promptlang.format(SCRIPT) == promptlang.format(path)


def test_several_targets_give_several_results() -> None:
    names = ["pixio/kling-o3", "fal/kling-o3-pro"]
    assert [r.target for r in promptlang.compile(SCRIPT, target=names)] == names
    assert [r.target for r in promptlang.compile(SCRIPT)] == ["fal/kling-o3-pro"]


def test_values_and_assets() -> None:
    result = promptlang.compile(
        SCRIPT,
        target="fal/kling-o3-pro",
        values={"time": "midnight"},
        assets={"Keeper": ["https://example.org/a.png", "https://example.org/b.png"]},
    )
    words = " ".join(p.text for r in result.requests for p in r.prompts)
    assert "at midnight" in words
    assert "at dawn" not in words
    assert "https://example.org/b.png" in str([r.payload for r in result.requests])
    one = promptlang.compile(
        SCRIPT, target="fal/kling-o3-pro", assets={"Keeper": "https://example.org/a.png"}
    )
    assert "https://example.org/a.png" in str([r.payload for r in one.requests])


def test_the_callers_mistakes_are_raised() -> None:
    with pytest.raises(promptlang.TargetError, match='did you mean "kling/o1"'):
        promptlang.compile(SCRIPT, target="kling/o11")
    with pytest.raises(promptlang.TargetError, match="names no target"):
        promptlang.compile("SHOT 1 (5s)\n  Waves break.\n")
    with pytest.raises(OSError, match="nowhere"):
        promptlang.compile(Path("nowhere.shot"), target="kling/o1")


def test_errors_are_values_unless_strict() -> None:
    result = promptlang.compile(BROKEN, target="fal/kling-o3-pro")
    assert not result.ok
    assert [p.shot for r in result.requests for p in r.prompts] == ["2"]
    with pytest.raises(promptlang.CompileError) as raised:
        result.raise_for_errors()
    assert raised.value.diagnostics == result.diagnostics
    with pytest.raises(promptlang.CompileError, match="<text>:4:3: "):
        promptlang.compile(BROKEN, target="fal/kling-o3-pro", strict=True)


def test_strict_takes_a_loss_as_an_error() -> None:
    text = SCRIPT.replace("title: Harbour", "cfg: 0.7")
    assert promptlang.compile(text, target="fal/kling-o3-pro").ok
    with pytest.raises(promptlang.CompileError):
        promptlang.compile(text, target="fal/kling-o3-pro", strict=True)


def round_trip(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


def test_everything_public_can_be_pickled() -> None:
    result = promptlang.compile(BROKEN, target="fal/kling-o3-pro")
    again = round_trip(result)
    assert again.model_dump_json() == result.model_dump_json()
    assert again.diagnostics == result.diagnostics
    script = promptlang.parse(SCRIPT)
    assert round_trip(script).same(script)
    document = promptlang.Document(script, asked=["fal/kling-o3-pro"])
    assert document.diagnostics == round_trip(document).diagnostics
    assert str(round_trip(document.storyboard).units) == str(document.storyboard.units)
    assert [t.id for t in round_trip(promptlang.targets())] == [t.id for t in promptlang.targets()]
    error = promptlang.CompileError(result.diagnostics)
    assert round_trip(error).diagnostics == result.diagnostics
    assert round_trip(promptlang.compile) is promptlang.compile
    for severity in promptlang.Severity:
        assert round_trip(severity) is severity


def test_eight_threads_get_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    script = promptlang.parse(SCRIPT)
    wanted = promptlang.compile(script, target="fal/kling-o3-pro").model_dump_json()
    shared = promptlang.Document(script, asked=["fal/kling-o3-pro"])

    def work(number: int) -> str:
        if number % 2:
            return shared.compilation("fal/kling-o3-pro").model_dump_json()
        text = script if number % 4 else SCRIPT
        return promptlang.compile(text, target="fal/kling-o3-pro").model_dump_json()

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(work, range(64))) == {wanted}
    finally:
        sys.setswitchinterval(before)


def test_the_schema_is_published() -> None:
    schema = promptlang.Compilation.model_json_schema()
    wanted = {"promptlang", "source", "target", "seconds", "requests", "losses", "diagnostics"}
    assert set(schema["properties"]) == wanted | {"row"}
    assert set(schema["required"]) == wanted


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("targte: kling/o1", "unknown-key"),
        ("target kling/o1", "prose-in-header"),
        ("target: kling/o11", "unknown-target"),
    ],
)
def test_a_target_that_is_misspelt_comes_back_as_a_diagnostic(line: str, name: str) -> None:
    text = f"{line}\nSHOT 1 (5s): wide shot\n  Rain falls on the square.\n"
    (result,) = promptlang.compile(text)
    assert (result.target, result.requests, result.ok) == ("", [], False)
    assert [d.name for d in result.diagnostics if d.is_error] == [name]
    with pytest.raises(promptlang.CompileError):
        promptlang.compile(text, strict=True)


def test_what_makes_no_block_at_all_comes_back_as_a_diagnostic() -> None:
    (result,) = promptlang.compile("SHOTT 2 (3s)\n")
    assert [d.name for d in result.diagnostics] == ["near-heading"]
    assert promptlang.compile("") == []


INHERITED = """
style: like @Nobody
SHOT 1 (5s): wide shot
  Rain falls on the square.
SHOT 2 (5s): close-up
  style: dry
  The sun rises.
"""


def test_a_block_that_takes_what_is_wrong_from_the_header_is_left_out() -> None:
    result = promptlang.compile(INHERITED, target="kling/o3")
    assert [d.name for d in result.diagnostics if d.is_error] == ["unknown-name"]
    assert [p.text for r in result.requests for p in r.prompts] == [
        "Close-up. The sun rises. Style: dry."
    ]


def test_a_scene_with_a_mistake_takes_its_shots_along() -> None:
    text = (
        "INT. HALL OF @Nobody - NIGHT\nSHOT 1 (5s): wide shot\n  Rain.\n"
        "INT. HALL - NIGHT\nmood: {none_such} mood\nSHOT 2 (5s): wide shot\n  Rain.\n"
        "INT. BARN - NIGHT\nSHOT 3 (5s): wide shot\n  Rain.\n"
    )
    result = promptlang.compile(text, target="kling/o3")
    assert [p.shot for r in result.requests for p in r.prompts] == ["3"]


def test_a_path_that_is_no_text_is_spelt_in_json(tmp_path: Path) -> None:
    path = str(tmp_path / "caf\udce9.shot")
    text = '@Car = vehicle "a.png"\nSHOT 1 (5s): wide shot of @Car\n'
    script = promptlang.parse(text, path)
    result = promptlang.compile(script, target="kling/o3", assets={"Car": "caf\udce9.png"})
    for line in (result.model_dump_json(), result.model_dump_json(by_alias=True, indent=2)):
        assert json.loads(line)["source"] == path
        assert line.isascii()
    assert (
        "caf\udce9.png" in json.loads(line)["requests"][0]["payload"]["image_list"][0]["image_url"]
    )
