"""Language page, lines: what each line is, near misses, comments, escapes, marks."""

from __future__ import annotations

import pytest

import promptlang
from tests.acceptance.asking import CLIP, OMNI, SHOT, ask, line_kind, mended, names, prompt, told

ROWS = {
    "# SHOT 1 (4s)": "comment",
    "#@Car = vehicle": "comment",
    "@Car = vehicle": "declaration",
    '{city} = "Rome"': "parameter",
    "{city} =": "parameter",
    "SHOT 1 (4s): wide shot": "shot",
    "EDIT @Clip": "edit",
    "ANGLE ON @Clip": "angle",
    "COVERAGE OF @Still": "coverage",
    "INT. HALL - DAY": "scene",
    "> hard cut": "transition",
    '@Ada: "Now."': "dialogue",
    '@Ada (low): "Now."': "dialogue",
    "lighting: warm": "field",
    "+ lighting: warm": "field",
    "fal.shot_type: customize": "provider field",
    "\\SHOT 1 (4s)": "prose",
    "A man rows.": "prose",
}


@pytest.mark.parametrize("line", ROWS)
@pytest.mark.parametrize("layout", ["{}", "   {}", "\t{}  ", "\u00a0{}\u00a0"])
def test_the_start_of_a_line_decides_whatever_stands_around_it(line: str, layout: str) -> None:
    assert line_kind(layout.format(line)) == ROWS[line]


@pytest.mark.parametrize("before", ["", "\n\n", "SHOT 1\n  A man rows.\n", "INT. A - DAY\n"])
def test_what_stands_before_a_line_does_not_change_it(before: str) -> None:
    script = promptlang.parse(before + "EDIT @Clip\n")
    assert script.blocks[-1].lines[0].kind == "edit"


def test_a_repeated_text_field_adds_and_no_line_continues() -> None:
    text = "SHOT 1 (4s): wide shot\n  A man rows.\n  mood: calm,\n  mood: grey\n"
    assert prompt(text) == "Wide shot. A man rows. Mood: calm, grey."
    assert prompt(text.replace("calm,", "calm")) == prompt(text)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("SHOT", "shot"),
        ("shot", "shot"),
        ("SHOT: wide shot", "shot"),
        ("SHOT (4s)", "shot"),
        ("SHOT - wide shot", "shot"),
        ("Shot AS @lap", "shot"),
        ("SHOT 3A: wide shot", "shot"),
        ("shot {n}", "shot"),
        ("SHOT zip", "shot"),
        ("SHOT zip (4s)", "shot"),
        ("SHOT zip – wide shot", "shot"),
        ("COVERAGE", "coverage"),
        ("coverage zip: wide shot", "coverage"),
        ("coverage of @Still", "coverage"),
        ("COVERAGE @Still", "coverage"),
        ("edit @Clip", "edit"),
        ("angle on @Clip", "angle"),
        ("Shot on iPhone 15 Pro", "prose"),
        ("Shot outdoors in the rain", "prose"),
        ("Coverage of the event", "prose"),
        ("Edit the video", "prose"),
        ("Angle on the car", "prose"),
    ],
)
def test_heading_prefixes(line: str, kind: str) -> None:
    assert line_kind(line) == kind


@pytest.mark.parametrize(
    "prefix", ["INT.", "EXT.", "INT./EXT.", "EXT./INT.", "INT/EXT.", "I/E", "EST.", "SCENE:"]
)
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_scene_prefixes(prefix: str, case: object) -> None:
    assert callable(case)
    assert line_kind(f"{case(prefix)} hall") == "scene"


def test_fmt_writes_headings_in_capitals() -> None:
    text = "shot 1 (4s) as @x: wide\n  A man rows.\nedit @x\n  remove the oar\n"
    assert promptlang.format(text).splitlines()[::2] == [
        "SHOT 1 (4s) AS @x: wide",
        "EDIT @x",
    ]


def test_a_sentence_about_an_angle_says_that_angle_on_takes_a_video() -> None:
    text = "@Driver = character\nSHOT 1 (4s)\n  Rain.\nAngle on @Driver as she turns\n"
    (found,) = [d for d in ask(text) if d.is_error]
    assert found.span.text == "Angle on @Driver as she turns"
    assert found.hint is not None
    assert "takes a video" in found.hint
    assert "SHOT" in found.hint
    assert '"\\"' in found.hint
    assert "\\Angle on @Driver" in mended(text, found.name)
    assert names(mended(text, found.name)) == []


