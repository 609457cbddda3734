"""Five counts, by hand."""

import pytest

from teamhealth.cells.counts import favourable, mean, shares, variance


def test_mean_share_and_spread_by_hand():
    counts = (1, 0, 2, 4, 3)

    assert mean(counts) == (1 + 6 + 16 + 15) / 10
    assert favourable(counts) == 70
    assert shares(counts) == (10, 0, 20, 40, 30)
    assert variance(counts) == pytest.approx(
        (1 * 2.8**2 + 2 * 0.8**2 + 4 * 0.2**2 + 3 * 1.2**2) / 9
    )


def test_one_answer_has_no_spread():
    assert variance((0, 0, 1, 0, 0)) == 0
