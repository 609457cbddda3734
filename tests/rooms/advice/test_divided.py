"""A theme that people see very differently is never praised; one that makes no one score is not used."""

from dataclasses import replace

from teamhealth.advice.highlights import highlights
from teamhealth.advice.suggesting import Occasion, for_finding
from teamhealth.cells.findings import Band, Reliability
from teamhealth.cells.model import Change, Compared
from teamhealth.instruments.library import library
from teamhealth.instruments.themes import BANDS, Banding
from tests.rooms.advice.makers import cell, snapshot
from tests.rooms.outlets.planting import DIVIDED, PARTLY

BANDING = Banding(3.0, 3.9)


def found(*, apart=(), **themes):
    given = snapshot(themes)
    scored = tuple(
        replace(one, reliability=Reliability(0.4, "alpha", Band.APART))
        if one.id in apart
        else one
        for one in given.themes
    )
    return highlights(replace(given, themes=scored), "team", BANDING)


def test_what_people_see_very_differently_is_never_one_to_keep():
    high = cell(4.4, full=True, compared=Compared.HIGHER, agreement=DIVIDED)

    told = found(listening=high, belonging=cell(4.2, 0.2, full=True, agreement=PARTLY))

    assert told.keep.theme == "belonging"
    assert "listening" not in told.keep.also
    assert [one.theme for one in told.divided] == ["listening"]


def test_it_may_ask_for_care_and_is_said_even_where_nothing_else_stands_out():
    low = cell(2.2, full=True, agreement=DIVIDED)

    told = found(listening=low, belonging=cell(3.5, full=True, agreement=DIVIDED))

    assert told.care.theme == "listening"
    assert [one.theme for one in told.divided] == ["listening", "belonging"]
    assert found(belonging=cell(3.5, full=True, agreement=PARTLY)).divided == ()


def test_a_theme_whose_statements_make_no_one_score_is_no_finding():
    low = cell(2.0, compared=Compared.LOWER, change=Change.VERY_LIKELY_LOWER, agreement=DIVIDED)

    told = found(listening=low, apart=("listening",))

    assert told.nothing
    assert (told.fallen, told.divided) == ((), ())
    assert told.apart == ("listening",)
    assert found(listening=low).care.theme == "listening"


def test_only_what_the_group_shows_is_said_to_be_left_out():
    assert found(belonging=cell(3.5), apart=("listening",)).apart == ()


def test_practices_for_steady_leadership_do_not_rest_on_a_score_that_is_none():
    low, high = (
        found(leader_support=cell(mean), apart=("leader_support",)).leader
        for mean in (1.6, 4.6)
    )

    assert low.bands == high.bands == BANDS
    practices = library().practices
    assert for_finding(practices, low, Occasion.CARE) == for_finding(
        practices, high, Occasion.CARE
    )