def test_what_does_not_fit_a_heading_is_an_error_in_it() -> None:
    assert told("SHOT 1 (4s) wide shot\n  A man rows.\n") == [("no-colon", "wide shot")]
    assert told(CLIP + "EDIT @Clip and @Clip\n  remove it\n")[0][0] == "bad-heading"


@pytest.mark.parametrize(
    "line", ["Lighting: warm", "lighting : warm", "lighting:warm", "LIGHTING:warm"]
)
def test_known_keys_count_in_any_case_and_with_any_blanks(line: str) -> None:
    text = f"{SHOT}  {line}\n"
    assert prompt(text) == "Wide shot. A man rows. Lighting: warm."
    assert "  lighting: warm\n" in promptlang.format(text)


def test_unknown_keys_are_errors_with_a_suggestion() -> None:
    text = f"{SHOT}  lightning: warm\n"
    assert told(text) == [("unknown-key", "lightning")]
    assert names(mended(text, "unknown-key")) == []
    assert told(f"{SHOT}  foo:\n") == [("unknown-key", "foo")]


@pytest.mark.parametrize("line", ["foo:bar", "Note well: it rains", "Warm: the light", "12: a bus"])
def test_other_words_with_a_colon_are_prose(line: str) -> None:
    assert names(f"{SHOT}  {line}\n") == []
    assert line in prompt(f"{SHOT}  {line}\n")


@pytest.mark.parametrize(("written", "meant"), [("SFX", "sound"), ("Ligthing", "lighting")])
def test_near_words_and_aliases_are_prose_with_a_hint(written: str, meant: str) -> None:
    text = f"{SHOT}  {written}: boom\n"
    assert names(text) == []
    assert f"  {meant}: boom" in mended(text, "looks-like-field")


NEAR = {
    "SHOTT 2 (3s)\n  Rain.\n": "near-heading",
    "SHOT2 (3s)\n  Rain.\n": "near-heading",
    "EDTI @Clip\n  remove the hat\n": "near-heading",
    "EDIT Clip\n  remove the hat\n": "near-heading",
    "ANGEL ON @Clip: wide shot\n  keep: style\n": "near-heading",
    "ANGLE @Clip: wide shot\n  keep: style\n": "near-heading",
    "COVERGE OF @Still\n": "near-heading",
    "INT GARAGE\nSHOT 2\n  Rain.\n": "near-scene-heading",
    "ITN. GARAGE - DAY\nSHOT 2\n  Rain.\n": "near-scene-heading",
    "EXXT. GARAGE - DAY\nSHOT 2\n  Rain.\n": "near-scene-heading",
    "SCENE forest - dawn\nSHOT 2\n  Rain.\n": "near-scene-heading",
    "SCEEN: forest\nSHOT 2\n  Rain.\n": "near-scene-heading",
    '@Car vehicle "car.png"\nSHOT 2\n  @Car waits.\n': "near-declaration",
    'Car = vehicle "car.png"\nSHOT 2\n  @Car waits.\n': "near-declaration",
    '{city} "Rome"\nSHOT 2\n  Rain in {city}.\n': "near-parameter",
    '{city = "Rome"\nSHOT 2\n  Rain in {city}.\n': "near-parameter",
    'city} = "Rome"\nSHOT 2\n  Rain in {city}.\n': "near-parameter",
    'SHOT 2\n  @Host (low) "Now."\n': "near-dialogue",
    'SHOT 2\n  Host (low): "Now."\n': "near-dialogue",
    'SHOT 2\n  @Host (low: "Now."\n': "near-dialogue",
    'SHOT 2\n  @Host "Now."\n': "near-dialogue",
}


@pytest.mark.parametrize("script", NEAR)
def test_near_misses_are_one_error_whose_fix_mends_them(script: str) -> None:
    head = CLIP + '@Still = image "still.png"\n@Host = character: a man in grey\n'
    text = head + script
    assert names(text) == [NEAR[script]]
    assert names(mended(text, NEAR[script])) == []


@pytest.mark.parametrize("line", ["CUT TO:", "DISSOLVE TO:", "FADE OUT.", "SMASH CUT TO:"])
def test_a_bare_transition_is_a_warning_with_a_fix(line: str) -> None:
    text = f"{SHOT}{line}\nSHOT 2 (4s): close-up\n  Rain.\n"
    assert told(text) == [("bare-transition", line)]
    assert names(mended(text, "bare-transition")) == []


