"""Surveys that end oddly, from launch to page: everything void, everything taken back, a part of the tree, one answer."""

import json

import pytest
from sqlalchemy import select, update

from teamhealth.campaigns.models import State
from teamhealth.credentials.codes import b64, from_code
from teamhealth.credentials.receipts import derive
from teamhealth.jobs.closing import close
from teamhealth.responses.models import CountedList, SealedResponse
from teamhealth.snapshots import storing
from teamhealth.web.respond.app import create_app
from tests.desk import desk_of, make_accounts, signed_in_client
from tests.firms import answer_all, codes, found, hand_in, launch
from tests.journeys.odd_reading import page_of

FEW = "Too few answered for any result."
FIRM = {"Acme": 1, "Acme/North": 3, "Acme/North/Night": 6, "Acme/North/Day": 9, "Acme/South": 7}


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def settings(database, tmp_path):
    settings = found(database, tmp_path / "home", FIRM)
    make_accounts(database)
    return settings


def _pages(database, settings, name):
    """Close and count; give the snapshot and what HR reads."""
    assert close(database, settings, name) is State.COUNTED
    client = signed_in_client(database, settings.home, app=desk_of(database, settings.home))
    with database.read() as db:
        snapshot = storing.load(db, name)
    at = f"/desk/surveys/{name}"
    paths = ("", "/results", "/matrix", *(f"/groups/{group.id}" for group in snapshot.groups))
    return snapshot, {path: page_of(client.get(at + path).text) for path in paths}


def _listed(database):
    with database.read() as db:
        return json.loads(db.scalar(select(CountedList.body)))["counted"]


def test_where_every_envelope_is_void_there_is_no_result_and_it_says_so(database, settings):
    name = launch(database, settings)
    answer_all(database, settings, name)
    with database.write() as db:
        db.execute(update(SealedResponse).values(envelope=bytes(4177)))
        db.commit()

    snapshot, pages = _pages(database, settings, name)

    assert (snapshot.void, snapshot.root.responses) == (26, None)
    assert FEW in pages["/results"]
    assert len(_listed(database)) == snapshot.survey.k - 1


def test_where_everybody_took_their_answer_back_there_is_no_result_and_it_says_so(
    database, settings
):
    name = launch(database, settings)
    client = create_app(database, settings).test_client()
    for one in answer_all(database, settings, name):
        edit = b64(derive(from_code(one.receipt), name).edit)
        taken = client.post(f"/a/{name}/response/edit", json={"edit": edit, "withdraw": True})
        assert taken.status_code == 200

    snapshot, pages = _pages(database, settings, name)

    assert (snapshot.void, snapshot.withdrawn, snapshot.root.responses) == (0, 26, None)
    assert FEW in pages["/results"]
    assert len(_listed(database)) == snapshot.survey.k - 1


@pytest.mark.parametrize("answers", [0, 1])
def test_with_no_answer_and_with_one_every_page_reads_the_same(database, settings, answers):
    name = launch(database, settings)
    client = create_app(database, settings).test_client()
    for code in codes(database, settings, name)["acme-south"][:answers]:
        hand_in(client, name, code, {"psych_safety_1": 1, "engagement": 2}, {"comment": "Me."})

    snapshot, pages = _pages(database, settings, name)

    assert snapshot.root.responses is None
    assert FEW in pages["/results"]
    assert "Me." not in str(pages)
    assert len(_listed(database)) == snapshot.survey.k - 1


def test_a_survey_of_a_part_of_the_tree_knows_that_part_alone(database, settings):
    name = launch(database, settings, scope_path="Acme/North", form="quarterly")
    answer_all(database, settings, name)

    snapshot, pages = _pages(database, settings, name)

    assert [group.name for group in snapshot.groups] == ["North", "Night", "Day"]
    assert snapshot.root.parent is None
    assert f"{snapshot.root.responses} of 18" in pages["/results"]
    assert "South" not in str(pages)
