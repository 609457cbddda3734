"""A firm with an open survey, in which people are put right; what that changes, seen from everywhere."""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from sqlalchemy import event, select

from teamhealth.campaigns.models import SurveyGroup
from teamhealth.credentials.codes import b64, to_code
from teamhealth.credentials.tokens import token
from teamhealth.invitations import correcting
from teamhealth.invitations.models import Invitation
from teamhealth.keys import links
from teamhealth.mail.models import Letter
from teamhealth.migrations.tables import metadata
from teamhealth.roster.models import Person
from teamhealth.web.respond.app import create_app
from tests.conftest import NOON
from tests.firms import found, hand_in, launch

SMALL = {"Acme": 0, "Acme/Five": 5, "Acme/Six": 6}
FIRM = {"Acme": 0, "Acme/North": 31, "Acme/South": 11}
MARKS = {"psych_safety_1": 4, "listening_1": 2}
_ACTS = {
    "void": correcting.void,
    "readdress": correcting.readdress,
    "move": correcting.move,
    "join": correcting.join,
}


def person(number, group="acme-north"):
    """Give the address of one of the firm's people."""
    return f"person{number}@{group}.example"


@dataclass
class Office:
    """An open survey; what HR does in it, and what people can do with their links."""

    database: object
    settings: object
    name: str
    client: object = None

    def act(self, kind, *what):
        """Do one act as a view or a command does."""
        with self.database.write() as db:
            told = _ACTS[kind](db, self.name, *what, at=NOON)
            db.commit()
        return told

    def seats(self, email):
        """Give a person's seats, the valid one last."""
        with self.database.read() as db:
            who = select(Person.id).where(Person.email == email).scalar_subquery()
            ours = select(Invitation).where(Invitation.person_id == who)
            return db.scalars(ours.order_by(Invitation.void.desc())).all()

    def code(self, seat):
        """Give the code of a seat, as a letter prints it."""
        return to_code(
            token(links.load(self.settings.keys, self.name), self.name, str(seat.id))
        )

    def answer(self, email):
        """Answer as a person's browser does; give the code that was used."""
        code = self.code(self.seats(email)[-1])
        assert hand_in(self.client, self.name, code, MARKS).status == 200
        return code

    def ask(self, what, code, **more):
        """Send a message with a code; give the status."""
        return self.client.post(f"/a/{self.name}/{what}", json={"t": code, **more}).status_code

    def stamp(self, code):
        """Ask for the stamp of another slip than any before; give the status."""
        return self.ask("credential", code, b=b64(bytes(1) + os.urandom(255)))

    def letters(self):
        """Give what waits in the outbox besides invitations: kind, address, facts, carries a link."""
        with self.database.read() as db:
            waiting = db.scalars(select(Letter).where(Letter.kind != "invitation")).all()
        return sorted(
            (one.kind, one.address, one.language, one.facts, one.invitation_id is not None)
            for one in waiting
        )

    def group(self, group_id):
        """Give a pinned group as it is now."""
        with self.database.read() as db:
            return db.get(SurveyGroup, (self.name, group_id))

    def rows(self):
        """Give every row there is, by table and key."""
        with self.database.read() as db:
            return {
                (table.name, *(row[c.name] for c in table.primary_key)): dict(row)
                for table in metadata.sorted_tables
                for row in db.execute(select(table)).mappings()
            }

    @contextmanager
    def listening(self):
        """Note every statement that the database is sent, without its values."""
        heard = []

        def hear(_connection, _cursor, statement, *_more):
            heard.append(statement)

        event.listen(self.database.engine, "before_cursor_execute", hear)
        try:
            yield heard
        finally:
            event.remove(self.database.engine, "before_cursor_execute", hear)


def posted(settings, subject):
    """Give the text of each letter that went out under a subject beginning so, by address."""
    found = {}
    for file in Path(settings.mail_url.removeprefix("file:")).glob("*.eml"):
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        if letter["Subject"].startswith(subject):
            (to,) = letter["To"].addresses
            assert to.addr_spec not in found  # nobody gets it twice
            found[to.addr_spec] = letter.get_body(("plain",)).get_content()
    return found


def office_of(database, home, firm=FIRM, **wish):
    """Found a firm and launch a survey in it."""
    settings = found(database, home, firm)
    name = launch(database, settings, **wish)
    return Office(database, settings, name, create_app(database, settings).test_client())


def touched(before, after):
    """Give which columns of which tables an act has changed, and how many rows it made and deleted."""
    changed = sorted(
        (key[0], name)
        for key in before.keys() & after.keys()
        for name, value in after[key].items()
        if value != before[key][name]
    )
    made = sorted(key[0] for key in after.keys() - before.keys())
    deleted = sorted(key[0] for key in before.keys() - after.keys())
    return changed, made, deleted
