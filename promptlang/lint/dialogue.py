"""What is said and heard: too much of it, by whom, and where it should stand."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Related, Severity
from promptlang.lint.camera import phrase_with
from promptlang.lint.craft import craft, pattern, words
from promptlang.lint.passages import words_of
from promptlang.lint.patterns import late
from promptlang.lint.rule import Rule
from promptlang.model.names import shown
from promptlang.model.storyboard import Super
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage
    from promptlang.model.storyboard import Speech, Unit


_LETTERS = (
    ("ja", late("[\u3040-\u30ff]")),
    ("zh", late("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ko", late("[\uac00-\ud7a3]")),
    ("th", late("[\u0e00-\u0e7f]")),
)
_SLACK = 1.15
"""How much faster than briskly somebody may speak before it is reported: figures are rough."""

_SPOKEN = late(r"[^\W_]")


def language_of(speech: Speech, unit: Unit) -> str:
    """Return the code of the language something is said in, ``""`` where nobody says."""
    language = speech.language or unit.settings.language
    if language is not None:
        # Mexican Spanish is as fast as Spanish.
        return vocabulary().language_codes.get(str(language.value).rsplit(" ", 1)[-1], "")
    return next((code for code, letters in _LETTERS if letters.search(speech.words.plain)), "")


def seconds_of(speech: Speech, unit: Unit) -> tuple[float, str]:
    """Return how long something takes to say at least, in seconds, and at what rate."""
    rates = craft("dialogue", "rates")
    rate = rates.get(language_of(speech, unit), rates["default"])
    plain = speech.words.plain
    if "characters" in rate:
        count, what = len(_SPOKEN.findall(plain)), "characters"
    else:
        count, what = len(plain.split()), "words"
    return count / rate[what], f"{rate[what]:g} {what} a second"


class SpeechTooLong(Rule):
    """What is said takes longer than the shot lasts.

    A model that makes speech hurries, or drops the end of the line. The figures are brisk: about
    three words a second in English, five or six characters in Chinese.

    Source: general practice of dubbing; the guides advise a short line a shot.

    **Example**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (3s): close-up, static
      @Host: "Tonight we follow the last lighthouse keeper of the northern coast on his way home."
    ```

    **Use instead**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (3s): close-up, static
      @Host: "Tonight, the last lighthouse keeper."
    ```
    """

    code = "PL720"
    severity = Severity.WARNING
    kinds = frozenset({"shot"})
    facts = frozenset({"has:speech"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the line that no longer fits."""
        if unit.length is None:
            return
        assert unit.seconds is not None
        lasts, needed = float(unit.length), 0.0
        for speech in unit.speeches():
            own, rate = seconds_of(speech, unit)
            needed += own
            if needed > lasts * _SLACK:
                sum = "this takes" if needed == own else "with the lines before it this takes"
                yield self.at(
                    speech.words.span,
                    f"{sum} about {needed:.1f} s at {rate}, the shot lasts {lasts:g} s",
                    hint="make the shot longer, the line shorter, or give it a shot of its own",
                    related=[Related("the length", unit.seconds.span)],
                )
                return


