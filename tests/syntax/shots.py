"""Strategies for the tests of the syntax: lines of every kind, scripts, and arbitrary text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark

from promptlang import resources

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

NAMES = st.sampled_from(["Driver", "driver", "Car", "Émile", "E\u0301mile", "店主", "Шарф", "चालक"])
BLANK = st.sampled_from(["", " ", "  ", "\t", "\u00a0", "\u3000"])
SPACE = st.sampled_from([" ", "  ", "\t", "\u00a0"])
AT = st.sampled_from(["@", "@", "@", "＠"])
COLON = st.sampled_from([": ", ":", " : ", "："])
WORDS = st.lists(
    st.sampled_from(
        [
            "turns", "the door", "@Driver", "@driver's", "{city}", "{City}", "ärgert sich", "夜の",
            '"a sign"', "„ja“", "a@b.com", "C#", "#1", "\\@x", "\\{y}", "# no", "«да»", "-", "–",
            "(4s)", "10:30", "e\u0301", "@店主が", "🚗", "＠Car", "SHOT",
            "keep:", '27"', "\\", "x,",
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)  # fmt: skip
QUOTED = st.builds(
    lambda marks, words: marks[0] + words + marks[1],
    st.sampled_from(['""', "“”", "„“", "«»", "「」", "『』"]),
    st.sampled_from(["Andiamo.", "ask @Driver", "{city}!", "# no", "", "さあ", 'say \\"go\\"']),
).filter(lambda text: text[0] == '"' or '\\"' not in text)
DURATION = st.sampled_from(["4s", "2.5s", "2,5 sec", "0:04", "1:02.5", "{d}", " 4 seconds ", "10S"])
LABEL = st.sampled_from(["1", "3A", "zip", "{n}", "1.2", "x-1", "第一"])
TERMS = st.sampled_from(
    ["wide shot", "push in on @Driver", '"odd"', "wide (3s)", "(2s) low", "特写，慢", "{x} - y"]
)
COMMENT = st.sampled_from(
    ["", "", "", " # a note", "  #  x ＃ y", " ＃ z", " # promptlang: ignore[x]"]
)
END = st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n", "\n \n\n\n"])


def _maybe(text: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.one_of(st.just(""), text)


def _joined(*parts: SearchStrategy[str] | str) -> SearchStrategy[str]:
    as_strategies = [st.just(part) if isinstance(part, str) else part for part in parts]
    return st.tuples(*as_strategies).map("".join)


def _any_case(*words: str) -> SearchStrategy[str]:
    return st.sampled_from([form for word in words for form in (word, word.lower(), word.title())])


def _line(*parts: SearchStrategy[str] | str) -> SearchStrategy[str]:
    return _joined(BLANK, *parts, COMMENT, END)


_BRACKET = st.builds(lambda d, m: m[0] + d + m[1], DURATION, st.sampled_from(["()", "（）"]))
_AS = _joined(_any_case("AS"), SPACE, AT, NAMES)
_TAIL = st.one_of(
    st.just(""),
    _joined(SPACE, _BRACKET),
    _joined(SPACE, _AS),
    _joined(SPACE, _BRACKET, SPACE, _AS),
    _joined(SPACE, _AS, SPACE, _BRACKET),
)
_TERMS = _maybe(_joined(st.sampled_from([": ", ":", " - ", " — ", "："]), TERMS))
_LABEL = _maybe(_joined(SPACE, LABEL))
_REF = _joined(AT, NAMES)
_COMMA = st.sampled_from([", ", ",", "，", "、"])
_FILES = st.lists(_joined(" ", QUOTED), max_size=3).map("".join)
_KEY = st.sampled_from(
    ["title", "aspect", "Lighting", "STYLE", "keep", "using", "note", "start", "motion", "sound"]
)
_PLACES = st.lists(
    st.sampled_from(["GARAGE", "@Garage", "{city} BAY", "横浜", "NIGHT", "back room"]),
    min_size=1,
    max_size=3,
).map(" - ".join)

TERMINALS: dict[str, SearchStrategy[str]] = {
    "BLANK": _joined(BLANK, END),
    "COMMENT": _joined(BLANK, st.sampled_from("#＃"), WORDS, END),
    "ESCAPED": _line("\\", WORDS),
    "TRANSITION": _line(
        st.sampled_from([">", "> ", "＞"]),
        st.one_of(st.sampled_from(["CUT TO:", "dissolve (1s)", "FADE OUT.", "@Car WIPE"]), QUOTED),
    ),
    "DECLARATION": _line(
        _REF, BLANK, st.sampled_from("=＝"), BLANK,
        st.sampled_from(["character", "VEHICLE", "video", "voice"]), _FILES,
        _maybe(_joined(" voice ", st.one_of(_REF, QUOTED))), _maybe(_joined(COLON, WORDS)),
    ),
    "PARAMETER": _line("{", NAMES, "}", BLANK, st.sampled_from("=＝"), BLANK, _maybe(QUOTED)),
    "DIALOGUE": _line(
        _REF, BLANK, st.sampled_from(["", "(low)", "（in {x}）", "()"]), COLON, QUOTED
    ),
    "FIELD": _line(st.sampled_from(["", "", "+ ", "＋"]), _KEY, COLON, WORDS),
    "PROVIDER_FIELD": _line(
        st.sampled_from(["fal.shot_type", "kling.a.b_C"]), st.sampled_from([": ", "："]), WORDS
    ),
    "UNKNOWN_FIELD": _line(st.sampled_from(["lightning", "foo", "+ Bar"]), ": ", WORDS),
    "PLAIN_PROSE": _line("The crowd holds ", WORDS),
    "REF_PROSE": _line(_REF, " waits ", WORDS),
    "PROSE": _line(WORDS),
    "SHOT": _line(_any_case("SHOT"), _LABEL, _TAIL, _TERMS),
    "EDIT": _line(
        _any_case("EDIT"), SPACE, _REF, _maybe(_joined(_COMMA, _REF)), _TAIL,
        _maybe(_joined(": ", WORDS)),
    ),
    "ANGLE": _line(_any_case("ANGLE ON"), SPACE, _REF, _LABEL, _TAIL, _TERMS),
    "COVERAGE": _line(
        _any_case("COVERAGE"), st.one_of(_joined(_any_case(" OF "), _REF), _joined(" ", _REF)),
        _LABEL, _TAIL, _TERMS,
    ),
    "SCENE": _line(
        _any_case("INT.", "EXT./INT.", "I/E", "EST.", "SCENE:"), SPACE, _PLACES,
        _maybe(_joined(" ", _AS)),
    ),
    "NEAR_SHOT": _line(st.sampled_from(["SHOTT 2 (3s)", "shto 1 (4s)", "SHOT1: wide"])),
    "NEAR_EDIT": _line(st.sampled_from(["EDT @Car", "EDIT Car"])),
    "NEAR_ANGLE": _line(st.sampled_from(["ANGEL ON @Car", "ANGLE @Car"])),
    "NEAR_COVERAGE": _line(st.sampled_from(["COVERGE OF @Car", "COVERAGE OF Car"])),
    "NEAR_SCENE": _line(st.sampled_from(["INT GARAGE - NIGHT", "SCNE: x"])),
}  # fmt: skip


@cache
def grammar() -> Lark:
    """Return the grammar as Lark reads it, without our callbacks."""
    return Lark(resources.read("grammar", "shot.lark"), parser="lalr", lexer="contextual")


def scripts() -> SearchStrategy[str]:
    """Scripts generated from the grammar, the insides of lines from `TERMINALS`."""
    return from_lark(grammar(), start="start", explicit=TERMINALS)


MESSY = st.text(
    st.sampled_from(
        '@＠#＃>＞:：(（)）{}=＝+＋,，、\\"“”„«»「」 \t\u00a0\u3000\r\n\n-–—.sS4:0aAé店'
        "\0\u200b\u202e\u2067\u2069\ud800\udcff\ufeff\u2028\x0c<"
    ),
    max_size=80,
)
KEYWORDS = st.sampled_from(
    ["SHOT", "EDIT @A", "ANGLE ON @A", "COVERAGE", "INT.", "@A =", "{a} =", "key:", "note:",
     "super:", "> ", "AS @", "(4s)", '"', "\n", "\r", " ", ":", "@A", "voice",
     "character", "<<<image_1>>>",
     "voiceover (", "fal.x", " # ", "SHOTT ", "word", "INT ", "COVERAGE OF "]
)  # fmt: skip


def texts() -> SearchStrategy[str]:
    """Any text at all, and text that is nearly a script."""
    return st.one_of(
        st.text(st.characters(), max_size=200),
        MESSY,
        st.lists(st.one_of(KEYWORDS, MESSY), max_size=12).map("".join),
        scripts(),
    )
