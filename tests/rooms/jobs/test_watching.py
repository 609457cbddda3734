"""A key that is missing or not the published one stops answering at once, and says so."""

import pytest

from teamhealth.jobs.watching import watch
from teamhealth.keys import box, links
from teamhealth.web.respond.app import create_app
from tests.firms import found, launch, survey_of


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def settings(database, tmp_path):
    return found(database, tmp_path / "home")


@pytest.fixture
def name(database, settings):
    return launch(database, settings)


def _change_box(keys, name):
    box.make(keys, name)


def _lose_box(keys, name):
    (keys / "box" / f"{name}.der").unlink()


def _change_link(keys, name):
    links.make(keys, name)


def _lose_issuer(keys, name):
    (keys / "issuers" / name / "acme-north.der").unlink()


def _swap_issuers(keys, name):
    folder = keys / "issuers" / name
    (folder / "acme-south.der").replace(folder / "acme-north.der")


def _damage_issuer(keys, name):
    (keys / "issuers" / name / "acme-north.der").write_bytes(b"nothing")


def _lose_all(keys, name):
    del name
    keys.rename(keys.with_name("elsewhere"))


@pytest.mark.parametrize(
    "harm",
    [_change_box, _lose_box, _change_link, _lose_issuer, _swap_issuers, _damage_issuer],
)
def test_answering_stops_and_the_trouble_is_told(database, settings, name, harm):
    assert watch(database, settings, name)
    harm(settings.keys, name)

    assert not watch(database, settings, name)

    survey = survey_of(database, name)
    assert "Put the folder of keys back" in survey.trouble
    assert survey.trouble_since is not None
    client = create_app(database, settings).test_client()
    assert client.post(f"/a/{name}/group", json={"t": "7QFM2X9PT4RS0ABC"}).status_code == 503


def test_answering_goes_on_when_the_keys_are_back(database, settings, name):
    _lose_all(settings.keys, name)
    settings.keys.mkdir()
    stopped = watch(database, settings, name)
    settings.keys.rmdir()
    settings.keys.with_name("elsewhere").replace(settings.keys)

    assert not stopped
    assert watch(database, settings, name)
    survey = survey_of(database, name)
    assert (survey.trouble, survey.trouble_since) == ("", None)


def test_a_machine_without_keys_alarms_nobody(database, settings, name, tmp_path):
    if database.is_sqlite:
        return  # there is only one machine
    elsewhere = type(settings)(**{**vars(settings), "home": tmp_path / "other"})

    assert watch(database, elsewhere, name)
    assert survey_of(database, name).trouble == ""
