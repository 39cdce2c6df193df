"""Numbers of a file against a task: what binds is an error, what a page advises a warning."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from promptlang.plan import problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.storyboard import Asset
    from promptlang.plan.generation import Generation
    from promptlang.providers.target import Limit

_TWINS = {"jpeg": {"jpg", "jpeg"}, "jpg": {"jpg", "jpeg"}, "mkv": {"mkv", "webm"}}
"""Names of one and the same format (a WebM is a Matroska file, and only its name tells)."""

_KNOWN = frozenset(
    {"png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "heic", "avif", "psd", "svg"}
    | {"mp4", "mov", "m4v", "webm", "mkv", "avi", "wmv", "flv", "mpg", "mpeg"}
)
"""Endings that say what a file is; any other says nothing."""


def named_format(
    format: str, asset: Asset, kind: str, generation: Generation
) -> Iterator[Diagnostic]:
    """Yield an error where a file is of a format the task does not take, whatever its name."""
    limit = generation.task.limit(f"{kind}-format")
    names = _TWINS.get(format, {format})
    if limit is not None and limit.choices and not names & set(limit.choices):
        yield _format(format, asset, kind, limit, generation)


def wanted_format(
    ending: str, asset: Asset, kind: str, generation: Generation
) -> Iterator[Diagnostic]:
    """Yield an error where the name of a file says that it is of a format not taken."""
    limit = generation.task.limit(f"{kind}-format")
    if limit is None or not limit.choices or ending not in _KNOWN:
        return
    if not _TWINS.get(ending, {ending}) & set(limit.choices):
        yield _format(ending, asset, kind, limit, generation)


def measured(
    name: str,
    value: Decimal,
    asset: Asset,
    generation: Generation,
    *,
    other: Decimal | None = None,
) -> Iterator[Diagnostic]:
    """Yield what a number of a file breaks: the limit, else the advice.

    Args:
        name: The name of the limit.
        value: The number; of two sides the shorter one.
        asset: The file.
        generation: Where it is used.
        other: The longer side, which the greatest allowed number is about.
    """
    for limit in (generation.task.limit(name), generation.task.advice.get(name)):
        if limit is None:
            continue
        low = limit.min is not None and value < limit.min
        most = value if other is None else other
        high = limit.max is not None and most > limit.max
        if not (low or high):
            continue
        told = _told(name, value if low else most)
        who = f"{generation.target.id} takes" if limit.binding else _adviser(limit)
        problem = _PROBLEMS[name.split("-", 1)[1]] if limit.binding else problems.OUTSIDE_ADVICE
        yield problem.at(
            asset.span,
            f'"{asset.location}" {told}; {who} {_allowed(name, limit)}',
            hint=_HINTS.get((name.split("-", 1)[1], low)),
        )
        return


def _format(
    format: str, asset: Asset, kind: str, limit: Limit, generation: Generation
) -> Diagnostic:
    allowed = ", ".join(sorted(str(choice).upper() for choice in limit.choices))
    return problems.FILE_FORMAT.at(
        asset.span,
        f'"{asset.location}" is a {format.upper()}; {generation.target.id} takes {allowed}',
        hint=f"export the {kind} in one of these formats",
    )


def _adviser(limit: Limit) -> str:
    return f"{limit.evidence.title} advises"


def _told(name: str, value: Decimal) -> str:
    what = name.split("-", 1)[1]
    if what == "bytes":
        return f"has {_size(value)}"
    if what == "side":
        return f"is {value:f} px on one side"
    if what == "aspect":
        return f"has the shape {_ratio(value)}"
    return f"has {_number(value)} frames a second" if what == "rate" else f"runs {_number(value)} s"


def _allowed(name: str, limit: Limit) -> str:
    show = {"bytes": _size, "aspect": _ratio}.get(name.split("-", 1)[1], _number)
    unit = {"side": " px", "rate": " frames a second", "seconds": " s"}.get(
        name.split("-", 1)[1], ""
    )
    if limit.min is None or limit.max is None:
        word, bound = ("at least", limit.min) if limit.max is None else ("at most", limit.max)
        return f"{word} {show(bound if bound is not None else Decimal(0))}{unit}"
    return f"{show(limit.min)} to {show(limit.max)}{unit}"


def _size(value: Decimal) -> str:
    """Return a number of bytes in the unit film people read; 1 MB is 1,000,000 bytes."""
    if value < 1_000_000:
        return f"{_number((value / 1000).quantize(Decimal('0.1')))} kB"
    return f"{_number((value / 1_000_000).quantize(Decimal('0.01')))} MB"


def _ratio(value: Decimal) -> str:
    if value >= 1:
        return f"{_number(value.quantize(Decimal('0.01')))}:1"
    return f"1:{_number((1 / value).quantize(Decimal('0.01')))}"


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_PROBLEMS = {
    "bytes": problems.FILE_TOO_LARGE,
    "side": problems.FILE_DIMENSIONS,
    "aspect": problems.PICTURE_SHAPE,
    "seconds": problems.SOURCE_LENGTH,
    "rate": problems.FRAME_RATE,
}

_HINTS = {
    ("bytes", False): "export it smaller",
    ("side", True): "use a larger one",
    ("side", False): "scale it down",
    ("aspect", True): "crop it",
    ("aspect", False): "crop it",
    ("seconds", False): "take a stretch of it, such as 0:00-0:10",
    ("seconds", True): "take a longer one",
    ("rate", True): "export it at 24 to 60 frames a second",
    ("rate", False): "export it at 24 to 60 frames a second",
}
