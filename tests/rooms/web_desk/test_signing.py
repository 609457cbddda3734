"""Signing in and out, as a browser does it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from teamhealth.accounts.models import DeskSession, SignInTry
from teamhealth.web.desk.signing import own_page
from tests.conftest import NOON
from tests.desk import HR, PASSWORD, account, csrf, desk_of, make_accounts, post, sign_in

pytestmark = pytest.mark.usefixtures("at")

INSIDE = "/desk/password"  # a page for everybody who is signed in


@pytest.fixture
def app(database, tmp_path):
    make_accounts(database, "lea@acme.example")
    return desk_of(database, tmp_path / "home")


@pytest.fixture
def client(app):
    return app.test_client()


def _count(database, model):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(model))


def _is_in(client):
    return client.get(INSIDE).status_code == 200


def test_who_knows_the_password_is_signed_in_and_gets_the_page_they_wanted(client):
    asked = client.get("/desk/people?page=2")
    signed = sign_in(client, next="/desk/people?page=2")

    assert asked.headers["Location"].startswith("/desk/sign-in?next=")
    assert signed.headers["Location"] == "/desk/people?page=2"
    assert _is_in(client)


def test_the_address_may_be_written_in_any_case_and_with_space_around(client):
    assert sign_in(client, email=f"  {HR.upper()} ").status_code == 303


def test_a_wrong_password_and_an_unknown_address_get_the_very_same_answer(client):
    wrong = sign_in(client, password="not the password")
    unknown = sign_in(client, email="x" + HR[1:], password="not the password")

    def told(page):
        text = page.get_data(as_text=True).replace(csrf(page), "")
        return text.replace("x" + HR[1:], HR)

    assert wrong.status_code == unknown.status_code == 403
    assert told(wrong) == told(unknown)
    assert not _is_in(client)


def test_the_password_is_never_in_an_answer(client):
    assert b"secret words here" not in sign_in(client, password="secret words here").data


def test_signing_out_ends_the_session_also_for_a_copy_of_the_cookie(app, client, database):
    sign_in(client)
    cookie = client.get_cookie("teamhealth_desk", path="/desk").value
    thief = app.test_client()
    thief.set_cookie("teamhealth_desk", cookie, path="/desk")
    assert _is_in(thief)

    assert post(client, "/desk/sign-out", page=INSIDE).status_code == 303

    assert not _is_in(client)
    assert not _is_in(thief)
    assert _count(database, DeskSession) == 0


def test_a_session_that_somebody_else_chose_does_not_become_signed_in(app, client):
    client.get("/desk/sign-in")
    before = client.get_cookie("teamhealth_desk", path="/desk").value
    sign_in(client)
    planted = app.test_client()
    planted.set_cookie("teamhealth_desk", before, path="/desk")

    assert _is_in(client)
    assert not _is_in(planted)


def test_a_session_lives_twelve_hours_after_its_last_use_and_no_longer(client, at):
    sign_in(client)
    for hours in (11, 22, 33):
        at(NOON + timedelta(hours=hours))
        assert _is_in(client)

    at(NOON + timedelta(hours=45, minutes=1))

    assert not _is_in(client)


def test_an_account_that_is_closed_is_signed_out_at_once(client, database):
    sign_in(client, "lea@acme.example")
    with database.write() as db:
        db.merge(account(database, "lea@acme.example")).active = False
        db.commit()

    assert not _is_in(client)
    assert sign_in(client, "lea@acme.example").status_code == 403


def test_twenty_tries_at_one_address_are_enough_for_a_quarter_of_an_hour(app, client, at):
    for _ in range(20):
        assert sign_in(client, password="guess").status_code == 403

    refused = sign_in(app.test_client())  # the right password, from another browser
    other = sign_in(app.test_client(), "lea@acme.example")
    at(NOON + timedelta(minutes=15))
    later = sign_in(client)

    assert refused.status_code == 429
    assert b"too many tries" in refused.data
    assert refused.headers["Retry-After"]
    assert other.status_code == 303
    assert later.status_code == 303


def test_tries_hold_across_processes_and_their_counts_die(
    client, database, tmp_path, at, monkeypatch
):
    monkeypatch.setattr("teamhealth.accounts.limiting.OF_ONE", 2)
    other = desk_of(database, tmp_path / "home").test_client()
    sign_in(client, password="guess")
    sign_in(other, password="guess")

    assert sign_in(client, password="guess").status_code == 429
    at(NOON + timedelta(minutes=15))
    sign_in(client, "lea@acme.example")
    assert _count(database, SignInTry) == 2  # all together, and this address alone


def test_guessing_at_many_addresses_is_stopped_too(client, monkeypatch):
    monkeypatch.setattr("teamhealth.accounts.limiting.OF_ALL", 3)
    answers = [sign_in(client, f"p{n}@acme.example").status_code for n in range(4)]

    assert answers == [403, 403, 403, 429]


def test_what_is_stored_of_a_try_tells_no_address(client, database):
    sign_in(client, password="guess")

    with database.read() as db:
        stored = db.execute(select(SignInTry.__table__)).all()
    assert len(stored) == 2
    assert "acme" not in repr(stored)


def test_the_log_tells_who_signed_in_by_id_and_of_a_refusal_nothing_but_its_kind(
    client, database, caplog
):
    with caplog.at_level("INFO"):
        sign_in(client, password="guess")
        sign_in(client)

    ours = [record.message for record in caplog.records if record.name == "teamhealth"]
    assert ours == [
        '{"event": "sign_in_refused", "kind": "wrong"}',
        f'{{"event": "signed_in", "account": "{account(database).id}"}}',
    ]


def test_a_new_password_ends_every_other_session(app, client):
    other = app.test_client()
    sign_in(client)
    sign_in(other)

    changed = post(client, INSIDE, {"present": PASSWORD, "password": "quite another one"})

    assert changed.status_code == 303
    assert b"is changed" in client.get(INSIDE).data
    assert not _is_in(other)
    assert sign_in(other).status_code == 403
    assert sign_in(other, password="quite another one").status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "told"),
    [
        ("not it at all", "quite another one", b"This is not your current password."),
        (PASSWORD, "too short", b"12 characters or more"),
        (PASSWORD, "x" * 201, b"200 at most"),
    ],
)
def test_a_password_is_not_changed_without_the_present_one_or_to_a_short_one(
    client, present, new, told
):
    sign_in(client)

    answer = post(client, INSIDE, {"present": present, "password": new})

    assert answer.status_code == 400
    assert told in answer.data
    assert sign_in(client.application.test_client()).status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/desk/",
        "//evil.example/desk/x",
        "/\\evil.example",
        "/desk/\\..",
        "/desk/../a/x",
        "/a/spring",
        "javascript:alert(1)",
        "desk/people",
        "/desk/x\n",
        "/desktop",
        "",
        None,
    ],
)
def test_signing_in_leads_nowhere_but_into_the_desk(elsewhere):
    assert own_page(elsewhere) == "/desk"
