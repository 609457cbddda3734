"""Several people, or one with a quick finger, decide in the very same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from teamhealth.accounts.models import Account
from teamhealth.campaigns.models import State
from tests.desk import HR, account, csrf, desk_of, make_accounts, signed_in_client
from tests.rooms.web_desk.houses import house_of

OTHER = "hanna@acme.example"
ROUNDS, MANY = 3, 40


def _at_once(acts):
    """Do things in as many threads, all let go together; give the answers' status codes."""
    gate = Barrier(len(acts))

    def act(client, path, data):
        gate.wait()
        return client.post(path, data=data).status_code

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result() for one in [threads.submit(act, *some) for some in acts]]


@pytest.fixture
def rounds(request):
    return MANY if request.config.getoption("--attack") else ROUNDS


@pytest.mark.parametrize("what", ["close", "not-hr"])
def test_two_of_hr_cannot_take_each_others_rights(database, tmp_path, rounds, what):
    make_accounts(database, hr=(HR, OTHER))
    app = desk_of(database, tmp_path / "home")
    for _ in range(rounds):
        acts = []
        for mine, theirs in ((HR, OTHER), (OTHER, HR)):
            client = signed_in_client(database, tmp_path / "home", mine, app=app)
            path = f"/desk/people/{account(database, theirs).id}/{what}"
            acts.append((client, path, {"csrf_token": csrf(client.get("/desk/people"))}))

        told = _at_once(acts)

        with database.write() as db:
            able = [a for a in db.query(Account) if a.active and a.is_hr]
            assert len(able) == 1, told
            for one in db.query(Account):
                one.active = one.is_hr = True
            db.commit()
        assert max(told) < 500


def test_of_decisions_at_once_one_holds_and_no_road_is_gone_back(
    database, tmp_path, at, rounds
):
    assert at
    house = house_of(database, tmp_path / "home")
    for number in range(rounds):
        name = house.open(title=f"Survey {number}")
        if number % 2:
            house.become(name, State.COUNTED)
        clients = [
            signed_in_client(database, house.settings.home, app=house.app) for _ in range(2)
        ]
        whats = ("publish", "cancel") if number % 2 else ("close", "cancel")
        acts = []
        for client in clients:
            token = csrf(client.get("/desk/password"))
            for what in whats:
                path, data = f"/desk/surveys/{name}/{what}", {"csrf_token": token}
                acts.append((client, path, {**data, "reason": "No need."}))

        told = _at_once(acts)

        found = house.survey(name)
        if number % 2:
            assert found.state is State.PUBLISHED
            assert not found.trouble
        else:
            assert found.state is State.CANCELLED
            assert found.closed_at is not None
        assert max(told) < 500
        house.become(name, State.CANCELLED)
