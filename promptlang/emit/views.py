"""What a template sees of a block: its parts in film terms, as words with placeholders."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from promptlang.emit.losses import says_none, silenced
from promptlang.emit.voice import ROLES, words_of
from promptlang.emit.words import capital, closed
from promptlang.model.storyboard import (
    Angle,
    Coverage,
    Edit,
    Shot,
    Speech,
    Super,
    Text,
)
from promptlang.vocabulary.load import vocabulary
from promptlang.vocabulary.terms import article_before

if TYPE_CHECKING:
    from promptlang.emit.voice import Voice
    from promptlang.model.storyboard import Camera, Entity, Link, Unit, Use
    from promptlang.plan.generation import Generation

PARTS = ("camera", "action", "environment", "lighting", "mood", "style", "sound", "music")
"""The parts of a shot's prompt in the order used where a target's data names no other."""

_JOINS = frozenset(
    """about above across after against along alongside among around as at before behind below
    beneath beside between beyond by down during facing featuring for from framing in inside into
    near of off on onto opposite outside over past showing through to toward towards under
    underneath up upon where while with within without""".split()  # noqa: SIM905 (a list is longer)
)
"""Words that continue a camera request without a comma (*a reverse angle showing …*)."""

_DETERMINERS = frozenset(["a", "an", "the", "his", "her", "its", "their", "all", "every"])
_LIGHT = ("light", "lit ", "lamp", "glow", "sun", "moon", "neon", "shadow", "candle", "hour")
_COMMAS = (",", "，", "、")
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？")
_FRAMINGS = frozenset(["angle", "coverage", "size"])


class View:
    """What a template sees of something: words as placeholders, and what is true of them."""

    __slots__: tuple[str, ...] = ()
    _all: ClassVar[attrgetter[tuple[object, ...]]]

    def __init_subclass__(cls) -> None:
        cls._all = attrgetter(*cls.__slots__)

    def shape(self) -> tuple[object, ...]:
        """Return all that a template can see; of equal shapes it makes the same."""
        return tuple(
            [
                tuple([i.shape() if isinstance(i, View) else i for i in value])
                if type(value) is list
                else value
                for value in self._all(self)
            ]
        )


class Said(View):
    """A spoken line: who, how, in which language, and the words.

    Attributes:
        speaker: Who says it, ``""`` for a voice-over by nobody in particular.
        verb: How it is said in one word: *says*, or *whispers* for the manner *whispering*.
        manner: How it is said, ``""`` where the verb says it.
        language: The language, or ``""``.
        voice: The voice it is said in where the prompt has to say so, or ``""``.
        quote: The marks around the words; others where the words hold those.
        words: What is said.
        off_screen: Whether it is a voice-over.
    """

    __slots__ = ("language", "manner", "off_screen", "quote", "speaker", "verb", "voice", "words")
    kind = "speech"

    def __init__(self, speech: Speech, voice: Voice) -> None:
        self.quote = ("“", "”") if '"' in speech.words.plain else ('"', '"')
        self.words = voice.text(speech.words)
        self.off_screen = speech.off_screen
        self.verb, self.manner = "says", ""
        if speech.manner:
            said = vocabulary().manners.get(speech.manner.plain.strip().casefold())
            if said and not speech.off_screen:
                self.verb = voice.words.put(said, speech.manner.span)
            else:
                self.manner = voice.text(speech.manner)
        language = speech.language
        self.language = voice.words.put(str(language.value), language.span) if language else ""
        self.speaker = self.voice = ""
        if speech.speaker is not None:
            self.voice = voice.sound(speech.speaker, speech.speaker_span)
            self.speaker = voice.introduce(speech.speaker, speech.speaker_span)


class Line(View):
    """A line of prose or of text seen on screen."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        self.text = text


