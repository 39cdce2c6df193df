"""One script and everything that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import promptlang
from promptlang.session import Document
from promptlang.syntax.limits import DIAGNOSTIC_LIMIT
from promptlang.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

TWO_TARGETS = """\
target: fal/kling-o3-pro

@Plate = video "plate.mp4" 0:00-0:05

SHOT 1 (5s) AS @dawn: wide shot, static
  Waves break against the rock.

EDIT @Plate
  target: kling/o1
  change the sky to a thunderstorm with low dark light

EDIT @dawn
  target: kling/o1
  replace the rock with a lighthouse lit from the left
"""


def document(text: str, *targets: str) -> Document:
    return Document(promptlang.parse(text, path="film.shot"), asked=targets)


def labels(result: promptlang.Compilation) -> list[str]:
    return [prompt.shot for request in result.requests for prompt in request.prompts]


def errors(found: list[promptlang.Diagnostic]) -> list[str]:
    return [d.name for d in found if d.is_error]


def test_phases_are_made_once() -> None:
    film = document(TWO_TARGETS)
    assert film.storyboard is film.storyboard
    assert film.plan("kling/o1") is film.plan("kling/o1")
    assert film.compilation("kling/o1") is film.compilation("kling/o1")
    assert film.sound_plan("kling/o1") is film.plan("kling/o1")


def test_each_block_is_compiled_for_its_own_target() -> None:
    film = document(TWO_TARGETS)
    results = film.compilations()
    assert [(r.target, labels(r)) for r in results] == [
        ("fal/kling-o3-pro", ["1"]),
        ("kling/o1", ["#2", "#3"]),
    ]


def test_requests_are_numbered_through_all_targets() -> None:
    first, second = document(TWO_TARGETS).compilations()
    assert [r.id for r in first.requests] == ["1"]
    assert [(r.id, r.needs) for r in second.requests] == [("2", []), ("3", ["1"])]
    assert "$request:1" in str(second.requests[1].payload)


def test_a_target_asked_for_takes_every_block() -> None:
    (result,) = document(TWO_TARGETS, "kling/o1").compilations()
    assert labels(result) == ["1", "#2", "#3"]


def test_a_block_without_target_is_told_where_others_have_one() -> None:
    text = TWO_TARGETS.replace("target: fal/kling-o3-pro\n", "")
    film = document(text)
    found = [d for d in film.diagnostics if d.name == "no-target"]
    assert [d.span.line for d in found] == [5 - 1]
    usual = Document(film.script, usual=["pixio/kling-o3"])
    assert [r.target for r in usual.compilations()] == ["pixio/kling-o3", "kling/o1"]


@pytest.mark.parametrize("line", ["targt: fal/kling-o3-pro", "target fal/kling-o3-pro"])
def test_a_target_that_cannot_be_read_is_not_missed_by_each_block_too(line: str) -> None:
    text = TWO_TARGETS.replace("target: fal/kling-o3-pro", line)
    (found,) = [d for d in document(text).diagnostics if d.is_error]
    assert found.span.line == 1


def test_behind_a_broken_heading_targets_and_fields_are_looked_up() -> None:
    text = (
        "target: fal/kling-o3-pro\n\nSHOT 1 (5s: wide shot, static\n  Waves break.\n"
        "  target: fal/kling-o9\n  promtlang.seed: 3\n"
    )
    found = document(text).diagnostics
    assert errors(found) == ["bad-heading", "unknown-target", "provider-unknown"]


def test_of_joints_nothing_is_told_while_blocks_are_left_out() -> None:
    shots = [f"SHOT {n} (8s): wide shot, static\n  Waves break.\n" for n in (1, 2, 3)]
    text = "target: fal/kling-o3-pro\n\n" + "\n> dissolve\n\n".join(shots)
    joints = ["transition-left-to-edit", "dissolve-needs-handles"]
    assert {d.name for d in document(text).diagnostics}.issuperset(joints)
    broken = document(text.replace("Waves break.", "@Nobody swims.", 1)).diagnostics
    assert [d.name for d in broken if d.name in joints] == []
    assert errors(broken) == ["unknown-name"]


@pytest.mark.parametrize(
    ("line", "joint", "told"),
    [
        pytest.param("  target: o33\n", "> match cut", "unknown-target", id="unknown target"),
        pytest.param("", "MATCH CUT TO:", "bare-transition", id="transition without its mark"),
    ],
)
def test_of_the_plan_nothing_is_told_while_a_line_may_mean_more(
    line: str, joint: str, told: str
) -> None:
    text = f"""\
