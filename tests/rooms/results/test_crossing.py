"""Results by what people told of themselves, from sheets to snapshot."""

from dataclasses import replace

import pytest
from scipy import stats

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.canonical import canonical
from teamhealth.cells.counts import variance
from teamhealth.cells.plain import to_plain
from tests.rooms.results.makers import (
    COMPANY,
    SITE,
    TENURE,
    charter,
    decided,
    instrument,
    seeded,
    survey,
)

ASKED = instrument(attributes=(TENURE, SITE))


def _company(seed=1, asked=ASKED, **how):
    given, fixed = charter(*COMPANY, asked=asked)
    form, sheets = survey(given, fixed, seeded(seed), **how)
    return given, form, sheets


def test_classes_show_words_and_rounded_means_however_many_they_are():
    snapshot, _ = decided(*_company())

    classes = snapshot.cross_cuts["tenure"]
    assert len(classes) >= 3
    assert max(one.responses for one in classes) >= 10
    for one in classes:
        assert all(cell.word and cell.counts is None for cell in one.items.values())
        assert "safety" in one.themes
        for cell in one.themes.values():
            told = [cell.mean, cell.interval.low, cell.interval.high]
            assert [round(number, 1) for number in told] == told
            assert not cell.full
            assert (cell.compared, cell.change, cell.usual) == (None, None, None)


def test_the_interval_of_a_class_by_hand():
    snapshot, _ = decided(*_company())
    facts, root = snapshot.themes[0], snapshot.root
    one = snapshot.cross_cuts["tenure"][0]
    cell, n, r = one.themes[facts.id], one.responses, facts.correlation
    v = [variance(root.items[item].counts) for item in cell.items]
    J = len(v)  # noqa: N806
    both = sum((v[a] * v[b]) ** 0.5 for a in range(J) for b in range(J) if a != b)
    rho = min(max(J * r / (1 + (J - 1) * r), 0.4), 0.9)
    asked = round(n * root.invited / root.responses)
    error = ((sum(v) + r * both) / J**2 / n * (1 - rho * n / asked)) ** 0.5
    half = int(stats.t.ppf(0.975, n + 3) * error * 10 + 0.5) / 10

    assert cell.interval.low == pytest.approx(cell.mean - half)
    assert cell.interval.high == pytest.approx(cell.mean + half)
    assert cell.whole == root.themes[facts.id].mean


def test_nothing_is_shown_by_class_of_those_who_lead():
    items = {LEADER_THEME: ("l1", "l2", "l3"), "calm": ("c1", "c2", "c3")}
    given, form, sheets = _company(asked=instrument(items, attributes=(TENURE,)))
    given = replace(given, survey=replace(given.survey, leader_theme="agreed"))

    snapshot, _ = decided(given, form, sheets)

    assert LEADER_THEME in snapshot.root.themes
    for one in snapshot.cross_cuts["tenure"]:
        assert set(one.themes) == {"calm"}
        assert set(one.items) == {"c1", "c2", "c3", "engagement"}


def test_an_item_that_fewer_than_four_in_five_answered_is_not_shown_by_class():
    given, form, sheets = _company(skip=0)
    at = form.items.index("j1")
    sheets = {
        v: [
            replace(one, answers=one.answers[:at] + b"\0" + one.answers[at + 1 :])
            if v in (4, 5, 6)
            else one
            for one in some
        ]
        for v, some in sheets.items()
    }

    snapshot, _ = decided(given, form, sheets)

    assert "j1" in snapshot.root.items
    assert all("j1" not in one.items for one in snapshot.cross_cuts["tenure"])
    assert all("c1" in one.items for one in snapshot.cross_cuts["tenure"])


def test_an_attribute_that_nobody_tells_shows_nothing():
    given, form, sheets = _company()
    silent = {v: [replace(one, told=bytes(2)) for one in some] for v, some in sheets.items()}

    assert decided(given, form, silent)[0].cross_cuts == {"tenure": (), "site": ()}


def test_a_form_without_attributes_is_counted_as_if_there_were_none():
    given, form, sheets = _company(asked=instrument())

    assert decided(given, form, sheets)[0].cross_cuts == {}


def test_the_tree_shows_the_same_with_classes_and_without_unless_a_class_is_unfavourable():
    given, form, sheets = _company()
    plain = charter(*COMPANY)[0]

    with_classes = to_plain(decided(given, form, sheets)[0])
    without = to_plain(decided(plain, replace(form, attributes=()), sheets)[0])

    assert with_classes["groups"] == without["groups"]


def test_the_order_of_sheets_changes_no_class():
    given, form, sheets = _company()
    turned = {v: some[::-1] for v, some in reversed(sheets.items())}

    assert canonical(to_plain(decided(given, form, sheets)[0])) == canonical(
        to_plain(decided(given, form, turned)[0])
    )
