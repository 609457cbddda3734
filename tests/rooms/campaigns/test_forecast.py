"""Before a launch everybody is told honestly which results cannot come."""

import pytest

from teamhealth.campaigns.forecast import chance, forecast
from teamhealth.errors import RefusedError
from tests.firms import found


def _told(database, home, teams, k=5):
    found(database, home, teams)
    with database.read() as db:
        return forecast(db, None, k)


def test_a_team_below_k_is_told_where_its_people_are_counted(database, tmp_path):
    firm = {"Acme": 1, "Acme/Ops": 0, "Acme/Ops/Day": 7, "Acme/Ops/Night": 4, "Acme/Sales": 12}

    told = _told(database, tmp_path, firm)

    assert {g.path: g.counted_in for g in told.groups if g.chance is None} == {
        "Acme/Ops": "Acme",
        "Acme/Ops/Night": "Acme",
    }
    assert [g.path for g in told.possible] == ["Acme", "Acme/Ops/Day", "Acme/Sales"]
    assert any("Acme/Ops/Night (4 people): counted in Acme" in line for line in told.lines())


def test_a_firm_of_twelve_in_small_teams_gets_one_result(database, tmp_path):
    told = _told(database, tmp_path, {"Acme": 2, "Acme/A": 4, "Acme/B": 3, "Acme/C": 3})

    assert list(told.lines())[:2] == [
        "12 people will be invited.",
        "You will get one result: Acme as a whole.",
    ]


def test_the_number_of_results_is_expected_not_promised(database, tmp_path):
    firm = {"Acme": 0} | {f"Acme/T{n}": 6 for n in range(10)}

    told = _told(database, tmp_path, firm)

    # 6 people, 75 %: at least five answer with probability 0.534, so five of ten teams and the firm
    assert told.expected == 6
    assert "about 6 of 11 groups" in list(told.lines())[1]


def test_groups_without_people_are_not_mentioned(database, tmp_path):
    told = _told(database, tmp_path, {"Acme": 6, "Acme/Empty": 0})

    assert [g.path for g in told.groups] == ["Acme"]


def test_fewer_than_k_people_have_no_forecast(database, tmp_path):
    with pytest.raises(RefusedError, match="at least 5"):
        _told(database, tmp_path, {"Acme": 4})


def test_the_chance_of_enough_answers_is_the_binomial_one():
    assert chance(5, 5) == pytest.approx(0.75**5)
    assert chance(4, 5) == 0
    assert chance(7, 5) == pytest.approx(0.7564, abs=1e-4)
    assert chance(500, 5) == 1
