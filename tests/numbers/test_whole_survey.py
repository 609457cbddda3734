"""R's own data, counted as a survey: what is told of the whole organisation is what R finds in the same people."""

import numpy as np
import pytest

from teamhealth.cells.findings import Band, Reliability
from teamhealth.results.sheets import form_of
from teamhealth.stats import drivers, pooling
from tests.numbers.reading import cases, rows
from tests.rooms.results.makers import charter, decided, drawn, instrument, seeded, sheet

ITEMS = cases("items", [f"i{at}" for at in range(1, 7)])
TOLD = {(r["case"], r["figure"]): float(r["value"]) for r in rows("reliability")}
POOLED = {
    (r["case"], r["figure"]): float(r["value"]) for r in rows("pooling") if not r["group"]
}


def _counted(case):
    """Count the people of a case as a survey of one theme; small groups were asked, too, and kept silent."""
    answers, groups = ITEMS[case]
    names = tuple(f"i{at}" for at in range(1, answers.shape[1] + 1))
    sizes = np.bincount(groups)[1:]
    asked = instrument({"theme": names}, reverse=())
    given, _ = charter(
        [-1, *[0] * len(sizes)], [0, *np.maximum(sizes, 6).tolist()], asked=asked
    )
    form = form_of(given.instrument, given.tree)
    people = {
        v: [
            sheet(form, {n: int(a) for n, a in zip(names, row, strict=True) if not np.isnan(a)})
            for row in answers[groups == v]
        ]
        for v in range(1, len(sizes) + 1)
    }
    return decided(given, form, people)[0].themes[0]


@pytest.mark.parametrize(
    ("case", "figure", "by", "turned"),
    [
        ("complete", "omega", "omega", ()),
        ("reversed", "omega", "omega", ("i2",)),
        ("two", "alpha", "alpha", ()),
    ],
)
def test_a_theme_s_reliability_is_that_of_r_and_names_what_goes_against_the_others(
    case, figure, by, turned
):
    value = round(TOLD[case, figure], 2)
    band = Band.APART if value < 0.6 else Band.ROUGH if value < 0.7 else Band.FINE

    assert _counted(case).reliability == Reliability(value, by, band, turned)


def test_of_fewer_than_a_hundred_who_answered_everything_no_reliability_is_told():
    assert TOLD["missing", "n"] == 87
    assert _counted("missing").reliability is None


def test_how_groups_differ_is_told_though_two_of_them_are_too_small_to_be_shown():
    answers, groups = ITEMS["complete"]
    found = pooling.shrunken_means(answers.mean(axis=1), groups)  # held to R in test_pooling

    facts = _counted("complete")

    assert (facts.icc1, facts.icc2) == (round(found.icc1, 2), round(found.mean_icc2, 2))


@pytest.fixture(scope="module")
def firm():
    """Count twelve teams of twelve to fifteen, some of whom skip; return the snapshot and the people."""
    themes = {f"t{t}": tuple(f"t{t}_{i}" for i in range(1 + t % 4)) for t in range(5)}
    asked = instrument(themes, reverse=())
    given, fixed = charter([-1, *[0] * 12], [0, *[12, 13, 14, 15] * 3], asked=asked)
    form, rng = form_of(given.instrument, given.tree), seeded(4)
    people = {
        v: [_gladly(drawn(rng, form, skip=0.06), form, rng) for _ in range(n)]
        for v, n in enumerate(fixed.invited)
        if n
    }
    snapshot = decided(given, form, people)[0]
    table = np.array(
        [[v, *(a or np.nan for a in one.answers)] for v, some in people.items() for one in some]
    )
    return snapshot, themes, table[:, 0], dict(zip(form.items, table[:, 1:].T, strict=True))


def _gladly(one, form, rng):
    """Shift a sheet as a whole, so that themes and outcome move together."""
    shift = rng.choice([-1, 0, 1])
    answers = {
        item: min(5, max(1, a + shift)) for item, a in zip(form.items, one.answers, strict=True)
        if a
    }  # fmt: skip
    return sheet(form, answers)


def _scores(themes, columns):
    """Score people by the half rule, naively."""
    found = []
    for items in themes.values():
        answers = np.array([columns[item] for item in items])
        known = (~np.isnan(answers)).sum(axis=0)
        enough = 2 * known >= len(items)
        total = np.nansum(answers, axis=0)
        found.append(np.where(enough & (known > 0), total / np.maximum(known, 1), np.nan))
    return found


def test_how_much_groups_differ_is_found_in_people_s_half_rule_scores(firm):
    snapshot, themes, groups, columns = firm
    for facts, scores in zip(snapshot.themes, _scores(themes, columns), strict=True):
        found = pooling.shrunken_means(scores, groups)

        assert facts.icc1 == pytest.approx(found.icc1, abs=0.005001)
        assert facts.icc2 == pytest.approx(found.mean_icc2, abs=0.005001)


def test_shares_of_the_outcome_are_the_relative_weights_of_complete_people(firm):
    snapshot, themes, _, columns = firm
    scores = np.column_stack(_scores(themes, columns))
    found = drivers.relative_weights(scores, columns["engagement"])  # held to R in test_drivers

    told = snapshot.drivers
    assert found.n >= 120
    assert told.outcome == "engagement"
    assert told.early is (found.n < drivers.SURE_FROM)
    assert told.r2 == pytest.approx(found.r2, abs=0.005001)
    for one, share, correlation in zip(
        told.themes, found.shares, found.correlations, strict=True
    ):
        assert one.share == pytest.approx(share, abs=0.005001)
        assert one.correlation == pytest.approx(correlation, abs=0.005001)
        assert one.low <= one.share <= one.high
    assert [one.theme for one in told.themes] == list(themes)
