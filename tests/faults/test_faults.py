"""A fault is told once, where it is: 1.0 to 1.3 diagnostics a fault, none where nothing is wrong.

The scripts and the faults are drawn by seed, so a failure names all it takes to see it again.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import promptlang
from tests.faults.faults import FAULTS, IN_A_SHOT, IN_THE_HEADER, Fault
from tests.faults.films import film
from tests.faults.injecting import Faulty, Told, inject

SEEDS = st.integers(0, 1_000_000)
MOST = 1.3


def assert_told_once(script: Faulty) -> None:
    """See that each faulty line is named, that little else is, and nothing elsewhere."""
    told = Told(script)
    assert not told.unnamed
    assert not told.elsewhere
    assert 1.0 <= told.share <= MOST, told.found


@pytest.mark.parametrize("lines", [100, 1000])
@pytest.mark.parametrize("seed", range(8))
def test_the_clean_scripts_are_clean(seed: int, lines: int) -> None:
    text = film(seed, lines)
    assert len(text) == lines
    found = promptlang.check("\n".join(text) + "\n")
    assert [d for d in found if d.severity.rank < 2] == []


@given(SEEDS)
def test_one_fault_in_a_hundred_lines(seed: int) -> None:
    assert_told_once(inject(film(seed, 100), 1, Random(seed)))


@given(SEEDS)
def test_five_faults_in_a_hundred_lines(seed: int) -> None:
    assert_told_once(inject(film(seed, 100), 5, Random(seed)))


@given(SEEDS)
def test_twenty_faults_in_a_hundred_lines(seed: int) -> None:
    assert_told_once(inject(film(seed, 100), 20, Random(seed)))


@pytest.mark.parametrize("seed", range(6))
def test_a_hundred_faults_in_a_thousand_lines(seed: int) -> None:
    assert_told_once(inject(film(seed, 1000), 100, Random(seed)))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_is_told_once(fault: Fault) -> None:
    random = Random(fault.name)
    clean = film(3, 1000)
    places = [at for at, line in enumerate(clean) if fault.on.match(line)]
    made = 0
    for at in random.sample(places, min(2, len(places))):
        wrong = fault.befall(clean[at], random)
        if wrong is not None:
            script = Faulty(clean)
            script.change(at, wrong, fault.name)
            assert_told_once(script)
            made += 1
    assert made


@pytest.mark.parametrize("line", IN_A_SHOT)
def test_each_line_too_many_in_a_shot_is_told_once(line: str) -> None:
    script = Faulty(film(1, 100))
    headings = [at for at, heading in enumerate(script.lines) if heading.startswith("SHOT")]
    script.insert(Random(line).choice(headings) + 1, line)
    assert_told_once(script)


@pytest.mark.parametrize("line", IN_THE_HEADER)
def test_each_line_too_many_in_the_header_is_told_once(line: str) -> None:
    script = Faulty(film(1, 100))
    script.insert(script.lines.index('{harbour} = "Bergen"') + 1, line)
    assert_told_once(script)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("@Captain", "@Capatin"), ("@Rushes", "@Rushse"), ("{harbour}", "{harbuor}")],
)
def test_a_typo_where_a_name_is_declared_is_told_at_its_first_use(right: str, wrong: str) -> None:
    lines = film(3, 1000)
    text = "\n".join(lines).replace(f"{right} = ", f"{wrong} = ", 1)
    (found,) = [d for d in promptlang.check(f"{text}\n") if d.severity.rank < 2]
    first = next(at for at, line in enumerate(lines[16:], 17) if right in line)
    assert (found.span.line, found.span.text) == (first, right)
    assert found.hint == f'did you mean "{wrong}"?'


def test_a_missing_declaration_is_told_once() -> None:
    lines = [line for line in film(3, 1000) if not line.startswith("@Nurse = ")]
    (found,) = [d for d in promptlang.check("\n".join(lines)) if d.severity.rank < 2]
    assert found.span.text == "@Nurse"
