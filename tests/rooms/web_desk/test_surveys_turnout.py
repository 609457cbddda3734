"""Participation at the desk: what law 9 allows, for the groups a person may open."""

import re
from datetime import timedelta

import pytest

from teamhealth.campaigns.models import State
from tests.conftest import NOON
from tests.rooms.web_desk.houses import DORA, LEA, OLA, house_of

STEPS = {
    "Acme": "5",
    "Operations": "6",
    "Warehouse": "4",
    "Returns": "enough",
    "Sales": "not_enough",
}


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    return house_of(database, tmp_path / "home")


def _rows(page):
    """Read the table: group → what is told."""
    table = re.search(r'class="t part">.*?</table>', page)
    rows = re.findall(r"<tr.*?</tr>", table[0])[1:] if table else []
    words = [re.sub(r"<[^>]+>", " ", row).split() for row in rows]
    return {word[0]: " ".join(word[1:]) for word in words}


def test_hr_sees_words_for_small_groups_and_steps_of_ten_for_others(house):
    name = house.open()
    house.took_part(name, **STEPS)

    assert _rows(house.page(f"/desk/surveys/{name}")) == {
        "Acme": "48 50 % or more",
        "Operations": "35 60 % or more",
        "Warehouse": "22 40 % or more",
        "Returns": "7 enough for a result",
        "Night": "3 counted in Operations",
        "Sales": "8 not enough yet",
    }


def test_leaders_see_their_own_groups_and_those_below(house):
    name = house.open()
    house.took_part(name, **STEPS)
    address = f"/desk/surveys/{name}"

    assert list(_rows(house.page(address, DORA))) == [
        "Operations",
        "Warehouse",
        "Returns",
        "Night",
    ]
    assert list(_rows(house.page(address, LEA))) == ["Warehouse"]
    assert list(_rows(house.page(address, OLA))) == ["Sales"]
    assert "60 %" not in house.page(address, OLA)


def test_how_many_groups_have_enough_follows_from_the_steps_alone(house):
    name = house.open()
    house.took_part(name, **STEPS)

    told = house.page(f"/desk/surveys/{name}")

    assert "<dd>4 <span>of 5</span></dd>" in told  # all but Sales; Night has no result


@pytest.mark.parametrize(("step", "told"), [("0", "under 10 %"), ("9", "90 % or more")])
def test_neither_nobody_nor_everybody_is_told(house, step, told):
    name = house.open()
    house.took_part(name, Warehouse=step)

    assert told in _rows(house.page(f"/desk/surveys/{name}"))["Warehouse"]


def test_nothing_is_made_up_before_the_first_figures(house):
    name = house.open()

    page = house.page(f"/desk/surveys/{name}")

    assert "The first figures come within a day" in page
    assert _rows(page) == {}


def test_in_the_last_day_the_figures_are_called_the_last(house, at):
    name = house.open()
    house.took_part(name, **STEPS)
    at(NOON + timedelta(days=13, hours=1))

    assert "the last figures before the close" in house.page(f"/desk/surveys/{name}")


@pytest.mark.parametrize("state", [State.CLOSING, State.COUNTED, State.PUBLISHED])
def test_after_the_close_nothing_is_told_of_taking_part(house, state):
    name = house.open()
    house.took_part(name, **STEPS)
    house.become(name, state)

    page = house.page(f"/desk/surveys/{name}")

    assert "or more of" not in page
    assert _rows(page) == {}


def test_a_large_tree_is_shown_a_branch_at_a_time(database, tmp_path, at):
    at(NOON)
    groups = {"Acme": 0} | {
        f"Acme/Site {s}{team}": 5 if team else 0
        for s in range(8)
        for team in ("", *(f"/Team {t}" for t in range(10)))
    }
    house = house_of(database, tmp_path / "home", groups)
    name = house.open()
    house.took_part(name, Acme="3")
    address = f"/desk/surveys/{name}"

    top = house.page(address)
    branch = re.search(r'\?group=([a-z0-9-]+)"><bdi>Site 3</bdi>', top)[1]
    below = house.page(f"{address}?group={branch}")
    lost = house.page(f"{address}?group=nowhere&page=99")

    assert top.count("10 groups below") == 8
    assert "<bdi>Team " not in top
    assert below.count("<bdi>Team ") == 10
    assert f'href="{address}?group=acme"><bdi>Acme</bdi>' in below
    assert lost.count("10 groups below") == 8


def test_hundreds_of_groups_right_below_one_are_paged(database, tmp_path, at):
    at(NOON)
    groups = {"Acme": 0} | {f"Acme/Team {number:03}": 5 for number in range(150)}
    house = house_of(database, tmp_path / "home", groups)
    name = house.open()
    house.took_part(name, Acme="3")

    first = house.page(f"/desk/surveys/{name}")
    second = house.page(f"/desk/surveys/{name}?group=acme&page=2")

    assert first.count("<bdi>Team ") == 100
    assert second.count("<bdi>Team ") == 50
    assert "Team 149" in second
