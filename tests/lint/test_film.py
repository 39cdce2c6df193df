"""What a film knows besides its script."""

from __future__ import annotations

from datetime import date, timedelta

import promptlang
from promptlang.session import Document


def test_days_are_counted_to_the_calendar_where_no_day_is_set() -> None:
    film = Document(promptlang.parse("SHOT 1\n  Rain.\n")).film
    before = date.today()
    days = film.days_since((before - timedelta(days=40)).isoformat())
    assert days in {40, 40 + (date.today() - before).days}
    film.today = date(2027, 3, 1)
    assert film.days_since("2027-02-28") == 1