class ShotView(View):
    """A SHOT or COVERAGE for a template.

    Attributes:
        order: The names of the parts in the order the target wants them.
        transition: The transition into it, ``""`` where none is said in the prompt.
        flows: Whether the transition runs on into the camera words (*cut to a medium shot*).
        framing: The shot the camera phrases ask for (*a low-angle shot*), for the layered form.
        article: The article of the first camera phrase, or ``""``.
        camera: The camera phrases.
        subjects: Who and what is seen, for the lead sentence of the layered form; empty where
            the framing says it.
        body: `Line` and `Said` in the order written.
        environment: Where and when.
        lighting: The light.
        lit: Whether the light's own words say that they are about light.
        mood: The mood.
        style: The style.
        sound: What is heard.
        music: The music.
        silent_sound: Whether the sound's own words say that there is none.
        silent_music: Whether the music's own words say that there is none.
        motion: The video whose camera movement is followed, or ``""``.
        movement: That movement in words, where the video itself cannot be sent.
        roles: What each unmentioned reference is for.
        described: What those that are only put into words are for.
        closing: The transition that ends the film, or ``""``.
        layered: Whether it is worded in paragraphs: the target's prompts may be, it stands alone
            in its request, and action, camera, environment and mood are all given.
    """

    __slots__ = (
        "article",
        "body",
        "camera",
        "closing",
        "described",
        "environment",
        "flows",
        "framing",
        "layered",
        "lighting",
        "lit",
        "mood",
        "motion",
        "movement",
        "music",
        "order",
        "roles",
        "silent_music",
        "silent_sound",
        "sound",
        "style",
        "subjects",
        "transition",
    )

    def __init__(
        self,
        unit: Shot | Coverage,
        generation: Generation,
        voice: Voice,
        opening: Link | None,
        closing: Link | None,
    ) -> None:
        wanted = tuple(generation.target.data.get("order", PARTS))
        self.order = wanted + tuple(part for part in PARTS if part not in wanted)
        self.article = (unit.camera[0].phrase.article or "") if unit.camera else ""
        self.transition, open_ended = _transition(opening, voice)
        self.flows = bool(open_ended and self.article)
        if open_ended and not self.flows and opening is not None:
            self.transition = voice.words.put(opening.words, opening.text.span)
        self.layered = _layered(unit, generation)
        # The lead is read first, so it introduces who is in it.
        self.framing, self.subjects = _lead(unit, voice) if self.layered else ("", [])
        self._say(unit, generation, voice)
        self.roles, self.described = roles(unit.using, generation, voice)
        if isinstance(unit, Coverage) and unit.image is not None:
            self.roles += _unsaid_picture(unit, unit.image, generation, voice)
        self.motion, self.movement = _motion(unit, generation, voice)
        self.silent_music = says_none(unit.texts["music"])
        self.silent_sound = says_none(unit.texts["sound"])
        self.lit = _lit(unit)
        self.closing = voice.text(closing.text) if closing else ""

    def _say(self, unit: Shot | Coverage, generation: Generation, voice: Voice) -> None:
        """Put the parts into words in the order they are read: who comes first is introduced."""
        silent = silenced(unit, generation)
        self.lighting = self.mood = self.style = self.sound = self.music = ""
        for part in self.order:
            if part == "camera":
                self.camera = [voice.text(camera.text) for camera in unit.camera]
            elif part == "action":
                self.body = body(unit, voice)
            elif part == "environment":
                self.environment = environment(unit, voice)
            elif part not in silent:
                setattr(self, part, joined(unit.texts[part], voice))


class EditView(View):
    """An EDIT for a template.

    Attributes:
        keep: What stays, ``["everything else"]`` where the script does not say.
        changes: The changes in the writer's words.
        camera: The camera phrases.
        source: The video that is edited.
        motion: The video whose camera movement is taken over, or ``""``.
        movement: That movement in words, where the video itself cannot be sent.
        roles: What each unmentioned reference is for.
        described: What those that are only put into words are for.
        lines: Spoken lines and text on screen.
        texts: The block's own style, light, mood and sound, each a text.
    """

    __slots__ = (
        "camera",
        "changes",
        "described",
        "keep",
        "lines",
        "motion",
        "movement",
        "roles",
        "source",
        "texts",
    )

    def __init__(self, unit: Edit, generation: Generation, voice: Voice) -> None:
        self.source = voice.call(unit.source, unit.source_span)
        self.keep = ["everything else"]
        if unit.keep is not None:
            self.keep = [voice.text(part) for part in unit.keep.parts]
        self.changes = [voice.text(change.text) for change in unit.changes]
        self.camera = [voice.text(camera.text) for camera in unit.camera]
        self.motion, self.movement = _motion(unit, generation, voice)
        self.roles, self.described = roles(unit.using, generation, voice)
        self.lines = [item for item in body(unit, voice) if item.kind != "prose"]
        self.texts = own_texts(unit, voice)


