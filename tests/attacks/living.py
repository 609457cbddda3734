"""A survey lived through from launch to result before the eyes of an attacker, ours and the naive one."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from itertools import groupby

from sqlalchemy import select
from werkzeug.test import Client

from teamhealth import __version__, clock
from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.credentials.codes import from_code, to_code
from teamhealth.credentials.receipts import derive
from teamhealth.credentials.respondent import Owner, Respondent, group_message
from teamhealth.credentials.tokens import token
from teamhealth.instruments.model import Kind
from teamhealth.invitations.models import Invitation
from teamhealth.jobs.charters import charter_of
from teamhealth.jobs.closing import close
from teamhealth.jobs.participation import refresh
from teamhealth.keys import box, links
from teamhealth.responses.boxes import Row, boxes
from teamhealth.responses.models import SealedResponse
from teamhealth.results.count import count
from teamhealth.roster.models import Group, Person
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front
from tests.attacks import naive
from tests.attacks.crowd import DAYS, Proxy, replies
from tests.attacks.evidence import Attacker
from tests.desk import make_accounts, signed_in_client
from tests.firms import found as founded
from tests.firms import launch, survey_of

EDITED = 8  # one in so many changes the answer later


@dataclass
class Told:
    """What happened: the text by person, the nonce hash by person, and all that was gathered of it.

    ``orders`` are the comments as counted, by the order in which the box was read, with
    nothing shuffled.
    """

    truth: dict
    evidence: object
    nonces: dict = field(default_factory=dict)
    orders: dict = field(default_factory=dict)


def employees(database):
    """Give everybody of the roster with the path of their team."""
    with database.read() as db:
        rows = db.execute(
            select(Person.id, Group.path).join(Group, Group.id == Person.group_id)
        )
        return [(person.hex, path) for person, path in rows]


def _minute_by_minute(events, attacker):
    """Let things happen at their moments; look at the end of each minute in which something was stored.

    Events are (moment, act, whether it stores anything).
    """
    events = sorted(events, key=lambda event: event[0])
    for _minute, some in groupby(
        events, key=lambda event: event[0].replace(second=0, microsecond=0)
    ):
        stored = False
        for moment, act, stores in some:
            with clock.stopped(moment):
                act()
            stored |= stores
        if stored:
            with clock.stopped(moment):
                attacker.look()


# The naive one.


def live_naively(database, people, firm, seed, *, start, backups):
    """Have people answer on the naive server."""
    tokens = naive.invite(database, people)
    proxy = Proxy(naive.app_of(database))
    client = proxy.client()
    administrator = proxy.client()

    def poll():
        return [administrator.get(page).text for page in ("/participants", "/export")]

    attacker = Attacker(
        backups, naive.NAIVE, poll=poll, names={person: person for person, _ in people}
    )
    events, truth = [], {}
    for reply in replies(seed, people, firm, start=start):
        truth[reply.person] = reply.text
        address = f"/survey?token={tokens[reply.person]}"
        events.append((reply.opens, partial(client.get, address), False))
        send = partial(client.post, address, data={"body": reply.text})
        events.append((reply.sends, send, True))
    _minute_by_minute(events, attacker)
    found = attacker.finish({person for person, _ in people})
    found.log, found.pages = proxy.log, [client.get("/export").text]
    return Told(truth, found)


# Ours.


class Firm:
    """An installation whose people are surveyed one time after the other."""

    def __init__(self, database, home, firm):
        self.database, self.firm = database, firm
        self.settings = founded(database, home, {path: n for path, (n, _) in firm.items()})
        make_accounts(database)
        door = Front(create_app(database, self.settings))
        self._proxy, self._door, self._hr = Proxy(door), Client(door), None
        self._client = self._proxy.client()

    def live(self, seed, *, start, backups):
        """Launch, have people answer, close, and read whatever is left."""
        with clock.stopped(start):
            name = launch(
                self.database,
                self.settings,
                title=f"Round {seed}",
                at=start,
                closes_at=start + timedelta(days=DAYS + 2),
            )
        self._proxy.log.clear()
        attacker = Attacker(backups, poll=partial(self._polled, name), names=self._addresses())
        told = Told({}, attacker.found)
        self._answer(name, told, seed, start, attacker)
        attacker.look(carefully=True)
        with clock.stopped(start + timedelta(days=DAYS + 1)):
            close(
                self.database, self.settings, name, on_step=self._watching(name, told, attacker)
            )
            attacker.finish({person for person, _ in employees(self.database)})
            told.evidence.pages = list(self._pages(name))
        told.evidence.log = list(self._proxy.log)
        told.evidence.audit = self._client.get(f"/a/{name}/audit.json").json["counted"]
        return told

    def _answer(self, name, told, seed, start, attacker):
        survey = survey_of(self.database, name)
        marks = [q.id for q in instrument_of(survey).questions if q.kind is not Kind.OPEN]
        codes = self._codes(name)
        some = replies(seed, employees(self.database), self.firm, start=start, marks=marks)
        events = []
        for number, reply in enumerate(some):
            told.truth[reply.person] = reply.text
            one = _Browser(self._client, name, codes[reply.person], reply, told)
            events += [(reply.opens, one.open, False), (reply.sends, one.ask, True)]
            events.append((reply.sends + timedelta(seconds=1), one.send, True))
            if number % EDITED == 0:
                events.append((reply.sends + timedelta(hours=1), one.change, True))
        for day in range(1, DAYS + 1):
            night = (start + timedelta(days=day)).replace(hour=23)
            events.append((night, partial(refresh, self.database, name, now=night), True))
        _minute_by_minute(events, attacker)

    def _codes(self, name):
        key = links.load(self.settings.keys, name)
        with self.database.read() as db:
            rows = db.scalars(select(Invitation).where(Invitation.survey_id == name))
            return {r.person_id.hex: to_code(token(key, name, str(r.id))) for r in rows}

    def _watching(self, name, told, attacker):
        """Look at every step of the close; before the count, count without shuffling, too."""

        def step(_done):
            if not told.orders:
                told.orders["by hash"] = self._unshuffled(name, boxes)
                told.orders["as they lie"] = self._unshuffled(name, _as_they_lie)
            attacker.look()

        return step

    def _unshuffled(self, name, reading):
        with self.database.read() as db:
            survey = db.get(Survey, name)
            assert survey.state is State.CLOSING
            charter = charter_of(db, survey, version=__version__)
            key = box.load(self.settings.keys, name)
            return count(
                reading(db, name), key, charter, shuffle=lambda _written: None
            ).comments

    def _addresses(self):
        with self.database.read() as db:
            return {
                row.email: row.id.hex for row in db.execute(select(Person.email, Person.id))
            }

    def _polled(self, name):
        """Read what HR and the public may read of a running survey."""
        page = self._hr and self._hr.get(f"/desk/surveys/{name}")
        if page is None or page.status_code != HTTPStatus.OK:  # signed out over night
            self._hr = signed_in_client(self.database, self.settings.home)
            page = self._hr.get(f"/desk/surveys/{name}")
        assert page.status_code == HTTPStatus.OK
        yield page.text
        yield self._door.get(f"/a/{name}/audit.json").text

    def _pages(self, name):
        client = signed_in_client(self.database, self.settings.home)
        with self.database.read() as db:
            groups = db.scalars(
                select(SurveyGroup.group_id).where(SurveyGroup.survey_id == name)
            )
            addresses = [
                f"groups/{group}{page}" for group in groups for page in ("", "/comments")
            ]
        for address in (*addresses, "results", "export.json", "export.csv"):
            yield client.get(f"/desk/surveys/{name}/{address}").text


def _as_they_lie(db, name):
    """Read the box from the table's beginning to its end, as somebody would who orders nothing."""
    by_group = {}
    for row in db.scalars(select(SealedResponse)):
        if row.survey_id == name:
            one = Row(row.nonce_hash, row.nonce, row.signature, row.envelope)
            by_group.setdefault(row.group_id, []).append(one)
    return sorted(by_group.items())


class _Browser:
    """One person's, through the real messages."""

    def __init__(self, client, name, code, reply, told):
        self._client, self._at, self._code = client, f"/a/{name}", code
        self._reply, self._told, self._name = reply, told, name

    def open(self):
        self._client.get(self._at)
        self._manifest = self._client.get(f"{self._at}/manifest.json").data
        group = self._post("group", group_message(self._code)).json
        said = {"comment": self._reply.text}
        self._prepared = Respondent(self._manifest, group, self._code).prepare(
            self._reply.marks, said
        )

    def ask(self):
        self._stamp = self._post("credential", self._prepared.credential).json

    def send(self):
        assert self._post("response", self._prepared.response(self._stamp)).status_code == 200
        secrets = derive(from_code(self._prepared.receipt), self._name)
        self._told.nonces[self._reply.person] = secrets.nonce_hash.hex()

    def change(self):
        owner = Owner(self._manifest, self._prepared.receipt)
        kept = self._post("response/edit", owner.look()).json
        again = owner.replace(kept, self._reply.marks, {"comment": self._reply.text})
        assert self._post("response/edit", again).status_code == 200

    def _post(self, thing, message):
        return self._client.post(f"{self._at}/{thing}", json=message)
