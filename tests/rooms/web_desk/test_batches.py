"""All reports of a survey at once: HR chooses, watches and downloads; nobody else finds the page."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State
from teamhealth.campaigns.released import Batch
from teamhealth.conversations.models import Comment
from teamhealth.jobs import batching
from tests.conftest import NOON
from tests.desk import HR, desk_of, make_accounts, post, signed_in_client
from tests.makers import settings_of
from tests.northwind import LATEST, LEADERS, settle

AT = f"/desk/surveys/{LATEST}/reports"
TOMAS = "tomas@northwind.example"


class Room:
    """Northwind's desk, its worker, and HR in front of it."""

    def __init__(self, database, home, **how):
        self.database, self.settings = database, settings_of(database, home)
        settle(database, **how)
        make_accounts(database, *LEADERS)
        self.app = desk_of(database, home)

    def client(self, who=HR):
        return signed_in_client(self.database, self.settings.home, who, app=self.app)

    def batches(self):
        with self.database.read() as db:
            return db.scalars(select(Batch).order_by(Batch.asked_at)).all()

    def print(self, **how):
        return batching.print_due(self.database, self.settings, batching.How(**how))


@pytest.fixture
def room(database, tmp_path, at):
    at(NOON)
    return Room(database, tmp_path / "home")


def _said(answer):
    return " ".join(answer.text.split())


def test_the_page_offers_each_kind_with_how_many_and_says_that_there_is_nothing_yet(room):
    page = _said(room.client().get(AT))

    assert "Nothing yet. Choose below what you need." in page
    assert "The report of each group, for whoever leads it <small>12 files" in page
    assert "A guide to a talk without numbers" in page


@pytest.mark.slow
def test_hr_has_reports_printed_watches_and_downloads_them(room, at):
    client = room.client()
    asked = post(client, AT, {"language": "en", "kinds": ["talk", "summary"]})
    assert (asked.status_code, asked.location) == (303, AT)
    waiting = client.get(AT)
    assert waiting.headers["Refresh"] == "10"
    assert "0 of 2 printed" in _said(waiting)

    assert room.print() == 2

    ready = client.get(AT)
    assert "Refresh" not in ready.headers
    (batch,) = room.batches()
    answer = client.get(f"{AT}/{batch.id}.zip")
    assert answer.status_code == 200
    assert answer.is_streamed
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        names = pack.namelist()
        assert all(pack.read(name).startswith(b"%PDF") for name in names)
        assert {info.compress_type for info in pack.infolist()} == {zipfile.ZIP_STORED}
    assert names == ["northwind-summary.pdf", "operations-returns-talk.pdf"]
    at(NOON + timedelta(days=8))
    batching.tidy(room.database, room.settings, now=NOON + timedelta(days=8))
    assert room.batches() == []
    assert list((room.settings.home / "reports" / LATEST).iterdir()) == []
    assert room.client().get(f"{AT}/{batch.id}.zip").status_code == 404


def test_the_same_wish_twice_is_one(room):
    client = room.client()
    for _ in range(2):
        post(client, AT, {"language": "en", "kinds": ["talk"]})
    post(client, AT, {"language": "en", "kinds": ["talk", "team"]})

    assert [batch.kinds for batch in room.batches()] == [["talk"], ["team", "talk"]]


@pytest.mark.parametrize("data", [{"language": "en"}, {"language": "xx", "kinds": ["talk"]}])
def test_a_wish_that_cannot_be_is_told_beside_the_field(room, data):
    answer = post(room.client(), AT, data)

    assert answer.status_code == 400
    assert 'class="error"' in answer.text
    assert room.batches() == []


def test_to_a_leader_there_is_no_such_page(room):
    client = room.client(TOMAS)
    post(room.client(), AT, {"language": "en", "kinds": ["talk"]})
    (batch,) = room.batches()

    assert client.get(AT).status_code == 404
    assert post(client, AT, {"kinds": ["talk"]}, page="/desk/password").status_code == 404
    assert client.get(f"{AT}/{batch.id}.zip").status_code == 404
    assert "All reports" not in client.get(f"/desk/surveys/{LATEST}").text
    assert "All reports" in room.client().get(f"/desk/surveys/{LATEST}").text


def test_a_survey_that_is_not_counted_has_none(database, tmp_path):
    room = Room(database, tmp_path / "home", state=State.OPEN)

    assert room.client().get(AT).status_code == 404


def test_a_batch_with_a_comment_that_was_taken_back_is_not_given_out_and_goes(room):
    client = room.client()
    post(client, AT, {"language": "en", "kinds": ["talk"], "comments": "y"})
    (batch,) = room.batches()
    place = room.settings.home / "reports" / LATEST / f"{batch.id}.zip"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"PK")
    with room.database.write() as db:
        db.get(Batch, batch.id).ready_at = NOON
        db.commit()
    assert client.get(f"{AT}/{batch.id}.zip").status_code == 200
    with room.database.write() as db:
        db.delete(db.scalars(select(Comment).where(Comment.survey_id == LATEST)).first())
        db.commit()

    assert client.get(f"{AT}/{batch.id}.zip").status_code == 404
    assert "A comment was taken back since" in _said(client.get(AT))
    batching.tidy(room.database, room.settings, now=NOON)
    assert (room.batches(), place.exists()) == ([], False)


def test_where_nobody_prints_the_page_says_so(room, at):
    client = room.client()
    post(client, AT, {"language": "en", "kinds": ["talk"]})
    at(NOON + timedelta(minutes=6))

    assert "Nobody prints at the moment" in _said(client.get(AT))


def test_files_on_another_machine_are_told_of(room):
    client = room.client()
    post(client, AT, {"language": "en", "kinds": ["talk"]})
    (batch,) = room.batches()
    with room.database.write() as db:
        db.get(Batch, batch.id).ready_at = NOON
        db.commit()

    assert "not on this machine" in _said(client.get(AT))
    assert client.get(f"{AT}/{batch.id}.zip").status_code == 404
