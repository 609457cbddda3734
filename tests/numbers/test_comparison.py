"""Comparison with the organisation: against direct integration, and on groups that do not differ."""

import numpy as np
import pytest
from scipy import stats

from teamhealth.stats.comparison import pool, standings, usual

MEANS = [3.1, 3.6, 3.9, 3.4, 4.2, 3.7]
ERRORS = [0.25, 0.2, 0.3, 0.22, 0.18, 0.27]


def test_fewer_than_five_groups_are_not_compared():
    assert pool(MEANS[:4], ERRORS[:4]) is None


def _by_integration(group):
    """Integrate over τ and μ on a fine grid, straight from the model."""
    tau = np.linspace(0, 1.2, 61)
    mu = np.linspace(1, 6, 4001)
    above = total = 0.0
    for t in tau:
        spread = np.sqrt(t**2 + np.square(ERRORS))
        log = stats.norm.logpdf(np.array(MEANS)[:, None], mu, spread[:, None]).sum(axis=0)
        weight = np.exp(log) * stats.norm.pdf(t, 0, 0.3)
        if t > 0:
            kept = t**2 / spread[group] ** 2
            centre = kept * (MEANS[group] - mu)
            chance = stats.norm.cdf(centre / (t * np.sqrt(1 - kept)))
        else:
            chance = np.full_like(mu, 0.5)
        above += (weight * chance).sum()
        total += weight.sum()
    return above / total


@pytest.mark.parametrize("group", range(6))
def test_the_probability_is_that_of_the_model_integrated_directly(group):
    found = standings(MEANS, ERRORS, [1.0] * 6, pool(MEANS, ERRORS))[group]

    assert found.above == pytest.approx(_by_integration(group), abs=1e-6)


def test_labels_follow_the_probability():
    found = standings([2.6, 3.7, 4.6], [0.2] * 3, [1.0] * 3, pool(MEANS, ERRORS))

    assert [s.label for s in found] == ["lower", "usual", "higher"]


def test_the_usual_range_holds_most_groups_and_stays_on_the_scale():
    rng = np.random.default_rng(2)
    true = rng.normal(3.6, 0.3, 200)
    found = usual(pool((true + rng.normal(0, 0.2, 200)).tolist(), [0.2] * 200))

    assert 0.72 < np.mean((true > found.low) & (true < found.high)) < 0.88
    assert usual(pool([4.9, 5, 5, 4.9, 5, 5], [0.3] * 6)).high == 5


def test_a_department_of_many_teams_is_shrunk_more_than_one_team():
    team, department = standings([4.3] * 2, [0.2] * 2, [1.0, 0.1], pool(MEANS, ERRORS))

    assert 0.5 < department.above < team.above


def test_groups_that_do_not_differ_are_hardly_ever_labelled():
    rng = np.random.default_rng(8)
    labelled = 0
    for _ in range(100):
        means = (3.7 + rng.normal(0, 0.25, 20)).tolist()
        found = standings(means, [0.25] * 20, [1.0] * 20, pool(means, [0.25] * 20))
        labelled += sum(s.label != "usual" for s in found)

    assert labelled / 2000 < 0.03
