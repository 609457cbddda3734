"""The sample organisation: believable people, and a home that touches no other."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from teamhealth import __version__, clock
from teamhealth.campaigns import requesting
from teamhealth.cli.demo import lan, letters, people, quarters, sample
from teamhealth.cli.installing import set_up
from teamhealth.credentials import links
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.jobs import launching
from teamhealth.jobs.sweeping import sweep
from teamhealth.roster.reading import read

URL = "http://localhost:8000"


def test_the_sample_is_a_roster_of_180_people_on_three_levels():
    roster = read(people.roster())

    everybody = people.employees()
    assert len(everybody) == len({person.number for person in everybody}) == 180
    assert len(roster.people) == len({person.key for person in roster.people}) == 180
    assert {person.group for person in roster.people if person.on_paper} == {people.DRIVERS}
    assert {path.count("/") for path in {person.group for person in everybody}} == {0, 1, 2}
    assert any(person.language == "ar" for person in everybody)


def test_five_quarters_follow_each_other_and_the_last_is_open_now():
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)

    found = quarters.quarters(now)

    assert [quarter.number for quarter in found] == [0, 1, 2, 3, 4]
    assert len({quarter.title for quarter in found}) == 5
    assert all(quarter.opens + quarters.LASTS < now for quarter in found[:-1])
    assert found[-1].opens < now < found[-1].opens + quarters.LASTS


@pytest.mark.parametrize("month", range(1, 13))
def test_no_two_quarters_have_the_same_title_whenever_the_demo_is_started(month):
    for day in (1, 15, 28):
        found = quarters.quarters(datetime(2027, month, day, tzinfo=UTC))
        assert len({quarter.title for quarter in found}) == 5


def test_a_folder_that_the_demo_did_not_make_is_left_alone(tmp_path):
    (tmp_path / "teamhealth.sqlite3").write_text("precious")

    with pytest.raises(RefusedError, match="Nothing was changed"):
        sample.build(tmp_path, URL, say=lambda _line: None)

    assert (tmp_path / "teamhealth.sqlite3").read_text() == "precious"


def test_an_unfinished_or_foreign_sample_is_not_taken_for_a_finished_one(tmp_path):
    assert sample.find(tmp_path, URL) is None
    (tmp_path / "demo.json").write_text("{}")
    assert sample.find(tmp_path, URL) is None


def _with_a_trial_on_the_night_shift(home):
    with sample.opened(home, URL) as there:
        set_up(there)
        sample.import_people(there)
        wish = {"form": "pulse", "title": "Trial", "closes_at": clock.now() + timedelta(days=9)}
        with there.database.write() as db:
            name = requesting.request(
                db, there.settings, at=clock.now(), scope_path=people.FOUR, **wish
            ).id
            db.commit()
        launching.prepare(there.database, there.settings, name)
        sweep(there.database, there.settings)
    made = sample.Sample(__version__, URL, clock.now().isoformat(), "words", "quarter")
    (home / "demo.json").write_text(json.dumps(asdict(made)))


def test_everybodys_link_to_an_open_survey_of_the_sample_is_listed(tmp_path):
    _with_a_trial_on_the_night_shift(tmp_path)

    first, *told = letters.lines(tmp_path, URL)

    assert first == "Survey trial:"
    names = [person.name for person in people.employees() if person.group == people.FOUR]
    assert [
        line.partition("Night Shift")[2].rpartition(" ")[0].strip() for line in told
    ] == names
    codes = {links.read(line.rpartition(" ")[2]).token for line in told}
    assert len(codes) == len(names) == 7


def test_without_a_sample_the_list_of_links_says_what_to_do(tmp_path):
    with pytest.raises(NotFoundError, match="Start the demo first"):
        list(letters.lines(tmp_path, URL))


def test_the_certificate_for_phones_is_for_that_address_and_its_key_is_ours_alone(tmp_path):
    files = lan.certify(tmp_path, "192.0.2.7")

    assert files.certificate.read_bytes().startswith(b"-----BEGIN CERTIFICATE")
    assert files.key.stat().st_mode & 0o077 == 0
