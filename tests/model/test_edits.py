"""EDIT and ANGLE ON: what changes, what stays, and pasted requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from promptlang.model.parts import parts
from promptlang.model.storyboard import Angle, Edit
from promptlang.vocabulary.load import vocabulary
from tests.model.boards import board, clean, mended
from tests.model.dump import dump, told

if TYPE_CHECKING:
    from promptlang.model.storyboard import Storyboard

HEAD = "@V = video\n@Host = character\n@Img = image\n"


def edits(lines: str) -> Storyboard:
    return board(f"{HEAD}EDIT @V\n{lines}\n")


def edit(lines: str) -> Edit:
    (unit,) = edits(lines).units
    assert isinstance(unit, Edit)
    return unit


def said(lines: str) -> tuple[list[str], list[str] | None]:
    unit = edit(lines)
    kept = None if unit.keep is None else [part.plain for part in unit.keep.parts]
    return [change.text.plain for change in unit.changes], kept


@pytest.mark.parametrize(
    ("lines", "changes", "kept"),
    [
        ("change the sky to red", ["change the sky to red"], None),
        ("Change the Sky to red.", ["change the Sky to red"], None),
        ("REPLACE the host with @Host", ["replace the host with @Host"], None),
        ("add a lamp…", ["add a lamp…"], None),
        ("add a lamp...", ["add a lamp..."], None),
        (
            "change A to B\nwith warm light.\nfrom the left",
            ["change A to B, with warm light, from the left"],
            None,
        ),
        ("把天空换成红色", ["把天空换成红色"], None),
        ("change A to B\nkeep: everything", ["change A to B"], ["everything else"]),
        (
            "keep: the pacing, everything else.\nkeep: light\nchange A to B",
            ["change A to B"],
            ["the pacing", "everything else", "light"],
        ),
        ("keep: none\nchange A to B", ["change A to B"], []),
        ("keep: none\nkeep: light\nchange A to B", ["change A to B"], ["light"]),
        ("Keep everything else unchanged, Change A to B.", ["change A to B"], ["everything else"]),
        ("keep everything unchanged and change A to B", ["change A to B"], ["everything else"]),
        ("Keep everything else unchanged. Change A to B.", ["change A to B"], ["everything else"]),
        ("Keep everything else unchanged.\nChange A to B.", ["change A to B"], ["everything else"]),
        ("Change A to B, keep everything else unchanged.", ["change A to B"], ["everything else"]),
        ("Change A to B. Keep everything else the same", ["change A to B"], ["everything else"]),
        (
            "Keep the camera movement and pacing unchanged, replace the talent with @Host, "
            "maintain all product interactions and gestures.",
            ["replace the talent with @Host, maintain all product interactions and gestures"],
            ["the camera movement and pacing"],
        ),
        (
            "Keep the camera, lighting and pacing unchanged, change A to B",
            ["change A to B"],
            ["the camera", "lighting", "pacing"],
        ),
        (
            "Keep the camera, the lighting unchanged, change A to B",
            ["change A to B"],
            ["the camera", "the lighting"],
        ),
        (
            "keep: the wall 2,5 m away, light\nchange A to B",
            ["change A to B"],
            ["the wall 2,5 m away", "light"],
        ),
        (
            "keep: light\nKeep everything else unchanged, change A to B",
            ["change A to B"],
            ["light", "everything else"],
        ),
        (
            "change the plan to keep it unchanged for now",
            ["change the plan to keep it unchanged for now"],
            None,
        ),
        ("Change A to B. It glows.", ["change A to B. It glows"], None),
        ("Change A to B. Replace C with D.", ["change A to B", "replace C with D"], None),
        ('set the sign to "Stop. Add more."', ['set the sign to "Stop. Add more."'], None),
        ("action: change A to B", ["change A to B"], None),
    ],
)
def test_changes_and_what_is_kept(lines: str, changes: list[str], kept: list[str] | None) -> None:
    assert said(lines) == (changes, kept)


@pytest.mark.parametrize("verb", sorted(vocabulary().edit_verbs))
def test_every_verb_counts_in_any_case(verb: str) -> None:
    for written in (verb, verb.upper(), verb.title()):
        change = edit(f"{written} the Chair").changes[0]
        assert (change.verb, change.text.plain) == (verb, f"{verb} the Chair")


def test_places_of_a_change() -> None:
    change = edit("  Replace the host with @Host.\n  in a blue suit.").changes[0]
    assert change.span.text == "Replace the host with @Host.\n  in a blue suit."
    assert [part.span.text for part in change.text.parts] == [
        "Replace the host with ",
        "@Host",
        "",
        "in a blue suit",
    ]


def test_a_first_line_without_a_verb_passes() -> None:
    found = edits("a beach at dusk")
    (problem,) = found.diagnostics
    assert told([problem]) == ['5:1 change-without-verb "a beach at dusk"']
    assert problem.message.startswith('"a" is no edit verb, known are add, adjust, apply, change, ')


def test_several_changes_become_a_chain() -> None:
    text = (
        f"{HEAD}EDIT @V AS @final  # all\n  keep: everything, light\n"
        "  change A to B\n  with fog\n\n  replace C with D\n  remove E\n  note: done\n\n"
        "EDIT @final\n  add a hat\n"
    )
    found = board(text)
    (problem,) = found.diagnostics
    assert told([problem]) == ['9:3 several-changes "replace C with D"']
    assert [related.span.line for related in problem.related] == [6, 10]
    assert dump(clean(mended(text, problem))).splitlines() == [
        "edit #1 AS @step1",
        "  source: @V",
        "  change: change A to B, with fog",
        "  keep: everything else",
        "  keep: light",
        "edit #2 AS @step2",
        "  source: @step1",
        "  change: replace C with D",
        "  keep: everything else",
        "  keep: light",
        "edit #3 AS @final",
        "  source: @step2",
        "  change: remove E",
        "  keep: everything else",
        "  keep: light",
        "  note: done",
        "edit #4",
        "  source: @final",
        "  change: add a hat",
    ]


def test_two_changes_on_one_line() -> None:
    text = f"{HEAD}EDIT @V\n  Change A to B. Replace C with D.\n"
    (problem,) = board(text).diagnostics
    assert told([problem]) == ['5:18 several-changes "Replace C with D."']
    after = mended(text, problem)
    assert "EDIT @V AS @step1\n  Change A to B." in after
    assert "\n\nEDIT @step1\n  Replace C with D.\n" in after
    clean(after)


def test_two_changes_in_one_sentence() -> None:
    line = "change the background to a beach and replace the chair with a stool"
    text = f"{HEAD}EDIT @V AS @out\n  keep: everything\n  {line}, then add rain\n"
    found = board(text)
    (problem,) = found.diagnostics
    assert told([problem]) == ['6:40 several-changes "replace the chair with a stool"']
    assert [related.span.text for related in problem.related] == [
        "change the background to a beach",
        "add rain",
    ]
    # What is asked for is not reworded, only reported.
    (unit,) = found.units
    assert isinstance(unit, Edit)
    assert [change.text.plain for change in unit.changes] == [f"{line}, then add rain"]
    assert dump(clean(mended(text, problem))).splitlines() == [
        "edit #1 AS @step1",
        "  source: @V",
        "  change: change the background to a beach",
        "  keep: everything else",
        "edit #2 AS @step2",
        "  source: @step1",
        "  change: replace the chair with a stool",
        "  keep: everything else",
        "edit #3 AS @out",
        "  source: @step2",
        "  change: add rain",
        "  keep: everything else",
    ]


def test_changes_joined_by_a_value_are_counted_and_left_alone() -> None:
    text = f'{{what}} = "a beach and replace the chair with a stool"\n{HEAD}EDIT @V\n'
    (problem,) = board(f"{text}  change the sky to {{what}}\n").diagnostics
    assert problem.name == "several-changes"
    assert not problem.fixes


@pytest.mark.parametrize(
    "line",
    [
        "change the background to a beach and then replace the chair with a stool",
        "replace the man with @Host, and change the wall behind him to brick",
        "remove the hat then change his shirt to white",
        "turn the sky red and turn the street lamps on",
        "change the sky to orange and add a few birds",
        "change the sky to grey and add rain",
        "change the day to night and remove shadows from the wall",
        "make the sky darker and relight the scene with a lamp",
        "replace the crowd with dancers who spin and replace the lamps with torches",
        'change the sign to "stop and turn" and remove the poles',
        "change the chair in @Img to red and recolour @Host in blue",
    ],
)
def test_a_second_order_is_a_second_change(line: str) -> None:
    assert [d.name for d in edits(f"  {line}").diagnostics] == ["several-changes"]


@pytest.mark.parametrize(
    "line",
    [
        "make the man turn and face the camera",
        "make the man jump and turn the chair",
        "make the chef stir and add the salt",
        "replace the text with a cut and paste collage",
        "change the crowd to dancers who spin and turn the lamps",
        "change the women to waiters that clear and set the tables",
        "change the camera to follow him and match his pace",
        "turn the man to face the window and put the cup down",
        "change the host to walk slowly and add the notes to the board",
        "change the scene so the lights dim and set the mood",
        "change the dress to black and set it off with pearls",
        "change the dress to black and make it longer",
        "replace the man with @Host and put him in a suit",
        "change the background to a beach and match the light on the host",
        'change the sign to "stop and change the oil"',
        "replace the match and set of cups with glasses",
        "change the label to turn and match",
        "add a table and put on it what is in @Img",
        "change the weather to fog and make sure",
        "change the wall to black and set in gold",
        "change the poster to a make and model chart",
        "change black and white to colour",
    ],
)
def test_a_verb_inside_a_state_is_no_second_change(line: str) -> None:
    assert [d.name for d in edits(f"  {line}").diagnostics] == []


def test_an_unknown_name_in_an_edit_of_several_sources_is_told_once() -> None:
    found = board(f"{HEAD}EDIT @V, @Video2\n  replace the chair with @Nobody\n").diagnostics
    (problem,) = [d for d in found if d.is_error]
    assert (problem.name, problem.related) == ("unknown-name", ())


def test_the_chain_of_an_unnamed_edit() -> None:
    text = f"{HEAD}@step1 = image\nEDIT @V (5s)\n  change A to B\n  remove E\n"
    (problem,) = board(text).diagnostics
    after = mended(text, problem)
    assert "EDIT @V AS @step2 (5s)\n" in after
    assert "\n\nEDIT @step2\n  remove E\n" in after
    clean(after)


def test_several_sources_make_one_edit_each() -> None:
    found = clean(
        f"{HEAD}@W = video\nEDIT @V, @W, @Video3 (4s)\n  using: @Img\n  remove the chair\n"
    )
    assert [unit.source.name for unit in found.units if isinstance(unit, Edit)] == [
        "V",
        "W",
        "Video3",
    ]
    assert len({id(unit.changes[0]) for unit in found.units if isinstance(unit, Edit)}) == 3
    text = f"{HEAD}@W = video\nEDIT @V, @W AS @x\n  remove the chair\n"
    assert told(board(text).diagnostics) == ['5:17 shared-output "x"']


def test_a_length_that_is_not_that_of_the_source() -> None:
    text = '@Take = video "take.mp4" 0:04-0:12\nEDIT @Take ({})\n  remove the chair\n'
    (problem,) = board(text.format("12s")).diagnostics
    assert told([problem]) == ['2:13 length-contradicted "12s"']
    assert problem.message == '"12s" is not the length of "@Take": its stretch is 12 s - 4 s = 8 s'
    assert [related.span.text for related in problem.related] == ['"take.mp4" 0:04-0:12']
    assert board(text.format("8s")).diagnostics == []
    assert board(text.replace(" 0:04-0:12", "").format("12s")).diagnostics == []


def test_motion_alone_is_an_edit() -> None:
    assert told(edits("motion: @Video1").diagnostics) == ['5:9 undeclared-attachment "@Video1"']
    assert told(edits("note: later").diagnostics) == ['4:1 edit-without-change "EDIT @V"']
    assert told(edits("keep: everything").diagnostics) == ['4:1 edit-without-change "EDIT @V"']


@pytest.mark.parametrize("source", ["@Host", "@Img", "@Image1", "@Audio1"])
def test_what_cannot_be_edited(source: str) -> None:
    found = board(f"{HEAD}EDIT {source}\n  remove the chair\n")
    assert "wrong-kind" in {d.name for d in found.diagnostics}
    assert found.units == []
    angle = board(f"{HEAD}ANGLE ON {source}\n  keep: light\n")
    assert "wrong-kind" in {d.name for d in angle.diagnostics}


@pytest.mark.parametrize(
    ("lines", "severity"),
    [
        ("keep: the lighting\nchange A to B", "warning"),
        ("keep: the camera movement\nchange A to B", "warning"),
        ("keep: the lighting\nreplace A with @Host", "warning"),
        ("keep: the camera movement and pacing\nreplace A with @Host", "hint"),
        ("keep: light\nkeep: everything\nchange A to B", None),
        ("keep: everything else\nchange A to B", None),
        ("keep: all else\nchange A to B", None),
        ("keep: the rest of the picture\nchange A to B", None),
    ],
)
def test_protection_lost(lines: str, severity: str | None) -> None:
    text = f"{HEAD}EDIT @V\n{lines}\n"
    found = board(text).diagnostics
    assert [d.severity.value for d in found] == ([severity] if severity else [])
    if severity:
        assert found[0].name == "protection-lost"
        assert board(mended(text, found[0])).diagnostics == []


def test_keep_none_is_a_warning() -> None:
    assert told(edits("keep: none\nchange A to B").diagnostics) == ['5:7 keep-none "none"']


@pytest.mark.parametrize(
    ("prose", "reads_as_edit"),
    [
        ("Change the background to a beach.", True),
        ("Replace the old background with snow.", True),
        ("remove the background", True),
        ("Keep everything else unchanged, add a hat.", True),
        ("Relight the lighting with candles", True),
        ("Turn after turn, the dancer moves to the door.", False),
        ("Add sugar, and stir to the rhythm.", False),
        ("A change of the background to darkness.", False),
        ("Make way for the king, who walks with his court.", False),
    ],
)
def test_an_edit_written_in_a_shot(prose: str, *, reads_as_edit: bool) -> None:
    found = board(f"SHOT 1 (5s): wide shot\n  {prose}\n").diagnostics
    assert [d.name for d in found] == (["edit-in-shot"] if reads_as_edit else [])


def angle(lines: str, heading: str = "ANGLE ON @V (5s)") -> Angle:
    (unit,) = board(f"{HEAD}{heading}\n{lines}\n").units
    assert isinstance(unit, Angle)
    return unit


@pytest.mark.parametrize(
    ("keep", "parts"),
    [
        ("lighting, the camera style", ["lighting", "camera style"]),
        ("the same lighting, same grade", ["lighting", "grade"]),
        ("the style of @V", ["style of @V"]),
        ("themes, samesies", ["themes", "samesies"]),
        ("none", []),
    ],
)
def test_what_an_angle_keeps(keep: str, parts: list[str]) -> None:
    unit = angle(f"keep: {keep}")
    assert unit.keep is not None
    assert [part.plain for part in unit.keep.parts] == parts


@pytest.mark.parametrize(
    ("prose", "asked"),
    [
        ("Based on @V, generate a reverse angle of @Host.", "a reverse angle of @Host."),
        ("based on @v generate the next shot", "the next shot"),
        ("Based on @V, please create a wide shot. Keep the light.", "a wide shot. Keep the light."),
        ("Based on @Img, generate a reverse angle.", None),
        ("Based on a book, generate a reverse angle.", None),
        ("showing @Host, listening", None),
    ],
)
def test_a_pasted_request_is_not_wrapped_twice(prose: str, asked: str | None) -> None:
    unit = angle(f"{prose}\nMore prose.")
    assert (unit.request.plain if unit.request else None) == asked
    assert [part for name, part, _ in parts(unit) if name == "request"] == [unit.request][
        : bool(asked)
    ]
    kept = [text.plain for text in unit.prose()]
    assert kept == (["More prose."] if asked else [prose, "More prose."])


def test_an_angle_with_all_it_may_hold() -> None:
    found = clean(
        f"style: film\n{HEAD}ANGLE ON @V rev (5s) AS @rev: reverse angle, MS\n"
        "  showing @Host, listening\n  lighting: cold\n  motion: @V\n  using: @Img for the room\n"
        "  keep: lighting\n"
    )
    assert dump(found).splitlines() == [
        "angle rev AS @rev",
        "  source: @V",
        "  seconds: 5",
        "  camera: reverse angle",
        "  camera: medium shot",
        "  prose: showing @Host, listening",
        "  keep: lighting",
        "  lighting: cold",
        "  motion: @V",
        "  using: @Img for the room",
    ]


def test_an_angle_that_keeps_nothing_is_a_hint() -> None:
    assert told(board(f"{HEAD}ANGLE ON @V: reverse angle\n").diagnostics) == [
        '4:1 angle-without-keep "ANGLE ON @V: reverse angle"'
    ]
    assert board(f"{HEAD}ANGLE ON @V\n  Keep the light of the source.\n").diagnostics == []


@pytest.mark.parametrize(
    "use",
    [
        "EDIT @late\n  remove the chair\n",
        "EDIT @V\n  replace the sky with @late\n",
        "SHOT 1 (5s): wide shot\n  Rain.\n  start: end of @late\n",
        "SHOT 1 (5s): wide shot\n  Rain.\n  motion: @late\n",
        "SHOT 1 (5s): wide shot\n  Rain.\n  using: @late\n",
        "SHOT 1 (5s): wide shot\n  Rain.\n  using: @Img for the light of @late\n",
        "SHOT 1 (5s): wide shot\n  As in @late.\n",
        "> match cut from @late\nSHOT 1 (5s): wide shot\n  Rain.\n",
        "SCENE: near @late\nSHOT 1 (5s): wide shot\n  Rain.\n",
        "SHOT 1 (5s): wide shot of @late\n  Rain.\n",
    ],
)
def test_an_output_is_used_before_it_is_made(use: str) -> None:
    made = "SHOT 2 (5s) AS @late: wide shot\n  Fog.\n"
    found = board(f"{HEAD}{use}{made}").diagnostics
    assert [(d.name, d.span.text) for d in found] in (
        [("output-too-early", "@late")],
        [("output-too-early", "end of @late")],
    )
    clean(f"{HEAD}{made}{use}")


def test_cycles() -> None:
    found = board(
        f"{HEAD}EDIT @b AS @a\n  remove A\nEDIT @a AS @b\n  remove B\nEDIT @c AS @c\n  remove C\n"
    ).diagnostics
    assert told(found) == ['4:6 output-cycle "@b"', '8:6 output-cycle "@c"']


def test_a_scene_that_uses_itself() -> None:
    text = "SCENE: one AS @one\nSHOT 1 (5s): wide shot\n  Rain.\n  start: end of @one\n"
    assert told(board(text).diagnostics) == ['4:10 output-cycle "end of @one"']
    first, start = text.split("  start")
    clean(f"{first}SCENE: two\nSHOT 2 (5s)\n  Rain.\n  start{start}")
