"""A server that lies to one person gets no answer from the Python client; the browser: tests/browser."""

import pytest

from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.respondent import Respondent
from teamhealth.web.respond.app import create_app
from tests.attacks.liars import LIES, VICTIM, liar
from tests.makers import open_survey


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path / "home")


def _answered(database, opened, manifest, told, stamp):
    """Go the whole way; give the message that hands the answer in."""
    code = opened.codes[VICTIM][0]
    announced = fingerprint(opened.manifest)
    person = Respondent(manifest, told, code, fingerprint=announced)
    prepared = person.prepare({"psych_safety_1": 4})
    client = create_app(database, opened.settings).test_client()
    reply = (
        stamp(prepared.credential)
        or client.post(f"/a/{opened.id}/credential", json=prepared.credential).json
    )
    return prepared.response(reply)


@pytest.mark.parametrize("kind", LIES)
def test_the_python_client_hands_nothing_in_at_a_server_that_lies(database, opened, kind):
    false = liar(database, opened.manifest, kind)

    with pytest.raises(ValueError, match=r"published|announced"):
        _answered(database, opened, false.manifest, false.told, false.stamp)


def test_it_does_at_one_that_does_not(database, opened):
    client = create_app(database, opened.settings).test_client()
    told = client.post(f"/a/{opened.id}/group", json={"t": opened.codes[VICTIM][0]}).json

    assert (
        _answered(database, opened, opened.manifest, told, lambda _message: None)["g"] == VICTIM
    )
