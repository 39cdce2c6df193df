"""From a name to its declaration and its uses; names given another name; paths that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.lsp import navigation, paths, renaming
from promptlang.lsp.view import RefusedError, uri_of
from tests.lsp.cursor import URI, Project, ask, at_cursor, editor, marked
from tests.strategies import scripts

if TYPE_CHECKING:
    from pathlib import Path

FILM = """\
{city} = "Monza"
@Hero = character: a driver with @Coat
@Coat = wardrobe: red
@Clip = video "clip.mp4"

EXT. {city} - DAY

SHOT 1 (5s) AS @lap: chase, orbit around @hero
  @Hero waves at {CITY}.
  @HERO (calm): "Ask @Hero."
  note: tell @Hero

EDIT @lap
  replace the driver of @Video1 with @Hero
"""


def film(words: str, offset: int = 1) -> str:
    """Return the film with the cursor in some words."""
    at = FILM.index(words) + offset
    return f"{FILM[:at]}|{FILM[at:]}"


def found(answer: Any) -> list[str]:
    view = editor(film=FILM).view(URI)
    return marked(view, [place["range"] for place in answer or []])


@pytest.mark.parametrize(
    ("words", "lands"),
    [
        pytest.param("@Hero waves", ["2:Hero"], id="a ref"),
        pytest.param("@HERO (calm)", ["2:Hero"], id="a speaker in other letters"),
        pytest.param("@hero\n", ["2:Hero"], id="a ref among camera terms"),
        pytest.param("@Coat\n", ["3:Coat"], id="a ref in a description"),
        pytest.param("@lap\n", ["8:lap"], id="an output"),
        pytest.param("@lap:", ["8:lap"], id="an output where it is made"),
        pytest.param("{CITY}", ["1:city"], id="a parameter"),
        pytest.param("{city} -", ["1:city"], id="a parameter in a place"),
        pytest.param("@Video1", ["8:lap"], id="what a pasted prompt calls its source"),
        pytest.param('@Hero."', [], id="spoken words hold no refs"),
        pytest.param("tell @Hero", [], id="a word"),
        pytest.param("chase", [], id="a term"),
    ],
)
def test_a_name_leads_to_where_it_is_made_known(words: str, lands: list[str]) -> None:
    assert found(ask(navigation.definition, film(words))) == lands


@pytest.mark.parametrize("behind", [0, 1, 5])
def test_the_cursor_may_stand_at_either_end_of_a_name(behind: int) -> None:
    assert found(ask(navigation.definition, film("@Hero waves", behind))) == ["2:Hero"]


def test_a_line_that_cannot_be_read_still_makes_its_name_known() -> None:
    text = "@Car = vehicl: a coupe\nSHOT 1 (5s): wide shot\n  @C|ar turns.\n"
    (place,) = ask(navigation.definition, text)
    assert place["range"]["start"] == {"line": 0, "character": 1}


def test_where_letters_of_another_script_follow_the_name_ends_before_them() -> None:
    text = "@店 = place\nSHOT 1 (5s): wide shot\n  夜の@店|の前。\n"
    (place,) = ask(navigation.definition, text)
    assert place["range"]["start"]["line"] == 0
    assert ask(renaming.prepare, text)["placeholder"] == "店"
    edit = ask(renaming.rename, text, newName="駅")
    assert [e["newText"] for e in edit["changes"][URI]] == ["駅", "駅"]


def test_references_are_listed_with_and_without_the_declaration() -> None:
    whole = ["2:Hero", "8:hero", "9:Hero", "10:HERO", "14:Hero"]
    assert found(ask(navigation.references, film("@Hero waves"))) == whole
    context = {"includeDeclaration": False}
    assert found(ask(navigation.references, film("@Hero waves"), context=context)) == whole[1:]
    assert ask(navigation.references, film("waves")) is None


def test_a_highlight_tells_what_writes_from_what_reads() -> None:
    view, params = at_cursor(film("{CITY}"))
    marks = navigation.highlight(view, params)
    assert marks is not None
    assert marked(view, [m["range"] for m in marks]) == ["1:city", "6:city", "9:CITY"]
    assert [m["kind"] for m in marks] == [3, 2, 2]


def test_what_nothing_declares_is_highlighted_too() -> None:
    view, params = at_cursor("SHOT 1 (5s): wide shot\n  @Gho|st waves at @ghost.\n")
    marks = navigation.highlight(view, params)
    assert marks is not None
    assert marked(view, [m["range"] for m in marks]) == ["2:Ghost", "2:ghost"]


@pytest.mark.parametrize(
    ("words", "new", "lines"),
    [
        pytest.param("@Hero waves", "Star", {2, 8, 9, 10, 14}, id="a name"),
        pytest.param("@Hero waves", "@Star", {2, 8, 9, 10, 14}, id="written with its sign"),
        pytest.param("@Hero waves", "hero", {2, 9, 10, 14}, id="in other letters"),
        pytest.param("@lap\n", "round", {8, 13}, id="an output"),
        pytest.param("{CITY}", "{town}", {1, 6, 9}, id="a parameter"),
    ],
)
def test_a_rename_changes_every_use(words: str, new: str, lines: set[int]) -> None:
    edit = ask(renaming.rename, film(words), newName=new)
    edits = edit["changes"][URI]
    assert {e["range"]["start"]["line"] + 1 for e in edits} == lines
    assert {e["newText"] for e in edits} == {new.strip("@{}")}


@pytest.mark.parametrize(
    ("words", "new", "says"),
    [
        ("waves", "x", "only names, outputs and parameters can be renamed"),
        ("@Video1", "x", "a file supplied by hand"),
        ("@Hero waves", "big car", "is no name"),
        ("@Hero waves", "12", "is no name"),
        ("@Hero waves", "coat", '"@coat" is taken in film.shot'),
        ("@Hero waves", "LAP", '"@LAP" is taken'),
        ("@Hero waves", "video1", '"@Video1" would point at "@video1"'),
    ],
)
def test_a_refusal_says_why(words: str, new: str, says: str) -> None:
    with pytest.raises(RefusedError, match="(?s)" + says):
        ask(renaming.rename, film(words), newName=new)


def test_what_nothing_declares_is_not_renamed() -> None:
    for text, says in (
        ("SHOT 1 (5s): wide shot\n  @Gho|st waves.\n", 'no line declares "@Ghost"'),
        ("SHOT 1 (5s): wide shot\n  A {cit|y}.\n", 'no line declares "{city}"'),
    ):
        with pytest.raises(RefusedError, match=says):
            ask(renaming.prepare, text)


def test_a_declared_attachment_is_a_name_like_any_other() -> None:
    text = '@Video1 = video "a.mp4"\nEDIT @Vid|eo1\n  change the sky of @Video1 to red\n'
    edit = ask(renaming.rename, text, newName="Race")
    assert len(edit["changes"][URI]) == 3


def test_the_second_of_two_declarations_is_renamed_alone() -> None:
    text = "@Car = vehicle\n@C|ar = prop\nSHOT 1 (5s): wide shot\n  @Car turns.\n"
    (edit,) = ask(renaming.rename, text, newName="Kart")["changes"][URI]
    assert edit["range"]["start"]["line"] == 1
    assert ask(renaming.prepare, text)["placeholder"] == "Car"


def test_a_name_is_renamed_in_lines_that_cannot_be_read() -> None:
    text = "@Car = vehicle\nSHOT 1 (5): wide shot of @Car\n  @C|ar turns.\n"
    assert len(ask(renaming.rename, text, newName="Kart")["changes"][URI]) == 3


def test_renaming_does_not_let_names_run_together() -> None:
    text = "@A店 = place\n@B = prop\nSHOT 1 (5s): wide shot\n  @|B店 @A店の.\n"
    with pytest.raises(RefusedError, match="would not point at"):
        ask(renaming.rename, text, newName="A")


CAST = '{city} = "Rome"\n@Hero = character "hero.png": a driver\nstyle: as @Prop\n'
ONE = "include: cast.shot\n@Prop = prop\nSHOT 1 (5s): wide shot\n  @Hero in {city}.\n"
TWO = 'include: "cast.shot"\n{city} = "Oslo"\nSHOT 1 (5s): wide shot\n  @Hero in {city}.\n'
OTHER = "@Hero = prop\nSHOT 1 (5s): wide shot\n  @Hero.\n"
FILES = {"cast.shot": CAST, "one.shot": ONE, "sub/two.shot": "", "two.shot": TWO, "z.shot": OTHER}


@pytest.mark.parametrize("opened", [("one.shot",), ("one.shot", "cast.shot", "two.shot")])
def test_a_name_is_renamed_in_all_films_that_include_it(
    tmp_path: Path, opened: tuple[str, ...]
) -> None:
    project = Project(tmp_path, FILES, *opened)
    params = project.params("one.shot", "@Hero", newName="Star")
    changed = project.changed(renaming.rename(project.editor.scripts(), params))
    assert changed == {
        name: FILES[name].replace("Hero", "Star") for name in ("one.shot", "cast.shot", "two.shot")
    }


def test_a_parameter_is_renamed_where_it_is_set_anew(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, "two.shot")
    params = project.params("two.shot", "{city}", newName="town")
    changed = project.changed(renaming.rename(project.editor.scripts(), params))
    assert set(changed) == {"cast.shot", "one.shot", "two.shot"}
    assert changed["one.shot"] == ONE.replace("{city}", "{town}")


def test_what_an_included_file_uses_leads_to_the_film_that_declares_it(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, "cast.shot")
    params = project.params("cast.shot", "@Prop")
    (place,) = navigation.definition(project.editor.scripts(), params) or []
    assert place["uri"] == project.uri("one.shot")


def test_an_open_file_counts_as_it_is_and_not_as_it_was_saved(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, "one.shot")
    project.open("cast.shot", f"# a line more\n{CAST}")
    params = project.params("one.shot", "@Hero")
    (place,) = navigation.definition(project.editor.scripts(), params) or []
    assert place["uri"] == project.uri("cast.shot")
    assert place["range"]["start"]["line"] == 2


def test_a_name_that_is_taken_in_another_film_is_refused(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, "two.shot")
    params = project.params("two.shot", "@Hero", newName="Prop")
    with pytest.raises(RefusedError, match=r"taken in one\.shot"):
        renaming.rename(project.editor.scripts(), params)


def test_a_file_that_changed_on_the_disk_is_read_again(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, "one.shot")
    params = project.params("one.shot", "@Hero")
    navigation.definition(project.editor.scripts(), params)
    (tmp_path / "cast.shot").write_text(f"# a line more\n\n{CAST}", encoding="utf-8")
    (place,) = navigation.definition(project.editor.scripts(), params) or []
    assert place["range"]["start"]["line"] == 3


def test_paths_lead_to_files(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, "one.shot", "cast.shot")
    (tmp_path / "hero.png").write_bytes(b"")
    made = project.editor
    (place,) = navigation.definition(made.scripts(), project.params("one.shot", "cast.sh")) or []
    assert place["uri"] == project.uri("cast.shot")
    (link,) = paths.links(made.view(project.uri("cast.shot")), {})
    assert link["target"] == project.uri("hero.png")
    assert link["tooltip"] == "look at hero.png"
    assert link["range"]["start"] == {"line": 1, "character": 19}


def test_a_path_to_nothing_is_no_link_and_an_address_is_one() -> None:
    text = '@A = image "no.png"\n@B = image "https://x.test/b.png"\n@C = element "element:12"\n'
    view = editor(film=text).view(URI)
    assert [link["target"] for link in paths.links(view, {})] == ["https://x.test/b.png"]


def move(project: Project, old: str, new: str) -> dict[str, str]:
    files = [{"oldUri": project.uri(old), "newUri": project.uri(new)}]
    return project.changed(paths.will_rename(project.editor.scripts(), {"files": files}))


def test_paths_follow_a_file_that_is_moved(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, "one.shot")
    assert move(project, "cast.shot", "lib/who is who.shot") == {
        "one.shot": ONE.replace("cast.shot", "lib/who is who.shot"),
        "two.shot": TWO.replace("cast.shot", "lib/who is who.shot"),
        "cast.shot": CAST.replace("hero.png", "../hero.png"),
    }
    assert move(project, "hero.png", "pictures/hero.png") == {
        "cast.shot": CAST.replace("hero.png", "pictures/hero.png")
    }
    assert move(project, "nothing.png", "other.png") == {}


def test_paths_follow_a_folder_that_is_moved(tmp_path: Path) -> None:
    text = '@A = image "pictures/a.png"\n@B = image "pictures.png"\n@C = image "{p}/a.png"\n'
    project = Project(tmp_path, {"film.shot": text}, "film.shot")
    assert move(project, "pictures", "stills") == {
        "film.shot": text.replace("pictures/a", "stills/a")
    }


@pytest.mark.parametrize(
    ("line", "new", "after"),
    [
        ('@A = image "a.png"', 'x"{y}.png', '@A = image "x\\"\\{y}.png"'),
        ("include: a.png", "b c.png", "include: b c.png"),
        ("include: a.png", "b # c.png", 'include: "b # c.png"'),
    ],
)
def test_a_path_is_written_so_that_it_is_read_again(
    tmp_path: Path, line: str, new: str, after: str
) -> None:
    project = Project(tmp_path, {"film.shot": f"{line}\n"}, "film.shot")
    assert move(project, "a.png", new) == {"film.shot": f"{after}\n"}
    view = editor(film=f"{after}\n").view(URI)
    (path,) = view.document.declared.paths()
    assert path.value == new


def test_a_name_of_another_project_is_left_alone(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, "z.shot")
    params = project.params("z.shot", "@Hero", newName="Star")
    assert set(project.changed(renaming.rename(project.editor.scripts(), params))) == {"z.shot"}


@given(scripts(), st.data())
def test_a_rename_keeps_what_a_script_means(text: str, data: st.DataObject) -> None:
    made = editor(film=text)
    view = made.view(URI)
    position = view.lines.position(data.draw(st.integers(0, len(text))))
    params = {"textDocument": {"uri": URI}, "position": position, "newName": "Zz9_new"}
    for answer in (navigation.definition, navigation.references):
        for place in answer(made.scripts(), params) or []:
            inside(view, place["range"])
    for mark in navigation.highlight(view, params) or []:
        inside(view, mark["range"])
    try:
        where = renaming.prepare(made.scripts(), params)
    except RefusedError:
        return
    inside(view, where["range"])
    edits = renaming.rename(made.scripts(), params)["changes"].get(URI, [])
    new = text
    for start, end, words in sorted(
        ((*view.lines.stretch(e["range"]), e["newText"]) for e in edits), reverse=True
    ):
        new = new[:start] + words + new[end:]
    before = view.document.storyboard
    after = editor(film=new).view(URI).document.storyboard
    assert [d.name for d in before.diagnostics] == [d.name for d in after.diagnostics]
    assert len(before.entities) == len(after.entities)


def inside(view: Any, range: dict[str, Any]) -> None:
    start, end = view.lines.stretch(range)
    assert 0 <= start <= end <= len(view.text)
    assert view.lines.range(start, end) == range


def test_an_address_of_no_file_is_asked_for_nothing() -> None:
    params = {"textDocument": {"uri": uri_of("/no/such.shot")}, "position": {}}
    assert navigation.definition(editor().scripts(), params) is None
    assert navigation.references(editor().scripts(), params) is None
