"""What may stand where, and that n mistakes in n lines are n reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.syntax.keys import ANYWHERE, KEYS
from promptlang.syntax.parser import parse

HEADS = {
    "header": "",
    "scene": "INT. GARAGE - NIGHT\n",
    "shot": "SHOT 1 (4s): wide shot\n",
    "edit": "EDIT @Video1\n",
    "angle": "ANGLE ON @Video1\n",
    "coverage": "COVERAGE OF @Image1\n",
}


def _names(text: str) -> list[str]:
    return [d.name for d in parse(text).diagnostics]


@pytest.mark.parametrize("kind", HEADS)
@pytest.mark.parametrize("key", KEYS)
def test_every_key_in_every_block(kind: str, key: str) -> None:
    value = '"x"' if KEYS[key].quoted else "x"
    found = _names(f"{HEADS[kind]}{key}: {value}\n")
    if kind in KEYS[key].where:
        assert found == []
    else:
        assert found == ["header-only" if KEYS[key].header_only else "misplaced-field"]


def test_table_of_keys_is_that_of_the_language() -> None:
    header = {name for name, key in KEYS.items() if key.header_only}
    assert header == {"title", "aspect", "resolution", "language", "include", "duration"}
    anywhere = {name for name, key in KEYS.items() if key.where == ANYWHERE}
    assert anywhere == {
        "target", "cfg", "seed", "audio", "takes", "negative", "environment", "style", "mood",
        "lighting", "sound", "music", "note",
    }  # fmt: skip
    assert KEYS["keep"].where == {"edit", "angle"}
    assert KEYS["start"].where == KEYS["end"].where == {"shot", "coverage"}
    assert KEYS["motion"].where == {"shot", "edit", "angle"}


@pytest.mark.parametrize("key", KEYS)
def test_single_values_are_given_once(key: str) -> None:
    kind = sorted(KEYS[key].where)[0]
    value = '"x"' if KEYS[key].quoted else "x"
    found = _names(HEADS[kind] + f"{key}: {value}\n" * 2)
    assert found == ([] if KEYS[key].repeats else ["repeated-setting"])
    assert not (KEYS[key].text and not KEYS[key].repeats)


@pytest.mark.parametrize("key", KEYS)
def test_plus_adds_to_what_is_handed_down(key: str) -> None:
    kind = sorted(KEYS[key].where)[-1]
    value = '"x"' if KEYS[key].quoted else "x"
    adds = KEYS[key].text and KEYS[key].cascades
    assert _names(f"{HEADS[kind]}+ {key}: {value}\n") == ([] if adds else ["cannot-add"])


def test_a_level_is_a_block() -> None:
    text = "seed: 1\nINT. A - DAY\nseed: 2\nSHOT 1\nseed: 3\nSHOT 2\nseed: 4\n"
    assert _names(text) == []


def test_provider_fields() -> None:
    assert _names("fal.x: 1\nSHOT 1\nfal.x: 2\nfal.y: 3\n") == []
    assert _names("fal.x: 1\nfal.x: 2\n") == ["repeated-setting"]
    assert _names("INT. A - DAY\nfal.x: 1\n") == ["misplaced-field"]


@pytest.mark.parametrize("kind", ["shot", "edit", "angle", "coverage"])
@pytest.mark.parametrize("ender", ["> hard cut", "@A = prop", '{a} = "b"'])
def test_what_ends_a_block(kind: str, ender: str) -> None:
    head = f"{HEADS[kind]}  one\n{ender}\n"
    fine = "# comment\n\n> dissolve\n@B = prop\nnote: later\n"
    assert _names(head + fine) == []
    for line in ("prose", "style: x", '@A: "no"', "fal.x: 1", "\\prose"):
        script = parse(head + fine + line + "\n")
        (found,) = script.diagnostics
        assert found.name == "after-block"
        assert found.span.text == line
        assert found.hint is not None
        assert "above" in found.hint
        assert "below" in found.hint


@pytest.mark.parametrize("head", ["", "INT. A - DAY\n"])
def test_what_does_not_end_a_header_or_scene(head: str) -> None:
    assert _names(head + '> fade in\n@A = prop\n{a} = "b"\nstyle: x\nnote: y\n') == []


def test_prose_and_dialogue_need_a_block() -> None:
    assert _names("A kite.\n") == ["prose-in-header"]
    assert _names('@A: "x"\n') == ["prose-in-header"]
    assert _names("INT. A - DAY\nBare walls.\n") == []
    assert _names('INT. A - DAY\n@A: "x"\n') == ["misplaced-field"]


def test_junk_does_not_end_a_block() -> None:
    text = "SHOT 1\n  one\n@A = thing\n  two\n>\n  three\n"
    assert _names(text) == ["unknown-kind", "empty-transition"]


def test_names_of_junk_are_kept() -> None:
    script = parse(
        '@Car = vehicel "x"\n{a} = b\nSHOT 4s AS @out\nEDT @out AS @two\n@Z vehicle: x\n'
    )
    junk = [line for block in script.blocks for line in block.lines if line.kind == "junk"]
    assert [getattr(line, "names", ()) for line in junk] == [
        ("Car",), ("a",), ("out",), ("two",), ("Z",),
    ]  # fmt: skip


FAULTS = {
    "lightning: warm": "unknown-key",
    "@Car vehicle: red": "near-declaration",
    '@Ada (low) "No."': "near-dialogue",
    "@Ada: no": "bad-dialogue",
    "aspect: 16:9": "header-only",
    "<<<image_1>>> waits": "control-token",
    "a\u202eb": "bidi-control",
    "super: Day one": "not-quoted",
    ">": "empty-transition",
    "CUT TO:": "bare-transition",
    "SHOTT 9 (3s)": "near-heading",
    "INT GARAGE - NIGHT": "near-scene-heading",
    "SHOT 8 (4)": "not-a-duration",
    "SHOT 7 wide": "no-colon",
    "EDIT @A and @B": "bad-heading",
}
GOOD = "title: x\n\n" + "".join(
    f"SHOT {n} (4s): wide shot\n  A kite climbs.\n  Its line hums.\n\n" for n in range(12)
)


@given(st.lists(st.tuples(st.integers(3, 49), st.sampled_from(sorted(FAULTS))), max_size=12))
def test_each_injected_fault_is_reported_once(faults: list[tuple[int, str]]) -> None:
    lines: list[tuple[str, str | None]] = [(line, None) for line in GOOD.split("\n")]
    for at, fault in sorted(faults, reverse=True):
        lines.insert(at, (fault, FAULTS[fault]))
    wanted, places = [], []
    for number, (_, name) in enumerate(lines, 1):
        if name:
            wanted.append(name)
            places.append(number)
    script = parse("\n".join(line for line, _ in lines))
    # Behind a scene heading prose describes the place, so an untouched line is never reported.
    assert [(d.name, d.span.line) for d in script.diagnostics] == list(
        zip(wanted, places, strict=True)
    )