@pytest.mark.parametrize("line", ["INT GARAGE", "CUT TO:", "SHOT 2 (3s)", '@Host "Now."'])
def test_a_backslash_says_it_is_prose(line: str) -> None:
    text = f"@Host = character\n{SHOT}  \\{line}\n"
    assert names(text) == [] or line.startswith("@")
    assert len(promptlang.parse(text).blocks) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A tune in C# plays, car #1 wins.", "A tune in C# plays, car #1 wins."),
        ("Rain. # for Tom", "Rain."),
        ('He reads "a # b". # for Tom', 'He reads "a # b".'),
        ("Rain #2.", "Rain #2."),
    ],
)
def test_comments_inside_a_line(line: str, said: str) -> None:
    text = f"SHOT 1 (4s): wide shot # first\n  {line}\n  mood: calm # really\n"
    assert prompt(text) == f"Wide shot. {said} Mood: calm."


def test_comments_survive_formatting() -> None:
    text = "# head\nSHOT 1 (4s): wide shot # first\n\n  # inside\n  Rain. # for Tom\n"
    done = promptlang.format(text)
    for comment in ("# head", "# first", "# inside", "# for Tom"):
        assert comment in done
    assert promptlang.format(done) == done


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A \\@Car, a \\{city}, \\# 1, \\> and \\\\ end.", "A @Car, a {city}, # 1, > and \\ end."),
        ("\\@Car waits.", "@Car waits."),
        ("\\> points right.", "> points right."),
        ("\\# 1 hit.", "# 1 hit."),
        ("\\INT. is short.", "INT. is short."),
        ("\\lighting: warm tones.", "lighting: warm tones."),
        ("A path C:\\temp\\new.", "A path C:\\temp\\new."),
    ],
)
def test_escapes(line: str, said: str) -> None:
    assert prompt(f"SHOT 1 (4s): wide shot\n  {line}\n") == f"Wide shot. {said}"


