"""Promises that hold for every script: references agree, nothing is lost unsaid, sums fit."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, note, settings

import promptlang
from promptlang.model.entities import Mention, Run, Text
from promptlang.model.parts import parts
from promptlang.model.storyboard import Frame, Use, Value
from promptlang.providers.registry import target_ids
from promptlang.vocabulary.load import vocabulary
from tests.strategies import scripts

if TYPE_CHECKING:
    from promptlang.diagnostics import Diagnostic
    from promptlang.emit.result import PromptText, Request
    from promptlang.model.storyboard import Entity
    from promptlang.plan.generation import Generation
    from promptlang.source import Span

ROOT = Path(__file__).parents[2]
TRIES = (settings.default or settings()).max_examples
SHARE = max(25, -(-TRIES // len(target_ids())))  # some hundreds in all, 10,000 in a long run
CLUMSY = re.compile(
    r"\.\.|[,;:]\.|\.,|,,| [,.;:]|  |^\s|\s$|\b(the|of|same|keep|with) \1\b|[\ue000-\ue003]"
)
TOKEN = re.compile(r"@(?:Image|Element|Video|Audio)\d+|<<<\w+>>>")


class Made:
    """A request with the generation it was made from."""

    def __init__(self, request: Request, generation: Generation) -> None:
        self.request = request
        self.generation = generation
        self.words = " ".join(prompt.text for prompt in request.prompts)
        self.body = json.dumps(request.payload, ensure_ascii=False)


def made(text: str, target: str) -> tuple[list[Made], list[Diagnostic]]:
    note(text)
    document = promptlang.Document(promptlang.parse(text), asked=[target])
    result = document.compilation(target)
    requests = {request.id: request for request in result.requests}
    generations = document.sound_plan(target).generations
    pairs = [
        Made(requests[str(generation.number)], generation)
        for generation in generations
        if str(generation.number) in requests
    ]
    return pairs, list(result.diagnostics)


@pytest.mark.parametrize("target", target_ids())
@settings(max_examples=SHARE)
@given(text=scripts())
def test_promises(target: str, text: str) -> None:
    requests, diagnostics = made(text, target)
    for one in requests:
        check_references(one)
        check_places(one)
        check_sums(one)
        check_wording(one)
        check_losses(one, diagnostics)


def check_references(one: Made) -> None:
    """Text and payload point at the same things, and at nothing the writer only talks about."""
    spelt = {token for slot in one.generation.slots for token in slot.tokens}
    for prompt in one.request.prompts:
        for match in TOKEN.finditer(prompt.text):
            assert match.group() in spelt, prompt.text
            assert is_whole_stretch(prompt, match), prompt.text
    for form, pattern in one.generation.target.tokens.items():
        if "{n}" in pattern:
            check_numbers(one, form, pattern)


def is_whole_stretch(prompt: PromptText, match: re.Match[str]) -> bool:
    """Whether a reference stands for itself, and is not part of something the writer said."""
    start, end = match.span()
    around = [s for s in prompt.source_map if s.start < end and start < s.end]
    return all((s.start, s.end) == (start, end) for s in around)


def check_numbers(one: Made, form: str, pattern: str) -> None:
    token = re.compile(re.escape(pattern).replace(r"\{n\}", r"(\d+)") + r"(?!\d)")
    numbers = {int(number) for number in token.findall(one.words)}
    carried = count(one.request.payload, form)
    assert not numbers or (min(numbers) >= 1 and max(numbers) <= carried), one.words
    silent = {
        slot.number
        for slot in one.generation.slots
        if slot.form == form and (slot.frame or slot.source)
    }
    assert set(range(1, carried + 1)) <= numbers | silent, f"{form}: {one.words}\n{one.body}"


def check_places(one: Made) -> None:
    """What a number in the prompt points at stands at that place of its array."""
    for slot in one.generation.slots:
        items = array(one.request.payload, slot.form)
        if slot.token is None or not items or (slot.frame and len(items) < slot.number):
            continue
        thing = json.dumps(items[slot.number - 1], ensure_ascii=False)
        assert location(slot.entity) in thing, f"{slot!r}: {one.body}"


def location(entity: Entity) -> str:
    if entity.origin == "output":
        return "$request:"
    return entity.assets[0].location if entity.assets else f"$attach:{entity.name}"


def array(payload: dict[str, Any], form: str) -> list[Any]:
    names = {
        "element": ("elements", "element_list"),
        "image": ("image_urls", "image_list"),
        "video": ("video_list",),
    }
    return next((payload[name] for name in names.get(form, ()) if payload.get(name)), [])


def count(payload: dict[str, Any], form: str) -> int:
    """Return how many things of a form a body carries that its prompt can point at."""
    found = len(array(payload, form))
    if form == "video" and (payload.get("video_url") or payload.get("video")):
        found += 1
    # fal numbers the two frames of Kling O1 as pictures, of no other model.
    frames_only = {"prompt", "start_image_url", "end_image_url", "duration"}
    if form == "image" and payload.keys() <= frames_only and "start_image_url" in payload:
        found += 1 + ("end_image_url" in payload)
    return found


def check_sums(one: Made) -> None:
    """The shots last as long as the request says."""
    payload = one.request.payload
    shots = payload.get("multi_prompt") or payload.get("shots") or ()
    if shots:
        stated = payload["duration"]
        assert sum(int(shot["duration"]) for shot in shots) == int(stated)
        assert one.request.seconds == float(stated)
        assert sum(prompt.seconds or 0 for prompt in one.request.prompts) == float(stated)


def check_wording(one: Made) -> None:
    """What the templates put between the writer's words reads like a sentence."""
    for prompt in one.request.prompts:
        assert not CLUMSY.search(prompt.text), repr(prompt.text)
        assert prompt.text[-1:] in {"", *'.!?"”。'}, repr(prompt.text)
        assert not prompt.text[:1].islower(), repr(prompt.text)


