"""Publishing in stages and all reports at once, in a real browser: both sizes, both colours, by keyboard."""

from datetime import UTC, datetime

import pytest

from teamhealth.campaigns import batches, releasing
from teamhealth.campaigns.models import State
from teamhealth.campaigns.released import Batch
from tests.browser.desks import enter, served_desk
from tests.browser.doors import seated
from tests.browser.rounds import look_closely, round_of
from tests.desk import desk_of, make_accounts
from tests.northwind import LATEST, LEADERS, settle
from tests.tables import with_tables

pytestmark = pytest.mark.browser

TUESDAY = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
AT = f"/desk/surveys/{LATEST}"


@pytest.fixture
def desk(tmp_path, at):
    at(TUESDAY)
    database = with_tables(tmp_path / "home" / "desk.sqlite3")
    settle(database, state=State.COUNTED)
    make_accounts(database, *list(LEADERS)[:3])
    app = desk_of(database, tmp_path / "home")
    with served_desk(app) as address:
        yield database, app, address
    database.close()


def _batches(database, home):
    """Store a batch in each state a page can tell of."""
    with database.write() as db:
        for number, more in enumerate(({}, {"done": 12, "failed": 2}, {"ready_at": TUESDAY})):
            one = Batch(
                survey_id=LATEST, language="en", kinds=["team", "talk"], comments=bool(number),
                edition="", total=13, asked_at=TUESDAY, **more,
            )  # fmt: skip
            db.add(one)
        db.commit()
    assert home


def test_publishing_and_its_page_are_sound_for_everybody(chromium, desk):
    database, _, address = desk
    with seated(chromium) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/publish")
        look_closely(seat.page)
        seat.page.get_by_label("Let the levels above see everything at once").check()
        seat.page.get_by_role("button", name="Publish").press("Enter")
        seat.page.get_by_text("Say in a sentence why").wait_for()
        look_closely(seat.page)
        seat.page.get_by_label("Why nobody has to wait").fill("The board meets tomorrow.")
        seat.page.get_by_label("Send everybody who was asked a summary").check()
        seat.page.get_by_role("button", name="Publish").press("Enter")
        seat.page.get_by_text("Levels above since Tuesday 1 December 2026").wait_for()
        look_closely(seat.page)
        with database.read() as db:
            assert releasing.of(db, LATEST).everybody_from is not None


def test_all_reports_are_wished_for_by_keyboard_and_every_state_is_sound(
    chromium, desk, tmp_path
):
    database, app, address = desk
    with seated(chromium) as seat, round_of("reports", app, seat.page) as look:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/reports")
        look()
        seat.page.get_by_role("button", name="Print").press("Enter")
        seat.page.get_by_text("printed").first.wait_for()
        assert seat.page.get_by_role("progressbar").count() == 1
        _batches(database, tmp_path)
        seat.page.reload()
        look()
        with database.write() as db:
            for one in batches.of(db, LATEST):
                one.ready_at = TUESDAY
                place = batches.zip_of(tmp_path / "home", one)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(b"PK" + bytes(1_400_000))
            db.commit()
        seat.page.reload()
        assert "Download, 1.4 MB" in seat.page.content()
        look()
