"""What a script makes known before its blocks are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from promptlang.model.declared import declared
from promptlang.syntax.parser import parse

if TYPE_CHECKING:
    from pathlib import Path

    from promptlang.syntax.ast import Script

SCRIPT = """\
include: cast.shot
{city} = "Rome"
@Pic = image "{city}.png"
@Own = element "element:12"
@Web = image "https://x.test/a.png"
@Bad = vehicl
SHOT 1 (4s) AS @lap: wide shot
"""


def test_names_are_those_of_the_script_and_of_what_it_includes(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text('@Ann = character\n{Zeit} = "x"\n', encoding="utf-8")
    known = declared(parse(SCRIPT), folder=tmp_path)
    assert set(known.names) == {"ann", "pic", "own", "web", "bad", "lap"}
    assert known.names["bad"] is None
    assert known.parameters == {"city", "zeit"}
    assert [file.script.source.path for file in known.files] == ["cast.shot", "<text>"]


def test_paths_of_an_included_file_are_its_own(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text("include: props.shot\n", encoding="utf-8")
    (tmp_path / "props.shot").write_text('@Lamp = prop "lamp.png"\n', encoding="utf-8")
    known = declared(parse("include: cast.shot\n"), folder=tmp_path)
    assert [file.script.source.path for file in known.files][-1] == "<text>"
    assert len(known.files) == 3
    assert [path.value for path in known.paths()] == ["cast.shot"]


@pytest.mark.parametrize(
    ("run", "meant"),
    [
        ("ANN", ("ann", 3)),
        ("Annの", ("ann", 3)),
        ("Anna", None),
        ("Video3", ("video3", 6)),
        ("video3の", ("video3", 6)),
        ("Nobody", None),
    ],
)
def test_a_run_of_letters_is_the_longest_name_it_begins_with(
    run: str, meant: tuple[str, int] | None
) -> None:
    assert declared(parse("@Ann = character\n")).meant(run) == meant


def test_paths_are_those_the_script_itself_writes() -> None:
    known = declared(parse(SCRIPT))
    assert [
        (path.value, path.span.text, path.include, path.is_local) for path in known.paths()
    ] == [
        ("cast.shot", "cast.shot", True, True),
        ("Rome.png", "{city}.png", False, True),
        ("element:12", "element:12", False, False),
        ("https://x.test/a.png", "https://x.test/a.png", False, False),
    ]


def test_a_file_that_is_open_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "cast.shot"
    path.write_text("@Old = character\n", encoding="utf-8")
    newer = parse("@New = character\n", str(path))
    script = parse(SCRIPT)

    def opened(at: Path) -> Script | None:
        return newer if at == path else None

    assert "new" in declared(script, folder=tmp_path, opened=opened).names
    assert "old" in declared(script, folder=tmp_path, opened=lambda _: None).names
