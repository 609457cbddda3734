"""A backup holds what is kept and nothing that must die; a restore goes on with no running survey."""

import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.conversations.models import Comment
from teamhealth.db import open_database
from teamhealth.errors import RefusedError, TeamHealthError
from teamhealth.invitations.models import Invitation
from teamhealth.jobs import keeping
from teamhealth.jobs.closing import close
from teamhealth.jobs.sweeping import sweep
from teamhealth.keys import destroying
from teamhealth.mail.models import Letter
from teamhealth.migrations.tables import metadata
from teamhealth.responses.models import CountedList, SealedResponse
from teamhealth.roster.models import Group, Lead, Person
from teamhealth.snapshots import storing
from teamhealth.web.respond.app import create_app
from tests.conftest import NOON
from tests.firms import answer_all, found, launch, survey_of
from tests.journeys.house import empty_database
from tests.makers import settings_of

LATER = NOON + timedelta(days=20)
KEPT = (Group, Person, Lead, Survey, SurveyGroup, Comment, CountedList)


@pytest.fixture
def settings(database, tmp_path, at):
    at(NOON)
    return found(database, tmp_path / "home")


@pytest.fixture
def counted(database, settings):
    """Give the id of a counted survey."""
    name = launch(database, settings)
    answer_all(database, settings, name)
    close(database, settings, name)
    with database.write() as db:
        person = db.scalars(select(Person)).first()
        db.add(Lead(person_id=person.id, group_id="acme-north"))
        db.commit()
    return name


@pytest.fixture
def running(database, settings, counted, at):
    """Give the id of an open survey with answers, some time after a counted one."""
    assert counted
    at(LATER)
    name = launch(
        database, settings, title="Summer", at=LATER, closes_at=LATER + timedelta(days=7)
    )
    answer_all(database, settings, name)
    return name


@pytest.fixture
def file(database, settings, running, tmp_path):
    assert running
    keeping.backup(database, settings, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


@pytest.fixture
def fresh(database, tmp_path, request):
    """Give a second, empty installation on the other kind of database."""
    kind = "postgresql" if database.is_sqlite else "sqlite"
    if database.is_sqlite:
        request.getfixturevalue("postgres")  # skips where no PostgreSQL answers
    with empty_database(kind, tmp_path / "new") as url:
        opened = open_database(url)
        metadata.create_all(opened.engine)
        yield opened, settings_of(opened, tmp_path / "new" / "home")
        opened.close()


def _count(database, kind):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(kind))


def test_everything_kept_comes_back_on_either_database(database, file, fresh, counted):
    new, settings = fresh

    keeping.restore(new, settings, file)

    for kind in KEPT:
        assert _count(new, kind) == _count(database, kind), kind
    with database.read() as old, new.read() as db:
        assert storing.body(db, counted) == storing.body(old, counted)
        for kind in (Person, SurveyGroup, Comment):
            told = [_values(row) for row in db.scalars(select(kind))]
            assert sorted(told) == sorted(_values(row) for row in old.scalars(select(kind)))
        before, after = old.get(Survey, counted), db.get(Survey, counted)
        assert (after.state, after.manifest) == (State.COUNTED, before.manifest)
        assert after.closed_at == before.closed_at
    kept_file = settings.home / "snapshots" / f"{counted}.json"
    with new.read() as db:
        assert kept_file.read_bytes() == storing.body(db, counted)


def _values(row):
    return repr([getattr(row, column.name) for column in row.__table__.columns])


def test_a_survey_that_was_running_comes_back_cancelled_and_the_operator_is_told(
    file, fresh, running, at
):
    new, settings = fresh

    restored = keeping.restore(new, settings, file)

    survey = survey_of(new, running)
    assert survey.state is State.CANCELLED
    assert "has since been restored" in survey.trouble
    for kind in (SealedResponse, Invitation, Letter):
        assert _count(new, kind) == 0
    assert restored.cancelled == ((running, "Summer"),)
    assert any("please tell those who were invited" in line for line in restored.lines())
    at(LATER + timedelta(days=30))
    assert sweep(new, settings).problems == []
    assert survey_of(new, running).state is State.CANCELLED
    page = create_app(new, settings).test_client().get(f"/a/{running}")
    assert page.status_code == 410


def test_a_backup_holds_no_answer_no_link_no_letter_and_no_key(
    database, settings, file, running
):
    with database.read() as db:
        sealed = db.scalars(select(SealedResponse)).all()
    keys = [path.read_bytes() for path in settings.keys.rglob("*") if path.is_file()]
    with zipfile.ZipFile(file) as pack:
        bodies = {name: pack.read(name) for name in pack.namelist()}

    assert sealed
    assert running in destroying.surveys(settings.keys)
    for body in bodies.values():
        for key in keys:
            assert key not in body
    names = {name.removeprefix("tables/").removesuffix(".jsonl") for name in bodies}
    assert names == (set(metadata.tables) - keeping.MORTAL) | {"backup.json"}


def test_only_its_owner_can_read_a_backup(file):
    assert file.stat().st_mode & 0o777 == 0o600
    assert not file.with_name("backup.zip.new").exists()


def test_the_keys_of_a_cancelled_survey_die_on_the_machine_that_had_them(
    database, settings, running, file
):
    with database.write() as db:
        for table in reversed(metadata.sorted_tables):
            db.execute(table.delete())
        db.commit()

    keeping.restore(database, settings, file)
    sweep(database, settings)

    assert running not in destroying.surveys(settings.keys)


def test_an_installation_in_use_is_not_overwritten(database, settings, file):
    with pytest.raises(RefusedError, match="not empty"):
        keeping.restore(database, settings, file)


def test_a_backup_of_other_tables_is_refused(file, fresh, tmp_path):
    new, settings = fresh
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(file) as pack, zipfile.ZipFile(other, "w") as changed:
        for name in pack.namelist():
            body = pack.read(name)
            if name == "backup.json":
                body = json.dumps({**json.loads(body), "schema": ["0099"]}).encode()
            changed.writestr(name, body)

    with pytest.raises(RefusedError, match="tables differ"):
        keeping.restore(new, settings, other)


@pytest.mark.parametrize("harm", ["cut", "foreign", "missing"])
def test_a_damaged_or_foreign_file_restores_nothing(file, fresh, tmp_path, harm):
    new, settings = fresh
    body = file.read_bytes()
    broken = tmp_path / "broken.zip"
    if harm != "missing":
        broken.write_bytes(body[: len(body) // 2] if harm == "cut" else b"nothing of ours")

    with pytest.raises(TeamHealthError, match=r"broken\.zip cannot be restored"):
        keeping.restore(new, settings, broken)

    assert _count(new, Person) == 0


def test_a_changed_result_in_a_backup_restores_nothing(file, fresh, tmp_path):
    new, settings = fresh
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(file) as pack, zipfile.ZipFile(other, "w") as changed:
        for name in pack.namelist():
            body = pack.read(name)
            if name == "tables/snapshot.jsonl":
                row = json.loads(body)
                body = json.dumps({**row, "body": row["body"][:-8] + "AAAAAAAA"}).encode()
            changed.writestr(name, body)

    with pytest.raises(TeamHealthError):
        keeping.restore(new, settings, other)

    assert _count(new, Person) == 0


def test_every_table_is_either_kept_or_dies_with_its_survey():
    names = {table.name for table in keeping.kept()} | keeping.MORTAL

    assert names == set(metadata.tables)
