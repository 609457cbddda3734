"""Firms whose surveys are launched, answered and closed as in life, through the product itself."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import Survey
from teamhealth.campaigns.requesting import request
from teamhealth.credentials.codes import to_code
from teamhealth.credentials.respondent import Respondent, group_message
from teamhealth.credentials.tokens import token
from teamhealth.instruments.model import Kind
from teamhealth.invitations.models import Invitation
from teamhealth.jobs.launching import prepare
from teamhealth.keys import links
from teamhealth.roster.models import Group, Person
from teamhealth.web.respond.app import create_app
from tests.conftest import NOON
from tests.makers import settings_of

TEAMS = {"Acme": 1, "Acme/North": 6, "Acme/South": 7, "Acme/West": 5}


@dataclass
class Sent:
    """What one person's browser knows in the end: the receipt, and whether the server took the answer."""

    receipt: str
    status: int


def found(database, home, teams=TEAMS):
    """Store a roster, people by path of their group; give the settings of the installation."""
    with database.write() as db:
        ids = {}
        for position, path in enumerate(teams):
            parent = ids.get(path.rpartition("/")[0])
            name = path.rpartition("/")[2]
            ids[path] = "-".join(path.lower().replace("/", " ").split())
            db.add(
                Group(id=ids[path], parent_id=parent, path=path, name=name, position=position)
            )
            db.flush()
        for path, count in teams.items():
            db.add_all(_person(ids[path], number) for number in range(count))
        db.commit()
    settings = settings_of(database, home)
    settings.keys.mkdir(parents=True, mode=0o700, exist_ok=True)
    return settings


def ask_for(database, settings, **wish):
    """Ask for a survey of the pulse form; give its id."""
    usual = {
        "form": "pulse",
        "title": "Spring",
        "closes_at": NOON + timedelta(days=14),
        "at": NOON,
    }
    with database.write() as db:
        survey = request(db, settings, **{**usual, **wish})
        name = survey.id
        db.commit()
    return name


def launch(database, settings, **wish):
    """Ask for a survey and have it opened; give its id."""
    name = ask_for(database, settings, **wish)
    prepare(database, settings, name)
    return name


def codes(database, settings, name):
    """Give the codes of all invitations by answering group, as the letters print them."""
    key = links.load(settings.keys, name)
    found = {}
    with database.read() as db:
        ours = (Invitation.survey_id == name, Invitation.paper.is_(False))
        for row in db.scalars(select(Invitation).where(*ours)):
            code = to_code(token(key, name, str(row.id)))
            found.setdefault(row.group_id, []).append(code)
    return found


def hand_in(client, name, code, answers, comments=None):
    """Answer through an app's test client."""
    prepared = seal(client, name, code, answers, comments)
    stamp = client.post(f"/a/{name}/credential", json=prepared.credential)
    assert stamp.status_code == 200, stamp.text
    sent = client.post(f"/a/{name}/response", json=prepared.response(stamp.json))
    return Sent(prepared.receipt, sent.status_code)


def seal(client, name, code, answers, comments=None):
    """Do all that happens before anything is sent."""
    manifest = client.get(f"/a/{name}/manifest.json").data
    told = client.post(f"/a/{name}/group", json=group_message(code)).json
    return Respondent(manifest, told, code).prepare(answers, comments)


def answer_all(database, settings, name, share=1.0):
    """Have that share of each group answer, each person differently; give what was sent."""
    client = create_app(database, settings).test_client()
    with database.read() as db:
        questions = instrument_of(db.get(Survey, name)).questions
    sent = []
    for group in codes(database, settings, name).values():
        for number, code in enumerate(group[: round(share * len(group))]):
            marks = {
                q.id: 1 + (number + at) % 5
                for at, q in enumerate(questions)
                if q.kind is not Kind.OPEN
            }
            sent.append(hand_in(client, name, code, marks, {"comment": f"Words {number}."}))
    return sent


def survey_of(database, name):
    """Give a survey as it is stored now."""
    with database.read() as db:
        return db.get(Survey, name)


def _person(group, number):
    return Person(
        id=uuid.uuid4(),
        email=f"person{number}@{group}.example",
        name=f"Person {number}",
        language=("en", "de", None)[number % 3],
        group_id=group,
    )
