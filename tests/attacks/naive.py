"""A survey server as they are usually built, made naive on purpose: the attacks must work on it.

After LimeSurvey's "anonymised responses": whoever has a token may answer once; the token
is marked as used and the answer is a row of another table, with no name in it and no key
between the two. On the same databases, through the same proxy, with the same people.
"""

import hashlib
import html
import secrets

from flask import Flask, request
from sqlalchemy import Column, Integer, MetaData, String, Table, Text, insert, select, update
from sqlalchemy.orm import Session

from teamhealth import clock
from tests.attacks.backups import Watched

METADATA = MetaData()
PARTICIPANT = Table(
    "participant", METADATA,
    Column("id", String(32), primary_key=True),
    Column("team", String(200)),
    Column("token", String(40), unique=True),
    Column("completed", String(40)),
)  # fmt: skip
ANSWER = Table(
    "answer", METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("team", String(200)),
    Column("body", Text),
    Column("receipt", String(64)),
    sqlite_autoincrement=True,
)  # fmt: skip

NAIVE = {
    "people": Watched("participant", key="id", group="team", mark="completed"),
    "answers": Watched("answer", key="body", group="team", mark="body"),
}


def invite(database, people):
    """Make the tables and a token for each (person, team); give the tokens by person."""
    METADATA.create_all(database.engine)
    tokens = {person: secrets.token_hex(12) for person, _ in people}
    rows = [{"id": who, "team": team, "token": tokens[who]} for who, team in sorted(people)]
    with database.write() as db:
        db.execute(insert(PARTICIPANT), rows)
        db.commit()
    return tokens


def app_of(database):
    """Build its door: ``/survey?token=…`` asks and takes; the administrator reads ``/participants`` and ``/export``."""
    app = Flask("naive")

    @app.get("/survey")
    def form() -> str:
        return "<form method=post><textarea name=body></textarea><button>Send</button></form>"

    @app.post("/survey")
    def send() -> tuple[str, int]:
        token = request.args["token"]
        with database.write() as db:
            found = db.execute(select(PARTICIPANT).where(PARTICIPANT.c.token == token)).one()
            if found.completed:
                return "used", 409
            store(db, found, request.form["body"])
            db.commit()
        return "thanks", 200

    @app.get("/participants")
    def participants() -> str:
        with database.read() as db:
            rows = db.execute(select(PARTICIPANT).order_by(PARTICIPANT.c.id))
            return "\n".join(f"{row.id},{'yes' if row.completed else 'no'}" for row in rows)

    @app.get("/export")
    def export() -> str:
        with database.read() as db:
            rows = db.scalars(select(ANSWER.c.body).order_by(ANSWER.c.id))
            return "\n".join(html.escape(row) for row in rows)

    return app


def store(db: Session, participant, body):
    """Mark the token as used, insert the answer; the receipt is for looking one's answer up."""
    now = clock.now().strftime("%Y-%m-%d %H:%M:%S")
    db.execute(
        update(PARTICIPANT).where(PARTICIPANT.c.id == participant.id).values(completed=now)
    )
    receipt = hashlib.sha256(participant.token.encode()).hexdigest()
    db.execute(insert(ANSWER).values(team=participant.team, body=body, receipt=receipt))


def close_without_shuffling(database, comments):
    """Store what a count gives in the order in which it was read, under ascending numbers.

    Our own close were it naive: the box is sealed, but nothing is shuffled in the end.
    """
    with database.write() as db:
        for comment in comments:
            db.execute(insert(ANSWER).values(team=comment.group, body=comment.body, receipt=""))
        db.commit()
