"""Slides, summaries, talks and branches at the desk: for whoever may open the group, and no earlier."""

from datetime import timedelta

import pytest

from teamhealth import clock
from teamhealth.campaigns import releasing
from teamhealth.campaigns.models import State
from teamhealth.campaigns.releasing import Choices
from teamhealth.i18n.messages import OFFERED
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.northwind import LATEST, LEADERS, settle
from tests.rooms.outlets.printing import pages, text

AT = f"/desk/surveys/{LATEST}"
TOMAS, OLGA, RITA = (f"{name}@northwind.example" for name in ("tomas", "olga", "rita"))


@pytest.fixture
def northwind(database, tmp_path):
    """Give a function that signs somebody in at a firm with results; ``stages`` publishes step by step."""

    def enter(email, *, stages=None, days_ago=0, **how):
        settle(database, **how)
        if stages:
            with database.write() as db:
                db.add(releasing.plan(LATEST, stages, now=clock.now() - timedelta(days_ago)))
                db.commit()
        make_accounts(database, *LEADERS)
        app = desk_of(database, tmp_path / "home")
        return signed_in_client(database, tmp_path / "home", email, app=app)

    return enter


def taken(client, rest):
    answer = client.get(f"{AT}/{rest}")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def refused(client, rest):
    return client.get(f"{AT}/{rest}").status_code


def test_a_leader_takes_slides_and_summary_of_their_group_along(northwind):
    client = northwind(TOMAS)

    slides = taken(client, "groups/warehouse-north/slides.pdf")
    assert 6 <= len(pages(slides)) <= 9
    assert "7 of 9" in text(slides)
    assert "Steady leadership" not in text(slides)
    summary = taken(client, "groups/warehouse-north/summary.pdf")
    assert "Your team’s talk should happen by" in text(summary)


def test_who_leads_a_group_without_a_result_takes_a_talk_along(northwind):
    client = northwind(RITA)

    assert "Half an hour that needs no numbers" in text(
        taken(client, "groups/returns/talk.pdf")
    )
    assert "What people in Operations say" in text(taken(client, "groups/returns/talk.pdf"))
    assert refused(client, "groups/returns/slides.pdf") == 409
    assert refused(client, "groups/warehouse-north/talk.pdf") == 404


def test_a_director_takes_the_report_on_their_branch_along(northwind):
    branch = text(taken(northwind(OLGA), "groups/operations/branch.pdf"))

    for group in ("Warehouse North", "Warehouse South", "Transport", "Returns"):
        assert group in branch
    assert "Service Desk" not in branch
    assert "Steady leadership" not in branch


@pytest.mark.parametrize(
    "rest", ["groups/transport/slides.pdf", "groups/operations/branch.pdf", "summary.pdf"]
)
def test_what_is_not_a_leader_s_to_see_is_not_there(northwind, rest):
    assert refused(northwind(TOMAS), rest) == 404


@pytest.mark.parametrize("kind", ["slides", "summary", "branch", "talk"])
def test_before_it_is_published_a_leader_gets_none_of_them(northwind, kind):
    client = northwind(OLGA, state=State.COUNTED)

    assert refused(client, f"groups/operations/{kind}.pdf") == 404


def test_while_leaders_are_ahead_a_director_has_no_branch(
    northwind,
):
    client = northwind(OLGA, stages=Choices(summary=True))

    assert refused(client, "groups/operations/branch.pdf") == 404
    assert taken(client, "groups/operations/slides.pdf")


def test_while_leaders_are_ahead_a_small_team_reads_nothing_of_the_group_above(northwind):
    client = northwind(RITA, stages=Choices(summary=True))

    assert "What people in" not in text(taken(client, "groups/returns/talk.pdf"))


@pytest.mark.parametrize(("days_ago", "status"), [(1, 404), (9, 200)])
def test_once_it_is_for_everybody_each_leader_has_the_summary_of_the_whole(
    northwind, days_ago, status
):
    client = northwind(TOMAS, stages=Choices(summary=True), days_ago=days_ago)

    assert refused(client, "summary.pdf") == status


def test_hr_takes_all_of_them_along_in_a_language_that_is_offered(northwind):
    client = northwind(HR)

    assert taken(client, f"summary.pdf?language={OFFERED[-1]}")
    assert taken(client, "groups/operations/branch.pdf")
    assert refused(client, "summary.pdf?language=xx") == 400
