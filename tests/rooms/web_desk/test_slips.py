"""Paper slips at the desk: for HR, once, within the announced seats, and void without a word about use."""

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State, SurveyGroup
from teamhealth.credentials.codes import from_code
from teamhealth.credentials.tokens import token_hash
from teamhealth.invitations.models import Invitation
from teamhealth.roster.models import Person
from tests.conftest import NOON
from tests.desk import post
from tests.makers import set_state
from tests.rooms.web_desk.houses import LEA, house_of
from tests.slips import codes_in

WAREHOUSE = "Acme/Operations/Warehouse"


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    made = house_of(database, tmp_path / "home")
    with database.write() as db:
        for person in db.scalars(select(Person).order_by(Person.id).limit(4)):
            person.on_paper, person.external_id = True, str(person.id)
        db.commit()
    return made


@pytest.fixture
def survey(database, house):
    name = house.open(title="Spring")
    with database.write() as db:
        for row in db.scalars(select(SurveyGroup)):
            row.on_paper = 3 if row.path == WAREHOUSE else 0
            row.spare = 2
        db.commit()
    return house.survey(name)


def _print(house, survey, group=WAREHOUSE, **more):
    page = f"/desk/surveys/{survey.id}/slips"
    data = {"group": group, "count": "", "language": survey.languages[0], **more}
    return post(house.client(), page, data)


def _hashes(database):
    with database.read() as db:
        return set(db.scalars(select(Invitation.token_hash).where(Invitation.paper)))


def test_hr_prints_slips_once_and_they_are_kept_by_nobody(database, house, survey):
    page = house.page(f"/desk/surveys/{survey.id}")
    assert "Paper slips: 3 people in 1 group" in page

    given = _print(house, survey)

    codes = codes_in(given.data, survey.fingerprint)
    assert (given.mimetype, given.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert len(codes) == 5
    assert _hashes(database) == {token_hash(survey.id, from_code(code)) for code in codes}
    again = _print(house, survey, count="1")
    assert again.status_code == 409
    assert "no more can be printed" in again.text
    assert len(_hashes(database)) == 5


def test_leftovers_are_voided_at_the_desk_with_the_same_words(database, house, survey):
    page = f"/desk/surveys/{survey.id}/slips"
    first, *_ = codes_in(_print(house, survey, count="3").data, survey.fingerprint)

    one = post(house.client(), f"{page}/void", {"group": WAREHOUSE, "codes": first}, page=page)
    words = house.client().get(page).text.count("nobody is told whether one was")
    rest = post(house.client(), f"{page}/void", {"group": WAREHOUSE, "codes": ""}, page=page)

    assert (one.status_code, rest.status_code, words) == (303, 303, 1)
    with database.read() as db:
        assert all(db.scalars(select(Invitation.void).where(Invitation.paper)))
    wrong = post(
        house.client(), f"{page}/void", {"group": WAREHOUSE, "codes": "ABC"}, page=page
    )
    assert wrong.status_code == 409


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_slips_are_hrs_alone_and_only_while_it_is_open(database, house, survey):
    page = f"/desk/surveys/{survey.id}/slips"
    assert house.client(LEA).get(page).status_code == 404
    assert "Paper slips" not in house.page(f"/desk/surveys/{survey.id}", LEA)
    faulty = _print(house, survey, count="0")
    assert faulty.status_code == 400
    assert "Give a number from 1 on" in faulty.text
    set_state(database, survey.id, State.CANCELLED)
    assert house.client().get(page).status_code == 303
    assert _hashes(database) == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_launch_asks_when_and_where_people_on_paper_can_answer(database, house):
    form = house.page("/desk/launch")
    assert "When and where people on paper can answer in paid time" in form

    wish = {
        "title": "Spring", "form": "pulse", "group": "Acme", "closes": "2026-03-20", "k": "5",
        "languages": "en", "leader_theme": "leader", "paper_note": "Tuesday at two",
    }  # fmt: skip
    check = house.client().get("/desk/launch/check", query_string=wish)
    assert "4 people get a paper slip and no letter" in " ".join(check.text.split())
    done = post(house.client(), "/desk/launch", wish)
    name = done.headers["Location"].rpartition("/")[2]
    assert house.survey(name).paper_note == "Tuesday at two"
    with database.write() as db:
        db.execute(Person.__table__.update().values(on_paper=False))
        db.commit()
    assert "people on paper" not in house.page("/desk/launch")
