"""From plan to requests: lower, word, spell; every loss a diagnostic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from promptlang.diagnostics import Diagnostic, Loss, did_you_mean, ordered, replacement
from promptlang.emit import problems
from promptlang.emit.bounds import Bounds, Calls
from promptlang.emit.budget import bound, is_nearly_full, lengths
from promptlang.emit.losses import word_losses
from promptlang.providers.draft import ShotText
from promptlang.providers.registry import provider
from promptlang.providers.tokens import estimate
from promptlang.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from promptlang.diagnostics import Fix
    from promptlang.emit.lower import Lowered, Lowerer
    from promptlang.emit.result import Compilation, LossRecord, PromptText, Reference, Request
    from promptlang.emit.result import Stretch as Place
    from promptlang.emit.words import Prompt
    from promptlang.model.storyboard import Storyboard, Unit, Value
    from promptlang.plan.generation import Generation, Plan, Slot
    from promptlang.providers.base import Complaint


def check(
    storyboard: Storyboard, plan: Plan, *, makers: list[Generation] | None = None
) -> list[Diagnostic]:
    """Return what lowering finds; prompts are worded only where little room may be left.

    Args:
        storyboard: What the script means.
        plan: The generations for one target.
        makers: All generations whose output these may take, where targets share a script.
    """
    found: list[Diagnostic] = []
    lowerer: Lowerer | None = None
    alike: dict[int, tuple[Calls, bool]] = {}
    for generation in plan.generations:
        found += word_losses(generation, storyboard)
        # Requests that are alike share their slots.
        known = alike.get(id(generation.slots))
        if known is None:
            known = Calls(generation), _has_doubtful_element(generation.slots)
            alike[id(generation.slots)] = known
        calls, doubtful = known
        doubtful = doubtful or _has_own_fields(generation)
        if doubtful or _needs_wording(generation, calls):
            lowerer = lowerer or _lowerer(storyboard, plan, makers)
            lowered = lowerer.lower(generation)
            _, problems_found = _worded(lowered)
            found += problems_found
            if doubtful:
                found += _payload(lowered)[1]
    return ordered(found)


def emit(
    storyboard: Storyboard,
    plan: Plan,
    *,
    source_name: str,
    diagnostics: Iterable[Diagnostic] = (),
    makers: list[Generation] | None = None,
) -> Compilation:
    """Return the compilation of a planned storyboard.

    Args:
        storyboard: What the script means.
        plan: The generations for one target.
        source_name: How the result names the script.
        diagnostics: What earlier phases found.
        makers: All generations whose output these may take, where targets share a script.
    """
    from promptlang.emit.result import Compilation
    from promptlang.version import __version__

    found = [*diagnostics]
    lowerer = _lowerer(storyboard, plan, makers)
    requests = []
    for generation in plan.generations:
        found += word_losses(generation, storyboard)
        request, problems_found = _request(lowerer.lower(generation))
        if request is not None:
            requests.append(request)
        found += problems_found
    everything = ordered(found)
    return Compilation(
        promptlang=__version__,
        source=source_name,
        target=plan.target.id,
        seconds=float(plan.seconds or 0),
        requests=requests,
        losses=[_loss_record(loss) for loss in everything if isinstance(loss, Loss)],
        diagnostics=everything,
    )


def request(
    storyboard: Storyboard, generation: Generation, makers: list[Generation]
) -> Request | None:
    """Return the request of one generation alone, None where the interface would refuse it."""
    from promptlang.emit.lower import Lowerer

    return _request(Lowerer(storyboard, makers).lower(generation))[0]


def _lowerer(storyboard: Storyboard, plan: Plan, makers: list[Generation] | None) -> Lowerer:
    # Most checks word nothing.
    from promptlang.emit.lower import Lowerer

    return Lowerer(storyboard, plan.generations if makers is None else makers)


def _loss_record(loss: Loss) -> LossRecord:
    from promptlang.emit.result import LossRecord

    line, column = loss.span.source.position(loss.span.start)
    return LossRecord(
        name=loss.name,
        code=loss.code,
        kind=loss.kind,  # type: ignore[arg-type]  # one of two words wherever a loss is made
        severity=loss.severity.value,
        message=loss.message,
        path=loss.span.path,
        line=line,
        column=column,
    )


def _has_own_fields(generation: Generation) -> bool:
    """Whether a request has provider fields: only the finished payload can tell if they fit."""
    fields = generation.units[0].settings.fields
    provider_name = generation.target.provider
    return bool(fields) and any(name.casefold() == provider_name for name, _ in fields)


def _has_doubtful_element(slots: list[Slot]) -> bool:
    """Whether only the finished payload can tell that all is well with an element."""
    for slot in slots:
        if slot.form == "element":
            if slot.entity.voice is not None:
                return True
            for asset in slot.entity.assets:
                if asset.form == "element":
                    return True
    return False


def _needs_wording(generation: Generation, calls: Calls) -> bool:
    """Whether only the finished prompts can tell that all is well with them."""
    bounds = Bounds(generation, calls)
    if bounds.suspicious:
        return True
    limit, each = bound(generation.task, several=len(bounds.sizes) > 1)
    size = max(bounds.sizes) if each else sum(bounds.sizes)
    return limit is not None and is_nearly_full(size, limit)


def _worded(lowered: Lowered) -> tuple[list[Prompt], list[Diagnostic]]:
    """Return the prompts of a request, after putting them into its draft."""
    from promptlang.emit.render import render

    generation, draft = lowered.generation, lowered.draft
    prompts = render(lowered)
    draft.shots = [
        ShotText(prompt.text, seconds)
        for prompt, seconds in zip(prompts, generation.seconds, strict=False)
    ]
    draft.prompt = " ".join(prompt.text for prompt in prompts)
    found: list[Diagnostic] = []
    for prompt in prompts:
        found += _escaped(prompt, generation)
    found += lengths(generation, prompts)
    return prompts, found


def _request(lowered: Lowered) -> tuple[Request | None, list[Diagnostic]]:
    prompts, found = _worded(lowered)
    payload, refused = _payload(lowered)
    found += refused
    return None if payload is None else _spell(lowered, prompts, payload), found


def _payload(lowered: Lowered) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """Return the body to send, None where the interface would refuse it whatever is sent."""
    generation, draft = lowered.generation, lowered.draft
    spelling = provider(generation.target.provider)
    unit = generation.units[0]
    left_over: list[Diagnostic] = [
        Loss("dropped", problems.LEFT_OVER.at(unit.span, complaint.message))
        for complaint in spelling.leftovers(draft)
    ]
    body = None if draft.fields else spelling.accepted(draft)
    if body is not None:
        return body, left_over
    from promptlang.providers.fields import PayloadError

    try:
        model = spelling.payload(draft)
    except PayloadError as error:
        return None, [_refused(complaint, unit, {}) for complaint in error.complaints]
    model, refused = spelling.apply_fields(model, draft.fields)
    places = {path: value for (_, path), value in unit.settings.fields.items()}
    found = left_over + [_refused(complaint, unit, places) for complaint in refused]
    return spelling.body(model), found


def _refused(complaint: Complaint, unit: Unit, places: dict[str, Value]) -> Diagnostic:
    hint = did_you_mean(complaint.suggestions)
    value = places.get(complaint.path)
    if value is None:
        return problems.PAYLOAD_INVALID.at(unit.span, complaint.message, hint=hint)
    return problems.PROVIDER_FIELD_REFUSED.at(
        value.span, complaint.message, hint=hint, fixes=_spelt(value.span, complaint)
    )


def _spelt(value: Span, complaint: Complaint) -> list[Fix]:
    """Return the fix that writes the field, or the value, that was meant."""
    meant = complaint.suggestions
    if complaint.of_value:
        quote = '"' if value.text.startswith('"') else ""
        return replacement(value, [f"{quote}{word}{quote}" for word in meant])
    last = complaint.path.rpartition(".")[2]
    before = value.source.line(value.line)[: value.column - 1].rstrip()
    # Behind the key stands a colon, and perhaps blanks before it.
    key = before.rstrip(":：").rstrip()
    if not key.endswith(f".{last}"):
        return []
    end = value.start - value.column + 1 + len(key)
    return replacement(Span(value.source, end - len(last), end), meant)


def _spell(lowered: Lowered, prompts: list[Prompt], payload: dict[str, Any]) -> Request:
    from promptlang.emit.result import Http, Request

    generation = lowered.generation
    target, task = generation.target, generation.task
    http = provider(target.provider).http(target, task.endpoint)
    return Request(
        id=str(generation.number),
        task=task.name,  # type: ignore[arg-type]  # a target's data names published tasks only
        endpoint=task.endpoint if http else None,
        http=Http(**http) if http else None,
        payload=payload,
        prompts=_prompts(generation, prompts),
        negative_prompt=lowered.draft.negative,
        references=_references(generation),
        seconds=None if generation.total is None else float(generation.total),
        takes=lowered.draft.takes or 1,
        needs=[str(number) for number in generation.needs],
    )


def _prompts(generation: Generation, prompts: list[Prompt]) -> list[PromptText]:
    from promptlang.emit.result import PromptText

    limit, _ = bound(generation.task, several=len(generation.units) > 1)
    tokens = limit is not None and limit.unit == "tokens"
    most = int(limit.max) if limit is not None and limit.max is not None else None
    before = generation.before
    return [
        PromptText(
            shot=unit.name,
            text=prompt.text,
            seconds=None if seconds is None else float(seconds),
            transition=before.words if before and place == 0 else None,
            characters=len(prompt.text),
            limit=most,
            unit="tokens" if tokens else "characters",
            used=estimate(prompt.text) if tokens else len(prompt.text),
            source_map=_source_map(prompt),
        )
        for place, (unit, prompt, seconds) in enumerate(
            zip(generation.units, prompts, generation.seconds, strict=False)
        )
    ]


def _source_map(prompt: Prompt) -> list[Place]:
    from promptlang.emit.result import Stretch as Place

    places = []
    for stretch in prompt.stretches:
        span = stretch.span
        source = span.source
        line, column = source.position(span.start)
        # There are many of these in every result.
        place = {
            "start": stretch.start,
            "end": stretch.end,
            "path": source.path,
            "line": line,
            "column": column,
        }
        places.append(Place.of(place))
    return places


def _references(generation: Generation) -> list[Reference]:
    from promptlang.emit.result import Reference

    return [
        Reference(
            name=slot.entity.name,
            spelling=token,
            kind=slot.entity.kind,
            files=files,
        )
        for slot in generation.slots
        if slot.form != "described"
        for token, files in _sent(slot)
    ]


def _sent(slot: Slot) -> list[tuple[str | None, list[str]]]:
    """Return how each reference of a slot is spelt, with its files."""
    files = [asset.location for asset in slot.entity.assets]
    if not slot.further:
        return [(slot.token, files)]
    pictures = [files[0], *(asset.location for asset in slot.further)]
    if len(slot.tokens) < 2:
        return [(slot.token, pictures)]
    return [(token, [file]) for token, file in zip(slot.tokens, pictures, strict=True)]


def _escaped(prompt: Prompt, generation: Generation) -> list[Diagnostic]:
    return [
        problems.TOKEN_IN_TEXT.at(
            span,
            f'"{span.text}" holds what reads like a reference of a provider',
            hint=f"{generation.target.id} gets a full-width mark there, which points at nothing",
        )
        for span in prompt.escaped
    ]
