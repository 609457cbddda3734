"""The desk in a language that is written from right to left: every page is laid out anew, and stays for everybody."""

import pytest

from teamhealth.campaigns.models import State
from teamhealth.i18n import messages
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.jobs.watching import TROUBLE
from tests.browser.desks import look_at, served_desk
from tests.browser.doors import DESK, PHONE, seated
from tests.conftest import NOON
from tests.desk import HR, PASSWORD, account
from tests.rooms.web_desk.houses import GROUPS, house_of
from tests.tables import with_tables

pytestmark = pytest.mark.browser

ALL_GROUPS = {**GROUPS, "Acme/فريق المستودع الشمالي": 6}
SIDES = """
() => {
  const bar = document.querySelector('.desk-top .brand').getBoundingClientRect();
  const start = document.querySelector('h1').getBoundingClientRect();
  return [bar.right, start.right].every((edge) => edge > document.documentElement.clientWidth * 0.6);
}
"""


@pytest.fixture
def house(tmp_path, at, monkeypatch):
    monkeypatch.setattr(messages, "OFFERED", LANGUAGES)
    at(NOON)
    database = with_tables(tmp_path / "home" / "desk.sqlite3")
    made = house_of(database, tmp_path / "home", ALL_GROUPS)
    with served_desk(made.app) as address:
        made.address = address
        yield made
    database.close()


@pytest.mark.slow
def test_every_page_reads_from_right_to_left(chromium, house):
    first = house.open(title="Spring", scope_path="Acme/Operations")
    house.took_part(first, Warehouse="4", Operations="3", Returns="enough")
    second = house.open(title="استبيان الربيع", scope_path="Acme/Sales")
    house.become(second, State.OPEN, trouble=TROUBLE, trouble_since=NOON)
    speaks = account(house.database)
    speaks.language = "ar"
    with house.database.write() as db:
        db.merge(speaks)
        db.commit()
    with seated(chromium) as seat:
        seat.page.goto(f"{house.address}/desk/sign-in?lang=ar")
        look_at(seat, PHONE["width"])
        seat.page.fill("#email", HR)
        seat.page.fill("#password", PASSWORD)
        seat.page.keyboard.press("Enter")
        seat.page.wait_for_url("**/desk/surveys")
        for path in (
            "/desk/surveys",
            f"/desk/surveys/{first}",
            f"/desk/surveys/{second}",
            f"/desk/surveys/{first}/extend",
            f"/desk/surveys/{first}/cancel",
            f"/desk/surveys/{first}/slips",
            f"/desk/surveys/{first}/somebody",
            "/desk/launch",
            "/desk/people",
            "/desk/people/leaders",
            "/desk/account",
            "/desk/password",
            "/desk/nowhere",
        ):
            seat.page.goto(house.address + path)
            for size, lights in ((PHONE, ("light", "dark")), (DESK, ("dark", "light"))):
                seat.page.set_viewport_size(size)
                assert seat.page.evaluate(SIDES), path
                look_at(seat, size["width"], lights)
