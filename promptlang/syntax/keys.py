"""The keys a field may have and the kinds a declaration may have, as data."""

from __future__ import annotations

HEADER = "header"
SCENE = "scene"
SHOT = "shot"
EDIT = "edit"
ANGLE = "angle"
COVERAGE = "coverage"

BLOCKS = frozenset({SHOT, EDIT, ANGLE, COVERAGE})
"""The kinds of block that ask for something to be generated."""

ANYWHERE = BLOCKS | {HEADER, SCENE}


class Key:
    """What may be said about a key.

    Attributes:
        name: Its canonical spelling.
        where: The kinds of block it may stand in.
        text: Whether its lines at one level join into one text; else it is a single value.
        cascades: Whether a header or scene hands it down to its shots.
        repeats: Whether several lines at one level are fine.
        refs: Whether ``@`` in its value starts a ref.
        quoted: Whether its value is a quoted string.
        meaning: One line for hover and ``explain``.
    """

    __slots__ = ("cascades", "meaning", "name", "quoted", "refs", "repeats", "text", "where")

    def __init__(
        self,
        name: str,
        where: frozenset[str],
        meaning: str,
        *,
        text: bool = False,
        cascades: bool = False,
        repeats: bool = False,
        refs: bool = False,
        quoted: bool = False,
    ) -> None:
        self.name = name
        self.where = where
        self.meaning = meaning
        self.text = text
        self.cascades = cascades
        self.repeats = repeats or text
        self.refs = refs
        self.quoted = quoted

    @property
    def header_only(self) -> bool:
        """Whether it may stand in the header and nowhere else."""
        return self.where == frozenset({HEADER})


def _head(name: str, meaning: str, *, repeats: bool = False) -> Key:
    return Key(name, frozenset({HEADER}), meaning, repeats=repeats)


def _setting(name: str, meaning: str) -> Key:
    return Key(name, ANYWHERE, meaning, cascades=True)


def _mood(name: str, meaning: str) -> Key:
    return Key(name, ANYWHERE, meaning, text=True, cascades=True, refs=True)


_ALL = (
    _head("title", "what the film is called"),
    _head("aspect", "shape of the picture, such as 16:9"),
    _head("resolution", "size of the picture, such as 1080p"),
    _head("language", "language that is spoken where a cue does not say"),
    _head("include", "a file whose declarations and settings are read first", repeats=True),
    _head("duration", "length of a block that states none"),
    _setting("target", "the system the script is compiled for"),
    _setting("cfg", "how closely the prompt is followed"),
    _setting("seed", "number that makes a result repeatable"),
    _setting("audio", "on or off: whether sound is generated"),
    _setting("takes", "how many results are asked for"),
    _mood("negative", "what must not appear; adds up"),
    _mood("environment", "where it is; a scene heading opens it"),
    _mood("style", "what it looks like"),
    _mood("mood", "what it feels like"),
    _mood("lighting", "what the light is like"),
    _mood("sound", "what is heard"),
    _mood("music", "what music plays; `no music` for silence"),
    Key("camera", BLOCKS, "further camera terms", text=True, refs=True),
    Key("action", BLOCKS, "what happens; the same as prose", text=True, refs=True),
    Key("voiceover", BLOCKS, "what an unseen voice says, quoted", text=True, quoted=True),
    Key("super", BLOCKS, "text seen on screen, quoted", text=True, quoted=True),
    Key("start", frozenset({SHOT, COVERAGE}), "the first frame", refs=True),
    Key("end", frozenset({SHOT, COVERAGE}), "the last frame", refs=True),
    Key(
        "motion",
        frozenset({SHOT, EDIT, ANGLE}),
        "a video whose camera movement is followed",
        refs=True,
    ),
    Key("using", BLOCKS, "refs that take part unmentioned, with a role", text=True, refs=True),
    Key("keep", frozenset({EDIT, ANGLE}), "what stays", text=True, refs=True),
    Key("note", ANYWHERE, "for people; never compiled", text=True),
)

KEYS: dict[str, Key] = {key.name: key for key in _ALL}
"""Every key by its canonical spelling; `<provider>.<field>` is no key but a `ProviderField`."""

ALIASES: dict[str, str] = {
    "ambience": "sound",
    "ambiance": "sound",
    "atmosphere": "mood",
    "avoid": "negative",
    "background": "environment",
    "bgm": "music",
    "cam": "camera",
    "caption": "super",
    "color": "style",
    "colour": "style",
    "format": "aspect",
    "fx": "sound",
    "grade": "style",
    "grading": "style",
    "length": "duration",
    "light": "lighting",
    "lights": "lighting",
    "location": "environment",
    "look": "style",
    "model": "target",
    "narration": "voiceover",
    "narrator": "voiceover",
    "notes": "note",
    "place": "environment",
    "preserve": "keep",
    "ratio": "aspect",
    "refs": "using",
    "references": "using",
    "score": "music",
    "setting": "environment",
    "sfx": "sound",
    "soundtrack": "music",
    "subtitle": "super",
    "text": "super",
    "todo": "note",
    "tone": "mood",
    "vo": "voiceover",
}
"""What people write by habit, and the key they mean."""

KINDS = (
    "audio",
    "character",
    "creature",
    "element",
    "image",
    "place",
    "product",
    "prop",
    "style",
    "vehicle",
    "video",
    "voice",
    "wardrobe",
)
"""The kinds of declaration."""

KIND_ALIASES: dict[str, str] = {
    "actor": "character",
    "actress": "character",
    "animal": "creature",
    "bike": "vehicle",
    "boy": "character",
    "car": "vehicle",
    "clip": "video",
    "clothing": "wardrobe",
    "costume": "wardrobe",
    "environment": "place",
    "footage": "video",
    "girl": "character",
    "location": "place",
    "man": "character",
    "music": "audio",
    "object": "prop",
    "outfit": "wardrobe",
    "person": "character",
    "photo": "image",
    "picture": "image",
    "set": "place",
    "sound": "audio",
    "talent": "character",
    "woman": "character",
}
"""What people write by habit, and the kind they mean."""
