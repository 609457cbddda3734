"""What PostgreSQL's own log is told of an answer: values never stand in a statement, and its log can be kept still.

The log is listened to over the connection itself (``client_min_messages = log``), so that no file of the server is needed.
"""

from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import event

from teamhealth.cli.findings import of_log
from teamhealth.credentials.codes import unb64
from teamhealth.db import open_database
from teamhealth.web.respond.app import create_app
from tests.makers import open_survey
from tests.people import Person

QUIET = Path(__file__).parents[2] / "deploy" / "postgresql.sql"
LOUD = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_min_error_statement": "error",
    "log_error_verbosity": "default",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
}
HEARD = {"client_min_messages": "log", "log_min_messages": "panic"}
BOOM = """
CREATE FUNCTION boom() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'boom'; END $$;
CREATE TRIGGER boom BEFORE UPDATE ON sealed_response FOR EACH ROW EXECUTE FUNCTION boom();
"""


@pytest.fixture
def role(database_url):
    """Give somebody who may use the test's database and whose settings can be changed."""
    name = "th_listened_" + database_url.rpartition("_")[2]
    owner = psycopg.connect(database_url, autocommit=True)
    owner.execute(f'CREATE ROLE "{name}" LOGIN SUPERUSER')
    yield name, owner
    owner.execute("DROP TRIGGER IF EXISTS boom ON sealed_response")
    owner.execute("DROP FUNCTION IF EXISTS boom")
    owner.execute(f'DROP ROLE "{name}"')
    owner.close()


def _as(name, database_url):
    url = psycopg.conninfo.conninfo_to_dict(database_url)
    return f"postgresql://{name}@{url['host']}:{url['port']}/{url['dbname']}"


def _listened(role, database_url, tmp_path, settings):
    """Answer, change the answer while the database is at fault, and give all that the log was told."""
    name, owner = role
    for setting, value in {**settings, **HEARD}.items():
        owner.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(name), sql.Identifier(setting), sql.Literal(value)
            )
        )
    ours = _as(name, database_url)
    makers = open_database(database_url)
    opened = open_survey(makers, tmp_path / "home")
    makers.close()
    database, told = open_database(ours), []
    event.listen(
        database.engine,
        "connect",
        lambda connection, _: connection.add_notice_handler(
            lambda said: told.append((said.message_primary, said.message_detail or ""))
        ),
    )
    client = create_app(database, opened.settings).test_client(use_cookies=False)
    person = Person(client, opened, opened.codes["north"][0])
    owner_of_receipt = person.answer()
    owner.execute(BOOM)
    assert person.edit(owner_of_receipt.withdraw()).status_code == 500
    database.close()
    return told, _values(person, owner_of_receipt)


def _values(person, owner):
    """Give what would tell of an answer, as PostgreSQL writes it."""
    handed = person.prepared.response(person.signed)
    raw = [unb64(handed["n"]), unb64(handed["x"])[:30], owner.secrets.edit_hash]
    return [value.hex() for value in raw]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_value_stands_in_a_statement(role, database_url, tmp_path):
    told, values = _listened(role, database_url, tmp_path, LOUD)

    statements, parameters = ("\n".join(said) for said in zip(*told, strict=True))
    assert "INSERT INTO sealed_response" in statements
    assert [value for value in values if value in statements] == []
    assert [value for value in values if value not in parameters] == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_with_our_settings_the_servers_log_is_told_nothing_of_an_answer(
    role, database_url, tmp_path
):
    commands = [
        line.replace(':"role"', f'"{role[0]}"')
        for line in QUIET.read_text().splitlines()
        if line.startswith("ALTER")
    ]
    assert len(commands) >= len(LOUD)
    for command in commands:
        role[1].execute(command)

    assert _listened(role, database_url, tmp_path, {})[0] == []
    ours = open_database(_as(role[0], database_url))
    assert [finding.verdict for finding in of_log(ours)] == ["ok"]
    ours.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_doctor_says_what_the_servers_log_may_keep_as_it_is_installed(role, database_url):
    ours = open_database(_as(role[0], database_url))
    (finding,) = of_log(ours)
    ours.close()

    assert finding.verdict == "attention"
    assert "deploy/postgresql.sql" in finding.told