target: fal/kling-o3-pro

SHOT 1 (4s): wide shot, static
{line}  Waves break against the rock.

{joint}

SHOT 2 (3s): wide shot, static
  Foam runs back over the sand.

> dissolve

SHOT 3 (4s): wide shot, static
  A gull lands on the wet stones.

SHOT 4 (5s): wide shot, static
  The tide takes the last footprints.
"""
    assert [d.name for d in promptlang.check(text)] == [told]


def test_one_mistake_does_not_hide_the_rest() -> None:
    text = (
        "SHOT 1 (5s)\n  @Nobody waits.\n\nSHOT 2 (5s)\n  Waves break.\n\n"
        "SHOT 3 (five)\n  Gulls rise.\n\nSHOT 4 (5s)\n  Rain falls.\n"
    )
    result = document(text, "fal/kling-o3-pro").compilation("fal/kling-o3-pro")
    assert labels(result) == ["2", "4"]
    assert len(errors(result.diagnostics)) == 2


def test_what_needs_a_broken_block_is_left_out_too() -> None:
    text = (
        "SHOT 1 (5s) AS @a\n  @Nobody waits.\n\nEDIT @a AS @b\n  change the sky to a red dusk\n\n"
        "EDIT @b\n  replace the rock with a pier lit from the left\n\nSHOT 2 (5s)\n  Rain falls.\n"
    )
    result = document(text, "fal/kling-o3-pro").compilation("fal/kling-o3-pro")
    assert labels(result) == ["2"]
    assert errors(result.diagnostics) == ["unknown-name"]
    assert "$request" not in str([r.payload for r in result.requests])


def test_what_needs_a_broken_block_of_another_target_is_left_out_too() -> None:
    text = TWO_TARGETS.replace("Waves break against the rock.", "@Nobody waits.")
    first, second = document(text).compilations()
    assert (labels(first), labels(second)) == ([], ["#2"])
    assert errors(second.diagnostics) == ["unknown-name"]
    refused = TWO_TARGETS.replace("SHOT 1 (5s)", "SHOT 1 (50s)")
    first, second = document(refused).compilations()
    assert (labels(first), labels(second)) == ([], ["#2"])
    assert "$request:0" not in str(second.requests)


def test_a_broken_declaration_does_not_cost_the_block_it_stands_below() -> None:
    text = 'SHOT 1 (5s)\n  Waves break.\n\n@Car vehicle "car.png"\n\nSHOT 2 (5s)\n  Rain falls.\n'
    result = document(text, "fal/kling-o3-pro").compilation("fal/kling-o3-pro")
    assert labels(result) == ["1", "2"]
    assert len(errors(result.diagnostics)) == 1


@pytest.mark.parametrize(
    ("header", "use"),
    [
        ("", "@Cup"),
        ("@Cup = prop a cup\n", "@Cup"),
        ("@Cup: prop: a cup\n", "@Cup"),
        ("", "{cup}"),
        ("{cup} =\n", "{cup}"),
        ("{cup} = mug\n", "{cup}"),
    ],
)
def test_every_block_that_uses_what_is_unknown_is_left_out(header: str, use: str) -> None:
    shots = f"SHOT 1 (4s): wide shot\n  {use} falls.\nSHOT 2 (4s): wide shot\n  {use} breaks.\n"
    film = document(f"{header}{shots}SHOT 3 (4s): wide shot\n  A door.\n", "fal/kling-o3-pro")
    assert labels(film.compilation("fal/kling-o3-pro")) == ["3"]
    assert len(errors(film.diagnostics)) == 1


def test_a_block_the_target_cannot_make_leaves_the_others() -> None:
    text = TWO_TARGETS + "\nCOVERAGE\n  A market wakes up.\n"
    result = document(text, "fal/kling-o1").compilation("fal/kling-o1")
    assert "#4" not in labels(result)
    assert labels(result)
    assert errors(result.diagnostics)


def test_the_same_script_with_other_values_is_not_parsed_again() -> None:
    script = promptlang.parse('{x} = "a"\n\nSHOT 1 (5s)\n  A {x} waits.\n')
    film = Document(script, asked=["fal/kling-o3-pro"])
    other = film.again({"x": "b"})
    assert other.script is film.script
    words = [f.compilation("fal/kling-o3-pro").requests[0].prompts[0].text for f in (film, other)]
    assert [("A a waits" in w, "A b waits" in w) for w in words] == [(True, False), (False, True)]


def test_a_thousand_diagnostics_and_no_more() -> None:
    text = "SHOT 1 (5s)\n" + "".join(f"  @Nobody{n} waits.\n" for n in range(1300))
    found = document(text).diagnostics
    assert len(found) == DIAGNOSTIC_LIMIT + 1
    (more,) = [d for d in found if d.name == "too-many-diagnostics"]
    assert more.message.startswith("and 3")
    assert more.is_error


def test_errors_are_kept_before_hints() -> None:
    text = "".join(f"SHOT (5s)\n  Waves break.\n  + lighting: warm {n}\n" for n in range(1100))
    text = (
        text.replace("+ lighting", "lighting: none\n  + lighting")
        + "\nSHOT (5s)\n  @Nobody waits.\n"
    )
    found = document(text).diagnostics
    assert "unknown-name" in errors(found)
    assert len(found) <= DIAGNOSTIC_LIMIT + 1


def test_a_workspace_keeps_blocks_that_did_not_change(tmp_path: Path) -> None:
    space = Workspace(asked=["fal/kling-o3-pro"])
    path = str(tmp_path / "film.shot")
    first = space.open(path, TWO_TARGETS)
    second = space.open(path, TWO_TARGETS.replace("thunderstorm", "clear night"))
    assert space.documents[path] is second
    assert second.script.blocks[0] is first.script.blocks[0]
    assert second.text != first.text
    space.close(path)
    assert space.documents == {}


def test_a_workspace_looks_for_settings_upwards(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.promptlang]\ntarget = ["kling/o1"]\n')
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "film.shot").write_text("SHOT 1 (5s)\n  Rain falls.\n", encoding="utf-8")
    film = Workspace().read(str(folder / "film.shot"))
    assert list(film.targets) == ["kling/o1"]
    assert film.project == tmp_path


@pytest.mark.parametrize("text", ["[tool.other]\nx = 1\n", "# tool.promptlang\n", "[tool\n"])
def test_a_strangers_pyproject_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "promptlang.toml").write_text('target = "kling/o1"\n', encoding="utf-8")
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    assert Workspace().config(folder).targets == ("kling/o1",)


def test_includes_may_reach_the_project_folder_and_no_further(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text("@Ada = character: a driver of sixty\n", encoding="utf-8")
    project = tmp_path / "project"
    (project / "films").mkdir(parents=True)
    (project / "promptlang.toml").write_text("", encoding="utf-8")
    (project / "cast.shot").write_text("@Ada = character: a driver of sixty\n", encoding="utf-8")
    film = project / "films" / "film.shot"
    film.write_text("include: ../cast.shot\n\nSHOT 1 (5s)\n  @Ada waits.\n", encoding="utf-8")
    assert errors(Workspace().read(str(film)).diagnostics) == []
    film.write_text("include: ../../cast.shot\n\nSHOT 1 (5s)\n  Rain falls.\n", encoding="utf-8")
    assert len(errors(Workspace().read(str(film)).diagnostics)) == 1


def test_an_attachment_without_a_file_is_told_once() -> None:
    text = (
        "SHOT 1 (5s): wide shot, static\n  A woman in a coat like @Image1 waits at a tram stop.\n"
    )
    (plain,) = (d for d in promptlang.check(text) if d.span.text == "@Image1")
    assert plain.name == "undeclared-attachment"
    (aimed,) = (d for d in promptlang.check(text, target="kling/o3") if d.span.text == "@Image1")
    assert aimed.name == "asset-unbound"
    assert [fix.message for fix in aimed.fixes] == ["declare @Image1"]
    made = promptlang.compile(text, target="kling/o3").diagnostics
    assert [d.name for d in made if d.span.text == "@Image1"] == ["asset-unbound"]
    dropped = promptlang.check(text, target="pixio/kling-o3")
    assert "undeclared-attachment" in [d.name for d in dropped]
