"""A firm at the desk: its roster, HR, leaders, and surveys in any state without waiting for keys."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from teamhealth.campaigns import pinning
from teamhealth.campaigns.models import Participation, State, Survey, SurveyGroup
from teamhealth.roster.models import Group, Lead, Person
from teamhealth.roster.placing import place
from tests.conftest import NOON
from tests.desk import HR, desk_of, make_accounts, post, signed_in_client
from tests.firms import ask_for, found, survey_of

DORA, LEA, OLA = "dora@acme.example", "lea@acme.example", "ola@acme.example"
"""Dora leads Operations, Lea its Warehouse, Ola Sales."""

GROUPS = {
    "Acme": 2,
    "Acme/Operations": 3,
    "Acme/Operations/Warehouse": 22,
    "Acme/Operations/Returns": 7,
    "Acme/Operations/Night": 3,
    "Acme/Sales": 8,
}
_LEADS = {DORA: "Acme/Operations", LEA: "Acme/Operations/Warehouse", OLA: "Acme/Sales"}


@dataclass
class House:
    """One installation, with the desk's app."""

    database: object
    settings: object
    app: object
    clients: dict = field(default_factory=dict)

    def client(self, email=HR):
        """Give the browser in which somebody is signed in."""
        if email not in self.clients:
            self.clients[email] = signed_in_client(
                self.database, self.settings.home, email, app=self.app
            )
        return self.clients[email]

    def page(self, path="/desk/surveys", email=HR):
        """Give what somebody reads at an address, without tags' line breaks."""
        answer = self.client(email).get(path)
        assert answer.status_code == 200, answer.status_code
        return " ".join(answer.text.split())

    def survey(self, name):
        """Give a survey as it is stored now."""
        return survey_of(self.database, name)

    def ask_for(self, **wish):
        """Ask for a survey; it is preparing."""
        return ask_for(self.database, self.settings, **wish)

    def open(self, **wish):
        """Have a survey opened, with a tree and a manifest but nobody's keys."""
        name = self.ask_for(**wish)
        with self.database.write() as db:
            survey = db.get(Survey, name)
            scope = db.get(Group, survey.scope_id)
            plan = pinning.plan(place(db, scope.path), survey.k)
            _, rows = pinning.tree_of(survey, plan, [bytes(256)] * len(plan.answering))
            db.add_all(rows)
            db.add_all(pinning.leads(db, survey, plan))
            survey.manifest, survey.fingerprint = b"{}", "8X22VKPXRM5J56WJ"
            survey.state, survey.opened_at = State.OPEN, NOON
            db.commit()
        return name

    def become(self, name, state, **more):
        """Put a survey into a state, as the desk or the worker would."""
        with self.database.write() as db:
            survey = db.get(Survey, name)
            survey.state = state
            if state is not State.OPEN:
                survey.closed_at = NOON
            for field, value in more.items():
                setattr(survey, field, value)
            db.commit()
        return name

    def took_part(self, name, **steps):
        """Store steps of participation by the last name of the group, as the worker would."""
        with self.database.write() as db:
            rows = db.scalars(select(SurveyGroup).where(SurveyGroup.survey_id == name)).all()
            ids = {row.name: row.group_id for row in rows}
            for group, step in steps.items():
                db.add(
                    Participation(
                        survey_id=name,
                        group_id=ids[group],
                        step=step,
                        refreshed_on=NOON.date(),
                    )
                )
            db.commit()


def house_of(database, home, groups=GROUPS):
    """Found a firm; HR and its leaders have accounts."""
    settings = found(database, home, groups)
    make_accounts(database, *_LEADS)
    with database.write() as db:
        ids = {group.path: group.id for group in db.scalars(select(Group))}
        for email, path in _LEADS.items():
            if path in ids:
                top = next(iter(ids.values()))
                leader = Person(email=email, name=email, group_id=top, answers_in_id=top)
                db.add(leader)
                db.flush()
                db.add(Lead(person_id=leader.id, group_id=ids[path]))
        db.commit()
    return House(database, settings, desk_of(database, home))


def decide(client, name, what, **data):
    """Take a decision as a browser does, from the page that asks."""
    path = f"/desk/surveys/{name}/{what}"
    return post(client, path, data, page=path)


def in_days(days):
    """Give a day as a date field sends it."""
    return (NOON + timedelta(days=days)).date().isoformat()
