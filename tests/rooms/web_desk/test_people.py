"""Who has access: HR gives it and takes it away."""

import re

import pytest

from teamhealth.roster.models import Group, Lead, Person
from tests.desk import HR, account, desk_of, make_accounts, post, sign_in

LEA = "lea@acme.example"
PAGE = "/desk/people"

pytestmark = pytest.mark.usefixtures("at")


@pytest.fixture
def desk(database, tmp_path):
    make_accounts(database, LEA)
    return desk_of(database, tmp_path / "home")


@pytest.fixture
def hr(desk):
    client = desk.test_client()
    sign_in(client)
    return client


@pytest.fixture
def leaders(database):
    """Let four people lead groups; one of them has an account, one no mailbox and so none to come."""
    with database.write() as db:
        db.add(Group(id="acme", path="Acme", name="Acme", position=0))
        db.flush()
        for email in (LEA, "murat@acme.example", "priya@acme.example", None):
            name = (email or "no").split("@")[0].title()
            known = {"email": email} if email else {"external_id": "7", "on_paper": True}
            person = Person(**known, name=name, group_id="acme")
            db.add(person)
            db.flush()
            db.add(Lead(person_id=person.id, group_id="acme"))
        db.commit()


def _link(answer):
    return re.search(r"http://localhost:8000(/desk/setup/[\w-]{22,})", answer.text)[1]


def _change(client, database, what, email=LEA):
    return post(client, f"{PAGE}/{account(database, email).id}/{what}", page=PAGE)


def test_hr_gives_a_leader_access_and_gets_a_link_to_hand_over(desk, hr, database):
    answer = post(hr, PAGE, {"name": "Bo", "email": "Bo@Acme.example", "role": "leader"})
    bo = desk.test_client()
    post(bo, _link(answer), {"name": "Bo", "password": "a password of length"})

    assert answer.status_code == 200
    assert "mailto:bo%40acme.example" in answer.text
    assert bo.get("/desk/password").status_code == 200
    assert not account(database, "bo@acme.example").is_hr


def test_hr_gives_access_to_more_of_hr(desk, hr):
    answer = post(hr, PAGE, {"name": "Bo", "email": "bo@acme.example", "role": "hr"})
    bo = desk.test_client()
    post(bo, _link(answer), {"name": "Bo", "password": "a password of length"})

    assert bo.get(PAGE).status_code == 200


def test_the_link_is_shown_once(hr):
    link = _link(post(hr, PAGE, {"name": "Bo", "email": "bo@acme.example", "role": "leader"}))

    assert link not in hr.get(PAGE).text
    assert "Link valid until 9 March 2026" in hr.get(PAGE).text


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ({"email": LEA.upper()}, 409, "has an account already"),
        ({"email": "nobody"}, 400, "does not look like an e-mail address"),
        ({"role": "owner"}, 400, "Not a valid choice"),
        ({"name": " "}, 400, "Please give a name"),
    ],
)
def test_wrong_input_is_told_and_makes_no_account(hr, database, wrong, status, told):
    good = {"name": "Bo", "email": "bo@acme.example", "role": "leader"}

    answer = post(hr, PAGE, good | wrong)

    assert answer.status_code == status
    assert told in answer.text
    assert account(database, "bo@acme.example") is None


def test_who_loses_access_is_signed_out_and_can_get_it_back(desk, hr, database):
    lea = desk.test_client()
    sign_in(lea, LEA)

    told = _change(hr, database, "close")

    assert told.status_code == 303
    assert "Lea cannot sign in any more" in hr.get(PAGE).text
    assert lea.get("/desk/password").status_code == 303
    _change(hr, database, "reopen")
    assert sign_in(lea, LEA).status_code == 303


@pytest.mark.parametrize("act", ["close", "not-hr"])
def test_the_last_of_hr_keeps_their_rights(hr, database, act):
    answer = _change(hr, database, act, HR)

    assert answer.status_code == 409
    assert "the only account of HR" in answer.text
    assert hr.get(PAGE).status_code == 200


def test_rights_of_hr_are_given_and_taken(desk, hr, database):
    lea = desk.test_client()
    sign_in(lea, LEA)
    assert lea.get(PAGE).status_code == 404

    _change(hr, database, "hr")
    assert lea.get(PAGE).status_code == 200
    _change(lea, database, "not-hr", HR)

    assert hr.get(PAGE).status_code == 404


def test_a_new_link_replaces_a_forgotten_password(desk, hr, database):
    link = _link(_change(hr, database, "link"))
    lea = desk.test_client()
    post(lea, link, {"name": "Lea", "password": "chosen just now, anew"})

    assert lea.get("/desk/password").status_code == 200
    assert sign_in(desk.test_client(), LEA).status_code == 403


@pytest.mark.usefixtures("leaders")
def test_leaders_without_an_account_are_listed_and_invited_together(hr, database):
    assert "2 leaders have no account yet" in hr.get(PAGE).text

    answer = post(hr, f"{PAGE}/leaders")

    assert len(set(re.findall(r"/desk/setup/[\w-]+", answer.text))) == 2
    assert account(database, "murat@acme.example").name == "Murat"
    assert "has an account" in hr.get(f"{PAGE}/leaders").text
    assert post(hr, f"{PAGE}/leaders", page=PAGE).status_code == 404


@pytest.mark.usefixtures("leaders")
def test_one_leader_is_invited_alone(hr, database):
    post(hr, f"{PAGE}/leaders", {"email": "priya@acme.example"})

    assert account(database, "priya@acme.example")
    assert account(database, "murat@acme.example") is None


@pytest.mark.usefixtures("leaders")
def test_nobody_gets_an_account_by_that_page_who_leads_nothing(hr, database):
    answer = post(hr, f"{PAGE}/leaders", {"email": "bo@acme.example"})

    assert answer.status_code == 404
    assert account(database, "bo@acme.example") is None


@pytest.mark.usefixtures("leaders")
def test_the_list_tells_what_each_may_see(hr):
    page = hr.get(PAGE).text

    assert "Everything (HR)" in page
    assert re.search(
        r"lea@acme\.example.*?<td role=\"cell\"><bdi>Acme</bdi></td>", page, re.DOTALL
    )


def test_a_long_list_is_turned_page_by_page(hr, database):
    make_accounts(database, *(f"p{n:03}@acme.example" for n in range(60)), hr=())

    first, second = hr.get(PAGE).text, hr.get(f"{PAGE}?page=2").text

    assert "Page 1 of 2" in first
    assert "p000@acme.example" in first
    assert "p059@acme.example" not in first
    assert "p059@acme.example" in second
    assert hr.get(f"{PAGE}?page=-1").status_code == 200


@pytest.mark.parametrize("path", ["", "/leaders"])
def test_these_pages_do_not_exist_for_leaders(desk, path):
    lea = desk.test_client()
    sign_in(lea, LEA)

    assert lea.get(PAGE + path).status_code == 404
    assert "People with access" not in lea.get("/desk/password").text


def test_a_name_that_would_read_as_another_is_refused(hr, database):
    data = {"name": "Bo \u202erh", "email": "bo@acme.example", "role": "leader"}

    answer = post(hr, PAGE, data)

    assert answer.status_code == 400
    assert "invisible signs" in answer.text
    assert account(database, "bo@acme.example") is None


def test_a_page_beyond_the_last_is_the_last(hr):
    for number in ("99", "9" * 40, "-1"):
        answer = hr.get(f"{PAGE}?page={number}")
        assert answer.status_code == 200
        assert LEA in answer.text
