"""Many at one time: one link is stamped once, and no answer slips in behind the close."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State
from teamhealth.responses.models import SealedResponse
from teamhealth.web.respond.app import create_app
from tests.makers import open_survey, set_state
from tests.people import Person


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path, sizes={"north": 24})


@pytest.fixture
def app(database, opened):
    return create_app(database, opened.settings)


def _all_at_once(calls):
    ready = threading.Barrier(len(calls))

    def run(call):
        ready.wait()
        return call().status_code

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def test_eight_browsers_with_one_link_get_one_stamp(app, opened):
    people = [Person(app.test_client(), opened, opened.codes["north"][0]) for _ in range(8)]
    for person in people:
        person.seal()

    assert _all_at_once([person.stamp for person in people]) == {200: 1, 409: 7}


def test_eight_copies_of_one_response_are_stored_once(app, opened, database):
    person = Person(app.test_client(), opened, opened.codes["north"][0])
    person.seal()
    person.stamp()
    body = person.prepared.response(person.signed)
    clients = [app.test_client() for _ in range(8)]

    answers = _all_at_once(
        [lambda c=c: c.post(f"/a/{opened.id}/response", json=body) for c in clients]
    )

    assert answers == {200: 8}
    with database.read() as db:
        assert db.scalar(select(func.count(SealedResponse.nonce_hash))) == 1


def test_an_acknowledged_answer_is_there_for_the_count_and_a_later_one_is_refused(
    app, opened, database
):
    people = [Person(app.test_client(), opened, code) for code in opened.codes["north"]]
    for person in people:
        person.seal()
        person.stamp()
    counted = []

    def close():
        set_state(database, opened.id, State.CLOSING)
        with database.read() as db:  # what the count would read
            counted.append(db.scalar(select(func.count(SealedResponse.nonce_hash))))
        return app.test_client().get("/a/done")

    answers = _all_at_once([*(person.hand_in for person in people[:12]), close])
    answers += _all_at_once([person.hand_in for person in people[12:]])

    assert answers[200] - 1 == counted[0]
    assert answers[410] == len(people) - counted[0]
