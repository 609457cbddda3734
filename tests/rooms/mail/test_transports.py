"""Letters are handed over to folders and to real mail servers, and every kind of no is told apart."""

import socket
import stat
from email import message_from_bytes, policy

import pytest

from teamhealth.errors import (
    LetterDelayedError,
    LetterRefusedError,
    MailError,
    SettingsError,
)
from teamhealth.mail import smtp
from teamhealth.mail.transports import open_transport
from tests.postoffice import PostOffice, certify, opened
from tests.rooms.mail.makers import LINK, composed


@pytest.fixture
def _far_away(monkeypatch):
    """Treat the server as one on another machine."""
    monkeypatch.setattr(smtp, "_LOCAL", ())


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """Give a certificate that this machine trusts."""
    file = certify(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


def _send(url, *messages):
    transport = open_transport(url)
    try:
        for message in messages or (composed(),):
            transport.send(message)
    finally:
        transport.close()


def test_a_folder_gets_one_whole_file_a_letter_that_nobody_else_may_read(tmp_path):
    _send(
        f"file:{tmp_path / 'out' / 'box'}", composed(), composed("cancelled", "ar"), composed()
    )

    (file,) = (tmp_path / "out" / "box").iterdir()  # all three have the same Message-ID
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    read = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert LINK in read.get_body(("plain",)).get_content().splitlines()


def test_a_file_that_a_kill_left_half_written_is_no_letter_and_is_made_whole(tmp_path):
    url = f"file:{tmp_path}"
    _send(url)
    (file,) = tmp_path.glob("*.eml")
    half = tmp_path / f".{file.stem}.part"
    half.write_bytes(b"Subject: half")
    file.unlink()

    before = list(tmp_path.glob("*.eml"))
    _send(url)

    assert before == []
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(MailError, match=r"could not be written .* stays in the outbox"):
        _send(f"file:{tmp_path / 'file' / 'box'}")


def test_a_server_gets_many_letters_over_one_connection():
    with opened() as office:
        _send(
            office.url, composed(), composed(address="eve@acme.example"), composed("cancelled")
        )

    assert office.received == {"ada@acme.example": 2, "eve@acme.example": 1}
    assert len(office.sessions) == 1
    assert LINK in office.letters[0].get_body(("plain",)).get_content().splitlines()
    assert office.letters[0]["To"].addresses[0].display_name == "Ada Löwe"


@pytest.mark.usefixtures("_far_away")
def test_starttls_is_used_where_it_is_offered(certificate):
    with opened(certificate=certificate) as office:
        _send(office.url)

    assert office.encrypted == [True]


@pytest.mark.usefixtures("_far_away")
def test_smtps_is_encrypted_from_the_first_byte(certificate):
    with opened(certificate=certificate, encrypted=True) as office:
        _send(office.url.replace("smtp:", "smtps:"))

    assert len(office.letters) == 1


@pytest.mark.usefixtures("_far_away")
@pytest.mark.parametrize("encrypted", [True, False])
def test_a_server_with_a_certificate_that_nobody_vouches_for_gets_nothing(tmp_path, encrypted):
    with opened(certificate=certify(tmp_path), encrypted=encrypted) as office:
        url = office.url.replace("smtp:", "smtps:") if encrypted else office.url
        with pytest.raises(MailError, match="SSLCertVerificationError"):
            _send(url)

    assert office.letters == []


@pytest.mark.parametrize("tls", [True, False])
def test_the_password_is_shown_over_tls_or_to_this_machine(request, tls):
    file = request.getfixturevalue("certificate") if tls else None
    with opened(certificate=file, auth=True) as office:
        _send(office.url.replace("//", "//team%40acme:secret@"))

    assert {(login, password) for _, login, password in office.logins} == {
        (b"team@acme", b"secret")
    }
    assert len(office.letters) == 1


def test_on_this_machine_any_certificate_will_do(tmp_path):
    with opened(certificate=certify(tmp_path)) as office:
        _send(office.url)

    assert office.encrypted == [True]


@pytest.mark.usefixtures("_far_away")
def test_the_password_is_not_shown_to_another_machine_without_encryption():
    refused = pytest.raises(MailError, match="our password was not sent")
    with opened(auth=True) as office, refused:
        _send(office.url.replace("//", "//team:secret@"))

    assert (office.logins, office.letters) == ([], [])


def test_a_wrong_password_is_trouble_with_the_server_and_is_not_repeated():
    with opened(auth=True) as office, pytest.raises(MailError) as trouble:
        _send(office.url.replace("//", "//team:wrong@"))

    assert type(trouble.value) is MailError
    assert "wrong" not in str(trouble.value)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("550 5.1.1 No such mailbox", LetterRefusedError),
        ("451 4.7.1 Come back later", LetterDelayedError),
        ("421 4.3.2 Going down", MailError),
    ],
)
def test_a_no_to_one_address_is_told_from_a_no_to_all(reply, expected):
    office = PostOffice()
    office.refusals["eve@acme.example"] = reply
    with opened(office):
        transport = open_transport(office.url)
        with pytest.raises(MailError) as refusal:
            transport.send(composed(address="eve@acme.example"))
        transport.send(composed())
        transport.close()

    assert type(refusal.value) is expected
    assert "eve" not in str(refusal.value)
    assert office.received == {"ada@acme.example": 1}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("554 5.7.1 Looks like spam", LetterRefusedError),
        ("452 4.3.1 Disk full", LetterDelayedError),
    ],
)
def test_a_no_to_the_content_is_told_too(reply, expected):
    office = PostOffice()
    office.after_data = reply
    with opened(office), pytest.raises(expected):
        _send(office.url)


def test_a_dead_server_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(MailError, match=r"ConnectionRefusedError.*stay in the outbox"):
            _send(f"smtp://127.0.0.1:{taken.getsockname()[1]}")


def test_a_server_that_says_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr(smtp, "_SECONDS", 0.2)
    given_up = pytest.raises(MailError, match="cannot be used")
    with socket.create_server(("127.0.0.1", 0)) as silent, given_up:
        _send(f"smtp://127.0.0.1:{silent.getsockname()[1]}")


def test_a_connection_that_breaks_is_opened_anew():
    with opened() as office:
        transport = open_transport(office.url)
        transport.send(composed())
        port = office.port
    with pytest.raises(MailError):
        transport.send(composed())
    with opened(office, port=port):
        transport.send(composed())
        transport.close()

    assert len(office.letters) == 2


def test_nothing_is_connected_before_the_first_letter():
    open_transport("smtp://127.0.0.1:1").close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:",
        "smtp://",
        "smtp:host",
        "smtp://user:secret@host:port",
        "smtp://user:secret@host:99999",
        "smtp://user:secret@host/path",
        "smtps://user:secret@host?x=1",
        "http://user:secret@host",
        "/var/mail/secret",
    ],
)
def test_any_other_url_is_told_without_repeating_it(url):
    with pytest.raises(SettingsError, match="is not file:DIR, smtp://") as refusal:
        open_transport(url)

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "paced"),
    [("file:out", False), ("smtp://host", True), ("smtps://u:p@host:465/", True)],
)
def test_only_servers_have_to_be_spared(url, paced):
    assert open_transport(url).is_paced is paced
