"""Somebody does without the reminder: by one button, with a used link as with a new one, and no word to anybody."""

import pytest
from sqlalchemy import select, update

from teamhealth.campaigns.models import Survey
from teamhealth.invitations.models import Invitation

pytestmark = pytest.mark.browser


def _quiet(door):
    with door.database.read() as db:
        return sorted(db.scalars(select(Invitation.quiet)).all())


def test_the_reminder_is_switched_off_by_a_button_with_a_new_link_and_with_a_used_one(
    door, seat
):
    with door.database.write() as db:
        ours = Invitation.group_id == "south"
        db.execute(update(Invitation).where(ours).values(blinded_hash=bytes(32)))
        db.commit()

    for number, group in enumerate(("north", "south"), start=1):
        seat.page.goto("about:blank")
        seat.page.goto(door.link(group=group))
        seat.page.get_by_text("No reminder, please").click()
        seat.press("quiet")
        told = seat.page.get_by_role("status").filter(has_text="You will get no reminder")
        told.wait_for()
        assert _quiet(door).count(True) == number

    assert "#" not in seat.page.url
    assert seat.faults == []


def test_where_no_reminder_comes_none_is_spoken_of(door, seat):
    with door.database.write() as db:
        db.execute(update(Survey).values(reminded=True))
        db.commit()

    seat.page.goto(door.link())
    seat.page.locator("[data-do=start]").wait_for()

    assert seat.page.get_by_text("No reminder, please").count() == 0
