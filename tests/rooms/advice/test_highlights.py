"""What stands out is carried by its evidence, and nothing standing out is an answer."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.advice.highlights import Sign, highlights
from teamhealth.cells.audience import HR, LEADER_THEME, Viewer, seen_by
from teamhealth.cells.model import Change, Compared, GroupResult, Range, ThemeCell
from teamhealth.instruments.themes import Banding
from tests.rooms.advice.makers import THEMES, cell, snapshot

BANDING = Banding(3.0, 3.9)
LOWER = {Change.LIKELY_LOWER, Change.VERY_LIKELY_LOWER}
HIGHER = {Change.LIKELY_HIGHER, Change.VERY_LIKELY_HIGHER}


def found(**themes):
    return highlights(snapshot(themes), "team", BANDING)


def test_a_team_like_all_others_has_nothing_that_stands_out():
    usual = cell(3.5, compared=Compared.USUAL, change=Change.UNCLEAR)

    told = found(psych_safety=usual, listening=usual, focus_recovery=usual)

    assert told.nothing
    assert (told.keep, told.care, told.risen, told.fallen) == (None, None, (), ())


def test_a_mean_in_the_high_band_is_not_enough_if_its_interval_reaches_out_of_it():
    assert found(listening=cell(4.0, 0.5)).keep is None
    assert found(listening=cell(4.1, 0.4)).keep.signs == (Sign.HIGH,)


@pytest.mark.parametrize(("low", "high"), [(3.8, 4.1), (3.7, 4.3), (3.5, 4.7), (3.6, 4.5)])
def test_exactly_two_thirds_of_an_interval_are_most_of_it_however_floats_round(low, high):
    told = replace(cell(4.0), interval=Range(low, high))

    assert found(listening=told).keep.signs == (Sign.HIGH,)


def test_without_an_interval_nothing_follows_from_a_mean():
    assert found(listening=cell(4.8, None), belonging=cell(1.5, None)).nothing


def test_what_is_higher_than_usual_is_kept_and_what_is_lower_is_cared_for():
    told = found(
        listening=cell(3.6, compared=Compared.HIGHER),
        belonging=cell(3.4, compared=Compared.LOWER),
    )

    assert (told.keep.theme, told.keep.signs) == ("listening", (Sign.HIGHER,))
    assert (told.care.theme, told.care.signs) == ("belonging", (Sign.LOWER,))


@pytest.mark.parametrize(
    "mixed",
    [
        cell(4.4, compared=Compared.LOWER),
        cell(4.4, change=Change.LIKELY_LOWER),
        cell(3.5, compared=Compared.HIGHER, change=Change.VERY_LIKELY_LOWER),
        cell(3.5, compared=Compared.LOWER, change=Change.LIKELY_HIGHER),
    ],
    ids=["high but lower", "high but fallen", "higher but fallen", "lower but risen"],
)
def test_a_theme_whose_signs_point_both_ways_is_no_finding(mixed):
    assert found(listening=mixed).nothing


def test_what_is_low_on_the_scale_asks_for_care_even_where_others_are_lower_still():
    told = found(listening=cell(2.0, compared=Compared.HIGHER))

    assert told.keep is None
    assert told.care.theme == "listening"


def test_low_load_and_recovery_come_before_everything_else():
    told = found(
        psych_safety=cell(1.5, compared=Compared.LOWER),
        focus_recovery=cell(3.4, compared=Compared.LOWER),
    )

    assert told.load_first
    assert (told.care.theme, told.care.also) == ("focus_recovery", ("psych_safety",))


def test_changes_are_told_in_the_order_of_the_questionnaire():
    risen = cell(3.5, change=Change.LIKELY_HIGHER)

    told = found(belonging=risen, psych_safety=risen, listening=cell(change=Change.UNCLEAR))

    assert [one.theme for one in told.risen] == ["psych_safety", "belonging"]
    assert told.keep is None


def test_the_leaders_theme_is_only_where_its_audience_finds_it():
    whole = snapshot({LEADER_THEME: cell(1.6, compared=Compared.LOWER), "listening": cell(4.6)})
    theirs = highlights(seen_by(whole, Viewer(frozenset({"team"}))), "team", BANDING)
    others = highlights(seen_by(whole, HR), "team", BANDING)

    assert theirs.leader.theme == LEADER_THEME
    assert others.leader is None
    assert theirs.care is others.care is None
    assert theirs.sure == others.sure


def test_a_group_without_a_result_has_no_finding():
    hidden = GroupResult("small", "acme", "Acme/Small", "Small", 4, None, "acme", "acme")

    told = highlights(snapshot({"listening": cell(4.6)}, beside=[hidden]), "small", BANDING)

    assert told.nothing
    assert (told.sure.responses, told.sure.silent, told.sure.margin) == (None, None, None)


def test_how_sure_the_result_is_follows_from_what_is_told_anyway():
    told = found(
        listening=cell(3.5, 0.4), belonging=cell(3.5, 0.6), psych_safety=cell(3.5, 0.5)
    )

    assert (told.sure.invited, told.sure.responses, told.sure.silent) == (9, 7, 2)
    assert told.sure.margin == pytest.approx(0.5)
    assert told.sure.words


ranges = st.tuples(st.floats(1, 5), st.floats(1, 5)).map(lambda ends: Range(*sorted(ends)))


@st.composite
def cells(draw):
    around = draw(st.none() | ranges)
    mean = (around.low + around.high) / 2 if around else draw(st.floats(1, 5))
    return ThemeCell(
        items=("a", "b"),
        mean=mean,
        interval=around,
        full=draw(st.booleans()),
        compared=draw(st.none() | st.sampled_from(Compared)),
        change=draw(st.none() | st.sampled_from(Change)),
    )


results = st.dictionaries(st.sampled_from(THEMES), cells())


def share(around, low, high):
    """Tell how much of an interval lies there; all or nothing for a single point."""
    if around.high == around.low:
        return float(low <= around.low < high or around.low == high == 5)
    return (min(around.high, high) - max(around.low, low)) / (around.high - around.low)


@settings(deadline=None)
@given(results)
def test_every_finding_is_carried_by_the_numbers_it_names(themes):
    told = found(**themes)

    for one in (told.keep, told.care, *told.risen, *told.fallen):
        assert one is None or one.cell == themes[one.theme]
    if told.keep:
        of = told.keep.cell
        high = of.interval is not None and share(of.interval, 3.9, 5) >= 2 / 3 - 1e-9
        assert high or of.compared is Compared.HIGHER
        assert of.compared is not Compared.LOWER
        assert of.change not in LOWER
    if told.care:
        of = told.care.cell
        low = of.interval is not None and share(of.interval, 1, 3.0) >= 2 / 3 - 1e-9
        up = of.compared is Compared.HIGHER or of.change in HIGHER
        assert low or (not up and (of.compared is Compared.LOWER or of.change in LOWER))
    assert all(one.cell.change in HIGHER for one in told.risen)
    assert all(one.cell.change in LOWER for one in told.fallen)


@settings(deadline=None)
@given(results)
def test_no_finding_ever_names_the_leaders_theme(themes):
    told = found(**themes)

    named = [one for one in (told.keep, told.care, *told.risen, *told.fallen) if one]
    assert LEADER_THEME not in {one.theme for one in named}
    assert LEADER_THEME not in {theme for one in named for theme in one.also}


@settings(deadline=None)
@given(results, results)
def test_what_is_told_of_a_group_depends_on_no_other_group(themes, others):
    alone = snapshot(themes)
    other = replace(alone.group("team"), id="other", path="Acme/Other", themes=others)

    assert highlights(alone, "team", BANDING) == highlights(
        snapshot(themes, beside=[other]), "team", BANDING
    )
