"""Reports to take along hold what the reader's pages show, and are there for nobody else."""

import pytest

from teamhealth.campaigns.models import State
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.northwind import LATEST, LEADERS, settle
from tests.rooms.outlets.printing import text

AT = f"/desk/surveys/{LATEST}"
TOMAS, OLGA = "tomas@northwind.example", "olga@northwind.example"
LED = "Steady leadership"


@pytest.fixture
def northwind(database, tmp_path):
    """Give a function that signs somebody in at a firm with results."""

    def enter(email, **how):
        settle(database, **how)
        make_accounts(database, *LEADERS)
        app = desk_of(database, tmp_path / "home")
        return signed_in_client(database, tmp_path / "home", email, app=app)

    return enter


def _report(client, rest):
    answer = client.get(f"{AT}/{rest}")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return text(answer.data)


def test_a_leader_takes_the_report_of_their_group_along_with_the_part_that_is_theirs(northwind):
    told = _report(northwind(TOMAS), "groups/warehouse-north/report.pdf")

    assert "Warehouse North" in told
    assert "7 of 9" in told
    assert LED in told


def test_hr_takes_the_same_report_without_what_is_the_leader_s_own(northwind):
    client = northwind(HR)

    assert LED not in _report(client, "groups/warehouse-north/report.pdf")
    whole = _report(client, "report.pdf")
    assert LED not in whole
    assert "Service Desk" in whole


def test_whoever_leads_a_group_above_reads_without_it_too(northwind):
    assert LED not in _report(northwind(OLGA), "groups/warehouse-north/report.pdf")


@pytest.mark.parametrize("rest", ["report.pdf", "groups/transport/report.pdf"])
def test_what_is_not_a_leader_s_to_see_is_not_there_as_a_report_either(northwind, rest):
    assert northwind(TOMAS).get(f"{AT}/{rest}").status_code == 404


def test_before_it_is_published_a_leader_gets_no_report(northwind):
    client = northwind(TOMAS, state=State.COUNTED)

    assert client.get(f"{AT}/groups/warehouse-north/report.pdf").status_code == 404


def test_a_group_without_a_result_has_no_report_and_the_page_says_where_it_is_counted(
    northwind,
):
    answer = northwind(HR).get(f"{AT}/groups/returns/report.pdf")

    assert answer.status_code == 409
    assert "counted in Northwind/Operations" in answer.text
