"""Everything that is checked, by name: ``nox -l`` lists it, ``nox -s lint`` runs one.

The sessions run in the environment nox itself is in (``.venv`` after the line of ``## Tests`` in
README.md), so that there is one set of versions and nothing is installed twice.
"""

import sys
from pathlib import Path

import nox

PYTHON = sys.executable

PARALLEL = ("-n", "auto", "--dist", "loadfile")
"""One process a core; the tests of one file share a server or a folder, so they stay together."""

COVERED = 100
"""Percent of the lines and branches: what nobody can reach is deleted, not left out."""

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "imports", "tests", "build"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format."""
    session.run(PYTHON, "-m", "ruff", "check", ".")
    session.run(PYTHON, "-m", "ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types, strictly."""
    session.run(PYTHON, "-m", "mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Imports point down."""
    session.run(str(Path(PYTHON).with_name("lint-imports")), "--no-cache")


@nox.session
def tests(session: nox.Session) -> None:
    """The whole suite; arguments go to pytest."""
    session.run(PYTHON, "-m", "pytest", *PARALLEL, *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Wheel and source distribution, into dist/."""
    session.run(PYTHON, "-m", "hatchling", "build", "-d", "dist")


@nox.session
def fuzz(session: nox.Session) -> None:
    """The properties, for longer: ``nox -s fuzz -- 20000`` tries that many cases each."""
    count = session.posargs[0] if session.posargs else "1000"
    session.run(
        PYTHON,
        "-m",
        "pytest",
        *PARALLEL,
        "-m",
        "hypothesis",  # the marker its plugin gives to every property
        env={"HYPOTHESIS_PROFILE": "long", "PROMPTLANG_EXAMPLES": count},
    )


@nox.session
def editors(session: nox.Session) -> None:
    """Real editors through one scenario: ``nox -s editors -- vscode`` drives one of them."""
    session.run(PYTHON, "-m", "tests.editors.programme", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """The benchmarks; ratios are printed, nothing is asserted."""
    session.run(PYTHON, "-m", "pip", "install", "--quiet", "--group", "bench")
    session.run(PYTHON, "-m", "benchmarks", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Lines and branches of parser, resolver, planner and rules that no test reaches."""
    packages = ("syntax", "vocabulary", "model", "plan", "lint")
    session.run(
        PYTHON,
        "-m",
        "pytest",
        *PARALLEL,
        *(f"--cov=promptlang.{name}" for name in packages),
        "--cov-branch",
        "--cov-report=term-missing:skip-covered",
        f"--cov-fail-under={COVERED}",
        *session.posargs,
        env={"CI": "1"},  # the same cases every time
    )


@nox.session
def mutants(session: nox.Session) -> None:
    """Wrong rules that no test notices: ``nox -s mutants -- light`` tries one module."""
    session.run(PYTHON, "-m", "tests.lint.mutants", *session.posargs)
