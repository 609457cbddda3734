"""The pages about a survey's trustee, in a real browser: for everybody, on a phone."""

import pytest

from teamhealth.jobs.closing import close
from teamhealth.jobs.launching import prepare
from tests.browser.desks import enter, look_at, served_desk
from tests.conftest import NOON
from tests.firms import answer_all, ask_for
from tests.rooms.web_desk.houses import house_of
from tests.trustees import Laptop

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def test_hr_carries_the_files_on_a_phone(database, tmp_path, seat, at):
    at(NOON)
    house = house_of(database, tmp_path / "home")
    laptop = Laptop(tmp_path / "laptop")
    who = laptop.keygen(name="Gesamtbetriebsrat der Acme Vereinigte Maschinenwerke Süd")
    name = ask_for(database, house.settings, trustee=who, scope_path="Acme/Operations/Returns")
    prepare(database, house.settings, name)
    with served_desk(house.app) as address:
        enter(seat, address)
        seat.page.goto(f"{address}/desk/surveys/{name}")
        look_at(seat, 390)
        with seat.page.expect_download() as download:
            seat.page.get_by_role("link", name="Download the rehearsal").click()
        proof = laptop.rehearse(download.value.path().read_bytes())
        _bring(seat, "proof", proof)
        assert seat.page.get_by_text("The proof is right").is_visible()
        prepare(database, house.settings, name)
        answer_all(database, house.settings, name)
        close(database, house.settings, name)
        seat.page.reload()
        look_at(seat, 390)
        with seat.page.expect_download() as download:
            seat.page.get_by_role("link", name="Download the sealed answers").click()
        box = laptop.folder / "box"
        box.write_bytes(download.value.path().read_bytes())
        _bring(seat, "result", laptop.count(box))
        assert seat.page.get_by_text("The result is being checked").is_visible()
        look_at(seat, 390)


def _bring(seat, what, body):
    label = {"proof": "The trustee’s proof", "result": "The trustee’s result"}[what]
    button = {"proof": "Upload the proof and open the survey", "result": "Upload the result"}[
        what
    ]
    file = {"name": what, "mimeType": "application/octet-stream", "buffer": body}
    seat.page.get_by_label(label).set_input_files(file)
    seat.page.get_by_role("button", name=button).click()
