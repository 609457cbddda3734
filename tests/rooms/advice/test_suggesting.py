"""Practices fit the finding, begin with the set-up of work, and are always the same."""

from hypothesis import given, settings

from teamhealth.advice.highlights import highlights
from teamhealth.advice.suggesting import Occasion, suggest
from teamhealth.advice.talking import statements
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import Compared, ItemCell, Word
from teamhealth.instruments.library import library
from tests.rooms.advice.makers import THEMES, cell, snapshot
from tests.rooms.advice.test_highlights import results

ASKED = [theme for theme in THEMES if theme != LEADER_THEME]


def found(themes, **other):
    return highlights(snapshot(themes, **other), "team", library().banding)


def suggested(themes):
    return suggest(library().practices, found(themes), ASKED)


def test_the_theme_to_care_for_gets_practices_for_its_band():
    given = suggested({"listening": cell(2.2), "belonging": cell(4.6)})

    assert len(given) == 3
    for one in given:
        assert (one.theme, one.occasion) == ("listening", Occasion.CARE)
        assert "listening" in one.practice.themes
        assert "low" in one.practice.bands


def test_where_nothing_asks_for_care_practices_keep_what_is_strong():
    given = suggested({"belonging": cell(4.6)})

    assert {one.occasion for one in given} == {Occasion.KEEP}
    assert all("high" in one.practice.bands for one in given)


def test_where_nothing_stands_out_small_team_habits_for_different_themes_are_offered():
    given = suggested({"belonging": cell(3.5)})

    assert {one.occasion for one in given} == {Occasion.ANY}
    assert len({one.theme for one in given}) == len(given) > 0
    assert {(one.practice.participants, one.practice.effort) for one in given} == {
        ("team", "low")
    }
    assert LEADER_THEME not in {one.theme for one in given}


def test_load_is_looked_at_before_anybody_is_told_to_breathe():
    given = suggested({"focus_recovery": cell(2.0)})

    assert given[0].practice.id == "workload_reset"
    assert {one.practice.participants for one in given} <= {"team", "leader"}
    assert "low" in {one.practice.effort for one in given}


def test_what_was_tried_before_comes_after_all_that_was_not_and_is_marked():
    told = found({"listening": cell(2.2)})
    first = suggest(library().practices, told, ASKED)
    tried = {first[0].practice.id}

    again = suggest(library().practices, told, ASKED, 99, tried=tried)

    assert not any(one.tried for one in first)
    marks = [one.tried for one in again]
    assert marks == sorted(marks)
    assert [one.practice.id for one in again if one.tried] == list(tried)
    assert again[0].practice.id == first[1].practice.id


@settings(deadline=None)
@given(results)
def test_there_are_never_more_than_three_and_always_the_same(themes):
    given = suggested(themes)

    assert len(given) <= 3
    assert given == suggested(themes)
    assert len({one.practice.id for one in given}) == len(given)


def test_three_statements_of_different_themes_are_worth_a_talk():
    words = dict.fromkeys([f"{theme}_{n}" for theme in THEMES for n in (1, 2)], Word.MOST)
    words |= {
        "listening_2": Word.A_MINORITY,
        "psych_safety_1": Word.ALMOST_NOBODY,
        "leader_support_1": Word.ALMOST_NOBODY,
        "belonging_2": Word.ALMOST_EVERYBODY,
    }
    items = {name: ItemCell(7, word=word) for name, word in words.items()}
    themes = {"listening": cell(3.4, compared=Compared.LOWER), "belonging": cell(4.6)}
    whole = snapshot(themes, items=items)

    told = statements(whole, highlights(whole, "team", library().banding))

    assert [one.item for one in told] == ["listening_2", "psych_safety_1", "belonging_2"]
    assert [one.shared for one in told] == [False, False, True]
