"""A link stands for a group, and is stamped for one slip."""

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State
from teamhealth.credentials.codes import from_code
from teamhealth.errors import KeysMissingError, NotFoundError, NotOpenError, UsedLinkError
from teamhealth.invitations.models import Invitation
from teamhealth.invitations.redeeming import Seat, redeem, seat_of
from tests.makers import open_survey, set_state, trouble

SLIP, OTHER = b"\1" * 256, b"\2" * 256


@pytest.fixture
def link(database, tmp_path):
    return from_code(open_survey(database, tmp_path).codes["south"][0])


def _redeem(database, token, blinded):
    with database.write() as db:
        redeem(db, "spring", token, blinded)
        db.commit()


def _used(database):
    with database.read() as db:
        return len(
            db.scalars(select(Invitation).where(Invitation.blinded_hash.is_not(None))).all()
        )


def test_asking_for_the_group_changes_nothing(database, link):
    with database.read() as db:
        assert seat_of(db, "spring", link) == Seat("south", paper=False)
    assert _used(database) == 0


def test_a_link_is_stamped_for_one_slip_and_for_the_same_slip_again(database, link):
    _redeem(database, link, SLIP)
    _redeem(database, link, SLIP)

    with pytest.raises(UsedLinkError, match="Nothing was stored"):
        _redeem(database, link, OTHER)
    assert _used(database) == 1


def test_neither_token_nor_slip_is_stored(database, link):
    _redeem(database, link, SLIP)

    with database.read() as db:
        stored = [
            getattr(row, c.name)
            for row in db.scalars(select(Invitation))
            for c in Invitation.__table__.columns
        ]
    assert link not in stored
    assert SLIP not in stored


def test_an_unknown_link_or_survey_is_not_found(database, link):
    with database.write() as db:
        for survey, token in (("spring", b"x" * 10), ("summer", link)):
            with pytest.raises(NotFoundError):
                seat_of(db, survey, token)
            with pytest.raises(NotFoundError):
                redeem(db, survey, token, SLIP)


@pytest.mark.parametrize("state", [s for s in State if s is not State.OPEN])
def test_only_an_open_survey_stamps(database, link, state):
    set_state(database, "spring", state)

    with pytest.raises(NotOpenError), database.read() as db:
        seat_of(db, "spring", link)
    with pytest.raises(NotOpenError):
        _redeem(database, link, SLIP)
    assert _used(database) == 0


def test_keys_in_trouble_pause_the_survey(database, link):
    trouble(database, "spring", "keys_missing")

    with pytest.raises(KeysMissingError, match="paused"):
        _redeem(database, link, SLIP)
    assert _used(database) == 0
