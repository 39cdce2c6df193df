"""The published Python names: what a program calls, and what it gets."""

from __future__ import annotations

import inspect
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import promptlang

FILM = """\
@Driver = character: a driver of sixty
{city} = "Rome"

SHOT 1 (4s): wide shot, static
  @Driver waits in {city}.
"""
WRONG = "SHOT 1 (20s): wide shot, static\n  A kite waits.\n"


def test_the_verbs_take_what_the_page_shows() -> None:
    def parameters(verb: Any) -> list[str]:
        return list(inspect.signature(verb).parameters)

    assert parameters(promptlang.parse) == ["text", "path"]
    assert parameters(promptlang.check)[:2] == ["text", "target"]
    assert parameters(promptlang.compile) == ["text", "target", "values", "assets", "strict"]
    assert parameters(promptlang.format) == ["text"]
    assert parameters(promptlang.targets) == []


def test_the_example_of_the_page_runs(tmp_path: Path) -> None:
    script = promptlang.parse(FILM, path="film.shot")
    assert isinstance(script, promptlang.Script)
    problems = promptlang.check(FILM, target="fal/kling-o3-pro")
    assert all(isinstance(problem, promptlang.Diagnostic) for problem in problems)
    result = promptlang.compile(
        FILM,
        target="pixio/kling-o3",
        values={"city": "Paris"},
        assets={"Driver": ["https://example.org/a.png", "https://example.org/b.png"]},
    )
    assert isinstance(result.requests[0].payload, dict)
    assert result.requests[0].prompts[0].text.endswith("waits in Paris.")
    many = promptlang.compile(script, target=["kling/o3", "fal/kling-o3-pro"])
    assert [one.target for one in many] == ["kling/o3", "fal/kling-o3-pro"]
    assert promptlang.parse(promptlang.format(FILM)).same(script)
    assert all(isinstance(target, promptlang.Target) for target in promptlang.targets())


@pytest.mark.parametrize("target", [t.id for t in promptlang.targets()])
def test_text_file_and_tree_are_one(tmp_path: Path, target: str) -> None:
    path = tmp_path / "film.shot"
    path.write_text(FILM, encoding="utf-8")
    tree = promptlang.parse(FILM, path=str(path))
    ways = [promptlang.compile(way, target=target) for way in (path, tree)]
    assert ways[0] == ways[1]
    plain = promptlang.compile(FILM, target=target)
    assert [r.payload for r in plain.requests] == [r.payload for r in ways[0].requests]


def test_a_diagnostic_says_everything() -> None:
    (found,) = [d for d in promptlang.check(WRONG, target="kling/o3") if d.is_error]
    assert (found.name, found.code) == ("shot-too-long", "PL201")
    assert found.severity == "error"
    assert isinstance(found.message, str)
    assert found.hint is None or isinstance(found.hint, str)
    assert (found.related, found.fixes) == ((), ()) or found.fixes or found.related
    span = found.span
    assert (span.path, span.line, span.column) == ("<text>", 1, 9)
    assert WRONG[span.start : span.end] == "20s"
    assert {str(severity) for severity in promptlang.Severity} == {
        "error", "warning", "info", "hint",
    }  # fmt: skip


def test_errors_are_raised_only_where_asked_for() -> None:
    result = promptlang.compile(WRONG, target="kling/o3")
    for raising in (
        result.raise_for_errors,
        lambda: promptlang.compile(WRONG, target="kling/o3", strict=True),
    ):
        with pytest.raises(promptlang.CompileError) as raised:
            raising()
        assert [d.name for d in raised.value.diagnostics if d.is_error] == ["shot-too-long"]
        copied = pickle.loads(pickle.dumps(raised.value))
        assert copied.diagnostics == raised.value.diagnostics


def test_a_script_is_parsed_once_for_any_number_of_targets_and_rows() -> None:
    script = promptlang.parse(FILM)
    for city in ("Rome", "Oslo"):
        for target in promptlang.targets():
            again = promptlang.compile(script, target=target.id, values={"city": city})
            afresh = promptlang.compile(FILM, target=target.id, values={"city": city})
            assert again == afresh
    assert script.same(promptlang.parse(FILM))


def test_threads_share_scripts_and_targets() -> None:
    script = promptlang.parse(FILM)
    jobs = [(t.id, c) for t in promptlang.targets() for c in ("Rome", "Oslo", "Bern")]

    def work(job: tuple[str, str]) -> str:
        return promptlang.compile(script, job[0], values={"city": job[1]}).model_dump_json()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, jobs)) == [work(job) for job in jobs]


def test_results_travel_between_processes() -> None:
    for target in promptlang.targets():
        result = promptlang.compile(FILM, target=target.id)
        for value in (result, result.diagnostics, result.requests, target, promptlang.parse(FILM)):
            copied = pickle.loads(pickle.dumps(value))
            assert str(copied) == str(value) or copied == value


def test_the_package_is_typed() -> None:
    assert (Path(promptlang.__file__).parent / "py.typed").is_file()
