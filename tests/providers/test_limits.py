"""Limits: what they allow and what is nearest; estimated tokens."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang.providers.target import Evidence, Limit
from promptlang.providers.tokens import estimate

EVIDENCE = Evidence("page", "a page", "2026-11-20", "page")


def limit(
    least: str | None = None,
    most: str | None = None,
    step: str | None = None,
    choices: tuple[str, ...] = (),
) -> Limit:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Limit(
        "total",
        EVIDENCE,
        min=number(least),
        max=number(most),
        step=number(step),
        choices=tuple(map(Decimal, choices)),
    )


WHOLE = limit("3", "15", "1")
FIVE_OR_TEN = limit(choices=("5", "10"))


@pytest.mark.parametrize(
    ("subject", "value", "allowed", "nearest"),
    [
        (WHOLE, "3", True, "3"),
        (WHOLE, "2", False, "3"),
        (WHOLE, "15", True, "15"),
        (WHOLE, "16", False, "15"),
        (WHOLE, "4.4", False, "4"),
        (WHOLE, "4.5", False, "5"),
        (WHOLE, "14.9", False, "15"),
        (FIVE_OR_TEN, "5", True, "5"),
        (FIVE_OR_TEN, "7.5", False, "10"),
        (FIVE_OR_TEN, "7.4", False, "5"),
        (FIVE_OR_TEN, "60", False, "10"),
        (limit("3", "10.05"), "10.05", True, "10.05"),
        (limit("3", "10.05"), "10.06", False, "10.05"),
        (limit("0.5", "9.5", "1"), "9.5", False, "9"),
        (limit(most="4"), "0", True, "0"),
        (limit(least="300"), "299", False, "300"),
        (limit(), "7", True, "7"),
    ],
)
def test_limit(subject: Limit, value: str, allowed: bool, nearest: str) -> None:
    assert subject.allows(Decimal(value)) == allowed
    assert subject.nearest(Decimal(value)) == Decimal(nearest)


@given(st.decimals("0.01", 100, places=2))
def test_the_nearest_is_allowed_and_no_other_is_nearer(value: Decimal) -> None:
    for subject in (WHOLE, FIVE_OR_TEN):
        found = subject.nearest(value)
        assert subject.allows(found)
        others = [Decimal(n) for n in range(1, 20) if subject.allows(Decimal(n))]
        assert abs(found - value) == min(abs(other - value) for other in others)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("a", 1),
        ("abcd", 1),
        ("abcde", 2),
        ("x" * 4000, 1000),
        ("x" * 4001, 1001),
        ("雨の夜", 3),
        ("한국어", 3),
        ("東京, night", 2 + 2),
        ("émigré", 2),
        ("＠Image1", 1 + 2),
    ],
)
def test_estimated_tokens(text: str, tokens: int) -> None:
    assert estimate(text) == tokens
