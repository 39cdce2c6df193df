"""Gathers promptlang and what it needs into one zip, as a browser can run it.

``python gather.py OUT.zip [CHECKOUT]``. The versions are those of requirements.txt, the platform is
that of Pyodide: its wheels are on the package index like those of any other platform.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HERE = Path(__file__).resolve().parent
PLATFORM = "pyemscripten_2026_0_wasm32"
PYTHON = "3.14"
MARKUPSAFE = "markupsafe==3.0.4"
"""It speeds up a library with a module in C, and comes with the same in Python."""


def pip(*words: str) -> None:
    """Run pip."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *words]
    subprocess.run(command, check=True)


def gather(folder: Path, checkout: Path) -> dict[str, bytes]:
    """Return every file that is needed, by its path."""
    abis = [word for abi in ("cp314", "abi3", "none") for word in ("--abi", abi)]
    pip(
        *("download", "--no-deps", "--only-binary=:all:", "--dest", str(folder)),
        *("--platform", PLATFORM, "--python-version", PYTHON, "--implementation", "cp", *abis),
        *("--requirement", str(HERE / "requirements.txt")),
    )
    pip("download", "--no-deps", "--no-binary=:all:", "--dest", str(folder), MARKUPSAFE)
    with_own = ["--no-build-isolation"] if find_spec("hatchling") else []
    pip("wheel", "--no-deps", *with_own, "--wheel-dir", str(folder), str(checkout))
    found: dict[str, bytes] = {}
    for wheel in sorted(folder.glob("*.whl")):
        with ZipFile(wheel) as packed:
            for name in packed.namelist():
                if (kept := _kept(name)) is not None:
                    found[kept] = packed.read(name)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        for member in packed:
            _, _, name = member.name.partition("/src/")
            content = packed.extractfile(member)
            if name.endswith(".py") and content is not None:
                found[name] = content.read()
            elif Path(member.name).name.startswith("LICENSE") and content is not None:
                found[f"licenses/{archive.name.split('-')[0]}/LICENSE"] = content.read()
    return found


def _kept(name: str) -> str | None:
    """Return where a file of a wheel goes; None for what nobody reads there."""
    top, _, rest = name.partition("/")
    if not top.endswith(".dist-info"):
        return None if name.endswith((".pyi", "/")) else name
    if "license" in rest.lower():
        return f"licenses/{top.split('-')[0]}/{Path(rest).name}"
    return None


def main(out: str, checkout: str = str(HERE.parents[1])) -> None:
    """Write the zip; the same files give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        found = gather(Path(folder), Path(checkout))
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in sorted(found.items()):
            packed.writestr(ZipInfo(name), content, ZIP_DEFLATED, 9)


if __name__ == "__main__":
    main(*sys.argv[1:])
