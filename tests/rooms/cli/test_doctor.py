"""The doctor says what is wrong and what to do, and fails only if something is broken."""

import pytest
from sqlalchemy import update

from teamhealth.db import open_database
from teamhealth.mail.models import Letter
from tests.firms import launch


def _verdicts(told):
    return {finding["what"]: finding["verdict"] for finding in told["findings"]}


@pytest.fixture(autouse=True)
def _content_is_in_order(monkeypatch):
    """Content has its own tests, and a second look at it would only cost time."""
    monkeypatch.setattr("teamhealth.cli.findings.check", lambda _folder: [])


def test_a_fresh_installation_is_in_order_but_for_what_comes_later(firm, cli):
    assert firm

    told = cli.ask("doctor")

    assert told["ok"]
    assert set(_verdicts(told).values()) == {"ok", "attention"}
    assert _verdicts(told)["durability"] == "ok"


def test_keys_of_an_open_survey_are_looked_at(database, firm, cli, at):
    assert at
    name = launch(database, firm)
    before = cli.ask("doctor")
    (firm.keys / "links" / name).unlink()

    after = cli.ask("doctor", code=1)

    assert _verdicts(before)[f"keys of {name}"] == "ok"
    assert _verdicts(after)[f"keys of {name}"] == "broken"


def test_letters_that_were_tried_in_vain_are_counted(database, firm, cli, at):
    assert at
    launch(database, firm)
    before = cli.ask("doctor")
    with database.write() as db:
        db.execute(update(Letter).values(attempts=1))
        db.commit()

    assert _verdicts(before)["letters"] == "ok"
    assert "19 letters were tried in vain" in cli.run("doctor").out


def test_keys_that_others_may_read_are_broken(firm, cli):
    firm.keys.chmod(0o755)

    assert "chmod -R go=" in cli.run("doctor", code=1).out


def test_signing_keys_may_be_shared_with_a_web_process_and_no_other_key_may(firm, cli):
    issuers, box = firm.keys / "issuers", firm.keys / "box"
    for place, mode in ((firm.keys, 0o710), (issuers, 0o2750), (box, 0o700)):
        place.mkdir(exist_ok=True)
        place.chmod(mode)

    shared = cli.ask("doctor")
    box.chmod(0o750)
    loose = cli.ask("doctor", code=1)

    assert _verdicts(shared)["key files"] == "ok"
    assert "signing keys" in str(shared)
    assert _verdicts(loose)["key files"] == "broken"


@pytest.mark.parametrize(
    ("setting", "what"),
    [
        ({"BASE_URL": "http://survey.intern"}, "address"),
        ({"MAIL_URL": "smtp://127.0.0.1:9"}, "mail"),
        ({"MAIL_URL": "pigeon:"}, "mail"),
    ],
    ids=str,
)
def test_a_setting_that_does_not_work_is_broken(firm, cli, monkeypatch, setting, what):
    assert firm
    for name, value in setting.items():
        monkeypatch.setenv(f"TEAMHEALTH_{name}", value)

    assert _verdicts(cli.ask("doctor", code=1))[what] == "broken"


def test_a_database_that_was_not_set_up_is_told_to_be(firm, cli, monkeypatch, tmp_path):
    assert firm
    url = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    open_database(url).close()
    monkeypatch.setenv("TEAMHEALTH_DATABASE_URL", url)

    assert "run `teamhealth init`" in cli.run("doctor", code=1).out
    assert "Run `teamhealth init` first" in cli.run("sweep", code=1).sentence


def test_a_server_that_does_not_answer_is_told(firm, cli, monkeypatch):
    assert firm
    monkeypatch.setenv("TEAMHEALTH_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")

    assert "It does not answer (OperationalError)" in cli.run("doctor", code=1).out
