"""Letters are spread over the minute, and no minute sees more than were agreed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhealth.mail.pacing import Pace


class _Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def _sweep(pace, rate):
    room = pace.room(rate)
    for _ in range(room):
        pace.note()
    return room


@pytest.mark.parametrize(
    ("rate", "first", "an_hour"),
    [(24, 2, 1440), (25, 3, 1500), (1, 1, 60), (6000, 500, 360_000)],
)
def test_each_sweep_sends_its_share_and_each_hour_its_sum(rate, first, an_hour):
    clock = _Clock()
    pace = Pace(clock)
    sent = []
    for _ in range(720):
        sent.append(_sweep(pace, rate))
        clock.now += 5

    assert sent[0] == first
    assert max(sent) == first
    assert sum(sent) == an_hour


@given(
    rate=st.integers(1, 200),
    pauses=st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=60),
)
def test_no_minute_sees_more_than_the_rate(rate, pauses):
    clock = _Clock()
    pace = Pace(clock)
    sent = []
    for pause in pauses:
        clock.now += pause
        sent += [clock.now] * _sweep(pace, rate)

    for moment in sent:
        assert sum(1 for one in sent if moment - 60 < one <= moment) <= rate