def check_losses(one: Made, diagnostics: list[Diagnostic]) -> None:
    """Each part of a block is in the prompt, in the payload or among what is reported."""
    for unit in one.generation.units:
        for name, value, span in parts(unit):
            if name == "transition" and one.generation.before is not None:
                continue
            if not carried(one, name, value) and not reported(diagnostics, name, value, span):
                pytest.fail(
                    f"{name} {value!r} ({span.text!r}) of {unit.name} is in neither\n"
                    f"{one.words}\n{one.body}\n{[d.message for d in diagnostics]}"
                )


def carried(one: Made, name: str, value: object) -> bool:
    """Whether a part is in the prompt or in the body."""
    if isinstance(value, Text):
        # (whispering) becomes the verb: "Ada whispers".
        if name == "manner" and vocabulary().manners.get(value.plain.casefold(), "?") in one.words:
            return True
        # "dissolve to" is said as "dissolve" where no camera words follow to dissolve to.
        open_end = (" to", " into") if name == "transition" else ()
        return all(has_words(one, part, open_end) for part in value.parts)
    if isinstance(value, Mention | Frame | Use):
        role = value.role if isinstance(value, Use) else None
        return has_entity(one, value.entity) and (role is None or carried(one, name, role))
    assert isinstance(value, Value)
    return has_value(one, name, value.value)


def has_words(one: Made, part: Run | Mention, open_end: tuple[str, ...] = ()) -> bool:
    if isinstance(part, Mention):
        return has_entity(one, part.entity)
    words = part.text
    for end in open_end:
        words = words.removesuffix(end)
    said = squeezed(words)
    everywhere = one.words + " " + (one.request.negative_prompt or "")
    return said in squeezed(everywhere)


def squeezed(text: str) -> str:
    """Return letters, digits and marks only: case, blanks and stops are the template's."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LNMS")


def has_entity(one: Made, entity: Entity) -> bool:
    slot = one.generation.slot(entity)
    if slot is not None and slot.form != "described":
        return slot.token is None or slot.token in one.words or bool(slot.frame or slot.source)
    if slot is None and entity.assets:
        return False  # words alone would lose the pictures
    words = squeezed(one.words)
    name = squeezed(entity.name.replace("_", " "))
    head = entity.description.plain.split(",")[0].split(" ", 1)[-1] if entity.description else None
    return name in words or (head is not None and squeezed(head) in words)


def has_value(one: Made, name: str, value: object) -> bool:
    if name == "seconds":
        made_of = [prompt.seconds for prompt in one.request.prompts] + [one.request.seconds]
        return float(str(value)) in made_of
    if name == "takes":
        return one.request.takes == value
    if name == "audio" and not value:
        return True  # silence is what a target without sound makes
    if isinstance(value, bool):
        return any(found in one.body for found in ("true", '"on"', '"yes"'))
    if name == "cfg":
        return any(float(str(value)) == found for found in one.request.payload.values())
    return squeezed(str(value)) in squeezed(one.words + one.body)


def reported(diagnostics: list[Diagnostic], name: str, value: object, span: Span) -> bool:
    """Whether something was said about a part: at its place, or where its name is declared."""
    if name == "takes" and any(d.name == "takes-repeated" for d in diagnostics):
        return True  # said once for all blocks of a generation
    places = [span]
    if isinstance(value, Mention | Frame | Use):
        places.append(value.entity.span)
    if isinstance(value, Text):
        places += [mention.entity.span for mention in value.mentions()]
    return any(
        d.span.start < place.end and place.start < d.span.end
        for d in diagnostics
        for place in places
    )


COMPILE_ALL = """
import sys
from pathlib import Path
import promptlang
for path in sorted(Path("examples").rglob("*.shot")):
    for target in promptlang.targets():
        result = promptlang.compile(path, target=target.id)
        sys.stdout.write(result.model_dump_json(by_alias=True) + "\\n")
"""


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    outputs = []
    for seed in ("1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", COMPILE_ALL],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=True,
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"\n") > 100
