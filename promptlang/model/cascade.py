"""What a block inherits: header, then scene, then the block's own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import removal
from promptlang.model import problems, values
from promptlang.model.entities import Run, Text
from promptlang.model.provider_fields import read_field
from promptlang.model.storyboard import CASCADE, Settings, Value
from promptlang.model.texts import join, members
from promptlang.syntax import ast
from promptlang.vocabulary.load import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from promptlang.model.reading import Ledger, Reader
    from promptlang.model.storyboard import Scene
    from promptlang.source import Span

HEADER_ONLY = ("aspect", "duration", "language", "resolution", "title")
"""Settings that stand in the header alone."""

SETTINGS = ("audio", "cfg", "seed", "takes")
"""Generation settings that header, scene and block may state."""

_TEXTS = frozenset({*CASCADE, "negative"})

Entry = tuple[Text, bool, bool]
"""A line of a text field: what stands behind the colon, whether it adds to what is inherited, and
whether it is the word that clears the field."""


class Level:
    """The cascading lines of one header, scene or block.

    Attributes:
        kind: ``header``, ``scene`` or ``block``.
        texts: The lines of each text field in order; prose of a scene counts as environment.
        settings: What is stated once; None where ``none`` switches it off.
        targets: The target ids, None where no ``target`` line stands.
        fields: Provider fields.
        places: Where settings are switched off.
    """

    __slots__ = ("_stated", "fields", "kind", "places", "settings", "targets", "texts")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.texts: dict[str, list[Entry]] = {}
        self.settings: dict[str, Value | None] = {}
        self.targets: list[Value] | None = None
        self.fields: dict[tuple[str, str], Value] = {}
        self.places: dict[str, Span] = {}
        self._stated: set[object] = set()

    def take(self, line: ast.Line, reader: Reader) -> bool:
        """Read a line if it is one that cascades; return whether it was."""
        if not isinstance(line, ast.Field):
            if isinstance(line, ast.ProviderField):
                self._field(line, reader)
                return True
            return False
        key = line.key.text
        if key in _TEXTS:
            text = reader.text(line, line.value)
            if text.plain:
                entry = text, line.add, values.is_none(text)
                if key in self.texts:
                    self.texts[key].append(entry)
                else:
                    self.texts[key] = [entry]
        elif key == "target":
            self._target(line, reader)
        elif key in SETTINGS or (key in HEADER_ONLY and self.kind == "header"):
            self._setting(key, line, reader)
        else:
            return False
        return True

    def add_prose(self, text: Text) -> None:
        """Take prose under a scene heading: it describes the place."""
        self.texts.setdefault("environment", []).append((text, True, values.is_none(text)))

    def _setting(self, key: str, line: ast.Field, reader: Reader) -> None:
        # That it is stated twice was reported by the parser; the first one holds.
        if key in self._stated:
            return
        self._stated.add(key)
        if not reader.filled(line.value):
            return
        text = reader.text(line, line.value)
        if not text.plain.strip():
            return
        if values.is_none(text):
            self.settings[key] = None
            self.places[key] = text.span
            return
        if key in {"title", "language"}:
            text = values.unquoted(text)
        value = values.read(key, text)
        if isinstance(value, Value):
            self.settings[key] = value
        else:
            reader.report(value)

    def _target(self, line: ast.Field, reader: Reader) -> None:
        text = reader.text(line, line.value)
        if self.targets is None:
            self.targets = []
        if reader.filled(line.value) and not values.is_none(text):
            self.targets += values.targets(text)

    def _field(self, line: ast.ProviderField, reader: Reader) -> None:
        key = (line.provider.text, line.path.text)
        if key not in self._stated:
            self._stated.add(key)
            value = read_field(line, reader)
            if value is not None:
                self.fields[key] = value


class State:
    """What holds at one place of the script.

    Attributes:
        texts: The lines of each cascading text field.
        negative: Lines of what must not appear.
        settings: Settings.
        duration: The header's ``duration``, or None.
        heading: The scene whose heading opens the environment, or None.
    """

    __slots__ = ("_bare", "duration", "heading", "negative", "settings", "texts")

    def __init__(self) -> None:
        self.texts: dict[str, list[Text]] = {name: [] for name in CASCADE}
        self.negative: list[Text] = []
        self.settings = Settings()
        self.duration: Value | None = None
        self.heading: Scene | None = None
        self._bare: State | None = None

    def under(self, heading: Scene | None) -> State:
        """Return what holds below a scene heading, before the scene's own lines."""
        state = self._copy()
        state.heading = heading
        return state

    def bare(self) -> State:
        """Return what reaches an EDIT or ANGLE: no text but what must not appear."""
        if self._bare is None:
            self._bare = self._copy()
            self._bare.texts = {name: [] for name in CASCADE}
            self._bare.heading = None
        return self._bare

    def lower(self, level: Level, ledger: Ledger, *, include: bool = False) -> State:
        """Return what holds one level further down.

        Args:
            level: The lines of that level.
            ledger: Where ``none`` without anything to clear is reported.
            include: Whether ``self`` comes from included files, to which plain lines add.
        """
        stated = level.settings or level.fields or level.targets is not None
        if not (level.texts or stated):
            return self
        state = self._copy()
        for name, entries in level.texts.items():
            if name == "negative":
                state._lower_negative(entries, ledger)
            else:
                state._lower_text(name, entries, ledger, level.kind, include=include)
        if stated:
            state.settings = self._settings(level, ledger)
            if "duration" in level.settings:
                state.duration = level.settings["duration"]
        return state

    def _lower_text(
        self, name: str, entries: list[Entry], ledger: Ledger, kind: str, *, include: bool
    ) -> None:
        # A scene's heading and lines are one level: its lines never replace its heading.
        heading = self.heading if name == "environment" and kind == "block" else None
        inherited = self.texts[name]
        kept: list[Text] = []
        cleared = replaced = False
        for text, add, none in entries:
            if none:
                cleared = True
                continue
            kept.append(text)
            replaced = replaced or not (add or include)
        if cleared and not inherited and heading is None:
            _report_nothing(name, entries, ledger)
        if cleared or replaced:
            if heading is not None:
                self.heading = None
            elif len(kept) == len(inherited) == 1 and kept[0].plain == inherited[0].plain:
                ledger.restated.append(kept[0])
        elif inherited:
            kept = inherited + kept
        self.texts[name] = kept

    def _lower_negative(self, entries: list[Entry], ledger: Ledger) -> None:
        cleared = any(none for _, _, none in entries)
        if cleared and not self.negative:
            _report_nothing("negative", entries, ledger)
        inherited = [] if cleared else self.negative
        self.negative = inherited + [_expanded(text) for text, _, none in entries if not none]

    def _copy(self) -> State:
        # Lists and settings are replaced and never changed, so they can be shared.
        state = State.__new__(State)
        state._bare = None
        state.texts = dict(self.texts)
        state.negative = self.negative
        state.settings = self.settings
        state.duration = self.duration
        state.heading = self.heading
        return state

    def _settings(self, level: Level, ledger: Ledger) -> Settings:
        settings = self.settings.copy()
        for key, value in level.settings.items():
            if key in {"duration", "title"}:
                continue
            before = getattr(settings, key)
            if value is None:
                if before is None:
                    nothing_to_clear(key, level.places[key], ledger)
            elif level.kind != "header" and before is not None and before.value == value.value:
                ledger.restated.append(value)
            setattr(settings, key, value)
        if level.targets is not None:
            settings.targets = tuple(level.targets)
        if level.fields:
            settings.fields = {**settings.fields, **level.fields}
        return settings


def _report_nothing(name: str, entries: Sequence[Entry], ledger: Ledger) -> None:
    for text, _, none in entries:
        if none:
            nothing_to_clear(name, text.span, ledger)


def nothing_to_clear(name: str, span: Span, ledger: Ledger) -> None:
    """Warn of a ``none`` that switches nothing off."""
    ledger.report(
        problems.NOTHING_TO_CLEAR.at(
            span,
            f'"none" clears nothing, because no "{name}" reaches this place',
            hint=f'leave the line out, or say it in words, as in "{name}: no {name}"'
            if name in {"music", "sound"}
            else "leave the line out",
            fixes=[removal(span, safe=True)],
        )
    )


def _expanded(text: Text) -> Text:
    """Return a line of ``negative`` with ``standard`` written out."""
    if "standard" not in text.plain.casefold():
        return text
    found = list(members(text))
    if not any(member.plain.casefold() == "standard" for member in found):
        return text
    listed = ", ".join(vocabulary().negative_standard)
    return join(
        [
            Text((Run(listed, member.span),), member.span)
            if member.plain.casefold() == "standard"
            else member
            for member in found
        ],
        ", ",
    )
