"""Comments that suppress problems, and what is said of those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import promptlang

if TYPE_CHECKING:
    from pathlib import Path

DOLLY = "SHOT {label} (5s): medium shot, slow dolly{comment}\n  A cellist tunes by the window.\n"


def dolly(comment: str = "", label: str = "1") -> str:
    """A shot with one hint: ``dolly`` does not say where to."""
    return DOLLY.format(label=label, comment=comment)


def told(text: str, **options: Any) -> list[str]:
    return [d.name for d in promptlang.check(text, **options)]


@pytest.mark.parametrize(
    "comment",
    [
        "# promptlang: ignore[undirected-move] a reason",
        "# promptlang: ignore[undirected-move]",
        "# promptlang:ignore[undirected-move]",
        "# PromptLang: Ignore [ Undirected-Move ] a reason",
        "＃ promptlang：ignore[undirected-move]",
        "# promptlang: ignore[PL301]",
        "# promptlang: ignore[PL3]",
        "# promptlang: ignore[camera]",
        "# promptlang: ignore[all]",
        "# promptlang: ignore-file[undirected-move]",
    ],
)
def test_a_comment_silences_its_line(comment: str) -> None:
    assert told(dolly()) == ["undirected-move"]
    assert told(dolly(f"  {comment}")) == []
    assert told(f"{comment}\n{dolly()}") == []
    assert told(f"#{comment[1:].lstrip()}\n{dolly()}") == []
    assert told(f"{comment}\n\n# another comment\n{dolly()}") == []
    assert told(f"{comment}\n{dolly()}".replace("\n", "\r\n")) == []


def test_only_its_line() -> None:
    comment = "  # promptlang: ignore[undirected-move] here only"
    found = promptlang.check(dolly(comment) + dolly(label="2"))
    assert [(d.name, d.span.line) for d in found] == [("undirected-move", 3)]
    found = promptlang.check(f"{comment}\n{dolly()}{dolly(label='2')}")
    assert [(d.name, d.span.line) for d in found] == [("undirected-move", 4)]


def test_several_comments_and_several_names() -> None:
    text = "SHOT 1 (5s): dolly, smooth blimp shot{}\n  A cellist tunes by the window.\n"
    assert told(text.format("")) == ["undirected-move", "unknown-camera-term"]
    assert told(text.format("  # promptlang: ignore[undirected-move, unknown-camera-term]")) == []
    above = "# promptlang: ignore[undirected-move]\n# promptlang: ignore[unknown-camera-term]\n"
    assert told(above + text.format("")) == []
    both = "# promptlang: ignore[undirected-move]\n" + text.format(
        " # promptlang: ignore[unknown-camera-term]"
    )
    assert told(both) == []


def test_the_end_of_a_block_is_no_end_for_a_comment() -> None:
    text = dolly() + "  # promptlang: ignore[undirected-move]\n\n" + dolly(label="2")
    assert [d.span.line for d in promptlang.check(text)] == [1]


def test_what_stands_in_quotes_is_no_comment() -> None:
    text = dolly() + '  super: "x # promptlang: ignore-file[undirected-move]"\n'
    assert told(text) == ["undirected-move"]
    assert told(dolly("  # see promptlang: ignore[undirected-move]")) == ["undirected-move"]


def one(text: str) -> promptlang.Diagnostic:
    (found,) = promptlang.check(text)
    return found


def mended(text: str) -> str:
    (fix,) = one(text).fixes
    (edit,) = fix.edits
    assert fix.safe
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


STILL = "SHOT 1 (5s): medium shot, static camera{}\n  A cellist tunes by the window.\n"


@pytest.mark.parametrize(
    ("text", "message", "better"),
    [
        (
            STILL.format("  # promptlang: ignore[undirected-move] old"),
            '"undirected-move" suppresses nothing on that line',
            STILL.format(""),
        ),
        (
            "  # promptlang: ignore[camera, edits] old\n" + STILL.format(""),
            '"camera", "edits" suppress nothing on that line',
            STILL.format(""),
        ),
        (
            dolly("  # promptlang: ignore[undirected-move, edits] half of it"),
            '"edits" suppresses nothing on that line',
            dolly("  # promptlang: ignore[undirected-move] half of it"),
        ),
        (
            STILL.format("") + "# promptlang: ignore-file[camera]",
            '"camera" suppresses nothing in this file',
            STILL.format(""),
        ),
        (
            STILL.format("") + "# promptlang: ignore[camera]\n",
            '"camera" suppresses nothing because no line follows',
            STILL.format(""),
        ),
    ],
)
def test_what_suppresses_nothing_is_told(text: str, message: str, better: str) -> None:
    found = one(text)
    assert (found.name, found.message) == ("unused-suppression", message)
    assert mended(text) == better
    assert promptlang.check(better) == []


def test_unused_is_only_what_has_been_looked_for() -> None:
    text = STILL.format("  # promptlang: ignore[undirected-move] from another cut")
    assert told(text, target="kling/o1", select=["hygiene"]) == []
    assert told(text, ignore=["undirected-move"]) == []
    assert "unused-suppression" not in told("SHOT 2 4s\n" + text)
    assert told(text, values={"city": "Paris"}, ignore=["value-without-parameter"]) == []
    lost = STILL.format("  # promptlang: ignore[seed-unsupported] for the other model")
    assert told(lost) == []
    assert "unused-suppression" in told(f"target: kling/o1\n{lost}")
    library = "# promptlang: ignore[unused-element]\n@Ada = character: a tall woman\n"
    assert "unused-suppression" not in told(library)


def test_a_name_there_is_not_is_told() -> None:
    text = dolly("  # promptlang: ignore[undirected-mov] a reason")
    found = next(d for d in promptlang.check(text) if d.name == "unknown-suppression")
    assert found.message == '"undirected-mov" is no problem, no code and no family'
    assert found.hint == 'did you mean "undirected-move"?'
    assert found.span.text == "undirected-mov"
    assert found.fixes[0].edits[0].text == "undirected-move"
    far = one(STILL.format("  # promptlang: ignore[zzz]"))
    assert (far.fixes, far.hint) == ((), "promptlang explain shows what there is")


def test_no_comment_silences_an_error() -> None:
    text = dolly("  # promptlang: ignore[undirected-move, no-colon, shot-too-long]")
    found = promptlang.check(text)
    assert [(d.name, d.span.text) for d in found] == [
        ("suppressed-error", "no-colon"),
        ("suppressed-error", "shot-too-long"),
    ]
    assert mended(dolly("  # promptlang: ignore[no-colon, undirected-move] x")) == dolly(
        "  # promptlang: ignore[undirected-move] x"
    )
    refused = "SHOT 1 (5s) wide shot, static camera  # promptlang: ignore[no-colon]\n  Rain.\n"
    assert told(refused) == ["no-colon", "suppressed-error"]


def test_the_lighter_form_of_an_error_can_be_silenced() -> None:
    text = '@Plate = image "a.png" "b.png"{}\nSHOT 1 (5s): wide shot, static\n  @Plate glows.\n'
    found = [d for d in promptlang.check(text.format("")) if d.name == "unfit-file"]
    assert [d.severity for d in found] == ["warning"]
    silent = told(text.format("  # promptlang: ignore[unfit-file] both are wanted"))
    assert "unfit-file" not in silent
    assert "suppressed-error" not in silent


@pytest.mark.parametrize(
    ("comment", "fix"),
    [
        ("# promptlang: ignor[camera] x", "# promptlang: ignore[camera] x"),
        ("# promptlang: ignore-fil[camera] x", "# promptlang: ignore-file[camera] x"),
        ("# promptlang: ignores-file[camera]", "# promptlang: ignore-file[camera]"),
        ("# promptlang ignor[camera]", "# promptlang ignore[camera]"),
        ("# promptlang: ignore camera", None),
        ("# promptlang: ignore[camera", None),
        ("# promptlang: ignore[ , ]", None),
        ("# promptlang: disable[camera]", None),
        ("# promptlang:", None),
    ],
)
def test_a_comment_that_cannot_be_read_is_told(comment: str, fix: str | None) -> None:
    text = STILL.format(f"  {comment}")
    found = one(text)
    assert (found.name, found.span.text) == ("malformed-suppression", comment)
    if fix is not None:
        assert mended(text) == STILL.format(f"  {fix}")
    else:
        assert found.fixes == ()


@pytest.mark.parametrize("comment", ["# promptlang is fun", "# Promptlang, by the way", "# a"])
def test_other_comments_are_left_alone(comment: str) -> None:
    assert promptlang.check(STILL.format(f"  {comment}")) == []


def test_a_comment_about_comments_has_no_effect() -> None:
    text = STILL.format("  # promptlang: ignore[undirected-move, unused-suppression]")
    assert told(text) == ["unused-suppression"]
    assert told(text, ignore=["unused-suppression"]) == []


def test_a_reason_is_asked_for_where_that_is_selected() -> None:
    text = dolly("  # promptlang: ignore[undirected-move]")
    assert told(text) == []
    assert told(text, extend_select=["suppression-without-reason"]) == [
        "suppression-without-reason"
    ]
    assert told(text.replace("]\n", "] so\n"), extend_select=["suppression-without-reason"]) == []


def test_an_included_file_brings_its_own_comments(tmp_path: Path) -> None:
    (tmp_path / "cast.shot").write_text(
        "music: none  # promptlang: ignore[nothing-to-clear] said for the editor\nsound: none\n",
        encoding="utf-8",
    )
    film = tmp_path / "film.shot"
    film.write_text(
        "include: cast.shot\n# promptlang: ignore-file[nothing-to-clear]\n" + STILL.format(""),
        encoding="utf-8",
    )
    found = [d for d in promptlang.check(film) if d.name == "nothing-to-clear"]
    assert [(d.span.path, d.span.line) for d in found] == [(str(tmp_path / "cast.shot"), 2)]


def test_a_compilation_is_as_silent_as_a_check_and_its_losses_stay() -> None:
    text = "target: kling/o1\ncfg: 0.5{}\n" + STILL.format("")
    plain = promptlang.compile(text.format(""), "kling/o1")
    quiet = promptlang.compile(
        text.format("  # promptlang: ignore[cfg-unsupported] other models take it"), "kling/o1"
    )
    assert "cfg-unsupported" in [d.name for d in plain.diagnostics]
    assert "cfg-unsupported" not in [d.name for d in quiet.diagnostics]
    assert [loss.name for loss in quiet.losses] == [loss.name for loss in plain.losses]


def test_nothing_silences_a_loss_where_nothing_may_be_lost() -> None:
    text = (
        "target: kling/o1\ncfg: 0.5  # promptlang: ignore[cfg-unsupported] other models take it\n"
        + STILL.format("")
    )
    document = promptlang.Document(promptlang.parse(text), strict=True)
    found = {d.name: d.severity for d in document.diagnostics}
    assert found["cfg-unsupported"] == "error"
