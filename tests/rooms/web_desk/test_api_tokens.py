"""Tokens for programs: made and ended by their owner, shown once, and worth nothing anywhere else."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from teamhealth.accounts import api_limiting, api_tokens
from teamhealth.accounts.models import ApiToken, SignInTry
from teamhealth.db import open_database
from teamhealth.errors import NotFoundError, RefusedError, WrongUseError
from tests.conftest import NOON
from tests.desk import HR, PASSWORD, account, desk_of, make_accounts, post, sign_in
from tests.rooms.web_desk.programs import ROOT, Program, token_of

LEA = "lea@acme.example"
PAGE = "/desk/account/api"
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("at")


@pytest.fixture
def app(database, tmp_path):
    make_accounts(database, LEA)
    return desk_of(database, tmp_path / "home")


@pytest.fixture
def client(app):
    signed_in = app.test_client()
    sign_in(signed_in)
    return signed_in


@pytest.fixture
def program(app, database):
    return Program(app, database)


def _shown(page):
    return re.search(r'value="(thp_[^"]+)"', page.text)[1]


def _ask(client, token):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.get(f"{ROOT}/surveys", headers=headers)


def _count(database, what):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(what))


def test_a_token_is_shown_once_and_reads_at_once(app, database, client):
    made = post(client, PAGE, {"label": "Sheet of  Lea", "months": "1"})
    token = _shown(made)

    assert _ask(app.test_client(), token).status_code == 200
    page = client.get(PAGE).text
    assert "Sheet of Lea" in page
    assert "2 April 2026" in page
    assert token not in page
    with database.read() as db:
        stored = db.execute(select(ApiToken.__table__)).all()
    assert token not in repr(stored)
    assert len(stored) == 1


def test_a_token_that_was_ended_reads_nothing(app, client, database):
    token = _shown(post(client, PAGE, {"label": "old", "months": "12"}))
    end = re.search(rf'action="({PAGE}/[^"]+/end)"', client.get(PAGE).text)[1]

    told = client.get(post(client, end, page=PAGE).headers["Location"]).text
    answer = _ask(app.test_client(), token)

    assert "“old” has ended" in told
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].endswith('error="invalid_token"')
    assert _count(database, ApiToken) == 0


def test_nobody_ends_or_sees_the_token_of_another(app, database):
    token_of(database, LEA, label="of Lea")
    client = app.test_client()
    sign_in(client)
    with database.read() as db:
        theirs = db.scalar(select(ApiToken.id))

    assert "of Lea" not in client.get(PAGE).text
    assert post(client, f"{PAGE}/{theirs}/end", page=PAGE).status_code == 404
    assert _count(database, ApiToken) == 1


@pytest.mark.parametrize(
    "data",
    [
        {"label": "", "months": "1"},
        {"label": "x" * 81, "months": "1"},
        {"label": "a\u202eb", "months": "1"},
        {"label": "x", "months": "2"},
        {"label": "x"},
    ],
)
def test_a_token_without_a_name_or_with_another_life_is_not_made(client, database, data):
    answer = post(client, PAGE, {"months": "", **data})

    assert answer.status_code == 400
    assert 'class="error"' in answer.text
    assert _count(database, ApiToken) == 0


def test_an_account_has_twenty_at_most(client, database, at):
    for number in range(api_tokens.MOST):
        token_of(database, label=str(number))

    assert "more are not possible" in client.get(PAGE).text
    with pytest.raises(RefusedError, match="None was made"):
        token_of(database)
    token_of(database, LEA)
    at(datetime(2026, 4, 2, 12, tzinfo=UTC))  # when those end
    token_of(database)


def test_a_token_ends_on_its_day(program, at):
    at(datetime(2026, 4, 2, 11, 59, 59, tzinfo=UTC))
    assert program.get("/surveys").status_code == 200

    at(datetime(2026, 4, 2, 12, tzinfo=UTC))
    assert program.get("/surveys").status_code == 401


def test_a_month_of_a_short_month_ends_with_it():
    last = datetime(2027, 1, 31, 12, tzinfo=UTC)

    assert api_tokens.months_after(last, 1) == datetime(2027, 2, 28, 12, tzinfo=UTC)
    assert api_tokens.months_after(last, 12) == datetime(2028, 1, 31, 12, tzinfo=UTC)
    assert api_tokens.months_after(NOON.replace(month=12), 1).year == 2027


def test_whoever_asks_for_what_there_is_not_is_told_so(database):
    make_accounts(database)
    mine = account(database).id
    with database.write() as db:
        with pytest.raises(WrongUseError):
            api_tokens.make(db, mine, "x", 2, now=NOON)
        with pytest.raises(WrongUseError):
            api_tokens.make(db, mine, "  ", 1, now=NOON)
        with pytest.raises(NotFoundError):
            api_tokens.end(db, mine, mine)


def test_another_password_ends_every_token(client, program):
    new = {"present": PASSWORD, "password": "quite another password"}

    assert post(client, "/desk/password", new).status_code == 303
    assert program.get("/surveys").status_code == 401


def test_without_a_token_nothing_is_read_whoever_is_signed_in(client):
    for headers in ({}, {"Authorization": "Basic aHI6aHI="}, {"Authorization": "Bearer"}):
        answer = client.get(f"{ROOT}/surveys", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Team Health"'
        assert answer.mimetype == "application/problem+json"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    assert client.get(f"{ROOT}/surveys?access_token=x").status_code == 401


def test_a_token_counts_nowhere_but_at_the_interface(program):
    headers = {"Authorization": f"Bearer {program.token}"}
    for path in ("/desk", "/desk/surveys", "/desk/people", PAGE, "/desk/surveys/x/export.csv"):
        answer = program.client.get(path, headers=headers)
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/desk/sign-in")


def test_everybody_may_read_what_the_interface_is_like(app):
    answer = app.test_client().get(f"{ROOT}/openapi.json")

    assert answer.status_code == 200
    assert answer.json["openapi"] == "3.1.0"


def test_sixty_times_a_minute_and_then_on(program, at):
    for used in range(api_limiting.OF_ONE):
        answer = program.get("/surveys")
        assert answer.status_code == 200
        left = api_limiting.OF_ONE - used - 1
        assert answer.headers["RateLimit"] == f'"token";r={left};t=60'
        assert answer.headers["RateLimit-Policy"] == '"token";q=60;w=60'
    at(NOON + timedelta(seconds=20))
    refused = program.get("/surveys/nowhere")

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "40"
    assert refused.headers["RateLimit"] == '"token";r=0;t=40'
    assert refused.json["title"] == "Too Many Requests"
    at(NOON + MINUTE)
    assert program.get("/surveys").status_code == 200


def test_the_limit_holds_over_several_processes_and_for_one_token_alone(
    app, database, tmp_path
):
    other = desk_of(database, tmp_path / "home")
    here, there = Program(app, database), Program(app, database)
    elsewhere = other.test_client()
    for _ in range(api_limiting.OF_ONE // 2):
        assert here.get("/surveys").status_code == 200
        assert _ask(elsewhere, here.token).status_code == 200

    assert here.get("/surveys").status_code == 429
    assert _ask(elsewhere, here.token).status_code == 429
    assert there.get("/surveys").status_code == 200


def test_wrong_tokens_are_limited_and_right_ones_are_not_shut_out(
    app, program, at, monkeypatch
):
    monkeypatch.setattr(api_limiting, "OF_WRONG", 3)
    client = app.test_client()
    told = [_ask(client, f"thp_wrong{number}").status_code for number in range(5)]

    assert told == [401, 401, 401, 429, 429]
    assert program.get("/surveys").status_code == 200
    assert sign_in(app.test_client()).status_code == 303
    at(NOON + MINUTE)
    assert _ask(client, "thp_wrong").status_code == 401


def test_from_the_counts_nobody_finds_out_whose_token_was_used(program, database):
    program.get("/surveys")
    hashes = {hashlib.sha256(program.token.encode()).digest()}
    with database.read() as db:
        stored = db.scalar(select(ApiToken.token_hash))
        keys = set(db.scalars(select(SignInTry.key)))

    assert hashes == {stored}
    assert len(keys) == 1
    assert not keys & {stored, hashlib.sha256(stored).digest()}


def test_no_line_of_the_log_has_a_token_or_a_path(app, client, program, caplog):
    caplog.set_level("INFO")
    caplog.clear()
    token = _shown(post(client, PAGE, {"label": "CANARYLABEL", "months": "1"}))
    _ask(app.test_client(), token)
    _ask(app.test_client(), "CANARYTOKEN")
    program.get("/surveys/CANARYPATH", x="CANARYQUERY")
    program.get("/CANARYPATH")

    owner = str(account(app.extensions["teamhealth.wiring"].database, HR).id)
    assert [one for one in caplog.messages if "signed_in" not in one] == [
        f'{{"event": "api_token_made", "account": "{owner}"}}',
        '{"event": "api_refused", "kind": "wrong"}',
    ]


def test_a_fault_is_told_as_a_problem_without_its_words(app, program, caplog):
    def fault():
        raise RuntimeError("CANARYPATH")

    app.add_url_rule("/desk/api/v1/_fault", "api.fault", fault)
    caplog.clear()
    answer = program.get("/_fault")

    assert (answer.status_code, answer.json["title"]) == (500, "Internal Server Error")
    assert answer.mimetype == "application/problem+json"
    assert "CANARY" not in answer.text
    assert caplog.messages == ['{"event": "desk_failed", "problem": "RuntimeError"}']


def test_a_database_that_is_away_is_told_as_a_problem(program, tmp_path):
    away = open_database("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    answer = _ask(desk_of(away, tmp_path / "home").test_client(), program.token)

    assert (answer.status_code, answer.json["title"]) == (503, "Service Unavailable")
    assert answer.json["detail"].startswith("The database does not answer.")
    assert answer.headers["Retry-After"] == "60"
