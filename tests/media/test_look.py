"""Looking at files: what is there is told, what is hostile comes back as a value."""

from __future__ import annotations

import os
import random
import struct
import sys
import zlib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from promptlang.model.media import MOST_PIXELS, MediaFacts, MediaProblem, look
from tests.media.files import padded, picture, video

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.png", "png"), ("a.jpg", "jpeg"), ("a.webp", "webp"), ("misnamed.png", "png")],
)
def test_pictures(tmp_path: Path, name: str, format: str) -> None:
    facts = look(picture(tmp_path / name, 640, 360))
    assert isinstance(facts, MediaFacts)
    assert (facts.kind, facts.format, facts.width, facts.height) == ("picture", format, 640, 360)
    assert facts.bytes == (tmp_path / name).stat().st_size
    assert facts.seconds is None


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("lossless", [True, False])
def test_each_kind_of_webp(tmp_path: Path, mode: str, lossless: bool) -> None:
    path = tmp_path / "a.webp"
    Image.new(mode, (333, 77), 5).save(path, lossless=lossless)
    facts = look(path)
    assert isinstance(facts, MediaFacts)
    assert (facts.width, facts.height) == (333, 77)


def test_a_name_does_not_decide_what_a_file_is(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg", 300, 300).rename(tmp_path / "a.png")
    facts = look(tmp_path / "a.png")
    assert isinstance(facts, MediaFacts)
    assert facts.format == "jpeg"


def test_a_picture_held_upright_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    facts = look(picture(tmp_path / "phone.jpg", 640, 360, turned=True))
    assert isinstance(facts, MediaFacts)
    assert (facts.width, facts.height) == (360, 640)


def test_how_it_was_held_is_found_behind_what_else_a_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "the maker", 8
    Image.new("RGB", (640, 360)).save(tmp_path / "phone.jpg", exif=exif)
    facts = look(tmp_path / "phone.jpg")
    assert isinstance(facts, MediaFacts)
    assert (facts.width, facts.height) == (360, 640)


def test_a_recording_that_was_never_closed_has_no_length(tmp_path: Path) -> None:
    facts = look(video(tmp_path / "live.mkv", 320, 240, seconds=1, options={"live": "1"}))
    assert isinstance(facts, MediaFacts)
    assert (facts.width, facts.height, facts.seconds) == (320, 240, None)


@pytest.mark.parametrize(("name", "format"), [("a.mp4", "mp4"), ("a.mov", "mov"), ("a.mkv", "mkv")])
def test_videos(tmp_path: Path, name: str, format: str) -> None:
    facts = look(video(tmp_path / name, 320, 240, seconds=2, rate=30))
    assert isinstance(facts, MediaFacts)
    assert (facts.kind, facts.format, facts.width, facts.height) == ("video", format, 320, 240)
    assert facts.seconds == Decimal(2)
    assert facts.rate == Decimal(30)


def problem(path: Path) -> MediaProblem:
    found = look(path)
    assert isinstance(found, MediaProblem), found
    return found


def test_what_is_not_there(tmp_path: Path) -> None:
    assert problem(tmp_path / "nothing.png").kind == "missing"


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    assert problem(tmp_path).kind == "refused"
    assert problem(tmp_path / "a\0b.png").kind == "refused"
    assert problem(tmp_path / ("x" * 5000)).kind == "refused"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in its file system")
def test_a_pipe_does_not_make_it_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert problem(tmp_path / "pipe.png").kind == "refused"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no devices in its file system")
def test_an_endless_device_is_not_read() -> None:
    from pathlib import Path as Place

    assert problem(Place("/dev/zero")).kind == "refused"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"RIFF\x10\0\0\0WEBPVP8X\0",
        b"\0\0\0\x08ftyp",
        b"\0\0\0\0moov",
        b"\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x1a\x45\xdf\xa3",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"GIF89a" + b"\0" * 40,
        b"#EXTM3U\n#EXTINF:1,\nhttp://localhost/a.ts\n",
        b"ffconcat version 1.0\nfile /etc/hostname\n",
    ],
    ids=lambda content: repr(content[:16]),
)
def test_damaged_and_foreign_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    found = problem(path)
    assert found.kind == "unreadable"
    assert found.reason


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    )


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_decompression_bomb_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(100_000, 100_000))
    found = problem(path)
    assert found.kind == "refused"
    assert "100000×100000 pixels" in found.reason
    side = int(MOST_PIXELS**0.5)
    path.write_bytes(png(side, side))
    assert isinstance(look(path), MediaFacts)


def test_a_bomb_in_a_text_of_the_picture_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    packed = zlib.compress(b"\0" * 50_000_000, 9)
    path.write_bytes(png(400, 400, chunk(b"zTXt", b"note\0\0" + packed)))
    found = look(path)
    assert isinstance(found, MediaFacts)
    assert (found.width, found.height) == (400, 400)


def test_a_webp_that_claims_the_greatest_canvas_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.webp"
    path.write_bytes(b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff" * 6)
    assert problem(path).kind == "refused"


def test_megabytes_of_nothing_behind_a_jpeg_mark(tmp_path: Path) -> None:
    path = tmp_path / "junk.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    assert problem(padded(path, 300_000_000)).kind == "unreadable"


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.mp4", "a.mkv"])
def test_files_with_flipped_bytes_never_raise(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix in {".mp4", ".mkv"}:
        video(path, 64, 64, seconds=0.5)
    else:
        picture(path, 64, 64)
    whole = path.read_bytes()
    chance = random.Random(name)
    for _ in range(80):
        broken = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(chance.randrange(1, 12)):
            broken[chance.randrange(min(len(broken), 2000))] = chance.randrange(256)
        path.write_bytes(broken)
        assert isinstance(look(path), (MediaFacts, MediaProblem))


def test_without_the_libraries_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = picture(tmp_path / "a.png", 400, 400)
    film = video(tmp_path / "a.mp4", 64, 64, seconds=0.5)
    for module in ("PIL.PngImagePlugin", "PIL.JpegImagePlugin", "av"):
        monkeypatch.setitem(sys.modules, module, None)
    for path in (shown, film):
        found = problem(path)
        assert found.kind == "skipped"
        assert found.bytes == path.stat().st_size
