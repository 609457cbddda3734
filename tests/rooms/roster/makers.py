"""Rosters for tests, imported as people import them."""

from itertools import count

from sqlalchemy import select

from teamhealth.roster import importing, storing
from teamhealth.roster.choices import Wish
from teamhealth.roster.models import Group
from teamhealth.roster.reading import read

_numbers = count()
AS_IT_SEEMS = Wish()


def suffix():
    return f"{next(_numbers):04}"


def roster(lines, columns="email,name,group,leads,answers_in"):
    return read("\n".join([columns, *lines.strip().splitlines()]).encode())


def store(database, lines, wish=AS_IT_SEEMS, **columns):
    """Import a roster; give what that changed."""
    wanted = roster(lines, **columns)
    with database.write() as db:
        diff = importing.preview(db, wanted, wish)
        importing.apply(db, wanted, diff, suffix, wish)
        db.commit()
    return diff


def stored(database):
    with database.read() as db:
        return storing.load(db)


def group_ids(database):
    with database.read() as db:
        return dict(db.execute(select(Group.path, Group.id).order_by(Group.position)).all())
