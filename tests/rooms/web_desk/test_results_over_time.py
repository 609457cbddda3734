"""A group over the surveys: the numbers of each survey's own snapshot, and the words of each count."""

import re
from dataclasses import replace

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.instruments.library import library
from teamhealth.outlets import numbers
from tests.northwind import SURVEYS, counted
from tests.reading import rows, said

TOMAS = "tomas@northwind.example"
NORTH, DESK = "warehouse-north", "service-desk"
WORDS = {
    "very_likely_higher": "very likely higher",
    "likely_higher": "likely higher",
    "unclear": "cannot tell",
    "likely_lower": "likely lower",
    "very_likely_lower": "very likely lower",
    None: "",
}


def _titles():
    asked = library().instrument("quarterly", ["en"])
    return {theme.title["en"]: theme.id for theme in asked.themes if theme.id != LEADER_THEME}


def _cell(cell):
    """Write what one survey told of a theme, with the word of its own count."""
    told = f"{numbers.mean(cell, 'en')} {numbers.between(cell.interval, 'en')}"
    return f"{told}{WORDS[cell.change]}"


def test_the_table_says_of_each_survey_what_its_own_snapshot_holds(reading):
    _, page = reading(TOMAS)
    told = {row[0]: row[1:] for row in rows(page(f"groups/{NORTH}/surveys"), "over")[1:]}
    waves = [snapshot.group(NORTH).themes for snapshot, _ in counted()]
    assert told == {
        title: [_cell(wave[theme]) for wave in waves] for title, theme in _titles().items()
    }


def test_survey_by_survey_it_says_who_is_in_the_figures_and_the_recommendation_from_twenty(
    reading,
):
    _, page = reading()
    for group in (DESK, NORTH):
        told = rows(page(f"groups/{group}/surveys"), "held")[1:]
        for row, (snapshot, _) in zip(told, counted(), strict=True):
            one = snapshot.group(group)
            assert row[0] == snapshot.survey.title
            assert row[2] == f"{one.responses} of {one.invited}"
            many = sum(one.enps.counts) if one.enps else 0
            score = 100 * (one.enps.counts[2] - one.enps.counts[0]) / many if many else 0
            expected = numbers.signed(score, "en") if many >= 20 else "told from 20 answers"
            assert row[3] == expected
            assert str(snapshot.survey.closed[:4]) in row[1]


def test_every_drawing_ends_in_the_mean_of_the_last_survey(reading):
    snapshot, page = reading(TOMAS)
    drawn = re.findall(r'class="val"[^>]*>([^<]+)<', page(f"groups/{NORTH}/surveys"))
    themes = [theme.id for theme in snapshot.themes if theme.id != LEADER_THEME]
    cells = snapshot.group(NORTH).themes
    assert drawn == [numbers.mean(cells[theme], "en") for theme in themes]


def test_each_survey_leads_to_the_groups_page_of_then(reading):
    _, page = reading(TOMAS)
    html = page(f"groups/{NORTH}/surveys")
    for survey in SURVEYS:
        assert f"/desk/surveys/{survey}/groups/{NORTH}" in html


def test_each_theme_leads_to_its_own_page_at_that_group(reading):
    snapshot, page = reading(TOMAS)
    html = page(f"groups/{NORTH}/surveys")
    assert f"themes/listening?in={NORTH}#surveys" in html
    there = page(f"themes/listening?in={NORTH}")
    assert 'id="surveys"' in there
    cell = snapshot.group(NORTH).themes["listening"]
    assert ["Q3 2026", numbers.mean(cell, "en"), numbers.between(cell.interval, "en")] in rows(
        there, "surveys"
    )


def test_a_first_survey_says_that_there_is_nothing_before(reading):
    def first(snapshot):
        return replace(snapshot, survey=replace(snapshot.survey, previous=None))

    _, page = reading(change=first)
    words = said(page(f"groups/{NORTH}/surveys"))
    assert "There is nothing to compare yet" in words
    assert not rows(page(f"groups/{NORTH}/surveys"), "over")


def test_a_group_without_a_result_has_no_number_for_this_survey(reading):
    _, page = reading()
    html = page("groups/returns/surveys")
    assert "Not shown, to protect anonymity. Counted in Operations." in said(html)
    assert not rows(html, "over")
    assert not re.search(r"\d of \d", said(html))


def test_another_name_then_stands_beside_the_survey(reading):
    def renamed(snapshot):
        groups = (
            replace(g, name="Depot North") if g.id == NORTH else g for g in snapshot.groups
        )
        return replace(snapshot, groups=tuple(groups))

    _, page = reading(change=renamed)
    words = said(page(f"groups/{NORTH}/surveys"))
    assert "called Warehouse North then" in words


def test_a_group_that_is_not_theirs_has_no_page(reading):
    _, page = reading(TOMAS)
    for rest in ("groups/operations/surveys", "groups/none/surveys"):
        page(rest, 404)
