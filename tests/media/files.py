"""Pictures and videos as small as they can be, made by the libraries that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def picture(path: Path, width: int, height: int, *, turned: bool = False) -> Path:
    """Write a plain picture in the format of its name."""
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    image = Image.new("RGB", (width, height), (120, 130, 140))
    if path.suffix == ".png":
        image.save(path, compress_level=1)
    else:
        image.save(path, exif=exif)
    return path


def video(
    path: Path,
    width: int = 720,
    height: int = 720,
    seconds: float = 4,
    rate: int = 24,
    options: dict[str, str] | None = None,
) -> Path:
    """Write a video of one plain picture."""
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        frame = av.VideoFrame(width, height, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        for number in range(round(seconds * rate)):
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def padded(path: Path, size: int) -> Path:
    """Make a file as large as wanted without writing it out."""
    with path.open("r+b") as file:
        file.truncate(size)
    return path


def of_the_pages(folder: Path) -> None:
    """Write the files that the pages of the problems name."""
    for name in ("harbour", "harbour-clear"):
        picture(folder / f"{name}.png", 1280, 720)
    picture(folder / "thumbnail.png", 200, 200)
    picture(folder / "panorama.png", 1500, 300)
    picture(folder / "square.png", 800, 800)
    padded(picture(folder / "eleven-megabytes.png", 400, 400), 11_000_000)
    (folder / "damaged.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    video(folder / "talk.mp4")
    video(folder / "twelve-frames.mp4", rate=12)
