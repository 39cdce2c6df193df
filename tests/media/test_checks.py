"""Files against the limits of a target: each number at its edge and one step beyond it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from promptlang.model.resolve import resolve
from promptlang.plan.media import check_media
from promptlang.plan.planner import plan
from promptlang.providers import registry
from promptlang.syntax.parser import parse
from tests.media.files import padded, picture, video

if TYPE_CHECKING:
    from pathlib import Path

    from promptlang.diagnostics import Diagnostic

O3, O1, CAM = "fal/kling-o3-pro", "kling/o1", "chatvideopro/kling-multi-cam"
AUTO = "wavespeed/kling-v1-ai-multi-shot"
O1_TARGETS = (O1, "fal/kling-o1", "fal/kling-o1-standard")
SOURCE_TARGETS = (CAM, *O1_TARGETS, O3, "fal/kling-o3-standard", "kling/o3")


def checked(text: str, folder: Path | None, name: str = O3) -> list[Diagnostic]:
    target = registry.target(name)
    assert target is not None
    script = parse(text, "film.shot") if folder else parse(text)
    storyboard = resolve(script, folder=folder)
    assert [d for d in storyboard.diagnostics if d.is_error] == []
    return check_media(plan(storyboard, target), storyboard, folder)


def names(found: list[Diagnostic]) -> list[str]:
    return [d.name for d in found]


def with_image(name: str) -> str:
    return f'@Sea = image "{name}"\nSHOT 1 (5s): wide shot\n  Fog over the sea in @Sea.\n'


def with_source(name: str, stretch: str = "") -> str:
    return (
        f'@Talk = video "{name}" {stretch}\n'
        "EDIT @Talk\n  change the wall to a bookshelf in soft daylight\n"
    )


def angle(name: str) -> str:
    return f'@Talk = video "{name}"\nANGLE ON @Talk (5s): reverse angle\n  keep: lighting\n'


def coverage(name: str) -> str:
    return f'@Chair = product "{name}"\nCOVERAGE OF @Chair\n'


PICTURE_TARGETS = ((O3, with_image), (O1, with_image), ("kling/o3", with_image), (AUTO, coverage))


@pytest.mark.parametrize(("name", "script"), PICTURE_TARGETS)
@pytest.mark.parametrize(("size", "found"), [(10_000_000, []), (10_000_001, ["asset-too-large"])])
def test_pictures_have_10_megabytes_at_most(
    tmp_path: Path, name: str, script: object, size: int, found: list[str]
) -> None:
    padded(picture(tmp_path / "a.png", 400, 400), size)
    assert names(checked(script("a.png"), tmp_path, name)) == found  # type: ignore[operator]  # one of the functions above


@pytest.mark.parametrize(("name", "script"), PICTURE_TARGETS)
@pytest.mark.parametrize(
    ("size", "found"),
    [
        ((300, 300), []),
        ((300, 299), ["file-dimensions"]),
        ((299, 600), ["file-dimensions"]),
        ((750, 300), []),
        ((300, 750), []),
        ((753, 300), ["picture-shape"]),
        ((300, 753), ["picture-shape"]),
    ],
)
def test_pictures_have_300_pixels_and_a_shape_of_1_to_2_5(
    tmp_path: Path, name: str, script: object, size: tuple[int, int], found: list[str]
) -> None:
    picture(tmp_path / "a.png", *size)
    assert names(checked(script("a.png"), tmp_path, name)) == found  # type: ignore[operator]  # one of the functions above


@pytest.mark.parametrize(("name", "script"), PICTURE_TARGETS)
@pytest.mark.parametrize(
    ("file", "found"), [("a.png", []), ("a.jpg", []), ("a.jpeg", []), ("a.webp", ["file-format"])]
)
def test_pictures_are_png_or_jpeg(
    tmp_path: Path, name: str, script: object, file: str, found: list[str]
) -> None:
    picture(tmp_path / file, 400, 400)
    assert names(checked(script(file), tmp_path, name)) == found  # type: ignore[operator]  # one of the functions above


def source_of(name: str, file: str) -> str:
    """Return a script for a target that takes one video: an EDIT, or an ANGLE where it has none."""
    return angle(file) if name == CAM else with_source(file)


@pytest.mark.parametrize("name", SOURCE_TARGETS)
def test_a_source_has_200_megabytes_at_most(tmp_path: Path, name: str) -> None:
    padded(video(tmp_path / "a.mp4", 720, 720), 200_000_000)
    assert "asset-too-large" not in names(checked(source_of(name, "a.mp4"), tmp_path, name))
    padded(tmp_path / "a.mp4", 200_000_001)
    assert "asset-too-large" in names(checked(source_of(name, "a.mp4"), tmp_path, name))


@pytest.mark.parametrize(("size", "found"), [(100_000_000, []), (100_000_001, ["outside-advice"])])
@pytest.mark.parametrize("name", O1_TARGETS)
def test_the_guide_of_o1_advises_100_megabytes(
    tmp_path: Path, name: str, size: int, found: list[str]
) -> None:
    padded(video(tmp_path / "a.mp4", 720, 720), size)
    told = checked(with_source("a.mp4"), tmp_path, name)
    assert names(told) == found
    for diagnostic in told:
        assert diagnostic.severity.value == "warning"
        assert "the Kling O1 generation and editing guide" in diagnostic.message
        assert "100 MB" in diagnostic.message


@pytest.mark.parametrize(
    ("size", "found"),
    [
        ((720, 720), []),
        ((1280, 720), []),
        ((1080, 1920), []),
        ((1922, 1080), ["outside-advice"]),
    ],
)
@pytest.mark.parametrize("name", O1_TARGETS)
def test_the_guide_of_o1_advises_720p_or_1080p(
    tmp_path: Path, name: str, size: tuple[int, int], found: list[str]
) -> None:
    video(tmp_path / "a.mp4", *size, seconds=3)
    told = checked(with_source("a.mp4"), tmp_path, name)
    assert names(told) == found
    assert all(diagnostic.severity.value == "warning" for diagnostic in told)


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        ((720, 720), True),
        ((2160, 2160), True),
        ((718, 720), False),
        ((2162, 720), False),
    ],
)
@pytest.mark.parametrize("name", SOURCE_TARGETS)
def test_a_source_has_720_to_2160_pixels_a_side(
    tmp_path: Path, name: str, size: tuple[int, int], fits: bool
) -> None:
    video(tmp_path / "a.mp4", *size, seconds=3)
    found = names(checked(source_of(name, "a.mp4"), tmp_path, name))
    assert ("file-dimensions" in found) != fits


@pytest.mark.parametrize(
    ("seconds", "found"),
    [(2.5, ["source-length"]), (3, []), (10, []), (10.5, ["source-length"])],
)
def test_a_source_runs_3_to_10_seconds(tmp_path: Path, seconds: float, found: list[str]) -> None:
    video(tmp_path / "a.mp4", 720, 720, seconds=seconds)
    assert names(checked(with_source("a.mp4"), tmp_path, O3)) == found
    assert names(checked(angle("a.mp4"), tmp_path, CAM)) == found


def test_a_stretch_is_judged_by_its_own_length(tmp_path: Path) -> None:
    video(tmp_path / "a.mp4", 720, 720, seconds=12)
    assert checked(with_source("a.mp4", "0:02-0:10"), tmp_path) == []
    assert names(checked(with_source("a.mp4", "0:08-0:13"), tmp_path)) == ["stretch-beyond-end"]


@pytest.mark.parametrize(
    ("rate", "found"), [(23, ["frame-rate"]), (24, []), (60, []), (61, ["frame-rate"])]
)
@pytest.mark.parametrize("name", [O3, "kling/o3", "fal/kling-o1"])
def test_a_source_has_24_to_60_frames_a_second(
    tmp_path: Path, name: str, rate: int, found: list[str]
) -> None:
    video(tmp_path / "a.mp4", 720, 720, seconds=3, rate=rate)
    assert names(checked(with_source("a.mp4"), tmp_path, name)) == found


@pytest.mark.parametrize(
    ("file", "found"), [("a.mp4", []), ("a.mov", []), ("a.mkv", ["file-format"])]
)
@pytest.mark.parametrize("name", SOURCE_TARGETS)
def test_a_source_is_mp4_or_mov(tmp_path: Path, name: str, file: str, found: list[str]) -> None:
    video(tmp_path / file, 720, 720)
    assert names(checked(source_of(name, file), tmp_path, name)) == found


@pytest.mark.parametrize(
    ("size", "found"),
    [((1280, 720), []), ((720, 1280), []), ((720, 720), []), ((960, 720), ["picture-shape"])],
)
def test_a_new_angle_has_the_shape_of_its_source(
    tmp_path: Path, size: tuple[int, int], found: list[str]
) -> None:
    video(tmp_path / "a.mp4", *size)
    assert names(checked(angle("a.mp4"), tmp_path, CAM)) == found


@pytest.mark.parametrize(("side", "found"), [(1024, []), (1023, ["outside-advice"])])
@pytest.mark.parametrize("name", [O1, "fal/kling-o1"])
def test_the_guide_advises_1024_pixels_for_a_character(
    tmp_path: Path, name: str, side: int, found: list[str]
) -> None:
    picture(tmp_path / "a.png", side, 1100)
    picture(tmp_path / "b.png", 1100, 1100)
    text = '@Ann = character "a.png" "b.png": a chemist\nSHOT 1 (5s): wide shot\n  @Ann waits.\n'
    assert names(checked(text, tmp_path, name)) == found


def test_every_picture_of_an_element_is_looked_at_where_all_are_sent(tmp_path: Path) -> None:
    picture(tmp_path / "a.png", 1100, 1100)
    picture(tmp_path / "b.png", 200, 200)
    text = '@Car = vehicle "a.png" "b.png": a coupé\nSHOT 1 (5s): wide shot\n  @Car stops.\n'
    assert [d.span.text for d in checked(text, tmp_path, O3)] == ['"b.png"']
    assert [d.span.text for d in checked(text, tmp_path, O1)] == ['"b.png"']


def test_a_picture_there_is_no_room_for_is_not_looked_at(tmp_path: Path) -> None:
    picture(tmp_path / "a.png", 1100, 1100)
    picture(tmp_path / "b.png", 200, 200)
    six = "".join(f'@I{n} = image "a.png"\n' for n in range(6))
    shot = "  " + " ".join(f"@I{n}" for n in range(6)) + " and @Car.\n"
    text = f'{six}@Car = vehicle "a.png" "b.png": a coupé\nSHOT 1 (5s): wide shot\n{shot}'
    assert names(checked(text, tmp_path, O1)) == []


def test_first_and_last_frame_of_different_shape(tmp_path: Path) -> None:
    picture(tmp_path / "a.png", 1280, 720)
    picture(tmp_path / "b.png", 800, 800)
    picture(tmp_path / "c.png", 640, 360)
    text = (
        '@A = image "a.png"\n@B = image "{}"\n'
        "SHOT 1 (5s): wide shot\n  start: @A\n  end: @B\n  The fog lifts.\n"
    )
    (found,) = checked(text.format("b.png"), tmp_path)
    assert found.message == (
        "the first frame is 1280×720 and the last one 800×800: they differ in shape"
    )
    assert checked(text.format("c.png"), tmp_path) == []


def test_a_missing_file_is_told_once_and_judged_by_its_name(tmp_path: Path) -> None:
    text = with_image("sea.gif") + "SHOT 2 (12s): wide shot\n  Fog over the sea in @Sea.\n"
    assert names(checked(text, tmp_path)) == ["file-format", "file-missing"]
    assert names(checked(text, None)) == ["file-format"]


def test_a_file_may_lie_in_another_folder(tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    picture(tmp_path / "art" / "a.png", 400, 400)
    assert checked(with_image("art/a.png"), tmp_path) == []
    absolute = str(tmp_path / "art" / "a.png").replace("\\", "/")
    assert checked(with_image(absolute), tmp_path) == []


def test_a_video_where_a_picture_is_needed(tmp_path: Path) -> None:
    video(tmp_path / "a.mp4", 720, 720).rename(tmp_path / "a.png")
    (found,) = checked(with_image("a.png"), tmp_path)
    assert found.message == '"a.png" is a video, and a picture is needed here'


def test_addresses_are_passed_on_unseen() -> None:
    assert checked(with_image("https://example.org/a.png?x=1"), None) == []
    assert checked(with_image("http://example.org/picture"), None) == []
    assert names(checked(with_image("https://example.org/a.gif"), None)) == ["file-format"]
    assert names(checked(with_image("file:///etc/hostname"), None)) == ["address-refused"]


def test_what_has_no_file_is_told() -> None:
    text = "@Sea = image: the sea\nSHOT 1 (5s): wide shot\n  start: @Sea\n  Fog.\n"
    assert names(checked(text, None)) == ["asset-unbound"]
    attached = "EDIT @Video1\n  change the wall to a bookshelf in soft daylight\n"
    (found,) = checked(attached, None)
    assert "$attach:Video1" in found.message


def test_outputs_have_no_file(tmp_path: Path) -> None:
    text = (
        "SHOT 1 (5s) AS @one: wide shot\n  Fog.\n"
        "EDIT @one\n  change the wall to a bookshelf in soft daylight\n"
    )
    assert checked(text, tmp_path) == []


def test_without_the_libraries_sizes_and_names_are_still_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("PIL.PngImagePlugin", "PIL.JpegImagePlugin"):
        monkeypatch.setitem(sys.modules, module, None)
    padded(picture_of_bytes(tmp_path / "a.png"), 10_000_001)
    picture_of_bytes(tmp_path / "b.png")
    text = (
        '@A = image "a.png"\n@B = image "b.png"\n'
        "SHOT 1 (5s): wide shot\n  Fog over @A and @B and @A.\n"
    )
    found = checked(text, tmp_path)
    assert sorted(names(found)) == ["asset-too-large", "media-unchecked"]
    (note,) = [d for d in found if d.name == "media-unchecked"]
    assert note.message.startswith("2 files were not looked at")
    assert note.hint is not None
    assert "promptlang-shot[media]" in note.hint


def picture_of_bytes(path: Path) -> Path:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 16)
    return path


def test_the_file_of_a_frame_is_held_to_no_limit_of_pictures_or_videos(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '@Clip = video "clip.mp4"\nSHOT 1 (5s): wide shot\n  start: end of @Clip\n  Fog.\n'
    clip = video(tmp_path / "clip.mp4", 64, 64, seconds=0.5)
    assert checked(text, tmp_path) == []
    monkeypatch.setitem(sys.modules, "av", None)
    assert names(checked(text, tmp_path)) == ["media-unchecked"]
    monkeypatch.undo()
    clip.write_bytes(b"no video")
    assert checked(text, tmp_path) == []
    clip.unlink()
    assert names(checked(text, tmp_path)) == ["file-missing"]


def test_a_picture_in_the_address_itself_has_no_name_to_judge() -> None:
    assert checked(with_image("data:image/webp;base64,UklGRg=="), None) == []
    assert names(checked(with_image("https://example.org/sea.webp"), None)) == ["file-format"]
