"""What a film knows besides its script."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

import promptlang
from promptlang.lint.film import written
from promptlang.lint.passages import Passage, words_of
from promptlang.lint.rule import Rule
from promptlang.lint.run import linter
from promptlang.model.storyboard import Shot
from promptlang.session import Document


def test_days_are_counted_to_the_calendar_where_no_day_is_set() -> None:
    film = Document(promptlang.parse("SHOT 1\n  Rain.\n")).film
    before = date.today()
    days = film.days_since((before - timedelta(days=40)).isoformat())
    assert days in {40, 40 + (date.today() - before).days}
    film.today = date(2027, 3, 1)
    assert film.days_since("2027-02-28") == 1


KINDS = """@Chair = product "chair.png" "chair-2.png": a chair
@Pier = image "pier.png"
@Sea = image "sea.png"
@Host = character: a host
@Talk = video "talk.mp4" 0:00-0:05
SHOT 1 (5s): wide shot
  Rain falls.
  start: @Pier
  end: @Sea
  using: @Host
EDIT @Talk
  change the chair to @Chair
ANGLE ON @Talk (5s)
  Based on @Talk, generate a close-up of @Host.
COVERAGE OF @Chair (5s)
  It turns.
  start: @Pier
"""


def test_every_block_says_what_it_shows() -> None:
    film = Document(promptlang.parse(KINDS)).film
    shown = [sorted(film.facts(unit).entities) for unit in film.units]
    assert shown == [
        ["Host", "Pier", "Sea"],
        ["Chair", "Talk"],
        ["Host", "Talk"],
        ["Chair", "Pier"],
    ]
    told = [[text.plain for text in written(unit)] for unit in film.units]
    assert told == [
        ["Rain falls.", "wide shot"],
        ["change the chair to @Chair"],
        ["a close-up of @Host."],
        ["It turns."],
    ]


@pytest.mark.parametrize(
    "plain",
    ["A dog's life.", "rock'n'roll 'n' 4x4", "O'Neil_2 and @Host's", "don't-stop 'quoted'", "ONE"],
)
def test_words_end_where_they_do_beside_other_alphabets(plain: str) -> None:
    assert (*words_of(plain), "é") == words_of(f"{plain} É")


def test_a_group_that_takes_no_part_in_a_match_is_passed_over() -> None:
    film = Document(promptlang.parse(KINDS)).film
    passage = next(p for p in film.passages if p.plain == "Rain falls.")
    assert repr(passage) == "Passage(prose, 'Rain falls.')"
    found = [word for word, _ in passage.find(re.compile("(Rain)|falls"), 1)]
    assert found == ["Rain"]
    assert isinstance(passage, Passage)


def test_a_rule_says_nothing_of_what_it_is_not_about() -> None:
    class Silent(Rule):
        """Nothing is wrong."""

        code = "PL999"

    rule = Silent()
    document = Document(promptlang.parse(f"target: kling/o3\n{KINDS}"))
    film, plan = document.film, document.sound_plan("kling/o3")
    shot = film.units[0]
    assert [*rule.waits(), *rule.words()] == []
    assert rule.hears("Rain falls.")
    told = [*rule.film(film), *rule.unit(shot, film), *rule.passage(film.passages[0], film)]
    assert isinstance(shot, Shot)
    told += [*rule.pair(shot, shot, film), *rule.generation(plan.generations[0], film)]
    told += rule.plan(plan, film)
    assert told == []
    assert repr(rule) == "Silent()"


def test_rules_of_taste_wait_to_be_wanted() -> None:
    film = Document(promptlang.parse("SHOT 1\n A WOMAN WALKS HOME ALONE.\n")).film
    assert "shouted-line" not in {d.name for d in linter().script(film)}
    wanted = linter(frozenset({"shouted-line", "not-formatted"}))
    assert {d.name for d in wanted.script(film)} == {"shouted-line", "not-formatted"}