def test_an_escaped_quote_counts_inside_quotes() -> None:
    text = f'@Ada = character: a girl\n{SHOT}  @Ada: "He said \\"no\\" # twice"\n'
    assert 'He said "no" # twice' in prompt(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert prompt(SHOT.replace("\n", end)) == "Wide shot. A man rows."


@pytest.mark.parametrize("mark", ["\u2028", "\x0b", "\x0c", "\x85"])
def test_nothing_else_ends_a_line(mark: str) -> None:
    script = promptlang.parse(f"SHOT 1\n  A man{mark}SHOT 2\n")
    assert [block.kind for block in script.blocks if block.lines] == ["shot"]


def test_byte_order_mark_tabs_and_a_missing_last_line_end() -> None:
    text = "\ufeffSHOT 1 (4s):\twide shot\n\tA man\u00a0rows."
    assert names(text) == []
    assert prompt(text) == "Wide shot. A man\u00a0rows."


def test_full_width_marks_are_syntax_where_their_twins_are() -> None:
    text = (
        '＠Car ＝ vehicle "front.png"、"side.png"： a red car\n'
        "＞ fade in\n"
        "SHOT 1 （4s）： wide shot，low angle\n"
        "  ＠Car waits. ＃ comment\n"
        "  lighting： warm\n"
        "  ＋ mood： calm\n"
    )
    plain = (
        '@Car = vehicle "front.png" "side.png": a red car\n'
        "> fade in\n"
        "SHOT 1 (4s): wide shot, low angle\n"
        "  @Car waits.\n"
        "  lighting: warm\n"
        "  + mood: calm\n"
    )
    assert names(text, OMNI) == []
    assert prompt(text) == prompt(plain)
    assert "（" not in promptlang.format(text)


@pytest.mark.parametrize("quote", ['"{}"', "“{}”", "„{}“", "«{}»", "「{}」", "『{}』"])
def test_six_kinds_of_quotes(quote: str) -> None:
    said = quote.format("Andiamo")
    text = (
        f"@Ada = character {quote.format('ada.png')}: a girl\n"
        f"{{city}} = {quote.format('Rome')}\n"
        f"{SHOT}  @Ada: {said}\n  super: {quote.format('{city}')}\n"
    )
    assert names(text, OMNI) == []
    words = prompt(text)
    assert 'says: "Andiamo"' in words
    assert 'On-screen text: "Rome"' in words


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_three_dashes(dash: str) -> None:
    text = f"INT. HALL {dash} NIGHT\nSHOT 1 (4s) {dash} wide shot\n  Rain.\n"
    assert prompt(text) == "Wide shot. Rain. Interior, hall, night."


@pytest.mark.parametrize("word", ["ada@car.com", "a.@Car", "a_@Car", "a+@Car", "a-@Car", "\\@Car"])
def test_no_ref_begins_inside_an_address(word: str) -> None:
    text = f"SHOT 1 (4s): wide shot\n  Write to {word} now.\n"
    assert names(text, OMNI) == []
    assert word.removeprefix("\\") in prompt(text)


@pytest.mark.parametrize(
    "word", ["@Driver's", "@Driver-mounted", "(@Driver)", "@driver", "@Driverは"]
)
def test_where_a_ref_ends(word: str) -> None:
    text = f"@Driver = character: a woman\nSHOT 1 (4s): wide shot\n  Here {word} waits.\n"
    assert names(text, OMNI) == []
    assert "woman" in prompt(text)


def test_ascii_behind_a_known_name_makes_another_name() -> None:
    text = "@Drive = prop: a gear\nSHOT 1 (4s): wide shot\n  Here @Drives waits.\n"
    assert told(text) == [("unknown-name", "@Drives")]
    assert names(mended(text, "unknown-name")) == []


def test_the_longest_known_name_before_another_script() -> None:
    text = '@Image1 = image "a.png"\nSHOT 1 (4s): wide shot\n  @Image1の男が歩く。\n'
    assert prompt(text) == "Wide shot. @Image1の男が歩く。"


def test_names_are_compared_in_nfc_and_without_case_and_written_as_declared() -> None:
    text = "@É = character: a woman\nSHOT 1 (4s): wide shot\n  @E\u0301 waits, @é runs.\n"
    assert prompt(text) == "Wide shot. A woman waits, the woman runs."
    assert promptlang.format(text).splitlines()[-1] == "  @É waits, @É runs."


@pytest.mark.parametrize("name", ["9", "Red-Car"])
def test_what_is_no_name(name: str) -> None:
    assert names(f"@{name} = prop\n{SHOT}") == ["bad-name"]


def test_parameters_stand_in_every_place_that_is_read() -> None:
    text = (
        '{n} = "4s"\n{label} = "zip"\n{file} = "a.png"\n{place} = "HALL"\n{cut} = "dissolve"\n'
        '{size} = "close-up"\n{a} = "0:01"\n'
        '@A = image "{file}"\n@V = video "v.mp4" {a}-0:05\n'
        "INT. {place} - NIGHT\nSHOT 1 (4s): wide shot\n  Rain.\n"
        "> {cut} ({n})\n"
        "SHOT {label} ({n}): {size}\n  The {place} of @A.\n"
        "EDIT @V\n  change the {label} to red\n"
    )
    assert prompts_of(text) == [
        "Wide shot. Rain. Interior, HALL, night.",
        "4-second dissolve to a close-up. The HALL of @Image1. Interior, HALL, night.",
        "Keep everything else unchanged, change the zip to red.",
    ]


def prompts_of(text: str) -> list[str]:
    made = promptlang.compile(text, OMNI).raise_for_errors()
    assert {p.shot for r in made.requests for p in r.prompts} >= {"1", "zip"}
    assert made.requests[-1].payload["video_url"] == "file:v.mp4#t=1,5"
    return [p.text for r in made.requests for p in r.prompts]


@pytest.mark.parametrize(
    ("value", "ok"), [("4s", True), ("0:04", True), ("4", False), ("x", False)]
)
def test_a_parameter_is_read_as_its_place_demands(value: str, ok: bool) -> None:
    text = f'{{n}} = "{value}"\nSHOT 1 ({{n}}): wide shot\n  Rain.\n'
    assert told(text) == ([] if ok else [("bad-value", "{n}")])


def test_a_value_makes_no_line_ref_comment_or_parameter() -> None:
    value = "@Car # x {y} SHOT 2"
    text = (
        f'{{v}} = "{value}"\n@Car = vehicle: a car\nSHOT 1 (4s): wide shot\n  See {{v}}.\n{{v}}\n'
    )
    assert prompt(text) == f"Wide shot. See {value}. {value}."


def test_a_required_parameter_and_a_given_value() -> None:
    text = "{city} =\nSHOT 1 (4s): wide shot\n  Rain in {city}.\n"
    assert told(text) == [("parameter-without-value", "city")]
    assert prompt(text, values={"city": "Rome"}) == "Wide shot. Rain in Rome."


def test_an_unknown_parameter_and_a_brace_without_a_name() -> None:
    assert told("SHOT 1\n  Rain in {city}.\n") == [("unknown-parameter", "{city}")]
    text = "SHOT 1 (4s): wide shot\n  A set {} and {1, 2} here.\n"
    assert prompt(text) == "Wide shot. A set {} and {1, 2} here."


def test_names_and_prose_in_any_script() -> None:
    text = "@Водитель = character: женщина\nSHOT 1 (4s): wide shot\n  @Водитель ждёт.\n"
    assert prompt(text) == "Wide shot. Женщина ждёт."
