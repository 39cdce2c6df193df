"""Looking at local pictures and videos without trusting them.

Only what a file says at its beginning is read, from a regular file that is already open, by
decoders of a short list of formats; nothing is ever fetched. The decoders are the extra
``promptlang[media]`` (Pillow for pictures, PyAV for videos) and are imported when a file is
looked at. Whatever a hostile file makes them do comes back as a `MediaProblem`.
"""

from __future__ import annotations

import os
import stat
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 2_000_000
"""How much of a picture is read: sizes stand at the beginning."""

MOST_PIXELS = 178_956_970
"""Pictures with more pixels are refused unseen, as the decoders' authors advise."""

PATIENCE = 2.0
"""Seconds a video may take to open."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_MATROSKA = b"\x1a\x45\xdf\xa3"
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_PNG_HEAD = 33
_NO_DATA = b"\0\0\0\0IDAT\x35\xaf\x06\x1e"
_ORIENTATION = 0x0112
_MOST_TAGS = 512
_TURNED = frozenset({5, 6, 7, 8})


class MediaFacts:
    """What is known of a file.

    Attributes:
        kind: ``picture`` or ``video``.
        format: ``png``, ``jpeg``, ``webp``, ``mp4``, ``mov``, ``webm`` or ``mkv``.
        bytes: Its size on disk.
        width: Pixels across, as it is shown.
        height: Pixels down, as it is shown.
        seconds: The length of a video, None where it does not say.
        rate: Frames a second of a video, None where it does not say.
    """

    __slots__ = ("bytes", "format", "height", "kind", "rate", "seconds", "width")

    def __init__(
        self,
        kind: str,
        format: str,
        bytes: int,
        width: int,
        height: int,
        *,
        seconds: Decimal | None = None,
        rate: Decimal | None = None,
    ) -> None:
        self.kind = kind
        self.format = format
        self.bytes = bytes
        self.width = width
        self.height = height
        self.seconds = seconds
        self.rate = rate

    @property
    def aspect(self) -> Decimal:
        """Width divided by height."""
        return Decimal(self.width) / Decimal(self.height)


class MediaProblem:
    """Why a file could not be looked at.

    Attributes:
        kind: ``missing`` (nothing is there), ``refused`` (no regular file, or not to be trusted),
            ``unreadable`` (no picture or video of the known formats), ``skipped`` (the libraries
            are not installed).
        reason: In words.
        bytes: The size on disk where that is known.
    """

    __slots__ = ("bytes", "kind", "reason")

    def __init__(self, kind: str, reason: str, bytes: int | None = None) -> None:
        self.kind = kind
        self.reason = reason
        self.bytes = bytes


def look(path: str | Path) -> MediaFacts | MediaProblem:
    """Return what a local file is, or why that cannot be said; never raises, never waits."""
    try:
        # a pipe must not make us wait for its writer
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
    except FileNotFoundError:
        return MediaProblem("missing", "there is no such file")
    except (OSError, ValueError) as error:
        return MediaProblem("refused", _reason(error))
    facts = os.fstat(handle)  # of what is open now, whatever its name will stand for next
    if not stat.S_ISREG(facts.st_mode):
        os.close(handle)
        return MediaProblem("refused", "it is no regular file")
    with os.fdopen(handle, "rb") as file:
        try:
            return _inspect(file, facts.st_size)
        except ImportError:
            return MediaProblem(
                "skipped", "the extra promptlang[media] is not installed", facts.st_size
            )
        # The decoders answer hostile input with errors of a dozen kinds; none may end a check.
        except Exception as error:
            return MediaProblem("unreadable", _reason(error), facts.st_size)


def _inspect(file: BinaryIO, size: int) -> MediaFacts | MediaProblem:
    start = file.read(16)
    file.seek(0)
    if start.startswith(_PNG):
        return _picture(file, size, "png")
    if start.startswith(_JPEG):
        return _picture(file, size, "jpeg")
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _webp(file.read(64), size)
    if start[4:8] in _BOXES:
        return _video(file, size, "mov")
    if start.startswith(_MATROSKA):
        return _video(file, size, "matroska")
    return MediaProblem("unreadable", "it is no PNG, JPEG, WebP, MP4, MOV, WebM or MKV", size)


def _picture(file: BinaryIO, size: int, format: str) -> MediaFacts | MediaProblem:
    from io import BytesIO

    # The classes themselves, not Image.open: that would try other formats, and warn of bombs by
    # way of the warnings filter, which all threads share.
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile

    if format == "png":
        # The size is the first thing a PNG says; what may follow before the picture (packed
        # texts, animations) is no concern of ours, so the decoder does not get to see it.
        with PngImageFile(BytesIO(file.read(_PNG_HEAD) + _NO_DATA)) as image:
            return _sized("picture", format, size, *image.size)
    with JpegImageFile(BytesIO(file.read(HEAD))) as image:
        width, height = image.size
        if _orientation(image.info.get("exif", b"")) in _TURNED:
            width, height = height, width
        return _sized("picture", format, size, width, height)


def _orientation(exif: bytes) -> int:
    """Return how a photograph was held, 0 where that is not said.

    Read here because the library warns of damage by way of the warnings filter.
    """
    tiff = exif.removeprefix(b"Exif\0\0")
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    at = int.from_bytes(tiff[4:8], order)
    for entry in range(min(int.from_bytes(tiff[at : at + 2], order), _MOST_TAGS)):
        tag = tiff[at + 2 + 12 * entry : at + 14 + 12 * entry]
        if int.from_bytes(tag[:2], order) == _ORIENTATION:
            return int.from_bytes(tag[8:10], order)
    return 0


def _webp(head: bytes, size: int) -> MediaFacts | MediaProblem:
    """Read the size of a WebP: its decoder would take memory for the whole picture."""
    chunk, body = head[12:16], head[20:]
    if chunk == b"VP8X" and len(body) >= 10:
        width = int.from_bytes(body[4:7], "little") + 1
        height = int.from_bytes(body[7:10], "little") + 1
    elif chunk == b"VP8L" and len(body) >= 5 and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif chunk == b"VP8 " and body[3:6] == b"\x9d\x01\x2a" and len(body) >= 10:
        width = int.from_bytes(body[6:8], "little") & 0x3FFF
        height = int.from_bytes(body[8:10], "little") & 0x3FFF
    else:
        return MediaProblem("unreadable", "its header is damaged", size)
    return _sized("picture", "webp", size, width, height)


def _video(file: BinaryIO, size: int, demuxer: str) -> MediaFacts | MediaProblem:
    import av

    # A named demuxer is never probed for; with no protocol allowed it cannot open other files.
    options = {"protocol_whitelist": "", "analyzeduration": "0"}
    with av.open(
        file, "r", format=demuxer, options=options, timeout=(PATIENCE, PATIENCE)
    ) as container:
        if not container.streams.video:
            return MediaProblem("unreadable", "it holds no video", size)
        stream = container.streams.video[0]
        width, height = stream.codec_context.width, stream.codec_context.height
        rate = stream.average_rate
        found = _sized("video", _container(container, demuxer), size, width, height)
        if isinstance(found, MediaFacts):
            found.rate = _exact(rate.numerator, rate.denominator) if rate else None
            found.seconds = _seconds(container, stream)
        return found


def _container(container: Any, demuxer: str) -> str:
    if demuxer == "matroska":
        return "mkv"
    brand = str(container.metadata.get("major_brand", "qt")).strip()
    return "mov" if brand == "qt" else "mp4"


def _seconds(container: Any, stream: Any) -> Decimal | None:
    if stream.duration and stream.time_base:
        base = stream.time_base
        found = _exact(int(stream.duration) * base.numerator, base.denominator)
    elif container.duration:
        found = _exact(int(container.duration), 1_000_000)
    else:
        return None
    return found if found > 0 else None


def _exact(numerator: int, denominator: int) -> Decimal:
    """Return a fraction to the millisecond; the decoders give none without a number below it."""
    return (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.001"))


def _sized(kind: str, format: str, size: int, width: int, height: int) -> MediaFacts | MediaProblem:
    if width <= 0 or height <= 0:
        return MediaProblem("unreadable", "it has no size", size)
    if width * height > MOST_PIXELS:
        return MediaProblem("refused", f"{width}×{height} pixels are more than is safe", size)
    return MediaFacts(kind, format, size, width, height)


def _reason(error: BaseException) -> str:
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(words).split())[:200]