class AngleView(View):
    """An ANGLE ON for a template.

    Attributes:
        source: The video it starts from.
        lead: The term asked for with its article, or ``""``.
        terms: The other terms; beside a pasted request those that it does not name.
        joined: Prose that continues the sentence, each with the mark that joins it.
        request: The prose that is the whole request where there are no terms, or ``""``.
        sentences: Further prose.
        keep: Members of *Keep the same …*.
        keep_source: Members that name the source themselves, and all the rest.
        motion: The video whose camera movement is followed, or ``""``.
        movement: That movement in words, where the video itself cannot be sent.
        roles: What each unmentioned reference is for.
        described: What those that are only put into words are for.
        lines: Spoken lines and text on screen.
        texts: The block's own style, light, mood and sound, each a text.
    """

    __slots__ = (
        "described",
        "joined",
        "keep",
        "keep_source",
        "lead",
        "lines",
        "motion",
        "movement",
        "request",
        "roles",
        "sentences",
        "source",
        "terms",
        "texts",
    )

    def __init__(self, unit: Angle, generation: Generation, voice: Voice) -> None:
        self.source = voice.call(unit.source, unit.source_span)
        self.lead, self.terms = _request(unit.camera, voice)
        self.request = ""
        self.joined = ""
        self.sentences: list[str] = []
        if unit.request is not None:
            self.lead, self.request = "", voice.text(unit.request)
            asked = unit.request.plain.casefold()
            more = [c.text for c in unit.camera if c.text.plain.casefold() not in asked]
            self.terms = [voice.text(text) for text in more]
        for position, text in enumerate(unit.prose()):
            self._prose(text, position, voice)
        self.keep: list[str] = []
        self.keep_source: list[str] = []
        for part in unit.keep.parts if unit.keep else ():
            names_source = any(m.entity is unit.source for m in part.mentions())
            if part.plain.casefold() in {"everything", "everything else"}:
                rest = voice.words.put("everything else unchanged", part.span)
                self.keep_source.append(rest)
            elif names_source:
                self.keep_source.append(("" if _determined(part) else "the ") + voice.text(part))
            else:
                self.keep.append(voice.text(part))
        self.motion, self.movement = _motion(unit, generation, voice)
        self.roles, self.described = roles(unit.using, generation, voice)
        self.lines = [item for item in body(unit, voice, prose=False) if item.kind != "prose"]
        self.texts = own_texts(unit, voice)
        if not (self.lead or self.terms or self.request or self.joined):
            self.lead = "a new shot"

    def _prose(self, text: Text, position: int, voice: Voice) -> None:
        plain = text.plain
        if position == 0 and not (self.lead or self.terms or self.request):
            self.request = voice.text(text)
        elif position == 0 and plain[:1].islower():
            word = plain.split(maxsplit=1)[0].rstrip(",").casefold()
            self.joined = (" " if word in _JOINS else ", ") + voice.text(text)
        else:
            self.sentences.append(voice.text(text, opens=True))


def _lit(unit: Unit) -> bool:
    lines = unit.texts["lighting"]
    return any(hint in text.plain.casefold() for text in lines for hint in _LIGHT)


def _layered(unit: Shot | Coverage, generation: Generation) -> bool:
    if not generation.target.data.get("layered") or len(generation.units) > 1:
        return False
    somewhere = unit.setting is not None or unit.texts["environment"]
    return bool(unit.camera and somewhere and unit.texts["mood"] and unit.prose())


def _lead(unit: Shot | Coverage, voice: Voice) -> tuple[str, list[str]]:
    """Return a shot and who it is *of*: *a low-angle shot*, Anna.

    A move, a lens or words nobody knows are no shot of anybody, and a phrase that goes on behind
    its noun (*a close-up of Anna*, *a medium shot while rain falls*) says itself what is seen.
    """
    for camera in unit.camera:
        head, plain = camera.phrase.head, camera.text.plain
        if head is None or head.category not in _FRAMINGS or camera.phrase.sequence:
            continue
        if plain.endswith((" angle", " level")):
            shot = "-".join(plain.rsplit(" ", 1)) + " shot"
            shot = f"{article_before(plain)} {voice.words.put(shot, camera.span)}"
            return shot, _seen(unit, voice)
        if camera.phrase.article:
            shot = f"{camera.phrase.article} {voice.text(camera.text)}"
            return shot, _seen(unit, voice) if plain.endswith(head.phrase) else []
    return "a shot", _seen(unit, voice)


def _seen(unit: Shot | Coverage, voice: Voice) -> list[str]:
    """Return who or what the shot is of: what acts in it, else where it plays."""
    mentioned = dict.fromkeys(m.entity for text in unit.prose() for m in text.mentions())
    acting = [e for e in mentioned if e.is_element and e.kind not in {"wardrobe", "place"}]
    return [voice.introduce(entity) for entity in (acting or [*mentioned][:1])[:3]]


def _transition(link: Link | None, voice: Voice) -> tuple[str, bool]:
    """Return a transition and whether it ends in *to* or *into*, so that the shot runs on."""
    if link is None:
        return "", False
    return voice.text(link.text), link.open_ended


