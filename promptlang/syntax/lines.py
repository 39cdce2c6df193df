"""The insides of the plain lines: prose, comments, transitions, dialogue and fields."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING

from promptlang.diagnostics import did_you_mean
from promptlang.syntax import ast, problems
from promptlang.syntax.chars import BLANK, CLOSERS, NAME, skip
from promptlang.syntax.declarations import open_quote
from promptlang.syntax.inline import quoted, quotes, scan, visible
from promptlang.syntax.keys import ALIASES, KEYS, KINDS
from promptlang.syntax.mistakes import PROSE_HINT, Mended, Misfit, report, shown
from promptlang.syntax.near import near_miss
from promptlang.syntax.patterns import Pattern
from promptlang.syntax.spelling import closest
from promptlang.syntax.swallowed import swallowed

if TYPE_CHECKING:
    from promptlang.syntax.ast import Line, Mistake

_B = f"[{BLANK}]*"
_MANNER = rf"[(（](?P<manner>[^)）]*)[)）]{_B}"
_MANNERS = rf"[(（](?P<manner>[^)）]*(?:[)）]{_B}[(（][^)）]*)*)[)）]{_B}"
_DIALOGUE = Pattern(rf"[@＠](?P<name>{NAME}){_B}(?:{_MANNERS})?[:：]{_B}")
_FIELD = Pattern(rf"(?P<plus>[+＋])?{_B}(?P<key>[A-Za-z0-9_-]+){_B}(?:{_MANNER})?[:：]{_B}")
_PROVIDER = Pattern(rf"(?P<provider>[a-z][a-z0-9_-]+)\.(?P<path>[A-Za-z0-9_.]+){_B}[:：]{_B}")
_ONLY_PARAMETERS = Pattern(rf"(?:\{{{NAME}\}}{_B})+")
_KIND_WORD = Pattern(rf"({'|'.join(KINDS)})(?=[{BLANK}:：\"“„«「『]|$)", re.IGNORECASE)


def blank(text: str, found: list[Mistake]) -> Line:
    """Read an empty line."""
    return ast.Blank(text)


def comment(text: str, found: list[Mistake]) -> Line:
    """Read a line of comment."""
    line = ast.Comment(text)
    body = text.rstrip()
    start = len(body) - len(body.lstrip())
    line.comment = ast.Word(start, len(body), "#" + body[start + 1 :])
    return line


_SUSPECT = frozenset('"”“»」』')


def plain_prose(text: str, found: list[Mistake]) -> Line:
    """Read prose that can be nothing else."""
    stripped = text.rstrip()
    body = stripped.lstrip()
    start = len(stripped) - len(body)
    if "#" not in body and "＃" not in body:
        return ast.Prose(text, scan(body, start, line=text))
    start, end, note = visible(text)
    line = ast.Prose(text, scan(text[start:end], start, line=text))
    line.comment = note
    return line


def ref_prose(text: str, found: list[Mistake]) -> Line:
    """Read prose that begins with a ref: at most it lacks a mark of a declaration or a cue."""
    if '"' in text or ":" in text or not text.isascii():
        return prose(text, found)
    return plain_prose(text, found)


def prose(text: str, found: list[Mistake]) -> Line:
    """Read a line of prose, which may be a near miss of something else."""
    stripped = text.rstrip()
    body = stripped.lstrip()
    start = len(stripped) - len(body)
    note = None
    if "#" in body or "＃" in body:
        start, end, note = visible(text)
        body = text[start:end]
    line: Line | None = None
    # Near misses hold one of these; most prose holds none.
    if body[-1:] in _SUSPECT or ":" in body or "=" in body or not body.isascii() or body.isupper():
        line = near_miss(text, body, start, found)
    if line is None and body and (meant := swallowed(body, start)):
        line = meant[0].junk(found, text, meant[1])
    if line is None:
        line = ast.Prose(text, scan(body, start, line=text))
        if not _foreign_comment(line, body, start, found) and (":" in body or "：" in body):
            _looks_like_field(line, body, start, found)
    line.comment = note
    return line


def escaped(text: str, found: list[Mistake]) -> Line:
    r"""Read a line of prose that begins with a backslash."""
    start, end, note = visible(text)
    body = scan(text[start:end], start, line=text)
    # Before a mark the backslash makes that mark literal; before anything else it says no more
    # than that the line is prose, which an empty escape records.
    if not body.marks or body.marks[0].start != start:
        marks = (ast.Escape(start, start + 1, ""), *body.marks)
        body = ast.Text(start, end, text, marks)
    line = ast.Prose(text, body, escaped=True)
    line.comment = note
    return line


def transition(text: str, found: list[Mistake]) -> Line:
    """Read a transition."""
    start, end, note = visible(text)
    at = skip(text, start + 1)
    line: Line
    body = text[at:end]
    if (quote := quoted(text, at, end, refs=True)) and quote.end == end:
        line = ast.Transition(text, quote.text, quoted=True)
        line.comment = note
        return line
    # ``> CUT TO:`` and ``> FADE OUT.`` are how screenplays close a transition.
    size = len(body)
    while size and (body[size - 1] in ":：." or body[size - 1].isspace()):
        size -= 1
    body = body[:size]
    if body:
        line = ast.Transition(text, scan(body, at, line=text))
    else:
        misfit = Misfit(
            problems.EMPTY_TRANSITION,
            start,
            end,
            "no transition follows the >",
            hint=f"write one, such as > hard cut, or {PROSE_HINT}",
            mend=Mended("remove the line", 0, len(text), "", safe=False),
        )
        line = misfit.junk(found, text, "transition")
    line.comment = note
    return line


def dialogue(text: str, found: list[Mistake]) -> Line:
    """Read what somebody says."""
    start, end, note = visible(text)
    match = _DIALOGUE.on(text).match(text, start, end)
    if match is None:
        # The grammar guesses names generously; behind a punctuation mark it is prose after all.
        return prose(text, found)
    line: Line
    try:
        speaker = ast.Ref(start, match.end("name"), intern(match["name"]))
        speech = _speech(text, match.end(), end, match["name"])
        line = ast.Dialogue(text, speaker, _manner(match), speech)
    except Misfit as misfit:
        # Whoever declares with a colon means the name to be known; that is one mistake, not two.
        declares = misfit.mend is not None and misfit.mend.text == " = "
        meant, names = ("declaration", (match["name"],)) if declares else ("dialogue", ())
        line = misfit.junk(found, text, meant, names)
    line.comment = note
    return line


def field(text: str, found: list[Mistake]) -> Line:
    """Read a setting or field with a known key."""
    start, end, note = visible(text)
    match = _FIELD.on(text).match(text, start, end)
    if match is None:
        # ``voiceover (low # see below): …``: the comment takes the colon along.
        return prose(text, found)
    plus, written, manner = match.groups()
    name = written if written in KEYS else written.lower()
    key = KEYS[name]
    at = match.end()
    raw = text[at:end]
    value = scan(raw, at, refs=key.refs, params=name != "note", line=text)
    word = ast.Word(match.start(2), match.end(2), key.name)
    line: Line = ast.Field(text, word, value, add=plus is not None)
    if manner is not None:
        line = ast.Field(text, word, value, add=plus is not None, manner=_manner(match))
    line.comment = note
    if not raw:
        report(
            found,
            line,
            problems.EMPTY_FIELD,
            word.start,
            end,
            f"{shown(name)} has no value",
            hint="write one, or none to clear what is inherited",
            mend=Mended("remove the line", 0, len(text), "", safe=False),
        )
    elif key.quoted and (misfit := _quotes_missing(text, at, end, name)):
        line = misfit.junk(found, text, "field")
        line.comment = note
    return line


def provider_field(text: str, found: list[Mistake]) -> Line:
    """Read a field that goes to one provider as it is."""
    start, end, note = visible(text)
    match = _PROVIDER.on(text).match(text, start, end)
    assert match is not None  # no comment can begin before the colon
    at = match.end()
    line = ast.ProviderField(
        text,
        ast.Word(*match.span("provider"), match["provider"]),
        ast.Word(*match.span("path"), match["path"]),
        scan(text[at:end], at, refs=False, line=text),
    )
    line.comment = note
    if at >= end:
        name = f"{match['provider']}.{match['path']}"
        report(
            found,
            line,
            problems.EMPTY_FIELD,
            start,
            end,
            f"{shown(name)} has no value",
            hint="write one",
            mend=Mended("remove the line", 0, len(text), "", safe=False),
        )
    return line


def unknown_field(text: str, found: list[Mistake]) -> Line:
    """Read a line that begins like a field and has no key there is."""
    start, end, note = visible(text)
    match = _FIELD.on(text).match(text, start, end)
    assert match is not None  # no comment can begin before the colon
    written, (at, until) = match["key"], match.span("key")
    better = meant_key(written)
    hint = f"the keys are {', '.join(sorted(KEYS))}; or {PROSE_HINT}"
    mend = None
    if better:
        hint = f"{did_you_mean([better])} or {PROSE_HINT}"
        mend = Mended(f'write "{better}"', at, until, better)
    misfit = Misfit(
        problems.UNKNOWN_KEY, at, until, f"{shown(written)} is no key", hint=hint, mend=mend
    )
    line = misfit.junk(found, text, "field")
    line.comment = note
    return line


@lru_cache(maxsize=256)
def meant_key(written: str) -> str | None:
    """Return the key somebody meant, or None."""
    word = written.lower().replace("-", "").replace("_", "")
    return word if word in KEYS else ALIASES.get(word) or closest(word, KEYS)


def _manner(match: re.Match[str]) -> ast.Text | None:
    inner = match["manner"]
    if inner is None or not inner.strip():
        return None
    raw = inner.strip()
    at = match.start("manner") + len(inner) - len(inner.lstrip())
    return scan(raw, at, line=match.string)


def _speech(text: str, at: int, end: int, name: str) -> ast.Quoted:
    speech = quoted(text, at, end)
    if speech is not None and speech.end == end:
        return speech
    rest = text[at:end]
    hint = f'write @{name}: "…", or {PROSE_HINT}'
    mend: Mended | None
    if not rest:
        raise Misfit(problems.BAD_DIALOGUE, at - 1, at, "nothing is said", hint=hint)
    if speech is not None:
        marks = quotes(rest)
        more = len(marks) > 1
        message = (
            "dialogue has more than one quoted string"
            if more
            else f"{shown(text[speech.end : end])} comes after the quoted string"
        )
        mend = Mended("remove it", speech.end, end, "", safe=False)
        if more:
            cue = f"\n{text[:at]}"
            cues = "".join(f"{cue}{rest[start:stop]}" for start, stop in marks[1:])
            mend = Mended("make each a line of its own", speech.end, end, cues, safe=False)
        raise Misfit(
            problems.BAD_DIALOGUE, skip(text, speech.end), end, message, hint=hint, mend=mend
        )
    if rest[0] in CLOSERS:
        raise open_quote(problems.BAD_DIALOGUE, text, at, end)
    if word := _KIND_WORD.on(rest).match(rest):
        mend = Mended("make it a declaration", text.rindex(name, 0, at) + len(name), at, " = ")
        hint = f"a declaration has an =: @{name} = {word[1].lower()} …"
    elif not any(mark in rest for mark in '"“”„«»「」『』'):
        mend = Mended("put the words in quotes", at, end, f'"{rest}"', safe=False)
    elif manner := _words_before_quote(text, at, end, name):
        mend = manner
    elif rest[-1] == '"' and rest.count('"') == 1:
        mend = Mended("open the quote", at, at, '"', safe=False)
    else:
        mend = None
    raise Misfit(
        problems.BAD_DIALOGUE,
        at,
        end,
        f"{shown(rest)} is not one quoted string",
        hint=hint,
        mend=mend,
    )


def _words_before_quote(text: str, at: int, end: int, name: str) -> Mended | None:
    """``@Host: softly "…"``: the words in front say how it is said."""
    marks = quotes(text, at, end)
    behind = text.rindex(name, 0, at) + len(name)
    if len(marks) != 1 or marks[0][1] != end or text[behind:at].strip() not in {":", "："}:
        return None
    words = text[at : marks[0][0]].strip(" ,:：，")
    if not words or any(mark in words for mark in "()（）"):
        return None
    return Mended("put the words in brackets", behind, marks[0][0], f" ({words}): ", safe=False)


def _quotes_missing(text: str, at: int, end: int, name: str) -> Misfit | None:
    quote = quoted(text, at, end)
    raw = text[at:end]
    if (quote is not None and quote.end == end) or _ONLY_PARAMETERS.on(raw).fullmatch(raw):
        return None
    if raw.lower() == "none":
        return None
    if raw[0] in CLOSERS and quote is None:
        return open_quote(problems.NOT_QUOTED, text, at, end)
    plain = not any(mark in raw for mark in '"“”„«»「」『』')
    return Misfit(
        problems.NOT_QUOTED,
        at,
        end,
        f"{shown(raw)} is not one quoted string",
        hint=f'write {name}: "…"',
        mend=Mended("put the words in quotes", at, end, f'"{raw}"') if plain else None,
    )


_CAPITAL_WORD = Pattern(r"([A-Z][A-Za-z]*(?:[-_][A-Za-z]+)?)[:：]")


_COMMENTS = {"//": "", "/*": "*/", "[[": "]]", "<!--": "-->"}
"""How a comment begins and ends elsewhere."""


def _foreign_comment(line: Line, body: str, start: int, found: list[Mistake]) -> bool:
    opener = next((mark for mark in _COMMENTS if body.startswith(mark)), None)
    if opener is None:
        return False
    words = body.removeprefix(opener).removesuffix(_COMMENTS[opener]).strip()
    report(
        found,
        line,
        problems.FOREIGN_COMMENT,
        start,
        start + len(body),
        f"{shown(body)} is no comment, so it goes into the prompt",
        hint=f"write {shown('# ' + words)}, or {PROSE_HINT}",
        mend=Mended("make it a comment", start, start + len(body), f"# {words}", safe=False),
    )
    return True


def _looks_like_field(line: Line, body: str, start: int, found: list[Mistake]) -> None:
    match = _CAPITAL_WORD.on(body).match(body)
    if match is None or not (better := meant_key(match[1])):
        return
    end = start + match.end(1)
    report(
        found,
        line,
        problems.LOOKS_LIKE_FIELD,
        start,
        end,
        f"{shown(match[1])} is no key, so the line is prose",
        hint=f'write "{better}:" if it is a field',
        mend=Mended(f'write "{better}"', start, end, better, safe=False),
    )
