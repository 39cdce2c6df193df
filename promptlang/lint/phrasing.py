"""Words a model reads as what they are not: tags, requests, switches, denials, figures."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Severity
from promptlang.lint.craft import craft, pattern, telling, words
from promptlang.lint.passages import whole_line, words_of
from promptlang.lint.patterns import late
from promptlang.lint.repeats import repeats
from promptlang.lint.rule import Rule
from promptlang.lint.wording import SEEN
from promptlang.model.storyboard import Shot, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.lint.passages import Passage


class QualityTags(Rule):
    """A film uses a tag of picture models.

    *8k, masterpiece, highly detailed* sort pictures on a website. A video model gets its resolution
    from a setting and its look from the style.

    Fix: takes the tag out of a list.

    Source: the guides of Kling and Veo, which ask for sentences.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A lighthouse above breaking waves, masterpiece.
    ```

    **Use instead**

    ```shot
    resolution: 1080p

    SHOT 1 (4s): wide shot, static
      A lighthouse above breaking waves.
    ```
    """

    code = "PL804"
    roles = SEEN

    def words(self) -> Iterable[str]:
        """Wait for the tags."""
        return telling("wording", "quality")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report each tag; one behind a comma can be taken out with it."""
        for match in pattern("wording", "quality").finditer(passage.plain):
            before = passage.plain[: match.start()].rstrip()
            behind = passage.plain[match.end() :].lstrip()
            if not _is_tag(before, behind):
                continue
            start = len(before)
            listed = before.endswith(",")
            place = passage.span(start - 1, match.end()) if listed else None
            span = passage.span(*match.span())
            yield self.at(
                span,
                f'"{match[0]}" is a tag for image generators and shows nothing',
                hint="describe the look under style, or ask for pixels under resolution",
                fixes=[Fix(f'remove "{match[0]}"', [Edit(place, "")], safe=False)] if place else [],
            )


def _is_tag(before: str, behind: str) -> bool:
    """Whether a tag stands by itself or praises a picture: no 4K television, no room 8K."""
    previous, following = words_of(before[-20:])[-1:], words_of(behind[:20])[:1]
    tags = craft("wording", "quality")
    alone = before[-1:] in {"", *",.;:("} or not set(previous).isdisjoint(tags["before"])
    closed = behind[:1] in {"", *",.;:)"} or not set(following).isdisjoint(tags["behind"])
    return alone and closed


class ChatWords(Rule):
    """The script speaks to an assistant.

    A model that makes video films what it reads. *Please* and *generate a video of* are neither
    seen nor heard, and take room in a short prompt.

    Fix: removes them at the beginning of a sentence.

    Source: the guides of every video model, which begin with the subject or the camera.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      Generate a video of a lighthouse above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): wide shot, static
      A lighthouse above breaking waves.
    ```
    """

    code = "PL805"

    def words(self) -> Iterable[str]:
        """Wait for the first words of such phrases."""
        return telling("wording", "chat")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report one at the beginning of a text; in its middle somebody may speak like that."""
        match = pattern("wording", "chat").match(passage.plain)
        if match is None:
            return
        end = len(passage.plain) - len(passage.plain[match.end() :].lstrip(" ,"))
        rest = passage.plain[end : end + 1]
        span = passage.span(match.start(), match.end())
        fixes = []
        if rest:
            capital = Edit(passage.span(0, end + 1), rest.upper())
            fixes.append(Fix(f'remove "{match[0]}"', [capital], safe=False))
        yield self.at(
            span,
            f'"{match[0]}" is said to an assistant, but a video model films what it reads',
            hint="begin with what is seen",
            fixes=fixes,
        )


class ForeignSyntax(Rule):
    """The text holds the syntax of another tool.

    Switches such as `--ar 16:9`, weights such as `(rain:1.4)` and list marks belong to other tools.
    A video model reads them as words, and may write them on a wall.

    Source: questions in the forums of video platforms, where pasted prompts fail on them.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A lighthouse above breaking waves --ar 16:9
    ```

    **Use instead**

    ```shot
    aspect: 16:9

    SHOT 1 (4s): wide shot, static
      A lighthouse above breaking waves.
    ```
    """

    code = "PL806"
    severity = Severity.WARNING

    def words(self) -> Iterable[str]:
        """Wait for the marks of which all these hold one."""
        return ("--", ":", "- ", "* ", "• ")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report switches, weights and model names in angle brackets."""
        for mark, span in passage.find(_FOREIGN):
            yield self.at(
                span,
                f'"{mark}" is the syntax of another tool and would be read as words',
                hint="remove it; shape, seed and style are settings here",
            )


_FOREIGN = late(
    r"^[-*•](?= )|"
    r"(?<!\S)--(?:ar|v|style|stylize|seed|no|q|s|c|chaos|niji|cfg|neg|motion|camera)\b[^-\n]{0,20}"
    r"|\([^()\n:]{1,40}:\d(?:\.\d{1,2})?\)"
    r"|<(?:lora|hypernet):[^<>\n]{1,60}>"
    r"|(?<=\w)::-?\d(?:\.\d)?",
    re.IGNORECASE,
)


class NegationInProse(Rule):
    """The prose says what must not be seen.

    A model reads the noun and shows it: *no people* puts people into its mind. Say what is there
    instead, or name it under `negative`, which is sent apart where a target takes it.

    Source: the guide of Runway asks for positive wording only; issues of Seedance report the same.

    **Example**

    ```shot
    SHOT 1 (4s): wide shot, static
      A beach at dawn, no people.
    ```

    **Use instead**

    ```shot
    negative: people

    SHOT 1 (4s): wide shot, static
      A deserted beach at dawn.
    ```
    """

    code = "PL807"
    roles = SEEN

    def words(self) -> Iterable[str]:
        """Wait for the words that deny."""
        return ("no", "without", "don't", "don’t", "not", "avoid")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report a denial of something people usually do not want to see."""
        for denied, span in passage.find(_denial()):
            yield self.at(
                span,
                f'"{denied}" makes a model think of what it must not show',
                hint=f"say what is there instead{_or_negative(passage, film)}",
            )


