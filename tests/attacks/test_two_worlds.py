"""The same survey lived twice, where different people have answered: nobody can tell the worlds apart.

HR does in both whatever it may do to a person: voids, readdresses, moves and lets in who
has answered in one world and not in the other; puts off the close; lets reminders go out.
Every reply, page and letter is the same, byte by byte. So the best guess of somebody who
sees all that, who of a group has answered, is a guess.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from http import HTTPStatus

import pytest
from sqlalchemy import delete, insert, select

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.credentials.codes import to_code
from teamhealth.credentials.tokens import token
from teamhealth.instruments.model import Kind
from teamhealth.invitations.models import Invitation
from teamhealth.jobs.sweeping import sweep
from teamhealth.keys import links
from teamhealth.migrations.tables import metadata
from teamhealth.responses.models import SealedResponse
from teamhealth.roster.models import Person
from teamhealth.web.respond.app import create_app
from tests.attacks.watcher import Watcher, plain
from tests.conftest import NOON
from tests.desk import HR, csrf
from tests.firms import hand_in, launch
from tests.rooms.web_desk.houses import LEA, house_of, in_days

FIRM = {"Acme": 1, "Acme/Operations": 0, "Acme/Operations/Warehouse": 21, "Acme/Sales": 8}
SALES, WAREHOUSE = "acme-sales", "acme-operations-warehouse"
HERE = {SALES: (0, 1, 2, 3, 4), WAREHOUSE: range(13)}
THERE = {SALES: (3, 4, 5, 6, 7), WAREHOUSE: range(8, 21)}
"""Who answers in each world: as many, and one fewer would be another step of taking part."""


@pytest.fixture
def house(database, tmp_path, at):
    assert at
    return house_of(database, tmp_path / "home", FIRM)


@pytest.fixture
def name(house):
    """Launch a survey; its invitations have gone out."""
    name = launch(house.database, house.settings)
    sweep(house.database, house.settings)
    return name


def test_whatever_hr_does_and_reads_is_the_same_whoever_has_answered(house, name, at, request):
    worlds = World(house, name, at, often=request.config.getoption("--attack"))

    here, there = worlds.lived(HERE), worlds.lived(THERE)

    assert here.used != there.used
    assert len(here.used) == len(there.used) == sum(map(len, HERE.values()))
    assert list(here.told) == list(there.told)
    assert [step for step, told in here.told.items() if told != there.told[step]] == []
    shown = [page for status, _, page in here.told["pages on day 1"].values() if status == 200]
    assert len(shown) > 15
    assert any("enough for a result" in page for page in shown)
    everybody = sum(FIRM.values())
    for day in (1, 18):  # of the later close, and the reminder
        assert len({to for to, _, _ in here.told[f"letters by day {day}"]}) >= everybody, day


@dataclass
class Lived:
    """Who has answered, and all that anybody was told, step by step."""

    used: set
    told: dict


class World:
    """Lives the survey from the same state again and again."""

    def __init__(self, house, name, at, *, often):
        self._house, self._name, self._at, self._often = house, name, at, often
        self._outbox = house.settings.home / "outbox"
        self._watcher = Watcher(house, name)
        self._saved = self._rows()

    def _rows(self):
        with self._house.database.read() as db:
            return {
                table: [dict(row) for row in db.execute(select(table)).mappings()]
                for table in metadata.sorted_tables
            }

    def lived(self, answering):
        """Have these people answer, then do and read everything."""
        self._restore()
        self.told = {}
        self._answer(answering)
        with self._house.database.read() as db:
            used = select(Invitation.person_id).where(Invitation.blinded_hash.is_not(None))
            self.used = set(db.scalars(used))
            assert len(db.scalars(select(SealedResponse)).all()) == len(self.used)
        self._put_right()
        self._decide("extend", closes=in_days(20))
        for day in (1, 18):  # the reminder goes out in between
            self._at(NOON + timedelta(days=day))
            sweep(self._house.database, self._house.settings)
            if day == 1 or self._often:
                self._sign_in_again()
                self.told[f"pages on day {day}"] = self._watcher.look()
            self.told[f"letters by day {day}"] = self._letters()
        return Lived(self.used, self.told)

    def _sign_in_again(self):
        """Sign in, as over night everybody is signed out; a first form gives a cookie."""
        self._house.clients.clear()
        for who in (HR, LEA):
            assert self._house.client(who).get("/desk/password").status_code == HTTPStatus.OK

    def _restore(self):
        self._at(NOON)
        self._house.clients.clear()
        self._letters()
        with self._house.database.write() as db:
            for table in reversed(metadata.sorted_tables):
                db.execute(delete(table))
            for table, rows in self._saved.items():
                if rows:
                    db.execute(insert(table), rows)
            db.commit()

    def _answer(self, answering):
        key = links.load(self._house.settings.keys, self._name)
        client = create_app(self._house.database, self._house.settings).test_client()
        questions = instrument_of(self._house.survey(self._name)).questions
        marks = {q.id: 3 for q in questions if q.kind is not Kind.OPEN}
        with self._house.database.read() as db:
            joined = select(Person.email, Invitation.id).join(
                Invitation, Invitation.person_id == Person.id
            )
            seats = {row.email: row.id for row in db.execute(joined)}
        for group, people in answering.items():
            for number in people:
                seat = seats[f"person{number}@{group}.example"]
                code = to_code(token(key, self._name, str(seat)))
                assert hand_in(client, self._name, code, marks).status == 200

    def _put_right(self):
        """Do each act to somebody who has answered in one world and not in the other."""
        for act, number, more in (
            ("void", 0, {}),
            ("readdress", 1, {"address": "elsewhere@acme.example"}),
            ("move", 2, {"group": "Acme/Sales"}),
            ("join", 0, {}),
        ):
            who = f"person{number}@{WAREHOUSE}.example"
            page = f"/desk/surveys/{self._name}/somebody"
            self.told[act] = self._post(page, {"who": who, "act": act, **more})

    def _decide(self, what, **data):
        self.told[what] = self._post(f"/desk/surveys/{self._name}/{what}", data)

    def _post(self, page, data):
        client = self._house.client()
        token_ = csrf(client.get(page))
        answer = client.post(page, data={"csrf_token": token_, **data})
        assert answer.status_code == 303, answer.text
        then = client.get(answer.headers["Location"])
        for one in (answer, then):
            one.headers.remove("Set-Cookie")  # its signature has a time in it
        return plain(answer), plain(then)

    def _letters(self):
        """Give what went out since, without the number that each letter has by itself."""
        found = []
        for file in self._outbox.glob("*.eml"):
            letter = message_from_bytes(file.read_bytes(), policy=policy.default)
            del letter["Message-ID"]
            body = letter.get_body(("plain",)).get_content()
            whole = re.sub(r"={15}\d+==", "", letter.as_string())
            found.append((letter["To"], body, whole))
            file.unlink()
        return sorted(found)
