"""Servers and workers are killed at random moments while people answer and while it closes.

No acknowledged answer is lost and none is counted twice. Each person's words are their
own, so that one can look, person by person, what became of what the server had said yes to.
"""

import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State
from teamhealth.cli.answering import Visitor
from teamhealth.cli.answers_file import Sheet
from teamhealth.conversations.models import Comment
from teamhealth.credentials.codes import b64, from_code
from teamhealth.credentials.links import Link
from teamhealth.credentials.receipts import derive
from teamhealth.invitations.models import Invitation
from teamhealth.responses.models import CountedList, SealedResponse
from teamhealth.snapshots import storing
from tests.dying import begin
from tests.firms import codes, found, launch, survey_of

TEAMS = {f"Acme/Team {team}": 12 for team in range(4)}
FIRM = {"Acme": 0, **TEAMS}
MARKS = {"psych_safety_1": 4, "listening_1": 2}
AT_ONCE, LATE = 8, 1 / 5
"""How many answer at a time, and the share of those who are still at it when it closes."""

FEW, MANY = (1, 2, 2), (5, 20, 10)
"""Surveys, kills of the server and kills of the worker in each: 300 in all on two databases."""


@pytest.fixture
def plan(request):
    return MANY if request.config.getoption("--attack") else FEW


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_and_none_is_counted_twice(house, plan):
    surveys, kills, closing_kills = plan
    house.run("init")
    house.opened(lambda database, settings: found(database, settings.home, FIRM))
    rng = random.Random()  # noqa: S311  (new moments each time)
    with house.served("--no-worker") as server:
        for number in range(surveys):
            name = house.opened(lambda db, settings, n=number: _launch(db, settings, n))
            crowd = Crowd(house, name, server)
            _kill_servers(server, crowd, rng, kills)
            moment = _close_killing(house, name, rng, closing_kills)
            outcomes = crowd.outcomes()
            assert close_calmly(house, name, moment) is State.COUNTED
            house.opened(
                lambda db, _, n=name, told=outcomes: _nobody_lost_or_twice(db, n, told)
            )


def _launch(database, settings, number):
    now = datetime.now(UTC)  # noqa: TID251
    return launch(
        database, settings, title=f"Kill {number}", at=now, closes_at=now + timedelta(days=14)
    )


class Crowd:
    """Everybody invited, answering a few at a time; the last of them only once it is closing."""

    def __init__(self, house, name, server):
        links = house.opened(lambda db, settings: codes(db, settings, name))
        # One of each team in turn: so few of a team would be late that no answer is left out.
        people = [code for some in zip(*links.values(), strict=True) for code in some]
        self._visitor = Visitor(server.url, name, patience=120)
        self._closing = threading.Event()
        self._pool = ThreadPoolExecutor(AT_ONCE)
        late = int((1 - LATE) * len(people))
        self._said = [
            self._pool.submit(self._answer, n, code, late=n >= late)
            for n, code in enumerate(people)
        ]

    def _answer(self, number, code, *, late):
        if late:
            self._closing.wait()
        time.sleep(0.1)
        words = f"said by number {number}."
        sheet = Sheet(MARKS, {"comment": words})
        return words, self._visitor.answer(Link(from_code(code)), lambda _respondent: sheet)

    def wait_for(self, share):
        """Wait until so many are through; those who wait for the close are the last."""
        end = time.monotonic() + 240
        while sum(one.done() for one in self._said) < int(share * len(self._said)):
            assert time.monotonic() < end, "people do not get through"
            time.sleep(0.005)

    def hurry(self):
        """Let the late ones go."""
        self._closing.set()

    def outcomes(self):
        """Wait for all; give the outcomes by what each person said."""
        self.hurry()
        found = dict(one.result(timeout=300) for one in self._said)
        self._pool.shutdown()
        return found


def _kill_servers(server, crowd, rng, kills):
    """Kill the server at random moments while people answer; the late ones go when the others are through."""
    for share in sorted(rng.uniform(0, 1 - LATE) for _ in range(kills)):
        crowd.wait_for(share)
        time.sleep(rng.uniform(0, 0.1))
        server.kill()
        server.start()
    crowd.wait_for(1 - LATE)
    crowd.hurry()


def _close_killing(house, name, rng, kills):
    """Kill the worker again and again while it closes; give the moment at which its last lease is over."""
    moment = datetime.now(UTC)  # noqa: TID251
    for _ in range(kills):
        worker = begin("close", house, name, moment=moment)
        time.sleep(rng.uniform(0, 0.3))
        worker.kill()
        worker.end()
        moment += timedelta(minutes=10)  # the dead worker's lease has run out
    return moment


def close_calmly(house, name, moment):
    worker = begin("close", house, name, moment=moment)
    assert worker.end() == 0
    return house.opened(lambda database, _: survey_of(database, name).state)


def _nobody_lost_or_twice(database, name, outcomes):
    assert {one.status for one in outcomes.values()} <= {"answered", "refused"}
    assert {one.why for one in outcomes.values()} <= {"", "not_open"}
    acknowledged = {said: one for said, one in outcomes.items() if one.status == "answered"}
    assert len(acknowledged) > len(outcomes) / 2
    with database.read() as db:
        counted = json.loads(db.get(CountedList, name).body)["counted"]
        comments = select(Comment.body).where(Comment.survey_id == name)
        written = Counter(db.scalars(comments))
        responses = storing.load(db, name).root.responses
        for kind in (SealedResponse, Invitation):
            assert db.scalars(select(kind).where(kind.survey_id == name)).all() == []
    for said, one in acknowledged.items():
        nonce_hash = b64(derive(from_code(one.receipt), name).nonce_hash)
        assert counted.count(nonce_hash) == 1, said
        assert written[said] == 1, said
    # Whoever got no word may have been stored all the same, but nobody twice.
    assert set(written) <= set(outcomes)
    assert set(written.values()) == {1}
    assert len(acknowledged) <= responses <= sum(written.values())
