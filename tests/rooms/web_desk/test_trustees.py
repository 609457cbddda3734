"""A survey with a trustee at the desk: launch, rehearsal, proof, sealed answers, result, and every refusal in words."""

import html
import io
import tempfile

import pytest

from teamhealth.campaigns import entrusting
from teamhealth.campaigns.models import State
from teamhealth.jobs.closing import close
from teamhealth.jobs.launching import prepare
from teamhealth.jobs.sweeping import sweep
from teamhealth.trustee import parties
from tests.conftest import NOON
from tests.desk import csrf
from tests.firms import answer_all
from tests.rooms.web_desk.houses import DORA, LEA, house_of, in_days
from tests.trustees import COUNCIL, Laptop

WISH = {
    "title": "Spring survey",
    "form": "pulse",
    "group": "Acme/Operations/Returns",
    "closes": in_days(14),
    "k": "5",
    "languages": ["en"],
    "leader_theme": "leader",
    "with_trustee": "y",
}
HERE = "/desk/surveys/spring-survey"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    return house_of(database, tmp_path / "home")


@pytest.fixture
def laptop(tmp_path):
    found = Laptop(tmp_path / "laptop")
    found.keygen()
    return found


def _launch(house, body):
    client = house.client()
    token = csrf(client.get("/desk/launch/check", query_string=WISH))
    file = (io.BytesIO(body), "trustee.public.json")
    return client.post("/desk/launch", data={"csrf_token": token, **WISH, "trustee": file})


def _bring(house, what, body, page=HERE):
    client = house.client()
    data = {"csrf_token": csrf(client.get(page)), "file": (io.BytesIO(body), "file")}
    return _told(client.post(f"{HERE}/{what}", data=data, follow_redirects=True))


def _told(answer):
    return " ".join(html.unescape(answer.text).split())


def _public(laptop):
    return (laptop.folder / parties.PUBLIC_FILE).read_bytes()


def test_from_the_launch_to_the_count_at_the_desk(house, laptop):
    check = _told(house.client().get("/desk/launch/check", query_string=WISH))
    assert "the trustee opens them all together, not you" in check
    assert _launch(house, _public(laptop)).location == HERE
    prepare(house.database, house.settings, "spring-survey")
    page = house.page(HERE)
    assert f"Waiting for <bdi>{COUNCIL}</bdi> to rehearse" in page
    assert "Nobody is invited before" in page

    made_up = house.client().get(f"{HERE}/rehearsal").data
    assert "This proof was not taken: it is damaged" in _bring(house, "proof", b"{}")
    assert "The proof is right" in _bring(house, "proof", laptop.rehearse(made_up))
    assert sweep(house.database, house.settings).opened == ["spring-survey"]
    assert f"Only <bdi>{COUNCIL}</bdi> can open the answers" in house.page(HERE)
    answer_all(house.database, house.settings, "spring-survey")
    close(house.database, house.settings, "spring-survey")

    page = house.page(HERE)
    assert f"Waiting for <bdi>{COUNCIL}</bdi>" in page
    assert "Mon 16 Mar" in page  # the last moment
    box = laptop.folder / "box"
    with house.client().get(f"{HERE}/box") as download:
        box.write_bytes(download.data)
    assert "is being checked" in _bring(house, "result", b"nonsense")
    sweep(house.database, house.settings)
    assert "The last result was not taken" in house.page(HERE)
    assert "is being checked" in _bring(house, "result", laptop.count(box))
    assert house.client().get(HERE).headers["Refresh"]
    assert sweep(house.database, house.settings).counted == ["spring-survey"]
    assert "Counted, not yet published" in house.page(HERE)
    assert f"opened and counted by {COUNCIL}" in house.page(HERE)


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff\xfe", b"[" * 4000])
def test_a_file_that_is_none_is_told_beside_the_button(house, laptop, body):
    assert laptop
    answer = _launch(house, body)

    assert answer.status_code == 400
    assert "This is not the public file of a trustee" in _told(answer)
    assert "Check before you launch" in answer.text


def test_a_key_of_another_survey_is_refused_in_words(house, laptop):
    house.ask_for(trustee=parties.from_file(_public(laptop)), scope_path="Acme/Sales")

    answer = _launch(house, _public(laptop))

    assert answer.status_code == 409
    assert "a key is used for one survey only" in _told(answer)


def test_leaders_who_only_see_a_survey_carry_nothing(house, laptop):
    house.ask_for(trustee=parties.from_file(_public(laptop)), title="Spring survey")
    prepare(house.database, house.settings, "spring-survey")
    page = house.page(HERE, DORA)

    assert "Download the rehearsal" not in page
    for email in (DORA, LEA):
        assert house.client(email).get(f"{HERE}/rehearsal").status_code == 404
        assert house.client(email).get(f"{HERE}/box").status_code == 404


def test_where_the_file_is_on_another_machine_the_desk_says_so(house, laptop):
    assert _launch(house, _public(laptop)).status_code == 303
    assert "waits for no result" in _bring(house, "result", b"x")
    prepare(house.database, house.settings, "spring-survey")
    _bring(house, "proof", laptop.rehearse(house.client().get(f"{HERE}/rehearsal").data))
    prepare(house.database, house.settings, "spring-survey")
    answer_all(house.database, house.settings, "spring-survey")
    close(house.database, house.settings, "spring-survey")
    entrusting.box_place(house.settings, "spring-survey").unlink()

    assert "teamhealth trustee box spring-survey -o FILE" in house.page(HERE)
    answer = house.client().get(f"{HERE}/box")
    assert answer.status_code == 404
    assert "is not on this machine" in _told(answer)
    assert house.survey("spring-survey").state is State.AWAITING_TRUSTEE


def _large(path, client, token=""):
    # The test client would put a large body into a file on the disk and leave it open.
    field = '--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token
    file = '\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n\r\n'
    body = (field + file + "x" * 3_000_000 + "\r\n--x--\r\n").encode()
    return client.post(path, data=body, content_type="multipart/form-data; boundary=x")


def test_a_result_may_be_larger_than_a_form_only_for_those_who_may_bring_one(
    house, laptop, monkeypatch
):
    assert _launch(house, _public(laptop)).status_code == 303
    client = house.client()
    token = csrf(client.get(HERE))
    monkeypatch.setattr(
        tempfile, "tempdir", "/nowhere"
    )  # what is brought never lies on the disk

    assert _large(f"{HERE}/result", client, token).status_code == 303
    assert "waits for no result" in _told(client.get(HERE))
    assert _large(f"{HERE}/proof", client, token).status_code == 413
    assert _large(f"{HERE}/result", house.app.test_client()).status_code in {303, 413}


def test_a_survey_without_a_trustee_says_so_in_the_readers_language(house):
    name = house.open()

    answer = house.client().get(f"/desk/surveys/{name}/rehearsal")

    assert answer.status_code == 409
    assert "This survey has no trustee: it is counted here when it closes." in answer.text
