"""Included files: what they give, in which order it counts, and what they may not reach."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from promptlang.model.resolve import resolve
from promptlang.syntax.parser import parse, parse_bytes
from tests.model.dump import told

if TYPE_CHECKING:
    from promptlang.model.storyboard import Storyboard

SHOT = "SHOT 1 (5s): wide shot\n  Rain.\n"


def film(folder: Path, files: dict[str, str], **more: object) -> Storyboard:
    """Write files, and return the storyboard of the first."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    main = folder / next(iter(files))
    script = parse_bytes(main.read_bytes(), str(main))
    assert not script.diagnostics
    return resolve(script, **more)  # type: ignore[arg-type]  # keywords of the test


def names(found: Storyboard) -> list[str]:
    return [d.name for d in found.diagnostics]


def test_declarations_parameters_settings_and_texts(tmp_path: Path) -> None:
    found = film(
        tmp_path,
        {
            "film.shot": 'include: cast/team.shot\n{city} = "Paris"\naspect: 9:16\nstyle: grain\n'
            "negative: logo\nSHOT 1 (5s): wide shot\n  @Ada in {city}, {time}.\n",
            "cast/team.shot": 'include: moves.shot\n@Ada = character "ada.png"\n{city} = "Rome"\n'
            '{time} = "noon"\naspect: 16:9\ncfg: 0.4\nstyle: muted colours\nnegative: blur\n',
            "cast/moves.shot": '@Pan = video "pan.mp4"\ncfg: 0.9\nseed: 7\nstyle: soft\n',
        },
    )
    assert found.diagnostics == []
    unit = found.units[0]
    assert unit.prose()[0].plain == "@Ada in Paris, noon."
    assert [line.plain for line in unit.texts["style"]] == ["soft", "muted colours", "grain"]
    assert [line.plain for line in unit.negative] == ["blur", "logo"]
    assert unit.settings.aspect is not None
    assert unit.settings.cfg is not None
    assert unit.settings.seed is not None
    assert [unit.settings.aspect.value, str(unit.settings.cfg.value)] == ["9:16", "0.4"]
    assert unit.settings.seed.value == 7
    assert found.entities["ada"].assets[0].folder == str(tmp_path / "cast")
    assert [
        Path(script.source.path).relative_to(tmp_path).as_posix() for script in found.included
    ] == [
        "cast/moves.shot",
        "cast/team.shot",
    ]


def test_none_clears_what_was_included(tmp_path: Path) -> None:
    found = film(
        tmp_path,
        {
            "film.shot": f"include: look.shot\nstyle: none\nstyle: plain\n{SHOT}",
            "look.shot": "style: baroque\n",
        },
    )
    assert found.diagnostics == []
    assert [line.plain for line in found.units[0].texts["style"]] == ["plain"]


def test_a_file_is_read_once(tmp_path: Path) -> None:
    found = film(
        tmp_path,
        {
            "film.shot": f"include: a.shot\ninclude: ./b.shot\ninclude: a.shot\n{SHOT}",
            "a.shot": "include: c.shot\nstyle: a\n",
            "b.shot": "include: c.shot\nstyle: b\n",
            "c.shot": "@Ada = character\nstyle: c\n",
        },
    )
    assert found.diagnostics == []
    assert [line.plain for line in found.units[0].texts["style"]] == ["c", "a", "b"]


def test_one_name_in_two_files(tmp_path: Path) -> None:
    found = film(
        tmp_path,
        {
            "film.shot": f"include: a.shot\n@Ada = character\n{SHOT}",
            "a.shot": "@ADA = image\n",
        },
    )
    (problem,) = found.diagnostics
    assert (problem.name, problem.span.text) == ("name-twice", "@Ada")
    assert problem.related[0].span.path == str(tmp_path / "a.shot")


def test_what_is_wrong_in_an_included_file_is_told_there(tmp_path: Path) -> None:
    found = film(
        tmp_path,
        {
            "film.shot": f"include: a.shot\n{SHOT}",
            "a.shot": "audio: loud\nmod: x\n@Ada = character: like @Bob\n\n"
            "SHOT 2 (3s): wide shot\n  Fog.\n",
        },
    )
    assert {d.span.path for d in found.diagnostics} == {str(tmp_path / "a.shot")}
    assert told(found.diagnostics) == [
        '1:8 bad-value "loud"',
        '2:1 unknown-key "mod"',
        '3:24 unknown-name "@Bob"',
        '5:1 included-block "SHOT 2 (3s): wide shot"',
    ]
    assert len(found.units) == 1