def _determined(text: Text) -> bool:
    first = text.plain.split(maxsplit=1)[:1]
    return bool(first) and (first[0][0] == "@" or first[0].casefold() in _DETERMINERS)


def joined(lines: list[Text], voice: Voice) -> str:
    """Join lines of a field: with a comma, or with a blank behind a finished sentence."""
    out = ""
    before = ""
    for text in lines:
        said = voice.text(text)
        if out:
            if _is_sentence(text):
                # Prose between the lines of a field does not run on behind a comma.
                out, said = closed(out), f" {said}"
            else:
                said = f" {capital(said)}" if before.endswith(_SENTENCE_END) else f", {said}"
                said = said[1:] if before.endswith(_COMMAS) else said
        out += said
        before = text.plain.rstrip()
    return out


def _is_sentence(text: Text) -> bool:
    plain = text.plain.strip()
    return plain[:1].isupper() and plain.endswith(_SENTENCE_END)


def environment(unit: Shot | Coverage, voice: Voice) -> str:
    """Return where and when a shot plays: the scene heading, then the environment's lines."""
    scene = unit.setting
    head: list[str] = []
    if scene is not None:
        if scene.setting:
            head.append(voice.words.put(scene.setting, scene.span))
        head += [voice.text(part) for part in (scene.place, scene.time) if part]
    lines = unit.texts["environment"]
    rest = joined(lines, voice)
    if head and rest and _is_sentence(lines[0]):
        # Prose under a scene heading is a sentence of its own.
        return f"{closed(', '.join(head))} {capital(rest)}"
    return ", ".join([*head, rest] if rest else head)


def body(unit: Unit, voice: Voice, *, prose: bool = True) -> list[Line | Said]:
    """Return prose, speech and on-screen text in the order written."""
    out: list[Line | Said] = []
    for item in unit.body:
        if isinstance(item, Speech):
            out.append(Said(item, voice))
        elif isinstance(item, Super):
            out.append(Line("super", voice.text(item.words)))
        elif prose:
            out.append(Line("prose", voice.text(item, opens=True)))
    return out


def _motion(unit: Unit, generation: Generation, voice: Voice) -> tuple[str, str]:
    """Return how a motion reference is called, and its movement in words where it is not sent."""
    if unit.motion is None:
        return "", ""
    entity = unit.motion.entity
    if any(slot.motion for slot in generation.slots if slot.entity is entity):
        return voice.call(entity, unit.motion.span), ""
    if entity.description is None:
        return "", ""
    return "", voice.words.put(words_of(entity.description), unit.motion.span)


def own_texts(unit: Unit, voice: Voice) -> list[str]:
    """Return the text fields an EDIT or ANGLE states itself, one text each."""
    labels = {"environment": "", "lighting": "" if _lit(unit) else "lighting: "}
    out: list[str] = []
    for name in ("environment", "lighting", "mood", "style", "sound", "music"):
        text = joined(unit.texts[name], voice)
        if text:
            out.append(labels.get(name, f"{name}: ") + text)
    return out


def roles(using: list[Use], generation: Generation, voice: Voice) -> tuple[list[str], list[str]]:
    """Return *@Image1 for the face* for each reference that takes part unmentioned.

    Those the payload does not carry come second, as *the face: a man with grey hair*.
    """
    carried: list[str] = []
    described: list[str] = []
    for use in using:
        slot = generation.slot(use.entity)
        name = voice.all_of(use.entity, use.span)
        role = voice.text(use.role) if use.role else ROLES[use.entity.kind]
        if slot is None or slot.form == "described":
            described.append(f"{role}: {name}")
        else:
            carried.append(f"{name} for {role}")
    return carried, described


def _unsaid_picture(
    unit: Coverage, image: Entity, generation: Generation, voice: Voice
) -> list[str]:
    """Return the picture a COVERAGE starts from, where its words do not point at it."""
    slot = generation.slot(image)
    said = any(m.entity is image for text in unit.prose() for m in text.mentions())
    if said or slot is None or slot.token is None or slot.frame:
        return []
    return [f"{voice.all_of(image, unit.image_span)} for the subject"]


def _request(camera: list[Camera], voice: Voice) -> tuple[str, list[str]]:
    """Return the leading term with its article and the other terms, in order."""
    lead = next((c for c in camera if c.phrase.article is not None), None)
    if lead is None:
        return ("a new shot" if camera else ""), [voice.text(c.text) for c in camera]
    others = [voice.text(c.text) for c in camera if c is not lead]
    return f"{lead.phrase.article} {voice.text(lead.text)}".strip(), others
