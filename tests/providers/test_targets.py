"""The data of the targets: complete, dated, and with every number the founding pages name."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from decimal import Decimal

import pytest

from promptlang import resources
from promptlang.providers import registry
from promptlang.providers.target import BLOCKS, FEATURES, Limit, Target

IDS = [
    "chatvideopro/kling-multi-cam",
    "fal/kling-o1",
    "fal/kling-o1-standard",
    "fal/kling-o3-pro",
    "fal/kling-o3-standard",
    "fal/kling-v3-pro",
    "fal/kling-v3-standard",
    "kling/o1",
    "kling/o3",
    "mindstudio/kling-o3",
    "pixio/kling-3.0",
    "pixio/kling-o3",
    "wavespeed/kling-v1-ai-multi-shot",
]
LIMITS = {
    "aspect",
    "cfg",
    "character-side",
    "element-pictures",
    "elements",
    "images",
    "negative",
    "picture-aspect",
    "picture-bytes",
    "picture-format",
    "picture-side",
    "prompt",
    "references",
    "references-with-video",
    "resolution",
    "shot",
    "shot-prompt",
    "shots",
    "total",
    "video-bytes",
    "video-elements",
    "video-format",
    "video-rate",
    "video-seconds",
    "video-side",
    "videos",
}
# What a task takes and what must then be known about it.
BOUNDS = {"aspect": "aspect", "resolution": "resolution", "cfg": "cfg", "duration": "total"}


def target(id: str) -> Target:
    found = registry.target(id)
    assert found is not None, id
    return found


def every_limit(subject: Target) -> list[Limit]:
    found = [*subject.limits.values(), *subject.advice.values()]
    for task in subject.tasks.values():
        found += [*task.limits.values(), *task.advice.values()]
    return found


def test_the_registry_is_the_folders() -> None:
    folders = {name for name in resources.names("templates") if not name.startswith(("_", "."))}
    assert folders - {"README.md"} == set(registry.PROVIDERS)
    strange = sorted(set(registry.target_ids()) ^ set(IDS))
    assert not strange, f"{', '.join(strange)}: a new target belongs into IDS, a lost one out of it"
    assert registry.target_ids() == IDS
    assert [found.id for found in registry.targets()] == IDS


@pytest.mark.parametrize("id", ["", "kling", "kling/o2", "fal/_kling", "../fal/kling-o1", "fal/"])
def test_what_is_no_target(id: str) -> None:
    assert registry.target(id) is None


def test_no_such_provider() -> None:
    with pytest.raises(KeyError):
        registry.provider("nobody")


def test_only_the_target_asked_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def spy(*parts: str) -> str:
        read.append(parts[-1])
        return resources.root().joinpath(*parts).read_text(encoding="utf-8")

    registry.target.cache_clear()
    monkeypatch.setattr(registry, "written", lambda: None)
    monkeypatch.setattr(resources, "read", spy)
    target("fal/kling-v3-standard")
    assert read == ["kling-v3-standard.toml", "kling-v3-pro.toml", "_kling.toml"]


@pytest.mark.parametrize("id", IDS)
def test_every_number_has_a_source_and_a_date(id: str) -> None:
    subject = target(id)
    for evidence in subject.sources.values():
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", evidence.date), evidence
        assert evidence.confidence in {"A", "B", "C", "page"}, evidence
        assert evidence.title
    for limit in every_limit(subject):
        assert limit.evidence in subject.sources.values()
        assert limit.name in LIMITS, limit
        assert limit.choices or limit.min is not None or limit.max is not None, limit
    for price in subject.prices:
        assert price.evidence in subject.sources.values()
        assert price.unit in {"second", "generation"}


def test_no_source_is_named_for_nothing() -> None:
    for provider in registry.PROVIDERS:
        subjects = [found for found in registry.targets() if found.provider == provider]
        named = {key for subject in subjects for key in subject.sources}
        used = {limit.evidence.key for subject in subjects for limit in every_limit(subject)}
        used |= {price.evidence.key for subject in subjects for price in subject.prices}
        assert named == used, provider


@pytest.mark.parametrize("id", IDS)
def test_a_target_can_be_pickled(id: str) -> None:
    subject = target(id)
    copy = pickle.loads(pickle.dumps(subject))
    assert copy.data == subject.data
    assert repr(copy.tasks) == repr(subject.tasks)


@pytest.mark.parametrize("id", IDS)
def test_tasks_are_complete(id: str) -> None:
    subject = target(id)
    provider = registry.provider(subject.provider)
    for task in subject.tasks.values():
        assert task.name in BLOCKS
        assert task.takes <= set(FEATURES)
        assert task.needs | task.needs_any <= task.takes
        assert task.template in {"shot.j2", "edit.j2", "angle.j2", "none.j2"}
        assert ("prompt" in task.takes) == (task.template != "none.j2")
        assert provider.model(task.payload).__name__ == task.payload
        assert (task.endpoint is None) == (subject.http is None)
        assert "{" not in (task.endpoint or "")
        missing = {b for feature, b in BOUNDS.items() if feature in task.takes} - set(task.limits)
        assert not missing, (task, missing)
        if "duration" in task.takes:
            assert task.default("total") is not None, task
        if "shots" in task.takes:
            assert {"shots", "shot", "total"} <= set(task.limits)


@pytest.mark.parametrize("id", IDS)
def test_it_says_where_else_to_go(id: str) -> None:
    """A kind of block a target lacks has an alternative, and the targets named exist."""
    subject = target(id)
    for task, block in BLOCKS.items():
        if block not in subject.blocks():
            assert task in subject.elsewhere, task
    for words in (*subject.elsewhere.values(), *subject.notes):
        for named in re.findall(r"\b(?:chatvideopro|fal|kling|mindstudio|pixio)/[\w.-]+", words):
            assert named in IDS, named


# A row of the founding pages: target, task ("" for all), limit or advice, name, min, max, choices.
NUMBERS: list[tuple[str, str, str, str, str | None, str | None, tuple[object, ...]]] = [
    ("chatvideopro/kling-multi-cam", "", "limits", "video-seconds", "3", "10", ()),
    ("chatvideopro/kling-multi-cam", "", "limits", "video-bytes", None, "200000000", ()),
    ("chatvideopro/kling-multi-cam", "", "limits", "video-format", None, None, ("mp4", "mov")),
    ("chatvideopro/kling-multi-cam", "", "limits", "video-side", "720", "2160", ()),
    ("chatvideopro/kling-multi-cam", "", "limits", "total", None, None, (5, 10)),
    ("chatvideopro/kling-multi-cam", "", "limits", "aspect", None, None, ("16:9", "9:16", "1:1")),
    ("chatvideopro/kling-multi-cam", "", "limits", "element-pictures", "1", "4", ()),
    ("chatvideopro/kling-multi-cam", "", "advice", "element-pictures", "2", "4", ()),
    ("mindstudio/kling-o3", "", "limits", "shots", "1", "6", ()),
    ("mindstudio/kling-o3", "", "limits", "total", "3", "15", ()),
    ("mindstudio/kling-o3", "", "limits", "prompt", None, "1000", ()),
    ("wavespeed/kling-v1-ai-multi-shot", "", "limits", "images", "1", "1", ()),
    ("wavespeed/kling-v1-ai-multi-shot", "", "limits", "picture-bytes", None, "10000000", ()),
    ("wavespeed/kling-v1-ai-multi-shot", "", "limits", "picture-side", "300", None, ()),
    ("wavespeed/kling-v1-ai-multi-shot", "", "limits", "picture-aspect", "0.4", "2.5", ()),
    (
        "wavespeed/kling-v1-ai-multi-shot",
        "",
        "limits",
        "picture-format",
        None,
        None,
        ("jpg", "jpeg", "png"),
    ),
    ("kling/o1", "text-to-video", "limits", "total", None, None, (5, 10)),
    ("kling/o1", "image-to-video", "limits", "total", None, None, (5, 10)),
    ("kling/o1", "first-last-frame", "limits", "total", "3", "10", ()),
    ("kling/o1", "reference-to-video", "limits", "total", "3", "10", ()),
    ("kling/o1", "reference-to-video", "limits", "references", None, "7", ()),
    ("kling/o1", "", "limits", "resolution", None, None, ("720p", "1080p")),
    ("kling/o1", "edit", "limits", "references", None, "4", ()),
    ("kling/o3", "", "limits", "shots", "1", "6", ()),
    ("kling/o3", "", "limits", "shot", "1", "15", ()),
    ("kling/o3", "", "limits", "total", "3", "15", ()),
    ("kling/o3", "", "limits", "prompt", None, "2500", ()),
    ("kling/o3", "", "limits", "shot-prompt", "1", "512", ()),
    ("kling/o3", "", "limits", "references", None, "7", ()),
    ("kling/o3", "image-to-video", "limits", "elements", None, "3", ()),
    *(
        row
        for id in ("pixio/kling-3.0", "pixio/kling-o3")
        for row in (
            (id, "", "advice", "shots", "2", "6", ()),
            (id, "", "limits", "shots", "1", "6", ()),
            (id, "", "limits", "total", "3", "15", ()),
            (id, "", "limits", "shot", "1", "15", ()),
            (id, "", "advice", "shot", "3", "15", ()),
            (id, "", "limits", "elements", None, "4", ()),
            (id, "", "limits", "element-pictures", "1", "4", ()),
            (id, "", "limits", "aspect", None, None, ("16:9", "9:16")),
            (id, "", "limits", "cfg", "0", "1", ()),
            (id, "", "advice", "cfg", None, "0.79", ()),
        )
    ),
    *(
        row
        for id in ("kling/o1", "fal/kling-o1", "fal/kling-o1-standard")
        for row in (
            (id, "edit", "limits", "video-bytes", None, "200000000", ()),
            (id, "edit", "advice", "video-bytes", None, "100000000", ()),
            (id, "edit", "limits", "video-side", "720", "2160", ()),
            (id, "edit", "advice", "video-side", "720", "1920", ()),
            (id, "edit", "limits", "video-format", None, None, ("mp4", "mov")),
            (id, "edit", "limits", "video-rate", "24", "60", ()),
            (id, "reference-to-video", "limits", "references", None, "7", ()),
            (id, "reference-to-video", "advice", "total", None, None, (5, 10)),
            (id, "", "advice", "character-side", "1024", None, ()),
            (id, "", "limits", "prompt", None, "2500", ()),
            (id, "", "limits", "shots", "1", "1", ()),
        )
    ),
    *(
        row
        for id in ("fal/kling-o1", "fal/kling-o1-standard")
        for row in (
            (id, "edit", "limits", "references", None, "4", ()),
            (id, "edit", "limits", "video-seconds", "3", "10.05", ()),
            (id, "image-to-video", "limits", "total", "3", "10", ()),
            (id, "multi-cam", "limits", "total", "3", "10", ()),
        )
    ),
    *(
        row
        for id in ("fal/kling-o3-pro", "fal/kling-o3-standard")
        for row in (
            (id, "", "limits", "shots", "1", "6", ()),
            (id, "", "limits", "shot", "1", "15", ()),
            (id, "", "limits", "total", "3", "15", ()),
            (id, "", "limits", "shot-prompt", None, "512", ()),
            (id, "", "limits", "video-seconds", "3", "10", ()),
            (id, "reference-to-video", "limits", "references", None, "7", ()),
            (id, "reference-to-video", "limits", "references-with-video", None, "4", ()),
            (id, "multi-cam", "limits", "references", None, "4", ()),
        )
    ),
    *(
        row
        for id in ("fal/kling-v3-pro", "fal/kling-v3-standard")
        for row in (
            (id, "", "limits", "shots", "1", "6", ()),
            (id, "", "limits", "total", "3", "15", ()),
            (id, "", "limits", "cfg", "0", "1", ()),
            (id, "", "limits", "negative", None, "2500", ()),
        )
    ),
]


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: "-".join(map(str, row[:4])))
def test_every_number_of_the_founding_pages(
    row: tuple[str, str, str, str, str | None, str | None, tuple[object, ...]],
) -> None:
    id, key, table, name, least, most, choices = row
    subject = target(id).tasks[key] if key else target(id)
    limit = getattr(subject, table)[name]
    assert limit.binding == (table == "limits")
    if choices:
        assert set(limit.choices) == {c if isinstance(c, str) else Decimal(str(c)) for c in choices}
    else:
        assert limit.min == (None if least is None else Decimal(least))
        assert limit.max == (None if most is None else Decimal(most))


def test_defaults_of_the_founding_pages() -> None:
    for id in ("pixio/kling-3.0", "pixio/kling-o3"):
        assert target(id).limits["cfg"].default == 0.5
        assert target(id).advice["cfg"].default == 0.65
        assert not target(id).advice["cfg"].allows(Decimal("0.8"))
        assert target(id).advice["cfg"].allows(Decimal("0.65"))
    assert target("chatvideopro/kling-multi-cam").limits["total"].default == 5


def test_both_prices_of_the_automatic_multi_shot_are_recorded() -> None:
    prices = target("wavespeed/kling-v1-ai-multi-shot").prices
    assert [(p.usd, p.unit, p.evidence.key) for p in prices] == [
        (Decimal("0.07"), "generation", "page"),
        (Decimal("0.7"), "generation", "older"),
    ]
    assert all(price.evidence.date for price in prices)


@pytest.mark.parametrize(
    ("id", "key", "name", "both"),
    [
        ("pixio/kling-o3", "", "shot", ("3 s", "1 s", "15 s")),
        ("fal/kling-o3-pro", "", "shot", ("3 s", "1 s")),
        ("kling/o3", "", "shot", ("3 s", "1 s")),
        ("fal/kling-o1", "edit", "video-bytes", ("100 MB",)),
        ("kling/o1", "edit", "video-side", ("720p or 1080p",)),
        ("kling/o1", "text-to-video", "total", ("3 s to 10 s",)),
        ("chatvideopro/kling-multi-cam", "", "total", ("3 s to 15 s",)),
        ("kling/o3", "", "video-seconds", ("10 s", "15 s", "15.5 s")),
        ("fal/kling-o3-pro", "", "video-seconds", ("15.5 s",)),
        ("kling/o3", "", "picture-bytes", ("50 MB",)),
        ("fal/kling-v3-pro", "", "cfg", ("v1.x", "v2.x", "3.0")),
        ("fal/kling-o3-pro", "", "references", ("4", "7")),
        ("pixio/kling-3.0", "", "elements", ("4 pictures", "3 elements")),
        ("kling/o3", "", "prompt", ("3072",)),
        ("kling/o3", "", "shots", ("five",)),
    ],
)
def test_contradictions_are_recorded(id: str, key: str, name: str, both: tuple[str, ...]) -> None:
    limits = target(id).tasks[key].limits if key else target(id).limits
    for words in both:
        assert words in limits[name].note


def test_tiers_differ_in_their_endpoints_only() -> None:
    for name, tier in (("o3", "/standard"), ("v3", "/standard")):
        pro, standard = target(f"fal/kling-{name}-pro"), target(f"fal/kling-{name}-standard")
        for key, task in pro.tasks.items():
            assert standard.tasks[key].takes == task.takes
            assert str(task.endpoint).replace("/pro", tier) == standard.tasks[key].endpoint
    for key, task in target("fal/kling-o1").tasks.items():
        other = target("fal/kling-o1-standard").tasks[key]
        assert str(task.endpoint).replace("/o1/", "/o1/standard/") == other.endpoint


def test_the_automatic_multi_shot_makes_pictures() -> None:
    tasks = [task for id in IDS for task in target(id).tasks.values()]
    assert [t.payload for t in tasks if t.output == "pictures"] == ["AiMultiShot"]
    assert {task.output for task in tasks} == {"video", "pictures"}


def test_the_data_needs_no_payload_models() -> None:
    """Checking a script reads targets; what pydantic costs is paid when a payload is built."""
    code = (
        "import sys; from promptlang.providers import registry; registry.targets(); "
        "print([name for name in ('pydantic', 'jinja2', 'lark') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
