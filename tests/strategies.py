"""Hypothesis strategies that write valid scripts, the way a person would lay them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

ELEMENT_KINDS = ("character", "creature", "wardrobe", "prop", "vehicle", "place", "product")
NAMES = ("Ada", "Boat", "Crew_2", "Dog", "Émile", "店主", "Шарф", "Gate", "x1", "Kofi")
TERMS = (
    "wide shot",
    "medium close-up",
    "MCU",
    "close-up, slow push in",
    "low angle, static camera",
    "aerial shot",
    "over-the-shoulder shot of {ref}",
    "tracking alongside {ref}",
    "slow orbit left around {ref}",
    "rack focus from {ref} to the door",
    "from wide shot to close-up",
    '"a shot nobody has named yet"',
    "tight medium shot, shallow depth of field",
    "slow motion",
    "特写",
)
SAID = (
    "Andiamo.",
    "Ask @Image1, not me.",
    "Write to @Video1 or @Element2.",
    "She said @Ada would come.",
    "いただきます。",
    "Ten to five # and counting",
    "shot 2, 3, and then nothing;",
    "{{ payload }} {% raw %}",
    "C:\\\\rushes\\\\day one",
)
OPENERS = ("She", "The door", "Rain", "Дождь", "夜の", "A hand", "Nobody", "Two children")
WORDS = (
    "opens",
    "leans towards",
    "the light",
    "slowly",
    "a red door",
    "ärgert sich",
    "窓の外",
    "turns the key",
    "at 10:30",
    "costs 3,50",
    "mail me at crew+a@example.com",
    "C#",
    "50% done",
    "and laughs",
    "ножницы",
    "l'été",
    "shot on film",
    "{not a name}",
    "\\@Image1",
)
TRANSITIONS = (
    "hard cut",
    "smash cut",
    "match cut",
    "dissolve (1s)",
    "wipe left",
    "jump cut",
    "whip-pan transition",
    '"a blink"',
)
CHANGES = (
    "change the background to a wet street at dusk, lit from the left",
    "replace the cup with {ref}",
    "recolour the coat to deep green",
    "relight the room with warm side light",
    "remove the lamp on the left",
    "restyle the whole picture as a woodcut",
    "Swap the host for {ref}",
    "turn day into night with cold moonlight",
)
KEEPS = (
    "everything else",
    "the camera movement and pacing",
    "lighting, camera style",
    "everything",
    "the style of {clip}",
)
CASCADE = ("environment", "style", "mood", "lighting", "sound", "music")
VALUES = (
    "warm amber light",
    "35mm film look",
    "a held breath",
    "distant engines, wind",
    "低い音",
    "light on {ref}",
)
SECONDS = ("3s", "4s", "5s", "2.5s", "1s", "10s", "0:04", "6 sec")

_LETTERS = st.characters(categories=("Ll", "Lu", "Lo", "Nd"))
_WORD = st.one_of(st.sampled_from(WORDS), st.text(_LETTERS, min_size=1, max_size=9))


class Cast:
    """The names a generated script may use."""

    def __init__(self) -> None:
        self.people: list[str] = []
        self.things: list[str] = []
        self.images: list[str] = []
        self.videos: list[str] = []
        self.outputs: list[str] = []
        self.lines: list[str] = []

    @property
    def seen(self) -> list[str]:
        """Everything prose may point at."""
        return self.people + self.things + self.images


@st.composite
def casts(draw: st.DrawFn) -> Cast:
    """Draw declarations."""
    cast = Cast()
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=5))
    for name in names:
        kind = draw(st.sampled_from((*ELEMENT_KINDS, "image", "style")))
        count = draw(st.integers(0, 3 if kind in ELEMENT_KINDS else 1))
        files = " ".join(f'"{kind}-{n}.png"' for n in range(count))
        tail = draw(st.sampled_from(("", ": a plain description", ": 赤い提灯", ": tall, in grey")))
        cast.lines.append(f"@{name} = {kind} {files}".rstrip() + tail)
        group = cast.people if kind in {"character", "creature"} else cast.things
        (cast.images if kind == "image" else group).append(name)
    cast.lines.append('@Clip = video "clip.mp4" 0:00-0:08')
    cast.lines.append('@Still = image "still.png"')
    cast.videos.append("Clip")
    cast.images.append("Still")
    return cast


def _pick(draw: st.DrawFn, names: Sequence[str], otherwise: str = "the door") -> str:
    return f"@{draw(st.sampled_from(names))}" if names else otherwise


def _fill(draw: st.DrawFn, cast: Cast, text: str) -> str:
    while "{ref}" in text:
        text = text.replace("{ref}", _pick(draw, cast.seen), 1)
    return text.replace("{clip}", f"@{cast.videos[0]}")


def _prose(draw: st.DrawFn, cast: Cast) -> str:
    words = [draw(st.sampled_from(OPENERS))]
    for word in draw(st.lists(_WORD, max_size=6)):
        words.append(word)
        if draw(st.integers(0, 3)) == 0:
            words.append(_pick(draw, cast.seen))
    return " ".join(words) + "."


def _said(draw: st.DrawFn, cast: Cast) -> str:
    words = draw(st.sampled_from(SAID))
    manner = draw(st.sampled_from(("", " (whispering)", " (low, in Italian)", " (in Japanese)")))
    if draw(st.booleans()) and cast.people:
        return f'{_pick(draw, cast.people)}{manner}: "{words}"'
    key = draw(st.sampled_from((f"voiceover{manner}", "super")))
    return f'{key}: "{words}"'


def _heading(draw: st.DrawFn, word: str, label: str, *, terms: bool, cast: Cast) -> str:
    line = word + (f" {label}" if label else "")
    if draw(st.booleans()):
        seconds = draw(st.sampled_from(SECONDS))
        line += f" ({seconds})"
    if terms and draw(st.integers(0, 3)):
        line += ": " + _fill(draw, cast, draw(st.sampled_from(TERMS)))
    return line


def _fields(draw: st.DrawFn, cast: Cast, names: Sequence[str]) -> list[str]:
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
    return [f"{name}: {_field(draw, cast, name)}" for name in chosen]


def _field(draw: st.DrawFn, cast: Cast, name: str) -> str:
    if name in {"start", "end"}:
        return _pick(draw, cast.images)
    if name == "motion":
        return "@Clip"
    if name == "using":
        return _pick(draw, cast.seen) + draw(st.sampled_from(("", " for the light")))
    if name == "keep":
        return _fill(draw, cast, draw(st.sampled_from(KEEPS)))
    if name == "negative":
        return draw(st.sampled_from(("standard", "blur, grain", "warped hands")))
    if name == "note":
        return "ask @nobody about {this}"
    if name == "cfg":
        return "0.6"
    if name == "takes":
        return draw(st.sampled_from(("1", "2")))
    if name == "audio":
        return draw(st.sampled_from(("on", "off")))
    return _fill(draw, cast, draw(st.sampled_from(VALUES)))


SHOT_FIELDS = (*CASCADE, "start", "using", "negative", "note", "cfg", "takes", "motion", "action")


def _shot(draw: st.DrawFn, cast: Cast, label: str) -> list[str]:
    lines = [_heading(draw, "SHOT", label, terms=True, cast=cast)]
    lines += [f"  {_prose(draw, cast)}" for _ in range(draw(st.integers(1, 2)))]
    if draw(st.booleans()):
        lines.append(f"  {_said(draw, cast)}")
    return lines + [f"  {line}" for line in _fields(draw, cast, SHOT_FIELDS)]


def _edit(draw: st.DrawFn, cast: Cast, label: str) -> list[str]:
    source = draw(st.sampled_from(cast.videos + cast.outputs))
    name = f"edit_{label}"
    lines = [f"EDIT @{source} AS @{name}"]
    lines.append("  " + _fill(draw, cast, draw(st.sampled_from(CHANGES))))
    lines += [f"  {line}" for line in _fields(draw, cast, ("keep", "using", "note", "negative"))]
    cast.outputs.append(name)
    return lines


def _angle(draw: st.DrawFn, cast: Cast, label: str) -> list[str]:
    source = draw(st.sampled_from(cast.videos + cast.outputs))
    term = draw(st.sampled_from(("reverse angle", "close-up, detail shot", "wide shot", "")))
    lines = [f"ANGLE ON @{source} {label} (5s)" + (f": {term}" if term else "")]
    lines.append(f"  showing {_pick(draw, cast.seen)}, listening")
    return lines + [f"  {line}" for line in _fields(draw, cast, ("keep", "using", "note"))]


def _coverage(draw: st.DrawFn, cast: Cast, label: str) -> list[str]:
    if draw(st.booleans()):
        return [f"COVERAGE OF {_pick(draw, cast.images)} {label}"]
    lines = [_heading(draw, "COVERAGE", label, terms=False, cast=cast)]
    return [*lines, f"  {_prose(draw, cast)}"]


def _scene(draw: st.DrawFn, cast: Cast) -> list[str]:
    heading = draw(
        st.sampled_from(
            (
                "INT. GARAGE - NIGHT",
                "EXT. 高架下 - DAWN",
                "SCENE: the foyer - night",
                "I/E. NIGHT BUS - NIGHT",
                "EST. Harbour",
            )
        )
    )
    lines = [heading, *_fields(draw, cast, CASCADE)]
    return [*lines, ""]


BLOCKS = {"shot": _shot, "edit": _edit, "angle": _angle, "coverage": _coverage}


@st.composite
def scripts(draw: st.DrawFn, kinds: Sequence[str] = tuple(BLOCKS), most: int = 8) -> str:
    """Draw a script without errors of its own; a target may still refuse parts of it."""
    cast = draw(casts())
    header = ["title: Drawn", *_fields(draw, cast, (*CASCADE, "negative", "cfg", "audio"))]
    lines = [*header, *cast.lines, ""]
    previous = ""
    for number in range(1, draw(st.integers(1, most)) + 1):
        kind = draw(st.sampled_from(("shot", *kinds) if "shot" in kinds else tuple(kinds)))
        if kind == "shot" and draw(st.integers(0, 3)) == 0:
            lines += _scene(draw, cast)
        if kind == "shot" and previous == "shot" and draw(st.integers(0, 2)) == 0:
            lines += [f"> {draw(st.sampled_from(TRANSITIONS))}", ""]
        lines += [*BLOCKS[kind](draw, cast, str(number)), ""]
        previous = kind
    return "\n".join(lines)
