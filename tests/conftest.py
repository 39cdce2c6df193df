"""What every test may use: the golden files, and how hard hypothesis tries."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.tools import tools as tools  # a fixture for all

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"

# A busy machine must not fail a test, so no profile has a deadline. `ci` tries the same cases
# everywhere; `long` is for the fuzz session, at night.
_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", deadline=None, max_examples=100, suppress_health_check=_QUIET)
settings.register_profile(
    "ci", settings.get_profile("dev"), derandomize=True, max_examples=60, database=None
)
settings.register_profile(
    "long",
    settings.get_profile("dev"),
    max_examples=int(os.environ.get("PROMPTLANG_EXAMPLES", "10000")),
    # What one run of CI finds the next must find too; chance is for the desk.
    derandomize="CI" in os.environ,
    database=None,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the golden files that differ; look at the diff before committing it",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file of ``tests/golden``: ``golden("cli/check.txt", text)``."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        with_end = text if text.endswith("\n") or not text else f"{text}\n"
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(with_end, encoding="utf-8", newline="\n")
            return
        if not path.is_file():
            pytest.fail(
                f"{name} is no golden file yet; write it with --update-golden", pytrace=False
            )
        wanted = path.read_text(encoding="utf-8")
        if with_end != wanted:
            lines = difflib.unified_diff(
                wanted.splitlines(), with_end.splitlines(), f"golden/{name}", "now", lineterm=""
            )
            pytest.fail("\n".join(lines) or f"{name}: line ends differ", pytrace=False)

    return compare
