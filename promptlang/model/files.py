"""Seeing that the files of each name are what its kind is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlang.diagnostics import Severity
from promptlang.model import problems
from promptlang.model.entities import ELEMENT_KINDS
from promptlang.model.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.model.entities import Asset, Entity
    from promptlang.model.symbols import Symbols

_MEDIA = {
    **dict.fromkeys(
        ["avif", "bmp", "gif", "heic", "jpeg", "jpg", "png", "tif", "tiff", "webp"], "a picture"
    ),
    **dict.fromkeys(["avi", "m4v", "mkv", "mov", "mp4", "webm"], "a video"),
    **dict.fromkeys(["aac", "flac", "m4a", "mp3", "ogg", "wav"], "a sound file"),
}
_WANTED = {
    "audio": ("a sound file",),
    "image": ("a picture",),
    "style": ("a picture",),
    "video": ("a video",),
    "voice": ("a sound file", "a video"),
}
_OF_ELEMENTS = ("a picture", "a video")


def endings(kind: str) -> frozenset[str]:
    """Return the endings of the files a kind of declaration may have."""
    allowed = _WANTED.get(kind, _OF_ELEMENTS)
    return frozenset(ending for ending, medium in _MEDIA.items() if medium in allowed)


def check_files(symbols: Symbols) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files of every declared name."""
    for entity in symbols.entities.values():
        if entity.assets:
            yield from _misfits(entity)


def _misfits(entity: Entity) -> Iterator[Diagnostic]:
    allowed = _WANTED.get(entity.kind, _OF_ELEMENTS)
    article = "an" if entity.kind[0] in "aeiou" else "a"
    fitting = []
    for asset in entity.assets:
        medium = _medium(asset)
        if medium is not None and medium not in allowed:
            yield problems.UNFIT_FILE.at(
                asset.span,
                f"{shown(asset.location)} is {medium}, allowed for {article} {entity.kind}: "
                + ", ".join(allowed),
                hint="name another file, or declare it as another kind",
            )
            continue
        fitting.append(asset)
        if asset.since is not None and medium == "a picture":
            yield problems.UNFIT_FILE.at(
                asset.span,
                f"{shown(asset.location)} is a picture, and only a video has a stretch of time",
                hint="remove the times after it",
            )
    yield from _surplus(entity, fitting)


def _surplus(entity: Entity, assets: list[Asset]) -> Iterator[Diagnostic]:
    if len(assets) < 2:
        return
    if entity.kind not in ELEMENT_KINDS:
        yield problems.UNFIT_FILE.at(
            assets[1].span,
            f'"@{entity.name}" has {len(assets)} files and only the first counts, '
            "allowed is one; an element may have several pictures",
            hint="declare a name for each file",
            severity=Severity.WARNING,
        )
        return
    # An element of one provider may stand beside the pictures that the others take.
    files = [asset for asset in assets if asset.form != "element"]
    alone = next((asset for asset in files if _medium(asset) == "a video"), None)
    if alone is not None and len(files) > 1:
        yield problems.UNFIT_FILE.at(
            alone.span,
            f'{shown(alone.location)} stands beside other files of "@{entity.name}", allowed are '
            "pictures, or one video",
            hint="keep the pictures or keep the video",
        )


def is_filmed(entity: Entity) -> bool:
    """Whether an element is made of a video, so that it has no picture of its own."""
    files = [asset for asset in entity.assets if asset.form != "element"]
    return entity.kind in ELEMENT_KINDS and bool(files) and all(map(_is_video, files))


def _is_video(asset: Asset) -> bool:
    return _medium(asset) == "a video" or asset.since is not None


def _medium(asset: Asset) -> str | None:
    """Return what a file is by its ending, None where that does not tell."""
    return None if asset.form == "element" else _MEDIA.get(asset.extension)
