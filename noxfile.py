"""Everything that is checked, by name: ``nox -l`` lists it, ``nox -s lint`` runs one.

The sessions run in the environment nox itself is in (``.venv`` after the line of ``## Tests`` in
README.md), so that there is one set of versions and nothing is installed twice.
"""

from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "imports", "tests", "build"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format."""
    session.run("python", "-m", "ruff", "check", ".")
    session.run("python", "-m", "ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types, strictly."""
    session.run("python", "-m", "mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Imports point down."""
    session.run("lint-imports", "--no-cache")


@nox.session
def tests(session: nox.Session) -> None:
    """The whole suite; arguments go to pytest."""
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Wheel and source distribution, into dist/."""
    session.run("python", "-m", "hatchling", "build", "-d", "dist")


@nox.session
def fuzz(session: nox.Session) -> None:
    """The properties, for longer: ``nox -s fuzz -- 20000`` tries that many cases each."""
    count = session.posargs[0] if session.posargs else "1000"
    session.run(
        "python",
        "-m",
        "pytest",
        "-m",
        "hypothesis",  # the marker its plugin gives to every property
        env={"HYPOTHESIS_PROFILE": "long", "PROMPTLANG_EXAMPLES": count},
    )


@nox.session
def bench(session: nox.Session) -> None:
    """The benchmarks; ratios are printed, nothing is asserted."""
    if Path("benchmarks").is_dir():
        session.run("python", "-m", "benchmarks", *session.posargs)