def test_a_cycle_shows_its_chain(tmp_path: Path) -> None:
    found = film(
        tmp_path,
        {
            "film.shot": f"include: a.shot\n{SHOT}",
            "a.shot": "include: b.shot\n",
            "b.shot": "include: film.shot\n",
        },
    )
    (problem,) = found.diagnostics
    assert problem.name == "include-cycle"
    assert problem.span.path.endswith("b.shot")
    chain = problem.message.split(": ", 1)[1].split(" → ")
    assert [Path(path).name for path in chain] == [
        "film.shot",
        "a.shot",
        "b.shot",
        "film.shot",
    ]
    assert len(problem.related) == 2


def test_a_file_that_includes_itself(tmp_path: Path) -> None:
    assert names(film(tmp_path, {"film.shot": f"include: ./film.shot\n{SHOT}"})) == [
        "include-cycle"
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../outside.shot",
        "a/../../outside.shot",
        "..\\outside.shot",
        "C:\\films\\cast.shot",
        "C:cast.shot",
        "\\\\server\\share\\cast.shot",
        "//server/share/cast.shot",
        "file:cast.shot",
        "file:///etc/passwd",
        "https://example.com/cast.shot",
        "~/cast.shot",
    ],
)
def test_nothing_outside_the_project_is_read(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.shot").write_text("style: stolen\n")
    project = tmp_path / "project"
    found = film(project, {"film.shot": f"include: {path}\n{SHOT}", "a/b.shot": ""})
    assert [(d.name, d.span.text) for d in found.diagnostics] == [("include-outside", path)]
    assert found.units[0].texts["style"] == []


def test_a_parameter_cannot_lead_outside(tmp_path: Path) -> None:
    (tmp_path / "outside.shot").write_text("style: stolen\n")
    files = {"film.shot": f'{{look}} = "a"\ninclude: {{look}}.shot\n{SHOT}', "a.shot": "style: a\n"}
    assert film(tmp_path / "p", files).diagnostics == []
    assert names(film(tmp_path / "p", files, values={"look": "../outside"})) == ["include-outside"]


def test_a_null_character_in_a_path(tmp_path: Path) -> None:
    files = {"film.shot": f'{{look}} = "a"\ninclude: {{look}}.shot\n{SHOT}', "a.shot": ""}
    assert names(film(tmp_path, files, values={"look": "a\0b"})) == ["null-character"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_out(tmp_path: Path) -> None:
    (tmp_path / "outside.shot").write_text("style: stolen\n")
    project = tmp_path / "project"
    project.mkdir()
    (project / "in.shot").symlink_to(tmp_path / "outside.shot")
    (project / "near.shot").symlink_to(project / "real.shot")
    found = film(
        project,
        {
            "film.shot": f"include: in.shot\ninclude: near.shot\n{SHOT}",
            "real.shot": "style: ours\n",
        },
    )
    assert names(found) == ["include-outside"]
    assert [line.plain for line in found.units[0].texts["style"]] == ["ours"]


def test_the_project_folder_may_be_larger_than_the_folder_of_the_script(tmp_path: Path) -> None:
    files = {"films/one.shot": f"include: ../cast.shot\n{SHOT}", "cast.shot": "@Ada = character\n"}
    assert names(film(tmp_path, files)) == ["include-outside"]
    assert film(tmp_path, files, project=tmp_path).diagnostics == []


def test_files_that_are_not_there(tmp_path: Path) -> None:
    text = "include: cast.shot\ninclude: folder\ninclude: nul.shot/x\n"
    (tmp_path / "folder").mkdir()
    (tmp_path / "nul.shot").write_text("")
    found = film(tmp_path, {"film.shot": text + SHOT})
    assert [(d.name, d.span.text) for d in found.diagnostics] == [
        ("include-not-found", "cast.shot"),
        ("include-not-found", "folder"),
        ("include-not-found", "nul.shot/x"),
    ]
    assert found.diagnostics[0].message == '"cast.shot" cannot be included: there is no such file'


def test_a_name_no_file_can_have(tmp_path: Path) -> None:
    (problem,) = film(tmp_path, {"film.shot": f"include: {'a' * 300}.shot\n{SHOT}"}).diagnostics
    assert problem.name == "include-not-found"
    # in the words of the system: "file name too long"
    assert not problem.message.endswith("there is no such file")


def test_what_a_block_of_an_included_file_makes_is_not_there(tmp_path: Path) -> None:
    found = film(
        tmp_path,
        {
            "film.shot": "include: a.shot\nEDIT @one\n  change the sky to red\n",
            "a.shot": "SHOT 1 (5s) AS @one: wide shot\n  Rain.\n",
        },
    )
    assert [(d.name, Path(d.span.path).name) for d in found.diagnostics] == [
        ("included-block", "a.shot"),
        ("unknown-name", "film.shot"),
    ]


def test_what_a_missing_file_would_declare_is_not_reported(tmp_path: Path) -> None:
    text = "include: cast.shot\n@Boat = vehicle: a trawler\n"
    shot = "SHOT 1 (5s): wide shot\n  @Ada waits in {town} for @Baot.\n"
    found = film(tmp_path, {"film.shot": text + shot})
    assert names(found) == ["include-not-found", "unknown-name"]
    assert found.diagnostics[1].span.text == "@Baot"
    assert [span.text for span in found.lost] == ["@Ada", "@Baot", "{town}"]


def test_the_file_that_was_probably_meant(tmp_path: Path) -> None:
    files = {"film.shot": f"include: sub/csat.shot\n{SHOT}", "sub/cast.shot": ""}
    (problem,) = film(tmp_path, files).diagnostics
    assert problem.hint == 'did you mean "cast.shot"?'
    assert problem.fixes[0].edits[0].text == "sub/cast.shot"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.shot")
    assert names(film(tmp_path, {"film.shot": f"include: pipe.shot\n{SHOT}"})) == [
        "include-not-found"
    ]


def test_a_file_of_more_than_four_mebibytes(tmp_path: Path) -> None:
    (tmp_path / "big.shot").write_bytes(b"# x\n" * (1024 * 1024) + b"#")
    found = film(tmp_path, {"film.shot": f"include: big.shot\n{SHOT}"})
    assert [d.message for d in found.diagnostics] == [
        '"big.shot" cannot be included: it is larger than 4 MiB'
    ]


def test_a_chain_of_thirty_two_is_allowed(tmp_path: Path) -> None:
    files = {"film.shot": f"include: f1.shot\n{SHOT}"}
    files |= {f"f{n}.shot": f"include: f{n + 1}.shot\nstyle: s{n}\n" for n in range(1, 32)}
    files["f32.shot"] = "style: s32\n"
    assert film(tmp_path, files).diagnostics == []
    files["f32.shot"] = "include: f33.shot\n"
    files["f33.shot"] = ""
    assert names(film(tmp_path, files)) == ["include-too-deep"]


def test_a_text_without_a_place_includes_nothing(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text("@Ada = character\n")
    script = parse(f"include: cast.shot\n{SHOT}")
    found = resolve(script)
    assert told(found.diagnostics) == ['1:10 include-without-file "cast.shot"']
    assert names(resolve(script, folder=tmp_path)) == []


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_bytes(b"style: \xff\xfe\n@Ada = character\n")
    found = film(tmp_path, {"film.shot": f"include: cast.shot\n{SHOT}"})
    assert names(found) == ["invalid-bytes"]


def test_an_unknown_parameter_in_a_path(tmp_path: Path) -> None:
    found = film(tmp_path, {"film.shot": f"include: {{who}}.shot\n{SHOT}"})
    assert told(found.diagnostics) == ['1:10 unknown-parameter "{who}"']


def test_quotes_around_a_path(tmp_path: Path) -> None:
    files = {"film.shot": f'include: "the cast.shot"\n{SHOT}', "the cast.shot": "mood: calm\n"}
    assert film(tmp_path, files).diagnostics == []
