"""Reports to take along hold what the reader's pages show, and are there for nobody else."""

import pytest

from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.canonical import canonical
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import fingerprint, words
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


def test_a_leader_takes_it_along_without_some_of_its_sections(northwind):
    client = northwind(TOMAS)
    told = _report(client, "groups/warehouse-north/report.pdf?leave_out=talk&leave_out=leader")

    assert "The themes at a glance" in told
    assert "Rules for everybody" not in told
    assert LED not in told
    strange = client.get(f"{AT}/groups/warehouse-north/report.pdf?leave_out=page-one")
    assert strange.status_code == 400
    assert "no section page-one" in strange.text


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


def _pinned(database):
    """Give the survey a manifest, as a launch would."""
    told = {"groups": 3, "spare": 7, "scripts": {"answer.js": "ab" * 32}, "survey": LATEST}
    with database.write() as db:
        survey = db.get(Survey, LATEST)
        survey.manifest = canonical(told)
        survey.fingerprint = fingerprint(survey.manifest)
        db.commit()
        return survey.fingerprint


def test_hr_takes_the_attestation_along_in_the_survey_s_language_or_another(
    northwind, database
):
    client = northwind(HR)
    code = _pinned(database)

    told = _report(client, "attestation.pdf")

    assert "What this page does not prove" in told
    assert spaced(code) in told
    assert " ".join(words(code)) in told
    assert "Spare seats: 7" in told
    assert "Was diese Seite nicht beweist" in _report(client, "attestation.pdf?language=de")
    assert client.get(f"{AT}/attestation.pdf?language=xx").status_code == 400
    assert "attestation.pdf?language=en" in client.get(f"{AT}/results").text


def test_the_attestation_is_not_for_leaders(northwind):
    client = northwind(TOMAS)

    assert client.get(f"{AT}/attestation.pdf").status_code == 404
    page = client.get(f"{AT}/groups/warehouse-north")
    assert page.status_code == 200
    assert "attestation" not in page.text