class SpeakerNotInFrame(Rule):
    """Somebody speaks whom the shot does not show.

    The model moves the lips of whoever is there. Show the speaker, or say that the voice comes
    from off screen.

    Source: the guides of models with speech: name the speaker in the shot.

    **Example**

    ```shot
    @Host  = character: a silver-haired presenter
    @Guest = character: a young physicist

    SHOT 1 (5s): close-up, static
      @Guest listens and nods.
      @Host: "And then it exploded?"
    ```

    **Use instead**

    ```shot
    @Host  = character: a silver-haired presenter
    @Guest = character: a young physicist

    SHOT 1 (5s): close-up, static
      @Guest listens and nods.
      @Host (off screen): "And then it exploded?"
    ```
    """

    code = "PL721"
    kinds = frozenset({"shot"})
    facts = frozenset({"has:speech"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a speaker where other people are shown by ref and this one is not."""
        shown = film.facts(unit)
        for speech in unit.speeches():
            speaker = speech.speaker
            if speaker is None or speaker.name in shown.entities:
                continue
            there = shown.people
            if not there or _is_off(speech):
                continue
            named = ", ".join(f'"@{entity.name}"' for entity in there)
            yield self.at(
                speech.speaker_span,
                f'"@{speaker.name}" speaks but is not in the shot, which shows {named}',
                hint="show who speaks, or write (off screen) after the name",
            )


def _is_off(speech: Speech) -> bool:
    manner = speech.manner
    return speech.off_screen or (manner is not None and _OFF.search(manner.plain) is not None)


def _on_screen(unit: Unit) -> Speech | None:
    """Return the first line of a block whose speaker is to be seen."""
    return next((speech for speech in unit.speeches() if not _is_off(speech)), None)


_OFF = late(r"\boff\b|\bo\.?\s?[sc]\.|\bv\.?o\b|\bphone\b|\bradio\b|\bloudspeaker\b", re.IGNORECASE)


class SpeechInWideShot(Rule):
    """Somebody speaks so far away that no lips are seen.

    In a very wide shot a face is a few pixels. Speak closer, or lay the line over the picture as a
    voice-over.

    Source: the vocabulary's sizes; coverage practice.

    **Example**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): extreme wide shot, static
      @Host stands on the cliff.
      @Host: "This is where it happened."
    ```

    **Use instead**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): extreme wide shot, static
      @Host stands on the cliff.
      voiceover: "This is where it happened."
    ```
    """

    code = "PL722"
    kinds = frozenset({"shot"})
    facts = frozenset({"extreme-wide", "very-wide"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a line on screen in a shot that stays very wide."""
        if any(term.id not in self.facts for term in film.facts(unit).of_axis("size")):
            return
        speech = _on_screen(unit)
        if speech is not None:
            yield self.at(
                speech.speaker_span,
                f"{shown(speech.speaker_span.text)} speaks so far away that no lips are seen",
                hint="come closer, or write voiceover",
                related=[Related("the size", phrase_with(unit, self.facts).span)],
            )


class SpeechInSlowMotion(Rule):
    """Somebody speaks while the picture is slowed down.

    The voice runs at its speed and the lips at theirs. Give the line a shot at normal speed, or
    lay it over the picture.

    Source: practice with models that make speech and picture together.

    **Example**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): medium shot, slow motion
      @Host: "Here we go."
    ```

    **Use instead**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): medium shot
      @Host: "Here we go."
    ```
    """

    code = "PL723"
    kinds = frozenset({"shot"})
    facts = frozenset({"slow-motion", "extreme-slow-motion", "fast-motion", "time-lapse"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report a line on screen beside a changed speed."""
        speech = _on_screen(unit)
        if speech is not None:
            camera = phrase_with(unit, self.facts)
            yield self.at(
                speech.span,
                f"in {shown(camera.span.text)} lips do not match a voice",
                hint="speak at normal speed, or write voiceover",
                related=[Related("the speed", camera.span)],
            )


class SpeechWithoutSound(Rule):
    """Something is said and the sound is switched off.

    With `audio: off` lips move and nothing is heard.

    Source: the interfaces take sound as a switch, and charge for it.

    **Example**

    ```shot
    audio: off

    @Host = character: a silver-haired presenter

    SHOT 1 (5s): medium shot, static
      @Host: "Here we go."
    ```

    **Use instead**

    ```shot
    audio: on

    @Host = character: a silver-haired presenter

    SHOT 1 (5s): medium shot, static
      @Host: "Here we go."
    ```
    """

    code = "PL724"
    severity = Severity.WARNING
    facts = frozenset({"has:speech"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the first line of a block without sound."""
        audio = unit.settings.audio
        if audio is not None and audio.value is False:
            yield self.at(
                unit.speeches()[0].span,
                "nobody will hear this: the sound is off",
                hint="write audio: on for this block, or remove the line",
                related=[Related("the setting", audio.span)],
            )


class ManySpeakers(Rule):
    """More than two people speak in one shot.

    Models keep two voices apart at most. The third line comes out of the wrong mouth.

    Source: the page of Kling O3 promises consistent voices for named speakers; two is what guides
    show.

    **Example**

    ```shot
    @Ann = character: a tall baker
    @Ben = character: a young waiter
    @Cat = character: an old guest

    SHOT 1 (9s): medium shot, static
      @Ann, @Ben and @Cat stand at the counter.
      @Ann: "Fresh bread."
      @Ben: "Two coffees."
      @Cat: "The bill."
    ```

    **Use instead**

    ```shot
    @Ann = character: a tall baker
    @Ben = character: a young waiter
    @Cat = character: an old guest

    SHOT 1 (6s): medium shot, static
      @Ann, @Ben and @Cat stand at the counter.
      @Ann: "Fresh bread."
      @Ben: "Two coffees."

    SHOT 2 (3s): close-up, static
      @Cat: "The bill."
    ```
    """

    code = "PL725"
    kinds = frozenset({"shot"})
    facts = frozenset({"has:speech"})
    _MOST = 2

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report the first line of the third speaker."""
        speakers: list[str] = []
        for speech in unit.speeches():
            if speech.speaker is None or speech.speaker.name in speakers:
                continue
            speakers.append(speech.speaker.name)
            if len(speakers) == self._MOST + 1:
                yield self.at(
                    speech.speaker_span,
                    f'"@{speech.speaker.name}" is the third to speak in one shot, a model '
                    "keeps two voices apart",
                    hint="give the line a shot of its own",
                )


class SpeechInProse(Rule):
    """Something is said in the prose.

    A cue of its own names the speaker, fills in a voice and language, and is never mixed up with
    what is seen.

    Source: screenplay form; the interfaces that take voices bind them to speakers.

    **Example**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): medium shot, static
      @Host says "Here we go."
    ```

    **Use instead**

    ```shot
    @Host = character: a silver-haired presenter

    SHOT 1 (5s): medium shot, static
      @Host: "Here we go."
    ```
    """

    code = "PL726"
    roles = frozenset({"prose"})

    def words(self) -> Iterable[str]:
        """Wait for verbs of speaking."""
        return words("dialogue", "says")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report such a verb between somebody with a name and a quote."""
        assert passage.unit is not None  # prose stands in a block
        if passage.unit.kind != "shot" or not passage.text.mentions():
            return
        for match in _quoted().finditer(passage.plain):
            yield self.at(
                passage.span(*match.span()),
                f'what "@{match["who"]}" says stands in the prose',
                hint=f'write a line of dialogue: @{match["who"]}: "…"',
            )


@cache
def _quoted() -> re.Pattern[str]:
    says = "|".join(words("dialogue", "says"))
    return re.compile(
        rf'@(?P<who>\w+)\s+(?:\w+ly\s+)?(?:{says})[^"“„«「@.]{{0,30}}["“„«「]', re.IGNORECASE
    )


class SoundInProse(Rule):
    """The prose tells of something heard.

    Sounds have a line of their own, `sound:`, which goes where a target takes sound and is left out
    where it makes none.

    Source: the word orders of the guides, which put sound last.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static
      A harbour at dawn, the sound of gulls.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static
      A harbour at dawn.
      sound: gulls
    ```
    """

    code = "PL727"

    def words(self) -> Iterable[str]:
        """Wait for words of hearing."""
        return words("dialogue", "heard", "phrases")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report them in what is seen."""
        for match in pattern("dialogue", "heard").finditer(passage.plain):
            before = passage.plain[max(0, match.start() - 20) : match.start()]
            if words_of(before)[-1:] in _REACTING:
                continue
            yield self.at(
                passage.span(*match.span()),
                f'"{match[0]}" is heard, and this line is about what is seen',
                hint="write it in a line of its own: sound: …",
            )


_REACTING = {("at",), ("feels",), ("feel",)}
"""What stands before a sound that somebody answers with what is seen."""


class SuperTooLong(Rule):
    """Nobody can read the text on screen in the time.

    Source: seventeen characters a second is the usual limit of subtitles.

    **Example**

    ```shot
    SHOT 1 (2s): wide shot, static
      A harbour at dawn.
      super: "Three weeks later, in a small fishing village on the northern coast"
    ```

    **Use instead**

    ```shot
    SHOT 1 (2s): wide shot, static
      A harbour at dawn.
      super: "Three weeks later"
    ```
    """

    code = "PL728"
    kinds = frozenset({"shot"})
    facts = frozenset({"has:super"})

    def unit(self, unit: Unit, film: Film) -> Iterator[Diagnostic]:
        """Report text that takes longer to read than the shot lasts."""
        if unit.length is None:
            return
        assert unit.seconds is not None
        lasts = float(unit.length)
        for part in unit.body:
            if isinstance(part, Super):
                rate = craft("dialogue", "reading")["characters"]
                needed = len(part.words.plain) / rate
                if needed > lasts:
                    yield self.at(
                        part.words.span,
                        f"this takes about {needed:.1f} s to read at {rate:g} characters a second, "
                        f"the shot lasts {lasts:g} s",
                        hint="make the text shorter or the shot longer",
                        related=[Related("the length", unit.seconds.span)],
                    )


RULES: tuple[Rule, ...] = (
    SpeechTooLong(),
    SpeakerNotInFrame(),
    SpeechInWideShot(),
    SpeechInSlowMotion(),
    SpeechWithoutSound(),
    ManySpeakers(),
    SpeechInProse(),
    SoundInProse(),
    SuperTooLong(),
)
