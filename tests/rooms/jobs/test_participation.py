"""Participation is told coarsely, seldom, and of groups only."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import Participation, State
from teamhealth.invitations.models import Invitation
from teamhealth.jobs.participation import refresh, step
from tests.conftest import NOON
from tests.firms import found, launch, survey_of
from tests.makers import set_state
from tests.rooms.invitations.putting_right import office_of, person
from tests.slips import printed

FIRM = {"Acme": 2, "Acme/Big": 40, "Acme/Ops": 0, "Acme/Ops/Day": 7, "Acme/Ops/Night": 6}


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def name(database, tmp_path):
    return launch(database, found(database, tmp_path / "home", FIRM))


def _use(database, group, count):
    with database.write() as db:
        links = select(Invitation).where(Invitation.group_id == group)
        for number, link in enumerate(db.scalars(links)):
            link.blinded_hash = bytes(32) if number < count else None
        db.commit()


def _unused(database, group):
    with database.read() as db:
        free = (Invitation.group_id == group, Invitation.blinded_hash.is_(None))
        return list(db.scalars(select(Invitation.address).where(*free)))


def _told(database):
    with database.read() as db:
        return {row.group_id: row.step for row in db.scalars(select(Participation))}


def test_groups_tell_words_or_tenths_and_sums_of_whole_groups(database, name):
    for group, count in {
        "acme": 2,
        "acme-big": 31,
        "acme-ops-day": 5,
        "acme-ops-night": 4,
    }.items():
        _use(database, group, count)

    assert refresh(database, name, now=NOON)

    # The two people of Acme itself are in no figure: 40 of 53, not 42 of 55.
    assert _told(database) == {
        "acme": "7",
        "acme-big": "7",
        "acme-ops": "enough",
        "acme-ops-day": "enough",
        "acme-ops-night": "not_enough",
    }


def test_paper_slips_count_like_links_and_spare_ones_lift_no_group_above_its_people(
    database, name
):
    printed(database, name, "Acme/Ops/Day", 3)
    printed(database, name, "Acme/Ops/Night", 2)
    for group, count in {"acme-ops-day": 10, "acme-ops-night": 0}.items():
        _use(database, group, count)

    assert refresh(database, name, now=NOON)

    told = _told(database)
    assert (told["acme-ops-day"], told["acme-ops-night"]) == ("most", "not_enough")
    assert told["acme-ops"] == "enough"  # 7 of 13; the three further ones count for nobody


@pytest.mark.parametrize(
    ("used", "invited", "told"),
    [
        (4, 5, "not_enough"),
        (5, 6, "most"),
        (5, 7, "enough"),
        (6, 7, "most"),
        (14, 19, "enough"),
        (15, 19, "most"),
        (1, 20, "0"),
        (2, 20, "1"),
        (18, 20, "9"),
        (20, 20, "9"),
    ],
)
def test_no_step_says_that_everybody_has_answered(used, invited, told):
    assert step(used, invited, 5) == told


def test_a_group_of_exactly_k_is_told_above_only_because_enough_would_say_everybody(
    database, tmp_path
):
    firm = {"Acme": 0, "Acme/Five": 5, "Acme/Six": 6}
    name = launch(database, found(database, tmp_path / "home", firm))
    _use(database, "acme-five", 5)
    _use(database, "acme-six", 5)

    refresh(database, name, now=NOON)

    assert _told(database) == {"acme": "most", "acme-six": "most"}


@pytest.mark.parametrize("answered", [True, False])
def test_putting_people_right_tells_nothing_of_their_answers(database, tmp_path, answered):
    office = office_of(database, tmp_path / "home", {"Acme": 0, "Acme/A": 14, "Acme/B": 15})
    for number in range(1, 7):
        office.answer(person(number, "acme-a"))
    if answered:
        office.answer(person(0, "acme-a"))
    refresh(database, office.name, now=NOON)
    before = _told(database)

    office.act("move", person(0, "acme-a"), "Acme/B")
    refresh(database, office.name, now=NOON + timedelta(days=1))
    office.act("void", person(0, "acme-a"))
    office.act("join", person(0, "acme-a"))
    refresh(database, office.name, now=NOON + timedelta(days=2))

    assert (
        _told(database) == before == {"acme": "2", "acme-a": "enough", "acme-b": "not_enough"}
    )


def test_taking_people_out_never_makes_a_step_say_everybody(database, tmp_path):
    firm = {"Acme": 0, "Acme/Nine": 9, "Acme/Ten": 10}
    office = office_of(database, tmp_path / "home", firm)
    _use(database, "acme-nine", 5)
    refresh(database, office.name, now=NOON)
    before = _told(database)["acme-nine"]

    for seat in _unused(database, "acme-nine")[:4]:
        office.act("void", seat)
    refresh(database, office.name, now=NOON + timedelta(days=1))

    assert before == "enough"
    assert "acme-nine" not in _told(database)  # of the five that are left, enough would be all


def test_it_is_refreshed_once_a_day(database, name):
    refresh(database, name, now=NOON)
    _use(database, "acme-ops-night", 6)

    later = refresh(database, name, now=NOON + timedelta(hours=11))
    before = _told(database)["acme-ops-night"]
    next_day = refresh(database, name, now=NOON + timedelta(hours=13))

    assert (later, before, next_day) == (False, "not_enough", True)
    assert _told(database)["acme-ops-night"] == "most"


def test_it_rests_in_the_last_day(database, name):
    closes = survey_of(database, name).closes_at

    assert not refresh(database, name, now=closes - timedelta(hours=23, minutes=59))
    assert refresh(database, name, now=closes - timedelta(hours=24))


def test_there_is_none_of_a_survey_that_is_not_open(database, name):
    set_state(database, name, State.CLOSING)

    assert not refresh(database, name, now=NOON)
    assert _told(database) == {}
