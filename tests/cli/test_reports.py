"""Every format of ``check``: complete, escaped, and what the tools it is for can read."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from promptlang.cli import main
from promptlang.cli.report import FORMATS, Report, says, spell
from promptlang.cli.report.places import fingerprints, relative, uri
from promptlang.cli.show import concise, visible
from promptlang.cli.statistics import statistics
from promptlang.diagnostics import Diagnostic, Edit, Fix, Related
from promptlang.problems import all_problems
from promptlang.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tools import Tools

LINES = """\
target: fal/kling-o3-pro
cfg: 0.7

@Äda = character: a driver with a | in her cap

SHOT 1 (5s): wide shot, slwo push in
  @Äda drives <b>fast</b>, 100% & more.

SHOT 2 (5s): close-up
  @Eve 日本 waves.
"""

WORDS = {
    "unknown-name": "@Eve",
    "unknown-camera-term": "slwo",
    "too-many-diagnostics": "cfg",
    "looks-like-field": "close-up",
}

EVERY = sorted(FORMATS)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROMPTLANG_TRACEBACK", "1")


def found(text: str = LINES, path: str = "film noir/ä.shot") -> list[Diagnostic]:
    """Return one diagnostic of each weight, with everything a diagnostic can have."""
    source = Source(text, path)
    known = {problem.name: problem for problem in all_problems()}
    made = []
    for name, word in WORDS.items():
        at = text.index(word)
        span = Span(source, at, at + len(word))
        diagnostic = known[name].at(
            span,
            f'what is "{word}", 100% of it: a|b, <c> & \\d',
            hint="write *this*",
            related=[Related("said here", Span(source, 0, 6))],
            fixes=[Fix("write it", [Edit(span, "that"), Edit(Span(source, 0, 0), "# x\n")])],
        )
        made.append(diagnostic)
    at = text.index("SHOT 1")
    whole = Span(source, at, text.index("SHOT 2"))
    return [*made, known[name].at(whole, "of several lines")]


def report(diagnostics: list[Diagnostic] | None = None) -> Report:
    chosen = found() if diagnostics is None else diagnostics
    return Report(chosen, ["film noir/ä.shot", "clean.shot"])


@pytest.mark.parametrize("format", EVERY)
def test_what_it_looks_like(format: str, golden: Callable[[str, str], None]) -> None:
    golden(f"cli/report-{format}.txt", spell(report(), format))


@pytest.mark.parametrize("format", EVERY)
def test_nothing_is_a_complete_document_too(
    format: str, golden: Callable[[str, str], None]
) -> None:
    text = spell(report([]), format)
    golden(f"cli/report-nothing-{format}.txt", text)
    if format in {"json", "gitlab"}:
        assert json.loads(text) == []
    elif format == "sarif":
        assert json.loads(text)["runs"][0]["results"] == []
    elif format == "junit":
        assert ElementTree.fromstring(text).attrib["tests"] == "2"


def test_every_format_says_what_it_is_for() -> None:
    assert all(re.fullmatch(r".{20,90}", says(format)) for format in FORMATS)


@pytest.mark.parametrize("format", EVERY)
def test_from_the_command_line(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.shot").write_text(LINES, encoding="utf-8")
    assert main(["check", "a.shot", "--format", format]) == 1
    out, err = capsys.readouterr()
    assert "unknown-name" in out
    assert "Traceback" not in err
    assert (err != "") == (format in {"full", "concise"})


# --- sarif -------------------------------------------------------------------------------------


def sarif(diagnostics: list[Diagnostic] | None = None) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(spell(report(diagnostics), "sarif"))
    return log


def test_sarif_is_valid(tools: Tools) -> None:
    schema = tools.sarif_schema()
    Draft4Validator.check_schema(schema)
    check = Draft4Validator(schema)
    every = Source("x" * 9, "film.shot")
    for diagnostics in ([], found(), [p.at(Span(every, 1, 2), "m") for p in all_problems()]):
        assert [e.message for e in check.iter_errors(sarif(diagnostics))] == []
    broken = sarif()
    broken["runs"][0]["results"][0]["level"] = "hint"
    assert list(check.iter_errors(broken))


def test_sarif_regions_cover_what_is_meant() -> None:
    run = sarif()["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    lines = LINES.split("\n")
    for result, diagnostic in zip(run["results"], found(), strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        if region["startLine"] == region["endLine"]:
            line = lines[region["startLine"] - 1]
            covered = line[region["startColumn"] - 1 : region["endColumn"] - 1]
            assert covered == diagnostic.span.text
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert (rule["id"], rule["name"]) == (diagnostic.code, diagnostic.name)
        assert "```shot" in rule["help"]["markdown"]


def test_sarif_fixes_can_be_applied() -> None:
    (change,) = sarif()["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    text = LINES
    starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column - 1

    for replacement in sorted(
        change["replacements"], key=lambda r: -int(r["deletedRegion"]["startLine"])
    ):
        region = replacement["deletedRegion"]
        start = offset(region["startLine"], region["startColumn"])
        end = offset(region["endLine"], region["endColumn"])
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    assert text == "# x\n" + LINES.replace("@Eve", "that")


# --- places ------------------------------------------------------------------------------------


def test_paths_are_relative_with_forward_slashes(tmp_path: Path) -> None:
    inside = tmp_path / "a b" / "ä.shot"
    assert relative(str(inside)) == "a b/ä.shot"
    assert relative("./x/../ä.shot") == "ä.shot"
    assert uri(str(inside)) == "a%20b/%C3%A4.shot"
    assert uri("a:b.shot") == "a%3Ab.shot"
    outside = tmp_path.parent / "other.shot"
    assert relative(str(outside)) == outside.as_posix()
    assert uri(str(outside)) == outside.as_uri()
    assert relative("<stdin>") == "<stdin>"
    assert uri("<stdin>") == "%3Cstdin%3E"


def test_fingerprints_survive_moved_lines_and_differ() -> None:
    before = fingerprints(found())
    moved = "# one\n\n# two\n" + LINES.replace("\nSHOT 1", "\n\n# three\nSHOT 1")
    assert fingerprints(found(moved)) == before
    assert len(set(before)) == len(before)
    twice = found() + found()
    assert len(set(fingerprints(twice))) == len(twice)
    assert fingerprints(found(path="other.shot"))[0] != before[0]
    changed = fingerprints(found(LINES.replace("  @Eve", "  Then @Eve")))
    assert changed[0] != before[0]
    assert changed[1:] == before[1:]


# --- the others --------------------------------------------------------------------------------


def unescaped(text: str) -> str:
    for code, mark in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, mark)
    return text


def test_github_is_read_back() -> None:
    for line, diagnostic in zip(spell(report(), "github").splitlines(), found(), strict=True):
        read = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
        assert read is not None
        place = dict(pair.split("=", 1) for pair in read[2].split(","))
        assert unescaped(place["file"]) == "film noir/ä.shot"
        assert int(place["line"]) == diagnostic.span.line
        assert ("col" in place) == (place["line"] == place["endLine"])
        assert unescaped(read[3]).split("\nhint: ")[0] == diagnostic.message


def test_gitlab_has_what_it_demands() -> None:
    for entry in json.loads(spell(report(), "gitlab")):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["path"] == "film noir/ä.shot"
        assert entry["location"]["lines"]["begin"] <= entry["location"]["lines"]["end"]


def test_junit_follows_its_schema(tools: Tools, tmp_path: Path) -> None:
    program = (
        "import sys; from lxml import etree;"
        "etree.XMLSchema(etree.parse(sys.argv[1])).assertValid(etree.parse(sys.argv[2]))"
    )
    python, schema = tools.command("python"), str(tools.junit_schema())
    for name, text in (
        ("full.xml", spell(report(), "junit")),
        ("nothing.xml", spell(report([]), "junit")),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [python, "-c", program, schema, str(path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_junit_counts_what_is_in_it() -> None:
    root = ElementTree.fromstring(spell(report(), "junit"))
    cases = root.findall("testsuite/testcase")
    assert int(root.attrib["tests"]) == len(cases) == 6
    assert int(root.attrib["failures"]) == len(root.findall(".//failure")) == 1
    assert sum(int(s.attrib["skipped"]) for s in root) == len(root.findall(".//skipped")) == 4
    assert [s.attrib["name"] for s in root] == ["film noir/ä.shot", "clean.shot"]


def cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line)


def test_markdown_calls_nobody() -> None:
    text = spell(report(), "markdown")
    assert not re.search(r"@\w", text)
    assert "@&#8203;Eve" in text


# --- any text ----------------------------------------------------------------------------------

ANY = st.text(st.characters(), max_size=30)


@given(ANY, ANY, ANY.filter(bool))
def test_any_text_is_well_formed(message: str, hint: str, line: str) -> None:
    source = Source(line, "film.shot")
    problem = all_problems()[0]
    one = problem.at(Span(source, 0, len(line)), message, hint=hint)
    one.fixes = (Fix(message, [Edit(one.span, line)]),)
    told = Report([one], ["film.shot"])
    case = ElementTree.fromstring(spell(told, "junit"))[0][0]
    assert case[0].attrib["message"] == f"{one.severity}: {visible(message)}"
    assert case[0].text == concise(one)
    assert len(json.loads(spell(told, "gitlab"))) == 1
    assert len(json.loads(spell(told, "sarif"))["runs"][0]["results"]) == 1
    command = spell(told, "github")
    assert command.count("\n") == 1
    assert command.startswith("::error ")
    body = unescaped(command.split("::", 2)[2][:-1])
    assert body.startswith(visible(message))
    rows = [row for row in spell(told, "markdown").split("\n") if row.startswith("|")]
    assert [len(cells(row)) for row in rows] == [6, 6, 6, 5, 5, 5]
    for format in FORMATS:
        spell(told, format).encode()


# --- counts ------------------------------------------------------------------------------------


def test_statistics(capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]) -> None:
    golden("cli/report-statistics.txt", statistics([*found(), *found()[:1]], "full"))
    Path("a.shot").write_text(LINES + "  @Eve again.\n", encoding="utf-8")
    outs = []
    for format in ("full", "concise", "json", "jsonl"):
        assert main(["check", "a.shot", "--statistics", "--format", format]) == 1
        outs.append(capsys.readouterr().out)
    full, short, array, lines = outs
    assert short == full
    rows = json.loads(array)
    assert [json.loads(line) for line in lines.splitlines()] == rows
    assert rows == sorted(rows, key=lambda row: (-row["count"], row["code"]))
    assert {"count": 1, "code": "PL120", "name": "unknown-name", "fixable": 0} in rows


def test_statistics_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.shot").touch()
    for format, nothing in (("full", ""), ("json", "[]\n"), ("jsonl", "")):
        assert main(["check", "a.shot", "--statistics", "--format", format]) == 0
        assert capsys.readouterr().out == nothing


def test_statistics_have_no_place_in_other_formats(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.shot").touch()
    assert main(["check", "a.shot", "--statistics", "--format", "sarif"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert '--statistics takes --format full, concise, json, jsonl, not "sarif"' in err
