"""Whoever asks sees all groups, and that they make the survey that was announced; else the page stops."""

import json

import pytest

from teamhealth.campaigns.models import Survey
from teamhealth.cells.canonical import canonical

pytestmark = pytest.mark.browser


def _ask(seat, door):
    seat.page.goto(door.link())
    seat.waits_for("first")
    seat.page.locator("details:has([data-do=groups]) summary").click()
    seat.press("groups")


def test_all_groups_add_up_to_what_was_announced(door, seat):
    _ask(seat, door)
    seat.page.locator("#all-groups").wait_for()

    seen = seat.page.locator("#s-first").inner_text()
    rows = [row.inner_text().split() for row in seat.page.locator("#groups tr").all()]
    assert "Groups: 2. People: 11. Spare seats: 2. That is what was announced" in seen
    assert "Spare seats besides: 1" in seen
    assert rows == [["North", "6", "1"], ["South", "5", "1"]]
    assert seat.posts("groups") == [{"t": door.code()}]
    assert len(seat.page.locator("#s-first .words").inner_text().split()) == 6


def _another_list(seat, door):
    def change(route):
        told = json.loads(route.fetch().text())
        told["leaves"][1] = told["leaves"][1].replace('"size":5', '"size":1')
        route.fulfill(json=told)

    seat.page.route("**/groups", change)
    return door


def _another_headcount(seat, door):
    del seat
    with door.database.write() as db:
        survey = db.get(Survey, "spring")
        survey.manifest = canonical({**json.loads(survey.manifest), "headcount": 12})
        db.commit()
    return door


@pytest.mark.parametrize("lie", [_another_list, _another_headcount])
def test_groups_that_do_not_add_up_stop_the_page(door, seat, lie):
    _ask(seat, lie(seat, door))
    seat.waits_for("stopped")

    assert "do not add up" in seat.page.locator("#s-stopped").inner_text()
