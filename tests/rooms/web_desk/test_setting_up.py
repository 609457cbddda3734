"""Set-up links: with one somebody chooses a password, once."""

from datetime import timedelta

import pytest

from teamhealth.accounts import changing, setting_up
from teamhealth.accounts.models import SetUpLink
from tests.conftest import NOON
from tests.desk import account, desk_of, make_accounts, post, sign_in

pytestmark = pytest.mark.usefixtures("at")

FIRST = {
    "name": "Jana Brandt",
    "email": "Jana@Acme.example",
    "password": "a password of length",
}


@pytest.fixture
def client(database, tmp_path):
    return desk_of(database, tmp_path / "home").test_client()


def _first_link(database, now=NOON):
    with database.write() as db:
        token = setting_up.first_link(db, now=now)
        db.commit()
    return f"/desk/setup/{token}"


def _invited(database, email="lea@acme.example", now=NOON):
    with database.write() as db:
        lea = changing.add(db, email=email, name="Lea", is_hr=False)
        token = setting_up.link_for(db, lea, now=now)
        db.commit()
    return f"/desk/setup/{token}"


def test_the_first_account_is_hr_and_is_signed_in_at_once(client, database):
    answer = post(client, _first_link(database), FIRST)

    assert answer.status_code == 303
    assert client.get("/desk/people").status_code == 200
    jana = account(database, "jana@acme.example")
    assert (jana.name, jana.is_hr, jana.active) == ("Jana Brandt", True, True)
    assert jana.password.startswith("$argon2id$")


def test_an_invited_leader_chooses_a_password_for_the_address_hr_gave(client, database):
    link = _invited(database)
    page = client.get(link)

    post(
        client, link, {"name": "Lea Lind", "password": "a password of length", "email": "x@y.z"}
    )

    assert b"lea@acme.example" in page.data
    assert b'value="Lea"' in page.data
    lea = account(database, "lea@acme.example")
    assert (lea.name, lea.is_hr) == ("Lea Lind", False)
    assert account(database, "x@y.z") is None
    assert client.get("/desk/people").status_code == 404  # no HR


def test_a_link_works_once(client, database):
    link = _invited(database)
    post(client, link, {"name": "Lea", "password": "a password of length"})
    again = client.application.test_client().get(link)

    assert again.status_code == 404
    assert b"not valid any more" in again.data


def test_opening_a_link_does_not_use_it_up(client, database):
    link = _invited(database)

    assert [client.get(link).status_code for _ in range(3)] == [200, 200, 200]


def test_a_link_ends_after_seven_days(client, database, at):
    link = _invited(database)
    at(NOON + timedelta(days=7))

    assert client.get(link).status_code == 404


def test_a_newer_link_voids_the_older_one(client, database):
    old = _invited(database)
    with database.write() as db:
        setting_up.link_for(db, account(database, "lea@acme.example"), now=NOON)
        db.commit()

    assert client.get(old).status_code == 404


def test_a_link_of_a_closed_account_is_void(client, database):
    link = _invited(database)
    with database.write() as db:
        db.merge(account(database, "lea@acme.example")).active = False
        db.commit()

    assert client.get(link).status_code == 404


def test_the_first_link_is_void_once_somebody_of_hr_can_sign_in(client, database):
    link = _first_link(database)
    make_accounts(database)

    assert client.get(link).status_code == 404
    assert client.get("/desk/setup/" + "A" * 43).status_code == 404


def test_a_new_link_for_a_forgotten_password_ends_the_sessions_of_before(client, database):
    make_accounts(database, "lea@acme.example")
    sign_in(client, "lea@acme.example")
    with database.write() as db:
        token = setting_up.link_for(db, account(database, "lea@acme.example"), now=NOON)
        db.commit()
    new = {"name": "Lea", "password": "chosen just now, anew"}

    post(client.application.test_client(), f"/desk/setup/{token}", new)

    assert client.get("/desk/password").status_code == 303
    assert sign_in(client, "lea@acme.example", "chosen just now, anew").status_code == 303


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"password": "eleven char"}, b"12 characters or more"),
        ({"email": "jana"}, b"does not look like an e-mail address"),
        ({"name": ""}, b"Please give a name."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_stored(
    client, database, wrong, told
):
    link = _first_link(database)

    answer = post(client, link, FIRST | wrong)

    assert answer.status_code == 400
    assert told in answer.data
    assert b'aria-invalid="true"' in answer.data
    assert account(database, "jana@acme.example") is None
    assert client.get(link).status_code == 200


def test_the_link_itself_is_not_stored(database):
    link = _first_link(database)

    with database.read() as db:
        stored = db.query(SetUpLink).one()
    assert stored.token_hash.hex() not in link
    assert link.rsplit("/", 1)[1].encode() != stored.token_hash
    assert len(stored.token_hash) == 32
