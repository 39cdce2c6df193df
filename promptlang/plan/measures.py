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

_NEARLY = Decimal("0.02")
"""How far a shape may be off: 1366×768 is 16:9 to everybody."""

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
        shown = value if low else most
        told = _told(name, shown, _digits(name, shown, limit.min if low else limit.max))
        who = f"{generation.target.id} takes" if limit.binding else _adviser(limit)
        problem = _PROBLEMS[name.split("-", 1)[1]] if limit.binding else problems.OUTSIDE_ADVICE
        yield problem.at(
            asset.span,
            f'"{asset.location}" {told}; {who} {_allowed(name, limit)}',
            hint=_HINTS.get((name.split("-", 1)[1], low)),
        )
        return


def shape_of_source(aspect: Decimal, asset: Asset, generation: Generation) -> Iterator[Diagnostic]:
    """Yield an error where the shape follows a source that has none of the shapes made."""
    limit = generation.task.limit("aspect")
    if limit is None or "aspect" in generation.task.takes or generation.task.block != "angle":
        return
    shapes = [Decimal(a) / Decimal(b) for a, _, b in (str(c).partition(":") for c in limit.choices)]
    if shapes and all(abs(aspect / shape - 1) > _NEARLY for shape in shapes):
        allowed = ", ".join(sorted(map(str, limit.choices)))
        yield problems.PICTURE_SHAPE.at(
            asset.span,
            f'"{asset.location}" has the shape {_ratio(aspect, 2)}; {generation.target.id} makes '
            f"{allowed}",
            hint="crop it",
        )


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


def _told(name: str, value: Decimal, digits: int) -> str:
    what = name.split("-", 1)[1]
    if what == "bytes":
        return f"has {_size(value, digits)}"
    if what == "side":
        return f"is {value:f} px on one side"
    if what == "aspect":
        return f"has the shape {_ratio(value, digits)}"
    return f"has {_number(value)} frames a second" if what == "rate" else f"runs {_number(value)} s"


def _allowed(name: str, limit: Limit) -> str:
    what = name.split("-", 1)[1]
    show = {"bytes": _size, "aspect": _ratio}.get(what, _plain)
    unit = {"side": " px", "rate": " frames a second", "seconds": " s"}.get(what, "")
    if limit.min is None or limit.max is None:
        word, bound = ("at least", limit.min) if limit.max is None else ("at most", limit.max)
        return f"{word} {show(bound if bound is not None else Decimal(0), 2)}{unit}"
    return f"{show(limit.min, 2)} to {show(limit.max, 2)}{unit}"


def _digits(name: str, value: Decimal, bound: Decimal | None) -> int:
    """Return how many digits show that a number is not its bound: 200.000001 MB, not 200 MB."""
    show = {"bytes": _size, "aspect": _ratio}.get(name.split("-", 1)[1])
    if show is None or bound is None:
        return 2
    return next((n for n in range(2, 6) if show(value, n) != show(bound, n)), 6)


def _size(value: Decimal, digits: int) -> str:
    """Return a number of bytes in the unit film people read; 1 MB is 1,000,000 bytes."""
    return f"{_number((value / 1_000_000).quantize(Decimal(1).scaleb(-digits)))} MB"


def _ratio(value: Decimal, digits: int) -> str:
    if value >= 1:
        return f"{_number(value.quantize(Decimal(1).scaleb(-digits)))}:1"
    return f"1:{_number((1 / value).quantize(Decimal(1).scaleb(-digits)))}"


def _plain(value: Decimal, digits: int) -> str:
    del digits
    return _number(value)


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
    ("rate", True): "export it at another rate",
    ("rate", False): "export it at another rate",
}
