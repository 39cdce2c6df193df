"""Reports in the XML of JUnit, which every build server shows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from promptlang.cli.report.places import relative
from promptlang.cli.show import concise, visible

if TYPE_CHECKING:
    from promptlang.cli.report import Report
    from promptlang.diagnostics import Diagnostic


def junit(report: Report) -> str:
    """A test report of JUnit: a suite a script, errors fail, the rest is marked as skipped."""
    files = report.by_file()
    failures = sum(d.is_error for d in report.diagnostics)
    cases = sum(len(found) or 1 for found in files.values())
    root = ElementTree.Element("testsuites", {"name": "promptlang"} | _counts(cases, failures))
    for path, found in files.items():
        name = visible(relative(path))
        failures = sum(d.is_error for d in found)
        counts = _counts(len(found) or 1, failures) | {"skipped": str(len(found) - failures)}
        suite = ElementTree.SubElement(root, "testsuite", {"name": name} | counts)
        for diagnostic in found:
            _case(suite, name, diagnostic)
        if not found:
            ElementTree.SubElement(suite, "testcase", name="check", classname=name, time="0")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _counts(cases: int, failures: int) -> dict[str, str]:
    return {"tests": str(cases), "failures": str(failures), "errors": "0", "time": "0"}


def _case(suite: ElementTree.Element, file: str, diagnostic: Diagnostic) -> None:
    span = diagnostic.span
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=f"{diagnostic.name} {diagnostic.code} at {span.line}:{span.column}",
        classname=file,
        time="0",
    )
    # A build must not fail for what the exit code lets pass, nor must it go unseen.
    mark = "failure" if diagnostic.is_error else "skipped"
    said = f"{diagnostic.severity}: {visible(diagnostic.message)}"
    child = ElementTree.SubElement(case, mark, message=said)
    if diagnostic.is_error:
        child.set("type", diagnostic.name)
    child.text = concise(diagnostic)
