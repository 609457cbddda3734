"""After the count: a receipt's owner takes a comment back, and nothing that is stored leads from one thing to another."""

import pytest
from sqlalchemy import select

from teamhealth.campaigns import deciding
from teamhealth.campaigns.models import Survey
from teamhealth.credentials.codes import b64, from_code
from teamhealth.credentials.receipts import comment_mark, derive
from teamhealth.jobs.closing import close
from teamhealth.jobs.sweeping import sweep
from teamhealth.migrations.tables import metadata
from teamhealth.web.respond.app import create_app
from tests.conftest import NOON
from tests.desk import make_accounts, signed_in_client
from tests.firms import codes, found, hand_in, launch, survey_of
from tests.leftovers import found_in
from tests.rooms.outlets.printing import text

ROOF = "The roof leaks above gate seven."
OTHER = "Gate four is draughty."
MARKS = {"psych_safety_1": 4, "engagement": 5}


@pytest.fixture
def settings(database, tmp_path, at):
    at(NOON)
    return found(database, tmp_path / "home")


@pytest.fixture
def owners(database, settings):
    """Have nineteen people answer, two of them with a comment; close, and give what their receipts lead to."""
    name = launch(database, settings)
    client = create_app(database, settings).test_client()
    links = [code for group in codes(database, settings, name).values() for code in group]
    said = {0: ROOF, 7: OTHER}
    sent = [
        hand_in(client, name, code, MARKS, {"comment": said[n]} if n in said else {})
        for n, code in enumerate(links)
    ]
    with database.read() as db:
        assert db.get(Survey, name).headcount == len(sent)
    close(database, settings, name)
    return name, [derive(from_code(one.receipt), name) for one in sent]


@pytest.fixture
def door(database, settings):
    return create_app(database, settings).test_client()


def _ask(door, name, owner, **more):
    return door.post(f"/a/{name}/comment", json={"reply": b64(owner.reply), **more})


def _stored_in_one_row(database):
    """Give every stored row as one string of all its values."""
    with database.engine.connect() as db:
        for table in metadata.tables.values():
            for row in db.execute(select(table)):
                values = (v.hex() if isinstance(v, bytes) else str(v) for v in row)
                yield table.name, " ".join(values)


def test_after_the_close_nothing_stored_joins_edit_reply_and_nonce(database, owners):
    _, secrets = owners
    rows = list(_stored_in_one_row(database))

    for owner in secrets:
        traces = {
            "nonce": (owner.nonce.hex(), owner.nonce_hash.hex(), b64(owner.nonce_hash)),
            "edit": (owner.edit.hex(), owner.edit_hash.hex(), b64(owner.edit_hash)),
            "reply": (owner.reply.hex(), owner.reply_hash.hex(), b64(owner.reply_hash)),
            "mark": (comment_mark(owner.reply_hash, "comment").hex(),),
        }
        places = {
            kind: {table for table, row in rows if any(value in row for value in values)}
            for kind, values in traces.items()
        }
        assert places["nonce"] == {"counted_list"}
        assert places["edit"] == set()
        assert places["reply"] == set()
        assert places["mark"] <= {"comment"}


def test_a_comment_that_was_taken_back_is_in_no_page_and_no_report_made_afterwards(
    database, settings, owners, door, tmp_path
):
    name, secrets = owners
    with database.write() as db:
        deciding.publish(db, name, now=NOON)
        db.commit()
    make_accounts(database)
    desk = signed_in_client(database, tmp_path / "home")
    page = f"/desk/surveys/{name}/groups/acme"
    assert ROOF in desk.get(f"{page}/comments").text

    assert _ask(door, name, secrets[0]).json == {"comments": 1}
    assert _ask(door, name, secrets[1]).json == {"comments": 0}
    assert _ask(door, name, secrets[0], take_back=True).json == {"ok": True}
    assert _ask(door, name, secrets[0], take_back=True).json == {"ok": True}
    assert _ask(door, name, secrets[0]).json == {"comments": 0}

    told = desk.get(page).text + desk.get(f"{page}/comments").text
    assert ROOF not in told
    assert OTHER in told
    if database.is_sqlite:  # a report takes seconds, and is made of the same rows
        report = text(desk.get(f"{page}/report.pdf").data)
        assert OTHER in report
        assert ROOF not in report
    assert survey_of(database, name).needs_scrubbing
    sweep(database, settings)
    assert not survey_of(database, name).needs_scrubbing
    assert found_in(tmp_path, {"roof": ROOF.encode()}) == set()