def _or_negative(passage: Passage, film: Film) -> str:
    """Return where else a denial can go: nowhere, if no target of the block takes it."""
    targets = film.targets_of(passage.unit)
    takes = any("negative" in task.takes for target in targets for task in target.tasks.values())
    if takes or not targets:
        return ", or name it under negative"
    return f"; {targets[0].id} takes no negative prompt"


@cache
def _denial() -> re.Pattern[str]:
    unwanted = sorted(words("wording", "unwanted"), key=len, reverse=True)
    nouns = "|".join(re.escape(word) for word in unwanted)
    deny = r"no|without|avoid|do(?:n['’]t| not) (?:show|include|add)"
    # Words nobody says, and things named after one of these: background music, a text message.
    other = "between|check|left|messages?|music|noise|pass|skills?|spoken|story"
    return re.compile(
        rf"\b(?:{deny})\s+(?:any\s+)?(?:{nouns})\b(?!\s+(?:{other})\b)", re.IGNORECASE
    )


class UnquotedText(Rule):
    """Letters that are to be read have no quotes.

    In quotes a model knows where the text begins and ends, and that it is to be written as it is.

    Source: the guides of models that keep text in the picture.

    **Example**

    ```shot
    SHOT 1 (4s): close-up, static
      A neon sign that says open all night.
    ```

    **Use instead**

    ```shot
    SHOT 1 (4s): close-up, static
      A neon sign that says "open all night".
    ```
    """

    code = "PL811"

    def words(self) -> Iterable[str]:
        """Wait for verbs by which letters speak."""
        return ("says", "reads", "saying", "reading")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report a carrier of letters with its text unquoted."""
        for said, span in passage.find(_carried(), "said"):
            yield self.at(
                span,
                f'"{said}" is followed by words to be read, and they are not in quotes',
                hint='put what is to be read in quotes, as in a sign that says "open"',
            )


@cache
def _carried() -> re.Pattern[str]:
    carriers = "|".join(re.escape(word) for word in words("wording", "carriers"))
    quotes = "[\"“„«「『']"
    return re.compile(
        rf"\b(?:{carriers})\s+(?:(?:that|which)\s+)?(?P<said>says|reads|saying|reading)"
        rf":?\s+(?!{quotes}|(?:it all|nothing|so|otherwise)\b)(?=\w)",
        re.IGNORECASE,
    )


class TimeInProse(Rule):
    """The prose counts seconds.

    How long a shot lasts stands in its heading. Figures in the prose are read as words, and
    contradict the heading sooner or later.

    Source: the interfaces take the length as a field of its own.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static
      A lighthouse blinks for 3 seconds above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (3s): wide shot, static
      A lighthouse blinks above breaking waves.
    ```
    """

    code = "PL812"
    _FIGURES = late(
        r"\b(?:for|lasting|after)\s+\d+(?:[.,]\d+)?\s?(?:s|secs?|seconds?)\b"
        r"|\[\d{1,2}:\d\d(?:\s?[-–]\s?\d{1,2}:\d\d)?\]",
        re.IGNORECASE,
    )

    def words(self) -> Iterable[str]:
        """Wait for what stands before figures, and for the bracket of a time code."""
        return ("for", "lasting", "after", "[")

    def passage(self, passage: Passage, film: Film) -> Iterator[Diagnostic]:
        """Report lengths and time codes."""
        if not isinstance(passage.unit, Shot):
            return
        for figure, span in passage.find(self._FIGURES):
            yield self.at(
                span,
                f'"{figure}" is a length of time in the prose',
                hint="write the length in the heading, in brackets, and give each beat a shot",
            )


class RepeatedLine(Rule):
    """A line is written twice in one block.

    It is sent twice, and takes room the prompt may need.

    Fix: removes the second.

    Source: what copying and pasting leaves behind.

    **Example**

    ```shot
    SHOT 1 (5s): wide shot, static
      A lighthouse above breaking waves.
      A lighthouse above breaking waves.
    ```

    **Use instead**

    ```shot
    SHOT 1 (5s): wide shot, static
      A lighthouse above breaking waves.
    ```
    """

    code = "PL813"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report each line of prose that came before."""
        for unit in film.units:
            if len(unit.body) > 1:
                said = [part.plain.casefold() for part in unit.body if isinstance(part, Text)]
                if len(set(said)) < len(said):
                    for line, _ in repeats(zip(said, unit.prose(), strict=True)):
                        if len(line.plain.split()) > 2:
                            yield self._twice(line)

    def _twice(self, line: Text) -> Diagnostic:
        return self.at(
            line.span,
            f'"{line.plain}" stands twice in the block',
            hint="remove one",
            fixes=[Fix("remove the second", [Edit(whole_line(line.span), "")])],
        )


RULES: tuple[Rule, ...] = (
    QualityTags(),
    ChatWords(),
    ForeignSyntax(),
    NegationInProse(),
    UnquotedText(),
    TimeInProse(),
    RepeatedLine(),
)
