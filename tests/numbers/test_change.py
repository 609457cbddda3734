"""Change in words: against direct integration, and how seldom the words are wrong."""

import numpy as np
import pytest
from scipy import stats

from teamhealth.stats.change import pool, shifts


def _by_integration(differences, errors, group):
    """Integrate over τ and the common change on a fine grid, straight from the model."""
    mu = np.linspace(-1.5, 1.5, 3001)
    above = mean = total = 0.0
    for tau in np.linspace(0, 1, 61):
        spread = np.sqrt(tau**2 + np.square(errors))
        log = stats.norm.logpdf(np.array(differences)[:, None], mu, spread[:, None]).sum(axis=0)
        weight = np.exp(log) * stats.norm.pdf(mu, 0, 0.15) * stats.norm.pdf(tau, 0, 0.25)
        kept = tau**2 / spread[group] ** 2
        centre = mu + kept * (differences[group] - mu)
        chance = (
            stats.norm.cdf(centre / (tau * np.sqrt(1 - kept)))
            if tau
            else (mu > 0) + (mu == 0) / 2
        )
        above += (weight * chance).sum()
        mean += (weight * centre).sum()
        total += weight.sum()
    return mean / total, above / total


@pytest.mark.parametrize("many", [1, 2, 6])
def test_difference_and_probability_are_those_of_the_model_integrated_directly(many):
    differences = [0.5, 0.1, -0.2, 0.4, 0.0, 0.3][:many]
    errors = [0.25, 0.2, 0.3, 0.22, 0.18, 0.27][:many]

    found = shifts(differences, errors, [1.0] * many, pool(differences, errors))

    for group, shift in enumerate(found):
        mean, above = _by_integration(differences, errors, group)
        assert shift.difference == pytest.approx(mean, abs=1e-5)
        assert shift.above == pytest.approx(above, abs=1e-4)


@pytest.mark.parametrize(
    ("difference", "error", "word"),
    [
        (1.2, 0.2, "very_likely_higher"),
        (-1.2, 0.2, "very_likely_lower"),
        (0.55, 0.25, "likely_higher"),
        (-0.55, 0.25, "likely_lower"),
        (0.5, 0.5, "unclear"),
        (0.15, 0.01, "very_likely_higher"),
        (0.09, 0.01, "unclear"),
        (0.0, 0.3, "unclear"),
    ],
)
def test_a_word_needs_a_notable_difference_and_a_likely_direction(difference, error, word):
    (found,) = shifts([difference], [error], [1.0], pool([difference], [error]))

    assert found.word == word


def _words(groups, common, true_spread, rounds):
    rng = np.random.default_rng(5)
    given = wrong = 0
    for _ in range(rounds):
        true = rng.normal(common, true_spread, groups)
        seen, errors = (true + rng.normal(0, 0.25, groups)).tolist(), [0.25] * groups
        for real, found in zip(
            true, shifts(seen, errors, [1.0] * groups, pool(seen, errors)), strict=True
        ):
            if found.word != "unclear":
                given += 1
                wrong += (found.difference > 0) != (real > 0)
    return given / (groups * rounds), wrong / given


@pytest.mark.parametrize("groups", [8, 40])
def test_where_groups_move_about_one_word_in_ten_points_the_wrong_way_at_most(groups):
    given, wrong = _words(groups, 0.05, 0.2, 3000 // groups)

    assert given > 0.1
    assert wrong < 0.12


@pytest.mark.parametrize("groups", [2, 8, 40])
def test_where_nothing_moves_hardly_any_group_gets_a_word(groups):
    given, _ = _words(groups, 0.0, 0.0, 2000 // groups)

    assert given < 0.09
