"""The language server as an editor meets it, beside two others on files of the same size.

ruff's server checks Python, yaml-language-server checks YAML.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.script import script
from benchmarks.table import Row
from tests.editors import node
from tests.editors.programme import CACHE
from tests.lsp.client import SERVER, Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_YAML = "yaml-language-server@2.0.0"
_PAUSE = 1.5
"""Seconds to wait for what a server does when a writer pauses."""


def measure(*, quick: bool) -> Iterator[Row]:
    """Measure everything of this module, row by row."""
    keys, storm = (60, 1000) if quick else (300, 5000)
    with tempfile.TemporaryDirectory() as folder:
        yield from _own(Path(folder), keys, storm)
        yield from _ruff(Path(folder), keys, storm)
        yield _yaml(Path(folder), keys // 6)


def _own(folder: Path, keys: int, storm: int) -> Iterator[Row]:
    yield _start(folder)
    text = script(1000)
    with Client(SERVER) as client:
        client.begin(folder=folder.as_uri())
        begun = time.perf_counter()
        uri = client.open(text, (folder / "film.shot").as_uri())
        client.diagnostics(uri, 1)
        opened = 1000 * (time.perf_counter() - begun)
        yield Row("opening 1,000 shots to first diagnostic", opened, unit=" ms")
        time.sleep(_PAUSE)
        place = _end_of(text, "  @Crew wipes")
        typed = _type(client, uri, place, keys)
        yield _row("keystroke to diagnostics, 1,000 shots, p95", typed, 95, 10, None)
        yield _row("keystroke to diagnostics, 1,000 shots, p99", typed, 99, None, 3)
        time.sleep(_PAUSE)
        asked = {"textDocument": {"uri": uri}, "position": place}
        for name, method, first, record in (
            ("completion", "textDocument/completion", 5, 2),
            ("hover", "textDocument/hover", 3, 2),
        ):
            times = _times(partial(client.request, method, asked), keys)
            yield _row(f"{name}, p95", times, 95, first, record)
        seconds = _storm(client, uri, place, keys + 2, storm)
        yield Row(f"storm of {storm:,} changes", seconds, 2, 1, unit=" s")
    yield _remarked(folder, keys)


def _remarked(folder: Path, keys: int) -> Row:
    """Measure a key where hundreds of remarks are told again with each."""
    text = script(1000, remarks=True)
    with Client(SERVER) as client:
        client.begin(folder=folder.as_uri())
        uri = client.open(text, (folder / "remarks.shot").as_uri())
        client.diagnostics(uri, 1)
        time.sleep(_PAUSE)
        typed = _type(client, uri, _end_of(text, "  @Crew wipes"), keys)
        return _row("a key with a remark on every second shot, p95", typed, 95, None, None)


def _start(folder: Path) -> Row:
    """Measure the time from the start of the process to the first diagnostic of 12 shots."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        with Client(SERVER) as client:
            client.begin(folder=folder.as_uri())
            client.diagnostics(client.open(script(12), (folder / "short.shot").as_uri()))
            times.append(1000 * (time.perf_counter() - start))
    return Row("server start to first diagnostic", statistics.median(times), 600, 400, unit=" ms")


def _ruff(folder: Path, keys: int, storm: int) -> Iterator[Row]:
    what = "the same of ruff server, Python of the same size, p95"
    if shutil.which("ruff") is None:
        yield Row(what, None, note="ruff is not installed")
        return
    lines = [
        f"def shot_{n}(hero, car):\n    return hero.walks_to(car, {n})\n\n\n" for n in range(4400)
    ]
    text = "import os\n\n\n" + "".join(lines)
    with Client(("ruff", "server")) as client:
        client.begin(folder=folder.as_uri())
        uri = client.open(text, (folder / "film.py").as_uri(), language="python")
        client.diagnostics(uri, 1)
        place = _end_of(text, "    return hero.walks_to(car, 2000)")
        typed = _type(client, uri, place, keys)
        yield _row(what, typed, 95, None, None)
        seconds = _storm(client, uri, place, keys + 2, storm)
        yield Row("the same storm of ruff server", seconds, unit=" s")


def _yaml(folder: Path, keys: int) -> Row:
    what = "the same of yaml-language-server, YAML of the same size, p95"
    try:
        command = _yaml_server()
    except node.MissingError as error:
        return Row(what, None, note=str(error).partition("\n")[0][:60])
    shots = [
        f"- shot: {n}\n  seconds: 5\n  camera: wide shot, static camera\n"
        f"  text: The crew wipes the deck while car {n} waits in the rain.\n"
        for n in range(2300)
    ]
    text = "".join(shots) + "  text: twice\n"
    with Client(command) as client:
        client.begin(folder=folder.as_uri())
        uri = client.open(text, (folder / "film.yaml").as_uri(), language="yaml")
        client.diagnostics(uri)
        place = _end_of(text, "  camera: wide shot, static camera")
        # It does not say of which version it tells.
        return _row(what, _type(client, uri, place, keys, numbered=False), 95, None, None)


def _yaml_server() -> tuple[str, ...]:
    """Return the command of yaml-language-server, installed beside the editors of the tests.

    Raises:
        MissingError: It is not there and cannot be installed.
    """
    home = CACHE / "yaml"
    with node.once(home, _YAML) as new:
        if new:
            node.npm("install", _YAML, cwd=home)
    program = home / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    return (*node.node(), str(program), "--stdio")


def _type(
    client: Client, uri: str, place: dict[str, int], count: int, *, numbered: bool = True
) -> list[float]:
    """Return the milliseconds from each key to its diagnostics."""
    version = 1

    def key() -> None:
        nonlocal version
        version += 1
        _change(client, uri, place, version)
        client.diagnostics(uri, version if numbered else None)

    return _times(key, count)


def _storm(client: Client, uri: str, place: dict[str, int], first: int, count: int) -> float:
    """Return the seconds until a server has told of the last of many changes."""
    start = time.perf_counter()
    for version in range(first, first + count):
        _change(client, uri, place, version)
    client.diagnostics(uri, first + count - 1)
    return time.perf_counter() - start


def _change(client: Client, uri: str, place: dict[str, int], version: int) -> None:
    letter = "xy"[version % 2]
    client.change(uri, version, {"range": {"start": place, "end": place}, "text": letter})


def _times(call: Callable[[], Any], count: int) -> list[float]:
    times = []
    for _ in range(count):
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    return times


def _row(
    what: str, times: Sequence[float], share: int, first: float | None, record: float | None
) -> Row:
    ordered = sorted(times)
    figure = ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
    middle = statistics.median(ordered)
    bound = record if first is None else first
    return Row(what, figure, bound, record, unit=" ms", note=f"median {middle:.2f} ms")


def _end_of(text: str, words: str) -> dict[str, int]:
    """Return the end of the line with some words that is nearest to the middle of a text."""
    at = text.index(words, len(text) // 2 if words.startswith("  @") else 0)
    end = text.index("\n", at)
    return {"line": text.count("\n", 0, at), "character": end - text.rindex("\n", 0, at) - 1}
